"""Figures: the examples of `examples/quantities.tsv`, and what holds for any text."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.facts.days.dates import find_dates
from store.facts.figures.quantities import find_quantities
from store.facts.model import Quantity, When
from store.facts.numbers.numbers import digits_value


def _table(name: str) -> list[tuple[str, ...]]:
    lines = (Path(__file__).parent / "examples" / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


EXAMPLES, OF_WHAT = _table("quantities.tsv"), _table("of_what.tsv")

# Pieces that figures are made of, put together in any order, find more than random letters do.
_BITS = [
    "4,500", "12", "1.8", "2019", "007", "1.234.567", "½", "one", "two", "a", "half", "third", "dozen", "dozens",
    "hundred", "thousand",
    "million", "bn", "several", "few", "tens", "of", "and", "to", "-", "–", "$", "£", "US$", "%", "per", "cent",
    "minus", "from", "between",
    "up", "at", "least", "no", "more", "than", "troops", "people", "killed", "km", "m", "(", ")", ",", ".", "/", ":",
    "in", "10", "aged",
    "year-old", "fivefold", "twice", "F-16", "Jan", "March", "ago", "days", "the", "'s", "“", "”", "\u00a0", "\n",
    "١٢", "²", "İ",
    "+", "-plus", "or", "over", "plus", "sub-", "R", "US", "$-", "them", "was", "rose", "a loss of", "votes",
]  # fmt: skip
wires = (
    st.lists(st.sampled_from(_BITS), max_size=25).map(" ".join)
    | st.lists(st.sampled_from(_BITS)).map("".join)
    | st.text(max_size=120)
)


def plain(number: float | None) -> str:
    """Print a number as the table does: no zeros after the point, three digits of a share."""
    assert number is not None
    if number == int(number):
        return f"{number:.0f}"
    return f"{round(number, 3):g}" if abs(number) < 1 else repr(number)


def shown(quantity: Quantity) -> str:
    """Print a quantity as the table does."""
    if quantity.value is None:
        value = f"{plain(quantity.low)}..{plain(quantity.high)}"
    else:
        bound = ">=" if quantity.low is not None else "<=" if quantity.high is not None else ""
        value = bound + ("~" if quantity.approximate else "") + plain(quantity.value)
    return f"{'was ' if quantity.earlier else ''}{value} {quantity.unit or '?'}"


def figures(sentence: str) -> list[Quantity]:
    """Return the figures of *sentence*, its dates left out."""
    dates = find_dates(sentence, 0, len(sentence), published_at=None)
    return list(find_quantities(sentence, 0, len(sentence), dates=dates))


@pytest.mark.parametrize(("sentence", "expected"), EXAMPLES, ids=[row[0][:60] for row in EXAMPLES])
def test_examples(sentence: str, expected: str) -> None:
    """Each sentence of the table gives its figures, no more and no less."""
    found = figures(sentence)

    assert (" | ".join(map(shown, found)) or "-") == expected


@pytest.mark.parametrize(("sentence", "expected"), OF_WHAT, ids=[row[0][:60] for row in OF_WHAT])
def test_of_what(sentence: str, expected: str) -> None:
    """The thing counted or measured is told in the sentence's own words, with what became of it."""
    assert (" | ".join(quantity.what or "-" for quantity in figures(sentence)) or "-") == expected


def test_offsets_are_those_of_the_whole_text() -> None:
    """A sentence inside a story gives offsets into the story."""
    text = "First 99 sentences. Then 12 lorries came."

    (found,) = find_quantities(text, 20, len(text))

    assert text[found.start : found.end] == found.text == "12 lorries"


def test_a_number_in_a_date_is_no_figure() -> None:
    """What the dates cover is left to them."""
    text = "The vote of 12 March drew 300 people."
    date = When("12 March", 12, 20, "2026-03-12", "2026-03-12")

    assert [q.value for q in find_quantities(text, 0, len(text), dates=(date,))] == [300]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("4,500", 4500), ("1,234,567.5", 1234567.5), ("12,50,000", 1250000), ("1.234.567", 1234567),
        ("1.234,5", 1234.5),
        ("4.500", 4.5), ("1" * 16, None),
        ("3,5", 3.5), ("007", None), ("1,2,3", None), ("28.07.2021", None), ("0", 0), ("0.5", 0.5), ("2019,500", None),
    ],
)  # fmt: skip
def test_digits(printed: str, value: float | None) -> None:
    """Points and commas are read as English newswires print them; the rest only where nothing else can be meant."""
    assert digits_value(printed) == value


@given(wires)
@example("F-16 - two to 20")
@example("It has 30+")
@example("7$-2 ruling")
def test_what_holds_for_any_text(text: str) -> None:
    """Never raises; figures are verbatim, in order, apart from each other and from the dates; low <= value <= high."""
    dates = find_dates(text, 0, len(text), published_at=None)
    found = find_quantities(text, 0, len(text), dates=dates)

    reached = 0
    for quantity in found:
        assert reached <= quantity.start < quantity.end <= len(text)
        reached = quantity.end
        assert text[quantity.start : quantity.end] == quantity.text
        assert not any(d.start < quantity.end and quantity.start < d.end for d in dates)
        assert quantity.value is not None or (quantity.low is not None and quantity.high is not None)
        bounds = [b for b in (quantity.low, quantity.value, quantity.high) if b is not None]
        assert bounds == sorted(bounds)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_any_span(text: str, start: int, end: int) -> None:
    """Any span can be asked for; nothing outside it is told."""
    for quantity in find_quantities(text, start, end):
        assert start <= quantity.start and quantity.end <= end
