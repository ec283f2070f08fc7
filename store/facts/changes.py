"""Changes of state ("reopened" after "shut", "called off" after "will be held") and of position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from store.facts import lexicon, words

_PLANNED = "*"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of `lexicons/changes.tsv`, as stems."""

    name: str
    worded: tuple[tuple[str, ...], ...]
    ends: tuple[tuple[str, ...], ...]
    ends_plans: bool


@cache
def _changes() -> tuple[Change, ...]:
    return tuple(
        Change(name, _phrases(worded), _phrases(ends), ends_plans=ends == _PLANNED)
        for name, worded, ends in lexicon.table("changes.tsv")
    )


def _phrases(cell: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(words.stem(token.text) for token in words.tokens(phrase)) for phrase in cell.split(","))


@cache
def _reversals() -> tuple[tuple[str, ...], ...]:
    return tuple(phrase for line in lexicon.lines("reversals.txt") for phrase in _phrases(line))


def reverses(stems: Sequence[str]) -> bool:
    """Say whether a sentence itself tells of a changed position: "a day after saying that it needed none"."""
    return _has(stems, _reversals())


def _has(stems: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> bool:
    present = set(stems)
    return any(
        phrase[0] in present
        and (len(phrase) == 1 or any(tuple(stems[at : at + len(phrase)]) == phrase for at in range(len(stems))))
        for phrase in phrases
        if phrase
    )


def read_changes(stems: Sequence[str]) -> tuple[Change, ...]:
    """Return the changes that a sentence words."""
    return tuple(change for change in _changes() if _has(stems, change.worded))


def ends_state(change: Change, stems: Sequence[str], *, planned: bool) -> bool:
    """Say whether *change* ends the state of a held sentence; *planned*: that sentence announces something."""
    return planned if change.ends_plans else _has(stems, change.ends)
