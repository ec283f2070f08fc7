"""A story goes in, its facts come out, verbatim and complete."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.facts.extract import extract_facts
from store.facts.model import Extraction, Fact, Status, Story

TEXT = (
    "TARN, Ostmark, March 3 (Nordpress) - Ostmark will close its border with Vesterland on Friday, Interior Minister "
    "Lena Voss said on Tuesday.\n\n"
    '"We have counted 4,200 lorries in two days," Ms Voss told reporters. Vesterland\'s foreign ministry denied that '
    "any lorry had crossed.\n\n"
    "Read more: The road to Tarn\n\n"
    "The U.N. refugee agency said 310 people were waiting at Hvit.\n"
)


def extraction(text: str = TEXT, **more: object) -> Extraction:
    published_at = datetime.fromisoformat("2026-03-03T18:00:00+01:00")
    return extract_facts(Story(text, outlet="Nordpress", published_at=published_at, **more))  # type: ignore[arg-type]


def fact(found: Extraction, part: str) -> Fact:
    return next(fact for fact in found.facts if part in TEXT[fact.start : fact.end])


def test_facts_are_the_sentences_in_order() -> None:
    """Each sentence of the layout is one fact, at the same place and position."""
    found = extraction()

    assert [(f.start, f.end, f.position, f.paragraph) for f in found.facts] == [
        (s.start, s.end, s.position, s.paragraph) for s in found.layout.sentences
    ]
    assert len(found.facts) == 4


def test_speaker_comes_with_full_name_role_and_country() -> None:
    """ "Ms Voss" is the interior minister of Ostmark under her full name."""
    speaker = fact(extraction(), "4,200").speaker

    assert speaker is not None
    assert (speaker.name, speaker.role, speaker.of) == ("Lena Voss", "Interior Minister", "Ostmark")
    assert speaker.as_printed == "Ms Voss"


def test_publisher_speaks_under_its_full_name() -> None:
    """A body that calls itself by its last word in its own release is named in full."""
    told = Story("The wells are dry. Rain could fail again, the Alliance warns.", outlet="Harvest Alliance")

    speaker = extract_facts(told).facts[1].speaker

    assert speaker is not None and speaker.name == "Harvest Alliance"


def test_names_are_those_of_their_own_sentence() -> None:
    """People, bodies and places are listed with the sentence that names them, under their canonical names."""
    found = extraction()

    assert fact(found, "close its border").people == ("Lena Voss",)
    assert fact(found, "close its border").places == ("Ostmark", "Vesterland")
    assert fact(found, "denied").orgs == ("Vesterland foreign ministry",)
    assert fact(found, "refugee").orgs == ("UN refugee agency",)
    assert fact(found, "refugee").places == ("Hvit",)


def test_figures_dates_and_status_are_read() -> None:
    """The parts of a fact that other modules read are there: figures, dates, status."""
    found = extraction()

    assert [q.value for q in fact(found, "refugee").quantities] == [310]
    assert next((d.first, d.last) for d in fact(found, "close its border").dates) == ("2026-03-06", "2026-03-06")
    assert fact(found, "denied").status is Status.DENIED


def test_date_printed_in_the_text_serves_where_none_is_given() -> None:
    """Without a publishing time the year must be printed; then weekdays resolve against the dateline."""
    text = TEXT.replace("March 3", "March 3, 2026")
    found = extract_facts(Story(text))

    assert ("2026-03-06", "2026-03-06") in [(d.first, d.last) for d in found.facts[0].dates]


def test_same_story_gives_the_same_facts() -> None:
    """Extraction is deterministic."""
    assert extraction() == extraction()


@pytest.mark.parametrize("text", ["", " \n", "🚢", "...", "\x00", "Photo: Jo Ek"])
def test_text_without_a_sentence_has_no_facts(text: str) -> None:
    """Nothing to show is no fact, and no error."""
    found = extract_facts(Story(text))

    assert len(found.facts) <= (1 if "Ek" in text else 0)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*TEXT.split(), "\n\n", "“", '"', "\ud800", "\x00", "’", "5 p.m."]), max_size=60))
@example(["to", "3", "Interior", "Interior"])
def test_any_mixture_of_news_words_is_read(words: list[str]) -> None:
    """Shuffled news never fails, and every fact is trimmed text of its story."""
    text = " ".join(words)
    found = extract_facts(Story(text, title="Border closed", published_at=None))

    for one in found.facts:
        assert text[one.start : one.end].strip() == text[one.start : one.end] != ""
    assert all(0 <= link.source < len(found.facts) > link.target >= 0 for link in found.links)
