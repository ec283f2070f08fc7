"""What stands around a name: the letters of "Anita Rao KC, MBE", the style of "Tan Sri Omar Hassan"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from store.facts.cast.candidates import Candidate, candidate_of
from store.facts.cast.names import Run, Token
from store.facts.cast.vocabulary import title_sort
from store.facts.lexicon import lines
from store.facts.rules import Rule

_STYLES = frozenset({("tan", "sri"), ("toh", "puan")})


@cache
def _letters() -> frozenset[str]:
    return frozenset(lines("letters_after_names.txt"))


def _is_letters(token: Token) -> bool:
    return token.text.replace(".", "") in _letters()


def read_letters(run: Run, tokens: Sequence[Token]) -> Candidate | None:
    """Return the letters behind a name and a comma as a mention of it: the "KC" and "MBE" of "Anita Rao, KC, MBE,"."""
    if len(tokens) != 1 or not _is_letters(tokens[0]):
        return None
    last = run.first
    while last > 1 and run.tokens[last - 1].text == "," and _is_letters(run.tokens[last - 2]):
        last -= 2
    if not last or run.tokens[last - 1].text != ",":
        return None
    first = last - 1
    while first and run.tokens[first - 1].capital and not title_sort(run.tokens[first - 1].text):
        first -= 1
    if last - 1 - first < 2:
        return None
    found = candidate_of(run.tokens[first : last - 1])
    found.start, found.end, found.stands_for = tokens[0].start, tokens[0].end, Rule.LETTERS
    return found


def without_style(tokens: list[Token]) -> list[Token]:
    """Drop a style of two words before a name: "Tan Sri Omar Hassan"; neither word alone is one."""
    is_style = len(tokens) > 2 and (tokens[0].low, tokens[1].low) in _STYLES
    return tokens[2:] if is_style else tokens


def without_letters(tokens: list[Token]) -> list[Token]:
    """Drop the letters behind a name: "Anita Rao KC"; a surname of two letters stays a name: "Prakash KC"."""
    last = len(tokens)
    while last > 2 and _is_letters(tokens[last - 1]):
        last -= 1
    return tokens[:last]
