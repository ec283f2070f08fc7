"""Whether a database is whole, for `bot.py check`."""

from __future__ import annotations

from sqlite_utils import Database

MOST_LINES = 5  # a damaged page can be the cause of thousands of complaints


def find_problems(db: Database) -> list[str]:
    """Return what is wrong with the file and between its tables, in SQLite's words; empty when it is sound."""
    found = [row[0] for row in db.conn.execute(f"PRAGMA quick_check({MOST_LINES})")]
    problems = [] if found == ["ok"] else found
    for table, row, parent, _ in db.conn.execute("PRAGMA foreign_key_check").fetchmany(MOST_LINES):
        problems.append(f"row {row} of {table} points to nothing in {parent}")
    return problems
