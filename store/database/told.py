"""What the stories that a new one may be kin to tell, and by which words."""

from __future__ import annotations

import heapq
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count, groupby, islice
from operator import itemgetter

from sqlite_utils import Database

from store.database.index import CODE, Trait, unpack
from store.database.memory import Told, memory_of

FACTS_A_STORY = 60  # of a long read only the facts most like the new ones are weighed in full
REMEMBERED = 600  # stories, of about 25 kB each: the running events are met again by each of their stories
_LEAST_WEIGHT = 1e-9  # less than any term weighs


def told_by(db: Database, stories: Iterable[int]) -> list[Told]:
    """Return what *stories* tell, from memory where it was read lately; one that was taken back tells nothing."""
    known = memory_of(db).told
    wanted = list(dict.fromkeys(stories))
    found = {story: known[story] for story in wanted if story in known}
    missing = [story for story in wanted if story not in found]
    if missing:
        read = _read(db, missing)
        found |= read
        if len(known) > REMEMBERED:
            known.clear()
        known |= {story: told for story, told in read.items() if len(told.facts) <= FACTS_A_STORY}  # long ones are rare
    return [found[story] for story in wanted if story in found]


def retired_of(db: Database, stories: Sequence[int]) -> frozenset[int]:
    """Return the facts of *stories* that a later version of their story carries or replaced."""
    rows = db.conn.execute(
        "SELECT facts.id FROM stories JOIN facts INDEXED BY facts_retired"
        " ON facts.id BETWEEN first_fact AND first_fact + stories.facts - 1"
        " WHERE stories.id IN (SELECT value FROM json_each(?)) AND retired",
        (json.dumps(stories),),
    )
    return frozenset([id_ for (id_,) in rows])


def _read(db: Database, stories: Sequence[int]) -> dict[int, Told]:
    rows = db.conn.execute(
        "SELECT stories.id, fact, traits, words FROM stories"
        " JOIN fact_words ON fact BETWEEN first_fact AND first_fact + stories.facts - 1"
        " WHERE stories.id IN (SELECT value FROM json_each(?)) ORDER BY stories.id, fact DESC",
        (json.dumps(stories),),
    )
    return {story: _read_told([row[1:] for row in facts]) for story, facts in groupby(rows, key=itemgetter(0))}


def _read_told(facts: Sequence[tuple[int, int, bytes]]) -> Told:
    """Return what a story tells by its facts' ids, traits and packed words, the latest first."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, (_, _, words) in enumerate(facts):
        for term in set(map(_term_of, CODE.findall(words))):
            places[term].append(place)
    figures = frozenset([place for place, (_, traits, _) in enumerate(facts) if traits & Trait.FIGURE])
    return Told([id_ for id_, _, _ in facts], figures, {term: tuple(at) for term, at in places.items()})


@lru_cache(maxsize=65536)
def _term_of(packed: bytes) -> int:
    """Return the id of one packed word; most words are frequent ones."""
    return unpack(packed)[0][0]


class Candidates:
    """The facts of the kin stories, by their terms: a new fact only meets those that share one."""

    def __init__(self, told: Iterable[Told], weights: Mapping[int, float], *, without: frozenset[int]) -> None:
        """Take the facts that are told, but for those *without*; *weights* are of all terms of the new story."""
        self._ids: list[int] = []  # the latest first; below, a fact is its place here
        self._figures: list[int] = []
        self._by_term: defaultdict[int, list[int]] = defaultdict(list)
        for one in sorted(told, key=lambda one: one.facts[0], reverse=True):
            terms = weights.keys() & one.places.keys()
            kept = [place for place, id_ in enumerate(one.facts) if id_ not in without]
            if len(kept) > FACTS_A_STORY:
                kept = _most_telling(one, kept, {term: weights[term] for term in terms})
            at = dict(zip(kept, count(len(self._ids)), strict=False))
            self._ids += [one.facts[place] for place in kept]
            self._figures += [at[place] for place in kept if place in one.figures]
            for term in terms:
                self._by_term[term] += [at[place] for place in one.places[term] if place in at]

    def most_alike(self, weights: Mapping[int, float], *, with_figure: bool, limit: int) -> list[int]:
        """Return ids of at most *limit* facts: those that share most of *weights*, then the latest.

        For a fact with a figure, half of them are the latest figures.
        """
        shared = [0.0] * len(self._ids)
        for term, weight in weights.items():
            for at in self._by_term.get(term, ()):
                shared[at] += weight
        # Sorting plain numbers is the quick part.
        least = max(min(sorted(shared, reverse=True)[:limit], default=0.0), _LEAST_WEIGHT)
        best = [at for at, weight in enumerate(shared) if weight >= least]
        best.sort(key=shared.__getitem__, reverse=True)  # of equals the latest: sorting is stable
        del best[limit:]
        figures = self._figures[: limit // 2] if with_figure else []
        chosen = dict.fromkeys((*best[: limit - len(figures)], *figures, *best, *range(min(limit, len(shared)))))
        return [self._ids[at] for at in islice(chosen, limit)]


def _most_telling(told: Told, places: Iterable[int], weights: Mapping[int, float]) -> list[int]:
    """Return those of *places* whose facts share most of *weights*, of equals the latest; in their order."""
    shared: defaultdict[int, float] = defaultdict(float)
    for term, weight in weights.items():
        for place in told.places[term]:
            shared[place] += weight
    return sorted(heapq.nlargest(FACTS_A_STORY, places, key=lambda place: (shared[place], told.facts[place])))
