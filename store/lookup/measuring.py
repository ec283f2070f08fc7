"""The figures of a sentence that a question may ask for: in the asked units, of a whole, beside what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from store.facts.english import is_english
from store.facts.lexicon import table
from store.facts.model import Known, Quantity
from store.facts.numbers.units import is_measure
from store.facts.words import telling_stems, tokens
from store.lookup.asking import is_length, is_sum
from store.lookup.wording import Ask, is_in

_BEFORE_FIGURE, _AFTER_FIGURE = 12, 60  # characters around a figure in which its noun stands
ANY_MONEY = "*"
AGE = "age"  # what an age counts
_AGED = 3  # telling words between an age and whose it is
_LEAST_SUM = 1000  # without a unit
_SHARES = frozenset({"share", "per cent"})  # units


def measures(words: str, known: Known, named: Sequence[Ask]) -> list[Quantity]:
    """Return the figures of *known* in units that a question for a measure asks for; none for other questions.

    An age must stand beside one of the *named*, the question's names, if it has any: others have ages too.
    """
    units = asked_units([token.text for token in tokens(words)])
    money = ANY_MONEY in units
    found = [q for q in known.fact.quantities if q.unit in units or (money and _is_sum(q))]
    return [q for q in found if q.what != AGE or not named or _stands_beside(named, known, q)]


def shares(known: Known) -> list[Quantity]:
    """Return the current figures of *known* that are a part of a whole: "six in 10", "half", "40 percent"."""
    return [quantity for quantity in current_quantities(known) if quantity.unit in _SHARES]


def near_figure(asks: Sequence[Ask], known: Known, quantity: Quantity) -> int:
    """Return how many of *asks* stand beside a figure, within which what it measures is named."""
    beside = set(telling_stems(beside_figure(known, quantity)))
    return sum(1 for ask in asks if is_in(ask, beside))


def current_quantities(known: Known) -> list[Quantity]:
    """Return the sentence's figures but for the old ones of a change."""
    return [quantity for quantity in known.fact.quantities if not quantity.earlier]


def asked_units(words: Sequence[str]) -> frozenset[str]:
    """Return the units that measure what follows "how", what "how much" is asked of, or what "height" names."""
    for at, word in enumerate(words[:-1]):
        if word == "how" and words[at + 1] == "much":
            return next((units for w in words if (units := _measures().get(w)) and ANY_MONEY in units), frozenset())
        if word == "how":
            return _measures().get(words[at + 1], frozenset())
    return next(
        (_measures()[word] for word in words if word in _measures() and (is_length(word) or is_sum(word))), frozenset()
    )


@cache
def _measures() -> dict[str, frozenset[str]]:
    rows = [[cell.split(", ") for cell in row] for row in table("asked_measures.tsv")]
    return {word: frozenset(units) for words, units in rows for word in words}


def _stands_beside(named: Sequence[Ask], known: Known, age: Quantity) -> bool:
    """Tell whether an age is that of one of the *named*: "X, 58," has the name before it, others on either side."""
    start, end = age.start - known.fact.start, age.end - known.fact.start
    before = telling_stems(known.text[:start])[-_AGED:]
    after = () if age.text.isdigit() else telling_stems(known.text[end:])[:_AGED]
    return any(is_in(ask, {*before, *after}) for ask in named)


def _is_sum(quantity: Quantity) -> bool:
    """Tell whether a figure may be a sum of money."""
    unit = quantity.unit
    if unit is not None:
        return unit.isupper() or not (is_english(unit) or is_measure(unit))  # "15 talers": a currency of no list
    return (quantity.value or 0) >= _LEAST_SUM


def beside_figure(known: Known, quantity: Quantity) -> str:
    """Return the words around a figure, within which what it counts is named."""
    at = quantity.start - known.fact.start
    return known.text[max(0, at - _BEFORE_FIGURE) : at + _AFTER_FIGURE]
