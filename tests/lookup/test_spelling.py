"""A typed word leads to the held words that it may mean, the likeliest first, and never to an unlikely one."""

from __future__ import annotations

import pytest

from store.lookup.spelling import function_words_near, same_sounding, slip_cost, spellings
from tests.lookup.shelf import shelf

HELD = shelf(
    ["The government sent reservists to Fayzabad / Vaccination of refugees began in Khujand / Australia and Austria"]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("goverment", "government"),
        ("govrenment", "government"),
        ("govvernment", "government"),
        ("hovernment", "government"),
        ("reservsts", "reservists"),
        ("faizabad", "fayzabad"),
        ("feyzabod", "fayzabad"),
        ("khudzhand", "khujand"),
        ("vacination", "vaccination"),
        ("bgan", "began"),
    ],
)
def test_slips_and_romanisations_are_read(typed: str, meant: str) -> None:
    """One slip in a word, or another habit of romanising it, leads to the held word first."""
    assert next(iter(spellings(HELD, typed))).word == meant


@pytest.mark.parametrize("typed", ["39", "40000", "of", "xq", "", "zzzzzzzz", "bagan's", "a" * 5000])
def test_figures_short_and_strange_words_mean_nothing_else(typed: str) -> None:
    """What must match exactly, or is like nothing held, has no other spelling."""
    assert spellings(HELD, typed) == []


def test_countries_one_letter_pair_apart_stay_apart() -> None:
    """Austria and Australia are near and not the same: neither is read as the other."""
    assert "austria" not in [s.word for s in spellings(HELD, "australia")]
    assert "australia" not in [s.word for s in spellings(HELD, "austria")]


def test_slips_of_function_words_are_known() -> None:
    """A slip of a word that holds a sentence together may be that word; other words are none."""
    assert set(function_words_near("whcih")) == {"which"}
    assert set(function_words_near("refugee")) == set()
    assert "the" in function_words_near("teh")
    assert "was" not in function_words_near("saw")  # an English word, and no slip of "was"


def test_likely_slips_cost_less() -> None:
    """Swapped and doubled letters cost less than a far key, a wrong first letter more, the word itself nothing."""
    assert slip_cost("border", "border") == 0
    assert slip_cost("bodrer", "border") < slip_cost("bomder", "border") < slip_cost("mborder", "border") + 1
    assert slip_cost("xorder", "border") > slip_cost("boxder", "border")


def test_names_are_found_by_sound() -> None:
    """A name in another romanisation is found without being misspelt."""
    assert [s.word for s in same_sounding(HELD, "faizabod")] == ["fayzabad"]
