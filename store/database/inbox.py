"""Telegram's updates, from the moment they arrive until they are handled: none is lost, none is handled twice.

An update is kept before Telegram is told that it was received. Work on it is counted before it begins, so that an
update that kills the process is given up after three starts. Functions that change something are called inside
`Store.write`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from store.database.moments import moment_text

MAX_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Poison:
    """An update that was given up."""

    update_id: int
    chat: int | None
    body: str  # kept, to find out why
    last_error: str | None


def keep(db: Database, update_id: int, *, chat: int | None, body: str, now: datetime) -> bool:
    """Keep an update, *body* being its JSON; False if it is known, whatever became of it."""
    cursor = db.conn.execute(
        "INSERT INTO inbox (update_id, chat, body, state, received_at) VALUES (?, ?, ?, 'waiting', ?)"
        " ON CONFLICT DO NOTHING",
        (update_id, chat, body, moment_text(now)),
    )
    return cursor.rowcount == 1


def waiting(db: Database) -> list[str]:
    """Return the bodies of all updates that are not handled, in Telegram's order.

    After a start that includes those which were being handled when the process ended.
    """
    rows = db.conn.execute("SELECT body FROM inbox WHERE state IN ('waiting', 'working') ORDER BY update_id")
    return [body for (body,) in rows]


def begin(db: Database, update_id: int) -> bool:
    """Count one more attempt at an update; False when it is not to be handled: given up by now, or done."""
    db.conn.execute(
        "UPDATE inbox SET state = 'poison' WHERE update_id = ? AND state IN ('waiting', 'working') AND attempts >= ?",
        (update_id, MAX_ATTEMPTS),
    )
    cursor = db.conn.execute(
        "UPDATE inbox SET state = 'working', attempts = attempts + 1"
        " WHERE update_id = ? AND state IN ('waiting', 'working')",
        (update_id,),
    )
    return cursor.rowcount == 1


def close(db: Database, update_id: int, *, now: datetime) -> None:
    """It is handled. Its body goes; its number stays, so that it is known when it comes again."""
    db.conn.execute(
        "UPDATE inbox SET state = 'done', body = NULL, ended_at = ? WHERE update_id = ?", (moment_text(now), update_id)
    )


def fail(db: Database, update_id: int, *, why: str, now: datetime) -> bool:
    """Its handlers failed; True when it is to be tried again, False when it is given up."""
    (state,) = db.conn.execute(
        "UPDATE inbox SET state = CASE WHEN attempts >= ? THEN 'poison' ELSE 'waiting' END, last_error = ?,"
        " ended_at = ? WHERE update_id = ? RETURNING state",
        (MAX_ATTEMPTS, why, moment_text(now), update_id),
    ).fetchone()
    return bool(state == "waiting")


def give_up(db: Database, update_id: int, *, why: str, now: datetime) -> None:
    """It will never be handled: no handler can even be shown it."""
    db.conn.execute(
        "UPDATE inbox SET state = 'poison', last_error = ?, ended_at = ? WHERE update_id = ?",
        (why, moment_text(now), update_id),
    )


def give_back(db: Database, update_id: int) -> None:
    """Let it wait again as if it had not been begun: the process is stopping, which is no fault of the update."""
    db.conn.execute(
        "UPDATE inbox SET state = 'waiting', attempts = max(attempts - 1, 0) WHERE update_id = ? AND state = 'working'",
        (update_id,),
    )


def prune(db: Database, *, before: datetime) -> int:
    """Forget updates that were handled before *before*; return how many. What was given up is kept."""
    cursor = db.conn.execute("DELETE FROM inbox WHERE state = 'done' AND ended_at < ?", (moment_text(before),))
    return int(cursor.rowcount)


def poison(db: Database) -> list[Poison]:
    """Return the updates that were given up, oldest first."""
    rows = db.conn.execute(
        "SELECT update_id, chat, body, last_error FROM inbox WHERE state = 'poison' ORDER BY update_id"
    )
    return [Poison(*row) for row in rows]


def count_waiting(db: Database, *, besides: int | None = None) -> int:
    """Return how many updates are still to be handled, not counting *besides*, the one that asks."""
    query = "SELECT count(*) FROM inbox WHERE state IN ('waiting', 'working') AND update_id IS NOT ?"
    return int(db.conn.execute(query, (besides,)).fetchone()[0])
