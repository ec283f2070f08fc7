"""The dates of a sentence, resolved against the story's own date, zone and tense.

Each reader knows one form of date and is asked in turn. Days, weeks, months and years keep their grain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from store.facts.days import anchored, day_parts, days, months, numbered, periods, spans, weekdays, years
from store.facts.days.calendar import Stretch, one_day, part_of, shift, unit_of
from store.facts.days.clocks import Clock, read_clock
from store.facts.days.dated import Found, Line, Reader
from store.facts.days.tense import Direction, tense_of
from store.facts.model import When
from store.facts.numbers.pieces import cut, low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Reasons, Rule

_EDGES = {"end", "start", "beginning", "middle"}
_RANGE_WORDS, _SAYING = word_class("range_words"), word_class("saying")
_BESIDE = 4  # pieces between days and their hours
_ISO_DAY = len("2026-02-03")
_SAID_CHARS = 20  # "reported late on Tuesday"
_LONGEST_OPENING = 14  # days that "from 8 a.m. to 6 p.m." can be repeated on

_READERS: tuple[Reader, ...] = (
    days.read_numeric, days.read_day_month, days.read_month_day, weekdays.read_weekday, weekdays.read_night,
    days.read_day_word, day_parts.read_part_of_day, day_parts.read_small_hours, day_parts.read_night_hours,
    numbered.read_day_of_month, periods.read_ago, periods.read_window, anchored.read_same,
    months.read_quarter, months.read_season, months.read_holiday, months.read_month, periods.read_period,
    years.read_decade, years.read_year,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reading:
    """A date with its clock times, printed in `pieces[first:last]`; without days where they cannot be resolved."""

    first: int
    last: int
    days: Stretch | None
    why: Reasons
    clock: Clock | None = None
    until: Clock | None = None  # the end of "from 6 p.m. to 8 p.m."


def find_dates(
    text: str, start: int, end: int, *, published_at: datetime | None, before: Stretch | None = None
) -> tuple[When, ...]:
    """Return the dates of `text[start:end]` in order, none overlapping another; offsets are into the whole text.

    Without *published_at*, which is aware and in the story's own zone, only dates printed with their year are resolved.
    "The next day" counts from the date *before*, from `date_to_count_from`, where the sentence has none itself.
    What cannot be resolved is left out.
    """
    pieces = cut(text, start, end)
    line = Line(pieces, published_at.date() if published_at else None, _told_at(published_at), before)
    zone = published_at.tzinfo if published_at else None
    found: list[When] = []
    at = 0
    while at < len(pieces):
        reading = _read(line, at) if line.is_trigger(at) else None
        if reading is None:
            at += 1
            continue
        at = reading.last
        if reading.days is not None:
            line.resolved.append(reading.days)
            line.ends.append(reading.last)
            found.append(_when(text, line, reading, reading.days, zone))
    return tuple(found)


def _told_at(published_at: datetime | None) -> time | None:
    """Return the story's time of day; none at midnight, which stands for a date without one."""
    return None if published_at is None or published_at.time() == time(0) else published_at.time()


def date_to_count_from(text: str, start: int, dates: tuple[When, ...]) -> Stretch | None:
    """Return which of its *dates* the sentence that begins at *start* hands on to "the next day" in one after it.

    It is the last that is neither merely when somebody said so nor "a year earlier", which is but compared with.
    """
    for when in reversed(dates):
        words = text[max(start, when.start - _SAID_CHARS) : when.start].lower().split()
        is_said = len(dates) > 1 and not _SAYING.isdisjoint(words[-2:])
        if not is_said and not when.text.lower().startswith("year-earlier") and not when.text.endswith("earlier"):
            return Stretch(date.fromisoformat(when.first[:_ISO_DAY]), date.fromisoformat(when.last[:_ISO_DAY]))
    return None


def _read(line: Line, at: int) -> _Reading | None:
    return _read_clock_first(line, at) or _read_days(line, at)


def _core(line: Line, at: int) -> Found | None:
    if at >= len(line.pieces) or not line.is_trigger(at):
        return None
    return _edge(line, at) or _part(line, at) or _plain(line, at)


def _plain(line: Line, at: int) -> Found | None:
    """Read a date without "the end of" or "early" before it."""
    if at >= len(line.pieces) or not line.is_trigger(at):
        return None
    return next((found for reader in _READERS if (found := reader(line, at)) is not None), None)


def _edge(line: Line, at: int) -> Found | None:
    """Read "the end of March", "end-June", "year's end", "the first nine months of 2024", "the first Sunday in May"."""
    pieces = line.pieces
    k = at + (pieces[at].low == "the")
    word, joint = low_at(pieces, k), low_at(pieces, k + 1)
    if word in {"year", "month"} and joint in {"-", "'s", "’s"} and low_at(pieces, k + 2) == "end":
        edge = Reason(Rule.EDGE, line.printed(k, k + 3))
        return line.found(k + 3, "day", lambda today: one_day(unit_of(today, word, 0).last), edge)
    if word == "week" and joint == "of":
        return _week_of(line, k)
    if word in numbered.RANKS:
        return _counted(line, k)
    if word in _EDGES and (joint == "of" or (joint in {"-", "–"} and word == "end")):
        inner = _whole(line, k + 2)
        why = (Reason(Rule.EDGE, line.printed(k, k + 2)), *inner.why) if inner else ()
        return inner and Found(inner.last, inner.days and _edge_of(inner.days, word), "day", why)
    return None


def _week_of(line: Line, at: int) -> Found | None:
    """Read "week of 20 April"."""
    day = _plain(line, at + 2)
    if day is None or day.grain != "day":
        return None
    by = Reason(Rule.WEEK_OF)
    return Found(day.last, day.days and unit_of(day.days.first, "week", 0), "week", (by, *day.why))


def _counted(line: Line, at: int) -> Found | None:
    """Read "first week of March", "last Friday of last month", "first nine months of 2024"."""
    part = numbered.read_part(line.pieces, at)
    inner = _whole(line, part.last) if part else None
    if part is None or inner is None:
        return None
    by = Reason(Rule.NUMBERED, line.printed(at, part.last))
    return Found(inner.last, inner.days and numbered.part_in(inner.days, part), part.grain, (by, *inner.why))


def _whole(line: Line, at: int) -> Found | None:
    """Return the month, year or week at *at* that an edge is of.

    "The year" is the story's own, but "in 2015 ... by the end of the year" is over in that one.
    """
    pieces = line.pieces
    k = at + (low_at(pieces, at) in {"the", "this"})
    unit, is_bare = low_at(pieces, k), low_at(pieces, at) != "this"
    is_alone = k > at or (unit in {"year", "month"} and not (k + 1 < len(pieces) and pieces[k + 1].is_word))
    if unit in {"year", "month", "week", "decade"} and is_alone:
        anchor = line.resolved[-1] if line.resolved and is_bare else None
        if anchor is not None and tense_of(pieces, at, k + 1).direction is Direction.PAST:
            return Found(k + 1, unit_of(anchor.first, unit, 0), unit, (Reason(Rule.FROM_DATE),))
        return line.found(k + 1, unit, lambda today: unit_of(today, unit, 0), Reason(Rule.PERIOD))
    inner = _plain(line, at)
    return None if inner is None or inner.is_day else inner


def _edge_of(whole: Stretch, word: str) -> Stretch:
    if word == "end":
        return one_day(whole.last)
    return part_of(whole, "mid") if word == "middle" else one_day(whole.first)


def _part(line: Line, at: int) -> Found | None:
    """Read "early March", "mid-2020", "late last year"; "late on Monday" is that Monday."""
    pieces, word = line.pieces, line.pieces[at].low
    if word not in {"early", "mid", "late"}:
        return None
    k = at + 1 + (low_at(pieces, at + 1) in {"-", "–", "in", "on", "the"})
    k += low_at(pieces, k) == "the"
    inner = _plain(line, k) or (_whole(line, k - 1) if low_at(pieces, k - 1) == "the" else None)
    if inner is None or inner.days is None or inner.is_day:
        return inner
    part = Reason(Rule.PART, pieces[at].text)
    return Found(inner.last, part_of(inner.days, word), "part", (part, *inner.why))


def _read_clock_first(line: Line, at: int) -> _Reading | None:
    """Read "18:00 on 4 February", "6 p.m. Tuesday", "from midnight"."""
    clock = read_clock(line.pieces, at)
    if clock is None:
        return None
    last, until = clock.last, None
    joint, is_between = low_at(line.pieces, last), low_at(line.pieces, at - 1) == "between"
    if (joint in _RANGE_WORDS or (joint == "and" and is_between)) and last + 1 < len(line.pieces):
        until = read_clock(line.pieces, last + 1)
        last = until.last if until else last
    last = _skip_bracket(line, last)
    after = last + (low_at(line.pieces, last) in {"on", ","})
    day = _core(line, after)
    if day is not None and day.is_day:
        return _Reading(at, day.last, day.days, day.why, clock, until)
    if not clock.is_sure:
        return None
    return _Reading(at, last, *_clock_day(line, at, clock), clock, until)


def _skip_bracket(line: Line, at: int) -> int:
    """Take in the "(0200 GMT)" of "4 a.m. (0200 GMT) on Wednesday" where a day follows."""
    if low_at(line.pieces, at) != "(" or at + 1 >= len(line.pieces):
        return at
    other = read_clock(line.pieces, at + 1)
    is_closed = other is not None and low_at(line.pieces, other.last) == ")"
    if other is None or not is_closed or low_at(line.pieces, other.last + 1) != "on":
        return at
    return other.last + 1


def _clock_day(line: Line, at: int, clock: Clock) -> tuple[Stretch | None, Reasons]:
    """Return the day of a time printed without one: the date before it, else the story's; midnight ahead ends it."""
    anchor = line.anchor_before(at)
    is_beside = anchor is not None and at - line.ends[-1] < _BESIDE
    if anchor and is_beside and 0 < (anchor.last - anchor.first).days < _LONGEST_OPENING:
        return anchor, (Reason(Rule.OF_DATE_BEFORE),)  # "from Friday to Sunday, between 8 a.m. and 6 p.m."
    is_anchored = anchor is not None and anchor.first == anchor.last
    day = anchor.first if anchor and is_anchored else line.today
    if day is None:
        return None, ()
    why = Reason(Rule.OF_DATE_BEFORE if is_anchored else Rule.OF_STORY_DAY)
    tense = tense_of(line.pieces, at, clock.last)
    if clock.time == time(0) and tense.direction is not Direction.PAST:
        return one_day(shift(day, 1)), (why, Reason(Rule.MIDNIGHT_AHEAD), tense.reason(line.pieces))
    is_local = clock.zone is None and not clock.is_elsewhere
    is_late = line.told_at is not None and is_local and clock.time > line.told_at
    if is_late and not is_anchored and tense.direction is Direction.PAST:  # 10 p.m. in a story of 5 p.m.
        return _night_gone(line, day), (Reason(Rule.DAY_GONE), tense.reason(line.pieces))
    return one_day(day), (why,)


def _night_gone(line: Line, today: date) -> Stretch:
    """Return the day of a time that had not come yet when it was told of: that of the sentence before, or the last."""
    told = line.before
    return told if told and told.first == told.last < today else one_day(shift(today, -1))


def _read_days(line: Line, at: int) -> _Reading | None:
    found = _core(line, at)
    if found is None:
        return None
    found = spans.of_length(line, at, spans.up_to(line, at, found, _core))
    clock, last = _clock_after(line, found)
    return _Reading(at, last, found.days, found.why, clock)


def _clock_after(line: Line, found: Found) -> tuple[Clock | None, int]:
    """Read the "at 6 p.m." of "Tuesday at 6 p.m."."""
    at = found.last
    if not found.is_day or low_at(line.pieces, at) not in {"at", ",", "from", "by"} or at + 1 >= len(line.pieces):
        return None, found.last
    clock = read_clock(line.pieces, at + 1)
    if clock is None or (low_at(line.pieces, at) == "," and not clock.is_sure):
        return None, found.last
    return clock, clock.last


def _when(text: str, line: Line, reading: _Reading, days_read: Stretch, zone: tzinfo | None) -> When:
    start, end = line.pieces[reading.first].start, line.pieces[reading.last - 1].end
    first, final = _stamp(days_read.first, reading.clock, zone), days_read.last
    if reading.clock and reading.until and reading.until.time < reading.clock.time:  # "from 10 p.m. to 5 a.m."
        final = shift(final, 1)
    last = _stamp(final, reading.until or reading.clock, zone)
    return When(text[start:end], start, end, first, last, (*reading.why, *_clock_reasons(reading.clock, zone)))


def _clock_reasons(clock: Clock | None, zone: tzinfo | None) -> Reasons:
    """Return in which zone a clock time is read, or that it is left out."""
    if clock is None:
        return ()
    if clock.zone is not None:
        return (Reason(Rule.CLOCK_ZONE, clock.printed_zone),)
    return (Reason(Rule.CLOCK_STORY_ZONE if zone else Rule.CLOCK_LEFT_OUT),)


def _stamp(day: date, clock: Clock | None, zone: tzinfo | None) -> str:
    """Return the day, with the time where one is printed and its zone is known."""
    known = clock.zone or zone if clock else None
    if clock is None or known is None:
        return day.isoformat()
    return datetime.combine(day, clock.time, known).isoformat()
