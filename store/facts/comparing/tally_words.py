"""The words around a number that tell what it counts: whom it befell, whether it is a total, a part or a difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from store.facts import lexicon, words
from store.facts.comparing.around import NEAR_NOUN, Around, Place, Placed
from store.facts.comparing.concepts import TOLL_KINDS, Concept, Hit, find_concepts, passing_tolls
from store.facts.comparing.contests import COUNTED, LEAD, is_lead, is_share_counted
from store.facts.comparing.converted import in_one_unit
from store.facts.comparing.governing import governing_deed, toll_by_deed
from store.facts.comparing.ordinals import ordinal_totals
from store.facts.comparing.reckoning import bygone, rate_of, time_covered
from store.facts.comparing.tallies import PER_CENT, Figure, Sort
from store.facts.english import is_english
from store.facts.model import Known, Quantity
from store.facts.numbers.units import kind_of

_NEAR_TOLL = 9.0  # the dearest way from a number to what happened to those it counts
_POINT = "point"  # "percentage points" as well
_VOTES = "votes"
_POSTS = "jobs"  # those who lose them are counted
_MONEY = "money"
_QUAKE, _MAGNITUDE = "quake", "magnitude"
_NEAR_SIZE = 6  # words from "magnitude" or "quake" to the number: "the quake at Lomm was revised to 6.1"
_DEAD = "dead"
_OF_PART = frozenset({_DEAD, "injured", "missing", "detained"})  # tolls of a part that grow into one of the whole
_NEAR_VERB = 5  # words from the verb to such a toll: "are now known to be dead"
_REST = "rest"  # "leaving 11,400": those that a toll counted before and that are left
_NOUNS = frozenset({"folk", "count"})
_SOUGHT = frozenset({"missing", "trapped", "stranded"})  # who "had been" so is so no longer
_HAD = frozenset({"had", "whod", "theyd", "previously"})
_NO_NOUN = frozenset({"for", "because", "amid", "after", "since"})  # behind a number: "cut to two for want of crews"
_COUNTERS = frozenset({"number", "toll", "count", "tally"})
_AMOUNTS = frozenset({"amount", "quantity", "volume"})
_MILLION = 1e6
_OLDEST = 115
_AGE = "age"  # what the figures of a story have for one that is told as such
_PRICE_WORDS = 2  # "a tonne"
_PER = frozenset({"a", "an", "per", "each"})
_PRICED = frozenset({"share", "head", "seat", "ticket", "customer", "unit", "ounce"})  # beside units of measure
_MARKS = frozenset(',;:()—–"“”')
_BREAKS = frozenset({"and", "while", "but", "after", "where", "which", "as"})


@cache
def _units() -> dict[str, str]:
    """Return what each spelling of a unit of measure is compared by: two are about one thing only when facts are."""
    rows = [line.split() for line in lexicon.lines("measures.txt") if not line.startswith("*")]
    return {words.stem(words.fold(spelling)): row[0] for row in rows for spelling in row}


def unit_of(word: str) -> str:
    """Return what a unit of measure is compared by: "crown" of "crowns", a word's stem where no list has it."""
    term = words.stem(word)
    return _units().get(term, term)


def measures() -> frozenset[str]:
    """Return the stems of units of measure: "km", "tonn"."""
    return frozenset(_units())


@cache
def _person_nouns() -> frozenset[str]:
    return frozenset(words.stem(word) for line in lexicon.lines("person_nouns.txt") for word in line.split())


@cache
def _stand_ins() -> frozenset[str]:
    marked = [word for line in lexicon.lines("measures.txt") for word in line.split() if word.startswith("*")]
    return frozenset(words.stem(word[1:]) for word in marked)


@cache
def _measured_things() -> dict[str, frozenset[str]]:
    """Return the things of which only one measure is told at a time, each with the kinds of its units."""
    rows = lexicon.table("measured_things.tsv")
    return {name: frozenset(kind.strip() for kind in kinds.split(",")) for name, kinds in rows}


def _may_measure(kind: str | None, thing: str) -> bool:
    """Say whether a measure of a *kind*, None if nothing tells which, may be of a thing; False of other things."""
    kinds = _measured_things().get(thing)
    return kinds is not None and (kind is None or kind in kinds)


def read_figures(known: Known, placed: Placed, hits: Sequence[Hit]) -> tuple[Figure, ...]:
    """Return the figures of *known*, in order; amounts without any number have none."""
    found = [
        (quantity, place)
        for quantity in told_quantities(known)
        if (quantity.value is not None or (quantity.low is not None and quantity.high is not None))
        and not _is_speakers(quantity, known)
        and (place := _place(quantity, known.fact.start, placed))
    ]
    if not found:
        return ()
    plain = [token.text for token, _ in placed]
    places = [place for _, place in found]
    nth = ordinal_totals(known)
    stops, old = _stops(known.text, placed), bygone([quantity for quantity, _ in found], known)
    sentence = _Sentence(placed, hits, stops, places, known, plain, nth, old)
    figures: list[Figure] = []
    # From the right: "two guards and one driver were killed" tells only after the last what happened to the first.
    for at in reversed(range(len(found))):
        if sentence.is_age(found[at][0], at):
            continue
        figure = sentence.figure(found[at][0], at, figures[0] if figures else None)
        if figure.toll or not figure.nth:  # "a third witness" is no total
            figures.insert(0, figure)
    return tuple(figures)


def told_quantities(known: Known) -> list[Quantity]:
    """Return the quantities of *known* in the units that they are compared in, and the totals of ordinals, in order."""
    told = (*map(in_one_unit, known.fact.quantities), *ordinal_totals(known))
    return sorted(told, key=lambda quantity: quantity.start)


def _stops(text: str, placed: Placed) -> list[int]:
    return [
        at for at in range(1, len(placed)) if not _MARKS.isdisjoint(text[placed[at - 1][0].end : placed[at][0].start])
    ]


def _is_foreign(quantity: Quantity) -> bool:
    """Say whether the unit is no English, "vala" of "8,000 vala": money, or another measure that no list has."""
    unit = quantity.unit or ""
    return unit.isalpha() and unit.islower() and quantity.text.endswith(f" {unit}") and not is_english(unit)


def _is_speakers(quantity: Quantity, known: Known) -> bool:
    """Say whether the number counts the speakers themselves: "two survivors said"."""
    speaker = known.fact.speaker
    return bool(speaker and quantity.text.casefold() in speaker.as_printed.casefold())


def _place(quantity: Quantity, base: int, placed: Placed) -> Place | None:
    """Return the positions of the quantity's words."""
    start, end = quantity.start - base, quantity.end - base
    inside = [at for at, (token, _) in enumerate(placed) if token.start < end and token.end > start]
    return (inside[0], inside[-1] + 1) if inside else None


@dataclass(frozen=True, slots=True)
class _Sentence(Around):
    """What each number of one sentence counts."""

    known: Known
    plain: Sequence[str]  # the folded words alone
    nth: Sequence[Quantity]  # those that an ordinal tells
    bygone: Sequence[Quantity]  # those that stand by a date long ago

    def figure(self, quantity: Quantity, at: int, after: Figure | None) -> Figure:
        """Read the quantity at a place; *after* is the figure to its right."""
        sort, noun, concept = self._noun(quantity, at)
        leads = self._is_lead(sort, noun, at)
        if leads:
            sort, noun, concept = Sort.MEASURE, noun or _VOTES, None
        low = quantity.low if quantity.low is not None else quantity.value or 0.0
        high = quantity.high if quantity.high is not None else quantity.value or 0.0
        value = quantity.value if quantity.value is not None else (low + high) / 2
        toll = None if sort is Sort.MEASURE else self._toll(at)
        of_people = concept.kind == "folk" or noun == _POSTS if concept else noun is None or noun in _person_nouns()
        implied = concept.implies if concept else None
        if self.is_of_bodies(at):
            implied = _DEAD
        deed = governing_deed(self.placed, self.hits, self.places[at], stop=self.clause_end(at), noun=noun)
        in_list = sort is Sort.COUNT and after is not None and after.of_people == of_people and self.is_next(at)
        if not (toll or implied) and in_list and after:
            toll = after.toll
        if toll == _REST:
            toll = self._toll_after(at) or _REST
        if toll in {None, _REST} and sort is not Sort.MEASURE:
            toll = toll_by_deed(noun, deed) or implied or (self._implied_before(at) if toll else None)
        return Figure(
            sort=Sort.TOLL if toll else sort,
            toll=toll,
            noun=noun if noun or not (self.is_part(at) and after) else after.noun,
            stuff=self._stuff(at) if sort is Sort.MEASURE else None,
            of_people=of_people,
            value=value,
            low=min(low, value),
            high=max(high, value),
            approximate=quantity.approximate,
            vague=quantity.value is None,
            earlier=quantity.earlier,
            part=self.is_part(at),
            whole=after.value if after and self.is_part(at) and self.is_next(at) else None,
            alone=self._is_alone(at),
            bygone=quantity in self.bygone,
            level=self.is_level(at),
            base=self.is_given(at) or (at > 0 and self.is_part(at - 1) and self.is_next(at - 1)),
            more=self.is_more(at, toll),
            nth=quantity in self.nth,
            fresh=self.is_fresh(at),
            gap=self.is_gap(at) or self.is_among(at) or (deed is None and self.is_of_others(at)),
            where=self.is_where(at) and not (quantity.earlier or self.is_level(at) or self._counted_before(at)),
            asked=self.is_asked(at),
            of=LEAD if leads else self._measured(quantity, noun, at) if sort is Sort.MEASURE else None,
            passing=toll in passing_tolls(),
            deed=deed,
            per=self._per(at) if sort is Sort.MEASURE else None,
            rate=rate_of(self.places[at], quantity, self.known, self.plain),
            time=time_covered(quantity, self.known),
            text=quantity.text,
        )

    def _is_alone(self, at: int) -> bool:
        """Say whether no noun follows the number: "rose to 12 on Friday"."""
        end = self.places[at][1]
        inside = range(self.places[at][0], end if end in self.stops else end + 2)
        return not any(hit.start in inside and hit.concept.kind in _NOUNS for hit in self.hits)

    def _implied_before(self, at: int) -> str | None:
        """Return the toll that the nearest noun before implies: "refugees went home, leaving 11,400"."""
        told = [hit.concept.implies for hit in self.hits if hit.start < self.places[at][0] and hit.concept.implies]
        return told[-1] if told else None

    def _is_lead(self, sort: Sort, noun: str | None, at: int) -> bool:
        """Say whether the number is of points or votes, or of nothing that is said, by which somebody leads."""
        return (noun in {_POINT, _VOTES} or sort is Sort.BARE) and is_lead(self.placed, self.places[at])

    def _measured(self, quantity: Quantity, noun: str | None, at: int) -> str | None:
        """Return the thing that a measure measures: "9 per cent of the vote", "turnout in the vote was 61 per cent"."""
        start, end = self.places[at]
        if noun == PER_CENT and is_share_counted(self.placed, self.places[at], until=self.clause_end(at)):
            return COUNTED
        ends = [place[1] for place in self.places if place[1] <= start]
        if ends and [token.text for token, _ in self.placed[ends[-1] : start]] == ["to"]:
            ends.pop()  # "shares in the firm fell 6% to 212 crowns"
        since = ends[-1] if ends else 0
        kind = kind_of(quantity.unit or "") or (_MONEY if _is_foreign(quantity) else None)
        measured = [hit for hit in self.hits if _may_measure(kind, hit.concept.name)]
        until = min(self.clause_end(at), end + NEAR_NOUN)
        after = [hit.concept.name for hit in measured if end <= hit.start < until]
        before = [hit.concept.name for hit in measured if since <= hit.start < start]
        if self.is_level(at):  # "shares rose to 26 crowns, a gain of 3": what has moved stands before
            after, before = before, after
        return next(iter((*after, *before)), None)

    def _per(self, at: int) -> str | None:
        """Return what a price is for, in one form: "ton" of "1,190 crowns a tonne" and of "1,190 crowns per ton"."""
        following = self.placed[self.places[at][1] : self.places[at][1] + 2]
        if len(following) < _PRICE_WORDS or following[0][0].text not in _PER:
            return None
        word, term = following[1][0].text, following[1][1]
        return _units().get(term, word if word in _PRICED else None)

    def _stuff(self, at: int) -> str | None:
        """Return what a measure measures out: "four tons of ammonia", "the amount of oil … 1,900 tons"."""
        end = self.places[at][1]
        following = self.placed[end : end + 2]
        if len(following) == 2 and following[0][0].text == "of" and following[1][0].text not in words.FUNCTION_WORDS:
            return following[1][1]
        before = self.placed[: self.places[at][0]]
        for (amount, _), (of, _), (_, stuff) in zip(before, before[1:], before[2:], strict=False):
            if amount.text in _AMOUNTS and of.text == "of":
                return stuff
        return None

    def is_age(self, quantity: Quantity, at: int) -> bool:
        """Say whether a bare number is somebody's age: "a trader of 34", "Ana Reyes, 41, died"."""
        if quantity.what == _AGE:
            return True
        start, end = self.places[at]
        if quantity.unit or not 0 < (quantity.value or 0.0) <= _OLDEST:
            return False
        return (start in self.stops and end in self.stops) or (
            start > 0
            and self.placed[start - 1][0].text in {"of", "aged"}
            and (end in self.stops or end == len(self.placed))
        )

    def _noun(self, quantity: Quantity, at: int) -> tuple[Sort, str | None, Concept | None]:
        """Return whether a measure, a thing or nothing is said to be counted, and which, with its concept if any."""
        folded = [token.text for token in words.tokens(quantity.unit or "")]
        unit = [words.stem(word) for word in folded]
        if not _units().keys().isdisjoint(unit) or quantity.text[-1:] in {"%", "°"} or _is_foreign(quantity):
            named = [_units().get(term, term) for term in unit]
            return Sort.MEASURE, _POINT if named[-1:] == [_POINT] else " ".join(named), None
        start, end = self.places[at]
        until = min((place[0] for place in self.places if place[0] >= end), default=len(self.placed))
        if end < until and self.placed[end][1] in _stand_ins():
            return Sort.BARE, None, None
        until = min(until, end + NEAR_NOUN, next((stop for stop in self.stops if stop >= end), len(self.placed)))
        if unit and unit[-1] not in _stand_ins() and quantity.text.endswith(quantity.unit or ""):
            until = end  # "340 complaints about the vote" are no votes
        if end < len(self.placed) and self.placed[end][0].text in _NO_NOUN:
            until = end
        near = [hit.concept for hit in self.hits if start <= hit.start < until]
        of_unit = [hit.concept for hit in find_concepts(folded, unit)]
        if any(concept.kind in TOLL_KINDS for concept in of_unit):
            return Sort.BARE, None, None  # "the dead" are not counted by what they are
        specific = [concept for concept in of_unit if concept.kind in _NOUNS and concept.name != "people"]
        for concept in (*specific, *(near if not specific else ()), *self._counted_before(at), *of_unit):
            if concept.kind in _NOUNS:
                return Sort.COUNT, concept.name, concept
        if not unit or unit[-1] in _stand_ins():
            return Sort.BARE, None, None
        # Millions of what no list counts are money most of the time: "2 million marks".
        return Sort.MEASURE if (quantity.value or 0.0) >= _MILLION else Sort.COUNT, unit[-1], None

    def _counted_before(self, at: int) -> list[Concept]:
        """Return what the subject says is counted: "the number of polling stations … was 41", "deaths now at 39"."""
        if not self._is_alone(at):
            return []
        start = self.places[at][0]
        sized = [hit.concept for hit in self.hits if hit.concept.name == _QUAKE and self._is_magnitude(hit.end, start)]
        if sized:
            return sized
        before = [word for word, (token, _) in enumerate(self.placed[:start]) if token.text == "number"]
        named = [hit.concept for hit in self.hits if before and before[-1] < hit.start <= before[-1] + NEAR_NOUN]
        # What only stands in "of the vote" is not counted; whoever died or fell ill is, wherever the sentence says so.
        return named or [hit.concept for hit in self.hits if hit.concept.implies and self.leads_on(hit.end, start)]

    def _is_magnitude(self, since: int, until: int) -> bool:
        """Say whether a word for a quake leads to the number that is its size: "its magnitude was revised to 6.1"."""
        is_near = 0 <= until - since <= _NEAR_SIZE and not any(since < place <= until for place in self.stops)
        return is_near and any(token.text == _MAGNITUDE for token, _ in self.placed[:until])

    def _toll(self, at: int) -> str | None:
        """Return what happened to those counted: the nearest toll, one after the number before one in front of it."""
        start, end = self.places[at]
        told_by_subject = self._toll_of_subject(at)
        if told_by_subject:
            return told_by_subject
        told_of_part = self._toll_of_part(at) if self.is_part(at) else None
        if told_of_part:
            return told_of_part
        is_alone = self._is_alone(at)
        best, best_cost = None, _NEAR_TOLL
        for hit in self.hits:
            if hit.concept.kind not in TOLL_KINDS or self._is_over(hit, end):
                continue
            if start <= hit.start < end:
                return hit.concept.name  # "34 dead, 31 missing"
            after = hit.start >= start
            between = range(end, max(end, hit.start)) if after else range(hit.end, start)
            if is_alone:  # "the dead were 66 after …": told before
                cost = 2.0 * len(between) if after else 0.4 * len(between)
            else:
                cost = float(len(between)) if after else 0.5 + 1.3 * len(between)
            cost += 2.0 * sum(self.placed[place][0].text in _BREAKS for place in between)
            cost += 3.0 * sum(other[0] in between for other in self.places)
            cost += 1.5 * sum(stop in between for stop in self.stops)
            if cost < best_cost:
                best, best_cost = hit.concept.name, cost
        return best

    def _is_over(self, hit: Hit, since: int) -> bool:
        """Say whether what passes is told to have passed: "two who had been on the list of the missing"."""
        between = {token.text for token, _ in self.placed[since : hit.start]}
        return hit.concept.name in _SOUGHT and not between.isdisjoint(_HAD)

    def _toll_of_part(self, at: int) -> str | None:
        """Return what is told of a part right behind its verb: "three of the five on board are dead"."""
        verb = self.predicate_of(at)
        behind = [hit.concept.name for hit in self.hits if verb <= hit.start <= verb + _NEAR_VERB]
        return behind[0] if behind and behind[0] in _OF_PART else None

    def _toll_after(self, at: int) -> str | None:
        """Return the toll that follows "remain" or "leaving": "48 persons remain in hospital", "leaving 14 dead"."""
        start, end = self.places[at]
        after = [hit.concept for hit in self.hits if start <= hit.start < end + NEAR_NOUN + 1]
        return next((one.name for one in after if one.kind in TOLL_KINDS and one.name != _REST), None)

    def _toll_of_subject(self, at: int) -> str | None:
        """Return what a subject counts: "the number of the dead after the collapse makes 33", no number between."""
        start = self.places[at][0]
        since = max((place[1] for place in self.places if place[1] <= start), default=0)
        counters = [place for place in range(since, start) if self.placed[place][0].text in _COUNTERS]
        if not counters:
            return None
        told = [hit.concept for hit in self.hits if counters[0] - 1 <= hit.start < start]
        return next((concept.name for concept in told if concept.kind in TOLL_KINDS), None)
