"""Words that set a date, or set it anew: "planned for May", "put the launch back to 12 June", "brought forward to".

The new date lies ahead of the story. The old one of "moved from June to September" may be over or not, and the two are
no span of days.
"""

from __future__ import annotations

from store.facts.numbers.counted import is_past
from store.facts.numbers.number import Pieces
from store.facts.numbers.pieces import low_at
from store.facts.numbers.word_classes import word_class

SET_FOR = word_class("set_for")
_PUT_OFF, _PUT_WITH, _RESET_FOR = word_class("put_off"), word_class("put_with"), word_class("reset_for")
_PARTICLES = {"back", "off", "forward"}
_BY_HOW_MUCH = {"up", "down", "little", "higher", "lower"}  # "shares moved little from Monday to Wednesday"
_CLAUSE_OPENERS = word_class("clause_openers")
_WITHIN = 10  # pieces between the verb and "to": "put back the launch of its first satellite to"
_ARRANGING = {"ordered", "called", "convened", "summoned", "announced", "approved", "proposed", "demanded"}
_ARRANGED_WITHIN = 7  # pieces


def is_arranged(pieces: Pieces, first: int) -> bool:
    """Tell whether what is ordered or called stands before the date at *first*: "ordered a ballot there on May 9"."""
    return any(low_at(pieces, k) in _ARRANGING for k in range(first - _ARRANGED_WITHIN, first))


def is_set_anew(pieces: Pieces, at: int) -> bool:
    """Does the "to" or "for" at *at* lead from a word that puts something off, or forward, to its new date?"""
    preposition = low_at(pieces, at)
    if preposition == "for":
        return _verb_before(pieces, at, _RESET_FOR)
    return preposition == "to" and _verb_before(pieces, at, _PUT_OFF)


def is_moved(pieces: Pieces, at: int) -> bool:
    """Does the "from" at *at* lead from such a word to the old date: "moved from June to September"?"""
    is_verb = low_at(pieces, at) == "from" and low_at(pieces, at - 1) not in _BY_HOW_MUCH
    return is_verb and _verb_before(pieces, at, _PUT_OFF)


def _verb_before(pieces: Pieces, at: int, verbs: frozenset[str]) -> bool:
    """Does one of *verbs*, or "put ... back", stand before the preposition at *at*, and no other verb between?

    "Dates back to March" and "the delayed flight left from 1 June to 3 June" put nothing off.
    """
    has_particle = False
    for k in range(at - 1, max(at - 1 - _WITHIN, -1), -1):
        word = pieces[k].low
        if word in verbs or (has_particle and word in _PUT_WITH):
            return True
        if word == ";" or word in _CLAUSE_OPENERS or (is_past(word) and word not in _PUT_WITH):
            return False
        has_particle = has_particle or word in _PARTICLES
    return False
