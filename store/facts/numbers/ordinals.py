"""Ordinals in words: "third" is 3."""

from __future__ import annotations

from functools import cache

from store.facts import lexicon


@cache
def ordinals() -> dict[str, int]:
    """Return the number of each ordinal, in order, from "first" to "thirtieth"."""
    return {word: int(number) for word, number in lexicon.table("ordinals.tsv")}
