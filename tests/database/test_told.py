"""What the candidates of a comparison are picked from."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from store.database import told
from store.database.index import held_terms
from store.database.store import Store
from store.database.told import Candidates, retired_of, told_by
from store.database.withdrawing import withdraw_story
from tests.database.builders import BRIDGE, FERRY, NOW, save

NOTHING = frozenset[int]()


def candidates(db: Database, *words: str, limit: int = 40, with_figure: bool = False) -> list[int]:
    """Return the facts of the first two stories that are most like a fact of these equally rare words."""
    weights = dict.fromkeys(held_terms(db, words).values(), 1.0)
    found = Candidates(told_by(db, [1, 2]), weights, without=retired_of(db, [1, 2]))
    return found.most_alike(weights, with_figure=with_figure, limit=limit)


def test_the_most_alike_come_first_then_the_latest(store: Store) -> None:
    """Words in common count, and between equals the time at which they came in."""
    save(store, FERRY)
    save(store, BRIDGE)

    assert store.read(lambda db: candidates(db, "ferri", "lundevik", "crack")) == [1, 5, 6, 4, 3, 2]
    assert store.read(lambda db: candidates(db, "ferri", limit=2)) == [1, 6]


def test_half_of_the_candidates_of_a_figure_are_figures(store: Store) -> None:
    """The latest ones come in though they share no word."""
    save(store, FERRY)
    save(store, BRIDGE)

    assert store.read(lambda db: candidates(db, "crack", "pillar", limit=2, with_figure=True)) == [5, 1]


def test_a_long_read_gives_its_most_telling_facts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the rest nothing is weighed, however late it stands; and it is not remembered."""
    monkeypatch.setattr(told, "FACTS_A_STORY", 2)
    save(store, FERRY)

    for _ in range(2):
        assert store.read(lambda db: candidates(db, "ferri")) == [1, 3]


def test_what_another_process_takes_back_is_told_no_more(store: Store) -> None:
    """A connection remembers what a story tells, and yet not that it still does."""
    save(store, FERRY, key="ferry")
    with Store.open(store.path) as other:
        other.write(lambda db: candidates(db, "ferri"))
        store.write(lambda db: withdraw_story(db, "ferry", by=None, now=NOW))

        assert other.write(lambda db: candidates(db, "ferri")) == []


def test_a_story_is_read_once(store: Store) -> None:
    """The next story of its event finds it in memory, with another one beside it."""
    save(store, FERRY)

    def read_twice(db: Database) -> bool:
        (first,) = told_by(db, [1])
        db.conn.execute("DELETE FROM fact_words")
        (again,) = told_by(db, [1, 2])
        return again is first

    assert store.write(read_twice)
