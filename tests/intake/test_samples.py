"""The sample stories show what the bot can do, and say nothing wrong while they do."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.database.reading import all_facts, holdings, relations_of
from store.database.store import Store
from store.facts.model import Known, RelationType
from store.intake.sample_stories import EVENTS, holds_samples, load_samples, sample_lines

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def facts_of(store: Store) -> list[Known]:
    """Return all facts."""
    return store.read(lambda db: list(all_facts(db)))


def related(store: Store, kind: RelationType) -> set[tuple[str, str]]:
    """Return the stories of each pair of facts that are related in this way."""
    facts = {known.id: known for known in facts_of(store)}
    found = store.read(lambda db: relations_of(db, facts))
    return {(facts[r.source].story_key, facts[r.target].story_key) for r in found if r.type is kind}


def test_there_are_three_events_by_several_outlets() -> None:
    """At least a dozen stories, each whole, in the order in which they were published within an event."""
    lines = sample_lines()
    events = [[line for line in lines if (line.key or "").startswith(event)] for event in EVENTS]

    assert len(lines) >= 12
    for event in events:
        stories = [line.story for line in event if line.story]
        assert len(stories) == len(event) >= 5
        assert len({story.outlet for story in stories}) >= 3
        times = [story.published_at for story in stories if story.published_at]
        assert times == sorted(times)
        assert len(times) == len(stories)
        assert all(story.title and story.url and ".example/" in story.url for story in stories)


def test_they_are_stored_once_and_only_into_an_empty_store(tmp_path: Path) -> None:
    """Opening the console twice does not store them twice."""
    with Store.open(tmp_path / "news.sqlite") as store:
        assert not holds_samples(store)
        assert load_samples(store, now=NOW) == len(sample_lines())
        assert load_samples(store, now=NOW) == 0
        assert store.read(holdings)[0] == len(sample_lines())
        assert holds_samples(store)


def test_facts_are_verbatim_and_leave_the_furniture_out(samples: Store) -> None:
    """Every sentence of every story, without datelines and correction notes."""
    texts = {line.key: line.story.text for line in sample_lines() if line.story}
    facts = facts_of(samples)

    assert all(known.text == texts[known.story_key][known.fact.start : known.fact.end] for known in facts)
    assert not any(" - " in known.text.split(") ")[0] and "(" in known.text[:30] for known in facts)
    assert not any(known.text.startswith("CORRECTION") for known in facts)
    assert min(Counter(known.story_key for known in facts).values()) >= 4


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (RelationType.DENIES, ("border-3", "border-2")),
        (RelationType.WALKS_BACK, ("border-4", "border-2")),
        (RelationType.DENIES, ("flood-3", "flood-2")),
        (RelationType.UPDATES, ("flood-4", "flood-3")),
        (RelationType.UPDATES, ("ferry-3", "ferry-1")),
    ],
)
def test_what_one_story_does_to_another_is_seen(samples: Store, kind: RelationType, expected: tuple[str, str]) -> None:
    """A claim denied, an offer walked back, figures that change: that is what they are there to show."""
    assert expected in related(samples, kind)
