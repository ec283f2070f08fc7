"""Whether a file is ours, and what it lacks. Two processes may get here at once; one waits for the other."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlite_utils import Database

from store.database.errors import AlreadyRunning, CannotOpen, ForeignDatabase, MigrationBlocked, NewerDatabase
from store.database.lock import InstanceLock, migration_lock, wait_until
from store.database.schema import APPLICATION_ID, MIGRATIONS

log = logging.getLogger(__name__)

STARTING_BOT_S = 10.0  # a bot that has just taken its lock migrates within that time


def bring_up_to_date(db: Database, path: Path, *, instance_held: bool) -> None:
    """Check that *db* is ours and make the tables that it lacks; costs two reads when it lacks none.

    Tables that are already in use change only while no bot runs, so that a bot of the version before never meets them.

    Raises:
        ForeignDatabase, NewerDatabase, MigrationBlocked, StoreBusy, CannotOpen: see there.
    """
    if not _lacks_tables(db, path):
        return
    # A bot that is just starting holds the instance lock while it migrates: give it time before calling it in the way.
    if not wait_until(lambda: _migrate(db, path, instance_held=instance_held), wait_s=STARTING_BOT_S):
        raise MigrationBlocked(path)


def refuse_others(db: Database, path: Path) -> None:
    """Refuse a database of another program, or of a later version of this one.

    Raises:
        ForeignDatabase, NewerDatabase: see there.
    """
    (application_id,) = db.execute("PRAGMA application_id").fetchone()
    if application_id != APPLICATION_ID and not _is_empty(db):
        raise ForeignDatabase(path, application_id)
    unknown = [name for name in _applied(db) if name not in _ours()]
    if unknown:
        raise NewerDatabase(path, unknown)


def _lacks_tables(db: Database, path: Path) -> bool:
    refuse_others(db, path)
    return _applied(db) != _ours()


def _migrate(db: Database, path: Path, *, instance_held: bool) -> bool:
    """Make what is missing; False while a running bot is in the way."""
    with migration_lock(path):
        if not _lacks_tables(db, path):
            return True
        bot = InstanceLock(path)
        if not instance_held and _applied(db):
            try:
                bot.take()
            except AlreadyRunning:
                return False
        try:
            _use_wal(db, path)
            before = _applied(db)
            MIGRATIONS.apply(db)
        finally:
            bot.release()
        log.info("tables brought up to date path=%s from=%s to=%s", path, before[-1] if before else None, _ours()[-1])
        return True


def _use_wal(db: Database, path: Path) -> None:
    (mode,) = db.conn.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise CannotOpen(path, f"its file system cannot do write-ahead logging (journal mode {mode})")


def _is_empty(db: Database) -> bool:
    (objects,) = db.execute(
        "SELECT count(*) FROM sqlite_master WHERE name <> '_sqlite_migrations' AND tbl_name <> '_sqlite_migrations'"
    ).fetchone()
    return bool(objects == 0)


def _applied(db: Database) -> list[str]:
    return [migration.name for migration in MIGRATIONS.applied(db)]


def _ours() -> list[str]:
    return [migration.name for migration in MIGRATIONS.pending(Database(memory=True, execute_plugins=False))]
