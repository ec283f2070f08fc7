"""Which sentences are worth a close look: read from the full-text indexes, rarest words first, within a budget.

An OR over all words ranked by bm25() touches every row that holds any of them; at a million facts that is seconds.
Here a word's whole list is read only while the lists read so far stay within the budget; a commoner word is read only
where a rarer one stands too; and where all words are common, where most of them stand together.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from sqlite_utils import Database

from store.lookup.wording import Ask, Option

_BUDGET_ROWS = 4000  # of each of the two indexes; about a microsecond a row
_MOST_SYNONYM_ROWS = 300  # a stand-in as common as that brings more noise than sentences
_BEST_FACTS = 60
_BEST_PARAGRAPHS = 12


@dataclass(frozen=True, slots=True)
class Candidates:
    """The facts and the paragraphs to look at, best first."""

    facts: tuple[int, ...]
    paragraphs: tuple[int, ...]
    rows_read: int  # for --explain


@dataclass(frozen=True, slots=True)
class Scope:
    """The stories among which to look: of some outlets or agencies, as stored, and of some days, both included.

    A story without a date is in every scope of days.
    """

    outlets: tuple[str, ...] | None = None  # None: all
    since: date | None = None
    until: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it leaves nothing out."""
        return self.outlets is None and self.since is None and self.until is None


# Of the table of stories; `values_of` has what its names stand for.
IN_SCOPE = (
    "(:outlets IS NULL OR outlet IN (SELECT value FROM json_each(:outlets))"
    " OR agency IN (SELECT value FROM json_each(:outlets)))"
    " AND (published_at IS NULL OR ((:since IS NULL OR substr(published_at, 1, 10) >= :since)"
    " AND (:until IS NULL OR substr(published_at, 1, 10) <= :until)))"
)
_STORY_OF = {
    "fact_index": "SELECT facts.id, story FROM facts WHERE facts.id IN (SELECT value FROM json_each(:rows))",
    "paragraph_index": "SELECT id, story FROM indexed_paragraphs WHERE id IN (SELECT value FROM json_each(:rows))",
}


def find_candidates(
    db: Database, asks: Sequence[Ask], rarity: Callable[[Option], float], *, scope: Scope = Scope()
) -> Candidates:
    """Return the facts and paragraphs within *scope* that hold most of what *asks* want, each word by its *rarity*."""
    facts, fact_rows = _best_rows(
        db, "fact_index", asks, rarity, size=lambda option: option.facts, keep=_BEST_FACTS, scope=scope
    )
    paragraphs, paragraph_rows = _best_rows(
        db, "paragraph_index", asks, rarity, size=lambda option: option.paragraphs, keep=_BEST_PARAGRAPHS, scope=scope
    )
    return Candidates(facts, paragraphs, fact_rows + paragraph_rows)


def _best_rows(
    db: Database,
    index: str,
    asks: Sequence[Ask],
    rarity: Callable[[Option], float],
    *,
    size: Callable[[Option], int],
    keep: int,
    scope: Scope,
) -> tuple[tuple[int, ...], int]:
    """Return the *keep* rows of *index* with the most telling words, and how many rows were read for that."""
    options = [
        [o for o in ask.options if size(o) and (o.how != "synonym" or size(o) <= _MOST_SYNONYM_ROWS)] for ask in asks
    ]
    by_size = sorted(filter(None, options), key=lambda group: sum(map(size, group)))
    scores: dict[int, float] = defaultdict(float)
    read = 0
    rare: list[str] = []
    for group in by_size:
        rows = sum(map(size, group))
        within = "" if read + rows <= _BUDGET_ROWS else _any_of(rare)
        if read + rows > _BUDGET_ROWS and not rare:
            break
        best: dict[int, float] = {}
        for terms, value in _by_value(group, rarity):
            query = _any_of([_quoted(term) for term in terms])
            for row in _rows(db, index, query + (f" AND {within}" if within else "")):
                if best.get(row, 0.0) < value:
                    best[row] = value
        for row, value in best.items():
            scores[row] += value
        read += len(best)
        if not within:
            rare += [_quoted(option.term) for option in group]
    if not rare:
        return _common_rows(db, index, by_size, keep=keep, scope=scope)
    return tuple(nlargest(keep, within_scope(db, index, scores, scope), key=lambda row: (scores[row], row))), read


def within_scope(db: Database, index: str, rows: Collection[int], scope: Scope) -> Collection[int]:
    """Return those of *rows*, of one of the two indexes, whose stories are in *scope*."""
    if scope.is_open:
        return rows
    query = (
        f"SELECT row.id FROM ({_STORY_OF[index]}) AS row JOIN stories ON stories.id = row.story"  # noqa: S608 - ours
        f" WHERE {IN_SCOPE}"
    )
    return [row for (row,) in db.conn.execute(query, {"rows": json.dumps(list(rows))} | values_of(scope))]


def values_of(scope: Scope) -> dict[str, str | None]:
    """Return what the names in IN_SCOPE stand for."""
    return {
        "outlets": None if scope.outlets is None else json.dumps(scope.outlets),
        "since": None if scope.since is None else scope.since.isoformat(),
        "until": None if scope.until is None else scope.until.isoformat(),
    }


def _by_value(group: Sequence[Option], rarity: Callable[[Option], float]) -> list[tuple[list[str], float]]:
    """Return the terms of *group* with what a row that holds one is worth; synonyms together, as the commonest of them.

    Each query costs more than the few rows that it brings.
    """
    stand_ins = [option for option in group if option.how == "synonym"]
    found = [([option.term], option.weight * rarity(option)) for option in group if option.how != "synonym"]
    if stand_ins:
        found.append(([o.term for o in stand_ins], min(o.weight * rarity(o) for o in stand_ins)))
    return found


def _common_rows(
    db: Database, index: str, by_size: Sequence[Sequence[Option]], *, keep: int, scope: Scope
) -> tuple[tuple[int, ...], int]:
    """Return rows that hold all of some common words, then all but the commonest, and so on; newest first."""
    found: dict[int, None] = {}
    groups = [_any_of([_quoted(option.term) for option in group]) for group in by_size]
    for count in range(len(groups), 0, -1):
        if len(found) < keep:
            rows = _rows(db, index, " AND ".join(groups[:count]), limit=keep if scope.is_open else _BUDGET_ROWS)
            found |= dict.fromkeys(within_scope(db, index, rows, scope))
    return tuple(found)[:keep], len(found)


def _rows(db: Database, index: str, query: str, *, limit: int = _BUDGET_ROWS) -> list[int]:
    sql = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?"  # noqa: S608 - our own names
    return [row for (row,) in db.conn.execute(sql, (query, limit))]


def _quoted(term: str) -> str:
    """Return *term* as an FTS5 string; terms are letters, digits and dots, so nothing needs escaping."""
    return f'"{term}"'


def _any_of(queries: Sequence[str]) -> str:
    return "(" + " OR ".join(queries) + ")"
