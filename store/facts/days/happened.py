"""Events that date themselves: "the Nov. 7 attack", "Sunday's crash" are over, whatever the sentence goes on to say."""

from __future__ import annotations

from store.facts import lexicon
from store.facts.numbers.counted import ends_phrase
from store.facts.numbers.number import Pieces
from store.facts.numbers.pieces import low_at
from store.facts.numbers.word_classes import word_class

_S = {"'s", "’s"}
_LONGEST_NAME = 3  # words in "Nov. 7 suicide bomb attack"
_OPENERS = {"on", "by", "from", "until", "till"}  # "on Friday attacks will begin": no name of an attack
_JOINS = {"on", "of", "in"}  # "the attack on Nov. 7"
_STRIKES, _WEAPONS = {"strike", "strikes"}, {"air", "drone", "missile", "rocket", "artillery"}
_MISHAPS = lexicon.word_set("mishaps.txt")
_SIGNED = word_class("signed_things")
_NO_NOUN_AFTER = {"to", "will", "would", "could", "may", "might", "they", "we", "can"}  # "to attack on Nov. 7"


def event_beside(pieces: Pieces, start: int, first: int, last: int) -> int | None:
    """Return the piece of the event that the date in `pieces[first:last]` is part of, its phrase begun at *start*."""
    return _event_after(pieces, first, last) or _event_before(pieces, start) or _event_before(pieces, first)


def _event_after(pieces: Pieces, first: int, last: int) -> int | None:
    """Read "the Nov. 7 attack", "Sunday's suicide attack"."""
    is_owned = low_at(pieces, last) in _S
    if not is_owned and low_at(pieces, first - 1) in _OPENERS:
        return None
    for k in range(last + is_owned, min(last + is_owned + _LONGEST_NAME, len(pieces))):
        if pieces[k].low in _MISHAPS or (pieces[k].low in _STRIKES and low_at(pieces, k - 1) in _WEAPONS):
            return k
        if not pieces[k].is_word or ends_phrase(pieces[k].low):
            return None
    return None


def _event_before(pieces: Pieces, at: int) -> int | None:
    """Read "the attack on Nov. 7", "the treaty of Nov. 7"."""
    join, noun = low_at(pieces, at - 1), low_at(pieces, at - 2)
    is_event = join in _JOINS and noun in _MISHAPS and low_at(pieces, at - 3) not in _NO_NOUN_AFTER
    return at - 2 if is_event or (join == "of" and noun in _SIGNED) else None
