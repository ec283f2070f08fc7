"""Whether a word is English at all, whatever is held."""

from __future__ import annotations

from functools import cache

from store.facts.lexicon import lines

_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers")


def is_english(word: str) -> bool:
    """Tell whether folded *word*, or what is left of it without a common ending, is an English word.

    The names of well-known places and people are among the list's words; what is not is a rare word, a slip or a name.
    """
    words = _words()
    return word in words or any(word.endswith(ending) and word.removesuffix(ending) in words for ending in _ENDINGS)


@cache
def _words() -> frozenset[str]:
    return frozenset(lines("english_words.txt"))
