"""A story is compared before its transaction begins; what comes in meanwhile is not missed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.database.alerts import all_alerts
from store.database.checks import find_problems
from store.database.reading import all_relations, holdings, stories_of
from store.database.store import Store
from store.database.stories import Receipt, compare_story, save_story
from store.database.withdrawing import withdraw_story
from store.facts.extract import extract_facts
from store.facts.model import RelationType, Story, Tag
from store.intake.accept import take_in
from tests.database.builders import start_process

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SLIDE = Story(
    "A mudslide at Ostvik has killed 14 people, the Tavian rescue service said.\n\n"
    "The mudslide buried the Ostvik tunnel and the old customs house.",
    "Mudslide at Ostvik", "Northern Cable", None, datetime(2026, 11, 19, 9, tzinfo=UTC),
)  # fmt: skip
MORE = Story(
    "The mudslide at Ostvik has killed 19 people, the Tavian rescue service said.\n\n"
    "Divers searched the Ostvik tunnel until dark.",
    "Mudslide toll at Ostvik", "Northern Cable", None, datetime(2026, 11, 19, 15, tzinfo=UTC),
)  # fmt: skip


@pytest.fixture
def other(path: Path, store: Store) -> Iterator[Store]:
    """The same database as another process has it open."""
    with Store.open(path) as opened:
        yield opened


def save_with(store: Store, told: Story, *, meanwhile: Callable[[], object]) -> Receipt:
    """Save a story as `take_in` does; *meanwhile* happens once it is compared, before its transaction begins."""
    extraction = extract_facts(told)

    def prepare(db: Database) -> object:
        compared = compare_story(db, told, extraction, key=None)
        meanwhile()
        return compared

    return store.write_prepared(
        prepare,
        lambda db, compared: save_story(db, told, extraction, key=None, now=NOW, compared=compared),  # type: ignore[arg-type]
    )


def tags(store: Store) -> list[list[Tag]]:
    return [[fact.tag for fact in alert.facts] for alert in store.read(lambda db: list(all_alerts(db)))]


def test_a_figure_that_comes_in_meanwhile_is_updated(store: Store, other: Store) -> None:
    """An import beside the bot stores the earlier toll just before the later one is stored."""
    receipt = save_with(store, MORE, meanwhile=lambda: take_in(other, SLIDE, now=NOW))
    updates = [each for each in store.read(lambda db: list(all_relations(db))) if each.type is RelationType.UPDATES]

    assert receipt.alerted == 2
    assert tags(store) == [[Tag.NEW, Tag.NEW], [Tag.UPDATE, Tag.NEW]]
    assert [(each.source, each.target) for each in updates] == [(3, 1)]
    assert store.read(find_problems) == []


def test_the_same_text_from_two_sides_is_stored_once(store: Store, other: Store) -> None:
    """Who comes second is told that it is held, and nobody is alerted twice."""
    receipt = save_with(store, SLIDE, meanwhile=lambda: take_in(other, SLIDE, now=NOW))

    assert (receipt.state, receipt.alert) == ("known", None)
    assert store.read(holdings)[:2] == (1, 2)
    assert tags(store) == [[Tag.NEW, Tag.NEW]]


def test_a_story_taken_back_meanwhile_is_not_updated(store: Store, other: Store) -> None:
    """What it counted no longer stands when the next story is stored."""
    key = take_in(store, SLIDE, now=NOW).story
    save_with(store, MORE, meanwhile=lambda: other.write(lambda db: withdraw_story(db, key, by="Ada", now=NOW)))

    assert tags(store)[-1] == [Tag.NEW, Tag.NEW]
    assert list(store.read(lambda db: list(all_relations(db)))) == []


def test_nothing_is_compared_twice_when_nothing_came_in(store: Store, other: Store) -> None:
    """What others write beside stories, as the bot does all the time, is no reason to begin again."""
    take_in(store, SLIDE, now=NOW)
    extraction = extract_facts(MORE)
    compared = store.read(lambda db: compare_story(db, MORE, extraction, key=None))
    other.write(lambda db: db.conn.execute("UPDATE tally SET first_day = '2020-01-01'"))

    def save(db: Database) -> Receipt:
        read: list[str] = []
        db.conn.set_trace_callback(read.append)
        receipt = save_story(db, MORE, extraction, key=None, now=NOW, compared=compared)
        db.conn.set_trace_callback(None)
        assert not any("fact_index MATCH" in statement for statement in read)
        return receipt

    assert store.write(save).state == "stored"
    assert tags(store)[-1] == [Tag.UPDATE, Tag.NEW]


def test_a_failed_comparison_stores_nothing(store: Store) -> None:
    """The error is raised where the story was handed in, and the next one is stored."""

    def fail(db: Database) -> None:
        raise LookupError("no")

    with pytest.raises(LookupError):
        store.write_prepared(fail, lambda db, prepared: save_story(db, SLIDE, extract_facts(SLIDE), key="a", now=NOW))

    assert store.read(holdings)[0] == 0
    assert take_in(store, SLIDE, now=NOW).state == "stored"


KILLED = """
import os, signal, sys
from store.database import stories
from store.database.store import Store
from store.intake import accept
from tests.database.test_comparing_first import MORE, NOW, SLIDE
store = Store.open(sys.argv[1])
accept.take_in(store, SLIDE, now=NOW)
step = getattr(accept, sys.argv[2])
def killed(*args, **fields):
    step(*args, **fields)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(accept, sys.argv[2], killed)
accept.take_in(store, MORE, now=NOW)
"""


@pytest.mark.parametrize("step", ["compare_story", "save_story"])
def test_a_kill_after_either_step_leaves_nothing_half_told(path: Path, step: str) -> None:
    """Handed in again after the start, the story is stored, compared and told once."""
    process = start_process(KILLED, path, step)
    assert (process.communicate(timeout=60)[0], process.returncode) == ("", -signal.SIGKILL)

    with Store.open(path) as store:
        assert store.read(holdings)[0] == 1
        receipt = take_in(store, MORE, now=NOW)

        assert receipt.state == "stored"
        assert tags(store) == [[Tag.NEW, Tag.NEW], [Tag.UPDATE, Tag.NEW]]
        assert store.read(lambda db: [each.key for each in stories_of(db, [2]).values()]) == [receipt.story]
        assert store.read(find_problems) == []
