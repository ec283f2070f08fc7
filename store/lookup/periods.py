"""Which days a question is about: "since Monday", "on 10 march", "in the last three days", "gas price friday".

What it names as a filter is cut out of the words that are looked up; a day that is part of a name stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from store.facts.days.calendar import weekday_number
from store.facts.days.dates import find_dates
from store.facts.model import When
from store.facts.words import FUNCTION_WORDS, Token

_YEARS_OF_NEWS = 5  # a year further off is part of what is asked about: "the 1974 election", "in the 19th century"
_BOUNDS = frozenset({"before", "until", "till", "by", "since", "after"})
_WITHIN = frozenset({"in", "on", "during", "between", "from", "over"})
_LAST = frozenset({"last", "past", "previous"})
_LATE = frozenset({"night", "evening", "afternoon"})
_PERIODS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}
_SMALL = {w: n for n, w in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)}  # noqa: SIM905
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a question is about, both included; None is open."""

    since: date | None = None
    until: date | None = None
    published_only: bool = False  # "before", "since": when it came out; otherwise also what happened then

    def holds(self, first: date, last: date) -> bool:
        """Tell whether a stretch of days touches the period."""
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)

    def is_ahead_of(self, today: date) -> bool:
        """Tell whether only what is published after *today* would be of it: "since 1 Jan 2099"."""
        return self.published_only and self.since is not None and self.since > today

    @property
    def is_open(self) -> bool:
        """Whether it leaves nothing out."""
        return self.since is None and self.until is None


def read_period(text: str, given: Sequence[Token], now: datetime) -> tuple[Period, list[tuple[int, int]]]:
    """Return the days that *text*, in its tokens, names as a filter, and what to cut; an open period if none."""
    when = next(iter(find_dates(text, 0, len(text), published_at=now)), None)
    return _recent(given, now) or (_named_days(when, given, now) if when else None) or (Period(), [])


def _named_days(when: When, given: Sequence[Token], now: datetime) -> tuple[Period, list[tuple[int, int]]] | None:
    first, last = date.fromisoformat(when.first[:10]), date.fromisoformat(when.last[:10])
    word, start = _word_before(given, when.start)
    is_ahead = first > now.date()
    if abs(last.year - now.year) > _YEARS_OF_NEWS and not (word == "since" and is_ahead):
        return None
    named = when.text.casefold().split()
    if first == last == now.date() and weekday_number(named[0]) is not None and (word == "since" or _LATE & set(named)):
        first, last = first - _WEEK, last - _WEEK  # asked on a Monday, "since Monday" is not since this morning
    if word in _BOUNDS:
        return _bounded(word, first, last, is_ahead=is_ahead), [(start, when.end)]
    is_day = "T" not in when.first  # "at 5 pm" is of any day
    if word in _WITHIN or (word == "at" and is_day):
        return Period(first, last), [(start, when.end)]
    if word == "of" or named[0] in _LAST | {"yesterday"} or (is_day and _stands_alone(when, given)):
        return Period(first, last), [(when.start, when.end)]
    return None


def _stands_alone(when: When, given: Sequence[Token]) -> bool:
    """Tell whether a day ends the question after other telling words: "gas price friday"."""
    before = [token for token in given if token.end <= when.start]
    is_last = all(token.start < when.end for token in given)
    return is_last and any(token.text not in FUNCTION_WORDS for token in before) and not when.text.isdecimal()


def _word_before(given: Sequence[Token], at: int) -> tuple[str, int]:
    """Return the preposition before a date and where it starts: of "since the 4th of May" the "since"."""
    before = [token for token in given if token.end <= at]
    if len(before) > 1 and before[-1].text in {"the", "this"}:
        before.pop()
    return (before[-1].text, before[-1].start) if before else ("", at)


def _bounded(word: str, first: date, last: date, *, is_ahead: bool) -> Period:
    """Return the days that "before", "until", "since" or "after" a stretch of days leaves.

    What is to come "after" a day that is still ahead is told before it.
    """
    if word == "before":
        return Period(until=first - timedelta(days=1), published_only=True)
    if word == "since":
        return Period(since=first, published_only=True)
    if word == "after":
        return Period(since=last + timedelta(days=1), published_only=not is_ahead)
    return Period(until=last, published_only=True)


def _recent(given: Sequence[Token], now: datetime) -> tuple[Period, list[tuple[int, int]]] | None:
    """Return "in the last three days", "in the past 48 hours": from then to *now*."""
    for at, token in enumerate(given[:-2]):
        unit = _PERIODS.get(given[at + 2].text.removesuffix("s"))
        count = _SMALL.get(given[at + 1].text) or (int(given[at + 1].text) if given[at + 1].text.isdecimal() else None)
        if token.text in _LAST and unit and count and count < 1000:
            start = next(
                (t.start for t in given[max(0, at - 2) : at] if t.text in {"in", "over", "during"}), token.start
            )
            return Period(since=(now - count * unit).date(), published_only=True), [(start, given[at + 2].end)]
    return None
