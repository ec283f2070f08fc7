"""Whose a quotation is that no verb of speech and no source gives to somebody: one rule to each way.

colon        X was blunt: "..."; her advice: "..."; X: vote "fair", but late
words        "..." was the verdict of X
to           To X, "..."
continued    "..."  (the speaker of the sentence before)
after        X shrugged. "..."
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.model import Kind, Sentence, Speaker
from store.facts.speech.heard import PRONOUN_GENDERS, Heard
from store.facts.speech.phrases import Line, Phrase, Token
from store.facts.speech.pronouns import of_entity
from store.facts.speech.stretches import reach
from store.facts.speech.subjects import resolve
from store.facts.speech.told_after import behind_saying
from store.facts.speech.topics import owner_in
from store.facts.speech.voices import Voice

_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ALL_QUOTED = 0.9  # of a sentence's words, from which on it is nothing but a quotation
_SHORTEST_QUOTE = 3  # words: a single one in quotation marks is hardly anybody's
_LONGEST_NOUN = 4  # words of "the very last words" before "of"
_TOPICAL = frozenset({"of", "on", "about"})  # open what a quotation is about: "On taxes: "...""
_ASKED = frozenset({"asked", "pressed", "questioned"})  # "Asked how many: "Twelve."": who had the word goes on
_WAS = frozenset({"is", "was", "are", "were"})


def voice_without_cue(line: Line, neighbour: Sentence | None, heard: Heard) -> Voice | None:
    """Return whose quotation a sentence holds that no cue gives to anybody; *neighbour* is the sentence before."""
    return (
        _before_colon(line, heard)
        or _behind_name(line, heard)
        or _called_words_of(line, heard)
        or _to_somebody(line, heard)
        or _alone(line, neighbour, heard)
    )


def _made(speaker: Speaker, first: int, last: int, *, rule: str, content: tuple[int, int], sure: float) -> Voice:
    """Return the voice of a *speaker* who is named from token *first* to *last*, at most as sure as *sure*."""
    known = replace(speaker, confidence=min(sure, speaker.confidence))
    return Voice(known, rule, None, None, first, last, content)


# ---- named in the sentence
def _before_colon(line: Line, heard: Heard) -> Voice | None:
    """ "X was blunt: "..."", "her advice: "..."": the first phrase that can speak, or whose words they are.

    Where only a topic or a question stands before it ("Of the mayor: "..."", "Asked how many: "...""), whoever had
    the word goes on.
    """
    for index, token in enumerate(line.tokens[:-1]):
        if token.text == ":" and not token.quoted and line.tokens[index + 1].quoted:
            phrases = line.phrases(0, index - 1)
            phrase = next((p for p in phrases if p.after is None and not p.is_time), None)
            speaker = _speaker_of(line, phrase, heard) if phrase else None
            content = (index + 1, len(line.tokens) - 1)
            about = phrases and phrases[0].after in _TOPICAL and phrase is None and speaker is None
            asked = line.tokens[0].low in _ASKED and not any(t.text == "," for t in line.tokens[:index])
            if (about or asked) and heard.previous:
                return _made(heard.previous, -1, -1, rule="continued", content=content, sure=0.75)
            return _made(speaker, 0, index, rule="colon", content=content, sure=0.75) if speaker else None
    return None


def _behind_name(line: Line, heard: Heard) -> Voice | None:
    """ "Mayor Ada Lind: bridge "as good as new", though ...": short notes give a name, a colon and what was said.

    Nothing but the name and the office stands before the colon, and some of the words are quoted.
    """
    index = next((i for i, token in enumerate(line.tokens[:-1]) if token.is_mark), 0)
    behind = line.tokens[index + 1 :]
    if not index or line.tokens[index].text != ":" or not any(t.quoted and not t.is_mark for t in behind):
        return None
    names = [end for kind in (Kind.PERSON, Kind.ORG) for *_, end in line.names_in(0, index - 1, kind)]
    phrases = line.phrases(0, index - 1)
    if index - 1 not in names or len(phrases) != 1 or line.tokens[index - 1].owning:
        return None
    speaker = resolve(line, replace(phrases[0], after=None), heard, until=index - 1)
    content = (index + 1, len(line.tokens) - 1)
    return _made(speaker, 0, index, rule="colon", content=content, sure=0.75) if speaker else None


def _speaker_of(line: Line, phrase: Phrase, heard: Heard) -> Speaker | None:
    """Return whom a phrase means, or whose words it names: "her advice", "Ruiz's message"."""
    if line.tokens[phrase.last].low in word_set("saying_nouns.txt"):
        return owner_in(line, phrase, heard)
    return resolve(line, phrase, heard, until=phrase.last)


def _called_words_of(line: Line, heard: Heard) -> Voice | None:
    """ ""..." was the verdict of X"."""
    for index in range(_SHORTEST_QUOTE, len(line.tokens) - 1):
        if line.tokens[index].low in _WAS and not line.tokens[index].quoted and line.tokens[index - 1].quoted:
            behind = behind_saying([token.low for token in line.tokens[index + 1 : index + 2 + _LONGEST_NOUN]])
            if behind is None:
                return None
            return _of_phrase(line, index + 1 + behind, heard, rule="words", first=index, content=(0, index - 1))
    return None


def _to_somebody(line: Line, heard: Heard) -> Voice | None:
    """ "To her, "..."": whose view it is, where at least a few words of it are quoted."""
    for index, token in enumerate(line.tokens[:-3]):
        if token.low == "to" and not token.quoted and (index == 0 or not _has_object(line, index)):
            voice = _of_phrase(line, index + 1, heard, rule="to", first=index, content=(index, len(line.tokens) - 1))
            if voice and _opens_quotation(line, voice.last + 1):
                return replace(voice, content=(voice.last + 1, len(line.tokens) - 1))
    return None


def _has_object(line: Line, index: int) -> bool:
    """Tell the "to" of "said to her" from that of "because to her, | ..."."""
    return line.tokens[index - 1].low not in word_class("subordinator") | word_class("conjunction")


def _opens_quotation(line: Line, comma: int) -> bool:
    """Tell whether a quotation of some length follows right behind the comma at *comma*."""
    behind = line.tokens[comma + 1 : comma + 2 + _SHORTEST_QUOTE]
    if len(behind) <= _SHORTEST_QUOTE or line.tokens[comma].text != ",":
        return False
    return all(token.quoted for token in behind)


def _of_phrase(line: Line, at: int, heard: Heard, *, rule: str, first: int, content: tuple[int, int]) -> Voice | None:
    """Return the voice of the phrase that begins at token *at*."""
    phrase = next(iter(line.phrases(at, min(at + 2 * _LONGEST_NOUN, len(line.tokens) - 1))), None)
    if phrase is None or phrase.first != at:
        return None
    last = reach(line, phrase, len(line.tokens) - 1)
    speaker = resolve(line, phrase, heard, until=last)
    return _made(speaker, first, phrase.last, rule=rule, content=content, sure=0.75) if speaker else None


# ---- named before
def _alone(line: Line, neighbour: Sentence | None, heard: Heard) -> Voice | None:
    """A sentence that is nothing but a quotation goes on where the one before left off."""
    words = [token for token in line.tokens if not token.is_mark]
    if len(words) > 1 and words[0].low in word_class("conjunction"):
        words = words[1:]  # "And: "..."."
    if neighbour is None or not _is_quotation(words):
        return None
    whole = (0, len(line.tokens) - 1)
    if heard.previous:
        return _made(heard.previous, -1, -1, rule="continued", content=whole, sure=0.9)
    if heard.quotes:
        return Voice(None, "continued", None, None, -1, -1, whole)  # of nobody known, as before
    acting = _acting_before(neighbour, heard)
    return _made(acting, -1, -1, rule="after", content=whole, sure=0.65) if acting else None


def _is_quotation(words: Sequence[Token]) -> bool:
    return bool(words) and sum(token.quoted for token in words) >= _ALL_QUOTED * len(words)


def _acting_before(neighbour: Sentence, heard: Heard) -> Speaker | None:
    """Return whom a sentence without speech is about: who spoke last in "She did not name a day.", else who is named.

    None where it names several and is about none of them.
    """
    about = heard.topic if heard.topic and heard.topic_start == neighbour.start else None
    if about:
        return replace(about, as_printed=about.name)
    opening = _FIRST_WORD.match(heard.text, neighbour.start, neighbour.end)
    gender = PRONOUN_GENDERS.get(opening.group().lower()) if opening else None
    if gender:
        known = next((p for p in heard.people() if heard.last_person and p.name == heard.last_person.name), None)
        return of_entity(known, known.name) if known and heard.can_be(known, gender) else None
    people = heard.cast.within(neighbour.start, neighbour.end, Kind.PERSON)
    return of_entity(people[0], people[0].name) if len(people) == 1 else None
