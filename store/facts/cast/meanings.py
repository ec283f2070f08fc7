"""What the names of a story stand for where they are not the full ones: surnames, nicknames, abbreviations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.facts.cast.abbreviations import full_names_of
from store.facts.cast.nicknames import Nickname, nicknames_of
from store.facts.cast.people import People, people_of
from store.facts.cast.settling import Names
from store.facts.model import Kind


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the names of a story stand for where they are not the full ones."""

    people: People
    nicknames: dict[str, str]  # of people -> the full name
    full_names: dict[str, str]  # abbreviations and other names of bodies -> the full name


def meanings_of(names: Names, pairs: Sequence[Nickname]) -> Meanings:
    """Tell the people of a story, with *pairs* of names that it gives for one."""
    bodies = {name: pair.of.name for pair in pairs if names.kind_of(pair.of) is Kind.ORG for name in pair.names}
    pairs = [pair for pair in pairs if names.kind_of(pair.of) is Kind.PERSON]
    others = {name for pair in pairs for name in pair.names}
    found = (c for c in names.candidates() if names.kind_of(c) is Kind.PERSON and c.words[0][0].isupper())
    people = people_of([candidate for candidate in found if candidate.name not in others])
    return Meanings(people, nicknames_of(pairs, people), full_names_of(names) | bodies)
