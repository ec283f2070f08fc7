"""The one door to the database file: opening it safely, and running work on it in transactions.

A writer thread owns the only connection that writes, reader threads have one each; work is a function of a
`sqlite_utils.Database` that runs in such a thread from its first statement to its last, so that a transaction never
waits for anything but the database.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from store.database.connection import Work, connect, refuse_unsafe_sqlite, reworded, transaction
from store.database.errors import CannotOpen, StoreClosed
from store.database.index import merge_index
from store.database.lock import InstanceLock
from store.database.migrating import bring_up_to_date

log = logging.getLogger(__name__)

S = TypeVar("S")
T = TypeVar("T")

TO_READ = "BEGIN"  # on what is committed when the first row is read
TO_WRITE = "BEGIN IMMEDIATE"  # what was read first would make a plain one fail, whatever the time-out

READERS = 3
IDLE_S = 0.2  # nothing to write for that long: time to tidy up
WRITES_BETWEEN_CHECKPOINTS = 40  # a story is 100 to 250 pages of the log: a commit that empties it takes 50 ms more
WRITES_BETWEEN_TIDYING = 200  # a long import has no idle moment, and unmerged index segments slow every question


class Store:
    """An open database. Made by `Store.open`; close it, or use it as a context manager."""

    def __init__(self, path: Path, instance: InstanceLock | None) -> None:
        self.path = path
        self._instance = instance
        self._closing = threading.Lock()
        self._writer = _Crew(path, "store-writer", 1, tidy=_tidy)
        self._readers = _Crew(path, "store-reader", READERS, opening="PRAGMA query_only = ON")

    @classmethod
    def open(cls, path: Path | str, *, exclusive: bool = False) -> Store:
        """Open *path*, made with its folder if it is not there, and bring its tables up to date.

        With *exclusive*, be the one bot on it until closed; commands that live for a moment work beside it without.

        Raises:
            AlreadyRunning: *exclusive*, and another bot is running on it.
            UnsafeSQLite, CannotOpen, NotADatabase: It cannot be used, or not with this SQLite.
            ForeignDatabase, NewerDatabase: It is another program's, or a later version's.
            MigrationBlocked, StoreBusy: Another process is in the way.
        """
        path = Path(path).absolute()
        refuse_unsafe_sqlite()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotOpen(path.parent, error.strerror or str(error)) from error
        instance = InstanceLock(path) if exclusive else None
        if instance:
            instance.take()
        try:
            with closing(connect(path)) as db, reworded(path):
                bring_up_to_date(db, path, instance_held=exclusive)
        except BaseException:
            if instance:
                instance.release()
            raise
        return cls(path, instance)

    def write(self, work: Work[T]) -> T:
        """Run *work* in one transaction that nobody else can come between, and return what it returns once committed.

        Whatever *work* raises is raised here, with nothing of it stored.

        Raises:
            StoreBusy, StoreFull, StoreDamaged, StoreClosed: Nothing was stored.
        """
        return self._writer.submit(partial(transaction, begin=TO_WRITE, work=work)).result()

    def write_prepared(self, prepare: Work[S], work: Callable[[Database, S], T]) -> T:
        """Run *prepare* on one snapshot, in which it only reads, and then *work* with what it returned, like `write`.

        Other processes may write until *work* begins, so that it has to see whether what was prepared still holds.
        Nothing of this process comes between.

        Raises:
            StoreBusy, StoreFull, StoreDamaged, StoreClosed: Nothing was stored.
        """
        return self._writer.submit(partial(_write_prepared, prepare=prepare, work=work)).result()

    def read(self, work: Work[T]) -> T:
        """Run *work* on one snapshot of the database. It must return values: a cursor is dead once it returns."""
        return self._readers.submit(partial(transaction, begin=TO_READ, work=work)).result()

    async def awrite(self, work: Work[T]) -> T:
        """Like `write`, without holding up the event loop.

        When the waiting task is cancelled, work that has begun is still finished and committed.
        """
        return await asyncio.wrap_future(self._writer.submit(partial(transaction, begin=TO_WRITE, work=work)))

    async def aread(self, work: Work[T]) -> T:
        """Like `read`, without holding up the event loop."""
        return await asyncio.wrap_future(self._readers.submit(partial(transaction, begin=TO_READ, work=work)))

    def close(self) -> None:
        """Finish what was handed in, stop the threads, close the connections, let go of the lock. Twice is once."""
        with self._closing:
            self._readers.stop()
            self._writer.stop()
            if self._instance:
                self._instance.release()
                self._instance = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _write_prepared(db: Database, prepare: Work[S], work: Callable[[Database, S], T]) -> T:
    prepared = transaction(db, TO_READ, prepare)
    return transaction(db, TO_WRITE, lambda db: work(db, prepared))


def _tidy(db: Database) -> bool:
    """Do a little of what the commits left for later; True when more is to do."""
    if transaction(db, TO_WRITE, merge_index):
        return True
    _empty_log(db)
    # What a story leaves behind is looked through now: the collector waits until thousands more values were made than
    # freed, and a writer that forgets as much as it remembers makes it wait for a hundred stories, in the midst of one.
    gc.collect(1)
    return False


def _empty_log(db: Database) -> bool:
    """Take the write-ahead log into the database as far as no reader is in the way; False: nothing more to do now."""
    db.conn.execute("PRAGMA wal_checkpoint(PASSIVE)")
    return False


@dataclass(frozen=True, slots=True)
class _Job:
    """Work that waits for a thread, with its transactions in it, and where its result goes."""

    work: Work[Any]  # any result: each job's future has the type of its own
    future: Future[Any]


class _Crew:
    """Threads that run jobs from one queue, each on a connection of its own that it opens first and closes last."""

    def __init__(
        self, path: Path, name: str, size: int, *, opening: str | None = None,
        tidy: Callable[[Database], bool] | None = None,
    ) -> None:  # fmt: skip
        self._path, self._opening, self._tidy = path, opening, tidy
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._entry = threading.Lock()  # between the last job and the order to stop
        self._stopped = False
        self._threads = [threading.Thread(target=self._run, name=f"{name}-{n}", daemon=True) for n in range(size)]
        self._started = False
        self._untidied = 0  # jobs done since all was tidy; only the one thread of a crew that tidies looks at it

    def submit(self, work: Work[T]) -> Future[T]:
        """Queue *work*, which begins and ends its transactions itself.

        Raises:
            StoreClosed: No more work is taken.
        """
        if threading.current_thread() in self._threads:
            raise RuntimeError("work inside a transaction waits for another one, which would wait for ever")
        job = _Job(work, Future())
        with self._entry:
            if self._stopped:
                raise StoreClosed
            if not self._started:  # a command that only reads never starts the writer
                self._started = True
                for thread in self._threads:
                    thread.start()
            self._jobs.put(job)
        return job.future

    def stop(self) -> None:
        """Take no more work, finish what is queued, and wait for the threads to end."""
        with self._entry:
            if self._stopped:
                return
            self._stopped = True
            for _ in self._threads:
                self._jobs.put(None)
        if self._started:
            for thread in self._threads:
                thread.join()

    def _run(self) -> None:
        db: Database | None = None
        while (job := self._next_job(db)) is not None:
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                with reworded(self._path):
                    db = db or self._connect()
                    result = job.work(db)
            except BaseException as error:  # it is raised where the result is waited for
                job.future.set_exception(error)
            else:
                job.future.set_result(result)
            self._untidied += 1
            if self._tidy and self._untidied % WRITES_BETWEEN_CHECKPOINTS == 0:
                self._tidy_up(db, _empty_log if self._untidied % WRITES_BETWEEN_TIDYING else self._tidy)
        if db:
            db.close()

    def _next_job(self, db: Database | None) -> _Job | None:
        """Wait for the next job, tidying up when there is none for a while; None when it is time to stop."""
        while self._tidy and self._untidied:
            try:
                return self._jobs.get(timeout=IDLE_S)
            except queue.Empty:
                if self._tidy_up(db, self._tidy):
                    self._untidied = 0
        return self._jobs.get()

    def _connect(self) -> Database:
        db = connect(self._path)
        if self._opening:
            db.conn.execute(self._opening)
        return db

    def _tidy_up(self, db: Database | None, tidy: Callable[[Database], bool]) -> bool:
        """Tidy up a little; True when all is tidy, or when it is better tried again after the next write."""
        if not db:
            return True
        try:
            with reworded(self._path):
                return not tidy(db)
        except Exception:  # nothing depends on it, while everything depends on this thread
            log.exception("tidying put off path=%s", self._path)
            return True
