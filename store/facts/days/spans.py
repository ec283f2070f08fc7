"""Spans of days: two dates that are joined ("from 4 June to 2 July"), and a length of time that one of them bounds.

"The year to March" ends with its date and "three days from Monday" begin with it.
"""

from __future__ import annotations

from datetime import date

from store.facts.days.anchored import next_weekday
from store.facts.days.calendar import DAYS_IN, MONTHS_IN, Stretch, length_from, length_to, one_day, years_later
from store.facts.days.dated import Found, Line, Reader
from store.facts.days.periods import counted_units
from store.facts.days.scheduled import is_moved
from store.facts.days.tense import Direction, tense_of
from store.facts.numbers.number import Pieces
from store.facts.numbers.pieces import low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Rule

_RANGE_WORDS, _LENGTH_OPENERS = word_class("range_words"), word_class("length_openers")
_MIXED = {"day", "weekday", "week", "month", "year", "part", "season", "quarter"}  # "from 2016 to March 2023"
_PRINTED = {Rule.PRINTED_YEAR, Rule.PRINTED_NUMERIC}
# Rules that choose the year of a day or a month; what "next March" means is told, and so is a date beside another.
_CHOSEN = {
    Rule.DAY_NEAREST, Rule.DAY_BY_TENSE, Rule.MONTH_NOW, Rule.MONTH_BEHIND, Rule.MONTH_AHEAD, Rule.MONTH_NEAREST,
}  # fmt: skip
_TELLING = {"next", "last"}
_MAY_GO_ON = 60  # days: what "was closed" for no longer may still be; of a season the one that is over is meant
_ENDING, _BEGINNING = {"ended", "ending"}, {"beginning", "starting"}
_LONGEST_LENGTH = 5  # pieces: "six - month period", "twenty - four months"
_SPAN_UNITS = {"year": "year", "quarter": "quarter", "month": "month", "week": "week", "fortnight": "fortnight"}


def up_to(line: Line, at: int, found: Found, read: Reader) -> Found:
    """Join "Monday to Friday", "Jan 3 - Feb 5", "between Monday and Wednesday", "from 2014 to March 2018".

    *found* is the date that begins at piece *at*; *read* reads the one behind it. Those of "moved from June to
    September" stay two.
    """
    pieces, joint = line.pieces, low_at(line.pieces, found.last)
    opener = low_at(pieces, at - 1)
    is_joint = joint in _RANGE_WORDS or (joint == "and" and opener == "between")
    is_loose = opener != "from" and not found.is_day and found.grain not in {"month", "part"}
    if not is_joint or (joint == "to" and (is_loose or is_moved(pieces, at - 1))):
        return found
    other = read(line, found.last + 1 + (low_at(pieces, found.last + 1) == "the"))
    if other is None or not _is_of_kind(found, other, opener):
        return found
    if found.days is None or other.days is None:
        return Found(other.last, None, found.grain, ())
    joined = _joined(line, at, found, other)
    if joined is None:
        return found
    return Found(other.last, joined, found.grain, (Reason(Rule.UP_TO, joint), *found.why, *other.why))


def _is_of_kind(found: Found, other: Found, opener: str) -> bool:
    """Two days or two months make a range; a year and a month only behind "from" or "between"."""
    if found.grain == other.grain:
        return True
    return opener in {"from", "between"} and {found.grain, other.grain} <= _MIXED


def _joined(line: Line, at: int, found: Found, other: Found) -> Stretch | None:
    """Return the days from *found* to *other*: of "from Friday to Monday" the next Monday after that Friday."""
    first, last = found.days, other.days
    if first is None or last is None:
        return None
    if found.grain == other.grain == "weekday":
        day = next_weekday(first.first, last.first.weekday())
        return first.up_to(one_day(day if last.first != first.first else last.first))
    if line.today is not None and _is_chosen(found) and _is_chosen(other):
        return _nearest_span(line, (at, other.last), line.today, first.up_to(last))
    if first.first > last.last and _is_told(found) and not _is_printed(other):  # "between next March and October"
        last = years_later(last, 1) or last
    if first.first > last.last and not (_is_printed(found) or _is_printed(other)):
        first = years_later(first, -1) or first
    return None if first.first > last.last else first.up_to(last)


def _is_chosen(found: Found) -> bool:
    """Was the year of *found* chosen by the story's own day, so that it may as well be another?"""
    return any(reason.rule in _CHOSEN for reason in found.why) and not _is_told(found)


def _is_told(found: Found) -> bool:
    return any(reason.words in _TELLING for reason in found.why)


def _is_printed(found: Found) -> bool:
    return any(reason.rule in _PRINTED for reason in found.why)


def _nearest_span(line: Line, span: tuple[int, int], today: date, days: Stretch) -> Stretch | None:
    """Return "1 December to 31 March" of the years that fit the tense, or the nearest one where it does not say."""
    ends = [end for years in (-2, -1, 0, 1, 2) if (end := years_later(one_day(days.last), years)) is not None]
    end = next((end for end in ends if end.last >= days.first), None)
    whole = Stretch(days.first, end.last) if end else None
    spans = [s for years in (-2, -1, 0, 1, 2) if whole and (s := years_later(whole, years)) is not None]
    direction = tense_of(line.pieces, *span).direction
    if direction is Direction.FUTURE:
        fitting = [s for s in spans if s.last >= today]
    elif direction is Direction.PAST:
        fitting = [s for s in spans if s.last <= today or (s.first <= today and (s.last - s.first).days <= _MAY_GO_ON)]
    else:
        fitting = spans
    return min(fitting, key=lambda s: max((s.first - today).days, (today - s.last).days, 0), default=None)


def of_length(line: Line, at: int, found: Found) -> Found:
    """Stretch the date at piece *at* to the length of time that it bounds: "the two weeks to 6 June"."""
    pieces, k = line.pieces, at - 1
    if found.days is None:
        return found
    k -= low_at(pieces, k) in {"in", "on"} and low_at(pieces, k - 1) in _ENDING | _BEGINNING
    joint = low_at(pieces, k)
    is_end, is_start = joint == "to" or joint in _ENDING, joint == "from" or joint in _BEGINNING
    length = _length_before(pieces, k) if is_end or is_start else None
    if length is None:
        return found
    first, count, unit = length
    words = line.printed(first, k + 1)
    if is_start:
        days, rule = length_from(found.days.first, count, unit), Rule.LENGTH_FROM
    else:
        days, rule = length_to(_end_told(line, at, found, found.days), count, unit), Rule.LENGTH_TO
    return Found(found.last, days, found.grain, (Reason(rule, words), *found.why))


def _end_told(line: Line, at: int, found: Found, days: Stretch) -> date:
    """Return the last day of *days*: of "fell in the year to June", told in June, a year before."""
    is_now = any(reason.rule is Rule.MONTH_NOW for reason in found.why)
    if is_now and tense_of(line.pieces, at, found.last).direction is Direction.PAST:
        return (years_later(days, -1) or days).last
    return days.last


def _length_before(pieces: Pieces, at: int) -> tuple[int, int, str] | None:
    """Return the length printed before piece *at*: its first piece, how many and of what. "By two weeks to" is none."""
    for first in range(max(at - _LONGEST_LENGTH, 0), at):
        length = _length(pieces, first, at)
        if length is not None:
            return (first, *length) if low_at(pieces, first - 1) in _LENGTH_OPENERS else None
    return None


def _length(pieces: Pieces, first: int, last: int) -> tuple[int, str] | None:
    """Return the length that `pieces[first:last]` is, to the piece: "12 months", "fiscal year", "six-month period"."""
    words = tuple(piece.low for piece in pieces[first:last])
    if words in {("half", "-", "year"), ("half", "year")}:
        return 1, "half"
    if len(words) == 1 or (len(words) == 2 and words[0] in {"fiscal", "financial"}):
        unit = _SPAN_UNITS.get(words[-1])
        return (1, unit) if unit else None
    plain = tuple(piece for piece in pieces[first:last] if piece.low != "-")  # "six-month period"
    counted = counted_units(plain, 0) if plain else None
    if counted is None:
        return None
    count, unit, end = counted
    end += low_at(plain, end) == "period"
    is_known = DAYS_IN.get(unit, 0) > 0 or unit in MONTHS_IN
    return (count, unit) if end == len(plain) and is_known else None
