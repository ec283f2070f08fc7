"""From a question to an answer: read, find candidates, weigh their evidence, choose, or say that none is held.

Each stage is a function of its own over the values of the one before, so that one can be looked at or replaced alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from store.database.reading import current_facts, holdings, known_facts
from store.facts.words import tokens
from store.lookup.asking import Want, wanted
from store.lookup.candidates import Candidates, find_candidates
from store.lookup.confidence import evidence_of_list
from store.lookup.evidence import FEATURES, gather
from store.lookup.model import Answer, Holdings, Match, Question, Reading
from store.lookup.notes import notes_for
from store.lookup.passages import Totals, Weighed, rarity, read_passages, read_totals, weigh
from store.lookup.weights import Weights, load_weights
from store.lookup.wording import Ask, read_words

_SPARE = 4  # times the limit: sentences kept for choosing, since some of the best are retired or say the same


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate with its evidence."""

    fact: int
    score: float
    values: tuple[float, ...]  # of FEATURES


@dataclass(frozen=True, slots=True)
class Search:
    """All that was read and found for one question; what `/why` tells."""

    weighed: Weighed
    candidates: Candidates
    ranked: Sequence[Ranked]  # best first
    chance: float  # that the first is right


def answer(db: Database, question: Question, *, previous: Reading | None = None, explain: bool = False) -> Answer:
    """Return what the store holds in answer to *question*; never raises for what somebody typed.

    *previous* is the reading of the question that this one follows up, if it does.
    """
    weights = load_weights()
    search = search_words(db, question.text, weights, keep=question.limit * _SPARE)
    usable = current_facts(db, [ranked.fact for ranked in search.ranked])
    best = [ranked for ranked in search.ranked if ranked.fact in usable][: question.limit]
    known = known_facts(db, [ranked.fact for ranked in best])
    abstained = search.chance < weights.floor or not best
    matches = tuple(
        Match(
            known=known[ranked.fact],
            score=chance,
            near_miss=abstained,
            features=dict(zip(FEATURES, ranked.values, strict=True)) if explain else {},
        )
        for ranked, chance in zip(best, _chances(best, search.chance), strict=True)
        if ranked.fact in known and (not abstained or search.chance >= weights.near)
    )
    notes = notes_for(db, [match.known.id for match in matches])
    matches = tuple(replace(match, notes=notes[match.known.id]) for match in matches)
    asks = search.weighed.asks
    held = Holdings(*holdings(db))
    unmatched = tuple(ask.typed for ask in asks if not ask.options)
    return Answer(
        question=question,
        abstained=abstained,
        matches=matches,
        held=held,
        reading=Reading(words=tuple(ask.typed for ask in asks)),
        read_as=read_as(asks),
        unmatched=unmatched,
        reason=_reason(held, asks, unmatched) if abstained else None,
        explanation=explain_search(search, weights) if explain else {},
    )


def search_words(db: Database, text: str, weights: Weights, *, keep: int) -> Search:
    """Return the *keep* best sentences for the words of *text*, with the chance that the first is right."""
    totals = read_totals(db)
    asks = read_words(db, text)
    want = wanted([token.text for token in tokens(text)])
    weighed = weigh(asks, want, totals, focus=counted(asks, text) if want is Want.COUNT else None)
    candidates = find_candidates(db, weighed.asks, lambda option: rarity(option.facts, totals))
    ranked = rank(db, weighed, totals, candidates, weights)
    return Search(weighed, candidates, ranked[:keep], weights.chance(evidence_of_list(weighed, ranked)))


def counted(asks: Sequence[Ask], text: str) -> int | None:
    """Return which of *asks* a wanted figure counts: the first after "how many"; None when nothing follows."""
    start = max(text.casefold().find("many"), 0)
    return next((number for number, ask in enumerate(asks) if ask.start > start), None)


def rank(db: Database, weighed: Weighed, totals: Totals, candidates: Candidates, weights: Weights) -> list[Ranked]:
    """Return all sentences of the candidates' paragraphs, best first; of equals, the newest first."""
    passages = read_passages(db, weighed, totals, candidates.facts, candidates.paragraphs)
    rows = gather(passages, weighed, totals)
    ranked = [Ranked(fact, weights.rank_score(FEATURES, values), values) for fact, values in rows]
    return sorted(ranked, key=lambda one: (-one.score, -one.fact))


def read_as(asks: Sequence[Ask]) -> dict[str, str]:
    """Return what each word that is not held as typed was read as."""
    return {ask.typed: ask.options[0].word or ask.options[0].term for ask in asks if ask.options and not ask.is_known}


def explain_search(search: Search, weights: Weights) -> dict[str, object]:
    """Return what `/why` tells: the words as read, the candidates, and what decided between the first two."""
    return {
        "words": [
            {
                "typed": ask.typed,
                "rarity": round(telling, 2),
                "read_as": [
                    {"term": o.term, "how": o.how, "weight": round(o.weight, 2), "facts": o.facts} for o in ask.options
                ],
            }
            for ask, telling in zip(search.weighed.asks, search.weighed.rarities, strict=True)
        ],
        "wants": str(search.weighed.want),
        "candidates": {"facts": len(search.candidates.facts), "paragraphs": len(search.candidates.paragraphs),
                       "rows_read": search.candidates.rows_read},
        "chance": round(search.chance, 3),
        "first_two": [
            {
                "fact": one.fact,
                "score": round(one.score, 3),
                "evidence": {
                    name: {"value": round(value, 3), "weight": round(weights.ranking.get(name, 0.0), 3)}
                    for name, value in zip(FEATURES, one.values, strict=True)
                    if value
                },
            }
            for one in search.ranked[:2]
        ],
    }  # fmt: skip


def _chances(best: Sequence[Ranked], first: float) -> list[float]:
    """Return a score for each sentence: the first one's chance, and for the others less by how far they are behind."""
    return [first / (1 + max(0.0, best[0].score - one.score)) for one in best]


def _reason(held: Holdings, asks: Sequence[Ask], unmatched: Sequence[str]) -> str:
    """Say in plain words why nothing is answered."""
    if not held.facts:
        return "nothing is stored yet"
    if not asks:
        return "the question has no telling word"
    if unmatched:
        return "nothing held mentions " + ", ".join(unmatched)
    return "no sentence held says enough of this"
