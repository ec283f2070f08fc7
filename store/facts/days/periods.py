"""Dates that count from the story's own or from the date before them: "last week", "two weeks ago", "a day earlier"."""

from __future__ import annotations

from datetime import date

from store.facts.days.calendar import (
    Stretch,
    decade_of,
    month_of,
    months_of,
    one_day,
    shift,
    week_of,
    weekend_of,
    year_of,
    years_of,
)
from store.facts.days.dated import Found, Line
from store.facts.days.tense import Direction, tense_of
from store.facts.numbers.number import Pieces
from store.facts.numbers.numbers import read_number
from store.facts.numbers.pieces import follows, low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Reasons, Rule

WHICH = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_FROM_ANCHOR = {"that": 0, "same": 0, "following": 1, "next": 1, "previous": -1}
_UNITS = {"week", "month", "year", "quarter", "decade", "century"}
_DAYS_IN = {"hour": 0, "minute": 0, "day": 1, "night": 1, "week": 7, "fortnight": 14}
_MOST_UNITS = 10_000
_WINDOW_OPENERS = frozenset({"over", "during", "within", "in"})  # before "the last month", which is no calendar month
_WEEKEND_OPENERS = word_class("weekend_openers")


def read_period(line: Line, at: int) -> Found | None:
    """ "last week", "next month", "the weekend", "earlier this month", "later this week", "last decade"."""
    pieces, word = line.pieces, line.pieces[at].low
    if word in {"earlier", "later"} and low_at(pieces, at + 1) == "this":
        return _rest_of(line, at, word)
    if word == "the" and low_at(pieces, at + 1) == "weekend":
        return _weekend(line, at, at + 2)
    k = at + (word == "the")
    by, unit = WHICH.get(low_at(pieces, k)), low_at(pieces, k + 1)
    if by is None or unit not in _UNITS | {"weekend"} or follows(pieces, at, "the", "this"):
        return None
    return line.found(k + 2, unit, lambda today: unit_of(today, unit, by), Reason(Rule.PERIOD))


def read_window(line: Line, at: int) -> Found | None:
    """ "in the past week", "over the last month": from that long ago to the story's own day; "last month" is a month.

    With a number ("the last two weeks") it is a length of time, and a figure.
    """
    pieces = line.pieces
    which, unit = low_at(pieces, at + 1), low_at(pieces, at + 2)
    opens = which == "past" or (which == "last" and low_at(pieces, at - 1) in _WINDOW_OPENERS)
    if pieces[at].low != "the" or not opens or unit not in {"week", "month", "year"} or low_at(pieces, at + 3) == "of":
        return None
    return line.found(at + 3, unit, lambda today: Stretch(_as_long_ago(today, unit), today), Reason(Rule.WINDOW))


def _as_long_ago(today: date, unit: str) -> date:
    """Return the day one week, month or year before; of a shorter month its last."""
    if unit == "week":
        return shift(today, -7)
    month = month_of(today.year, today.month - (1 if unit == "month" else 12))
    return shift(month.first, min(today.day, month.last.day) - 1)


def unit_of(today: date, unit: str, by: int) -> Stretch:
    """Return the week, month, ... of *today*, *by* units later."""
    if unit == "week":
        return week_of(shift(today, 7 * by))
    if unit == "weekend":
        return weekend_of(shift(today, 7 * by))
    if unit == "month":
        return month_of(today.year, today.month + by)
    if unit == "quarter":
        return months_of(today.year, (today.month - 1) // 3 * 3 + 1 + 3 * by, 3)
    return _years_of(today, unit, by)


def _years_of(today: date, unit: str, by: int) -> Stretch:
    if unit == "decade":
        return decade_of(today.year // 10 * 10 + 10 * by)
    if unit == "century":
        first = (today.year - 1) // 100 * 100 + 1 + 100 * by
        return years_of(first, first + 99)
    return year_of(today.year + by)


def _rest_of(line: Line, at: int, word: str) -> Found | None:
    """ "earlier this month": from its first day to the story's; "later this week": from the story's day to its last."""
    unit = low_at(line.pieces, at + 2)
    if unit not in _UNITS:
        return None

    def rest(today: date) -> Stretch:
        whole = unit_of(today, unit, 0)
        return Stretch(whole.first, today) if word == "earlier" else Stretch(today, whole.last)

    return line.found(at + 3, unit, rest, Reason(Rule.SO_FAR if word == "earlier" else Rule.STILL_AHEAD))


def _weekend(line: Line, at: int, last: int) -> Found | None:
    """ "over the weekend": the one just gone, or the one to come where the tense says so; on a Saturday, this one."""
    if low_at(line.pieces, at - 1) not in _WEEKEND_OPENERS:
        return None

    def weekend(today: date) -> tuple[Stretch, Reasons]:
        tense = tense_of(line.pieces, at, last)
        if today.weekday() >= 5:
            return unit_of(today, "weekend", 0), (Reason(Rule.WEEKEND_NOW),)
        is_ahead = tense.direction is Direction.FUTURE
        rule = Rule.WEEKEND_NOW if is_ahead else Rule.WEEKEND_GONE
        return unit_of(today, "weekend", 0 if is_ahead else -1), (Reason(rule), tense.reason(line.pieces))

    return line.decided(last, "weekend", weekend)


def read_same(line: Line, at: int) -> Found | None:
    """ "that day", "the same week", "the following month": counted from the date before, if there is one."""
    k = at + (line.pieces[at].low == "the")
    by, unit = _FROM_ANCHOR.get(low_at(line.pieces, k)), low_at(line.pieces, k + 1)
    if by is None or unit not in _UNITS | {"day"} or not line.resolved:
        return None
    anchor = line.resolved[-1]
    if unit == "day":
        if anchor.first != anchor.last:
            return None
        return Found(k + 2, one_day(shift(anchor.first, by)), "day", (Reason(Rule.FROM_DATE),))
    return Found(k + 2, unit_of(anchor.first, unit, by), unit, (Reason(Rule.FROM_DATE),))


def read_ago(line: Line, at: int) -> Found | None:
    """ "two weeks ago", "two weeks' time"; "four days after a landslide" counts from the date before."""
    counted = _counted_units(line.pieces, at)
    if counted is None:
        return None
    count, unit, last = counted
    word = low_at(line.pieces, last)
    if word == "ago":
        return line.found(last + 1, unit, lambda today: units_before(today, count, unit), Reason(Rule.AGO))
    if follows(line.pieces, last, "from", "now") or (word in {"'", "’"} and low_at(line.pieces, last + 1) == "time"):
        return line.found(last + 2, unit, lambda today: units_before(today, -count, unit), Reason(Rule.FROM_NOW))
    if word in {"earlier", "later", "before", "after"} and low_at(line.pieces, last + 1) != "than":
        return _from_anchor(line, last, count, unit)
    return None


def _counted_units(pieces: Pieces, at: int) -> tuple[int, str, int] | None:
    """Read "two weeks", "a year": how many, of what, and the piece after."""
    number = read_number(pieces, at)
    if number is not None:
        count, k = number.value, number.last
    else:
        count, k = (1.0 if pieces[at].low in {"a", "an"} else None), at + 1
    unit = low_at(pieces, k).removesuffix("s")
    if count is None or count != int(count) or not 0 < count < _MOST_UNITS:
        return None
    return (int(count), unit, k + 1) if unit in _DAYS_IN or unit in {"month", "year", "decade"} else None


def units_before(day: date, count: int, unit: str) -> Stretch | None:
    """Return the day, week, month or year *count* units before *day*, or after it if negative; None past year 9999."""
    if unit in {"week", "fortnight"}:
        return week_of(shift(day, -count * _DAYS_IN[unit]))
    if unit in _DAYS_IN:
        return one_day(shift(day, -count * _DAYS_IN[unit]))
    if unit == "month":
        months = 12 * day.year + day.month - 1 - count
        return month_of(months // 12, months % 12 + 1) if 12 <= months < 120_000 else None
    year = day.year - count * (10 if unit == "decade" else 1)
    return year_of(year) if 1 <= year <= 9999 else None


def _from_anchor(line: Line, word_at: int, count: int, unit: str) -> Found | None:
    """Count from the date before, as "Tuesday" is in "on Tuesday, four days after a slide" and "..., a day earlier".

    "After a slide" dates the slide, which lies before that Tuesday; "a day after" alone lies after it.
    """
    anchor = line.resolved[-1] if line.resolved else None
    if anchor is None or (unit in _DAYS_IN and anchor.first != anchor.last):
        return None
    word, next_at = low_at(line.pieces, word_at), word_at + 1
    names_event = next_at < len(line.pieces) and line.pieces[next_at].is_word
    is_back = word == "earlier" or (word == "after" if names_event else word == "before")
    signed = count if is_back else -count
    if unit in _DAYS_IN:
        return Found(next_at, one_day(shift(anchor.first, -signed * _DAYS_IN[unit])), "day", (Reason(Rule.FROM_DATE),))
    return Found(next_at, units_before(anchor.first, signed, unit), unit, (Reason(Rule.FROM_DATE),))
