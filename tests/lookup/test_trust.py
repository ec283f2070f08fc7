"""How far the first sentence is trusted: fitted for news, by hand for texts without a date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.database.store import Store
from store.facts.model import Story
from store.intake.accept import take_in
from store.lookup.answering import Found, look_up
from store.lookup.model import Question, Reading
from store.lookup.settings import news_settings
from store.lookup.trust import news_evidence, trust_in
from store.lookup.weights import load_weights

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
TEXT = (
    "A freighter ran aground off Karobe.\n\nThe harbour master, Ana Tesk, said 14 sailors were taken off by helicopter."
)

Look = Callable[..., Found]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Ask a store that holds one story, with a date or without."""

    def looked(question: str, *, dated: bool = True, previous: Reading | None = None) -> Found:
        with Store.open(tmp_path / f"{dated}.sqlite") as store:
            take_in(store, Story(TEXT, "Freighter aground", published_at=NOW if dated else None), now=NOW)
            asked = Question(question, NOW)
            return store.read(lambda db: look_up(db, asked, previous=previous, weights=load_weights()))

    return looked


def trust(found: Found) -> float:
    """Return the chance that the first sentence of *found* answers."""
    return trust_in(found.search, found.verdict, load_weights()).chance


@pytest.mark.parametrize("dated", [True, False])
def test_an_objection_lowers_the_trust(look: Look, *, dated: bool) -> None:
    """The same list with something to be said against its first is trusted less, whether it is news or not."""
    found = look("how many sailors were taken off", dated=dated)
    doubted = replace(found, verdict=replace(found.verdict, objections=("name_unheld",)))

    assert trust(doubted) < trust(found)


def test_nothing_found_is_not_trusted(look: Look) -> None:
    """Without a sentence there is no chance, and a floor that it does not reach."""
    found = look("price of copper")
    weighed = trust_in(found.search, replace(found.verdict, choices=()), load_weights())

    assert weighed.chance == 0 < weighed.floor


def test_news_and_undated_texts_have_their_own_floor(look: Look) -> None:
    """A date makes the difference, and nothing else of the story."""
    news, other = look("how many sailors"), look("how many sailors", dated=False)

    assert (news.search.is_news, other.search.is_news) == (True, False)
    assert trust_in(news.search, news.verdict, load_weights()).floor == load_weights().news.floor
    assert trust_in(other.search, other.verdict, load_weights()).floor == load_weights().floor


def test_evidence_has_a_weight_for_each_name(look: Look) -> None:
    """What the program gathers is what was fitted: no name without a weight, no weight without a name."""
    found = look("how many sailors were taken off")

    assert set(news_evidence(found.search, found.verdict)) == set(load_weights().news.evidence)
    assert set(news_settings()["doubts"]) < set(load_weights().news.evidence)


def test_a_missing_word_is_seen(look: Look) -> None:
    """The most telling word that the sentence lacks counts, and a word that nothing holds."""
    whole = look("how many sailors were taken off by helicopter")
    lacking = look("how many sailors were vaccinated")

    assert news_evidence(whole.search, whole.verdict)["rarest_missing"] == 0
    assert news_evidence(lacking.search, lacking.verdict)["rarest_missing"] > 0
    assert news_evidence(lacking.search, lacking.verdict)["unheld"] > 0


def test_a_word_of_the_same_matter_explains_a_missing_one(look: Look) -> None:
    """A word that the sentence lacks speaks less against it when the sentence has another of its matter."""
    unexplained = [
        news_evidence(found.search, found.verdict)["unexplained"]
        for found in map(look, ("sailors taken off", "sailors trawlers", "sailors vaccinated"))
    ]

    assert unexplained[0] == 0
    assert 0 < unexplained[1] < unexplained[2]


def test_whose_words_were_asked_for_is_seen(look: Look) -> None:
    """A sentence of the asked speaker speaks for itself."""
    theirs, nobodys = look("what did Ana Tesk say of the sailors"), look("how many sailors were taken off")

    assert news_evidence(theirs.search, theirs.verdict)["is_theirs"] == 1
    assert news_evidence(nobodys.search, nobodys.verdict)["is_theirs"] == 0


def test_a_follow_up_turns_on_its_own_words(look: Look) -> None:
    """What the question before turned on is not missed in the answer to this one."""
    before = Reading(("injured", "sailors"), details={"facts": [1]})
    alone, following = look("were sailors injured by helicopter"), look("and by helicopter?", previous=before)

    assert "point_missing" in alone.verdict.objections
    assert "point_missing" not in following.verdict.objections


def test_what_a_follow_up_counts_is_in_the_sentence_itself(look: Look) -> None:
    """Sailors were taken off; how many freighters there were is not told by the sentence before having one."""
    before = Reading(("many", "sailors"), details={"facts": [2]})
    ships, how = look("and how many freighters?", previous=before), look("and the freighter?", previous=before)

    assert "sailors" in ships.verdict.choices[0].known.text
    assert "own_missing" in ships.verdict.objections
    assert "own_missing" not in how.verdict.objections


def test_having_all_words_does_not_make_up_for_what_is_missing(look: Look) -> None:
    """The name of a freighter is asked for in the words of a sentence that names none."""
    whole, nameless = look("were sailors taken off"), look("name of the freighter that ran aground off Karobe")

    assert whole.verdict.has_all
    assert "answer_name_missing" in nameless.verdict.objections
    assert not nameless.verdict.has_all
