"""Whether a file is ours, and what it lacks. Two processes may get here at once; one waits for the other."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlite_utils import Database, Migrations

from store.database.connection import transaction
from store.database.errors import AlreadyRunning, CannotOpen, ForeignDatabase, MigrationBlocked, NewerDatabase
from store.database.lock import InstanceLock, migration_lock, wait_until
from store.database.schema import APPLICATION_ID, MIGRATIONS

log = logging.getLogger(__name__)

STARTING_BOT_S = 10.0  # a bot that has just taken its lock migrates within that time


def bring_up_to_date(
    db: Database, path: Path, *, instance_held: bool, migrations: Migrations = MIGRATIONS,
    patience_s: float = STARTING_BOT_S,
) -> None:  # fmt: skip
    """Check that *db* is ours and make the tables that it lacks; costs two reads when it lacks none.

    Tables that are already in use change only while no bot runs, so that a bot of the version before never meets them.

    Raises:
        ForeignDatabase, NewerDatabase, MigrationBlocked, StoreBusy, CannotOpen: see there.
    """
    if not _missing(db, path, migrations):
        return
    # A bot that is just starting holds the instance lock while it migrates: give it time before calling it in the way.
    if not wait_until(lambda: _migrate(db, path, migrations, instance_held=instance_held), wait_s=patience_s):
        raise MigrationBlocked(path)


def refuse_others(db: Database, path: Path, migrations: Migrations = MIGRATIONS) -> None:
    """Refuse a database of another program, or of a later version of this one.

    Raises:
        ForeignDatabase, NewerDatabase: see there.
    """
    _missing(db, path, migrations)


def _missing(db: Database, path: Path, migrations: Migrations) -> list[str]:
    """Return the names of the migrations that *db* lacks, having made sure that it is ours."""
    # One snapshot: otherwise a first start beside ours can commit between the id and the tables, and look foreign.
    application_id, is_empty, applied = transaction(
        db, "BEGIN", lambda db: (_application_id(db), _is_empty(db), _applied(db, migrations))
    )
    if application_id != APPLICATION_ID and not is_empty:
        raise ForeignDatabase(path, application_id)
    ours = _names(migrations)
    unknown = [name for name in applied if name not in ours]
    if unknown:
        raise NewerDatabase(path, unknown)
    return [name for name in ours if name not in applied]


def _migrate(db: Database, path: Path, migrations: Migrations, *, instance_held: bool) -> bool:
    """Make what is missing; False while a running bot is in the way."""
    with migration_lock(path):
        missing = _missing(db, path, migrations)
        if not missing:
            return True
        bot = InstanceLock(path)
        if not instance_held and _applied(db, migrations):
            try:
                bot.take()
            except AlreadyRunning:
                return False
        try:
            _use_wal(db, path)
            migrations.apply(db)
        finally:
            bot.release()
        log.info("tables brought up to date path=%s migrations=%s", path, ",".join(missing))
        return True


def _use_wal(db: Database, path: Path) -> None:
    (mode,) = db.conn.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        raise CannotOpen(path, f"its file system cannot do write-ahead logging (journal mode {mode})")


def _application_id(db: Database) -> int:
    return int(db.execute("PRAGMA application_id").fetchone()[0])


def _is_empty(db: Database) -> bool:
    """Say whether nobody has put anything in, but for the empty record of migrations of a start that was killed."""
    record = Migrations.migrations_table
    query = "SELECT count(*) FROM sqlite_master WHERE tbl_name <> ?"
    return bool(db.execute(query, (record,)).fetchone() == (0,))


def _applied(db: Database, migrations: Migrations) -> list[str]:
    return [migration.name for migration in migrations.applied(db)]


def _names(migrations: Migrations) -> list[str]:
    return [migration.name for migration in migrations.pending(Database(memory=True, execute_plugins=False))]
