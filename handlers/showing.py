"""`/story` and the buttons that lead to it: a held story with all its facts, page by page."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from telegram import Update
from telegram.error import TelegramError

from handlers.context import BriefingContext
from handlers.markup import MAX_LABEL_UNITS, Html, cut, escape
from handlers.outgoing import Outgoing, keyboard
from handlers.questions import without_command
from handlers.replying import acknowledge, answer_press, reply, text_of
from handlers.story_pages import ToldStory, page_buttons, story_list, story_pages
from store.database.reading import StoredStory, known_facts, latest_stories, stories_of, story_by_key
from store.lookup.model import Match
from store.lookup.notes import notes_for

if TYPE_CHECKING:
    from sqlite_utils import Database

# A story's number says nothing that whoever may press the button could not ask for, so that it needs no secret.
FACTS_PATTERN = r"^facts:\d{1,18}$"
PAGE_PATTERN = r"^story:\d{1,18}:\d{1,6}$"
LISTED = 10


async def show_story(update: Update, context: BriefingContext) -> None:
    """/story ID: its facts, its source, and what bears on them; without an id, those stored last."""
    message = update.effective_message
    if message is None:
        return
    asked_for = without_command(text_of(message))
    if not asked_for:
        await reply(update, context, story_list(await context.store.aread(lambda db: latest_stories(db, LISTED))))
        return
    found = await context.store.aread(lambda db: _named_page(db, asked_for))
    if found is None:
        words = f"No story has the id {escape(cut(asked_for, MAX_LABEL_UNITS))}. /story lists those stored last."
        await reply(update, context, Html(words))
    else:
        await reply(update, context, found.html, buttons=found.buttons)


async def show_facts(update: Update, context: BriefingContext) -> None:
    """Reply to a receipt or an alert with its story, once, however often the button is pressed."""
    await answer_press(update, context, _page)


async def turn_page(update: Update, context: BriefingContext) -> None:
    """Put another page of a story in the place of the one whose button was pressed."""
    query = update.callback_query
    if query is None or query.data is None:
        return
    _, story, number = query.data.split(":")
    page = await context.store.aread(lambda db: _page(db, int(story), int(number)))
    await acknowledge(query)
    if page is not None:
        # Pressed twice ("message is not modified"), the message is gone, Telegram is asked for too much, or nobody
        # knows: whoever still wants the page presses again.
        with contextlib.suppress(TelegramError):
            await query.edit_message_text(page.html, reply_markup=keyboard(page))


def _named_page(db: Database, asked_for: str) -> Outgoing | None:
    """Return the first page of the story with the id *asked_for*, or, of "s17 3", the third of s17.

    Telephones write "S17" where somebody typed "s17", and the hurried leave the letter out.
    """
    key, _, number = asked_for.rpartition(" ")
    for name, page in ((asked_for, "1"), (key.strip(), number)):
        story = story_by_key(db, name) or story_by_key(db, name.lower()) or story_by_key(db, f"s{name}")
        if story is not None and page.isascii() and page.isdecimal() and len(page) < 7:
            return _page(db, story.id, int(page))
    return None


def _page(db: Database, story: int, number: int = 1) -> Outgoing | None:
    """Return one page, counted from 1, of the story with a number in the database; the last if there are fewer."""
    stored = stories_of(db, [story]).get(story)
    if stored is None:
        return None
    pages = story_pages(_told(db, stored))
    number = max(1, min(number, len(pages)))
    return Outgoing(pages[number - 1], tuple(page_buttons(story, number, len(pages))))


def _told(db: Database, stored: StoredStory) -> ToldStory:
    notes = notes_for(db, stored.fact_ids)
    facts = known_facts(db, stored.fact_ids).values()
    last = story_by_key(db, stored.key)
    others = stories_of(db, [id_ for id_ in (stored.revises, stored.origin) if id_ is not None])
    return ToldStory(
        stored,
        tuple(Match(known, 1.0, notes=notes[known.id]) for known in facts),
        earlier=others.get(stored.revises or 0),
        origin=others.get(stored.origin or 0),
        last=last if last is not None and last.id != stored.id else None,
    )
