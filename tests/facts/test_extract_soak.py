"""A hundred thousand damaged stories: none makes extraction fail, no fact is off by a character (`make soak`)."""

from __future__ import annotations

import os
import random
from datetime import datetime
from pathlib import Path

import pytest

from store.facts.extract import extract_facts
from store.facts.model import Extraction, Story

EXAMPLES = Path(__file__).parent / "examples"
STORIES = int(os.environ.get("SOAK_STORIES", "100000"))
ODD = [
    "\x00",
    "\u200b",
    "\u202e",
    "\ud83d",
    "🚢",
    "“",
    "”",
    "'",
    "’",
    '"',
    "«",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    " ",
    ". ",
    ".",
    ",",
]
ODD += [
    "(",
    ")",
    "-",
    "—",
    "5 p.m. ",
    "Mr ",
    "said ",
    "A.",
    "é",
    "Ё",
    "عر",
    "١٢",
    "½",
    "%",
    "$",
    "https://x.example",
    "#",
    "@",
]


def sources() -> list[str]:
    """Return the example stories that are damaged, from the tables of the other tests."""
    return [
        block.replace("[[", "").replace("]]", "")
        for path in sorted(EXAMPLES.glob("*.txt"))
        for block in path.read_text(encoding="utf-8").split("\n=== ")[1:]
    ]


def damaged(dice: random.Random, stories: list[str]) -> str:
    """Return a story with pieces cut, doubled, moved, joined to another's, in other case, or with odd characters."""
    text = dice.choice(stories)
    at = dice.randrange(len(text))
    text = text[at : at + dice.randint(1, 700)]
    for _ in range(dice.randint(0, 6)):
        start, end = sorted((dice.randint(0, len(text)), dice.randint(0, len(text))))
        piece = text[start:end]
        other = dice.choice(stories)
        changed = dice.choice(
            [
                "",
                piece + piece[:80],
                piece.upper(),
                piece.lower(),
                piece[::-1],
                piece.replace(" ", ""),
                piece.replace(". ", ".\n"),
                dice.choice(ODD) * dice.randint(1, 5) + piece,
                piece[: len(piece) // 2] + dice.choice(ODD) + piece[len(piece) // 2 :],
                piece + other[: dice.randint(0, 200)],
            ]
        )
        text = (text[:start] + changed + text[end:])[:1500]
    return text


def check(text: str, found: Extraction) -> None:
    end = 0
    for fact in found.facts:
        words = text[fact.start : fact.end]
        assert end <= fact.start < fact.end <= len(text)
        assert words == words.strip()
        parts = [(q.start, q.end, q.text) for q in fact.quantities] + [(d.start, d.end, d.text) for d in fact.dates]
        for start, stop, printed in parts:
            assert fact.start <= start < stop <= fact.end
            assert text[start:stop] == printed
        end = fact.end
    for entity in found.cast.entities:
        assert all(text[m.start : m.end] == m.text for m in entity.mentions)
    assert all(0 <= link.source < len(found.facts) > link.target >= 0 for link in found.links)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_damaged_stories_are_read() -> None:
    """Whatever is done to a story, extraction gives facts that are its text, to the character."""
    dice = random.Random(20210728)  # noqa: S311 - the same stories every time
    stories = sources()
    published_at = datetime.fromisoformat("2026-03-03T18:00:00+05:00")
    for number in range(STORIES):
        text = damaged(dice, stories)
        story = Story(text, title=text[:40] if number % 3 else None, published_at=published_at if number % 2 else None)
        try:
            check(text, extract_facts(story))
        except Exception as error:
            error.add_note(f"story {number}: {text!r}")
            raise
