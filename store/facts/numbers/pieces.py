"""The pieces of a sentence that figures and dates are read from: numbers, words and single marks, with their places.

Unlike the tokens that are indexed, pieces keep marks and capitals: "$", "-" and the capital of "May" mean something.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

# A possessive stands alone, so that "Sunday's" is read as "Sunday". No alternative can match inside another: linear.
_PIECE = re.compile(r"\d+(?:[.,]\d+)*|['’]s(?![^\W\d_])|[^\W\d_]+|\S")


class Sort(StrEnum):
    """What a piece is made of."""

    DIGITS = "digits"
    WORD = "word"
    MARK = "mark"


class Piece(NamedTuple):
    """A number in digits, a word, or one mark; `start` and `end` count code points of the whole text."""

    text: str
    low: str  # lower case
    start: int
    end: int
    sort: Sort

    @property
    def is_word(self) -> bool:
        return self.sort is Sort.WORD

    @property
    def is_digits(self) -> bool:
        return self.sort is Sort.DIGITS

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def _sort(text: str) -> Sort:
    if text[0].isdecimal():
        return Sort.DIGITS
    return Sort.WORD if text[0].isalpha() else Sort.MARK


@lru_cache(maxsize=8)  # figures and dates of one sentence are read one after the other
def cut(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Return the pieces of `text[start:end]` in order; white space is between them, never in one."""
    return tuple(
        Piece(m.group(), m.group().lower(), m.start(), m.end(), _sort(m.group()))
        for m in _PIECE.finditer(text, start, end)
    )


def is_glued(pieces: tuple[Piece, ...], at: int) -> bool:
    """Does piece *at* follow the one before it without a space?"""
    return 0 < at < len(pieces) and pieces[at - 1].end == pieces[at].start


def low_at(pieces: tuple[Piece, ...], at: int) -> str:
    """Return piece *at* in lower case, or "" when there is none."""
    return pieces[at].low if 0 <= at < len(pieces) else ""


def follows(pieces: tuple[Piece, ...], at: int, *words: str) -> bool:
    """Do *words*, in lower case, stand at *at*?"""
    return low_at(pieces, at) == words[0] and tuple(p.low for p in pieces[at : at + len(words)]) == words
