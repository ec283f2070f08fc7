"""Full names that only the headline gives: "Driver Lewis Hamble crashes car" over a story of "Hamble"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol

from store.facts.cast.vocabulary import person_nouns
from store.facts.lexicon import lines
from store.facts.model import Kind, Mention
from store.facts.rules import Reason, Rule

_WORD = re.compile(r"[^\W\d_][\w.-]*")
_TRADES = frozenset({"star", "legend", "ace", "hero"})  # of headlines only: elsewhere "the Star" is a paper
_MOST_GIVEN = 3  # names before a surname: "Ana Maria Luz Ruiz"
# Given names that a headline in capitals has as verbs: "Will Ruiz Run?", "Chase Ruiz Out".
_VERBS = frozenset({"Will", "May", "Can", "Sue", "Rob", "Grant", "Chase", "Drew", "Hope", "Mark"})


class Draft(Protocol):
    """What a full name is given to."""

    name: str
    kind: Kind
    mentions: list[Mention]

    def add_alias(self, alias: str) -> None:
        """Add another name."""


def name_in_full(drafts: Sequence[Draft], headlines: Iterable[str | None]) -> None:
    """Give those whom the text calls by one word alone the full name that one of *headlines* has.

    Nobody gets it where two full names fit, or where the text has somebody else of that surname.
    """
    words = [_words(headline) for headline in headlines if headline]
    people = [draft for draft in drafts if draft.kind is Kind.PERSON]
    taken = {draft.name.split()[-1] for draft in people if " " in draft.name}
    for draft in people:
        surname = draft.name
        full = {name for line in words for name in _full_names(line, surname)} if surname not in taken else set()
        if " " not in surname and len(full) == 1:
            draft.name = full.pop()
            draft.add_alias(surname)
            draft.mentions[:] = [replace(m, why=(Reason(Rule.FULLER),)) for m in draft.mentions]


def _words(headline: str) -> list[str]:
    return [match.group().rstrip(".") for match in _WORD.finditer(headline)]


def _full_names(words: Sequence[str], surname: str) -> Iterable[str]:
    """Yield the full names with *surname* among the words of one headline."""
    for index, word in enumerate(words):
        if word != surname:
            continue
        first = next((at for at in range(index - 1, -1, -1) if not words[at][0].isupper()), -1) + 1
        if first == index - 1 and first and words[first - 1] in person_nouns() | _TRADES:  # "driver Lewis Hamble"
            yield " ".join(words[first : index + 1])
            continue
        given = (at for at in range(index - 1, max(first, index - _MOST_GIVEN) - 1, -1) if words[at] in _given_names())
        at = next(given, None)
        if at is not None:
            yield " ".join(words[at : index + 1])


@cache
def _given_names() -> frozenset[str]:
    return frozenset(lines("given_names.txt")) - _VERBS
