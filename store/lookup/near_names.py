"""Which held names come near one that is not held: what somebody may have meant, to be offered and never assumed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import JaroWinkler
from sqlite_utils import Database

from store.database.spelt import SHORTEST_SPELLED
from store.facts.english import is_near_english
from store.facts.words import fold, stem, telling_stems
from store.lookup.spelling import near_words
from store.lookup.wording import Ask

# Likeness from which on a name is worth offering. Lower than what spelling takes for the word by itself, and countries
# are among them: Austria is no slip of Australia, but who asks for one may be told that the other is held.
LIKE = 0.82
MOST_OFFERED = 3
_OPENING = 3  # letters that a held word shares at least when its shape and sound differ
_MOST_ROWS = 400


def nearest_names(db: Database, asks: Iterable[Ask]) -> tuple[str, ...]:
    """Return the held names that come near those of *asks* that are not held, nearest first, each as it is printed."""
    found: dict[str, float] = {}
    for ask in asks:
        typed = fold(ask.typed)
        if not ask.options and _may_be_name(ask, typed):
            for name, likeness in _names_like(db, typed):
                found[name] = max(likeness, found.get(name, 0.0))
    return tuple(sorted(found, key=lambda name: (-found[name], name))[:MOST_OFFERED])


def _may_be_name(ask: Ask, typed: str) -> bool:
    if not typed.isalpha() or len(typed) < SHORTEST_SPELLED:
        return False
    return ask.capital or (not ask.english and not is_near_english(typed))


def _names_like(db: Database, typed: str) -> list[tuple[str, float]]:
    """Return (name, likeness from 0 to 1) of names with a word like folded *typed*: of those with one word, one."""
    likeness = {word: JaroWinkler.similarity(typed, word) for word in near_words(db, typed) | _opening_alike(db, typed)}
    terms = {stem(word): alike for word, alike in sorted(likeness.items(), key=lambda one: one[1]) if alike >= LIKE}
    fullest = {form: name for form, name in _named(db, tuple(terms)) if form in telling_stems(name)}
    return [(name, terms[form]) for form, name in fullest.items()]


def _opening_alike(db: Database, typed: str) -> set[str]:
    """Return held words that begin as *typed* does."""
    opening = typed[:_OPENING]
    rows = db.conn.execute(
        "SELECT word FROM words WHERE word >= ? AND word < ? LIMIT ?", (opening, f"{opening}{{", _MOST_ROWS)
    ).fetchall()  # "{" comes after "z": folded words have no other letters
    return {word for (word,) in rows}


def _named(db: Database, terms: Sequence[str]) -> list[tuple[str, str]]:
    """Return (form, name) of the names that go by one of *terms* alone, a role being such a form too; fullest last."""
    marks = ",".join("?" * len(terms))
    rows = db.conn.execute(
        f"SELECT form, names.name FROM name_forms JOIN names ON names.id = name_forms.name"  # noqa: S608
        f" WHERE form IN ({marks}) ORDER BY length(names.name), stories, names.name",
        terms,
    ).fetchall()
    return [(form, name) for form, name in rows]
