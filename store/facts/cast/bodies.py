"""Bodies in small letters: "the UN refugee agency", "Ruritania's border service", "the emergencies committee"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from store.facts.cast.candidates import SURE, Candidate, printed
from store.facts.cast.gazetteer import country_named, known_body
from store.facts.cast.names import Token, not_names
from store.facts.cast.vocabulary import body_heads, describes, peopled, person_nouns, speech_verbs
from store.facts.lexicon import lines, table
from store.facts.model import Kind
from store.facts.numbers.counted import is_past
from store.facts.rules import Rule

_WITH_PORTFOLIO = frozenset(
    {"ministry", "department", "committee", "board", "bureau", "directorate", "commission", "institute", "inspectorate"}
    | {"registry", "agency"}
)
# What stands behind a verb and seldom behind the field of a ministry.
_OBJECTS = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "that", "these", "those", "it", "to"})
# What such a body is made of, or what any one of many is: not the field of one.
_NO_PORTFOLIO = frozenset(
    {"directors", "trustees", "governors", "experts", "inquiry", "enquiry", "inspectors", "advisers", "members"}
    | {"ministers", "judges", "elders"}
)
_HOLDERS = frozenset(
    {"president", "premier", "chancellor", "governor", "mayor", "king", "queen", "ombudsman", "coroner"}
)
_HOLDERS_OF_TWO = frozenset(
    {("prime", "minister"), ("vice", "president"), ("attorney", "general"), ("prosecutor", "general")}
)
_MOST_MODIFIERS = 3
_CountryOf = Callable[[str], str | None]
_DEFINITE = frozenset({"the", "its", "their", "his", "her", "our"})
_LANDS = frozenset({"country", "nation", "state", "republic", "kingdom", "city"})
_VERBS = frozenset({"has", "had", "have", "is", "was", "were", "are", "will", "would", "did", "does"})


@cache
def _forces() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in lines("forces.txt"))


@cache
def _force_openings() -> frozenset[str]:
    return frozenset(words[0] for words in _forces())


@cache
def _generic() -> frozenset[str]:
    return frozenset(lines("generic_modifiers.txt"))


def find_small_bodies(tokens: Sequence[Token], country_of: _CountryOf, seat_of: _CountryOf) -> Iterator[Candidate]:
    """Yield the bodies of a sentence that are written in small letters and named well enough to be told apart.

    *country_of* gives the country of a name or a people ("Tajik", "Ruritania"), None for other words; *seat_of* gives
    that of a capital too. A bare "the
    ministry", a "joint commission" and "a local council" are not named.
    """
    for at, token in enumerate(tokens):
        found = _read_body(tokens, at, country_of, seat_of) if token.text in body_heads() else None
        if found is None and token.text == "office":
            found = _read_holders_office(tokens, at, country_of)
        if found is None and token.text in _force_openings():
            found = _read_force(tokens, at, country_of)
        if found is not None:
            yield found


def _read_body(tokens: Sequence[Token], at: int, country_of: _CountryOf, seat_of: _CountryOf) -> Candidate | None:
    first = at
    while first > 0 and at - first < _MOST_MODIFIERS and _modifies(tokens[first - 1]):
        first -= 1
    modifiers = tokens[first:at]
    if not modifiers:
        return _read_ministry(tokens, at, country_of)
    if not first or any(word.low in _generic() for word in modifiers):
        return None
    owner = tokens[first - 1]
    span = tokens[first : at + 1]
    body = known_body(owner.text)
    if owner.capital and not owner.owns and body:  # "the UN refugee agency"
        return _body(tokens[first - 1 : at + 1], (body, *_texts(span)), of=None)
    country = country_of(owner.text) if owner.capital else None
    if country is None and (owner.low in _DEFINITE or (owner.owns and owner.low in _LANDS)):
        of = _country_after(tokens, at, seat_of) or _country_of_official(tokens, first - 1, country_of)
        return _body(span, (of, *_texts(span)) if of else _texts(span), of=of)
    return _body(span, (country, *_texts(span)), of=country) if country else None


def _read_ministry(tokens: Sequence[Token], at: int, country_of: _CountryOf) -> Candidate | None:
    """ "the ministry of emergency situations", "Ruritania's ministry of health"."""
    if (
        tokens[at].low not in _WITH_PORTFOLIO
        or at + 2 >= len(tokens)
        or tokens[at + 1].low not in {"of", "for"}
        or not at
    ):
        return None
    first = at + 3 if tokens[at + 2].low == "the" else at + 2
    end = _end_of_portfolio(tokens, first)
    owner = tokens[at - 1]
    country = country_of(owner.text) if owner.capital else None
    if end == first or tokens[end - 1].low in _NO_PORTFOLIO or not (country or owner.low in _DEFINITE):
        return None
    span = tokens[at:end]
    return _body(span, (country, *_texts(span)) if country else _texts(span), of=country)


def _read_holders_office(tokens: Sequence[Token], at: int, country_of: _CountryOf) -> Candidate | None:
    """ "the prime minister's office", "the Tajik president's office": of the few who have one that speaks for them."""
    holder = tokens[at - 1] if at else None
    if holder is None or not holder.owns or holder.capital:
        return None
    first = at - 2 if at > 1 and (tokens[at - 2].low, holder.low) in _HOLDERS_OF_TWO else at - 1
    owner = tokens[first - 1] if first else None
    if owner is None or (first == at - 1 and holder.low not in _HOLDERS):
        return None
    country = country_of(owner.text) if owner.capital else None
    if owner.low != "the" and country is None:
        return None
    words = (*(token.text for token in tokens[first : at - 1]), printed(holder), "office")
    return _body(tokens[first : at + 1], (country, *words) if country else words, of=country)


def _end_of_portfolio(tokens: Sequence[Token], first: int) -> int:
    """Return where the field of a ministry ends: "health" before "called", "water and forests", "foreign affairs"."""
    end = first
    while end < len(tokens) and end - first < _MOST_MODIFIERS and describes(tokens[end]):
        if end > first and _is_verb(tokens[end].low):
            break
        end += 1
    if end - first > 1 and end < len(tokens) and (tokens[end].low in _OBJECTS or tokens[end].text[0].isdigit()):
        end -= 1  # "labour | put the jobless at 9 per cent"
    joined = end > first and end + 1 < len(tokens) and tokens[end].low == "and" and describes(tokens[end + 1])
    if joined and not _can_act(tokens[end + 1].low) and not _is_verb(tokens[end + 1].low):
        return end + 2
    return end


def _is_verb(low: str) -> bool:
    return is_past(low) or low in _VERBS or (low.endswith("s") and low[:-1] in _telling_verbs())


@cache
def _telling_verbs() -> frozenset[str]:
    return frozenset(row[0] for row in table("cue_verbs.tsv"))


def _can_act(low: str) -> bool:
    """Tell somebody else who is only joined to a ministry: "the ministry of health and residents said"."""
    return low in body_heads() | person_nouns() | peopled() or (low,) in _forces()


def _modifies(token: Token) -> bool:
    """Tell what describes a body: "refugee", "foreign", the "teachers'" of a union."""
    return describes(token) or (token.owns and not token.capital and token.low.endswith("s"))


def _read_force(tokens: Sequence[Token], at: int, country_of: _CountryOf) -> Candidate | None:
    """ "Tajikistan's army", "the Afghan air force": a body only with its country before it."""
    for length in (2, 1):
        words = tuple(token.low for token in tokens[at : at + length])
        if words not in _forces() or len(words) < length:
            continue
        first = at
        if first and tokens[first - 1].low in {"national", "own"}:
            first -= 1
        owner = tokens[first - 1] if first else None
        country = country_of(owner.text) if owner is not None and owner.capital else None
        span = tokens[first : at + length]
        if owner is not None and owner.low == "the" and length > 1:  # "the coast guard"
            return _body(span, _texts(span), of=None)
        if owner is None or country is None or (length == 1 and not owner.owns and _describes_next(tokens, at)):
            continue
        return _body(span, (country, *_texts(span)), of=country)
    return None


def _describes_next(tokens: Sequence[Token], at: int) -> bool:
    """Tell "Tajik military personnel", where the force only describes, from "the Afghan army said"."""
    if at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    return (
        following.text.isalpha()
        and not following.capital
        and following.low not in not_names() | speech_verbs() | _VERBS
    )


def _texts(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.text + "'" if token.owns and token.low.endswith("s") else token.text for token in tokens)


def _body(span: Sequence[Token], words: Sequence[str], of: str | None) -> Candidate:
    found = Candidate(tuple(words), span[0].start, span[-1].end, owns=span[-1].owns, of=of)
    found.vote(Kind.ORG, SURE, Rule.SMALL_BODY, " ".join(words[:-1]))
    return found


def _country_after(tokens: Sequence[Token], at: int, seat_of: _CountryOf) -> str | None:
    """ "the emergencies committee in Streslau", "the border service of Ruritania"."""
    if at + 2 < len(tokens) and tokens[at + 1].low in {"in", "of"} and tokens[at + 2].capital:
        return seat_of(tokens[at + 2].text)
    return None


def _country_of_official(tokens: Sequence[Token], at: int, country_of: _CountryOf) -> str | None:
    """ "A Tajik inspector from the customs board" works for Tajikistan's."""
    if at < 2 or tokens[at - 1].low not in {"from", "of", "at", "with", "for"}:
        return None
    for token in reversed(tokens[max(0, at - 5) : at - 1]):
        if token.capital:
            return country_of(token.text) if not country_named(token.text) else None
    return None
