"""The questions that the console suggests to a newcomer are answered from the sample stories."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.database.store import Store
from store.lookup.answering import answer
from store.lookup.model import NoteType, Question

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how many refugees", "100,000"),
        ("what did the minister say about the warning", "too late"),
        ("how many people died in the flood", "14"),
        ("how many people fled their homes in kunduz", "Kunduz"),
    ],
)
def test_a_suggested_question_is_answered(samples: Store, question: str, words: str) -> None:
    """Short as they are: every telling word of theirs is in the sentence that answers."""
    found = samples.read(lambda db: answer(db, Question(question, NOW)))

    assert not found.abstained, found.reason
    assert words in found.matches[0].known.text


def test_the_offer_comes_with_its_walk_back(samples: Store) -> None:
    """Whichever of the two is shown first, the other stands beside it."""
    found = samples.read(lambda db: answer(db, Question("how many refugees will Tajikistan take in", NOW)))

    kinds = {note.type for note in found.matches[0].notes}
    assert kinds & {NoteType.WALKED_BACK_BY, NoteType.WALKS_BACK}


def test_a_minister_of_another_country_is_not_quoted_instead(samples: Store) -> None:
    """One minister speaks in a sentence that has the words of the other's office; each is quoted with their own."""
    questions = [Question(f"what did the {people} defence minister say", NOW) for people in ("Russian", "Tajik")]
    theirs, other = samples.read(lambda db: [answer(db, question) for question in questions])

    names = [found.matches[0].known.fact.speaker for found in (theirs, other)]
    assert [name.name for name in names if name] == ["Sergei Shoigu", "Sherali Mirzoyev"]


def test_a_misspelt_country_is_read_as_the_country(samples: Store) -> None:
    """And not as its people, though the sentence that answers names only those."""
    found = samples.read(lambda db: answer(db, Question("how many refugees can tajikstan take", NOW)))

    assert found.read_as == {"tajikstan": "Tajikistan"}
