"""Words that decide how a question is read, and were mistyped: "wehn", "how mnay", "what yera", "were is".

The store knows no better word for them than the one that was typed, so they are told by what they come near. Whatever
else is misspelt is left to `respelling`, which knows what is held.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rapidfuzz.distance import OSA

from store.facts.cast.gazetteer import country_named
from store.facts.english import is_english
from store.facts.lexicon import table


def slips_of(word: str, meant: Iterable[str], *, shortest: int) -> list[str]:
    """Return those of *meant* that folded *word* may be a slip of, being one letter off.

    None for a word of fewer letters than *shortest*, and for an English one: that may be meant as it stands.
    """
    if len(word) < shortest or not word.isalpha() or is_english(word):
        return []
    return [one for one in meant if OSA.distance(word, one, score_cutoff=1) <= 1]


def slip_of(word: str, meant: Iterable[str], *, shortest: int) -> str | None:
    """Return the only one of *meant* that folded *word* may be a slip of; None when there is none, or are several."""
    return _only(slips_of(word, meant, shortest=shortest))


def nearest(word: str, meant: Iterable[str]) -> str | None:
    """Return the one of *meant* that *word*, English or not, is one letter off; None when none is, or several are."""
    return _only([one for one in meant if OSA.distance(word, one, score_cutoff=1) <= 1])


def _only(found: list[str]) -> str | None:
    return found[0] if len(found) == 1 else None


def meant_in_frame(word: str, before: str | None, after: str | None) -> str | None:
    """Return what an English *word* was meant as between two others: the "where" of "were is"; None for most.

    *before* is None at the beginning of the question, *after* at its end.
    """
    for befores, afters, meant in _frames().get(word, ()):
        if _fits(before, befores) and _fits(after, afters):
            return meant
    return None


def _fits(word: str | None, wanted: frozenset[str]) -> bool:
    if "*" in wanted:
        return True
    if word is None:
        return "^" in wanted
    named = "Name" in wanted and (word[:1].isupper() or country_named(word.capitalize()) is not None)
    return named or word.casefold() in wanted


@cache
def _frames() -> dict[str, list[tuple[frozenset[str], frozenset[str], str]]]:
    found: dict[str, list[tuple[frozenset[str], frozenset[str], str]]] = {}
    for before, typed, after, meant in table("frame_slips.tsv"):
        for word in typed.split():
            found.setdefault(word, []).append((frozenset(before.split()), frozenset(after.split()), meant))
    return found
