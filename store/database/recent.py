"""The held facts that were compared lately, kept as they were read.

Stories come in runs: what a new one is compared with was mostly compared with the one before, or came in with it.
A fact that is committed never changes, so it is unpacked once. Each connection remembers for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from store.database.reading import known_facts
from store.facts.model import Known

REMEMBERED = 4096  # facts, of about 4 kB each: of the running events

_recent: WeakKeyDictionary[Database, dict[int, Known]] = WeakKeyDictionary()


def recent_facts(db: Database, ids: Iterable[int]) -> dict[int, Known]:
    """Return the facts with these *ids*, as `known_facts` does, from memory where they were read lately."""
    wanted = list(dict.fromkeys(ids))
    remembered = _recent.get(db, {})
    found = {id_: remembered.pop(id_) for id_ in wanted if id_ in remembered}
    missing = [id_ for id_ in wanted if id_ not in found]
    if missing:
        found |= known_facts(db, missing)
    remember(db, found)  # last in the row again
    return {id_: found[id_] for id_ in wanted if id_ in found}


def remember(db: Database, facts: Mapping[int, Known]) -> None:
    """Keep *facts*, by their ids, and drop those that were not asked for the longest."""
    remembered = _recent.setdefault(db, {})
    remembered |= facts
    for id_ in list(islice(remembered, max(0, len(remembered) - REMEMBERED))):
        del remembered[id_]


def forget(db: Database) -> None:
    """Forget all that was read on *db*: its transaction was rolled back, so other facts will have these ids."""
    _recent.pop(db, None)
