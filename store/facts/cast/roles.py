"""What the words around a name say of a person: "Ruritania's foreign minister, A B", "A B, the agency's chief"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.facts.cast.names import Token, not_names
from store.facts.cast.vocabulary import describes, person_nouns, place_nouns, speech_verbs, title_sort, titles

_DETERMINERS = frozenset({"a", "an", "the", "his", "her", "their", "its"})
_OF = frozenset({"of", "for", "in", "at", "on", "from"})
_STOPS = frozenset({*',.;:()"“”—–', "who", "which", "that", "has", "had", "was", "is", "and"})
_LONGEST_OWNER = 8  # words behind the "of" of an office
_MOST_WORDS = 12  # of an apposition after a name
_HEADING = {
    "heads": "head", "leads": "leader", "chairs": "chair", "runs": "head", "commands": "commander",
    "directs": "director", "headed": "head", "led": "leader", "chaired": "chair", "governs": "governor",
    "represents": "representative",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """An office or trade, and whose."""

    text: str
    owner: tuple[Token, ...] = ()  # the words that name whose: "Ruritania", "the border service"


def _noun(token: Token) -> str:
    """Return the noun of "then-President" and "ex-minister" in small letters."""
    return token.low.removeprefix("then-").removeprefix("ex-")


def role_before(tokens: Sequence[Token], first: int) -> Role | None:
    """Return the role in small letters that stands before the name at *first*: "Ruritania's foreign minister, A B"."""
    at = first - 1
    if at >= 0 and tokens[at].text == ",":
        at -= 1
    last = at
    if at < 0 or _noun(tokens[at]) not in person_nouns() or tokens[at].owns:
        return _office_of(tokens, at) if 0 < at < first - 1 else None
    if tokens[at].capital:
        return _office_before(tokens, at) if at < first - 1 else None
    while at > 0 and last - at < 4 and _is_modifier(tokens[at - 1]):
        at -= 1
    owner: tuple[Token, ...] = ()
    if at > 0 and tokens[at - 1].low in titles() and not tokens[at - 1].owns:  # "Opposition leader A B"
        at -= 1
    elif at > 0 and tokens[at - 1].capital and tokens[at - 1].low not in not_names():
        begin = at - 1
        while begin > 0 and tokens[begin - 1].capital and tokens[begin - 1].low not in not_names():
            if tokens[begin - 1].owns:
                break
            begin -= 1
        owner = tuple(tokens[begin:at])
    elif at > 1 and tokens[at - 1].owns:
        owner = (tokens[at - 1],)
    return Role(" ".join(token.text for token in tokens[at : last + 1]), owner)


def _office_of(tokens: Sequence[Token], last: int) -> Role | None:
    """ "the mayor of Bresk, A B", "The Minister of the Interior, A B": an office and its "of" before a comma."""
    for at in range(last - 1, max(0, last - _LONGEST_OWNER), -1):
        token = tokens[at]
        if token.low in {"of", "for"} and tokens[at - 1].low in person_nouns() and not tokens[at - 1].owns:
            break
        if not token.text[0].isalnum() or token.low in _STOPS:
            return None
    else:
        return None
    begin = at - 1
    while begin > 0 and at - begin < 4 and _is_modifier(tokens[begin - 1]):
        begin -= 1
    owner = tokens[at + 1 : last + 1] if tokens[at + 1].low != "the" else tokens[at + 2 : last + 1]
    if tokens[at - 1].capital and all(title_sort(word.text) == "part" for word in owner):  # a portfolio, nobody's name
        return Role(" ".join(word.text for word in tokens[begin : last + 1]))
    if len(owner) > 1 and place_nouns().get(owner[-1].low) and owner[0].capital:  # "of the Zenda region"
        owner = owner[:-1]
    if begin and tokens[begin - 1].owns and all(word.text.islower() for word in owner):  # "Corvus's head of personnel"
        return Role(" ".join(word.text for word in tokens[begin : last + 1]), (tokens[begin - 1],))
    return Role(" ".join(word.text for word in tokens[begin:at]), tuple(owner))


def _office_before(tokens: Sequence[Token], last: int) -> Role:
    """ "Ruritania's Foreign Minister, A B": the office in capitals before a comma."""
    at = last
    while at > 0 and tokens[at - 1].capital and not tokens[at - 1].owns and tokens[at - 1].low in titles():
        at -= 1
    if at > 0 and tokens[at - 1].capital and not tokens[at - 1].owns and tokens[at - 1].low not in not_names():
        at -= 1  # "the Business Secretary"
    owner = (tokens[at - 1],) if at > 0 and tokens[at - 1].owns else ()
    return Role(" ".join(token.text for token in tokens[at : last + 1]), owner)


def _is_modifier(token: Token) -> bool:
    """Tell "emergencies official" and "52-year-old driver" from a verb before a trade: "named official"."""
    if token.low == "late":  # "the late finance minister"
        return True
    is_verb = token.low.endswith("ed") and token.low not in person_nouns()
    return (describes(token) or token.text[0].isdigit()) and not is_verb


def role_after(tokens: Sequence[Token], last: int) -> Role | None:
    """Return the role in the apposition after the name that ends before *last*: ", the committee's deputy head,"."""
    if last + 1 >= len(tokens) or tokens[last].text != ",":
        return None
    at = last + 1
    if tokens[at].low == "who":
        return _heading_role(tokens, at + 1)
    if tokens[at].text.isdigit() and at + 2 < len(tokens) and tokens[at + 1].text == ",":  # "A B, 44, a farmer"
        at += 2
    if tokens[at].low in _DETERMINERS:
        at += 1
    words: list[Token] = []
    owner: tuple[Token, ...] = ()
    for index in range(at, min(at + _MOST_WORDS, len(tokens))):
        token = tokens[index]
        if token.low in _STOPS or token.low in speech_verbs():
            break
        if words and token.low in _DETERMINERS:
            return None  # "A B, 56, remained a defender of it": no apposition, but what he does
        if token.low in _OF:
            owner = owner or _owner_after(tokens, index, words)
            break
        if token.owns and not words:
            owner = tuple(tokens[at : index + 1])
        elif not words and token.capital and token.low not in person_nouns():
            owner = (*owner, token)  # "the Saudi foreign minister"
        else:
            words.append(token)
    if not words or words[-1].low not in person_nouns():
        return None
    return Role(" ".join(token.text for token in words), owner)


def _owner_after(tokens: Sequence[Token], at: int, words: Sequence[Token]) -> tuple[Token, ...]:
    """Return what stands after the "of" or "in" at *at*: "a founder of the National League", "head of police"."""
    if not words or words[-1].low not in person_nouns():
        return ()
    named = _named_after(tokens, at + 1)
    if not named and tokens[at].low == "of":
        return tuple(tokens[at + 1 : at + 2])
    return named


def _named_after(tokens: Sequence[Token], at: int) -> tuple[Token, ...]:
    if at < len(tokens) and tokens[at].low == "the":
        at += 1
    end = at
    while end < len(tokens) and tokens[end].capital and end - at < 5:
        end += 1
    return tuple(tokens[at:end])


def _heading_role(tokens: Sequence[Token], at: int) -> Role | None:
    """ "who heads the border service" is its head."""
    if at + 1 >= len(tokens) or tokens[at].low not in _HEADING:
        return None
    begin = at + 2 if tokens[at + 1].low in {"the", "a", "an", "its", "their"} else at + 1
    end = begin
    while (
        end < len(tokens) and tokens[end].text[0].isalnum() and end - begin < 5 and tokens[end].low not in not_names()
    ):
        end += 1
    return Role(_HEADING[tokens[at].low], tuple(tokens[begin:end]))
