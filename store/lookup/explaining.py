"""What `/why` and `ask --explain` tell, and why nothing was answered."""

from __future__ import annotations

from collections.abc import Sequence

from store.lookup.evidence import FEATURES
from store.lookup.model import Holdings
from store.lookup.question import Asked
from store.lookup.ranked import Search
from store.lookup.weights import Weights
from store.lookup.wording import Ask

_OBJECTIONS = {
    "figure_missing": "the closest sentence has no figure",
    "counted_missing": "no figure held counts that",
    "counted_elsewhere": "the figures of the closest sentence count something else",
    "topic_missing": "they said nothing on that in what is held",
    "counted_otherwise": "the figures of the closest sentence count something like it",
    "measure_missing": "the closest sentence measures no such thing",
    "person_missing": "the closest sentence names nobody else",
    "answer_name_missing": "the closest sentence names nobody else",
    "day_missing": "the closest sentence gives no day",
    "name_missing": "no sentence held about that names all who were asked about",
    "name_unheld": "a name in the question is not held",
    "speaker_missing": "nothing held on that is theirs",
    "figure_unheld": "a figure in the question is not held",
}


def read_as(asks: Sequence[Ask]) -> dict[str, str]:
    """Return what each word that is not held as typed was read as."""
    return {ask.typed: ask.options[0].word or ask.options[0].term for ask in asks if ask.options and not ask.is_known}


def explain_search(search: Search, weights: Weights, asked: Asked, objections: Sequence[str]) -> dict[str, object]:
    """Return what `/why` tells: the words as read, the candidates, and what decided between the first two."""
    return {
        "words": [
            {
                "typed": ask.typed,
                "rarity": round(telling, 2),
                "read_as": [
                    {"term": o.term, "how": o.how, "weight": round(o.weight, 2), "facts": o.facts} for o in ask.options
                ],
            }
            for ask, telling in zip(search.weighed.asks, search.weighed.rarities, strict=True)
        ],
        "wants": str(search.weighed.want),
        "filters": filters_of(asked),
        "objections": [_OBJECTIONS[objection] for objection in objections],
        "candidates": {"facts": len(search.candidates.facts), "paragraphs": len(search.candidates.paragraphs),
                       "rows_read": search.candidates.rows_read},
        "chance": round(search.chance, 3),
        "first_two": [
            {
                "fact": one.fact,
                "score": round(one.score, 3),
                "evidence": {
                    name: {"value": round(value, 3), "weight": round(weights.ranking.get(name, 0.0), 3)}
                    for name, value in zip(FEATURES, one.values, strict=True)
                    if value
                },
            }
            for one in search.ranked[:2]
        ],
    }  # fmt: skip


def filters_of(asked: Asked) -> dict[str, str]:
    """Return what the question was narrowed to, as JSON values."""
    found = {
        "outlet": asked.outlet,
        "speaker": asked.speaker,
        "since": asked.period.since and asked.period.since.isoformat(),
        "until": asked.period.until and asked.period.until.isoformat(),
    }
    return {name: value for name, value in found.items() if value}


def why_nothing(held: Holdings, asked: Asked, asks: Sequence[Ask], objections: Sequence[str]) -> str:
    """Say in plain words why nothing is answered."""
    unmatched = [ask.typed for ask in asks if not ask.options]
    if not held.facts:
        return "nothing is stored yet"
    if not asks:
        return "the question has no telling word"
    if unmatched:
        return "nothing held mentions " + ", ".join(unmatched)
    if objections:
        return "; ".join(_OBJECTIONS[objection] for objection in objections)
    if filters_of(asked):
        named = ", ".join(f"{name} {value}" for name, value in filters_of(asked).items())
        return f"no sentence held says enough of this within: {named}"
    return "no sentence held says enough of this"
