"""From a question to an answer: read, find candidates, weigh their evidence, choose, or say that none is held.

Each stage is a function of its own over the values of the one before, so that one can be looked at or replaced alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import accumulate

from sqlite_utils import Database

from store.database.reading import current_facts, holdings, known_facts, outlets_held
from store.facts.model import Known
from store.facts.words import fold
from store.lookup.asking import Want, asking_words, is_light, is_past_verb, names_kind, wanted
from store.lookup.candidates import Candidates, Scope, find_candidates
from store.lookup.choosing import Choice, judge, keeps_to, news_settings
from store.lookup.confidence import evidence_of_list
from store.lookup.evidence import FEATURES, gather
from store.lookup.explaining import explain_search, read_as, why_nothing
from store.lookup.following import follow_up, reading_of
from store.lookup.model import Answer, Holdings, Match, Question, Reading
from store.lookup.near_names import nearest_names
from store.lookup.notes import notes_for
from store.lookup.passages import Totals, Weighed, rarity, read_passages, read_totals, weigh
from store.lookup.question import Asked, Period, read_question
from store.lookup.ranked import Ranked, Search
from store.lookup.speakers import said_by
from store.lookup.surroundings import read_surroundings
from store.lookup.weights import Weights, load_weights, weighted_sum
from store.lookup.wording import Ask, names_among, read_words

_HOW_MANY = re.compile(r"\b(?:many|number of|count of)\b", re.IGNORECASE)
_LOOKED_AT = 80  # of the ranked sentences, before filters
_SPARE = 4  # times the limit: sentences kept for choosing, since some of the best are retired or say the same


def answer(db: Database, question: Question, *, previous: Reading | None = None, explain: bool = False) -> Answer:
    """Return what the store holds in answer to *question*; never raises for what somebody typed.

    *previous* is the reading of the question before, which this one follows up if its words say so.
    """
    weights = load_weights()
    outlets = outlets_held(db)
    asked, inherited = follow_up(read_question(question.text, question.now, outlets=outlets), previous, given=question)
    scope = scope_of(asked, question, outlets)
    search = search_words(db, asked.words, weights, keep=_LOOKED_AT, inherited=inherited, scope=scope)
    choices = _choices(db, search, asked, question)
    verdict = judge(choices, asked, search.weighed, names=search.names, inherited=inherited)
    chance = search.chance * verdict.factor
    if verdict.has_all and not verdict.objections and verdict.choices[0].known.published_at:
        chance = max(chance, news_settings()["complete"]["chance"])
    floor = floor_of(verdict.choices[0].known, weights) if verdict.choices else weights.floor
    abstained = not verdict.choices or chance < floor
    shown = verdict.choices[: question.limit] if not abstained or search.chance >= weights.near else ()
    values = {ranked.fact: ranked.values for ranked in search.ranked} if explain else {}
    matches = tuple(
        Match(
            known=choice.known,
            score=score,
            notes=choice.notes,
            near_miss=abstained,
            features=dict(zip(FEATURES, values[choice.known.id], strict=True)) if explain else {},
        )
        for choice, score in zip(shown, _chances(shown, chance), strict=True)
    )
    asks = search.weighed.asks
    held = Holdings(*holdings(db))
    told = explain_search(db, search, weights, asked, verdict, chance=chance, floor=floor) if explain else {}
    unmatched = tuple(ask.typed for ask in asks if not ask.options)
    return Answer(
        question=question,
        abstained=abstained,
        matches=matches,
        held=held,
        reading=reading_of(asked, search.weighed, [match.known for match in matches]),
        read_as=read_as(asks, [match.known for match in matches]),
        unmatched=unmatched,
        nearest_names=nearest_names(db, asks) if abstained else (),
        reason=why_nothing(held, asked, asks, verdict.objections, given=question) if abstained else None,
        explanation=told,
    )


def scope_of(asked: Asked, question: Question, outlets: Sequence[str]) -> Scope:
    """Return the stories among which to look, by the filters in the words and beside them.

    What happened on a day may be told later, so that a day named in the words is no bound on when a story came out.
    """
    named = [name for name in (asked.outlet, question.outlet) if name is not None]
    period = asked.period
    return Scope(
        outlets=tuple(o for o in outlets if any(fold(o) == fold(name) for name in named)) if named else None,
        since=max(filter(None, (period.since, question.since)), default=None),
        until=min(filter(None, (period.until if period.published_only else None, question.until)), default=None),
    )


def floor_of(known: Known, weights: Weights) -> float:
    """Return the least chance at which a sentence is given as the answer: of news, whose readers brief others, more."""
    return weights.floor if known.published_at is None else max(weights.floor, news_settings()["floor"]["answer"])


def _choices(db: Database, search: Search, asked: Asked, question: Question) -> list[Choice]:
    """Return the ranked sentences that may be shown, as facts with their notes, best first."""
    usable = current_facts(db, [ranked.fact for ranked in search.ranked])
    best = [ranked for ranked in search.ranked if ranked.fact in usable]
    speaking = read_words(db, question.speaker) if question.speaker is not None else None
    given = Period(question.since, question.until, published_only=True)

    def may_answer(known: Known) -> bool:
        return (
            keeps_to(known, outlet=asked.outlet, period=asked.period)
            and keeps_to(known, outlet=question.outlet, period=given, strict=True)
            and (speaking is None or said_by(known, speaking))
        )

    known: dict[int, Known] = {}
    kept: list[Ranked] = []
    enough = max(1, question.limit * _SPARE)
    for at in range(0, len(best), enough):  # without a filter the first round is enough, and reading is what takes time
        known |= known_facts(db, [ranked.fact for ranked in best[at : at + enough]])
        kept += [ranked for ranked in best[at : at + enough] if may_answer(known[ranked.fact])]
        if len(kept) >= enough:
            break
    kept = kept[:enough]
    notes = notes_for(db, [ranked.fact for ranked in kept])
    around = read_surroundings(db)
    return [Choice(known[ranked.fact], ranked.score, around, notes[ranked.fact]) for ranked in kept]


def search_words(
    db: Database,
    text: str,
    weights: Weights,
    *,
    keep: int,
    inherited: Collection[str] = frozenset(),
    scope: Scope = Scope(),  # noqa: B008 - frozen
) -> Search:
    """Return the *keep* best sentences within *scope* for *text*, with the chance that the first is right.

    Words of the question before, *inherited* as they were typed, count less.
    """
    totals = read_totals(db)
    asks = read_words(db, text)
    want = wanted(asking_words(text))
    names = names_among(db, [ask.term for ask in asks])
    weighed = weigh(asks, want, totals, focus=counted(asks, text, names) if want is Want.COUNT else None)
    weighed = _lightened(weighed, inherited)
    candidates = find_candidates(db, weighed.asks, lambda option: rarity(option.facts, totals), scope=scope)
    ranked = rank(db, weighed, totals, candidates, weights)
    return Search(weighed, names, candidates, ranked[:keep], weights.chance(evidence_of_list(weighed, ranked)))


def _lightened(weighed: Weighed, inherited: Collection[str]) -> Weighed:
    """Return *weighed* with less weight on words that tell little, and on those of the question before."""
    shares = news_settings()["words"]
    rarities = [
        telling
        * (shares["light"] if is_light(ask.typed) or names_kind(ask.typed, weighed.want) else 1.0)
        * (shares["inherited"] if ask.typed in inherited else 1.0)
        for ask, telling in zip(weighed.asks, weighed.rarities, strict=True)
    ]
    return replace(weighed, rarities=tuple(rarities))


def counted(asks: Sequence[Ask], text: str, names: Collection[str]) -> int | None:
    """Return which of *asks* a wanted figure counts: the last noun after "how many" or "number of", if one is there.

    "how many Russian tanks are there" counts tanks, "how many died" counts nobody by name.
    """
    opening = _HOW_MANY.search(text)
    if opening is None:
        return None
    start = opening.end()
    after = [number for number, ask in enumerate(asks) if ask.start >= start]
    run: list[int] = []
    for number in after:
        between = text[asks[run[-1]].end : asks[number].start] if run else text[start : asks[number].start]
        ends = is_past_verb(asks[number].typed) or asks[number].term in names  # "number of drones Kabul shot down"
        if between.strip() or (run and ends):
            break
        run.append(number)
    nouns = [number for number in run if not is_past_verb(asks[number].typed) and not is_light(asks[number].typed)]
    return nouns[-1] if nouns else None


def rank(db: Database, weighed: Weighed, totals: Totals, candidates: Candidates, weights: Weights) -> list[Ranked]:
    """Return all sentences of the candidates' paragraphs, best first; of equals, the newest first."""
    passages = read_passages(db, weighed, totals, candidates.facts, candidates.paragraphs)
    rows = gather(passages, weighed, totals)
    weighing = weights.ranking_of(FEATURES)
    ranked = [Ranked(fact, weighted_sum(weighing, values), values) for fact, values in rows]
    return sorted(ranked, key=lambda one: (-one.score, -one.fact))


def _chances(best: Sequence[Choice], first: float) -> list[float]:
    """Return a score for each sentence: the first one's chance, and for the others less by how far they are behind.

    Never more than for the one before: the editor's order may differ from the ranking's.
    """
    behind = [first / (1 + max(0.0, best[0].score - one.score)) for one in best]
    return list(accumulate(behind, min))
