"""What bears on an answer: the denial, walk-back, newer figure or second source held for it, and what it answers to.

An answer never shows a claim without the denial or walk-back that is held against it, whichever outlet's copy of the
claim it was said of: sentences that report the same share what is held against any of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sqlite_utils import Database

from store.database.reading import StoredRelation, current_facts, known_facts, relations_of
from store.facts.model import Known, RelationType
from store.lookup.model import Note, NoteType

_HELD_AGAINST = {
    RelationType.DENIES: NoteType.DENIED_BY,
    RelationType.WALKS_BACK: NoteType.WALKED_BACK_BY,
    RelationType.UPDATES: NoteType.UPDATED_BY,
    RelationType.REPLACES: NoteType.UPDATED_BY,
    RelationType.DISPUTES: NoteType.DISPUTED_BY,
    RelationType.ALSO_REPORTS: NoteType.ALSO_REPORTED_BY,
}
_ANSWERS_TO = {
    RelationType.DENIES: NoteType.DENIES,
    RelationType.WALKS_BACK: NoteType.WALKS_BACK,
    RelationType.UPDATES: NoteType.UPDATES,
    RelationType.REPLACES: NoteType.UPDATES,
    RelationType.DISPUTES: NoteType.DISPUTES,
}
_SHARED = frozenset({NoteType.DENIED_BY, NoteType.WALKED_BACK_BY, NoteType.DISPUTED_BY})
_MOST_STEPS = 8  # along a chain of updates; a count that is renewed every hour has hundreds


def notes_for(db: Database, facts: Sequence[int]) -> dict[int, tuple[Note, ...]]:
    """Return for each of the *facts* the notes that go with it, the newest of each kind first.

    What a fact leads to is followed: the update of an update is a note too, and so is the denial of another outlet's
    copy. Facts that a later text of their story withdrew are in no note.
    """
    relations = _Relations(db)
    relations.read(facts)
    relations.read(relations.reached(facts))
    noted = {fact: relations.notes(fact) for fact in facts}
    others = {other for pairs in noted.values() for _, other in pairs}
    usable = current_facts(db, others)
    known = known_facts(db, sorted(usable))
    return {
        fact: tuple(sorted((Note(type_, known[other]) for type_, other in pairs if other in known), key=_newest_first))
        for fact, pairs in noted.items()
    }


class _Relations:
    """The relations around a few facts, read from the store step by step."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._into: dict[int, set[tuple[RelationType, int]]] = defaultdict(set)
        self._out_of: dict[int, set[tuple[RelationType, int]]] = defaultdict(set)

    def read(self, facts: Iterable[int]) -> None:
        for relation in relations_of(self._db, facts):
            self._add(relation)

    def _add(self, relation: StoredRelation) -> None:
        self._into[relation.target].add((relation.type, relation.source))
        self._out_of[relation.source].add((relation.type, relation.target))

    def reached(self, facts: Iterable[int]) -> set[int]:
        """Return the facts that say the same as one of *facts*, or take its place."""
        return {other for fact in facts for other in (*self._same(fact), *self._updates(fact))}

    def notes(self, fact: int) -> set[tuple[NoteType, int]]:
        found = {(_HELD_AGAINST[type_], source) for type_, source in self._into[fact] if type_ in _HELD_AGAINST}
        found |= {(_ANSWERS_TO[type_], target) for type_, target in self._out_of[fact] if type_ in _ANSWERS_TO}
        found |= {
            (_HELD_AGAINST[type_], source)
            for same in self._same(fact)
            for type_, source in self._into[same]
            if _HELD_AGAINST.get(type_) in _SHARED and source != fact
        }
        return found | {(NoteType.UPDATED_BY, newer) for newer in self._chain(fact)}

    def _same(self, fact: int) -> Iterator[int]:
        for type_, other in (*self._into[fact], *self._out_of[fact]):
            if type_ is RelationType.ALSO_REPORTS:
                yield other

    def _updates(self, fact: int) -> Iterator[int]:
        return (source for type_, source in self._into[fact] if type_ is RelationType.UPDATES)

    def _chain(self, fact: int) -> set[int]:
        """Return all facts that take the place of *fact*, one after another."""
        found: set[int] = set()
        new = {fact}
        for _ in range(_MOST_STEPS):
            new = {newer for each in new for newer in self._updates(each)} - found - {fact}
            if not new:
                break
            found |= new
            self.read(new)
        return found


def _newest_first(note: Note) -> tuple[int, float, int]:
    order = list(NoteType).index(note.type)
    return order, -published(note.known), -note.known.id


def published(known: Known) -> float:
    """Return when the story came out, as seconds; 0 where it is not known."""
    return known.published_at.timestamp() if known.published_at else 0.0
