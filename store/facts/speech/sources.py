"""Sources that hang on no verb: "according to X", "by the data of X", "in X's words"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.speech.heard import Heard
from store.facts.speech.patterns import Patterns
from store.facts.speech.phrases import Line, Phrase
from store.facts.speech.stretches import is_embedded, is_opener, reach
from store.facts.speech.subjects import explained, resolve
from store.facts.speech.voices import Voice

_OPINIONS = frozenset(
    {"words", "view", "opinion", "account", "telling", "estimate", "phrase", "judgment", "judgement"}
    | {"reckoning", "count", "calculation", "calculations", "admission", "version"}
)
_CITING = frozenset({"citing", "quoting"})
_LONGEST_SOURCE = 16  # tokens behind "according to" among which the source is looked for


@cache
def _source_phrases() -> Patterns:
    return Patterns.read("source_phrases.tsv", label="source")


def voices_of_sources(line: Line, heard: Heard) -> Iterator[Voice]:
    """Yield the voices that a sentence is laid to without a verb of speech, from left to right."""
    for index, token in enumerate(line.tokens):
        if token.is_mark or token.quoted:
            continue
        matches = _source_phrases().at(line.tokens, index)
        found = _named_behind(line, index, matches[0][1], heard) if matches else _in_words_of(line, index, heard)
        if found:
            yield found


def _named_behind(line: Line, index: int, end: int, heard: Heard) -> Voice | None:
    last = min(end + _LONGEST_SOURCE, len(line.tokens) - 1)
    phrases = line.phrases(end, last)
    if not phrases:
        return None
    phrase = replace(phrases[0], after=None)
    if line.tokens[phrase.last].low in word_set("occasions.txt"):
        return None  # "it was noted at the meeting": whoever held it
    if line.tokens[phrase.first].low in word_class("possessive") and line.tokens[phrase.last].low in _OPINIONS:
        return _voice(line, Phrase(end, end), heard, index=index, cue_last=end - 1, last=phrase.last)  # "to his words"
    until = reach(line, phrase, last)
    return _voice(line, phrase, heard, index=index, cue_last=end - 1, last=until)


def _in_words_of(line: Line, index: int, heard: Heard) -> Voice | None:
    """ "in Mr Silva's words", "by the mayor's own account"."""
    if line.tokens[index].low not in {"in", "by"}:
        return None
    for at in range(index + 2, min(index + 8, len(line.tokens))):
        token = line.tokens[at]
        if token.is_mark or token.quoted:
            return None
        if token.low in _OPINIONS:
            owner = at - 2 if line.tokens[at - 1].low == "own" else at - 1
            if line.tokens[index + 1].low in {"this", "our", "my"}:
                return None  # "by this correspondent's count"
            if not (line.tokens[owner].owning or line.tokens[owner].low in word_class("possessive")):
                return None
            return _voice(line, Phrase(index + 1, owner), heard, index=index, cue_last=at, last=at)
    return None


def _is_of(line: Line, index: int) -> bool:
    return index < len(line.tokens) and line.tokens[index].low == "of"


def _voice(line: Line, phrase: Phrase, heard: Heard, *, index: int, cue_last: int, last: int) -> Voice:
    """Return the voice of *phrase*: its cue runs from *index* to *cue_last*, its attribution to *last*."""
    until = max(phrase.last, min(last, phrase.last + 8))
    some = line.tokens[phrase.first].is_number and _is_of(line, phrase.first + 1)  # "according to two of the guards"
    speaker = explained(line, phrase, heard) or resolve(line, phrase, heard, until=until, must_speak=some)
    cue_text = " ".join(heard.text[line.tokens[index].start : line.tokens[cue_last].end].split())
    opens = index <= 1
    within = last + 2 < len(line.tokens) and line.tokens[last + 1].text == ","
    inserted = within and (is_opener(line, index - 1) or line.tokens[index].low in _CITING)  # "X, citing Y, reported"
    content = (last + 1, len(line.tokens) - 1) if opens or inserted else (0, index - 1)
    return Voice(speaker, "source", None, cue_text, index, last, content, not opens and is_embedded(line, index))
