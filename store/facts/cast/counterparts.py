"""The office of those who are only called somebody's counterpart: "his Kyrgyz counterpart, Asel Bekova"."""

from __future__ import annotations

from dataclasses import replace

from store.facts.cast.vocabulary import title_sort
from store.facts.model import Cast, Entity, Kind

_EQUALS = frozenset({"counterpart", "opposite number"})
_COLLEAGUES = frozenset({"colleague"})  # of one office only when told apart by their country: "his Tajik colleague"


def with_own_offices(cast: Cast) -> Cast:
    """Return *cast* with each counterpart in the office of the person it is the counterpart of.

    That is the one with an office who is named last before it. Where there is none, the role is left empty: that
    somebody is a colleague tells nothing about them.
    """
    if not any(_is_equal(entity) for entity in cast.entities):
        return cast
    return Cast(tuple(_in_office(entity, cast) if _is_equal(entity) else entity for entity in cast.entities))


def _is_equal(entity: Entity) -> bool:
    words = (entity.role or "").lower()
    return entity.kind is Kind.PERSON and words.endswith((*_EQUALS, *_COLLEAGUES))


def _in_office(entity: Entity, cast: Cast) -> Entity:
    """Give a counterpart the office of the other, without the country of it: "Defence Minister"."""
    if (entity.role or "").lower().endswith(tuple(_COLLEAGUES)) and not entity.of:
        return replace(entity, role=None)
    here = entity.mentions[0].start if entity.mentions else 0
    others = [
        (mention.start, other)
        for other in cast.of_kind(Kind.PERSON)
        if other is not entity and other.role and not _is_equal(other)
        for mention in other.mentions
        if mention.start < here
    ]
    other = max(others, key=lambda pair: pair[0])[1] if others else None
    return replace(entity, role=_office(other.role or "") if other else None)


def _office(role: str) -> str | None:
    """Return the words of a role that make the office: "Foreign Minister" of "Ruvian Foreign Minister"."""
    words = role.split()
    first = next((at for at, word in enumerate(words) if title_sort(word) or word.islower()), len(words))
    return " ".join(words[first:]) or None
