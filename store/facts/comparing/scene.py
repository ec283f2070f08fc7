"""The scene in which facts are compared: what is rare in it, and which held stories are about the same event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime

from store.facts.comparing.profiles import Profile
from store.facts.comparing.sameness import Likeness, Rarity, likeness, read_rarity
from store.facts.comparing.thresholds import threshold
from store.facts.model import Known, RelationType, Tag

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pair:
    """A new fact beside a held one."""

    new: Profile
    held: Profile
    like: Likeness
    kin: float  # 0 to 1: how surely their stories are about one running event


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a story is compared with."""

    rarity: Rarity
    kinship: Mapping[int, float]  # held story -> 0 to 1
    words: Mapping[int, frozenset[str]]  # held story -> terms and names of its facts here
    origin: int | None  # the held story that the new one copies

    def pair(self, new: Profile, held: Profile) -> Pair:
        """Set *new* beside *held*."""
        return Pair(new, held, likeness(new, held, self.rarity), self.kinship.get(held.known.story, 0.0))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule found about a new fact."""

    tag: Tag | None  # None: a repeat
    held: Profile
    relation: RelationType
    evidence: str
    others: tuple[Profile, ...] = ()  # held facts that it bears on just as much


@dataclass(slots=True)
class _Told:
    """What the facts of one story have among them."""

    words: set[str] = field(default_factory=set)  # terms and names
    names: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)  # of these, what only speaks: an agency speaks about many events

    def add(self, profile: Profile) -> None:
        self.words |= profile.words
        self.names |= profile.names
        self.places |= profile.places
        self.bodies |= profile.body

    def shares_names(self, other: _Told) -> bool:
        """Say whether both have a name; that of an agency that speaks in both only if neither is elsewhere."""
        common = self.names & other.names
        is_elsewhere = bool(self.places and other.places) and not self.places & other.places
        return bool(common - (self.bodies & other.bodies) if is_elsewhere else common)


def set_scene(new: Sequence[Profile], held: Iterable[Profile], origin: int | None) -> Scene:
    """Return the scene of a *new* story's facts among all its *held* candidates."""
    held = list(held)
    rarity = read_rarity([*held, *new])
    told: defaultdict[int, _Told] = defaultdict(_Told)
    for profile in held:
        told[profile.known.story].add(profile)
    mine = _Told()
    for profile in new:
        mine.add(profile)
    kinship = {story: _kinship(mine, theirs, rarity) for story, theirs in told.items()}
    sure = [story for story, kin in kinship.items() if kin >= threshold("kin_between")]
    for story, kin in kinship.items():
        if kin < threshold("kin_between") and any(
            _kinship(told[other], told[story], rarity) >= threshold("kin_between") for other in sure
        ):
            kinship[story] = max(kin, threshold("kin_by_another"))
    return Scene(rarity, kinship, {story: frozenset(theirs.words) for story, theirs in told.items()}, origin)


def _share(mine: Set[str], theirs: Set[str], rarity: Rarity) -> float:
    """Return the weighted share that is common, of the shorter story."""
    return rarity.total(mine & theirs) / (min(rarity.total(mine), rarity.total(theirs)) or 1.0)


def _kinship(mine: _Told, theirs: _Told, rarity: Rarity) -> float:
    """Return how surely two stories are about one event, by the shares of their words and of their names."""
    alike = _share(mine.words, theirs.words, rarity)
    alike += threshold("kin_by_names") * _share(mine.names, theirs.names, rarity)
    if not mine.shares_names(theirs):
        alike -= threshold("kin_nameless")
    low, high = threshold("kin_from"), threshold("kin_sure")
    return min(1.0, max(0.0, (alike - low) / (high - low)))


def published(known: Known) -> tuple[datetime, int]:
    """Order facts by when they came out, then by when they came in."""
    return known.published_at or _LONG_AGO, known.id


def came_later(held: Known, new: Known) -> bool:
    """Say whether the held story came out after the new one: an old story that arrives late updates nothing."""
    return bool(new.published_at and held.published_at and held.published_at > new.published_at)
