"""Whatever comes in, there is a clear word about what is wrong, nothing is stored by half, and never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.commandline.parser import build_parser
from store.intake.files import MAX_FILE_BYTES
from tests.commandline.conftest import CROSSING, Bot, story

HOSTILE_QUESTIONS = {
    "emoji": "🚢🌊👩‍👩‍👧‍👦",
    "right to left": "كم عدد اللاجئين \u202e 1200",
    "zero width": "h\u200bow m\u200dany \u2060people\ufeff fled",
    "operators": 'people AND NOT fled OR "river" NEAR(a b, 3) * ^ : -',
    "quotes": "\"'`“”«»\\",
    "column filter": "stems: {people fled} + title:x",
    "markup": "<b>people</b>&<script>",
    "sql": "'; DROP TABLE facts; --",
    "nul": "how many\0people fled",
    "half a character": "how many people \ud83d fled",
    "combining": "a" + "\u0301" * 300,
    "one word": "x" * 6_000,
    "many words": "people " * 1_000,
    "digits": "9" * 400,
    "blanks": " \t\n ",
    "controls": "".join(map(chr, range(1, 32))),
}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (bytes(range(256)) * 40, "is not text"),
        (b"Two died.\0\0\0", "is not text"),
        (b"%PDF-1.4\n", "is a PDF"),
        ("🚢 🌊".encode(), "holds no words"),
        (b"x" * (MAX_FILE_BYTES + 1), "more than any story"),
        (b"a " * 2_500_000, "more than one story"),
    ],
    ids=["empty", "blank", "mark only", "binary", "nul", "pdf", "emoji", "too large", "5 MB of one line"],
)
def test_a_bad_file_is_refused_by_name(bot: Bot, tmp_path: Path, raw: bytes, expected: str) -> None:
    """The good file beside it is stored, and the status is 1."""
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    bad.write_bytes(raw)
    good.write_text(CROSSING, encoding="utf-8")

    done = bot("ingest", str(bad), str(good), status=1)

    assert f"{bad}: " in done.err
    assert expected in done.err
    assert done.out == f"{good}: stored as s1, 3 facts\n"


def test_five_megabytes_of_one_line_as_json(bot: Bot) -> None:
    """Refused with its size; the story after it is stored."""
    done = bot.ingest(story(id="huge", text="a " * 2_500_000), story(), status=1)

    assert [row["state"] for row in done.rows] == ["refused", "stored"]
    assert "5,000,000 characters" in done.rows[0]["why"]


def test_a_long_line_that_is_just_allowed(bot: Bot) -> None:
    """A quarter of a million characters without a full stop are taken in good time."""
    (row,) = bot.ingest(story(text="word " * 48_000 + "Zanzibar")).rows

    assert row["state"] == "stored"


def test_nothing_in_lines_breaks_the_rest(bot: Bot) -> None:
    """Lone surrogates, NUL, no zone, no text, wrong kinds, broken JSON: each its line and its word."""
    done = bot.ingest(
        b'{"id": "s", "text": "Half \\ud83d of it"}',
        b'{"id": "n", "text": "A \\u0000 in it"}',
        b'{"id": "z", "text": "Two died.", "published": "2026-03-03T18:00:00"}',
        b'{"id": "e", "text": "  "}',
        b'{"id": "k", "text": ["Two died."]}',
        b'{"id": "b", "text": "Two died."',
        b"\xff\xfe\xfa",
        story(),
        status=1,
    )

    assert [row["state"] for row in done.rows] == ["refused"] * 7 + ["stored"]
    assert [row["story"] for row in done.rows] == ["s", "n", "z", "e", "k", None, None, "crossing"]
    assert all(f"line {n}: " in row["why"] for n, row in enumerate(done.rows[:7], start=1))
    assert {fact["story"] for fact in bot("facts", "--jsonl").rows} == {"crossing"}


def test_hostile_questions_get_an_answer_each(bot: Bot) -> None:
    """In order, with status 0, and every sentence verbatim."""
    bot.ingest(story())

    rows = bot.ask(*({"id": name, "q": text} for name, text in HOSTILE_QUESTIONS.items()))

    assert [row["id"] for row in rows] == list(HOSTILE_QUESTIONS)
    for row in rows:
        assert row["abstained"] or row["answers"]
        assert all(answer["text"] == CROSSING[answer["start"] : answer["end"]] for answer in row["answers"])


@pytest.mark.parametrize("name", ["emoji", "markup", "operators", "right to left"])
def test_hostile_questions_as_text(bot: Bot, name: str) -> None:
    """For people too: something is said, nothing breaks."""
    assert bot("ask", "--", HOSTILE_QUESTIONS[name]).out.strip()


def test_a_question_of_six_thousand_characters(bot: Bot) -> None:
    """Too long, with what to do instead; as a line of JSON it has its answer in its place."""
    assert "a question of 6,000 characters is too long" in bot("ask", "x" * 6_000, status=1).err


SLIPS = ("ask --limit 0 x", "ask --now 2026-01-01 x", "fetch", "ask --since x y", "watch ferry", "--limit 3 ask x")


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_on_the_command_line_is_wrong_usage(slip: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, told apart from what could not be done."""
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(slip.split())

    assert ended.value.code == 2
    assert "error: " in capsys.readouterr().err


def test_no_question_is_told(bot: Bot) -> None:
    """Wrong usage has status 2, and an example."""
    assert 'such as: bot.py ask "how many' in bot("ask", status=2).err


@pytest.mark.parametrize(
    ("raw", "expected"),
    [(b"not a database at all, but long enough to be one" * 40, "is not a SQLite database"), (b"", None)],
)
def test_a_file_that_is_no_database(bot: Bot, raw: bytes, expected: str | None) -> None:
    """Left alone, with a word; an empty file is one that can be used."""
    bot.db.write_bytes(raw)

    done = bot("ask", "anything", status=1 if expected else 0)

    assert expected is None or expected in done.err
    assert expected is None or bot.db.read_bytes() == raw


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """One line that names it."""
    (tmp_path / "file").write_text("")

    done = Bot(tmp_path / "file" / "news.sqlite")("ask", "anything", status=1)

    assert "cannot open" in done.err
    assert len(done.err.splitlines()) == 1
