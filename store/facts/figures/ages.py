"""Ages: "52-year-old", "aged 52", "Jane Doe, 34,", "children under five", "aged 18 to 24"."""

from __future__ import annotations

from dataclasses import replace

from store.facts.figures.counting import quantity
from store.facts.figures.figures import DASHES, Figure, Line, bound_start
from store.facts.model import Quantity
from store.facts.numbers.counted import Counted, is_past, is_person, plural_after
from store.facts.numbers.number import Number, Pieces
from store.facts.numbers.pieces import Piece, follows, is_glued, low_at
from store.facts.numbers.units import Unit
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Rule

_OLDEST = 130
_YOUNGEST_APPOSED = 5  # "Rovers, 3," is a score
_ONE_PERSON = word_class("one_person")
_AFTER_AGE = {"who", "was", "is", "has", "had", "were", "from", "in", "with", "to", "died"}
_UNDER_AGE = word_class("under_age")


def read_age(line: Line, figure: Figure) -> tuple[Quantity, int] | None:
    """Return the age that *figure* gives and the piece after it, or None; the unit is years, the what is "age"."""
    pieces, number = line.pieces, figure.number
    if number.value is None or number.is_share or not 0 <= number.value <= _OLDEST:
        return None
    is_time = figure.unit is not None and figure.unit.measures == "time"
    old_at = figure.last + (low_at(pieces, figure.last) in DASHES)
    if is_time and low_at(pieces, old_at) in {"old", "olds"}:
        by = Reason(Rule.AGE_OLD, pieces[old_at].text)
        return as_age(line, figure, bound_start(pieces, figure.first), old_at + 1, by=by), old_at + 1
    if figure.unit is not None or not (number.is_bare or number.in_words):
        return None
    told = _alone(pieces, number) or _bound(pieces, figure)
    if told is None:
        return None
    return as_age(line, figure, bound_start(pieces, figure.first), number.last, by=told), number.last


def as_age(line: Line, figure: Figure, first: int, last: int, *, by: Reason) -> Quantity:
    """Build the age printed in `pieces[first:last]`; one of months or days keeps its unit. *by*: what makes it one."""
    counted = Counted("years", "age", last, last, is_direct=False, rule=by.rule, by=by.words)
    unit = figure.unit or Unit("years", "time", figure.number.last, Rule.AGE_UNIT)
    return quantity(line, replace(figure, unit=unit), first, last, counted=counted)


def _alone(pieces: Pieces, number: Number) -> Reason | None:
    """Read "Jane Doe, 34," and "aged 52"; "aged 18 to 24" is read as a range."""
    before = low_at(pieces, number.first - 1)
    if is_announced(pieces, number.first) or _is_told(pieces, number):
        rule = Rule.AGE_ANNOUNCED if is_announced(pieces, number.first) else Rule.AGE_TOLD
        return Reason(rule, before) if low_at(pieces, number.last) not in {"to", "-", "–"} else None
    return Reason(Rule.AGE_APPOSED) if _is_apposed(pieces, number) else None


def _is_apposed(pieces: Pieces, number: Number) -> bool:
    """ "Jane Doe, 34,", "Jane Doe (34)", not a list of scores."""
    closing = low_at(pieces, number.last)
    if low_at(pieces, number.first - 1) == "(" and closing == ")":
        is_full_name = number.first > 2 and _is_name(pieces[number.first - 2]) and _is_name(pieces[number.first - 3])
        return is_full_name and number.is_bare and (number.value or 0) >= _YOUNGEST_APPOSED
    if low_at(pieces, number.first - 1) != "," or number.first < 2 or not number.is_bare:
        return False
    is_closed = closing in {",", ";", ".", ")"} and not _is_point(pieces, number.last)
    before = pieces[number.first - 2]
    is_old = (number.value or 0) >= _YOUNGEST_APPOSED
    return is_closed and ((is_old and _is_name(before)) or (number.value is not None and is_person(before.low)))


def _is_told(pieces: Pieces, number: Number) -> bool:
    """ "she was 10", "who turned 60", "the oldest of the victims was 83"."""
    is_verb = low_at(pieces, number.first - 1) in {"was", "is", "turned", "turns"}
    after, before = low_at(pieces, number.last), low_at(pieces, bound_start(pieces, number.first) - 1)
    is_end = after in {"", ".", ",", ";", ")", "when", "and", "at", "years"}
    if before == "of" and low_at(pieces, bound_start(pieces, number.first) - 2) in _ONE_PERSON:
        return is_end or after in _AFTER_AGE or is_past(after)  # "a boy of 11"
    is_eldest = any(low_at(pieces, k) in {"oldest", "youngest"} for k in range(number.first - 8, number.first - 1))
    return is_verb and is_end and (is_eldest or low_at(pieces, number.first - 2) in {"he", "she", "who"})


def is_announced(pieces: Pieces, at: int) -> bool:
    """Does "aged", "age" or "age of" stand before piece *at*?"""
    return low_at(pieces, at - 1) in {"aged", "age", "ages"} or follows(pieces, at - 2, "age", "of")


def _is_name(piece: Piece) -> bool:
    return piece.is_word and piece.is_capital and len(piece.text) > 1


def _is_point(pieces: Pieces, at: int) -> bool:
    """Is the mark at *at* inside a number, not at the end of a clause?"""
    return is_glued(pieces, at) and is_glued(pieces, at + 1) and pieces[at + 1].is_digits


def _bound(pieces: Pieces, figure: Figure) -> Reason | None:
    """Read "children under five", "a patient older than 80", "most are under 30"; not "are under 30 metres"."""
    before, opener = low_at(pieces, figure.first - 2), low_at(pieces, figure.first - 1)
    if opener == "than":
        return Reason(Rule.AGE_BOUND, f"{before} than") if before in {"older", "younger"} else None
    if opener not in {"under", "over"} or plural_after(pieces, figure.last) is not None:
        return None
    return Reason(Rule.AGE_BOUND, opener) if is_person(before) or before in _UNDER_AGE else None
