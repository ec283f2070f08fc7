"""One message as it is handed to Telegram, and as the outbox keeps it until then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.markup import Html


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message of the bot."""

    html: Html
    buttons: tuple[tuple[str, str], ...] = ()  # label, callback data
    edits: int | None = None  # the delivery whose message it replaces
    story: str | None = None  # the story that it is the receipt of; an edit of its text is a new version of that


def body_of(message: Outgoing) -> dict[str, object]:
    """Return *message* as the JSON values that a delivery keeps."""
    buttons = [list(button) for button in message.buttons]
    return {"html": message.html, "buttons": buttons, "edits": message.edits, "story": message.story}


def outgoing_of(body: dict[str, Any]) -> Outgoing:  # Any: JSON values
    """Return the message that `body_of` made *body* of."""
    buttons = tuple((label, data) for label, data in body.get("buttons", ()))
    return Outgoing(Html(body["html"]), buttons, body.get("edits"), body.get("story"))


def keyboard(message: Outgoing) -> InlineKeyboardMarkup | None:
    """Return the buttons of *message* in a row; None if it has none."""
    if not message.buttons:
        return None
    return InlineKeyboardMarkup.from_row(
        [InlineKeyboardButton(label, callback_data=data) for label, data in message.buttons]
    )
