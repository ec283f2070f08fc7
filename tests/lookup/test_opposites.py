"""A yes-or-no question is settled by the opposite of what it asks: "is he still in jail" by who tells he was freed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from store.database.store import Store
from store.facts.lexicon import table
from store.facts.words import telling_stems
from store.lookup.answering import answer
from store.lookup.model import Question
from tests.lookup.days_of_news import Look, looking, store_days

NOW = datetime(2026, 5, 12, 12, tzinfo=UTC)
STORIES = (
    (
        1,
        "Lighter adrift off Quell",
        "A lighter with 30 tonnes of tar broke loose off Quell on Friday, the port office said.\n\n"
        "The mate of the lighter was taken into custody at the quay.\n\n"
        "The skipper, Bram Tolle, could not be reached. The beach of Quell is 4 km long.",
    ),
    (
        6,
        "Tar off Quell skimmed up",
        "All the tar has been skimmed up, the port office said. The mate of the lighter was freed on Tuesday.\n\n"
        "Bathing at the beach is forbidden. The owners turned down the price that the salvors asked.",
    ),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Hold two days of an accident."""
    with Store.open(tmp_path_factory.mktemp("opposites") / "news.db") as store:
        store_days(store, STORIES, outlet="Quell Log", first=datetime(2026, 5, 1, 8, tzinfo=UTC))
        yield store


@pytest.fixture(scope="module")
def look(store: Store) -> Look:
    """Ask that store."""
    return looking(store, NOW)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("is the mate of the lighter still in jail", "was freed on Tuesday"),
        ("is bathing allowed at quell", "is forbidden"),
        ("did the owners go along with the price of the salvors", "turned down"),
    ],
)
def test_the_opposite_settles_a_question(look: Look, question: str, words: str) -> None:
    """Neither "jail" nor a word for the same stands beside the one who was freed."""
    assert words in look(question).verdict.choices[0].known.text


def test_only_what_yes_or_no_answers_is_read_so(look: Look) -> None:
    """Who asks who was jailed asks for nobody who was freed."""

    def ways(question: str) -> set[str]:
        return {option.how for ask in look(question).search.weighed.asks for option in ask.options}

    assert "opposite" in ways("is the mate in jail")
    assert "opposite" not in ways("who is in jail")


def test_the_opposite_is_not_told_as_a_reading(store: Store) -> None:
    """ "Jail read as freed" would tell the asker that the two are one."""
    found = store.read(lambda db: answer(db, Question("is the mate of the lighter still in jail", NOW), previous=None))

    assert "freed" in found.matches[0].known.text
    assert "jail" not in found.read_as


def test_no_word_is_its_own_opposite() -> None:
    """Each row has two sides without a stem in common."""
    for row in table("opposites.tsv"):
        one, other = ({telling_stems(word) for word in side.split(",")} for side in row)

        assert one, row
        assert other, row
        assert not one & other, row
