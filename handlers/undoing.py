"""The button under a receipt: a story that should not have been stored is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from telegram import Message, Update, User

from handlers.context import BriefingContext, Role
from handlers.markup import Html, escape
from handlers.outgoing import Outgoing, body_of
from handlers.render import so_many
from handlers.replying import acknowledge, change_reply
from store.database.asked import Asked, answer_to
from store.database.outbox import queue_message
from store.database.stories import Receipt
from store.database.withdrawing import withdraw_story

if TYPE_CHECKING:
    from sqlite_utils import Database

PATTERN = r"^undo:."
# Long enough for a slip; later on a story has been read and answered from, so that an administrator decides.
UNDO_FOR = timedelta(hours=1)
MAX_DATA_BYTES = 64  # Bot API, InlineKeyboardButton.callback_data

# What whoever presses in vain is told; at most 200 characters (Bot API, answerCallbackQuery).
NOT_THEIRS = "Only whoever stored this story, or an administrator, can take it back."
TOO_LATE = "Too late: after an hour only an administrator can take a story back."
GONE = "This receipt cannot be undone any more: the story was taken back or changed, or its message is gone."


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed."""

    data: str
    user: User
    role: Role
    at: datetime


def undo_button(receipt: Receipt) -> list[tuple[str, str]]:
    """Return the button for a story that is new; a new version of a held one is not taken back."""
    data = f"undo:{receipt.story}"
    fits = len(data.encode()) <= MAX_DATA_BYTES
    return [("Undo", data)] if receipt.state == "stored" and fits else []


async def undo(update: Update, context: BriefingContext) -> None:
    """Take back the story of a receipt: whoever stored it, within an hour; an administrator, later too.

    A press that is refused is answered with the reason.
    """
    query = update.callback_query
    if query is None or query.data is None:
        return
    receipt, press = query.message, Press(query.data, query.from_user, context.role, context.now)
    why, delivery = NOT_THEIRS, None
    if context.may_add and isinstance(receipt, Message) and receipt.reply_to_message is not None:
        story_message = receipt.reply_to_message
        why, delivery = await context.store.awrite(lambda db: _undo(db, story_message, press))
    elif context.may_add:
        why = GONE
    if delivery is not None:
        await context.bot_data.courier.accept(delivery)
    await acknowledge(query, why)


def _undo(db: Database, message: Message, press: Press) -> tuple[str, int | None]:
    """Withdraw the story and change its receipt, and return the delivery of that; else say why the press is refused."""
    why = _refusal(answer_to(db, message.chat.id, message.message_id), press)
    return (why, None) if why else ("", _withdraw(db, message, press))


def _withdraw(db: Database, message: Message, press: Press) -> int | None:
    name, now = press.user.full_name, press.at
    withdrawn = withdraw_story(db, press.data.partition(":")[2], by=name, now=now)
    if withdrawn is None:
        return change_reply(db, message, Outgoing(Html("Not undone: the story has changed since.")), now=now)
    for told in withdrawn.told:
        words = Html(f"Withdrawn by {escape(name)}: this story should not have been stored.")
        queue_message(db, told.chat, body_of(Outgoing(words)), now=now, reply_to=told.message_id, thread=told.thread)
    return change_reply(db, message, Outgoing(_undone(withdrawn.facts)), now=now)


def _undone(facts: int) -> Html:
    return Html(f"undone: {so_many(facts, 'fact is', 'facts are')} no longer held")


def _refusal(asked: Asked | None, press: Press) -> str:
    """Return why a press takes nothing back; empty if it may.

    Callback data can be forged and buttons pressed by others: what the receipt was sent with decides.
    """
    buttons = (asked.answer.body or {}).get("buttons", []) if asked else []
    if asked is None or not any(button[1] == press.data for button in buttons):
        return GONE
    if press.role is Role.ADMIN:
        return ""
    if asked.user != press.user.id:
        return NOT_THEIRS
    return "" if press.at - asked.asked_at <= UNDO_FOR else TOO_LATE
