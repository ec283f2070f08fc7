"""How alike two facts are: shared words weighted by rarity, shared names, speakers and sides."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from store.facts.comparing.profiles import Profile
from store.facts.comparing.thresholds import threshold

# Concepts that nearly every story has weigh less than words that tell it apart.
LIGHT = {"#people": 0.3, "#count": 0.3, "#move": 0.6, "#take": 0.3, "#capital": 0.3, "#cause": 0.3, "#additional": 0.5}

_FRACTIONS = 1 << 20
_ROUNDED = 1e-6  # more than rounding can make of a weight
_NONE = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Rarity:
    """What terms weigh among the facts compared: rare ones more, from 0.2 for one that is in every fact."""

    weights: Mapping[str, float]
    masses: Mapping[int, float]  # of all words of a fact, by its id
    seen: Mapping[str, int]
    most_seen: float  # of a rare term

    def total(self, terms: Iterable[str]) -> float:
        """Return what *terms* weigh together."""
        return sum(map(self.weights.__getitem__, terms))

    def share_much(self, shared: float, new: Profile, held: Profile, least: float) -> bool:
        """Say whether one of two facts that share so much may have *least* of the other's words, whoever speaks."""
        return shared >= least * min(self.masses[new.id], self.masses[held.id]) - _ROUNDED

    def is_rare(self, term: str) -> bool:
        """Say whether few of the facts have it."""
        return self.seen.get(term, 0) <= self.most_seen


def read_rarity(profiles: Sequence[Profile]) -> Rarity:
    """Count in how many facts each term stands. Only *profiles*, of distinct ids, can be weighed."""
    seen = Counter(chain.from_iterable([profile.words for profile in profiles]))
    facts = len(profiles)
    rareness = [  # by the number of facts that have it
        max(0.2, math.log((facts + 3) / (count + 1))) for count in range(facts + 1)
    ]
    usual = list(map(in_fractions, rareness))
    weights = {term: usual[count] for term, count in seen.items()}
    weights |= {term: in_fractions(rareness[seen[term]] * LIGHT[term]) for term in LIGHT.keys() & weights.keys()}
    masses = {profile.id: sum(map(weights.__getitem__, profile.words)) for profile in profiles}
    return Rarity(weights, masses, seen, max(1.0, threshold("rare") * facts))


def in_fractions(weight: float) -> float:
    """Round to a small fraction of two: such numbers add up to the same sum in any order, as sets give them."""
    return round(weight * _FRACTIONS) / _FRACTIONS


class Likeness(NamedTuple):
    """How much a new fact and a held one share; shares run from 0 to 1."""

    of_new: float  # of the new fact's words, found in the held one
    of_held: float  # of the held one's words, found in the new fact
    context: float  # their geometric mean: high only when both mostly say the same


_UNLIKE = Likeness(0.0, 0.0, 0.0)


def likeness(
    new: Profile, held: Profile, rarity: Rarity, *, without: frozenset[str] = _NONE, shared: float | None = None
) -> Likeness:
    """Compare the words and names of two facts; *without* are terms that do not count (what is counted itself).

    That both have one speaker is no shared content, so the speaker's own name does not count either. What all the words
    that they share weigh is added up here, unless the caller knows it.
    """
    if shared is None:
        shared = rarity.total(new.words & held.words)
    if not shared:
        return _UNLIKE
    of_new, of_held = rarity.masses[new.id], rarity.masses[held.id]
    if without or not new.speaker.isdisjoint(held.speaker):
        without |= new.speaker & held.speaker
        mine, theirs = without & new.words, without & held.words
        shared -= rarity.total(mine & theirs)
        of_new -= rarity.total(mine)
        of_held -= rarity.total(theirs)
    of_new, of_held = shared / (of_new or 1.0), shared / (of_held or 1.0)
    return Likeness(of_new, of_held, math.sqrt(of_new * of_held))


def is_same_speaker(new: Profile, held: Profile) -> bool:
    """Say whether both have the same speaker, whatever the spelling; two outlets speaking themselves are not one."""
    if not new.speaker or not held.speaker:
        return False
    return len(new.speaker & held.speaker) >= 0.5 * len(new.speaker | held.speaker)


def is_other_side(new: Profile, held: Profile) -> bool:
    """Say whether both have a speaker, and the speakers are not known to speak for the same country or body."""
    if not (new.speaker and held.speaker) or is_same_speaker(new, held) or new.side & held.side:
        return False
    return not (_is_for(new, held) or _is_for(held, new))


def is_one_side(new: Profile, held: Profile) -> bool:
    """Say whether both have a speaker, the same one or one known to speak for the same country or body."""
    return bool(new.speaker and held.speaker) and not is_other_side(new, held)


def _is_for(person: Profile, body: Profile) -> bool:
    """Say whether one speaks for the other: a commander of the coast guard, and the coast guard."""
    return bool(person.side) and person.side <= body.speaker


def tells_of_speaker(new: Profile, held: Profile) -> bool:
    """Say whether who speaks in the held fact, or whom that one speaks for, speaks in the new one or is named there."""
    named = new.words | new.speaker
    return any(len(named & whose) >= 0.5 * len(whose) > 0 for whose in (held.speaker, held.side))


def are_opposed(new: Profile, held: Profile) -> bool:
    """Say whether it is known for whom both speak, and it is not the same: two countries, a firm and its union."""
    speakers = new.known.fact.speaker, held.known.fact.speaker
    return all(speaker and speaker.of for speaker in speakers) and is_other_side(new, held)


def is_elsewhere(new: Profile, held: Profile) -> bool:
    """Say whether both name places, and none in common."""
    return bool(new.places and held.places) and not new.places & held.places


def is_same_outlet(new: Profile, held: Profile) -> bool:
    """Say whether one outlet carries both: by name or by agency credit."""
    mine = {name.casefold() for name in (new.known.outlet, new.known.agency) if name}
    theirs = {name.casefold() for name in (held.known.outlet, held.known.agency) if name}
    return bool(mine & theirs) or (not mine and not theirs)
