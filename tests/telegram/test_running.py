"""Starting, stopping, and what the operator reads when neither works."""

from __future__ import annotations

import re
import signal

import pytest

from tests.telegram.conftest import ADMIN, TEAM, Bot
from tests.telegram.server import BotApi, Mishap, bad_gateway, too_many
from tests.telegram.stories import ANSWER, NEWS, QUESTION

CONFLICT = {"ok": False, "error_code": 409, "description": "Conflict: terminated by other getUpdates request"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_stops_cleanly(bot: Bot, api: BotApi, number: signal.Signals) -> None:
    """SIGTERM and Ctrl-C end it with status 0, with every update confirmed and no traceback."""
    bot.start()
    bot.reply_to(api.say(QUESTION, user=ADMIN), chat=ADMIN)

    assert bot.stop(number) == 0

    assert api.all_confirmed()
    assert "Traceback" not in bot.log


def test_no_log_holds_the_token(bot: Bot, api: BotApi) -> None:
    """At DEBUG, with refusals, time-outs and a traceback on the way, the token is in no line."""
    api.mishap("sendMessage", bad_gateway(), Mishap(cut=True))
    bot.start()
    bot.reply_to(api.say(QUESTION, user=ADMIN), chat=ADMIN)
    bot.stop()

    secret = api.token.split(":")[1]
    assert "getUpdates" in bot.log
    assert api.token not in bot.log
    assert secret not in bot.log


def test_wrong_token_ends_it_in_one_line(bot: Bot) -> None:
    """Status 1 and one line that says what to do."""
    bot.settings["TELEGRAM_TOKEN"] = "7000000001:AAsome-other-token_that_is_not_known"
    bot.settings["DATELINE_LOG__LEVEL"] = "INFO"

    bot.start(wait=False)

    assert bot.wait_for_end() == 1
    (line,) = bot.log.splitlines()
    assert "TELEGRAM_TOKEN" in line
    assert "AAsome" not in line


def test_second_bot_on_the_same_file_ends_in_one_line(bot: Bot, api: BotApi) -> None:
    """Before any other log, and the first goes on."""
    bot.start()

    second = bot.run_beside("run")

    assert second.returncode == 1
    assert len((second.stdout + second.stderr).splitlines()) == 1
    assert "already running" in second.stderr
    assert ANSWER in bot.reply_to(api.say(QUESTION, user=ADMIN), chat=ADMIN)["text"]


def test_second_poller_elsewhere_ends_it(bot: Bot, api: BotApi) -> None:
    """Repeated 409: two bots would fight for ever, so this one says so and stops."""
    bot.settings["DATELINE_LOG__LEVEL"] = "WARNING"
    api.mishap("getUpdates", *[Mishap(409, CONFLICT)] * 10)

    bot.start(wait=False)

    assert bot.wait_for_end(30) == 1
    assert "another process polls" in bot.log.splitlines()[-1]


def test_unreachable_telegram_is_said_and_tried_again(bot: Bot, api: BotApi) -> None:
    """Down at the start and down in between: it says so and goes on when the line is back."""
    api.mishap("getMe", bad_gateway(), Mishap(cut=True))
    bot.start()
    assert len(re.findall("Telegram cannot be reached", bot.log)) == 2
    api.mishap("getUpdates", bad_gateway())

    bot.reply_to(api.say(QUESTION, user=ADMIN), chat=ADMIN)
    asked = api.say(QUESTION, user=ADMIN)

    assert ANSWER in bot.reply_to(asked, chat=ADMIN)["text"]
    bot.wait_until(lambda: "Telegram is reached again" in bot.log)


def test_stops_while_telegram_cannot_be_reached(bot: Bot, api: BotApi) -> None:
    """Waiting for the line is no reason not to stop."""
    api.mishap("getMe", *[bad_gateway()] * 20)
    bot.start(wait=False)
    bot.wait_until(lambda: "cannot be reached" in bot.log)

    assert bot.stop() == 0


def test_commands_work_beside_a_running_bot(bot: Bot, api: BotApi) -> None:
    """What `ingest` adds is alerted by the running bot; `ask` answers from it at once."""
    bot.start()

    ingested = bot.run_beside("ingest", "--outlet", "Northern Cable", text=NEWS)
    asked = bot.run_beside("ask", "who asked the army for a floating bridge")

    assert ingested.returncode == 0, ingested.stderr
    assert "Anton Ruse" in asked.stdout
    (alert,) = bot.wait_until(lambda: api.accepted(chat=TEAM), timeout_s=5)
    assert "2,300 people" in alert["text"]


def test_trouble_on_the_line_is_told_in_lines(bot: Bot, api: BotApi) -> None:
    """An operator reads what happened and that it is tried again; a traceback is for bugs."""
    bot.settings["DATELINE_LOG__LEVEL"] = "INFO"
    api.mishap("sendMessage", too_many(1), bad_gateway())
    bot.start()
    bot.reply_to(api.say(QUESTION, user=ADMIN), chat=ADMIN)
    api.mishap("getUpdates", *[bad_gateway()] * 5)
    api.say(QUESTION, user=ADMIN)
    bot.wait_until(lambda: "cannot be reached" in bot.log)

    assert bot.stop() == 0

    assert "not sent, trying again" in bot.log
    assert "perhaps sent, trying again" in bot.log
    assert "Traceback" not in bot.log
