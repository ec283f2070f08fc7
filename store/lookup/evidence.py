"""What speaks for each candidate: numbers that a linear model can weigh.

Everything is recomputed from the packed words of the candidates and the sentences around them, so the cost depends on
the number of candidates and not on the size of the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, log1p
from typing import Any

from sqlite_utils import Database

from store.database.index import CAPITAL, FIGURE, Trait, unpack
from store.lookup.asking import Want
from store.lookup.wording import Ask

# Okapi BM25's two constants; sentences vary little in length, so length counts little.
_K1, _B = 1.2, 0.5
_NEAR = 2  # sentences on each side that count as the surroundings
_IMPLIED = 0.7  # a name that is meant and not printed counts this much of one that is


@dataclass(frozen=True, slots=True)
class Totals:
    """How much is held, for rarity and mean lengths."""

    facts: int
    fact_terms: int
    paragraphs: int
    paragraph_terms: int


@dataclass(slots=True)
class Seen:
    """One sentence as the question sees it."""

    fact: int
    paragraph: int
    traits: int
    length: int = 0
    hits: dict[int, tuple[float, int, int]] = field(default_factory=dict)  # ask -> (weight, times, first place)
    capitals: int = 0  # capitalised words that the question did not have
    figures: int = 0  # figures that it did not have
    own: float = 0.0  # bm25 of the sentence alone


def read_totals(db: Database) -> Totals:
    """Return the counts that the index keeps."""
    return Totals(
        *db.conn.execute("SELECT facts, fact_terms, paragraphs, paragraph_terms FROM index_totals").fetchone()
    )


def rarity(facts: int, totals: Totals) -> float:
    """Return how telling it is to hold a term that *facts* facts hold: the logarithm of one over their share."""
    return log(1 + (totals.facts - facts + 0.5) / (facts + 0.5))


@dataclass(frozen=True, slots=True)
class Weighed:
    """The question's words with how telling each is."""

    asks: Sequence[Ask]
    rarities: tuple[float, ...]  # of each ask: its own word's, or its rarest option's when that is not held
    want: Want

    @property
    def total(self) -> float:
        """The rarities of all words together; never zero."""
        return sum(self.rarities) or 1.0


def weigh(asks: Sequence[Ask], want: Want, totals: Totals) -> Weighed:
    """Return *asks* with their rarities."""
    return Weighed(asks, tuple(_ask_rarity(ask, totals) for ask in asks), want)


def _ask_rarity(ask: Ask, totals: Totals) -> float:
    if not ask.options:
        return rarity(0, totals)
    same = [option for option in ask.options if option.how == "same"]
    return max(rarity(option.facts, totals) for option in same or ask.options)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that holds candidates, with the story around it."""

    facts: Sequence[Seen]  # its sentences, in order
    before: Sequence[Seen]  # the story's sentences before them, at most two
    after: Sequence[Seen]
    title: Seen
    place: float  # 0: the story's first paragraph, 1: the last


def read_passages(
    db: Database, weighed: Weighed, totals: Totals, facts: Sequence[int], paragraphs: Sequence[int]
) -> list[Passage]:
    """Return *paragraphs* and the paragraphs of *facts*, each matched with the question's words."""
    wanted = _by_term(weighed, totals)
    of_facts = _select(db, "SELECT DISTINCT paragraph FROM fact_words WHERE fact IN", facts)
    numbers = tuple({paragraph for (paragraph,) in of_facts} | set(paragraphs))
    held = _select(
        db,
        "SELECT p.id, p.story, p.first_fact, p.last_fact, s.first_paragraph, s.last_paragraph"
        " FROM indexed_paragraphs p JOIN indexed_stories s USING (story) WHERE p.id IN",
        numbers,
    )
    around = {fact for _, _, first, last, _, _ in held for fact in range(first - _NEAR, last + _NEAR + 1)}
    seen = {
        row[0]: _see(*row, wanted=wanted)
        for row in _select(db, "SELECT fact, paragraph, traits, words FROM fact_words WHERE fact IN", tuple(around))
    }
    titles = {
        story: _see(0, 0, 0, blob, wanted=wanted)
        for story, blob in _select(
            db,
            "SELECT story, title_words FROM indexed_stories WHERE story IN",
            tuple({story for _, story, *_ in held}),
        )
    }
    mean = totals.fact_terms / max(1, totals.facts)
    for sentence in seen.values():
        sentence.own = _bm25(sentence.hits, sentence.length / mean, weighed)
    passages = []
    for number, story, first, last, story_first, story_last in held:
        near = [
            seen[fact]
            for fact in range(first - _NEAR, last + _NEAR + 1)
            if fact in seen and story_first <= seen[fact].paragraph <= story_last
        ]
        passages.append(
            Passage(
                facts=[s for s in near if first <= s.fact <= last],
                before=[s for s in near if s.fact < first],
                after=[s for s in near if s.fact > last],
                title=titles[story],
                place=(number - story_first) / max(1, story_last - story_first),
            )
        )
    return passages


def _select(db: Database, sql: str, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of *sql*, which ends in IN, for whole *numbers*."""
    return list(db.conn.execute(f"{sql} ({','.join(map(str, numbers))})").fetchall())


def _by_term(weighed: Weighed, totals: Totals) -> dict[int, list[tuple[int, float]]]:
    """Return for each term that counts: the words it is a match for, and how much of them."""
    wanted: dict[int, list[tuple[int, float]]] = {}
    for number, (ask, telling) in enumerate(zip(weighed.asks, weighed.rarities, strict=True)):
        for option in ask.options:
            # A commoner stand-in tells no more than it would if it had been asked for itself.
            weight = option.weight * min(1.0, rarity(option.facts, totals) / telling)
            wanted.setdefault(option.id, []).append((number, weight))
    return wanted


def _see(fact: int, paragraph: int, traits: int, blob: bytes, *, wanted: Mapping[int, list[tuple[int, float]]]) -> Seen:
    seen = Seen(fact, paragraph, traits)
    implied = False
    for place, (term, mark) in enumerate(unpack(blob)):
        if term == 0:
            implied = True
            continue
        asked = wanted.get(term)
        if asked is None:
            if not implied:
                seen.capitals += mark & CAPITAL
                seen.figures += (mark & FIGURE) >> 1
        else:
            for number, weight in asked:
                value = weight * _IMPLIED if implied else weight
                best, times, first = seen.hits.get(number, (0.0, 0, place))
                seen.hits[number] = (max(best, value), times + 1, first)
        seen.length += not implied
    return seen


Hits = Mapping[int, tuple[float, int, int]]


def _bm25(hits: Hits, length: float, weighed: Weighed) -> float:
    """Return the BM25 of one text for the question, over the most that one mention of every word could give."""
    norm = _K1 * (1 - _B + _B * length)
    return (
        sum(
            weighed.rarities[number] * weight * times * (_K1 + 1) / (times + norm)
            for number, (weight, times, _) in hits.items()
        )
        / weighed.total
    )


def _together(texts: Iterable[Seen]) -> dict[int, tuple[float, int, int]]:
    """Return the hits of several sentences as if they were one."""
    both: dict[int, tuple[float, int, int]] = {}
    for text in texts:
        for number, (weight, times, place) in text.hits.items():
            best, more, first = both.get(number, (0.0, 0, place))
            both[number] = (max(best, weight), times + more, first)
    return both


def _coverage(hits: Hits, weighed: Weighed) -> float:
    """Return how much of the question's telling weight is matched, 0 to 1."""
    return sum(weighed.rarities[number] * weight for number, (weight, _, _) in hits.items()) / weighed.total


FEATURES = (
    "own", "paragraph", "before", "after", "cover", "cover_paragraph", "cover_title", "cover_around", "rarest",
    "pairs", "order", "names", "figures", "missing_names", "length", "short", "first", "place",
    "new_capitals", "new_figures",
    "person", "time", "place_named", "count", "amount", "share", "cause", "name", "alone", "background",
)  # fmt: skip


def features_of(passage: Passage, weighed: Weighed, totals: Totals) -> list[tuple[int, tuple[float, ...]]]:
    """Return (fact, values of FEATURES) for each sentence of *passage*."""
    whole = [*passage.facts, passage.title]
    in_paragraph = _together(whole)
    length = sum(s.length for s in whole) / max(1.0, totals.paragraph_terms / max(1, totals.paragraphs))
    paragraph = _bm25(in_paragraph, length, weighed)
    cover_paragraph = _coverage(in_paragraph, weighed)
    cover_title = _coverage(passage.title.hits, weighed)
    cover_around = _coverage(_together([*whole, *passage.before, *passage.after]), weighed)
    line = [*passage.before, *passage.facts, *passage.after]
    start = len(passage.before)
    mean = totals.fact_terms / max(1, totals.facts)
    rarest = max(range(len(weighed.rarities)), key=weighed.rarities.__getitem__, default=-1)
    rows = []
    for at, seen in enumerate(passage.facts):
        before = line[start + at - 1].own if start + at > 0 else 0.0
        after = line[start + at + 1].own if start + at + 1 < len(line) else 0.0
        pairs, order = _pairs(seen, weighed)
        ratio = seen.length / mean
        rows.append((seen.fact, (
            seen.own, paragraph, before, after, _coverage(seen.hits, weighed), cover_paragraph, cover_title,
            cover_around,
            float(rarest in seen.hits), pairs, order,
            _part(seen, weighed, names=True), _part(seen, weighed, names=False),
            _missing_names(seen, in_paragraph, weighed),
            log(max(ratio, 0.05)), float(seen.length < 4), float(at == 0), passage.place,
            log1p(seen.capitals), log1p(seen.figures), *_fits(seen, weighed.want),
            float(len(passage.facts) == 1), float(bool(seen.traits & Trait.BACKGROUND)),
        )))  # fmt: skip
    return rows


def _pairs(seen: Seen, weighed: Weighed) -> tuple[float, float]:
    """Return how much of the question's neighbouring words stand near each other in the sentence, and in order."""
    near = order = 0.0
    for number in range(len(weighed.asks) - 1):
        left, right = seen.hits.get(number), seen.hits.get(number + 1)
        if left and right:
            weight = min(weighed.rarities[number], weighed.rarities[number + 1]) * min(left[0], right[0])
            gap = right[2] - left[2]
            near += weight / max(1, abs(gap))
            order += weight * (0 < gap <= 2)
    return near / weighed.total, order / weighed.total


def _part(seen: Seen, weighed: Weighed, *, names: bool) -> float:
    """Return the share of the asked names, or of the asked figures, that the sentence has; 0 when none is asked."""
    asked = [n for n, ask in enumerate(weighed.asks) if (ask.capital if names else ask.figure)]
    total = sum(weighed.rarities[n] for n in asked)
    return sum(weighed.rarities[n] * seen.hits[n][0] for n in asked if n in seen.hits) / total if total else 0.0


def _missing_names(seen: Seen, in_paragraph: Hits, weighed: Weighed) -> float:
    """Return the share of the question's weight that is names neither the sentence nor its paragraph has."""
    return (
        sum(
            telling
            for n, (ask, telling) in enumerate(zip(weighed.asks, weighed.rarities, strict=True))
            if ask.capital and n not in seen.hits and n not in in_paragraph
        )
        / weighed.total
    )


def _fits(seen: Seen, want: Want) -> tuple[float, ...]:
    """Return for each kind of question 1 when it is this one and the sentence holds such an answer, else 0."""
    traits = seen.traits
    fits = {
        Want.PERSON: bool(traits & Trait.PERSON) or seen.capitals > 0,
        Want.TIME: bool(traits & (Trait.DATE | Trait.YEAR)) and seen.figures > 0,
        Want.PLACE: bool(traits & Trait.PLACE) or seen.capitals > 0,
        Want.COUNT: bool(traits & Trait.FIGURE) and seen.figures > 0,
        Want.AMOUNT: bool(traits & (Trait.FIGURE | Trait.MONEY)) and seen.figures > 0,
        Want.SHARE: bool(traits & Trait.SHARE),
        Want.CAUSE: bool(traits & Trait.CAUSE),
        Want.NAME: seen.capitals > 0,
    }
    return tuple(float(kind is want and fit) for kind, fit in fits.items())
