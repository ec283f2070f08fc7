"""Figures: the examples of `examples/quantities.tsv`, and what holds for any text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.facts.dates import find_dates
from store.facts.model import Quantity
from store.facts.quantities import find_quantities

EXAMPLES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "examples" / "quantities.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def plain(number: float | None) -> str:
    """Print a number as the table does: no zeros after the point, three digits of a share."""
    assert number is not None
    return f"{number:.0f}" if number == int(number) else f"{round(number, 3):g}" if abs(number) < 1 else repr(number)


def shown(quantity: Quantity) -> str:
    """Print a quantity as the table does."""
    if quantity.value is None:
        value = f"{plain(quantity.low)}..{plain(quantity.high)}"
    else:
        bound = ">=" if quantity.low is not None else "<=" if quantity.high is not None else ""
        value = bound + ("~" if quantity.approximate else "") + plain(quantity.value)
    return f"{'was ' if quantity.earlier else ''}{value} {quantity.unit or '?'}"


@pytest.mark.parametrize(("sentence", "expected"), EXAMPLES, ids=[row[0][:50] for row in EXAMPLES])
def test_examples(sentence: str, expected: str) -> None:
    """Each sentence of the table gives its figures, no more and no less."""
    dates = find_dates(sentence, 0, len(sentence), published_at=None)

    found = find_quantities(sentence, 0, len(sentence), dates=dates)

    assert (" | ".join(map(shown, found)) or "-") == expected
