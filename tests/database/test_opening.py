"""Whose file it is, what it lacks, and who else has it open."""

from __future__ import annotations

import os
import re
import signal
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations
from sqlite_utils.utils import sqlite3

from store.database.checks import find_problems
from store.database.connection import connect
from store.database.errors import (
    AlreadyRunning,
    ForeignDatabase,
    MigrationBlocked,
    NewerDatabase,
    NotADatabase,
    StoreBusy,
)
from store.database.lock import InstanceLock, migration_lock
from store.database.migrating import bring_up_to_date
from store.database.outbox import claim_due, next_due_at
from store.database.reading import holdings, outlets_held, stories_of_facts
from store.database.schema import MIGRATIONS
from store.database.store import Store
from tests.database.builders import FERRY, NOW, save, start_process

HOLD = """
import sys
from store.database.store import Store
store = Store.open(sys.argv[1], exclusive=True)
print("open", flush=True)
sys.stdin.read()
store.close()
"""

OPEN_AND_SAVE = """
import sys
from store.database.store import Store
from tests.database.builders import save
sys.stdin.readline()
with Store.open(sys.argv[1]) as store:
    save(store, f"Process {sys.argv[2]} was first. It says so.", key=sys.argv[2])
"""


def test_every_table_is_strict(store: Store) -> None:
    """SQLite checks types in every table of ours; virtual tables and their shadows cannot be strict."""

    def loose(db: Database) -> list[str]:
        rows = db.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        shadows = re.compile(r"(fact|paragraph)_index(_\w+)?|_sqlite_migrations|sqlite_\w+")
        return [name for name, sql in rows if not re.search(r"\)\s*STRICT", sql) and not shadows.fullmatch(name)]

    assert store.read(loose) == []


def test_what_is_to_be_sent_is_found_by_an_index(store: Store) -> None:
    """The queries that run every second never read what was sent long ago."""
    statements: list[str] = []

    def look(db: Database) -> list[str]:
        db.conn.set_trace_callback(statements.append)
        next_due_at(db)
        claim_due(db, now=NOW)
        db.conn.set_trace_callback(None)
        return [str(db.conn.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()) for sql in statements]

    plans = store.write(look)

    assert len(plans) == 2
    assert all("deliveries_open" in plan for plan in plans)


def test_what_each_question_looks_up_costs_the_same_in_any_store(store: Store) -> None:
    """Outlets are found, and facts told apart, by indexes: no row of the large tables is read."""
    statements: list[str] = []

    def look(db: Database) -> list[str]:
        db.conn.set_trace_callback(statements.append)
        outlets_held(db)
        stories_of_facts(db, [1, 2])
        db.conn.set_trace_callback(None)
        return [str(step) for sql in statements for *_, step in db.conn.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]

    tables = [step for step in store.read(look) if re.search(r"\b(stories|facts)\b", step)]

    assert len(tables) == 6
    assert all("INDEX" in step for step in tables)


@pytest.mark.parametrize("migration", [migration.name for migration in MIGRATIONS.pending(Database(memory=True))])
def test_a_file_from_before_any_migration_is_brought_up_to_date(path: Path, migration: str) -> None:
    """Every past schema, the empty file first."""
    with closing(Database(sqlite3.connect(path, isolation_level=None), execute_plugins=False)) as db:
        MIGRATIONS.apply(db, stop_before=migration)

    with Store.open(path) as store:
        assert store.read(find_problems) == []
        assert save(store, FERRY).state == "stored"


def test_another_programs_database_is_left_alone(path: Path) -> None:
    """Not a byte of it changes, and nothing is put beside it."""
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE recipe (name TEXT)")
        conn.execute("PRAGMA application_id = 1234")
        conn.commit()
    before = path.read_bytes()

    with pytest.raises(ForeignDatabase, match=r"another program.*--db"):
        Store.open(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_no_database(path: Path) -> None:
    """A text that somebody named by mistake is named and kept."""
    path.write_text("Dear reader,\n" * 100)

    with pytest.raises(NotADatabase, match="not a SQLite database"):
        Store.open(path)
    assert path.read_text().startswith("Dear reader")


def test_a_newer_database_is_refused(path: Path) -> None:
    """A version that does not know a migration does not touch what it made."""
    with Store.open(path) as store:
        store.write(lambda db: db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('dateline', 'm999_faster', '')"
        ))  # fmt: skip

    with pytest.raises(NewerDatabase, match=r"m999_faster.*upgrade"):
        Store.open(path)


def test_one_bot_a_file(path: Path) -> None:
    """A second bot is told who the first is; commands work beside it; a killed bot leaves no lock."""
    bot = start_process(HOLD, path)
    assert bot.stdout
    assert bot.stdout.readline() == "open\n"

    with pytest.raises(AlreadyRunning, match=rf"already running.*process {bot.pid}"):
        Store.open(path, exclusive=True)
    with Store.open(path) as command:
        assert save(command, FERRY).state == "stored"
    os.kill(bot.pid, signal.SIGKILL)
    bot.communicate()
    with Store.open(path, exclusive=True) as next_bot:
        assert next_bot.read(holdings)[0] == 1


def test_a_closed_store_lets_the_next_bot_in(path: Path) -> None:
    """Also when opening failed half-way."""
    Store.open(path, exclusive=True).close()
    path.write_text("not a database" * 100)
    for _ in range(2):
        with pytest.raises(NotADatabase):
            Store.open(path, exclusive=True)


def test_many_first_starts_at_once(path: Path) -> None:
    """Whoever comes first makes the tables, the others wait for it and go on."""
    for attempt in range(3):
        file = path.with_name(f"{attempt}.db")
        processes = [start_process(OPEN_AND_SAVE, file, number) for number in range(5)]
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate(timeout=60)[0] for process in processes]

        assert said == [""] * 5
        with Store.open(file) as store:
            assert store.read(holdings)[:2] == (5, 10)


def test_tables_do_not_change_under_a_running_bot(path: Path) -> None:
    """A command of a newer version says that the bot must be stopped first, and changes nothing until it is."""
    newer = Migrations("dateline")
    for migration in MIGRATIONS.pending(Database(memory=True)):
        newer(name=migration.name)(migration.fn)
    newer(name="m002_weather")(lambda db: db.execute("CREATE TABLE weather (day TEXT) STRICT"))

    with Store.open(path, exclusive=True), closing(connect(path)) as db:
        with pytest.raises(MigrationBlocked, match="stop the bot"):
            bring_up_to_date(db, path, instance_held=False, migrations=newer, patience_s=0.1)
        assert "weather" not in db.table_names()
    with closing(connect(path)) as db:
        bring_up_to_date(db, path, instance_held=False, migrations=newer)
        assert "weather" in db.table_names()


def test_a_migration_that_takes_too_long_is_not_joined(path: Path) -> None:
    """Two never migrate at once, in one process or in two."""
    with migration_lock(path), pytest.raises(StoreBusy), migration_lock(path, wait_s=0.1):
        pass


def test_a_lock_can_be_taken_again_once_released(path: Path) -> None:
    """Releasing twice is once."""
    first, second = InstanceLock(path), InstanceLock(path)
    first.take()
    with pytest.raises(AlreadyRunning):
        second.take()
    first.release()
    first.release()
    second.take()
    second.release()
