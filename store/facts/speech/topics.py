"""Whom a sentence is about: the person to whom "he" or "she" looks back from the next one.

It is whoever has the word; else the person who is its subject, by name or as "he" or "she", or whose doing, name or
letter is ("Her letter was brief"). A sentence about a thing leaves the topic as it was.
"""

from __future__ import annotations

from store.facts.lexicon import word_set
from store.facts.model import Speaker
from store.facts.speech.heard import PRONOUN_GENDERS, Heard
from store.facts.speech.naming import name_phrase
from store.facts.speech.phrases import Line, Phrase
from store.facts.speech.pronouns import of_entity, owner_of
from store.facts.speech.subjects import explained


def topic_of(line: Line, speaker: Speaker | None, heard: Heard) -> Speaker | None:
    """Return the person of the cast whom a sentence is about, None if it is about nobody or nobody known."""
    found = speaker or _subject(line, heard)
    return found if found and heard.is_person(found) else None


def _subject(line: Line, heard: Heard) -> Speaker | None:
    phrase = next((p for p in line.phrases(0, len(line.tokens) - 1) if p.after is None and not p.is_time), None)
    if phrase is None:
        return None
    named = explained(line, phrase, heard)  # "Her brother, Ivo Kohl, is less fond of it"
    if named:
        return named
    if line.tokens[phrase.last].low in word_set("person_nouns.txt") and phrase.last not in line.name_ends:
        return None  # "her lawyer": somebody else
    return owner_in(line, phrase, heard) or name_phrase(line, phrase, heard, until=phrase.last)


def owner_in(line: Line, phrase: Phrase, heard: Heard) -> Speaker | None:
    """Return the person to whom a thing belongs: "Her name", "Ruiz's following"; None for what is nobody's."""
    names = line.names_in(phrase.first, phrase.last)
    if names and names[-1][2] == phrase.last:
        return None  # "Her friend Ana Ruiz": the friend
    if phrase.first < phrase.last and line.tokens[phrase.first].low in PRONOUN_GENDERS:
        return owner_of(line, phrase.first, heard)
    for person, _, last in names:
        if line.tokens[last].owning and last < phrase.last:
            return of_entity(person, line.tokens[last].text, 0.8)
    return None
