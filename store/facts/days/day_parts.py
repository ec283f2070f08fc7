"""Parts of a day that is not printed with them: "by late afternoon", "during the night", "in the small hours".

They are of the date before them in the sentence, else of the story's own day, and are left alone where no verb tells
that they have been or are to come: "wolves hunt during the night".
"""

from __future__ import annotations

from datetime import time

from store.facts.days.calendar import Stretch, one_day, shift
from store.facts.days.dated import Found, Line
from store.facts.days.tense import Direction, Told, tense_of
from store.facts.numbers.pieces import low_at
from store.facts.rules import Reason, Rule

# When each begins at the earliest: a story from before that hour tells of the day before.
_BEGINS = {
    "dawn": time(4), "daybreak": time(4), "morning": time(5), "lunchtime": time(12), "afternoon": time(12),
    "dusk": time(16), "evening": time(16), "nightfall": time(16), "sunset": time(16),
}  # fmt: skip
_UP_TO = {"by", "towards", "toward"}
_SHADES = {"early", "late", "mid", "-", "–", "the"}
_IN_THE_NIGHT = {"during", "in", "through"}
_IN_THE_HOURS = {"in", "during", "until", "into", "by"}
# Words with which another clause begins; behind others the night or the hours are somebody's: "the night shift".
_CLAUSES = {"and", "but", "as", "while", "when", "after", "because", "that", "with", "by"}


def read_part_of_day(line: Line, at: int) -> Found | None:
    """ "By late afternoon", "towards evening", "by nightfall"."""
    begins, before = _BEGINS.get(line.pieces[at].low), at - 1
    if begins is None or low_at(line.pieces, at + 1) in {"on", "of"}:
        return None
    while low_at(line.pieces, before) in _SHADES:
        before -= 1
    if low_at(line.pieces, before) not in _UP_TO:
        return None
    anchor, tense = line.anchor_before(at), tense_of(line.pieces, before + 1, at + 1)
    if anchor is not None or line.today is None:
        return _of_anchor(at + 1, anchor)
    is_gone = tense.direction is Direction.PAST and line.told_at is not None and line.told_at < begins
    day, rule = shift(line.today, -is_gone), Rule.DAY_GONE if is_gone else Rule.OF_STORY_DAY
    return Found(at + 1, one_day(day), "day", (Reason(rule), tense.reason(line.pieces)))


def read_small_hours(line: Line, at: int) -> Found | None:
    """ "In the small hours", "until the early hours"; those "of Wednesday" are read with their day."""
    words = [low_at(line.pieces, at + k) for k in range(3)]
    is_hours = words[0] == "the" and words[1] in {"small", "early"} and words[2] == "hours"
    tense = _told(line, at, at + 3, _IN_THE_HOURS) if is_hours else None
    if tense is None:
        return None
    anchor = line.anchor_before(at)
    if anchor is not None or line.today is None:
        return _of_anchor(at + 3, anchor)
    return Found(at + 3, one_day(line.today), "day", (Reason(Rule.OF_STORY_DAY), tense.reason(line.pieces)))


def read_night_hours(line: Line, at: int) -> Found | None:
    """ "During the night": the one before the story's own day, or that of the date before; two days, as "overnight"."""
    is_night = line.pieces[at].low == "the" and low_at(line.pieces, at + 1) == "night"
    tense = _told(line, at, at + 2, _IN_THE_NIGHT) if is_night else None
    if tense is None:
        return None
    anchor = line.anchor_before(at)
    if anchor is not None or line.today is None:
        nights = Stretch(anchor.last, shift(anchor.last, 1)) if anchor else None
        return Found(at + 2, nights, "day", (Reason(Rule.OF_DATE_BEFORE),))
    is_ahead = tense.direction is Direction.FUTURE
    nights = Stretch(shift(line.today, is_ahead - 1), shift(line.today, int(is_ahead)))
    rule = Rule.NIGHT_AHEAD if is_ahead else Rule.NIGHT_GONE
    return Found(at + 2, nights, "day", (Reason(rule), tense.reason(line.pieces)))


def _of_anchor(last: int, anchor: Stretch | None) -> Found:
    return Found(last, one_day(anchor.last) if anchor else None, "day", (Reason(Rule.OF_DATE_BEFORE),))


def _told(line: Line, first: int, last: int, openers: set[str]) -> Told | None:
    """Return the tense of what one of *openers* brings in and nothing goes on from; None where no verb tells it."""
    pieces = line.pieces
    goes_on = last < len(pieces) and pieces[last].is_word and pieces[last].low not in _CLAUSES
    if low_at(pieces, first - 1) not in openers or goes_on:
        return None
    tense = tense_of(pieces, first, last)
    return None if tense.direction is Direction.UNKNOWN else tense
