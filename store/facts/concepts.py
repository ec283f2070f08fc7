"""Newsroom concepts: the different words that outlets use for one thing ("perished", "were killed").

The table is `lexicons/concepts.tsv`; its header says what the columns and kinds are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from store.facts import lexicon, words


@dataclass(frozen=True, slots=True)
class Concept:
    """One line of the table."""

    name: str  # "dead"
    kind: str  # "toll", "folk", "count", "event" or "act"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a concept is worded, in positions of the stems that were searched."""

    start: int
    end: int
    concept: Concept


@cache
def _phrases() -> dict[tuple[str, ...], tuple[Concept, ...]]:
    """Return the concepts of each phrase, as stems."""
    found: defaultdict[tuple[str, ...], list[Concept]] = defaultdict(list)
    for name, kind, worded in lexicon.table("concepts.tsv"):
        for phrase in worded.split(","):
            key = tuple(words.stem(token.text) for token in words.tokens(phrase))
            if all(known.name != name for known in found[key]):
                found[key].append(Concept(name, kind))
    return {key: tuple(concepts) for key, concepts in found.items()}


@cache
def _longest() -> dict[str, int]:
    """Return how many stems the longest phrase has that begins with each stem."""
    longest: dict[str, int] = {}
    for key in _phrases():
        longest[key[0]] = max(len(key), longest.get(key[0], 0))
    return longest


def find_concepts(stems: Sequence[str]) -> list[Hit]:
    """Return where *stems* word a concept, left to right; the longest phrase at a place wins, and none overlap.

    A phrase that stands for two concepts gives two hits at the same place.
    """
    phrases, longest = _phrases(), _longest()
    found: list[Hit] = []
    at = 0
    while at < len(stems):
        for length in range(min(longest.get(stems[at], 0), len(stems) - at), 0, -1):
            concepts = phrases.get(tuple(stems[at : at + length]))
            if concepts:
                found += [Hit(at, at + length, concept) for concept in concepts]
                at += length
                break
        else:
            at += 1
    return found
