"""Which of some words the store holds, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

Counts = Mapping[str, tuple[int, int, int]]  # held term -> its id, facts that hold it, paragraphs that hold it


def terms_held(db: Database, terms: Iterable[str]) -> dict[str, tuple[int, int, int]]:
    """Return (id, facts, paragraphs) of those of *terms* that any fact or title holds."""
    distinct = tuple(dict.fromkeys(terms))
    marks = ",".join("?" * len(distinct))
    rows = db.conn.execute(
        f"SELECT term, id, facts, paragraphs FROM terms WHERE term IN ({marks}) AND paragraphs > 0",  # noqa: S608
        distinct,
    ).fetchall()
    return {term: (number, facts, paragraphs) for term, number, facts, paragraphs in rows}


def words_held(db: Database, words: Iterable[str]) -> frozenset[str]:
    """Return those of folded *words* that are held in just this form; words of fewer than four letters are not kept."""
    distinct = tuple(dict.fromkeys(words))
    marks = ",".join("?" * len(distinct))
    rows = db.conn.execute(f"SELECT word FROM words WHERE word IN ({marks})", distinct)  # noqa: S608 - question marks
    return frozenset(word for (word,) in rows)
