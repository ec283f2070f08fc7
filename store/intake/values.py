"""Values that arrive from outside as text: JSON objects, their fields, times."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import cast

from store.intake.errors import RefusedError

MAX_LINE_BYTES = 8_000_000  # as large as the largest file that is taken for one story
_ZONE_HINT = "write a zone with it, such as 2026-02-03T17:42:00+05:00, or Z for UTC"


def parse_object(raw: bytes) -> dict[str, object]:
    """Return the JSON object that a line holds.

    Raises:
        RefusedError: Not UTF-8, not JSON, not an object, or too long to be a story.
    """
    if len(raw) > MAX_LINE_BYTES:
        raise RefusedError(f"has {len(raw):,} bytes, more than any story ({MAX_LINE_BYTES:,})")
    try:
        given = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RefusedError(f"not UTF-8 (byte {raw[error.start]:#04x} at {error.start}): save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise RefusedError(f"not JSON ({error.msg} at character {error.pos + 1})") from error
    except RecursionError as error:
        raise RefusedError("not a story: nested too deeply") from error
    if not isinstance(given, dict):
        raise RefusedError('not a JSON object: one such as {"text": "..."} is needed')
    return cast(dict[str, object], given)


def text_field(given: dict[str, object], name: str) -> str | None:
    """Return the text under *name*; None when it is absent, null or empty.

    Raises:
        RefusedError: Something else than a text is there.
    """
    value = given.get(name)
    if value is None or isinstance(value, str):
        return value or None
    raise RefusedError(f'"{name}" must be a text in quotation marks, not {json.dumps(value)[:40]}')


def parse_time(text: str) -> datetime:
    """Return the moment that an ISO 8601 time with a zone names.

    A time without a zone is refused, not read as UTC: it would put "on Friday" a day off in half of the world.

    Raises:
        RefusedError: Not a time, or without a zone.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise RefusedError(f"{text!r} is not an ISO 8601 time: {_ZONE_HINT}") from error
    if moment.utcoffset() is None:
        raise RefusedError(f"{text!r} has no zone: {_ZONE_HINT}")
    try:
        moment.astimezone(UTC)
    except OverflowError as error:
        raise RefusedError(f"{text!r} is outside the calendar: {_ZONE_HINT}") from error
    return moment
