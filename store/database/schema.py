"""The tables, and how an older file is brought up to them. One migration a change, never edited once released.

Ids of facts and stories are never used again and rows are never deleted, so that an id in an alert that is already in
a chat keeps its meaning.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from store.database.identity import shape_of
from store.database.schema_index import create_index_tables

APPLICATION_ID = 0x446C696E  # "Dlin"; tells `file` and us whose database it is

MIGRATIONS = Migrations("dateline")

STORIES = """
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    -- The id that people and scripts use: given by the caller, or made ("s12").
    key TEXT NOT NULL,
    -- Counts the texts received under one key; the highest is the current one.
    version INTEGER NOT NULL,
    title TEXT,
    outlet TEXT,
    url TEXT,
    -- As given, in the story's own zone, ISO 8601.
    published_at TEXT,
    -- The same instant in seconds since 1970, for filters and for "the newest"; the time of saving when not given.
    time_s INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    -- Who pasted or ingested it, as a name that people know.
    added_by TEXT,
    -- From the line that the text opens with.
    agency TEXT,
    place TEXT,
    -- Which earlier story this is a changed text of.
    revises INTEGER REFERENCES stories,
    -- Which earlier story, of another outlet, this is a near-verbatim copy of: one origin, one source.
    origin INTEGER REFERENCES stories,
    -- Its facts have the ids first_fact to first_fact + facts - 1. NULL without facts.
    first_fact INTEGER,
    facts INTEGER NOT NULL,
    -- Fingerprints, 63 bits each; see identity.py. They find the same text, page and headline again.
    shape INTEGER NOT NULL,
    page INTEGER,
    headline INTEGER,
    UNIQUE (key, version)
) STRICT
"""

# Apart from its story, so that reading many stories' dates and outlets does not drag their texts through the cache.
TEXTS = """
CREATE TABLE story_texts (
    story INTEGER PRIMARY KEY REFERENCES stories,
    -- Exactly as received: UTF-8, deflated by zlib, which saves half; every span of every fact counts in it.
    text BLOB NOT NULL
) STRICT
"""

FACTS = """
CREATE TABLE facts (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories,
    -- Code points into the story's text, start included, "end" excluded.
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL CHECK ("end" > start),
    paragraph INTEGER NOT NULL,
    position INTEGER NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('asserted', 'claimed', 'quoted', 'denied', 'walked_back', 'planned', 'forecast')),
    -- Who says it, by canonical name. NULL: the outlet itself, or not resolved.
    speaker INTEGER REFERENCES phrases,
    -- 1 when a later version of the story carries the sentence, or replaces the whole text under the same key:
    -- kept for what points here, no longer an answer.
    retired INTEGER NOT NULL DEFAULT 0,
    -- Everything else that was read out of the sentence, as short JSON, deflated; see packing.py.
    details BLOB NOT NULL
) STRICT
"""

PHRASES = """
CREATE TABLE phrases (
    -- Names, roles, cues, units, rules: each once, since a million facts share a few thousand of them.
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT
"""

RELATIONS = """
CREATE TABLE relations (
    -- Read from the source to the target: the source denies the target.
    source INTEGER NOT NULL REFERENCES facts,
    type TEXT NOT NULL CHECK (type IN
        ('denies', 'walks_back', 'updates', 'disputes', 'also_reports', 'continues_quote', 'replaces')),
    target INTEGER NOT NULL REFERENCES facts,
    -- What in the words shows it; for people who ask why.
    evidence TEXT NOT NULL,
    PRIMARY KEY (source, type, target)
) STRICT, WITHOUT ROWID
"""

TALLY = """
CREATE TABLE tally (
    -- One row, kept in the transaction that adds a story: counting a million rows for each "nothing held" is too slow.
    id INTEGER PRIMARY KEY CHECK (id = 1),
    stories INTEGER NOT NULL,
    facts INTEGER NOT NULL,
    -- Publication days, ISO, in the stories' own zones. NULL while no story has one.
    first_day TEXT,
    last_day TEXT
) STRICT
"""

ALERTS = """
CREATE TABLE alerts (
    id INTEGER PRIMARY KEY,
    story INTEGER NOT NULL REFERENCES stories,
    made_at TEXT NOT NULL
) STRICT
"""

ALERT_FACTS = """
CREATE TABLE alert_facts (
    alert INTEGER NOT NULL REFERENCES alerts,
    fact INTEGER NOT NULL REFERENCES facts,
    tag TEXT NOT NULL CHECK (tag IN ('NEW', 'UPDATE', 'DISPUTE', 'SECOND_SOURCE')),
    -- The held fact that this one updates, disputes or repeats.
    ref INTEGER REFERENCES facts,
    PRIMARY KEY (alert, fact)
) STRICT, WITHOUT ROWID
"""

DELIVERIES = """
CREATE TABLE deliveries (
    -- One message to one chat: an alert, or an answer.
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL,
    -- What to say: an alert is rendered when it is sent, anything else is kept rendered in body (JSON of the handlers).
    alert INTEGER REFERENCES alerts,
    body TEXT,
    -- For an answer: the message that it replies to, and its topic.
    reply_to INTEGER,
    thread INTEGER,
    -- pending: to be sent. sending: handed to Telegram, no reply yet. sent: accepted, message_id is known.
    -- unsure: may have been accepted; tried again and marked as a possible repeat.
    -- held: not now (quiet hours, an inactive chat). failed: refused for good.
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'unsure', 'held', 'failed')),
    attempts INTEGER NOT NULL DEFAULT 0,
    -- 1 once a try ended unsure: from then on the message carries the words "possible repeat".
    possible_repeat INTEGER NOT NULL DEFAULT 0,
    message_id INTEGER,
    -- Due from then on.
    next_try_at TEXT NOT NULL,
    last_error TEXT,
    made_at TEXT NOT NULL,
    -- When it was sent, or refused for good.
    ended_at TEXT,
    CHECK ((alert IS NULL) <> (body IS NULL)),
    UNIQUE (alert, chat)
) STRICT
"""

INBOX = """
CREATE TABLE inbox (
    -- Telegram's number of the update: the same one twice is one.
    update_id INTEGER PRIMARY KEY,
    -- NULL for updates that belong to no chat (inline queries). Updates of one chat are handled in order.
    chat INTEGER,
    -- The update as JSON; dropped when done.
    body TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'working', 'done', 'poison')),
    -- Times that work on it began. At three it is poison: it has killed the process, or failed, too often.
    attempts INTEGER NOT NULL DEFAULT 0,
    received_at TEXT NOT NULL,
    ended_at TEXT,
    last_error TEXT
) STRICT
"""

ASKED = """
CREATE TABLE asked (
    -- A question that was answered: a message in a chat. It is answered once.
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    user INTEGER,
    question TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    -- The answer on its way, or there; its message is edited when the question is.
    delivery INTEGER NOT NULL REFERENCES deliveries,
    PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID
"""

READINGS = """
CREATE TABLE readings (
    -- How a user's last question in a chat was read, for a follow-up ("and the wounded?").
    chat INTEGER NOT NULL,
    user INTEGER NOT NULL,
    reading TEXT NOT NULL,
    read_at TEXT NOT NULL,
    PRIMARY KEY (chat, user)
) STRICT, WITHOUT ROWID
"""

CHATS = """
CREATE TABLE chats (
    id INTEGER PRIMARY KEY,
    -- 1: a team chat, which may ask and gets alerts.
    team INTEGER NOT NULL,
    -- 0 once the bot was blocked or removed; why says how.
    active INTEGER NOT NULL,
    why TEXT,
    -- A group that became a supergroup has a new id; everything goes there.
    migrated_to INTEGER,
    since TEXT NOT NULL
) STRICT
"""

STAFF = """
CREATE TABLE staff (
    user INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'editor')),
    -- Who gave the role; NULL: the settings.
    given_by INTEGER,
    given_at TEXT NOT NULL,
    PRIMARY KEY (user, role)
) STRICT, WITHOUT ROWID
"""

MEMBERS = """
CREATE TABLE members (
    -- People seen in a team chat; they may ask in private too.
    chat INTEGER NOT NULL,
    user INTEGER NOT NULL,
    name TEXT,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (chat, user)
) STRICT, WITHOUT ROWID
"""

INDEXES = (
    "CREATE INDEX stories_by_shape ON stories (shape)",
    "CREATE INDEX stories_by_page ON stories (page) WHERE page IS NOT NULL",
    "CREATE INDEX stories_by_headline ON stories (headline) WHERE headline IS NOT NULL",
    "CREATE INDEX stories_by_time ON stories (time_s)",
    "CREATE INDEX facts_by_speaker ON facts (speaker) WHERE speaker IS NOT NULL",
    "CREATE INDEX relations_by_target ON relations (target)",
    # Only what is still to be done, so that they stay small for ever.
    "CREATE INDEX deliveries_open ON deliveries (chat, id) WHERE ended_at IS NULL",
    "CREATE INDEX members_by_user ON members (user)",
)

TABLES = (
    STORIES, TEXTS, PHRASES, FACTS, RELATIONS, TALLY, ALERTS, ALERT_FACTS, DELIVERIES,
    INBOX, ASKED, READINGS, CHATS, STAFF, MEMBERS,
)  # fmt: skip


# How many stories are held, given the shape of the empty text that stands in the place of one that was taken back.
STORIES_HELD = (
    "SELECT count(*) FROM stories AS last WHERE shape <> ?"
    " AND NOT EXISTS (SELECT 1 FROM stories WHERE key = last.key AND version > last.version)"
)


@MIGRATIONS()
def m001_first_tables(db: Database) -> None:
    """Everything that the first version needs."""
    for statement in (*TABLES, *INDEXES):
        db.execute(statement)
    db.execute("INSERT INTO tally (id, stories, facts) VALUES (1, 0, 0)")
    create_index_tables(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


RULES = """
CREATE TABLE reading_rules (
    -- The rules by which facts were read ever since, as a checksum; gists begin with their number.
    id INTEGER PRIMARY KEY,
    rules TEXT NOT NULL UNIQUE
) STRICT
"""

GIST = """
ALTER TABLE fact_words ADD COLUMN
    -- What the fact is compared by, see gists.py; NULL: its sentence is read again whenever it is compared.
    gist BLOB
"""


@MIGRATIONS()
def m002_tally_without_what_was_taken_back(db: Database) -> None:
    """A story that was taken back counted as held: nothing has come in its place, and nothing of it answers."""
    db.execute(f"UPDATE tally SET stories = ({STORIES_HELD})", (shape_of(""),))  # noqa: S608 - ours


@MIGRATIONS()
def m003_gists(db: Database) -> None:
    """Facts that were stored before go without: only those of the last days are compared often."""
    db.execute(RULES)
    db.execute(GIST)


LOOKUPS = (
    # Which outlets and agencies are held: each name is found behind the one before, however many stories there are.
    "CREATE INDEX stories_by_outlet ON stories (outlet) WHERE outlet IS NOT NULL",
    "CREATE INDEX stories_by_agency ON stories (agency) WHERE agency IS NOT NULL",
    # Of which story a fact is, and whether it is retired, without reading the fact: these few pages stay in memory.
    "CREATE INDEX stories_by_first_fact ON stories (first_fact) WHERE first_fact IS NOT NULL",
    "CREATE INDEX facts_retired ON facts (id) WHERE retired",
)


@MIGRATIONS()
def m004_lookups(db: Database) -> None:
    """What each question, and each story that is compared, looked up in the whole of two large tables."""
    for statement in LOOKUPS:
        db.execute(statement)
