"""The candidates as the question sees them: each sentence with its paragraph, its neighbours and its story's title.

Everything is recomputed from packed words, so the cost depends on the number of candidates and not on the store.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from sqlite_utils import Database

from store.database.index import CAPITAL, CODE, FIGURE, IMPLIED, MARKS, code, mark_of
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

    @property
    def fact_length(self) -> float:
        """Return the mean number of terms of a fact; 1 when none is held."""
        return self.fact_terms / self.facts if self.facts else 1.0

    @property
    def paragraph_length(self) -> float:
        """Return the mean number of terms of a paragraph with its title; 1 when none is held."""
        return self.paragraph_terms / self.paragraphs if self.paragraphs else 1.0


def read_totals(db: Database) -> Totals:
    """Return the counts that the index keeps."""
    row = db.conn.execute("SELECT facts, fact_terms, paragraphs, paragraph_terms FROM index_totals").fetchone()
    return Totals(*row)


def rarity(facts: int, totals: Totals) -> float:
    """Return how telling it is to hold a term that *facts* facts hold: the logarithm of one over their share."""
    return log(1 + (totals.facts - facts + 0.5) / (facts + 0.5))


@dataclass(frozen=True, slots=True)
class Weighed:
    """The question's words with how telling each is."""

    asks: Sequence[Ask]
    rarities: tuple[float, ...]  # of each ask: its own word's, or its rarest option's when that is not held
    want: Want
    focus: int | None = None  # the ask that a wanted figure counts: "troops" in "how many troops"
    total: float = field(init=False)  # the rarities of all words together; never zero

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(self.rarities) or 1.0)

    def share(self, which: Iterable[bool]) -> float:
        """Return the share of the question's telling weight that the marked words have."""
        return sum(telling for telling, marked in zip(self.rarities, which, strict=True) if marked) / self.total


def weigh(asks: Sequence[Ask], want: Want, totals: Totals, *, focus: int | None = None) -> Weighed:
    """Return *asks* with their rarities."""
    return Weighed(asks, tuple(_ask_rarity(ask, totals) for ask in asks), want, focus)


def _ask_rarity(ask: Ask, totals: Totals) -> float:
    if not ask.options:
        return rarity(0, totals)
    same = [option for option in ask.options if option.how == "same"]
    return max(rarity(option.facts, totals) for option in same or ask.options)


Hits = dict[int, float]  # ask -> how well it is matched, up to 1


@dataclass(slots=True)
class Seen:
    """One sentence, or a title, as the question sees it."""

    fact: int
    paragraph: int
    traits: int
    words: Sequence[bytes]  # packed; after IMPLIED those that it only means
    length: int  # words that are printed
    hits: Hits = field(default_factory=dict)
    times: dict[int, int] = field(default_factory=dict)  # ask -> how often
    places: dict[int, int] = field(default_factory=dict)  # ask -> where first, counted in telling words, if printed
    capitals: int = 0  # capitalised words that the question did not have
    figures: list[int] = field(default_factory=list)  # places of the figures that it did not have
    own: float = 0.0  # bm25 of the sentence alone


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that holds candidates, with the story around it."""

    story: int
    facts: Sequence[Seen]  # its sentences, in order
    before: Sequence[Seen]  # the story's sentences before them, at most two
    after: Sequence[Seen]
    title: Seen
    place: float  # 0: the story's first paragraph, 1: the last


_PARAGRAPHS = """
    SELECT p.id, p.story, p.first_fact, p.last_fact, s.first_paragraph, s.last_paragraph, s.title_words
    FROM indexed_paragraphs p JOIN indexed_stories s USING (story)
    WHERE p.id IN (
        SELECT paragraph FROM fact_words WHERE fact IN (SELECT value FROM json_each(:facts))
        UNION SELECT value FROM json_each(:paragraphs)
    )
    ORDER BY p.id
"""
_SENTENCES = """
    SELECT fact, paragraph, traits, words FROM fact_words
    WHERE fact IN (SELECT value FROM json_each(?)) ORDER BY fact
"""


def read_passages(
    db: Database, weighed: Weighed, totals: Totals, facts: Sequence[int], paragraphs: Sequence[int]
) -> list[Passage]:
    """Return *paragraphs* and the paragraphs of *facts*, each matched with the question's words."""
    glance = Glance(matching_terms(weighed, totals))
    held = db.conn.execute(_PARAGRAPHS, {"facts": json.dumps(facts), "paragraphs": json.dumps(paragraphs)}).fetchall()
    around = {fact for _, _, first, last, *_ in held for fact in range(first - _NEAR, last + _NEAR + 1)}
    seen = {row[0]: glance.see(*row) for row in db.conn.execute(_SENTENCES, (json.dumps(sorted(around)),))}
    for sentence in seen.values():
        if sentence.hits:
            sentence.own = bm25(sentence.hits, sentence.times, sentence.length / totals.fact_length, weighed)
    titles: dict[int, Seen] = {}
    passages = []
    for number, story, first, last, story_first, story_last, title in held:
        if story not in titles:
            titles[story] = glance.see(0, 0, 0, title)
        near = [
            seen[fact]
            for fact in range(first - _NEAR, last + _NEAR + 1)
            if fact in seen and story_first <= seen[fact].paragraph <= story_last
        ]
        passages.append(
            Passage(
                story=story,
                facts=[s for s in near if first <= s.fact <= last],
                before=[s for s in near if s.fact < first],
                after=[s for s in near if s.fact > last],
                title=titles[story],
                place=(number - story_first) / max(1, story_last - story_first),
            )
        )
    return passages


def is_news(db: Database, passages: Iterable[Passage]) -> bool:
    """Tell whether more than half of the stories of *passages* have a date of publication."""
    stories = {passage.story for passage in passages}
    query = "SELECT count(published_at) FROM stories WHERE id IN (SELECT value FROM json_each(?))"
    ((dated,),) = db.conn.execute(query, (json.dumps(sorted(stories)),)).fetchall()
    return bool(2 * dated > len(stories))


def matching_terms(weighed: Weighed, totals: Totals) -> dict[int, list[tuple[int, float]]]:
    """Return for each term that counts: the words it is a match for, and how much of them."""
    wanted: dict[int, list[tuple[int, float]]] = {}
    for number, (ask, telling) in enumerate(zip(weighed.asks, weighed.rarities, strict=True)):
        for option in ask.options:
            # A commoner stand-in tells no more than it would if it had been asked for itself.
            weight = option.weight * min(1.0, rarity(option.facts, totals) / telling)
            wanted.setdefault(option.id, []).append((number, weight))
    return wanted


class Glance:
    """Finds the asked words in packed ones without unpacking them: most sentences hold none, and hundreds are tried."""

    def __init__(self, wanted: Mapping[int, list[tuple[int, float]]]) -> None:
        self._by_code = {code(term, mark): asked for term, asked in wanted.items() for mark in MARKS}

    def see(self, fact: int, paragraph: int, traits: int, blob: bytes) -> Seen:
        """Return the sentence of these packed words with its hits, their times and its length."""
        words = CODE.findall(blob)
        length = words.index(IMPLIED) if IMPLIED in blob else len(words)
        seen = Seen(fact, paragraph, traits, words, length)
        if any(map(self._by_code.__contains__, words)):
            self._count(seen, words[:length], 1.0)
            self._count(seen, words[length:], _IMPLIED)
        return seen

    def _count(self, seen: Seen, words: Iterable[bytes], share: float) -> None:
        hits, times = seen.hits, seen.times
        for word in words:
            for number, weight in self._by_code.get(word, ()):
                if weight * share > hits.get(number, 0.0):
                    hits[number] = weight * share
                times[number] = times.get(number, 0) + 1

    def look_closely(self, seen: Seen) -> None:
        """Fill in where the asked words stand in *seen*, and the names and figures that were not asked for."""
        for place, word in enumerate(seen.words[: seen.length]):
            asked = self._by_code.get(word)
            if asked is not None:
                for number, _ in asked:
                    seen.places.setdefault(number, place)
            elif mark := mark_of(word):
                seen.capitals += bool(mark & CAPITAL)
                if mark & FIGURE:
                    seen.figures.append(place)


def bm25(hits: Hits, times: Mapping[int, int], length: float, weighed: Weighed) -> float:
    """Return the BM25 of a text of *length* (1: the mean), over what one mention of every word would roughly give."""
    norm = _K1 * (1 - _B + _B * length)
    rarities, total = weighed.rarities, 0.0
    for number, matched in hits.items():
        often = times[number]
        total += rarities[number] * matched * often * (_K1 + 1) / (often + norm)
    return total / weighed.total


def together(texts: Iterable[Seen]) -> Hits:
    """Return the hits of several texts as if they were one."""
    both: Hits = {}
    for text in texts:
        for number, matched in text.hits.items():
            if matched > both.get(number, 0.0):
                both[number] = matched
    return both


def times_together(texts: Iterable[Seen]) -> dict[int, int]:
    """Return how often several texts hold each asked word."""
    both: dict[int, int] = {}
    for text in texts:
        for number, times in text.times.items():
            both[number] = both.get(number, 0) + times
    return both


def coverage(hits: Hits, weighed: Weighed) -> float:
    """Return how much of the question's telling weight is matched, 0 to 1."""
    rarities, total = weighed.rarities, 0.0
    for number, matched in hits.items():
        total += rarities[number] * matched
    return total / weighed.total
