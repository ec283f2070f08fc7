"""Stories with just what a test is about, and other processes."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store.database.store import Store
from store.database.stories import Receipt, compare_story, save_story
from store.facts.model import Cast, Entity, Extraction, Fact, Kind, Layout, Link, Mode, Quantity, Span, Status, Story

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 2, 3, 12, 0, tzinfo=UTC)

FERRY = "A ferry with 312 people ran aground off Lundevik. The coast guard took everyone off. The owners blamed fog."
BRIDGE = "The bridge at Corvara was closed to lorries. Engineers found cracks in two pillars. Repairs take a month."


def later(**span: float) -> datetime:
    """Return a moment after NOW."""
    return NOW + timedelta(**span)


def story(text: str = FERRY, **fields: object) -> Story:
    """Return a story; its outlet is "Northline" unless told."""
    return Story(text, **{"outlet": "Northline", **fields})  # type: ignore[arg-type]


def extraction_of(text: str, *, links: tuple[Link, ...] = ()) -> Extraction:
    """Read *text* the simplest way: a fact ends at each full stop, a number is a quantity, and there is one name."""
    facts: list[Fact] = []
    start = 0
    for sentence in text.split(". "):
        end = min(start + len(sentence) + 1, len(text))
        words = [word.strip(".,") for word in sentence.split()]
        figures = tuple(
            Quantity(word, start + sentence.index(word), start + sentence.index(word) + len(word), float(word))
            for word in words
            if word.isdigit()
        )
        position = len(facts)
        facts.append(Fact(start, end, 0, position, Status.ASSERTED, Mode.ASSERTION, quantities=figures))
        start = end + 1
    cast = Cast((Entity("Lundevik", Kind.PLACE),))
    return Extraction(tuple(facts), links, Layout((), (Span(0, len(text)),), ()), cast)


def save(store: Store, text: str = FERRY, *, key: str | None = None, quiet: bool = False, **fields: object) -> Receipt:
    """Save a story as the rest of the program does."""
    told = story(text, **fields)
    extraction = extraction_of(text)
    return store.write_prepared(
        lambda db: compare_story(db, told, extraction, key=key),
        lambda db, compared: save_story(db, told, extraction, key=key, now=NOW, quiet=quiet, compared=compared),
    )


def start_process(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Run *script* in another Python; it may import the project, and its output is read as text."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
