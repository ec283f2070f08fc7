"""A number as read from the text, and the words that numbers are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from store.facts import lexicon
from store.facts.numbers.pieces import Piece
from store.facts.rules import Rule

Pieces = tuple[Piece, ...]

# Words that begin a number without being one, and what they make of the scale after them: least, most.
OPENERS: dict[str, tuple[float, float]] = {
    "a": (1, 1), "an": (1, 1), "half": (0.5, 0.5), "quarter": (0.25, 0.25), "couple": (2, 2),
    "several": (2, 10), "few": (2, 10), "many": (2, 10),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A number printed in `pieces[first:last]`. `value` is None for a vague amount, which has `low` and `high`."""

    first: int
    last: int
    value: float | None
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    is_share: bool = False  # "a third", "six in 10"
    is_bare: bool = False  # digits only, no sign of thousands or decimals: may be a year or part of a name
    is_scaled: bool = False  # has "million", "bn", ...
    in_words: bool = False
    rule: Rule = field(kw_only=True)  # by which it was read


@cache
def number_words(sort: str) -> dict[str, float]:
    """Return the words of one sort in `number_words.tsv` ("small", "scale", ...) and their values."""
    return {word: float(value) for word, value, kind in lexicon.table("number_words.tsv") if kind == sort}


@cache
def _beginnings() -> frozenset[str]:
    listed = [word for sort in ("small", "tens", "vague") for word in number_words(sort)]
    return frozenset(listed) | frozenset(OPENERS) | {"tens", "twice"}


def is_number_word(word: str) -> bool:
    """Is *word*, in lower case, one that a number can begin with?"""
    return word in _beginnings() or (word.endswith("fold") and word[:-4] in _beginnings())
