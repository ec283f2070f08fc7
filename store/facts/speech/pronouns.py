"""Whom "he", "she", "it" and "they" mean where they have the word."""

from __future__ import annotations

from dataclasses import replace

from store.facts.lexicon import word_set
from store.facts.model import Entity, Kind, Speaker
from store.facts.speech.heard import PRONOUN_GENDERS, Heard, country_of_place, earliest, latest
from store.facts.speech.phrases import Line, Token

_RELATING = frozenset({"that", "which", "what"})  # "lorries that it said were stolen"


def of_entity(entity: Entity, printed: str, confidence: float = 1.0) -> Speaker:
    """Return the speaker for somebody or some body in the cast."""
    return Speaker(entity.name, printed, entity.role, entity.of, confidence)


def resolve_pronoun(token: Token, heard: Heard) -> Speaker | None:
    """Return whom a pronoun means, None for "we", "I" and where it is unclear."""
    if token.low in PRONOUN_GENDERS:
        return _he_or_she(token, heard)
    if token.low in {"it", "its"}:
        return _it(token, heard)
    if token.low in {"they", "them", "their"} and heard.previous and not heard.is_person(heard.previous):
        return replace(heard.previous, as_printed=token.text, confidence=0.7)
    return None


def _he_or_she(token: Token, heard: Heard) -> Speaker | None:
    """Whoever had the word before, else the topic, the first one named in the sentence before, the last one named."""
    people = [e for e in heard.people() if heard.can_be(e, PRONOUN_GENDERS[token.low])]
    previous = heard.previous
    if previous and any(e.name == previous.name for e in people):
        return replace(previous, as_printed=token.text, confidence=0.9)
    if previous and heard.is_unnamed_person(previous):
        return replace(previous, as_printed=token.text, confidence=0.75)
    known = heard.last_person
    topic = next((e for e in people if heard.topic and e.name == heard.topic.name), None)
    candidates = (
        (topic if heard.topic_start == heard.previous_start else None, 0.8),
        (earliest(people, heard.start, since=heard.previous_start, text=heard.text), 0.8),
        (topic, 0.75),
        (earliest(people, token.start, since=heard.start), 0.75),
        (next((e for e in people if known and e.name == known.name), None), 0.75),
        (latest(people, token.start), 0.6),
    )
    return next((of_entity(person, token.text, sure) for person, sure in candidates if person), None)


def _it(token: Token, heard: Heard) -> Speaker | None:
    """The body that had the word before, else the only one named since the sentence before, else the last to speak.

    In "Veria shut its border after seizing lorries that it said were stolen" it is the subject of the sentence.
    """
    leading = heard.text[heard.start : token.start].split()[-1:]
    if leading and leading[0] in _RELATING and (subject := _opening_body(heard)):
        return replace(subject, as_printed=token.text, confidence=0.7)
    if heard.previous and heard.is_body(heard.previous):
        return replace(heard.previous, as_printed=token.text, confidence=0.85)
    near = [e for e in heard.bodies() if any(heard.previous_start <= m.start < token.start for m in e.mentions)]
    if len(near) == 1:
        return of_entity(near[0], token.text, 0.7)
    if not near and heard.last_body:
        return replace(heard.last_body, as_printed=token.text, confidence=0.6)
    return None


def _opening_body(heard: Heard) -> Speaker | None:
    """Return the body, or the country's government, whose name opens the sentence as its subject."""
    at = heard.start + 4 * heard.text.startswith("The ", heard.start)
    for entity in (*heard.bodies(), *heard.places()):
        opening = next((m for m in entity.mentions if m.start == at), None)
        if opening is None or heard.text.startswith(("'s", "’s", ","), opening.end):
            continue
        if entity.kind is Kind.ORG:
            return of_entity(entity, opening.text)
        country = country_of_place(entity, heard)
        return Speaker(f"Government of {country}", opening.text, None, country, 0.7) if country else None
    return None


def owner_of(line: Line, index: int, heard: Heard) -> Speaker | None:
    """Return whom "his", "her", "its" or "their" at *index* means: named before it in the sentence, or heard before."""
    token = line.tokens[index]
    start = token.start
    if token.low in {"his", "her"}:
        people = [e for e in heard.people() if heard.can_be(e, PRONOUN_GENDERS[token.low])]
        here = earliest(people, start, since=heard.start)  # the subject: "Ruiz met Silva, her office said"
        if here:
            return of_entity(here, token.text, 0.7)
        known = heard.topic or heard.last_person
        if known and any(e.name == known.name for e in people):
            return replace(known, as_printed=token.text, confidence=0.7)
        named = latest(people, start)
        return of_entity(named, token.text, 0.6) if named else None
    if token.low == "their" and heard.previous and heard.previous.role in word_set("group_nouns.txt"):
        return replace(heard.previous, as_printed=token.text, confidence=0.7)  # the rebels: "their spokesman"
    here = earliest(heard.bodies(), start, since=heard.start)
    if here and here.kind is Kind.ORG:
        return of_entity(here, token.text, 0.75)
    return replace(heard.last_body, as_printed=token.text, confidence=0.65) if heard.last_body else None
