"""A line is a story or is refused with why, whatever stands in it."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.intake.checks import MAX_CHARS
from store.intake.jsonl import StoryLine, bounded_lines, read_lines
from store.intake.values import MAX_LINE_BYTES


def read(*lines: bytes | dict[str, object]) -> list[StoryLine]:
    """Read lines, given as bytes or as what they hold."""
    return list(read_lines(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))


def why(line: bytes | dict[str, object]) -> str:
    """Return why one line is refused."""
    (found,) = read(line)
    assert found.story is None
    assert found.why is not None
    return found.why


def test_a_whole_story() -> None:
    """Every field arrives, the time in its own zone."""
    (line,) = read(
        {
            "id": "002",
            "title": "T",
            "text": "Two died.",
            "outlet": "O",
            "url": "https://o.example/1",
            "published": "2026-02-03T17:42:00+05:00",
        }
    )

    assert line.key == "002"
    assert line.story is not None
    assert (line.story.text, line.story.title, line.story.outlet) == ("Two died.", "T", "O")
    assert line.story.url == "https://o.example/1"
    assert line.story.published_at == datetime.fromisoformat("2026-02-03T17:42:00+05:00")
    assert line.story.published_at.utcoffset() == timedelta(hours=5)


def test_only_the_text_is_required() -> None:
    """null, "" and absent are the same for the rest."""
    for line in read({"text": "Two died."}, {"text": "Two died.", "title": None, "outlet": "", "id": None}):
        assert line.story is not None
        assert (line.key, line.story.title, line.story.outlet, line.story.published_at) == (None, None, None, None)


def test_text_is_kept_to_the_character() -> None:
    """Line ends, blanks at the ends, odd spaces and direction marks are the story's."""
    text = "  A\r\n\tb\u00a0c\u200b\u202e d \U0001f6a2 e\u0301 \n"

    assert read({"text": text})[0].story.text == text  # type: ignore[union-attr]


def test_blank_lines_are_no_stories_and_are_counted() -> None:
    """The number in a refusal is the line of the file."""
    lines = read(b"", b"  \n", {"text": "Two died."}, b"{", b"\n")

    assert [line.number for line in lines] == [3, 4]
    assert lines[1].why == "line 4: not JSON (Expecting property name enclosed in double quotes at character 2)"


def test_a_mark_at_the_start_is_no_error() -> None:
    """Editors put one before UTF-8."""
    assert read(b"\xef\xbb\xbf" + b'{"text": "Two died."}')[0].story is not None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"[1, 2]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b'{"text": "caf\xe9"}', "not UTF-8 (byte 0xe9 at 13)"),
        ({"title": "T"}, 'has no "text"'),
        ({"text": ""}, 'has no "text"'),
        ({"text": 3}, '"text" must be a text in quotation marks, not 3'),
        ({"text": "Two died.", "id": 7}, '"id" must be a text in quotation marks, not 7'),
        ({"text": " \n\u200b🚢 "}, "holds no words"),
        ({"text": "Two\0died."}, "holds a NUL at character 3"),
        ({"text": "Two died.", "title": "a\0b"}, "the title holds a NUL"),
        (b'{"text": "Two \\ud83d died."}', "half a character (U+D83D at 4)"),
        ({"text": "Two died.", "published": "2026-02-03T17:42:00"}, "has no zone: write a zone with it"),
        ({"text": "Two died.", "published": "2026-02-03"}, "has no zone"),
        ({"text": "Two died.", "published": "yesterday"}, "is not an ISO 8601 time"),
        ({"text": "Two died.", "published": "0001-01-01T00:00:00+14:00"}, "outside the calendar"),
        ({"text": "w " * (MAX_CHARS // 2 + 1)}, "more than one story"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_refused_with_why(line: bytes | dict[str, object], expected: str) -> None:
    """Each in words that say what to do about it."""
    assert expected in why(line)


def test_a_refused_line_keeps_its_id() -> None:
    """So that a script can tell which of its stories it was."""
    assert read({"id": "7", "text": ""})[0].key == "7"


def test_an_endless_line_is_cut_and_refused() -> None:
    """Neither memory nor the lines after it suffer."""
    good = json.dumps({"text": "Two died."}).encode() + b"\n"
    stream = io.BytesIO(b'{"text": "' + b"x" * (2 * MAX_LINE_BYTES) + b'"}\n' + good)

    lines = list(read_lines(bounded_lines(stream)))

    assert [line.story is not None for line in lines] == [False, True]
    assert "more than any story" in (lines[0].why or "")


@given(st.lists(st.binary(max_size=60)))
def test_any_lines_give_one_answer_each(lines: list[bytes]) -> None:
    """Never an exception; a line is a story, or says why not."""
    found = list(read_lines(lines))

    assert all((line.story is None) == (line.why is not None) for line in found)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_text_goes_through_unchanged(text: str) -> None:
    """What is accepted is what was given."""
    (line,) = read({"text": text})

    assert line.story is None or line.story.text == text
