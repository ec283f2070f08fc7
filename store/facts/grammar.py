"""Classes of small words, such as prepositions, by which sentences are read: a line each in a data file."""

from __future__ import annotations

from store.facts.lexicon import word_classes


def word_class(name: str) -> frozenset[str]:
    """Return the words of one class of grammar_words.tsv, such as "preposition"."""
    return word_classes("grammar_words.tsv")[name]
