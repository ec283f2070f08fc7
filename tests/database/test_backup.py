"""Copies that are whole, and putting one back without losing anything."""

from __future__ import annotations

import json
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from store.database.aliases import add_alias
from store.database.backup import back_up, check_backup, restore
from store.database.checks import find_problems
from store.database.errors import AlreadyRunning, BadBackup, CannotOpen, WouldOverwrite
from store.database.exporting import export_lines
from store.database.outbox import queue_message
from store.database.people import Role, give_role, set_team_chats
from store.database.reading import all_facts
from store.database.store import Store
from tests.database.builders import BRIDGE, FERRY, NOW, save


def facts(path: Path) -> list[str]:
    with Store.open(path) as store:
        assert store.read(find_problems) == []
        return [known.text for known in store.read(lambda db: list(all_facts(db)))]


def test_a_backup_holds_everything(path: Path, store: Store) -> None:
    """It is a database of its own, in one file, that opens like any other."""
    save(store, FERRY)
    copy = path.with_name("copy.db")
    back_up(path, copy)

    assert sorted(file.name for file in path.parent.iterdir() if "copy" in file.name) == ["copy.db"]
    assert copy.read_bytes()[18:20] == b"\1\1"  # no write-ahead log: it can be read in a folder that is read-only
    check_backup(copy)
    assert facts(copy) == facts(path)


def test_a_backup_is_one_moment_while_others_write(path: Path, store: Store) -> None:
    """It ends although the bot writes all the time, holds whole stories, and reports how far it is."""
    for n in range(60):
        save(store, f"Barge {n} passed the lock. It carried {n} tonnes. " * 20 + "Nothing was lost.", key=f"b{n}")
    stop = threading.Event()

    def go_on() -> None:
        n = 0
        while not stop.is_set():
            save(store, f"Tug {n} followed. It was empty.", key=f"t{n}")
            n += 1

    steps: list[tuple[int, int]] = []
    writer = threading.Thread(target=go_on)
    writer.start()
    back_up(path, path.with_name("copy.db"), progress=lambda done, total: steps.append((done, total)))
    stop.set()
    writer.join()

    assert steps[-1][0] == steps[-1][1] > 0
    assert len(facts(path.with_name("copy.db"))) >= 60 * 41


def test_a_backup_overwrites_nothing(path: Path, store: Store) -> None:
    """A name that is taken is left alone."""
    copy = path.with_name("copy.db")
    copy.write_text("precious")

    with pytest.raises(WouldOverwrite, match="left alone"):
        back_up(path, copy)
    assert copy.read_text() == "precious"


def test_a_backup_of_nothing_makes_nothing(tmp_path: Path) -> None:
    """Neither a database nor a copy of it."""
    with pytest.raises(CannotOpen, match="no such file"):
        back_up(tmp_path / "none.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_into_a_folder_that_is_not_there(path: Path, store: Store) -> None:
    """It says so and leaves nothing."""
    with pytest.raises(CannotOpen, match=r"copy\.db: there is no such folder"):
        back_up(path, path.parent / "none" / "copy.db")


def test_a_restored_backup_replaces_nothing_unasked(path: Path) -> None:
    """What was there is set aside, its latest commits included, and the backup is in its place."""
    with Store.open(path) as store:
        save(store, FERRY)
        back_up(path, path.with_name("copy.db"))
        save(store, BRIDGE)
    with pytest.raises(WouldOverwrite):
        restore(path.with_name("copy.db"), path, now=NOW)
    aside = restore(path.with_name("copy.db"), path, now=NOW, replace=True)

    assert aside
    assert len(facts(path)) == 3
    assert len(facts(aside)) == 6


def test_a_log_left_behind_does_not_ruin_what_is_restored(path: Path) -> None:
    """After a kill the log lies beside the database; after a restore it belongs to the one set aside."""
    with Store.open(path) as store:
        save(store, FERRY)
        back_up(path, path.with_name("copy.db"))
        save(store, BRIDGE)
        log = path.with_name(path.name + "-wal").read_bytes()
    path.with_name(path.name + "-wal").write_bytes(log)
    restore(path.with_name("copy.db"), path, now=NOW, replace=True)

    assert len(facts(path)) == 3


def test_a_backup_can_be_restored_over_a_ruin(path: Path) -> None:
    """The day on which it is needed."""
    with Store.open(path) as store:
        save(store, FERRY)
        back_up(path, path.with_name("copy.db"))
    path.write_bytes(b"\0" * 5000)
    restore(path.with_name("copy.db"), path, now=NOW, replace=True)

    assert len(facts(path)) == 3


def test_nothing_is_restored_under_a_running_bot(path: Path) -> None:
    """It has the file open."""
    with Store.open(path, exclusive=True) as store:
        save(store, FERRY)
        back_up(path, path.with_name("copy.db"))
        with pytest.raises(AlreadyRunning):
            restore(path.with_name("copy.db"), path, now=NOW, replace=True)


def test_only_sound_backups_are_restored(path: Path, tmp_path: Path) -> None:
    """Missing, no database, another program's, damaged, in use: each is refused by name, and nothing changes."""
    with Store.open(path) as store:
        for n in range(50):
            save(store, f"Crane {n} was moved. It weighs {n} tonnes.", key=str(n))
        back_up(path, tmp_path / "damaged.db")
        with pytest.raises(BadBackup, match="in use"):
            restore(path, tmp_path / "other.db", now=NOW)
    (tmp_path / "text.db").write_text("Dear reader,\n" * 100)
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as conn:
        conn.execute("CREATE TABLE recipe (name TEXT)")
        conn.commit()
    whole = bytearray((tmp_path / "damaged.db").read_bytes())
    whole[8192:20480] = b"\x55" * 12288
    (tmp_path / "damaged.db").write_bytes(whole)
    before = facts(path)

    for name, why in (
        ("none", "no such"),
        ("text", "not a SQLite"),
        ("foreign", "another program|not a backup"),
        ("damaged", "damaged"),
    ):
        with pytest.raises(BadBackup, match=rf"{why}.*nothing was changed"):
            restore(tmp_path / f"{name}.db", path, now=NOW, replace=True)
    assert facts(path) == before


def test_a_backup_with_a_single_wrong_byte_is_refused(path: Path, store: Store) -> None:
    """An index that disagrees with its table is damage too, though SQLite reads it without complaint."""
    copy = path.with_name("copy.db")
    save(store, FERRY, key="quicksand")
    back_up(path, copy)
    whole = copy.read_bytes()
    assert whole.count(b"quicksand") == 2  # in the table, and in its index
    at = whole.index(b"quicksand")
    copy.write_bytes(whole[:at] + b"Q" + whole[at + 1 :])

    with pytest.raises(BadBackup, match="index"):
        check_backup(copy)


def test_everything_is_exported_as_json_lines(store: Store) -> None:
    """Every kind of thing, texts that were replaced included."""
    store.write(lambda db: set_team_chats(db, [-1], now=NOW))
    store.write(lambda db: give_role(db, 7, Role.EDITOR, given_by=1, now=NOW))
    store.write(lambda db: add_alias(db, "armour", ["tanks"], now=NOW))
    store.write(lambda db: queue_message(db, 7, {"text": "312"}, now=NOW))
    save(store, FERRY, key="a", published_at=NOW)
    save(store, FERRY.replace("312", "330"), key="a", published_at=NOW)
    lines = [json.loads(line) for line in store.read(lambda db: list(export_lines(db)))]
    kinds = [line["kind"] for line in lines]

    assert {kind: kinds.count(kind) for kind in kinds} == {
        "story": 2, "fact": 6, "relation": 3, "alert": 2, "answer": 1, "chat": 1, "role": 1, "alias": 1
    }  # fmt: skip
    stories = [line for line in lines if line["kind"] == "story"]
    assert [line["story"]["text"] for line in stories] == [FERRY, FERRY.replace("312", "330")]
    assert [line["version"] for line in stories] == [1, 2]
