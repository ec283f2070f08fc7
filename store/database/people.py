"""Chats and people: which chats are the team's, who has which role, and who was seen where.

Functions that change something are called inside `Store.write`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from store.database.moments import moment_text


class Role(StrEnum):
    """What a person may do beyond asking. An administrator may do everything."""

    ADMIN = "admin"
    EDITOR = "editor"  # may add stories


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat that the bot has been in."""

    id: int
    team: bool
    active: bool
    why: str | None  # it is not active
    since: datetime  # of the last change


# ---- chats


def set_team_chats(db: Database, chats: Collection[int], *, now: datetime) -> None:
    """Make exactly *chats*, as the settings list them, the team's.

    A group that has become a supergroup since is known by its new id, whichever the settings have.
    """
    wanted = {current_chat(db, chat) for chat in chats}
    for chat in wanted - _team(db):
        _note_chat(db, chat, team=True, now=now)
    for chat in _team(db) - wanted:
        _note_chat(db, chat, team=False, now=now)


def team_chats(db: Database) -> list[int]:
    """Return the ids of the active team chats."""
    return [row[0] for row in db.conn.execute("SELECT id FROM chats WHERE team AND active ORDER BY id")]


def is_team_chat(db: Database, chat: int) -> bool:
    """Say whether *chat* is one of the team's, also while nothing can be sent to it."""
    return db.conn.execute("SELECT 1 FROM chats WHERE id = ? AND team", (chat,)).fetchone() is not None


def close_chat(db: Database, chat: int, *, why: str, now: datetime) -> None:
    """Note that nothing can be sent to *chat* (blocked, removed); `outbox.hold_chat` keeps what was to be sent."""
    _note_chat(db, chat, active=False, why=why, now=now)


def reopen_chat(db: Database, chat: int, *, now: datetime) -> None:
    """Note that *chat* can be written to again; `outbox.release_chat` sends what was kept."""
    _note_chat(db, chat, active=True, now=now)


def migrate_chat(db: Database, old: int, new: int, *, now: datetime) -> None:
    """A group became a supergroup: everything that belongs to its *old* id goes to the *new* one. Twice is once."""
    if old == new or current_chat(db, old) == new:
        return
    was_team = is_team_chat(db, old)
    _note_chat(db, new, team=was_team or is_team_chat(db, new), active=True, now=now)
    _note_chat(db, old, team=False, active=False, why=f"is now {new}", now=now)
    db.conn.execute("UPDATE chats SET migrated_to = ? WHERE id = ?", (new, old))
    # An alert that was queued for both ids goes out once.
    db.conn.execute(
        "UPDATE OR IGNORE deliveries SET chat = ? WHERE chat = ? AND state IN ('pending', 'unsure', 'sending', 'held')",
        (new, old),
    )
    for table in ("members", "asked", "readings", "inbox"):
        db.conn.execute(f"UPDATE OR IGNORE {table} SET chat = ? WHERE chat = ?", (new, old))  # noqa: S608 - our tables


def current_chat(db: Database, chat: int) -> int:
    """Return the id that *chat* has now."""
    row = db.conn.execute("SELECT migrated_to FROM chats WHERE id = ?", (chat,)).fetchone()
    return chat if row is None or row[0] is None else current_chat(db, row[0])


def all_chats(db: Database) -> list[Chat]:
    """Return every chat, by id."""
    rows = db.conn.execute("SELECT id, team, active, why, since FROM chats ORDER BY id")
    return [Chat(id_, bool(team), bool(active), why, datetime.fromisoformat(at)) for id_, team, active, why, at in rows]


def _team(db: Database) -> set[int]:
    return {row[0] for row in db.conn.execute("SELECT id FROM chats WHERE team")}


def _note_chat(
    db: Database, chat: int, *, now: datetime, team: bool | None = None, active: bool | None = None,
    why: str | None = None,
) -> None:  # fmt: skip
    """Insert or change a chat; None leaves a field as it is, and is "no" and "yes" for a new chat."""
    db.conn.execute(
        "INSERT INTO chats (id, team, active, why, since)"
        " VALUES (:id, coalesce(:team, 0), coalesce(:active, 1), :why, :now)"
        " ON CONFLICT (id) DO UPDATE SET team = coalesce(:team, team), active = coalesce(:active, active),"
        " why = CASE WHEN :active IS NULL THEN why ELSE :why END, since = :now",
        {"id": chat, "team": team, "active": active, "why": why, "now": moment_text(now)},
    )


# ---- roles


def set_admins(db: Database, users: Collection[int], *, now: datetime) -> None:
    """Make exactly *users* the administrators that come from the settings; those made by others stay."""
    for user in users:
        give_role(db, user, Role.ADMIN, given_by=None, now=now)
    rows = db.conn.execute("SELECT user FROM staff WHERE role = 'admin' AND given_by IS NULL").fetchall()
    for (user,) in rows:
        if user not in users:
            take_role(db, user, Role.ADMIN)


def give_role(db: Database, user: int, role: Role, *, given_by: int | None, now: datetime) -> bool:
    """Give *user* a role; False if they had it already."""
    cursor = db.conn.execute(
        "INSERT INTO staff (user, role, given_by, given_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (user, str(role), given_by, moment_text(now)),
    )
    return cursor.rowcount == 1


def take_role(db: Database, user: int, role: Role) -> bool:
    """Take a role from *user*; False if they did not have it."""
    return db.conn.execute("DELETE FROM staff WHERE user = ? AND role = ?", (user, str(role))).rowcount == 1


def roles_of(db: Database, user: int) -> set[Role]:
    """Return the roles that *user* has."""
    return {Role(row[0]) for row in db.conn.execute("SELECT role FROM staff WHERE user = ?", (user,))}


def people_with(db: Database, role: Role) -> list[int]:
    """Return the users who have *role*, by id."""
    return [row[0] for row in db.conn.execute("SELECT user FROM staff WHERE role = ? ORDER BY user", (str(role),))]


# ---- members


def see_member(db: Database, chat: int, user: int, *, name: str | None, now: datetime) -> None:
    """Note that *user* is in *chat*: a team chat, or the private one of somebody who adds stories, for their name."""
    db.conn.execute(
        "INSERT INTO members (chat, user, name, seen_at) VALUES (?, ?, ?, ?) ON CONFLICT (chat, user)"
        " DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at",
        (chat, user, name, moment_text(now)),
    )


def names_of(db: Database, users: Iterable[int]) -> dict[int, str]:
    """Return the name that each of *users* had when last seen, for those of whom Telegram has told one."""
    rows = db.conn.execute(
        "SELECT user, name FROM members WHERE name IS NOT NULL AND user IN (SELECT value FROM json_each(?))"
        " ORDER BY seen_at",
        (json.dumps(list(users)),),
    )
    return dict(rows.fetchall())


def forget_member(db: Database, chat: int, user: int) -> None:
    """Note that *user* has left *chat*."""
    db.conn.execute("DELETE FROM members WHERE chat = ? AND user = ?", (chat, user))


def last_seen(db: Database, user: int) -> datetime | None:
    """Return when *user* was last seen in a chat that is the team's now; None if never."""
    query = "SELECT max(seen_at) FROM members JOIN chats ON chats.id = members.chat WHERE user = ? AND team"
    (seen_at,) = db.conn.execute(query, (user,)).fetchone()
    return datetime.fromisoformat(seen_at) if seen_at else None
