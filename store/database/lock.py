"""Who may run on a database file: one bot at a time, one migration at a time.

Both locks are `flock` on files beside the database. The kernel lets go of them when the process ends, however it ends,
so a killed bot leaves nothing to clean up; the files themselves stay, since deleting a lock file while another process
waits for it would let two in.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from store.database.errors import AlreadyRunning, CannotOpen, StoreBusy

MIGRATION_WAIT_S = 60.0  # longer than any migration of a million facts should take
POLL_S = 0.05


class InstanceLock:
    """The right to be the one bot on *path*, from `take` until `release` or the end of the process."""

    def __init__(self, path: Path) -> None:
        self._database = path
        self._file = beside(path, "lock")
        self._descriptor: int | None = None

    def take(self) -> None:
        """Take the lock now.

        Raises:
            AlreadyRunning: Another process has it; it names that process.
        """
        descriptor = _open(self._file)
        if not _try_lock(descriptor):
            pid = _read_pid(descriptor)
            os.close(descriptor)
            raise AlreadyRunning(self._database, pid)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go; harmless when nothing is held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@contextmanager
def migration_lock(path: Path, *, wait_s: float = MIGRATION_WAIT_S) -> Iterator[None]:
    """Be the only process that looks for missing tables in *path*, and makes them.

    Raises:
        StoreBusy: Another process had it for longer than *wait_s*.
    """
    descriptor = _open(beside(path, "migrating"))
    try:
        if not wait_until(lambda: _try_lock(descriptor), wait_s=wait_s):
            raise StoreBusy(path, wait_s)
        yield
    finally:
        os.close(descriptor)


def wait_until(done: Callable[[], bool], *, wait_s: float) -> bool:
    """Ask *done* until it says yes; False when *wait_s* went by first."""
    until = time.monotonic() + wait_s
    while not done():
        if time.monotonic() >= until:
            return False
        time.sleep(POLL_S)
    return True


def beside(path: Path, suffix: str) -> Path:
    """Return the name of a side file: "news.db" and "lock" give "news.db.lock"."""
    return path.with_name(f"{path.name}.{suffix}")


def _open(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise CannotOpen(file, error.strerror or str(error)) from error


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_pid(descriptor: int) -> int | None:
    """Return the process that wrote itself into a lock file; None while it is just doing so."""
    text = os.pread(descriptor, 20, 0)
    return int(text) if text.isdigit() else None
