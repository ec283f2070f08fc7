"""What the numbers of two facts identify: one sum, one toll, one count of one thing, and not only its age or length."""

from __future__ import annotations

from collections.abc import Sequence

from store.facts import words
from store.facts.comparing.converted import in_one_unit
from store.facts.comparing.deeds import all_deeds, are_alike, deeds, in_one_form, meet
from store.facts.comparing.profiles import Profile
from store.facts.comparing.sameness import is_elsewhere, is_same_speaker
from store.facts.comparing.scene import Pair, Scene
from store.facts.comparing.tallies import PER_CENT, Figure, Sort
from store.facts.comparing.thresholds import threshold
from store.facts.comparing.two_counts import is_only_named

# Verbs that only carry the noun behind them, as stems: "came under attack", "took shelter".
CARRYING = frozenset(
    map(words.stem, (
        "come", "go", "take", "make", "give", "get", "bring", "put", "begin", "start", "leave", "suffer", "force",
        "cause", "carry", "run", "lead", "follow", "receive", "use", "happen", "fail",
    ))
)  # fmt: skip
_TOLLS = frozenset({"dead", "injured", "missing"})


def measures_another(figure: Figure, pair: Pair) -> bool:
    """Say whether one share is said of two things: exports rose by 12 per cent, and so did rail traffic."""
    if figure.of or figure.noun != PER_CENT:
        return False
    mine, theirs = _of_what(figure, pair.new), _of_what(figure, pair.held)
    return bool(mine - theirs and theirs - mine)


def _is_of_one_thing(figure: Figure, pair: Pair) -> bool:
    """Say whether both print of what a sum is, one perhaps in more words: "payments", "payments to farmers".

    A share is of whom both name: Marov has 49.7 per cent.
    """
    if figure.noun == PER_CENT:
        return not pair.new.names.isdisjoint(pair.held.names - pair.new.party - pair.held.party)
    mine, theirs = _of_what(figure, pair.new), _of_what(figure, pair.held)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def _of_what(figure: Figure, profile: Profile) -> set[str]:
    """Return the telling stems of what a fact's figures of one value are of."""
    quantities = map(in_one_unit, profile.known.fact.quantities)
    told = (quantity.what or "" for quantity in quantities if quantity.value == figure.value)
    return {stem for what in told for stem in words.telling_stems(what)}


def identify(figures: Sequence[Figure], pair: Pair) -> bool:
    """Say whether the numbers tell what is told of: two telling ones, a toll, a count, or a measure of the same thing.

    Of "the 23 pilgrims" who were killed something else may be told, and of 42 schools; and 12 per cent is of many
    things. A count of which it is not told what befell it needs a deed that both tell of.
    """
    telling = [figure for figure in figures if figure.is_telling and not figure.lasts]
    if len(telling) > 1 or share_sums(pair) or is_own_sum(pair):
        return True
    for mine in telling:
        for theirs in pair.held.figures_near(mine):
            if not mine.equals(theirs) or mine.toll != theirs.toll:
                continue
            if mine.sort is Sort.MEASURE:
                if is_only_named(mine, pair.new) and not is_only_named(theirs, pair.held):
                    continue
                if (mine.of or mine.stuff) in {theirs.of, theirs.stuff} - {None} or _is_of_one_thing(mine, pair):
                    return True
            elif mine.toll or _do_alike(mine, theirs, pair):
                return True
    return False


def share_sums(pair: Pair) -> bool:
    """Say whether both give two great sums, of which one may be the old one: they hardly turn up together twice."""
    if not pair.new.amounts:
        return False
    sums = {figure.value for figure in pair.new.figures if figure.is_sum}
    return len(sums) > 1 and sums <= {figure.value for figure in pair.held.figures}


def is_own_sum(pair: Pair) -> bool:
    """Say whether one speaker gives one sum in both, whom else that contradicts: "capped at 180 million crowns"."""
    return is_same_speaker(pair.new, pair.held) and any(
        mine.is_sum
        and mine.is_telling
        and mine.equals(theirs)
        and mine.counts_like(theirs) > 0
        and (not (mine.deed and theirs.deed) or are_alike(mine.deed, theirs.deed))
        for mine in pair.new.figures
        for theirs in pair.held.figures_near(mine)
    )


def _do_alike(mine: Figure, theirs: Figure, pair: Pair) -> bool:
    """Say whether one thing is done with those counted, or at least told of in both."""
    if mine.deed and theirs.deed and are_alike(mine.deed, theirs.deed):
        return True
    return meet(all_deeds(pair.new), all_deeds(pair.held))


def is_the_toll(figures: Sequence[Figure], pair: Pair, scene: Scene) -> bool:
    """Say whether the new fact only gives the dead or wounded of an event again, with nothing done that is not held.

    However small the number is, it is the toll when the stories are surely about one event and one place.
    """
    if len(figures) != 1 or pair.kin < threshold("kin_between") or is_elsewhere(pair.new, pair.held):
        return False
    if pair.new.events and pair.held.events and pair.new.events.isdisjoint(pair.held.events):
        return False
    (mine,) = figures
    is_there = any(
        mine.equals(other)
        and mine.toll == other.toll
        and mine.counts_like(other) >= 1
        and mine.noun in {None, "people", other.noun}  # three firemen are not the three people hurt
        for other in pair.held.figures_near(mine)
    )
    if not is_there or mine.toll not in _TOLLS or mine.part or mine.more or mine.vague or mine.bygone:
        return False
    told = scene.rarity.total(pair.new.words & scene.told_of_event)
    is_told = told >= threshold("same_told") * scene.rarity.total(pair.new.words)
    return is_told and deeds(pair.new) - CARRYING <= in_one_form(scene.told_of_event)
