"""Dates of one day or a few: "2026-02-03", "16 to 20 February", "July 3-5, 2021", "yesterday", "overnight"."""

from __future__ import annotations

from datetime import date

from store.facts.days.calendar import (
    Stretch,
    day_in,
    is_short_month,
    month_number,
    one_day,
    shift,
    weekday_number,
)
from store.facts.days.dated import Found, Line
from store.facts.days.scheduled import is_arranged
from store.facts.days.tense import Direction, tense_of
from store.facts.numbers.counted import ends_phrase, is_plural
from store.facts.numbers.number import Pieces
from store.facts.numbers.ordinals import ordinals
from store.facts.numbers.pieces import follows, is_glued, low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Reasons, Rule

_THROUGH, _OPEN_AHEAD = word_class("through_words"), word_class("open_ahead")
_ORDINALS = word_class("ordinal_endings")
_JOINTS = word_class("through_words") | {","}
_S = {"'s", "’s"}
_TENS = {"twenty": 20, "thirty": 30}
_YEARS_OFF = {"last": -1, "this": 0, "next": 1}
_MOST_JOINED = 3  # "March, April, May and June 2021"
_PARTS = word_class("parts_of_day")
_DOTTED = ([2, 2, 4], [1, 2, 4], [2, 1, 4], [1, 1, 4])  # lengths of the numbers of "28.07.2021"
_NEAR_DAYS = 45  # an anniversary ahead by no more is meant, even where the tense found is ahead too
_TWO_DAYS_OFF = ((("the", "day", "before", "yesterday"), -2), (("the", "day", "after", "tomorrow"), 2))
_FAR_DAYS = 330  # nothing without its year is told from further off
_DAY_WORDS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def read_numeric(line: Line, at: int) -> Found | None:
    """ "2026-02-03", "28.07.2021", "28/07/2021"; a day and a month that could be either way round are left alone."""
    pieces, piece = line.pieces, line.pieces[at]
    parts = piece.text.split(".") if piece.is_digits and "," not in piece.text else []
    if [len(part) for part in parts] in _DOTTED:
        return _found(at + 1, day_in(int(parts[2]), int(parts[1]), int(parts[0])))
    mark = low_at(pieces, at + 1)
    is_whole = (
        mark in {"-", "/"} and low_at(pieces, at + 3) == mark and all(is_glued(pieces, at + k) for k in range(1, 5))
    )
    is_whole = is_whole and not is_glued(pieces, at)  # the numbers in an address of the web are glued
    texts = [pieces[at + k].text for k in (0, 2, 4)] if is_whole else []
    if not is_whole or not all(t.isdecimal() and len(t) in {1, 2, 4} for t in texts):
        return None
    return _found(at + 5, _day_of(*texts))


def _day_of(a: str, b: str, c: str) -> date | None:
    """Return the day of "2026-02-03" or "28/07/2021"; "03/04/2021" could be two days and is none."""
    if len(a) == 4:
        return day_in(int(a), int(b), int(c))
    is_unsure = int(a) <= 12 and int(b) <= 12 and a != b
    if len(c) != 4 or is_unsure:
        return None
    return day_in(int(c), int(b), int(a)) if int(b) <= 12 else day_in(int(c), int(a), int(b))


def _found(last: int, day: date | None) -> Found | None:
    return None if day is None else Found(last, one_day(day), "day", (Reason(Rule.PRINTED_NUMERIC),))


def _day_number(pieces: Pieces, at: int) -> tuple[int, int] | None:
    """Return the day of the month at *at* and the piece after it: "28", "28th", "first"? is none."""
    if at >= len(pieces) or not pieces[at].is_digits or not pieces[at].text.isdecimal() or len(pieces[at].text) > 2:
        return None
    number, last = int(pieces[at].text), at + 1
    if not 1 <= number <= 31:
        return None
    if low_at(pieces, last) in _ORDINALS and is_glued(pieces, last):
        last += 1
    return number, last


def _past_list(pieces: Pieces, first: tuple[int, int]) -> int:
    """Return the piece after the middle of "3, 4 and 7": after the 4, or else after the 3."""
    day, last = first
    while low_at(pieces, last) == ",":
        following = _day_number(pieces, last + 1)
        if following is None or following[0] <= day or low_at(pieces, following[1]) not in {",", "and", "or"}:
            break
        day, last = following
    return last


def _ordinal_of(pieces: Pieces, at: int) -> tuple[int, int] | None:
    """Return the day of "the third of" and "the twenty-first of" a month, and the piece after the ordinal."""
    if pieces[at].low != "the":
        return None
    tens = _TENS.get(low_at(pieces, at + 1), 0) if low_at(pieces, at + 2) == "-" else 0
    k = at + 1 + 2 * bool(tens)
    unit = ordinals().get(low_at(pieces, k))
    is_owner = low_at(pieces, k + 3) in _S  # "the first of May's allies"
    if unit is None or (tens and unit > 9) or low_at(pieces, k + 1) != "of" or is_owner:
        return None
    return (tens + unit, k + 1) if tens + unit <= 31 else None


def _month(pieces: Pieces, at: int) -> tuple[int, int] | None:
    """Return the month named at *at* and the piece after it, a full stop after "Jan." taken in."""
    if at >= len(pieces) or not pieces[at].is_capital:
        return None
    number = month_number(pieces[at].low)
    if number is None:
        return None
    is_stopped = is_short_month(pieces[at].low) and low_at(pieces, at + 1) == "." and is_glued(pieces, at + 1)
    return number, at + 1 + is_stopped


def read_year_number(pieces: Pieces, at: int) -> tuple[int, int] | None:
    """Return the year after a month or a day, with or without a comma, and the piece after it."""
    at += low_at(pieces, at) in {",", "of"}
    if at >= len(pieces) or not pieces[at].is_digits or len(pieces[at].text) != 4 or not pieces[at].text.isdecimal():
        return None
    year = int(pieces[at].text)
    after = low_at(pieces, at + 1)
    if not 1000 <= year <= 2199 or after in {"gmt", "utc"} or (after == ":" and is_glued(pieces, at + 1)):
        return None
    return year, at + 1


def read_day_month(line: Line, at: int) -> Found | None:
    """ "28 July", "28th of July 2021", "the third of July", "16 to 20 February", "3, 4 and 7 May"."""
    pieces = line.pieces
    first = _day_number(pieces, at) or _ordinal_of(pieces, at)
    if first is None:
        return None
    until, k = None, _past_list(pieces, first)
    if low_at(pieces, k) in _THROUGH:
        second = _day_number(pieces, k + 1)
        if second is not None:
            until, k = second
    if low_at(pieces, k) == "of":
        k += 1
    month = _month(pieces, k)
    if month is None:
        return None
    return _dated(line, at, month[0], (first[0], until), month[1])


def read_month_day(line: Line, at: int) -> Found | None:
    """ "July 28", "Jan. 29", "July 3-5, 2021", "July 28 and 29"; not the month of "in March 20 people died"."""
    pieces = line.pieces
    month = _month(pieces, at)
    if month is None:
        return None
    k = month[1] + (low_at(pieces, month[1]) == "the")
    first = _day_number(pieces, k)
    if first is None or low_at(pieces, first[1]) in {":", "%"} or _is_count(line, at, first[1]):
        return None
    day, last = first
    until, k = None, _past_list(pieces, first)
    if low_at(pieces, k) in _THROUGH:
        second = _day_number(pieces, k + 1)
        if second and second[0] > day and _month(pieces, second[1]) is None and not _is_count(line, at, second[1]):
            until, last = second
    return _dated(line, at, month[0], (day, until), last)


def _is_count(line: Line, at: int, after: int) -> bool:
    """Does the number before piece *after* count a noun? Only where "in" stands before the month at *at*."""
    if low_at(line.pieces, at - 1) != "in":
        return False
    return any(
        is_plural(low_at(line.pieces, k)) for k in range(after, after + 3) if not ends_phrase(low_at(line.pieces, k))
    )


def _dated(line: Line, at: int, month: int, numbers: tuple[int, int | None], last: int) -> Found | None:
    """Build the days *numbers* of *month*, in the year printed at *last* or else the one that fits best."""
    first, until = numbers
    printed = read_year_number(line.pieces, last) or told_year(line, last)
    shared = shared_year(line, last, month)
    if printed is not None or shared is not None:
        year, last = printed or (shared or 0, last)
        day = day_in(year, month, first)
        why: Reasons = (Reason(Rule.PRINTED_YEAR),)
    else:
        day, why = nearest_day(line, at, last, month, first)
    last = _skip_weekday(line.pieces, last)
    if day is None:
        return Found(last, None, "day", ()) if line.today is None else None
    final = day_in(day.year, month, until) if until else day
    if final is None or final < day:
        return None
    return Found(last, Stretch(day, final), "day", why)


def shared_year(line: Line, at: int, month: int) -> int | None:
    """Return the year of a date of *month* that ends before piece *at* where only the date joined to it tells one.

    "May to July 2019", "28 February to 3 March 2019", "March, April and May 2021"; of "December to February 2019" the
    December is one of 2018.
    """
    pieces = line.pieces
    for _ in range(_MOST_JOINED):
        if low_at(pieces, at) not in _JOINTS:
            return None
        at += 1 + (low_at(pieces, at + 1) in {"and", "or", "the"})
        day = _day_number(pieces, at)
        at = day[1] if day else at
        other = _month(pieces, at + (low_at(pieces, at) == "of"))
        if other is None:
            return None
        at = other[1]
        day = None if day else _day_number(pieces, at)
        at = day[1] if day else at
        printed = read_year_number(pieces, at) or told_year(line, at)
        if printed is not None:
            return printed[0] - (other[0] < month)
    return None


def told_year(line: Line, at: int) -> tuple[int, int] | None:
    """Return the year of "of last year" or "this year" at *at* and the piece after it, if the story's day is known."""
    at += low_at(line.pieces, at) == "of"
    off = _YEARS_OFF.get(low_at(line.pieces, at)) if low_at(line.pieces, at + 1) == "year" else None
    return None if off is None or line.today is None else (line.today.year + off, at + 2)


def _skip_weekday(pieces: Pieces, at: int) -> int:
    """Take in the "(Wednesday)" after "July 28"."""
    is_bracketed = low_at(pieces, at) == "(" and weekday_number(low_at(pieces, at + 1)) is not None
    return at + 3 if is_bracketed and low_at(pieces, at + 2) == ")" else at


def nearest_day(line: Line, first: int, last: int, month: int, day: int) -> tuple[date | None, Reasons]:
    """Return "July 28" of the year that fits the tense, or the nearest one where the tense does not say; and why."""
    if line.today is None:
        return None, ()
    today, told, tense = line.today, _beside(line, month, day), tense_of(line.pieces, first, last)
    if told is not None and tense.direction is not Direction.FUTURE:
        return told, (Reason(Rule.DAY_BESIDE),)
    days = [d for y in (-1, 0, 1) if (d := day_in(today.year + y, month, day)) is not None]
    if not days:
        days = [d for y in range(-4, 5) if (d := day_in(today.year + y, month, day)) is not None]  # 29 February
    if not days:
        return None, ()
    nearest = min(days, key=lambda d: abs((d - today).days))
    is_open = low_at(line.pieces, first - 1) in _OPEN_AHEAD and low_at(line.pieces, first - 2) not in _PARTS
    is_open = is_open and not tense.is_sure
    if tense.direction is Direction.UNKNOWN or is_open:
        return nearest, (Reason(Rule.DAY_NEAREST),)
    fitting = [d for d in days if (d - today).days * tense.direction >= 0]
    is_meant = tense.direction is Direction.FUTURE or is_arranged(line.pieces, first)
    if not fitting or (is_meant and abs((nearest - today).days) <= _NEAR_DAYS):
        return nearest, (Reason(Rule.DAY_NEAREST),)
    return min(fitting, key=lambda d: abs((d - today).days)), (Reason(Rule.DAY_BY_TENSE), tense.reason(line.pieces))


def _beside(line: Line, month: int, day: int) -> date | None:
    """Return "February 11" of the year of the "February 10, 2010" before it, if that is some weeks off at most."""
    anchor = line.resolved[-1] if line.resolved else None
    if anchor is None or line.today is None or anchor.first != anchor.last:
        return None
    days = [d for y in (0, 1) if (d := day_in(anchor.first.year + y, month, day)) is not None]
    is_far = abs((anchor.first - line.today).days) > _FAR_DAYS
    return next((d for d in days if is_far and 0 <= (d - anchor.first).days <= _NEAR_DAYS), None)


def read_day_word(line: Line, at: int) -> Found | None:
    """ "yesterday", "tomorrow morning", "overnight", "last night", "this morning", "the day before yesterday"."""
    pieces, word, after = line.pieces, line.pieces[at].low, low_at(line.pieces, at + 1)
    if pieces[at].is_capital and at > 0 and pieces[at - 1].is_word:
        return None  # "the Today Show"
    if word in _DAY_WORDS:
        return _relative(line, at + 1 + (after in _PARTS), _DAY_WORDS[word])
    if word == "overnight" and low_at(pieces, at - 1) != "an":  # "overnight on Friday" is read with its weekday
        tense = tense_of(pieces, at, at + 1)
        is_ahead = tense.direction is Direction.FUTURE
        rule = Rule.NIGHT_AHEAD if is_ahead else Rule.NIGHT_GONE
        nights = Stretch(shift(line.today, is_ahead - 1), shift(line.today, int(is_ahead))) if line.today else None
        return Found(at + 1, nights, "day", (Reason(rule), tense.reason(pieces)))
    if word in {"last", "this"} and after in _PARTS:
        return _relative(line, at + 2, -(word == "last"))
    days_off = next((n for words, n in _TWO_DAYS_OFF if follows(pieces, at, *words)), None)
    return None if days_off is None else _relative(line, at + 4, days_off)


def _relative(line: Line, last: int, days_off: int) -> Found:
    return line.found(last, "day", lambda today: one_day(shift(today, days_off)), Reason(Rule.DAY_WORD))
