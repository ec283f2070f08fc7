"""Sentences that deny or correct by their own words: "No shot was fired", "should have read 6 million"."""

from __future__ import annotations

from collections.abc import Sequence

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.numbers.counted import is_past
from store.facts.speech.phrases import Line, Token

_NO_ONE = frozenset({"no", "none", "nobody", "nothing"})
_DONE = frozenset({"was", "were", "has", "have", "had"})
_WERE, _HAVE = frozenset({"was", "were"}), frozenset({"has", "have", "had"})
_UNTRUE = frozenset({"untrue", "false", "unfounded", "baseless", "groundless", "fabricated", "incorrect", "reality"})


def denies_flatly(line: Line) -> bool:
    """Tell "No shot was fired", "None of the men was beaten" and "Reports that it is empty are untrue"."""
    words = [token for token in line.tokens if not token.is_mark]
    if not words or any(token.quoted for token in words):
        return False
    lows = {token.low for token in words}
    is_none = words[0].low in _NO_ONE and not _DONE.isdisjoint(lows)
    is_report = words[0].low in word_set("allegation_nouns.txt") and not _UNTRUE.isdisjoint(lows)
    return is_none or is_report


def corrects_figure(line: Line) -> bool:
    """Tell "The figure should have read 6 million, not 9 million"."""
    lows = [token.low for token in line.tokens if not token.quoted]
    return any(lows[i : i + 3] == ["should", "have", "read"] for i in range(len(lows) - 2))


def is_not_done(tokens: Sequence[Token]) -> bool:
    """Tell "were not used" and "has not been touched", where nothing of the kind happened to somebody or something."""
    lows = [token.low for token in tokens if not token.is_mark and token.low not in word_class("adverb")]
    for index in range(1, len(lows) - 1):
        has_been = lows[index - 1] in _HAVE and lows[index + 1] == "been"
        then = lows[index + 2 :] if has_been else lows[index + 1 :]
        if lows[index] == "not" and (has_been or lows[index - 1] in _WERE) and then and is_past(then[0]):
            return True
    return False
