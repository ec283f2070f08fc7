"""Each way a send can end leads to the right next step."""

from __future__ import annotations

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from handlers.sending import Moved, Refused, Sent, Unsent, Unsure, Unwelcome, judge, outcome_of


@pytest.fixture(autouse=True)
def spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `build_application` sets it."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    """Return *error* as python-telegram-bot raises it."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("refused")),
        caused(TimedOut(), httpx.ConnectTimeout("slow")),
        caused(TimedOut("pool"), httpx.PoolTimeout("full")),
        InvalidToken("Unauthorized"),
        Conflict("terminated"),
    ],
)
def test_surely_unsent_is_tried_as_it_is(error: TelegramError) -> None:
    """No byte of it left, or nobody listened."""
    assert isinstance(judge(error), Unsent)


def test_flood_control_says_when() -> None:
    """429 names the seconds."""
    outcome = judge(RetryAfter(7))

    assert isinstance(outcome, Unsent)
    assert outcome.after_s == 7


@pytest.mark.parametrize(
    "error",
    [
        caused(TimedOut(), httpx.ReadTimeout("late")),
        caused(TimedOut(), httpx.WriteTimeout("late")),
        caused(NetworkError("httpx.RemoteProtocolError"), httpx.RemoteProtocolError("cut")),
        caused(NetworkError("httpx.ReadError"), httpx.ReadError("reset")),
        NetworkError("Bad Gateway"),
        caused(NetworkError("Bad Gateway (502). Parsing failed"), TelegramError("Invalid server response")),
        TelegramError("Invalid server response"),
    ],
)
def test_what_may_have_arrived_is_unsure(error: TelegramError) -> None:
    """Time-outs after the request left, cut lines, 5xx, unreadable replies."""
    assert isinstance(judge(error), Unsure)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Unwelcome),
        (BadRequest("Chat not found"), Unwelcome),
        (BadRequest("Not enough rights to send text messages to the chat"), Unwelcome),
        (BadRequest("Can't parse entities: unsupported start tag"), Refused),
        (BadRequest("Message thread not found"), Refused),
        (BadRequest("Message is too long"), Refused),
    ],
)
def test_refusals_are_never_retried_blindly(error: TelegramError, outcome: type) -> None:
    """`BadRequest` is a `NetworkError` to the library, and a retry of it would go on for ever."""
    assert isinstance(judge(error), outcome)


def test_an_edit_that_changes_nothing_is_done() -> None:
    """Exactly Telegram's words for it, and no others."""
    assert judge(BadRequest("Message is not modified: specified new message content ...")) == Sent(None)
    assert isinstance(judge(BadRequest("Message can't be edited")), Refused)


def test_migrated_group_has_a_new_number() -> None:
    """The message goes there."""
    assert judge(ChatMigrated(-100123)) == Moved(-100123)


async def test_accepted_message_has_its_number() -> None:
    """What Telegram returns."""

    async def send() -> int:
        return 42

    assert await outcome_of(send()) == Sent(42)


def test_reasons_hold_no_address() -> None:
    """httpx puts the address, and so the token, into its texts."""
    why = judge(caused(NetworkError("httpx.ConnectError: https://host/bot1:secret"), httpx.ConnectError("x")))

    assert "secret" not in str(why)
