"""Has a date in a sentence been or is it to come? Read from the verbs around it."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import NamedTuple

from store.facts import lexicon
from store.facts.days.calendar import month_number, weekday_number
from store.facts.days.happened import event_beside
from store.facts.days.scheduled import SET_FOR, is_arranged, is_moved, is_set_anew
from store.facts.numbers.counted import ends_phrase, is_past, is_plural
from store.facts.numbers.number import Pieces, is_number_word
from store.facts.numbers.pieces import low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Rule

_FAR = 30  # pieces to look back; further off, another clause has begun
_NEAR = 18  # pieces to look ahead
_TILL, _LASTING = word_class("till"), word_class("lasting")
_PREPOSITIONS, _LEADS = word_class("date_prepositions"), word_class("date_leads")
_CLAUSE_STARTS, _NOUN_BEFORE = word_class("clause_starts") | {""}, word_class("noun_before")
_PASSIVE_PARTS, _SAME_IN_BOTH = word_class("passive_parts"), word_class("same_in_both")
_CUT, _SUBJECTS = word_class("past_or_infinitive"), word_class("subjects_of_past")
_NOUNS_TOO, _SUBJECTS_OF_MANY = word_class("nouns_too"), word_class("subjects_of_many")
_SCHEDULED, _GOING = word_class("scheduled_verbs"), word_class("going_verbs")
_PARTS_OF = word_class("parts_of_months")
_MODALS = {"would", "could", "should", "may", "might", "must"}
_OBJECT_OPENERS = word_class("determiners")
_BE = {"is", "are", "was", "were", "be", "been", "being", "'s", "’s", "as"}
_HAD = {"had", "was", "were", "have", "has"}  # "was to leave", "had to leave" are no verbs of promising
_IS = {"is", "are"}
_WISHED = {"hoped", "wanted", "planned", "intended", "expected", "meant"}
_SETTING = word_class("setting_verbs")
_FIGURES = {"figure", "figures", "data", "number", "numbers", "results", "statistics", "accounts"}
_HAVE = {"has", "have", "had"}
_JOINS = {"and", "but"}
_ONCE = {"first", "originally", "initially", "previously"}
_FIRST = {"first", "last", "only", "latest", "next"}  # "the last to begin" need not be ahead
_BESIDE = 3  # pieces between "is returning" and its date, its preposition not counted
_ORDER_FAR = 6  # pieces between "told" and "to leave by Sunday"
_S = {"'s", "’s"}  # "blamed for Sunday's attack"
_HOUR_PARTS, _LONGEST_HOUR = {"a", "p", "m", "am", "pm", ".", ":", "noon", "midday"}, 7
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
    is_sure: bool = False  # no other day can be meant, however near: "the Nov. 7 attack"

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
    start = _opening(pieces, first)
    event = event_beside(pieces, start, first, last)
    if event is not None:
        return Told(Direction.PAST, event, is_sure=True)
    told = _by_preposition(pieces, start, last)
    if told:
        return told
    start -= low_at(pieces, start - 1) in _PREPOSITIONS
    if low_at(pieces, start - 1) in _CLAUSE_STARTS:
        return _after(pieces, last) or _before(pieces, first) or _UNTOLD
    return _before(pieces, first) or _after(pieces, last, is_inner=True) or _UNTOLD


def _opening(pieces: Pieces, first: int) -> int:
    """Return where the phrase of the date at *first* begins: at "the" in "to the first weekend in September"."""
    start = first
    while True:
        if low_at(pieces, start - 1) in _LEADS:
            start -= 1
        elif low_at(pieces, start - 1) in {"in", "of"} and _is_part(low_at(pieces, start - 2)):
            start -= 2
        else:
            return start


def _is_part(word: str) -> bool:
    return word in _PARTS_OF or weekday_number(word) is not None


def _by_preposition(pieces: Pieces, at: int, last: int) -> Told | None:
    """Return what "until", "since", "for" and the like before the date at *at* say of it, alone or with a verb."""
    preposition = low_at(pieces, at - 1)
    if preposition in _TILL:
        is_over = any(low_at(pieces, k) in _LASTING for k in range(at - 4, at - 1)) or _is_not_till(pieces, at - 1)
        return Told(Direction.PAST, at - 1, is_sure=True) if is_over else Told(Direction.FUTURE, at - 1)
    if preposition == "since":
        return Told(Direction.PAST, at - 1)
    if preposition in _SETTING:
        return Told(Direction.FUTURE, at - 1)  # "the court set June 3 for the trial"
    if preposition == "for" and low_at(pieces, at - 2) in _FIGURES:
        return Told(Direction.PAST, at - 2)  # "the figure for April will be published on Friday"
    return _by_setting(pieces, at, last)


def _by_setting(pieces: Pieces, at: int, last: int) -> Told | None:
    """Return what "set for", "moved from", "put off to", "strike from", "is on" and "by" say of the date at *at*."""
    preposition, is_weekday = low_at(pieces, at - 1), weekday_number(low_at(pieces, at)) is not None
    is_through = preposition == "through" and is_weekday and not any(_cue(pieces, k) for k in range(at - 3, at - 1))
    is_set = low_at(pieces, at - 2) in SET_FOR
    if preposition == "for" and is_set and not is_weekday and low_at(pieces, at - 3) in _ONCE:
        return _UNTOLD  # "originally planned for October": the nearest one, which may be over
    is_called = preposition == "for" and (is_set or (is_weekday and low_at(pieces, at + 1) not in _S))
    if preposition == "from" and is_moved(pieces, at - 1):  # of "moved from Friday to Sunday" either may be over
        return Told(Direction.FUTURE, at - 1) if is_weekday else _UNTOLD
    is_put_off = is_set_anew(pieces, at - 1)
    verb = _before_hour(pieces, at - 1 - (preposition in _PREPOSITIONS))
    is_stated = low_at(pieces, verb) in {"is", "are"}  # "the vote is on Tuesday"
    near = range(max(at - _FAR, 0), min(last + _NEAR, len(pieces)))
    awaited = next((k for k in near if _cue(pieces, k) is Direction.FUTURE), None) if preposition == "by" else None
    is_told_to = preposition == "by" and _is_told_to(pieces, at - 1)
    is_announced = preposition == "from" and is_weekday and is_arranged(pieces, at)
    by = verb if is_stated else awaited if awaited is not None else at - 1 - is_set
    is_ahead = is_called or is_through or is_put_off or is_told_to or is_announced or awaited is not None
    return Told(Direction.FUTURE, by) if is_stated or is_ahead else None


def _before_hour(pieces: Pieces, at: int) -> int:
    """Return the piece before the "at 11 a.m." that ends at piece *at*; without one, *at* itself."""
    for k in range(at, max(at - _LONGEST_HOUR, 0), -1):
        if pieces[k].low == "at":
            return k - 1
        if not (pieces[k].is_digits or pieces[k].low in _HOUR_PARTS):
            break
    return at


def _is_not_till(pieces: Pieces, at: int) -> bool:
    """ "Did not begin until January", "it was not until January that ...": over since."""
    near = [low_at(pieces, k) for k in range(at - _ORDER_FAR, at)]
    return "did" in near or "didn" in near or near[-2:] == ["was", "not"]


def _is_told_to(pieces: Pieces, at: int) -> bool:
    """Does "told them to leave" stand before piece *at*, or another order and its infinitive?"""
    to = next((k for k in range(at - 1, max(at - _ORDER_FAR, 0), -1) if pieces[k].low == "to"), None)
    return to is not None and any(low_at(pieces, k) in _before_to("ahead") for k in range(to - _ORDER_FAR, to))


def was_planned(pieces: Pieces, told: Told) -> bool:
    """Is what is told of a plan of the past: "was due by the end of November"? It may be over."""
    return pieces[told.by].low in SET_FOR and low_at(pieces, told.by - 1) in {"was", "were"}


def tells_time(word: str) -> bool:
    """Is *word* one of the verbs and other words that place things in time?"""
    return word in _cues()


def _before(pieces: Pieces, first: int) -> Told | None:
    beside = _BESIDE + (low_at(pieces, first - 1) in {"on", "in"})
    for k in range(first - 1, max(first - 1 - _FAR, -1), -1):
        if pieces[k].low == ";":
            break
        is_ahead = first - k <= beside and (_is_going(pieces, k) or (k >= first - 2 and _is_doing(pieces, k)))
        found = Direction.FUTURE if is_ahead else _cue(pieces, k)
        if found:
            return Told(found, k)
    return None


def _after(pieces: Pieces, last: int, *, is_inner: bool = False) -> Told | None:
    """Return what the first verb after a date says; of one inside its clause (*is_inner*) not that of the next."""
    for k in range(last, min(last + _NEAR, len(pieces))):
        if pieces[k].low == ";" or (is_inner and pieces[k].low in _JOINS and not _is_date(pieces, k + 1)):
            break
        if low_at(pieces, k + 1) == "to" and pieces[k].low in _before_to("ahead"):
            return Told(Direction.PAST if _is_done(pieces, k) else Direction.FUTURE, k)
        found = Direction.FUTURE if k - last < _BESIDE and _is_going(pieces, k) else _cue(pieces, k)
        if found:
            return Told(found, k)
    return None


def _is_date(pieces: Pieces, at: int) -> bool:
    """Does another date go on at piece *at*, as in "on Monday and Tuesday"?"""
    word = low_at(pieces, at)
    is_named = weekday_number(word) is not None or month_number(word) is not None or word in _LEADS
    return is_named or (at < len(pieces) and pieces[at].is_digits)


def _is_done(pieces: Pieces, at: int) -> bool:
    """Tell "on Monday she agreed to go", which dates the agreeing, from "on Monday she is expected to go"."""
    word = pieces[at].low
    return word not in _HAD and is_past(word) and low_at(pieces, at - 1) not in _BE


def _is_going(pieces: Pieces, at: int) -> bool:
    """ "Is returning on Sunday", "are meeting on Sunday": still to come, as it is where such a verb has a date."""
    return pieces[at].low in _GOING and low_at(pieces, at - 1) in _IS


def _is_doing(pieces: Pieces, at: int) -> bool:
    """ "Is running in November": right before its date any such verb looks ahead."""
    return pieces[at].low.endswith("ing") and low_at(pieces, at - 1) in _IS


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
    if cue == "past" or (word in _CUT and _is_cut(pieces, at)) or (word == "been" and _is_have_been(pieces, at)):
        return Direction.PAST
    return _participle(pieces, at) if is_past(word) and word not in _SAME_IN_BOTH else Direction.UNKNOWN


def _is_have_been(pieces: Pieces, at: int) -> bool:
    """ "Have been searching since shortly after the Oct. 23 raid", and not "will have been shut for a year"."""
    return low_at(pieces, at - 1) in _HAVE and low_at(pieces, at - 2) not in _cues()


def _is_cut(pieces: Pieces, at: int) -> bool:
    """Tell "which cut rates" and "the bank cut rates" from "a rate cut", "the banks cut rates" and "will cut rates"."""
    before, after = low_at(pieces, at - 1), low_at(pieces, at + 1)
    if before in _SUBJECTS:
        return True
    is_subject = at > 0 and pieces[at - 1].is_word and not ends_phrase(before) and not is_plural(before)
    if not is_subject or before.endswith("ly") or before in _NOUN_BEFORE or before in _cues():
        return False
    return is_plural(after) or after in _OBJECT_OPENERS or (at + 1 < len(pieces) and pieces[at + 1].is_digits)


def _ahead(pieces: Pieces, at: int) -> Direction:
    """Read a word that tells of the future: not in "began to resume", and not as a noun ("the votes", "the start").

    "Would have left", "may have begun" and "had been due" tell of the past.
    """
    before = low_at(pieces, at - 1)
    if before == "to":
        return _infinitive(pieces, at - 1)
    if before == "had" or (before == "been" and low_at(pieces, at - 2) == "had"):
        return Direction.PAST
    if _is_nothing_done(pieces, at):
        return Direction.UNKNOWN
    if pieces[at].low == "open" and before in _BE:
        return Direction.PAST if before in {"was", "were", "been"} else Direction.UNKNOWN
    if pieces[at].low in _MODALS and _is_have_done(pieces, at + 1):
        return Direction.PAST
    is_noun = before in _NOUN_BEFORE and pieces[at].low not in _ALWAYS_AHEAD
    return Direction.UNKNOWN if is_noun else Direction.FUTURE


def _is_nothing_done(pieces: Pieces, at: int) -> bool:
    """Tell the nouns of "a confidence vote" and "three votes" from the verb of "members vote"."""
    before, word = low_at(pieces, at - 1), pieces[at].low
    if word not in _NOUNS_TOO or at == 0 or not (pieces[at - 1].is_word or pieces[at - 1].is_digits):
        return False
    if word.endswith("s"):
        return pieces[at - 1].is_digits or is_number_word(before)
    is_subject = is_plural(before) or before in _SUBJECTS_OF_MANY or before.endswith("ly")
    return not is_subject and not ends_phrase(before)


def _is_have_done(pieces: Pieces, at: int) -> bool:
    """Does "have" with a past form stand at *at*: "have left", "not have been"? "Have to leave" is ahead."""
    at += low_at(pieces, at) in {"not", "also", "well"}
    done = low_at(pieces, at + 1)
    return low_at(pieces, at) == "have" and (done == "been" or is_past(done))


def _infinitive(pieces: Pieces, at: int) -> Direction:
    """Read the word before "to": "agreed to" and "agreed on Thursday to" look ahead, "began to" back.

    After a noun only what is timed ahead counts: "a strike to begin on Sunday", not "a chance to speak".
    """
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
    is_had = low_at(pieces, k - 1) == "had" and word in _WISHED
    if is_had or (low_at(pieces, k - 1) == "been" and low_at(pieces, k - 2) == "had"):
        return Direction.PAST  # "had been due to begin in June", "had hoped to"
    is_noun = word and word not in _FIRST and not is_past(word)
    is_ahead = word in _before_to("ahead") or (is_noun and low_at(pieces, at + 1) in _SCHEDULED)
    return Direction.FUTURE if is_ahead else Direction.UNKNOWN


def _participle(pieces: Pieces, at: int) -> Direction:
    """Tell "will be held" and "to be held" from "was held" and "held"."""
    k, is_passive = at - 1, False
    while k >= 0 and (pieces[k].low in _PASSIVE_PARTS or pieces[k].low.endswith("ly")):
        is_passive = is_passive or pieces[k].low in {"be", "have"}
        k -= 1
    before = low_at(pieces, k)
    if before == "to" and low_at(pieces, k + 1) == "have" and low_at(pieces, k - 1) in {"was", "were"}:
        return Direction.PAST  # "was to have ended on Monday"
    if before in _MODALS and "have" in {piece.low for piece in pieces[k + 1 : at]}:
        return Direction.PAST  # "would have turned 80 on Monday"
    if is_passive and (before == "to" or _cues().get(before) == "future"):
        return Direction.FUTURE
    if before in {"is", "are"} and is_passive:
        return Direction.UNKNOWN
    return Direction.PAST
