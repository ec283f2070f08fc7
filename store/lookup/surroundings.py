"""What stands around a sentence: its story's title and the sentences beside it."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from store.database.reading import known_facts
from store.facts.model import Known
from store.facts.words import telling_stems
from store.lookup.objecting import terms_of

Surroundings = Callable[[Known], frozenset[str]]

_NEAR = 2  # sentences on each side


def read_surroundings(db: Database) -> Surroundings:
    """Return a function that gives the terms around a fact.

    It reads a fact's surroundings when they are first asked for: only the first few of a ranked list are looked at so
    closely, and reading them for all took a third of the time of an answer.
    """
    read: dict[int, frozenset[str]] = {}

    def around(known: Known) -> frozenset[str]:
        if known.id not in read:
            near = known_facts(db, range(known.id - _NEAR, known.id + _NEAR + 1)).values()
            terms = (terms_of(other) for other in near if other.story == known.story)
            read[known.id] = frozenset(telling_stems(known.title or "")).union(*terms)
        return read[known.id]

    return around


def nothing_around(_: Known) -> frozenset[str]:
    """Give no terms: for a sentence that stands alone."""
    return frozenset()
