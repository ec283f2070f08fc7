"""Names on the labels of a transcript: "Holloway: ...", "JOHN HOLLOWAY, MINISTER FOR TRANSPORT: ..."."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from store.facts.cast.candidates import SURE, Candidate
from store.facts.cast.mentions import read_run
from store.facts.cast.names import Token, find_runs, particles, read_tokens
from store.facts.cast.settling import Reading
from store.facts.cast.vocabulary import person_nouns
from store.facts.model import Kind, Layout, Sentence, Turn, TurnKind
from store.facts.rules import Rule


def said_at(layout: Layout, sentence: Sentence) -> int:
    """Return where the words of a sentence begin, behind the label that it may open with."""
    turn = layout.turn_at(sentence.start)
    return max(sentence.start, turn.said_at) if turn and turn.start <= sentence.start else sentence.start


def read_labels(text: str, layout: Layout, readings: Sequence[Reading]) -> list[Reading]:
    """Return a reading of each label that names somebody; *readings*, of the sentences, tell how names are written.

    "HOLLOWAY" is written as the story has it, else with one capital. The name is a person's, whatever its words are
    elsewhere, and the words behind its comma are the office.
    """
    written = {t.low: t.text for reading in readings for t in reading.tokens if t.capital and not t.text.isupper()}
    surnames = {c.words[-1].lower() for reading in readings for c in reading.candidates if len(c.words) > 1}
    found = []
    for turn in layout.turns:
        if turn.kind is TurnKind.SPEAKS:
            reading = _read_label(text, turn, written, surnames)
            if reading:
                found.append(reading)
    return found


def _read_label(text: str, turn: Turn, written: Mapping[str, str], surnames: Collection[str]) -> Reading | None:
    start = text.index(turn.label, turn.start)
    name = turn.label.partition(", ")[0].partition(" (")[0]
    office = _office(turn.label[len(name) :])
    tokens = [_in_title_case(token, written) for token in read_tokens(text, start, start + len(name))]
    people = [candidate for run in find_runs(tokens) for candidate in read_run(run)][-1:]
    if people and all(word.lower() in person_nouns() and word.lower() not in surnames for word in people[0].words):
        return None  # "WITNESS"
    for person in people:
        _make_person(person, office.lower() if office.isupper() else office)
    return Reading(tokens, people) if people else None


def _office(behind: str) -> str:
    """Return the office behind a name: of ", Minister for Transport" and "(Minister for Transport)", not "(Green)"."""
    if behind.startswith(", "):
        return behind[2:].partition(" (")[0]
    words = behind.strip(" ()").split()
    return " ".join(words) if words and words[0].lower() in person_nouns() else ""


def _make_person(candidate: Candidate, office: str) -> None:
    candidate.vote(Kind.PERSON, 2 * SURE, Rule.TURN_LABEL)
    candidate.votes.pop(Kind.ORG, None)
    candidate.has_word = True
    candidate.opens = candidate.tells_nothing = False
    candidate.role = candidate.role or office or None


def _in_title_case(token: Token, written: Mapping[str, str]) -> Token:
    """Return "HOLLOWAY" as "Holloway", "AL-TAMRI" as "al-Tamri" where the story writes it so; initials stay."""
    if not token.text.isupper() or len(token.text.rstrip(".")) < 2:
        return token
    if token.low in particles():
        return token._replace(text=token.low, capital=False)
    return token._replace(text=written.get(token.low) or token.text.title())
