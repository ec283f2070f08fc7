"""What is new against what is held: how a fact becomes an alert, or stays silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from store.facts.changes import ends_state, read_changes
from store.facts.copies import find_origin, is_copy, plain_words
from store.facts.figures import Figure, Sort
from store.facts.model import Bearing, Finding, Known, RelationType, Status, Tag
from store.facts.profiles import Profile, read_profile
from store.facts.sameness import (
    Likeness,
    Rarity,
    is_other_side,
    is_same_outlet,
    is_same_speaker,
    likeness,
    read_rarity,
)
from store.facts.thresholds import threshold
from store.facts.words import placed_stems

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_PLANNED = frozenset({Status.PLANNED, Status.FORECAST})


@dataclass(frozen=True, slots=True)
class Pair:
    """A new fact beside a held one."""

    new: Profile
    held: Profile
    like: Likeness


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule found."""

    tag: Tag | None
    held: Profile
    relation: RelationType
    evidence: str


def compare(new: Sequence[Known], kin: Mapping[int, Sequence[Known]]) -> list[Finding]:
    """Return for each fact of a story what it is against the held facts *kin* (new position -> candidates).

    In the order of *new*. The earlier story is the held one: facts of stories published later than the new one
    never make its figures an update.
    """
    profiles: dict[int, Profile] = {}
    for known in (held for candidates in kin.values() for held in candidates):
        if known.id not in profiles:
            profiles[known.id] = read_profile(known)
    mine = [read_profile(known) for known in new]
    rarity = read_rarity([*profiles.values(), *mine])
    origin = find_origin(new, kin)
    findings = []
    for profile in mine:
        candidates = [profiles[held.id] for held in kin.get(profile.known.fact.position, ())]
        pairs = [Pair(profile, held, likeness(profile, held, rarity)) for held in candidates]
        findings.append(_judge(profile, pairs, rarity, origin))
    return findings


def _judge(new: Profile, pairs: Sequence[Pair], rarity: Rarity, origin: int | None) -> Finding:
    """Try the rules in order; the first that speaks gives the tag, all of them give bearings."""
    position = new.known.fact.position
    copy = _copied(pairs, origin)
    if copy:
        return Finding(position, None, copy.held.known.id, (_bearing(copy),))
    rules: tuple[Callable[[Profile, Sequence[Pair], Rarity], Verdict | None], ...] = (
        _position_changed,
        _figure_changed,
        _state_changed,
        _denied,
        _said_again,
    )
    verdicts = [verdict for rule in rules if (verdict := rule(new, pairs, rarity))]
    if not verdicts:
        return Finding(position, Tag.NEW)
    first = verdicts[0]
    return Finding(position, first.tag, first.held.known.id, tuple(map(_bearing, verdicts)))


def _bearing(verdict: Verdict) -> Bearing:
    return Bearing(verdict.relation, verdict.held.known.id, verdict.evidence)


def _published(profile: Profile) -> tuple[datetime, int]:
    """Order facts by when they came out, then by when they came in."""
    return (profile.known.published_at or _LONG_AGO, profile.known.id)


def _is_later(held: Profile, new: Profile) -> bool:
    """Say whether the held story came out after the new one (an old story that arrives late)."""
    mine, theirs = new.known.published_at, held.known.published_at
    return bool(mine and theirs and theirs > mine)


# ---- copies


def _copied(pairs: Sequence[Pair], origin: int | None) -> Verdict | None:
    """A sentence that is held word for word: from the same outlet, in a copied story, or long enough to be copy."""
    for pair in sorted(pairs, key=lambda pair: _published(pair.held)):
        mine, theirs = plain_words(pair.new.known.text), plain_words(pair.held.known.text)
        if not is_copy(mine, theirs):
            continue
        story = pair.held.known.origin or pair.held.known.story
        if is_same_outlet(pair.new, pair.held) or story == origin or len(mine) >= threshold("copy_words"):
            return Verdict(None, pair.held, RelationType.ALSO_REPORTS, "near-verbatim copy")
    return None


# ---- positions


def _position_changed(new: Profile, pairs: Sequence[Pair], rarity: Rarity) -> Verdict | None:
    """A side withdraws what it said, or admits what it had denied."""
    if new.known.fact.status is not Status.WALKED_BACK:
        return None
    met = [
        pair
        for pair in pairs
        if not is_other_side(pair.new, pair.held)
        and pair.held.known.fact.status is not Status.WALKED_BACK
        and (pair.like.context >= threshold("position_context") or _shares_figure(pair))
        and pair.held.known.fact.speaker
    ]
    if not met:
        return None
    best = max(met, key=lambda pair: (_shares_figure(pair), pair.held.is_denial, pair.like.context))
    return Verdict(Tag.UPDATE, best.held, RelationType.WALKS_BACK, new.known.fact.cue or "walks back")


def _shares_figure(pair: Pair) -> bool:
    return any(
        mine.value == theirs.value and mine.value >= 10 and mine.sort is not Sort.MEASURE
        for mine in pair.new.figures
        for theirs in pair.held.figures
    )


# ---- figures


def _figure_changed(new: Profile, pairs: Sequence[Pair], rarity: Rarity) -> Verdict | None:
    """A figure of the new fact replaces, or contradicts, a held one for the same thing."""
    for figure in new.figures:
        if figure.earlier:
            continue
        series = [
            (pair, theirs)
            for pair in pairs
            if not _is_later(pair.held, new)
            for theirs in pair.held.figures
            if not theirs.earlier and _one_series(figure, theirs, pair, rarity)
        ]
        if not series or any(figure.equals(theirs) for _, theirs in series):
            continue
        pair, theirs = _latest(series)
        evidence = f"{theirs.text} -> {figure.text}"
        if _disputes(figure, theirs, pair):
            return Verdict(Tag.DISPUTE, pair.held, RelationType.DISPUTES, evidence)
        return Verdict(Tag.UPDATE, pair.held, RelationType.UPDATES, evidence)
    return None


def _one_series(mine: Figure, theirs: Figure, pair: Pair, rarity: Rarity) -> bool:
    """Say whether two figures are about the same thing."""
    alike = mine.counts_like(theirs)
    if not alike:
        return _stands_in(mine, theirs, pair)
    without = frozenset(f"#{name}" for name in (mine.toll, mine.noun) if name)
    context = likeness(pair.new, pair.held, rarity, without=without).context
    if mine.sort is Sort.MEASURE:
        return context >= threshold("measure_context")
    if not mine.toll and is_other_side(pair.new, pair.held):
        return False  # each side counts its own troops
    return alike * (1.0 if is_same_speaker(pair.new, pair.held) else 0.7) * context >= threshold("series_context")


def _stands_in(mine: Figure, theirs: Figure, pair: Pair) -> bool:
    """A bare figure ("gave a figure of 10,900") goes on with the toll of the same speaker, if of the same order."""
    return (
        mine.sort is Sort.BARE
        and theirs.sort is Sort.TOLL
        and is_same_speaker(pair.new, pair.held)
        and 0.25 <= mine.value / (theirs.value or 1.0) <= 4
    )


def _latest(series: Sequence[tuple[Pair, Figure]]) -> tuple[Pair, Figure]:
    """Return the figure that is replaced: the speaker's own latest if there is one, else the latest.

    Of the facts that carry that value, the first to come out; of one story, the one most alike.
    """
    own = [(pair, theirs) for pair, theirs in series if is_same_speaker(pair.new, pair.held)] or list(series)
    told = [(pair, theirs) for pair, theirs in own if not pair.held.known.fact.background] or own
    _, last = max(told, key=lambda item: _published(item[0].held))
    carriers = [item for item in told if item[1].equals(last)]
    story = min(carriers, key=lambda item: _published(item[0].held))[0].held.known.story
    return max((c for c in carriers if c[0].held.known.story == story), key=lambda item: item[0].like.context)


def _disputes(mine: Figure, theirs: Figure, pair: Pair) -> bool:
    """Another party gives far fewer than are held already."""
    return (
        bool(pair.new.speaker and pair.held.speaker)
        and not is_same_speaker(pair.new, pair.held)
        and mine.value < threshold("fewer_disputes") * theirs.value
    )


# ---- states and schedules


def _state_changed(new: Profile, pairs: Sequence[Pair], rarity: Rarity) -> Verdict | None:
    changes = read_changes([term for _, term in placed_stems(new.known.text)])
    if not changes:
        return None
    ended = []
    for pair in pairs:
        stems = [term for _, term in placed_stems(pair.held.known.text)]
        planned = pair.held.known.fact.status in _PLANNED
        shared = (pair.new.concepts("event") | pair.new.concepts("count") | pair.new.names) & (
            pair.held.concepts("event") | pair.held.concepts("count") | pair.held.names
        )
        if not shared or pair.like.context < threshold("change_context"):
            continue
        ended += [(pair, change) for change in changes if ends_state(change, stems, planned=planned)]
    if not ended:
        return None
    pair, change = max(ended, key=lambda item: item[0].like.context)
    return Verdict(Tag.UPDATE, pair.held, RelationType.UPDATES, change.name)


# ---- contradictions


def _denied(new: Profile, pairs: Sequence[Pair], rarity: Rarity) -> Verdict | None:
    """One side denies what another says, whichever came first."""
    met = [
        pair
        for pair in pairs
        if pair.new.is_denial != pair.held.is_denial
        and is_other_side(pair.new, pair.held)
        and pair.like.context >= threshold("denial_context")
    ]
    if not met:
        return None
    best = max(met, key=lambda pair: pair.like.context)
    relation = RelationType.DENIES if new.is_denial else RelationType.DISPUTES
    return Verdict(Tag.DISPUTE, best.held, relation, new.known.fact.cue or "contradicts")


# ---- repeats


def _said_again(new: Profile, pairs: Sequence[Pair], rarity: Rarity) -> Verdict | None:
    """The fact is held: a second source the first time that another outlet or named speaker has it, else a repeat."""
    same = [pair for pair in pairs if _says_same(pair, rarity)]
    if not same:
        return None
    first = min(same, key=lambda pair: _published(pair.held))
    is_new_voice = all(not _one_voice(pair.new, pair.held) for pair in same)
    known_twice = any(not _one_voice(pair.held, other.held) for pair in same for other in same)
    tag = Tag.SECOND_SOURCE if is_new_voice and not known_twice else None
    return Verdict(tag, first.held, RelationType.ALSO_REPORTS, "same content")


def _one_voice(one: Profile, other: Profile) -> bool:
    """Say whether two facts have one outlet, and no two named speakers."""
    if one.speaker and other.speaker and not is_same_speaker(one, other):
        return False
    return is_same_outlet(one, other)


def _says_same(pair: Pair, rarity: Rarity) -> bool:
    mine = [figure for figure in pair.new.figures if not figure.earlier]
    counted = [figure for figure in mine if figure.sort is not Sort.MEASURE]
    held = [any(figure.equals(theirs) and _kin(figure, theirs) for theirs in pair.held.figures) for figure in mine]
    if counted and all(held):
        return pair.like.of_new >= threshold("same_share_figures")
    if not all(held):
        return False
    return pair.like.of_new >= threshold("same_share")


def _kin(mine: Figure, theirs: Figure) -> bool:
    return mine.counts_like(theirs) > 0


def _all_known(figures: Iterable[Figure]) -> bool:
    return all(figure.earlier for figure in figures)
