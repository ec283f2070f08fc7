"""What `check` says about a database that is not sound, and that it says nothing about one that is."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.database import inbox, outbox
from store.database.checks import find_problems
from store.database.connection import connect
from store.database.store import Store
from tests.database.builders import BRIDGE, FERRY, NOW, save


def spoil(path: Path, *statements: str) -> None:
    """Change the file behind the program's back."""
    with closing(connect(path)) as db:
        db.conn.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            db.conn.execute(statement)


def test_a_sound_database_has_no_problems(store: Store) -> None:
    """With stories, versions, alerts and messages in it."""
    save(store, FERRY, key="a")
    save(store, BRIDGE, key="a")
    store.write(lambda db: outbox.queue_message(db, 7, {"text": "…"}, now=NOW))

    assert store.read(find_problems) == []


@pytest.mark.parametrize(
    ("statements", "what"),
    [
        (["UPDATE tally SET facts = 99"], "the tally says 1 stories and 99 facts, there are 1 and 3"),
        (["DROP INDEX stories_by_time"], "index stories_by_time is missing"),
        (
            ["DROP TABLE readings", "CREATE TABLE readings (chat INTEGER)"],
            "table readings is not as this version made it",
        ),
        (["DELETE FROM facts WHERE id = 2", "UPDATE tally SET facts = 2"], "story a lacks some of its facts"),
        (["DELETE FROM story_texts", "DELETE FROM stories"], "facts points at stories that are not there"),
    ],
)
def test_what_is_wrong_is_named(path: Path, store: Store, statements: list[str], what: str) -> None:
    """Each with what to do about it."""
    save(store, FERRY, key="a")
    spoil(path, *statements)
    problems = store.read(find_problems)

    assert what in [problem.what for problem in problems]
    assert all("restore a backup" in problem.advice for problem in problems)


def test_damage_comes_alone(path: Path) -> None:
    """What else is found in a damaged file says little."""
    with Store.open(path) as store:
        save(store, FERRY, key="quicksand")
    whole = path.read_bytes()
    at = whole.index(b"quicksand")
    path.write_bytes(whole[:at] + b"Q" + whole[at + 1 :])
    spoil(path, "UPDATE tally SET facts = 99")

    with Store.open(path) as store:
        problems = store.read(find_problems)
    assert problems
    assert all("the file is damaged" in problem.what for problem in problems)


def test_what_was_given_up_is_for_a_person_to_look_at(store: Store) -> None:
    """Updates after three tries, messages that Telegram refused."""

    def give_up(db: Database) -> None:
        inbox.keep(db, 10, chat=5, body="{}", now=NOW)
        for _ in range(inbox.MAX_ATTEMPTS):
            inbox.begin(db, 10)
            inbox.fail(db, 10, why="KeyError: 'text'", now=NOW)
        delivery = outbox.queue_message(db, 7, {"text": "…"}, now=NOW)
        outbox.finish_failed(db, delivery, why="Bad Request", now=NOW)

    store.write(give_up)

    assert [problem.what for problem in store.read(find_problems)] == [
        "1 updates were given up after three tries, the last one (10): KeyError: 'text'",
        "1 messages were refused by Telegram",
    ]
