"""A story that should not have been stored leaves nothing that could be told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.database.alerts import all_alerts
from store.database.checks import find_problems
from store.database.outbox import claim_due, finish_sent
from store.database.people import set_team_chats
from store.database.reading import all_facts, holdings, story_by_key
from store.database.store import Store
from store.database.withdrawing import Withdrawn, withdraw_story
from store.facts.model import Story
from store.intake.accept import take_in

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
STORY = Story(
    "OSTVIK, Nov 19 (Northern Cable) - A slide closed the tunnel at Ostvik, the road office said.\n\n"
    "Engineer Maren Tolk said clearing it would take nine days.",
    title="Tunnel closed",
    outlet="Northern Cable",
    url="https://northerncable.example/tunnel",
)


@pytest.fixture(autouse=True)
def team(store: Store) -> None:
    """A chat that alerts go to."""
    store.write(lambda db: set_team_chats(db, [-5], now=NOW))


def withdraw(store: Store, key: str) -> Withdrawn | None:
    """Take a story back."""
    return store.write(lambda db: withdraw_story(db, key, by="Ada", now=NOW))


def test_withdrawn_story_is_told_no_more(store: Store) -> None:
    """Its facts are no longer held, its alert is not sent, and the file is sound."""
    key = take_in(store, STORY, now=NOW).story

    withdrawn = withdraw(store, key)

    assert withdrawn == Withdrawn(2, ())
    assert list(store.read(lambda db: list(all_facts(db)))) == []
    assert store.read(holdings)[:2] == (0, 0)
    (alert,) = store.read(lambda db: list(all_alerts(db)))
    assert alert.deliveries == ()
    assert store.read(find_problems) == []


def test_alert_that_was_read_is_named(store: Store) -> None:
    """So that those who read it can be told."""
    key = take_in(store, STORY, now=NOW).story
    (claimed,) = store.write(lambda db: claim_due(db, now=NOW))
    store.write(lambda db: finish_sent(db, claimed.id, message_id=77, now=NOW))

    withdrawn = withdraw(store, key)

    assert withdrawn is not None
    assert [(told.chat, told.message_id) for told in withdrawn.told] == [(-5, 77)]


def test_withdrawn_story_can_come_in_again(store: Store) -> None:
    """As a new one, under a key of its own, with an alert."""
    key = take_in(store, STORY, now=NOW).story
    withdraw(store, key)

    again = take_in(store, STORY, now=NOW)

    assert again.state == "stored"
    assert again.story != key
    assert again.alert is not None


def test_only_a_story_as_it_first_came_is_withdrawn(store: Store) -> None:
    """Not one that is not there, not twice, and not one that another text has replaced."""
    key = take_in(store, STORY, key="t1", now=NOW).story
    assert withdraw(store, "nothing") is None
    take_in(store, Story(STORY.text + "\n\nA second slide followed.", outlet=STORY.outlet), key=key, now=NOW)
    assert withdraw(store, key) is None

    other = take_in(
        store, Story("KILDE, Nov 20 (Northern Cable) - The ferry at Kilde sank.", outlet="X"), now=NOW
    ).story
    assert withdraw(store, other) is not None
    assert withdraw(store, other) is None
    current = store.read(lambda db: story_by_key(db, other))
    assert current is not None
    assert current.story.text == ""


def test_what_comes_in_its_place_is_held_again(store: Store) -> None:
    """Under the same key, another text: one story, counted once."""
    key = take_in(store, STORY, key="t1", now=NOW).story
    withdraw(store, key)

    take_in(store, Story("KILDE, Nov 20 (Northern Cable) - The ferry at Kilde sank."), key=key, now=NOW)

    assert store.read(holdings)[:2] == (1, 1)
    assert store.read(find_problems) == []
