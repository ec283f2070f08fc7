"""The button under an answer: the sentence in its surroundings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Update

from handlers.context import BriefingContext
from handlers.outgoing import Outgoing
from handlers.render import surroundings_message
from handlers.replying import answer_press
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
    await answer_press(update, context, _surroundings)


def _surroundings(db: Database, fact: int) -> Outgoing | None:
    known = known_facts(db, [fact]).get(fact)
    if known is None:
        return None
    return Outgoing(surroundings_message(known, stories_of(db, [known.story])[known.story].story.text))
