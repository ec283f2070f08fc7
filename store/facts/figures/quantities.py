"""The figures of a sentence: value, bounds, unit and of what, as a desk editor would list them.

A figure that is part of a date is left to the dates; one that is part of a name ("iPhone 11") is no figure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from store.facts.figures.ages import read_age
from store.facts.figures.counting import single
from store.facts.figures.figures import Line, read_figure
from store.facts.figures.handed_on import hand_on
from store.facts.figures.joined import read_second, read_two
from store.facts.figures.numbered import counts_nothing
from store.facts.figures.taken_back import take_back
from store.facts.model import Quantity, When
from store.facts.numbers.number import Pieces, is_number_word
from store.facts.numbers.pieces import cut
from store.facts.numbers.shares import HALVES
from store.facts.rules import Rule

_OLD_RULES = {Rule.EARLIER, Rule.CHANGED_FROM}


def find_quantities(text: str, start: int, end: int, *, dates: Sequence[When] = ()) -> tuple[Quantity, ...]:
    """Return the figures of `text[start:end]` in order, none overlapping another or one of *dates*.

    Offsets are into the whole text. A pair such as "78-71" is two quantities; a range is one, with `low` and `high`.
    """
    pieces = cut(text, start, end)
    line = Line(text, pieces, frozenset(_dated(pieces, dates)))
    found: list[Quantity] = []
    at = 0
    while at < len(pieces):
        if _can_begin(line, at):
            quantities, at = _read(line, at)
            for quantity in quantities:
                found.append(_trim(line, quantity, found[-1].end if found else start))
        else:
            at += 1
    return tuple(take_back(pieces, _drop_lone_earlier(hand_on(pieces, found))))


def _dated(pieces: Pieces, dates: Sequence[When]) -> Iterator[int]:
    """Yield the pieces that belong to *dates*."""
    for date in dates:
        at = bisect_right(pieces, date.start, key=lambda p: p.end)
        while at < len(pieces) and pieces[at].start < date.end:
            yield at
            at += 1


def _trim(line: Line, quantity: Quantity, reached: int) -> Quantity:
    """Leave to the figure before what it has taken already: the "$" of "4,500 $ 300"."""
    if quantity.start >= reached:
        return quantity
    start = line.pieces[bisect_left(line.pieces, reached, key=lambda p: p.start)].start
    return replace(quantity, start=start, text=line.text[start : quantity.end])


def _can_begin(line: Line, at: int) -> bool:
    piece = line.pieces[at]
    return (piece.is_digits or piece.text in HALVES or is_number_word(piece.low)) and at not in line.dated


def _read(line: Line, at: int) -> tuple[list[Quantity], int]:
    """Return the quantities that begin with the number at piece *at*, and the piece after them."""
    figure = read_figure(line, at)
    if figure is None:
        return [], at + 1
    has_currency = figure.unit is not None and figure.unit.measures == "money" and figure.first < at
    if counts_nothing(line.pieces, figure.number, has_currency=has_currency):
        return [], figure.number.last if figure.number.is_share else at + 1
    age = read_age(line, figure)
    if age:
        return [age[0]], age[1]
    joined = read_second(line, figure)
    return read_two(line, figure, *joined) if joined else single(line, figure)


def _drop_lone_earlier(found: list[Quantity]) -> list[Quantity]:
    """An old figure needs a new one of its kind beside it: there is none in "45 points from 19 games"."""
    units = [q.unit for q in found]
    return [_as_current(q) if q.earlier and q.unit and units.count(q.unit) == 1 else q for q in found]


def _as_current(quantity: Quantity) -> Quantity:
    why = tuple(reason for reason in quantity.why if reason.rule not in _OLD_RULES)
    return replace(quantity, earlier=False, why=why)
