"""Reads the table of speaker examples into stories with a layout and a cast made by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from store.facts.model import Cast, Entity, Kind, Layout, Mention, Sentence, Span
from store.facts.page.quotes import find_quotes

TABLE = Path(__file__).parent / "examples" / "speakers.txt"


@dataclass
class Example:
    """One sentence and what is expected of it."""

    story: Told
    position: int
    speaker: str | None
    statuses: tuple[str, ...]
    mode: str | None
    line: int

    @property
    def text(self) -> str:
        """The sentence."""
        return self.story.sentences[self.position]


@dataclass
class Told:
    """One story of the table."""

    kind: str
    cast_rows: list[list[str]] = field(default_factory=list)
    paragraphs: list[list[str]] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]

    @property
    def text(self) -> str:
        return "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs)

    def layout(self) -> Layout:
        """Return the layout, each line a sentence."""
        sentences: list[Sentence] = []
        spans: list[Span] = []
        at = 0
        for number, paragraph in enumerate(self.paragraphs):
            first = at
            for words in paragraph:
                sentences.append(Sentence(at, at + len(words), number, len(sentences)))
                at += len(words) + 1
            spans.append(Span(first, at - 1))
            at += 1
        return Layout(tuple(sentences), tuple(spans), find_quotes(self.text, spans))

    def cast(self) -> Cast:
        """Return the cast that the table gives, with each place where a spelling stands."""
        return Cast(tuple(_entity(row, self.text) for row in self.cast_rows))


def _entity(row: list[str], text: str) -> Entity:
    kind, name, *rest = row
    spellings = [s.strip() for s in rest[-1].split(";")]
    longest_first = sorted(spellings, key=len, reverse=True)
    pattern = "|".join(rf"(?<!\w){re.escape(s)}(?!\w)" for s in longest_first)
    mentions = tuple(Mention(m.start(), m.end(), m.group()) for m in re.finditer(pattern, text))
    if kind == "person":
        role, of, gender = (cell or None for cell in rest[:3])
        return Entity(name, Kind.PERSON, role, of, gender, tuple(spellings), mentions)
    if kind == "place":
        return Entity(name, Kind.PLACE, None, rest[0] or None, None, tuple(spellings), mentions)
    return Entity(name, Kind.ORG, None, None, None, tuple(spellings), mentions)


def read_examples() -> list[Example]:
    """Return every example of the table, in order."""
    stories: list[Told] = []
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        if line.startswith("story:"):
            stories.append(Told(line.removeprefix("story:").strip()))
        elif stories:
            _read_line(stories[-1], line, number)
    return [example for story in stories for example in story.examples]


def _read_line(story: Told, line: str, number: int) -> None:
    if not line.strip():
        story.paragraphs.append([])
    elif line.startswith("="):
        speaker, statuses, *mode = (cell.strip() for cell in line[1:].split("|"))
        expected = (None if speaker == "-" else speaker, tuple(statuses.split("/")), mode[0] if mode else None)
        story.examples.append(Example(story, len(story.sentences) - 1, *expected, number))
    elif not story.sentences and line.split(" ", maxsplit=1)[0] in {"person", "org", "place"}:
        kind, rest = line.split(" ", 1)
        story.cast_rows.append([kind, *(cell.strip() for cell in rest.split("|"))])
    else:
        story.paragraphs[-1].append(line.strip())
    story.paragraphs = [p for i, p in enumerate(story.paragraphs) if p or i == len(story.paragraphs) - 1]
