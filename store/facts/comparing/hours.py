"""Clock times of one thing: a new hour after a held one, and an hour set against the one that another party gives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from store.facts import words
from store.facts.comparing.evidence import with_shared
from store.facts.comparing.opposing import sets_against
from store.facts.comparing.profiles import Profile
from store.facts.comparing.sameness import LIGHT, is_same_speaker
from store.facts.comparing.scene import Pair, Verdict, came_later
from store.facts.comparing.thresholds import threshold
from store.facts.comparing.turning import has_other_name, overlap
from store.facts.model import RelationType, Tag, When

_BEGINNING = ("begin", "start", "open", "run", "apply", "leave", "depart", "due")
_ENDING = ("end", "finish", "close", "shut", "last", "until", "lift")
_HALVES = frozenset(map(words.stem, ("am", "pm", "a.m", "p.m", "oclock")))
_NAME_OF_DAY = 3  # letters: "Sat", "May"
_HOUR = slice(11, 16)  # of an ISO time


def find_new_hour(new: Profile, pairs: Sequence[Pair]) -> Verdict | None:
    """What has an hour now begins, or ends, at another one: "the curfew now begins at 8 p.m."."""
    mine = _clock(new)
    if mine is None or "now" not in new.plain or _stems(_BEGINNING + _ENDING).isdisjoint(new.stems):
        return None
    is_end = _stems(_BEGINNING).isdisjoint(new.stems)
    met = [
        (pair, theirs)
        for pair in pairs
        if _is_of_one_thing(pair) and (theirs := _clock(pair.held)) and _hour(theirs, is_end=is_end) != _hour(mine)
    ]
    return _closest(met, mine, Tag.UPDATE, RelationType.UPDATES)


def find_rival_hour(new: Profile, pairs: Sequence[Pair]) -> Verdict | None:
    """A party gives an hour other than the held one and says so: "twelve minutes earlier than the guard has it"."""
    mine = _clock(new)
    if mine is None or not sets_against(new.plain):
        return None
    met = [
        (pair, theirs)
        for pair in pairs
        if _is_of_one_thing(pair)
        and not is_same_speaker(new, pair.held)
        and (theirs := _clock(pair.held))
        and _hour(theirs) != _hour(mine)
        and not (_has_day(mine) and _has_day(theirs) and not _are_of_one_day(mine, theirs))
    ]
    return _closest(met, mine, Tag.DISPUTE, RelationType.DISPUTES)


def _closest(met: Sequence[tuple[Pair, When]], mine: When, tag: Tag, relation: RelationType) -> Verdict | None:
    if not met:
        return None
    best, theirs = max(met, key=lambda item: item[0].like.context)
    return Verdict(tag, best.held, relation, with_shared(f"{theirs.text} -> {mine.text}", best.new, best.held))


def _clock(profile: Profile) -> When | None:
    """Return the first clock time that a fact prints."""
    return next((when for when in profile.known.fact.dates if "T" in when.first), None)


def _hour(when: When, *, is_end: bool = False) -> str:
    """Return the hour and minute at which what is dated begins, or ends."""
    return (when.last if is_end else when.first)[_HOUR]


def _has_day(when: When) -> bool:
    """Say whether a clock time is printed with its day: "9:52 p.m. on Saturday"; a bare one is of any day."""
    return any(len(token.text) >= _NAME_OF_DAY and token.text.isalpha() for token in words.tokens(when.text))


def _are_of_one_day(one: When, other: When) -> bool:
    return overlap((one.first[:10], one.last[:10]), (other.first[:10], other.last[:10]))


def _is_of_one_thing(pair: Pair) -> bool:
    """Say whether both tell of one thing beside names and the time of day: a curfew, a call."""
    if pair.kin < threshold("kin_least") or came_later(pair.held.known, pair.new.known):
        return False
    if has_other_name(pair.new, pair.held):
        return False
    common = (pair.new.terms & pair.held.terms) - pair.new.names - LIGHT.keys() - _HALVES
    return bool(common - pair.new.party - pair.held.party)


@cache
def _stems(listed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(words.stem, listed))
