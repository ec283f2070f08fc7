"""Telegram's own library as a reader of our messages, offline."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import tdjson


@dataclass(frozen=True)
class Parsed:
    """A message as Telegram reads it."""

    text: str
    entities: list[tuple[str, str | None]]  # kind, address of a link
    found: list[str]  # kinds that Telegram adds by itself, outside of code


def execute(**request: Any) -> dict[str, Any]:
    """Call the library."""
    return json.loads(tdjson.td_execute(json.dumps({k.replace("at_", "@"): v for k, v in request.items()}).encode()))


execute(at_type="setLogVerbosityLevel", new_verbosity_level=0)


def parsed(markup: str) -> Parsed:
    """Parse a message; AssertionError if Telegram would refuse it."""
    answer = execute(at_type="parseTextEntities", text=markup, parse_mode={"@type": "textParseModeHTML"})
    assert answer["@type"] == "formattedText", (answer, markup)
    entities = [(_kind(entity), entity["type"].get("url")) for entity in answer["entities"]]
    code = [(e["offset"], e["offset"] + e["length"]) for e in answer["entities"] if _kind(e) == "Code"]
    found = [
        _kind(e)
        for e in execute(at_type="getTextEntities", text=answer["text"])["entities"]
        if not any(start <= e["offset"] < end for start, end in code)
    ]
    return Parsed(answer["text"], entities, found)


def _kind(entity: dict[str, Any]) -> str:
    return entity["type"]["@type"].removeprefix("textEntityType")


def links(message: Parsed) -> list[str | None]:
    """Return the addresses of a message's links."""
    return [url for kind, url in message.entities if kind == "TextUrl"]
