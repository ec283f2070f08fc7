"""Settling what each name of a story is: the signs of all its mentions are added up, and one decides for all."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from store.facts.cast.candidates import STRONG, SURE, Candidate
from store.facts.cast.gazetteer import (
    country_named,
    country_of_capital,
    country_of_demonym,
    is_known_place,
    known_body,
    state_named,
)
from store.facts.cast.names import Token, org_heads
from store.facts.cast.peoples import is_people_of, stem_of
from store.facts.cast.vocabulary import body_words, company_forms, place_nouns
from store.facts.english import is_english
from store.facts.model import Kind, Layout
from store.facts.rules import Rule

_OPENING_SENTENCES = 4  # in which "the capital" is the town of the dateline
_PARTIES = frozenset({"party", "alliance", "coalition", "bloc", "front", "movement"})
_BAR = 2.0  # the least that the signs for a kind must add up to
_Votes = defaultdict[str, defaultdict[Kind, float]]


@dataclass(slots=True)
class Reading:
    """A sentence with its tokens and what its capitals may be."""

    tokens: list[Token]
    candidates: list[Candidate] = field(default_factory=list)


class Names:
    """The names of one story and what they are."""

    def __init__(self, readings: Sequence[Reading], layout: Layout) -> None:
        self.readings = readings
        self.dateline_places = _dateline_places(layout)
        self.kinds: dict[str, Kind] = {}
        self.kind_rules: dict[str, Rule] = {}  # what settled a name beside the signs around it
        self.companies: dict[str, str] = {}  # "Tanaka" -> "Tanaka Motors Corp"
        self.surnames: set[str] = set()  # standing alone: "Ruiz, 71, seized power"
        self._small = {t.low for r in readings for t in r.tokens if not t.capital}
        self._inner = {t.text for r in readings for t in r.tokens if t.capital and not t.opens}
        self._times = Counter(t.text for r in readings for t in r.tokens if t.capital)
        self._shorten_openings()
        self.peoples = self._find_peoples()
        self.countries = set(self.peoples.values()) | set(self.dateline_places[1:])
        self._settle()
        named = (c for c in self.candidates() if len(c.words) > 1 and self.kinds.get(c.name) is Kind.PERSON)
        self._last_names = {candidate.words[-1] for candidate in named}
        ruling = {c.name for c in self.candidates() if c.rules_itself}
        self.countries |= {name for name in ruling if self.kinds.get(name) is Kind.PLACE and not is_known_place(name)}
        self.capitals = self._find_capitals()

    def candidates(self) -> Iterator[Candidate]:
        """Yield every candidate, sentence by sentence."""
        for reading in self.readings:
            yield from reading.candidates

    def country_of(self, word: str) -> str | None:
        """Return the country of a name or a people, invented ones included; a town stands for itself."""
        known = country_named(word) or country_of_demonym(word) or self.peoples.get(word)
        if known:
            return known
        return word if word in self.countries or self.kinds.get(word) is Kind.PLACE else None

    def seat_of(self, word: str) -> str | None:
        """Return the country that a town is the capital of, if the story or the gazetteer tells; else as above."""
        return country_of_capital(word) or self.capitals.get(word) or self.country_of(word)

    def is_country(self, name: str) -> bool:
        """Tell a country, known or invented, from other places."""
        return name in self.countries or country_named(name) is not None

    def is_anchored(self, name: str) -> bool:
        """Tell a place that is one whatever people are called: known, in the dateline, or with a people of its own."""
        return is_known_place(name) or name in self.dateline_places or name in self.peoples.values()

    def kind_of(self, candidate: Candidate) -> Kind | None:
        """Return what a candidate is; None where the signs do not tell."""
        if candidate.honorific:
            return Kind.PERSON
        if candidate.votes.get(Kind.ORG, 0) >= SURE:
            return Kind.ORG
        return self.kinds.get(candidate.name)

    def is_noise(self, candidate: Candidate) -> bool:
        """Tell a capital that only begins a sentence, or a people's name."""
        if candidate.name in self.peoples:
            return True
        if not candidate.tells_nothing or candidate.honorific:
            return False
        word = candidate.words[0]
        if is_known_place(word) or known_body(word) or word in self.countries or word in self.dateline_places:
            return False
        if word in self._last_names and candidate.votes.get(Kind.PERSON, 0) > 0:
            return False  # "Field said" of Dale Field, though a field is named too
        if word.lower() in self._small or self.kind_rules.get(word) is Rule.ENDING:
            return True  # "Trust is good" has no article
        return word not in self._inner and not candidate.owns and self._times[word] < 2 and word not in self.kinds

    @property
    def opening_country(self) -> str | None:
        """The country with which the story opens: an office in that sentence without an owner is its own."""
        tokens = self.readings[0].tokens if self.readings else ()
        if not tokens or tokens[0].owns or not self.is_country(tokens[0].text):
            return None
        if any(c.start == tokens[0].start and len(c.words) > 1 for c in self.readings[0].candidates):
            return None  # "Jordan Webb"
        return self.country_of(tokens[0].text)

    def _find_capitals(self) -> dict[str, str]:
        """Return town -> country: of "Ruritania's capital, Strelsau", and of a dateline town that is "the capital"."""
        found: dict[str, str] = {}
        for number, reading in enumerate(self.readings):
            for at, token in enumerate(reading.tokens):
                if token.low != "capital" or not at:
                    continue
                owner = reading.tokens[at - 1]
                country = self.country_of(owner.text) if owner.capital else None
                town = _named_next(reading.tokens, at + 1)
                if country and town:
                    found.setdefault(town, country)
                elif number < _OPENING_SENTENCES and _is_here(reading.tokens, at):
                    found |= self._dateline_capital()
        return found

    def _dateline_capital(self) -> dict[str, str]:
        """Return the dateline's town with the country that the story opens with."""
        country = self.opening_country
        return {town: country for town in self.dateline_places[:1] if country and not is_known_place(town)}

    def _shorten_openings(self) -> None:
        """Take a common word that begins a sentence off the name behind it: "Rainy Vesterland" beside "a rainy"."""
        inner = {c.name for c in self.candidates() if not (c.tells_nothing or c.honorific)}
        for candidate in self.candidates():
            rest = " ".join(candidate.words[1:])
            if not candidate.opens or not rest or candidate.honorific or candidate.votes.get(Kind.ORG):
                continue
            if rest in inner and candidate.words[0].lower() in self._small:
                candidate.start += len(candidate.words[0]) + 1
                candidate.words = candidate.words[1:]
                candidate.votes.pop(Kind.PERSON, None)

    def _find_peoples(self) -> dict[str, str]:
        """Return people -> country for the countries that no list knows: "Vesterlander" of "Vesterland"."""
        singles = {c.words[0] for c in self.candidates() if len(c.words) == 1} | set(self.dateline_places)
        for reading in self.readings:  # "the Supreme Court of Ruritania"
            singles |= {b.text for a, b in pairwise(reading.tokens) if a.low in {"of", "in"} and b.capital}
        by_stem: dict[str, list[str]] = defaultdict(list)
        for name in sorted(singles):
            if len(name) >= 4 and not country_of_demonym(name):
                by_stem[stem_of(name)].append(name)
        peoples: dict[str, str] = {}
        for word in self._times:
            if len(word) < 4 or country_of_demonym(word) or country_named(word):
                continue
            owners = [name for name in by_stem.get(stem_of(word), ())[:50] if is_people_of(word, name)]
            if owners:
                peoples[word] = min(owners, key=len)
        return peoples

    def _settle(self) -> None:
        votes: _Votes = defaultdict(lambda: defaultdict(float))
        for candidate in self.candidates():
            for kind, weight in candidate.votes.items():
                votes[candidate.name][kind] += weight
        for names, rule in ((self.dateline_places, Rule.IN_DATELINE), (self.countries, Rule.HAS_PEOPLE)):
            for name in names:
                votes[name][Kind.PLACE] += _BAR + 1
                self.kind_rules.setdefault(name, rule)
        self._vote_for_short_companies(votes)
        self._vote_for_bare_heads(votes)
        self._decide(votes)
        self._trust_told_kinds()
        told = {c.name for c in self.candidates() if len(c.words) == 1 and c.is_person_told}
        people = {name for name in told if self.kinds.get(name) is Kind.PERSON}
        self.surnames = {name for name in people if votes[name][Kind.PERSON] >= STRONG}
        pairs = list(self._listed_together())
        for one, other in [*pairs, *reversed(pairs)]:
            for name, beside in ((one, other), (other, one)):
                if self.kinds.get(beside) is Kind.PLACE and name not in self.kinds:
                    self.kinds[name] = Kind.PLACE
                    self.kind_rules[name] = Rule.LISTED_WITH_PLACE

    def _trust_told_kinds(self) -> None:
        """Make a body of each name that the story once calls one, however often it speaks like a person later.

        Not one that has an age, a "who" or a title elsewhere: "the charity" then was somebody's.
        """
        people = {c.name for c in self.candidates() if c.honorific or c.has_age}
        for candidate in self.candidates():
            if candidate.kind_told and candidate.name not in people and not self.is_anchored(candidate.name):
                self.kinds[candidate.name] = Kind.ORG

    def _decide(self, votes: _Votes) -> None:
        for name, counted in votes.items():
            if counted:
                kind, weight = max(counted.items(), key=lambda item: item[1])
                if weight >= _BAR:
                    self.kinds[name] = kind

    def _vote_for_short_companies(self, votes: _Votes) -> None:
        """ "Tanaka Motors" and "Tanaka" are a body where the story has "Tanaka Motors Corp" too."""
        printed = {candidate.name for candidate in self.candidates()}
        placed = {candidate.name for candidate in self.candidates() if candidate.stands_as_place}
        surnames = {c.words[-1] for c in self.candidates() if len(c.words) > 1 and c.votes.get(Kind.PERSON, 0) > 0}
        for candidate in self.candidates():
            others = [short for short in self._short_bodies(candidate) if short not in surnames]
            for short in (*short_companies(candidate.words), *others):
                # "Corvus" of "Corvus plc" may speak as places do; the one that is in "Ruritania" is none
                if short in printed and short not in placed and not is_known_place(short):
                    votes[short][Kind.ORG] += SURE
                    self.kind_rules.setdefault(short, Rule.SHORT_COMPANY)
                    self.companies.setdefault(short, candidate.name)

    def _vote_for_bare_heads(self, votes: _Votes) -> None:
        """ "The Alliance" is a body where the story names one alliance, in full: "the Open Waters Alliance"."""
        full: dict[str, set[str]] = defaultdict(set)
        for candidate in self.candidates():
            if len(candidate.words) > 1 and candidate.words[-1].lower() in org_heads():
                full[candidate.words[-1]].add(candidate.name)
        for candidate in self.candidates():
            if len(candidate.words) == 1 and len(full.get(candidate.name, ())) == 1 and not candidate.votes:
                votes[candidate.name][Kind.ORG] = SURE
                self.kind_rules.setdefault(candidate.name, Rule.ENDING)

    def _short_bodies(self, candidate: Candidate) -> list[str]:
        """Return what other bodies may be called for short: "Dawn" of "Dawn Alliance", "Halden" of the insurer.

        Of a body that the text calls one, its first words, unless they are common: not the "Clean" of "Clean Wells".
        """
        *short, last = candidate.words
        if last.lower() in _PARTIES:
            return [" ".join(short)] if short else []
        firsts = [" ".join(short[:end]) for end in range(len(short), 0, -1)] if candidate.kind_told else []
        return [first for first in firsts if not is_english(first.lower())]

    def _listed_together(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of single names with nothing but "and", "or" or a comma between them: what one is, both are."""
        for reading in self.readings:
            starts = [token.start for token in reading.tokens]
            for one, other in pairwise(reading.candidates):
                gap = reading.tokens[bisect_left(starts, one.end) : bisect_left(starts, other.start)]
                if not one.owns and len(gap) == 1 and gap[0].low in {"and", "or", ","}:
                    yield one.name, other.name


def _is_here(tokens: Sequence[Token], at: int) -> bool:
    """Tell "told reporters in the capital" from capital of another kind and from the capital of another country."""
    before = [token.low for token in tokens[max(0, at - 2) : at]]
    return before in (["in", "the"], ["from", "the"], ["to", "the"]) and _named_next(tokens, at + 1) is None


def _named_next(tokens: Sequence[Token], at: int) -> str | None:
    """Return the name that begins at *at*, after a comma or "city" if there is one."""
    while at < len(tokens) and tokens[at].low in {",", "city", "of"}:
        at += 1
    end = at
    while end < len(tokens) and tokens[end].capital and end - at < 4:
        end += 1
    return " ".join(token.text for token in tokens[at:end]) or None


def _has_form(words: Sequence[str]) -> bool:
    return words[-1].lower().rstrip(".") in company_forms()


def short_companies(words: Sequence[str]) -> list[str]:
    """Return what a company is called for short: "Tanaka" of "Tanaka Motors Corp"; none for other names."""
    if len(words) < 2 or not (_has_form(words) or words[-1].lower() in body_words()):
        return []
    return [" ".join(words[:end]) for end in range(len(words) - 1, 0, -1)]


def _dateline_places(layout: Layout) -> list[str]:
    """Return the places of the dateline, the nearest first, without "Province" and the like."""
    place = layout.dateline.place if layout.dateline else None
    parts = [part.strip() for piece in (place or "").split("/") for part in piece.split(",")]
    return [state_named(part) or _without_noun(part) for part in parts if part]


def _without_noun(place: str) -> str:
    head, _, noun = place.rpartition(" ")
    return head if head and place_nouns().get(noun.lower()) and " " not in head else place
