"""What a desk editor does with the ranked list: keep to who, where and when was asked, prefer the newest, and object.

The ranking knows words; this stage knows facts. It reorders the first few and lowers the chance that the first is
right for what an editor would object to. Pure but for reading the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from store.facts.model import Kind, Known, Status
from store.facts.words import fold, tokens
from store.lookup.asking import Want, is_light, names_kind
from store.lookup.choices import Choice
from store.lookup.counting import Counted, figure_fit, read_counted
from store.lookup.introducing import introduces
from store.lookup.measuring import AGE, measures, near_figure, shares
from store.lookup.objecting import Reader, is_of_source, names_asked, objections, reason_given, terms_of
from store.lookup.passages import Weighed
from store.lookup.periods import Period
from store.lookup.question import Asked
from store.lookup.settings import news_settings
from store.lookup.speakers import is_anybody, said_by, tells_of_before, topic_of, vouched_for_by
from store.lookup.superseding import newest_first
from store.lookup.wording import SURE, Ask, is_in

_ONLY_PLACE = frozenset({Kind.PLACE})
_COUNTED = 24  # sentences whose figures are looked at
_SHORT = 7  # days: a longer period is one in which much happened, and the best sentence may speak of more than it


@dataclass(frozen=True, slots=True)
class Verdict:
    """The list in the editor's order, and what speaks against its first."""

    choices: Sequence[Choice]
    objections: tuple[str, ...] = ()  # names of the doubts, for `/why`
    has_all: bool = False  # the first has every telling word of the question, and nothing is said against it
    introduces: bool = False  # the first says who or what that is, and this was asked
    is_theirs: bool = False  # somebody was asked about as a speaker, and the first is what they said on it


def judge(
    choices: Sequence[Choice],
    asked: Asked,
    weighed: Weighed,
    *,
    names: Mapping[str, frozenset[Kind]] = MappingProxyType({}),
    inherited: frozenset[str] = frozenset(),
) -> Verdict:
    """Return *choices*, best first, as an editor would put them.

    *names* are the question's terms that are held as names, with what they name, *inherited* its words of the question
    before, as typed.
    """
    if not choices:
        return Verdict(())
    speaking = _speaker_asks(asked, weighed)
    counted = read_counted(weighed) if weighed.want is Want.COUNT else Counted()
    named = names_asked(weighed.asks, names)
    places = [ask for ask in named if names.get(ask.term) == _ONLY_PLACE]
    figured = _by_time(_by_measure(_by_figure(choices, counted), asked, weighed, named), asked, weighed)
    told = _by_source(_by_introduction(_by_cause(figured, weighed), asked, weighed, named), weighed)
    fitting = _by_speaker(_of_the_days(told, asked.period), speaking, weighed)
    reader = Reader(asked, weighed, counted, speaking, named, places, inherited)
    ordered = newest_first(_by_last_answer(fitting, asked, weighed, inherited), asked, weighed, counted, named)
    first = ordered[0]
    found = objections(reader, first.known, first.around, first.of_story)
    introduced = introduces(first.known, asked.words, weighed.asks, named)
    return Verdict(
        ordered,
        found,
        has_all=not found and _has_all(first, weighed),
        introduces=bool(introduced),
        is_theirs=vouched_for_by(first.known, speaking) and "topic_missing" not in found,
    )


def _has_all(first: Choice, weighed: Weighed) -> bool:
    """Tell whether the sentence has every telling word of the question, each as it was typed or surely meant."""
    said = terms_of(first.known)
    telling = [ask for ask in weighed.asks if not is_light(ask.typed)]
    return bool(telling) and all(is_in(ask, said, least=SURE) for ask in telling)


# ---- filters


def keeps_to(known: Known, *, outlet: str | None, period: Period, strict: bool = False) -> bool:
    """Tell whether a fact's story is of the outlet and the days that were asked for.

    A story without a date passes, unless *strict*: what the question only mentions may be what the story is about.
    """
    if outlet is not None and fold(outlet) not in {fold(name) for name in (known.outlet, known.agency) if name}:
        return False
    if period.is_open:
        return True
    if known.published_at is None:
        return not strict
    day = known.published_at.date()
    if period.holds(day, day):
        return True
    return not period.published_only and any(
        period.holds(date.fromisoformat(when.first[:10]), date.fromisoformat(when.last[:10]))
        for when in known.fact.dates
    )


def _of_the_days(choices: Sequence[Choice], period: Period) -> Sequence[Choice]:
    """Return *choices* with those first that came out, or speak of a day, within a short *period*."""
    since, until = period.since, period.until
    if since is None or until is None or (until - since).days >= _SHORT:
        return choices
    return sorted(choices, key=lambda choice: not _is_within(choice.known, since, until))


def _is_within(known: Known, since: date, until: date) -> bool:
    days = [(when.first[:10], when.last[:10]) for when in known.fact.dates]
    if known.published_at is not None:
        days.append((known.published_at.date().isoformat(),) * 2)
    first, last = since.isoformat(), until.isoformat()
    return any(first <= start and end <= last for start, end in days)


# ---- figures


def _by_figure(choices: Sequence[Choice], counted: Counted) -> Sequence[Choice]:
    """Return *choices* with those in front whose figures count what was asked for."""
    if not counted.tells:
        return choices
    bonus = news_settings()["figures"]["bonus"]
    return _favoured(choices, lambda choice: bonus * figure_fit(choice.known, counted))


def _by_measure(choices: Sequence[Choice], asked: Asked, weighed: Weighed, named: Sequence[Ask]) -> Sequence[Choice]:
    """Return *choices* with those in front that give a figure in the asked units beside what is to be measured."""
    if weighed.want not in {Want.AMOUNT, Want.SHARE}:
        return choices
    telling = [
        ask
        for ask in weighed.asks
        if not ask.capital and not is_light(ask.typed) and not names_kind(ask.typed, weighed.want)
    ]

    def fit(choice: Choice) -> float:
        is_share = weighed.want is Want.SHARE
        found = shares(choice.known) if is_share else measures(asked.words, choice.known, named)
        beside = [len(telling) if named and q.what == AGE else near_figure(telling, choice.known, q) for q in found]
        return news_settings()["figures"]["bonus"] * max(beside, default=0) / max(1, len(telling))

    return _favoured(choices, fit)


def _by_time(choices: Sequence[Choice], asked: Asked, weighed: Weighed) -> Sequence[Choice]:
    """Return *choices* with those in front that give a day, or the hour or the plan that was asked for."""
    if weighed.want is not Want.TIME:
        return choices
    words = {token.text for token in tokens(asked.words)}
    settings = news_settings()["times"]

    def fit(choice: Choice) -> float:
        fact = choice.known.fact
        bonus = settings["day"] * bool(fact.dates)
        if words & {"time", "hour", "clock"}:
            bonus += settings["hour"] * any("T" in when.first for when in fact.dates)
        if "will" in words:
            bonus += settings["plan"] * (fact.status in {Status.PLANNED, Status.FORECAST})
        return bonus

    return _favoured(choices, fit)


def _by_cause(choices: Sequence[Choice], weighed: Weighed) -> Sequence[Choice]:
    """Return *choices* with those in front that give a reason, when one was asked for."""
    if weighed.want is not Want.CAUSE:
        return choices
    bonuses = news_settings()["causes"]
    return _favoured(choices, lambda choice: bonuses.get(reason_given(choice.known) or "", 0.0))


def _by_introduction(
    choices: Sequence[Choice], asked: Asked, weighed: Weighed, named: Sequence[Ask]
) -> Sequence[Choice]:
    """Return *choices* with those in front that say who or what *named* is, and those behind that ask themselves."""
    settings = news_settings()["telling"]

    def bonus(choice: Choice) -> float:
        told = introduces(choice.known, asked.words, weighed.asks, named)
        return settings["introduces"] * bool(told) + settings["asks"] * choice.known.text.rstrip('"”’ ').endswith("?")

    return _favoured(choices, bonus)


def _favoured(choices: Sequence[Choice], bonus: Callable[[Choice], float]) -> Sequence[Choice]:
    """Return the first of *choices* sorted anew with a *bonus* on their scores, and the others as they are."""
    near = [replace(choice, score=choice.score + bonus(choice)) for choice in choices[:_COUNTED]]
    return [*sorted(near, key=lambda choice: -choice.score), *choices[_COUNTED:]]


# ---- speakers


def _speaker_asks(asked: Asked, weighed: Weighed) -> list[Ask]:
    """Return the question's words that name a speaker."""
    if asked.speaker is None:
        return []
    start = asked.words.find(asked.speaker)
    named = [ask for ask in weighed.asks if start <= ask.start < start + len(asked.speaker)]
    telling = [ask for ask in named if not is_anybody(ask)]
    return telling or named


def _by_source(choices: Sequence[Choice], weighed: Weighed) -> Sequence[Choice]:
    """Return *choices* with those in front whose outlet the question names: a body's own report leaves its name out."""
    of_source = news_settings()["telling"]["of_source"]
    return _favoured(choices, lambda choice: of_source * is_of_source(choice.known, weighed))


def _by_speaker(choices: Sequence[Choice], speaking: Sequence[Ask], weighed: Weighed) -> list[Choice]:
    """Return *choices* with those first that the asked speaker said, and of these those first that are to the point."""
    topic = topic_of(weighed.asks, speaking)

    def place(choice: Choice) -> tuple[int, bool]:
        if not said_by(choice.known, speaking):
            return len(topic) + 1, False
        said = terms_of(choice.known)
        return sum(1 for ask in topic if not is_in(ask, said)), tells_of_before(choice.known)

    return sorted(choices, key=place) if speaking else list(choices)


# ---- follow-ups


def _by_last_answer(
    choices: Sequence[Choice], asked: Asked, weighed: Weighed, inherited: frozenset[str]
) -> Sequence[Choice]:
    """Return *choices* with those in front that bear on the answer before: its denial for "who denied that".

    When nothing but that answer is asked about ("who said so", "when was that"), itself.
    """
    if not asked.after:
        return choices
    settings = news_settings()["follow_up"]
    only_points = all(ask.typed in inherited or is_light(ask.typed) for ask in weighed.asks)

    def bonus(choice: Choice) -> float:
        if only_points and choice.known.id in asked.after:
            return settings["itself"]
        return settings["bears_on"] * any(note.known.id in asked.after for note in choice.notes)

    return _favoured(choices, bonus)
