"""Contradictions that no "not" tells: two opposites, a cause denied, doubts, and who had no part in what is told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from store.facts import lexicon
from store.facts.comparing.deeds import shared_things
from store.facts.comparing.name_keys import name_key
from store.facts.comparing.phrases import Phrases, find_phrases, read_phrases
from store.facts.comparing.profiles import Profile
from store.facts.comparing.sameness import LIGHT

_NOTS = frozenset({"not", "no", "never", "neither", "nor", "without", "hardly"})
_NEAR_NOT = 3  # words from "not" to the phrase: "were not in any way beaten"
_FIRST, _SECOND = "+", "-"  # the sides of a matter
_CAUSE, _NO_CAUSE, _NO_PART = "cause", "no cause", "no part"  # what the lines of `blame.tsv` tell
_THAN = frozenset({"than"})
_COMPARING = _THAN | {"as", "before", "after"}
_HAVING = frozenset({"has", "have", "had", "puts", "put"})
_GIVEN_BY = frozenset({"says", "say", "claims", "claim", "admits", "gives", "gave", "reports"})
_PARTIES = frozenset({"the", "its", "his", "her", "their"})
_NEAR_SAID = 8  # words from "than" to "has it"
_ENDING = 2  # consonants of "-n", "-sh", "-s"


def are_opposites(new: Profile, held: Profile) -> bool:
    """Say whether the two say opposite things of one matter: a memo is genuine, it is a forgery.

    They must tell of one thing beside, and of one time: what will be safe contradicts nothing that is not.
    """
    mine = _sides_of(new.plain)
    if not mine or new.is_ahead != held.is_ahead:
        return False
    theirs = _sides_of(held.plain)
    if not mine.isdisjoint(theirs):
        return False  # "an accident, no sabotage" tells both sides of one matter, as the other does
    return any((matter, _other(side)) in theirs for matter, side in mine) and _are_of_one_thing(new, held)


def _other(side: str) -> str:
    return _SECOND if side == _FIRST else _FIRST


def _are_of_one_thing(new: Profile, held: Profile) -> bool:
    """Say whether both tell of one thing or name, other than who speaks and where it was."""
    common = (new.words & held.words) - LIGHT.keys()
    return any(name_key(term) not in new.party | new.located | held.located for term in common)


@lru_cache(maxsize=4096)  # one new fact stands beside many held ones, and these beside many new ones
def _sides_of(plain: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return the matters of `contradictions.tsv` of which a sentence takes a side, each with the side."""
    found: set[tuple[str, str]] = set()
    for at, told in find_phrases(plain, _opposites()):
        matter, side = told[:-1], told[-1]
        is_turned = not _NOTS.isdisjoint(plain[max(0, at - _NEAR_NOT) : at])
        found.add((matter, _other(side) if is_turned else side))
    return frozenset(found)


@cache
def _opposites() -> Phrases:
    """Return the phrases of both sides; each tells its matter, and at the end the side."""
    rows = lexicon.table("contradictions.tsv")
    first = [(matter + _FIRST, listed) for matter, listed, _ in rows]
    return read_phrases([*first, *((matter + _SECOND, listed) for matter, _, listed in rows)])


def is_cause_denied(new: Profile, held: Profile) -> bool:
    """Say whether one names as a cause what the other says is none: "fog is the likeliest cause", "no factor".

    Both must tell of one thing beside names and deeds: the fog.
    """
    if not _blames_of(new.plain):  # of most facts, so that the held ones need not be read
        return False
    is_denied = any(
        _NO_CAUSE in _blames_of(denial.plain) and _blames_of(claim.plain) & {_CAUSE, _NO_CAUSE} == {_CAUSE}
        for denial, claim in ((new, held), (held, new))
    )
    return is_denied and shared_things(new, held) > 0


def disowns(denial: Profile, claim: Profile) -> bool:
    """Say whether who speaks, or whom they speak for, says to have had no part in what the claim tells of them."""
    accused = denial.voice | denial.side
    if accused & claim.party or not any(_is_of(name, who) for name in claim.names for who in accused):
        return False
    return _NO_PART in _blames_of(denial.plain) and _are_of_one_thing(denial, claim)


def _is_of(name: str, who: str) -> bool:
    """Say whether a key is that of a name or of its adjective: a Korvian drone is of Korvia."""
    return name.startswith(who) and len(name) - len(who) <= _ENDING


@lru_cache(maxsize=4096)
def _blames_of(plain: Sequence[str]) -> frozenset[str]:
    """Return which lines of `blame.tsv` a sentence has a phrase of."""
    return frozenset(told for _, told in find_phrases(plain, _blaming()))


@cache
def _blaming() -> Phrases:
    return read_phrases((told, listed) for told, listed in lexicon.table("blame.tsv"))


@lru_cache(maxsize=64)
def doubts(plain: Sequence[str]) -> bool:
    """Say whether a sentence doubts what somebody says: "do not believe", "whatever the board may say"."""
    return any(find_phrases(plain, _doubting()))


@lru_cache(maxsize=64)
def sets_against(plain: Sequence[str]) -> bool:
    """Say whether a sentence sets its figure or hour against another party's: "more than the guard has it"."""
    for at, word in enumerate(plain):
        if word not in _COMPARING:
            continue
        said = plain[at + 2 : at + _NEAR_SAID]
        if any(verb in _HAVING and it == "it" for verb, it in pairwise(said)):
            return True
        if word in _THAN and not _GIVEN_BY.isdisjoint(said) and not _PARTIES.isdisjoint(plain[at + 1 : at + 2]):
            return True
    return False


@cache
def _doubting() -> Phrases:
    return read_phrases(("doubt", line) for line in lexicon.lines("doubts.txt"))
