"""What is known now takes the place of what fits best: revised figures, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from store.database.store import Store
from tests.lookup.days_of_news import Look, looking, store_days

NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)
STORIES = (
    (
        1,
        "Fire at the Ostby cannery",
        "The Ostby cannery offered each family 40,000 dinars after the fire.\n\n"
        "Two tugs are lying outside the lock.\n\n"
        "The owners say they will not open the books.\n\n"
        "Stolen fish worth 5 million dinars was found in the cellar.\n\n"
        "Shares in Ostby fell 4 percent to 21.50 dinars.\n\nThe harbour master, Olga Reun, denied any leak.",
    ),
    (
        4,
        "Ostby raises its offer",
        "The company raised its offer to 65,000 dinars a family, without conditions, from 40,000 dinars.\n\n"
        "Seven tugs are now at anchor outside the lock, up from two on Tuesday.\n\n"
        "The owners, who had refused to open the books, said they would comply with the court.\n\n"
        "The value of the stolen fish was put at 3 million dinars, not 5 million, on Friday.\n\n"
        "Shares in Ostby rose 2 percent to 22.10 dinars.\n\n"
        "Olga Reun said she now accepted that the number of leaking tanks was six.",
    ),
)


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Look]:
    """Ask a store that holds a fire and what was told of it since."""
    with Store.open(tmp_path_factory.mktemp("superseding") / "news.db") as store:
        store_days(store, STORIES, outlet="Quay Wire", first=datetime(2026, 9, 10, 18, tzinfo=UTC))
        yield looking(store, NOW)


def first(look: Look, question: str) -> str:
    return look(question).verdict.choices[0].known.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how much is ostby offering each family", "65,000 dinars"),  # "raised to ..., from 40,000"
        ("how many tugs are lying outside the lock", "Seven tugs"),  # "up from two"
        ("value of the stolen fish", "3 million dinars, not 5 million"),
        ("what was ostby offering each family at first", "offered each family 40,000"),
        ("ostby shares latest price", "22.10 dinars"),
    ],
)
def test_a_sentence_that_revises_a_figure_takes_its_place(look: Look, question: str, words: str) -> None:
    """Who tells the old figure beside the new one has the newer answer, in whatever other words."""
    assert words in first(look, question)


def test_where_somebody_stands_now_answers_whether_they_agreed(look: Look) -> None:
    """A refusal that was taken back is no answer to "have they agreed"."""
    assert "said they would comply" in first(look, "have the owners agreed to open the books")


def test_what_somebody_said_about_a_number_is_a_figure(look: Look) -> None:
    """Behind "what did X say" the number tells what is wanted."""
    assert "was six" in first(look, "what did Olga Reun say about the number of leaking tanks")
