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
    kind: str  # "toll", "state", "folk", "count", "event" or "act"
    implies: str | None = None  # the toll that a noun tells by itself: refugees were displaced


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a concept is worded, in positions of the stems that were searched."""

    start: int
    end: int
    concept: Concept


_NOUNS = frozenset({"folk", "count"})
# Kinds of concepts: what befell people or things, what happened, and what was done.
TOLL_KINDS = frozenset({"toll", "state"})
EVENT_KINDS = TOLL_KINDS | {"event"}
DEED_KINDS = EVENT_KINDS | {"act"}


_Worded = tuple[Concept, tuple[str, ...] | None]  # of a noun, its words in the singular


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], tuple[_Worded, ...]]]]:
    """Return the phrases, as stems, that begin with each stem, longest first, each with its concepts."""
    found: defaultdict[tuple[str, ...], list[_Worded]] = defaultdict(list)
    for name, kind, worded, *implied in lexicon.table("concepts.tsv"):
        concept = Concept(name, kind, *implied)
        for phrase in worded.split(","):
            folded = [token.text for token in words.tokens(phrase)]
            singular = tuple(map(_singular, folded)) if kind in _NOUNS else None
            found[tuple(map(words.stem, folded))].append((concept, singular))
    by_first: defaultdict[str, list[tuple[tuple[str, ...], tuple[_Worded, ...]]]] = defaultdict(list)
    for key in sorted(found, key=len, reverse=True):
        by_first[key[0]].append((key, tuple(found[key])))
    return dict(by_first)


def _singular(word: str) -> str:
    """Even out the plural and nothing else: "crossings" is not "crossed", "reporters" have not "reported".

    Of "14 lives" the singular is a "life": those who "live" somewhere are none.
    """
    if word == "lives":
        return "life"
    for plural, ending in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(plural):
            return word[: -len(plural)] + ending
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word


@cache
def concept_kinds() -> dict[str, str]:
    """Return the kind of each concept, by its name."""
    return {row[0]: row[1] for row in lexicon.table("concepts.tsv")}


@cache
def worded_by(name: str) -> frozenset[tuple[str, ...]]:
    """Return the words and phrases that word a concept, as stems: of "#blast" exploded, went off, blew up, ..."""
    listed = next(row[2] for row in lexicon.table("concepts.tsv") if row[0] == name)
    return frozenset(tuple(map(words.stem, words.fold(phrase).split())) for phrase in listed.split(","))


@cache
def rows_of() -> dict[str, frozenset[str]]:
    """Return the concepts that each single word stands for, by its stem: "soldier" is of the troops."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in concept_kinds():
        for phrase in worded_by(name):
            if len(phrase) == 1:
                found[phrase[0]].add(name)
    return {stem: frozenset(names) for stem, names in found.items()}


@cache
def passing_tolls() -> frozenset[str]:
    """Return the tolls that fall by themselves: of the missing, the stranded."""
    return frozenset(row[0] for row in lexicon.table("concepts.tsv") if row[1] == "state")


@cache
def implied_tolls() -> dict[str, str]:
    """Return the toll that each noun tells by itself, where it does: "refugees" -> "displaced"."""
    return {row[0]: row[3] for row in lexicon.table("concepts.tsv") if len(row) > 3}


def find_concepts(folded: Sequence[str], stems: Sequence[str]) -> list[Hit]:
    """Return where a text words a concept, left to right; the longest phrase at a place wins, and none overlap.

    *folded* are its words, *stems* their stems. A phrase that stands for two concepts gives two hits at its place.
    """
    found: list[Hit] = []
    phrases = _phrases()
    until = 0
    for at, stem in enumerate(stems):
        if at >= until and stem in phrases:
            hits = _hits_at(folded, stems, at)
            found += hits
            until = hits[0].end if hits else at
    return found


def _hits_at(folded: Sequence[str], stems: Sequence[str], at: int) -> list[Hit]:
    for key, concepts in _phrases()[stems[at]]:
        end = at + len(key)
        if len(key) > 1 and tuple(stems[at:end]) != key:
            continue
        hits = [
            Hit(at, end, concept)
            for concept, singular in concepts
            if singular is None or singular == tuple(map(_singular, folded[at:end]))
        ]
        if hits:
            return hits
    return []
