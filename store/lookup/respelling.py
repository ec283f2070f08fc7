"""Writing a question's misspelt words as they were meant, before anything else is read out of it.

A noisy channel: what may have been meant is weighed by how likely it is typed so, by how often it is held, and by how
well it keeps company with the question's other words. A word whose reading is settled counts from then on as if it had
been typed so; one that is not stays as it is typed, and `wording` lets it match each of its readings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, log

from sqlite_utils import Database

from store.facts.english import english_slips, is_listed
from store.facts.words import FUNCTION_WORDS, Token, stem, tokens
from store.lookup.company import Company
from store.lookup.spelling import LONGEST_SPELLED, SHORTEST_MISSPELT, function_words_near, slip_cost, spellings
from store.lookup.vocabulary import Counts, terms_held, words_held

# In log odds; set on questions with seeded slips of the finger, and on the same questions without.
_SLIP = 5.0  # a word is a slip of one certain other word once in so many
_PER_COST = 1.5  # of `slip_cost`
_HELD = 0.35  # power of the number of paragraphs: more, and frequent words would swallow the rare ones
_UNHELD = 3.0  # for an English word that nothing held has: people ask for what is held
_ENGLISH_AS_TYPED = 3.0  # against what is typed, is English and is not held
_NAME_AS_TYPED = 7.0  # ... and is written as a name: nobody knows them all
_OTHER_AS_TYPED = 8.5  # ... and is neither
_COMPANY = 0.7  # share of what the question's other words say, which say much the same
_SETTLED = 0.5  # the most that all other readings may have together, of what the first has
_MOST_COMPANY = 6  # words whose company is looked at, the rarest
_MOST_READINGS = 8
_POSSESSIVES = ("'s", "’s")
_ROUNDS = 2  # a word that is settled in the first helps to settle another in the second


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may have been meant as."""

    word: str
    term: str | None  # its stem if that is held
    odds: float  # logarithm; comparable among the readings of one word only
    paragraphs: int = 0  # that hold the term


@dataclass(frozen=True, slots=True)
class Respelt:
    """A question with its misspelt words written as they were meant."""

    text: str
    typed: Mapping[str, str] = field(default_factory=dict)  # word as it is written now -> as it was typed
    unsettled: Mapping[str, Sequence[Meaning]] = field(default_factory=dict)  # folded word -> what it may mean


def respell(db: Database, text: str) -> Respelt:
    """Return *text* with those words set right that are neither held nor English, where it is settled what is meant."""
    given = [token for token in tokens(text) if token.text not in FUNCTION_WORDS]
    held = terms_held(db, [stem(token.text) for token in given])
    exact = words_held(db, [token.text for token in given])
    company = Company(db)
    known = {term: held[term][2] for token in given if (term := stem(token.text)) in held and _is_right(token, exact)}
    unread = {
        token: readings(db, token.text, held, capital=_is_capital(text, token), paragraphs=company.paragraphs)
        for token in given
        if stem(token.text) not in known
    }
    unread = {token: found for token, found in unread.items() if found}
    meant: dict[Token, str] = {}
    weighed: dict[Token, list[Meaning]] = {}
    for _ in range(_ROUNDS):
        weighed = {token: _in_company(found, known, company) for token, found in unread.items() if token not in meant}
        settled = {token: found[0] for token, found in weighed.items() if is_settled(found)}
        if not settled:
            break
        meant |= {token: first.word for token, first in settled.items()}
        known |= {first.term: first.paragraphs for first in settled.values() if first.term is not None}
    return Respelt(
        *_rewritten(text, {token: word for token, word in meant.items() if word != token.text}),
        unsettled={token.text: found for token, found in weighed.items() if token not in meant},
    )


def readings(db: Database, typed: str, held: Counts, *, capital: bool, paragraphs: int) -> list[Meaning]:
    """Return what folded *typed* may have been meant as, itself included, likeliest first; empty when only as typed.

    *held* has the counts of its own stem, if that is held; *paragraphs* is how many there are. A *capital* makes it
    likelier that it is a name that is not held.
    """
    if not typed.isalpha() or not SHORTEST_MISSPELT <= len(typed) <= LONGEST_SPELLED:
        return []
    near = spellings(db, typed)
    counts = terms_held(db, [one.term for one in near])
    costs = {one.word: one.cost for one in near if one.term in counts}
    found = [Meaning(word, stem(word), _channel(cost), counts[stem(word)][2]) for word, cost in costs.items()]
    found += [Meaning(word, None, _channel(cost), paragraphs) for word, cost in function_words_near(typed).items()]
    if not is_listed(typed):
        unheld = english_slips(typed) - costs.keys() - FUNCTION_WORDS
        found += [Meaning(word, None, _channel(slip_cost(typed, word)) - _UNHELD) for word in unheld]
    if not found:
        return []
    own = stem(typed) if stem(typed) in held else None
    against = _ENGLISH_AS_TYPED if is_listed(typed) else _NAME_AS_TYPED if capital else _OTHER_AS_TYPED
    found.append(Meaning(typed, own, -against, held[own][2] if own else 0))
    likely = [replace(one, odds=one.odds + _HELD * log(one.paragraphs + 1)) for one in found]
    return _sorted(likely)[:_MOST_READINGS]


def is_settled(found: Sequence[Meaning]) -> bool:
    """Tell whether the first of *found*, likeliest first, is far likelier than all that have another stem."""
    first = found[0]
    rivals = [one for one in found[1:] if one.term is None or one.term != first.term]
    return sum(exp(one.odds - first.odds) for one in rivals) < _SETTLED


def _channel(cost: float) -> float:
    return -_SLIP - _PER_COST * cost


def _is_right(token: Token, exact: frozenset[str]) -> bool:
    """Tell whether a word whose stem is held is no slip: "careed" has the stem of "cared"."""
    word = token.text
    return word in exact or word == stem(word) or not word.isalpha() or is_listed(word)


def _is_capital(text: str, token: Token) -> bool:
    return token.start > 0 and text[token.start].isupper()


def _in_company(found: Sequence[Meaning], known: Mapping[str, int], company: Company) -> list[Meaning]:
    """Return *found* weighed anew by the company of the *known* terms, which come with their paragraphs."""
    others = sorted(known.items(), key=lambda pair: (pair[1], pair[0]))[:_MOST_COMPANY]
    fits = company.fits([(one.term, one.paragraphs) for one in found if one.term is not None], others)
    return _sorted(
        one if one.term is None else replace(one, odds=one.odds + _COMPANY * fits[one.term]) for one in found
    )


def _sorted(found: Iterable[Meaning]) -> list[Meaning]:
    return sorted(found, key=lambda one: (-one.odds, one.word))


def _rewritten(text: str, meant: Mapping[Token, str]) -> tuple[str, dict[str, str]]:
    """Return *text* with other words in the places of some, with their capitals, and for each of these what it was."""
    parts, typed, at = [], {}, 0
    for token, word in sorted(meant.items(), key=lambda pair: pair[0].start):
        was = text[token.start : token.end]
        ending = next((mark for mark in _POSSESSIVES if was.endswith(mark)), "")
        now = (word.capitalize() if was[0].isupper() else word) + ending
        typed[now] = was
        parts += [text[at : token.start], now]
        at = token.end
    return "".join([*parts, text[at:]]), typed
