"""Figures that a side revises, its forecasts, offers and demands: whose they are, and of which year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from store.facts import lexicon, words
from store.facts.comparing.name_keys import name_key
from store.facts.comparing.profiles import Profile
from store.facts.comparing.scene import Pair
from store.facts.comparing.tallies import Figure, Sort
from store.facts.numbers.counted import is_past
from store.facts.numbers.word_classes import word_class

_OWNERS = frozenset({"its", "his", "her", "their", "our"})
_FORESEEING = ("forecast", "outlook", "projection", "project", "prediction", "predict", "expect", "expectation")
_NEAR = 3  # words from "its" to the noun: "its first pay offer"


def is_revised(figure: Figure, new: Profile) -> bool:
    """Say whether a figure is told as the new one of somebody's: "cut its forecast to", "now puts it at"."""
    return figure.level or "now" in new.plain or _owns(new.plain)


def foresees(profile: Profile) -> bool:
    """Say whether a fact tells what is expected: as a forecast, or of one."""
    told = profile.known.published_at
    is_ahead = told is not None and any(first > told.date().isoformat() for first, _ in profile.coming)
    return profile.is_ahead or is_ahead or not _foreseeing().isdisjoint(profile.stems)


@cache
def _foreseeing() -> frozenset[str]:
    return frozenset(map(words.stem, _FORESEEING))


def is_anothers(mine: Figure, pair: Pair) -> bool:
    """Say whether the held figure is of another body, or of another year, than the one that is revised.

    "Cut its forecast" cuts none of another's; what is forecast for 2027 is not what was for 2026.
    """
    if mine.sort is Sort.MEASURE and _is_of_other_year(pair.new, pair.held):
        return True
    if not _owns(pair.new.plain):
        return False
    if pair.held.speaker:
        return pair.held.speaker.isdisjoint(pair.new.speaker | set(map(name_key, pair.new.stems)))
    owner = _owner(pair.new.plain)
    return bool(owner) and owner.isdisjoint(pair.held.stems)


def _is_of_other_year(new: Profile, held: Profile) -> bool:
    mine, theirs = _years(new), _years(held)
    return bool(mine and theirs) and not mine & theirs


def _years(profile: Profile) -> set[str]:
    """Return the calendar years that a fact dates itself by, as a whole: "growth next year"."""
    return {
        when.first[:4]
        for when in profile.known.fact.dates
        if when.first[4:] == "-01-01" and when.last[4:] == "-12-31" and when.first[:4] == when.last[:4]
    }


@lru_cache(maxsize=1024)  # one new fact stands beside many held ones
def _owns(plain: Sequence[str]) -> bool:
    """Say whether the sentence names a position with its owner: "its growth forecast"."""
    return _owned_at(plain) is not None


def _owned_at(plain: Sequence[str]) -> int | None:
    """Return where the "its" of a position stands."""
    for at, word in enumerate(plain):
        if word in _OWNERS and not _positions().isdisjoint(map(words.stem, plain[at + 1 : at + 1 + _NEAR])):
            return at
    return None


@lru_cache(maxsize=1024)
def _owner(plain: Sequence[str]) -> frozenset[str]:
    """Return the stems of what stands before "its", verbs left out: "the government raised its offer"."""
    before = plain[: _owned_at(plain) or 0]
    return frozenset(words.stem(word) for word in before if word not in words.FUNCTION_WORDS and not _is_verb(word))


def _is_verb(word: str) -> bool:
    return is_past(word) or word in word_class("past_or_infinitive")


@cache
def _positions() -> frozenset[str]:
    return frozenset(map(words.stem, lexicon.lines("positions.txt")))
