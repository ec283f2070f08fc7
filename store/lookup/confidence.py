"""How sure the list makes us that its first sentence answers: evidence for a calibrated chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log1p
from typing import Protocol

from store.lookup.asking import Want
from store.lookup.evidence import FEATURES
from store.lookup.passages import Weighed

_FEW = 5  # sentences of the list that are compared with the first


class Scored(Protocol):
    """A ranked sentence with its evidence."""

    @property
    def score(self) -> float:
        """The ranking's sum."""

    @property
    def values(self) -> Sequence[float]:
        """Values of FEATURES."""


def evidence_of_list(weighed: Weighed, ranked: Sequence[Scored]) -> dict[str, float]:
    """Return what speaks for the first of *ranked*, best first; empty for an empty list."""
    if not ranked:
        return {}
    first = dict(zip(FEATURES, ranked[0].values, strict=True))
    scores = [one.score for one in ranked[:_FEW]]
    others = scores[1:] or [0.0]
    unknown = _share(weighed, [not ask.options for ask in weighed.asks])
    guessed = _share(weighed, [bool(ask.options) and not ask.is_known for ask in weighed.asks])
    few = [dict(zip(FEATURES, one.values, strict=True)) for one in ranked[:_FEW]]
    return {
        "score": scores[0],
        "lead": scores[0] - others[0],
        "lead_few": scores[0] - sum(others) / len(others),
        "best_cover": max(one["cover"] for one in few),
        "best_paragraph": max(one["cover_paragraph"] for one in few),
        "best_story": max(one["cover_story"] for one in few),
        "unknown": unknown,
        "unknown_names": _share(weighed, [ask.capital and not ask.options for ask in weighed.asks]),
        "guessed": guessed,
        "words": log1p(len(weighed.asks)),
        "few_words": float(len(weighed.asks) <= 2),
        "telling": weighed.total / max(1, len(weighed.asks)),
        "names_asked": _share(weighed, [ask.capital for ask in weighed.asks]),
        "untyped": float(weighed.want in {Want.THING, Want.YES_NO}),
        "typed_fit": float(any(first[name] for name in _TYPES)),
        **{name: first[name] for name in FEATURES if name not in _TYPES},
    }


# Features that say that the sentence holds an answer of the wanted kind.
_TYPES = (
    "person", "day", "year", "place_named", "count", "counted", "amount", "money", "share", "cause", "name",
)  # fmt: skip


def _share(weighed: Weighed, which: Sequence[bool]) -> float:
    """Return the share of the question's telling weight that the marked words have."""
    return sum(telling for telling, marked in zip(weighed.rarities, which, strict=True) if marked) / weighed.total


def described(evidence: Mapping[str, float]) -> dict[str, float]:
    """Return *evidence* rounded for people to read."""
    return {name: round(value, 3) for name, value in evidence.items()}
