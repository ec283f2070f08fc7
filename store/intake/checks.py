"""What a story must be to be kept unchanged, and whether it can be read."""

from __future__ import annotations

import re

from store.facts.english import is_english
from store.facts.model import Story
from store.intake.errors import RefusedError

MAX_CHARS = 250_000  # a report of eighty pages, which takes some ten seconds to read; more is not one story

# Of the longer words in the first 120 characters of 160 English stories at least 71 in a hundred are in the list, of
# sentences in six other languages at most 33. Short ones ("die", "in", "war") are words of several languages.
LEAST_ENGLISH = 0.5
LONGER_WORD = 4  # letters, and more
FEWEST_WORDS = 5  # fewer tell nothing
_TOLD_BY_CHARS = 4_000
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]+(?![\w'’-])")
_LATIN_ENDS = "\u0250"  # the last letters of the Latin alphabets stand before it


def looks_english(text: str) -> bool:
    """Say whether *text* seems to be English, the only language in which facts are read; short ones may be."""
    beginning = text[:_TOLD_BY_CHARS]
    letters = [char for char in beginning if char.isalpha()]
    if sum(char >= _LATIN_ENDS for char in letters) * 2 > len(letters):
        return False
    longer = (word for word in _WORD.findall(beginning) if len(word) >= LONGER_WORD)
    words = [word for word in longer if word.islower()]  # capitals begin names
    return len(words) < FEWEST_WORDS or sum(map(is_english, words)) >= LEAST_ENGLISH * len(words)


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
