"""Figures as they are compared: what each number counts, and when two numbers count the same sort of thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from store.facts.comparing.concepts import implied_tolls
from store.facts.comparing.contests import RUNNING

_NUMERALS = re.compile(r"\d[\d.,]*")
PER_CENT = "per percent"  # the noun of a share
_PUNISHMENT = "sentence"  # a concept: years in prison
_TELLING_FROM = 11  # smaller numbers turn up everywhere
_SUM_FROM = 10_000
_ONE_AT_A_TIME = RUNNING | {"stock"}  # measures that are like no others, and that one thing has only one of
_LENGTHS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}  # in days
_ROUNDED = 0.03  # "about 1,200" is 1,187
_ONE_LOT = (  # different words for those whom one thing befell
    {"evacuated", "sheltered"},  # who was brought to safety is in a shelter then
    {"evacuated", "displaced"},
    {"trapped", "missing"},  # under what has fallen
    {"trapped", "stranded"},
)
_OF_ALL = frozenset({"dead", "injured", "missing"})  # who is counted as one of the people
_ARMED = frozenset({"troops", "reservists", "police", "guards", "rebels"})
_CAUGHT = frozenset({"detained", "freed", "abducted", "captured"})
_BEFALLS = _OF_ALL | _CAUGHT | {"rescued", "displaced", "hospitalised", "infected", "aboard"}


class Sort(Enum):
    """What kind of number it is."""

    TOLL = "toll"  # of people or things to which something happened
    COUNT = "count"  # of things, or of people by what they are
    MEASURE = "measure"  # km, days, per cent
    BARE = "bare"  # "spoke of 7,300"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a sentence and what it counts."""

    sort: Sort
    toll: str | None  # "dead"
    noun: str | None  # "guards", a concept's name or the unit's stem
    stuff: str | None  # of a measure: the ammonia of "four tons of ammonia"
    of_people: bool
    value: float  # the middle of a range
    low: float
    high: float
    approximate: bool
    vague: bool  # "thousands", "between 20 and 30": no number of its own
    earlier: bool  # the old figure of a change
    part: bool  # "300 of its 900": no total
    whole: float | None  # of a part: the 900, where that is told
    alone: bool  # no noun follows it: "rose to 12"
    bygone: bool  # of another time: "a fire in 2007 in which nine died"
    level: bool  # of something that moved: "rose to 12", "fell to 8.7"
    base: bool  # the 900 of "300 of its 900": what happened, happened to the part
    more: bool  # "nine more bodies": added to a total
    nth: bool  # "a third body": a total that was one less before
    fresh: bool  # "45 new cases", "new cases fell to 18": of one day or week, not of all
    gap: bool  # "21 more than allowed", "two are among the dead": a difference or a few of them, no total
    where: bool  # "in 38 shelters", "for the 71 sailings": where something is, not how many there are
    asked: bool  # "demanded the release of 40", "unless 40 are freed"
    of: str | None  # what a measure measures: the turnout of 61 per cent
    passing: bool  # of a toll that falls by itself: the missing
    deed: str | None  # what is done to or by those counted, a stem or "#concept": "burn" of "burned 12 villages"
    per: str | None  # of a price: the tonne of "1,190 crowns a tonne"
    rate: str | None  # "year" of "40,000 homes a year", and of "up 6 per cent from a year earlier"
    time: str | None  # "day", "month" or "year": what the date it stands by covers
    text: str

    def equals(self, other: Figure) -> bool:
        """Say whether this is the *other*'s number, rounded or vaguer ("dozens" for 42) perhaps."""
        if self.spans and other.spans:
            return (self.low, self.high) == (other.low, other.high)
        if self.value == other.value or (self.vague and self.low <= other.value <= self.high):
            return True
        if not (self.approximate or other.approximate):
            return False
        return abs(self.value - other.value) <= _ROUNDED * max(abs(self.value), abs(other.value))

    def may_equal(self, amount: float) -> bool:
        """Say whether a number of this *amount* may be this one; False: it never is, whatever else is known of it."""
        near = _ROUNDED * max(abs(self.value), abs(amount))
        return self.spans or abs(self.value - amount) <= near or (self.vague and self.low <= amount <= self.high)

    def counts_like(self, other: Figure) -> float:
        """Return how surely both count the same sort of thing, 0 to 1; context is for the caller to judge."""
        if any(figure.base or figure.gap for figure in (self, other)) or self._differs_in_scope(other):
            return 0.0
        if Sort.MEASURE in (self.sort, other.sort):
            return self._same_measure(other)
        if self.toll and other.toll:
            return self._same_toll(other)
        if self.of_people and {self.toll, other.toll} & _BEFALLS:
            return 0.0  # of 600 soldiers it is not told that they are dead
        if self.noun and self.noun == other.noun:
            return 0.4 if self.noun == "people" and not self.asked else 0.8
        return 0.0

    def _differs_in_scope(self, other: Figure) -> bool:
        """Say whether one is a part for a total or of another whole, new ones for all, or only asked for."""
        if self.part and (not other.part or (self.whole and other.whole and self.whole != other.whole)):
            return True
        if other.part and not self.part and not other.value < self.value <= (other.whole or self.value):
            return True  # three of the five were dead, then four people; but not seven
        return self.asked != other.asked or self.fresh != other.fresh

    def _same_measure(self, other: Figure) -> float:
        if self.sort is not other.sort or self.noun != other.noun:
            return 0.0
        if any(all(pair) and pair[0] != pair[1] for pair in ((self.of, other.of), (self.per, other.per))):
            return 0.0
        if not _ONE_AT_A_TIME.isdisjoint((self.of, other.of)):
            return 0.8 if self.of == other.of else 0.0
        if self.stuff and other.stuff:
            return 0.8 if self.stuff == other.stuff else 0.0
        return 0.3

    def _same_toll(self, other: Figure) -> float:
        if self.of_people != other.of_people:
            return 0.0
        if self.toll != other.toll:
            return 0.6 if {self.toll, other.toll} in _ONE_LOT else 0.0
        general = {None, "people", *(noun for noun, toll in implied_tolls().items() if toll == self.toll)}
        nouns = {self.noun, other.noun}
        if len(nouns) > 1 and nouns <= _ARMED:
            return 0.0  # nine soldiers, sixty rebels
        if len(nouns) == 1 or (nouns & general and (self.toll in _OF_ALL or not nouns & _ARMED)):
            return 1.0  # two guards were killed, then five people; but soldiers who fled are no refugees
        return 0.6

    def is_of_unlike_time(self, other: Figure) -> bool:
        """Say whether one is told of a day and the other of a year, or one is a monthly and the other a yearly rate."""
        pairs = ((self.rate, other.rate), (self.time, other.time))
        mine, theirs = next((pair for pair in pairs if all(pair)), (None, None))
        return mine != theirs

    @property
    def spans(self) -> bool:
        """Say whether it is a range with both its ends: "between 20 and 30", which "dozens" is not."""
        return self.vague and len(_NUMERALS.findall(self.text)) > 1

    @property
    def lasts(self) -> bool:
        """Say whether it is a length of time: "a five-day exercise" for one from the 16th to the 20th; no sentence."""
        return self.sort is Sort.MEASURE and self.of != _PUNISHMENT and self.noun in _LENGTHS

    def is_as_long_as(self, other: Figure) -> bool:
        """Say whether both are lengths of time, and of one length: 14 days, two weeks."""
        if not (self.lasts and other.lasts):
            return False
        mine, theirs = (figure.value * _LENGTHS[figure.noun or "day"] for figure in (self, other))
        return abs(mine - theirs) <= _ROUNDED * mine

    @property
    def is_sum(self) -> bool:
        """Say whether it is so great a measure that it hardly turns up twice: 700,000 talers."""
        return self.sort is Sort.MEASURE and not self.vague and self.value >= _SUM_FROM

    @property
    def is_many(self) -> bool:
        """Say whether something befell so many that a round number of them tells as well: 700 who lose their jobs."""
        return self.toll is not None and not self.vague and self.value >= _TELLING_FROM

    @property
    def is_telling(self) -> bool:
        """Say whether the number alone hardly turns up twice by chance: 4,500, 17 or 49.7, not 3 or 100."""
        is_round = self.value == 100 or len(f"{self.value:.1f}".rstrip("0").rstrip(".").rstrip("0")) == 1
        return not self.vague and self.value >= _TELLING_FROM and not is_round
