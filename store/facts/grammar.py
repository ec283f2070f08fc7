"""Classes of small words, such as prepositions, by which sentences are read: a line each in a data file."""

from __future__ import annotations

from functools import cache

from store.facts.lexicon import table


@cache
def word_class(name: str) -> frozenset[str]:
    """Return the words of one class of grammar_words.tsv, such as "preposition"."""
    return next(frozenset(row[1].split()) for row in table("grammar_words.tsv") if row[0] == name)
