"""One story a line, as JSON: what `ingest --jsonl` reads. A bad line is refused with why; the others are not hurt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from store.facts.model import Story
from store.intake.checks import check
from store.intake.errors import RefusedError
from store.intake.values import MAX_LINE_BYTES, parse_object, parse_time, text_field

_TEXT_FIELDS = ("id", "title", "text", "outlet", "url", "published")


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A line read: either a story, or why it is none."""

    number: int  # counted from 1, blank lines too
    key: str | None  # the id given
    story: Story | None
    why: str | None = None


def read_lines(lines: Iterable[bytes]) -> Iterator[StoryLine]:
    """Yield a `StoryLine` for each line that is not blank, in order, each as soon as it is there."""
    for number, raw in enumerate(lines, start=1):
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if line.strip():
            yield _read_line(number, line)


def _read_line(number: int, raw: bytes) -> StoryLine:
    key = None
    try:
        given = parse_object(raw)
        key = text_field(given, "id")
        return StoryLine(number, key, _story(given))
    except RefusedError as refused:
        return StoryLine(number, key, None, f"line {number}: {refused.why}")


def _story(given: dict[str, object]) -> Story:
    """Raises RefusedError: a field that is missing, of the wrong kind, or cannot be stored."""
    fields = {name: text_field(given, name) for name in _TEXT_FIELDS}
    if fields["text"] is None:
        raise RefusedError('has no "text"')
    story = Story(
        text=fields["text"],
        title=fields["title"],
        outlet=fields["outlet"],
        url=fields["url"],
        published_at=parse_time(fields["published"]) if fields["published"] else None,
    )
    check(story)
    return story


def bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the stream's lines; one over `MAX_LINE_BYTES` is cut there, so that it is refused without being held."""
    while line := stream.readline(MAX_LINE_BYTES + 1):
        yield line
        while not line.endswith(b"\n") and (line := stream.readline(MAX_LINE_BYTES + 1)):
            pass  # the rest of a line that is too long
