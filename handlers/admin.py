"""What the bot says about itself, and who its editors are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Message, Update

from handlers.context import BriefingContext, Role
from handlers.markup import Html, escape
from handlers.questions import held, without_command
from handlers.replying import reply, text_of
from store.database import inbox, outbox, people

if TYPE_CHECKING:
    from sqlite_utils import Database

HELP = Html(
    "Ask me in everyday words; I answer with the exact sentence, who said it, its outlet and its date.\n"
    "In a group, use /ask, mention me, or reply to one of my messages.\n\n"
    "/ask how many refugees\n"
    "/why tells how your last question was read\n"
    "/alias armour = tanks, armoured vehicles: teach another word; /alias armour = forgets it; /alias lists all\n"
    "/story s12 shows a stored story with all its facts; /story alone, those stored last\n"
    "/status says what is held"
)
HELP_EDITOR = Html(
    "You may add stories: paste or forward the text, or send it as a .txt file; /store as a reply takes any message."
)
HELP_ADMIN = Html("/editors lists who may add stories; /editors add 12345 and /editors remove 12345 change it.")


async def start(update: Update, context: BriefingContext) -> None:
    """/start: what there is to ask about, and how."""
    greeting = context.services.greeting
    text = f"{_help_for(context.role)}\n\n{await held(context)}"
    await reply(update, context, Html(f"{escape(greeting)}\n\n{text}" if greeting else text))


async def show_help(update: Update, context: BriefingContext) -> None:
    """/help: what the sender may do here."""
    await reply(update, context, _help_for(context.role))


def _help_for(role: Role) -> Html:
    parts = [HELP]
    parts += [HELP_EDITOR] if role >= Role.EDITOR else []
    parts += [HELP_ADMIN] if role >= Role.ADMIN else []
    return Html("\n\n".join(parts))


async def unknown_command(update: Update, context: BriefingContext) -> None:
    """Any other command: a slip of the finger deserves a word, in private only."""
    await reply(update, context, Html("I do not know that command. /help lists those that I know."))


async def cannot_read(update: Update, context: BriefingContext) -> None:
    """A picture, a voice, a sticker: in private, say what can be read."""
    await reply(update, context, Html("I read words only: write them, or send them as a .txt file."))


async def status(update: Update, context: BriefingContext) -> None:
    """/status: what is held; for administrators also what is on its way."""
    lines = [await held(context)]
    if context.role >= Role.ADMIN:
        lines += await context.store.aread(_traffic)
        lines += [_ids(update)]
    await reply(update, context, Html("\n".join(lines)))


def _ids(update: Update) -> Html:
    """Return the numbers that the settings want, for whoever sets the bot up: no other bot need be asked for them."""
    user, chat = update.effective_user, update.effective_chat
    return escape(f"This chat's id: {chat.id if chat else 'none'}; yours: {user.id if user else 'none'}.")


def _traffic(db: Database) -> list[Html]:
    deliveries = ", ".join(f"{count} {state}" for state, count in outbox.count_deliveries(db).items())
    chats = ", ".join(
        f"{chat.id}{'' if chat.active else f' ({chat.why})'}" for chat in people.all_chats(db) if chat.team
    )
    given_up = len(inbox.poison(db))
    return [
        escape(f"Messages: {deliveries or 'none'}."),
        escape(f"Team chats: {chats or 'none'}."),
        escape(f"Updates waiting: {inbox.count_waiting(db)}; given up: {given_up}."),
    ]


async def editors(update: Update, context: BriefingContext) -> None:
    """/editors: list, add or remove those who may add stories; only for administrators."""
    message = update.effective_message
    if message is None:
        return
    if context.role < Role.ADMIN:
        await reply(update, context, Html("Only administrators appoint editors."))
        return
    words = without_command(text_of(message)).split()
    if not words:
        named = await context.store.aread(lambda db: people.people_with(db, people.Role.EDITOR))
        await reply(update, context, escape(f"Editors: {', '.join(map(str, named)) or 'none'}."))
        return
    user = _named_user(words, message)
    if words[0] not in ("add", "remove") or user is None:
        await reply(update, context, Html("Write /editors add 12345, or reply to their message with /editors add."))
        return
    by, now = update.effective_user, context.now
    if words[0] == "add":
        giver = by.id if by else None
        await context.store.awrite(lambda db: people.give_role(db, user, people.Role.EDITOR, given_by=giver, now=now))
        await reply(update, context, Html(f"{user} may add stories now."))
    else:
        await context.store.awrite(lambda db: people.take_role(db, user, people.Role.EDITOR))
        await reply(update, context, Html(f"{user} may not add stories any more."))


def _named_user(words: list[str], message: Message) -> int | None:
    """Return the user meant: by number, or as the author of the message replied to."""
    if len(words) > 1:
        return int(words[1]) if words[1].isascii() and words[1].isdecimal() and len(words[1]) < 16 else None
    replied = message.reply_to_message
    return replied.from_user.id if replied and replied.from_user else None
