"""Whether a word that stands for another beside a particle only has it where it is held: "step" for "resign"."""

from __future__ import annotations

from collections.abc import Mapping

from sqlite_utils import Database

from store.database.full_text import Index, newest_rows, quoted
from store.database.reading import known_facts
from store.facts.words import placed_stems

_LOOKED_AT = 8  # of the sentences that hold the word, the newest
_LEAST = 0.5  # share of them that have the particle: with fewer, most sentences found by it would be beside the point

_REACH = 4  # words behind it among which the particle stands: "picking people up"


def held_in_phrase(db: Database, lent: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return those of the held terms in *lent* that mostly stand with one of their particles close behind them."""
    places = {term: newest_rows(db, Index.FACTS, quoted(term), _LOOKED_AT) for term in lent}
    known = known_facts(db, [fact for facts in places.values() for fact in facts])
    return frozenset(
        term
        for term, facts in places.items()
        if facts
        and sum(_has_phrase(known[fact].text, term, lent[term]) for fact in facts if fact in known)
        >= _LEAST * len(facts)
    )


def _has_phrase(text: str, term: str, particles: frozenset[str]) -> bool:
    placed = list(placed_stems(text))
    return any(
        not particles.isdisjoint(after.text for after, _ in placed[at + 1 : at + _REACH])
        for at, (_, one) in enumerate(placed)
        if one == term
    )
