"""When two addresses are one page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database.identity import headline_of, page_of, shape_of


@pytest.mark.parametrize(
    "url",
    [
        "http://northline.example/news/1?id=7&lang=en",
        "https://www.northline.example/news/1/?lang=en&id=7#comments",
        "https://NORTHLINE.example/news/1?utm_source=feed&id=7&lang=en&fbclid=x",
    ],
)
def test_one_page_has_many_addresses(url: str) -> None:
    """Scheme, www, fragment, order and tracking marks do not make another page."""
    assert page_of(url) == page_of("https://northline.example/news/1?id=7&lang=en")


@pytest.mark.parametrize(
    "url", ["https://northline.example/news/1?id=8&lang=en", "https://northline.example:81/news/1", ""]
)
def test_other_pages_have_others(url: str) -> None:
    """What a server may answer differently to makes another page."""
    assert page_of(url) != page_of("https://northline.example/news/1?id=7&lang=en")


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_has_a_fingerprint(text: str) -> None:
    """Nothing raises, and the numbers fit into SQLite."""
    for fingerprint in (shape_of(text), page_of(f"https://{text}"), page_of(text), headline_of(text, text)):
        assert fingerprint is None or 0 <= fingerprint < 2**63
