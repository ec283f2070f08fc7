"""One writer, several readers, and nothing by half."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.database.checks import find_problems
from store.database.connection import connect, refuse_unsafe_sqlite
from store.database.errors import CannotOpen, StoreBusy, StoreClosed, StoreDamaged, StoreFull, UnsafeSQLite
from store.database.people import all_chats, set_team_chats
from store.database.reading import all_facts, holdings
from store.database.store import Store
from tests.database.builders import BRIDGE, FERRY, NOW, save, start_process


def add_chat(db: Database, chat: int) -> None:
    set_team_chats(db, {*(each.id for each in all_chats(db)), chat}, now=NOW)


def count_chats(db: Database) -> int:
    return len(all_chats(db))


def test_what_is_written_is_there_after_reopening(path: Path) -> None:
    """A committed change is on disk."""
    with Store.open(path) as store:
        store.write(lambda db: add_chat(db, 1))

    with Store.open(path) as store:
        assert store.read(count_chats) == 1


def test_the_file_survives_a_power_cut(store: Store) -> None:
    """Write-ahead log, full synchronisation and foreign keys are on where writing happens."""

    def settings(db: Database) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert store.write(settings) == ["wal", 2, 1]


def test_an_error_undoes_everything(store: Store) -> None:
    """Work that fails leaves nothing behind, and the next work is not touched by it."""

    def fail(db: Database) -> None:
        add_chat(db, 1)
        raise LookupError("no")

    with pytest.raises(LookupError):
        store.write(fail)
    store.write(lambda db: add_chat(db, 2))

    assert [chat.id for chat in store.read(all_chats)] == [2]


def test_readers_cannot_write(store: Store) -> None:
    """What changes the database goes through the writer."""
    with pytest.raises(Exception, match="readonly"):
        store.read(lambda db: add_chat(db, 1))

    assert store.read(count_chats) == 0


def test_a_reader_sees_one_moment(store: Store) -> None:
    """A commit in the middle of a read is not seen before the next one."""
    began, committed = threading.Event(), threading.Event()

    def count_twice(db: Database) -> tuple[int, int]:
        before = count_chats(db)
        began.set()
        assert committed.wait(10)
        return before, count_chats(db)

    counts: list[tuple[int, int]] = []
    reader = threading.Thread(target=lambda: counts.append(store.read(count_twice)))
    reader.start()
    assert began.wait(10)
    store.write(lambda db: add_chat(db, 1))
    committed.set()
    reader.join()

    assert counts == [(0, 0)]
    assert store.read(count_chats) == 1


def test_a_transaction_within_a_transaction_is_refused(store: Store) -> None:
    """Waiting for the writer inside the writer would wait for ever."""
    with pytest.raises(RuntimeError, match="for ever"):
        store.write(lambda db: store.write(count_chats))


def test_writers_of_many_threads_take_turns(store: Store) -> None:
    """Each adds one to what it reads: none reads what another is about to change."""

    def add_one(db: Database) -> None:
        (number,) = db.conn.execute("SELECT stories FROM tally").fetchone()
        time.sleep(0.0005)
        db.conn.execute("UPDATE tally SET stories = ?", (number + 1,))

    threads = [threading.Thread(target=lambda: [store.write(add_one) for _ in range(20)]) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.read(holdings)[0] == 100


WRITE_BESIDE = """
import sys
from store.database.store import Store
from tests.database.builders import save
with Store.open(sys.argv[1]) as store:
    for n in range(40):
        save(store, f"Lorry {n} crossed from side {sys.argv[2]}. It carried sand.", key=f"{sys.argv[2]}-{n}")
"""


def test_two_processes_write_at_once(path: Path, store: Store) -> None:
    """An import beside a running bot: both wait for each other, and every story of both is stored once."""
    others = [start_process(WRITE_BESIDE, path, side) for side in ("north", "south")]
    for n in range(20):
        save(store, f"Boat {n} left the harbour. Nobody was on board.", key=f"boat-{n}")
    said = [other.communicate(timeout=60)[0] for other in others]

    assert said == ["", ""]
    assert store.read(holdings)[:2] == (100, 200)
    assert store.read(find_problems) == []


WRITE_FOR_EVER = """
import sys
from store.database.store import Store
from tests.database.builders import save
store = Store.open(sys.argv[1], exclusive=True)
n = 0
while True:
    text = f"Convoy {n} reached the pass. It had {n} lorries. The pass is at 3,000 metres. Snow fell."
    print(save(store, text, key=str(n)).story, flush=True)
    n += 1
"""


def test_a_killed_writer_leaves_whole_stories(path: Path) -> None:
    """After SIGKILL in the middle of writing, what was confirmed is there, and every story is whole."""
    for _ in range(3):
        process = start_process(WRITE_FOR_EVER, path)
        assert process.stdout
        confirmed = [process.stdout.readline().strip() for _ in range(15)]
        os.kill(process.pid, signal.SIGKILL)
        confirmed += process.communicate()[0].split()

        with Store.open(path, exclusive=True) as store:
            held = store.read(lambda db: {known.story_key for known in all_facts(db)})
            assert set(confirmed) <= held
            assert store.read(find_problems) == []
        path.unlink()
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def test_a_full_disk_stores_nothing_and_says_so(store: Store) -> None:
    """The failed story leaves no trace; once there is room the same story is stored."""

    def allow(pages: int) -> None:
        store.write(lambda db: None)
        store.write(lambda db: db.conn.execute(f"PRAGMA max_page_count = {pages}").fetchone())

    (used,) = store.read(lambda db: db.conn.execute("PRAGMA page_count").fetchone())
    allow(used + 3)
    with pytest.raises(StoreFull, match="free some space"):
        for n in range(400):
            save(store, f"{n} tonnes of grain were moved through gate {n}. " * 40 + "It was wheat.", key=f"k{n}")
    held = store.read(holdings)[0]
    assert store.read(find_problems) == []

    allow(100_000)
    assert save(store, BRIDGE).state == "stored"
    assert store.read(holdings)[0] == held + 1


def test_closing_finishes_what_was_handed_in(path: Path) -> None:
    """Closing twice is once; afterwards nothing is taken."""
    store = Store.open(path)
    futures = [store._writer.submit(lambda db, n=n: add_chat(db, n)) for n in range(1, 6)]
    store.close()
    store.close()

    assert all(future.done() for future in futures)
    with pytest.raises(StoreClosed):
        store.write(count_chats)
    with Store.open(path) as again:
        assert again.read(count_chats) == 5


async def test_the_event_loop_runs_on(store: Store) -> None:
    """While a slow transaction runs, the loop does other things, and reads are answered."""
    slow = asyncio.create_task(store.awrite(lambda db: (time.sleep(0.3), add_chat(db, 1))))
    ticks = 0
    while not slow.done():
        assert await store.aread(count_chats) in (0, 1)
        await asyncio.sleep(0.01)
        ticks += 1

    assert ticks > 5
    assert await store.aread(count_chats) == 1


async def test_cancelled_work_that_has_begun_is_still_committed(store: Store) -> None:
    """Cancelling the one who waits does not cut a transaction in two."""
    began = threading.Event()

    def slow(db: Database) -> None:
        began.set()
        time.sleep(0.1)
        add_chat(db, 1)

    task = asyncio.create_task(store.awrite(slow))
    await asyncio.to_thread(began.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await store.awrite(count_chats) == 1


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2)])
def test_a_sqlite_that_may_corrupt_is_refused(version: tuple[int, ...]) -> None:
    """From the first SQLite with a write-ahead log to the last with the WAL-reset bug."""
    with pytest.raises(UnsafeSQLite, match=".".join(map(str, version))):
        refuse_unsafe_sqlite(version)


@pytest.mark.parametrize("version", [(3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 53, 4), (4, 0, 0)])
def test_a_repaired_sqlite_is_used(version: tuple[int, ...]) -> None:
    """The releases that carry the repair, those of older lines included."""
    refuse_unsafe_sqlite(version)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A file where a folder should be is named, with what to do."""
    (tmp_path / "file").write_text("")

    with pytest.raises(CannotOpen, match="--db"):
        Store.open(tmp_path / "file" / "news.db")


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    """A first start needs nothing but a path."""
    with Store.open(tmp_path / "a" / "b" / "news.db") as store:
        assert store.read(count_chats) == 0


def test_idle_time_leaves_the_log_empty(path: Path, store: Store) -> None:
    """When nothing is written, the writer takes the write-ahead log into the database."""
    for n in range(30):
        save(store, f"Train {n} was late. It had {n} passengers.", key=str(n))
    before = path.stat().st_mtime_ns
    deadline = time.monotonic() + 10
    while path.stat().st_mtime_ns == before and time.monotonic() < deadline:
        time.sleep(0.02)

    assert path.stat().st_mtime_ns > before


def test_a_long_import_keeps_the_log_short(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no idle moment the log is emptied between the writes, long before a commit would have to."""
    monkeypatch.setattr("store.database.store.IDLE_S", 60)
    monkeypatch.setattr("store.database.store.WRITES_BETWEEN_CHECKPOINTS", 10)
    log = path.with_name(f"{path.name}-wal")
    sizes = []
    for n in range(60):
        save(store, f"Train {n} was late. It had {n} passengers.", key=str(n))
        sizes.append(log.stat().st_size)

    assert sizes[-1] < 2 * sizes[12]


def test_tidying_that_fails_stops_nothing(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """It is reported, and stories are still stored."""
    store.write(lambda db: db.execute("DROP TABLE paragraph_index"))
    deadline = time.monotonic() + 10
    while "tidying put off" not in caplog.text and time.monotonic() < deadline:
        time.sleep(0.02)
    store.write(lambda db: add_chat(db, 1))

    assert "tidying put off" in caplog.text
    assert store.read(count_chats) == 1


def test_a_database_that_stays_busy_is_named(path: Path, store: Store) -> None:
    """Another process that never ends its transaction: nothing is stored, and it is said why."""
    store.write(lambda db: db.conn.execute("PRAGMA busy_timeout = 50").fetchone())
    with closing(connect(path)) as other:
        other.conn.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match="kept busy by another process"):
            save(store, FERRY)
        other.conn.execute("ROLLBACK")

    assert save(store, FERRY).state == "stored"


def test_a_damaged_page_is_named(path: Path) -> None:
    """What to do is part of the message."""
    with Store.open(path) as store:
        for n in range(40):
            save(store, f"Crane {n} was moved. It weighs {n} tonnes.", key=str(n))
    whole = bytearray(path.read_bytes())
    whole[4096 * 3 :] = b"\x55" * (len(whole) - 4096 * 3)
    path.write_bytes(whole)

    with pytest.raises(StoreDamaged, match="restore a backup"), Store.open(path) as store:
        store.read(lambda db: list(all_facts(db)))
