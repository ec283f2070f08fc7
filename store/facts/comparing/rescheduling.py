"""Planned events that move: what was to be on one date, and is now to be on another."""

from __future__ import annotations

from functools import cache

from store.facts import words
from store.facts.comparing.profiles import Profile
from store.facts.comparing.sameness import is_elsewhere
from store.facts.comparing.scene import Pair, Scene
from store.facts.comparing.thresholds import threshold
from store.facts.model import Status, When

_PLANNED = frozenset({Status.PLANNED, Status.FORECAST})
_MOVED = frozenset({"moved", "extended"})  # of changes.tsv: they say themselves that a date is another
# Of a row of things the next one has a date of its own; and an end is no beginning.
_FURTHER = ("next", "another", "further", "second", "third", "fourth", "fifth", "then", "later")
_ENDINGS = ("end", "finish", "conclude", "expire", "close", "last", "until", "through")
_NEAR_END = 3  # words from "end" to its date: "to end in late June"

_Days = tuple[str, str]  # the first and the last, both included


def find_new_date(pair: Pair, scene: Scene) -> str | None:
    """Return the old date and the new one, as printed, of a planned event that both facts tell of.

    Where the new fact has no word for the move, its wording must be all the more like that of the held one.
    """
    is_worded = pair.new.changes.moves or not _MOVED.isdisjoint(pair.new.changes.made)
    if not (is_worded or pair.new.known.fact.status in _PLANNED):
        return None
    old = [when for when in pair.held.known.fact.dates if _days(when) in pair.held.coming]
    mine = [(when, days) for when in pair.new.known.fact.dates if (days := _ahead(when, pair.new, is_worded=is_worded))]
    fresh = [when for when, days in mine if not any(_overlap(days, _days(other)) for other in old)]
    if not (old and fresh) or not _is_one_event(pair, scene, is_worded=is_worded) or is_of_end(pair):
        return None
    if not is_worded and (len(fresh) < len(mine) or _is_further(pair)):
        return None
    return f"{old[0].text} -> {_target(fresh[0].text) if is_worded else fresh[0].text}"


def is_of_end(pair: Pair) -> bool:
    """Say whether all that is held to come is an end, and the new fact tells of none: a trial's, a hearing put off."""
    held = pair.held
    if not _stems(_ENDINGS).isdisjoint(pair.new.stems) or "extended" in pair.new.changes.made:
        return False
    text, start = held.known.text, held.known.fact.start
    coming = [when for when in held.known.fact.dates if _days(when) in held.coming]
    before = [text[: when.start - start].rsplit(maxsplit=_NEAR_END)[1:] for when in coming]
    ends = _stems(_ENDINGS)
    return bool(before) and all(any(words.stem(words.fold(word)) in ends for word in last) for last in before)


def _days(when: When) -> _Days:
    return when.first[:10], when.last[:10]


def _target(text: str) -> str:
    """Return the date that something is moved to: "2 July" of "4 June to 2 July"."""
    return text.rpartition(" to ")[2]


def _ahead(when: When, new: Profile, *, is_worded: bool) -> _Days | None:
    """Return the days of a date that is to come; None for one of the past.

    What something is moved to lies ahead, so that "put off to October" is the next one even in November; of "moved
    from 4 June to 2 July" it is the last day.
    """
    first, last = _days(when)
    if is_worded and _target(when.text) != when.text:
        first = last
    if (first, last) in new.coming or _days(when) in new.coming:
        return first, last
    told = new.known.published_at
    if not (is_worded and told) or any(char.isdigit() for char in when.text[-4:-2]):
        return None
    ahead = str(int(first[:4]) + 1) + first[4:], str(int(last[:4]) + 1) + last[4:]
    return ahead if ahead[1] > told.date().isoformat() else None


def _overlap(one: _Days, other: _Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _is_one_event(pair: Pair, scene: Scene, *, is_worded: bool) -> bool:
    """Say whether nothing tells the two apart, and they share what it is of and enough words."""
    new, held = pair.new, pair.held
    if is_elsewhere(new, held) or (new.events and held.events and not new.events & held.events):
        return False
    mine, theirs = (one.names - new.speaker - held.speaker for one in (new, held))
    if mine and theirs and not mine & theirs:
        return False
    if not is_worded:
        return bool(new.subjects & held.subjects) and pair.like.context >= threshold("measure_context")
    shared = (new.terms & held.terms) - new.speaker - held.speaker
    is_told = bool(new.subjects & held.subjects) or any(scene.rarity.is_rare(term) for term in shared)
    return is_told and pair.like.context >= threshold("moved_context")


def _is_further(pair: Pair) -> bool:
    """Say whether it is another of its kind ("the next round"), or one fact tells of its end and one does not."""
    new, held = pair.new.stems - _dating(pair.new), pair.held.stems
    return bool((new - held) & _stems(_FURTHER)) or (not new & _stems(_ENDINGS)) != (not held & _stems(_ENDINGS))


def _dating(profile: Profile) -> frozenset[str]:
    """Return the stems of the words of a fact's dates: "next Tuesday" is no further one."""
    return frozenset(words.stem(token.text) for when in profile.known.fact.dates for token in words.tokens(when.text))


@cache
def _stems(listed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(words.stem, listed))
