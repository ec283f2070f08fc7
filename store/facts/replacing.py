"""What replaces something held: newer figures, positions, states and schedules."""

from __future__ import annotations

from collections.abc import Sequence

from store.facts.changes import ended
from store.facts.model import RelationType, Status, Tag
from store.facts.profiles import Profile
from store.facts.sameness import are_opposed, is_same_speaker, likeness
from store.facts.scene import Pair, Scene, Verdict, came_later, published
from store.facts.tallies import Figure, Sort
from store.facts.thresholds import threshold

_PLANNED = frozenset({Status.PLANNED, Status.FORECAST})


# ---- positions


def find_changed_position(new: Profile, pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """A side withdraws what it said, or admits what it had denied."""
    fact = new.known.fact
    if fact.status is not Status.WALKED_BACK and not new.changes.admits and not new.changes.reverses:
        return None
    met = [(score, pair) for pair in pairs if (score := _meets_position(pair, scene)) > 0]
    if not met:
        return None
    (surest, best), *others = sorted(met, key=lambda item: item[0], reverse=True)
    alike = tuple(pair.held for score, pair in others if score >= threshold("nearly") * surest)
    return Verdict(Tag.UPDATE, best.held, RelationType.WALKS_BACK, fact.cue or "walks back", alike)


def _is_their_own(pair: Pair) -> bool:
    """Say whether the held fact's speaker speaks in the new one, or is who it is about."""
    return (
        is_same_speaker(pair.new, pair.held)
        or len(pair.new.names & pair.held.speaker) >= 0.5 * len(pair.held.speaker) > 0
    )


def _meets_position(pair: Pair, scene: Scene) -> float:
    """Return how surely the held fact is what the new one takes back; 0: it is not."""
    held = pair.held.known.fact
    if are_opposed(pair.new, pair.held) or held.status is Status.WALKED_BACK:
        return 0.0
    if not held.speaker and not pair.new.changes.reverses:
        return 0.0
    admitted = pair.new.terms & pair.held.negated
    withdraws = pair.new.known.fact.status is Status.WALKED_BACK or pair.new.changes.reverses
    if not withdraws and held.status is not Status.DENIED and not admitted:
        return 0.0  # an admission takes back only a denial
    figures = [
        mine
        for mine in pair.new.figures
        if mine.is_telling and any(mine.value == theirs.value for theirs in pair.held.figures)
    ]
    subjects = pair.new.subjects & pair.held.subjects
    is_own = _is_their_own(pair) and (
        pair.new.changes.reverses or bool((pair.new.terms & pair.held.terms) - pair.new.names)
    )
    if not (figures or subjects or admitted or is_own) and pair.like.context < threshold("position_context"):
        return 0.0
    weight = scene.rarity.total((pair.new.terms & pair.held.terms) - pair.new.names)
    weight += 2.0 * _is_their_own(pair)
    return weight + 3.0 * len(figures) + 3.0 * len(admitted) + 1.0 * (held.status in {*_PLANNED, Status.DENIED})


# ---- figures


def find_changed_figure(new: Profile, pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """A figure of the new fact replaces, or contradicts, a held one for the same thing."""
    told = [figure for figure in new.figures if not (figure.earlier or figure.vague or figure.bygone)]
    totals = [figure for figure in told if not figure.more] or told
    for figure in sorted(totals, key=lambda figure: not figure.level):
        series = [
            (pair, theirs, surety)
            for pair in pairs
            if not came_later(pair.held.known, new.known)
            for theirs in pair.held.figures
            if not (theirs.earlier or theirs.vague or theirs.bygone)
            and (surety := _surety(figure, theirs, pair, scene)) > 0
        ]
        if not series or _is_known(figure, pairs, scene):
            continue
        pair, theirs = _latest(series)
        evidence = f"{theirs.text} -> {figure.text}"
        others = tuple(
            item[0].held for item in series if item[1].value == theirs.value and item[0].held is not pair.held
        )
        if _disputes(figure, theirs, pair):
            return Verdict(Tag.DISPUTE, pair.held, RelationType.DISPUTES, evidence, others)
        return Verdict(Tag.UPDATE, pair.held, RelationType.UPDATES, evidence, others)
    return None


def _is_known(figure: Figure, pairs: Sequence[Pair], scene: Scene) -> bool:
    """Say whether a story about the event has the number already; of a measure, for the same thing."""
    return any(
        figure.equals(theirs)
        and (figure.counts_like(theirs) >= threshold("known_alike") or _surety(figure, theirs, pair, scene) > 0)
        for pair in pairs
        if pair.kin >= threshold("kin_least")
        for theirs in pair.held.figures
    )


def _surety(mine: Figure, theirs: Figure, pair: Pair, scene: Scene) -> float:
    """Return how surely two figures are about the same thing, by what they count, who counts, and where; 0: not."""
    if _stands_in(mine, theirs, pair):
        return threshold("series")
    is_replaced = _names_old_figure(pair.new, theirs)
    alike = mine.counts_like(theirs)
    if pair.kin < threshold("kin_least") and not is_replaced:
        return 0.0
    if not alike or (mine.sort is Sort.MEASURE and pair.held.is_denial):
        return 0.0
    if not mine.toll and are_opposed(pair.new, pair.held):
        return 0.0  # each side counts its own troops
    elsewhere = _is_elsewhere(pair, scene)
    if elsewhere and mine.value < theirs.value and not is_replaced:
        return 0.0  # a total may come to cover more places, not fewer
    counted = frozenset(f"#{name}" for name in (mine.toll, mine.noun) if name)
    surety = likeness(pair.new, pair.held, scene.rarity, without=counted).context
    surety += threshold("series_kin") * pair.kin
    surety += threshold("series_speaker") * is_same_speaker(pair.new, pair.held)
    surety += threshold("series_event") * bool(_setting(mine, pair.new) & _setting(theirs, pair.held))
    surety -= threshold("series_elsewhere") * _is_other_event(mine, pair)
    surety += threshold("series_level") * mine.level
    surety += threshold("series_replaced") * is_replaced
    surety -= threshold("series_elsewhere") * elsewhere
    return surety if surety >= _needed(mine, alike) else 0.0


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


def _names_old_figure(new: Profile, theirs: Figure) -> bool:
    """Say whether the new fact itself gives the held figure as the old one: "up from the 4,500"."""
    return any(figure.earlier and figure.equals(theirs) for figure in new.figures)


def _is_elsewhere(pair: Pair, scene: Scene) -> bool:
    """Say whether both facts name places, and none in common, other than those that the whole event is about."""
    mine, theirs = (
        frozenset(place for place in profile.places if scene.rarity.is_rare(place)) for profile in (pair.new, pair.held)
    )
    return bool(mine and theirs) and not mine & theirs


def _stands_in(mine: Figure, theirs: Figure, pair: Pair) -> bool:
    """A bare figure ("gave a figure of 10,900") goes on with a toll of the same order in a kin story."""
    return (
        (mine.sort is Sort.BARE or (mine.sort is Sort.COUNT and mine.noun == "people" and mine.alone))
        and theirs.sort is Sort.TOLL
        and mine.is_telling
        and (is_same_speaker(pair.new, pair.held) or pair.kin >= threshold("bare_kin"))
        and threshold("bare_least") <= mine.value / (theirs.value or 1.0) <= threshold("bare_most")
    )


def _latest(series: Sequence[tuple[Pair, Figure, float]]) -> tuple[Pair, Figure]:
    """Return the figure that is replaced: in the latest story of the speaker's own if there is one, else in the latest.

    Of the facts that carry its value, the first to come out; of one story, the one that is surest.
    """
    own = [item for item in series if is_same_speaker(item[0].new, item[0].held)] or list(series)
    told = [item for item in own if _is_told(item[0])] or own
    latest = max(told, key=lambda item: published(item[0].held.known))[0].held.known.story
    pair, last, _ = max(_of_story(told, latest), key=lambda item: item[2])
    carriers = [item for item in series if item[1].equals(last) and _is_told(item[0])]
    if not carriers:
        return pair, last
    first = min(carriers, key=lambda item: published(item[0].held.known))[0].held.known.story
    pair, last, _ = max(_of_story(carriers, first), key=lambda item: item[2])
    return pair, last


def _of_story(series: Sequence[tuple[Pair, Figure, float]], story: int) -> list[tuple[Pair, Figure, float]]:
    return [item for item in series if item[0].held.known.story == story]


def _is_told(pair: Pair) -> bool:
    """Say whether the held fact is told for itself and not only recalled."""
    return not pair.held.recalls


def _disputes(mine: Figure, theirs: Figure, pair: Pair) -> bool:
    """Another party gives far fewer than are held already."""
    return (
        not (mine.more or mine.passing)
        and bool(pair.new.speaker and pair.held.speaker)
        and not is_same_speaker(pair.new, pair.held)
        and mine.value < threshold("fewer_disputes") * theirs.value
    )


# ---- states and schedules


def find_changed_state(new: Profile, pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """What was held is called off, reopened, put off or held on another day."""
    if not (new.changes.made or new.known.fact.status in _PLANNED):
        return None
    ends: list[tuple[float, Pair, str]] = []
    for pair in pairs:
        if pair.like.context < threshold("change_context") or came_later(pair.held.known, new.known):
            continue
        if pair.held.recalls or not new.things & pair.held.things:
            continue
        planned = pair.held.known.fact.status in _PLANNED or bool(pair.held.coming)
        made = sorted(ended(new.changes, pair.held.changes, planned=planned))
        surety = pair.like.context + threshold("series_kin") * pair.kin
        ends += [(surety, pair, name) for name in made]
        if planned and _is_rescheduled(pair):
            ends.append((surety, pair, "another date"))
    if not ends:
        return None
    surest, best, _ = max(ends, key=lambda item: item[0])
    nearly = threshold("nearly")
    alike = [item for item in ends if item[0] >= nearly * surest and item[1].kin >= nearly * best.kin]
    _, pair, evidence = min(alike, key=lambda item: published(item[1].held.known))
    return Verdict(Tag.UPDATE, pair.held, RelationType.UPDATES, evidence)


def _is_rescheduled(pair: Pair) -> bool:
    """Say whether one planned thing has two dates."""
    mine, theirs = pair.new.coming, pair.held.coming
    return (
        pair.new.known.fact.status in _PLANNED
        and bool(pair.new.subjects & pair.held.subjects)
        and pair.like.context >= threshold("measure_context")
        and bool(mine and theirs)
        and not any(one[0] <= other[1] and other[0] <= one[1] for one in mine for other in theirs)
    )
