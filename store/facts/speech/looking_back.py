"""Whom a pronoun before a verb of speech means by what stands around it: "Ruiz paid, but | she | says ..."."""

from __future__ import annotations

from dataclasses import replace

from store.facts.lexicon import word_set
from store.facts.model import Kind, Speaker
from store.facts.speech.closing import closes_sentence
from store.facts.speech.cues import Cue
from store.facts.speech.heard import PRONOUN_GENDERS, Heard
from store.facts.speech.phrases import Line, cut
from store.facts.speech.pronouns import of_entity
from store.facts.speech.stretches import reach
from store.facts.speech.subjects import Subject, resolve
from store.facts.speech.wording import LISTS
from store.facts.verbs import forms_of

_BACK = frozenset({"he", "she", "it", "they"})  # "police said they expected"
_ACCUSING = forms_of("accuse") | forms_of("blame") | forms_of("suspect")


def look_back(line: Line, cue: Cue, subject: Subject, heard: Heard, *, leads: bool, leading: Speaker | None) -> Subject:
    """Return the *subject* of a *cue* with whom it means where it is a pronoun.

    *leads*: somebody before it in the sentence has the word, *leading*, who is None where nobody is known.
    """
    printed = line.tokens[subject.first]
    if leads and subject.first in {cue.first - 1, cue.first - 2} and printed.low in _BACK:
        named = replace(leading, as_printed=printed.text) if leading else None  # nobody if it was nobody
        subject = replace(subject, speaker=named)  # "the broadcaster reported ..., but it later said"
    if not leads and printed.low in {"he", "she"}:
        own = _accused_before(line, cue, subject, heard) or _told_of(line, cue, subject.first, heard)
        subject = replace(subject, speaker=own) if own else subject
    if cue.kind == "show" and printed.low == "it" and heard.previous is None:
        subject = replace(subject, speaker=None)  # "It shows an officer": a tape, not the last body that was named
    if subject.speaker is None and printed.low == "they":
        subject = replace(subject, speaker=_they_in(line, subject.first, heard))
    return subject


def _accused_before(line: Line, cue: Cue, subject: Subject, heard: Heard) -> Speaker | None:
    """Return who was accused, where the accuser seems to deny it: "Ulm accused Horn of lying. | She | denied it"."""
    previous = heard.previous
    if cue.kind not in {"deny", "reject"} or previous is None or subject.speaker is None:
        return None
    accusation = cut(heard.text, heard.previous_start, heard.start)
    if previous.name != subject.speaker.name or not any(token.low in _ACCUSING for token in accusation):
        return None
    people = heard.cast.within(heard.previous_start, heard.start, Kind.PERSON)
    token = line.tokens[subject.first]
    accused = [p for p in people if p.name != previous.name and heard.can_be(p, PRONOUN_GENDERS[token.low])]
    return of_entity(accused[0], token.text, 0.7) if len(accused) == 1 else None


def _told_of(line: Line, cue: Cue, index: int, heard: Heard) -> Speaker | None:
    """Return whom the sentence is about, where a "she" at *index* goes on with it: "Ruiz paid, but she said ..."."""
    phrase = next((p for p in line.phrases(0, index - 1) if p.after is None and not p.is_time), None)
    names = line.names_in(phrase.first, phrase.last, Kind.PERSON) if phrase else []
    if not names or closes_sentence(line, cue, index):
        return None  # "Ruiz was wrong, she said": whoever had the word
    person, _, last = names[-1]
    alone = not line.tokens[last].owning and not any(line.tokens[last + 1].low in word_set(name) for name in LISTS)
    fits = heard.can_be(person, PRONOUN_GENDERS[line.tokens[index].low])
    return of_entity(person, line.tokens[index].text, 0.8) if alone and fits else None


def _they_in(line: Line, index: int, heard: Heard) -> Speaker | None:
    """ "In the ministry they confirmed": the body that a state agency names so."""
    opening = line.phrases(0, index - 1)
    if not opening or opening[0].after not in {"in", "at"}:
        return None
    until = reach(line, opening[0], index - 1)
    speaker = resolve(line, replace(opening[0], after=None), heard, until=until)
    return speaker if speaker and heard.is_body(speaker) else None
