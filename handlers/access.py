"""Who may do what: one gate before every handler. Whoever is not known gets silence."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from telegram import Chat, ChatMember, Message, Update, User
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from handlers.context import BriefingContext, Role
from store.database import people

log = logging.getLogger(__name__)

# How long somebody seen in a team chat counts as a member without asking Telegram again.
MEMBERSHIP_HOLDS = timedelta(minutes=30)
# How long somebody found in no team chat is not looked up again: silence must not cost a call for each message.
REFUSAL_HOLDS = timedelta(minutes=1)
# Of whom a line is logged in one run: enough for a newsroom that sets the bot up, too few to fill a disk.
MAX_STRANGERS_TOLD = 100
_IN_CHAT = (ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER, ChatMember.RESTRICTED)
# Telegram's stand-in for group administrators who write anonymously (Bot API, Message.sender_chat).
ANONYMOUS_ADMIN = 1_087_968_824


async def gate(update: Update, context: BriefingContext) -> None:
    """Let *update* through to the handlers with the role of its sender, or stop it here, without a word."""
    chat = update.effective_chat
    in_team = chat is not None and await context.store.aread(lambda db: people.is_team_chat(db, chat.id))
    context.role = await _role(update, context, in_team=in_team)
    context.may_add = context.role >= Role.EDITOR and (in_team or _is_private(chat))
    if context.role is Role.STRANGER:
        _log_stranger(update, context)
        raise ApplicationHandlerStop


def _log_stranger(update: Update, context: BriefingContext) -> None:
    """Log the ids of somebody who got silence, once a run, with the settings that would let them in.

    Whoever sets the bot up learns their own id here, and their group's.
    """
    user, chat, told = update.effective_user, update.effective_chat, context.bot_data.strangers_told
    ids = (user.id if user else None, chat.id if chat else None)
    log.debug("update of a stranger dropped update=%d", update.update_id)
    if ids in told or len(told) >= MAX_STRANGERS_TOLD:
        return
    told.add(ids)
    log.info(
        "somebody unknown got silence user=%s chat=%s; an administrator's user id belongs into DATELINE_ADMINS, "
        "a team's chat id into DATELINE_TEAM_CHATS",
        *ids,
    )


async def _role(update: Update, context: BriefingContext, *, in_team: bool) -> Role:
    user, chat, message = update.effective_user, update.effective_chat, update.effective_message
    if user is None or (message is not None and message.is_automatic_forward):
        return Role.STRANGER
    if user.is_bot:
        return Role.READER if in_team and message is not None and _is_anonymous_admin(message, user) else Role.STRANGER
    roles = await context.store.aread(lambda db: people.roles_of(db, user.id))
    if roles:
        await note_name(context, user)
    if user.id in context.services.admins or people.Role.ADMIN in roles:
        return Role.ADMIN
    if not in_team and not _is_private(chat):
        return Role.STRANGER
    if in_team and chat is not None:
        await _see(context, chat.id, user)
    if people.Role.EDITOR in roles:
        return Role.EDITOR
    return Role.READER if in_team or await _is_member(context, user) else Role.STRANGER


def _is_private(chat: Chat | None) -> bool:
    return chat is None or chat.type == ChatType.PRIVATE


def _is_anonymous_admin(message: Message, user: User) -> bool:
    return user.id == ANONYMOUS_ADMIN and message.sender_chat is not None and message.sender_chat.id == message.chat.id


async def _see(context: BriefingContext, chat: int, user: User) -> None:
    """Note that *user* is in a team chat; not with every message, since a note is a write."""
    seen_at = await context.store.aread(lambda db: people.last_seen(db, user.id))
    if not _holds(seen_at, context.now, MEMBERSHIP_HOLDS / 2):
        now = context.now
        await context.store.awrite(lambda db: people.see_member(db, chat, user.id, name=user.full_name, now=now))


async def note_name(context: BriefingContext, user: User) -> None:
    """Keep the name of somebody with a role, which `/editors` shows, also of those who only write in private."""
    name, now = user.full_name, context.now
    if (await context.store.aread(lambda db: people.names_of(db, [user.id]))).get(user.id) != name:
        await context.store.awrite(lambda db: people.see_member(db, user.id, user.id, name=name, now=now))


async def _is_member(context: BriefingContext, user: User) -> bool:
    """Say whether *user*, who writes in private, is in one of the team's chats; asks Telegram when it is not known."""
    seen_at = await context.store.aread(lambda db: people.last_seen(db, user.id))
    if _holds(seen_at, context.now, MEMBERSHIP_HOLDS):
        return True
    refused = context.bot_data.refused_at
    if _holds(refused.get(user.id), context.now, REFUSAL_HOLDS):
        return False
    for chat in await context.store.aread(people.team_chats):
        if chat < 0 and await _is_in(context, chat, user.id, known=seen_at is not None):
            await _see(context, chat, user)
            return True
    refused[user.id] = context.now
    return False


async def _is_in(context: BriefingContext, chat: int, user: int, *, known: bool) -> bool:
    """Ask Telegram; when it cannot say, who was a member before stays one."""
    try:
        member = await context.bot.get_chat_member(chat, user)
    except TelegramError as error:
        log.warning("membership could not be looked up chat=%d why=%s", chat, type(error).__name__)
        return known
    return is_present(member)


def _holds(since: datetime | None, now: datetime, span: timedelta) -> bool:
    return since is not None and now - since < span


def is_present(member: ChatMember) -> bool:
    """Say whether somebody is in the chat of which *member* tells their place."""
    return member.status in _IN_CHAT and getattr(member, "is_member", True)  # a restricted one may have left
