"""The table of running events, read: stories to compare, and what each of their sentences deserves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from store.facts.model import Story

_TABLE = Path(__file__).with_suffix(".txt")


@dataclass(frozen=True)
class Expected:
    """What one sentence deserves: a tag ("SILENT" for none), and the keys of the facts that it may refer to."""

    key: str
    sentence: str
    tags: dict[str, tuple[str, ...]]  # every tag that is right -> keys that its ref may name


@dataclass(frozen=True)
class Told:
    """One story of an event."""

    key: str
    story: Story
    rows: list[Expected] = field(default_factory=list)


@cache
def events() -> dict[str, list[Told]]:
    """Return the events with their stories in publishing order."""
    found: dict[str, list[Told]] = {}
    for block in _TABLE.read_text(encoding="utf-8").split("\n## ")[1:]:
        name, *stories = block.split("\n# ")
        found[name.strip()] = [_told(story) for story in stories]
    return found


def _told(block: str) -> Told:
    head, *lines = block.rstrip("\n").split("\n")
    key, outlet, published, url, dateline = (cell.strip() for cell in head.split("|"))
    rows, text = [], f"{dateline} " if dateline else ""
    for line in lines:
        if not line.strip():
            text += "\n\n"
            continue
        name, tag, ref, also, sentence = (cell.strip() for cell in line.split("|", 4))
        rows.append(Expected(name, sentence, _tags(tag, ref, also)))
        text += sentence if text.endswith(("\n", "- ", "— ")) or not text else f" {sentence}"
    return Told(key, Story(text, None, outlet, url, datetime.fromisoformat(published)), rows)


def _tags(tag: str, ref: str, also: str) -> dict[str, tuple[str, ...]]:
    tags: dict[str, tuple[str, ...]] = {tag: (ref,) if ref else ()}
    for item in filter(None, also.split(";")):
        other, _, key = item.partition(">")
        tags[other] = (*tags.get(other, (ref,) if ref and not key else ()), *((key,) if key else ()))
    return tags
