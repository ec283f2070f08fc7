"""Figures as they are compared: what each number counts, and when two numbers count the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from store.facts import lexicon, words
from store.facts.concepts import Hit, find_concepts
from store.facts.model import Known, Quantity

_NEAR_NOUN = 4  # words between a number and its noun: "4,500 extra Darvistani troops"
_NEAR_TOLL = 9.0  # the dearest way from a number to what happened to those it counts
_ROUNDED = 0.03  # "about 1,200" is 1,187


@cache
def _measures() -> frozenset[str]:
    """Return units of measure: two of them are about the same thing only when the sentences are."""
    return frozenset(words.stem(word) for word in _units() if not word.startswith("*"))


@cache
def _stand_ins() -> frozenset[str]:
    return frozenset(words.stem(word[1:]) for word in _units() if word.startswith("*"))


def _units() -> list[str]:
    return [word for line in lexicon.lines("measures.txt") for word in line.split()]


class Sort(Enum):
    """What kind of number it is."""

    TOLL = "toll"  # of people or things to which something happened
    COUNT = "count"  # of things, or of people by what they are
    MEASURE = "measure"  # km, days, per cent
    BARE = "bare"  # "gave a figure of 10,900"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a sentence and what it counts."""

    sort: Sort
    toll: str | None  # "dead"
    noun: str | None  # "guards", a concept's name or the unit's stem
    value: float  # the middle of a range
    low: float
    high: float
    approximate: bool
    earlier: bool  # the old figure of a change
    text: str

    def equals(self, other: Figure) -> bool:
        """Say whether both give the same number, rounding allowed where one is approximate."""
        if self.value == other.value or (self.low <= other.value <= self.high and self.low < self.high):
            return True
        if not (self.approximate or other.approximate):
            return False
        return abs(self.value - other.value) <= _ROUNDED * max(abs(self.value), abs(other.value))

    def counts_like(self, other: Figure) -> float:
        """Return how surely both count the same sort of thing, 0 to 1; context is for the caller to judge."""
        if Sort.MEASURE in (self.sort, other.sort):
            return 0.3 if self.sort is other.sort and self.noun == other.noun else 0.0
        if self.toll and other.toll:
            return self._same_toll(other)
        if self.noun and self.noun == other.noun:
            return 0.6 if self.noun == "people" else 0.8
        return 0.0

    def _same_toll(self, other: Figure) -> float:
        if self.toll != other.toll:
            return 0.0
        if self.noun == other.noun or "people" in (self.noun, other.noun) or not (self.noun and other.noun):
            return 1.0
        return 0.5


def read_figures(known: Known, placed: Sequence[tuple[words.Token, str]], hits: Sequence[Hit]) -> tuple[Figure, ...]:
    """Return the figures of *known*, in order; numbers without a value (vague amounts) have none."""
    base = known.fact.start
    spans = [_span(quantity, base, placed) for quantity in known.fact.quantities]
    found = []
    for number, quantity in enumerate(known.fact.quantities):
        low = quantity.low if quantity.low is not None else quantity.value
        high = quantity.high if quantity.high is not None else quantity.value
        if low is None or high is None or spans[number] is None:
            continue
        value = quantity.value if quantity.value is not None else (low + high) / 2
        noun, is_measure, is_bare = _noun(quantity, spans, number, placed, hits)
        toll = None if is_measure else _toll(spans, number, placed, hits)
        sort = (
            Sort.MEASURE if is_measure
            else Sort.TOLL if toll
            else Sort.BARE if is_bare
            else Sort.COUNT
        )  # fmt: skip
        found.append(Figure(sort, toll, noun, value, low, high, quantity.approximate, quantity.earlier, quantity.text))
    return tuple(found)


def _span(quantity: Quantity, base: int, placed: Sequence[tuple[words.Token, str]]) -> tuple[int, int] | None:
    """Return the positions of the quantity's words, end excluded."""
    start, end = quantity.start - base, quantity.end - base
    inside = [at for at, (token, _) in enumerate(placed) if token.start < end and token.end > start]
    return (inside[0], inside[-1] + 1) if inside else None


def _noun(
    quantity: Quantity,
    spans: Sequence[tuple[int, int] | None],
    number: int,
    placed: Sequence[tuple[words.Token, str]],
    hits: Sequence[Hit],
) -> tuple[str | None, bool, bool]:
    """Return what is counted, whether that is a measure, and whether nothing says what it is."""
    unit = [words.stem(token.text) for token in words.tokens(quantity.unit or "")]
    if any(term in _measures() for term in unit) or not quantity.text[-1:].isalnum():
        return " ".join(unit), True, False
    span = spans[number]
    assert span is not None  # noqa: S101 - the caller skips quantities without words
    until = min([other[0] for other in spans if other and other[0] >= span[1]], default=len(placed))
    for hit in hits:
        if hit.concept.kind in {"folk", "count"} and span[0] <= hit.start < until and hit.start - span[1] < _NEAR_NOUN:
            return hit.concept.name, False, False
    worded = [hit.concept.name for hit in find_concepts(unit) if hit.concept.kind in {"folk", "count"}]
    if worded:
        return worded[0], False, False
    is_bare = not unit or unit[-1] in _stand_ins()
    return (None if is_bare else unit[-1]), False, is_bare


def _toll(
    spans: Sequence[tuple[int, int] | None],
    number: int,
    placed: Sequence[tuple[words.Token, str]],
    hits: Sequence[Hit],
) -> str | None:
    """Return what happened to those counted: the toll that is nearest, sooner after the number than before it."""
    span = spans[number]
    assert span is not None  # noqa: S101 - the caller skips quantities without words
    best, best_cost = None, _NEAR_TOLL
    for hit in hits:
        if hit.concept.kind != "toll":
            continue
        if hit.start >= span[0]:
            between = range(span[1], max(span[1], hit.start))
            cost = 1.0 * len(between)
        else:
            between = range(hit.end, span[0])
            cost = 0.5 + 1.3 * len(between) if len(between) > 1 else 0.5
        cost += 2.0 * sum(placed[at][0].text in {"and", "while", "but", "after"} for at in between)
        cost += 3.0 * sum(other is not None and other[0] in between for other in spans)
        if cost < best_cost:
            best, best_cost = hit.concept.name, cost
    return best
