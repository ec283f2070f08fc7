"""A store for finding alone: sentences in, index out, without extraction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from store.database.index import index_story
from store.database.schema import MIGRATIONS
from store.facts.model import Cast, Fact, Known, Mode, Speaker, Status


def shelf(*stories: Sequence[str], titles: Sequence[str | None] = (), cast: Cast | None = None) -> Database:
    """Return a database that holds *stories*, each the texts of its paragraphs; a sentence ends with " / "."""
    db = Database(memory=True)
    MIGRATIONS.apply(db)
    first = 1
    for number, paragraphs in enumerate(stories, 1):
        facts = sentences(number, first, paragraphs)
        title = titles[number - 1] if number <= len(titles) else None
        index_story(db, number, title=title, facts=facts, cast=cast or Cast())
        first += len(facts)
    return db


def sentences(
    story: int,
    first: int,
    paragraphs: Sequence[str],
    *,
    speaker: Speaker | None = None,
    status: Status = Status.ASSERTED,
) -> list[Known]:
    """Return the sentences of *paragraphs* as facts of *story*, numbered from *first*."""
    found: list[Known] = []
    for paragraph, text in enumerate(paragraphs):
        for sentence in text.split(" / "):
            at = len(found)
            fact = Fact(at, at + len(sentence), paragraph, at, status, Mode.ASSERTION, speaker=speaker)
            found.append(Known(first + at, story, f"s{story}", sentence, fact))
    return found
