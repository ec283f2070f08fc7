"""Ordinals that tell a total: where "a third body" is found, there are three."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.facts import words
from store.facts.model import Known, Quantity
from store.facts.numbers.counted import is_person
from store.facts.numbers.ordinals import ordinals

_ARTICLES = frozenset({"a", "an"})  # "the third body" only tells which one
_BODY = "body"
_BODIES = frozenset({_BODY, "remains"})
_COUNTED = frozenset({"death", "fatality", "casualty", "case", "arrest", "infection"})
_ADJECTIVES = 1  # words between the ordinal and its noun: "a third injured climber"
_FROM = 2  # a first one is no total that anybody held before
_NUMERAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")


def ordinal_totals(known: Known) -> tuple[Quantity, ...]:
    """Return the totals of people that the ordinals of *known* tell, printed as "third body", in order."""
    told = words.tokens(known.text)
    articles = [at for at, token in enumerate(told[:-2]) if token.text in _ARTICLES]
    return tuple(total for at in articles if (total := _total(known, told, at)))


def _total(known: Known, told: Sequence[words.Token], article: int) -> Quantity | None:
    number, following = _number(known.text, told[article + 1]), told[article + 2 : article + 3 + _ADJECTIVES]
    noun = next((token for token in following if _is_counted(token.text)), None)
    if number < _FROM or noun is None or following[0].text in words.FUNCTION_WORDS:
        return None  # "a fifth of those injured" is a share
    start = told[article + 1].start
    return Quantity(
        text=known.text[start : noun.end],
        start=known.fact.start + start,
        end=known.fact.start + noun.end,
        value=float(number),
        unit=_BODY if _is_of_body(told, article) else known.text[noun.start : noun.end],
    )


def _is_counted(word: str) -> bool:
    return word in _BODIES or word in _COUNTED or is_person(word)


def _is_of_body(told: Sequence[words.Token], article: int) -> bool:
    """Say whether it is "the body of a third sailor" that is told of."""
    before = [token.text for token in told[max(0, article - 2) : article]]
    return before[1:] == ["of"] and before[0] in _BODIES


def _number(text: str, word: words.Token) -> int:
    """Return the number of an ordinal, "third" or "21st", 0 of any other word."""
    numeral = _NUMERAL.fullmatch(text, word.start, word.end)
    return int(numeral[1]) if numeral else ordinals().get(word.text, 0)
