"""Stories that people paste, forward or send, and the alert that follows."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from store.database.people import Role, give_role
from store.database.store import Store
from tests.telegram.conftest import ADMIN, MEMBER, TEAM, Bot
from tests.telegram.server import BotApi, Mishap, bad_gateway, cut, too_many
from tests.telegram.stories import ANSWER, LATER_NEWS, NEWS, NOW, QUESTION, long_story
from tests.telegram.world import BOT, Json


def parts_of(text: str) -> list[str]:
    """Return *text* as Telegram splits it."""
    return [text[start : start + 4096] for start in range(0, len(text), 4096)]


@pytest.fixture
def running(bot: Bot) -> Bot:
    """A bot of this test alone, running."""
    return bot.start()


def stories(bot: Bot) -> list[dict[str, object]]:
    """Return the facts that are held, as `facts --jsonl` lists them."""
    return [json.loads(line) for line in bot.run_beside("facts", "--jsonl").stdout.splitlines()]


def test_pasted_story_is_stored_and_alerted_once(running: Bot, api: BotApi) -> None:
    """The sender is told how many facts; the team gets one message; pasted again, nobody hears of it."""
    first = running.reply_to(api.say(NEWS, user=ADMIN), chat=ADMIN)
    (alert,) = running.wait_until(lambda: api.accepted(chat=TEAM))
    second = running.reply_to(api.say(NEWS, user=ADMIN), chat=ADMIN)
    running.settle()

    assert first["text"].startswith("stored: ")
    assert "facts, 0 already held" in first["text"]
    assert "nothing new" in second["text"]
    assert alert["text"].startswith("NEW")
    assert "2,300 people" in alert["text"]
    assert "Northern Cable" in alert["text"]
    assert "19 Nov 2026" in alert["text"]
    assert len(api.accepted(chat=TEAM)) == 1


def test_text_in_another_language_is_stored_with_a_warning(running: Bot, api: BotApi) -> None:
    """It can be found by its words; nobody should rely on what is read out of it."""
    sent = api.say(
        "/store Die Straße war gesperrt worden, sagte die Feuerwehr; sie soll morgen wieder frei sein.",
        user=ADMIN,
    )
    english = running.reply_to(api.say(NEWS, user=ADMIN), chat=ADMIN)

    assert running.reply_to(sent, chat=ADMIN)["text"].endswith("miss who says what, figures and days.")
    assert "English" not in english["text"]


def test_headline_of_a_pasted_text_heads_all_that_is_told_of_it(running: Bot, api: BotApi) -> None:
    """Receipt, alert and list name the story by it; one without a headline is known by its first words."""
    receipt = running.reply_to(api.say(f"Landslide cuts off Selby Head\n\n{NEWS}", user=ADMIN), chat=ADMIN)
    (alert,) = running.wait_until(lambda: api.accepted(chat=TEAM))
    running.reply_to(api.say(LATER_NEWS, user=ADMIN), chat=ADMIN)
    listed = running.reply_to(api.say("/story", user=ADMIN), chat=ADMIN)["text"].splitlines()

    _, title, source = receipt["text"].splitlines()
    key = source.rpartition(" ")[2]
    assert title == "Landslide cuts off Selby Head"
    assert source == f"Northern Cable · 19 Nov 2026 · /story {key}"
    assert alert["text"].startswith("Landslide cuts off Selby Head\n\nNEW")
    assert listed[2] == f"{key} · Landslide cuts off Selby Head · Northern Cable · 19 Nov 2026"
    assert "“SELBY HEAD, Nov 20 (Northern Cable) - The army sai…”" in listed[1]
    assert title in running.reply_to(api.say(f"/story {key[1:]}", user=ADMIN), chat=ADMIN)["text"]


def test_story_in_a_text_file_is_stored(running: Bot, api: BotApi) -> None:
    """A .txt document is fetched and read, in whatever encoding it was saved."""
    sent = api.send_file(NEWS.replace("Anton", "Antón").encode("cp1252"), "landslide.txt", user=ADMIN)

    assert running.reply_to(sent, chat=ADMIN)["text"].startswith("stored: ")
    assert any("Antón Ruse" in str(fact["text"]) for fact in stories(running))


def test_file_of_json_lines_is_not_read_as_one_story(running: Bot, api: BotApi) -> None:
    """The sender is told which command takes it, and the team sees no braces."""
    sent = api.send_file(b'{"text": "A ferry ran aground off Marrow on Friday."}', "Stories.JSONL", user=ADMIN)

    assert "bot.py ingest --jsonl" in running.reply_to(sent, chat=ADMIN)["text"]
    assert not api.accepted(chat=TEAM)


@pytest.mark.parametrize("name", ["rows.CSV", "a.json"])
def test_data_is_no_story(running: Bot, api: BotApi, name: str) -> None:
    """Columns and keys are not read as sentences, and the team hears nothing of them."""
    reply = running.reply_to(api.send_file(b'{"pier": "shut", "boats": 3}', name, user=ADMIN), chat=ADMIN)
    running.settle()

    assert reply["text"].startswith(f"Not stored: {name} holds data, not a story: save the story as plain text")
    assert api.accepted(chat=TEAM) == []


def test_saved_mail_is_no_story(running: Bot, api: BotApi) -> None:
    """Its letters stand in code ("=E2=80=99"), which would be quoted to the team."""
    reply = running.reply_to(api.send_file(b"Subject: x\n\nThe pier =3D shut.", "Pier.EML", user=ADMIN), chat=ADMIN)

    assert reply["text"].startswith("Not stored: Pier.EML is a saved mail or page")


def test_words_under_a_file_that_cannot_be_read_are_the_story(running: Bot, api: BotApi) -> None:
    """Channels put a poster or a PDF above their posts; a word about a file is none."""
    channel = {"type": "channel", "chat": {"id": -1003, "type": "channel", "title": "River Watch"}, "message_id": 5}
    poster = api.world.document(b"%PDF-1.7", "poster.pdf") | {"caption": "The dam at Upper Ravel holds, keepers said."}
    forwarded = api.post(poster | {"forward_origin": channel | {"date": 1_763_000_000}}, user=ADMIN)
    pasted = api.post(poster | {"caption": NEWS}, user=ADMIN)
    remark = api.post(poster | {"caption": "have a look"}, user=ADMIN)

    assert running.reply_to(forwarded, chat=ADMIN)["text"].startswith("stored: 1 fact")
    assert running.reply_to(pasted, chat=ADMIN)["text"].startswith("stored: ")
    assert running.reply_to(remark, chat=ADMIN)["text"].startswith("Not stored: poster.pdf is a PDF")


def test_pictures_passed_round_in_the_group_get_silence(running: Bot, api: BotApi) -> None:
    """A GIF is a document to Telegram, and colleagues forward photos; neither holds words, and nobody asked."""
    gif = api.world.document(b"GIF89a", "wave.gif.mp4")
    gif["document"]["mime_type"] = "video/mp4"
    hidden = {"forward_origin": {"type": "hidden_user", "date": 1_763_000_000, "sender_user_name": "Joe"}}
    posted = [api.post(content, user=ADMIN, chat=TEAM) for content in (gif, api.world.photo() | hidden)]
    private = api.post(gif, user=ADMIN)
    running.settle()

    assert [running.replies_to(message, chat=TEAM) for message in posted] == [[], []]
    assert "words only" in running.reply_to(private, chat=ADMIN)["text"]


def test_album_is_told_once(running: Bot, api: BotApi) -> None:
    """With words under one picture it is a story and no more is said; without any, one word is enough."""
    told = [api.post(api.world.photo(NEWS if n == 0 else "", album="a"), user=ADMIN) for n in range(3)]
    mute = [api.post(api.world.photo(album="b"), user=ADMIN) for _ in range(3)]
    running.settle()

    replies = [[reply["text"] for reply in running.replies_to(message, chat=ADMIN)] for message in told + mute]
    assert replies[0][0].startswith("stored: ")
    assert "words only" in replies[3][0]
    assert list(map(len, replies)) == [1, 0, 0, 1, 0, 0]


def test_dump_is_refused_before_it_is_read(running: Bot, api: BotApi) -> None:
    """Megabytes of text are no story: the sender hears so at once, and nobody else waits."""
    sent = api.send_file(b"Fourteen trucks passed, the mayor of Marrow said.\n\n" * 100_000, "dump.txt", user=ADMIN)

    assert "more than one story" in running.reply_to(sent, chat=ADMIN)["text"]


def test_start_tells_who_may_add_stories_how(running: Bot, api: BotApi) -> None:
    """The first thing that an editor reads says how a story comes in; a reader is not told what they may not do."""
    editors = running.reply_to(api.say("/start", user=ADMIN), chat=ADMIN)["text"]
    readers = running.reply_to(api.say("/start", user=MEMBER), chat=MEMBER)["text"]

    assert "paste or forward the text" in editors
    assert "paste or forward" not in readers


def test_file_that_is_no_text_is_refused_by_name(running: Bot, api: BotApi) -> None:
    """Nothing of it is stored."""
    sent = api.send_file(b"%PDF-1.7 \x00\x01", "report.pdf", user=ADMIN)

    reply = running.reply_to(sent, chat=ADMIN)

    assert "report.pdf" in reply["text"]
    assert "PDF" in reply["text"]


def test_refusals_are_sentences(running: Bot, api: BotApi) -> None:
    """Of a text it is said what it has, of a file what it is called."""
    text = running.reply_to(api.send_file(b"word " * 60_000, "a.txt", user=ADMIN), chat=ADMIN)["text"]
    file = running.reply_to(api.send_file(b"PK\x03\x04" + b"\0" * 99, "a.txt", user=ADMIN), chat=ADMIN)["text"]
    emoji = running.reply_to(api.say("/store \U0001f600", user=ADMIN), chat=ADMIN)["text"]

    assert text == "Not stored: the text has 300,000 characters, more than one story (250,000): split it."
    assert file.startswith("Not stored: a.txt is a ZIP, Word or OpenDocument file, not text: save the story")
    assert emoji == "Not stored: the text holds no words."


def test_parts_of_a_long_text_are_one_story(running: Bot, api: BotApi) -> None:
    """Telegram splits at 4,096: what was one text is one story again, and has one receipt."""
    text = long_story(60)
    sent = [api.say(part, user=ADMIN) for part in parts_of(text)]
    assert len(sent) == 3
    reply = running.reply_to(sent[0], chat=ADMIN)
    running.settle()

    assert reply["text"].startswith("stored: ")
    assert len(api.accepted(chat=ADMIN)) == 1
    held = [fact for fact in stories(running) if "Gauge" in str(fact["text"])]
    assert {fact["story"] for fact in held} == {held[0]["story"]}
    assert all(str(fact["text"]) in text for fact in held)
    assert len(held) == 60


def test_forward_from_a_channel_names_the_channel(running: Bot, api: BotApi) -> None:
    """Without a dateline the outlet is the channel, and the date that of the channel's post."""
    channel = {"id": -1003, "type": "channel", "title": "River Watch", "username": "riverwatch"}
    origin = {"type": "channel", "chat": channel, "message_id": 55, "date": 1_763_000_000}
    sent = api.say("The dam at Upper Ravel holds, keeper Jens Odd says.", user=ADMIN, forward_origin=origin)

    running.reply_to(sent, chat=ADMIN)
    reply = running.reply_to(api.say("who says the dam holds", user=ADMIN), chat=ADMIN)

    assert "River Watch" in reply["text"]
    assert "13 Nov 2025" in reply["text"]
    assert any(entity.get("url") == "https://t.me/riverwatch/55" for entity in reply["entities"])


def test_forward_fills_in_what_a_file_did_not_say(running: Bot, api: BotApi) -> None:
    """A channel is a source; whoever pastes the same text is none."""
    text = "The dam at Upper Ravel holds, keeper Jens Odd said on Friday."
    running.run_beside("ingest", "-", text=text)
    channel = {"id": -1003, "type": "channel", "title": "River Watch", "username": "riverwatch"}
    origin = {"type": "channel", "chat": channel, "message_id": 55, "date": 1_763_000_000}

    pasted = running.reply_to(api.say(f"/store {text}", user=ADMIN), chat=ADMIN)["text"]
    forwarded = running.reply_to(api.say(text, user=ADMIN, forward_origin=origin), chat=ADMIN)["text"]

    assert pasted == "already held as s3: nothing new"
    assert forwarded == (
        "already held as s3; filled in what was missing: outlet, link, date\n"
        "River Watch · forwarded · 13 Nov 2025 · /story s3"
    )


def test_text_without_a_source_names_who_pasted_it(running: Bot, api: BotApi) -> None:
    """A forward of somebody who hides their account proves nothing, so whoever pasted it is named."""
    origin = {"type": "hidden_user", "sender_user_name": "The Ministry", "date": 1_763_000_000}
    sent = api.say("The dam at Upper Ravel holds, keeper Jens Odd says.", user=ADMIN, forward_origin=origin)

    running.reply_to(sent, chat=ADMIN)
    reply = running.reply_to(api.say("who says the dam holds", user=ADMIN), chat=ADMIN)

    assert "pasted by Ada" in reply["text"]
    assert "The Ministry" not in reply["text"]


def test_days_are_those_of_the_desk(bot: Bot, api: BotApi) -> None:
    """East of Greenwich it is Saturday when Telegram's clock still says Friday, and a clock time is the place's own."""
    api.world.clock = lambda: datetime(2024, 11, 22, 21, 30, tzinfo=UTC).timestamp()
    bot.settings["DATELINE_ZONE"] = "Asia/Tokyo"
    bot.start()
    receipt = bot.reply_to(
        api.say("/store The dam at Upper Ravel broke at 4 a.m. on Saturday, keeper Jens Odd said.", user=ADMIN),
        chat=ADMIN,
    )
    (alert,) = bot.wait_until(lambda: api.accepted(chat=TEAM))
    asked = bot.reply_to(api.say("what happened on Saturday", user=ADMIN), chat=ADMIN)

    assert "pasted by Ada · 23 Nov 2024" in receipt["text"]
    assert alert["text"].endswith("“4 a.m. on Saturday” = 23 Nov 2024, 04:00")
    assert "23 Nov 2024 at 06:30 JST, answered late" in asked["text"]


def test_own_answer_forwarded_back_is_no_story(running: Bot, api: BotApi) -> None:
    """The bot must not become its own source."""
    origin = {"type": "user", "sender_user": BOT, "date": 1_763_000_000}
    sent = api.say(f"{ANSWER}, as I said.", user=ADMIN, forward_origin=origin)

    assert "message of mine" in running.reply_to(sent, chat=ADMIN)["text"]


def test_store_and_ask_decide_otherwise(running: Bot, api: BotApi) -> None:
    """/store takes a short text, or the message replied to; /ask asks what would be a story."""
    short = running.reply_to(api.say("/store The weir at Ost is closed, says Ulla Rehn.", user=ADMIN), chat=ADMIN)
    plain = api.say("The ferry to Ost runs again, says Ulla Rehn.", user=MEMBER, chat=TEAM)
    replied = running.reply_to(api.say("/store", user=ADMIN, chat=TEAM, reply_to=plain), chat=TEAM)
    asked = running.reply_to(api.say("/ask " + NEWS[:500], user=ADMIN), chat=ADMIN)

    assert short["text"].startswith("stored: 1 fact")
    assert replied["text"].startswith("stored: 1 fact")
    assert not asked["text"].startswith("stored")


def test_member_may_not_store(running: Bot, api: BotApi) -> None:
    """Whoever may only ask is told so, whichever way they try."""
    commanded = running.reply_to(api.say(f"/store {NEWS}", user=MEMBER), chat=MEMBER)
    sent = running.reply_to(api.send_file(NEWS.encode(), "news.txt", user=MEMBER), chat=MEMBER)
    running.settle()

    assert "Only editors" in commanded["text"]
    assert "Only editors" in sent["text"]
    assert api.accepted(chat=TEAM) == []


def test_link_alone_gets_a_word_on_what_to_do(running: Bot, api: BotApi) -> None:
    """Pages are not fetched; the sender is told to paste the text."""
    reply = running.reply_to(api.say("see https://tideline.example/news", user=ADMIN), chat=ADMIN)

    assert "Paste the text" in reply["text"]


def test_new_story_is_found_at_once(running: Bot, api: BotApi) -> None:
    """The next question knows what was just stored."""
    running.reply_to(api.say(f"/store {LATER_NEWS}", user=ADMIN), chat=ADMIN)

    reply = running.reply_to(api.say("how many soldiers are on their way", user=ADMIN), chat=ADMIN)

    assert "120 soldiers" in reply["text"]
    assert "Ivar Dunn" in reply["text"]


def test_question_is_still_a_question(running: Bot, api: BotApi) -> None:
    """Somebody who may store asks like everybody else."""
    assert ANSWER in running.reply_to(api.say(QUESTION, user=ADMIN), chat=ADMIN)["text"]


def test_story_can_be_taken_back(running: Bot, api: BotApi) -> None:
    """The receipt says so, the facts are gone, the team is told, and the story can be stored again."""
    sent = api.say(NEWS, user=ADMIN)
    receipt = running.reply_to(sent, chat=ADMIN)
    (alert,) = running.wait_until(lambda: api.accepted(chat=TEAM))
    ((button, _),) = receipt["reply_markup"]["inline_keyboard"]

    api.press(button["callback_data"], user=ADMIN, message_id=receipt["message_id"], chat=ADMIN)

    edited = running.wait_until(lambda: api.accepted("editMessageText", chat=ADMIN))[-1]
    assert edited["text"].startswith("undone: ")
    assert "reply_markup" not in edited
    assert "Withdrawn by Ada" in running.reply_to(alert["message_id"], chat=TEAM)["text"]
    asked = running.reply_to(api.say("who asked the army for a floating bridge", user=ADMIN), chat=ADMIN)
    assert "Anton Ruse" not in asked["text"]
    assert running.reply_to(api.say(NEWS, user=ADMIN), chat=ADMIN)["text"].startswith("stored: ")
    assert running.run_beside("check").returncode == 0


def test_only_who_stored_it_takes_it_back(running: Bot, api: BotApi) -> None:
    """Not another editor, not with forged data, and not a story that the receipt is not about."""
    for editor in (MEMBER, api.world.person(55, "Eda", chats=(TEAM,))):
        running.reply_to(api.say(f"/editors add {editor}", user=ADMIN), chat=ADMIN)
    receipt = running.reply_to(api.say(NEWS, user=MEMBER, chat=TEAM), chat=TEAM)
    ((button, _),) = receipt["reply_markup"]["inline_keyboard"]
    press = {"message_id": receipt["message_id"], "chat": TEAM}

    api.press(button["callback_data"], user=55, **press)
    api.press("undo:s1", user=MEMBER, **press)
    running.settle()
    assert api.accepted("editMessageText") == []
    api.press(button["callback_data"], user=MEMBER, **press)

    assert running.wait_until(lambda: api.accepted("editMessageText"))[-1]["text"].startswith("undone: ")


def test_a_press_in_vain_is_answered_with_who_can(running: Bot, api: BotApi) -> None:
    """Whoever may not take a story back is told so, in a dialog; nothing happens to the story."""
    api.world.person(55, "Eda", chats=(TEAM,))
    receipt = running.reply_to(api.say(NEWS, user=ADMIN, chat=TEAM), chat=TEAM)
    press_undo(api, receipt, user=55)
    running.wait_until(lambda: api.world.answered_queries)

    assert "Only whoever stored this story, or an administrator" in api.world.answered_queries[0]["text"]
    assert api.world.answered_queries[0]["show_alert"]
    assert api.accepted("editMessageText") == []


def test_after_an_hour_only_an_administrator_takes_a_story_back(bot: Bot, api: BotApi) -> None:
    """An editor's slip that is found late is not final, and the editor learns who can help."""
    with Store.open(bot.db) as store:
        store.write(lambda db: give_role(db, MEMBER, Role.EDITOR, given_by=ADMIN, now=NOW))
    bot.start()
    receipt = bot.reply_to(api.say(NEWS, user=MEMBER, chat=TEAM), chat=TEAM)
    bot.settle()
    bot.stop()
    with Store.open(bot.db) as store:
        store.write(lambda db: db.conn.execute("UPDATE asked SET asked_at = ?", (NOW.isoformat(),)))
    bot.start()

    press_undo(api, receipt, user=MEMBER)
    bot.wait_until(lambda: api.world.answered_queries)
    told, untouched = api.world.answered_queries[0]["text"], api.accepted("editMessageText") == []
    press_undo(api, receipt, user=ADMIN)

    assert "after an hour only an administrator" in told
    assert untouched
    assert bot.wait_until(lambda: api.accepted("editMessageText"))[-1]["text"].startswith("undone: ")


@pytest.mark.parametrize("mishap", [bad_gateway(), cut(accept=True), too_many(1)], ids=("502", "cut", "429"))
def test_a_press_of_which_no_word_arrives_counts_once(running: Bot, api: BotApi, mishap: Mishap) -> None:
    """The story is taken back; the press is not handled again, to be told that it came too late."""
    receipt = running.reply_to(api.say(NEWS, user=ADMIN, chat=TEAM), chat=TEAM)
    running.settle()
    api.mishap("answerCallbackQuery", mishap)
    press_undo(api, receipt, user=ADMIN)
    (edited,) = running.wait_until(lambda: api.accepted("editMessageText"))
    running.settle()

    assert edited["text"].startswith("undone: ")
    assert len(api.tried("answerCallbackQuery")) == 1
    assert "handler failed" not in running.log


def press_undo(api: BotApi, receipt: Json, *, user: int) -> None:
    """Press the button under a receipt in the team chat."""
    ((button, _),) = receipt["reply_markup"]["inline_keyboard"]
    api.press(button["callback_data"], user=user, message_id=receipt["message_id"], chat=TEAM)


def test_edited_story_is_a_new_version_of_it(running: Bot, api: BotApi) -> None:
    """However often somebody corrects what they pasted: one story, one receipt, and the team hears what is new."""
    sent = api.say(NEWS, user=ADMIN)
    running.reply_to(sent, chat=ADMIN)
    running.wait_until(lambda: api.accepted(chat=TEAM))

    for people in ("2,400", "2,600"):
        api.edit(sent, NEWS.replace("2,300", people), chat=ADMIN)
        running.wait_until(lambda now=people: f"→ about {now} people" in api.accepted(chat=TEAM)[-1]["text"])
    running.settle()

    (receipt,) = running.replies_to(sent, chat=ADMIN)
    assert "as a new version of" in receipt["text"]
    assert [f["text"] for f in stories(running) if "cut off" in str(f["text"])] == [
        NEWS.replace("2,300", "2,600").partition(" - ")[2].partition("\n")[0]
    ]
