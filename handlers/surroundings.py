"""The button under an answer: the sentence in its surroundings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Message, Update

from handlers.alerts import Message as Outgoing
from handlers.context import BriefingContext
from handlers.markup import Html
from handlers.render import surroundings_message
from handlers.replying import acknowledge, reply_to_button
from store.database.reading import known_facts, stories_of
from store.lookup.model import Answer

if TYPE_CHECKING:
    from sqlite_utils import Database

# A fact's number says nothing that whoever may press the button could not ask for, so that it needs no secret.
PATTERN = r"^context:\d{1,18}$"


def context_button(answer: Answer) -> list[tuple[str, str]]:
    """Return the button for the first sentence of *answer*; none if there is no sentence."""
    return [("Context", f"context:{answer.matches[0].known.id}")] if answer.matches and not answer.abstained else []


async def show_surroundings(update: Update, context: BriefingContext) -> None:
    """Reply to an answer with the paragraphs around its sentence, once, however often the button is pressed."""
    query = update.callback_query
    if query is None or query.data is None:
        return
    await acknowledge(query)
    fact, answered = int(query.data.partition(":")[2]), query.message
    html = await context.store.aread(lambda db: _surroundings(db, fact))
    if html is None or not isinstance(answered, Message):
        return
    await reply_to_button(answered, query.from_user.id, context, Outgoing(html))


def _surroundings(db: Database, fact: int) -> Html | None:
    known = known_facts(db, [fact]).get(fact)
    return surroundings_message(known, stories_of(db, [known.story])[known.story].story.text) if known else None
