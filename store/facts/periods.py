"""Dates longer than a day: "last month", "two weeks ago", "March 2021", "the third quarter", "last summer", "the 1990s", "2019"."""

from __future__ import annotations

from datetime import date
from functools import cache

from store.facts import lexicon
from store.facts.calendar import (
    Stretch,
    day_in,
    decade_of,
    easter,
    half_of,
    is_short_month,
    month_number,
    month_of,
    months_of,
    one_day,
    quarter_of,
    season_start,
    shift,
    week_of,
    weekend_of,
    year_of,
    years_of,
)
from store.facts.counted import ends_phrase, is_person, is_plural
from store.facts.dated import Found, Line
from store.facts.days import read_year_number
from store.facts.numbers import read_number
from store.facts.pieces import Piece, follows, is_glued, low_at
from store.facts.tense import Direction, direction
from store.facts.units import currency_before, read_unit

Pieces = tuple[Piece, ...]

_DASHES = {"-", "–", "—", "‑"}
_BACK = {"last", "past", "previous"}
_WHICH = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_RANKS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
_FAR = 40  # pieces to look for talk of money
_MONEY_TALK = {
    "profit", "profits", "revenue", "revenues", "earnings", "sales", "growth", "gdp", "economy", "loss", "losses", "results", "percent",
    "cent", "%", "$", "€", "£", "income", "output", "exports", "imports", "inflation", "company", "investors", "shares", "deliveries",
    "forecast", "guidance", "dividend", "production", "contracted", "expanded", "shrank", "grew",
}  # fmt: skip
# Months that are also words or first names: they need one of these before them
_AMBIGUOUS_MONTHS = {"march", "may", "april", "june", "august", "mar", "jan"}
_MONTH_OPENERS = {
    "in", "since", "until", "till", "last", "next", "this", "early", "mid", "late", "during", "by", "from", "to", "between", "of",
    "through", "for", "before", "after", "and", "-",
}  # fmt: skip
_MAY_OPENERS = _MONTH_OPENERS - {"to", "of", "for", "and", "from", "after", "before"}
_PARTS_OF_MONTHS = {
    "end",
    "start",
    "beginning",
    "middle",
    "week",
    "half",
    "day",
    "days",
    "month",
    "part",
    "weekend",
    "th",
    "st",
    "nd",
    "rd",
}
_YEAR_OPENERS = {
    "in",
    "since",
    "by",
    "until",
    "till",
    "from",
    "of",
    "during",
    "between",
    "around",
    "before",
    "after",
    "the",
    "early",
    "late",
}
_UNITS_AGO = {"hour": 0, "minute": 0, "day": 1, "night": 1, "week": 7, "fortnight": 14}
_AGO_EVENTS = {"after", "before"}


# ---- weeks, months and years counted from the story's own


def read_period(line: Line, at: int) -> Found | None:
    """ "last week", "next month", "this year", "the weekend", "earlier this month", "later this week", "last decade"."""
    pieces, word = line.pieces, line.pieces[at].low
    if word in {"earlier", "later"} and low_at(pieces, at + 1) == "this":
        return _rest_of(line, at, word)
    if word == "the" and low_at(pieces, at + 1) == "weekend":
        return _weekend(line, at, at + 2)
    k = at + (word == "the")
    which = low_at(pieces, k)
    if which not in _WHICH or (word == "the" and which not in _BACK | {"coming", "current", "next"}):
        return None
    unit = low_at(pieces, k + 1)
    if unit == "weekend":
        return _shifted(line, k + 2, unit, _WHICH[which])
    if (
        unit not in {"week", "month", "year", "quarter", "decade", "century"} or which == "past"
    ):  # "the past year" is a span
        return None
    return _shifted(line, k + 2, unit, _WHICH[which])


def _shifted(line: Line, last: int, unit: str, by: int) -> Found:
    if line.today is None:
        return Found(last, None, unit)
    return Found(last, unit_of(line.today, unit, by), unit)


def unit_of(today: date, unit: str, by: int) -> Stretch:
    """Return the week, month, ... of *today*, *by* units later."""
    if unit == "week":
        return week_of(shift(today, 7 * by))
    if unit == "weekend":
        is_on = today.weekday() >= 5
        return weekend_of(shift(today, 7 * (by if by <= 0 or not is_on else by)))
    if unit == "month":
        return month_of(today.year, today.month + by)
    if unit == "quarter":
        return months_of(today.year, (today.month - 1) // 3 * 3 + 1 + 3 * by, 3)
    if unit == "decade":
        return decade_of(today.year // 10 * 10 + 10 * by)
    if unit == "century":
        first = (today.year - 1) // 100 * 100 + 1 + 100 * by
        return years_of(first, first + 99)
    return year_of(today.year + by)


def _rest_of(line: Line, at: int, word: str) -> Found | None:
    """ "earlier this month": from its first day to the story's; "later this week": from the story's day to its last."""
    unit = low_at(line.pieces, at + 2)
    if unit == "today":
        return None
    if unit not in {"week", "month", "year", "quarter", "decade"}:
        return None
    if line.today is None:
        return Found(at + 3, None, unit)
    whole = unit_of(line.today, unit, 0)
    return Found(
        at + 3, Stretch(whole.first, line.today) if word == "earlier" else Stretch(line.today, whole.last), unit
    )


def _weekend(line: Line, at: int, last: int) -> Found | None:
    if low_at(line.pieces, at - 1) not in {"over", "at", "on", "during", "of", "for", "before", "after", "this"}:
        return None
    if line.today is None:
        return Found(last, None, "weekend")
    is_on = line.today.weekday() >= 5
    tense = direction(line.pieces, at, last)
    return Found(last, unit_of(line.today, "weekend", 0 if is_on or tense is Direction.FUTURE else -1), "weekend")


def read_ago(line: Line, at: int) -> Found | None:
    """ "two weeks ago", "a year ago", "five days after a shooting", "a day earlier": the last two count from the date before them."""
    number = read_number(line.pieces, at)
    is_a = line.pieces[at].low in {"a", "an"}
    count, k = (number.value, number.last) if number else (1.0 if is_a else None, at + 1)
    unit = low_at(line.pieces, k)
    unit = unit[:-1] if unit.endswith("s") else unit
    if count is None or count != int(count) or not 0 < count < 10_000:
        return None
    if unit not in _UNITS_AGO and unit not in {"month", "year", "decade"}:
        return None
    word = low_at(line.pieces, k + 1)
    if word == "ago":
        return Found(k + 2, _before(line.today, int(count), unit) if line.today else None, unit)
    is_ahead = follows(line.pieces, k + 1, "from", "now") or (
        word in {"'", "’"} and low_at(line.pieces, k + 2) == "time"
    )
    if is_ahead:
        return Found(k + 3, _before(line.today, -int(count), unit) if line.today else None, unit)
    if word in {"earlier", "later", "before", "after"}:
        return _from_anchor(line, at, k + 1, int(count), unit)
    return None


def _before(day: date, count: int, unit: str) -> Stretch | None:
    """Return the day, week, month or year that lies *count* units before *day* (after it, if negative)."""
    if unit in {"week", "fortnight"}:
        return week_of(shift(day, -count * _UNITS_AGO[unit]))
    if unit in _UNITS_AGO:
        return one_day(shift(day, -count * _UNITS_AGO[unit]))
    if unit == "month":
        return month_of(day.year, day.month - count) if count <= 12 * day.year - 12 else None
    year = day.year - count * (10 if unit == "decade" else 1)
    return year_of(year) if 1 <= year <= 9999 else None


def _from_anchor(line: Line, at: int, word_at: int, count: int, unit: str) -> Found | None:
    """Resolve "on Tuesday, five days after a shooting" (the shooting) and "... on Tuesday, a day earlier" from that Tuesday."""
    if not line.resolved or (unit in _UNITS_AGO and line.resolved[-1].first != line.resolved[-1].last):
        return None
    word, anchor = low_at(line.pieces, word_at), line.resolved[-1].first
    names_event = (
        word in _AGO_EVENTS and line.pieces[word_at + 1 : word_at + 2] != () and line.pieces[word_at + 1].is_word
    )
    back = word in {"earlier", "after"} if names_event or word in {"earlier", "later"} else word == "before"
    signed = count if back else -count
    days = _before(anchor, signed, unit)
    if unit in {"week", "fortnight"}:
        days = one_day(shift(anchor, -signed * _UNITS_AGO[unit]))
    return Found(word_at + 1, days, "day") if days else None


# ---- months, quarters, seasons, holidays


def read_month(line: Line, at: int) -> Found | None:
    """ "July 2021", "July", "last March", "next May"; "May" and "March" only where a word before them makes them months."""
    pieces = line.pieces
    which, k = "", at
    if pieces[at].low in {"last", "next", "this"}:
        which, k = pieces[at].low, at + 1
    if k >= len(pieces) or not pieces[k].is_capital:
        return None
    month = month_number(pieces[k].low)
    if month is None:
        return None
    last = (
        k
        + 1
        + (
            is_short_month(pieces[k].low)
            and pieces[k].low != "may"
            and follows(pieces, k + 1, ".")
            and is_glued(pieces, k + 1)
        )
    )
    year = read_year_number(pieces, last)
    if year is not None:
        return Found(year[1], month_of(year[0], month), "month")
    of_year = _of_year(line, last)
    if of_year is not None:
        return Found(of_year[1], None if of_year[0] is None else month_of(of_year[0], month), "month")
    if not which and not _is_month(pieces, k):
        return None
    if line.today is None:
        return Found(last, None, "month")
    return Found(last, _nearest_month(line, at, last, month, which), "month")


def _is_month(pieces: Pieces, at: int) -> bool:
    word, before = pieces[at].low, low_at(pieces, at - 1)
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    is_named = after is not None and after.is_word and after.is_capital and not month_number(after.low)
    if word not in _AMBIGUOUS_MONTHS:
        return len(word) > 3 or before in _MONTH_OPENERS
    if low_at(pieces, at + 1) in _DASHES and month_number(low_at(pieces, at + 2)):
        return True
    if before == "of":
        return low_at(pieces, at - 2) in _PARTS_OF_MONTHS
    return before in (_MAY_OPENERS if word in {"may", "march"} else _MONTH_OPENERS) and not is_named


def _nearest_month(line: Line, first: int, last: int, month: int, which: str) -> Stretch:
    assert line.today is not None
    today = line.today
    tense = direction(line.pieces, first, last)
    if which == "this" or (month == today.month and not which):
        return month_of(today.year, month)
    is_told = low_at(line.pieces, first - 1) in {"in", "since", "during"} and tense is Direction.UNKNOWN
    if which == "last" or (not which and (tense is Direction.PAST or is_told)):
        return month_of(today.year - (month >= today.month), month)
    if which == "next" or tense is Direction.FUTURE:
        return month_of(today.year + (month <= today.month), month)
    away = (month - today.month + 6) % 12 - 6  # -6 to 5
    return month_of(today.year, today.month + away)


def _of_year(line: Line, at: int) -> tuple[int | None, int] | None:
    """Read "last year", "of this year", "of the year" after a month or a quarter."""
    k = at + (low_at(line.pieces, at) in {"of", ","})
    if follows(line.pieces, k, "the", "year"):
        return (line.today.year if line.today else None), k + 2
    which = low_at(line.pieces, k)
    if which not in {"last", "this", "next"} or low_at(line.pieces, k + 1) != "year":
        return None
    return (line.today.year + _WHICH[which] if line.today else None), k + 2


def read_quarter(line: Line, at: int) -> Found | None:
    """ "the third quarter of 2021", "Q3 2021", "first half of last year"; without a year only in talk of money."""
    pieces, word = line.pieces, line.pieces[at].low
    if (
        word == "q"
        and pieces[at].is_capital
        and is_glued(pieces, at + 1)
        and low_at(pieces, at + 1) in {"1", "2", "3", "4"}
    ):
        return _quarter(line, at, at + 2, int(pieces[at + 1].text))
    rank, k = _RANKS.get(word), at + 1
    if pieces[at].is_digits and is_glued(pieces, k):
        rank, k = _RANKS.get(word + low_at(pieces, k)), at + 2
    if rank is None:
        return None
    k += low_at(pieces, k) in _DASHES
    unit = low_at(pieces, k)
    if unit == "quarter" and word != "last":
        return _quarter(line, at, k + 1, rank)
    if unit == "half" and rank <= 2:
        year = read_year_number(pieces, k + 1) or _of_year(line, k + 1)
        if year is not None:
            return Found(year[1], None if year[0] is None else half_of(year[0], rank), "half")
    return None


def _quarter(line: Line, at: int, last: int, quarter: int) -> Found | None:
    year = read_year_number(line.pieces, last) or _of_year(line, last)
    if year is not None:
        return Found(year[1], None if year[0] is None else quarter_of(year[0], quarter), "quarter")
    is_money = line.pieces[at].low == "q" or any(
        p.low in _MONEY_TALK for p in line.pieces[max(at - _FAR, 0) : last + _FAR]
    )
    if not is_money or line.today is None:
        return None
    tense = direction(line.pieces, at, last)
    this = quarter_of(line.today.year, quarter)
    if tense is Direction.FUTURE:
        return Found(last, this if this.last >= line.today else quarter_of(line.today.year + 1, quarter), "quarter")
    return Found(last, this if this.first <= line.today else quarter_of(line.today.year - 1, quarter), "quarter")


def read_season(line: Line, at: int) -> Found | None:
    """ "last summer", "this winter", "summer 2021", "the spring of 2020"."""
    pieces, word = line.pieces, line.pieces[at].low
    k = at + (word in {"last", "this", "next", "the"})
    start = season_start(low_at(pieces, k))
    if start is None:
        return None
    year = read_year_number(pieces, k + 1)
    if year is not None:
        return Found(year[1], months_of(year[0], start, 3), "season")
    if word not in {"last", "this", "next"}:
        return None
    if line.today is None:
        return Found(k + 1, None, "season")
    this = months_of(line.today.year, start, 3)
    if word == "last" and this.last >= line.today:
        this = months_of(line.today.year - 1, start, 3)
    if word == "next" and this.first <= line.today:
        this = months_of(line.today.year + 1, start, 3)
    if word == "this" and start == 12 and line.today.month <= 2:
        this = months_of(line.today.year - 1, start, 3)
    return Found(k + 1, this, "season")


@cache
def _holidays() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, when in lexicon.table("holidays.tsv"):
        words = tuple(name.replace("'s", " 's").split())
        found.setdefault(words[0], []).append((words, when))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


def read_holiday(line: Line, at: int) -> Found | None:
    """ "Christmas Eve", "New Year's Day 2020", "Good Friday"."""
    pieces = line.pieces
    if not pieces[at].is_capital:
        return None
    for words, when in _holidays().get(pieces[at].low, ()):
        if tuple(p.low.replace("’", "'") for p in pieces[at : at + len(words)]) == words:
            last = at + len(words)
            year = read_year_number(pieces, last)
            if year is not None:
                return Found(year[1], _holiday(year[0], when), "day")
            if line.today is None:
                return Found(last, None, "day")
            return Found(last, _nearest_holiday(line, at, last, when), "day")
    return None


def _holiday(year: int, when: str) -> Stretch | None:
    if when[0] in "+-":
        return one_day(shift(easter(year), int(when)))
    month, day = when.split("-")
    found = day_in(year, int(month), int(day))
    return one_day(found) if found else None


def _nearest_holiday(line: Line, first: int, last: int, when: str) -> Stretch | None:
    assert line.today is not None
    today = line.today
    days = [d for y in (-1, 0, 1) if (d := _holiday(today.year + y, when)) is not None]
    tense = direction(line.pieces, first, last)
    fitting = [d for d in days if (d.first - today).days * tense >= 0] or days
    return min(fitting, key=lambda d: abs((d.first - today).days))


# ---- years, decades, centuries


def read_decade(line: Line, at: int) -> Found | None:
    """ "the 1990s", "'90s", "the 19th century"."""
    pieces, piece = line.pieces, line.pieces[at]
    if piece.is_digits and piece.text.isdecimal() and is_glued(pieces, at + 1):
        suffix = low_at(pieces, at + 1)
        if suffix == "s" and len(piece.text) == 4 and piece.text.endswith("0"):
            return Found(at + 2, decade_of(int(piece.text)), "decade")
        if (
            suffix == "s"
            and low_at(pieces, at - 1) in {"'", "’", "‘"}
            and len(piece.text) == 2
            and piece.text.endswith("0")
        ):
            return Found(at + 2, decade_of(1900 + int(piece.text)), "decade")
        if suffix in {"st", "nd", "rd", "th"} and low_at(pieces, at + 2) == "century":
            return _century(at + 3, int(piece.text))
    if piece.low in {"nineteenth", "twentieth"} and low_at(pieces, at + 1) == "century":
        return _century(at + 2, 19 if piece.low == "nineteenth" else 20)
    return None


def _century(last: int, number: int) -> Found | None:
    return Found(last, years_of(100 * number - 99, 100 * number), "century") if 1 <= number <= 30 else None


def read_year(line: Line, at: int) -> Found | None:
    """ "2019", "in 1992", "fiscal 2024", "2019-20"; not "2000 people", "1,500" or "Resolution 2202"."""
    pieces, piece = line.pieces, line.pieces[at]
    if piece.low == "fiscal":
        k = at + 1 + (low_at(pieces, at + 1) == "year")
        year = read_year_number(pieces, k)
        return Found(year[1], year_of(year[0]), "year") if year else None
    if not piece.is_digits or not piece.text.isdecimal() or len(piece.text) != 4:
        return None
    year_number = int(piece.text)
    before = low_at(pieces, at - 1)
    is_sure = before in _YEAR_OPENERS or (before == "to" and low_at(pieces, at - 2) in {"back", "dates", "dating"})
    if not (1900 <= year_number <= 2099 or (is_sure and 1000 <= year_number < 2200)) or _counts(line, at):
        return None
    if at + 2 < len(pieces) and low_at(pieces, at + 1) in _DASHES | {"/"} and is_glued(pieces, at + 2):
        short = pieces[at + 2].text
        if short.isdecimal() and len(short) == 2 and int(short) == (year_number + 1) % 100:
            return Found(at + 3, years_of(year_number, year_number + 1), "year")
    return Found(at + 1, year_of(year_number), "year")


def _counts(line: Line, at: int) -> bool:
    """Is the number at *at* a count, a price or part of a name, and not a year?"""
    pieces = line.pieces
    if currency_before(pieces, at) or read_unit(pieces, at + 1, value=1000) is not None:
        return True
    if is_glued(pieces, at) and (pieces[at - 1].is_word or pieces[at - 1].text in ".,/#+:"):
        return True
    if is_glued(pieces, at + 1) and (pieces[at + 1].is_word or pieces[at + 1].text in ":%"):
        return True
    after = low_at(pieces, at + 1)
    if is_person(after) and is_plural(after):
        return True
    before = pieces[at - 1] if at else None
    if before is not None and before.is_word and before.low in _name_words() and before.low not in {"year", "season"}:
        return True
    is_round = int(pieces[at].text) % 100 == 0
    return is_round and is_plural(after) and not ends_phrase(after) and low_at(pieces, at - 1) != "the"


@cache
def _name_words() -> frozenset[str]:
    return frozenset(lexicon.lines("numbered_names.txt"))
