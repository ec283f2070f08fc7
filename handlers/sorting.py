"""A message that is no command: a question, a story, or nothing for the bot."""

from __future__ import annotations

from telegram import Message, Update

from handlers.context import BriefingContext
from handlers.intake import NOT_ALLOWED, Kind, kind_of, take_document, take_link, take_message
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
        await reply(update, context, NOT_ALLOWED)
    elif len(text) >= MAX_QUESTION_CHARS:
        await reply(update, context, too_long(text, may_add=context.may_add))
    elif text:
        await answer_question(update, context, text)
    else:
        await reply(update, context, Html("What would you like to know?"))
