"""Whether the database is sound: what `bot.py check` looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from store.database.identity import shape_of
from store.database.inbox import poison
from store.database.outbox import DeliveryState, count_deliveries
from store.database.schema import MIGRATIONS, STORIES_HELD

MOST_PROBLEMS = 5  # of one kind; a damaged file has thousands

RESTORE = "stop the bot, keep a copy of the file, and restore a backup: bot.py restore PATH"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong, and what to do about it."""

    what: str
    advice: str


def find_problems(db: Database) -> list[Problem]:
    """Return what is wrong with the database, worst first; empty when it is sound.

    Reads the whole file: about a second for each gigabyte.
    """
    damage = [f"the file is damaged: {line}" for line in _integrity(db)]
    if damage:  # anything else found in a damaged file says little
        return [Problem(what, RESTORE) for what in damage]
    broken = [*_missing_tables(db), *_dangling_rows(db), *_wrong_tally(db), *_wrong_spans(db)]
    return [Problem(what, RESTORE) for what in broken] + _left_lying(db)


def _integrity(db: Database) -> list[str]:
    found = [row[0] for row in db.conn.execute(f"PRAGMA integrity_check({MOST_PROBLEMS})")]
    return [] if found == ["ok"] else found


def _missing_tables(db: Database) -> Iterator[str]:
    """Compare tables and indexes with those of a new database of this version."""
    new = Database(memory=True, execute_plugins=False)
    MIGRATIONS.apply(new)
    ours, theirs = _objects(db), _objects(new)
    for name in sorted(theirs):
        if name not in ours:
            yield f"{name} is missing"
        elif ours[name] != theirs[name]:
            yield f"{name} is not as this version made it"


def _objects(db: Database) -> dict[str, str]:
    """Return each table and index with the SQL that made it."""
    rows = db.conn.execute("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return dict(rows.fetchall())


def _dangling_rows(db: Database) -> list[str]:
    rows = db.conn.execute('SELECT DISTINCT "table", parent FROM pragma_foreign_key_check LIMIT ?', (MOST_PROBLEMS,))
    return [f"{table} points at {parent} that are not there" for table, parent in rows]


def _wrong_tally(db: Database) -> list[str]:
    held = db.conn.execute("SELECT stories, facts FROM tally").fetchone()
    counted = db.conn.execute(
        f"SELECT ({STORIES_HELD}), (SELECT count(*) FROM facts WHERE NOT retired)",  # noqa: S608 - ours
        (shape_of(""),),
    ).fetchone()
    if held == counted:
        return []
    return [f"the tally says {held[0]} stories and {held[1]} facts, there are {counted[0]} and {counted[1]}"]


def _wrong_spans(db: Database) -> list[str]:
    """Find stories whose facts are not the ones that they were saved with."""
    rows = db.conn.execute(
        "SELECT key FROM stories WHERE facts <>"
        " (SELECT count(*) FROM facts WHERE id BETWEEN first_fact AND first_fact + stories.facts - 1"
        " AND facts.story = stories.id) LIMIT ?",
        (MOST_PROBLEMS,),
    )
    return [f"story {key} lacks some of its facts" for (key,) in rows]


def _left_lying(db: Database) -> list[Problem]:
    """Report what nobody is going to do any more: it is for a person to look at."""
    problems = []
    given_up = poison(db)
    if given_up:
        last = given_up[-1]
        why = last.last_error or "the process ended each time"
        what = f"{len(given_up)} updates were given up after three tries, the last one ({last.update_id}): {why}"
        problems.append(Problem(what, "look into the log for its number; a bug is behind it"))
    failed = count_deliveries(db).get(DeliveryState.FAILED, 0)
    if failed:
        problems.append(
            Problem(f"{failed} messages were refused by Telegram", "bot.py alerts lists them with the reason")
        )
    return problems
