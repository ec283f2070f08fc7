"""A story's own date, as its text prints it: in the dateline, in a line above it, or in "on Wednesday (July 28)"."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from store.facts.days.calendar import day_in, shift, weekday_number
from store.facts.days.dates import find_dates
from store.facts.model import Layout, When

_ISO_DAY = len("2026-02-03")
_HEAD_CHARS = 600  # a story's own date stands this far up
_YEARS_BACK = 12  # a weekday and a date agree at least once in twelve years
_SOON_DAYS = 90  # a date this close ahead is one that the story tells of


def published_from_text(text: str, layout: Layout, *, near: datetime | None = None) -> datetime | None:
    """Return the story's own date: in its dateline, a line above it, or a "Monday (July 26)" in its first sentence.

    The year must be printed, unless *near* says when the text arrived: then it is the latest that fits up to the day
    after that, also the weekday. The time is the start of the day in the zone of *near*, else UTC.
    """
    zone = near.tzinfo if near and near.tzinfo else UTC
    for start, end in _places(text, layout):
        day = _printed_day(text, start, end, near)
        if day is not None:
            return datetime.combine(day, time(0), zone)
    day = _day_in_first_sentence(text, layout, near)
    return None if day is None else datetime.combine(day, time(0), zone)


def _places(text: str, layout: Layout) -> list[tuple[int, int]]:
    """Return the dateline and the furniture above the first sentence, where a story prints its own date."""
    first = layout.sentences[0].start if layout.sentences else min(len(text), _HEAD_CHARS)
    places = [(layout.dateline.start, layout.dateline.end)] if layout.dateline else []
    return places + [(s.start, s.end) for s in layout.furniture if s.end <= first and s.start < _HEAD_CHARS]


def _printed_day(text: str, start: int, end: int, near: datetime | None) -> date | None:
    """Return the first single day printed in `text[start:end]`, by *near* in the latest year that fits."""
    dates = find_dates(text, start, end, published_at=None) or find_dates(text, start, end, published_at=near)
    when = next((w for w in dates if w.first[:_ISO_DAY] == w.last[:_ISO_DAY]), None)
    if when is None:
        return None
    day = date.fromisoformat(when.first[:_ISO_DAY])
    if near is None or day <= shift(near.date(), 1) or _has_year(when, day):
        return day
    return day_in(day.year - 1, day.month, day.day)


def _has_year(when: When, day: date) -> bool:
    return f"{day.year:04}" in when.text


def _day_in_first_sentence(text: str, layout: Layout, near: datetime | None) -> date | None:
    """Return the day of "on Wednesday (July 28)"; a date without weekday and brackets is one of the events told."""
    if not layout.sentences:
        return None
    first = layout.sentences[0]
    for when in find_dates(text, first.start, first.end, published_at=near):
        weekday = weekday_number(when.text.split()[0].lower())
        if weekday is None or "(" not in when.text or len(when.first) != _ISO_DAY:
            continue
        day = date.fromisoformat(when.first)
        return day if near is None or _has_year(when, day) else _latest(day, weekday, near.date())
    return None


def _latest(day: date, weekday: int, near: date) -> date | None:
    """Return the latest year's *day* that is a *weekday* and not after *near*; None where one is soon to come."""
    years = range(near.year + 1, near.year - _YEARS_BACK, -1)
    days = [d for y in years if (d := day_in(y, day.month, day.day)) is not None and d.weekday() == weekday]
    if any(shift(near, 1) < d <= shift(near, _SOON_DAYS) for d in days):
        return None
    return next((d for d in days if d <= shift(near, 1)), None)
