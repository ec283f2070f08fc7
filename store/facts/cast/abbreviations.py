"""A body and its abbreviation in brackets: "Ardent Rail plc (ARD)", "Ministry of Roads (MoR)", "Ardent (NYSE: ARD)"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.facts.cast.candidates import SURE, Candidate
from store.facts.cast.gazetteer import country_named, known_body, state_named
from store.facts.cast.kinds import has_given_name
from store.facts.cast.names import Token
from store.facts.cast.settling import Names, Reading
from store.facts.cast.vocabulary import company_forms
from store.facts.model import Kind
from store.facts.rules import Rule

_LONGEST_BRACKET = 8  # tokens of "(NYSE: ARD.A, LSE: ARD)"
_SMALL = frozenset({"of", "for", "on", "and", "the", "&", "to", "in", "de"})


@dataclass(frozen=True, slots=True)
class Bracket:
    """A name and what stands in brackets behind it."""

    full: Candidate
    short: Candidate  # the first code in the brackets
    exchange: Candidate | None = None  # the "NYSE" of "(NYSE: ARD)"

    def shorts(self) -> tuple[str, ...]:
        """Return the abbreviation, and a ticker also without its exchange: "ARD.L" and "ARD"."""
        head = self.short.name.partition(".")[0]
        return (self.short.name,) if head == self.short.name or len(head) < 2 else (self.short.name, head)


def find_brackets(reading: Reading) -> Iterator[Bracket]:
    """Yield each name of a sentence that has an abbreviation in brackets behind it, or the other way round."""
    starts = [token.start for token in reading.tokens]
    by_start = {candidate.start: candidate for candidate in reading.candidates}
    for full in reading.candidates:
        at = bisect_left(starts, full.end)
        at += at < len(starts) and reading.tokens[at].low in company_forms()  # "Ardent Rail plc (ARD)"
        at += at < len(starts) and reading.tokens[at].text == "."  # "Ardent Rail Inc. (ARD)"
        if at + 2 >= len(starts) or reading.tokens[at].text != "(":
            continue
        inside = [by_start[token.start] for token in _inside(reading.tokens, at) if token.start in by_start]
        if not inside:
            continue
        is_listed = reading.tokens[min(len(starts) - 1, bisect_left(starts, inside[0].end))].text == ":"
        if is_listed and len(inside) > 1:
            yield Bracket(full, inside[1], inside[0])
        elif _is_code(inside[0]):
            yield Bracket(full, inside[0])
        elif _is_code(full) and _spells_out(inside[0], full):
            yield Bracket(inside[0], full)


def _inside(tokens: Sequence[Token], opening: int) -> Sequence[Token]:
    """Return the tokens of a short bracket that opens at *opening*; none where it is not closed soon."""
    for at in range(opening + 1, min(len(tokens), opening + 1 + _LONGEST_BRACKET)):
        if tokens[at].text == ")":
            return tokens[opening + 1 : at]
    return ()


def _is_code(candidate: Candidate) -> bool:
    """Tell "ARD", "MoWR" and "ARD.L" from "Lab", and from the country or the state in which a body is."""
    code = candidate.name
    is_mixed = sum(letter.isupper() for letter in code) > 1
    is_place = country_named(code) is not None or state_named(code) is not None
    return len(candidate.words) == 1 and is_mixed and not is_place


def _spells_out(full: Candidate, short: Candidate) -> bool:
    """Tell whether the capitals of an abbreviation are the first letters of a name's words, small words aside."""
    capitals = "".join(letter for letter in short.name if letter.isupper())
    initials = "".join(word[0].upper() for word in full.words if word.lower() not in _SMALL)
    return len(capitals) > 2 and capitals == initials


def vote_for_spelt_out(readings: Sequence[Reading]) -> None:
    """Make a body of a name whose own initials stand in brackets beside it: "Harbour Watch Vesterland (HWV)".

    People are left alone: "Mohammed bin Salman (MBS)".
    """
    for reading in readings:
        for bracket in find_brackets(reading):
            full = bracket.full
            if _spells_out(full, bracket.short) and not full.honorific and not has_given_name(full.words):
                full.vote(Kind.ORG, SURE, Rule.IN_BRACKETS)
                full.kind_told = True


def full_names_of(names: Names) -> dict[str, str]:
    """Return abbreviation -> full name of the bodies of a story; the exchange before a ticker is left out of its cast.

    An abbreviation that two bodies share is the first one's.
    """
    found: dict[str, str] = {}
    for reading in names.readings:
        for bracket in list(find_brackets(reading)):
            full = bracket.full
            is_known = known_body(bracket.short.name) not in (None, known_body(full.name))
            if names.kind_of(full) is not Kind.ORG or bracket.short.name == full.name or is_known:
                continue
            for short in bracket.shorts():
                found.setdefault(short, full.name)
            if bracket.exchange in reading.candidates:
                reading.candidates.remove(bracket.exchange)
    return found
