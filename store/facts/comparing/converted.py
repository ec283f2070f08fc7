"""Quantities in one unit of each kind, so that 3.7 miles and 6 kilometres are one length."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

from store.facts import lexicon
from store.facts.model import Quantity

_WHOLE = "whole"
_NEARLY = 1e-6


class _Conversion(NamedTuple):
    unit: str  # what it is compared by
    times: float
    is_whole: bool  # only where a whole number comes out


def in_one_unit(quantity: Quantity) -> Quantity:
    """Return a quantity in the unit that its kind is compared by, text and place unchanged.

    What comes out broken is approximate: 3.7 miles are told as 6 kilometres.
    """
    conversion = _conversions().get(quantity.unit or "")
    if conversion is None:
        return quantity
    value, low, high = (
        None if one is None else one * conversion.times for one in (quantity.value, quantity.low, quantity.high)
    )
    if conversion.is_whole:
        if value is None or abs(value - round(value)) > _NEARLY:
            return quantity
        return replace(quantity, value=float(round(value)), low=low, high=high, unit=conversion.unit)
    return replace(quantity, value=value, low=low, high=high, unit=conversion.unit, approximate=True)


@cache
def _conversions() -> dict[str, _Conversion]:
    return {
        unit: _Conversion(other, float(times), _WHOLE in rest)
        for unit, other, times, *rest in lexicon.table("conversions.tsv")
    }
