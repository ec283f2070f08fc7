"""Other words for the same, as the team teaches them: "armour = tanks, armoured vehicles".

Functions that change something are called inside `Store.write`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from store.database.moments import moment_text
from store.facts.words import stems


@dataclass(frozen=True, slots=True)
class Alias:
    """One word or phrase, and one that it may also mean."""

    term: str  # as typed
    meaning: str
    added_by: int | None
    added_at: datetime


def add_alias(
    db: Database, term: str, meanings: Iterable[str], *, now: datetime, added_by: int | None = None
) -> list[str]:
    """Teach that *term* may mean each of *meanings*; return those that were new. Used from the next question on."""
    return [meaning for meaning in meanings if _add(db, term, meaning, added_by, now)]


def remove_alias(db: Database, term: str, meaning: str | None = None) -> int:
    """Forget one meaning of *term*, or all; return how many were forgotten."""
    cursor = db.conn.execute(
        "DELETE FROM aliases WHERE term = ? AND meaning = coalesce(?, meaning)",
        (form_of(term), None if meaning is None else form_of(meaning)),
    )
    return int(cursor.rowcount)


def all_aliases(db: Database) -> Iterator[Alias]:
    """Yield all aliases by term, then meaning, as they were typed."""
    rows = db.conn.execute(
        "SELECT printed_term, printed_meaning, added_by, added_at FROM aliases ORDER BY term, meaning"
    )
    for term, meaning, added_by, added_at in rows:
        yield Alias(term, meaning, added_by, datetime.fromisoformat(added_at))


def has_aliases(db: Database) -> bool:
    """Tell whether the team taught anything at all."""
    return db.conn.execute("SELECT 1 FROM aliases LIMIT 1").fetchone() is not None


def meanings_of(db: Database, term: str) -> list[str]:
    """Return what *term* may also mean, as typed; spelling, case and endings of *term* do not matter."""
    rows = db.conn.execute("SELECT printed_meaning FROM aliases WHERE term = ? ORDER BY meaning", (form_of(term),))
    return [row[0] for row in rows]


def form_of(phrase: str) -> str:
    """Return the index terms of *phrase* joined by blanks: what two ways to write it share."""
    return " ".join(stems(phrase))


def _add(db: Database, term: str, meaning: str, added_by: int | None, now: datetime) -> bool:
    cursor = db.conn.execute(
        "INSERT INTO aliases (term, meaning, printed_term, printed_meaning, added_by, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (form_of(term), form_of(meaning), term.strip(), meaning.strip(), added_by, moment_text(now)),
    )
    return cursor.rowcount == 1
