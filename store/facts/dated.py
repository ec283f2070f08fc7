"""What the matchers of dates share: the sentence being read, and a date found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from store.facts import lexicon
from store.facts.calendar import Stretch, month_number, season_start, weekday_number
from store.facts.numbers import is_number_word
from store.facts.pieces import Piece

_OPENERS = {
    "yesterday", "today", "tomorrow", "tonight", "overnight", "last", "next", "this", "past", "previous", "coming", "earlier", "later",
    "early", "mid", "late", "end", "start", "beginning", "middle", "first", "second", "third", "fourth", "fifth", "final", "the",
    "noon", "midday", "midnight", "weekend", "fiscal", "q", "turn", "twentieth", "nineteenth", "year", "month", "'", "’",
}  # fmt: skip


@cache
def _triggers() -> frozenset[str]:
    holidays = {row[0].split()[0] for row in lexicon.table("holidays.tsv")}
    return frozenset(_OPENERS | holidays)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence being read for dates. `today` is the story's own day; `resolved` are the days found so far."""

    pieces: tuple[Piece, ...]
    today: date | None
    resolved: list[Stretch] = field(default_factory=list)

    def is_trigger(self, at: int) -> bool:
        """Can a date begin at piece *at*? Spares nearly all words the matchers."""
        piece = self.pieces[at]
        word = piece.low
        return (
            piece.is_digits
            or word in _triggers()
            or is_number_word(word)
            or weekday_number(word, short=True) is not None
            or month_number(word) is not None
            or season_start(word) is not None
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A date that ends before piece `last`; `days` is None where it is read but cannot be resolved."""

    last: int
    days: Stretch | None
    grain: str  # "day", "weekday", "week", "month", "year", "other"

    @property
    def is_day(self) -> bool:
        return self.grain in {"day", "weekday"}
