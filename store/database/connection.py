"""One connection with our settings, one transaction on it, and SQLite's errors in our words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the driver that it chose, pysqlite3 where it is

from store.database.errors import (
    CannotOpen,
    DiskRefused,
    NotADatabase,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    UnsafeSQLite,
)
from store.database.memory import forget

T = TypeVar("T")
Work = Callable[[Database], T]

BUSY_TIMEOUT_S = 30.0  # an `ingest` beside the bot commits every few milliseconds: so long is a stuck process


def connect(path: Path) -> Database:
    """Open one connection with our settings, for the thread that calls.

    Raises:
        CannotOpen, NotADatabase: see there.
    """
    try:
        conn = sqlite3.connect(str(path), timeout=BUSY_TIMEOUT_S, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise CannotOpen(path, str(error)) from error
    try:
        with reworded(path):
            conn.execute("PRAGMA foreign_keys = ON")
            conn.execute("PRAGMA synchronous = FULL")  # a committed story survives a power cut
            conn.execute("PRAGMA cache_size = -32768")  # KiB
            conn.execute("PRAGMA wal_autocheckpoint = 16000")  # pages; the writer does it sooner, outside a commit
            conn.execute("PRAGMA journal_size_limit = 67108864")  # bytes; a long export may have let the log grow
            return Database(conn, execute_plugins=False)
    except BaseException:
        conn.close()
        raise


def connect_frozen(path: Path) -> Database:
    """Open a file that nobody writes, leaving no log or lock file beside it: its folder may be read-only."""
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, isolation_level=None)
    return Database(conn, execute_plugins=False)


def refuse_unsafe_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Refuse a SQLite with the WAL-reset bug: 3.7.0 to 3.51.2, but for the repaired 3.44.6 and 3.50.7.

    Source: https://sqlite.org/wal.html#walresetbug

    Raises:
        UnsafeSQLite: It has the bug.
    """
    repaired = version[:2] in {(3, 44), (3, 50)} and version >= {44: (3, 44, 6), 50: (3, 50, 7)}[version[1]]
    if version < (3, 51, 3) and not repaired:
        raise UnsafeSQLite(".".join(map(str, version)))


@contextmanager
def reworded(path: Path) -> Iterator[None]:
    """Turn SQLite's errors that an operator can act on into ours; bugs go through as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        said = _in_our_words(path, error)
        if said is None:
            raise
        raise said from error


def _in_our_words(path: Path, error: Exception) -> StoreError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    reword = _OURS.get(code)
    return reword(path, str(error)) if reword else None


_OURS: dict[int, Callable[[Path, str], StoreError]] = {
    sqlite3.SQLITE_BUSY: lambda path, _: StoreBusy(path, BUSY_TIMEOUT_S),
    sqlite3.SQLITE_LOCKED: lambda path, _: StoreBusy(path, BUSY_TIMEOUT_S),
    sqlite3.SQLITE_FULL: lambda path, _: StoreFull(path),
    sqlite3.SQLITE_IOERR: lambda path, _: DiskRefused(path),  # pysqlite3 says no more about it
    sqlite3.SQLITE_CORRUPT: StoreDamaged,
    sqlite3.SQLITE_NOTADB: lambda path, _: NotADatabase(path),
    sqlite3.SQLITE_CANTOPEN: CannotOpen,
    sqlite3.SQLITE_READONLY: CannotOpen,
}


def transaction(db: Database, begin: str, work: Work[T]) -> T:
    """Run *work* between *begin* and a commit; whatever it raises rolls everything back."""
    db.conn.execute(begin)
    try:
        result = work(db)
        db.conn.execute("COMMIT")
    except BaseException:
        forget(db)
        if db.conn.in_transaction:  # a full disk has already rolled it back
            db.conn.execute("ROLLBACK")
        raise
    return result
