"""From a question to an answer: read, find candidates, weigh their evidence, choose, or say that none is held.

Each stage is a function of its own over the values of the one before, so that one can be looked at or replaced alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from sqlite_utils import Database

from store.database.reading import current_facts, holdings, known_facts, outlets_held
from store.facts.model import Known
from store.facts.words import fold
from store.lookup.asking import Want, asking_words, is_light, is_past_verb, names_kind, wanted
from store.lookup.candidates import Scope, find_candidates
from store.lookup.choices import Choice
from store.lookup.choosing import Verdict, judge, keeps_to
from store.lookup.confidence import evidence_of_list
from store.lookup.evidence import FEATURES, gather
from store.lookup.explaining import explain_search, read_as, why_nothing
from store.lookup.following import follow_up, narrowed_by_previous, reading_of
from store.lookup.model import Answer, Holdings, Match, NoteType, Question, Reading
from store.lookup.near_names import nearest_names
from store.lookup.newest import newest_facts, topic_chance
from store.lookup.notes import notes_for
from store.lookup.opposites import with_opposites
from store.lookup.passages import Weighed, is_news, read_passages, read_totals, weigh
from store.lookup.periods import Period
from store.lookup.question import Asked, read_question
from store.lookup.ranked import Ranked, Search
from store.lookup.respelling import Meaning, Respelt, respell
from store.lookup.settings import news_settings
from store.lookup.sources import nearest_sources, outlet_called, unheld_sources
from store.lookup.speakers import said_by
from store.lookup.surroundings import read_surroundings
from store.lookup.trust import Trust, trust_in
from store.lookup.weights import Weights, load_weights, weighted_sum
from store.lookup.wording import Ask, kin_held, names_among, read_words
from store.lookup.written_out import write_out

_HOW_MANY = re.compile(r"\b(?:many|number of|count of)\b", re.IGNORECASE)
_PLACING = frozenset("near nearby inside outside beyond along across around within aboard behind beside".split())  # noqa: SIM905
_LOOKED_AT = 80  # of the ranked sentences, before filters
_CHOSEN_FROM = 4  # times the limit: sentences kept for choosing, since some of the best are retired or say the same


def answer(db: Database, question: Question, *, previous: Reading | None = None, explain: bool = False) -> Answer:
    """Return what the store holds in answer to *question*; never raises for what somebody typed.

    *previous* is the reading of the question before, which this one follows up if its words say so.
    """
    weights = load_weights()
    found = look_up(db, question, previous=previous, weights=weights)
    trust = found.trust(weights)
    unheld = unheld_sources(db, found.asked, question, found.seen, outlets=found.outlets)
    abstained = bool(unheld) or trust.chance < trust.floor
    is_shown = not abstained or _may_be_close(found, unheld, weights)
    matches = _matches(found, trust.chance, limit=question.limit if is_shown else 0, near_miss=abstained)
    shown, asks, typed = [match.known for match in matches], found.search.weighed.asks, found.respelt.typed
    given = Answer(
        question=question,
        abstained=abstained,
        matches=matches,
        held=Holdings(*holdings(db)),
        reading=reading_of(found.asked, found.search.weighed, shown),
        read_as=read_as(asks, shown, typed=typed),
        inherited=found.inherited,
        unmatched=tuple(typed.get(ask.typed, ask.typed) for ask in asks if not ask.options and not is_light(ask.typed)),
        unheld_sources=unheld,
        browsed=found.browsed and not abstained,
    )
    told = _excused(db, given, found)
    return _explained(db, told, found, weights) if explain else told


def _matches(found: Found, chance: float, *, limit: int, near_miss: bool) -> tuple[Match, ...]:
    """Return the first *limit* choices as they are shown; the best one answers with *chance*."""
    shown = found.verdict.choices[:limit]
    scores = [chance] * len(shown) if found.browsed else _chances(shown, chance)
    return tuple(
        Match(known=choice.known, score=score, notes=choice.notes, near_miss=near_miss)
        for choice, score in zip(shown, scores, strict=True)
    )


def _excused(db: Database, told: Answer, found: Found) -> Answer:
    """Return *told* with why it is none, if it is none, and with what is held in the place of what was asked for."""
    if not told.abstained:
        return told
    asks, unheld = found.search.weighed.asks, told.unheld_sources
    near = nearest_sources(db, unheld, outlets=found.outlets) or nearest_names(db, asks)
    return replace(
        told,
        nearest_names=near,
        held_outlets=tuple(sorted(found.outlets)) if unheld and not near else (),
        reason=why_nothing(told.held, found.asked, asks, found.verdict.objections, given=told.question, unheld=unheld),
    )


def _explained(db: Database, told: Answer, found: Found, weights: Weights) -> Answer:
    """Return *told* with what decided: the evidence for each sentence, and how the words were read."""
    values = {ranked.fact: dict(zip(FEATURES, ranked.values, strict=True)) for ranked in found.search.ranked}
    explanation = explain_search(
        db, found.search, weights, asked=found.asked, verdict=found.verdict, trust=found.trust(weights),
        typed=found.respelt.typed,
    )  # fmt: skip
    matches = tuple(replace(match, features=values.get(match.known.id, {})) for match in told.matches)
    return replace(told, matches=matches, explanation=explanation)


def _may_be_close(found: Found, unheld: Sequence[str], weights: Weights) -> bool:
    """Tell whether what was found for a question that is not answered is worth showing; no news of *unheld* sources."""
    return not unheld if found.browsed else found.search.chance >= weights.near


@dataclass(frozen=True, slots=True)
class Found:
    """What a question came to, before it is decided whether that is an answer."""

    asked: Asked
    respelt: Respelt
    search: Search
    verdict: Verdict
    inherited: tuple[str, ...] = ()  # what a follow-up took from the question before
    outlets: Sequence[str] = ()  # all that are held: reading them takes a while, and it is needed twice
    browsed: bool = False  # the choices are the newest sentences, on the question's topic if it has one

    @property
    def seen(self) -> list[Known]:
        """The sentences of the choices, best first."""
        return [choice.known for choice in self.verdict.choices]

    def trust(self, weights: Weights) -> Trust:
        """Return how far to trust that the first choice answers, and the least with which it is given as the answer."""
        trust = trust_in(self.search, self.verdict, weights)
        if not self.asked.browses:
            return trust
        on_topic = topic_chance(self.search.weighed.asks)
        if not self.browsed:  # nothing has the whole topic
            return trust if on_topic else replace(trust, chance=0.0)
        return replace(trust, chance=0.0 if self.verdict.objections else on_topic)


def look_up(db: Database, question: Question, *, previous: Reading | None, weights: Weights) -> Found:
    """Return what the store holds for *question*, in an editor's order.

    Where nothing is of the days that its words ask for, what is of other days, with an objection.
    """
    outlets = outlets_held(db)
    if question.outlet is not None:
        question = replace(question, outlet=outlet_called(question.outlet, outlets) or question.outlet)
    respelt = respell(db, write_out(question.text))  # reading it writes it out once more: a respelt word may be a day
    read = read_question(respelt.text, question.now, outlets=outlets)
    asked, taken = follow_up(read, previous, given=question)
    inherited, told = frozenset(taken), (*taken, *narrowed_by_previous(read, asked))

    def found_for(asked: Asked) -> Found:
        scope = scope_of(asked, question, outlets)
        search = search_words(
            db, asked.words, weights, keep=_LOOKED_AT, inherited=inherited, scope=scope, unsettled=respelt.unsettled
        )
        newest = _newest(db, search, asked, question, scope) if asked.browses else ()
        if newest:
            missing = () if asked.missed.is_open else ("days_missing",)
            return Found(asked, respelt, search, Verdict(newest, missing), told, outlets, browsed=True)
        verdict = judge(
            _choices(db, search, asked, question), asked, search.weighed, names=search.names, inherited=inherited
        )
        return Found(asked, respelt, search, verdict, told, outlets)

    found = found_for(asked)
    if found.verdict.choices or asked.period.is_open:
        return found
    words = asked.words if asked.period.is_ahead_of(question.now.date()) else asked.dated or asked.words
    return found_for(replace(asked, words=words, period=Period(), missed=asked.period))


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


def _choices(db: Database, search: Search, asked: Asked, question: Question) -> list[Choice]:
    """Return the ranked sentences that may be shown, as facts with their notes, best first."""
    usable = current_facts(db, [ranked.fact for ranked in search.ranked])
    best = [ranked for ranked in search.ranked if ranked.fact in usable]
    may_answer = _filter_of(db, asked, question)
    known: dict[int, Known] = {}
    kept: list[Ranked] = []
    enough = max(1, question.limit * _CHOSEN_FROM)
    for at in range(0, len(best), enough):  # without a filter the first round is enough, and reading is what takes time
        known |= known_facts(db, [ranked.fact for ranked in best[at : at + enough]])
        kept += [ranked for ranked in best[at : at + enough] if may_answer(known[ranked.fact])]
        if len(kept) >= enough:
            break
    kept = kept[:enough]
    notes = notes_for(db, [ranked.fact for ranked in kept])
    around = read_surroundings(db)
    found = [Choice(known[ranked.fact], ranked.score, around, notes[ranked.fact]) for ranked in kept]
    return [*found, *_updates(db, found)] if asked.latest and found else found


def _filter_of(db: Database, asked: Asked, question: Question) -> Callable[[Known], bool]:
    """Return what tells whether a fact keeps to the filters in the words and beside them."""
    speaking = read_words(db, question.speaker) if question.speaker is not None else None
    given = Period(question.since, question.until, published_only=True)

    def may_answer(known: Known) -> bool:
        return (
            keeps_to(known, outlet=asked.outlet, period=asked.period)
            and keeps_to(known, outlet=question.outlet, period=given, strict=True)
            and (speaking is None or said_by(known, speaking))
        )

    return may_answer


def _newest(db: Database, search: Search, asked: Asked, question: Question, scope: Scope) -> list[Choice]:
    """Return the newest sentences that keep to the filters, on what the question is about; none if nothing is held."""
    may_answer = _filter_of(db, asked, question)
    newest = list(islice(filter(may_answer, newest_facts(db, search.weighed.asks, scope)), question.limit))
    notes = notes_for(db, [known.id for known in newest])
    around = read_surroundings(db)
    return [Choice(known, 0.0, around, notes[known.id]) for known in newest]


def _updates(db: Database, choices: Sequence[Choice]) -> list[Choice]:
    """Return what has updated *choices* and is not among them: the latest may be told in quite other words."""
    ranked = {choice.known.id for choice in choices}
    updating = {
        note.known.id: note.known
        for choice in choices
        for note in choice.notes
        if note.type is NoteType.UPDATED_BY and note.known.id not in ranked
    }
    notes = notes_for(db, list(updating))
    last = choices[-1]
    return [replace(last, known=known, notes=notes[fact]) for fact, known in updating.items()]


def search_words(
    db: Database,
    text: str,
    weights: Weights,
    *,
    keep: int,
    inherited: Collection[str] = frozenset(),
    scope: Scope = Scope(),  # noqa: B008 - frozen
    unsettled: Mapping[str, Sequence[Meaning]] | None = None,
) -> Search:
    """Return the *keep* best sentences within *scope* for *text*, with the chance that the first is right.

    Words of the question before, *inherited* as they were typed, count less; *unsettled* are its misspelt ones.
    """
    totals = read_totals(db)
    want = wanted(asking_words(text))
    asks = _without_kind(read_words(db, text, unsettled=unsettled), want)
    if want is Want.YES_NO:
        asks = with_opposites(db, text, asks)
    names = names_among(db, [ask.term for ask in asks])
    weighed = weigh(asks, want, totals, focus=counted(asks, text, names) if want is Want.COUNT else None)
    weighed = _lightened(weighed, inherited)
    candidates = find_candidates(db, weighed, totals, scope=scope)
    passages = read_passages(db, weighed, totals, candidates.facts, candidates.paragraphs)
    rows = gather(passages, weighed, totals, kin_held(db, weighed.asks))
    ranked = rank(rows, weights.ranking)
    chance = weights.chance(evidence_of_list(weighed, ranked))
    dated = is_news(db, passages)
    if dated:
        ranked = rank(rows, weights.news.ranking)
    return Search(weighed, names, candidates, ranked[:keep], chance, dated)


def rank(rows: Iterable[tuple[int, tuple[float, ...]]], ranking: Mapping[str, float]) -> list[Ranked]:
    """Return *rows*, sentences with their values of FEATURES, best first; of equals, the newest first."""
    weighing = [ranking.get(name, 0.0) for name in FEATURES]
    ranked = [Ranked(fact, weighted_sum(weighing, values), values) for fact, values in rows]
    return sorted(ranked, key=lambda one: (-one.score, -one.fact))


def _without_kind(asks: Sequence[Ask], want: Want) -> Sequence[Ask]:
    """Return *asks* without those that only name the kind of answer and are held nowhere: the "age" of "X age".

    The figure or the day that is wanted stands for it.
    """
    return [ask for ask in asks if ask.options or not names_kind(ask.typed, want)] or asks


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
        typed = asks[number].typed
        # "number of drones Kabul shot down", "how many people near the dam"
        ends = is_past_verb(typed) or typed.casefold() in _PLACING or asks[number].term in names
        if between.strip() or (run and ends):
            break
        run.append(number)
    nouns = [number for number in run if not is_past_verb(asks[number].typed) and not is_light(asks[number].typed)]
    plural = [number for number in nouns if asks[number].typed.casefold().endswith("s")]
    found = plural or nouns  # of "how many engineers work there" the engineers
    return found[-1] if found else None


def _chances(best: Sequence[Choice], first: float) -> list[float]:
    """Return a score for each sentence: the first one's chance, and for the others less by how far they are behind.

    Never more than for the one before: the editor's order may differ from the ranking's.
    """
    behind = [first / (1 + max(0.0, best[0].score - one.score)) for one in best]
    return list(accumulate(behind, min))
