"""What a connection remembers of the rows that it read lately.

What is committed never changes, ids least of all, so it is read once. Only a transaction that is rolled back takes
back what was read in it, and then all is forgotten.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from store.facts.comparing.profiles import Profile


class Told(NamedTuple):
    """What one held story tells, and by which words; below, a fact is its place in *facts*."""

    facts: Sequence[int]  # ids, the latest first
    figures: frozenset[int]  # facts that have one
    places: Mapping[int, Sequence[int]]  # by term: the facts that have it


@dataclass(slots=True)
class Memory:
    """Rows by what they are asked for; who adds to them keeps them short."""

    profiles: OrderedDict[int, Profile] = field(default_factory=OrderedDict)  # by fact; those asked for last stand last
    told: dict[int, Told] = field(default_factory=dict)  # by story
    phrases: dict[str, int] = field(default_factory=dict)  # ids by text
    phrase_texts: dict[int, str] = field(default_factory=dict)  # the other way round
    words: dict[bytes, tuple[str, str]] = field(default_factory=dict)  # terms and their name keys, by packed word
    terms: dict[str, int] = field(default_factory=dict)  # ids by term
    spelt: set[str] = field(default_factory=set)  # words of the vocabulary
    rules: int | None = None  # the number of the rules by which facts are read


_memories: WeakKeyDictionary[Database, Memory] = WeakKeyDictionary()


def memory_of(db: Database) -> Memory:
    """Return what the connection *db* remembers, to read and to add to."""
    memory = _memories.get(db)
    if memory is None:
        memory = _memories[db] = Memory()
    return memory


def forget(db: Database) -> None:
    """Forget all that was read on *db*: its transaction was rolled back, so other rows will have the new ids."""
    _memories.pop(db, None)
