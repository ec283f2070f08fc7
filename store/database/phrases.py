"""The strings that many facts share, numbered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from store.database.memory import memory_of

REMEMBERED = 20_000  # phrases, of about 150 bytes each; a million facts share a few thousand, and name many more


class Numbering:
    """Gives phrases their ids, making those that are new, within one transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._ids = memory_of(db).phrases
        if len(self._ids) > REMEMBERED:
            self._ids.clear()

    def __call__(self, text: str) -> int:
        """Return the id of *text*."""
        id_ = self._ids.get(text)
        if id_ is None:
            id_ = self._ids[text] = self._find(text)
        return id_

    def _find(self, text: str) -> int:
        conn = self._db.conn
        row = conn.execute("SELECT id FROM phrases WHERE text = ?", (text,)).fetchone()
        if row is None:
            row = conn.execute("INSERT INTO phrases (text) VALUES (?) RETURNING id", (text,)).fetchone()
        return int(row[0])


def phrases_of(db: Database, ids: Iterable[int]) -> Mapping[int, str]:
    """Return the phrases with these ids, perhaps with more."""
    known = memory_of(db).phrase_texts
    if len(known) > REMEMBERED:
        known.clear()
    missing = set(ids) - known.keys()
    if missing:
        query = "SELECT id, text FROM phrases WHERE id IN (SELECT value FROM json_each(?))"
        known.update(db.conn.execute(query, (json.dumps(sorted(missing)),)))
    return known
