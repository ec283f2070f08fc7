"""Whether a story is about a watched phrase: all its telling words are in it, in any spelling or wording."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

from sqlite_utils import Database

from store.facts.comparing.concepts import find_concepts
from store.facts.english import is_english
from store.facts.model import Known
from store.facts.words import placed_stems, telling_stems, tokens
from store.lookup.spelling import same_sounding
from store.lookup.wording import Ask, read_words

_SHORTEST_SOUNDED = 5  # letters; shorter words sound like too many others
_LONGEST_NAME = 5  # words
_MOST_SPELLINGS = 200  # of a whole name, that are looked up


@dataclass(frozen=True, slots=True)
class Phrase:
    """What somebody watches: for each telling word what it may stand for, which is terms and concepts by name."""

    words: tuple[frozenset[str], ...]
    is_person: bool = False  # the whole of it is the name of somebody who is held


def read_phrase(db: Database, text: str) -> Phrase:
    """Return what each telling word of *text* may match; without words when it has none."""
    words = tuple(_stands_for(db, ask) for ask in read_words(db, text))
    return Phrase(words, is_person=_names_a_person(db, words))


def matching_facts(phrase: Phrase, title: str | None, facts: Sequence[Known]) -> list[Known]:
    """Return the facts of one story for which the phrase would have called somebody; empty when it would not.

    All words must be somewhere in the story, its title included. The facts given back are those with the most of them.
    """
    held = [_meant(known, phrase) for known in facts]
    everywhere = {*telling_stems(title or ""), *_concepts(title or "")}.union(*held)
    if not phrase.words or not all(word & everywhere for word in phrase.words):
        return []
    counts = [sum(1 for word in phrase.words if word & terms) for terms in held]
    return [known for known, count in zip(facts, counts, strict=True) if count == max(counts)]


def _stands_for(db: Database, ask: Ask) -> frozenset[str]:
    """Return the typed term, what a question would read it as, its other romanisations, and the concepts it words."""
    folded = "".join(token.text for token in tokens(ask.typed))
    # Not the first names that go with a surname: of "Osmanova" a question may mean any, somebody who watches means one.
    terms = {ask.term, *(option.term for option in ask.options if option.how != "name")}
    if len(folded) >= _SHORTEST_SOUNDED and not ask.figure and not is_english(folded):
        terms |= {found.term for found in same_sounding(db, folded) if not is_english(found.word)}
    return frozenset(terms | _concepts(ask.typed))


def _names_a_person(db: Database, words: Sequence[frozenset[str]]) -> bool:
    if not 2 <= len(words) <= _LONGEST_NAME:
        return False
    forms = [" ".join(spelt) for spelt in islice(product(*map(sorted, words)), _MOST_SPELLINGS)]
    query = (
        "SELECT 1 FROM name_forms JOIN names ON names.id = name_forms.name"
        " WHERE form IN (SELECT value FROM json_each(?)) AND kind = 'person' LIMIT 1"
    )
    return db.conn.execute(query, (json.dumps(forms),)).fetchone() is not None


def _meant(known: Known, phrase: Phrase) -> set[str]:
    """Return what a fact says and whom it means, though it may print only "he" or "the minister".

    When a person is watched, their surname stands for the whole name, unless another first name stands beside it.
    """
    fact = known.fact
    names = (*fact.people, *fact.orgs, *fact.places, *([fact.speaker.name] if fact.speaker else []))
    said = {*known.stems, *_concepts(known.text)}
    for name in names:
        terms = telling_stems(name)
        said.update(terms)
        if phrase.is_person and terms and _is_they(terms, phrase.words):
            said.update(*phrase.words)
    return said


def _is_they(name: Sequence[str], words: Sequence[frozenset[str]]) -> bool:
    return name[-1] in words[-1] and all(any(term in word for word in words) for term in name)


def _concepts(text: str) -> set[str]:
    """Return the concepts that *text* words, and what they imply, marked so that no term is like them."""
    placed = list(placed_stems(text))
    hits = find_concepts([token.text for token, _ in placed], [term for _, term in placed])
    return {f"={name}" for hit in hits for name in (hit.concept.name, hit.concept.implies) if name}
