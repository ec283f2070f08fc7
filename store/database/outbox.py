"""Messages on their way to chats, so that none is lost and none comes twice without saying so.

A delivery is claimed in one transaction, sent, and finished in another. What a killed process leaves in "sending" may
have arrived: `recover_deliveries` makes it unsure at the next start, and its next try carries "possible repeat".
Functions that change something are called inside `Store.write`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from store.database.moments import moment_text
from store.database.people import current_chat, team_chats
from store.facts.model import Tag


class DeliveryState(StrEnum):
    """How far a message is."""

    PENDING = "pending"  # to be sent when due
    SENDING = "sending"  # handed to Telegram, no reply yet
    SENT = "sent"
    UNSURE = "unsure"  # may have arrived; tried again when due, marked as a possible repeat
    HELD = "held"  # not now: an inactive chat
    FAILED = "failed"  # refused for good


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one chat."""

    id: int
    chat: int
    alert: int | None  # an alert is rendered when it is sent
    body: dict[str, Any] | None  # anything else as the handlers rendered it: JSON values
    reply_to: int | None
    thread: int | None  # topic
    state: DeliveryState
    attempts: int  # tries begun, this one included
    possible_repeat: bool  # the message must say so
    message_id: int | None
    next_try_at: datetime
    last_error: str | None
    made_at: datetime
    ended_at: datetime | None


_COLUMNS = (
    "id, chat, alert, body, reply_to, thread, state, attempts, possible_repeat, message_id, next_try_at, last_error,"
    " made_at, ended_at"
)


def raise_alert(db: Database, story: int, facts: Sequence[tuple[int, Tag, int | None]], *, now: datetime) -> int:
    """Make an alert of (fact, tag, ref) triples, with a delivery to each active team chat; return its id."""
    (alert,) = db.conn.execute(
        "INSERT INTO alerts (story, made_at) VALUES (?, ?) RETURNING id", (story, moment_text(now))
    ).fetchone()
    db.conn.executemany(
        "INSERT INTO alert_facts (alert, fact, tag, ref) VALUES (?, ?, ?, ?)",
        [(alert, fact, str(tag), ref) for fact, tag, ref in facts],
    )
    for chat in team_chats(db):
        _insert(db, chat=chat, alert=alert, now=now)
    return int(alert)


def queue_message(
    db: Database, chat: int, body: dict[str, Any], *, now: datetime, reply_to: int | None = None,
    thread: int | None = None,
) -> int:  # fmt: skip
    """Put a rendered message in the outbox, due at once; return its delivery's id."""
    return _insert(db, chat=chat, body=body, now=now, reply_to=reply_to, thread=thread)


def claim_due(db: Database, *, now: datetime, limit: int = 10, busy_chats: Collection[int] = ()) -> list[Delivery]:
    """Take up to *limit* due deliveries to send, at most one a chat, its oldest; they are now "sending".

    Chats in *busy_chats*, or with a delivery that is being sent or is to be tried later, wait their turn: what was
    said first arrives first.
    """
    rows = db.conn.execute(
        "SELECT min(id) FROM deliveries WHERE ended_at IS NULL AND state <> 'held' GROUP BY chat ORDER BY min(id)"
    )
    claimed: list[Delivery] = []
    for (id_,) in rows.fetchall():
        delivery = delivery_by_id(db, id_)
        waits = delivery.state is DeliveryState.SENDING or delivery.next_try_at > now or delivery.chat in busy_chats
        if not waits and len(claimed) < limit:
            claimed.append(_claim(db, id_))
    return claimed


def claim_delivery(db: Database, delivery: int) -> Delivery | None:
    """Take one delivery to send now, whatever is due; None unless it is pending or unsure."""
    if delivery_by_id(db, delivery).state not in (DeliveryState.PENDING, DeliveryState.UNSURE):
        return None
    return _claim(db, delivery)


def finish_sent(db: Database, delivery: int, *, message_id: int, now: datetime) -> None:
    """Telegram took it, as *message_id*."""
    db.conn.execute(
        "UPDATE deliveries SET state = 'sent', message_id = ?, last_error = NULL, ended_at = ? WHERE id = ?",
        (message_id, moment_text(now), delivery),
    )


def finish_unsent(db: Database, delivery: int, *, why: str, next_try_at: datetime) -> None:
    """It surely did not arrive: try again, as it is."""
    _put_off(db, delivery, "pending", why, next_try_at)


def finish_unsure(db: Database, delivery: int, *, why: str, next_try_at: datetime) -> None:
    """It may have arrived: try again, marked as a possible repeat from now on."""
    _put_off(db, delivery, "unsure", why, next_try_at)


def finish_failed(db: Database, delivery: int, *, why: str, now: datetime) -> None:
    """It was refused for good; it is not tried again."""
    db.conn.execute(
        "UPDATE deliveries SET state = 'failed', last_error = ?, ended_at = ? WHERE id = ?",
        (why, moment_text(now), delivery),
    )


def hold_chat(db: Database, chat: int, *, why: str) -> int:
    """Hold what is still to be sent to *chat*; return how many. Nothing held is forgotten: see `release_chat`."""
    cursor = db.conn.execute(
        "UPDATE deliveries SET state = 'held', last_error = ?"
        " WHERE chat = ? AND ended_at IS NULL AND state IN ('pending', 'unsure')",
        (why, chat),
    )
    return int(cursor.rowcount)


def release_chat(db: Database, chat: int, *, now: datetime) -> int:
    """Make what was held for *chat* due again; return how many."""
    cursor = db.conn.execute(
        "UPDATE deliveries SET state = CASE possible_repeat WHEN 1 THEN 'unsure' ELSE 'pending' END,"
        " next_try_at = ? WHERE chat = ? AND ended_at IS NULL AND state = 'held'",
        (moment_text(now), chat),
    )
    return int(cursor.rowcount)


def recover_deliveries(db: Database, *, now: datetime) -> int:
    """After a start: what was being sent when the process ended is unsure and due; return how many."""
    cursor = db.conn.execute(
        "UPDATE deliveries SET state = 'unsure', possible_repeat = 1, next_try_at = ?,"
        " last_error = 'the process ended while it was being sent' WHERE ended_at IS NULL AND state = 'sending'",
        (moment_text(now),),
    )
    return int(cursor.rowcount)


def next_due_at(db: Database) -> datetime | None:
    """Return when the next delivery is due, possibly in the past; None while nothing is to be sent."""
    query = "SELECT min(next_try_at) FROM deliveries WHERE ended_at IS NULL AND state IN ('pending', 'unsure')"
    (due,) = db.conn.execute(query).fetchone()
    return datetime.fromisoformat(due) if due else None


def delivery_by_id(db: Database, delivery: int) -> Delivery:
    """Return one delivery; KeyError if there is none."""
    row = db.conn.execute(f"SELECT {_COLUMNS} FROM deliveries WHERE id = ?", (delivery,)).fetchone()  # noqa: S608
    if row is None:
        raise KeyError(delivery)
    return _delivery(row)


def deliveries_of(db: Database, alerts: Iterable[int]) -> dict[int, list[Delivery]]:
    """Return the deliveries of each of *alerts* that has some, by chat."""
    wanted = json.dumps(sorted(set(alerts)))
    query = f"SELECT {_COLUMNS} FROM deliveries WHERE alert IN (SELECT value FROM json_each(?))"  # noqa: S608
    rows = db.conn.execute(f"{query} ORDER BY alert, chat", (wanted,))
    found: dict[int, list[Delivery]] = {}
    for delivery in map(_delivery, rows):
        found.setdefault(delivery.alert or 0, []).append(delivery)
    return found


def all_deliveries(db: Database) -> Iterator[Delivery]:
    """Yield all deliveries, oldest first."""
    yield from map(_delivery, db.conn.execute(f"SELECT {_COLUMNS} FROM deliveries ORDER BY id"))  # noqa: S608


def count_deliveries(db: Database) -> dict[DeliveryState, int]:
    """Return how many deliveries are in each state that has some."""
    rows = db.conn.execute("SELECT state, count(*) FROM deliveries GROUP BY state")
    return {DeliveryState(state): count for state, count in rows}


def _insert(
    db: Database, *, chat: int, now: datetime, alert: int | None = None, body: dict[str, Any] | None = None,
    reply_to: int | None = None, thread: int | None = None,
) -> int:  # fmt: skip
    (id_,) = db.conn.execute(
        "INSERT INTO deliveries (chat, alert, body, reply_to, thread, state, next_try_at, made_at)"
        " VALUES (?, ?, ?, ?, ?, 'pending', ?, ?) RETURNING id",
        (
            current_chat(db, chat), alert, None if body is None else json.dumps(body, ensure_ascii=False), reply_to,
            thread, moment_text(now), moment_text(now),
        ),
    ).fetchone()  # fmt: skip
    return int(id_)


def _claim(db: Database, delivery: int) -> Delivery:
    db.conn.execute("UPDATE deliveries SET state = 'sending', attempts = attempts + 1 WHERE id = ?", (delivery,))
    return delivery_by_id(db, delivery)


def _put_off(db: Database, delivery: int, state: str, why: str, next_try_at: datetime) -> None:
    db.conn.execute(
        "UPDATE deliveries SET state = ?, possible_repeat = max(possible_repeat, ?), last_error = ?, next_try_at = ?"
        " WHERE id = ?",
        (state, int(state == "unsure"), why, moment_text(next_try_at), delivery),
    )


def _delivery(row: Sequence[Any]) -> Delivery:
    id_, chat, alert, body, reply_to, thread, state, attempts, repeat, message, due, error, made, ended = row
    return Delivery(
        id_, chat, alert, None if body is None else json.loads(body), reply_to, thread, DeliveryState(state), attempts,
        bool(repeat), message, datetime.fromisoformat(due), error, datetime.fromisoformat(made),
        datetime.fromisoformat(ended) if ended else None,
    )  # fmt: skip
