"""Who is answered, where, and how the answer looks."""

from __future__ import annotations

import pytest

from store.database.aliases import add_alias
from store.database.store import Store
from tests.telegram.conftest import ADMIN, MEMBER, STRANGER, TEAM, TOPIC, Bot
from tests.telegram.server import BotApi
from tests.telegram.stories import ANSWER, NOW, QUESTION
from tests.telegram.world import BOT

BOT_NAME = f"@{BOT['username']}"


def test_private_question_gets_the_sentence_with_its_source(desk: Bot) -> None:
    """The answer replies to the question: the sentence as printed, the outlet as a link, the date; no preview."""
    asked = desk.api.say(QUESTION, user=ADMIN)

    reply = desk.reply_to(asked, chat=ADMIN)

    assert ANSWER in reply["text"]
    assert "Tideline" in reply["text"]
    assert "18 Nov 2026" in reply["text"]
    assert any(e["type"] == "text_link" and "tideline.example" in e["url"] for e in reply["entities"])
    call = next(c for c in desk.api.tried() if c.result and c.result["message_id"] == reply["message_id"])
    assert call.params["link_preview_options"] == {"is_disabled": True}


def test_member_of_a_team_chat_may_ask_in_private(desk: Bot) -> None:
    """Membership is looked up with Telegram."""
    asked = desk.api.say(QUESTION, user=MEMBER)

    assert ANSWER in desk.reply_to(asked, chat=MEMBER)["text"]


def test_stranger_gets_silence(desk: Bot) -> None:
    """Neither a question, nor a command, nor a story of somebody unknown is answered."""
    desk.api.say(QUESTION, user=STRANGER)
    desk.api.say("/start", user=STRANGER)
    desk.api.say("x" * 700, user=STRANGER)

    desk.settle()

    assert desk.api.accepted(chat=STRANGER) == []


def test_ids_of_a_stranger_are_logged_once_with_the_settings(bot: Bot, api: BotApi) -> None:
    """Whoever sets the bot up finds their own id in the log; a flood of messages makes one line."""
    bot.settings["DATELINE_LOG__LEVEL"] = "INFO"
    bot.settings["DATELINE_ADMINS"] = ""
    bot.start()
    for _ in range(3):
        api.say("/start", user=STRANGER)
    bot.settle()

    (line,) = (line for line in bot.log.splitlines() if "somebody unknown" in line)
    assert f"user={STRANGER} chat={STRANGER};" in line
    assert "DATELINE_ADMINS" in line
    assert "no administrator is set" in bot.log


def test_status_tells_an_administrator_the_ids(desk: Bot) -> None:
    """In a group that the settings do not name yet, too; readers are told what is held."""
    desk.api.world.group(-1003, "New desk")
    new = desk.reply_to(desk.api.say("/status", user=ADMIN, chat=-1003), chat=-1003)
    reader = desk.reply_to(desk.api.say("/status", user=MEMBER), chat=MEMBER)

    assert f"This chat's id: -1003; yours: {ADMIN}." in new["text"]
    assert "id:" not in reader["text"]
    assert "no administrator is set" not in desk.log


def test_stranger_gets_silence_in_a_foreign_group(desk: Bot) -> None:
    """A group that is not the team's gets nothing, also from somebody who may ask elsewhere."""
    group = desk.api.world.group(-2002, "Elsewhere")
    desk.api.say(f"/ask {QUESTION}", user=STRANGER, chat=group)
    desk.api.say(f"{BOT_NAME} {QUESTION}", user=MEMBER, chat=group)

    desk.settle()

    assert desk.api.accepted(chat=group) == []


def test_group_talk_is_left_alone(desk: Bot) -> None:
    """In a group only a command, a mention or a reply to the bot is for the bot."""
    talk = desk.api.say(QUESTION, user=MEMBER, chat=TEAM)
    commanded = desk.api.say(f"/ask {QUESTION}", user=MEMBER, chat=TEAM)
    mentioned = desk.api.say(f"{BOT_NAME} {QUESTION}", user=MEMBER, chat=TEAM)

    assert ANSWER in desk.reply_to(commanded, chat=TEAM)["text"]
    answer = desk.reply_to(mentioned, chat=TEAM)
    assert ANSWER in answer["text"]
    replied = desk.api.say(QUESTION, user=MEMBER, chat=TEAM, reply_to=answer["message_id"])
    assert ANSWER in desk.reply_to(replied, chat=TEAM)["text"]
    desk.settle()
    assert desk.replies_to(talk, chat=TEAM) == []


def test_command_for_another_bot_is_left_alone(desk: Bot) -> None:
    """A command that names another bot is not ours."""
    asked = desk.api.say(f"/ask@other_bot {QUESTION}", user=MEMBER, chat=TEAM)

    desk.settle()

    assert desk.replies_to(asked, chat=TEAM) == []


def test_answer_stays_in_its_topic(desk: Bot) -> None:
    """A question in a topic is answered there; a thread that is only a reply chain is no topic."""
    in_topic = {"message_thread_id": TOPIC, "is_topic_message": True}
    asked = desk.api.say(f"/ask {QUESTION}", user=MEMBER, chat=TEAM, **in_topic)
    chained = desk.api.say(f"/ask {QUESTION}", user=MEMBER, chat=TEAM, message_thread_id=4711)

    assert desk.reply_to(asked, chat=TEAM)["message_thread_id"] == TOPIC
    outside = desk.reply_to(chained, chat=TEAM)
    assert "message_thread_id" not in outside
    assert any(entity["type"] == "text_link" for entity in outside["entities"])  # not refused first


def test_edited_question_edits_its_answer(desk: Bot) -> None:
    """There is one answer, and it answers what the question says now."""
    asked = desk.api.say("who found the wreck of the trawler", user=ADMIN)
    before = desk.reply_to(asked, chat=ADMIN)
    assert "Petrel" in before["text"]

    desk.api.edit(asked, QUESTION, chat=ADMIN)

    edited = desk.wait_until(lambda: desk.api.accepted("editMessageText", chat=ADMIN))[-1]
    assert edited["message_id"] == before["message_id"]
    assert ANSWER in edited["text"]
    assert len(desk.replies_to(asked, chat=ADMIN)) == 1


def test_edited_command_is_not_run_again(desk: Bot) -> None:
    """Telegram sends an edited command as an update of its own; only /ask is answered anew."""
    asked = desk.api.say("/status", user=ADMIN)
    desk.reply_to(asked, chat=ADMIN)
    edits = len(desk.api.tried("editMessageText"))

    desk.api.edit(asked, "/status please", chat=ADMIN)
    desk.settle()

    assert len(desk.replies_to(asked, chat=ADMIN)) == 1
    assert len(desk.api.tried("editMessageText")) == edits


def test_follow_up_and_why(desk: Bot) -> None:
    """/why tells how the last question was read; before any question it says so."""
    asked = desk.api.say("/why", user=MEMBER, chat=TEAM)
    desk.reply_to(asked, chat=TEAM)
    desk.reply_to(desk.api.say(QUESTION, user=MEMBER), chat=MEMBER)

    why = desk.reply_to(desk.api.say("/why", user=MEMBER), chat=MEMBER)

    assert QUESTION in why["text"]


@pytest.mark.parametrize("words", ["👍", "thank you very much"])
def test_small_talk_is_no_question_and_ends_no_thread(desk: Bot, words: str) -> None:
    """It gets a plain word; the follow-up after it follows up the question before it, and says so."""
    desk.reply_to(desk.api.say(QUESTION, user=MEMBER), chat=MEMBER)

    emoji = desk.reply_to(desk.api.say(words, user=MEMBER), chat=MEMBER)
    follow_up = desk.reply_to(desk.api.say("how many", user=MEMBER), chat=MEMBER)

    assert "The question has no telling word." in emoji["text"]
    assert "question before" not in emoji["text"]
    assert ANSWER in follow_up["text"]
    assert "read with the question before: " in follow_up["text"]


def test_taught_alias_is_used_at_once(desk: Bot) -> None:
    """/alias teaches, lists and forgets; the next question knows."""
    desk.reply_to(desk.api.say("/alias vessels = ferries", user=ADMIN), chat=ADMIN)

    listed = desk.reply_to(desk.api.say("/alias", user=ADMIN), chat=ADMIN)
    answered = desk.reply_to(desk.api.say("how many vessels will be laid up", user=ADMIN), chat=ADMIN)
    forgotten = desk.reply_to(desk.api.say("/alias vessels =", user=ADMIN), chat=ADMIN)

    assert "/alias vessels = ferries" in listed["text"]
    assert ANSWER in answered["text"]
    assert forgotten["text"] == "Forgotten."


def test_nothing_held_says_so_and_what_is_held(desk: Bot) -> None:
    """What is not held is not answered."""
    reply = desk.reply_to(desk.api.say("zyxwvut qponmlk", user=ADMIN), chat=ADMIN)

    assert "Nothing held" in reply["text"]
    assert "2 stories" in reply["text"]


def test_odd_questions_get_a_word(desk: Bot) -> None:
    """Emoji, markup, operators, reordering marks: always a reply, never an error."""
    for text in ("🎉🎉", "<b>&", '"NEAR(ferries" OR *', "\u202eseirref ynam woh\u202c \u200b", "' -- ;", "/ask"):
        asked = desk.api.say(text, user=ADMIN)
        assert desk.reply_to(asked, chat=ADMIN)["text"]


def test_small_talk_leads_to_the_help(desk: Bot) -> None:
    """Who only greets, or sends an emoji, is told what the bot is for; a question is not."""
    for words in ("hi", "thanks!", "\U0001f600"):
        reply = desk.reply_to(desk.api.say(words, user=MEMBER), chat=MEMBER)
        assert reply["text"].endswith("/help tells what you can do here.")
    asked = desk.api.say("how many elephants were seen in the park", user=MEMBER)

    assert "/help" not in desk.reply_to(asked, chat=MEMBER)["text"]


def test_news_that_reads_as_a_question_leads_to_store(desk: Bot) -> None:
    """Who may add stories and sends one of a single paragraph is told how to keep it; a reader is not."""
    news = "GULL BAY, Nov 21, 2026 (Ister Post) - The harbour office said that nine seals had been freed from a net."
    hint = "To keep that as a story, send it with /store."

    assert desk.reply_to(desk.api.say(news, user=ADMIN), chat=ADMIN)["text"].endswith(hint)
    assert hint not in desk.reply_to(desk.api.say(news, user=MEMBER), chat=MEMBER)["text"]
    assert hint not in desk.reply_to(desk.api.say("Zyxwvut qponmlk.", user=ADMIN), chat=ADMIN)["text"]
    question = "what did the harbour office say about the nine seals that had been freed from a net by its wardens"
    assert hint not in desk.reply_to(desk.api.say(question, user=ADMIN), chat=ADMIN)["text"]


def test_address_in_a_question_is_not_looked_up(desk: Bot) -> None:
    """Its parts are no words of the question, and the asker is told that it was not opened."""
    asked = desk.api.say(f"{QUESTION} https://tideline.example/quay/a.html", user=MEMBER)
    reply = desk.reply_to(asked, chat=MEMBER)["text"]

    assert ANSWER in reply
    assert reply.endswith("I cannot open addresses, so I looked for the other words.")
    assert "https" not in reply


def test_aliases_that_no_message_holds_are_counted(bot: Bot, api: BotApi) -> None:
    """The list always arrives, with those that fit; what is too long for a word is not taught."""
    with Store.open(bot.db) as store:
        for number in range(120):
            store.write(lambda db, n=number: add_alias(db, f"term {n}", [f"meaning of {n}, at length"], now=NOW))
    bot.start()
    listed = bot.reply_to(api.say("/alias", user=MEMBER), chat=MEMBER)["text"]
    refused = bot.reply_to(api.say(f"/alias {'z' * 200} = y", user=MEMBER), chat=MEMBER)["text"]

    lines = listed.splitlines()
    assert lines[0].startswith("/alias term")
    assert lines[-1] == f"and {120 - len(lines) + 1} more; bot.py export lists them all"
    assert refused == "That is too long for a word: 100 characters at most."


def test_text_that_is_too_long_for_a_question_gets_a_word(desk: Bot) -> None:
    """Somebody who may only ask is told why a long text is not answered; it is not stored."""
    asked = desk.api.say("how many ferries " * 50, user=MEMBER)

    assert "too long for a question" in desk.reply_to(asked, chat=MEMBER)["text"]


def test_editors_are_appointed_by_administrators_only(desk: Bot) -> None:
    """/editors add lets somebody store; a member cannot appoint."""
    refused = desk.reply_to(desk.api.say(f"/editors add {MEMBER}", user=MEMBER), chat=MEMBER)
    added = desk.reply_to(desk.api.say(f"/editors add {MEMBER}", user=ADMIN), chat=ADMIN)
    removed = desk.reply_to(desk.api.say(f"/editors remove {MEMBER}", user=ADMIN), chat=ADMIN)

    assert "Only administrators" in refused["text"]
    assert "may add stories now" in added["text"]
    assert "any more" in removed["text"]


def test_editors_are_called_by_their_names(desk: Bot) -> None:
    """Whom Telegram has told of, in a group or in private, is named; what an order changed, and what not, is said."""

    def ordered(words: str, **more: int) -> str:
        return desk.reply_to(desk.api.say(f"/editors {words}", user=ADMIN, **more), chat=more.get("chat", ADMIN))[
            "text"
        ]

    eda, talk = desk.api.world.person(55, "Eda", chats=(TEAM,)), "Good morning."
    by_reply = ordered("add", chat=TEAM, reply_to=desk.api.say(talk, user=eda, chat=TEAM))
    again, unknown, listed = ordered("Add 55"), ordered("add 66"), ordered("")
    desk.api.world.person(66, "Kit")
    desk.reply_to(desk.api.say("/start", user=66), chat=66)
    named = ordered("")

    assert by_reply == "Eda (55) may add stories now."
    assert again == "Eda (55) may add stories already."
    assert unknown == "66 may add stories now."
    assert listed == f"Editors: Eda (55), 66.\nAdministrators, who may too: Ada ({ADMIN})."
    assert "Eda (55), Kit (66)" in named
    assert ordered("remove 66") == "Kit (66) may not add stories any more."
    assert ordered("remove 66") == "Kit (66) is no editor."
    assert f"Ada ({ADMIN}) is an administrator and may add stories" in ordered(f"remove {ADMIN}")
    assert "one number at a time" in ordered("remove 55 66")
    ordered("remove 55")


def test_status_does_not_count_itself(desk: Bot) -> None:
    """Asking what waits is no update that waits."""
    desk.settle()

    assert "Updates waiting: 0;" in desk.reply_to(desk.api.say("/status", user=ADMIN), chat=ADMIN)["text"]


def test_commands_and_updates_are_asked_for_by_name(desk: Bot) -> None:
    """The list of commands is set, updates are named, and getMe is called once."""
    desk.wait_until(lambda: desk.api.world.commands)
    assert {"ask", "help", "status"} <= {command["command"] for command in desk.api.world.commands}
    assert "edited_message" in desk.api.tried("getUpdates")[0].params["allowed_updates"]
    assert len(desk.api.tried("getMe")) == 1


def test_same_update_twice_is_answered_once(desk: Bot) -> None:
    """Telegram may deliver an update again."""
    message = desk.api.world.message(ADMIN, ADMIN, desk.api.world.text(QUESTION))
    update = desk.api.update({"message": message})
    desk.reply_to(message["message_id"], chat=ADMIN)

    desk.api.repeat(update)
    desk.settle()

    assert len(desk.replies_to(message["message_id"], chat=ADMIN)) == 1


def test_context_button_shows_the_surroundings_once(desk: Bot) -> None:
    """Pressed twice, by somebody who may ask: one reply; by a stranger: none."""
    answer = desk.reply_to(desk.api.say("what did Odile Brennick say about the cost", user=ADMIN), chat=ADMIN)
    (row,) = answer["reply_markup"]["inline_keyboard"]
    press, query = {"message_id": answer["message_id"], "chat": ADMIN}, f"q{answer['message_id']}"

    desk.api.press(row[0]["callback_data"], user=STRANGER, **press)
    desk.settle()
    assert desk.replies_to(answer["message_id"], chat=ADMIN) == []
    desk.api.press(row[0]["callback_data"], user=ADMIN, **press)
    desk.api.press(row[0]["callback_data"], user=ADMIN, **press)

    assert "14 ferries" in desk.reply_to(answer["message_id"], chat=ADMIN)["text"]
    desk.settle()
    assert len(desk.replies_to(answer["message_id"], chat=ADMIN)) == 1
    assert len([q for q in desk.api.world.answered_queries if q["callback_query_id"] == query]) == 2


def test_forged_button_does_nothing(desk: Bot) -> None:
    """Callback data comes from whoever sends it."""
    answer = desk.reply_to(desk.api.say(QUESTION, user=ADMIN), chat=ADMIN)
    for data in ("context:999999999999", "context:x", "drop table", "context:-1"):
        desk.api.press(data, user=ADMIN, message_id=answer["message_id"], chat=ADMIN)
    desk.settle()

    assert desk.replies_to(answer["message_id"], chat=ADMIN) == []


def test_anonymous_administrator_of_the_team_chat_may_ask(desk: Bot) -> None:
    """Telegram shows them as a bot that writes for the group."""
    desk.api.world.users[1087968824] = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    asked = desk.api.say(f"/ask {QUESTION}", user=1087968824, chat=TEAM, sender_chat=desk.api.world.chats[TEAM])

    stored = desk.api.say(
        "/store The pier is shut.", user=1087968824, chat=TEAM, sender_chat=desk.api.world.chats[TEAM]
    )

    assert ANSWER in desk.reply_to(asked, chat=TEAM)["text"]
    assert "write in your own name" in desk.reply_to(stored, chat=TEAM)["text"]


def test_inline_queries_are_off_by_default(desk: Bot) -> None:
    """Not even asked for."""
    assert "inline_query" not in desk.api.tried("getUpdates")[0].params["allowed_updates"]


def test_administrator_elsewhere_asks_but_stores_nothing(desk: Bot) -> None:
    """In a group that is not the team's, long talk of an administrator is no story."""
    group = desk.api.world.group(-3003, "Other desk")
    desk.api.say("word " * 200, user=ADMIN, chat=group)
    stored = desk.api.say("/store The weir is shut, says Ulla Rehn.", user=ADMIN, chat=group)
    asked = desk.api.say(f"/ask {QUESTION}", user=ADMIN, chat=group)

    assert "in a team chat" in desk.reply_to(stored, chat=group)["text"]
    assert ANSWER in desk.reply_to(asked, chat=group)["text"]
    desk.settle()
    assert len(desk.api.accepted(chat=group)) == 2


def test_who_leaves_the_team_chat_is_a_stranger_again(desk: Bot) -> None:
    """At once, when Telegram says so."""
    leaver = desk.api.world.person(44, "Lea", chats=(TEAM,))
    desk.reply_to(desk.api.say(QUESTION, user=leaver), chat=leaver)
    desk.api.world.members[TEAM].discard(leaver)
    member = {"user": desk.api.world.users[leaver]}
    desk.api.update(
        {
            "chat_member": {
                "chat": desk.api.world.chats[TEAM],
                "from": desk.api.world.users[leaver],
                "date": 1_763_000_000,
                "old_chat_member": member | {"status": "member"},
                "new_chat_member": member | {"status": "left"},
            }
        }
    )
    desk.settle()

    asked = desk.api.say(QUESTION, user=leaver)
    desk.settle()

    assert desk.replies_to(asked, chat=leaver) == []


def test_whoever_is_seen_leaving_is_no_member(desk: Bot) -> None:
    """The service message comes from the one who leaves, in the team chat, and must not count as being there."""
    leaver = desk.api.world.person(45, "Leo", chats=(TEAM,))
    desk.reply_to(desk.api.say(f"/ask {QUESTION}", user=leaver, chat=TEAM), chat=TEAM)
    desk.api.world.members[TEAM].discard(leaver)
    desk.api.post({"left_chat_member": desk.api.world.users[leaver]}, user=leaver, chat=TEAM)
    desk.settle()

    asked = desk.api.say(QUESTION, user=leaver)
    desk.settle()

    assert desk.replies_to(asked, chat=leaver) == []


def test_what_has_no_words_gets_a_word_in_private_only(desk: Bot) -> None:
    """A sticker in the team chat is none of the bot's business."""
    voice = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}
    private = desk.api.post(voice, user=MEMBER)
    public = desk.api.post(voice, user=MEMBER, chat=TEAM)

    assert "words only" in desk.reply_to(private, chat=MEMBER)["text"]
    desk.settle()
    assert desk.replies_to(public, chat=TEAM) == []
