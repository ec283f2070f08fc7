"""The terminal that stands in for Telegram: same handlers, other line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.console import as_terminal_text, run_console
from handlers.context import Services
from handlers.markup import escape, link, quoted, shown
from store.database.store import Store
from store.intake.accept import take_in
from tests.telegram.stories import ANSWER, FERRY, NEWS, NOW, QUESTION, story_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that holds one story."""
    with Store.open(tmp_path / "test.sqlite") as opened:
        take_in(opened, story_of(FERRY), now=NOW, quiet=True)
        yield opened


async def typed(store: Store, *lines: str) -> str:
    """Return what the terminal shows when *lines* are typed."""
    clock = lambda: datetime.now(UTC)  # noqa: E731 - message numbers must grow from run to run
    services = Services(store=store, admins=frozenset(), clock=clock, greeting="Try this:")
    output = io.StringIO()
    await run_console(services, io.StringIO("".join(f"{line}\n" for line in lines)), output)
    return output.getvalue()


async def test_it_greets_and_answers_with_the_source(store: Store) -> None:
    """The opening words, the question, the sentence, its outlet with the address, its date."""
    shown_text = await typed(store, QUESTION)

    assert shown_text.startswith("Try this:")
    assert f"> {QUESTION}" in shown_text
    assert ANSWER in shown_text
    assert "Tideline <https://tideline.example/" in shown_text
    assert "18 Nov 2026" in shown_text
    assert "<b>" not in shown_text
    assert "\x1b" not in shown_text


async def test_stories_can_be_stored_and_asked_about(store: Store) -> None:
    """Whoever sits at the terminal may do everything."""
    story = f"/store {' '.join(NEWS.split())}"
    shown_text = await typed(store, story, "how many people were cut off", "/status", "/help")

    assert "stored: " in shown_text
    assert "2,300 people" in shown_text
    assert "2 stories" in shown_text
    assert "/editors" in shown_text


async def test_odd_lines_get_a_word(store: Store) -> None:
    """Six thousand characters, emoji, half characters, markup: a word each, no traceback."""
    lines = ("🎉", "x" * 6000, "\udcff\udcfe", "<b>&", "\x00", "/nothing", "/alias", "/why")
    shown_text = await typed(store, *lines)

    assert "I do not know that command" in shown_text
    assert "Nothing taught yet" in shown_text
    assert "Traceback" not in shown_text


async def test_same_question_is_answered_in_every_run(store: Store) -> None:
    """A message is answered once in the life of the store; a question typed anew is a new message."""
    assert ANSWER in await typed(store, QUESTION, QUESTION)
    assert ANSWER in await typed(store, QUESTION)


@given(st.text(st.one_of(st.characters(), st.sampled_from("<>&\n")), max_size=200))
def test_words_come_out_of_the_markup_as_they_went_in(text: str) -> None:
    """Escaping for Telegram is undone for the terminal."""
    assert as_terminal_text(escape(text), styled=False) == shown(text)
    assert as_terminal_text(quoted(text), styled=False).replace("\n  ", "\n") == f"  {shown(text)}"


def test_styles_and_links_are_shown() -> None:
    """Bold and faint where the terminal can, and the address beside the outlet."""
    message = f"<b>NEW</b> {link('https://example.org/?a=1&b=2', 'Outlet')} <i>note</i>"

    assert as_terminal_text(message, styled=False) == "NEW Outlet <https://example.org/?a=1&b=2> note"
    assert as_terminal_text(message, styled=True).startswith("\x1b[1mNEW\x1b[0m")
