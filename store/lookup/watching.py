"""Whether a story is about a phrase that somebody watches: all its telling words, in any spelling, are in it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from store.facts.model import Known
from store.facts.words import telling_stems
from store.lookup.wording import read_words

Phrase = tuple[frozenset[str], ...]  # for each telling word, the terms that it may stand for


def read_phrase(db: Database, text: str) -> Phrase:
    """Return what each telling word of *text* may match; empty when it has none."""
    return tuple(frozenset({ask.term, *(option.term for option in ask.options)}) for ask in read_words(db, text))


def matching_facts(phrase: Phrase, title: str | None, facts: Sequence[Known]) -> list[Known]:
    """Return the facts of one story for which the phrase would have called somebody; empty when it would not.

    All words must be somewhere in the story, its title included. The facts given back are those with the most of them.
    """
    in_title = set(telling_stems(title or ""))
    terms_of = [{*known.stems, *_named(known)} for known in facts]
    everywhere = in_title.union(*terms_of)
    if not phrase or not all(word & everywhere for word in phrase):
        return []
    counts = [sum(1 for word in phrase if word & terms) for terms in terms_of]
    return [known for known, count in zip(facts, counts, strict=True) if count == max(counts)]


def _named(known: Known) -> set[str]:
    """Return the words of the full names of those who are only "he" or "the minister" in the sentence."""
    fact = known.fact
    names = (*fact.people, *fact.orgs, *fact.places, fact.speaker.name if fact.speaker else "")
    return {term for name in names for term in telling_stems(name)}
