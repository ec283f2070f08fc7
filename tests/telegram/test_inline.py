"""Inline queries, when the settings turn them on."""

from __future__ import annotations

from tests.telegram.conftest import ADMIN, STRANGER, Bot
from tests.telegram.server import BotApi
from tests.telegram.stories import ANSWER, QUESTION


def test_inline_query_offers_the_sentence_to_those_who_may_ask(bot: Bot, api: BotApi) -> None:
    """Checked by user, cached for that user only; a stranger's query is not answered."""
    bot.settings["DATELINE_TELEGRAM__INLINE"] = "true"
    bot.start()
    for user in (STRANGER, ADMIN):
        query = {"id": str(user), "from": api.world.users[user], "query": QUESTION, "offset": ""}
        api.update({"inline_query": query})

    (call,) = bot.wait_until(lambda: api.tried("answerInlineQuery"))
    bot.settle()

    assert call.params["inline_query_id"] == str(ADMIN)
    assert call.params["is_personal"] is True
    assert ANSWER in call.params["results"][0]["input_message_content"]["message_text"]
    assert len(api.tried("answerInlineQuery")) == 1
