"""Follow-ups: what a question that leaves something out takes from the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from store.facts.model import Known
from store.facts.words import FUNCTION_WORDS, tokens
from store.lookup.asking import Want, wanted
from store.lookup.explaining import filters_of
from store.lookup.model import Question, Reading
from store.lookup.passages import Weighed
from store.lookup.periods import Period
from store.lookup.question import SAYING, Asked
from store.lookup.written_out import QUESTION_WORDS

_HE_OR_SHE = frozenset({"he", "she", "they", "him", "her", "them", "his", "their"})
_ASKING = frozenset({*QUESTION_WORDS, "many", "much"})
_POINTING = _HE_OR_SHE | {"that", "this", "those", "these", "it", "there", "then", "here", "so"}


def follow_up(asked: Asked, previous: Reading | None, *, given: Question) -> tuple[Asked, tuple[str, ...]]:
    """Return *asked* with what it inherits from *previous*, and the words that it inherited, as they were typed.

    A question that stands by itself inherits nothing, and neither does what asks for nothing ("and", an emoji): its
    answer would be the one before. Filters given beside the words of *given* stay as they are.
    """
    if previous is None or not asked.follows or not previous.words or _asks_nothing(asked):
        return asked, ()
    own = {token.text for token in tokens(asked.words)}
    inherited = [word for word in previous.words if not own & {token.text for token in tokens(word)}]
    kind = _kind_of(asked, previous)
    words = " ".join([kind, asked.words, *inherited]).strip()
    given_days = given.since or given.until
    return replace(
        asked,
        words=words,
        dated="",
        outlet=asked.outlet or previous.filters.get("outlet"),
        speaker=_speaker(asked, previous),
        period=_period(previous) if asked.period.is_open and not given_days else asked.period,
        latest=asked.latest or bool(previous.details.get("latest")),
        after=tuple(previous.details.get("facts", ())),
    ), tuple(inherited)


def narrowed_by_previous(own: Asked, asked: Asked) -> tuple[str, ...]:
    """Return what narrows *asked* and did not narrow its *own* words: "Silk Wire", "since 2026-02-03"."""
    before = filters_of(own)
    return tuple(
        f"{name} {value}" if name in {"since", "until"} else value
        for name, value in filters_of(asked).items()
        if before.get(name) != value
    )


def reading_of(asked: Asked, weighed: Weighed, answered: Sequence[Known]) -> Reading:
    """Return what the next question may inherit."""
    first = answered[0].fact if answered else None
    is_aside = asked.follows and asked.wants_speaker  # "who says so": the matter stays what was counted before
    return Reading(
        words=tuple(ask.typed for ask in weighed.asks if not (is_aside and ask.typed.casefold() in SAYING)),
        filters=filters_of(asked),
        details={
            "want": str(Want.THING if is_aside else weighed.want),
            "latest": asked.latest,
            "facts": [known.id for known in answered[:1]],
            "speaker": first.speaker.name if first and first.speaker else None,
        },
    )


def _asks_nothing(asked: Asked) -> bool:
    """Tell whether there is neither a telling word, nor one that asks or points back, nor anything that narrows."""
    words = {token.text for token in tokens(asked.words)}
    return words <= FUNCTION_WORDS - _ASKING - _POINTING and not asked.latest and not filters_of(asked)


def _kind_of(asked: Asked, previous: Reading) -> str:
    """Return "how many" for "and the wounded?" after a question for a figure; nothing when it says what it wants."""
    words = [token.text for token in tokens(asked.words)]
    if asked.browses or _ASKING & set(words) or wanted(words) is not Want.THING:
        return ""
    return {Want.COUNT: "how many", Want.TIME: "when", Want.PLACE: "where", Want.PERSON: "who"}.get(
        Want(previous.details.get("want", Want.THING)), ""
    )


def _speaker(asked: Asked, previous: Reading) -> str | None:
    """Return whom "what else did he say" means: who said the sentence that was answered."""
    told = {token.text for token in tokens(asked.speaker or "")}
    if asked.speaker is not None and told - FUNCTION_WORDS:
        return asked.speaker
    if told & _HE_OR_SHE:
        return previous.details.get("speaker")
    return previous.filters.get("speaker")


def _period(previous: Reading) -> Period:
    since, until = previous.filters.get("since"), previous.filters.get("until")
    return Period((since and date.fromisoformat(since)) or None, (until and date.fromisoformat(until)) or None)
