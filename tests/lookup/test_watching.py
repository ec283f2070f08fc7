"""A watched phrase calls for the stories that are about it, however they spell and word it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.database.reading import all_stories, known_facts
from store.database.store import Store
from store.facts.model import Story
from store.intake.accept import take_in
from store.lookup.watching import matching_facts, read_phrase

NOW = datetime(2026, 5, 8, tzinfo=UTC)
STORIES = {
    "full": "Farida Osmanova, the governor of Kelbek, said on Monday that 300 families had fled the floods.",
    "surname": "Ms Osmanova promised tents by Friday, a spokesman said.",
    "other": "Timur Osmanov, a boxer, won in the third round, the sports federation said.",
    "namesake": "Lola Osmanova sang at the opera on Saturday, and the hall was full, a critic wrote.",
    "spelt": "Farida Usmanova will visit the camps in Qelbek, her office said.",
    "refugees": "Some 40 refugees reached Kelbek on foot, the Red Cross said.",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with one sentence a story."""
    path: Path = tmp_path_factory.mktemp("watching") / "news.sqlite"
    with Store.open(path) as opened:
        for key, text in STORIES.items():
            take_in(opened, Story(f"KELBEK, May 4 (Wire) - {text}"), key=key, now=NOW, quiet=True)
        yield opened


def matched(store: Store, phrase: str) -> set[str]:
    """Return the stories that a phrase calls for."""

    def find(db: Database) -> set[str]:
        read = read_phrase(db, phrase)
        return {
            stored.key
            for stored in all_stories(db)
            if matching_facts(read, stored.story.title, list(known_facts(db, stored.fact_ids, stems=True).values()))
        }

    return store.read(find)


def test_a_person_is_found_by_surname_and_in_any_spelling(store: Store) -> None:
    """But not another person of that surname."""
    found = matched(store, "Farida Osmanova")

    assert {"full", "surname", "spelt"} <= found
    assert found.isdisjoint({"other", "namesake"})


def test_all_words_must_be_there(store: Store) -> None:
    """One of two is not enough."""
    assert matched(store, "families opera") == set()


def test_another_word_for_the_same_thing_matches(store: Store) -> None:
    """Who fled is a refugee."""
    assert {"full", "refugees"} <= matched(store, "refugees")


def test_a_slip_of_the_finger_matches(store: Store) -> None:
    """As it does in a question."""
    assert "full" in matched(store, "govenor of Kelbek")


def test_a_phrase_without_a_telling_word_matches_nothing(store: Store) -> None:
    """It would call for everything."""
    assert matched(store, "of the and") == set()
