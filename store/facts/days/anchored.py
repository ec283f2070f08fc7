"""Dates that count from the date before them: "that day", "the following spring", "a day earlier", "the year before".

The date before stands in the same sentence, else in one of the two before it. From there only another date is counted:
"that day" and "two hours later" would but repeat it.
"""

from __future__ import annotations

from datetime import date

from store.facts.days.calendar import (
    DAYS_IN,
    SEASON_STARTS,
    UNITS,
    Stretch,
    after,
    month_number,
    month_of,
    months_of,
    one_day,
    shift,
    unit_of,
    units_before,
    weekday_number,
    years_later,
)
from store.facts.days.dated import Found, Line
from store.facts.numbers.number import Pieces
from store.facts.numbers.pieces import follows, low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Rule

_BY = {"that": 0, "same": 0, "following": 1, "next": 1, "previous": -1, "preceding": -1}
_BESIDE = {"before": -1, "after": 1}  # "the year before"
_PARTS, _PERIOD_OPENERS = word_class("parts_of_day"), word_class("period_openers")
_AFTER_BESIDE = {"and", "but", "in", "at", "when"}  # another word names an event: "the day before the vote"
_OPENING = 1  # pieces before what opens a sentence: a quotation mark, "but"
_PERIODS = {"quarter", "period", "month", "half", "year"}
_WHY = (Reason(Rule.FROM_DATE),)


def read_same(line: Line, at: int) -> Found | None:
    """ "that day", "the same week", "the following spring", "the year before", "the quarter"."""
    anchor, pieces = line.anchor, line.pieces
    k = at + (pieces[at].low == "the")
    by = _BY.get(low_at(pieces, k))
    if anchor is None or (by == 0 and not line.resolved):
        return None
    if follows(pieces, k, "year", "-", "earlier"):
        last = k + 3 + (low_at(pieces, k + 3) in _PERIODS)
        return Found(last, years_later(anchor, -1), "period", _WHY) if _is_whole_months(anchor) else None
    if k == at and pieces[at].low != "that":
        return None
    if by is None:
        return _beside(pieces, k, anchor)
    noun = low_at(pieces, k + 1)
    if noun in UNITS | {"day", "weekend"} | _PARTS:
        return _unit(k + 2, noun, by, anchor)
    return _named(pieces, k + 1, by, anchor)


def _beside(pieces: Pieces, at: int, anchor: Stretch) -> Found | None:
    """Read "the day before" and "the year after" where no event is named behind; "in the quarter" after a quarter."""
    unit, by = pieces[at].low, _BESIDE.get(low_at(pieces, at + 1))
    is_event = at + 2 < len(pieces) and pieces[at + 2].is_word and pieces[at + 2].low not in _AFTER_BESIDE
    if by is not None and unit in UNITS | {"day"} | _PARTS and not is_event:
        return _unit(at + 2, unit, by, anchor)
    is_quarter = unit == "quarter" and low_at(pieces, at - 2) in _PERIOD_OPENERS and low_at(pieces, at + 1) != "of"
    if is_quarter and anchor == unit_of(anchor.first, "quarter", 0):
        return Found(at + 1, anchor, "quarter", _WHY)
    return None


def _unit(last: int, unit: str, by: int, anchor: Stretch) -> Found | None:
    """Return the day, week, ... of *anchor*, or the one before or after it."""
    if unit == "day" or unit in _PARTS:
        return Found(last, one_day(shift(anchor.first, by)), "day", _WHY) if anchor.first == anchor.last else None
    if by and (unit == "weekend" or (unit == "decade" and not _is_longer(anchor, years=9))):
        return None  # "the following decade" need not be one of the calendar's
    days = years_later(anchor, by) if unit == "year" and _is_a_year(anchor) else unit_of(anchor.first, unit, by)
    return Found(last, days, unit, _WHY)


def _named(pieces: Pieces, at: int, by: int, anchor: Stretch) -> Found | None:
    """Read "the following spring", "the following March", "the following Tuesday" and "that summer"."""
    word = low_at(pieces, at)
    month = month_number(word) if at < len(pieces) and pieces[at].is_capital else None
    start = month or SEASON_STARTS.get(word)
    if start is not None and by >= 0 and (by or word != "fall"):  # "that fall" is one from a roof
        count, grain = (1, "month") if month else (3, "season")
        days = after(anchor.last, start, count) if by else months_of(anchor.first.year, start, count)
        return Found(at + 1, days, grain, _WHY)
    weekday = weekday_number(word) if at < len(pieces) and pieces[at].is_capital else None
    if weekday is None or by != 1:
        return None
    return Found(at + 1, one_day(next_weekday(anchor.last, weekday)), "weekday", _WHY)


def next_weekday(day: date, weekday: int) -> date:
    """Return the first day of the name *weekday* after *day*."""
    return shift(day, (weekday - day.weekday() - 1) % 7 + 1)


def from_anchor(line: Line, span: tuple[int, int], count: int, unit: str) -> Found | None:
    """Count from the date before, as "Tuesday" is in "on Tuesday, four days after a slide" and "..., a day earlier".

    The count begins at piece `span[0]` and ends before "after" at `span[1]`. "After a slide" dates the slide, which
    lies before that Tuesday; "a day after" alone lies after it. From a sentence before only what opens this one is
    counted: "A day earlier, ...", and not "it should have come three days earlier".
    """
    anchor, word_at = _counted_from(line), span[1]
    if anchor is None or (unit in DAYS_IN and anchor.first != anchor.last):
        return None
    if not line.resolved and (DAYS_IN.get(unit) == 0 or span[0] > _OPENING):
        return None
    word, next_at = low_at(line.pieces, word_at), word_at + 1
    names_event = next_at < len(line.pieces) and line.pieces[next_at].is_word
    is_back = word == "earlier" or (word == "after" if names_event else word == "before")
    signed = count if is_back else -count
    if unit in DAYS_IN:
        return Found(next_at, one_day(shift(anchor.first, -signed * DAYS_IN[unit])), "day", _WHY)
    if unit == "year" and (word in {"earlier", "later"} or not names_event):
        return Found(next_at, same_months(anchor, -signed), unit, _WHY)
    return Found(next_at, units_before(anchor.first, signed, unit), unit, _WHY)


def _counted_from(line: Line) -> Stretch | None:
    """Return the date before: of "in May ... a month earlier and ... a year earlier" both count from May."""
    if line.ends and low_at(line.pieces, line.ends[-1] - 1) == "earlier":
        return line.resolved[-2] if len(line.resolved) > 1 else line.before
    return line.anchor


def same_months(anchor: Stretch, years: int) -> Stretch | None:
    """Return the year *years* later, of a month or a quarter the same one: "in May ... from a year earlier"."""
    if _is_a_year(anchor) or (_is_whole_months(anchor) and not _is_longer(anchor, years=1)):
        return years_later(anchor, years)
    return units_before(anchor.first, -years, "year")


def is_part_year(stretch: Stretch) -> bool:
    """Is *stretch* a quarter, a half or a season, and no month?"""
    return _is_whole_months(stretch) and 80 < (stretch.last - stretch.first).days < 190


def _is_whole_months(stretch: Stretch) -> bool:
    return stretch.first.day == 1 and stretch.last == month_of(stretch.last.year, stretch.last.month).last


def _is_a_year(stretch: Stretch) -> bool:
    """Is *stretch* twelve months on end, those of the calendar or "the year to March"?"""
    return _is_whole_months(stretch) and 363 < (stretch.last - stretch.first).days < 366


def _is_longer(stretch: Stretch, *, years: int) -> bool:
    """Has *stretch* more days than so many years less one month?"""
    return (stretch.last - stretch.first).days > 365 * years - 30
