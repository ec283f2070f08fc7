"""What a sentence says was done or took place, apart from whom and what it names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from store.facts import words
from store.facts.comparing.concepts import concept_kinds
from store.facts.comparing.profiles import Profile, name_key
from store.facts.comparing.sameness import LIGHT
from store.facts.numbers.counted import is_past

_KINDS = frozenset({"toll", "state", "event", "act"})  # of concepts: what happens, not who or what it happens to
_NEWS = frozenset({"toll", "state", "event"})
WIDE = frozenset({"#displaced", "#returned", "#laidoff"})  # ships "had left", a minister "was sacked" too
_PASSED = frozenset({"sentence"})  # counted in years, and a deed of a court
# A verb follows these, whatever it looks like: "will build", "to open".
_BEFORE_VERBS = frozenset({"will", "would", "to", "can", "could", "may", "might", "must", "should", "shall", "not"})
_BE = frozenset({"is", "are", "was", "were", "be", "been"})


def deeds(profile: Profile) -> frozenset[str]:
    """Return those of a fact's terms that tell what was done: concepts such as "#attack", stems of verbs.

    Verbs of saying are no terms, so that they are none of these; verbs in the present tense are not told from nouns.
    """
    named = {term for term in profile.terms if term[0] == "#" and _is_deed(term[1:])}
    return (_verbs(profile.plain) & profile.terms | named) - LIGHT.keys()


def befalls(done: frozenset[str]) -> frozenset[str]:
    """Return those of some deeds that are news by themselves: tolls and events, "#detained", "#fire"."""
    return frozenset(deed for deed in done if deed[0] == "#" and concept_kinds()[deed[1:]] in _NEWS) - WIDE


def shared_things(new: Profile, held: Profile) -> int:
    """Return how many telling words two facts share beside names, deeds and who speaks in which office."""
    offices = {words.stem(word) for word in f"{_office(new)} {_office(held)}".lower().split()}
    common = (new.terms & held.terms) - new.names - new.voice - held.voice - offices - deeds(new) - LIGHT.keys()
    return len({name_key(term) for term in common})  # a sentence's first word may be a name, and stands there twice


def _office(profile: Profile) -> str:
    speaker = profile.known.fact.speaker
    return (speaker.role or "") if speaker else ""


def _is_deed(concept: str) -> bool:
    return concept in _PASSED or concept_kinds()[concept] in _KINDS


@lru_cache(maxsize=1024)  # one new fact stands beside many held ones
def _verbs(plain: Sequence[str]) -> frozenset[str]:
    after = {
        word for before, word in pairwise(plain) if before in _BEFORE_VERBS or (before in _BE and word[-3:] == "ing")
    }
    return frozenset(words.stem(word) for word in plain if word in after or is_past(word))
