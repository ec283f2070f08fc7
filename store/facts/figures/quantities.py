"""The figures of a sentence: value, bounds, unit and of what, as a desk editor would list them.

A figure that is part of a date is left to the dates; one that is part of a name ("iPhone 11") is no figure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from store.facts.figures.ages import read_age
from store.facts.figures.counting import single
from store.facts.figures.figures import DASHES, Line, is_hyphen, read_figure
from store.facts.figures.joined import read_second, read_two
from store.facts.figures.measured import with_same_subject
from store.facts.figures.numbered import counts_nothing
from store.facts.model import Quantity, When
from store.facts.numbers.counted import announced_unit, casualties, ends_phrase, fate_before, is_past, is_person
from store.facts.numbers.number import Pieces, is_number_word, number_words
from store.facts.numbers.pieces import cut, low_at
from store.facts.numbers.shares import HALVES
from store.facts.numbers.units import is_measure
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Rule

_OWN_UNITS = {"share", "times", "years"}  # what a figure after them counts is something else
_OLD_RULES = {Rule.EARLIER, Rule.CHANGED_FROM}
_MEASURES = {"per cent", "percentage points", "points"}
_COMPARED = {"more", "less", "fewer", "higher", "lower", "above", "below"}
_PEOPLE_ENDINGS = ("people", "men", "ers", "ors", "ists", "ants", "ians", "folk")
_GIVERS = 4  # figures before a figure that its unit may come from
_OWN_SCALES, _ASIDE = word_class("own_scales"), word_class("aside")


def find_quantities(text: str, start: int, end: int, *, dates: Sequence[When] = ()) -> tuple[Quantity, ...]:
    """Return the figures of `text[start:end]` in order, none overlapping another or one of *dates*.

    Offsets are into the whole text. A pair such as "78-71" is two quantities; a range is one, with `low` and `high`.
    """
    pieces = cut(text, start, end)
    line = Line(text, pieces, frozenset(_dated(pieces, dates)))
    found: list[Quantity] = []
    at = 0
    while at < len(pieces):
        if _can_begin(line, at):
            quantities, at = _read(line, at)
            reached = found[-1].end if found else start
            found += [_trim(line, quantity, reached) for quantity in quantities]
        else:
            at += 1
    return tuple(_drop_lone_earlier(_inherit_units(pieces, found)))


def _dated(pieces: Pieces, dates: Sequence[When]) -> Iterator[int]:
    """Yield the pieces that belong to *dates*."""
    for date in dates:
        at = bisect_right(pieces, date.start, key=lambda p: p.end)
        while at < len(pieces) and pieces[at].start < date.end:
            yield at
            at += 1


def _trim(line: Line, quantity: Quantity, reached: int) -> Quantity:
    """Leave to the figure before what it has taken already: the "$" of "4,500 $ 300"."""
    if quantity.start >= reached:
        return quantity
    start = line.pieces[bisect_left(line.pieces, reached, key=lambda p: p.start)].start
    return replace(quantity, start=start, text=line.text[start : quantity.end])


def _can_begin(line: Line, at: int) -> bool:
    piece = line.pieces[at]
    return (piece.is_digits or piece.text in HALVES or is_number_word(piece.low)) and at not in line.dated


def _read(line: Line, at: int) -> tuple[list[Quantity], int]:
    """Return the quantities that begin with the number at piece *at*, and the piece after them."""
    figure = read_figure(line, at)
    if figure is None:
        return [], at + 1
    has_currency = figure.unit is not None and figure.unit.measures == "money" and figure.first < at
    if counts_nothing(line.pieces, figure.number, has_currency=has_currency):
        return [], figure.number.last if figure.number.is_share else at + 1
    age = read_age(line, figure)
    if age:
        return [age[0]], age[1]
    joined = read_second(line, figure)
    return read_two(line, figure, *joined) if joined else single(line, figure)


# ---- units left out


def _inherit_units(pieces: Pieces, found: list[Quantity]) -> list[Quantity]:
    """Give a figure without a unit that of the one before it: "food for nine days and water for five"."""
    out: list[Quantity] = []
    for quantity in found:
        if quantity.unit is None:
            out.append(_inherit(pieces, quantity, out))
        elif out:
            between = pieces[_place(pieces, out[-1])[1] : _place(pieces, quantity)[0]]
            out.append(with_same_subject(between, quantity, out[-1]))
        else:
            out.append(quantity)
    return out


def _inherit(pieces: Pieces, quantity: Quantity, before: Sequence[Quantity]) -> Quantity:
    at, last = _place(pieces, quantity)
    announced = announced_unit(pieces, at)
    if announced:
        why = (*quantity.why, Reason(Rule.ANNOUNCED, announced))
        return replace(quantity, unit=announced, what=quantity.what or announced, why=why)
    nearest = before[-1] if before else None
    if nearest is not None and nearest.what == "age" and low_at(pieces, at - 1) in {"and", ",", "or"}:
        return replace(quantity, unit=nearest.unit, what="age", why=(*quantity.why, Reason(Rule.AGE_LISTED)))
    fate = fate_before(pieces, at)
    giver = _giver(pieces, before, quantity)
    if fate is not None and (giver is None or giver.unit is None or not _can_suffer(giver.unit)):
        return replace(quantity, unit="people", what=fate, why=(*quantity.why, Reason(Rule.PEOPLE_FATE, fate)))
    if giver is None or giver.unit is None or quantity.what is not None:
        return quantity
    is_pair = low_at(pieces, at - 1) in DASHES or is_hyphen(pieces, at + 1)  # "1-0" has no unit
    is_own = low_at(pieces, at - 1) == "of" and low_at(pieces, at - 2) in _OWN_SCALES  # "a goal difference of 14"
    is_named = _is_named(pieces, last)
    is_more = low_at(pieces, last) in _COMPARED  # "1,840 crowns a month, 260 more than last year"
    if is_pair or is_own or not (is_more or _hands_on(giver.unit, quantity, is_named=is_named)):
        return quantity
    what = giver.unit if is_named else giver.what
    if fate is not None and giver.unit not in casualties():
        what = f"{giver.unit} {fate}"
    why = (*quantity.why, Reason(Rule.HANDED_ON, giver.unit))
    return replace(quantity, unit=giver.unit, what=quantity.what or what, why=why)


def _place(pieces: Pieces, quantity: Quantity) -> tuple[int, int]:
    """Return the first piece of *quantity* and the piece after it."""
    first = bisect_left(pieces, quantity.start, key=lambda p: p.start)
    return first, bisect_left(pieces, quantity.end, first, key=lambda p: p.start)


def _can_suffer(unit: str) -> bool:
    """Can those counted in *unit* be killed or hurt? "mph" and "boats" cannot; a name or "shoppers" may be people."""
    return unit in casualties() or is_person(unit) or unit[0].isupper() or unit.endswith(_PEOPLE_ENDINGS)


def _giver(pieces: Pieces, before: Sequence[Quantity], heir: Quantity) -> Quantity | None:
    """Return the figure whose unit goes on: not that of "12-member" or of "31 goals in 38 games", where goals do."""
    is_whole = heir.value is None or heir.value.is_integer()
    for place in range(len(before) - 1, max(len(before) - 1 - _GIVERS, -1), -1):
        quantity = before[place]
        at, _ = _place(pieces, quantity)
        is_aside = place > 0 and is_whole and low_at(pieces, at - 1) in _ASIDE
        is_part = quantity.unit in {"share", "times"}  # "an extra 7 billion, less than half of the 15 billion"
        if not (is_aside or is_part or quantity.text.endswith(f"-{quantity.unit}")):
            return quantity
    return None


def _is_named(pieces: Pieces, at: int) -> bool:
    """Does a word that no phrase ends at follow the figure, so that it may count or measure what that word says?"""
    if at >= len(pieces) or not pieces[at].is_word:
        return at < len(pieces) and pieces[at].is_digits  # "two 3m walls"
    word = pieces[at].low
    return not (ends_phrase(word) or is_past(word) or word.endswith("ly") or word in casualties())


def _hands_on(unit: str, quantity: Quantity, *, is_named: bool) -> bool:
    """Does *unit* go on to a later figure without one? Money and per cent only to the old figure of a change."""
    if unit in _OWN_UNITS:
        return False
    if not is_measure(unit):  # people and things are whole: "300 aftershocks, the strongest of which measured 5.9"
        return quantity.value is None or quantity.value.is_integer()
    is_loose = unit not in _MEASURES and not (unit.isupper() and len(unit) == 3)
    is_money = unit.isupper() and quantity.text.split()[-1] in number_words("scale")  # "above the 85 million"
    return quantity.earlier or is_money or (is_loose and not is_named)


def _drop_lone_earlier(found: list[Quantity]) -> list[Quantity]:
    """An old figure needs a new one of its kind beside it: there is none in "45 points from 19 games"."""
    units = [q.unit for q in found]
    return [_as_current(q) if q.earlier and q.unit and units.count(q.unit) == 1 else q for q in found]


def _as_current(quantity: Quantity) -> Quantity:
    why = tuple(reason for reason in quantity.why if reason.rule not in _OLD_RULES)
    return replace(quantity, earlier=False, why=why)
