"""What can go wrong with the store, by what its caller can do about it. Every message says what to do next."""

from __future__ import annotations

import resource
from collections.abc import Sequence
from pathlib import Path


class StoreError(Exception):
    """The base of everything that the store raises on purpose."""

    # What is wrong with "it", without what to do, for a message that says that itself.
    in_short = "it cannot be read"


class CannotOpen(StoreError):
    """The file cannot be opened or made."""

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"cannot open {path}: {why}; check the folder and its rights, or name another file with --db")


class NotADatabase(StoreError):
    """The file is there and is no SQLite database, or its first page is damaged."""

    in_short = "it is not a SQLite database"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} is not a SQLite database; name another file with --db, or restore a backup over it")


class ForeignDatabase(StoreError):
    """A SQLite database that belongs to another program."""

    in_short = "it belongs to another program"

    def __init__(self, path: Path, application_id: int) -> None:
        self.path, self.application_id = path, application_id
        super().__init__(
            f"{path} belongs to another program (application id {application_id:#x}) and is left alone; "
            "name another file with --db"
        )


class NewerDatabase(StoreError):
    """The database was written by a later version, whose tables this one does not know."""

    in_short = "it was made by a newer version of this program"

    def __init__(self, path: Path, unknown: Sequence[str]) -> None:
        self.path, self.unknown = path, tuple(unknown)
        super().__init__(
            f"{path} was written by a newer version (unknown here: {', '.join(unknown)}); "
            "upgrade the program, or restore a backup from before the upgrade"
        )


class MigrationBlocked(StoreError):
    """Tables must change, and a running bot has them open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"{path} must be upgraded, and a running bot has it open; stop the bot, then run this command again"
        )


class UnsafeSQLite(StoreError):
    """The SQLite library has the WAL-reset bug (https://sqlite.org/wal.html#walresetbug)."""

    def __init__(self, version: str) -> None:
        self.version = version
        super().__init__(
            f"SQLite {version} can corrupt a database that two connections use (its WAL-reset bug, fixed in 3.51.3); "
            "install pysqlite3, which carries a fixed one: make setup"
        )


class AlreadyRunning(StoreError):
    """Another process holds the instance lock."""

    def __init__(self, path: Path, pid: int | None) -> None:
        self.path, self.pid = path, pid
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"a bot is already running on {path} ({who}); stop it first, or name another file with --db")


class StoreBusy(StoreError):
    """Another process kept the database for longer than we wait."""

    def __init__(self, path: Path, waited_s: float) -> None:
        self.path, self.waited_s = path, waited_s
        super().__init__(f"{path} was kept busy by another process for {waited_s:.0f} s; nothing was stored, try again")


class StoreFull(StoreError):
    """The disk, or the quota, is full. Nothing of the failed transaction is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"no room left to write {path}; nothing was stored: free some space and try again")


class DiskRefused(StoreError):
    """The system would not read or write the file: it may grow no further, or the disk fails."""

    def __init__(self, path: Path) -> None:
        self.path = path
        limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
        if limit == resource.RLIM_INFINITY:
            why = f"the disk refused to read or write {path}: a quota is used up, or the disk fails"
            advice = "look at the quota and at the system's log"
        else:
            why = f"{path} cannot grow: files of this process may have {limit:,} bytes at most (ulimit -f)"
            advice = "raise the limit"
        super().__init__(f"{why}; nothing was stored by half: {advice}, and try again")


class StoreDamaged(StoreError):
    """SQLite found the file malformed."""

    in_short = "it is damaged"

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path} is damaged ({why}); stop the bot, keep a copy of the file, and restore a backup")


class StoreClosed(StoreError):
    """Work was handed to a store that is closed."""

    def __init__(self) -> None:
        super().__init__("the store is closed")


class BadBackup(StoreError):
    """The file to restore is not a sound backup of this program."""

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path} cannot be restored: {why}; nothing was changed, choose another backup")


class WouldOverwrite(StoreError):
    """Something is there that would be lost."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} is there already and is left alone; name another file, or move it away")
