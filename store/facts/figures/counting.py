"""What a figure comes to: the quantity with its unit, what it counts or measures, and whether it is an old figure."""

from __future__ import annotations

from functools import cache

from store.facts import lexicon
from store.facts.figures.figures import Figure, Line, bound_start, effect_on, is_hyphen
from store.facts.figures.measured import measured, subject
from store.facts.model import Quantity
from store.facts.numbers.counted import (
    Counted,
    fate_before,
    group_unit,
    is_open_compound,
    is_person,
    read_compound,
    read_counted,
)
from store.facts.numbers.number import Pieces
from store.facts.numbers.pieces import low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Reasons, Rule

_MORE = word_class("more")
_WEAK_CUES, _SKIPPED_BEFORE_OLD = word_class("weak_cues"), word_class("skipped_before_old")
_CHANGES = lexicon.word_set("change_words.txt")
_LONGEST_CUE = 4  # words in the longest phrase of earlier_cues.txt
_CHANGE_NEAR = 10  # pieces before a figure where a word of change still speaks of it


def count(line: Line, figure: Figure) -> Counted | None:
    """Return what *figure* counts, or measures where it has a unit; None where nothing is named."""
    pieces, number = line.pieces, figure.number
    if figure.unit is not None:
        return measured(line, figure, figure.unit)
    at = figure.last
    if pieces[number.first].low == "twice" or pieces[number.first].low.endswith("fold"):
        return Counted("times", "times", at, at, is_direct=False, rule=Rule.TIMES, by=pieces[number.first].text)
    compound = _compound(pieces, figure)
    if compound is not None:
        return read_compound(line.text, pieces, compound)
    at += 2 * is_hyphen(pieces, at)  # "40-odd villages"
    at += low_at(pieces, at) in _MORE and not number.is_share
    counted = read_counted(line.text, pieces, at, is_one=number.value == 1, is_vague=number.value is None)
    begin = bound_start(pieces, figure.first)
    group = group_unit(pieces, begin)
    is_named = counted is not None and counted.last > counted.first and is_person(counted.unit)
    if group and not is_named:
        opener = line.printed(max(begin - 2, 0), begin)
        return Counted(group, group, at, at, is_direct=False, rule=Rule.GROUP, by=opener)
    if counted is None or line.is_dated(counted.first, counted.last):
        return subject(line, figure)
    return counted.with_fate(fate_before(pieces, begin))


def _compound(pieces: Pieces, figure: Figure) -> int | None:
    """Return the piece with the noun of "12-member council" or "a three course meal", else None."""
    at, number = figure.last, figure.number
    if is_hyphen(pieces, at):
        return at + 1 if pieces[at + 1].is_word and pieces[at + 1].low != "odd" else None
    is_open = number.value != 1 and not number.is_share and is_open_compound(pieces, number.first, at)
    return at if is_open else None


def single(line: Line, figure: Figure) -> tuple[list[Quantity], int]:
    """Return the quantity of *figure* standing alone, and the piece after it; none for "half a chance"."""
    pieces, number = line.pieces, figure.number
    if figure.unit is None and number.value == 0.5 and low_at(pieces, number.last - 1) in {"a", "an"}:
        return [], number.last
    counted = count(line, figure)
    last = counted.last if counted and counted.is_direct and figure.unit is None else figure.last
    return [quantity(line, figure, bound_start(pieces, figure.first), last, counted=counted)], last


def quantity(
    line: Line, figure: Figure, first: int, last: int, *, counted: Counted | None = None, earlier: bool = False
) -> Quantity:
    """Build the quantity of *figure* that is printed in `pieces[first:last]`."""
    pieces, number, value = line.pieces, figure.number, figure.value
    start, end = pieces[first].start, pieces[last - 1].end
    effect, bounds = effect_on(line, figure)
    cue = () if earlier else _earlier_cue(line, first)
    unit = (counted.unit or None) if counted else None
    if figure.unit is not None:
        unit = figure.unit.name
    elif number.is_share:
        unit = "share"
    return Quantity(
        text=line.text[start:end],
        start=start,
        end=end,
        value=value,
        low=value if value is not None and effect == "low" else number.low,
        high=value if value is not None and effect == "high" else number.high,
        unit=unit,
        what=counted.what if counted else None,
        approximate=number.approximate or effect in {"about", "under", "over"},
        earlier=earlier or bool(cue),
        why=(*_number_reasons(line, figure), *bounds, *_unit_reasons(figure, counted), *cue),
    )


def _number_reasons(line: Line, figure: Figure) -> Reasons:
    """Return the rules by which the number itself was read."""
    number = figure.number
    found = Reason(number.rule, line.printed(number.first, number.last))
    if figure.sign < 0:
        return found, Reason(Rule.NEGATIVE, line.pieces[figure.first].text)
    return (found,)


def _unit_reasons(figure: Figure, counted: Counted | None) -> Reasons:
    """Return the rules that gave the unit, and of what the figure is where that is more than the unit."""
    found: list[Reason] = []
    if figure.unit is not None:
        found.append(Reason(figure.unit.rule, figure.unit.by))
    elif figure.number.is_share:
        found.append(Reason(Rule.PART_OF_WHOLE))
    if counted is None:
        return tuple(found)
    if figure.unit is not None or not figure.number.is_share or counted.rule is Rule.MEASURED_SUBJECT:
        found.append(Reason(counted.rule, counted.by))
    if counted.last > counted.first and counted.what not in {counted.by, counted.unit}:
        found.append(Reason(Rule.WHAT, counted.what))
    if counted.fate is not None:
        found.append(Reason(Rule.FATE, counted.fate))
    return tuple(found)


# ---- old and new


@cache
def _earlier_cues() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in lexicon.lines("earlier_cues.txt"))


def _moved_to(pieces: Pieces, at: int) -> bool:
    """Does a figure stand before *at* to which something has moved: "raised its offer to 600 each, from 250"?"""
    return any(
        pieces[place].low == "to" and pieces[place + 1].is_digits and tells_change(pieces, place)
        for place in range(max(at - _CHANGE_NEAR, 0), at - 1)
    )


def tells_change(pieces: Pieces, at: int, *, near: int = _CHANGE_NEAR) -> bool:
    """Is there a word of change, such as "rose", among the *near* pieces before *at*?"""
    return any(pieces[k].low in _CHANGES for k in range(max(at - near, 0), at))


def _earlier_cue(line: Line, first: int) -> Reasons:
    """Return what makes the figure at *first* the old one of a change: "up from 14", "rather than the 400"."""
    pieces, at = line.pieces, first
    while at and pieces[at - 1].low in _SKIPPED_BEFORE_OLD:
        at -= 1
    for length in range(_LONGEST_CUE, 0, -1):
        if tuple(p.low for p in pieces[max(at - length, 0) : at]) in _earlier_cues():
            is_old = (
                length > 1
                or pieces[at - 1].low not in _WEAK_CUES
                or tells_change(pieces, at - 1)
                or _moved_to(pieces, at - 1)
            )
            return (Reason(Rule.EARLIER, line.printed(max(at - length, 0), at)),) if is_old else ()
    return ()
