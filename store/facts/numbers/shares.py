"""Parts of a whole as printed: "two-thirds", "a third of", "nearly half", "2/3", "½"."""

from __future__ import annotations

from store.facts.numbers.number import Number, Pieces, number_words
from store.facts.numbers.pieces import low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Rule

HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

_OF, _AFTER, _BEFORE = word_class("share_of"), word_class("share_after"), word_class("share_before")
_PARTS = {"half": 0.5, "quarter": 0.25}
_PARTED = {"point", "percentage", "hour", "mile", "inch"}  # "a quarter-point cut"; not "half-year results"
_NO_HALF = word_class("no_half")


def read_share(pieces: Pieces, at: int) -> Number | None:
    """Read "two-thirds", "a third of", "nearly half", "half-hour" at piece *at*; not "a third man", "second half"."""
    word, last = pieces[at].low, at + 1
    if word in _PARTS and low_at(pieces, last) == "-" and low_at(pieces, last + 1) in _PARTED:
        return Number(at, last, _PARTS[word], in_words=True, rule=Rule.WORDS)
    if word == "half":
        return _half(pieces, at)
    above = 1.0 if word == "a" else number_words("small").get(word)
    if above is None:
        return None
    is_hyphenated = low_at(pieces, last) == "-"
    last += is_hyphenated
    below = number_words("part").get(low_at(pieces, last))
    if below is None or above >= below or (above == 1) == pieces[last].low.endswith("s"):
        return None
    if is_hyphenated or _is_share(pieces, at, last, is_one=above == 1):
        return Number(at, last + 1, above / below, is_share=True, in_words=True, rule=Rule.SHARE)
    return None


def _is_share(pieces: Pieces, first: int, last: int, *, is_one: bool) -> bool:
    """Is "a third" a share and not a rank, "three quarters" not nine months?"""
    before, after = low_at(pieces, first - 1), low_at(pieces, last + 1)
    if after in _AFTER or (is_one and before in _BEFORE and after != "time"):
        return True
    return pieces[first].low != "a" and not pieces[last].low.startswith("quarter")


def _half(pieces: Pieces, at: int) -> Number | None:
    before, after = low_at(pieces, at - 1), low_at(pieces, at + 1)
    is_named = low_at(pieces, at - 2) == "the" and before not in _BEFORE  # "the eastern half"
    if after == "-" or before in _NO_HALF or is_named:
        return None
    if after in {"a", "an"} and at + 2 < len(pieces):
        # "half an hour", "half a per cent": a unit must follow
        return Number(at, at + 2, 0.5, in_words=True, rule=Rule.WORDS)
    if after in _OF or before in _BEFORE or (before == "in" and low_at(pieces, at - 2) != "the"):
        return Number(at, at + 1, 0.5, is_share=True, in_words=True, rule=Rule.SHARE)
    return None
