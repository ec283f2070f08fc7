"""Tables of two sentences, a held one and a newer one, and what the newer is as against the held."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from knowns import MORNING
from running_events import events

from store.facts.comparing.comparing import compare
from store.facts.comparing.profiles import Profile, read_profile
from store.facts.extract import extract_facts
from store.facts.model import Finding, Known, Story

EXAMPLES = Path(__file__).parent / "examples"


def rows(table: str) -> list[tuple[str, ...]]:
    """Return the rows of one of the tables in `examples`, with empty columns at their ends kept."""
    lines = (EXAMPLES / table).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def _read(story: Story, number: int) -> list[Known]:
    return [
        Known(
            -1 - fact.position, number, str(number), story.text[fact.start : fact.end], fact,
            outlet=story.outlet, published_at=story.published_at,
        )
        for fact in extract_facts(story).facts
    ]  # fmt: skip


def told(text: str, *, outlet: str, hours: float, story: int) -> list[Known]:
    """Return the facts of a story told some hours after MORNING, read as a story is."""
    return _read(Story(text, outlet=outlet, published_at=MORNING + timedelta(hours=hours)), story)


@cache
def _backdrop() -> tuple[Profile, ...]:
    """Return all that the running events tell, so that words are as rare as in a store of many stories."""
    every = [told.story for stories in events().values() for told in stories]
    long_ago = MORNING - timedelta(days=90)
    return tuple(
        read_profile(replace(known, id=1000 * number + known.fact.position, published_at=long_ago))
        for number, story in enumerate(every, start=1)
        for known in _read(story, number + 1)
    )


def findings(before: str, after: str, *, hours: float = 48, outlet: str = "Dagny Post") -> list[Finding]:
    """Compare the facts of one story with those of another, of the outlet Northwind, that came out before.

    The facts of the held one are numbered 1, 2, … in order.
    """
    held = [replace(known, id=1 + known.fact.position) for known in told(before, outlet="Northwind", hours=0, story=1)]
    new = [replace(known, story=0) for known in told(after, outlet=outlet, hours=hours, story=0)]
    kept = [read_profile(known) for known in held]
    beside = {-1: _backdrop()} | {known.fact.position: kept for known in new}  # none of the new facts is at -1
    return compare([read_profile(known) for known in new], beside).findings
