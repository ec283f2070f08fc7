"""Figures as they are compared: what each number counts, and when two numbers count the same sort of thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from store.facts import lexicon, words
from store.facts.concepts import Concept, Hit, find_concepts
from store.facts.model import Known, Quantity

Placed = Sequence[tuple[words.Token, str]]  # a sentence's words with their stems
Place = tuple[int, int]  # positions of words, end excluded

_NEAR_NOUN = 4  # words between a number and its noun: "4,500 extra Darvistani troops"
_NEAR_TOLL = 9.0  # the dearest way from a number to what happened to those it counts
_ROUNDED = 0.03  # "about 1,200" is 1,187
_REST = "rest"  # "leaving 11,400": those that a toll counted before and that are left
_WHOLES = frozenset({"its", "his", "her", "their", "the", "those", "these", "them", "all", "our"})
_BREAKS = frozenset({"and", "while", "but", "after", "where", "which", "as"})


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
    of_people: bool
    value: float  # the middle of a range
    low: float
    high: float
    approximate: bool
    earlier: bool  # the old figure of a change
    part: bool  # "2,000 of its 6,000": no new total
    text: str

    def equals(self, other: Figure) -> bool:
        """Say whether both give the same number, rounding allowed where one is approximate."""
        if self.value == other.value or (self.low < self.high and self.low <= other.value <= self.high):
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
            return 0.4 if self.noun == "people" else 0.8
        return 0.0

    def _same_toll(self, other: Figure) -> float:
        if self.toll != other.toll or self.of_people != other.of_people:
            return 0.0
        if self.noun == other.noun or "people" in (self.noun, other.noun) or not (self.noun and other.noun):
            return 1.0
        return 0.6

    @property
    def is_telling(self) -> bool:
        """Say whether the number alone hardly turns up twice by chance: 4,500, 17 or 1,187, not 3 or 100."""
        return self.value >= 11 and self.value != 100 and len(f"{self.value:.0f}".rstrip("0")) > 1


@cache
def _units() -> tuple[str, ...]:
    return tuple(word for line in lexicon.lines("measures.txt") for word in line.split())


@cache
def _measures() -> frozenset[str]:
    """Return units of measure: two of them are about the same thing only when the sentences are."""
    return frozenset(words.stem(word) for word in _units() if not word.startswith("*"))


@cache
def _stand_ins() -> frozenset[str]:
    return frozenset(words.stem(word[1:]) for word in _units() if word.startswith("*"))


def read_figures(known: Known, placed: Placed, hits: Sequence[Hit]) -> tuple[Figure, ...]:
    """Return the figures of *known*, in order; amounts without any number have none."""
    found = [
        (quantity, place)
        for quantity in known.fact.quantities
        if (quantity.value is not None or (quantity.low is not None and quantity.high is not None))
        and (place := _place(quantity, known.fact.start, placed))
    ]
    sentence = _Sentence(placed, hits, [place for _, place in found])
    figures: list[Figure] = []
    # From the right: "two guards and one driver were killed" tells only after the last what happened to the first.
    for at in reversed(range(len(found))):
        figures.insert(0, sentence.figure(found[at][0], at, figures[0] if figures else None))
    return tuple(figures)


def _place(quantity: Quantity, base: int, placed: Placed) -> Place | None:
    """Return the positions of the quantity's words."""
    start, end = quantity.start - base, quantity.end - base
    inside = [at for at, (token, _) in enumerate(placed) if token.start < end and token.end > start]
    return (inside[0], inside[-1] + 1) if inside else None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words around the numbers of one sentence."""

    placed: Placed
    hits: Sequence[Hit]
    places: Sequence[Place]  # of its quantities, in order

    def figure(self, quantity: Quantity, at: int, after: Figure | None) -> Figure:
        """Read the quantity at a place; *after* is the figure to its right."""
        sort, noun, concept = self._noun(quantity, at)
        low = quantity.low if quantity.low is not None else quantity.value or 0.0
        high = quantity.high if quantity.high is not None else quantity.value or 0.0
        value = quantity.value if quantity.value is not None else (low + high) / 2
        toll = None if sort is Sort.MEASURE else self._toll(at)
        if not toll and sort is Sort.COUNT and after and after.noun == noun and self._is_next(at):
            toll = after.toll
        if toll in {None, _REST} and sort is not Sort.MEASURE:
            toll = (concept.implies if concept else None) or (self._implied_before(at) if toll else None)
        return Figure(
            sort=Sort.TOLL if toll else sort,
            toll=toll,
            noun=noun,
            of_people=concept.kind == "folk" if concept else noun is None,
            value=value,
            low=min(low, value),
            high=max(high, value),
            approximate=quantity.approximate,
            earlier=quantity.earlier,
            part=self._is_part(at),
            text=quantity.text,
        )

    def _is_next(self, at: int) -> bool:
        """Say whether the following number is so near that it is of the same list."""
        return self.places[at + 1][0] - self.places[at][1] <= _NEAR_NOUN

    def _implied_before(self, at: int) -> str | None:
        """Return the toll that the nearest noun before implies: "refugees went home, leaving 11,400"."""
        told = [hit.concept.implies for hit in self.hits if hit.start < self.places[at][0] and hit.concept.implies]
        return told[-1] if told else None

    def _is_part(self, at: int) -> bool:
        """Say whether the number is some of a greater one: "2,000 of its 6,000"."""
        end = self.places[at][1]
        following = [token.text for token, _ in self.placed[end : end + 2]]
        return len(following) == 2 and following[0] == "of" and (following[1] in _WHOLES or following[1][0].isdigit())

    def _noun(self, quantity: Quantity, at: int) -> tuple[Sort, str | None, Concept | None]:
        """Return whether a measure, a thing or nothing is said to be counted, and which, with its concept if any."""
        folded = [token.text for token in words.tokens(quantity.unit or "")]
        unit = [words.stem(word) for word in folded]
        if any(term in _measures() for term in unit) or quantity.text[-1:] in {"%", "°"}:
            return Sort.MEASURE, " ".join(unit), None
        start, end = self.places[at]
        until = min((place[0] for place in self.places if place[0] >= end), default=len(self.placed))
        if end < until and self.placed[end][1] in _stand_ins():
            return Sort.BARE, None, None
        near = [hit.concept for hit in self.hits if start <= hit.start < min(until, end + _NEAR_NOUN)]
        for concept in (*near, *(hit.concept for hit in find_concepts(folded, unit))):
            if concept.kind in {"folk", "count"}:
                return Sort.COUNT, concept.name, concept
        if not unit or unit[-1] in _stand_ins():
            return Sort.BARE, None, None
        return Sort.COUNT, unit[-1], None

    def _toll(self, at: int) -> str | None:
        """Return what happened to those counted: the nearest toll, one after the number before one in front of it."""
        start, end = self.places[at]
        best, best_cost = None, _NEAR_TOLL
        for hit in self.hits:
            if hit.concept.kind != "toll":
                continue
            after = hit.start >= start
            between = range(end, max(end, hit.start)) if after else range(hit.end, start)
            cost = float(len(between)) if after else 0.5 + 1.3 * len(between)
            cost += 2.0 * sum(self.placed[place][0].text in _BREAKS for place in between)
            cost += 3.0 * sum(other[0] in between for other in self.places)
            if cost < best_cost:
                best, best_cost = hit.concept.name, cost
        return best
