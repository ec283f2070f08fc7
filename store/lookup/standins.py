"""Held words that may stand for those of a question: synonyms, what the team taught, names by role or initials."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from store.database.aliases import has_aliases, meanings_of
from store.facts.model import Kind
from store.facts.words import telling_stems
from store.lookup.synonyms import Thesaurus, load_concepts, load_thesaurus

_SYNONYM = 0.4
_SAME_CONCEPT = 0.8  # "perished" for "killed"
_ONLY_SYNONYM = 0.65  # of a word that is held nowhere itself, so that a sentence can only have the synonym
_NAMED = 0.7  # a name whose role or initials were asked for
_TAUGHT = 0.9  # what the team taught
_LONGEST = 4  # words of a phrase that has an alias or means a name
_SHORTENED = 2  # words of a name that may have an abbreviation
_MOST_NAMES = 3  # that one phrase stands for: of ten ministers none is meant


@dataclass(frozen=True, slots=True)
class StandIn:
    """A term that may be matched in a word's place."""

    term: str
    weight: float
    how: str  # "synonym", "name", "alias"


def stand_ins(
    db: Database, terms: Sequence[str], sure: Sequence[str | None], worded: Sequence[str], worn: Collection[str]
) -> list[list[StandIn]]:
    """Return for each of *terms*, the stems of a question in order, what may stand in for it; best ways first.

    *sure* has for each the held stem that it surely means: itself, its right spelling, or None when that is not held.
    *worded* are the question's `phrase_stems`, *worn* those of *terms* that mean little without the rest of a phrase.
    """
    meant: list[list[StandIn]] = [[] for _ in terms]
    for place, taught in _taught(db, terms):
        meant[place] += [StandIn(term, _TAUGHT, "alias") for term in taught]
    for place, named in _named(db, terms):
        meant[place] += [StandIn(term, _NAMED, "name") for term in named]
    thesaurus, concepts = load_thesaurus(), load_concepts()
    close_phrases, phrases = _of_phrases(concepts, worded), _of_phrases(thesaurus, worded)
    for place, (term, right) in enumerate(zip(terms, sure, strict=True)):
        weight = _SYNONYM if right is not None and term not in worn else _ONLY_SYNONYM
        close = concepts.of_word(term) | concepts.of_word(right or term) | close_phrases.get(term, frozenset())
        meant[place] += [StandIn(one, _SAME_CONCEPT, "synonym") for one in sorted(close)]
        found = thesaurus.of_word(term) | thesaurus.of_word(right or term) | phrases.get(term, frozenset())
        meant[place] += [StandIn(one, weight, "synonym") for one in sorted(found)]
    return meant


def _of_phrases(thesaurus: Thesaurus, worded: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return for each word that is part of a phrase what may stand for the phrase."""
    found: dict[str, frozenset[str]] = {}
    for places, meant in thesaurus.of_phrases(worded):
        for place in places:
            found[worded[place]] = found.get(worded[place], frozenset()) | meant
    return found


def _runs_of(terms: Sequence[str]) -> list[tuple[range, str]]:
    """Return all runs of up to four of *terms*, each joined by blanks."""
    return [
        (range(at, at + length), " ".join(terms[at : at + length]))
        for at in range(len(terms))
        for length in range(1, _LONGEST + 1)
        if at + length <= len(terms)
    ]


def names_called(db: Database, terms: Sequence[str]) -> list[tuple[str, str, str, int]]:
    """Return (run, name, kind, id) of the held names that runs of *terms* may mean, the most told of first."""
    phrases = [phrase for _, phrase in _runs_of(terms)]
    marks = ",".join("?" * len(phrases))
    return db.conn.execute(
        f"SELECT form, names.name, kind, names.id FROM name_forms JOIN names ON names.id = name_forms.name"  # noqa: S608
        f" WHERE form IN ({marks}) ORDER BY stories DESC",
        phrases,
    ).fetchall()


def _taught(db: Database, terms: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    """Return which of *terms* the team taught other words for, alone or as a phrase, and the stems of those."""
    if not has_aliases(db):
        return []
    return [
        (place, telling_stems(meaning))
        for places, phrase in _runs_of(terms)
        for meaning in meanings_of(db, phrase)
        for place in places
    ]


def _named(db: Database, terms: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    """Return which of *terms* are a held name, its initials or its role, and by which stem else the name is told.

    A person is told by the surname, a body or a place by the first word of its name that the phrase lacks; what is
    asked for by its whole name, by its abbreviation.
    """
    rows = names_called(db, terms)
    found = []
    for places, phrase in _runs_of(terms):
        named = [row[1:] for row in rows if row[0] == phrase][:_MOST_NAMES]
        telling = [one for name in named for one in _told_by(db, *name, terms=terms)]
        found += [(place, tuple(dict.fromkeys(telling))) for place in places if telling]
    return found


def _told_by(db: Database, name: str, kind: str, id_: int, *, terms: Sequence[str]) -> list[str]:
    """Return the stems by which a name is told beside the *terms* of a question."""
    stems = telling_stems(name)
    lacking = [one for one in stems if one not in terms]
    if lacking:
        return [lacking[-1] if kind == Kind.PERSON else lacking[0]]
    if len(stems) < _SHORTENED:
        return []
    forms = db.conn.execute("SELECT form FROM name_forms WHERE name = ? AND instr(form, ' ') = 0", (id_,)).fetchall()
    return [form for (form,) in forms if form not in terms]
