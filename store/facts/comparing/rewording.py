"""How much of what one fact tells another tells in other words: "stepped down" for "resigned", "lender" for "bank"."""

from __future__ import annotations

from store.facts.comparing.concepts import concept_kinds
from store.facts.comparing.deeds import in_one_form, meet
from store.facts.comparing.name_keys import name_key
from store.facts.comparing.profiles import Profile
from store.facts.comparing.sameness import Rarity
from store.facts.comparing.thresholds import threshold


def reworded_share(new: Profile, held: Profile, rarity: Rarity) -> float:
    """Return the share, 0 to 1, of what the new fact tells that the held one has in the same words or in others.

    Who tells it is no part of it: a second source is another speaker by its nature. A word in other words counts for
    somewhat less than the same one.
    """
    own, same, left = _told(new), _same(new, held), untold(new, held)
    reworded = own - same - left
    found = rarity.total(same) + threshold("reworded") * rarity.total(reworded)
    return found / (rarity.total(own) or 1.0)


def trade(new: Profile, held: Profile) -> bool:
    """Say whether each tells something that the other does not, in no other words: "bonfires" for "marches"."""
    return bool(untold(new, held) and untold(held, new))


def _told(profile: Profile) -> frozenset[str]:
    """Return its terms and names, whoever speaks left out; a word that stands there as a name as well counts once."""
    told = profile.words - profile.party
    return frozenset(term for term in told if name_key(term) == term or name_key(term) not in told)


def _same(one: Profile, other: Profile) -> frozenset[str]:
    others = other.words | frozenset(map(name_key, other.words))
    return frozenset(term for term in _told(one) if term in others or name_key(term) in others)


def untold(one: Profile, other: Profile) -> frozenset[str]:
    """Return what one tells that the other has in no words; of names and of kinds of people none stands for another."""
    others = in_one_form(term for term in other.terms if not _is_who(term))
    return frozenset(
        term
        for term in _told(one) - _same(one, other)
        if term in one.names or _is_who(term) or not meet(in_one_form((term,)), others)
    )


def _is_who(term: str) -> bool:
    """Say whether a term is a concept of people by what they are: rebels are no other word for an army."""
    return term[0] == "#" and concept_kinds()[term[1:]] == "folk"
