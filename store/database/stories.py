"""Saving a story: the story, its facts, what they do to the facts that are held, and the alert, or nothing of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from sqlite_utils import Database

from store.database.identity import headline_of, page_of, plain, shape_of
from store.database.index import index_story, unindex_story
from store.database.kin import find_kin
from store.database.outbox import raise_alert
from store.database.packing import pack_fact
from store.database.phrases import Numbering
from store.database.reading import StoredStory, as_known, known_facts, pack_text, stories_of
from store.database.recent import remember
from store.facts.comparing.comparing import compare
from store.facts.comparing.profiles import Profile, read_profile
from store.facts.model import Extraction, Finding, Known, Layout, Story

State = Literal["stored", "known", "revised"]

# A headline that comes back ("Weather", "Morning briefing") heads another story, unless the text is mostly the same:
# of a corrected or extended story well over a third of the sentences stay, of the next day's none do.
SAME_STORY_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a story that was handed in."""

    story: str  # its id: the one given, or made; of a known one without id, the held story's
    state: State
    held_as: str | None  # the held story that it is, or is a new version of, when its id is another
    facts: int
    alerted: int  # facts that the alert tells; 0 for a quiet import
    already_held: int  # facts that bring nothing new
    alert: int | None
    filled_in: tuple[str, ...] = ()  # what the held story lacked and this one had: "outlet", "link"


@dataclass(frozen=True, slots=True)
class Compared:
    """A story that is not stored yet beside all that is held."""

    newest: int  # the story that came in last: once there is a newer one, all of this is out of date
    shape: int
    held: StoredStory | None  # the one that has its text
    filled_in: tuple[str, ...]
    earlier: StoredStory | None  # the one that it is a new version of
    origin: int | None  # the one of another outlet that it is a copy of
    profiles: Sequence[Profile]  # of its facts, in order; these and the findings are empty when nothing is to be stored
    findings: Sequence[Finding]


# What may be known of a story beside its text, and what people call it.
_DETAILS = {"title": "title", "outlet": "outlet", "url": "link", "published_at": "date"}


def compare_story(db: Database, story: Story, extraction: Extraction, *, key: str | None) -> Compared:
    """Set *story* beside all that is held; nothing is written.

    That takes most of the time of saving. See `Store.write_prepared`: others may write meanwhile.
    """
    newest, shape = _newest_story(db), shape_of(story.text)
    held = _same_text(db, shape)
    filled_in = _filled_in(held.story, story) if held else ()
    if held and not filled_in:
        return Compared(newest, shape, held, filled_in, None, None, (), ())
    new = [read_profile(_unsaved(story, extraction, fact.position)) for fact in extraction.facts]
    earlier = held or _earlier_version(db, story, extraction, key)
    origin, findings = _compare(db, story, new)
    return Compared(newest, shape, held, filled_in, earlier, origin, new, findings)


def save_story(
    db: Database, story: Story, extraction: Extraction, *, key: str | None, now: datetime, quiet: bool = False,
    added_by: str | None = None, compared: Compared | None = None,
) -> Receipt:  # fmt: skip
    """Store *story* with its facts, relations, index rows and alert; call it inside one `Store.write`.

    - "known": the same text is held, but for what copying changes. Nothing is stored.
    - "revised": the same text is held and lacked an outlet, a date, a title or a link that is there now. It is stored
      once more under the held one's key, without an alert.
    - "revised": another text came in under the same key, from the same page, or under the same headline of the same
      outlet. Both are kept; sentences that stay are told by the new one only.
    - "stored": anything else.

    With *quiet* everything is stored and compared, and no alert is made. What *compared* says holds only while no story
    has come in or was taken back since, by another process perhaps; otherwise, and without it, it is compared here.
    """
    if compared is None or compared.newest != _newest_story(db):
        compared = compare_story(db, story, extraction, key=key)
    held, earlier, findings = compared.held, compared.earlier, compared.findings
    if held and not compared.filled_in:
        count = len(held.fact_ids)
        return Receipt(key or held.key, "known", _elsewhere(held, key), count, 0, count, None)
    saving = _Saving(db, story, extraction, now)
    stored = saving.insert_story(held.key if held else key, compared, added_by)
    profiles = saving.insert_facts(stored, compared.profiles)
    saving.insert_relations(stored, findings)
    saving.publish(stored, profiles, earlier)
    telling = [(stored.fact_ids[finding.position], finding.tag, finding.ref) for finding in findings if finding.tag]
    alert = raise_alert(db, stored.id, telling, now=now) if telling and not quiet and not held else None
    return Receipt(
        key if held and key else stored.key, "revised" if earlier else "stored", _elsewhere(earlier, key or stored.key),
        len(profiles), len(telling) if alert else 0, len(profiles) - len(telling), alert, compared.filled_in,
    )  # fmt: skip


def complete(db: Database, story: Story, *, fill_in: bool = True) -> Story:
    """Return *story* with all that is known of the held one that has its text, which goes before what comes new.

    Nothing new stays when *fill_in* is False, or when it is another outlet's or page's: a copy's link is its own.
    """
    held = _same_text(db, shape_of(story.text))
    if held is None:
        return story
    if not fill_in or _is_elsewhere(held.story, story):
        return replace(held.story, text=story.text)
    known = {name: getattr(held.story, name) or getattr(story, name) for name in _DETAILS}
    return replace(story, **known)


def _is_elsewhere(held: Story, story: Story) -> bool:
    """Tell whether both name their outlet, or both their page, and not the same."""
    outlets = held.outlet and story.outlet and plain(held.outlet) != plain(story.outlet)
    return bool(outlets or (held.url and story.url and page_of(held.url) != page_of(story.url)))


def _filled_in(held: Story, story: Story) -> tuple[str, ...]:
    """Return what *story* has and *held*, of the same text, lacks, in people's words; nothing unless it has the rest.

    See `complete`, which gives it the rest.
    """
    if any(getattr(held, name) not in (None, getattr(story, name)) for name in _DETAILS):
        return ()
    return tuple(word for name, word in _DETAILS.items() if getattr(held, name) != getattr(story, name))


def _elsewhere(held: StoredStory | None, key: str | None) -> str | None:
    """Return the id that *held* has, when it is another than *key*."""
    return held.key if held and held.key != key else None


def _newest_story(db: Database) -> int:
    """Return the id of the story that came in last; a story that is taken back leaves a newer one, see withdrawing.py.

    So while it is the same, nothing that stories are compared with has changed.
    """
    return int(db.conn.execute("SELECT coalesce(max(id), 0) FROM stories").fetchone()[0])


def _compare(db: Database, story: Story, new: Sequence[Profile]) -> tuple[int | None, list[Finding]]:
    """Return the story that *story* is a copy of, and what its facts are against all that is held."""
    compared = compare(new, find_kin(db, [profile.known for profile in new]))
    return _other_outlet(db, compared.origin, story), compared.findings


class _Saving:
    """The inserts for one story, within its transaction."""

    def __init__(self, db: Database, story: Story, extraction: Extraction, now: datetime) -> None:
        self._db, self._story, self._extraction, self._now = db, story, extraction, now

    def insert_story(self, key: str | None, compared: Compared, added_by: str | None) -> StoredStory:
        conn, story, dateline = self._db.conn, self._story, self._extraction.layout.dateline
        id_, earlier, origin = compared.newest + 1, compared.earlier, compared.origin
        (first_fact,) = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM facts").fetchone()
        key = key if key is not None else _free_key(self._db, id_)
        (version,) = conn.execute("SELECT coalesce(max(version), 0) + 1 FROM stories WHERE key = ?", (key,)).fetchone()
        agency, place = (dateline.agency, dateline.place) if dateline else (None, None)
        count = len(self._extraction.facts)
        published = story.published_at
        conn.execute(
            "INSERT INTO stories (id, key, version, title, outlet, url, published_at, time_s, added_at, added_by,"
            " agency, place, revises, origin, first_fact, facts, shape, page, headline)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                id_, key, version, story.title, story.outlet, story.url, published.isoformat() if published else None,
                int((published or self._now).timestamp()), self._now.astimezone(UTC).isoformat(), added_by,
                agency, place, earlier.id if earlier else None, origin, first_fact if count else None, count,
                compared.shape, page_of(story.url), headline_of(story.outlet, story.title),
            ),
        )  # fmt: skip
        conn.execute("INSERT INTO story_texts (story, text) VALUES (?, ?)", (id_, pack_text(story.text)))
        return StoredStory(
            id_, key, version, story, self._now, added_by, agency, place, earlier.id if earlier else None, origin,
            range(first_fact, first_fact + count),
        )  # fmt: skip

    def insert_facts(self, stored: StoredStory, new: Sequence[Profile]) -> list[Profile]:
        """Insert the facts; return them as they are known from now on."""
        number = Numbering(self._db)
        facts = {
            id_: profile.carried(as_known(id_, profile.known.fact, profile.known.text, stored))
            for id_, profile in zip(stored.fact_ids, new, strict=True)
        }
        rows = [
            (id_, stored.id, *pack_fact(profile.known.fact, profile.known.text, number))
            for id_, profile in facts.items()
        ]
        self._db.conn.executemany(
            'INSERT INTO facts (id, story, start, "end", paragraph, position, status, speaker, details)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        remember(self._db, facts)  # the next story is likely to be of the same event
        return list(facts.values())

    def insert_relations(self, stored: StoredStory, findings: Sequence[Finding]) -> None:
        ids = stored.fact_ids
        rows = [(ids[link.source], str(link.type), ids[link.target], link.evidence) for link in self._extraction.links]
        for finding in findings:
            rows += [(ids[finding.position], str(b.type), b.target, b.evidence) for b in finding.bearings]
        self._db.conn.executemany(
            "INSERT INTO relations (source, type, target, evidence) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", rows
        )

    def publish(self, stored: StoredStory, profiles: Sequence[Profile], earlier: StoredStory | None) -> None:
        """Let the story answer from now on, in the place of what the *earlier* version told, and count it as held."""
        facts = [profile.known for profile in profiles]
        gone = _retire(self._db, earlier, stored, facts) if earlier else 0
        index_story(
            self._db, stored.id, title=_heading(self._story, self._extraction.layout), facts=facts,
            cast=self._extraction.cast, gists=[profile.gist for profile in profiles],
        )  # fmt: skip
        is_more = stored.version == 1 or (earlier is not None and not earlier.story.text)  # nothing was in its place
        _count(self._db, self._story, stories=int(is_more), facts=len(facts) - gone)


def _unsaved(story: Story, extraction: Extraction, position: int) -> Known:
    fact = extraction.facts[position]
    text = story.text[fact.start : fact.end]
    dateline = extraction.layout.dateline
    return Known(
        -1 - position, 0, "", text, fact, title=story.title, outlet=story.outlet,
        agency=dateline.agency if dateline else None, url=story.url, published_at=story.published_at,
    )  # fmt: skip


def _same_text(db: Database, shape: int) -> StoredStory | None:
    """Return the story that has this text now; one that was replaced under its own key has it no longer."""
    row = db.conn.execute(
        "SELECT id FROM stories WHERE shape = ? AND NOT EXISTS"
        " (SELECT 1 FROM stories AS later WHERE later.key = stories.key AND later.version > stories.version)"
        " ORDER BY id LIMIT 1",
        (shape,),
    ).fetchone()
    return stories_of(db, [row[0]])[row[0]] if row else None


def _earlier_version(db: Database, story: Story, extraction: Extraction, key: str | None) -> StoredStory | None:
    """Return the newest story that *story* is a changed text of."""
    held = _newest(db, "key", key) or _newest(db, "page", page_of(story.url))
    if held:
        return held
    held = _newest(db, "headline", headline_of(story.outlet, story.title))
    if held:
        sentences = {plain(story.text[fact.start : fact.end]) for fact in extraction.facts}
        before = {plain(known.text) for known in known_facts(db, held.fact_ids).values()}
        if len(sentences & before) >= SAME_STORY_SHARE * max(1, min(len(sentences), len(before))):
            return held
    return None


def _heading(story: Story, layout: Layout) -> str:
    """Return what every paragraph is found by: the title, or the text's own headline, and where it was sent from."""
    place = layout.dateline.place if layout.dateline else None
    return "\n".join(part for part in (story.title or layout.headline, place) if part)


def _newest(db: Database, column: Literal["key", "page", "headline"], value: str | int | None) -> StoredStory | None:
    if value is None:
        return None
    query = f"SELECT id FROM stories WHERE {column} = ? ORDER BY id DESC LIMIT 1"  # noqa: S608 - one of three names
    row = db.conn.execute(query, (value,)).fetchone()
    return stories_of(db, [row[0]])[row[0]] if row else None


def _other_outlet(db: Database, origin: int | None, story: Story) -> int | None:
    """Return *origin* when it is another outlet's: the same outlet's near-copy is its own next version."""
    if origin is None:
        return None
    theirs = stories_of(db, [origin])[origin].story.outlet
    return None if theirs and story.outlet and plain(theirs) == plain(story.outlet) else origin


def _retire(db: Database, earlier: StoredStory, stored: StoredStory, facts: Sequence[Known]) -> int:
    """Take the facts out of the answers that the new version tells or replaces; return how many.

    Under its own key the whole text is replaced. Otherwise a sentence that the new text only leaves out still answers.
    """
    if earlier.key == stored.key:
        unindex_story(db, earlier.id)
        gone = list(earlier.fact_ids)
    else:
        sentences = {plain(known.text) for known in facts}
        before = known_facts(db, earlier.fact_ids)
        gone = [id_ for id_, known in before.items() if plain(known.text) in sentences]
    cursor = db.conn.execute(
        "UPDATE facts SET retired = 1 WHERE NOT retired AND id IN (SELECT value FROM json_each(?))", (json.dumps(gone),)
    )
    return int(cursor.rowcount)


def _free_key(db: Database, id_: int) -> str:
    """Make a key for a story that came without: "s12", or longer when somebody has given that one to another."""
    key = f"s{id_}"
    while db.conn.execute("SELECT 1 FROM stories WHERE key = ?", (key,)).fetchone():
        key += "x"
    return key


def _count(db: Database, story: Story, *, stories: int, facts: int) -> None:
    """Keep the tally of what may answer."""
    day = story.published_at.date().isoformat() if story.published_at else None
    db.conn.execute(
        "UPDATE tally SET stories = stories + ?, facts = facts + ?,"
        " first_day = coalesce(min(first_day, ?), first_day, ?), last_day = coalesce(max(last_day, ?), last_day, ?)",
        (stories, facts, day, day, day, day),
    )
