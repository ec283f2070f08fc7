"""Small classes of words, such as determiners, that figures and dates are read with: a line each in a data file."""

from __future__ import annotations

from store.facts import lexicon


def word_class(name: str) -> frozenset[str]:
    """Return the words of the class *name*, in lower case.

    Raises:
        KeyError: There is no such class in the file.
    """
    return lexicon.word_classes("word_classes.tsv")[name]
