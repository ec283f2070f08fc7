"""What stands around a sentence: read from the index for a whole story."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from store.database.index import index_story
from store.database.store import Store
from store.facts.model import Cast, Speaker, Story
from store.facts.words import stem
from store.intake.accept import take_in
from store.lookup.answering import answer
from store.lookup.model import Question
from store.lookup.surroundings import read_surroundings
from tests.lookup.shelf import sentences, shelf

NOW = datetime(2026, 10, 12, 9, tzinfo=UTC)


def test_a_story_is_all_its_sentences_and_its_title() -> None:
    """What is said anywhere in a story counts, in its title too, and nothing that another story says."""
    ferry, rain = ["The ferry sank / Nobody drowned", "Divers search the harbour"], ["Rain fell on Tenda"]
    db = shelf(ferry, rain, titles=["Ferry of Karobe", None])
    first, *_ = sentences(1, 1, ferry)

    told = read_surroundings(db).story(first)

    assert {stem(word) for word in ("ferry", "drowned", "divers", "harbour")} <= told
    assert stem("rain") not in told


def test_a_name_that_a_sentence_only_implies_is_in_its_story() -> None:
    """Who is meant by "he" is told by the story, although the sentence does not print the name."""
    db = shelf()
    spoken = sentences(1, 1, ["He promised a bridge"], speaker=Speaker("Ilya Toren", "he"))
    index_story(db, 1, title=None, facts=spoken, cast=Cast())

    assert stem("toren") in read_surroundings(db).story(spoken[0])


def test_where_a_story_was_sent_from_leads_to_it(tmp_path: Path) -> None:
    """No sentence prints the place; the dateline does, and its words count as the title's do."""
    told = Story("GULL BAY, Oct 9 (Savanna News) - The ferry sank, police said.\n\nNobody drowned.", published_at=NOW)
    with Store.open(tmp_path / "news.db") as store:
        take_in(store, told, key="s1", now=NOW)
        found = store.read(lambda db: answer(db, Question("ferry gull bay", NOW)))

    assert "The ferry sank" in found.matches[0].known.text
    assert found.unmatched == ()
