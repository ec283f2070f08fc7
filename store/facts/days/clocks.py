"""Clock times with their printed zone: "18:00", "6.30 p.m.", "0600 GMT", "noon", "half past four this afternoon"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta, timezone, tzinfo
from functools import cache

from store.facts import lexicon
from store.facts.days.calendar import WEEKDAYS
from store.facts.numbers.number import Pieces
from store.facts.numbers.numbers import read_number
from store.facts.numbers.pieces import follows, is_glued, low_at
from store.facts.numbers.units import read_unit
from store.facts.numbers.word_classes import word_class

_BEFORE_CLOCK = word_class("clock_openers")
_NAMED = {"noon": 12, "midday": 12, "midnight": 0}
_NOON = 12
_BEFORE_POINT, _TIMETABLED = word_class("point_time_openers"), word_class("timetabled")
_AFTER_RATE = {"to", "against", "per", "a", "on", "out"}  # "at 7.15 to the dollar", "4.50 on the scale"
_NEAR_RATE = 10  # pieces to either side
_HALVES = {"morning": "am", "afternoon": "pm", "evening": "pm"}
_BEFORE_HALF = {"on", "this", "yesterday", "tomorrow", "last", "next", *WEEKDAYS}  # between an hour and "morning"
_AT_HOURS, _ROUGHLY = {"at", "until", "till", "from"}, {"about", "around", "exactly", "precisely"}
_DUSK, _LONGEST_BEFORE = 6, 16  # the first hour that is "at night"; pieces in which "Saturday night" is looked for
_SHORTLY = {"shortly", "just", "soon"}
# words of change that tell of people too: "went up the hill at 6.30"
_WAYS = {"up", "down", "went", "go", "goes", "cut", "moved", "advanced", "slipped", "change", "changes"}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, the zone printed with it, and the piece after both. *is_sure*: nothing else can be meant."""

    time: time
    zone: tzinfo | None
    last: int
    is_sure: bool
    printed_zone: str = ""  # "GMT"
    is_elsewhere: bool = False  # "local time", which need not be the story's


@cache
def _zones() -> dict[str, tzinfo]:
    return {name: timezone(timedelta(minutes=int(minutes))) for name, minutes in lexicon.table("zones.tsv")}


def read_clock(pieces: Pieces, at: int) -> Clock | None:
    """Return the clock time that begins at piece *at*, or None."""
    piece = pieces[at]
    if piece.low in _NAMED:
        is_sure = low_at(pieces, at - 1) in _BEFORE_CLOCK
        return _zoned(pieces, time(_NAMED[piece.low]), at + 1, is_sure=is_sure)
    if not piece.is_digits:
        return _spoken(pieces, at)
    return (
        _colon(pieces, at)
        or _half_day(pieces, at)
        or _four_digits(pieces, at)
        or _point(pieces, at)
        or _spoken(pieces, at)
    )


def _colon(pieces: Pieces, at: int) -> Clock | None:
    """ "18:00", "6:30 p.m.", "18:00:05"; not a running time ("2:05.30") or a score."""
    if low_at(pieces, at + 1) != ":" or not is_glued(pieces, at + 1) or not is_glued(pieces, at + 2):
        return None
    hour, minute = pieces[at].text, pieces[at + 2].text
    if not (hour.isdecimal() and minute.isdecimal() and len(hour) <= 2 and len(minute) == 2 and int(minute) < 60):
        return None
    last = at + 3
    if low_at(pieces, last) == ":" and is_glued(pieces, last) and is_glued(pieces, last + 1):
        last += 2
    half, last = _am_pm(pieces, last)
    return _clock(
        pieces, int(hour), int(minute), half, last, is_sure=bool(half) or low_at(pieces, at - 1) in _BEFORE_CLOCK
    )


def _half_day(pieces: Pieces, at: int) -> Clock | None:
    """ "6 p.m.", "6.30pm", "9 o'clock"."""
    hour, _, minute = pieces[at].text.partition(".")
    if not (
        hour.isdecimal()
        and len(hour) <= 2
        and (not minute or (minute.isdecimal() and len(minute) == 2 and int(minute) < 60))
    ):
        return None
    if low_at(pieces, at + 1) == "o" and low_at(pieces, at + 3) == "clock":
        half = _half_told(pieces, at + 4, int(hour)) if int(hour) <= _NOON else ""
        return _clock(pieces, int(hour), 0, half, at + 4, is_sure=True)
    half, last = _am_pm(pieces, at + 1)
    if not half:
        return None
    return _clock(pieces, int(hour), int(minute or 0), half, last, is_sure=True)


def _four_digits(pieces: Pieces, at: int) -> Clock | None:
    """ "0600 GMT", "1800 hours", "2359 UTC"."""
    text, after = pieces[at].text, low_at(pieces, at + 1)
    if (
        len(text) != 4
        or not text.isdecimal()
        or (after not in _zones() and not (after == "hours" and text[0] in "012"))
    ):
        return None
    if after == "hours" and low_at(pieces, at - 1) not in _BEFORE_CLOCK:
        return None
    return _clock(pieces, int(text[:2]), int(text[2:]), "", at + 1 + (after == "hours"), is_sure=True)


def is_point_time(pieces: Pieces, at: int) -> bool:
    """Tell whether the digits at *at* are a time with a point: "at 6.30 the siren went", "the 9.40 train".

    Not "rose by 6.30 to 7.15" and not "trades at 7.15 to the dollar": near words of money and of change it is a figure.
    """
    hour, point, minute = pieces[at].text.partition(".")
    is_time = point and hour.isdecimal() and len(hour) <= 2 and int(hour) < 24 and minute.isdecimal()
    if not is_time or len(minute) != 2 or int(minute) > 59 or int(minute) % 5:
        return False
    after = low_at(pieces, at + 1)
    if low_at(pieces, at - 1) not in _BEFORE_POINT and after not in _TIMETABLED:
        return False
    if after in _AFTER_RATE or read_unit(pieces, at + 1, value=None) is not None:
        return False
    near = {piece.low for piece in pieces[max(at - _NEAR_RATE, 0) : at + _NEAR_RATE]}
    return near.isdisjoint(_rate_words())


@cache
def _rate_words() -> frozenset[str]:
    return word_class("money_talk") | word_class("rates") | lexicon.word_set("change_words.txt") - _WAYS


def _point(pieces: Pieces, at: int) -> Clock | None:
    """ "At 22.00", "at 06.30": of "at 6.30" nobody knows whether morning or evening is meant."""
    hour, _, minute = pieces[at].text.partition(".")
    if not is_point_time(pieces, at) or not (hour[0] == "0" or int(hour) > _NOON):
        return None
    return _clock(pieces, int(hour), int(minute), "", at + 1, is_sure=True)


def _spoken(pieces: Pieces, at: int) -> Clock | None:
    """ "At two this afternoon", "half past four on Wednesday afternoon", "nine o'clock yesterday morning".

    Only with the half of the day, and a day is wanted behind it: "at two" alone may be anything.
    """
    opening, minute, k = pieces[at].low, 0, at
    if opening in {"half", "quarter"}:
        past, k = low_at(pieces, at + 1), at + 2
        if past not in {"past", "to"} or (opening == "half" and past == "to") or k >= len(pieces):
            return None
        minute = 30 if opening == "half" else 15 if past == "past" else -15
    is_told = low_at(pieces, k + 1) == "o" and low_at(pieces, k + 3) == "clock"
    last = k + 4 if is_told else k + 1
    hour = _hour(pieces, k)
    told = _half_told(pieces, last, hour)
    half = told or _half_before(pieces, at, hour, is_near=not minute)
    hour = hour if half and (minute or is_told or _opens_hour(pieces, at)) else None
    if hour is None:
        return None
    if minute < 0:
        hour, minute = (hour - 1 or _NOON), minute + 60
    return _clock(pieces, hour, minute, half, last, is_sure=not told and bool(minute))


def _half_before(pieces: Pieces, at: int, hour: int | None, *, is_near: bool) -> str:
    """Return the half of the day told before an hour: "tonight at eight", "on Saturday night, ... at half past ten".

    *is_near*: right before its "at" only, where nothing but the hour itself makes a time of it.
    """
    for k in range(at - 2, max(at - (2 if is_near else _LONGEST_BEFORE), 0) - is_near, -1):
        word = low_at(pieces, k)
        if word in {".", "!", "?"}:
            return ""
        if half := _HALVES.get(word, "") or _half_of_night(word, hour):
            return half
    return ""


def _half_of_night(word: str, hour: int | None) -> str:
    """Return "pm" for ten at night; of two at night nobody knows whether it is the night before."""
    return "pm" if word in {"night", "tonight"} and hour is not None and _DUSK <= hour < _NOON else ""


def _hour(pieces: Pieces, at: int) -> int | None:
    """Return the hour from 1 to 12 that one piece tells, in digits or as a word."""
    number = read_number(pieces, at)
    is_hour = number is not None and number.last == at + 1 and number.value in range(1, _NOON + 1)
    return int(number.value) if is_hour and number and number.value else None


def _half_told(pieces: Pieces, at: int, hour: int | None) -> str:
    """Return the half of the day that "this afternoon" or "on Sunday night" at *at* is in; empty for neither."""
    k = at
    while k < at + 2 and low_at(pieces, k) in _BEFORE_HALF:
        k += 1
    word = low_at(pieces, k)
    return _HALVES.get(word, "") or _half_of_night(word, hour) if k > at else ""


def _opens_hour(pieces: Pieces, at: int) -> bool:
    """Does "at about", "until" or "shortly after" stand before the hour at *at*? "About two" alone may count."""
    at -= low_at(pieces, at - 1) in _ROUGHLY
    before = low_at(pieces, at - 1)
    if before in {"after", "before"}:
        return low_at(pieces, at - 2) in _SHORTLY
    return before in _AT_HOURS or (before == "by" and not pieces[at].is_digits)


def _am_pm(pieces: Pieces, at: int) -> tuple[str, int]:
    word = low_at(pieces, at)
    if word in {"am", "pm"}:
        return word, at + 1
    if word in {"a", "p"} and follows(pieces, at + 1, ".", "m"):
        return word + "m", at + 3 + (low_at(pieces, at + 3) == "." and not _ends_sentence(pieces, at + 3))
    return "", at


def _ends_sentence(pieces: Pieces, at: int) -> bool:
    return at + 1 == len(pieces)


def _clock(pieces: Pieces, hour: int, minute: int, half: str, last: int, *, is_sure: bool) -> Clock | None:
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour == 24 and minute == 0:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    return _zoned(pieces, time(hour, minute), last, is_sure=is_sure)


def _zoned(pieces: Pieces, moment: time, last: int, *, is_sure: bool) -> Clock:
    zone = _zones().get(low_at(pieces, last)) if last < len(pieces) and pieces[last].text.isupper() else None
    if zone is not None:
        return Clock(moment, zone, last + 1, is_sure=True, printed_zone=pieces[last].text)
    is_elsewhere = follows(pieces, last, "local", "time")
    return Clock(moment, None, last + 2 * is_elsewhere, is_sure, is_elsewhere=is_elsewhere)
