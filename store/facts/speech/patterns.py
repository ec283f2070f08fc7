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

from store.facts.lexicon import table
from store.facts.speech.phrases import Token
from store.facts.verbs import forms_of

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
