"""What `/why` and `ask --explain` tell, and why nothing was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlite_utils import Database

from store.facts.english import is_english
from store.facts.model import Known
from store.facts.words import fold, placed_stems, stem, tokens
from store.lookup.asking import is_light
from store.lookup.choices import Choice
from store.lookup.choosing import Verdict
from store.lookup.evidence import FEATURES
from store.lookup.model import Holdings, Question
from store.lookup.periods import Period
from store.lookup.question import Asked
from store.lookup.ranked import Search
from store.lookup.trust import Trust
from store.lookup.weights import Weights
from store.lookup.wording import OPPOSITE, SURE, Ask, Option

_MOST_NAMED = 6  # words that a reason names
_MOST_ROWS = 50  # held words that begin like a stem

_OBJECTIONS = {
    "figure_missing": "the closest sentence has no figure",
    "counted_missing": "no figure held counts that",
    "counted_unheld": "nothing held has what is to be counted",
    "counted_elsewhere": "the figures of the closest sentence count something else",
    "topic_missing": "they said nothing on that in what is held",
    "counted_otherwise": "the closest sentence counts something else of the kind",
    "measure_missing": "the closest sentence measures no such thing",
    "cause_missing": "the closest sentence gives no reason",
    "person_missing": "the closest sentence names nobody who could be meant",
    "answer_name_missing": "the closest sentence gives no such name",
    "introduction_missing": "no sentence held says who or what that is",
    "day_missing": "the closest sentence gives no day",
    "name_missing": "no sentence held about that names all who were asked about",
    "place_other": "the closest sentence is about another place",
    "name_afar": "the closest sentence stands far from a name in the question",
    "name_unheld": "a name in the question is not held",
    "speaker_missing": "nothing held on that is theirs",
    "own_missing": "the closest sentence lacks what this adds to the question before",
    "own_unheld": "nothing held has what this adds to the question before",
    "point_missing": "the closest sentence has nothing of what the question turns on",
    "point_around": "the closest sentence lacks what the question turns on",
    "noun_missing": "nothing of the sort that the question asks for stands in it",
    "days_missing": "what is held on that is of other days",
    "figure_unheld": "a figure in the question is not held",
}


_SPELLED = frozenset({"spelling", "sound"})  # ways to come from a typed word to the very word that was meant


def read_as(asks: Sequence[Ask], shown: Sequence[Known], *, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what each word that is not held as typed was read as, in the form that the *shown* sentences print.

    *typed* has for words that were written right how they were typed. A slip of the finger is told always, another word
    for the same only when the first sentence has it.
    """
    first, printed = _printed_words(shown[:1]), _printed_words(shown)
    found = {}
    for ask in asks:
        if ask.typed in typed:
            found[typed[ask.typed]] = _as_printed(ask.term, tokens(ask.typed)[0].text, printed)
        elif ask.options and not ask.is_known:
            spelt = next((o for o in ask.options if o.how in _SPELLED and o.weight >= SURE), None)
            option = spelt or next((o for o in ask.options if o.term in first), ask.options[0])
            if option.how in _SPELLED:
                found[ask.typed] = _as_printed(option.term, option.word, printed)
            elif option.term in first and not is_light(ask.typed) and option.how != OPPOSITE:
                found[ask.typed] = first[option.term][0]
    return found


def _as_printed(term: str, word: str, printed: Mapping[str, Sequence[str]]) -> str:
    """Return folded *word* as the sentences print it, *printed* by stem; itself when none does."""
    return next((form for form in printed.get(term, ()) if fold(form) == word), word)


def _printed_words(shown: Iterable[Known]) -> dict[str, list[str]]:
    """Return by stem the words of the *shown* sentences as printed; an English word that opens one in small letters."""
    found: dict[str, list[str]] = {}
    for known in shown:
        for at, (token, term) in enumerate(placed_stems(known.text)):
            word = known.text[token.start : token.end]
            found.setdefault(term, []).append(word.lower() if at == 0 and is_english(token.text) else word)
    return found


def explain_search(
    db: Database,
    search: Search,
    weights: Weights,
    *,
    asked: Asked,
    verdict: Verdict,
    trust: Trust,
    typed: Mapping[str, str],
) -> dict[str, object]:
    """Return what `/why` tells: the words as read, the candidates, and what decided between the first two.

    *typed* has for words that were written right how they were typed.
    """
    by_words = {ranked.fact: ranked.score for ranked in search.ranked}
    best = max(by_words.values(), default=0.0)
    return {
        "words": [
            {
                "typed": typed.get(ask.typed, ask.typed),
                "rarity": round(telling, 2),
                "read_as": [_explain_option(db, o, ask, is_respelt=ask.typed in typed) for o in ask.options],
            }
            for ask, telling in zip(search.weighed.asks, search.weighed.rarities, strict=True)
        ],
        "wants": str(search.weighed.want),
        "filters": filters_of(asked),
        "objections": [_OBJECTIONS[objection] for objection in verdict.objections],
        "candidates": {"facts": len(search.candidates.facts), "paragraphs": len(search.candidates.paragraphs),
                       "rows_read": search.candidates.rows_read},
        "chance_by_words": round(search.chance, 3),
        "chance": round(trust.chance, 3),
        "floor": round(trust.floor, 3),
        "put_first": bool(verdict.choices) and by_words.get(verdict.choices[0].known.id, 0.0) < best,
        "first_two": _explain_choices(verdict.choices[:2], search, weights),
    }  # fmt: skip


def _explain_choices(choices: Iterable[Choice], search: Search, weights: Weights) -> list[dict[str, object]]:
    """Return what each of *choices* got its score by."""
    ranking = weights.news.ranking if search.is_news else weights.ranking
    evidence = {ranked.fact: ranked.values for ranked in search.ranked}
    return [
        {
            "fact": choice.known.id,
            "text": choice.known.text,
            "score": round(choice.score, 3),
            "evidence": {
                name: {"value": round(value, 3), "weight": round(ranking.get(name, 0.0), 3)}
                for name, value in zip(FEATURES, evidence.get(choice.known.id, ()), strict=False)
                if value  # nothing for an update that no word led to
            },
        }
        for choice in choices
    ]


def _explain_option(db: Database, option: Option, ask: Ask, *, is_respelt: bool) -> dict[str, object]:
    """Return what `/why` tells of *option*; of a word that was written right, that it was another as typed."""
    if is_respelt and option.how == "same":
        option = replace(option, how="spelling", word=tokens(ask.typed)[0].text)
    word = option.word if option.how in _SPELLED else _held_word(db, option.term)
    return {"term": option.term, "word": word, "how": option.how, "weight": round(option.weight, 2),
            "facts": option.facts}  # fmt: skip


def _held_word(db: Database, term: str) -> str:
    """Return the shortest held word of the stem *term*; the stem when its words are too short to be kept."""
    opening = term[:-1] or term  # the stem of "army" is "armi"
    rows = db.conn.execute(
        "SELECT word FROM words WHERE word >= ? AND word < ? LIMIT ?", (opening, f"{opening}{{", _MOST_ROWS)
    ).fetchall()
    return min((word for (word,) in rows if stem(word) == term), key=len, default=term)


def filters_of(asked: Asked) -> dict[str, str]:
    """Return what the words of a question narrow it to, as JSON values."""
    period = asked.missed if asked.period.is_open else asked.period
    return _filters(asked.outlet, asked.speaker, period.since, period.until)


def _filters(outlet: str | None, speaker: str | None, since: date | None, until: date | None) -> dict[str, str]:
    days = {name: day.isoformat() for name, day in (("since", since), ("until", until)) if day}
    return {name: value for name, value in (("outlet", outlet), ("speaker", speaker)) if value} | days


def _within(filters: dict[str, str]) -> str:
    """Return "from Wire, since 3 Feb 2026": what the question was narrowed to, in words."""
    words = {"outlet": "from", "speaker": "by", "since": "since", "until": "until"}
    return ", ".join(
        f"{words[name]} {_day(value) if name in {'since', 'until'} else value}" for name, value in filters.items()
    )


def _day(iso: str) -> str:
    moment = date.fromisoformat(iso)
    return f"{moment.day} {moment:%b %Y}"


def _outside(held: Holdings, period: Period) -> str:
    """Say that nothing held is of the days of *period*; empty if something may be."""
    if held.first is None or held.last is None or period.holds(held.first, held.last):
        return ""
    if period.published_only:
        return f"nothing held was published {_within(_filters(None, None, period.since, period.until))}"
    days = dict.fromkeys(_day(day.isoformat()) for day in (period.since, period.until) if day)
    return f"no sentence held on that is of {' to '.join(days)}{'' if period.until else ' or later'}"


def some_of(words: Sequence[str]) -> str:
    """Return *words* as a list, the first of many with how many more there are."""
    more = len(words) - _MOST_NAMED
    return ", ".join(words) if more <= 1 else f"{', '.join(words[:_MOST_NAMED])} and {more} more words"


def why_nothing(
    held: Holdings,
    asked: Asked,
    asks: Sequence[Ask],
    objections: Sequence[str],
    *,
    given: Question,
    unheld: Sequence[str] = (),
) -> str:
    """Say in plain words why nothing is answered.

    *given* has the filters that came beside the words, *unheld* the sources asked for of which nothing is held.
    """
    telling = [ask for ask in asks if not is_light(ask.typed)] or asks
    unmatched = [ask.typed for ask in telling if not ask.options]
    filters = filters_of(asked) | _filters(given.outlet, given.speaker, given.since, given.until)
    reasons = (
        "nothing is stored yet" if not held.facts else "",
        "no source held is called " + " or ".join(unheld) if unheld else "",
        _outside(held, Period(given.since, given.until, published_only=True)),
        _outside(held, asked.missed),
        f"nothing held mentions {some_of(unmatched)}" if unmatched else "",
        "; ".join(_OBJECTIONS[objection] for objection in objections),
        "the question has no telling word" if not asks else "",
        f"no sentence held says enough of this {_within(filters)}".strip(),
    )
    return next(filter(None, reasons))
