"""Who asks for the news itself is told from who asks for one thing, and gets the newest sentences."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.database.store import Store
from store.facts.model import Story
from store.intake.accept import take_in
from store.lookup.answering import answer
from store.lookup.candidates import Scope
from store.lookup.model import Answer, Question, Reading
from store.lookup.newest import newest_facts
from store.lookup.question import read_question
from store.lookup.wording import read_words

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OUTLETS = ("Radio Torvan", "The Quay")


def ask(store: Store, text: str, *, previous: Reading | None = None) -> Answer:
    """Return the answer of *store* to *text*."""
    return store.read(lambda db: answer(db, Question(text, NOW), previous=previous))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what's new", ""),
        ("whats the latest", ""),
        ("any updates?", ""),
        ("headlines", ""),
        ("what did Radio Torvan report", ""),
        ("what did the quay say", ""),
        ("Radio Torvan yesterday", ""),
        ("what happened yesterday", ""),
        ("what happened today in Lessin", "Lessin"),
        ("anything new on the strike", "the strike"),
        ("latest on the ferries", "the ferries"),
        ("ok give me the latest news on ferries pls", "ferries please"),
        ("what do we have on Brandt", "Brandt"),
        ("what is known about the mayor", "the mayor"),
        ("everything about the dam", "the dam"),
        ("what did we report on the dam", "the dam"),
        ("timeline of the strike", "the strike"),
        ("brief me on Lessin", "Lessin"),
        ("what's going on in Lessin", "Lessin"),
        ("ferry strike news", "ferry strike"),
        ("any news on fuel prices", "fuel prices"),
    ],
)
def test_the_news_is_asked_for(text: str, topic: str) -> None:
    """Whatever frame is put around a topic, only the topic is looked up."""
    asked = read_question(text, NOW, outlets=OUTLETS)

    assert (asked.browses, asked.words) == (True, topic)


@pytest.mark.parametrize(
    "text",
    [
        "what did Radio Torvan report about the dam",
        "latest death toll",
        "what did the mayor report on the dam",
        "death toll latest",
        "latest on the death toll",
        "current count",
        "gas price now",
        "what happened to the ferry",
        "what happened at the dam",
        "what about the islands",
        "who has news of the strike",
        "latest on the ferries, are any crews back",
        "is it true according to the quay",
        "how many, according to the quay",
        "what did he say yesterday",
        "and according to the quay?",
        "new cases in the last three days",
        "is the new bridge open",
    ],
)
def test_one_thing_is_asked_for(text: str) -> None:
    """A figure, a person or an event named in the question is no topic of news."""
    assert not read_question(text, NOW, outlets=OUTLETS).browses


def test_today_narrows_the_news() -> None:
    """Wherever it stands; elsewhere "today" asks for the newest value."""
    assert read_question("what happened today in Lessin", NOW).period.since == date(2026, 11, 22)
    assert read_question("how many dead today in Lessin", NOW).period.is_open


def test_each_story_comes_once_before_any_comes_again(samples: Store) -> None:
    """The newest story's best sentence stands first, and the next best of any follows when all have had their turn."""
    found = ask(samples, "what did Radio Torvan report")
    stories = [match.known.story_key for match in found.matches]

    assert found.browsed
    assert not found.abstained
    assert stories == ["flood-3", "flood-1", "flood-3", "flood-1", "flood-3"]
    assert {match.known.outlet for match in found.matches} == {"Radio Torvan"}


def test_sentences_on_the_topic_are_given_newest_first(samples: Store) -> None:
    """A sentence that has the topic itself goes before the others of its story."""
    found = ask(samples, "anything new on the dam")

    assert [match.known.story_key for match in found.matches][:3] == ["flood-5", "flood-3", "flood-2"]
    assert all("dam" in match.known.text for match in found.matches)


def test_days_narrow_the_news(samples: Store) -> None:
    """Nothing else is given; when nothing is of the day, what is held on the topic is only shown as close."""
    assert {match.known.story_key for match in ask(samples, "what happened yesterday").matches} == {"ferry-5"}

    ahead = ask(samples, "what happened since 1 Jan 2099")
    assert ahead.reason == "nothing held was published since 1 Jan 2099"
    assert ask(samples, "how many died in the flood since 1 Jan 2099").unmatched == ()  # no words to look up
    found = ask(samples, "what happened today in Lessin")

    assert found.abstained
    assert found.reason == "no sentence held on that is of 22 Nov 2026"
    assert found.matches[0].known.story_key == "flood-5"


def test_a_copy_is_no_news_beside_its_story(tmp_path: Path) -> None:
    """Agency copy in a second outlet would take the place of what else is new."""
    text = (
        "HALSUND (Coastal Wire) - The harbour of Halsund will be dredged from Monday, the port authority said. "
        "Two ferries a day will leave from the outer quay until the work is done in March. "
        "The dredging costs 31 million kroner and was put off twice for want of a ship."
    )
    with Store.open(tmp_path / "two.db") as store:
        for number, outlet in enumerate(("Coastal Wire", "The Quay")):
            story = Story(f"{text} More in {outlet} tomorrow.", "Halsund harbour to be dredged", outlet, None, NOW)
            take_in(store, story, key=f"copy-{number}", now=NOW)
        found = ask(store, "what's new")

    assert len({match.known.story_key for match in found.matches}) == 1


def test_no_news_on_what_is_not_held(samples: Store) -> None:
    """A topic that nothing is on, or a source of which nothing is held, has no news."""
    assert ask(samples, "latest on the volcano").abstained
    assert ask(samples, "news from Nobody Times").unheld_sources == ("Nobody Times",)


def test_news_may_follow_a_question_up(samples: Store) -> None:
    """What it leaves out is the topic; "what's new" by itself asks for all."""
    first = ask(samples, "how many dead in the Lessin flood")
    on_that = ask(samples, "and what's new on that", previous=first.reading)
    at_large = ask(samples, "what's new", previous=first.reading)

    assert on_that.matches[0].known.story_key == "flood-5"
    assert at_large.matches[0].known.story_key == "ferry-5"


def test_of_a_long_running_event_only_what_is_shown_is_read(tmp_path: Path) -> None:
    """Newest first, whatever the order in which the stories came in, and none of the older ones is unpacked."""
    with Store.open(tmp_path / "news.sqlite") as store:
        for day in (*range(1, 20, 2), *range(2, 20, 2)):
            told = Story(
                f"Crews drained the canal at Lessin for a {day}th day. Barges wait.",
                outlet="The Quay",
                published_at=datetime(2026, 11, day, tzinfo=UTC),
            )
            take_in(store, told, key=f"day-{day}", now=NOW, quiet=True)

        def newest(db: Database) -> tuple[list[str], int]:
            read: list[str] = []
            asks = read_words(db, "canal")
            db.conn.set_trace_callback(read.append)
            found = [known.story_key for known in islice(newest_facts(db, asks, Scope()), 3)]
            db.conn.set_trace_callback(None)
            return found, sum("story_texts" in statement for statement in read)

        assert store.read(newest) == (["day-19", "day-18", "day-17"], 3)
