"""Small classes of words, such as determiners, that figures and dates are read with: a line each in a data file."""

from __future__ import annotations

from functools import cache

from store.facts import lexicon


@cache
def word_class(name: str) -> frozenset[str]:
    """Return the words of the class *name*, in lower case.

    Raises:
        KeyError: There is no such class in the file.
    """
    return _classes()[name]


@cache
def _classes() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(row[1].split()) for row in lexicon.table("word_classes.tsv")}
