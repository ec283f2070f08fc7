"""Whether a word is English, or nearly."""

from __future__ import annotations

import pytest

from store.facts.english import is_english, is_near_english


@pytest.mark.parametrize("word", ["rain", "soldiers", "vaccinated", "quickly"])
def test_english_words_are_known_with_their_endings(word: str) -> None:
    """A correct word is no slip of another, whatever is held."""
    assert is_english(word)


@pytest.mark.parametrize("word", ["oyelaran", "mutiara", "zyzzyva"])
def test_names_are_no_english_words(word: str) -> None:
    """What is neither a word nor near one may be a name."""
    assert not is_english(word)
    assert not is_near_english(word)


@pytest.mark.parametrize("slip", ["frist", "goverment", "vaccinatd", "comission"])
def test_slips_are_near_a_word(slip: str) -> None:
    """One letter swapped, added or left out does not make a name of a word."""
    assert not is_english(slip)
    assert is_near_english(slip)


def test_what_is_too_long_is_near_nothing() -> None:
    """Six thousand letters are not tried in all their variants."""
    assert not is_near_english("a" * 6000)
