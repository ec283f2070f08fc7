"""What became of a message handed to Telegram: sent, surely not sent, perhaps sent, or refused.

`sendMessage` has no idempotency key, so that a message whose reply was lost may have arrived. What python-telegram-bot
raises is decided by its cause: it wraps every error of httpx, and says nothing of it in the type
(python-telegram-bot#1045, #3937).
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass

import httpx
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError


@dataclass(frozen=True, slots=True)
class Sent:
    """Accepted."""

    message_id: int | None  # None: accepted earlier, and Telegram does not say under which number


@dataclass(frozen=True, slots=True)
class Unsent:
    """Surely not accepted: try again as it is."""

    why: str
    after_s: float | None = None  # Telegram's own word on when (429)


@dataclass(frozen=True, slots=True)
class Unsure:
    """May have been accepted: try again, marked as a possible repeat."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will not take this message, now or later."""

    why: str


@dataclass(frozen=True, slots=True)
class Unwelcome:
    """The chat takes nothing from the bot: it was blocked, removed, or may not write."""

    why: str


@dataclass(frozen=True, slots=True)
class Moved:
    """Surely not accepted: the group became a supergroup and has this id now."""

    chat: int


Outcome = Sent | Unsent | Unsure | Refused | Unwelcome | Moved

# Raised by httpx before the first byte of a request left.
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
# The Bot API's words (lower case) for a chat that cannot be written to although it exists.
_NO_ENTRY = (
    "chat not found",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
)
# An edit that changes nothing has been done before: exactly these words, and no others, count as success.
_UNCHANGED = "message is not modified"


async def outcome_of(call: Awaitable[int | None]) -> Outcome:
    """Await *call*, which returns the message's number, and say what became of it."""
    try:
        return Sent(await call)
    except TelegramError as error:
        return judge(error)


def judge(error: TelegramError) -> Outcome:
    """Say what *error* tells about the message that it was raised for."""
    why = _words(error)
    if isinstance(error, RetryAfter):
        return Unsent(why, after_s=seconds_to_wait(error))
    if isinstance(error, ChatMigrated):
        return Moved(error.new_chat_id)
    if isinstance(error, Forbidden):
        return Unwelcome(why)
    if isinstance(error, BadRequest):
        return _judge_refusal(why)
    if isinstance(error, InvalidToken | Conflict):
        return Unsent(why)
    return Unsent(why) if isinstance(error.__cause__, _NEVER_LEFT) else Unsure(why)


def seconds_to_wait(error: RetryAfter) -> float:
    """Return Telegram's `retry_after`, which python-telegram-bot gives as a number or as a time span."""
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()


def _judge_refusal(why: str) -> Outcome:
    words = why.casefold()
    if _UNCHANGED in words:
        return Sent(None)
    return Unwelcome(why) if any(sign in words for sign in _NO_ENTRY) else Refused(why)


def _words(error: TelegramError) -> str:
    """Return what happened in a few words, the cause's kind included; no address, since that holds the token."""
    if error.__cause__ is not None:
        return f"{type(error).__name__} ({type(error.__cause__).__name__})"
    return error.message
