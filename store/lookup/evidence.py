"""What speaks for each candidate: numbers that a linear model can weigh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log, log1p

from store.database.index import MARKS, Trait, code
from store.lookup.asking import Want
from store.lookup.kindred import Kin, kinship
from store.lookup.passages import (
    Glance,
    Hits,
    Passage,
    Seen,
    Totals,
    Weighed,
    bm25,
    coverage,
    matching_terms,
    times_together,
    together,
)
from store.lookup.wording import SURE

_LOOKED_AT = 40  # sentences whose evidence is gathered, the best by bm25 with their paragraph's and neighbours' ...
_PARAGRAPH, _BESIDE = 0.7, 0.1  # what those two count there, as tried on SQuAD
_KIN = 1.0  # ... and by words of the same matter, for a question in other words than its answer


@dataclass(frozen=True, slots=True)
class Standing:
    """A sentence's place among the candidates before the evidence is gathered."""

    passage: Passage
    at: int  # which of its facts
    paragraph: float  # bm25 of the paragraph with the title
    before: float  # bm25 of the sentence before
    after: float

    @property
    def seen(self) -> Seen:
        """The sentence."""
        return self.passage.facts[self.at]

    @property
    def blend(self) -> float:
        """The sentence's own bm25 with some of what surrounds it."""
        return self.seen.own + _PARAGRAPH * self.paragraph + _BESIDE * (self.before + self.after)


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What the candidates of one story have in common."""

    covered: float  # share of the question that the story matches anywhere
    rarities: Sequence[float]  # of each ask among the story's sentences: what tells them from each other


def gather(
    passages: Sequence[Passage], weighed: Weighed, totals: Totals, kin: Kin
) -> list[tuple[int, tuple[float, ...]]]:
    """Return (fact, values of FEATURES) for the sentences of *passages* that are worth it; *kin* of each asked word."""
    standings = [standing for passage in passages for standing in _standings(passage, weighed, totals)]
    backdrops = _backdrops(passages, weighed)
    terms = _kin_terms(passages, kin)
    near = {
        one.seen.fact: kinship(terms[one.seen.fact], one.seen.hits, kin, weighed.rarities) / weighed.total
        for one in standings
    }
    best = nlargest(_LOOKED_AT, standings, key=lambda s: (s.blend + _KIN * near[s.seen.fact], s.seen.fact))
    glance = Glance(matching_terms(weighed, totals))
    settings: dict[int, _Setting] = {}
    rows = []
    for standing in best:
        glance.look_closely(standing.seen)
        passage = standing.passage
        setting = settings.get(id(passage))
        if setting is None:
            setting = settings[id(passage)] = _setting(passage, weighed, kin, terms)
        values = _evidence(standing, setting, backdrops[passage.story], weighed, totals)
        rows.append((standing.seen.fact, (*values, near[standing.seen.fact], setting.kin_paragraph)))
    return rows


def _kin_terms(passages: Sequence[Passage], kin: Kin) -> dict[int, tuple[int, ...]]:
    """Return for each sentence of *passages* those of its terms, implied ones too, that are in *kin*, each once."""
    terms = {code(term, mark): term for term in kin for mark in MARKS}
    facts = {seen.fact: seen for passage in passages for seen in passage.facts}
    return {
        fact: tuple(dict.fromkeys([terms[word] for word in seen.words if word in terms]))
        for fact, seen in facts.items()
    }


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the sentences of one passage share."""

    cover_paragraph: float
    exact_paragraph: float
    cover_title: float
    cover_around: float
    missing_names: float
    kin_paragraph: float


def _setting(passage: Passage, weighed: Weighed, kin: Kin, terms: Mapping[int, tuple[int, ...]]) -> _Setting:
    words = frozenset(term for seen in passage.facts for term in terms[seen.fact])
    in_paragraph = together([*passage.facts, passage.title])
    around = together([*passage.before, *passage.facts, *passage.after, passage.title])
    return _Setting(
        coverage(in_paragraph, weighed),
        coverage(_exact(in_paragraph), weighed),
        coverage(passage.title.hits, weighed),
        coverage(around, weighed),
        _missing_names(around, weighed),
        kinship(words, in_paragraph, kin, weighed.rarities) / weighed.total,
    )


def _standings(passage: Passage, weighed: Weighed, totals: Totals) -> list[Standing]:
    whole = [*passage.facts, passage.title]
    length = sum(text.length for text in whole) / totals.paragraph_length
    paragraph = bm25(together(whole), times_together(whole), length, weighed)
    line = [0.0, *(s.own for s in (*passage.before, *passage.facts, *passage.after)), 0.0]
    start = len(passage.before)
    return [
        Standing(passage, at, paragraph, before=line[start + at], after=line[start + at + 2])
        for at in range(len(passage.facts))
    ]


def _backdrops(passages: Sequence[Passage], weighed: Weighed) -> dict[int, Backdrop]:
    stories: dict[int, list[Seen]] = {}
    titles: dict[int, Seen] = {}
    for passage in passages:
        stories.setdefault(passage.story, []).extend(passage.facts)
        titles[passage.story] = passage.title
    found = {}
    for story, sentences in stories.items():
        held = Counter(number for sentence in sentences for number in sentence.times)
        local = [
            log(1 + (len(sentences) - held[number] + 0.5) / (held[number] + 0.5)) for number in range(len(weighed.asks))
        ]
        found[story] = Backdrop(coverage(together([*sentences, titles[story]]), weighed), local)
    return found


FEATURES = (
    "own", "paragraph", "before", "after", "cover", "cover_paragraph", "cover_title", "cover_around", "cover_story",
    "exact", "exact_paragraph", "with_title", "with_before", "rest", "local", "words", "rarest", "pairs", "order",
    "dense", "starts", "names", "figures", "missing_names", "length", "short", "first", "place", "new_capitals",
    "new_figures", "person", "day", "year", "place_named", "count", "counted", "amount", "money", "measure",
    "share", "cause", "name", "alone", "background", "kin", "kin_paragraph",
)  # fmt: skip


def _evidence(
    standing: Standing, setting: _Setting, backdrop: Backdrop, weighed: Weighed, totals: Totals
) -> Sequence[float]:
    passage, at, seen = standing.passage, standing.at, standing.seen
    line = [*passage.before, *passage.facts]
    before = line[len(passage.before) + at - 1] if len(passage.before) + at else passage.title
    near, order = _pairs(seen, weighed)
    rarest = max(range(len(weighed.rarities)), key=weighed.rarities.__getitem__, default=-1)
    return (
        seen.own, standing.paragraph, standing.before, standing.after, coverage(seen.hits, weighed),
        setting.cover_paragraph, setting.cover_title, setting.cover_around, backdrop.covered,
        coverage(_exact(seen.hits), weighed), setting.exact_paragraph,
        coverage(together([seen, passage.title]), weighed), coverage(together([seen, passage.title, before]), weighed),
        _rest(seen, passage.title, weighed), _local(seen, backdrop), len(seen.hits) / max(1, len(weighed.asks)),
        seen.hits.get(rarest, 0.0), near, order, _dense(seen), _starts(seen, weighed),
        _part(seen, weighed, names=True), _part(seen, weighed, names=False), setting.missing_names,
        log(max(seen.length / totals.fact_length, 0.05)), float(seen.length < 4), float(at == 0), passage.place,
        log1p(seen.capitals), log1p(len(seen.figures)), *_fits(seen, weighed),
        float(len(passage.facts) == 1), float(bool(seen.traits & Trait.BACKGROUND)),
    )  # fmt: skip


def _exact(hits: Hits) -> Hits:
    """Return the hits of the very words, or of what was surely meant by a misspelt one."""
    return {number: matched for number, matched in hits.items() if matched >= SURE}


def _rest(seen: Seen, title: Seen, weighed: Weighed) -> float:
    """Return the share of the question beyond its topic, which the title names, that the sentence matches."""
    rest = [n for n in range(len(weighed.asks)) if n not in title.hits]
    total = sum(weighed.rarities[n] for n in rest)
    return sum(weighed.rarities[n] * seen.hits.get(n, 0.0) for n in rest) / total if total else 1.0


def _local(seen: Seen, backdrop: Backdrop) -> float:
    """Return the coverage of the question by what tells the story's sentences from each other."""
    total = sum(backdrop.rarities)
    return sum(backdrop.rarities[n] * matched for n, matched in seen.hits.items()) / total if total else 0.0


def _dense(seen: Seen) -> float:
    """Return how close together the matched words stand: 1 when nothing is between them, 0 for fewer than two."""
    if len(seen.places) < 2:
        return 0.0
    return len(seen.places) / (max(seen.places.values()) - min(seen.places.values()) + 1)


def _starts(seen: Seen, weighed: Weighed) -> float:
    """Return the share of the question's weight among the sentence's first two telling words: what it is about."""
    early = sum(weighed.rarities[n] * seen.hits[n] for n, place in seen.places.items() if place < 2)
    return early / weighed.total


def _pairs(seen: Seen, weighed: Weighed) -> tuple[float, float]:
    """Return how much of the question's neighbouring words stand near each other in the sentence, and in order."""
    near = order = 0.0
    for number in range(len(weighed.asks) - 1):
        if number in seen.places and number + 1 in seen.places:
            least = min(weighed.rarities[number], weighed.rarities[number + 1])
            weight = least * min(seen.hits[number], seen.hits[number + 1])
            gap = seen.places[number + 1] - seen.places[number]
            near += weight / max(1, abs(gap))
            order += weight * (0 < gap <= 2)
    return near / weighed.total, order / weighed.total


def _part(seen: Seen, weighed: Weighed, *, names: bool) -> float:
    """Return the share of the asked names, or of the asked figures, that the sentence has; 0 when none is asked."""
    asked = [n for n, ask in enumerate(weighed.asks) if (ask.capital if names else ask.figure)]
    total = sum(weighed.rarities[n] for n in asked)
    return sum(weighed.rarities[n] * seen.hits.get(n, 0.0) for n in asked) / total if total else 0.0


def _missing_names(around: Mapping[int, float], weighed: Weighed) -> float:
    """Return the share of the question's weight that is names which stand nowhere near the sentence."""
    missing = [n for n, ask in enumerate(weighed.asks) if ask.capital and n not in around]
    return sum(weighed.rarities[n] for n in missing) / weighed.total


def _fits(seen: Seen, weighed: Weighed) -> tuple[float, ...]:
    """Return for each kind of answer 1 when it is the wanted one and the sentence holds such, else 0."""
    traits, want = seen.traits, weighed.want
    figure = bool(seen.figures) or bool(traits & Trait.FIGURE)
    return tuple(
        float(fits)
        for fits in (
            want is Want.PERSON and (bool(traits & Trait.PERSON) or seen.capitals > 0),
            want is Want.TIME and bool(traits & Trait.DATE),
            want is Want.TIME and bool(traits & Trait.YEAR) and bool(seen.figures),
            want is Want.PLACE and (bool(traits & Trait.PLACE) or seen.capitals > 0),
            want is Want.COUNT and figure,
            want is Want.COUNT and _counts_focus(seen, weighed),
            want is Want.AMOUNT and figure,
            want is Want.AMOUNT and bool(traits & Trait.MONEY),
            want is Want.AMOUNT and bool(traits & Trait.MEASURE),
            want is Want.SHARE and bool(traits & Trait.SHARE),
            want is Want.CAUSE and bool(traits & Trait.CAUSE),
            want is Want.NAME and seen.capitals > 0,
        )
    )


def _counts_focus(seen: Seen, weighed: Weighed) -> bool:
    """Tell whether a figure stands at most three telling words before what is to be counted: "4,500 more troops"."""
    place = seen.places.get(weighed.focus, -1) if weighed.focus is not None else -1
    return any(0 < place - figure <= 3 for figure in seen.figures)
