"""What stands around a sentence: its story's heading, the sentences beside it, and the rest of its story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlite_utils import Database

from store.database.index import terms_of_heading, terms_of_story
from store.database.reading import known_facts
from store.facts.model import Known
from store.facts.words import telling_stems
from store.lookup.objecting import terms_of

_NEAR = 2  # sentences on each side


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Gives the terms around a fact, and those of its whole story.

    They are read when they are first asked for: only the first few of a ranked list are looked at so closely, and
    reading them for all took a third of the time of an answer.
    """

    near: Callable[[Known], frozenset[str]]
    story: Callable[[Known], frozenset[str]]


def read_surroundings(db: Database) -> Surroundings:
    """Return the surroundings of the facts held in *db*."""

    near: dict[int, frozenset[str]] = {}

    def around(known: Known) -> frozenset[str]:
        if known.id not in near:
            held = known_facts(db, range(known.id - _NEAR, known.id + _NEAR + 1)).values()
            said = (terms_of(other) for other in held if other.story == known.story)
            near[known.id] = frozenset(telling_stems(known.title or "")).union(*said)
        return near[known.id]

    whole: dict[int, frozenset[str]] = {}

    def in_story(known: Known) -> frozenset[str]:
        if known.story not in whole:
            # From the index: to read and stem a story of two hundred sentences anew takes as long as three questions.
            whole[known.story] = terms_of_heading(db, known.story) | terms_of_story(db, known.story)
        return whole[known.story]

    return Surroundings(around, in_story)


def _nothing(_: Known) -> frozenset[str]:
    return frozenset()


NOTHING_AROUND = Surroundings(_nothing, _nothing)  # of a sentence that stands alone
