"""What Telegram says about chats: who came, who left, and where the bot itself is.

Such an update is from nobody who asks for anything, so that it is written down before the gate and goes no further: the
gate would take whoever leaves a team chat for somebody seen in it.
"""

from __future__ import annotations

import logging

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from handlers.access import is_present
from handlers.context import BriefingContext
from handlers.courier import close_chat, reopen_chat
from store.database import people

log = logging.getLogger(__name__)


async def note_member(update: Update, context: BriefingContext) -> None:
    """Somebody came to a chat or left it: what a membership allows changes at once."""
    if change := update.chat_member:
        user, chat, now = change.new_chat_member.user, change.chat.id, context.now
        if is_present(change.new_chat_member):
            context.bot_data.refused_at.pop(user.id, None)
            await context.store.awrite(lambda db: people.see_member(db, chat, user.id, name=user.full_name, now=now))
        else:
            await context.store.awrite(lambda db: people.forget_member(db, chat, user.id))
    raise ApplicationHandlerStop


async def note_departure(update: Update, context: BriefingContext) -> None:
    """The service message that says the same to bots that are no administrators."""
    message = update.effective_message
    if message is not None and message.left_chat_member is not None:
        left, chat = message.left_chat_member.id, message.chat.id
        await context.store.awrite(lambda db: people.forget_member(db, chat, left))
    raise ApplicationHandlerStop


async def note_own_place(update: Update, context: BriefingContext) -> None:
    """The bot was blocked, removed, or let in again: its messages are held or sent."""
    if change := update.my_chat_member:
        chat, now = change.chat.id, context.now
        if is_present(change.new_chat_member):
            await context.store.awrite(lambda db: reopen_chat(db, chat, now=now))
            context.bot_data.courier.wake()
            is_team = await context.store.aread(lambda db: people.is_team_chat(db, chat))
            if change.chat.type != ChatType.PRIVATE and not is_team:
                log.info("let into a chat chat=%d; if it is the team's, put the id into DATELINE_TEAM_CHATS", chat)
        else:
            why = f"the bot is {change.new_chat_member.status} there"
            await context.store.awrite(lambda db: close_chat(db, chat, why=why, now=now))
    raise ApplicationHandlerStop


async def note_migration(update: Update, context: BriefingContext) -> None:
    """A group became a supergroup: two service messages say so, one in each; either will do."""
    message, now = update.effective_message, context.now
    if message is not None:
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        await context.store.awrite(lambda db: people.migrate_chat(db, old, new, now=now))
        context.bot_data.courier.wake()
    raise ApplicationHandlerStop
