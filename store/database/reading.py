"""Reading stories and facts back as the values that they were."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from store.database.identity import shape_of
from store.database.packing import FactRow, read_details, unpack_fact
from store.database.phrases import phrases_of
from store.facts.model import Fact, Known, RelationType, Story
from store.facts.words import telling_stems

# A story is current unless a later text came in under its own key.
IS_CURRENT = "version = (SELECT max(version) FROM stories AS other WHERE other.key = stories.key)"


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story with what the database knows about it."""

    id: int
    key: str  # the id that people and scripts use
    version: int  # 1 for the first text under this key
    story: Story
    added_at: datetime
    added_by: str | None
    agency: str | None
    place: str | None  # of the dateline
    revises: int | None  # id of the earlier story that this is a changed text of
    origin: int | None  # id of the story that this is a near-verbatim copy of
    fact_ids: range


@dataclass(frozen=True, slots=True)
class StoredRelation:
    """What one stored fact does to another, by their ids."""

    source: int
    type: RelationType
    target: int
    evidence: str


def known_facts(db: Database, ids: Iterable[int], *, stems: bool = False) -> dict[int, Known]:
    """Return the facts with these *ids*, in their order; ids that do not exist are left out.

    `Known.stems` is filled only when asked for: it takes as long as everything else.
    """
    wanted = list(dict.fromkeys(ids))
    rows = list(_fact_rows(db, wanted))
    stories = {stored.id: stored for stored in _stories(db, {story for _, story, _ in rows})}
    found = {known.id: known for known in _unpacked(db, rows, stories, stems=stems)}
    return {id_: found[id_] for id_ in wanted if id_ in found}


def known_fact(db: Database, id_: int, stored: StoredStory) -> Known:
    """Return one fact of a story that was read already."""
    (known,) = _unpacked(db, list(_fact_rows(db, [id_])), {stored.id: stored})
    return known


def _unpacked(
    db: Database, rows: Sequence[tuple[int, int, FactRow]], stories: Mapping[int, StoredStory], *, stems: bool = False
) -> Iterator[Known]:
    details = [read_details(row) for *_, row in rows]
    phrases = phrases_of(db, (phrase for _, used in details for phrase in used))
    for (id_, story, row), (detail, _) in zip(rows, details, strict=True):
        sentence = stories[story].story.text[row.start : row.end]
        fact = unpack_fact(row, detail, sentence, phrases)
        terms = telling_stems(sentence) if stems else ()
        yield as_known(id_, fact, sentence, stories[story], stems=terms)


def all_facts(db: Database, *, story_key: str | None = None, versions: bool = False) -> Iterator[Known]:
    """Yield the facts of all current stories, or of one, in the order in which they were saved.

    A text that was replaced under its own key is left out, since its key now means the new text, unless all *versions*
    are asked for.
    """
    spans = db.conn.execute(
        f"SELECT first_fact, facts FROM stories WHERE facts > 0 AND (:versions OR {IS_CURRENT})"  # noqa: S608 - ours
        " AND key = coalesce(:key, key) ORDER BY id",
        {"versions": versions, "key": story_key},
    ).fetchall()
    for first, count in spans:
        yield from known_facts(db, range(first, first + count)).values()


def story_by_key(db: Database, key: str) -> StoredStory | None:
    """Return the current story under *key*; None if there is none."""
    row = db.conn.execute("SELECT id FROM stories WHERE key = ? ORDER BY version DESC LIMIT 1", (key,)).fetchone()
    return None if row is None else stories_of(db, [row[0]])[row[0]]


def stories_of(db: Database, ids: Iterable[int]) -> dict[int, StoredStory]:
    """Return the stories with these database ids."""
    return {stored.id: stored for stored in _stories(db, set(ids))}


def all_stories(db: Database, *, versions: bool = False) -> Iterator[StoredStory]:
    """Yield the current stories in the order in which they were saved; with *versions*, the replaced texts too."""
    which = "" if versions else f"WHERE {IS_CURRENT}"
    for (id_,) in db.conn.execute(f"SELECT id FROM stories {which} ORDER BY id").fetchall():  # noqa: S608 - ours
        yield from _stories(db, {id_})


def latest_stories(db: Database, limit: int) -> list[StoredStory]:
    """Return the stories that were stored last, newest first, at most *limit*; none that was taken back."""
    rows = db.conn.execute(
        f"SELECT id FROM stories WHERE shape <> ? AND {IS_CURRENT} ORDER BY id DESC LIMIT ?",  # noqa: S608 - ours
        (shape_of(""), limit),
    )
    ids = [id_ for (id_,) in rows]
    found = stories_of(db, ids)
    return [found[id_] for id_ in ids]


def relations_of(db: Database, fact_ids: Iterable[int]) -> list[StoredRelation]:
    """Return the relations that start or end at one of *fact_ids*, each once, by source, then target."""
    wanted = json.dumps(sorted(set(fact_ids)))
    relation, listed = "SELECT source, type, target, evidence FROM relations", "(SELECT value FROM json_each(:ids))"
    rows = db.conn.execute(
        f"{relation} WHERE source IN {listed} UNION {relation} WHERE target IN {listed} ORDER BY source, target, type",
        {"ids": wanted},
    )
    return [StoredRelation(source, RelationType(type_), target, evidence) for source, type_, target, evidence in rows]


def all_relations(db: Database) -> Iterator[StoredRelation]:
    """Yield every relation, by source, then target."""
    for source, type_, target, evidence in db.conn.execute(
        "SELECT source, type, target, evidence FROM relations ORDER BY source, target, type"
    ):
        yield StoredRelation(source, RelationType(type_), target, evidence)


def current_facts(db: Database, ids: Iterable[int]) -> set[int]:
    """Return those of *ids* that may answer: no later text of their story carries the sentence or replaces it all."""
    wanted = json.dumps(sorted(set(ids)))
    query = "SELECT id FROM facts WHERE NOT retired AND id IN (SELECT value FROM json_each(?))"
    return {row[0] for row in db.conn.execute(query, (wanted,))}


# To be filled with a column of fact ids: the story of each, from an index that stays in memory.
STORY_OF = "(SELECT id FROM stories WHERE first_fact <= {} ORDER BY first_fact DESC LIMIT 1)"


def stories_of_facts(db: Database, ids: Iterable[int]) -> dict[int, int]:
    """Return the story of each of the facts with these *ids* that is not retired; every id is that of a fact."""
    listed = json.dumps(sorted(set(ids)))
    query = f"SELECT value, {STORY_OF.format('value')} FROM json_each(?)"  # noqa: S608 - ours
    found = dict(db.conn.execute(query, (listed,)).fetchall())
    # Left alone, SQLite would look at the row of each fact.
    query = "SELECT id FROM facts INDEXED BY facts_retired WHERE retired AND id IN (SELECT value FROM json_each(?))"
    for (id_,) in db.conn.execute(query, (listed,)):
        del found[id_]
    return found


def holdings(db: Database) -> tuple[int, int, date | None, date | None]:
    """Return how many stories and facts are held, and their first and last publication day; costs one row."""
    stories, facts, first, last = db.conn.execute("SELECT stories, facts, first_day, last_day FROM tally").fetchone()
    return stories, facts, _day(first), _day(last)


# Skips from name to name through an index; reading every story's takes milliseconds once there are thousands.
_NAMES_IN = """
    WITH RECURSIVE held(name) AS (
        SELECT min({0}) FROM stories WHERE {0} IS NOT NULL
        UNION ALL SELECT (SELECT min({0}) FROM stories WHERE {0} > name) FROM held WHERE name IS NOT NULL
    ) SELECT name FROM held WHERE name IS NOT NULL
"""


def outlets_held(db: Database) -> list[str]:
    """Return the outlets and agencies that held stories name, each once, in order."""
    return sorted({name for column in ("outlet", "agency") for (name,) in db.conn.execute(_NAMES_IN.format(column))})


def pack_text(text: str) -> bytes:
    """Return a story's text as it is kept."""
    return zlib.compress(text.encode())


def unpack_text(kept: bytes) -> str:
    """Return the text that `pack_text` kept, to the character."""
    return zlib.decompress(kept).decode()


def _fact_rows(db: Database, ids: Sequence[int]) -> Iterator[tuple[int, int, FactRow]]:
    rows = db.conn.execute(
        'SELECT id, story, start, "end", paragraph, position, status, speaker, details FROM facts'
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    for id_, story, *fields in rows:
        yield id_, story, FactRow(*fields)


def _stories(db: Database, ids: set[int]) -> Iterator[StoredStory]:
    rows = db.conn.execute(
        "SELECT id, key, version, title, outlet, url, published_at, added_at, added_by, agency, place, revises, origin,"
        " first_fact, facts, text FROM stories JOIN story_texts ON story = id"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(sorted(ids)),),
    )
    for id_, key, version, title, outlet, url, published, added, *others, first_fact, facts, text in rows:
        published_at = None if published is None else datetime.fromisoformat(published)
        story = Story(unpack_text(text), title, outlet, url, published_at)
        added_by, agency, place, revises, origin = others
        yield StoredStory(
            id_, key, version, story, datetime.fromisoformat(added), added_by, agency, place, revises, origin,
            range(first_fact, first_fact + facts) if facts else range(0),
        )  # fmt: skip


def as_known(id_: int, fact: Fact, sentence: str, stored: StoredStory, *, stems: tuple[str, ...] = ()) -> Known:
    """Return a fact of a stored story with what is known of it there."""
    story = stored.story
    return Known(
        id_, stored.id, stored.key, sentence, fact, title=story.title, outlet=story.outlet, agency=stored.agency,
        url=story.url, published_at=story.published_at, origin=stored.origin, stems=stems,
    )  # fmt: skip


def _day(text: Any) -> date | None:
    return None if text is None else date.fromisoformat(text)
