"""One figure as printed: sign, currency, number and unit of measure, and the words before it that bound it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from store.facts import lexicon
from store.facts.numbers.counted import ends_phrase
from store.facts.numbers.number import Number, Pieces, is_number_word
from store.facts.numbers.numbers import read_number
from store.facts.numbers.pieces import is_glued, low_at
from store.facts.numbers.units import Unit, currency_before, read_unit
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Reasons, Rule

DASHES = frozenset("-‑–—−")
_MINUSES = frozenset("-−–")
_VERBS_OF_COUNTED, _TIME_UNITS = word_class("verbs_of_counted"), word_class("time_units")
_LASTING = word_class("lasting") | {"took", "takes", "take", "spent", ""}
_LONGEST_BOUND = 4  # words in the longest phrase of bounds.tsv
_BOUND_RULES = {
    "about": Rule.ABOUT, "under": Rule.UNDER, "over": Rule.OVER,
    "low": Rule.AT_LEAST, "high": Rule.AT_MOST, "exact": Rule.EXACT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence being read; `dated` are the pieces that belong to dates."""

    text: str
    pieces: Pieces
    dated: frozenset[int]

    def printed(self, first: int, last: int) -> str:
        """Return `pieces[first:last]` as they stand in the text; "" where there are none."""
        return self.text[self.pieces[first].start : self.pieces[last - 1].end] if 0 <= first < last else ""

    def is_dated(self, first: int, last: int) -> bool:
        """Does any of `pieces[first:last]` belong to a date?"""
        return any(k in self.dated for k in range(first, last))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its unit, before it is known what it counts: `pieces[first:last]`, sign and currency in."""

    number: Number
    first: int
    last: int
    unit: Unit | None = None
    sign: int = 1
    bound_after: str = ""  # the effect of "or more" after the number

    @property
    def value(self) -> float | None:
        return None if self.number.value is None else self.sign * self.number.value


def is_hyphen(pieces: Pieces, at: int) -> bool:
    """Is there a dash at *at* with no space on either side, as in "five-day"?"""
    return low_at(pieces, at) in DASHES and is_glued(pieces, at) and is_glued(pieces, at + 1)


def read_figure(line: Line, at: int, *, is_money: bool = False) -> Figure | None:
    """Return the figure whose number begins at piece *at*, or None; one that belongs to a date is none.

    *is_money*: the figure that it is joined to is money, so that "2m" are millions.
    """
    pieces = line.pieces
    is_inside = low_at(pieces, at - 1) in _MINUSES and is_glued(pieces, at)
    money = currency_before(pieces, at) or (currency_before(pieces, at - 1) if is_inside else None)  # "$-50.8bn"
    number = read_number(pieces, at, is_money=is_money or money is not None)
    if number is None or line.is_dated(number.first, number.last):
        return None
    code, opens = money or ("", at)
    number, start = _after_point(pieces, number, opens)
    sign, first = (-1, start) if money and is_inside else _sign(pieces, start)
    if not code:
        return _with_unit(line, Figure(number, first, number.last, sign=sign))
    effect, end = _bound_after(pieces, number.last)
    after = read_unit(pieces, end, value=number.value, is_scaled=True)  # "US$5 million dollars"
    last = after.last if after and after.measures == "money" else end
    unit = Unit(code, "money", last, Rule.CURRENCY_BEFORE, line.printed(opens, at))
    return Figure(number, first, last, unit, sign, effect)


def _after_point(pieces: Pieces, number: Number, first: int) -> tuple[Number, int]:
    """Read ".881", printed without its nought."""
    digits = pieces[number.first].text
    is_point = low_at(pieces, first - 1) == "." and is_glued(pieces, first)
    is_inside = is_glued(pieces, first - 1) and (pieces[first - 2].is_word or pieces[first - 2].is_digits)
    if not is_point or is_inside or not number.is_bare or number.value is None:
        return number, first
    return replace(number, value=number.value / 10.0 ** len(digits), is_bare=False, rule=Rule.POINT), first - 1


def _sign(pieces: Pieces, first: int) -> tuple[int, int]:
    """Return -1 or 1, and the piece that the signed figure begins with."""
    before = low_at(pieces, first - 1)
    if before == "minus":
        is_both = low_at(pieces, first - 2) in {"or", "/"} and low_at(pieces, first - 3) == "plus"
        return (1, first - 3) if is_both else (-1, first - 1)
    if before in _MINUSES and is_glued(pieces, first):
        if low_at(pieces, first - 2) == "minus":
            return -1, first - 2  # "minus-5"
        if not is_glued(pieces, first - 1):
            return -1, first - 1
    return 1, first


def _with_unit(line: Line, figure: Figure) -> Figure:
    pieces, number = line.pieces, figure.number
    effect, end = _bound_after(pieces, number.last)
    figure = replace(figure, bound_after=effect, last=end)
    at = end + is_hyphen(pieces, end)
    is_of = number.is_scaled and low_at(pieces, at) == "of"  # "millions of dollars"
    unit = read_unit(pieces, at + is_of, value=number.value or number.low, is_scaled=number.is_scaled)
    if unit is None or line.is_dated(at, unit.last):
        return figure
    return replace(figure, unit=unit, last=unit.last)


def _bound_after(pieces: Pieces, at: int) -> tuple[str, int]:
    """Return the effect of "or more", "or so", "+" at *at* and the piece after them; "" and *at* without."""
    for length in (2, 1):
        effect = _bounds().get(("*", *(p.low for p in pieces[at : at + length]))) if at + length <= len(pieces) else ""
        if effect and (length == 2 or is_glued(pieces, at)) and _bounds_to_the_left(pieces, at, at + length):
            return effect, at + length
    return "", at


def _bounds_to_the_left(pieces: Pieces, at: int, last: int) -> bool:
    """Does "or over" end the figure before it, and not begin the next? It does not in "5 killed and over 300 hurt"."""
    after = low_at(pieces, last)
    if pieces[at].low not in {"and", "or"}:
        return True
    if after.isdecimal() or is_number_word(after):
        return False
    is_free = pieces[at].low == "or" or low_at(pieces, at - 2) in {"aged", "age", "ages"}
    return is_free or not after.isalnum() or after in _VERBS_OF_COUNTED or after == "who"


@cache
def _bounds() -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): effect for phrase, effect in lexicon.table("bounds.tsv")}


def bound(pieces: Pieces, first: int) -> tuple[int, str]:
    """Return where the words that bound the figure at *first* begin, and their effect, "" when there are none.

    Effects: about, under, over (all near it), low (at least), high (at most), exact.
    """
    for length in range(min(_LONGEST_BOUND, first), 0, -1):
        effect = _bounds().get(tuple(p.low for p in pieces[first - length : first]))
        at = first - length
        if effect and not is_hyphen(pieces, at - 1) and not _is_during(pieces, at, first):  # "a 4-under 67"
            return at, effect
    return first, ""


def _is_during(pieces: Pieces, at: int, first: int) -> bool:
    """Does "over" at *at* mean "during", as in "was rebuilt over three years", and not more than "lasted over" does?"""
    if pieces[at].low != "over" or at + 1 != first or low_at(pieces, first + 1) not in _TIME_UNITS:
        return False
    before = low_at(pieces, at - 1)
    return before not in _LASTING and not (ends_phrase(before) and before != "all")


def effect_on(line: Line, figure: Figure) -> tuple[str, Reasons]:
    """Return the effect of the words that bound *figure*, those after it for choice, and the rule; "" without any."""
    if figure.bound_after:
        first, effect, last = figure.number.last, *_bound_after(line.pieces, figure.number.last)
    else:
        (first, effect), last = bound(line.pieces, figure.first), figure.first
    return effect, (Reason(_BOUND_RULES[effect], line.printed(first, last)),) if effect else ()


def bound_start(pieces: Pieces, first: int) -> int:
    """Return where the figure at *first* begins with the words that bound it."""
    return bound(pieces, first)[0]
