"""What a question for a number wants counted, and how well a sentence's figures count that.

"How many people has the eruption killed" wants a toll of the dead; "the death toll stands at 13" has one, though it
shares no telling word with the question, and "a peak of 5,412 metres" has none, though it is about the eruption.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.facts.comparing.concepts import TOLL_KINDS, Concept, find_concepts
from store.facts.comparing.profiles import read_profile
from store.facts.comparing.tallies import Figure, Sort
from store.facts.model import Known
from store.facts.words import placed_stems, stem
from store.lookup.asking import is_light, is_past_verb
from store.lookup.passages import Weighed
from store.lookup.wording import SURE, Ask

_PEOPLE = "people"
# Fit of a figure with the right toll but another noun: of guards, of people, or of nothing named, for soldiers killed.
_OTHER_NOUN, _OF_PEOPLE, _NO_NOUN = 0.3, 0.4, 0.8
_NO_TOLL = 0.5  # fit of a figure of which nothing is said to have happened: "police put the number at two"
_OTHER_TOLL = 0.25  # fit of people of whom something else is said
_SAME = 0.6  # fit from which on two figures may be compared
_OLD = 0.5  # what the fit of an old figure, of one part of a whole or of a rate ("11 a day") is multiplied with


@dataclass(frozen=True, slots=True)
class Counted:
    """What is to be counted, as names of concepts."""

    tolls: frozenset[str] = frozenset()  # "dead": what happened to them
    nouns: frozenset[str] = frozenset()  # "troops", "tanks"
    is_toll_named: bool = False  # a toll is worded, and not only implied by a noun: "refugees" have fled
    thing: frozenset[str] = frozenset()  # stems of what is counted where it is no concept: "llamas"

    @property
    def tells(self) -> bool:
        """Whether it tells some figures from others: by a concept, or by the noun that is counted."""
        return self.is_known or bool(self.thing)

    @property
    def is_known(self) -> bool:
        """Whether the question words any concept that is counted."""
        return bool(self.tolls or self.nouns - {_PEOPLE})


def read_counted(weighed: Weighed) -> Counted:
    """Return what the words of a question for a number want counted, each read as it is held."""
    focus = weighed.asks[weighed.focus] if weighed.focus is not None else None
    of_focus = _concepts([focus]) if focus else []
    is_thing = focus is not None and not is_light(focus.typed) and not of_focus
    # What is said to have happened to things is a verb: "vaccine doses landed" asks of no vaccinated.
    wording = [ask for ask in weighed.asks if not is_thing or is_past_verb(ask.typed)]
    tolls = {c.name for c in _concepts(wording) if c.kind in TOLL_KINDS}
    nouns = {concept.name for concept in of_focus if concept.kind in {"folk", "count"}}
    implied = {concept.implies for concept in of_focus if concept.implies and not tolls}
    thing = {focus.term, *(option.term for option in focus.options)} if focus is not None and is_thing else set()
    return Counted(frozenset(tolls | implied), frozenset(nouns), bool(tolls), frozenset(thing))


def _concepts(asks: Sequence[Ask]) -> list[Concept]:
    """Return the concepts that *asks*, read one after the other, word."""
    placed = list(placed_stems(" ".join(_as_read(ask) for ask in asks)))
    return [hit.concept for hit in find_concepts([t.text for t, _ in placed], [term for _, term in placed])]


def _as_read(ask: Ask) -> str:
    guesses = (o for o in ask.options if o.how in {"spelling", "sound"} and o.word and o.weight >= SURE)
    sure = next((option.word for option in guesses), None)
    return ask.typed if ask.is_known or sure is None else sure


def figure_fit(known: Known, counted: Counted) -> float:
    """Return how well the best figure of *known* counts what is wanted: 1 surely, 0 not at all."""
    return max((_fit(figure, counted) for figure in read_profile(known).figures), default=0.0)


def tells_toll(known: Known, counted: Counted) -> bool:
    """Tell whether the sentence words the toll that was named, of whomever; true when none was named."""
    placed = list(placed_stems(known.text))
    hits = find_concepts([token.text for token, _ in placed], [term for _, term in placed])
    return not counted.is_toll_named or any(hit.concept.name in counted.tolls for hit in hits)


def same_count(newer: Known, older: Known, counted: Counted) -> bool:
    """Tell whether both have a figure that counts what is wanted, of the same sort."""
    mine = [figure for figure in read_profile(newer).figures if _fit(figure, counted) >= _SAME]
    theirs = [figure for figure in read_profile(older).figures if _fit(figure, counted) >= _SAME]
    return any(one.counts_like(other) >= _SAME for one in mine for other in theirs)


def _fit(figure: Figure, counted: Counted) -> float:
    is_partial = figure.earlier or figure.part or figure.base or figure.bygone or figure.more or figure.rate
    whole = _OLD if is_partial else 1.0
    if _is_of(figure, _specific(counted)) and not counted.is_toll_named:
        return whole
    return whole * _toll_fit(figure, counted) if counted.tolls else 0.0


def _toll_fit(figure: Figure, counted: Counted) -> float:
    noun = _noun_fit(figure, counted)
    if figure.toll in counted.tolls:
        return noun
    is_bare = figure.noun is None and (figure.alone or figure.sort is Sort.BARE)
    is_specific = _is_of(figure, _specific(counted))
    if figure.toll is None and (is_bare or is_specific):
        return _NO_TOLL
    is_near = figure.sort is not Sort.MEASURE and (figure.of_people or is_specific)
    return _OTHER_TOLL if is_near else 0.0


def _is_of(figure: Figure, nouns: frozenset[str]) -> bool:
    """Tell whether a figure is of one of *nouns*, concepts or stems; a measure has its unit as a word: "litre"."""
    return figure.noun is not None and (figure.noun in nouns or stem(figure.noun) in nouns)


def _specific(counted: Counted) -> frozenset[str]:
    """Return the nouns that a figure must be of; empty for people at large."""
    return counted.nouns - {_PEOPLE} | counted.thing


def _noun_fit(figure: Figure, counted: Counted) -> float:
    specific = _specific(counted)
    if _is_of(figure, specific):
        return 1.0
    if figure.sort is Sort.MEASURE:
        return 0.0
    if not specific:
        return 1.0
    if figure.noun is None:
        return _NO_NOUN
    return _OF_PEOPLE if figure.noun == _PEOPLE else _OTHER_NOUN
