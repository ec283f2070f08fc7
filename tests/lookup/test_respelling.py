"""A question's misspelt words are written as they were meant, where what is held and the other words settle it."""

from __future__ import annotations

import pytest

from store.lookup.respelling import respell
from tests.lookup.shelf import shelf

HELD = shelf(
    [
        "The tram line to the harbour reopened / Trams run along the harbour again",
        "The term of the mayor ends in May / A mayor serves a term of four years",
        "Rain fell on the hills / Snow is expected on the passes",
        "The museum sold a painting / Visitors queued for tickets",
        "Nurses went on strike / Wards stayed open",
        "Minister Karimov spoke of the harvest / Farmers carried the harvest home",
    ]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("when did the tarm line to the harbour reopen", "when did the tram line to the harbour reopen"),
        ("how many years is the tarm of the mayor", "how many years is the term of the mayor"),
        ("who carrieed the harvest", "who carried the harvest"),
        ("whcih farmers", "which farmers"),
        ("what did Karymov's minister say", "what did Karimov's minister say"),
    ],
)
def test_a_slip_is_read_by_the_company_it_keeps(typed: str, meant: str) -> None:
    """The same slip is a tram beside the harbour and a term beside the mayor; endings and capitals stay."""
    assert respell(HELD, typed).text == meant


@pytest.mark.parametrize("text", ["who carried the harvest", "is there a tavern", "Zyzzyva", "", "39 of 40,000"])
def test_what_is_no_slip_stays(text: str) -> None:
    """Held words, English ones that are not held, strange names and figures are left as they were typed."""
    respelt = respell(HELD, text)

    assert respelt.text == text
    assert not respelt.typed


def test_it_is_told_what_was_typed() -> None:
    """Each word that was set right leads back to what somebody typed."""
    assert respell(HELD, "the Harbuor and the carrieed harvest").typed == {"Harbour": "Harbuor", "carried": "carrieed"}


def test_what_is_not_settled_has_several_meanings() -> None:
    """Alone, a slip of two held words keeps both."""
    respelt = respell(HELD, "tarm")

    assert respelt.text == "tarm"
    assert {one.term for one in respelt.unsettled["tarm"]} >= {"tram", "term"}
