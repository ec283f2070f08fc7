"""What the held facts that were compared lately are compared by, kept as it was read.

Stories come in runs: what a new one is compared with was mostly compared with the one before, or came in with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from sqlite_utils import Database

from store.database.memory import memory_of
from store.database.reading import known_facts
from store.facts.comparing.profiles import Profile

REMEMBERED = 8192  # facts, of about 5 kB each: of the last days' stories, and of what they were compared with


def recent_profiles(db: Database, ids: Iterable[int]) -> dict[int, Profile]:
    """Return the profiles of the facts with these *ids*, in their order, from memory where they were read lately.

    Ids that do not exist are left out.
    """
    wanted = list(dict.fromkeys(ids))
    remembered = memory_of(db).profiles
    found = {id_: remembered.pop(id_) for id_ in wanted if id_ in remembered}
    missing = [id_ for id_ in wanted if id_ not in found]
    if missing:
        found |= {id_: Profile(known) for id_, known in known_facts(db, missing).items()}
    remember(db, found)  # last in the row again
    return {id_: found[id_] for id_ in wanted if id_ in found}


def remember(db: Database, profiles: Mapping[int, Profile]) -> None:
    """Keep *profiles*, by the ids of their facts, and drop those that were not asked for the longest."""
    remembered = memory_of(db).profiles
    remembered |= profiles
    for id_ in list(islice(remembered, max(0, len(remembered) - REMEMBERED))):
        del remembered[id_]
