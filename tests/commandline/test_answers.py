"""`ask`, `facts`, `alerts` and `watch`: the shapes that scripts rely on, and words for people."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commandline.conftest import CROSSING, NEWER, Bot, newer, story

NOW = "2026-03-06T12:00:00+00:00"
TEXTS = {"crossing": CROSSING, "newer": NEWER}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """A store with one event in two stories; nothing here changes it."""
    bot = Bot(tmp_path_factory.mktemp("told") / "news.sqlite")
    bot.ingest(story(), newer())
    return bot


def test_an_answer_has_the_contract_s_shape(told: Bot) -> None:
    """Every field is there, and the text is the story's."""
    (row,) = told.ask({"id": "q1", "q": "who told reporters about their coats", "now": NOW})

    assert (row["id"], row["question"], row["abstained"]) == ("q1", "who told reporters about their coats", False)
    first = row["answers"][0]
    assert set(first) == {"fact", "text", "score", "story", "start", "end", "speaker", "status", "notes"}
    assert first["text"] == TEXTS[first["story"]["id"]][first["start"] : first["end"]]
    assert first["story"] == {
        "id": "crossing",
        "title": "Hundreds flee across the Ister",
        "outlet": "Wire",
        "url": "https://wire.example/crossing",
        "published": "2026-03-03T18:00:00+01:00",
    }
    assert (first["speaker"], first["status"]) == ("Anna Kovac", "quoted")
    assert 0 <= first["score"] <= 1
    assert row["held"] == {"stories": 2, "from": "2026-03-03", "to": "2026-03-05"}
    assert row["ms"] > 0


def test_the_newest_figure_answers_and_points_back(told: Bot) -> None:
    """The later count comes first; the earlier one, wherever it stands, points to it."""
    (row,) = told.ask({"id": "q", "q": "how many people fled across the river", "now": NOW})

    assert "3,400" in row["answers"][0]["text"]
    assert {"type": "updates", "fact": fact_with(told, "1,200")} in row["answers"][0]["notes"]


def fact_with(bot: Bot, words: str) -> int:
    """Return the number of the fact that says *words*."""
    (found,) = (fact["fact"] for fact in bot("facts", "--jsonl").rows if words in fact["text"])
    return int(found)


def test_typing_errors_are_read_and_told(told: Bot) -> None:
    """What was read as what comes with the answer."""
    (row,) = told.ask({"id": "q", "q": "what did kovak say about coats", "now": NOW})

    assert row["read_as"]["kovak"].casefold() == "kovac"
    assert "coats" in row["answers"][0]["text"]


def test_nothing_held_is_said(told: Bot) -> None:
    """No answer, or near misses that say so; the word that nothing matches, and what is held."""
    (row,) = told.ask({"id": "q", "q": "who won the football cup in Brazil", "now": NOW})

    assert row["abstained"]
    assert all(answer["near_miss"] for answer in row["answers"])
    assert {"football", "Brazil"} <= set(row["unmatched"])
    assert row["held"]["stories"] == 2


def test_near_misses_are_called_that_and_limited_too(told: Bot) -> None:
    """The closest sentences may be listed without an answer, and never look like one."""
    (row,) = told.ask({"id": "q", "q": "how many soldiers fled across the river", "now": NOW}, options=("--limit", "1"))

    assert row["abstained"]
    assert [answer["near_miss"] for answer in row["answers"]] == [True]


def test_questions_are_answered_in_order_with_follow_ups(told: Bot) -> None:
    """A follow-up names the question before it; a bad line has its place and its word."""
    lines = [
        '{"id": "a", "q": "how many people fled across the river", "now": "2026-03-06T12:00:00Z"}',
        "no question",
        '{"id": "c", "now": "2026-03-06T12:00:00Z"}',
        '{"id": "b", "q": "who said so", "after": "a", "now": "2026-03-06T12:00:00Z"}',
    ]

    done = told("ask", "--jsonl", "--limit", "2", given="\n".join(lines), status=1)

    assert [row["id"] for row in done.rows] == ["a", None, "c", "b"]
    assert done.rows[1]["why"].startswith("line 2: not JSON")
    assert all(len(row["answers"]) <= 2 for row in done.rows)
    assert done.rows[2]["why"] == 'line 3: has no "q"'
    assert not done.rows[3]["abstained"]
    assert done.rows[3]["inherited"] == ["people", "fled", "across", "river"]


def test_filters_leave_out_the_rest(told: Bot) -> None:
    """--since and --until by the day of publication, --outlet and --speaker by name."""
    question = {"id": "q", "q": "how many people fled across the river", "now": NOW}

    (early,) = told.ask(question, options=("--until", "2026-03-04"))
    (other,) = told.ask(question, options=("--outlet", "Another Agency"))

    assert {answer["story"]["id"] for answer in early["answers"]} == {"crossing"}
    assert other["abstained"]
    assert other["reason"] == "no source held is called Another Agency"


def test_an_outlet_or_speaker_that_is_not_held_is_named_with_those_that_are(told: Bot) -> None:
    """Nothing held is no answer to who asked for a source that is not there."""
    for option in ("--outlet", "--speaker"):
        out = told("ask", option, "Nobody", "how", "many", "people", "fled").out

        assert "No source held is called Nobody.\nOutlets held: Wire.\n" in out


@pytest.mark.parametrize(("option", "day"), [("--since", "2099-01-01"), ("--until", "1990-01-01")])
def test_days_of_which_nothing_is_held_are_named(told: Bot, option: str, day: str) -> None:
    """The reason is the days, not the words, and the days that are held stand below."""
    out = told("ask", option, day, "how", "many", "people", "fled").out

    assert f"Nothing held was published {option[2:]} 1 Jan {day[:4]}.\nHeld: 2 stories" in out


def test_the_news_is_listed(told: Bot) -> None:
    """Who asks for the newest gets one sentence of each story, under the chat's words for it."""
    (asked,) = told.ask({"id": "q", "q": "what's new", "now": NOW})
    out = told("ask", "what's", "new", "--now", NOW).out

    assert asked["browsed"]
    assert asked["unheld_sources"] == []
    assert out.startswith("The newest held\n")
    assert "See also" not in out


def test_an_answer_for_people(told: Bot) -> None:
    """The sentence, who said it, outlet, date and address, on lines of their own."""
    out = told("ask", "how", "many", "people", "fled", "--limit", "1", "--now", NOW).out

    first = out.splitlines()
    assert first[0] in NEWER
    assert first[1].startswith("— Anna Kovac")
    assert first[1].endswith("· Wire · 5 Mar 2026")
    assert "https://wire.example/newer" in first


def test_answers_are_labelled_as_in_the_chat(told: Bot) -> None:
    """What bears on the first answer stands below it under the chat's words, not under names of relations."""
    out = told("ask", "how many people fled", "--now", NOW).out

    assert "\n    Earlier\n" in out
    assert "updates" not in out


def test_what_is_far_behind_the_first_is_left_to_json(told: Bot) -> None:
    """Five sentences one below the other look like five answers; scripts get all, people the close ones."""
    question = "who told reporters about their coats"
    rows = told("ask", "--json", question, "--now", NOW).rows[0]["answers"]
    out = told("ask", question, "--now", NOW).out
    close = [row for row in rows if row["score"] >= 0.4 * rows[0]["score"]]

    assert len(close) < len(rows)
    assert out.count("\nSee also\n") == len(close) - 1
    assert not any(row["text"] in out for row in rows if row not in close)


def test_an_empty_store_says_once_what_to_do(bot: Bot) -> None:
    """Nothing is held, and how that is changed: in one line."""
    out = bot("ask", "how many people fled").out

    assert out == "Nothing is held yet: store a story with 'bot.py ingest FILE', then ask again.\n"


def test_words_beside_json_lines_are_refused(told: Bot) -> None:
    """Else they would be asked by nobody, and the command would wait for lines without a word."""
    assert "leave out --jsonl, or the words" in told("ask", "--jsonl", "how many people fled", status=2).err


def test_one_answer_as_json(told: Bot) -> None:
    """--json gives the shape of --jsonl, --explain adds how it came about."""
    (row,) = told("ask", "--json", "--explain", "how many people fled", "--now", NOW).rows

    assert row["id"] is None
    assert row["explanation"]


def test_facts_have_the_contract_s_shape(told: Bot) -> None:
    """With everything that was read out of a sentence."""
    first = told("facts", "--jsonl", "--story", "crossing").rows[0]

    assert set(first) == {
        "fact", "story", "start", "end", "text", "speaker", "speaker_role", "speaker_as_printed", "speaker_confidence",
        "status", "mode", "quantities", "dates", "people", "orgs", "places", "relations",
    }  # fmt: skip
    assert (first["story"], first["speaker"], first["status"]) == ("crossing", "Anna Kovac", "claimed")
    (figure,) = first["quantities"]
    assert set(figure) == {"text", "value", "low", "high", "unit", "what"}
    assert figure["value"] == 1200
    assert {"text": "Tuesday", "from": "2026-03-03", "to": "2026-03-03"} in [
        {**date, "text": date["text"].removeprefix("on ")} for date in first["dates"]
    ]


def test_facts_for_people(told: Bot) -> None:
    """Story by story; one fact with the rules behind it."""
    number = fact_with(told, "1,200")

    assert told("facts").out.startswith("# crossing: Hundreds flee across the Ister\n")
    assert (
        "\nquantity “Some 1,200 people” = about 1,200 people\n    number of several digits"
        in told("facts", "--explain", str(number)).out
    )


def test_a_fact_of_earlier_rules_is_explained_with_a_warning(told: Bot, tmp_path: Path) -> None:
    """The rules of today may read a stored sentence otherwise; whoever asks why learns that first."""
    number = fact_with(told, "1,200")
    told("backup", str(tmp_path / "earlier.sqlite"))
    with closing(sqlite3.connect(tmp_path / "earlier.sqlite")) as database, database:
        database.execute("UPDATE facts SET status = 'planned' WHERE id = ?", (number,))

    done = Bot(tmp_path / "earlier.sqlite")("facts", "--explain", str(number))

    assert "stored by an earlier version of the rules" in done.err
    assert "\nstatus claimed\n    somebody is given as the source\n" in done.out


def test_relations_are_explained_by_their_evidence(told: Bot) -> None:
    """What a newer figure replaces, and both figures."""
    rows = told("facts", "--jsonl").rows
    (number, target) = next((f["fact"], r["fact"]) for f in rows for r in f["relations"] if r["type"] == "updates")

    out = told("facts", "--explain", str(number)).out

    assert f"\nupdates {target}: " in out
    assert "the newer figure, date or position for the same thing; evidence: " in out


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["--story", "none"], "no story has the id 'none'"),
        (["--jsonl", "--story", "none"], "no story has the id 'none'"),
        (["--explain", "999"], "no fact has the number 999"),
    ],
)
def test_what_is_not_there_is_told(told: Bot, args: list[str], expected: str) -> None:
    """Status 1, and where to look."""
    assert expected in told("facts", *args, status=1).err


def test_alerts_have_the_contract_s_shape(told: Bot) -> None:
    """One a story, oldest first; an update names the fact that it replaces."""
    first, second = told("alerts", "--jsonl").rows

    assert (first["story"], second["story"]) == ("crossing", "newer")
    assert set(first) == {"alert", "story", "state", "deliveries", "facts"}
    assert {fact["tag"] for fact in first["facts"]} == {"NEW"}
    update = second["facts"][0]
    assert update["tag"] == "UPDATE"
    assert update["ref"]["fact"] == fact_with(told, "1,200")
    assert CROSSING[update["ref"]["start"] : update["ref"]["end"]].startswith("Some 1,200")


def test_alerts_for_people(told: Bot) -> None:
    """The tag, the sentence, and the earlier one beside an update."""
    out = told("alerts").out

    assert "UPDATE  — Anna Kovac" in out
    assert "earlier: Some 1,200 people fled" in out


def test_a_watch_is_tried_on_every_story(told: Bot) -> None:
    """One line a story; another romanisation and another word for the same match too."""
    assert told("watch", "Ana Kovač", "--try", "--jsonl").rows[0] == {
        "story": "crossing", "matched": True, "facts": [fact_with(told, "1,200"), fact_with(told, "coats")],
    }  # fmt: skip
    assert [row["matched"] for row in told("watch", "refugees Dravik", "--try", "--jsonl").rows] == [False, True]
    assert [row["matched"] for row in told("watch", "ferry Dravik", "--try", "--jsonl").rows] == [False, False]
    assert "# newer: Number of refugees grows" in told("watch", "camps", "--try").out


def test_a_watch_without_a_telling_word_is_refused(told: Bot) -> None:
    """It would match everything, or nothing."""
    assert "has no telling word" in told("watch", "of the", "--try", status=1).err


def test_an_empty_store_is_no_error(bot: Bot) -> None:
    """Lists are empty, a question is answered with what is held: nothing."""
    assert bot("facts", "--jsonl").out == ""
    assert bot("alerts", "--jsonl").out == ""
    assert bot("watch", "ferry", "--try", "--jsonl").out == ""
    (row,) = bot.ask("how many people fled")
    assert (row["abstained"], row["held"]) == (True, {"stories": 0, "from": None, "to": None})
