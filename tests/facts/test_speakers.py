"""Who says each sentence, and in what standing: the table of examples, and what holds for every story."""

from __future__ import annotations

from functools import cache

import pytest

from store.facts.cast.entities import find_cast
from store.facts.speech.claims import ClaimReading, read_claims
from tests.facts.speaker_examples import Example, Told, read_examples

EXAMPLES = read_examples()


@cache
def _read(text: str, index: int) -> list[ClaimReading]:
    story: Told = EXAMPLES[index].story
    return read_claims(text, story.layout(), story.cast())


def reading(example: Example) -> ClaimReading:
    """Return what is read out of one example."""
    first = next(i for i, e in enumerate(EXAMPLES) if e.story is example.story)
    return _read(example.story.text, first)[example.position]


def named(example: Example) -> str:
    return f"line {example.line}"


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_speaker_of_each_example(example: Example) -> None:
    """Each sentence has the speaker that the table gives, and nobody where it gives nobody."""
    found = reading(example).speaker

    assert (found.name if found else None) == example.speaker, example.text


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_status_of_each_example(example: Example) -> None:
    """Each sentence has one of the statuses that the table allows."""
    assert reading(example).status in example.statuses, example.text


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.mode], ids=named)
def test_mode_of_each_example(example: Example) -> None:
    """The words are given as the table says."""
    assert reading(example).mode == example.mode, example.text


def test_examples_with_the_cast_that_is_found() -> None:
    """With the cast that the project itself finds, seven speakers in eight and 98 statuses in a hundred stay right."""
    speakers = statuses = 0
    readings: dict[int, list[ClaimReading]] = {}
    for example in EXAMPLES:
        layout, text = example.story.layout(), example.story.text
        if id(example.story) not in readings:
            readings[id(example.story)] = read_claims(text, layout, find_cast(text, layout))
        found = readings[id(example.story)][example.position]
        speakers += (found.speaker.name if found.speaker else None) == example.speaker
        statuses += found.status in example.statuses

    assert speakers >= len(EXAMPLES) * 7 / 8
    assert statuses >= len(EXAMPLES) * 0.98


def test_table_is_large_enough() -> None:
    """The table holds at least 400 sentences in the manner of five kinds of agencies."""
    assert len(EXAMPLES) >= 400
    assert {e.story.kind for e in EXAMPLES} == {"wire", "state", "broadsheet", "web", "release"}
