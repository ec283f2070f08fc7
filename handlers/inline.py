"""Inline queries: a sentence with its source into any chat, for those who may ask. Off unless the settings say so."""

from __future__ import annotations

import contextlib

from telegram import InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.error import BadRequest

from handlers.context import BriefingContext
from handlers.markup import cut, shown
from handlers.questions import MAX_QUESTION_CHARS
from handlers.render import day, match_message
from store.lookup.answering import answer
from store.lookup.model import Match, Question

TITLE_UNITS, DESCRIPTION_UNITS = 64, 120  # what a list on a telephone shows
CACHE_S = 30  # Telegram's own cache, for this user only: what is new is found half a minute later at most


async def answer_inline(update: Update, context: BriefingContext) -> None:
    """Offer the sentences that answer what is being typed; nothing when none is held."""
    query = update.inline_query
    if query is None:
        return
    question = Question(query.query[:MAX_QUESTION_CHARS], context.here(context.now))
    matches: tuple[Match, ...] = ()
    if question.text.strip():
        found = await context.store.aread(lambda db: answer(db, question))
        matches = () if found.abstained else found.matches
    with contextlib.suppress(BadRequest):  # "query is too old": somebody types on, and the next query is under way
        await query.answer([_offer(match) for match in matches], cache_time=CACHE_S, is_personal=True)


def _offer(match: Match) -> InlineQueryResultArticle:
    known = match.known
    source = [known.outlet or known.agency or "", day(known.published_at) if known.published_at else ""]
    return InlineQueryResultArticle(
        id=str(known.id),
        title=shown(cut(known.text, TITLE_UNITS)),
        description=shown(cut(" · ".join(filter(None, source)), DESCRIPTION_UNITS)),
        input_message_content=InputTextMessageContent(match_message(match)),
    )
