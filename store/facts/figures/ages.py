"""Ages: "52-year-old", "aged 52", "Jane Doe, 34,", "children under five", "aged 18 to 24"."""

from __future__ import annotations

from dataclasses import replace

from store.facts.figures.counting import quantity
from store.facts.figures.figures import DASHES, Figure, Line, bound_start
from store.facts.model import Quantity
from store.facts.numbers.counted import Counted, is_person, names_counted
from store.facts.numbers.number import Number, Pieces
from store.facts.numbers.pieces import Piece, follows, is_glued, low_at
from store.facts.numbers.units import Unit
from store.facts.numbers.word_classes import word_class

_OLDEST = 130
_YOUNGEST_APPOSED = 5  # "Rovers, 3," is a score
_UNDER_AGE = word_class("under_age")


def read_age(line: Line, figure: Figure) -> tuple[Quantity, int] | None:
    """Return the age that *figure* gives and the piece after it, or None; the unit is years, the what is "age"."""
    pieces, number = line.pieces, figure.number
    if number.value is None or number.is_share or not 0 <= number.value <= _OLDEST:
        return None
    is_time = figure.unit is not None and figure.unit.measures == "time"
    old_at = figure.last + (low_at(pieces, figure.last) in DASHES)
    if is_time and low_at(pieces, old_at) in {"old", "olds"}:
        return as_age(line, figure, figure.first, old_at + 1), old_at + 1
    if figure.unit is not None or not (number.is_bare or number.in_words):
        return None
    if _is_apposed(pieces, number) or _is_bound(pieces, figure):
        return as_age(line, figure, bound_start(pieces, figure.first), number.last), number.last
    return None


def as_age(line: Line, figure: Figure, first: int, last: int) -> Quantity:
    """Build the age printed in `pieces[first:last]`; one of months or days keeps its unit."""
    unit = figure.unit or Unit("years", "time", figure.number.last)
    return quantity(
        line, replace(figure, unit=unit), first, last, counted=Counted("years", "age", last, last, is_direct=False)
    )


def _is_apposed(pieces: Pieces, number: Number) -> bool:
    """ "Jane Doe, 34," and "aged 52", not a list of scores; "aged 18 to 24" is read as a range."""
    closing = low_at(pieces, number.last)
    if is_announced(pieces, number.first) or _is_told(pieces, number):
        return closing not in {"to", "-", "–"}
    if low_at(pieces, number.first - 1) != "," or number.first < 2 or not number.is_bare:
        return False
    is_closed = closing in {",", ";", ".", ")"} and not _is_point(pieces, number.last)
    before = pieces[number.first - 2]
    is_old = (number.value or 0) >= _YOUNGEST_APPOSED
    return is_closed and ((is_old and _is_name(before)) or (number.value is not None and is_person(before.low)))


def _is_told(pieces: Pieces, number: Number) -> bool:
    """ "she was 10", "who turned 60"."""
    is_verb = low_at(pieces, number.first - 1) in {"was", "is", "turned", "turns"}
    is_end = low_at(pieces, number.last) in {"", ".", ",", "when", "and", "at", "years"}
    return is_verb and is_end and low_at(pieces, number.first - 2) in {"he", "she", "who"}


def is_announced(pieces: Pieces, at: int) -> bool:
    """Does "aged", "age" or "age of" stand before piece *at*?"""
    return low_at(pieces, at - 1) in {"aged", "age", "ages"} or follows(pieces, at - 2, "age", "of")


def _is_name(piece: Piece) -> bool:
    return piece.is_word and piece.is_capital and len(piece.text) > 1


def _is_point(pieces: Pieces, at: int) -> bool:
    """Is the mark at *at* inside a number, not at the end of a clause?"""
    return is_glued(pieces, at) and is_glued(pieces, at + 1) and pieces[at + 1].is_digits


def _is_bound(pieces: Pieces, figure: Figure) -> bool:
    """ "children under five", "a patient older than 80", "most are under 30"; not "are under 30 metres"."""
    before = low_at(pieces, figure.first - 2)
    if low_at(pieces, figure.first - 1) == "than":
        return before in {"older", "younger"}
    if low_at(pieces, figure.first - 1) not in {"under", "over"} or names_counted(pieces, figure.last):
        return False
    return is_person(before) or before in _UNDER_AGE
