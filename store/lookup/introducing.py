"""Which sentence introduces whom or what a question is about: "who is X", "who is the mayor", "what does X stand for".

Such a question names little, and every sentence about X has that; the one that answers says what X is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from store.facts.cast.vocabulary import person_nouns, titles
from store.facts.model import Known
from store.facts.words import Token, fold, stem, tokens
from store.lookup.asking import is_light
from store.lookup.turning import turning_point
from store.lookup.wording import SURE, Ask

_WHO_IS = re.compile(r"who(?:['’]?s|\s+(?:is|was|are|were|r))\b", re.IGNORECASE)
_WHO_IS_THE = re.compile(
    r"who(?:['’]?s| +(?:is|was|are|were)) +the +(\w[\w-]*(?: +\w[\w-]*){0,2}?)(?: +(?:of|at|in|for) .*)?",
    re.IGNORECASE,
)
_MEANING = re.compile(
    r"\b(?:stands?|short) for\b|\b(?:mean|means|meaning|initials|acronym|abbreviation)\b", re.IGNORECASE
)
_SHORT_FORM = re.compile(r"\b(?:initials|acronym|abbreviation|abbreviated|for short)\b", re.IGNORECASE)
_OF_MEANING = frozenset(map(stem, ("stands", "short", "meaning", "initials", "acronym", "abbreviation")))
_BESIDE = 4  # words between an office and who holds it
_ARTICLES = frozenset({"a", "an", "the"})
_COPULAS = frozenset({"is", "was", "are", "were", "became"})
_BEFORE = 4  # words before a name's last within which a trade may stand: "poll clerk Marisol Ruiz"


def introduces(known: Known, question: str, asks: Sequence[Ask], names: Sequence[Ask]) -> bool | None:
    """Tell whether *known* says what is asked for by *question*, when that asks who or what somebody or something is.

    *asks* are its telling words and *names* those of them that are names. None for any other question.
    """
    if _MEANING.search(question):
        return any(_spells_out(ask, known) for ask in asks if ask.term not in _OF_MEANING)
    if _WHO_IS.match(question) is None or _asks_of_doing(question):
        return None
    offices = [ask for ask in asks if ask not in names and _is_office(ask)] or _asked_office(question, asks, names)
    if offices:
        return any(_holder_named(ask, known) for ask in offices)
    others = any(ask not in names and not is_light(ask.typed) for ask in asks)
    return _tells_trade(names, known) if names and not others else None


@lru_cache(maxsize=16)  # one question is put to many sentences
def _asks_of_doing(question: str) -> bool:
    """Tell whether it turns on what somebody does: "who is replacing the finance minister" asks for no minister."""
    place = turning_point(question)
    return place is not None and question[slice(*place)].endswith("ing")


def _asked_office(question: str, asks: Sequence[Ask], names: Sequence[Ask]) -> list[Ask]:
    """Return the noun of "who is the harbour master of Bresk"; none where more than an office is told of."""
    opening = _WHO_IS_THE.fullmatch(question.strip(" ?"))
    if opening is None:
        return []
    first, end = opening.span(1)
    return [ask for ask in asks if ask not in names and first <= ask.start < end][-1:]


def _is_office(ask: Ask) -> bool:
    words = {fold(ask.typed), *(option.word for option in ask.options if option.weight >= SURE)}
    return any(map(_is_trade, words))


def _spells_out(ask: Ask, known: Known) -> bool:
    """Tell whether the sentence gives an abbreviation with its long form: "the Harbour Workers' League (HWL)"."""
    short = re.escape(ask.typed)
    if re.search(rf"\((?:the\s+)?{short}\)|\b{short}\s+\(", known.text, re.IGNORECASE):
        return True
    named = re.search(rf"\b{short}\b", known.text, re.IGNORECASE)
    return named is not None and _SHORT_FORM.search(known.text) is not None


def _tells_trade(names: Sequence[Ask], known: Known) -> bool:
    """Tell whether the sentence says what the named person is, right before or right after the name."""
    words = tokens(known.text)
    asked = {term for ask in names for term in _meant(ask)}
    for at, word in enumerate(words):
        if stem(word.text) not in asked or (at + 1 < len(words) and stem(words[at + 1].text) in asked):
            continue
        before = words[max(0, at - _BEFORE) : at]
        if any(_is_trade(one.text) for one in before) or _goes_on_with_trade(words, at, known.text):
            return True
    return False


def _goes_on_with_trade(words: Sequence[Token], at: int, text: str) -> bool:
    """Tell whether "..., a farmer", "..., who heads" or "... was the" follows the name that ends with word *at*."""
    after = [word.text for word in words[at + 1 : at + 3]]
    if not after:
        return False
    if "," in text[words[at].end : words[at + 1].start]:
        return after[0] in _ARTICLES or after[0] == "who" or _is_trade(after[0])
    return after[0] in _COPULAS and after[-1] in _ARTICLES


def _holder_named(office: Ask, known: Known) -> bool:
    """Tell whether a person is named beside the word for an office or a trade."""
    words = [stem(token.text) for token in tokens(known.text)]
    meant = _meant(office)
    offices = [at for at, word in enumerate(words) if word in meant]
    people = {stem(token.text) for name in _people(known) for token in tokens(name)}
    return any(word in people and abs(at - one) <= _BESIDE for at, word in enumerate(words) for one in offices)


def _people(known: Known) -> list[str]:
    speaker = known.fact.speaker
    return [*known.fact.people, *([speaker.name] if speaker and speaker.name in known.text else [])]


def _meant(ask: Ask) -> set[str]:
    return {ask.term, *(option.term for option in ask.options if option.weight >= SURE or not ask.is_known)}


def _is_trade(word: str) -> bool:
    sort = titles().get(word, ("", None))[0]
    return sort != "honorific" and (bool(sort) or word in person_nouns())
