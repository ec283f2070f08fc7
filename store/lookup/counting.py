"""What a question for a number wants counted, and how well a sentence's figures count that.

"How many people has the eruption killed" wants a toll of the dead; "the death toll stands at 13" has one, though it
shares no telling word with the question, and "a peak of 5,412 metres" has none, though it is about the eruption.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.facts.concepts import find_concepts
from store.facts.model import Known
from store.facts.profiles import read_profile
from store.facts.tallies import Figure
from store.facts.words import placed_stems
from store.lookup.wording import Ask

_PEOPLE = "people"
_OTHER_NOUN = 0.6  # fit of a figure with the right toll whose noun is another: guards killed for soldiers killed
_NO_TOLL = 0.4  # fit of a figure of the right noun of which nothing is said to have happened
_OLD = 0.5  # what the fit of an old figure, or of one part of a whole, is multiplied with


@dataclass(frozen=True, slots=True)
class Counted:
    """What is to be counted, as names of concepts."""

    tolls: frozenset[str] = frozenset()  # "dead": what happened to them
    nouns: frozenset[str] = frozenset()  # "troops", "tanks"

    @property
    def is_known(self) -> bool:
        """Whether the question words any concept that is counted."""
        return bool(self.tolls or self.nouns - {_PEOPLE})


def read_counted(asks: Sequence[Ask]) -> Counted:
    """Return what the words of a question for a number want counted, each read as it is held."""
    read = " ".join(_as_read(ask) for ask in asks)
    placed = list(placed_stems(read))
    concepts = [hit.concept for hit in find_concepts([t.text for t, _ in placed], [term for _, term in placed])]
    tolls = {concept.name for concept in concepts if concept.kind in {"toll", "state"}}
    nouns = {concept.name for concept in concepts if concept.kind in {"folk", "count"}}
    implied = {concept.implies for concept in concepts if concept.implies and not tolls}
    return Counted(frozenset(tolls | implied), frozenset(nouns))


def _as_read(ask: Ask) -> str:
    sure = next((option.word for option in ask.options if option.how in {"spelling", "sound"} and option.word), None)
    return ask.typed if ask.is_known or sure is None else sure


def figure_fit(known: Known, counted: Counted) -> float:
    """Return how well the best figure of *known* counts what is wanted: 1 surely, 0 not at all."""
    return max((_fit(figure, counted) for figure in read_profile(known).figures), default=0.0)


def same_count(newer: Known, older: Known, counted: Counted) -> bool:
    """Tell whether both have a figure that counts what is wanted, of the same sort."""
    mine = [figure for figure in read_profile(newer).figures if _fit(figure, counted) >= _OTHER_NOUN]
    theirs = [figure for figure in read_profile(older).figures if _fit(figure, counted) >= _OTHER_NOUN]
    return any(one.counts_like(other) >= _OTHER_NOUN for one in mine for other in theirs)


def _fit(figure: Figure, counted: Counted) -> float:
    whole = _OLD if figure.earlier or figure.part or figure.base or figure.bygone or figure.more else 1.0
    specific = counted.nouns - {_PEOPLE}
    if counted.tolls:
        if figure.toll in counted.tolls:
            return whole * (1.0 if not specific or figure.noun in specific else _OTHER_NOUN)
        return whole * _NO_TOLL if figure.toll is None and figure.noun in specific else 0.0
    return whole if figure.noun in specific else 0.0
