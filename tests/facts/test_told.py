"""Whole stories through the public door: who says each sentence, in what standing and how, with the cast as found."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import cache

import pytest

from store.facts.extract import extract_facts
from store.facts.model import Fact, Story
from tests.facts.told_examples import NO_FACT, Expected, read_told

STORIES = read_told()
EXPECTED = [(story.text, expected) for story in STORIES for expected in story.expected]


@cache
def _facts(text: str) -> dict[str, Fact]:
    extraction = extract_facts(Story(text, published_at=datetime(2026, 11, 23, 12, tzinfo=UTC)))
    return {text[fact.start : fact.end]: fact for fact in extraction.facts}


@pytest.mark.parametrize(("text", "expected"), EXPECTED, ids=[e.place for _, e in EXPECTED])
def test_sentence_of_a_told_story(text: str, expected: Expected) -> None:
    """Each sentence is a fact of its own, with the speaker, status, mode and role that the table gives, or no fact."""
    if expected.speaker == NO_FACT:
        assert expected.sentence not in _facts(text)
        return
    fact = _facts(text)[expected.sentence]
    speaker = fact.speaker

    assert (speaker.name if speaker else None) == expected.speaker
    assert expected.status in {"", fact.status}
    assert expected.mode in {"", fact.mode}
    assert not expected.role or (speaker is not None and (speaker.role or "-") == expected.role)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(text, expected) for text, expected in EXPECTED if expected.claims],
    ids=[e.place for _, e in EXPECTED if e.claims],
)
def test_claims_of_a_told_sentence(text: str, expected: Expected) -> None:
    """Each claim of a sentence has a speaker and words of its own, the main one first."""
    claims = _facts(text)[expected.sentence].claims
    found = [(claim.speaker.name if claim.speaker else "-", text[claim.start : claim.end]) for claim in claims]

    assert found == expected.claims


def test_every_part_of_the_table_is_tested() -> None:
    """No story of the table stands there without an expectation."""
    assert all(story.expected for story in STORIES)


def test_looking_back_takes_time_in_proportion_to_length() -> None:
    """Of many doctors in a long story "the doctor" is looked for among those lately named."""

    def cost_s(count: int) -> float:
        wards = (
            f"Doctor Ana {chr(65 + n % 26)}{'aeiou'[n % 5]}run{chr(97 + n // 26 % 26)}o said it was full."
            for n in range(count)
        )
        text = " The doctor said more were coming. ".join(wards)
        began = time.process_time()
        extract_facts(Story(text))
        return time.process_time() - began

    short, long = min(cost_s(50) for _ in range(2)), cost_s(400)

    assert long < 24 * short
