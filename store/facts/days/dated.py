"""What the readers of dates share: the sentence being read, and a date found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache

from store.facts import lexicon
from store.facts.days.calendar import MONTH_NUMBERS, SEASON_STARTS, UNITS, WEEKDAY_NUMBERS, Stretch
from store.facts.numbers.counted import is_past
from store.facts.numbers.number import Pieces, is_number_word
from store.facts.numbers.ordinals import ordinals
from store.facts.numbers.pieces import low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Reasons

_GOING_ON = frozenset({"had", "has", "have", "was", "were", "is", "are", "will", "would"})


@cache
def _triggers() -> frozenset[str]:
    holidays = {row[0].replace("'s", "").split()[0] for row in lexicon.table("holidays.tsv")}
    named = {*MONTH_NUMBERS, *SEASON_STARTS, *WEEKDAY_NUMBERS}
    return word_class("date_openers") | holidays | named


@cache
def _after_the() -> frozenset[str]:
    return word_class("after_the") | word_class("parts_of_day") | ordinals().keys() | UNITS | frozenset(SEASON_STARTS)


def _is_finite(word: str) -> bool:
    """Tell a verb that may go on behind an insertion; ", said Ruiz," only closes one of its own."""
    return word in _GOING_ON or (is_past(word) and word not in word_class("saying"))


@dataclass(frozen=True, slots=True)
class Found:
    """A date that ends before piece `last`; `days` is None where it is read but cannot be resolved."""

    last: int
    days: Stretch | None
    grain: str  # "day", "weekday", "week", "month", "year", ...
    why: Reasons  # the rules that gave it

    @property
    def is_day(self) -> bool:
        return self.grain in {"day", "weekday"}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence being read for dates. `today` is the story's own day; `resolved` are the days found so far."""

    pieces: Pieces
    today: date | None
    told_at: time | None = None  # the story's own time of day, where it is known
    before: Stretch | None = None  # the last date of the sentences before: "The next day it denied this."
    resolved: list[Stretch] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)  # the piece after each of them

    @property
    def anchor(self) -> Stretch | None:
        """The date that "that day" and "a week earlier" count from."""
        return self.resolved[-1] if self.resolved else self.before

    def anchor_before(self, at: int) -> Stretch | None:
        """Return the date found last before piece *at*, whose hours and parts of the day are read there.

        None where it stands in an insertion that is over: "the queue, nine kilometres long on Tuesday, | had shrunk".
        """
        if not self.resolved:
            return None
        end = self.ends[-1]
        is_opened = any(piece.low == "," for piece in self.pieces[:end])
        goes_on = (k for k in range(end + 1, at) if self.pieces[k - 1].low == "," and _is_finite(self.pieces[k].low))
        return None if is_opened and any(goes_on) else self.resolved[-1]

    def is_trigger(self, at: int) -> bool:
        """Can a date begin at piece *at*? Spares nearly all words the readers."""
        piece = self.pieces[at]
        if piece.low == "the":
            return low_at(self.pieces, at + 1) in _after_the()
        return piece.is_digits or piece.low in _triggers() or is_number_word(piece.low)

    def found(self, last: int, grain: str, days_from: Callable[[date], Stretch | None], *why: Reason) -> Found:
        """Return a date that counts from the story's own day; unresolved where that is not known."""
        return Found(last, None if self.today is None else days_from(self.today), grain, why)

    def decided(self, last: int, grain: str, days_from: Callable[[date], tuple[Stretch | None, Reasons]]) -> Found:
        """Return a date as above, where the rule too depends on the story's own day."""
        days, why = (None, ()) if self.today is None else days_from(self.today)
        return Found(last, days, grain, why)

    def printed(self, first: int, last: int) -> str:
        """Return the words of `pieces[first:last]`."""
        return " ".join(piece.text for piece in self.pieces[first:last])


Reader = Callable[[Line, int], Found | None]  # reads a date that begins at a piece
