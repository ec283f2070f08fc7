"""A message that is no command: a question, a story, or nothing for the bot."""

from __future__ import annotations

from telegram import Message, Update

from handlers.context import BriefingContext
from handlers.intake import Kind, kind_of, not_allowed, take_document, take_link, take_message
from handlers.markup import Html
from handlers.questions import MAX_QUESTION_CHARS, answer_question, spoken_to, too_long, without_mention
from handlers.replying import reply, text_of


async def sort_message(update: Update, context: BriefingContext) -> None:
    """Hand a message to whom it is for. In a group, what is not meant for the bot gets silence."""
    message = update.effective_message
    if message is None:
        return
    bot = context.bot
    addressed = spoken_to(message, bot_id=bot.id, username=bot.username)
    kind = kind_of(message, bot_id=bot.id)
    if kind is Kind.WORDLESS:
        if message.chat.type == message.chat.PRIVATE:
            await cannot_read(update, context)
        return
    _goes_on_with_album(message, context)
    if kind is not Kind.QUESTION and context.may_add:
        await _take_story(update, context, message, kind, addressed=addressed)
    elif addressed:
        await _take_question(update, context, message, kind)


async def _take_story(
    update: Update, context: BriefingContext, message: Message, kind: Kind, *, addressed: bool
) -> None:
    if kind is Kind.TEXT:
        await take_message(update, context, message)
    elif kind is Kind.DOCUMENT and message.document is not None:
        await take_document(update, context, message.document, message)
    elif addressed:  # an address passed round among colleagues is no request
        words = Html("That is a message of mine: what it quotes is held already.")
        await (take_link(update, context) if kind is Kind.LINK else reply(update, context, words))


async def _take_question(update: Update, context: BriefingContext, message: Message, kind: Kind) -> None:
    text = without_mention(text_of(message), context.bot.username)
    if kind is Kind.DOCUMENT:
        await reply(update, context, not_allowed(update))
    elif len(text) >= MAX_QUESTION_CHARS:
        await reply(update, context, too_long(text, may_add=context.may_add))
    elif text:
        await answer_question(update, context, text)
    else:
        await reply(update, context, Html("What would you like to know?"))


async def cannot_read(update: Update, context: BriefingContext) -> None:
    """A picture, a voice, a sticker: in private, say what can be read; of an album only once."""
    message = update.effective_message
    if message is not None and not _goes_on_with_album(message, context):
        await reply(update, context, Html("I read words only: write them, or send them as a .txt file."))


def _goes_on_with_album(message: Message, context: BriefingContext) -> bool:
    """Say whether *message* belongs to the album of the last message here; the words of an album stand under one."""
    albums, chat = context.bot_data.albums, message.chat.id
    known = message.media_group_id is not None and albums.get(chat) == message.media_group_id
    if message.media_group_id is not None:
        albums[chat] = message.media_group_id
    return known
