"""The stretches of a sentence between its marks: where they begin, what hangs in them, how far a phrase reaches."""

from __future__ import annotations

from store.facts.grammar import word_class
from store.facts.numbers.counted import is_past
from store.facts.speech.phrases import Line, Phrase

FINITE = word_class("auxiliary") | word_class("modal")
_HANGING = word_class("subordinator") | word_class("relative")
CLAUSE_PREPOSITIONS = frozenset({"after", "before", "since", "until"})  # "after the army said"
_LONGEST_OPENER = 8  # words of "In the queue for bread," and its like


def edge_before(line: Line, index: int) -> int:
    """Return the index of the last mark or quoted word before *index*, -1 if there is none."""
    at = index - 1
    while at >= 0 and not line.tokens[at].is_break:
        at -= 1
    return at


def mark_before(line: Line, index: int) -> int:
    """Like `edge_before`, but quoted words do not count: "who blamed the "hasty" withdrawal"."""
    at = index - 1
    while at >= 0 and (line.tokens[at].quoted or not line.tokens[at].is_break):
        at -= 1
    return at


def hangs_at(line: Line, index: int) -> bool:
    """Tell whether the word at *index* opens a clause that hangs on another; "that" does not tell."""
    token = line.tokens[index]
    return not token.quoted and token.low in _HANGING and token.low != "that"


def is_hanging_word(low: str) -> bool:
    """Tell whether a word opens a subordinate or relative clause, "that" included."""
    return low in _HANGING


def is_embedded(line: Line, index: int) -> bool:
    """Tell whether the clause at *index* hangs on another: "after", "where", "who" or "that" stands before it."""
    stretch = line.tokens[edge_before(line, index) + 1 : index]
    return any(t.low in _HANGING for t in stretch) or (bool(stretch) and stretch[-1].low in CLAUSE_PREPOSITIONS)


def reach(line: Line, phrase: Phrase, last: int) -> int:
    """Return the last token up to *last* that hangs on *phrase*: "officials | in the capital"."""
    end = phrase.last
    for index in range(phrase.last + 1, last + 1):
        token = line.tokens[index]
        if line.is_inside_name(index):
            end = index
            continue
        if token.is_mark or token.is_break or token.low in _HANGING | FINITE | word_class("conjunction"):
            break
        if line.is_verb_behind_name(index):
            break
        end = index
    following_last = phrase.last
    for following in line.phrases(phrase.last + 1, end):
        if following.after is None and not is_past(line.tokens[following.first].low):  # "officials briefed on"
            return following.first - 1
        if following.is_time:
            return _before_preposition(line, following.first)
        following_last = following.last
    return following_last


def _before_preposition(line: Line, index: int) -> int:
    """Return the last token before a time and what only leads to it: "residents | interviewed on Monday"."""
    at = index - 1
    while at > 0 and (line.tokens[at].low in word_class("preposition") or is_past(line.tokens[at].low)):
        at -= 1
    return at


def is_opener(line: Line, last: int) -> bool:
    """Tell whether the words up to *last* only set the scene: "In the queue for bread,", "But on Wednesday,"."""
    words = [t for t in line.tokens[: last + 1] if not t.is_mark]
    if not words:
        return True
    first = words[0].low if words[0].low not in word_class("conjunction") or len(words) == 1 else words[1].low
    opens = first in word_class("preposition") | word_class("adverb") | word_class("moment") | word_class("time")
    plain = not any(t.quoted or t.low in FINITE for t in words)
    return len(words) <= _LONGEST_OPENER and plain and (opens or first.endswith("ing"))
