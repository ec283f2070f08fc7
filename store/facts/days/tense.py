"""Has a date in a sentence been or is it to come? Read from the verbs around it."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import NamedTuple

from store.facts import lexicon
from store.facts.days.calendar import month_number, weekday_number
from store.facts.numbers.counted import is_past
from store.facts.numbers.number import Pieces
from store.facts.numbers.pieces import low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Rule

_FAR = 30  # pieces to look back; further off, another clause has begun
_NEAR = 18  # pieces to look ahead
_TILL, _PUT_OFF, _LASTING = word_class("till"), word_class("put_off"), word_class("lasting")
_PREPOSITIONS, _LEADS = word_class("date_prepositions"), word_class("date_leads")
_CLAUSE_STARTS, _NOUN_BEFORE = word_class("clause_starts") | {""}, word_class("noun_before")
_PASSIVE_PARTS, _SAME_IN_BOTH = word_class("passive_parts"), word_class("same_in_both")
_S = {"'s", "’s"}  # "blamed for Sunday's attack"
_SET_FOR = {"set", "scheduled", "slated", "due", "planned", "called", "fixed", "billed"}
_ARRANGING = {"ordered", "called", "convened", "summoned", "announced", "approved", "proposed", "demanded"}
_ARRANGED_WITHIN = 7  # pieces
_ALWAYS_AHEAD = {"due", "deadline", "upcoming", "planned", "forthcoming"}  # also after "the"


class Direction(IntEnum):
    """Where a date lies, seen from the story."""

    PAST = -1
    UNKNOWN = 0
    FUTURE = 1


class Told(NamedTuple):
    """Where a date lies, and the piece that says so; -1 where none does."""

    direction: Direction
    by: int = -1

    def reason(self, pieces: Pieces) -> Reason:
        """Return what is said of the date, with the word that says it."""
        if self.direction is Direction.UNKNOWN:
            return Reason(Rule.TENSE_OPEN)
        is_past = self.direction is Direction.PAST
        return Reason(Rule.TENSE_PAST if is_past else Rule.TENSE_AHEAD, pieces[self.by].text)


_UNTOLD = Told(Direction.UNKNOWN)


@cache
def _cues() -> dict[str, str]:
    rows = lexicon.table("tense.tsv")
    return {word: cue for word, cue in rows if cue in {"future", "past"}}


@cache
def _before_to(cue: str) -> frozenset[str]:
    return frozenset(word for word, kind in lexicon.table("tense.tsv") if kind == cue)


def tense_of(pieces: Pieces, first: int, last: int) -> Told:
    """Return where the date printed in `pieces[first:last]` lies by the nearest verb, the one before it for choice.

    A date that opens a clause ("On Monday the court will ...") goes with the verb after it, and one after "by" with
    whatever in the sentence is to come.
    """
    start = first
    while low_at(pieces, start - 1) in _LEADS:
        start -= 1
    told = _by_preposition(pieces, start, last)
    if told:
        return told
    start -= low_at(pieces, start - 1) in _PREPOSITIONS
    if low_at(pieces, start - 1) in _CLAUSE_STARTS:
        return _after(pieces, last) or _before(pieces, first) or _UNTOLD
    return _before(pieces, first) or _after(pieces, last) or _UNTOLD


def _by_preposition(pieces: Pieces, at: int, last: int) -> Told | None:
    """Return what "until", "since", "put off to", "is on" and "by" before the date at *at* say of it."""
    preposition = low_at(pieces, at - 1)
    if preposition in _TILL:
        is_over = any(low_at(pieces, k) in _LASTING for k in range(at - 4, at - 1))
        return Told(Direction.PAST if is_over else Direction.FUTURE, at - 1)
    if preposition == "since":
        return Told(Direction.PAST, at - 1)
    is_weekday = weekday_number(low_at(pieces, at)) is not None
    is_through = preposition == "through" and is_weekday and not any(_cue(pieces, k) for k in range(at - 3, at - 1))
    is_set = low_at(pieces, at - 2) in _SET_FOR
    is_called = preposition == "for" and (is_set or (is_weekday and low_at(pieces, at + 1) not in _S))
    is_put_off = preposition == "to" and any(low_at(pieces, k) in _PUT_OFF for k in range(at - 5, at - 1))
    verb = at - 1 - (preposition in _PREPOSITIONS)
    is_stated = low_at(pieces, verb) in {"is", "are"}  # "the vote is on Tuesday"
    near = range(max(at - _FAR, 0), min(last + _NEAR, len(pieces)))
    is_awaited = preposition == "by" and any(_cue(pieces, k) is Direction.FUTURE for k in near)
    if is_stated:
        return Told(Direction.FUTURE, verb)
    return Told(Direction.FUTURE, at - 1) if is_called or is_through or is_put_off or is_awaited else None


def is_arranged(pieces: Pieces, first: int) -> bool:
    """Tell whether what is ordered or called stands before the date at *first*: "ordered a ballot there on May 9"."""
    return any(low_at(pieces, k) in _ARRANGING for k in range(first - _ARRANGED_WITHIN, first))


def tells_time(word: str) -> bool:
    """Is *word* one of the verbs and other words that place things in time?"""
    return word in _cues()


def _before(pieces: Pieces, first: int) -> Told | None:
    for k in range(first - 1, max(first - 1 - _FAR, -1), -1):
        if pieces[k].low == ";":
            break
        found = _cue(pieces, k)
        if found:
            return Told(found, k)
    return None


def _after(pieces: Pieces, last: int) -> Told | None:
    for k in range(last, min(last + _NEAR, len(pieces))):
        if pieces[k].low == ";":
            break
        if low_at(pieces, k + 1) == "to" and pieces[k].low in _before_to("ahead"):
            return Told(Direction.FUTURE, k)
        found = _cue(pieces, k)
        if found:
            return Told(found, k)
    return None


def _cue(pieces: Pieces, at: int) -> Direction:
    """Return what the word at *at* says of the time of what stands beside it."""
    piece = pieces[at]
    word = piece.low
    if not piece.is_word or (piece.is_capital and at > 0):  # "May", "Will Smith"
        return Direction.UNKNOWN
    if word == "to":
        return _infinitive(pieces, at)
    cue = _cues().get(word)
    if cue == "future" or (word == "ahead" and low_at(pieces, at + 1) == "of"):
        return _ahead(pieces, at)
    if cue == "past":
        return Direction.PAST
    return _participle(pieces, at) if is_past(word) and word not in _SAME_IN_BOTH else Direction.UNKNOWN


def _ahead(pieces: Pieces, at: int) -> Direction:
    """Read a word that tells of the future: not in "began to resume", and not as a noun ("the votes", "the start")."""
    before = low_at(pieces, at - 1)
    if before == "to":
        return _infinitive(pieces, at - 1)
    is_noun = before in _NOUN_BEFORE and pieces[at].low not in _ALWAYS_AHEAD
    return Direction.UNKNOWN if is_noun else Direction.FUTURE


def _infinitive(pieces: Pieces, at: int) -> Direction:
    """Read the word before "to": "agreed to" and "agreed on Thursday to" look ahead, "began to" back."""
    k = at - 1
    while k > 0 and (
        weekday_number(pieces[k].low) is not None
        or month_number(pieces[k].low)
        or pieces[k].is_digits
        or pieces[k].low in {"on", "yesterday", ","}
    ):
        k -= 1
    word = low_at(pieces, k)
    if word in _before_to("back"):
        return Direction.PAST
    return Direction.FUTURE if word in _before_to("ahead") else Direction.UNKNOWN


def _participle(pieces: Pieces, at: int) -> Direction:
    """Tell "will be held" and "to be held" from "was held" and "held"."""
    k, is_passive = at - 1, False
    while k >= 0 and (pieces[k].low in _PASSIVE_PARTS or pieces[k].low.endswith("ly")):
        is_passive = is_passive or pieces[k].low in {"be", "have"}
        k -= 1
    before = low_at(pieces, k)
    if before == "to" and low_at(pieces, k + 1) == "have" and low_at(pieces, k - 1) in {"was", "were"}:
        return Direction.PAST  # "was to have ended on Monday"
    if is_passive and (before == "to" or _cues().get(before) == "future"):
        return Direction.FUTURE
    if before in {"is", "are"} and is_passive:
        return Direction.UNKNOWN
    return Direction.PAST
