"""The two full-text indexes as they are asked: which rows hold a term, several together, or one of several.

What stands in them, and how it gets there, is in `index`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlite_utils import Database


class Index(StrEnum):
    """A full-text index, by its table."""

    FACTS = "fact_index"  # a row a fact
    PARAGRAPHS = "paragraph_index"  # a row a paragraph, under its story's title


def quoted(term: str) -> str:
    """Return *term* as an FTS5 string; terms are letters, digits and dots, so nothing needs escaping."""
    return f'"{term}"'


def any_of(queries: Iterable[str]) -> str:
    """Return an FTS5 query for rows that match one of *queries*, of which there is at least one."""
    return "(" + " OR ".join(queries) + ")"


def all_of(queries: Iterable[str]) -> str:
    """Return an FTS5 query for rows that match each of *queries*, of which there is at least one."""
    return " AND ".join(queries)


def matching_rows(db: Database, index: Index, query: str) -> list[int]:
    """Return the rows of *index* that match *query*, oldest first: the way in which FTS5 is fastest."""
    sql = f"SELECT rowid FROM {index} WHERE {index} MATCH ?"  # noqa: S608 - our own names
    return [row for (row,) in db.conn.execute(sql, (query,))]


def newest_rows(db: Database, index: Index, query: str, limit: int) -> list[int]:
    """Return the rows of *index* that match *query*: newest first, at most *limit*."""
    sql = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?"  # noqa: S608 - our own names
    return [row for (row,) in db.conn.execute(sql, (query, limit))]
