"""Which message is a question, which a story, and which parts are one text."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, Message

from handlers.intake import Kind, continues, join, kind_of, origin_of
from handlers.questions import spoken_to, without_command, without_mention
from tests.telegram.stories import NEWS, long_story
from tests.telegram.world import found_entities

BOT_ID, NAME = 7, "dateline_bot"
BOT = Bot("7:token")
PRIVATE = {"id": 1, "type": "private", "first_name": "Ada"}
GROUP = {"id": -5, "type": "supergroup", "title": "Newsroom"}
ADA = {"id": 1, "is_bot": False, "first_name": "Ada"}
ITSELF = {"id": BOT_ID, "is_bot": True, "first_name": "Dateline", "username": NAME}
PHOTO = [{"file_id": "f", "file_unique_id": "f", "width": 1, "height": 1}]
CHANNEL = {"id": -9, "type": "channel", "title": "River Watch"}


def message(text: str = "", *, number: int = 1, date: int = 1_763_000_000, **more: Any) -> Message:
    """Return a message as it comes from Telegram; private unless a chat is given."""
    content = {"text": text, "entities": found_entities(text)} if text else {}
    fields = {"message_id": number, "date": date, "chat": PRIVATE, "from": ADA}
    made = Message.de_json(fields | content | more, BOT)
    made.set_bot(BOT)
    return made


def forwarded(kind: str = "channel", *, date: int = 1_762_000_000, **more: Any) -> dict[str, Any]:
    """Return where a forward comes from."""
    sources = {
        "channel": {"chat": CHANNEL, "message_id": 4},
        "hidden_user": {"sender_user_name": "The Ministry"},
        "user": {"sender_user": ADA},
    }
    return {"forward_origin": {"type": kind, "date": date} | sources[kind] | more}


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (message("how many ferries"), Kind.QUESTION),
        (message("x" * 599), Kind.QUESTION),
        (message("x" * 600), Kind.TEXT),
        (message(NEWS[: NEWS.index(".") + 1] + "\n\nMore."), Kind.TEXT),
        (message("one line\n\nand another"), Kind.QUESTION),
        (message(NEWS[:100]), Kind.QUESTION),
        (message("ok", **forwarded()), Kind.TEXT),
        (message("ok", **forwarded("hidden_user")), Kind.TEXT),
        (message("ok", **forwarded("user", sender_user=ITSELF)), Kind.OWN_WORDS),
        (message("https://example.org/a"), Kind.LINK),
        (message("please read: https://example.org/a"), Kind.LINK),
        (message("what does the minister say in https://example.org/a"), Kind.QUESTION),
        (message("new? https://example.org/a"), Kind.QUESTION),
        (message(photo=PHOTO, caption="how many ferries"), Kind.QUESTION),
        (message(photo=PHOTO, caption="https://example.org/a"), Kind.LINK),
        (message(photo=PHOTO, caption="x" * 700), Kind.TEXT),
        (message(document={"file_id": "f", "file_unique_id": "f"}), Kind.DOCUMENT),
    ],
)
def test_kind_of_a_message(sent: Message, kind: Kind) -> None:
    """By its make alone; who may do what is decided elsewhere."""
    assert kind_of(sent, bot_id=BOT_ID) is kind


def test_source_of_a_pasted_text_is_who_pasted_it() -> None:
    """A person's forward can be forged, a channel's cannot."""
    assert origin_of(message("x")).outlet == "pasted by Ada"
    assert origin_of(message("x", **forwarded("hidden_user"))).outlet == "pasted by Ada"
    assert origin_of(message("x", **forwarded())).outlet == "River Watch"
    assert origin_of(message("x", **forwarded())).published_at.timestamp() == 1_762_000_000
    assert origin_of(message("x")).published_at.timestamp() == 1_763_000_000


@pytest.mark.parametrize(
    "part",
    [
        message("more", number=3),
        message("more", number=2, date=1_763_000_060),
        message("more", number=2, **{"from": ADA | {"id": 2}}),
        message("more", number=2, **forwarded()),
        message("/status", number=2),
        message(NEWS, number=2),
        message(number=2, document={"file_id": "f", "file_unique_id": "f"}),
    ],
    ids=["not next", "later", "another person", "a forward", "a command", "another story", "a file"],
)
def test_what_does_not_continue_a_text(part: Message) -> None:
    """Only the same person's next words, sent at once, are a part of the same text."""
    assert continues(message("x" * 4096), message("more", number=2))
    assert not continues(message("x" * 4096), part)


def test_forwarded_posts_of_different_times_are_different_stories() -> None:
    """Forwarded together, but not written together."""
    first = message("x" * 4000, **forwarded())

    assert continues(first, message("more", number=2, **forwarded(date=1_762_000_001)))
    assert not continues(first, message("more", number=2, **forwarded(date=1_762_009_999)))


@given(st.integers(3_500, 4_096))
def test_parts_are_put_together_as_they_were(limit: int) -> None:
    """However a client cuts: hard at the limit, or at a blank or line end, which it drops."""
    text = long_story(40)
    hard = [text[start : start + 4096] for start in range(0, len(text), 4096)]
    joined = hard[0]
    for last, part in itertools.pairwise(hard):
        joined = join(joined, part, last=last)
    assert joined == text

    place = text.rfind(" ", 0, limit)
    assert join(text[:place], text[place + 1 :], last=text[:place]).split() == text.split()


def test_when_the_bot_is_spoken_to() -> None:
    """In private always; in a group by its name, in whatever case, or as a reply to it."""
    name = {"bot_id": BOT_ID, "username": NAME}

    assert spoken_to(message("hello"), **name)
    assert not spoken_to(message("hello", chat=GROUP), **name)
    assert spoken_to(message("@Dateline_Bot hello", chat=GROUP), **name)
    assert not spoken_to(message("@dateline_bot2 hello", chat=GROUP), **name)
    assert not spoken_to(message("me@dateline_bot hello", chat=GROUP), **name)
    theirs = {"message_id": 9, "date": 1, "chat": GROUP, "from": ITSELF, "text": "answer"}
    assert spoken_to(message("and then?", chat=GROUP, reply_to_message=theirs), **name)
    assert not spoken_to(message("and then?", chat=GROUP, reply_to_message=theirs | {"from": ADA}), **name)
    mention = {"type": "text_mention", "offset": 0, "length": 5, "user": ITSELF}
    assert spoken_to(message("hello", chat=GROUP, entities=[mention]), **name)


def test_name_and_command_are_no_part_of_the_question() -> None:
    """Neither is looked for."""
    assert without_mention("@Dateline_Bot, how many ferries", NAME) == "how many ferries"
    assert without_mention("how many ferries @dateline_bot", NAME) == "how many ferries"
    assert without_command("/ask@dateline_bot  how many") == "how many"
    assert without_command("/ask") == ""
    assert without_command("how many / day") == "how many / day"
