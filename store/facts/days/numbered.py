"""Days that are counted: "the first Sunday in May", "the first nine months of 2024", "on the 20th"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from store.facts.days.calendar import (
    Stretch,
    day_in,
    month_of,
    months_of,
    one_day,
    shift,
    unit_of,
    week_in,
    weekday_in,
    weekday_number,
)
from store.facts.days.dated import Found, Line
from store.facts.days.tense import Direction, tense_of
from store.facts.numbers.number import Pieces
from store.facts.numbers.numbers import read_number
from store.facts.numbers.pieces import is_glued, low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Rule

RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1}
_SATURDAY = 5
_DAYS_IN = {"days": 1, "weeks": 7}
_COUNTED = {"days", "weeks", "months"}
_ORDINALS = word_class("ordinal_endings")
_DAY_OPENERS = {"on", "until", "till", "by", "since", "from"}  # before "the 20th" they make it a day
_MONTHS = {"last": -1, "this": 0, "the": 0, "next": 1}


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is counted within a longer stretch; what that is stands at piece `last`."""

    rank: int  # 1 for the first, -1 for the last
    unit: str  # "week", "day", "weekend", a weekday, or "months", "weeks", "days" with a count
    count: int
    last: int

    @property
    def grain(self) -> str:
        """How long it is: a day, a week, or a part of another length."""
        if weekday_number(self.unit) is not None or self.unit == "day":
            return "day"
        return self.unit if self.unit == "week" else "part"


def read_part(pieces: Pieces, at: int) -> Part | None:
    """Read "first week of", "last Friday of", "first weekend in", "last two months of" at the rank's piece."""
    rank, unit = RANKS[pieces[at].low], low_at(pieces, at + 1)
    is_unit = unit in {"week", "day", "weekend"} or weekday_number(unit) is not None
    if is_unit and low_at(pieces, at + 2) in {"of", "in"}:
        return Part(rank, unit, 1, at + 3)
    number = read_number(pieces, at + 1) if abs(rank) == 1 and at + 1 < len(pieces) else None
    if number is None or number.value is None or number.value != int(number.value) or not 1 <= number.value <= 99:
        return None
    unit = low_at(pieces, number.last)
    if unit not in _COUNTED or low_at(pieces, number.last + 1) != "of":
        return None
    return Part(rank, unit, int(number.value), number.last + 2)


def part_in(whole: Stretch, part: Part) -> Stretch | None:
    """Return the *part* of *whole*; None where it has no such day or is shorter."""
    found = _part_in(whole, part)
    return found if found is not None and whole.first <= found.first and found.last <= whole.last else None


def _part_in(whole: Stretch, part: Part) -> Stretch | None:
    if part.unit == "week":
        return week_in(whole, part.rank)
    if part.unit == "day":
        return one_day(whole.last if part.rank < 0 else shift(whole.first, part.rank - 1))
    if part.unit == "months":
        first = whole.first if part.rank > 0 else month_of(whole.last.year, whole.last.month - part.count + 1).first
        return months_of(first.year, first.month, part.count)
    if part.unit in _DAYS_IN:
        more = part.count * _DAYS_IN[part.unit] - 1
        first = whole.first if part.rank > 0 else shift(whole.last, -more)
        return Stretch(first, shift(first, more))
    weekday = weekday_number(part.unit)
    day = weekday_in(whole, _SATURDAY if weekday is None else weekday, part.rank)
    if day is None:
        return None
    return one_day(day) if weekday is not None else Stretch(day, shift(day, 1))


def read_day_of_month(line: Line, at: int) -> Found | None:
    """ "on the 20th", "by the 5th of next month": the nearest the tense allows, or of the month told.

    "On 12 February he resigned, and she followed on the 16th": the first after the date before.
    """
    pieces = line.pieces
    is_ordinal = pieces[at].is_digits and low_at(pieces, at + 1) in _ORDINALS and is_glued(pieces, at + 1)
    if not is_ordinal or low_at(pieces, at - 1) != "the" or low_at(pieces, at - 2) not in _DAY_OPENERS:
        return None
    day, last = int(pieces[at].text) if len(pieces[at].text) <= 2 else 0, at + 2
    which = low_at(pieces, last + 1) if low_at(pieces, last) == "of" and low_at(pieces, last + 2) == "month" else ""
    if which in _MONTHS:
        told = Reason(Rule.DAY_OF_MONTH, line.printed(last + 1, last + 3))
        return line.found(last + 3, "day", lambda today: _day(unit_of(today, "month", _MONTHS[which]), day), told)
    tense = tense_of(pieces, at, last)
    is_named = last < len(pieces) and pieces[last].is_word and low_at(pieces, last) not in {"and", "but"}
    if is_named or line.today is None or tense.direction is Direction.UNKNOWN:
        return None  # "on the 20th floor"
    anchor = line.resolved[-1] if line.resolved and tense.direction is Direction.PAST else None
    found = _nearest(anchor.last, day, Direction.FUTURE) if anchor else None
    if found is None or found.first > line.today:
        found = _nearest(line.today, day, tense.direction)
    return None if found is None else Found(last, found, "day", (Reason(Rule.DAY_BY_TENSE), tense.reason(pieces)))


def _day(month: Stretch, day: int) -> Stretch | None:
    found = day_in(month.first.year, month.first.month, day)
    return one_day(found) if found else None


def _nearest(today: date, day: int, direction: Direction) -> Stretch | None:
    """Return the nearest such day of a month that is not on the other side of *today*."""
    months = [month_of(today.year, today.month + direction * k) for k in range(3)]
    days = [found for month in months if (found := _day(month, day)) is not None]
    return next((d for d in days if (d.first - today).days * direction >= 0), None)
