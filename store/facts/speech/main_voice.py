"""Which of a sentence's voices is the main one, and where its claim ends: the first that speaks for itself.

Two things change that: who tells what somebody "had said" before is the one who speaks now, and a claim ends where
somebody else's is set against it ("..., while the union put it at 40").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.facts.grammar import word_class
from store.facts.model import Kind, Speaker
from store.facts.numbers.counted import is_past
from store.facts.numbers.word_classes import word_class as counting_words
from store.facts.speech.phrases import Line, Token
from store.facts.speech.stretches import FINITE
from store.facts.speech.voices import Voice

BAR = 0.5  # a speaker less sure than this is left empty
_TOLD_BEFORE = frozenset({"had", "has", "have"})  # begin the cue of what was said before somebody tells of it
_TELLING = frozenset({"say", "label", "report"})  # kinds of cues whose claim may hang on what the outlet says itself
_TIME_UNITS = counting_words("time_units")
_SUBJECTS = frozenset({"it", "they", "he", "she"})
_TOLD_OF = frozenset({"show", "offer", "vow"})  # kinds of cues that somebody else tells of: "X offers to go, Y said"
_SETTING_AGAINST = frozenset({"but", "while", "whereas", "though", "although"})
_LONGEST_OPENING = 6  # tokens from such a word to the voice that it brings in: "but at the same time the union"


def main_voice(line: Line, voices: Sequence[Voice]) -> Voice | None:
    """Return the main one of the *voices* of a sentence, cut where another claim begins; None where nobody speaks.

    Of those that speak for themselves, one with a speaker goes before one without.
    """
    free = [voice for voice in voices if not voice.is_embedded and voice.rule != "added"]
    sure = [voice for voice in free if voice.speaker and voice.speaker.confidence >= BAR]
    first = next(iter(sure or free), None)
    return _up_to_next(_teller_of(first, sure) or first, line, voices) if first else None


def hanging_voice(line: Line, voices: Sequence[Voice]) -> Voice | None:
    """Return the only one of the *voices* where what is said hangs on what the outlet tells itself; else None.

    "... carrying what Ruiz said was diesel"; "Corvus fell after the company said ..."; "Veria shut its border after
    seizing lorries that it said ..."; "..., where Dr Ruiz described both as well". Not what merely dates or describes:
    "two days after the army said", "a law that critics say", "who had said so".
    """
    voice = voices[0] if len(voices) == 1 else None
    if voice is None or voice.speaker is None or voice.cue is None or voice.speaker.confidence < BAR:
        return None
    told = voice.is_embedded and voice.rule == "lead" and voice.kind in _TELLING and voice.cue.first > voice.first
    return replace(voice, rule="hangs") if told and _vouches(line, voice, voice.speaker) else None


def _vouches(line: Line, voice: Voice, speaker: Speaker) -> bool:
    """Tell a clause that gives the sentence its claim, by the word that opens it and by who has the word there."""
    at = voice.first - 1
    while at > 0 and line.tokens[at].low in word_class("honorific"):
        at -= 1
    opening, before = line.tokens[at].low, line.tokens[at - 1].low if at > 0 else ""
    match opening:
        case "what":
            return at > 0 and voice.kind == "say"
        case "that" | "which":
            return speaker.as_printed.lower() in _SUBJECTS
        case "after":
            opens = line.names_in(0, min(1, at))
            return before not in _TIME_UNITS and any(entity.name == speaker.name for entity, *_ in opens)
        case "where":
            people = line.names_in(at, voice.cue.first if voice.cue else at, Kind.PERSON)
            return any(person.name == speaker.name for person, *_ in people)
        case _:
            return False


def _teller_of(earlier: Voice, sure: Sequence[Voice]) -> Voice | None:
    """Return who tells now what somebody said or found before: "Ruiz had warned of gas, | her deputy said".

    None for no one. That a paper "reported" it tells only where it was printed.
    """
    told_before = _TOLD_BEFORE.issuperset((earlier.cue_text or "").lower().split()[:1])
    if earlier.rule != "lead" or not (told_before or earlier.kind in _TOLD_OF):
        return None
    closing = (v for v in sure if v.first > earlier.last and v.kind in {None, "say"} and not _is_printing(v))
    return next((v for v in closing if v.content[0] <= earlier.first and earlier.last <= v.content[1]), None)


def _is_printing(voice: Voice) -> bool:
    return voice.cue is not None and voice.cue.lemma == "report"


def _up_to_next(main: Voice, line: Line, voices: Sequence[Voice]) -> Voice:
    """Cut what the main voice says where another claim begins: "..., but promised to", "..., while Ruiz put it at"."""
    behind = [voice for voice in voices if voice.first > main.last]
    following = [v.first - 1 for v in behind if v.rule in {"joined", "added"} and not v.is_embedded]
    following += [at - 1 for v in behind if (at := _set_against(line, v, main)) is not None]
    low, high = main.content
    return replace(main, content=(low, min(high, *following))) if following else main


def _set_against(line: Line, voice: Voice, main: Voice) -> int | None:
    """Return where a further voice's clause is set against the *main* one's: at the ";" or the word that contrasts.

    "Police put it at 40, | while organisers said ..."; None where it may go on with what is said: "... and Kral said",
    "said the law, while critics called it a slap, would stand".
    """
    opening = range(voice.first - 1, max(main.last, voice.first - _LONGEST_OPENING), -1)
    words = ((i, line.tokens[i]) for i in opening)
    at = next((i for i, t in words if t.quoted or t.text == ";" or t.low in _SETTING_AGAINST), None)
    if at is None or line.tokens[at].quoted:
        return None
    tells = main.kind == "count" or any(_is_told(token) for token in line.tokens[main.last + 1 : at])
    return at if tells else None


def _is_told(token: Token) -> bool:
    """Tell a verb or a number, with which what is said is a claim already."""
    return token.is_number or token.low in FINITE or is_past(token.low)
