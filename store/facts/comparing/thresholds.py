"""How alike is alike: the figures of `lexicons/sameness.tsv`, each with its meaning beside it there."""

from __future__ import annotations

from functools import cache

from store.facts import lexicon


@cache
def _thresholds() -> dict[str, float]:
    return {name: float(value) for name, value, _ in lexicon.table("sameness.tsv")}


def threshold(name: str) -> float:
    """Return one figure of the table.

    Raises:
        KeyError: The table has no such line.
    """
    return _thresholds()[name]
