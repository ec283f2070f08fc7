"""Of what time a number is told: on one day or over a year, "a month" or "a year", of now or of long ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from store.facts import lexicon, words
from store.facts.model import Known, Quantity, When
from store.facts.numbers.word_classes import word_class

_BOUNDING = frozenset({"since", "until", "till", "by", "before", "after", "from", "of", "than"})
_BASES = frozenset({"since", "from", "than", "with"})  # "up from 2024", "since January": the number itself is of now
_BEFORE_DATE = 40  # characters: three words before a date
_LONG_AGO = timedelta(days=60)
_DAY, _MONTH, _SINCE = "day", "month", "since"
_LENGTHS = {  # days
    _DAY: range(1, 4),
    "week": range(5, 11),
    _MONTH: range(28, 32),
    "quarter": range(89, 93),
    "year": range(360, 367),
}
_NEAR_RATE = 8  # words from a number to "from a year earlier"
_BARE = 2  # words of "a day", which begins many other things as well
_ON = frozenset({"after", "before", "earlier", "later", "ago", "when", "since", "of", "on", "long", "or"})


def is_long_ago(when: When, known: Known) -> bool:
    """Say whether a date lies so long before the story that it is of another matter.

    One that a number is only compared with, or counted from, is none: "up from 2024", "since January".
    """
    if known.published_at is None or when.last[:10] >= (known.published_at - _LONG_AGO).date().isoformat():
        return False
    return _BASES.isdisjoint(_words_before(when, known)[-1:])


def bygone(quantities: Sequence[Quantity], known: Known) -> list[Quantity]:
    """Return those of the *quantities* of a fact whose nearest date is long ago."""
    if not known.fact.dates:
        return []
    return [quantity for quantity in quantities if is_long_ago(_nearest(quantity, known.fact.dates), known)]


def dates_deed(when: When, known: Known) -> bool:
    """Say whether a date is when something was done: not "said on Monday", "since May", "until Friday"."""
    before = _words_before(when, known)
    is_past = when.last[:10] <= _last_told(known)
    return is_past and _BOUNDING.isdisjoint(before[-1:]) and word_class("saying").isdisjoint(before[-3:])


def _last_told(known: Known) -> str:
    return known.published_at.date().isoformat() if known.published_at else ""


def _words_before(when: When, known: Known) -> list[str]:
    start = when.start - known.fact.start
    return [token.text for token in words.tokens(known.text[max(0, start - _BEFORE_DATE) : start])]


def _nearest(quantity: Quantity, dates: Sequence[When]) -> When:
    return min(dates, key=lambda when: max(when.start - quantity.end, quantity.start - when.end))


def time_covered(quantity: Quantity, known: Known) -> str | None:
    """Return how much the date nearest to a number covers, of those on which something was done: "day", "year".

    "since" is what has added up since a month or a year; None for what lies between. What is told of a year that still
    runs has a date that ends ahead: "so far this year".
    """
    told = _last_told(known)
    done = [
        when
        for when in known.fact.dates
        if dates_deed(when, known) or when.first[:10] <= told < when.last[:10] or _is_since(when, known)
    ]
    if not done:
        return None
    nearest = _nearest(quantity, done)
    length = _length(nearest)
    return _SINCE if length != _DAY and _is_since(nearest, known) else length


def _is_since(when: When, known: Known) -> bool:
    return _words_before(when, known)[-1:] == [_SINCE]


def _length(when: When) -> str | None:
    days = (date.fromisoformat(when.last[:10]) - date.fromisoformat(when.first[:10])).days + 1
    return next((period for period, length in _LENGTHS.items() if days in length), None)


def rate_of(place: tuple[int, int], quantity: Quantity, known: Known, plain: Sequence[str]) -> str | None:
    """Return the period of a rate, "year" of "40,000 homes a year", or of what a number is compared with.

    *place*: where the number stands among the words *plain*, end excluded.
    """
    start, end = max(0, place[0] - _NEAR_RATE), min(len(plain), place[1] + _NEAR_RATE)
    for at in range(start, end):
        for phrase, period in _rates().get(plain[at], ()):
            is_there = tuple(plain[at : at + len(phrase)]) == phrase
            if is_there and (len(phrase) != _BARE or phrase[0] != "a" or _is_rate(at, place, plain)):
                return period
    bases = [when for when in known.fact.dates if _words_before(when, known)[-1:] == ["from"]]
    return _MONTH if any(_length(when) == _MONTH and when.start > quantity.end for when in bases) else None


def _is_rate(at: int, place: tuple[int, int], plain: Sequence[str]) -> bool:
    """Say whether "a day" follows a number as its rate: not "a day after", "in a day"."""
    return at in {place[1], place[1] + 1} and _ON.isdisjoint(plain[at + _BARE : at + _BARE + 1])


@cache
def _rates() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the phrases of `reckonings.tsv` by their first word, each with its period."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for period, listed in lexicon.table("reckonings.tsv"):
        for phrase in listed.split(","):
            key = tuple(phrase.split())
            found.setdefault(key[0], []).append((key, period))
    return found
