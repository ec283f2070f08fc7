"""A stored story in the chat: by its id, from its receipt, and from an alert that could not tell all of it."""

from __future__ import annotations

import json

import pytest

from tests.telegram.conftest import ADMIN, MEMBER, TEAM, Bot
from tests.telegram.server import BotApi, too_many, too_old
from tests.telegram.stories import NEWS, long_story
from tests.telegram.world import Json


@pytest.fixture
def running(bot: Bot) -> Bot:
    """A bot of this test alone, running."""
    return bot.start()


def buttons(message: Json) -> dict[str, str]:
    """Return the data of each button by its label."""
    return {b["text"]: b["callback_data"] for row in message["reply_markup"]["inline_keyboard"] for b in row}


def press(api: BotApi, label: str, message: Json, *, user: int) -> None:
    """Press a button under a message."""
    api.press(buttons(message)[label], user=user, message_id=message["message_id"], chat=message["chat"]["id"])


def first_key(listed: str) -> str:
    """Return the id of the story that `/story` lists first."""
    return listed.splitlines()[1].split(" · ")[0]


def test_receipt_leads_to_the_facts(running: Bot, api: BotApi) -> None:
    """The button replies once; the id that the page names shows the same, to whoever may ask."""
    receipt = running.reply_to(api.say(NEWS, user=ADMIN), chat=ADMIN)
    for _ in range(2):
        press(api, "All facts", receipt, user=ADMIN)
    page = running.reply_to(receipt["message_id"], chat=ADMIN)["text"]
    listed = running.reply_to(api.say("/story", user=MEMBER), chat=MEMBER)["text"]
    key = first_key(listed)
    asked = running.reply_to(api.say(f"/story {key.upper()} 1", user=MEMBER), chat=MEMBER)["text"]
    running.settle()

    assert page.startswith(f"Northern Cable\n19 Nov 2026 · 4 facts\n{key}, stored by Ada on ")
    assert "Maren Tolk" in page
    assert "Anton Ruse, asked the army" in page
    assert asked == page
    assert len(running.replies_to(receipt["message_id"], chat=ADMIN)) == 1


def test_known_story_can_be_looked_up(running: Bot, api: BotApi) -> None:
    """The receipt names the story that is held, and has a button that shows it."""
    running.reply_to(api.say(NEWS, user=ADMIN), chat=ADMIN)
    known = running.reply_to(api.say(NEWS, user=ADMIN), chat=ADMIN)
    press(api, "All facts", known, user=ADMIN)

    assert known["text"].startswith("already held as s")
    assert "Maren Tolk" in running.reply_to(known["message_id"], chat=ADMIN)["text"]


def test_a_page_is_turned_late(running: Bot, api: BotApi) -> None:
    """A bot that was down shows the page all the same, when Telegram waits for no word of the press any more."""
    running.run_beside("ingest", "--quiet-alerts", "--outlet", "Water Office", "-", text=long_story(60))
    listed = running.reply_to(api.say("/story", user=ADMIN), chat=ADMIN)["text"]
    page = running.reply_to(api.say(f"/story {first_key(listed)}", user=ADMIN), chat=ADMIN)
    api.mishap("answerCallbackQuery", too_old())
    press(api, "Page 2 ›", page, user=ADMIN)
    (turned,) = running.wait_until(lambda: api.accepted("editMessageText", chat=ADMIN))

    assert "page 2 of " in turned["text"]


def test_a_page_that_telegram_does_not_turn_is_pressed_again(running: Bot, api: BotApi) -> None:
    """Whoever leafs too fast hears of no fault."""
    running.run_beside("ingest", "--quiet-alerts", "--outlet", "Water Office", "-", text=long_story(60))
    listed = running.reply_to(api.say("/story", user=ADMIN), chat=ADMIN)["text"]
    page = running.reply_to(api.say(f"/story {first_key(listed)}", user=ADMIN), chat=ADMIN)
    api.mishap("editMessageText", too_many(3))
    press(api, "Page 2 ›", page, user=ADMIN)
    running.settle()
    press(api, "Page 2 ›", page, user=ADMIN)
    (turned,) = running.wait_until(lambda: api.accepted("editMessageText", chat=ADMIN))

    assert "page 2 of " in turned["text"]
    assert "handler failed" not in running.log


def test_unknown_id_and_forged_data(running: Bot, api: BotApi) -> None:
    """An id that is none gets a word; a button's data that names no story gets nothing."""
    receipt = running.reply_to(api.say(NEWS, user=ADMIN), chat=ADMIN)
    unknown = running.reply_to(api.say("/story s99", user=ADMIN), chat=ADMIN)
    for data in ("facts:999999", "story:999999:1", "story:1:999999"):
        api.press(data, user=ADMIN, message_id=receipt["message_id"], chat=ADMIN)
    running.settle()

    assert unknown["text"] == "No story has the id s99. /story lists those stored last."
    assert running.replies_to(receipt["message_id"], chat=ADMIN) == []
    assert "handler failed" not in running.log


def test_long_story_is_alerted_in_two_messages_and_shown_page_by_page(running: Bot, api: BotApi) -> None:
    """The channel is not flooded; the alert counts the rest, and its button leads to every fact."""
    done = running.run_beside("ingest", "--outlet", "Water Office", "-", text=long_story(200))
    first, last = running.wait_until(lambda: api.accepted(chat=TEAM) if len(api.accepted(chat=TEAM)) > 1 else None)
    press(api, "All facts", last, user=MEMBER)
    page = running.reply_to(last["message_id"], chat=TEAM)
    told = page["text"]
    while "Page" in (forward := list(buttons(page))[-1]) and forward.endswith("›"):
        edits = len(api.accepted("editMessageText", chat=TEAM))
        press(api, forward, page, user=MEMBER)
        running.wait_until(lambda n=edits: len(api.accepted("editMessageText", chat=TEAM)) > n)
        page = api.accepted("editMessageText", chat=TEAM)[-1]
        told += page["text"]
    running.settle()
    alert = json.loads(running.run_beside("alerts", "--jsonl").stdout.splitlines()[-1])

    assert "401 facts" in done.stdout
    assert "reply_markup" not in first
    assert " more new facts; /story " in last["text"]
    assert all(f"Gauge {number} on the upper Ravel stood at {number + 40} " in told for number in range(1, 201))
    assert len(api.accepted("sendMessage", chat=TEAM)) == 3
    assert len(alert["facts"]) == 401
