"""Weekdays: "Tuesday", "last Friday", "Monday week", "Tuesday (July 28)", "Saturday and Sunday"."""

from __future__ import annotations

from datetime import date

from store.facts.days.anchored import next_weekday
from store.facts.days.calendar import Stretch, day_in, one_day, shift, week_of, weekday_number
from store.facts.days.dated import Found, Line
from store.facts.days.days import read_day_month, read_month_day
from store.facts.days.tense import Direction, tense_of
from store.facts.numbers.number import Pieces
from store.facts.numbers.pieces import follows, low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Reasons, Rule

_PARTS = word_class("parts_of_day")
_NAMES_BEFORE, _NAMES_AFTER = word_class("name_before_day"), word_class("name_after_day")
_NOT_THIS_DAY = word_class("not_this_day")
_RANKS = {"first", "second", "third", "fourth", "fifth"}
_WEEKS = {"last week": -7, "next week": 7, "this week": 0}
_HALF_YEAR = 183  # days


def read_weekday(line: Line, at: int) -> Found | None:
    """ "Tuesday", "last Friday", "next Monday", "Tuesday evening", "Tuesday (July 28)", "Friday last week"."""
    pieces = line.pieces
    which, k = "", at
    if pieces[at].low in {"last", "next", "this", "coming", "previous"}:
        which, k = pieces[at].low, at + 1
    if k >= len(pieces) or not pieces[k].is_capital:
        return None
    number = weekday_number(pieces[k].low)
    if number is None:
        return _short_weekday(line, k) if not which else None
    if _is_name(pieces, k) or _is_any(pieces, k):
        return None
    last = k + 1
    exact = _full_date(line, last, number)
    if exact is not None:
        return exact
    last += low_at(pieces, last) in _PARTS
    week_last, which = _week_after(pieces, last, which)
    return line.decided(week_last, "weekday", lambda today: _weekday(line, (at, last), today, number, which))


def read_night(line: Line, at: int) -> Found | None:
    """ "overnight on Wednesday", "overnight into Thursday": from the day on which the night begins to the next."""
    pieces, joint = line.pieces, low_at(line.pieces, at + 1)
    if pieces[at].low != "overnight" or joint not in {"on", "into", "to"} or at + 2 >= len(pieces):
        return None
    found = read_weekday(line, at + 2)
    if found is None or found.days is None:
        return found
    evening = found.days.first if joint == "on" else shift(found.days.first, -1)
    return Found(found.last, Stretch(evening, shift(evening, 1)), "day", found.why)


def _short_weekday(line: Line, at: int) -> Found | None:
    """ "Wed., Feb. 3": a short form counts only with its date."""
    number = weekday_number(line.pieces[at].low, short=True)
    if number is None:
        return None
    last = at + 1 + (low_at(line.pieces, at + 1) == ".")
    return _full_date(line, last, number)


def _is_name(pieces: Pieces, at: int) -> bool:
    """ "Black Friday", "the Sunday Times", "Sheffield Wednesday"."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    is_title = after is not None and after.is_capital and after.low in _NAMES_AFTER
    return low_at(pieces, at - 1) in _NAMES_BEFORE or is_title


def _is_any(pieces: Pieces, at: int) -> bool:
    """ "every Tuesday", "on a Monday", "the first Friday after Easter": no date; "a Tuesday briefing" is on one."""
    before, is_last = low_at(pieces, at - 1), at + 1 >= len(pieces) or not pieces[at + 1].is_word
    is_counted = before in _RANKS and low_at(pieces, at + 1) in {"of", "in", "after", "before"}
    return before in _NOT_THIS_DAY or is_counted or (before == "a" and is_last)


def _full_date(line: Line, at: int, weekday: int) -> Found | None:
    """Read the date that stands with a weekday: ", July 28, 2021", "(July 28)", " 3 February"."""
    pieces = line.pieces
    is_bracketed = low_at(pieces, at) == "("
    k = at + (low_at(pieces, at) in {"(", ","})
    if k >= len(pieces):
        return None
    k += low_at(pieces, k) == "the"
    found = read_month_day(line, k) or read_day_month(line, k) if k < len(pieces) else None
    if found is None or (is_bracketed and low_at(pieces, found.last) != ")"):
        return None
    fitting = _year_of_weekday(line, found, weekday)
    why = found.why if fitting is None else (Reason(Rule.DAY_BY_WEEKDAY),)
    return Found(found.last + is_bracketed, fitting or found.days, "day", (Reason(Rule.WEEKDAY_DATED), *why))


def _year_of_weekday(line: Line, found: Found, weekday: int) -> Stretch | None:
    """Return the day of *found* in the year in which it is a *weekday*; None where its year is printed.

    Further off than half a year the weekday may be a slip: "Wed., Feb. 3" of a Tuesday.
    """
    is_told = any(reason.rule is Rule.PRINTED_YEAR for reason in found.why)
    if is_told or line.today is None or found.days is None or found.days.first != found.days.last:
        return None
    month, day = found.days.first.month, found.days.first.day
    days = [d for y in (-1, 0, 1) if (d := day_in(line.today.year + y, month, day)) is not None]
    near = (d for d in days if d.weekday() == weekday and abs((d - line.today).days) <= _HALF_YEAR)
    return next((one_day(d) for d in near), None)


def _week_after(pieces: Pieces, at: int, which: str) -> tuple[int, str]:
    """Read the "last week" of "Friday last week" and "Friday of next week", and "Friday week", "Friday before last"."""
    if not which and low_at(pieces, at) == "week" and low_at(pieces, at + 1) not in {"-", "of"}:
        return at + 1, "week"
    if not which and follows(pieces, at, "before", "last"):
        return at + 2, "before last"
    k = at + (low_at(pieces, at) == "of")
    if low_at(pieces, k + 1) == "week" and low_at(pieces, k) in {"last", "next", "this"} and not which:
        return k + 2, f"{low_at(pieces, k)} week"
    return at, which


def _weekday(line: Line, span: tuple[int, int], today: date, number: int, which: str) -> tuple[Stretch, Reasons]:
    """Return the day that weekday *number* means, and why. In its own story's day's name it is that day itself."""
    told = _weekday_told(today, number, which)
    if told is not None:
        return one_day(told[0]), (told[1],)
    joined = None if which else _joined(line, span[0], number)
    if joined is not None:
        return joined, (Reason(Rule.WEEKDAY_JOINED),)
    ahead = (number - today.weekday()) % 7
    if ahead == 0:
        return one_day(today), (Reason(Rule.WEEKDAY_TODAY),)
    tense = tense_of(line.pieces, *span)
    is_open = which == "this" and tense.direction is not Direction.PAST
    if which == "coming" or tense.direction is Direction.FUTURE or is_open:
        by = Reason(Rule.TENSE_AHEAD, which) if which else tense.reason(line.pieces)
        return one_day(shift(today, ahead)), (Reason(Rule.WEEKDAY_AHEAD), by)
    return one_day(shift(today, ahead - 7)), (Reason(Rule.WEEKDAY_BEHIND), tense.reason(line.pieces))


def _weekday_told(today: date, number: int, which: str) -> tuple[date, Reason] | None:
    """Return the day where the words beside the weekday tell which; None where the tense has to."""
    ahead = (number - today.weekday()) % 7
    if which in _WEEKS:
        return shift(week_of(shift(today, _WEEKS[which])).first, number), Reason(Rule.WEEKDAY_IN_WEEK, which)
    if which == "next":  # the one of next week: on a Monday "next Friday" is eleven days off
        return shift(week_of(today).first, 7 + number), Reason(Rule.WEEKDAY_NEXT)
    if which in {"last", "previous"}:
        return shift(today, ahead - 7), Reason(Rule.WEEKDAY_LAST, which)
    if which == "before last":
        return shift(today, ahead - 14), Reason(Rule.WEEKDAY_BUT_ONE, which)
    if which == "week":  # British: "Monday week" is a week after the coming Monday
        return shift(today, (ahead or 7) + 7), Reason(Rule.WEEKDAY_BUT_ONE, which)
    return None


def _joined(line: Line, at: int, number: int) -> Stretch | None:
    """Return the second day of "on Saturday and Sunday", whose verb is that of the first."""
    pieces, joint = line.pieces, low_at(line.pieces, at - 1)
    k = at - 2 - (low_at(pieces, at - 2) in {","} | _PARTS)
    before, anchor = weekday_number(low_at(pieces, k)), line.resolved[-1] if line.resolved else None
    is_listed = joint in {"and", "or"} or (joint == "," and low_at(pieces, at + 1) in {",", "and", "or"})
    if not is_listed or before is None or anchor is None or anchor.last.weekday() != before:
        return None
    return one_day(next_weekday(anchor.last, number))
