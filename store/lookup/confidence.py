"""How sure the list makes us that its first sentence answers: evidence for a calibrated chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p
from typing import Protocol

from store.lookup.asking import Want
from store.lookup.evidence import FEATURES
from store.lookup.passages import Weighed

_FEW = 5  # sentences of the list that are compared with the first

# Features that say that the sentence holds an answer of the wanted kind.
_TYPES = (
    "person", "day", "year", "place_named", "count", "counted", "amount", "money", "measure", "share", "cause", "name",
)  # fmt: skip
_OF_THE_FIRST = tuple(name for name in FEATURES if name not in _TYPES)

EVIDENCE = (
    "score", "lead", "lead_few", "best_cover", "best_paragraph", "best_story", "unknown", "unknown_names", "guessed",
    "words", "few_words", "telling", "names_asked", "untyped", "typed_fit", *_OF_THE_FIRST,
)  # fmt: skip


class Scored(Protocol):
    """A ranked sentence with its evidence."""

    @property
    def score(self) -> float:
        """The ranking's sum."""

    @property
    def values(self) -> Sequence[float]:
        """Values of FEATURES."""


def evidence_of_list(weighed: Weighed, ranked: Sequence[Scored]) -> tuple[float, ...]:
    """Return the values of EVIDENCE for the first of *ranked*, best first; empty for an empty list."""
    if not ranked:
        return ()
    few = [dict(zip(FEATURES, one.values, strict=True)) for one in ranked[:_FEW]]
    first = few[0]
    scores = [one.score for one in ranked[:_FEW]]
    others = scores[1:] or [0.0]
    asks = weighed.asks
    return (
        scores[0],
        scores[0] - others[0],
        scores[0] - sum(others) / len(others),
        max(one["cover"] for one in few),
        max(one["cover_paragraph"] for one in few),
        max(one["cover_story"] for one in few),
        weighed.share([not ask.options for ask in asks]),
        weighed.share([ask.capital and not ask.options for ask in asks]),
        weighed.share([bool(ask.options) and not ask.is_known for ask in asks]),
        log1p(len(asks)),
        float(len(asks) <= 2),
        weighed.total / max(1, len(asks)),
        weighed.share([ask.capital for ask in asks]),
        float(weighed.want in {Want.THING, Want.YES_NO}),
        float(any(first[name] for name in _TYPES)),
        *(first[name] for name in _OF_THE_FIRST),
    )
