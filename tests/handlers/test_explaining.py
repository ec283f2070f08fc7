"""What `/why` says of a question, in words that an editor reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from handlers.explaining import explanation_message, explanation_text
from handlers.markup import MAX_UNITS, message_units
from store.database.store import Store
from store.intake.accept import take_in
from store.lookup.answering import answer
from store.lookup.evidence import FEATURES
from store.lookup.model import Answer, Question
from tests.telegram.stories import FERRY, HARBOUR, NOW, story_of


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that holds two stories."""
    with Store.open(tmp_path_factory.mktemp("why") / "why.sqlite") as opened:
        for text in (FERRY, HARBOUR):
            take_in(opened, story_of(text), now=NOW)
        yield opened


def explained(store: Store, text: str) -> Answer:
    """Answer *text* with its explanation."""
    return store.read(lambda db: answer(db, Question(text, datetime(2026, 11, 20, tzinfo=UTC)), explain=True))


def test_words_and_reasons_are_told_in_everyday_words(store: Store) -> None:
    """What a slip was read as, what is asked for, how much was looked at, what spoke for the sentence; no stems."""
    text = explanation_text(explained(store, "how many feries will be laid up"))

    assert "asks how many." in text
    assert "feries: read as ferries (spelling)" in text
    assert "ferri " not in text
    assert "Looked at " in text
    assert "giving a number" in text
    assert "enough for an answer" in text


def test_the_first_is_the_sentence_that_was_shown(store: Store) -> None:
    """An editor's order may differ from the ranking's; the explanation keeps to what was said."""
    found = explained(store, "what did the captain say")

    assert f"points:\n{found.matches[0].known.text}\n" in explanation_text(found)


def test_words_that_nobody_typed_are_told_to_be_of_the_question_before(store: Store) -> None:
    """Whoever asked "who" finds the words of the question before explained, and where they come from."""
    before = explained(store, "how many ferries will be laid up").reading
    asked = Question("who", datetime(2026, 11, 20, tzinfo=UTC))
    found = store.read(lambda db: answer(db, asked, previous=before, explain=True))

    assert "It follows up the question before, and was read with: ferries, laid." in explanation_text(found)
    assert "question before" not in explanation_text(explained(store, "who"))


def test_a_refusal_names_the_objections(store: Store) -> None:
    """Who gets no answer learns what was said against the closest sentence."""
    text = explanation_text(explained(store, "how many whales were taken off alive"))

    assert "whales: in no sentence" in text
    assert "Against it: " in text
    assert "too little for an answer" in text


def test_every_question_can_be_explained_in_one_message(store: Store) -> None:
    """Also one that matches nothing, one without a telling word, and one that is narrowed; every feature has a name."""
    texts = ["", "zzz", "who said so", "how many ferries since 16 November", "what did Odile Brennick say " * 9]
    messages = [explanation_message(explained(store, text)) for text in texts]

    assert all(0 < message_units(message) <= MAX_UNITS for message in messages)
    assert "Only since 2026-11-16" in messages[3] or "Only since 16 Nov 2026" in messages[3]


@pytest.mark.parametrize("feature", FEATURES)
def test_each_feature_of_the_ranking_has_a_name_for_readers(store: Store, feature: str) -> None:
    """A new feature needs one, or `/why` fails when it weighs something."""
    found = explained(store, "how many ferries will be laid up")
    found.explanation["first_two"][0]["evidence"] = {feature: {"value": 1.0, "weight": 9.0}}

    assert "+9.0" in explanation_text(found)
