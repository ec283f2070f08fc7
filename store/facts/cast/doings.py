"""What is done tells who does it: aid bodies feed people, firms cut their flights, countries are offered troops."""

from __future__ import annotations

from collections.abc import Sequence

from store.facts.cast.candidates import STRONG, Candidate
from store.facts.cast.kinds import has_given_name
from store.facts.cast.names import Token
from store.facts.cast.vocabulary import company_belongings
from store.facts.model import Kind
from store.facts.numbers.counted import is_past
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Rule

OFFERED_BY_STATES = word_class("offered_by_states")
_CARED_FOR, _CARING = word_class("cared_for"), word_class("caring")
_UNCHANGED = frozenset({"cut", "put", "set", "shut", "spread"})  # past forms like the others
_BUSINESS = word_class("business")


def weigh_doing(found: Candidate, tokens: Sequence[Token], after: Sequence[Token]) -> None:
    """Weigh what only bodies do: "Open Hands is feeding 400 families", "Corvus has cut its flights"."""
    if len(tokens) > 1 and not has_given_name(found.words) and _cares(after):
        found.vote(Kind.ORG, STRONG, Rule.BODY_CARES, " ".join(token.text for token in after[:2]))
        found.vote_against(Kind.PERSON, STRONG)
        found.vote_against(Kind.PLACE, STRONG)
    if after and not tokens[-1].owns and _changes_its_business(after):
        found.vote(Kind.ORG, STRONG, Rule.BODY_OWNS, "its")


def _cares(after: Sequence[Token]) -> bool:
    """Tell "is housing 96 survivors" and "has treated 40 people" of an aid body from "is housing a museum"."""
    lows = [token.low for token in after]
    does = len(lows) > 2 and lows[0] in {"is", "are", "has", "have"} and lows[1] in _CARING
    return does and not _CARED_FOR.isdisjoint(lows[2:])


def _changes_its_business(after: Sequence[Token]) -> bool:
    """Tell "has cut its extra sailings" and "raised its dividend" of a firm from "closed its border" of a country."""
    rest = after[1:] if after[0].low in {"has", "had", "have"} else after
    if len(rest) < 3 or not (is_past(rest[0].low) or rest[0].low in _UNCHANGED) or rest[1].low != "its":
        return False
    return any(token.low in company_belongings() | _BUSINESS for token in rest[2:5])


def is_given_by_states(behind: Sequence[Token]) -> bool:
    """Tell the "three helicopters" that a country is offered from the "three contracts" that a firm is."""
    return any(token.low in OFFERED_BY_STATES for token in behind[:3])
