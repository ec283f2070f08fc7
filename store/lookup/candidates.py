"""Which sentences are worth a close look: read from the full-text indexes, rarest words first, within a budget.

An OR over all words ranked by bm25() touches every row that holds any of them; at a million facts that is seconds.
Here a word's whole list is read only while the lists read so far stay within the budget; a commoner word is read only
where a rarer one stands too, and only while it can still decide which rows are best; where all words are common, where
most of them stand together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from sqlite_utils import Database

from store.database.full_text import Index, all_of, any_of, matching_rows, newest_rows, quoted
from store.database.reading import STORY_OF
from store.lookup.passages import Totals, Weighed, rarity
from store.lookup.wording import Option

_BUDGET_ROWS = 4000  # of each of the two indexes; about a microsecond a row
_MOST_SYNONYM_ROWS = 300  # a stand-in as common as that brings more noise than sentences
_BEST_FACTS = 60
_BEST_PARAGRAPHS = 12


@dataclass(frozen=True, slots=True)
class Candidates:
    """The facts and the paragraphs to look at."""

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
    Index.FACTS: f"SELECT value AS id, {STORY_OF.format('value')} AS story FROM json_each(:rows)",  # noqa: S608 - ours
    Index.PARAGRAPHS: "SELECT id, story FROM indexed_paragraphs WHERE id IN (SELECT value FROM json_each(:rows))",
}


def find_candidates(db: Database, weighed: Weighed, totals: Totals, *, scope: Scope = Scope()) -> Candidates:
    """Return the facts and paragraphs within *scope* that hold most of what the *weighed* words want."""
    in_facts = _sought(weighed, totals, lambda option: option.facts)
    facts, fact_rows = _best_rows(db, Index.FACTS, in_facts, keep=_BEST_FACTS, scope=scope)
    in_paragraphs = _sought(weighed, totals, lambda option: option.paragraphs)
    paragraphs, paragraph_rows = _best_rows(db, Index.PARAGRAPHS, in_paragraphs, keep=_BEST_PARAGRAPHS, scope=scope)
    return Candidates(tuple(facts), tuple(paragraphs), fact_rows + paragraph_rows)


@dataclass(frozen=True, slots=True)
class _Query:
    """What brings the rows that hold one of some terms."""

    terms: str  # as FTS5 reads them
    rows: int  # that it brings, at most
    worth: float  # of each of them


@dataclass(frozen=True, slots=True)
class _Sought:
    """One word of the question, by the queries for what it may mean in one index; the least worth first."""

    queries: Sequence[_Query]

    @property
    def rows(self) -> int:
        """How many rows all its queries bring together."""
        return sum(query.rows for query in self.queries)

    @property
    def worth(self) -> float:
        """The most that it adds to a row."""
        return self.queries[-1].worth


def _best_rows(
    db: Database, index: Index, words: Sequence[_Sought], *, keep: int, scope: Scope
) -> tuple[Sequence[int], int]:
    """Return the *keep* rows of *index* with the most telling words, and how many rows were read for that."""
    words = sorted(words, key=lambda word: word.rows)
    scores: dict[int, float] = {}
    read = 0
    rare: list[_Sought] = []
    for word in words:
        if read + word.rows > _BUDGET_ROWS:
            break
        read += _add(scores, [(matching_rows(db, index, query.terms), query.worth) for query in word.queries])
        rare.append(word)
    if not rare:
        return _common_rows(db, index, words, keep=keep, scope=scope)
    scores = {row: scores[row] for row in within_scope(db, index, scores, scope)}
    for number in range(len(rare), len(words)):
        scores = _contenders(scores, keep, further=sum(word.worth for word in words[number:]))
        if len(scores) <= keep:
            break
        found = [(_rows_beside(db, index, query, rare, scores), query.worth) for query in words[number].queries]
        read += _add(scores, found)
    best = _contenders(scores, keep, further=0.0)  # few are sorted faster than all
    return [row for _, row in nlargest(keep, zip(best.values(), best.keys(), strict=True))], read


def _add(scores: dict[int, float], found: Iterable[tuple[Iterable[int], float]]) -> int:
    """Add to *scores* what a word *found* in rows is worth, the least first; return in how many rows it was."""
    worth: dict[int, float] = {}
    for rows, value in found:
        worth |= dict.fromkeys(rows, value)
    for row, value in worth.items():
        scores[row] = scores.get(row, 0.0) + value
    return len(worth)


def _contenders(scores: dict[int, float], keep: int, *, further: float) -> dict[int, float]:
    """Return those of *scores* that may yet be among the *keep* best, when words worth *further* are still to come."""
    if len(scores) <= keep:
        return scores
    least = nlargest(keep, scores.values())[-1] - further
    return {row: score for row, score in scores.items() if score >= least}


def _rows_beside(
    db: Database, index: Index, query: _Query, rare: Sequence[_Sought], scores: Collection[int]
) -> list[int]:
    """Return those rows of *query* that are among *scores*, which all hold one of the *rare* words.

    A rare stand-in of a common word is read whole, and a common one met with the rare words within the index.
    """
    if query.rows <= len(scores):
        found = matching_rows(db, index, query.terms)
    else:
        found = matching_rows(db, index, all_of([query.terms, any_of(q.terms for word in rare for q in word.queries)]))
    return [row for row in found if row in scores]


def within_scope(db: Database, index: Index, rows: Collection[int], scope: Scope) -> Collection[int]:
    """Return those of *rows* of *index* whose stories are in *scope*, in their order."""
    if scope.is_open:
        return rows
    query = (
        f"SELECT row.id FROM ({_STORY_OF[index]}) AS row JOIN stories ON stories.id = row.story"  # noqa: S608 - ours
        f" WHERE {IN_SCOPE}"
    )
    kept = {row for (row,) in db.conn.execute(query, {"rows": json.dumps(list(rows))} | values_of(scope))}
    return [row for row in rows if row in kept]


def values_of(scope: Scope) -> dict[str, str | None]:
    """Return what the names in IN_SCOPE stand for."""
    return {
        "outlets": None if scope.outlets is None else json.dumps(scope.outlets),
        "since": None if scope.since is None else scope.since.isoformat(),
        "until": None if scope.until is None else scope.until.isoformat(),
    }


def _sought(weighed: Weighed, totals: Totals, size: Callable[[Option], int]) -> list[_Sought]:
    """Return the words that are held, each with its queries; *size* is the number of rows that hold an option.

    Synonyms are asked for together, as the commonest of them: each query costs more than the few rows that it brings.
    """
    found = []
    for ask, telling in zip(weighed.asks, weighed.rarities, strict=True):
        # As in `matching_terms`: a rare stand-in of a common word tells no more than the word.
        worth = {option: option.weight * min(rarity(option.facts, totals), telling) for option in ask.options}
        held = [option for option in ask.options if size(option)]
        queries = [_Query(quoted(o.term), size(o), worth[o]) for o in held if not o.is_another]
        synonyms = [o for o in held if o.is_another and size(o) <= _MOST_SYNONYM_ROWS]
        if synonyms:
            terms = any_of(quoted(option.term) for option in synonyms)
            queries.append(_Query(terms, sum(map(size, synonyms)), min(worth[option] for option in synonyms)))
        if queries:
            found.append(_Sought(sorted(queries, key=lambda query: query.worth)))
    return found


def _common_rows(
    db: Database, index: Index, words: Sequence[_Sought], *, keep: int, scope: Scope
) -> tuple[Sequence[int], int]:
    """Return rows that hold all of some common words, then all but the commonest, and so on; newest first."""
    found: dict[int, None] = {}
    groups = [any_of(query.terms for query in word.queries) for word in words]
    for count in range(len(groups), 0, -1):
        if len(found) < keep:
            rows = newest_rows(db, index, all_of(groups[:count]), keep if scope.is_open else _BUDGET_ROWS)
            found |= dict.fromkeys(within_scope(db, index, rows, scope))
    return list(found)[:keep], len(found)
