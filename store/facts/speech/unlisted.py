"""Verbs that no list has, where only one of speech can stand: "...," fumed Ana Ruiz; "...," a fan roared."""

from __future__ import annotations

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.model import Kind
from store.facts.numbers.counted import is_past
from store.facts.speech.heard import PRONOUN_GENDERS
from store.facts.speech.phrases import Line

_SHORTEST_QUOTE = 5  # tokens, its marks among them: a shorter one may be the name of a play
_LONGEST_SUBJECT = 7  # words between a quotation and its verb: "the head of the bakers' guild grumbled"
_ACTING = ("person_nouns.txt", "group_nouns.txt", "body_nouns.txt")


def tags_quote(line: Line, index: int) -> bool:
    """Tell whether the word at *index* can only say how the quotation beside it was said."""
    token = line.tokens[index]
    if index < _SHORTEST_QUOTE or token.is_capital or not is_past(token.low):
        return False
    return _speaks_behind(line, index) if line.tokens[index - 1].quoted else _speaks_before(line, index)


def _speaks_behind(line: Line, index: int) -> bool:
    """ "...," fumed Ana Ruiz; "...," muttered a club official."""
    phrase = next(iter(line.phrases(index + 1, min(index + _LONGEST_SUBJECT, len(line.tokens) - 1))), None)
    if phrase is None or phrase.first != index + 1 or phrase.is_time:
        return False
    named = any(last == phrase.last for _, _, last in line.names_in(phrase.first, phrase.last, Kind.PERSON))
    return named or (line.tokens[0].quoted and _acts(line, phrase.last))


def _speaks_before(line: Line, index: int) -> bool:
    """ "...," Ruiz fumed; "...," she fumed on Monday; "...," a fan roared."""
    behind = range(index - 1, max(0, index - 1 - _LONGEST_SUBJECT), -1)
    quoted = next((i for i in behind if line.tokens[i].quoted), None)
    if quoted is None or any(token.is_mark for token in line.tokens[quoted + 1 : index]) or not _ends(line, index):
        return False
    subject = line.tokens[index - 1]
    if subject.low in PRONOUN_GENDERS:
        return quoted == index - 2
    if index - 1 in line.name_ends:
        return bool(line.names_in(quoted + 1, index - 1, Kind.PERSON))
    determined = line.tokens[quoted + 1].low in word_class("determiner") | word_class("possessive")
    return determined and line.tokens[0].quoted and _acts(line, index - 1)


def _acts(line: Line, index: int) -> bool:
    return any(line.tokens[index].low in word_set(name) for name in _ACTING)


def _ends(line: Line, index: int) -> bool:
    """Tell whether nothing but how, when and where follows; behind "In "Lost," Ruiz returned to" anything may."""
    follower = line.tokens[index + 1] if index + 1 < len(line.tokens) else None
    if follower is None or follower.is_mark or follower.low.endswith("ly"):
        return True
    light = word_class("preposition") | word_class("adverb") | word_class("time") | {"out", "back"}
    return line.tokens[0].quoted and follower.low in light
