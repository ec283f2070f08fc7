"""The scene in which facts are compared: what is rare in it, and which held stories are about the same event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime

from store.facts.model import Known, RelationType, Tag
from store.facts.profiles import Profile
from store.facts.sameness import Likeness, Rarity, likeness, read_rarity
from store.facts.thresholds import threshold

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


def set_scene(new: Sequence[Profile], held: Iterable[Profile], origin: int | None) -> Scene:
    """Return the scene of a *new* story's facts among all its *held* candidates."""
    held = list(held)
    rarity = read_rarity([*held, *new])
    words: defaultdict[int, set[str]] = defaultdict(set)
    names: defaultdict[int, set[str]] = defaultdict(set)
    for profile in held:
        words[profile.known.story] |= profile.words - profile.body
        names[profile.known.story] |= profile.names - profile.body
    my_names = frozenset[str]().union(*(profile.names - profile.body for profile in new))
    my_words = frozenset[str]().union(*(profile.words - profile.body for profile in new))
    kinship = {story: _kinship(my_words, my_names, words[story], names[story], rarity) for story in words}
    sure = [story for story, kin in kinship.items() if kin >= threshold("kin_between")]
    for story, kin in kinship.items():
        if kin < threshold("kin_between") and any(
            _kinship(words[other], names[other], words[story], names[story], rarity) >= threshold("kin_between")
            for other in sure
        ):
            kinship[story] = max(kin, threshold("kin_by_another"))
    return Scene(rarity, kinship, {story: frozenset(terms) for story, terms in words.items()}, origin)


def _share(mine: Set[str], theirs: Set[str], rarity: Rarity) -> float:
    """Return the weighted share that is common, of the shorter story."""
    return rarity.total(mine & theirs) / (min(rarity.total(mine), rarity.total(theirs)) or 1.0)


def _kinship(my_words: Set[str], my_names: Set[str], words: Set[str], names: Set[str], rarity: Rarity) -> float:
    """Return how surely two stories are about one event, by the shares of their words and of their names."""
    alike = _share(my_words, words, rarity)
    alike += threshold("kin_by_names") * _share(my_names, names, rarity)
    if not my_names & names:
        alike -= threshold("kin_nameless")
    low, high = threshold("kin_from"), threshold("kin_sure")
    return min(1.0, max(0.0, (alike - low) / (high - low)))


def published(known: Known) -> tuple[datetime, int]:
    """Order facts by when they came out, then by when they came in."""
    return known.published_at or _LONG_AGO, known.id


def came_later(held: Known, new: Known) -> bool:
    """Say whether the held story came out after the new one: an old story that arrives late updates nothing."""
    return bool(new.published_at and held.published_at and held.published_at > new.published_at)
