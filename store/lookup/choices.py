"""One sentence of the ranked list, with what stands around it and what bears on it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from store.facts.model import Known
from store.lookup.model import Note
from store.lookup.objecting import terms_of
from store.lookup.passages import Weighed
from store.lookup.surroundings import NOTHING_AROUND, Surroundings
from store.lookup.wording import is_in


@dataclass(frozen=True, slots=True)
class Choice:
    """One sentence of the list, as the editor sees it."""

    known: Known
    score: float  # the ranking's sum
    surroundings: Surroundings = NOTHING_AROUND
    notes: tuple[Note, ...] = ()

    @property
    def around(self) -> frozenset[str]:
        """Return the stems of the title and of the sentences beside it."""
        return self.surroundings.near(self.known)

    def of_story(self) -> frozenset[str]:
        """Return the stems of its whole story."""
        return self.surroundings.story(self.known)

    def covered(self, weighed: Weighed) -> float:
        """Return how much of the question the sentence and what stands around it have."""
        return _weight(weighed, terms_of(self.known) | self.around)

    def said(self, weighed: Weighed) -> float:
        """Return how much of the question the sentence itself has."""
        return _weight(weighed, terms_of(self.known))


def _weight(weighed: Weighed, terms: Container[str]) -> float:
    pairs = zip(weighed.asks, weighed.rarities, strict=True)
    return sum(rarity for ask, rarity in pairs if is_in(ask, terms))
