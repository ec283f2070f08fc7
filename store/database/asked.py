"""Questions that were answered, each once, and what a follow-up follows.

Functions that change something are called inside `Store.write`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store.database.moments import moment_text
from store.database.outbox import Delivery, delivery_by_id, queue_message


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the answer that was given, or is on its way."""

    chat: int
    message: int
    user: int | None
    question: str
    asked_at: datetime
    answer: Delivery


def answer_once(
    db: Database, chat: int, message: int, *, user: int | None, question: str, body: dict[str, Any], now: datetime,
    thread: int | None = None,
) -> int | None:  # fmt: skip
    """Put the answer to a message in the outbox, as a reply to it; None if that message has been answered.

    *body* is the rendered answer. Returns the delivery's id, which `outbox.claim_delivery` takes for sending at once.
    """
    if answer_to(db, chat, message) is not None:
        return None
    delivery = queue_message(db, chat, body, now=now, reply_to=message, thread=thread)
    db.conn.execute(
        "INSERT INTO asked (chat, message, user, question, asked_at, delivery) VALUES (?, ?, ?, ?, ?, ?)",
        (chat, message, user, question, moment_text(now), delivery),
    )
    return delivery


def answer_to(db: Database, chat: int, message: int) -> Asked | None:
    """Return the answer that a message got; its delivery says whether it has arrived, and as which message."""
    row = db.conn.execute(
        "SELECT user, question, asked_at, delivery FROM asked WHERE chat = ? AND message = ?", (chat, message)
    ).fetchone()
    if row is None:
        return None
    user, question, asked_at, delivery = row
    return Asked(chat, message, user, question, datetime.fromisoformat(asked_at), delivery_by_id(db, delivery))


def note_edit(db: Database, chat: int, message: int, *, question: str, body: dict[str, Any]) -> Delivery | None:
    """A question was edited: keep its words and its new answer; None if it had no answer.

    The delivery tells what is left to do: one that was sent has a message to edit; one that was not goes out with the
    new answer by itself.
    """
    asked = answer_to(db, chat, message)
    if asked is None:
        return None
    db.conn.execute("UPDATE asked SET question = ? WHERE chat = ? AND message = ?", (question, chat, message))
    db.conn.execute(
        "UPDATE deliveries SET body = ? WHERE id = ?", (json.dumps(body, ensure_ascii=False), asked.answer.id)
    )
    return delivery_by_id(db, asked.answer.id)


def remember_reading(db: Database, chat: int, user: int, reading: dict[str, Any], *, now: datetime) -> None:
    """Keep how the user's last question in a chat was read, as JSON values."""
    db.conn.execute(
        "INSERT INTO readings (chat, user, reading, read_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (chat, user) DO UPDATE SET reading = excluded.reading, read_at = excluded.read_at",
        (chat, user, json.dumps(reading, ensure_ascii=False), moment_text(now)),
    )


def last_reading(db: Database, chat: int, user: int, *, since: datetime) -> dict[str, Any] | None:
    """Return what `remember_reading` kept, unless it is older than *since*."""
    row = db.conn.execute(
        "SELECT reading FROM readings WHERE chat = ? AND user = ? AND read_at >= ?", (chat, user, moment_text(since))
    ).fetchone()
    return None if row is None else json.loads(row[0])
