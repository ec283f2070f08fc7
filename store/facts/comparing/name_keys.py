"""Keys of names, under which their spellings meet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from store.facts import lexicon, words

# Consonants that romanisations write in several ways, longest first.
_SOUNDS = (
    ("shch", "sh"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"),
    ("q", "k"), ("c", "k"), ("w", "v"), ("x", "ks"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]")
_TWICE = re.compile(r"(.)\1")


@lru_cache(maxsize=16384)
def name_key(word: str) -> str:
    """Return one key for the spellings of a name: its consonants, romanisation evened out.

    "Khurshed" and "Hurshed", "Syrdarya" and "Sirdaryo", "Taleban" and "Taliban" meet. A word with fewer than three
    consonants keeps its vowels, since too much would meet; so does a name known to be like another: Niger, Nigeria.
    """
    folded = words.fold(word)
    if folded in _alike_names():
        return folded
    sound = folded
    for spelling, one in _SOUNDS:
        sound = sound.replace(spelling, one)
    skeleton = _TWICE.sub(r"\1", _VOWELS.sub("", sound))
    return skeleton if len(skeleton) >= 3 else folded


@cache
def _alike_names() -> frozenset[str]:
    return frozenset(lexicon.lines("alike_names.txt"))


def name_keys(names: Iterable[str]) -> frozenset[str]:
    """Return the keys of all telling words of *names*; a hyphened name counts once, as one word."""
    return frozenset[str]().union(*map(_keys_of, names))


@lru_cache(maxsize=4096)  # the few names of an event stand in most of its sentences
def _keys_of(name: str) -> frozenset[str]:
    return frozenset(
        name_key(term)
        for token, term in words.placed_stems(name)
        if len(term) > 2 and token.text not in words.FUNCTION_WORDS and token.text not in no_names()
    )


@lru_cache(maxsize=4096)
def speaker_keys(name: str) -> frozenset[str]:
    """Return the keys of all words of a speaker's name, also of "ministry": two ministries differ by the other."""
    return frozenset(
        name_key(words.stem(token.text)) for token in words.tokens(name) if token.text not in words.FUNCTION_WORDS
    )


@cache
def no_names() -> frozenset[str]:
    """Return the words that are written with a capital and name nobody: "March"."""
    return frozenset(word for line in lexicon.lines("no_names.txt") for word in line.split())
