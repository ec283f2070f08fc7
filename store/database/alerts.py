"""Alerts as they were made: which facts of a story are new, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from store.database.outbox import Delivery, DeliveryState, deliveries_of
from store.facts.model import Tag

# An alert is what its least advanced delivery is, in this order.
_LEAST_ADVANCED = (
    DeliveryState.SENDING,
    DeliveryState.PENDING,
    DeliveryState.UNSURE,
    DeliveryState.HELD,
    DeliveryState.FAILED,
    DeliveryState.SENT,
)


@dataclass(frozen=True, slots=True)
class AlertFact:
    """One fact that an alert tells."""

    fact: int
    tag: Tag
    ref: int | None  # the held fact that it updates, disputes or repeats


@dataclass(frozen=True, slots=True)
class Alert:
    """What one story brought, and where it went."""

    id: int
    story: int
    made_at: datetime
    facts: tuple[AlertFact, ...]  # in the order of the story
    deliveries: tuple[Delivery, ...]

    @property
    def state(self) -> DeliveryState:
        """Return what is left to do; held when no chat was set up to send it to."""
        states = {delivery.state for delivery in self.deliveries}
        return next((state for state in _LEAST_ADVANCED if state in states), DeliveryState.HELD)


def all_alerts(db: Database) -> Iterator[Alert]:
    """Yield all alerts, oldest first."""
    ids = [row[0] for row in db.conn.execute("SELECT id FROM alerts ORDER BY id")]
    for start in range(0, len(ids), 500):
        yield from alerts_by_id(db, ids[start : start + 500]).values()


def alerts_by_id(db: Database, ids: Iterable[int]) -> dict[int, Alert]:
    """Return the alerts with these *ids*, in order of id."""
    wanted = json.dumps(sorted(set(ids)))
    facts: dict[int, list[AlertFact]] = {}
    for alert, fact, tag, ref in db.conn.execute(
        "SELECT alert, fact, tag, ref FROM alert_facts WHERE alert IN (SELECT value FROM json_each(?))"
        " ORDER BY alert, fact",
        (wanted,),
    ):
        facts.setdefault(alert, []).append(AlertFact(fact, Tag(tag), ref))
    sent = deliveries_of(db, facts)
    rows = db.conn.execute(
        "SELECT id, story, made_at FROM alerts WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (wanted,)
    )
    return {
        id_: Alert(id_, story, datetime.fromisoformat(made_at), tuple(facts.get(id_, ())), tuple(sent.get(id_, ())))
        for id_, story, made_at in rows
    }
