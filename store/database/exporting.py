"""Everything that is held, as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from store.database.alerts import all_alerts
from store.database.aliases import all_aliases
from store.database.outbox import all_deliveries
from store.database.people import Role, all_chats, people_with
from store.database.reading import all_facts, all_relations, all_stories


def export_lines(db: Database) -> Iterator[str]:
    """Yield everything that is held as JSON lines, each with its "kind"; read it inside one `Store.read`.

    Stories come with their texts, replaced ones too, facts with all that was read out of them and what they do to
    others, then alerts with their deliveries, answers, chats, roles and aliases.
    """
    kinds: tuple[tuple[str, Iterable[Any]], ...] = (
        ("story", all_stories(db, versions=True)),
        ("fact", all_facts(db, versions=True)),
        ("relation", all_relations(db)),
        ("alert", all_alerts(db)),
        ("answer", (delivery for delivery in all_deliveries(db) if delivery.alert is None)),
        ("chat", all_chats(db)),
        ("role", ({"user": user, "role": role} for role in Role for user in people_with(db, role))),
        ("alias", all_aliases(db)),
    )
    for kind, values in kinds:
        for value in values:
            fields = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
            yield json.dumps({"kind": kind, **fields}, ensure_ascii=False, default=_json)


def _json(value: object) -> object:
    """Return what JSON has for a value that it lacks."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, range):
        return [value.start, value.stop - 1] if value else []
    raise TypeError(f"an export cannot hold a {type(value).__name__}")
