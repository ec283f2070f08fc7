"""Whether an attribution closes what is said: "..., | Ruiz said on Monday", and not "Ruiz said the town ..."."""

from __future__ import annotations

from store.facts.grammar import word_class
from store.facts.page.attributions import MEANWHILE
from store.facts.speech.cues import Cue
from store.facts.speech.phrases import Line
from store.facts.speech.stretches import FINITE, edge_before, is_opener

ADDRESSING = frozenset({"tell", "remind"})  # somebody follows: "told reporters"
_CLAUSE_SUBJECTS = frozenset({"he", "she", "it", "they", "we", "i", "there", "that"})


def closes_sentence(line: Line, cue: Cue, first: int) -> bool:
    """Tell whether the attribution that begins at *first* stands behind what is said.

    Words stand before its stretch, and nothing is said behind the *cue*.
    """
    return not is_opener(line, edge_before(line, first)) and _is_light(line, cue)


def _is_light(line: Line, cue: Cue) -> bool:
    """Tell whether only when, where and to whom follows up to the next mark: "on Tuesday", "told reporters in Bern"."""
    addressed = cue.lemma in ADDRESSING
    for index in range(cue.last + 1, len(line.tokens)):
        token = line.tokens[index]
        if token.quoted and not line.tokens[index - 1].is_mark and index > cue.last + 1:
            return False  # "told a briefing that Chad was "not ready""
        if token.is_break or token.text in ".!?":
            return token.text != ":"
        if _only_tells_of(line, cue, index):
            return True
        if token.low in FINITE or token.low in _CLAUSE_SUBJECTS:
            return False
        if index == cue.last + 1 and not addressed and not _may_follow(line, cue, index):
            return False
    return True


def _only_tells_of(line: Line, cue: Cue, index: int) -> bool:
    """Tell a clause behind an attribution that says when, or of whom: "as she left", "told a man | who had"."""
    token = line.tokens[index]
    if token.low in MEANWHILE and any(t.quoted for t in line.tokens[: cue.first]):
        return True
    hears = token.low in word_class("relative") and index > cue.last + 2
    return hears and not any(t.low == "that" and not t.quoted for t in line.tokens[index:])


def _may_follow(line: Line, cue: Cue, index: int) -> bool:
    """Tell whether a word can begin the time, the place or the occasion of saying something."""
    token = line.tokens[index]
    if token.low == "to" and cue.lemma != "say":
        return False  # "claims to hold nine bridges"
    classes = ("preposition", "time", "moment", "adverb", "conjunction", "subordinator")
    if token.low in word_class("moment") and not any(
        t.low in word_class("time") for t in line.tokens[index : index + 3]
    ):
        return False
    return (
        any(token.low in word_class(name) for name in classes)
        or token.low.endswith("ly")
        or token.low in {"back", "out"}
    )
