"""The scene in which facts are compared: what is rare in it, and which held stories are about the same event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple

from store.facts.comparing.profiles import Profile
from store.facts.comparing.sameness import Likeness, Rarity, likeness, read_rarity
from store.facts.comparing.thresholds import threshold
from store.facts.model import Known, RelationType, Tag

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Pair(NamedTuple):
    """A new fact beside a held one; a plain tuple, since a story makes a thousand of them."""

    new: Profile
    held: Profile
    like: Likeness
    kin: float  # 0 to 1: how surely their stories are about one running event


@dataclass(frozen=True)
class Scene:
    """All that a story is compared with."""

    rarity: Rarity
    kinship: Mapping[int, float]  # held story -> 0 to 1
    words: Mapping[int, frozenset[str]]  # held story -> terms and names of its facts here
    origin: int | None  # the held story that the new one copies

    @cached_property
    def told_of_event(self) -> frozenset[str]:
        """What the held stories that are surely about one event with the new one tell together: terms and names."""
        sure = (told for story, told in self.words.items() if self.kinship[story] >= threshold("kin_between"))
        return frozenset[str]().union(*sure)

    def pairs(self, new: Profile, candidates: Sequence[Profile]) -> list[Pair]:
        """Set *new* beside each of the held *candidates* that any rule could take for more than a stranger.

        Strangers share no event and few words with it; it can give no old figure of theirs, and where it counts or
        takes back something, another side speaks.
        """
        rarity, parties = self.rarity, new.speaker | new.side if new.figures or new.corrects else frozenset[str]()
        least_kin = min(threshold("kin_least"), threshold("bare_kin"))
        least_alike = min(threshold("copy_share"), threshold("kin_anyway"))
        meets_all = not new.terms
        met: list[Pair] = []
        for held in candidates:
            kin, shared = self.kinship[held.story], rarity.total(new.words & held.words)
            if (
                kin >= least_kin
                or meets_all
                or not (parties.isdisjoint(held.speaker) and parties.isdisjoint(held.side))
                or rarity.share_much(shared, new, held, least_alike)
                or new.may_end(held)
            ):
                met.append(Pair(new, held, likeness(new, held, rarity, shared=shared), kin))
        return met


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule found about a new fact."""

    tag: Tag | None  # None: a repeat
    held: Profile
    relation: RelationType
    evidence: str
    others: tuple[Profile, ...] = ()  # held facts that it bears on just as much


@dataclass(frozen=True, slots=True)
class _Told:
    """What the facts of one story have among them."""

    words: frozenset[str]  # terms and names
    names: frozenset[str]
    places: frozenset[str]
    bodies: frozenset[str]  # of these, what only speaks: an agency speaks about many events
    words_mass: float  # what all words weigh together
    names_mass: float

    def shares_names(self, other: _Told) -> bool:
        """Say whether both have a name; that of an agency that speaks in both only if neither is elsewhere."""
        common = self.names & other.names
        is_elsewhere = bool(self.places and other.places) and not self.places & other.places
        return bool(common - (self.bodies & other.bodies) if is_elsewhere else common)


def set_scene(new: Sequence[Profile], held: Iterable[Profile], origin: int | None) -> Scene:
    """Return the scene of a *new* story's facts among all its *held* candidates."""
    held = list(held)
    rarity = read_rarity([*held, *new])
    of_story: defaultdict[int, list[Profile]] = defaultdict(list)
    for profile in held:
        of_story[profile.story].append(profile)
    told = {story: _read_together(profiles, rarity) for story, profiles in of_story.items()}
    mine = _read_together(new, rarity)
    kinship = {story: _kinship(mine, theirs, rarity) for story, theirs in told.items()}
    sure = [story for story, kin in kinship.items() if kin >= threshold("kin_between")]
    for story, kin in kinship.items():
        if kin < threshold("kin_between") and any(
            _kinship(told[other], told[story], rarity) >= threshold("kin_between") for other in sure
        ):
            kinship[story] = max(kin, threshold("kin_by_another"))
    return Scene(rarity, kinship, {story: theirs.words for story, theirs in told.items()}, origin)


def _read_together(profiles: Sequence[Profile], rarity: Rarity) -> _Told:
    nothing = frozenset[str]()
    words = nothing.union(*[profile.words for profile in profiles])
    names = nothing.union(*[profile.names for profile in profiles])
    places = nothing.union(*[profile.places for profile in profiles])
    bodies = nothing.union(*[profile.body for profile in profiles])
    return _Told(words, names, places, bodies, rarity.total(words), rarity.total(names))


def _kinship(mine: _Told, theirs: _Told, rarity: Rarity) -> float:
    """Return how surely two stories are about one event, by the shares of their words and of their names.

    The shares are weighted, and of the shorter story.
    """
    alike = rarity.total(mine.words & theirs.words) / (min(mine.words_mass, theirs.words_mass) or 1.0)
    names = rarity.total(mine.names & theirs.names) / (min(mine.names_mass, theirs.names_mass) or 1.0)
    alike += threshold("kin_by_names") * names
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
