"""A copy while the bot runs, and putting one back."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from store.database.connection import connect, connect_frozen, reworded
from store.database.errors import BadBackup, CannotOpen, DiskRefused, StoreError, StoreFull, WouldOverwrite
from store.database.lock import InstanceLock, beside
from store.database.migrating import refuse_others
from store.database.schema import APPLICATION_ID

LOG_SUFFIXES = ("-wal", "-shm")  # what SQLite keeps beside a database in WAL mode

PAGES_A_STEP = 2000  # 8 MB between two reports of progress

Progress = Callable[[int, int], None]  # pages done, pages in all


def back_up(path: Path, target: Path, *, progress: Progress | None = None) -> None:
    """Copy the database at *path* to the new file *target*, as it is at one moment; others go on reading and writing.

    The copy is made beside *target*, checked, and only then given its name.

    Raises:
        WouldOverwrite: *target* is there.
        CannotOpen, StoreFull, StoreDamaged: see there.
    """
    if target.exists():
        raise WouldOverwrite(target)
    if not path.exists():
        raise CannotOpen(path, "there is no such file")
    if not target.absolute().parent.is_dir():
        raise CannotOpen(target, "there is no such folder")
    half = beside(target, "half")
    half.unlink(missing_ok=True)
    try:
        with reworded(path), closing(connect(path)) as db:
            _copy(db, half, progress)
        check_backup(half)
        half.rename(target)
        _sync_folder(target.absolute().parent)
    except (StoreFull, DiskRefused) as error:  # only the copy was written
        raise type(error)(target) from error
    except OSError as error:
        raise CannotOpen(target, error.strerror or str(error)) from error
    finally:
        half.unlink(missing_ok=True)


def check_backup(backup: Path) -> None:
    """Make sure that *backup* is whole, and that this version can work with it; it is only read.

    Raises:
        BadBackup: It is not.
    """
    if not backup.is_file():
        raise BadBackup(backup, "there is no such file")
    if any(backup.with_name(backup.name + suffix).exists() for suffix in LOG_SUFFIXES):
        raise BadBackup(backup, "it is a database in use, with its log beside it, and not a copy made by `backup`")
    try:
        with closing(connect_frozen(backup)) as db, reworded(backup):
            if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise BadBackup(backup, "it is not a backup made by this program")
            refuse_others(db, backup)
            found = [row[0] for row in db.execute("PRAGMA integrity_check(3)")]
    except StoreError as error:
        raise error if isinstance(error, BadBackup) else BadBackup(backup, error.in_short) from error
    if found != ["ok"]:
        raise BadBackup(backup, f"it is damaged ({'; '.join(found)})")


def restore(backup: Path, path: Path, *, now: datetime, replace: bool = False) -> Path | None:
    """Put a checked copy of *backup* in the place of the database at *path*, which no bot may have open.

    With *replace*, a database that is there is first set aside under a new name, which is returned.

    Raises:
        BadBackup: Nothing was changed.
        WouldOverwrite: *path* is there, and *replace* was not said.
        AlreadyRunning: A bot is running on *path*.
        CannotOpen, StoreFull: see there.
    """
    path = path.absolute()
    check_backup(backup)
    if path.exists() and not replace:
        raise WouldOverwrite(path)
    instance = InstanceLock(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    instance.take()
    half = beside(path, "half")
    try:
        half.unlink(missing_ok=True)
        with reworded(path), closing(connect_frozen(backup)) as db:
            _copy(db, half, None)
        aside = _set_aside(path, now)
        half.rename(path)
        _sync_folder(path.parent)
        return aside
    finally:
        half.unlink(missing_ok=True)
        instance.release()


def _copy(db: Database, target: Path, progress: Progress | None) -> None:
    # An open read transaction keeps the snapshot: without it every commit of others would start the copy again.
    db.conn.execute("BEGIN")
    db.conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    with closing(connect(target)) as copy:

        def report(_status: int, left: int, total: int) -> None:
            if progress:
                progress(total - left, total)

        db.conn.backup(copy.conn, pages=PAGES_A_STEP, progress=report)
        # One file that is whole by itself; the next start makes it WAL again.
        copy.conn.execute("PRAGMA journal_mode = DELETE")
    db.conn.execute("ROLLBACK")
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Rename the database that is there, with its write-ahead log, and return its new name; None if there is none.

    A log left behind would be played into the restored file and ruin it.
    """
    aside = beside(path, f"before-restore-{now:%Y%m%d-%H%M%S}")
    if aside.exists():
        raise WouldOverwrite(aside)
    was_there = path.exists()
    for suffix in ("", *LOG_SUFFIXES):
        file = path.with_name(path.name + suffix)
        if file.exists():
            file.rename(aside.with_name(aside.name + suffix))
    return aside if was_there else None


def _sync_folder(folder: Path) -> None:
    """Make a rename in *folder* survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
