"""The held facts that were compared lately, kept as they were read.

Stories come in runs: what a new one is compared with was mostly compared with the one before, or came in with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from sqlite_utils import Database

from store.database.memory import memory_of
from store.database.reading import known_facts
from store.facts.model import Known

REMEMBERED = 8192  # facts, of about 2 kB each: of the last days' stories, and of what they were compared with


def recent_facts(db: Database, ids: Iterable[int]) -> dict[int, Known]:
    """Return the facts with these *ids*, as `known_facts` does, from memory where they were read lately."""
    wanted = list(dict.fromkeys(ids))
    remembered = memory_of(db).facts
    found = {id_: remembered.pop(id_) for id_ in wanted if id_ in remembered}
    missing = [id_ for id_ in wanted if id_ not in found]
    if missing:
        found |= known_facts(db, missing)
    remember(db, found)  # last in the row again
    return {id_: found[id_] for id_ in wanted if id_ in found}


def remember(db: Database, facts: Mapping[int, Known]) -> None:
    """Keep *facts*, by their ids, and drop those that were not asked for the longest."""
    remembered = memory_of(db).facts
    remembered |= facts
    for id_ in list(islice(remembered, max(0, len(remembered) - REMEMBERED))):
        del remembered[id_]
