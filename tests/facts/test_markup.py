"""A story's text that still holds tags and entities of a page: read as if it held none, shown as it came."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.facts.extract import extract_facts
from store.facts.model import Fact, Story
from store.facts.page.markup import readable

PAGE = (
    '<p class="lead">HARN, Nov 24 (Northline) &mdash; At least 17 people were killed when a dam burst above Harn &amp; '
    "its valley, the rescue&nbsp;service said.</p>\n<script>var old = 'Forty people died.';</script>\n"
    "<p>&ldquo;The water took <b>everything</b>,&rdquo; said mayor Lena Dworak.<br/>"
    "The army will send 200 soldiers on Thursday.</p><ul><li>The dam was built in 1961.</li></ul>"
)


def facts(text: str) -> dict[str, Fact]:
    return {text[fact.start : fact.end]: fact for fact in extract_facts(Story(text)).facts}


def test_paragraphs_of_a_page_become_facts_and_its_scripts_do_not() -> None:
    """Each sentence is cut out of the text as it came, without the tags and with the whole entities around it."""
    assert list(facts(PAGE)) == [
        "At least 17 people were killed when a dam burst above Harn &amp; its valley, the rescue&nbsp;service said.",
        "&ldquo;The water took <b>everything</b>,&rdquo; said mayor Lena Dworak.",
        "The army will send 200 soldiers on Thursday.",
        "The dam was built in 1961.",
    ]


def test_entities_are_read_as_their_characters() -> None:
    """ "&ldquo;" opens a quotation, "&nbsp;" parts two words, "&mdash;" closes a dateline."""
    extraction = extract_facts(Story(PAGE))
    first, second = extraction.facts[:2]

    assert extraction.layout.dateline is not None
    assert extraction.layout.dateline.agency == "Northline"
    assert first.speaker is not None
    assert first.speaker.name == "rescue service"
    assert (second.mode, second.speaker.name if second.speaker else None) == ("quote", "Lena Dworak")


@pytest.mark.parametrize(
    "text",
    ["Profit fell & costs rose: 3 < 5 and 7 > 2.", "The <unnamed> source said so.", "AT&T; and R&D are no entities.",
     "Send it to <desk@example.org> by noon."],
)  # fmt: skip
def test_what_only_looks_like_markup_stays(text: str) -> None:
    """Signs of their own, an address in brackets and an ampersand in a name are text."""
    assert readable(text) == text


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b", ">", "&amp;", "&", "#39;", "İ", "<script>", "</script>", "a ", "\n", "<!--"]
        )
    )
)
def test_reading_moves_nothing(pieces: list[str]) -> None:
    """Whatever the tags, the readable text is as long, and what stands between tags stands where it stood."""
    text = "".join(pieces)
    read = readable(text)

    assert len(read) == len(text)
    assert all(one == other or other.isspace() or "&" in text for one, other in zip(text, read, strict=True))


@given(st.text(alphabet="<>p/b&amp;.!-# \nAa\"'", max_size=200))
def test_any_marked_up_text_gives_facts_within_it(text: str) -> None:
    """No text raises, and every fact has its place in it."""
    extraction = extract_facts(Story(text))

    assert all(0 <= fact.start < fact.end <= len(text) for fact in extraction.facts)
    assert all(one.end <= two.start for one, two in zip(extraction.facts, extraction.facts[1:], strict=False))


@pytest.mark.parametrize("piece", ["<", "<p ", "<script>", "&#", "&a", "<!--", "</"])
def test_reading_takes_time_in_proportion_to_length(piece: str) -> None:
    """The worst input for the patterns costs no more than twice its share."""

    def cost_s(count: int) -> float:
        began = time.process_time()
        readable(piece * count)
        return time.process_time() - began

    short, long = min(cost_s(4_000) for _ in range(3)), min(cost_s(32_000) for _ in range(2))

    assert long < 24 * short + 0.05
