"""The stories that ship with the project, so that every feature can be seen before anything else is stored.

Three running events, told by several outlets: `border` follows real events of July 2021 in our own words; `flood` and
`ferry` are invented. No outlet in them exists.
"""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files

from store.database.reading import holdings, story_by_key
from store.database.store import Store
from store.intake.accept import take_in
from store.intake.jsonl import StoryLine, read_lines

EVENTS = ("border", "flood", "ferry")  # in the order of their dates
ADDED_BY = "samples"


def sample_lines() -> list[StoryLine]:
    """Return every sample story, oldest first within its event."""
    folder = files("store.intake") / "samples"
    return [line for event in EVENTS for line in read_lines((folder / f"{event}.jsonl").read_bytes().splitlines())]


def load_samples(store: Store, *, now: datetime) -> int:
    """Store the samples without alerting anybody, if nothing is held yet; return how many were stored."""
    if store.read(holdings)[0]:
        return 0
    lines = sample_lines()
    for line in lines:
        if line.story is None:
            raise ValueError(line.why)  # a slip in a file that we ship
        take_in(store, line.story, key=line.key, now=now, quiet=True, added_by=ADDED_BY)
    return len(lines)


def holds_samples(store: Store) -> bool:
    """Say whether the samples are among what is held."""
    first = store.read(lambda db: story_by_key(db, f"{EVENTS[0]}-1"))
    return first is not None and first.added_by == ADDED_BY
