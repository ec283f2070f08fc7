"""No token is in any log, wherever it came from."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.logs import HIDDEN, RedactingFormatter, set_up_logs

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_01234"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Logs set up on a stream, and the root logger as it was afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def test_token_is_taken_out_of_a_message(stream: io.StringIO) -> None:
    """Also when it is in an argument, inside an address, and of a library's logger."""
    set_up_logs("DEBUG", stream=stream)

    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)

    assert TOKEN not in stream.getvalue()
    assert f"bot{HIDDEN}/getMe" in stream.getvalue()


def test_token_is_taken_out_of_a_traceback(stream: io.StringIO) -> None:
    """An exception's text and the frames below it are cleaned too, causes included."""
    set_up_logs("INFO", stream=stream)

    try:
        try:
            raise ValueError(TOKEN)
        except ValueError as error:
            raise RuntimeError(f"cannot reach bot{TOKEN}") from error
    except RuntimeError:
        logging.getLogger("test").exception("failed")

    assert "Traceback" in stream.getvalue()
    assert TOKEN not in stream.getvalue()


@pytest.mark.parametrize("form", ["{}", "%3A", "%3a"])
def test_token_in_an_address(form: str) -> None:
    """The colon may be percent-encoded."""
    text = TOKEN if form == "{}" else TOKEN.replace(":", form)

    assert RedactingFormatter().redact(f"GET /bot{text}/sendMessage") == f"GET /bot{HIDDEN}/sendMessage"


def test_token_of_another_shape_is_known_by_its_letters() -> None:
    """A test server's token does not look like Telegram's; it is hidden because it is the one in use."""
    formatter = RedactingFormatter(["42:TEST/x", ""])

    assert formatter.redact("a 42:TEST/x b 42%3ATEST%2Fx c") == f"a {HIDDEN} b {HIDDEN} c"


@given(st.from_regex(r"[0-9]{8,10}:[A-Za-z0-9_-]{35}", fullmatch=True), st.text(max_size=20))
def test_no_token_survives(token: str, around: str) -> None:
    """Whatever stands around it, unless it is part of a longer word."""
    redacted = RedactingFormatter().redact(f"{around} {token} {around}")

    assert token not in redacted


@pytest.mark.parametrize("text", ["at 12:30", "https://example.org:8443/a/b", "id=123456789 score=0.91"])
def test_ordinary_text_stays(text: str) -> None:
    """Times, ports and numbers are no tokens."""
    assert RedactingFormatter().redact(text) == text
