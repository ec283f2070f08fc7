"""What a connection remembers changes nothing but how long a story takes."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from store.database import index, phrases, recent, told
from store.database.checks import find_problems
from store.database.store import Store
from store.database.stories import save_story
from store.database.withdrawing import withdraw_story
from store.facts.extract import extract_facts
from tests.database.builders import NOW, story
from tests.facts.running_events import events

# Each is compared with the one before and shares most of its words.
TOLD = [one.story for stories in list(events().values())[:3] for one in stories]
HELD = (
    "SELECT term, facts, paragraphs FROM terms ORDER BY term",
    "SELECT words.word, count(*) FROM words JOIN word_shapes ON word_shapes.word = id GROUP BY id ORDER BY 1",
    "SELECT name, kind, stories FROM names ORDER BY 1, 2",
    "SELECT text FROM phrases ORDER BY text",
    "SELECT fact, tag, ref FROM alert_facts ORDER BY fact",
    "SELECT source, type, target, evidence FROM relations ORDER BY 1, 2, 3",
)


def add(store: Store, number: int) -> None:
    """Save one of the stories, read in full."""
    told = TOLD[number]
    store.write(lambda db: save_story(db, told, extract_facts(told), key=str(number), now=NOW))


def contents(store: Store) -> list[list[tuple[object, ...]]]:
    """Return what is held, without the numbers under which words are."""
    assert store.read(find_problems) == []
    return store.read(lambda db: [db.conn.execute(query).fetchall() for query in HELD])


@pytest.fixture
def remembered(store: Store) -> list[list[tuple[object, ...]]]:
    """What is held once one connection has saved all stories."""
    for number in range(len(TOLD)):
        add(store, number)
    return contents(store)


def test_two_processes_save_by_turns(store: Store, remembered: list[list[tuple[object, ...]]]) -> None:
    """Words, names and facts that the other process has brought are not those that this one remembers."""
    with Store.open(store.path.with_name("a.db")) as one, Store.open(one.path) as other:
        for number in range(len(TOLD)):
            add((one, other)[number % 2], number)

        assert contents(one) == remembered


def test_a_rollback_is_forgotten(store: Store, remembered: list[list[tuple[object, ...]]]) -> None:
    """Words, names and phrases that were new in a story that was not stored are new in the next one again."""

    def fail(db: Database, number: int) -> None:
        told = TOLD[number]
        save_story(db, told, extract_facts(told), key=None, now=NOW)
        raise ZeroDivisionError

    with Store.open(store.path.with_name("a.db")) as fresh:
        for number in range(len(TOLD)):
            with pytest.raises(ZeroDivisionError):
                fresh.write(lambda db, number=number: fail(db, number))
            add(fresh, number)

        assert contents(fresh) == remembered


def test_little_is_remembered(
    store: Store, remembered: list[list[tuple[object, ...]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a connection forgets within a story, it reads again."""
    limits = ((module, "REMEMBERED") for module in (index, phrases, recent, told))
    for module, name in (*limits, (recent, "WORDS")):
        monkeypatch.setattr(module, name, 5)
    with Store.open(store.path.with_name("a.db")) as fresh:
        for number in range(len(TOLD)):
            add(fresh, number)

        assert contents(fresh) == remembered


def test_other_rules_meanwhile(store: Store, remembered: list[list[tuple[object, ...]]]) -> None:
    """An upgrade between two stories: what was kept by the old rules is read from the sentences."""
    with Store.open(store.path.with_name("a.db")) as before:
        for number in range(len(TOLD) - 1):
            add(before, number)
        before.write(lambda db: db.conn.execute("UPDATE reading_rules SET rules = 'older ones'"))
    with Store.open(before.path) as after:
        add(after, len(TOLD) - 1)

        assert contents(after) == remembered


def test_a_story_that_was_taken_back_is_compared_with_nothing(store: Store) -> None:
    """Its facts are remembered, and yet none of them makes a repeat of what comes in again."""
    text = "MARN, May 4 (Northwind) - The dyke at Sill broke on Sunday and 1,200 people fled to Marn, rescuers said."
    told = [story(text), story(f"{text}\n\nBoats came.")]
    receipts = []
    for number, one in enumerate(told):
        receipts.append(
            store.write(lambda db, one=one, key=str(number): save_story(db, one, extract_facts(one), key=key, now=NOW))
        )
        store.write(lambda db, key=str(number): withdraw_story(db, key, by=None, now=NOW))

    assert [receipt.already_held for receipt in receipts] == [0, 0]
    assert store.read(find_problems) == []
