"""Under which checksums a word is kept, so that it is found when it is misspelt or in another romanisation. Pure."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

SHORTEST_SPELLED = 4  # letters: shorter words have too many neighbours to be read as one of them
SHAPE_LENGTH = 8  # letters of a word that its shapes are made of; the rest is checked by edit distance


def shapes(word: str) -> set[int]:
    """Return the checksums under which *word* is found when one letter is wrong: symmetric deletion.

    Two words one edit apart share a shape. Only the beginning is used, so words that share one may still differ more.
    """
    start = word[:SHAPE_LENGTH]
    return {crc32(start.encode())} | {crc32((start[:i] + start[i + 1 :]).encode()) for i in range(len(start))}


# Pairs that romanisations of the same sound disagree on, longest first; vowels go afterwards.
_SOUNDS = (
    ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("ch", "c"), ("sh", "s"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("qu", "kv"), ("x", "ks"),
    ("ts", "s"), ("tz", "s"), ("cz", "c"), ("q", "k"), ("w", "v"), ("z", "s"),
)  # fmt: skip
_SILENT = frozenset("aeiouyhj")


@lru_cache(maxsize=65536)
def sound(word: str) -> int:
    """Return a checksum that spellings of one name in different romanisations share.

    Kept: the first letter's class and the consonants, without doubles. "Khudoyarov", "Hudoiarov" and "Khoudoyorov"
    share one. So do many unrelated words: compare letters before believing it.
    """
    plain = word
    for pair, one in _SOUNDS:
        plain = plain.replace(pair, one)
    plain = plain.replace("c", "k")
    first = "" if plain[:1] not in _SILENT else ("h" if plain[0] == "h" else "a")
    kept = [letter for letter in plain if letter not in _SILENT]
    bones = [letter for at, letter in enumerate(kept) if at == 0 or kept[at - 1] != letter]
    return crc32((first + "".join(bones)).encode())
