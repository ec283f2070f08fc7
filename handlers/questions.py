"""A question -> an answer: in a private chat, in a group when the bot is spoken to, edited, followed up, explained."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from telegram import Message, Update

from handlers.context import BriefingContext
from handlers.explaining import explanation_message
from handlers.markup import MAX_SENTENCE_UNITS, Html, cut, escape, units
from handlers.render import answer_message, day, held_line
from handlers.replying import reply, text_of
from handlers.surroundings import context_button
from store.database.aliases import add_alias, all_aliases, remove_alias
from store.database.asked import last_reading, remember_reading
from store.database.reading import holdings
from store.lookup.answering import answer
from store.lookup.model import Answer, Holdings, Question, Reading

if TYPE_CHECKING:
    from sqlite_utils import Database

# From here on a text is a story, or too long for a question.
MAX_QUESTION_CHARS = 600
MAX_TERM_CHARS = 100  # of a word that is taught
ADDRESS = re.compile(r"https?://\S+")
CANNOT_OPEN = Html("<i>I cannot open addresses, so I looked for the other words.</i>")
# Few words that nothing held comes near are as likely a greeting as a question.
MAX_SMALL_TALK_WORDS = 3
# A question is seldom as long, and ends otherwise.
SHORTEST_NEWS_CHARS = 80
_STATED = (".", '."', ".”", ".'", ".’")
TO_KEEP_IT = Html("To keep that as a story, send it with /store.")
WHAT_I_DO = Html("/help tells what you can do here.")
# Telegram keeps questions for a day while nobody fetches them.
LATE = timedelta(minutes=10)
_COMMAND = re.compile(r"/\w+(?:@\w+)?\s*")


async def ask(update: Update, context: BriefingContext) -> None:
    """/ask: what follows is a question, or the message that it replies to."""
    message = update.effective_message
    if message is None:
        return
    replied = message.reply_to_message
    question = without_command(text_of(message)) or (text_of(replied) if replied else "")
    if question:
        await answer_question(update, context, question)
    else:
        await reply(update, context, Html("Write the question after the command: /ask how many refugees"))


async def answer_question(update: Update, context: BriefingContext, text: str) -> None:
    """Answer *text* as a reply to the message of *update*."""
    if len(text) >= MAX_QUESTION_CHARS:
        await reply(update, context, too_long(text, may_add=context.may_add))
        return
    message, user = update.effective_message, update.effective_user
    if message is None:
        return
    given, text = text, _without_addresses(text)
    chat, asker, now = message.chat.id, user.id if user else 0, context.now
    since = now - timedelta(seconds=context.services.follow_up_s)

    def look_up(db: Database) -> tuple[Answer, dict[str, Any] | None]:
        kept = last_reading(db, chat, asker, since=since)
        previous = reading_of(kept["reading"]) if kept else None
        return answer(db, Question(text, context.here(now)), previous=previous), kept

    found, kept = await context.store.aread(look_up)
    before = kept["reading"] if kept else None
    # An emoji, or thanks, between two questions is not what the second one follows up.
    reading = asdict(found.reading) if found.reading.words or not before else before
    remembered = {"question": text, "reading": reading, "before": before}
    await context.store.awrite(lambda db: remember_reading(db, chat, asker, remembered, now=now))
    asked_at = context.here(message.edit_date or message.date)
    html = with_delay(answer_message(found), asked_at=asked_at, now=now)
    hints = [CANNOT_OPEN] if text != given else []
    hints += [WHAT_I_DO] if _is_small_talk(found) else []
    hints += [TO_KEEP_IT] if context.may_add and _is_statement(found) else []
    await reply(update, context, Html("\n".join([html, *hints])), buttons=context_button(found))


def _without_addresses(text: str) -> str:
    """Return *text* without its addresses, whose parts are no words to look up; itself if nothing else is there."""
    return " ".join(ADDRESS.sub(" ", text).split()) or text if ADDRESS.search(text) else text


def _is_statement(found: Answer) -> bool:
    """Tell whether a message may be news that was meant to be stored: unanswered, and long, with a full stop."""
    text = found.question.text
    return found.abstained and len(text) >= SHORTEST_NEWS_CHARS and text.endswith(_STATED)


def _is_small_talk(found: Answer) -> bool:
    """Tell whether a message may be no question at all: "hi", "thanks", an emoji."""
    is_short = not found.reading.words or len(found.question.text.split()) <= MAX_SMALL_TALK_WORDS
    return found.abstained and not found.matches and not found.nearest_names and is_short


def with_delay(html: Html, *, asked_at: datetime, now: datetime) -> Html:
    """Return an answer that says when it was asked, if it comes late: it tells what is held now, not then."""
    if now - asked_at < LATE:
        return html
    return Html(f"<i>asked on {day(asked_at)} at {asked_at:%H:%M %Z}, answered late</i>\n{html}")


async def why(update: Update, context: BriefingContext) -> None:
    """/why: how the last question was read, what came close, and what decided."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    chat, asker, now = message.chat.id, user.id, context.now
    since = now - timedelta(days=1)

    def explain(db: Database) -> Answer | None:
        kept = last_reading(db, chat, asker, since=since)
        if kept is None:
            return None
        previous = reading_of(kept["before"]) if kept["before"] else None
        return answer(db, Question(kept["question"], context.here(now)), previous=previous, explain=True)

    found = await context.store.aread(explain)
    await reply(update, context, explanation_message(found) if found else Html("You have not asked anything here yet."))


async def alias(update: Update, context: BriefingContext) -> None:
    """/alias: list what the team taught; with `a = b, c` teach, with `a =` forget."""
    message, user = update.effective_message, update.effective_user
    if message is None:
        return
    term, equals, meanings = without_command(text_of(message)).partition("=")
    if not equals:
        await reply(update, context, await context.store.aread(_list_aliases))
    elif not term.strip():
        await reply(update, context, Html("Write the word first: /alias armour = tanks, armoured vehicles"))
    elif len(term.strip()) > MAX_TERM_CHARS:
        await reply(update, context, Html(f"That is too long for a word: {MAX_TERM_CHARS} characters at most."))
    elif not meanings.strip():
        gone = await context.store.awrite(lambda db: remove_alias(db, term.strip()))
        await reply(update, context, Html("Forgotten." if gone else f"{escape(term.strip())} was not taught."))
    else:
        taught, now = [part.strip() for part in meanings.split(",") if part.strip()], context.now
        added_by = user.id if user else None
        await context.store.awrite(lambda db: add_alias(db, term.strip(), taught, now=now, added_by=added_by))
        told = escape(cut(f"{term.strip()} is also read as {', '.join(taught)}.", MAX_SENTENCE_UNITS))
        await reply(update, context, told)


def _list_aliases(db: Database) -> Html:
    """Return all aliases in the form in which they are taught, so that the list can be sent back as it is.

    Of more than one message holds, those that fit, and how many there are besides.
    """
    taught: dict[str, list[str]] = {}
    for each in all_aliases(db):
        taught.setdefault(each.term, []).append(each.meaning)
    if not taught:
        return Html("Nothing taught yet. /alias armour = tanks, armoured vehicles")
    lines = [cut(f"/alias {term} = {', '.join(meanings)}", MAX_SENTENCE_UNITS) for term, meanings in taught.items()]
    most = max(1, bisect_right(list(accumulate(units(line) + 1 for line in lines)), MAX_SENTENCE_UNITS))
    shown, more = escape("\n".join(lines[:most])), len(lines) - most
    left_out = f"\nand {more:,} more; bot.py export lists them all" if more else ""
    return Html(f"<code>{shown}</code>{left_out}")


def reading_of(kept: dict[str, Any]) -> Reading:
    """Return the reading that was kept as JSON values."""
    return Reading(tuple(kept["words"]), dict(kept["filters"]), dict(kept["details"]))


def without_command(text: str) -> str:
    """Return *text* without the command that it opens with."""
    return _COMMAND.sub("", text, count=1).strip() if text.startswith("/") else text.strip()


def too_long(text: str, *, may_add: bool) -> Html:
    """Return the word for a text that cannot be a question, and may not be a story."""
    words = f"That is too long for a question: {len(text):,} characters, {MAX_QUESTION_CHARS - 1} at most."
    return Html(f"{words} {TO_KEEP_IT}" if may_add else words)


def spoken_to(message: Message, *, bot_id: int, username: str) -> bool:
    """Say whether *message* is meant for the bot: in private always, in a group by a mention or as a reply to it."""
    if message.chat.type == message.chat.PRIVATE:
        return True
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot_id:
        return True
    entities = (*message.entities, *message.caption_entities)
    if any(entity.user is not None and entity.user.id == bot_id for entity in entities):
        return True  # named by a link to its account
    return _mention(username).search(text_of(message)) is not None


def without_mention(text: str, username: str) -> str:
    """Return *text* without the bot's name, which is no part of the question."""
    return _mention(username).sub("", text).strip()


def _mention(username: str) -> re.Pattern[str]:
    """Return what finds the bot's name, as Telegram finds it: not inside a word, and not as part of a longer name."""
    return re.compile(rf"(?<![\w@])@{re.escape(username)}\b[,:]?\s*", re.IGNORECASE)


async def held(context: BriefingContext) -> Html:
    """Return what there is to ask about."""
    return held_line(Holdings(*await context.store.aread(holdings)))
