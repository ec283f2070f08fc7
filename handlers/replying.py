"""What a handler says to a message: kept before it is sent, and said once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError

from handlers.context import BriefingContext
from handlers.markup import Html
from handlers.outgoing import Outgoing, body_of
from store.database.asked import answer_once, note_edit
from store.database.outbox import DeliveryState, queue_message

if TYPE_CHECKING:
    from sqlite_utils import Database


async def reply(
    update: Update,
    context: BriefingContext,
    html: Html,
    *,
    buttons: Sequence[tuple[str, str]] = (),
    story: str | None = None,
) -> None:
    """Reply to the message of *update*; nothing happens if it has been replied to, whatever became of the process.

    An edited message gets its reply edited. *story* is the one that the reply is the receipt of.
    """
    message = update.effective_message
    if message is None:
        return
    outgoing = Outgoing(html, tuple(buttons), story=story)
    if update.edited_message is not None:
        delivery = await context.store.awrite(lambda db: change_reply(db, message, outgoing, now=context.now))
    else:
        delivery = await context.store.awrite(lambda db: _first_reply(db, message, outgoing, context.now))
    if delivery is not None:
        await context.bot_data.courier.accept(delivery)


def _first_reply(db: Database, message: Message, outgoing: Outgoing, now: datetime) -> int | None:
    return answer_once(
        db,
        message.chat.id,
        message.message_id,
        user=message.from_user.id if message.from_user else None,
        question=text_of(message),
        body=body_of(outgoing),
        now=now,
        thread=topic_of(message),
    )


async def answer_press(
    update: Update, context: BriefingContext, make: Callable[[Database, int], Outgoing | None]
) -> None:
    """Reply to the message of a pressed button, once, with what *make* makes of the number behind the button's colon.

    Nothing is said when it makes nothing, or when the message is gone or too old to be replied to.
    """
    query = update.callback_query
    if query is None or query.data is None:
        return
    await acknowledge(query)
    number, pressed = int(query.data.partition(":")[2]), query.message
    outgoing = await context.store.aread(lambda db: make(db, number))
    if outgoing is not None and isinstance(pressed, Message):
        await _reply_to_button(pressed, query.from_user.id, context, outgoing)


async def _reply_to_button(pressed: Message, user: int, context: BriefingContext, outgoing: Outgoing) -> None:
    """Reply to the message under which *user* *pressed* a button, once, however often it is pressed."""
    now = context.now
    delivery = await context.store.awrite(
        lambda db: answer_once(
            db, pressed.chat.id, pressed.message_id, user=user, question="", body=body_of(outgoing), now=now,
            thread=topic_of(pressed),
        )
    )  # fmt: skip
    if delivery is not None:
        await context.bot_data.courier.accept(delivery)


async def acknowledge(query: CallbackQuery, why: str = "") -> None:
    """Tell whoever pressed a button that it was seen, and *why* in vain if it was.

    That it cannot be told, too late or for trouble on the line, is no harm: what the button does happens all the same,
    and must not be done again for it.
    """
    with contextlib.suppress(TelegramError):
        await query.answer(why or None, show_alert=bool(why))


def change_reply(db: Database, message: Message, outgoing: Outgoing, *, now: datetime) -> int | None:
    """Change what was said to a message: by an edit if that was sent, else in the outbox; return what to deliver."""
    chat, body = message.chat.id, body_of(outgoing)
    earlier = note_edit(db, chat, message.message_id, question=text_of(message), body=body)
    if earlier is None:
        return _first_reply(db, message, outgoing, now)
    if earlier.state not in (DeliveryState.SENT, DeliveryState.SENDING):
        return earlier.id
    edit = body_of(replace(outgoing, edits=earlier.id))
    return queue_message(db, chat, edit, now=now, reply_to=message.message_id, thread=topic_of(message))


def topic_of(message: Message) -> int | None:
    """Return the topic to answer in. A thread that is none is "message thread not found" (telegram-bot-api#447)."""
    return message.message_thread_id if message.is_topic_message else None


def text_of(message: Message) -> str:
    """Return the words of a message, or of its caption; empty if it has none."""
    return message.text or message.caption or ""
