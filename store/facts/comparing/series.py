"""Figures that go on with held ones: which held number a new one replaces or contradicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store.facts.comparing.contests import COUNTED
from store.facts.comparing.evidence import with_shared
from store.facts.comparing.opposing import sets_against
from store.facts.comparing.parting import are_apart
from store.facts.comparing.profiles import Profile
from store.facts.comparing.revising import is_revised
from store.facts.comparing.sameness import is_same_speaker, likeness, tells_of_speaker
from store.facts.comparing.scene import Pair, Scene, Verdict, came_later, published
from store.facts.comparing.tallies import Figure, Sort
from store.facts.comparing.thresholds import threshold
from store.facts.comparing.two_counts import is_retold, rival_of
from store.facts.model import RelationType, Tag

_A_PAIR = 2  # the held figure and its rival
_COUNTED_BY_SIDES = frozenset({"attended", "strikers"})  # the organisers' count and the police's, the firm's
_COUNTED_BY_ALL = frozenset({"dead", "injured"})


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A held figure for the same thing as a new one."""

    pair: Pair
    figure: Figure
    surety: float

    @property
    def story(self) -> int:
        return self.pair.held.story

    def when(self) -> tuple[datetime, int]:
        return published(self.pair.held.known)


def find_changed_figure(new: Profile, pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """A figure of the new fact replaces, or contradicts, a held one for the same thing."""
    told = [
        figure
        for figure in new.figures
        if not (figure.earlier or (figure.bygone and not is_revised(figure, new)))
        and (not figure.vague or (figure.spans and is_revised(figure, new)))
    ]
    pairs = [pair for pair in pairs if pair.held.amounts and _may_go_on(told, pair)] if told else []
    totals = [figure for figure in told if not figure.more] or told
    for figure in sorted(totals, key=lambda figure: (not figure.level, figure.of == COUNTED)):
        series = _series(figure, new, pairs, scene)
        if not series or _is_known(figure, pairs, scene):
            continue
        last = _latest(series)
        if is_retold(last.figure, figure, new):
            continue
        others = [item.pair.held for item in series if item.figure.value == last.figure.value]
        disputed = _disputes(figure, last)
        return Verdict(
            Tag.DISPUTE if disputed else Tag.UPDATE,
            last.pair.held,
            RelationType.DISPUTES if disputed else RelationType.UPDATES,
            with_shared(f"{last.figure.text} -> {figure.text}", new, last.pair.held),
            tuple(held for held in others if held is not last.pair.held),
        )
    return None


def find_rival_figure(new: Profile, pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """The new fact gives a held figure, and beside it that of another side, which is not held yet."""
    if len(new.amounts) < _A_PAIR:
        return None
    pairs = [pair for pair in pairs if pair.kin >= threshold("kin_least") and pair.held.amounts]
    rivals = [
        (pair, theirs, rival)
        for pair in pairs
        if not came_later(pair.held.known, new.known) and not set(new.amounts).isdisjoint(pair.held.amounts)
        for theirs in pair.held.figures
        if not (theirs.earlier or theirs.vague)
        and (rival := rival_of(theirs, new, is_own=is_same_speaker(new, pair.held)))
        and not any(rival.equals(known) for other in pairs for known in other.held.figures_near(rival))
    ]
    if not rivals:
        return None
    best, theirs, rival = max(rivals, key=lambda item: item[0].like.context)
    evidence = with_shared(f"{theirs.text} -> {rival.text}", new, best.held)
    return Verdict(Tag.DISPUTE, best.held, RelationType.DISPUTES, evidence)


def _may_go_on(told: Sequence[Figure], pair: Pair) -> bool:
    """Say whether `_surety` could be above 0 at all: most held facts are ruled out before their figures are read."""
    if pair.kin >= min(threshold("kin_least"), threshold("bare_kin")) or pair.new.may_end(pair.held):
        return True
    amounts = pair.held.amounts
    return is_same_speaker(pair.new, pair.held) and any(_may_stand_in(mine, of) for mine in told for of in amounts)


def _series(figure: Figure, new: Profile, pairs: Sequence[Pair], scene: Scene) -> list[_Earlier]:
    """Return the held figures for the same thing, of stories that came out before."""
    return [
        _Earlier(pair, theirs, surety + threshold("series_near") * _nearness(figure, theirs))
        for pair in pairs
        if not came_later(pair.held.known, new.known)
        for theirs in pair.held.figures
        if not theirs.earlier
        and theirs.bygone == figure.bygone
        and (not theirs.vague or (theirs.spans and is_revised(figure, new)))
        and (surety := _surety(figure, theirs, pair, scene)) > 0
    ]


def _nearness(mine: Figure, theirs: Figure) -> float:
    """Return how near two numbers are, 1 when equal: of two counts in one story, the nearer is likelier the one."""
    low, high = sorted((abs(mine.value), abs(theirs.value)))
    return low / high if high else 1.0


def _is_known(figure: Figure, pairs: Sequence[Pair], scene: Scene) -> bool:
    """Say whether a story about the event has the number already; of a measure, for the same thing."""
    return any(
        figure.equals(theirs)
        and (
            figure.counts_like(theirs) >= threshold("known_alike")
            or (figure.is_telling and figure.sort is theirs.sort is Sort.BARE)
            or _surety(figure, theirs, pair, scene) > 0
        )
        for pair in pairs
        if pair.kin >= threshold("kin_least")
        for theirs in pair.held.figures_near(figure)
    )


def _surety(mine: Figure, theirs: Figure, pair: Pair, scene: Scene) -> float:
    """Return how surely two figures are about the same thing, by what they count, who counts, and where; 0: not."""
    if _stands_in(mine, theirs, pair):
        return threshold("series")
    is_replaced = _names_old_figure(pair.new, mine, theirs)
    is_own = is_same_speaker(pair.new, pair.held)
    if is_replaced and pair.kin > 0 and _may_take_over(mine, theirs):
        is_doers = is_own or tells_of_speaker(pair.new, pair.held)  # "Nordium has cut its sailings"
        return threshold("series") + threshold("series_speaker") * is_own if is_doers or theirs.is_telling else 0.0
    alike = mine.counts_like(theirs)
    if not alike or (mine.sort is Sort.MEASURE and pair.held.is_denial):
        return 0.0
    elsewhere = _is_elsewhere(pair, scene)
    if not is_replaced and are_apart(mine, theirs, pair, scene, elsewhere=elsewhere):
        return 0.0
    counted = frozenset(f"#{name}" for name in (mine.toll, mine.noun) if name)
    surety = likeness(pair.new, pair.held, scene.rarity, without=counted).context
    surety += threshold("series_kin") * pair.kin
    surety += threshold("series_speaker") * is_own
    surety += threshold("series_event") * bool(_setting(mine, pair.new) & _setting(theirs, pair.held))
    surety -= threshold("series_elsewhere") * _is_other_event(mine, pair)
    surety += threshold("series_level") * mine.level
    surety += threshold("series_replaced") * is_replaced
    surety -= threshold("series_elsewhere") * elsewhere
    return surety if surety >= _needed(mine, alike) else 0.0


def _may_take_over(mine: Figure, theirs: Figure) -> bool:
    """Say whether a number that names the other as the old one may be its successor though one tells less of both."""
    is_of_people = mine.of_people and theirs.of_people
    is_of_less = mine.sort is Sort.BARE or (is_of_people and (mine.toll is None) != (theirs.toll is None))
    return is_of_less and Sort.MEASURE not in {mine.sort, theirs.sort} and not mine.part


def _needed(mine: Figure, alike: float) -> float:
    if mine.sort is Sort.MEASURE and alike < 0.5:
        return threshold("series_measure")
    return threshold("series" if mine.toll else "series_count") / alike


def _setting(figure: Figure, profile: Profile) -> frozenset[str]:
    """Return the concepts that a figure is about without counting them: the flood of a toll, the cost of a deal."""
    return profile.subjects if figure.sort is Sort.MEASURE else profile.events


def _is_other_event(mine: Figure, pair: Pair) -> bool:
    """Say whether the facts name events, and none of one kind: the dead of a quake are not those of a flood."""
    return bool(mine.toll and pair.new.events and pair.held.events) and not pair.new.events & pair.held.events


def _names_old_figure(new: Profile, mine: Figure, theirs: Figure) -> bool:
    """Say whether the new fact itself gives the held figure as the old one: "up from the 4,500".

    What a side takes back is old as well: "admitted that 260 was wrong and said it was 275".
    """
    return any(
        figure.equals(theirs) and (figure.earlier or (new.corrects and theirs.is_telling and not figure.equals(mine)))
        for figure in new.figures
    )


def _is_elsewhere(pair: Pair, scene: Scene) -> bool:
    """Say whether both facts name places, and none in common, other than those that the whole event is about."""
    mine, theirs = (
        frozenset(place for place in profile.places if scene.rarity.is_rare(place)) for profile in (pair.new, pair.held)
    )
    return bool(mine and theirs) and not mine & theirs


def _stands_in(mine: Figure, theirs: Figure, pair: Pair) -> bool:
    """A bare figure ("spoke of 7,300") goes on with a toll of the same order in a kin story."""
    return (
        theirs.sort is Sort.TOLL
        and f"{mine.text} of us" not in pair.new.known.text
        and _may_stand_in(mine, theirs.value)
        and ("#count" in pair.new.terms or theirs.toll in pair.new.subjects)
        and (theirs.toll in pair.new.subjects or not pair.new.tolls)
        and (is_same_speaker(pair.new, pair.held) or pair.kin >= threshold("bare_kin"))
    )


def _may_stand_in(mine: Figure, amount: float) -> bool:
    """Say whether a figure is so bare, and of such an order, that it may go on with a toll of that *amount*."""
    return (
        (mine.sort is Sort.BARE or (mine.sort is Sort.COUNT and mine.noun == "people" and mine.alone))
        and mine.is_telling
        and not (mine.part or mine.gap or mine.where)
        and threshold("bare_least") <= mine.value / (amount or 1.0) <= threshold("bare_most")
    )


def _latest(series: Sequence[_Earlier]) -> _Earlier:
    """Return the figure that is replaced: in the latest story of the speaker's own if there is one, else in the latest.

    One that the new fact itself names as the old figure comes first. Of the facts that carry its value, the first to
    come out; of one story, the one that is surest.
    """
    replaced = [item for item in series if _is_old_figure(item)]
    own = [item for item in series if is_same_speaker(item.pair.new, item.pair.held)]
    own = replaced or own or list(series)
    told = [item for item in own if not item.pair.held.recalls] or own
    if _is_left_behind(told, series):
        told = [item for item in series if not item.pair.held.recalls] or list(series)
    last = _surest(told, max(told, key=_Earlier.when).story)
    carriers = [item for item in series if _carries(item, last) and not item.pair.held.recalls]
    return _surest(carriers, min(carriers, key=_Earlier.when).story) if carriers else last


def _carries(item: _Earlier, last: _Earlier) -> bool:
    """Say whether a held figure is the one that is replaced, told by another: no other twelve than the drivers."""
    if not item.figure.equals(last.figure):
        return False
    is_told = Sort.BARE not in {item.figure.sort, last.figure.sort}
    return not is_told or item.figure.counts_like(last.figure) > 0 or last.figure.counts_like(item.figure) > 0


def _is_left_behind(own: Sequence[_Earlier], series: Sequence[_Earlier]) -> bool:
    """Say whether others have long counted on from a speaker's own last figure: own 2, another's 11, own 13 now.

    The dead and injured are the same for everybody; refugees are counted by each in a way of its own.
    """
    last = max(own, key=_Earlier.when)
    if last.figure.toll not in _COUNTED_BY_ALL:
        return False
    told = {figure.value for figure in last.pair.new.figures}
    most = max(told, default=0.0)
    return last.figure.value < threshold("left_behind") * most and any(
        last.figure.value < item.figure.value <= most and item.when() > last.when() for item in series
    )


def _is_old_figure(item: _Earlier) -> bool:
    return any(figure.earlier and figure.equals(item.figure) for figure in item.pair.new.figures)


def _surest(series: Sequence[_Earlier], story: int) -> _Earlier:
    return max((item for item in series if item.story == story), key=lambda item: item.surety)


def _disputes(mine: Figure, last: _Earlier) -> bool:
    """Say whether another party gives far fewer than are held already; of a crowd or of strikers also far more."""
    new, held = last.pair.new, last.pair.held
    if mine.more or not (new.speaker and held.speaker) or is_same_speaker(new, held):
        return False
    if sets_against(new.plain):
        return True  # "three times as many as the police have it"
    least = threshold("fewer_disputes")
    if mine.toll in _COUNTED_BY_SIDES and mine.toll == last.figure.toll and not mine.level:
        return mine.value < least * last.figure.value or last.figure.value < least * mine.value
    return not mine.passing and mine.value < least * last.figure.value
