"""Names that are somebody's or a place's: a given name before the word for a place, "Joan Park" and "Albert Park"."""

from __future__ import annotations

from store.facts.cast.candidates import FAIR, STRONG, WEAK, Candidate
from store.facts.cast.names import Run, Token
from store.facts.cast.signs import PLACE_PREPOSITIONS, around, read_open
from store.facts.model import Kind
from store.facts.rules import Rule

# Words for places that are common surnames, against those that are seldom one: "Joan Park", "Albert Bridge".
_SURNAMES = frozenset(
    {"banks", "camp", "castle", "church", "coast", "field", "ford", "forest", "fort", "hill", "hills", "lake", "marsh"}
    | {"mount", "park", "plain", "street", "strand", "town", "village", "wells", "wood", "woods"}
)
_OF_PEOPLE = frozenset({"he", "she", "his", "her", "who", "whose", "himself", "herself", "told", "tells"})
_DONE_TO_PEOPLE = frozenset(
    {"accused", "appointed", "arrested", "charged", "convicted", "elected", "fined", "honoured", "honored", "hurt"}
    | {"injured", "jailed", "killed", "killing", "married", "met", "named", "replaced", "sentenced", "shot", "sued"}
    | {"and", "with", "against", "by", "told", "asked", "that"}
)
_BEING = frozenset({"is", "was", "are", "were", "has", "had", "will", "would", "can", "could", "on", "in"})


def read_namesake(run: Run, tokens: list[Token]) -> Candidate:
    """Collect the signs for a given name before the word for a place: "Joan Park" is somebody, "Albert Park" is not."""
    found = read_open(run, tokens)
    found.vote(Kind.PLACE, FAIR if tokens[-1].low in _SURNAMES else STRONG + 1, Rule.PLACE_WORD, tokens[-1].text)
    before, after = around(run, tokens[0])
    preceding = before[-1].low if before else ""
    told = next((token.low for token in after if token.low in _OF_PEOPLE), "")
    if preceding == "the" or preceding in PLACE_PREPOSITIONS:
        found.vote(Kind.PLACE, STRONG, Rule.WORD_BEFORE, preceding)
    elif told:
        found.vote(Kind.PERSON, FAIR, Rule.WORD_AFTER, told)
    elif preceding in _DONE_TO_PEOPLE:
        found.vote(Kind.PERSON, FAIR, Rule.PERSON_BEFORE, preceding)
    elif preceding.isalpha() or (after and after[0].low in _BEING):  # "filled Albert Park", "Albert Park is shut"
        found.vote(Kind.PLACE, WEAK, Rule.PLACE_WORD, tokens[-1].text)
    else:
        found.vote(Kind.PERSON, WEAK, Rule.PERSON_WORDS)
    return found
