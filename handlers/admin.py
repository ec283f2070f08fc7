"""The state of the bot, and who its editors are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from telegram import Message, Update

from handlers.access import note_name
from handlers.context import BriefingContext, Role
from handlers.markup import MAX_LABEL_UNITS, Html, cut, escape
from handlers.questions import held, without_command
from handlers.replying import reply, text_of
from store.database import inbox, outbox, people

if TYPE_CHECKING:
    from sqlite_utils import Database


async def status(update: Update, context: BriefingContext) -> None:
    """/status: what is held; for administrators also what is on its way."""
    lines = [await held(context)]
    if context.role >= Role.ADMIN:
        lines += await context.store.aread(lambda db: _traffic(db, update.update_id))
        lines += [_ids(update)]
    await reply(update, context, Html("\n".join(lines)))


def _ids(update: Update) -> Html:
    """Return the numbers that the settings want, for whoever sets the bot up: no other bot need be asked for them."""
    user, chat = update.effective_user, update.effective_chat
    return escape(f"This chat's id: {chat.id if chat else 'none'}; yours: {user.id if user else 'none'}.")


def _traffic(db: Database, asking: int) -> list[Html]:
    """Return what is on its way; the update *asking* for it does not count as waiting."""
    deliveries = ", ".join(f"{count} {state}" for state, count in outbox.count_deliveries(db).items())
    chats = ", ".join(
        f"{chat.id}{'' if chat.active else f' ({chat.why})'}" for chat in people.all_chats(db) if chat.team
    )
    given_up = len(inbox.poison(db))
    return [
        escape(f"Messages: {deliveries or 'none'}."),
        escape(f"Team chats: {chats or 'none'}."),
        escape(f"Updates waiting: {inbox.count_waiting(db, besides=asking)}; given up: {given_up}."),
    ]


async def editors(update: Update, context: BriefingContext) -> None:
    """/editors: list, add or remove those who may add stories; only for administrators."""
    message = update.effective_message
    if message is None:
        return
    if context.role < Role.ADMIN:
        await reply(update, context, Html("Only administrators appoint editors."))
        return
    words = without_command(text_of(message)).lower().split()  # telephones write "Add"
    if not words:
        await reply(update, context, await context.store.aread(_list_staff))
        return
    user = await _named_user(words, message, context)
    if words[0] not in ("add", "remove") or user is None:
        how = "Write /editors add 12345, one number at a time, or reply to their message with /editors add."
        await reply(update, context, Html(how))
        return
    change = _appoint if words[0] == "add" else _dismiss
    by, now = update.effective_user, context.now
    await reply(update, context, await context.store.awrite(lambda db: change(db, user, by.id if by else None, now)))


def _list_staff(db: Database) -> Html:
    """Return who may add stories, by name and number."""
    lines = [
        f"{label}: {', '.join(_called(db, user) for user in people.people_with(db, role)) or 'none'}."
        for label, role in (("Editors", people.Role.EDITOR), ("Administrators, who may too", people.Role.ADMIN))
    ]
    return escape("\n".join(lines))


def _appoint(db: Database, user: int, by: int | None, now: datetime) -> Html:
    new = people.give_role(db, user, people.Role.EDITOR, given_by=by, now=now)
    return escape(f"{_called(db, user)} may add stories {'now' if new else 'already'}.")


def _dismiss(db: Database, user: int, _by: int | None, _now: datetime) -> Html:
    name, was_editor = _called(db, user), people.take_role(db, user, people.Role.EDITOR)
    if people.Role.ADMIN in people.roles_of(db, user):
        return escape(f"{name} is an administrator and may add stories; DATELINE_ADMINS says who is one.")
    return escape(f"{name} may not add stories any more." if was_editor else f"{name} is no editor.")


def _called(db: Database, user: int) -> str:
    """Return "Max (22)", or the number alone of somebody whose name Telegram has not told."""
    name = people.names_of(db, [user]).get(user)
    return f"{cut(name, MAX_LABEL_UNITS)} ({user})" if name else str(user)


async def _named_user(words: list[str], message: Message, context: BriefingContext) -> int | None:
    """Return the user meant: by number, or as the author of the message replied to, whose name is noted."""
    if len(words) > 2:
        return None
    if len(words) == 2:
        return int(words[1]) if words[1].isascii() and words[1].isdecimal() and len(words[1]) < 16 else None
    replied = message.reply_to_message
    author = replied.from_user if replied else None
    if author is None or author.is_bot:
        return None
    await note_name(context, author)
    return author.id
