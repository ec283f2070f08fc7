"""Words are the same word in any case, script, form or punctuation, and tell where they stand."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.facts.words import fold, placed_stems, stem, stems, telling_stems, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Khorog", "ХОРОГ"),
        ("Fayzabad", "Fayzábad"),
        ("Tajikistan's soldiers", "tajikistan soldier"),
        ("Tajikistan’s soldiers’", "tajikistan soldier"),
        ("U.N. envoy", "UN envoy"),
        ("the U.S. embassy", "the US embassy"),
        ("40,000 rifles", "40000 rifles"),
        ("2.50 somoni", "2.5 somoni"),
        ("28th of July", "28 of July"),
        ("40km", "40 km"),
        ("O'Hara", "OHara"),
        ("e\u0301tape", "étape"),
        ("soft\u00adware", "software"),
    ],
)
def test_two_writings_give_the_same_terms(one: str, other: str) -> None:
    """Two ways to write a thing are one thing to the index."""
    assert stems(one) == stems(other)


def test_abbreviations_are_not_function_words() -> None:
    """US, IT and WHO are found although us, it and who are not looked for."""
    assert telling_stems("The US told the WHO and IT told us") == ("us.", "told", "who.", "it.", "told")


def test_contractions_tell_nothing() -> None:
    """ "What it'll cost" turns on the cost."""
    assert telling_stems("what it'll cost, who’d pay, they've won, don't you") == ("cost", "pay", "won")


def test_a_headline_in_capitals_holds_no_abbreviation() -> None:
    """In a shouted line nothing tells US from us."""
    assert telling_stems("WHO TOLD US") == ("told",)


def test_a_turkish_capital_moves_no_place() -> None:
    """A sentence in capitals says where its words stand, though "İ" is two letters in lower case."""
    text = "İSTANBUL VE İZMİR"

    assert [(text[token.start : token.end], term) for token, term in placed_stems(text)] == [
        ("İSTANBUL", "istanbul"), ("VE", "ve"), ("İZMİR", "izmir"),
    ]  # fmt: skip


def test_hyphened_names_meet_in_the_whole() -> None:
    """A name keeps its parts and its whole, however it is hyphened."""
    assert "sherkhanbandar" in stems("Sher-Khan-Bandar")
    assert "sherkhanbandar" in stems("Sherkhan-Bandar")
    assert "1015" not in stems("10-15")


def test_tokens_say_where_they_stand() -> None:
    """A token's offsets give the word as printed."""
    text = "Some 20,000 Tajikistan’s reservists, the U.N. says"

    assert [text[t.start : t.end] for t in tokens(text)] == [
        "Some", "20,000", "Tajikistan’s", "reservists", "the", "U.N.", "says",
    ]  # fmt: skip


@given(st.text(max_size=300))
@example("a." * 50 + "ab")
@example("1,111" * 30)
@example("²½")
@example("ˈa’s")
def test_tokens_stand_in_order_and_are_never_empty(text: str) -> None:
    """Whatever the text: offsets rise, lie within it, and no token or stem is empty."""
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert token.text and stem(token.text)
        end = token.end


@given(st.text(max_size=200))
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded stays."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "worst", ["a." * 60_000 + "ab", "1,111" * 30_000, "a'" * 80_000, "1." * 80_000, "\u0301" * 99_999]
)
def test_time_is_linear(worst: str) -> None:
    """The worst texts take no longer than their length explains; a quadratic pattern would run into the time-out."""
    assert tokens(worst) is not None
