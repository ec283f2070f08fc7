"""What kills, bad lines and an overloaded Telegram do to messages: nothing is lost, repeats are marked."""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime

import pytest

from store.database.outbox import DeliveryState, delivery_by_id, queue_message
from store.database.people import close_chat, set_team_chats
from store.database.store import Store
from tests.telegram.conftest import ADMIN, MEMBER, TEAM, TOPIC, Bot
from tests.telegram.server import BotApi, Mishap, bad_gateway, cut, held, late, too_many
from tests.telegram.stories import ANSWER, LATER_NEWS, NEWS, NOW, QUESTION

MARK = "possible repeat"


def test_questions_survive_a_kill_before_they_are_answered(bot: Bot, api: BotApi) -> None:
    """Killed with ten questions in the house: after a restart each has one answer, and none is marked."""
    never = threading.Event()
    api.mishap("sendMessage", held(never, accept=False))
    bot.start()
    asked = [api.say(f"{QUESTION} ({number})", user=ADMIN) for number in range(10)]
    bot.wait_until(lambda: api.tried() and api.all_confirmed())

    bot.kill()
    never.set()
    bot.start()

    for message in asked:
        assert ANSWER in bot.reply_to(message, chat=ADMIN)["text"]
    bot.settle()
    assert [len(bot.replies_to(message, chat=ADMIN)) for message in asked] == [1] * 10
    marked = [message for message in asked if MARK in bot.reply_to(message, chat=ADMIN)["text"]]
    assert marked == asked[:1]  # the one that was on the line, and may have arrived


def test_answer_that_was_sent_is_not_sent_again_after_a_kill(bot: Bot, api: BotApi) -> None:
    """Killed after the answer: the restart has nothing to say."""
    bot.start()
    asked = api.say(QUESTION, user=ADMIN)
    bot.reply_to(asked, chat=ADMIN)
    bot.settle()

    bot.kill()
    bot.start()
    bot.settle()

    assert len(bot.replies_to(asked, chat=ADMIN)) == 1


def test_killed_while_telegram_keeps_the_reply_repeats_marked(bot: Bot, api: BotApi) -> None:
    """Accepted, but nobody heard of it: a marked repeat is better than a loss."""
    never = threading.Event()
    api.mishap("sendMessage", held(never, accept=True))
    bot.start()
    asked = api.say(QUESTION, user=ADMIN)
    bot.wait_until(lambda: bot.replies_to(asked, chat=ADMIN))

    bot.kill()
    never.set()
    bot.start()
    bot.wait_until(lambda: len(bot.replies_to(asked, chat=ADMIN)) == 2)
    bot.settle()

    first, second = bot.replies_to(asked, chat=ADMIN)
    assert MARK not in first["text"]
    assert MARK in second["text"]


@pytest.mark.parametrize(
    "mishap",
    [bad_gateway(), bad_gateway(accept=True), cut(accept=True), late(7)],
    ids=("502", "502 kept", "cut", "late"),
)
def test_answer_that_may_have_arrived_is_repeated_marked(desk: Bot, mishap: Mishap) -> None:
    """From the second try on the message says that it may be a repeat."""
    desk.api.mishap("sendMessage", mishap)
    asked = desk.api.say(QUESTION, user=MEMBER)

    expected = 2 if mishap.accept else 1
    desk.wait_until(lambda: len(desk.replies_to(asked, chat=MEMBER)) == expected)

    *before, last = desk.replies_to(asked, chat=MEMBER)
    assert MARK in last["text"]
    assert ANSWER in last["text"]
    assert all(MARK not in each["text"] for each in before)


def test_answer_that_surely_did_not_arrive_is_sent_as_it_is(desk: Bot) -> None:
    """429 says when to come back, and nothing has arrived before: no mark."""
    desk.api.mishap("sendMessage", too_many(1))
    asked = desk.api.say(QUESTION, user=MEMBER)

    reply = desk.reply_to(asked, chat=MEMBER)

    assert MARK not in reply["text"]
    first, second = [c for c in desk.api.tried() if c.params.get("reply_parameters", {}).get("message_id") == asked]
    assert second.at - first.at >= 1.0


def test_alert_is_repeated_marked_too(desk: Bot) -> None:
    """What holds for answers holds for alerts."""
    desk.settle()
    desk.api.mishap("sendMessage", bad_gateway())
    done = desk.run_beside("ingest", "--outlet", "Northern Cable", text=LATER_NEWS)
    assert done.returncode == 0, done.stderr

    alert = desk.wait_until(lambda: [m for m in desk.api.accepted(chat=TEAM) if "floating bridge" in m["text"]])[-1]

    assert MARK in alert["text"]


def test_message_into_a_closed_topic_comes_outside_of_it(desk: Bot) -> None:
    """A topic that is gone refuses the answer; it still arrives in the chat."""
    desk.api.world.threads[TEAM].discard(TOPIC)
    asked = desk.api.say(f"/ask {QUESTION}", user=MEMBER, chat=TEAM, message_thread_id=TOPIC, is_topic_message=True)

    try:
        assert ANSWER in desk.reply_to(asked, chat=TEAM)["text"]
    finally:
        desk.api.world.threads[TEAM].add(TOPIC)


def test_deleted_question_is_answered_all_the_same(desk: Bot) -> None:
    """A reply to a message that is gone is sent without it."""
    asked = desk.api.say(f"{QUESTION} please", user=ADMIN)
    del desk.api.world.messages[ADMIN, asked]

    desk.wait_until(
        lambda: [
            c
            for c in desk.api.tried()
            if c.result and (c.params.get("reply_parameters") or {}).get("message_id") == asked
        ]
    )


def test_poison_update_is_given_up(bot: Bot, api: BotApi) -> None:
    """An update that stops the process each time is tried three times; what came after it is answered."""
    never = threading.Event()
    api.mishap("getChatMember", *[held(never, accept=False)] * 3)
    api.say(QUESTION, user=MEMBER)
    for _ in range(3):
        looked_up = len(api.tried("getChatMember"))
        bot.start()
        bot.wait_until(lambda before=looked_up: len(api.tried("getChatMember")) > before)
        bot.kill()
    asked = api.say(f"{QUESTION}?", user=MEMBER)
    never.set()
    bot.start()

    assert ANSWER in bot.reply_to(asked, chat=MEMBER)["text"]
    assert len(api.tried("getChatMember")) == 4
    assert "given up" in bot.log


def test_update_that_cannot_be_read_holds_up_nobody(bot: Bot, api: BotApi) -> None:
    """A poll as an older Bot API server sends it is no poll to the library; what comes behind it is answered."""
    bot.start()
    api.post({"poll": {"id": "1", "question": "Who comes?", "options": []}}, user=ADMIN)
    asked = api.say(QUESTION, user=ADMIN)

    assert ANSWER in bot.reply_to(asked, chat=ADMIN)["text"]


def test_blocked_bot_keeps_what_it_could_not_say(bot: Bot, api: BotApi) -> None:
    """A chat that blocks the bot is left alone; once it is let in again, the alert arrives."""
    api.world.blocked.add(TEAM)
    bot.start()
    bot.run_beside("ingest", "--outlet", "Northern Cable", text=NEWS)
    bot.wait_until(lambda: "the chat takes nothing" in bot.log)
    api.world.blocked.clear()

    move_bot(api, "left", "member")

    assert bot.wait_until(lambda: api.accepted(chat=TEAM))


def move_bot(api: BotApi, before: str, after: str) -> None:
    """Let Telegram say that the bot's place in the team chat has changed."""
    member = {"user": {"id": 7, "is_bot": True, "first_name": "Dateline"}}
    api.update(
        {
            "my_chat_member": {
                "chat": api.world.chats[TEAM],
                "from": api.world.users[ADMIN],
                "date": 1_700_000_000,
                "old_chat_member": member | {"status": before},
                "new_chat_member": member | {"status": after},
            }
        }
    )


def test_administrators_are_told_once_that_a_team_chat_is_lost_and_once_that_it_is_back(bot: Bot, api: BotApi) -> None:
    """In private, whichever way the bot learns of it, and not again after a restart."""
    api.world.blocked.add(TEAM)
    bot.start()
    bot.run_beside("ingest", "--outlet", "Northern Cable", text=NEWS)
    (lost,) = bot.wait_until(lambda: api.accepted(chat=ADMIN))
    move_bot(api, "member", "left")
    bot.settle()
    bot.stop()
    bot.start()
    bot.settle()
    told_after_restart = api.accepted(chat=ADMIN)
    api.world.blocked.clear()
    move_bot(api, "left", "member")
    bot.wait_until(lambda: api.accepted(chat=TEAM))
    bot.settle()

    assert f"The team chat {TEAM} takes nothing from me any more: Forbidden: bot was kicked" in lost["text"]
    assert told_after_restart == [lost]
    assert [each["text"] for each in api.accepted(chat=ADMIN)[1:]] == [
        f"The team chat {TEAM} takes messages again; kept and sent now: 1."
    ]


def test_a_chat_that_is_not_the_team_s_is_logged_with_its_id(bot: Bot, api: BotApi) -> None:
    """A channel has no /status: whoever adds the bot there finds the id in the log."""
    bot.settings["DATELINE_TEAM_CHATS"] = ""
    bot.start()
    move_bot(api, "left", "member")
    bot.settle()

    assert f"let into a chat chat={TEAM};" in bot.log


def test_a_team_chat_that_took_an_answer_is_open_again(bot: Bot, api: BotApi) -> None:
    """That it was let in again while it did not run is a word that Telegram keeps for a day only."""
    with Store.open(bot.db) as store:
        store.write(lambda db: set_team_chats(db, [TEAM], now=NOW))
        store.write(lambda db: close_chat(db, TEAM, why="kicked", now=NOW))
    bot.start()
    asked = api.say(f"/ask {QUESTION}", user=MEMBER, chat=TEAM)
    bot.reply_to(asked, chat=TEAM)
    bot.settle()

    assert [each["text"] for each in api.accepted(chat=ADMIN)] == [
        f"The team chat {TEAM} takes messages again; kept and sent now: 0."
    ]


def test_group_that_became_a_supergroup_is_followed(bot: Bot, api: BotApi) -> None:
    """An alert for the old id goes to the new one."""
    new = api.world.group(-100_9001, "Newsroom")
    api.world.migrated[TEAM] = new
    bot.start()
    bot.run_beside("ingest", "--outlet", "Northern Cable", text=NEWS)

    assert "Selby Head" in bot.wait_until(lambda: api.accepted(chat=new))[0]["text"]


def test_late_question_is_answered_with_a_word_on_when(bot: Bot, api: BotApi) -> None:
    """What was asked while nothing ran is answered from what is held now, and says so."""
    api.world.clock = lambda: time.time() - 7200
    asked = api.say(QUESTION, user=ADMIN)
    bot.start()

    reply = bot.reply_to(asked, chat=ADMIN)

    assert "answered late" in reply["text"]
    assert ANSWER in reply["text"]


@pytest.mark.soak
def test_nothing_is_lost_in_a_storm_of_kills(bot: Bot, api: BotApi) -> None:
    """Killed twenty times at random: every question has an answer, and what came twice says that it may have."""
    dice = random.Random(20)  # noqa: S311 - a storm, not a secret
    bot.settings["DATELINE_LOG__LEVEL"] = "WARNING"
    asked: list[tuple[int, int]] = []
    bot.start()
    for _ in range(20):
        for _ in range(12):
            user = dice.choice((ADMIN, MEMBER))
            asked.append((api.say(QUESTION, user=user), user))
            time.sleep(dice.uniform(0, 0.02))
        time.sleep(dice.uniform(0, 0.4))
        bot.kill()
        bot.start(wait=False)
        time.sleep(dice.uniform(0, 1.2))
    bot.settle()

    replies = [bot.replies_to(message, chat=user) for message, user in asked]
    repeated = [again for each in replies for again in each[1:]]
    print(f"{len(asked)} questions, 20 kills: {len(repeated)} repeated, {sum(not each for each in replies)} lost")
    assert all(replies)
    assert all(MARK in each["text"] for each in repeated)


def test_message_that_cannot_be_made_holds_up_nobody(desk: Bot) -> None:
    """It is tried three times and given up; what waits behind it in the same chat is sent."""
    now = datetime.now(UTC)
    with Store.open(desk.db) as store:
        broken = store.write(lambda db: queue_message(db, TEAM, {"nothing": "to say"}, now=now))
        store.write(lambda db: queue_message(db, TEAM, {"html": "behind it"}, now=now))

        desk.wait_until(lambda: [m for m in desk.api.accepted(chat=TEAM) if m["text"] == "behind it"])

        given_up = store.read(lambda db: delivery_by_id(db, broken))
    assert given_up.state is DeliveryState.FAILED
    assert given_up.attempts == 3
