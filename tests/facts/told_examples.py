"""Reads the tables of told stories, which are read with nothing but their text."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

_EXAMPLES = Path(__file__).parent / "examples"
TABLES = tuple(
    _EXAMPLES / name
    for name in (
        *("told.txt", "back_references.txt", "transcripts.txt", "names.txt", "quoted.txt", "second_voices.txt"),
        "standings.txt",
    )
)
NO_FACT = "~"


@dataclass
class Expected:
    """What is expected of one sentence; an empty status, mode or role may be any, the speaker NO_FACT is no fact."""

    sentence: str
    speaker: str | None
    status: str
    mode: str
    role: str
    place: str  # table and line
    claims: list[tuple[str, str]] = field(default_factory=list)  # all its claims: whose, and the words


@dataclass
class ToldStory:
    """One story of the table, as paragraphs of sentences."""

    paragraphs: list[list[str]] = field(default_factory=lambda: [[]])
    expected: list[Expected] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs if paragraph)


def read_told() -> list[ToldStory]:
    """Return the stories of the tables, in order."""
    return [story for table in TABLES for story in _read_table(table)]


def _read_table(table: Path) -> list[ToldStory]:
    stories: list[ToldStory] = []
    for number, line in enumerate(table.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        if line.startswith("story:"):
            stories.append(ToldStory())
        elif stories:
            _read_line(stories[-1], line, f"{table.stem} line {number}")
    return stories


def _read_line(story: ToldStory, line: str, place: str) -> None:
    if not line.strip():
        story.paragraphs.append([])
    elif line.startswith("="):
        cells = [cell.strip() for cell in line[1:].split("|")]
        speaker, status, mode, role = cells + [""] * (4 - len(cells))
        sentence = story.paragraphs[-1][-1]
        story.expected.append(Expected(sentence, None if speaker == "-" else speaker, status, mode, role, place))
    elif line.startswith("+"):
        whose, _, words = line[1:].partition("|")
        story.expected[-1].claims.append((whose.strip(), words.strip()))
    else:
        story.paragraphs[-1].append(line)
