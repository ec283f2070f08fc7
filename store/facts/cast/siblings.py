"""People who share a surname that is printed once: "brothers Ivan and Petr Kolar"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from store.facts.cast.candidates import STRONG, Candidate
from store.facts.cast.kinds import has_given_name
from store.facts.cast.names import Token
from store.facts.cast.people import surnames_of
from store.facts.cast.settling import Reading
from store.facts.model import Kind
from store.facts.rules import Rule

_KIN = frozenset({"brothers", "sisters", "siblings", "twins", "cousins", "couple", "spouses", "parents", "newlyweds"})


def share_surnames(readings: Sequence[Reading]) -> None:
    """Give the surname of the second to the first of two relatives; without a word that says so it stays open."""
    for reading in readings:
        for one, other in pairwise(reading.candidates):
            kin = _kin_before(reading.tokens, one)
            if kin and _is_joined(reading.tokens, one, other):
                if one.words[0].lower() == kin:
                    one.start += len(one.words[0]) + 1
                    one.words = one.words[1:]
                one.words = (*one.words, *surnames_of(other.words)[0].split())
                one.tells_nothing = False
                one.stands_for = Rule.SHARED_SURNAME
                for candidate in (one, other):
                    candidate.vote(Kind.PERSON, STRONG, Rule.PERSON_BEFORE, kin)


def _kin_before(tokens: Sequence[Token], one: Candidate) -> str | None:
    """Return the word for relatives before a given name alone, also one that begins the sentence and was taken in."""
    first = one.words[0].lower()
    if len(one.words) == 2 and first in _KIN:
        return first
    at = bisect_left(tokens, one.start, key=lambda token: token.start)
    last = at - 2 if at > 1 and tokens[at - 1].text == "," else at - 1  # "the couple, Tom and Ann Reed"
    before = tokens[last].low if last >= 0 else ""
    return before if len(one.words) == 1 and before in _KIN else None


def _is_joined(tokens: Sequence[Token], one: Candidate, other: Candidate) -> bool:
    """Tell "Ivan and Petr Kolar" from "Kolar and Petr Kolar": the second has a given name and a surname."""
    at = bisect_left(tokens, one.end, key=lambda token: token.start)
    is_next = at + 1 < len(tokens) and tokens[at].low == "and" and tokens[at + 1].start == other.start
    return is_next and has_given_name(other.words) and one.words[-1] not in other.words
