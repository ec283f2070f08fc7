"""A question's list of sentences, as the stages hand it on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.facts.model import Kind
from store.lookup.candidates import Candidates
from store.lookup.passages import Weighed


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate with its evidence."""

    fact: int
    score: float
    values: tuple[float, ...]  # of FEATURES


@dataclass(frozen=True, slots=True)
class Search:
    """All that was read and found for one question; what `/why` tells."""

    weighed: Weighed
    names: Mapping[str, frozenset[Kind]]  # terms of the question that are held as names, and what they name
    candidates: Candidates
    ranked: Sequence[Ranked]  # best first
    chance: float  # that the first is right, by the words alone
    is_news: bool = False  # most of the stories looked at have a date
