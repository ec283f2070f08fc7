"""Phrases of a lexicon, found in a sentence word for word: each word stands for its inflections that share its stem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from store.facts import words

Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]  # by first stem: the stems of a phrase and what it tells


def read_phrases(rows: Iterable[tuple[str, str]]) -> Phrases:
    """Return the phrases of *rows*, each of what is told and of phrases separated by commas."""
    found: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for told, listed in rows:
        for phrase in listed.split(","):
            stems = tuple(words.stem(token.text) for token in words.tokens(phrase))
            found[stems[0]].append((stems, told))
    return dict(found)


def find_phrases(plain: Sequence[str], phrases: Phrases) -> Iterator[tuple[int, str]]:
    """Yield where a phrase begins in a sentence, given by its folded words, and what it tells, left to right."""
    stems = tuple(map(words.stem, plain))
    for at, stem in enumerate(stems):
        for phrase, told in phrases.get(stem, ()):
            if stems[at : at + len(phrase)] == phrase:
                yield at, told
