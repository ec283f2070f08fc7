"""How well held words keep company: how much oftener they share a paragraph than by chance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

from sqlite_utils import Database

from store.database.full_text import Index, all_of, any_of, matching_rows, quoted

Held = tuple[str, int]  # a term with the number of paragraphs that hold it

_MOST_ROWS = 2000  # paragraphs of a word that are read one by one; those of a commoner one are only met with a rarer's
_UNSEEN = 0.3  # paragraphs that both counts are thought to have besides: two words that never met may yet
# A pair counts no more than that, in log odds: meeting often is one piece of evidence, never meeting a weaker one.
_MOST, _LEAST = 4.0, -0.4


class Company:
    """Counts the paragraphs that held terms share; each term's are read once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rows: dict[str, frozenset[int]] = {}
        self._met: dict[tuple[str, str], int] = {}  # a rare and a common term -> paragraphs that hold both
        ((self.paragraphs,),) = db.conn.execute("SELECT paragraphs FROM index_totals").fetchall()

    def fits(self, terms: Sequence[Held], others: Sequence[Held]) -> dict[str, float]:
        """Return how much likelier *others* make it that each of *terms* was meant, in log odds.

        It is 0 where nothing is known, and between the same term.
        """
        self._meet(_by_count(term, other) for term in terms for other in others)
        return {
            term[0]: sum(self._attraction(*_by_count(term, other)) for other in others if other[0] != term[0])
            for term in terms
        }

    def _attraction(self, rarer: Held, commoner: Held) -> float:
        if rarer[1] > _MOST_ROWS:
            return 0.0
        expected = rarer[1] * commoner[1] / self.paragraphs
        return max(_LEAST, min(_MOST, log((self._shared(rarer, commoner) + _UNSEEN) / (expected + _UNSEEN))))

    def _shared(self, rarer: Held, commoner: Held) -> int:
        if commoner[1] <= _MOST_ROWS:
            return len(self._paragraphs_of(rarer[0]) & self._paragraphs_of(commoner[0]))
        return self._met[rarer[0], commoner[0]]

    def _meet(self, pairs: Iterable[tuple[Held, Held]]) -> None:
        """Count what rare terms share with a common one, with all of them at once: to walk its list is what costs."""
        wanted: dict[str, dict[str, None]] = {}
        for rarer, commoner in pairs:
            if rarer[1] <= _MOST_ROWS < commoner[1] and (rarer[0], commoner[0]) not in self._met:
                wanted.setdefault(commoner[0], {})[rarer[0]] = None
        for common, rare in wanted.items():
            both = self._matching(all_of([quoted(common), any_of(map(quoted, rare))]))
            self._met |= {(term, common): len(both & self._paragraphs_of(term)) for term in rare}

    def _paragraphs_of(self, term: str) -> frozenset[int]:
        if term not in self._rows:
            self._rows[term] = self._matching(quoted(term))
        return self._rows[term]

    def _matching(self, query: str) -> frozenset[int]:
        return frozenset(matching_rows(self._db, Index.PARAGRAPHS, query))


def _by_count(one: Held, other: Held) -> tuple[Held, Held]:
    """Return the two, the rarer first."""
    return (one, other) if one[1] <= other[1] else (other, one)
