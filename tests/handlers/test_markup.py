"""Telegram's own library reads every message as we meant it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.markup import (
    MAX_ENTITIES,
    MAX_SENTENCE_UNITS,
    MAX_UNITS,
    Html,
    cut,
    escape,
    link,
    message_entities,
    message_units,
    pack,
    plain,
    quoted,
    shown,
    units,
    web_address,
)
from tests.handlers.tdlib import parsed

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("<>&\"'/@#$.:\u202e\u2067\u200b\u0000\r\n\ud800\U0001f600שلا "),
    ),
    max_size=400,
)


@given(HOSTILE)
@example("<b>&amp;</b>")
@example("a \u202etxet\u202c b")
@example("</blockquote><a href='https://x.org'>y")
def test_source_text_is_shown_as_text(text: str) -> None:
    """Nothing in a source is read as markup: Telegram shows the words, and finds only our quotation around them."""
    message = parsed(quoted(text))

    assert message.text == shown(text)
    assert {kind for kind, _ in message.entities} <= {"BlockQuote", "Code"}


@given(HOSTILE)
def test_length_is_counted_as_telegram_counts(text: str) -> None:
    """What we count is what Telegram parses."""
    html = Html(f"<b>{escape(text)}</b> {link('https://example.org/', 'x')}")

    assert message_units(html) == units(parsed(html).text)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("HTTPS://Example.ORG:8443/x", "https://example.org:8443/x"),
        ("http://10.0.0.1:81/x", "http://10.0.0.1:81/x"),
        ("https://пример.рф/новости", "https://xn--e1afmkfd.xn--p1ai/новости"),
        ("https://user:word@example.org/", "https://example.org/"),
        ('https://example.org/a b"c', "https://example.org/a%20b%22c"),
        ("http://localhost/x", None),
        ("https://example/", None),
        ("https://999.1.1.1/", None),
        ("ftp://example.org/", None),
        ("javascript:alert(1)", None),
        ("tg://user?id=1", None),
        ("https://exam\u200bple.org/", None),
        ("https://example.org\u202egro/", None),
        ("https://[::1", None),
        ("https://example.org:port/", None),
        ("", None),
    ],
)
def test_links_have_a_proper_host_or_are_none(url: str, kept: str | None) -> None:
    """Telegram drops a link without a proper host silently, so we must know before it does."""
    assert web_address(url) == kept
    links = [url for kind, url in parsed(link(url, "Outlet")).entities if kind == "TextUrl"]
    assert len(links) == (kept is not None)


@given(st.text(max_size=60), st.sampled_from(("https://", "http://", "")))
def test_no_address_loses_its_link(rest: str, scheme: str) -> None:
    """Whatever we take for an address, Telegram keeps as a link."""
    url = f"{scheme}{rest}"
    links = [kind for kind, _ in parsed(link(url, "Outlet")).entities if kind == "TextUrl"]

    assert len(links) == (web_address(url) is not None)


def test_look_alike_host_is_shown_in_punycode() -> None:
    """A host with letters of another alphabet stands beside the outlet as what it is."""
    assert "(xn--" in plain(link("https://bbс.com/", "BBC"))


@given(st.lists(HOSTILE, max_size=12))
def test_packed_messages_keep_within_the_limits(texts: list[str]) -> None:
    """No message is too long or has too many entities, and no block is lost or split."""
    blocks = [Html(f"{quoted(text)}\n{link('https://example.org/', 'Outlet')}") for text in texts]
    messages = pack(blocks)

    assert "\n\n".join(messages) == "\n\n".join(blocks)
    for message in messages:
        assert message_units(message) <= MAX_UNITS
        assert len(parsed(message).entities) <= message_entities(message)
        assert len(parsed(message).found) + len(parsed(message).entities) <= 100


def test_text_full_of_commands_cannot_crowd_out_a_source() -> None:
    """Telegram makes entities of what looks like commands, and drops those past a hundred: never our link."""
    message = Html(f"{quoted('/a @bcdef #g h.org ' * 60)}\n{link('https://example.org/', 'Outlet')}")

    assert message_entities(message) <= MAX_ENTITIES
    assert parsed(message).found == []


def test_long_sentence_is_cut_with_a_mark() -> None:
    """A sentence that fills a message is cut, and says how much is missing."""
    message = parsed(quoted("word " * 3000))

    assert units(message.text) <= MAX_SENTENCE_UNITS + 40
    assert "more characters]" in message.text


@given(st.text(max_size=300), st.integers(0, 300))
def test_cut_text_is_a_beginning_that_fits(text: str, limit: int) -> None:
    """The longest beginning within the limit, counted in units."""
    kept = cut(text, limit)

    assert text.startswith(kept)
    assert units(kept) <= limit
    assert kept == text or units(text[: len(kept) + 1]) > limit


def test_right_to_left_text_is_isolated() -> None:
    """Only text that could turn the line round gets marks; plain text can be copied as it is."""
    assert shown("plain") == "plain"
    assert shown("שלום") == "\u2068שלום\u2069"
    assert shown("a\u202eb\u2069c\u200bd") == "abcd"
