"""Months, quarters, seasons and holidays: "July 2021", "last March", "the third quarter", "Christmas Eve"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from store.facts import lexicon
from store.facts.days.anchored import is_part_year
from store.facts.days.calendar import (
    SEASON_STARTS,
    Stretch,
    day_in,
    easter,
    half_of,
    is_short_month,
    month_number,
    month_of,
    months_of,
    one_day,
    quarter_of,
    year_of,
)
from store.facts.days.dated import Found, Line
from store.facts.days.days import read_year_number, shared_year
from store.facts.days.periods import WHICH
from store.facts.days.scheduled import SET_FOR, is_set_anew
from store.facts.days.tense import Direction, tense_of, was_planned
from store.facts.numbers.counted import is_plural
from store.facts.numbers.number import Pieces
from store.facts.numbers.pieces import follows, is_glued, low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Reasons, Rule

_DASHES = {"-", "–", "—", "‑"}
_S = {"'s", "’s"}
_RANKS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_MONEY_TALK, _MATCH_TALK = word_class("money_talk"), word_class("match_talk")
_FAR = 40  # pieces to either side to look for them
_SEASON_OPENERS = word_class("season_openers")
_COMING_OPENERS = {"in", "by", "until", "before", "from"}
_JOINTS = word_class("through_words")
_TO = {"to", "until", "till", "through"}
_UNSURE_MONTHS, _PARTS_OF_MONTHS = word_class("unsure_months"), word_class("parts_of_months")
_BOUNDS = {"earlier", "later", "sooner"}
_OPENERS, _MAY_OPENERS, _MAY_WORDS = word_class("month_openers"), word_class("may_openers"), word_class("may_words")


def read_month(line: Line, at: int) -> Found | None:
    """ "July 2021", "July", "last March"; "May" and "March" only where a word before them makes them months."""
    pieces = line.pieces
    which = pieces[at].low if pieces[at].low in {"last", "next", "this"} else ""
    k = at + bool(which)
    month = month_number(low_at(pieces, k))
    if month is None or not pieces[k].is_capital:
        return None
    last = k + 1 + (is_short_month(pieces[k].low) and follows(pieces, k + 1, ".") and is_glued(pieces, k + 1))
    year = _year_after(line, last)
    if year is not None:
        return Found(year[1], None if year[0] is None else month_of(year[0], month), "month", (year[2],))
    shared = None if which else shared_year(line, last, month)
    if shared is not None:
        return Found(last, month_of(shared, month), "month", (Reason(Rule.PRINTED_YEAR),))
    if not which and not _is_month(pieces, k):
        return None
    return line.decided(last, "month", lambda today: _nearest_month(line, (at, last), today, month, which))


def _is_month(pieces: Pieces, at: int) -> bool:
    word, before = pieces[at].low, low_at(pieces, at - 1)
    if low_at(pieces, at + 1) in _DASHES and month_number(low_at(pieces, at + 2)):
        return True  # "the April-June period"
    if word not in _UNSURE_MONTHS:
        return len(word) > 3 or before in _OPENERS
    is_joined = before in _JOINTS and at > 1 and pieces[at - 2].is_capital and month_number(pieces[at - 2].low)
    is_joining = before == "from" and low_at(pieces, at + 1) in _TO
    is_set_for = before == "for" and low_at(pieces, at - 2) in SET_FOR - {"called"}  # "called for May to resign"
    is_bound = before == "than" and low_at(pieces, at - 2) in _BOUNDS  # "no earlier than May"
    is_set = (is_set_for or is_bound or is_set_anew(pieces, at - 1)) and not _is_named(pieces, at + 1)
    if is_joined or is_joining or is_set:
        return True  # "from October to March", "from March until", "planned for May", "put back to March"
    if before == "of" and word not in _MAY_WORDS and is_plural(low_at(pieces, at - 2)):
        return not _is_named(pieces, at + 1)  # "the floods of August"
    if before == "of" or (before == "to" and low_at(pieces, at - 2) in _PARTS_OF_MONTHS):  # "the three months to March"
        return low_at(pieces, at - 2) in _PARTS_OF_MONTHS
    return before in (_MAY_OPENERS if word in _MAY_WORDS else _OPENERS) and not _is_named(pieces, at + 1)


def _is_named(pieces: Pieces, at: int) -> bool:
    """Is there a surname or the like at *at*, as after "April Jones"?"""
    return at < len(pieces) and pieces[at].is_word and pieces[at].is_capital and not month_number(pieces[at].low)


def _nearest_month(line: Line, span: tuple[int, int], today: date, month: int, which: str) -> tuple[Stretch, Reasons]:
    """Return the month that fits "last" or "next", else the tense; where neither tells, the nearest. And why."""
    told, within = tense_of(line.pieces, *span), None if which else _within(line, month)
    tense = told.direction
    if within is not None:
        return within, (Reason(Rule.DAY_BESIDE),)
    if which == "this" or (month == today.month and not which):
        return month_of(today.year, month), (Reason(Rule.MONTH_NOW),)
    by = Reason(Rule.TENSE_PAST if which == "last" else Rule.TENSE_AHEAD, which) if which else told.reason(line.pieces)
    is_told = tense is Direction.UNKNOWN and low_at(line.pieces, span[0] - 1) in {"in", "since", "during"}
    if which == "last" or (not which and (tense is Direction.PAST or is_told)):
        return month_of(today.year - (month >= today.month), month), (Reason(Rule.MONTH_BEHIND), by)
    if which == "next" or (tense is Direction.FUTURE and not was_planned(line.pieces, told)):
        return month_of(today.year + (month <= today.month), month), (Reason(Rule.MONTH_AHEAD), by)
    nearest = today.month + (month - today.month + 6) % 12 - 6  # -6 to 5 months off
    return month_of(today.year, nearest), (Reason(Rule.MONTH_NEAREST), by)


def _within(line: Line, month: int) -> Stretch | None:
    """Return the *month* of the quarter or season named before it: "the first quarter of 2026, probably in March"."""
    around = line.resolved[-1] if line.resolved else None
    if around is None or not is_part_year(around):
        return None
    found = month_of(around.first.year + (month < around.first.month), month)
    return found if found.last <= around.last else None


def _year_after(line: Line, at: int) -> tuple[int | None, int, Reason] | None:
    """Read "2021", "of last year", "of the year" after a month or a quarter.

    Returns the year if known, the piece after it and the rule.
    """
    printed = read_year_number(line.pieces, at)
    if printed is not None:
        return *printed, Reason(Rule.PRINTED_YEAR)
    k = at + (low_at(line.pieces, at) in {"of", ","})
    if follows(line.pieces, k, "that", "year"):
        return (line.resolved[-1].first.year if line.resolved else None), k + 2, Reason(Rule.FROM_DATE)
    which = "this" if low_at(line.pieces, k) == "the" else low_at(line.pieces, k)
    if which not in {"last", "this", "next"} or low_at(line.pieces, k + 1) != "year":
        return None
    told = Reason(Rule.YEAR_TOLD, line.printed(k, k + 2))
    return (line.today.year + WHICH[which] if line.today else None), k + 2, told


def read_quarter(line: Line, at: int) -> Found | None:
    """ "the third quarter of 2021", "Q3 2021", "first half of last year"; without a year only in talk of money."""
    pieces, word = line.pieces, line.pieces[at].low
    number = low_at(pieces, at + 1) if is_glued(pieces, at + 1) else ""
    if word == "q" and pieces[at].is_capital and number in {"1", "2", "3", "4"}:
        return _quarter(line, at, at + 2, int(number))
    is_ordinal = pieces[at].is_digits and is_glued(pieces, at + 1)
    rank = _RANKS.get(word + low_at(pieces, at + 1) if is_ordinal else word)
    k = at + 1 + is_ordinal
    k += low_at(pieces, k) in _DASHES
    if word == "last" and low_at(pieces, k) == "quarter" and _year_after(line, k + 1):  # alone it is the one before
        return _quarter(line, at, k + 1, 4)
    if rank is not None and low_at(pieces, k) == "quarter":
        return _quarter(line, at, k + 1, rank)
    if rank in {1, 2} and low_at(pieces, k) == "half":
        half = rank
        return _part_of_year(line, (at, k + 1), "half", lambda year: half_of(year, half))
    return None


def _quarter(line: Line, at: int, last: int, quarter: int) -> Found | None:
    return _part_of_year(line, (at, last), "quarter", lambda year: quarter_of(year, quarter))


def _part_of_year(line: Line, span: tuple[int, int], grain: str, part: Callable[[int], Stretch]) -> Found | None:
    """Build a quarter or a half, the last one begun where no year is printed; that of a match is none."""
    at, last = span
    year = _year_after(line, last)
    if year is not None:
        return Found(year[1], None if year[0] is None else part(year[0]), grain, (year[2],))
    owner = line.resolved[-1] if line.ends and line.ends[-1] == at - 1 and low_at(line.pieces, at - 1) in _S else None
    if owner is not None and owner == year_of(owner.first.year):  # "last year's third quarter"
        return Found(last, part(owner.first.year), grain, (Reason(Rule.DAY_BESIDE),))
    near = {piece.low for piece in line.pieces[max(at - _FAR, 0) : last + _FAR]}
    if line.pieces[at].low != "q" and (near.isdisjoint(_MONEY_TALK) or not near.isdisjoint(_MATCH_TALK)):
        return None

    def nearest(today: date) -> tuple[Stretch, Reasons]:
        this, tense = part(today.year), tense_of(line.pieces, at, last)
        if tense.direction is Direction.FUTURE:
            ahead = this if this.last >= today else part(today.year + 1)
            return ahead, (Reason(Rule.QUARTER_AHEAD), tense.reason(line.pieces))
        behind = this if this.first <= today else part(today.year - 1)
        return behind, (Reason(Rule.QUARTER_BEHIND), tense.reason(line.pieces))

    return line.decided(last, grain, nearest)


def read_season(line: Line, at: int) -> Found | None:
    """ "last summer", "this winter", "summer 2021", "the winter of 2020-21", "in the spring" where the tense tells."""
    pieces, which = line.pieces, line.pieces[at].low
    k = at + (which in {"last", "this", "next", "the"})
    start = SEASON_STARTS.get(low_at(pieces, k))
    if start is None:
        return None
    year = read_year_number(pieces, k + 1)
    if year is not None:
        last = year[1] + 2 * (low_at(pieces, year[1]) in _DASHES and len(low_at(pieces, year[1] + 1)) == 2)
        return Found(last, months_of(year[0], start, 3), "season", (Reason(Rule.PRINTED_YEAR),))
    before = low_at(pieces, at - 1)
    is_fallen = pieces[k].low == "fall" and before in {"before", "after", "since"}  # "the alarms before the fall"
    is_opened = (before in _SEASON_OPENERS and not is_fallen) or is_set_anew(pieces, at - 1)
    if which == "the" and is_opened and low_at(pieces, k + 1) != "of":
        return _bare_season(line, at, k + 1, start)
    if k == at and before in _COMING_OPENERS and tense_of(pieces, at, k + 1).direction is Direction.FUTURE:
        return _bare_season(line, at, k + 1, start)  # "will open in autumn"; swallows leave in any
    if which not in {"last", "this", "next"}:
        return None
    return line.found(k + 1, "season", lambda today: _season(today, start, which), Reason(Rule.SEASON, which))


def _bare_season(line: Line, at: int, last: int, start: int) -> Found | None:
    """Read "in the spring": the last one begun or the next to end, by the tense; without one it is any year's."""
    tense = tense_of(line.pieces, at, last)
    if tense.direction is Direction.UNKNOWN or line.today is None:
        return None
    today, years = line.today, (-1, 0, 1)
    seasons = [months_of(today.year + y, start, 3) for y in years]
    if tense.direction is Direction.FUTURE:
        found = next((s for s in seasons if s.last >= today), None)
    else:
        found = next((s for s in reversed(seasons) if s.first <= today), None)
    return Found(last, found, "season", (Reason(Rule.SEASON_BY_TENSE), tense.reason(line.pieces)))


def _season(today: date, start: int, which: str) -> Stretch:
    """Return the season that begins in month *start*: in January "this winter" began last year."""
    this = months_of(today.year - (start == 12 and today.month <= 2), start, 3)
    if which == "last" and this.last >= today:
        return months_of(this.first.year - 1, start, 3)
    if which == "next" and this.first <= today:
        return months_of(this.first.year + 1, start, 3)
    return this


@cache
def _holidays() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Index the holidays by their first word, longest name first."""
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
        last = at + len(words)
        if tuple(p.low.replace("’", "'") for p in pieces[at:last]) != words:
            continue
        year = read_year_number(pieces, last)
        if year is not None:
            return Found(year[1], _holiday(year[0], when), "day", (Reason(Rule.HOLIDAY_DATED),))
        tense = tense_of(pieces, at, last)
        found = None if line.today is None else _nearest_holiday(line.today, when, tense.direction)
        return Found(last, found, "day", (Reason(Rule.HOLIDAY), tense.reason(pieces)))
    return None


def _holiday(year: int, when: str) -> Stretch | None:
    if when[0] in "+-":
        return one_day(date.fromordinal(easter(year).toordinal() + int(when))) if 1 <= year <= 9999 else None
    month, day = when.split("-")
    found = day_in(year, int(month), int(day))
    return one_day(found) if found else None


def _nearest_holiday(today: date, when: str, tense: Direction) -> Stretch | None:
    days = [d for y in (-1, 0, 1) if (d := _holiday(today.year + y, when)) is not None]
    fitting = [d for d in days if (d.first - today).days * tense >= 0] or days
    return min(fitting, key=lambda d: abs((d.first - today).days))
