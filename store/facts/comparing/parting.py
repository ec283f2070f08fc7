"""When two figures that count one sort of thing are of different matters all the same, by their sentences."""

from __future__ import annotations

from collections.abc import Sequence

from store.facts import words
from store.facts.comparing.deeds import all_deeds, are_alike, befalls, deeds, do_otherwise
from store.facts.comparing.name_keys import name_keys
from store.facts.comparing.revising import foresees, is_anothers, is_revised
from store.facts.comparing.sameness import are_opposed, is_same_speaker
from store.facts.comparing.scene import Pair, Scene
from store.facts.comparing.tallies import PER_CENT, Figure, Sort
from store.facts.comparing.thresholds import threshold
from store.facts.comparing.turning import has_other_name, is_another_day, is_nearly, swaps
from store.facts.model import Status

_QUAKE, _VOTES = "quake", "votes"  # concepts
_AFTERSHOCK = words.stem("aftershock")
_AMONG = "among"
_OF_NATURE, _OF_HANDS = frozenset({"storm", "flood", "landslide"}), frozenset({"blast", "attack", "clash", "fire"})
_UP = frozenset(
    map(words.stem, ("up", "higher", "rise", "rose", "risen", "gain", "climb", "add", "firmer", "stronger"))
)
_DOWN = frozenset(
    map(words.stem, ("down", "lower", "fall", "fell", "fallen", "lose", "lost", "shed", "drop", "weaker"))
)
_NEAR_WAY = 3  # words from "closed up" to the number, and from it to "higher"
_A_DAY = "day"
_LASTING, _SOME = frozenset({"dead", "injured"}), 3


def are_apart(mine: Figure, theirs: Figure, pair: Pair, scene: Scene, *, elsewhere: bool) -> bool:
    """Say whether two figures that count one sort of thing are of different matters all the same.

    Who is to come to the next exercise is not who came to the last one; each side counts its own troops; and a total
    may come to cover more places, not fewer.
    """
    return (
        pair.kin < threshold("kin_least")
        or mine.is_of_unlike_time(theirs)
        or _is_only_added(mine, theirs)
        or (mine.nth and mine.value <= theirs.value)
        or _is_only_planned(mine, pair)
        or _is_only_forecast(mine, pair)
        or is_anothers(mine, pair)
        or _is_of_another_name(mine, pair, scene)
        or _is_of_another_person(mine, pair)
        or _is_of_some(mine, pair)
        or _is_another_vote(mine, pair)
        or _is_where(mine, theirs, pair)
        or _is_other_length(mine, pair)
        or _is_of_other_size(mine, theirs)
        or _is_of_another_deed(mine, theirs, pair)
        or _is_of_another_event(mine, pair)
        or _is_one_of_them(mine, theirs, pair)
        or _is_another_move(mine, theirs, pair)
        or (not mine.toll and are_opposed(pair.new, pair.held))
        or (elsewhere and mine.value < theirs.value)
    )


def _is_only_added(mine: Figure, theirs: Figure) -> bool:
    """Say whether a number comes on top of another and is no new total: 18 more on Monday, another 7 per cent."""
    return mine.more and (mine.sort is Sort.MEASURE or (mine.time is not None and theirs.time is None))


def _is_where(mine: Figure, theirs: Figure, pair: Pair) -> bool:
    """Say whether a figure counts the places of something else, which another party would count differently."""
    is_count = Sort.COUNT in (mine.sort, theirs.sort)
    if is_count and mine.where != theirs.where and not is_revised(mine, pair.new):
        return True  # "at 60 stations" is where, "visited 140 stations" whom
    is_alike = is_same_speaker(pair.new, pair.held) or pair.like.context >= threshold("where_context")
    return is_count and (mine.where or theirs.where) and not is_alike


def _is_other_length(mine: Figure, pair: Pair) -> bool:
    """Say whether it is how long something takes, and not plainly of the same: an eight-day siege, a 14-day strike."""
    return mine.lasts and not is_revised(mine, pair.new) and pair.like.context < threshold("measure_context")


def _is_of_other_size(mine: Figure, theirs: Figure) -> bool:
    """Say whether two measures are too far apart to be of one thing: a robot's cost, and a family's for a funeral."""
    # A share price that fell is no sum that was paid.
    is_moved = mine.level and mine.of is not None and mine.of == theirs.of
    if mine.sort is not Sort.MEASURE or is_moved or min(abs(mine.value), abs(theirs.value)) == 0:
        return False
    low, high = sorted((abs(mine.value), abs(theirs.value)))
    return high > threshold("measure_most") * low


def _is_of_another_deed(mine: Figure, theirs: Figure, pair: Pair) -> bool:
    """Say whether of what is counted one thing is told and then another: 14 homes searched, 31 gutted by a fire.

    What befell it is compared by `counts_like` where both tell; a number that has moved says that it goes on.
    """
    if is_revised(mine, pair.new):
        return False
    if mine.sort is Sort.MEASURE:
        return _is_of_another_sum(mine, theirs, pair)
    if _is_done_otherwise(mine, theirs):
        return True
    if (mine.toll and theirs.toll) or is_same_speaker(pair.new, pair.held):
        return False
    is_struck = bool(befalls(deeds(pair.new))) and not all_deeds(pair.held)  # "has three ships", "sank 12 ships"
    return is_struck or do_otherwise(pair.new, pair.held)


def _is_of_another_sum(mine: Figure, theirs: Figure, pair: Pair) -> bool:
    """Say whether with two great measures, sums of money most of the time, other things are done: lost, withdrawn."""
    if not (mine.is_sum and theirs.is_sum) or (mine.of and mine.of == theirs.of):
        return False
    return _is_done_otherwise(mine, theirs) or do_otherwise(pair.new, pair.held)


def _is_of_another_event(mine: Figure, pair: Pair) -> bool:
    """Say whether one tells of whom the weather struck and the other of whom people did: a storm, a blast."""
    if not mine.toll:
        return False
    kinds = [
        (not one.isdisjoint(_OF_NATURE), not one.isdisjoint(_OF_HANDS)) for one in (pair.new.events, pair.held.events)
    ]
    return sorted(kinds) == [(False, True), (True, False)]


def _is_one_of_them(mine: Figure, theirs: Figure, pair: Pair) -> bool:
    """Say whether one person died or was hurt, of whom many did before: the dead are no fewer for it."""
    if mine.toll not in _LASTING or mine.value > 1 or mine.nth or mine.more or is_revised(mine, pair.new):
        return False
    return theirs.value >= _SOME and not pair.new.corrects


def _is_another_move(mine: Figure, theirs: Figure, pair: Pair) -> bool:
    """Say whether two shares are moves of other days or ways: down 2.3 per cent on Monday, up 1.9 on Thursday."""
    if mine.noun != PER_CENT or mine.level:
        return False
    ways = _way(mine, pair.new.plain), _way(theirs, pair.held.plain)
    if not all(ways):
        return False
    is_of_days = mine.time == theirs.time == _A_DAY and is_another_day(pair.new, pair.held)
    return ways[0].isdisjoint(ways[1]) or is_of_days


def _way(figure: Figure, plain: Sequence[str]) -> frozenset[str]:
    """Return the way that a share moved, as the words right around its number tell: "up", "down" or neither."""
    number = next((token.text for token in words.tokens(figure.text)), None)
    if number not in plain:
        return frozenset()
    at = plain.index(number)
    near = {words.stem(word) for word in plain[max(0, at - _NEAR_WAY) : at + _NEAR_WAY + 1]}
    return frozenset(way for way, told in (("up", _UP), ("down", _DOWN)) if not near.isdisjoint(told))


def _is_done_otherwise(mine: Figure, theirs: Figure) -> bool:
    """Say whether with those that one number counts another thing was done, whoever tells: guarded by 300, 90 sent.

    What befell both is told by their tolls, where the verbs themselves tell it.
    """
    if not (mine.deed and theirs.deed) or are_alike(mine.deed, theirs.deed):
        return False
    return not (mine.toll and theirs.toll) or not {f"#{mine.toll}", f"#{theirs.toll}"} & {mine.deed, theirs.deed}


def _is_of_another_name(mine: Figure, pair: Pair, scene: Scene) -> bool:
    """Say whether each fact names somebody or some place, and none in common: the seats of one party, and another's.

    The dead of one event may be told of under many names, unless one name stands in the other's place, or both facts
    tell where they are and the held story has no such place.
    """
    if is_nearly(pair.new, pair.held) and has_other_name(pair.new, pair.held):
        return True
    parties = pair.new.party | pair.held.party
    ours, others = pair.new.names - parties, pair.held.names - parties
    if not (ours and others) or not ours.isdisjoint(others):
        return False
    return not mine.toll or _is_in_no_place_of(pair, scene)


def _is_of_another_person(mine: Figure, pair: Pair) -> bool:
    """Say whether a measure is of one person, and the held one of another: six years for him, three for his aide."""
    parties = pair.new.party | pair.held.party
    ours, others = (name_keys(profile.known.fact.people) - parties for profile in (pair.new, pair.held))
    return mine.sort is Sort.MEASURE and bool(ours and others) and ours.isdisjoint(others)


def _is_of_some(mine: Figure, pair: Pair) -> bool:
    """Say whether a share is told among some only, or of an aftershock only: unemployment among the young."""
    if mine.noun == _QUAKE:
        return (_AFTERSHOCK in pair.new.stems) != (_AFTERSHOCK in pair.held.stems)
    return mine.noun == PER_CENT and (_AMONG in pair.new.plain) != (_AMONG in pair.held.plain)


def _is_another_vote(mine: Figure, pair: Pair) -> bool:
    """Say whether votes are told of two things that were voted on: a budget, a press law."""
    return mine.noun == _VOTES and mine.of is None and swaps(pair.new, pair.held)


def _is_in_no_place_of(pair: Pair, scene: Scene) -> bool:
    """Say whether both facts tell where something is, and the new one's place is nowhere in the held one's story."""
    mine, theirs = pair.new.located, pair.held.located
    return bool(mine and theirs) and mine.isdisjoint(scene.words[pair.held.story])


def _is_only_forecast(mine: Figure, pair: Pair) -> bool:
    """Say whether what was only expected is told as it came out, and not as a newer forecast.

    Of shares neither replaces the other: inflation and growth are both foreseen and measured, again and again.
    """
    if mine.noun == PER_CENT and foresees(pair.new) != foresees(pair.held):
        return True
    return pair.held.status is Status.FORECAST and not pair.new.is_ahead and not is_revised(mine, pair.new)


def _is_only_planned(mine: Figure, pair: Pair) -> bool:
    return mine.sort is not Sort.MEASURE and pair.new.is_ahead and not pair.held.is_ahead
