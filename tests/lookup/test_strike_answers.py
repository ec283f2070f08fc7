"""Questions to a strike: reasons for "why", counts that are no rates, and who has no name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from store.database.store import Store
from tests.lookup.days_of_news import Look, looking, store_days

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
STORIES = (
    (
        2,
        "Quarry at Odrin stands still",
        "The quarry at Odrin stood still on Monday as its masons laid down their tools.\n\n"
        "Some 900 masons of the Stone Guild stopped work over unpaid shifts, halting all 11 saws of the quarry.\n\n"
        "Four barges are waiting below the lock. The bridge of Odrin was closed because its pillars had cracked.",
    ),
    (
        9,
        "Masons of Odrin go back",
        "The masons of the Stone Guild went back to the quarry on Monday, ending a one-week strike.\n\n"
        "The lock clears its backlog at six barges a day, the canal office said.\n\n"
        "The finance minister resigned over the unpaid shifts. The bridge of Odrin will stay "
        "closed until May. Of the masons, 40 per cent live in the old mill.",
    ),
)


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Look]:
    """Ask a store that holds the strike and its end."""
    with Store.open(tmp_path_factory.mktemp("strike") / "news.db") as store:
        store_days(store, STORIES, outlet="Odrin Gazette", first=datetime(2026, 3, 1, 8, tzinfo=UTC))
        yield looking(store, NOW)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("why is the bridge of odrin closed", "pillars had cracked"),  # and not until when
        ("reason the bridge of odrin was closed", "pillars had cracked"),
        ("how many saws of the masons' quarry stopped", "all 11 saws"),  # "a one-week strike" counts no saws
        ("how many barges are at the lock", "Four barges"),  # six a day are cleared
        ("share of masons who live in the mill", "40 per cent"),
    ],
)
def test_the_first_gives_what_was_asked_for(look: Look, question: str, words: str) -> None:
    """A reason, a count, a share: what only shares words with the question comes after."""
    assert words in look(question).verdict.choices[0].known.text


def test_somebody_without_a_name_answers_who_but_not_who_holds_an_office(look: Look) -> None:
    """ "The finance minister resigned" tells who resigned; who was named minister wants a name."""
    assert "person_missing" not in look("who resigned over the unpaid shifts").verdict.objections
    assert "person_missing" in look("who is the new finance minister").verdict.objections


def test_without_a_reason_nothing_says_why(look: Look) -> None:
    """A reason is asked for by its nouns as by "why"."""
    assert "cause_missing" in look("explanation for the barges below the lock").verdict.objections
