"""How well held words keep company: how much oftener they share a paragraph than by chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from sqlite_utils import Database

_MOST_ROWS = 2000  # paragraphs of a word that are read one by one; those of a commoner one are only met with a rarer's
_UNSEEN = 0.3  # paragraphs that both counts are thought to have besides: two words that never met may yet
# A pair counts no more than that, in log odds: meeting often is one piece of evidence, never meeting a weaker one.
_MOST, _LEAST = 4.0, -0.4


class Company:
    """Counts the paragraphs that held terms share; each term's are read once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rows: dict[str, frozenset[int]] = {}
        ((self.paragraphs,),) = db.conn.execute("SELECT paragraphs FROM index_totals").fetchall()

    def fit(self, term: tuple[str, int], others: Sequence[tuple[str, int]]) -> float:
        """Return how much likelier *others* make it that *term* was meant, in log odds; 0 when nothing is known.

        Each is a held term with the number of paragraphs that hold it.
        """
        return sum(self._attraction(term, other) for other in others if other[0] != term[0])

    def _attraction(self, one: tuple[str, int], other: tuple[str, int]) -> float:
        if min(one[1], other[1]) > _MOST_ROWS:
            return 0.0
        expected = one[1] * other[1] / self.paragraphs
        shared = self._shared(*sorted((one, other), key=lambda held: held[1]))
        return max(_LEAST, min(_MOST, log((shared + _UNSEEN) / (expected + _UNSEEN))))

    def _shared(self, rarer: tuple[str, int], commoner: tuple[str, int]) -> int:
        if commoner[1] <= _MOST_ROWS:
            return len(self._paragraphs_of(rarer[0]) & self._paragraphs_of(commoner[0]))
        return len(self._matching(f'"{rarer[0]}" AND "{commoner[0]}"'))

    def _paragraphs_of(self, term: str) -> frozenset[int]:
        if term not in self._rows:
            self._rows[term] = self._matching(f'"{term}"')
        return self._rows[term]

    def _matching(self, query: str) -> frozenset[int]:
        sql = "SELECT rowid FROM paragraph_index WHERE paragraph_index MATCH ? LIMIT ?"
        return frozenset(row for (row,) in self._db.conn.execute(sql, (query, _MOST_ROWS)))
