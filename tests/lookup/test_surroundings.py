"""What stands around a sentence: read from the index for a whole story."""

from __future__ import annotations

from store.database.index import index_story
from store.facts.model import Cast, Speaker
from store.facts.words import stem
from store.lookup.surroundings import read_surroundings
from tests.lookup.shelf import sentences, shelf


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
