"""Whether a word is English at all, whatever is held."""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase

from store.facts.lexicon import lines

_SHORTEST_SLIP, _LONGEST = 5, 24  # letters
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers")


def is_english(word: str) -> bool:
    """Tell whether folded *word*, or what is left of it without a common ending, is an English word.

    The names of well-known places and people are among the list's words; what is not is a rare word, a slip or a name.
    """
    words = _words()
    return word in words or any(word.endswith(ending) and word.removesuffix(ending) in words for ending in _ENDINGS)


def is_listed(word: str) -> bool:
    """Tell whether folded *word* is English in just this form: "ratifying" is, "foreigning" is not."""
    return word in _words()


def is_near_english(word: str) -> bool:
    """Tell whether folded *word* is one slip away from an English word: a letter swapped, left out, added or changed.

    False below five letters, where nearly everything is near something, and for what is too long to be a word.
    """
    return len(word) >= _SHORTEST_SLIP and bool(english_slips(word))


def english_slips(word: str) -> frozenset[str]:
    """Return the English words of which folded *word* is one slip; none for what is too long to be a word."""
    if len(word) > _LONGEST:
        return frozenset()
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    slips = (
        *(a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1),
        *(a + b[1:] for a, b in parts if b),
        *(a + letter + b[1:] for a, b in parts if b for letter in ascii_lowercase),
        *(a + letter + b for a, b in parts for letter in ascii_lowercase),
    )
    return _words().intersection(slips) - {word}


@cache
def _words() -> frozenset[str]:
    return frozenset(lines("english_words.txt"))
