"""The tables behind finding: two full-text indexes, the vocabulary, names in all their forms, and aliases.

Everything in here can be made again from the stories. No table is read as a whole at start: each question
touches only the rows of its own words.
"""

from __future__ import annotations

from sqlite_utils import Database

_TABLES = (
    # Contentless, without positions or sizes: 20 bytes a sentence. `fact_words` holds what rescoring needs.
    # Terms are already folded and stemmed, so the tokenizer has only to cut at blanks; "us." and "2.5" keep their dot.
    """
    CREATE VIRTUAL TABLE fact_index USING fts5(
        terms, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '.'"
    )
    """,
    """
    CREATE VIRTUAL TABLE paragraph_index USING fts5(
        terms, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '.'"
    )
    """,
    """
    CREATE TABLE terms (
        id INTEGER PRIMARY KEY,
        term TEXT NOT NULL UNIQUE,     -- an index term: folded and stemmed
        facts INTEGER NOT NULL,        -- facts that hold it
        paragraphs INTEGER NOT NULL    -- paragraphs that hold it, in their facts or in their story's title
    ) STRICT
    """,
    """
    CREATE TABLE words (
        id INTEGER PRIMARY KEY,
        word TEXT NOT NULL UNIQUE,     -- a folded word of four letters or more, before stemming
        sound INTEGER NOT NULL         -- checksum of its consonants as romanisations agree on them
    ) STRICT
    """,
    "CREATE INDEX words_by_sound ON words (sound)",
    """
    CREATE TABLE word_shapes (
        shape INTEGER NOT NULL,        -- checksum of the word's beginning, whole and with each letter left out
        word INTEGER NOT NULL REFERENCES words (id),
        PRIMARY KEY (shape, word)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE fact_words (
        fact INTEGER PRIMARY KEY,      -- facts.id
        paragraph INTEGER NOT NULL REFERENCES indexed_paragraphs (id),
        traits INTEGER NOT NULL,       -- bits of `store.database.index.Trait`
        words BLOB NOT NULL            -- variable-length integers: term id times four, plus its mark;
                                       -- after a zero the terms of names that are meant and not printed
    ) STRICT
    """,
    """
    CREATE TABLE indexed_paragraphs (
        id INTEGER PRIMARY KEY,
        story INTEGER NOT NULL REFERENCES indexed_stories (story),
        first_fact INTEGER NOT NULL,
        last_fact INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE indexed_stories (
        story INTEGER PRIMARY KEY,     -- stories.id
        first_paragraph INTEGER NOT NULL,
        last_paragraph INTEGER NOT NULL,
        title_words BLOB NOT NULL      -- as in fact_words
    ) STRICT
    """,
    """
    CREATE TABLE index_totals (        -- one row: what mean lengths are made of
        id INTEGER PRIMARY KEY CHECK (id = 1),
        facts INTEGER NOT NULL,
        fact_terms INTEGER NOT NULL,
        paragraphs INTEGER NOT NULL,
        paragraph_terms INTEGER NOT NULL
    ) STRICT
    """,
    "INSERT INTO index_totals VALUES (1, 0, 0, 0, 0)",
    """
    CREATE TABLE names (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,            -- canonical
        kind TEXT NOT NULL,
        stories INTEGER NOT NULL,      -- stories that name it
        UNIQUE (name, kind)
    ) STRICT
    """,
    """
    CREATE TABLE name_forms (
        form TEXT NOT NULL,            -- stems of a name, alias, role or initials, joined by blanks
        name INTEGER NOT NULL REFERENCES names (id),
        PRIMARY KEY (form, name)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE aliases (             -- "armour = tanks, armoured vehicles" is two rows
        term TEXT NOT NULL,            -- stems joined by blanks, as is meaning
        meaning TEXT NOT NULL,
        printed_term TEXT NOT NULL,    -- as it was typed, for the list
        printed_meaning TEXT NOT NULL,
        added_by INTEGER,
        added_at TEXT NOT NULL,
        PRIMARY KEY (term, meaning)
    ) STRICT, WITHOUT ROWID
    """,
)


def create_index_tables(db: Database) -> None:
    """Create all index tables in *db*, which holds none of them yet."""
    for statement in _TABLES:
        db.execute(statement)
    for index in ("fact_index", "paragraph_index"):
        # Merging in the middle of a commit makes the slowest commits: `merge_index` does it when the bot is idle.
        db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('automerge', 0)")  # noqa: S608 - our own names
