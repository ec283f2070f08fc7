"""Words that are often told of together say what a misspelt one among them was meant as."""

from __future__ import annotations

import pytest

from store.lookup.company import Company, Held
from store.lookup.vocabulary import terms_held
from tests.lookup.shelf import shelf

MANY = 2100  # paragraphs: more than are read of one term
STORE = shelf(
    *[["grain came by sea"]] * MANY,
    *[["grain for Karobe"]] * 8,
    *[["rain on Tenda"]] * 8,
    *[["rain on Karobe"]] * 2,
    *[["snow on Lessin"]] * MANY,
)


def held(term: str) -> Held:
    """Return *term* with the number of paragraphs that hold it."""
    return term, terms_held(STORE, [term])[term][2]


def test_a_word_fits_where_it_is_told_of() -> None:
    """With a common word as with a rare one: who stands beside it often fits, who never does does not."""
    company = Company(STORE)

    with_common = company.fits([held("karob"), held("tenda")], [held("grain")])
    with_rare = company.fits([held("karob"), held("tenda")], [held("rain")])

    assert with_common["karob"] > 0 > with_common["tenda"]
    assert with_rare["tenda"] > with_rare["karob"] > 0


def test_words_weighed_together_fit_as_they_do_alone() -> None:
    """What is read for several words at once says of each what it says of it alone."""
    terms, others = [held("karob"), held("tenda"), held("grain")], [held("grain"), held("rain"), held("snow")]

    together = Company(STORE).fits(terms, others)

    assert together == {term[0]: Company(STORE).fits([term], others)[term[0]] for term in terms}


def test_the_same_word_and_two_common_ones_say_nothing() -> None:
    """A word is no company for itself, and two words that are everywhere meet everywhere."""
    company = Company(STORE)

    assert company.fits([held("rain")], [held("rain")]) == {"rain": pytest.approx(0)}
    assert company.fits([held("grain")], [held("snow")]) == {"grain": pytest.approx(0)}
