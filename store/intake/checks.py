"""What a story must be to be kept unchanged."""

from __future__ import annotations

from store.facts.model import Story
from store.intake.errors import RefusedError

MAX_CHARS = 250_000  # a report of eighty pages, which takes some ten seconds to read; more is not one story


def check(story: Story) -> None:
    """Refuse what cannot be kept unchanged, or holds nothing to keep.

    Raises:
        RefusedError: No words, too long, or holding NUL or half a character.
    """
    if not any(char.isalnum() for char in story.text):
        raise RefusedError("holds no words")
    if len(story.text) > MAX_CHARS:
        raise RefusedError(f"has {len(story.text):,} characters, more than one story ({MAX_CHARS:,}): split it")
    for name in ("text", "title", "outlet", "url"):
        _check_characters(name, getattr(story, name) or "")


def _check_characters(name: str, value: str) -> None:
    if "\0" in value:
        raise RefusedError(f"the {name} holds a NUL at character {value.index(chr(0))}, so it is not plain text")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        half = f"U+{ord(value[error.start]):04X}"
        raise RefusedError(
            f"the {name} holds half a character ({half} at {error.start}), cut off somewhere on its way; send it whole"
        ) from error
