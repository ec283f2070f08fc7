"""So many in so many: the shares of "six in 10", "one out of every five" and "four houses in ten"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from store.facts.numbers.number import Number, Pieces, number_words
from store.facts.numbers.pieces import follows, low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Rule

_TIME_UNITS, _VERBS_OF_COUNTED = word_class("time_units"), word_class("verbs_of_counted")
_ROUND_WHOLES = {"5", "five", "10", "ten", "100", "hundred"}
_EVERY = {3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 30, 50}  # "one in five"; other numbers only when round
_SHARE_WORDS = (("in", "every"), ("out", "of", "every"), ("of", "every"), ("out", "of"), ("in",))

Reader = Callable[[Pieces, int], Number | None]  # reads one number that begins at a piece


def one_in(pieces: Pieces, number: Number | None, *, read: Reader) -> Number | None:
    """Turn "six" of "six in 10" into a share of .6; leave "two in 20 minutes" and "287 for 6 in 50 overs" alone.

    *read* reads the whole that it is of, one number that begins at a piece.
    """
    if number is None or number.value is None or number.is_share or number.value != int(number.value):
        return number
    words = next((w for w in _SHARE_WORDS if follows(pieces, number.last, *w)), None)
    if words is None:
        return _nouns_in(pieces, number, read) or number
    at = number.last + len(words)
    if at >= len(pieces) or not _can_be_whole(pieces, at):
        return number
    whole = read(pieces, at)
    if whole is None or whole.value is None or whole.is_share or not 0 < number.value < whole.value:
        return number
    is_every = whole.value in _EVERY or (whole.value % 100 == 0 and whole.value not in {1900, 2000})
    is_loose = words == ("in",) and number.value != 1 and 10 < whole.value < 100
    after = whole.last + (low_at(pieces, whole.last) == "-")
    if is_loose or not is_every or low_at(pieces, after) in _TIME_UNITS:
        return number
    value, in_words = number.value / whole.value, number.in_words
    return Number(number.first, whole.last, value, is_share=True, in_words=in_words, rule=Rule.SHARE_ONE_IN)


def _nouns_in(pieces: Pieces, number: Number, read: Reader) -> Number | None:
    """Read "four houses in ten were insured"; not "three goals in ten games"."""
    at = next((k for k in (number.last + 1, number.last + 2) if low_at(pieces, k) == "in"), None)
    if at is None or at + 1 >= len(pieces) or number.value is None or low_at(pieces, at + 1) not in _ROUND_WHOLES:
        return None
    whole = read(pieces, at + 1)
    if whole is None or whole.value is None or not number.value < whole.value or number.value > 9:
        return None
    after = low_at(pieces, whole.last)
    is_alone = after in _VERBS_OF_COUNTED or after in {"", ".", ","}
    if not is_alone:
        return None
    return replace(number, last=whole.last, value=number.value / whole.value, is_share=True, rule=Rule.SHARE_ONE_IN)


def _can_be_whole(pieces: Pieces, at: int) -> bool:
    word = pieces[at].low
    return pieces[at].is_digits or word == "a" or word in number_words("small") or word in number_words("tens")
