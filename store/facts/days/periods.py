"""Dates that count from the story's own: "last week", "two weeks ago", "over the next year", "the week before last"."""

from __future__ import annotations

from datetime import date

from store.facts.days.anchored import from_anchor, is_part_year, same_months
from store.facts.days.calendar import DAYS_IN, UNITS, Stretch, month_of, shift, unit_of, units_before
from store.facts.days.dated import Found, Line
from store.facts.days.tense import Direction, tense_of
from store.facts.numbers.number import Pieces
from store.facts.numbers.numbers import read_number
from store.facts.numbers.pieces import follows, low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Reasons, Rule

WHICH = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_MOST_UNITS = 10_000
_SATURDAY = 5
_WINDOW_OPENERS = frozenset({"over", "during", "within", "in"})  # before "the last month", which is no calendar month
_WINDOWS = frozenset({"week", "month", "year"})
_KINDS_OF_YEAR = {"fiscal", "financial", "calendar"}  # a story does not print when a fiscal one begins
_BUT_ONE = ((("before", "last"), -2), (("after", "next"), 2))
_WEEKEND_OPENERS = word_class("weekend_openers")


def read_period(line: Line, at: int) -> Found | None:
    """ "last week", "next month", "the weekend", "earlier this month", "later this week", "last decade"."""
    pieces, word = line.pieces, line.pieces[at].low
    if word in {"earlier", "later"}:
        return _rest_of(line, at, word)
    if word == "the" and low_at(pieces, at + 1) == "weekend":
        return _weekend(line, at, at + 2)
    if word == "the" and low_at(pieces, at + 1) in UNITS | {"weekend"}:
        return _but_one(line, at + 1)
    k = at + (word == "the")
    by = WHICH.get(low_at(pieces, k))
    k += low_at(pieces, k + 1) in _KINDS_OF_YEAR and low_at(pieces, k + 2) == "year"
    unit = low_at(pieces, k + 1)
    is_other = follows(pieces, at, "the", "this") or (unit == "quarter" and low_at(pieces, k + 2) == "of")
    if by is None or unit not in UNITS | {"weekend"} or is_other:
        return None
    if by == 0 and unit == "week" and tense_of(pieces, at, k + 2).direction is Direction.FUTURE:
        return line.found(k + 2, unit, _coming_week, Reason(Rule.PERIOD))
    return line.found(k + 2, unit, lambda today: unit_of(today, unit, by), Reason(Rule.PERIOD))


def _coming_week(today: date) -> Stretch:
    """Return "this week" of what is still to come: of a Sunday the week that begins."""
    week = unit_of(today, "week", 0)
    return unit_of(today, "week", 1) if today == week.last else week


def _but_one(line: Line, at: int) -> Found | None:
    """Read "week before last" and "weekend after next"."""
    by = next((n for words, n in _BUT_ONE if follows(line.pieces, at + 1, *words)), None)
    if by is None:
        return None
    unit = line.pieces[at].low
    return line.found(at + 3, unit, lambda today: unit_of(today, unit, by), Reason(Rule.PERIOD))


def read_window(line: Line, at: int) -> Found | None:
    """ "in the past week", "over the last month", "within the next year": that long back or ahead from the story's day.

    "Last month" and "next month" are those of the calendar. With a number ("the last two weeks") it is a length of
    time, and a figure; so is a decade, which nobody counts to the day.
    """
    pieces = line.pieces
    which, unit = low_at(pieces, at + 1), low_at(pieces, at + 2)
    if pieces[at].low != "the" or unit not in _WINDOWS | {"decade"} or low_at(pieces, at + 3) == "of":
        return None
    is_opened = low_at(pieces, at - 1) in _WINDOW_OPENERS
    if which in {"next", "coming"} and is_opened:
        if line.resolved and tense_of(pieces, at, at + 3).direction is Direction.PAST:
            return None  # "on May 3 it rained, and in the next week ..."
        if unit == "decade":
            return Found(at + 3, None, unit, ())
        ahead = Reason(Rule.WINDOW_AHEAD)
        return line.found(at + 3, unit, lambda today: Stretch(today, _as_far(today, unit, 1)), ahead)
    if unit == "decade" or not (which == "past" or (which == "last" and is_opened)):
        return None
    return line.found(at + 3, unit, lambda today: Stretch(_as_far(today, unit, -1), today), Reason(Rule.WINDOW))


def _as_far(today: date, unit: str, by: int) -> date:
    """Return the day one week, month or year later, or before with *by* -1; of a shorter month its last."""
    if unit == "week":
        return shift(today, 7 * by)
    month = month_of(today.year, today.month + by * (1 if unit == "month" else 12))
    return shift(month.first, min(today.day, month.last.day) - 1)


def _rest_of(line: Line, at: int, word: str) -> Found | None:
    """ "earlier this month": from its first day to the story's; "later in the week": from the story's day to its last.

    "In 2015 ... later in the year" goes on from the date before.
    """
    pieces = line.pieces
    is_this, is_in = low_at(pieces, at + 1) == "this", follows(pieces, at + 1, "in", "the")
    last = at + 3 + is_in
    unit = low_at(pieces, last - 1)
    if unit not in UNITS or not (is_this or is_in):
        return None
    if is_in and word == "later" and tense_of(pieces, at, last).direction is Direction.PAST:
        if not line.resolved:
            return None
        told = line.resolved[-1]
        return Found(last, Stretch(told.first, unit_of(told.first, unit, 0).last), unit, (Reason(Rule.FROM_DATE),))

    def rest(today: date) -> Stretch:
        whole = unit_of(today, unit, 0)
        if word == "earlier":
            return Stretch(whole.first, today)
        coming = _coming_week(today) if unit == "week" else whole
        return Stretch(max(today, coming.first), coming.last)

    return line.found(last, unit, rest, Reason(Rule.SO_FAR if word == "earlier" else Rule.STILL_AHEAD))


def _weekend(line: Line, at: int, last: int) -> Found | None:
    """ "over the weekend": the one just gone, or the one to come where the tense says so; on a Saturday, this one."""
    if low_at(line.pieces, at - 1) not in _WEEKEND_OPENERS:
        return None

    def weekend(today: date) -> tuple[Stretch, Reasons]:
        tense = tense_of(line.pieces, at, last)
        is_ahead = tense.direction is Direction.FUTURE
        if today.weekday() == _SATURDAY or (today.weekday() > _SATURDAY and not is_ahead):
            return unit_of(today, "weekend", 0), (Reason(Rule.WEEKEND_NOW),)
        if today.weekday() > _SATURDAY:
            return unit_of(today, "weekend", 1), (Reason(Rule.PERIOD), tense.reason(line.pieces))
        rule = Rule.WEEKEND_NOW if is_ahead else Rule.WEEKEND_GONE
        return unit_of(today, "weekend", 0 if is_ahead else -1), (Reason(rule), tense.reason(line.pieces))

    return line.decided(last, "weekend", weekend)


def read_ago(line: Line, at: int) -> Found | None:
    """ "two weeks ago", "two weeks' time"; "four days after a landslide" counts from the date before."""
    pieces = line.pieces
    if follows(pieces, at, "half", "a", "year", "ago"):
        return line.found(at + 4, "month", lambda today: units_before(today, 6, "month"), Reason(Rule.AGO))
    counted = counted_units(pieces, at)
    if counted is None:
        return None
    count, unit, last = counted
    word = low_at(pieces, last)
    if word == "ago":
        return _ago(line, last + 1, count, unit)
    if follows(pieces, last, "from", "now") or (word in {"'", "’"} and low_at(pieces, last + 1) == "time"):
        return line.found(last + 2, unit, lambda today: units_before(today, -count, unit), Reason(Rule.FROM_NOW))
    if word in {"earlier", "later", "before", "after"} and low_at(pieces, last + 1) != "than":
        return from_anchor(line, (at, last), count, unit)
    return None


def _ago(line: Line, last: int, count: int, unit: str) -> Found:
    """Count back from the story's own day; "in the third quarter ... a year ago" means that quarter."""
    anchor = line.resolved[-1] if line.resolved and unit == "year" else None
    if anchor is not None and is_part_year(anchor):
        return Found(last, same_months(anchor, -count), "quarter", (Reason(Rule.FROM_DATE),))
    return line.found(last, unit, lambda today: units_before(today, count, unit), Reason(Rule.AGO))


def counted_units(pieces: Pieces, at: int) -> tuple[int, str, int] | None:
    """Read "two weeks", "a year": how many, of what, and the piece after."""
    number = read_number(pieces, at)
    if number is not None:
        count, k = number.value, number.last
    else:
        count, k = (1.0 if pieces[at].low in {"a", "an"} else None), at + 1
    unit = low_at(pieces, k).removesuffix("s")
    if count is None or count != int(count) or not 0 < count < _MOST_UNITS:
        return None
    return (int(count), unit, k + 1) if unit in DAYS_IN or unit in {"month", "year", "decade"} else None
