"""What the held facts that were compared lately are compared by, kept as it was read.

Stories come in runs: what a new one is compared with was mostly compared with the one before, or came in with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from weakref import ref

from sqlite_utils import Database

from store.database.errors import StoreClosed
from store.database.gists import number_of_rules, read_by, unpack_gist
from store.database.index import CODE, IMPLIED, unpack
from store.database.memory import memory_of
from store.database.reading import StoredStory, known_fact, known_facts, stories_of
from store.facts.comparing.name_keys import name_key
from store.facts.comparing.profiles import Profile
from store.facts.model import Known, Status

REMEMBERED = 8192  # facts, of about 5 kB each: of the last days' stories, and of what they were compared with
WORDS = 40_000  # packed ones, of about 250 bytes each


def recent_profiles(db: Database, ids: Iterable[int]) -> dict[int, Profile]:
    """Return the profiles of the facts with these *ids*, in their order, from memory where they were read lately.

    Ids that do not exist are left out.
    """
    wanted = list(dict.fromkeys(ids))
    remembered = memory_of(db).profiles
    found = {id_: remembered[id_] for id_ in wanted if id_ in remembered}
    missing = [id_ for id_ in wanted if id_ not in found]
    if missing:
        found |= _by_gists(db, missing)
        untold = [id_ for id_ in missing if id_ not in found]
        found |= {id_: Profile(known) for id_, known in known_facts(db, untold).items()} if untold else {}
    remember(db, found)  # last in the row again
    return {id_: found[id_] for id_ in wanted if id_ in found}


def remember(db: Database, profiles: Mapping[int, Profile]) -> None:
    """Keep *profiles*, by the ids of their facts, and drop those that were not asked for the longest."""
    remembered = memory_of(db).profiles
    for id_, profile in profiles.items():
        remembered[id_] = profile
        remembered.move_to_end(id_)
    while len(remembered) > REMEMBERED:
        remembered.popitem(last=False)


class _Unread:
    """Facts of one story, each of which is unpacked once it is looked at."""

    def __init__(self, db: Database, story: int) -> None:
        self._db = ref(db)  # what a connection remembers may not hold it
        self._id = story

    @cached_property
    def _story(self) -> StoredStory:
        return stories_of(self._connection(), [self._id])[self._id]

    def read(self, id_: int) -> Known:
        """Return the fact with this id."""
        return known_fact(self._connection(), id_, self._story)

    def _connection(self) -> Database:
        db = self._db()
        if db is None:
            raise StoreClosed
        return db


def _by_gists(db: Database, facts: Iterable[int]) -> dict[int, Profile]:
    """Return profiles of those of *facts* of which a gist is kept; those that other rules gave are left out."""
    rows = db.conn.execute(
        "SELECT fact, story, status, text, words, gist FROM fact_words JOIN facts ON facts.id = fact"
        " LEFT JOIN phrases ON phrases.id = speaker"
        " WHERE gist IS NOT NULL AND fact IN (SELECT value FROM json_each(?))",
        (json.dumps(list(facts)),),
    ).fetchall()
    rules = number_of_rules(db)
    read = [(*ids, CODE.findall(packed), gist) for *ids, packed, gist in rows if read_by(gist, rules)]
    words = _read_words(db, chain.from_iterable(codes for *_, codes, _ in read))
    unread = {story: _Unread(db, story) for _, story, *_ in read}
    return {
        fact: Profile.of_gist(
            unpack_gist(gist, dict([words[code] for code in codes if code != IMPLIED]), rules),
            unread[story],
            id_=fact, story=story, status=Status(status), speaker=speaker,
        )
        for fact, story, status, speaker, codes, gist in read
    }  # fmt: skip


def _read_words(db: Database, codes: Iterable[bytes]) -> Mapping[bytes, tuple[str, str]]:
    """Return each packed word's term and the key that it has as a name, perhaps with more words."""
    known = memory_of(db).words
    if len(known) > WORDS:
        known.clear()
    missing = {code: unpack(code)[0][0] for code in set(codes) - known.keys() if code != IMPLIED}
    if missing:
        query = "SELECT id, term FROM terms WHERE id IN (SELECT value FROM json_each(?))"
        rows = db.conn.execute(query, (json.dumps(sorted(set(missing.values()))),))
        terms = {id_: (term, name_key(term)) for id_, term in rows}
        known |= {code: terms[id_] for code, id_ in missing.items()}
    return known
