"""A source that is asked for and not held is told, and nothing is answered in its name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.database.store import Store
from store.lookup.answering import answer
from store.lookup.model import Answer, Question
from store.lookup.question import read_question

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def ask(store: Store, text: str, *, outlet: str | None = None, speaker: str | None = None) -> Answer:
    """Return the answer of *store* to *text*."""
    return store.read(lambda db: answer(db, Question(text, NOW, outlet=outlet, speaker=speaker)))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("how many dead according to Nobody Times", "Nobody Times"),
        ("what did the Mill Lane Gazette report on the flood", "the Mill Lane Gazette"),
        ("what has Coast Eye written", "Coast Eye"),
        ("what did the inquiry report find", None),
        ("who wrote the report", None),
    ],
)
def test_a_source_is_who_is_asked_for_as_one(text: str, source: str | None) -> None:
    """It is read where the question's grammar puts it."""
    assert read_question(text, NOW).source == source


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("how many died in the flood according to Nobody Times", "Nobody Times"),
        ("how many died in the flood according to nobody times", "nobody times"),
        ("what did the Mill Lane Gazette report on the flood", "the Mill Lane Gazette"),
        ("what did Ingmar Tolvesen say about ferries", "Ingmar Tolvesen"),
        ("what did Radio Lessin report on the flood", "Radio Lessin"),  # the town is held, and no outlet of its
        ("how many ferries sail according to the Vessel Union", "the Vessel Union"),  # of ferries and unions is told
    ],
)
def test_unheld_sources_in_the_words_are_told(samples: Store, text: str, name: str) -> None:
    """However well the other words fit, nothing is given as theirs."""
    found = ask(samples, text)

    assert found.abstained
    assert found.unheld_sources == (name,)
    assert found.reason == f"no source held is called {name}"


def test_unheld_sources_beside_the_words_are_told(samples: Store) -> None:
    """A misspelt or shortened outlet is met with the held one; a name like none with nothing."""
    assert ask(samples, "how many ferries", outlet="The Qay").nearest_names == ("The Quay",)
    assert ask(samples, "how many died", outlet="Torvan").nearest_names == ("Radio Torvan",)
    assert ask(samples, "how many died", outlet="Nobody Times").nearest_names == ()
    assert ask(samples, "how many died", speaker="Ingmar Tolvesen").unheld_sources == ("Ingmar Tolvesen",)


@pytest.mark.parametrize(
    "text",
    [
        "what did Radio Torvan report about the dam",
        "according to the Ister Dispatch how many died",
        "what did the Foreign Minister say about refugees",
        "what did Shoygu say about weapons",
        "how many died according to the Fire Service",
        "how many died according to the baker",
    ],
)
def test_held_sources_are_no_matter(samples: Store, text: str) -> None:
    """An outlet, an office, another spelling and what a sentence names count as held; a trade is nobody's name."""
    assert ask(samples, text).unheld_sources == ()


@pytest.mark.parametrize("outlet", ["Quay", "the quay", "The Radio Torvan"])
def test_an_outlet_is_met_with_or_without_its_article(samples: Store, outlet: str) -> None:
    """What comes beside the words is as people call it, not as the stories have it."""
    found = ask(samples, "what's new", outlet=outlet)

    assert found.unheld_sources == ()
    assert len({match.known.outlet for match in found.matches}) == 1
