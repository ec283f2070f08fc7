"""Taking back a story that should not have been stored, at once and with its alert.

Rows are never deleted (see schema.py): an empty text takes the story's place under its key. Its facts are retired like
those of any replaced text, and the same text can be stored again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from store.database.identity import shape_of
from store.database.index import unindex_story
from store.database.outbox import Delivery, DeliveryState, deliveries_of
from store.database.reading import StoredStory, pack_text, story_by_key

_NOT_GONE_OUT = (DeliveryState.PENDING, DeliveryState.UNSURE, DeliveryState.HELD)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What became of a story that was taken back."""

    facts: int
    told: tuple[Delivery, ...]  # alerts of it that chats may have read


def withdraw_story(db: Database, key: str, *, by: str | None, now: datetime) -> Withdrawn | None:
    """Take back the story under *key*; None if there is none, or another text has come in under it since.

    Alerts that are still to be sent are not sent. Call it inside one `Store.write`.
    """
    held = story_by_key(db, key)
    if held is None or held.version > 1:
        return None
    unindex_story(db, held.id)
    facts = json.dumps(list(held.fact_ids))
    retired = db.conn.execute(
        "UPDATE facts SET retired = 1 WHERE NOT retired AND id IN (SELECT value FROM json_each(?))", (facts,)
    ).rowcount
    db.conn.execute("UPDATE tally SET stories = stories - 1, facts = facts - ?", (retired,))
    _put_nothing_in_its_place(db, held, by, now)
    return Withdrawn(retired, tuple(_call_back_alerts(db, held)))


def _put_nothing_in_its_place(db: Database, held: StoredStory, by: str | None, now: datetime) -> None:
    # Neither row may be found as an earlier version of what comes in next.
    db.conn.execute("UPDATE stories SET page = NULL, headline = NULL WHERE id = ?", (held.id,))
    (id_,) = db.conn.execute(
        "INSERT INTO stories (id, key, version, title, outlet, url, published_at, time_s, added_at, added_by,"
        " revises, facts, shape)"
        " SELECT (SELECT max(id) + 1 FROM stories), key, version + 1, title, outlet, url, published_at, time_s, ?, ?,"
        " id, 0, ? FROM stories WHERE id = ? RETURNING id",
        (now.astimezone(UTC).isoformat(), by, shape_of(""), held.id),
    ).fetchone()
    db.conn.execute("INSERT INTO story_texts (story, text) VALUES (?, ?)", (id_, pack_text("")))


def _call_back_alerts(db: Database, held: StoredStory) -> list[Delivery]:
    """Drop what has not gone out, which nobody can have seen; return what has."""
    alerts = [row[0] for row in db.conn.execute("SELECT id FROM alerts WHERE story = ?", (held.id,))]
    deliveries = [each for made in deliveries_of(db, alerts).values() for each in made]
    for delivery in deliveries:
        if delivery.state in _NOT_GONE_OUT:
            db.conn.execute("DELETE FROM deliveries WHERE id = ?", (delivery.id,))
    return [each for each in deliveries if each.state not in _NOT_GONE_OUT and each.state is not DeliveryState.FAILED]
