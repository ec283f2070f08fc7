"""A pasted text, forward, link or document -> a story. Which message is one is decided here, for all chats alike."""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from telegram import (
    Document,
    Message,
    MessageEntity,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginUser,
    Update,
)
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from handlers.access import ANONYMOUS_ADMIN
from handlers.context import BriefingContext
from handlers.markup import MAX_LABEL_UNITS, Html, cut, escape, units
from handlers.outgoing import outgoing_of
from handlers.questions import ADDRESS, MAX_QUESTION_CHARS, without_command
from handlers.render import PASTED_BY, receipt_message
from handlers.replying import reply, text_of
from handlers.story_pages import facts_button
from handlers.undoing import undo_button
from store.database.asked import answer_to
from store.database.reading import story_by_key
from store.facts.model import Story
from store.facts.page.layout import read_layout
from store.intake.accept import fill_in, take_in
from store.intake.checks import check, looks_english
from store.intake.errors import RefusedError
from store.intake.files import decode, refuse_data

log = logging.getLogger(__name__)

# Telegram's clients split a long text at a line or word end below 4,096; a part is never much shorter.
MIN_SPLIT_UNITS, FULL_PART_UNITS = 3_400, 4_096
PARTS_TOGETHER = timedelta(seconds=10)  # parts of one text leave the client together
MAX_PARTS = 50
# Words beside an address that still only point at it ("see https://..."); more are a question about it.
MAX_WORDS_BESIDE_LINK = 3
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MEDIA = ("image/", "video/", "audio/")
_SENTENCE_END = (".", "!", "?", "”", '"', "’", ":")


NOT_ALLOWED = Html("Only editors and administrators may add stories, in private or in a team chat.")
NOT_ENGLISH = Html("<i>Not in English, it seems: I read English only, and miss who says what, figures and days.</i>")
ANONYMOUS = Html(
    "You write in the name of the group, so that I cannot tell whether you may add stories: write in your own name, "
    "or to me in private."
)


class Kind(Enum):
    """What a message is to the newsroom."""

    QUESTION = "question"
    TEXT = "text"  # a story written out
    LINK = "link"
    DOCUMENT = "document"
    WORDLESS = "wordless"  # a picture, a voice or the like, without a caption
    OWN_WORDS = "own words"  # something that the bot itself wrote, forwarded back to it


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a message came from: what an outlet and a date are taken from when the text names none."""

    outlet: str
    published_at: datetime
    url: str | None = None
    forwarded: bool = False
    is_source: bool = False  # a channel, which published it; not whoever pasted it here


def kind_of(message: Message, *, bot_id: int) -> Kind:
    """Return what *message* is, were it sent by somebody who may add stories."""
    text, origin = text_of(message), message.forward_origin
    if message.document is not None and not _is_medium(message.document):
        return Kind.DOCUMENT
    if not text:
        return Kind.WORDLESS
    if origin is not None:
        own = isinstance(origin, MessageOriginUser) and origin.sender_user.id == bot_id
        return Kind.OWN_WORDS if own else Kind.TEXT
    if _is_written_out(text):
        return Kind.TEXT
    return Kind.LINK if _is_link(message) else Kind.QUESTION


def _is_written_out(text: str) -> bool:
    """Say whether *text* is a story by its looks: too long for a question, or with a dateline."""
    if len(text) >= MAX_QUESTION_CHARS:
        return True
    return _BLANK_LINE.search(text) is not None and read_layout(text).dateline is not None


def _is_medium(document: Document) -> bool:
    """Say whether a file is to be looked at or listened to. Telegram also sends GIFs as documents."""
    return (document.mime_type or "").startswith(_MEDIA)


def _is_link(message: Message) -> bool:
    """Say whether *message* only points at a page. Telegram marks addresses, also those without https://."""
    find = message.parse_entities if message.text else message.parse_caption_entities
    text = ADDRESS.sub(" ", text_of(message))
    for link in find([MessageEntity.URL]).values():
        text = text.replace(link, " ")
    points = text != text_of(message)
    return points and len(text.split()) <= MAX_WORDS_BESIDE_LINK and "?" not in text


async def store_command(update: Update, context: BriefingContext) -> None:
    """/store: what follows is a story, or the message that it replies to."""
    message = update.effective_message
    if message is None:
        return
    text, replied = without_command(text_of(message)), message.reply_to_message
    if not context.may_add:
        await reply(update, context, not_allowed(update))
    elif text:
        text = await _with_following_parts(update, context, message, text)
        await take_text(update, context, text, origin_of(message))
    elif replied is not None and replied.document is not None and not _is_medium(replied.document):
        await take_document(update, context, replied.document, replied)
    elif replied is not None and text_of(replied):
        await take_text(update, context, text_of(replied), origin_of(replied))
    else:
        await reply(update, context, Html("Reply to a text or a file with /store, or write the story after it."))


def not_allowed(update: Update) -> Html:
    """Return why the sender may not add a story here."""
    user = update.effective_user
    return ANONYMOUS if user is not None and user.id == ANONYMOUS_ADMIN else NOT_ALLOWED


async def take_message(update: Update, context: BriefingContext, message: Message) -> None:
    """Store a text that somebody pasted or forwarded, with the parts that follow it."""
    text = await _with_following_parts(update, context, message, text_of(message))
    await take_text(update, context, text, origin_of(message))


async def take_link(update: Update, context: BriefingContext) -> None:
    """Say what to do with an address instead: pages are not fetched."""
    await reply(
        update, context, Html("I cannot fetch pages yet. Paste the text of the story here, or send it as a .txt file.")
    )


async def take_document(update: Update, context: BriefingContext, document: Document, message: Message) -> None:
    """Store the text in a file; of one that cannot be read, its caption, if that is a story."""
    try:
        text = await _text_in(document)
    except RefusedError as refused:
        text = _story_under(message)
        if not text:
            await reply(update, context, _not_stored(refused))
            return
    await take_text(update, context, text, origin_of(message))


def _story_under(message: Message) -> str:
    """Return a file's caption if it is a story, a channel's post or written out; else it is a word about the file."""
    caption = message.caption or ""
    return caption if message.forward_origin is not None or _is_written_out(caption) else ""


async def _text_in(document: Document) -> str:
    """Fetch a file and return its text. Telegram hands out files of up to 20 MB.

    Raises:
        RefusedError: It holds no text, is too large, or cannot be fetched.
    """
    name = document.file_name or "the file"
    refuse_data(name)
    if (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
        raise RefusedError("is larger than the 20 MB that Telegram hands out: send the text itself", name=name)
    try:
        file = await document.get_file()
        raw = bytes(await file.download_as_bytearray())
    except TelegramError as error:
        log.warning("file not fetched why=%s", type(error).__name__)
        raise RefusedError("could not be fetched from Telegram: send it again", name=name) from error
    return await asyncio.to_thread(decode, raw, name=name)


async def take_text(update: Update, context: BriefingContext, text: str, origin: Origin) -> None:
    """Store *text* as it is, and reply with what became of it."""
    user, now = update.effective_user, context.now
    key, added_by = await _earlier_story(update, context), user.full_name if user else None
    try:
        origin = replace(origin, published_at=context.here(origin.published_at))  # Telegram tells it in UTC
        check(Story(text))  # before it is read: a dump of 5 MB would hold up every chat for the time that takes
        story = await asyncio.to_thread(story_from, text, origin)
        receipt = await asyncio.to_thread(
            take_in, context.store, story, key=key, now=now, added_by=added_by, completes=origin.is_source
        )
    except RefusedError as refused:
        await reply(update, context, _not_stored(refused))
        return
    log.info("story taken story=%s state=%s facts=%d", receipt.story, receipt.state, receipt.facts)
    html = receipt_message(receipt, story, forwarded=origin.forwarded)
    if not looks_english(text):
        html = Html(f"{html}\n{NOT_ENGLISH}")
    key = receipt.held_as if receipt.state == "known" and receipt.held_as else receipt.story
    held = await context.store.aread(lambda db: story_by_key(db, key))
    buttons = [*undo_button(receipt), *([facts_button(held.id)] if held else [])]
    await reply(update, context, html, buttons=buttons, story=receipt.story)
    context.bot_data.courier.wake()


def _not_stored(refused: RefusedError) -> Html:
    """Return why a text or a file was refused, in a sentence: who sent it sees no name of a file beside it."""
    subject = f"{refused.name} " if refused.name else "" if refused.why.startswith("the ") else "the text "
    return Html(f"Not stored: {escape(cut(subject, MAX_LABEL_UNITS))}{escape(refused.why)}.")


async def _earlier_story(update: Update, context: BriefingContext) -> str | None:
    """Return the story that an edited message was stored as: its text now is a new version of that one."""
    edited = update.edited_message
    if edited is None:
        return None
    asked = await context.store.aread(lambda db: answer_to(db, edited.chat.id, edited.message_id))
    return outgoing_of(asked.answer.body).story if asked and asked.answer.body else None


def story_from(text: str, origin: Origin) -> Story:
    """Return *text* as a story: what it says of its outlet and date goes before what its message says."""
    story = fill_in(Story(text), near=origin.published_at)
    return replace(
        story,
        outlet=story.outlet or origin.outlet,
        published_at=story.published_at or origin.published_at,
        url=origin.url,
    )


def origin_of(message: Message) -> Origin:
    """Return what is known of a text from its message alone.

    A forward's date is the first message's. A channel's id cannot be forged, so its name is an outlet; a person's name
    can, so that whoever pasted it here is named instead.
    """
    sender = message.from_user.full_name if message.from_user else message.chat.effective_name or "somebody"
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        name = origin.chat.effective_name or str(origin.chat.id)
        return Origin(name, origin.date, _channel_link(origin), forwarded=True, is_source=True)
    if isinstance(origin, MessageOriginChat) and origin.sender_chat.type == origin.sender_chat.CHANNEL:
        name = origin.sender_chat.effective_name or str(origin.sender_chat.id)
        return Origin(name, origin.date, forwarded=True, is_source=True)
    return Origin(f"{PASTED_BY}{sender}", origin.date if origin else message.date, forwarded=origin is not None)


def _channel_link(origin: MessageOriginChannel) -> str | None:
    """Return the address of a message in a public channel; a private one has none that others can open."""
    return f"https://t.me/{origin.chat.username}/{origin.message_id}" if origin.chat.username else None


async def _with_following_parts(update: Update, context: BriefingContext, message: Message, text: str) -> str:
    """Return *text*, which is what counts of *message*, joined with the parts into which Telegram has split it.

    The parts' updates are taken along: they are done when this one is, and come again if it is not.
    """
    inbox, wait_s = context.bot_data.inbox, context.services.part_wait_s
    last = message
    for _ in range(MAX_PARTS):
        if units(text_of(last)) < MIN_SPLIT_UNITS:
            break
        following = await inbox.following(update, within_s=wait_s)
        part = following.message if following else None
        if part is None or not continues(last, part):
            break
        inbox.take_along(update)
        text, last = join(text, text_of(part), last=text_of(last)), part
    return text


def continues(last: Message, part: Message) -> bool:
    """Say whether *part* goes on with the text of *last*: the same person's next message, at once, of the same make."""
    return (
        last.from_user == part.from_user
        and bool(part.text)
        and not text_of(part).startswith("/")
        and part.message_id - last.message_id == 1
        and part.date - last.date <= PARTS_TOGETHER
        and _same_origin(last.forward_origin, part.forward_origin)
        and read_layout(text_of(part)).dateline is None  # the next story
        and (part.reply_to_message is None or last.reply_to_message is not None)
    )


def _same_origin(last: MessageOrigin | None, part: MessageOrigin | None) -> bool:
    """Say whether two messages were sent as one: both written here, or both at once where they are forwarded from."""
    if last is None or part is None:
        return last is part
    return last.type == part.type and timedelta(0) <= part.date - last.date <= PARTS_TOGETHER


def join(text: str, part: str, *, last: str) -> str:
    """Put two parts together again. The blank at which the client cut is not in either of them.

    A part that fills its message to the last unit was cut in the middle of a word, or kept its blank.
    """
    if units(last) >= FULL_PART_UNITS:
        return text + part
    return f"{text}\n\n{part}" if text.rstrip().endswith(_SENTENCE_END) else f"{text} {part}"
