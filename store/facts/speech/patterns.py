"""Patterns of a few words, as the cue lexicons write them, and the forms of the verbs in them.

A pattern is words with a space between; each is one of:

- `false`            the word itself; `is|was` one of several
- `~withdraw`        any form of the verb; `~approve|~announce` of several
- `#`                a number
- `?more`            a word that may be missing; all the forms above may stand behind the "?"
- `..`               up to four words, any
- `-have|had`        the next word is none of these

Patterns run over words only and never across a comma or another mark, so a match is short and costs bounded time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from store.facts.lexicon import table
from store.facts.speech.phrases import Token

_GAP = 4  # words that ".." may stand for


@dataclass(frozen=True, slots=True)
class Item:
    """One word of a pattern."""

    words: frozenset[str]
    optional: bool = False
    is_gap: bool = False
    is_number: bool = False
    is_ban: bool = False

    def accepts(self, token: Token) -> bool:
        """Tell whether *token* can stand for this item."""
        if self.is_number:
            return token.is_number
        return token.low in self.words


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of a lexicon, ready to be matched."""

    label: str  # the row's first cell: a kind or a status
    source: str  # as the lexicon writes it; it names the rule
    items: tuple[Item, ...]


@cache
def _irregular() -> dict[str, tuple[str, str, frozenset[str]]]:
    found = {}
    for verb, past, participle, *more in table("irregular_verbs.tsv"):
        found[verb] = (past, participle, frozenset(more[0].split()) if more else frozenset())
    return found


def past_of(verb: str) -> str:
    """Return the simple past of *verb*."""
    if verb in _irregular():
        return _irregular()[verb][0]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def participle_of(verb: str) -> str:
    """Return the past participle of *verb*."""
    return _irregular()[verb][1] if verb in _irregular() else past_of(verb)


def third_of(verb: str) -> str:
    """Return the form of *verb* that goes with "she"."""
    if verb == "have":
        return "has"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def gerund_of(verb: str) -> str:
    """Return the -ing form of *verb*."""
    for form in _irregular().get(verb, ("", "", frozenset[str]()))[2]:
        if form.endswith("ing"):
            return form
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") and verb != "be" else verb) + "ing"


@cache
def forms_of(verb: str) -> frozenset[str]:
    """Return every form of *verb*, itself included."""
    more = _irregular().get(verb, ("", "", frozenset[str]()))[2]
    return frozenset({verb, third_of(verb), past_of(verb), participle_of(verb), gerund_of(verb)}) | more


def compile_pattern(label: str, source: str) -> Pattern:
    """Return *source* ready to be matched."""
    return Pattern(label, source, tuple(_item(word) for word in source.split()))


def _item(word: str) -> Item:
    optional = word.startswith("?") and len(word) > 1
    word = word[1:] if optional else word
    if word == "..":
        return Item(frozenset(), is_gap=True)
    if word == "#":
        return Item(frozenset(), optional=optional, is_number=True)
    if word.startswith("-"):
        return Item(frozenset(word[1:].split("|")), is_ban=True)
    words: set[str] = set()
    for alternative in word.split("|"):
        words |= forms_of(alternative[1:]) if alternative.startswith("~") else {alternative.removeprefix("?")}
    return Item(frozenset(words), optional=optional)


class Patterns:
    """All the patterns of a lexicon, found by their first word."""

    def __init__(self, rows: Iterable[Pattern]) -> None:
        self._starts: dict[str, list[Pattern]] = defaultdict(list)
        for row in rows:
            for word in row.items[0].words:
                self._starts[word].append(row)

    @classmethod
    def read(cls, name: str, *, label: str | None = None) -> Patterns:
        """Return the patterns of the lexicon file *name*; *label* is given to rows of one cell."""
        rows = [(label, *row) if label is not None else row for row in table(name)]
        return cls(compile_pattern(str(row[0]), str(row[1])) for row in rows)

    def at(self, tokens: Sequence[Token], index: int) -> Sequence[tuple[Pattern, int]]:
        """Return the patterns that match from *index* on, the longest first, with the index after their last word."""
        starting = self._starts.get(tokens[index].low)
        if starting is None:
            return ()
        found = []
        for pattern in starting:
            end = _match(pattern.items, 0, tokens, index)
            if end is not None:
                found.append((pattern, end))
        found.sort(key=lambda pair: -pair[1])
        return found


def _match(items: tuple[Item, ...], at: int, tokens: Sequence[Token], index: int) -> int | None:
    """Return the index after the last token matched, or None."""
    if at == len(items):
        return index
    item = items[at]
    here = tokens[index] if index < len(tokens) and not tokens[index].is_mark else None
    accepted = here is not None and item.accepts(here)
    if item.is_ban:
        return None if accepted else _match(items, at + 1, tokens, index)
    if item.is_gap:
        return _match_gap(items, at, tokens, index)
    end = _match(items, at + 1, tokens, index + 1) if accepted else None
    return _match(items, at + 1, tokens, index) if end is None and item.optional else end


def _match_gap(items: tuple[Item, ...], at: int, tokens: Sequence[Token], index: int) -> int | None:
    for skip in range(_GAP + 1):
        end = _match(items, at + 1, tokens, index + skip)
        if end is not None:
            return end
        if index + skip >= len(tokens) or tokens[index + skip].is_mark:
            break
    return None
