"""The figures of a sentence: value, bounds, unit and of what, as a desk editor would list them.

A figure that is part of a date is left to the dates; one that is part of a name ("iPhone 11") is no figure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from store.facts import lexicon
from store.facts.counted import (
    Counted,
    announced_unit,
    casualties,
    fate_before,
    group_unit,
    is_past,
    is_person,
    names_counted,
    read_compound,
    read_counted,
)
from store.facts.model import Quantity, When
from store.facts.numbered import counts_nothing
from store.facts.numbers import Number, is_number_word, read_number
from store.facts.pieces import Piece, cut, is_glued, low_at
from store.facts.tense import tells_time
from store.facts.units import Unit, currency_before, read_unit

Pieces = tuple[Piece, ...]

_DASHES = {"-", "‑", "–", "—", "−"}
_CONTEST = {
    "win", "won", "beat", "lost", "lose", "defeat", "defeated", "victory", "voted", "vote", "votes", "draw", "drew", "lead", "led",
    "trailing", "trailed", "passed", "approved", "rejected", "score", "scored", "set", "sets", "ruled", "margin", "tie", "tied",
}  # fmt: skip
_WEAK_CUES = {"from", "against", "versus", "vs"}  # tell of an old figure only after a word of change
_MORE = {"more", "other", "new", "additional", "further", "extra", "such"}
_LONGEST_BOUND = 5  # words in the longest phrase of bounds.tsv, and one more


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence being read; `dated` are the pieces that belong to dates."""

    text: str
    pieces: Pieces
    dated: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure with its unit, before it is known what it counts: `pieces[first:last]` with sign, currency and unit."""

    number: Number
    first: int
    last: int
    unit: Unit | None = None
    sign: int = 1


def find_quantities(text: str, start: int, end: int, *, dates: Sequence[When] = ()) -> tuple[Quantity, ...]:
    """Return the figures of `text[start:end]` in order, none overlapping another or one of *dates*.

    Offsets are into the whole text. A pair such as "78-71" is two quantities; a range is one, with `low` and `high`.
    """
    pieces = cut(text, start, end)
    dated = frozenset(k for k, p in enumerate(pieces) if any(d.start < p.end and p.start < d.end for d in dates))
    line = _Line(text, pieces, dated)
    found: list[Quantity] = []
    at = 0
    while at < len(pieces):
        quantities, after = _read(line, at)
        found += quantities
        at = max(after, at + 1)
    return tuple(_drop_lone_earlier(_inherit_units(line, found)))


def _read(line: _Line, at: int) -> tuple[list[Quantity], int]:
    """Return the quantities that begin with the number at piece *at*, and the piece after them."""
    piece = line.pieces[at]
    if at in line.dated or not (piece.is_digits or piece.text in "½¼¾⅓⅔" or is_number_word(piece.low)):
        return [], at + 1
    figure = _figure(line, at)
    if figure is None:
        return [], at + 1
    if counts_nothing(line.pieces, figure.number, has_currency=figure.unit is not None and figure.first < at):
        return [], figure.number.last if figure.number.is_share else at + 1
    age = _age(line, figure)
    if age:
        return [age], figure.last
    second = _second(line, figure)
    if second is None:
        return _single(line, figure)
    return _two(line, figure, second)


# ---- one figure


def _figure(line: _Line, at: int) -> _Figure | None:
    """Read the number at *at* with its currency, sign and unit of measure."""
    pieces = line.pieces
    money = currency_before(pieces, at)
    number = read_number(pieces, at, is_money=money is not None)
    if number is None or any(k in line.dated for k in range(number.first, number.last)):
        return None
    first = money[1] if money else at
    sign, first = _sign(pieces, first)
    if money:
        after = read_unit(pieces, number.last, value=number.value, is_scaled=True)
        last = after.last if after and after.measures == "money" else number.last
        return _Figure(number, first, last, Unit(money[0], "money", last), sign)
    return _with_unit(line, _Figure(number, first, number.last, None, sign))


def _with_unit(line: _Line, figure: _Figure) -> _Figure:
    pieces, number = line.pieces, figure.number
    at = number.last
    if low_at(pieces, at) in _DASHES and is_glued(pieces, at) and is_glued(pieces, at + 1):
        at += 1
    vague = at == number.last and (number.value is None or number.is_scaled) and low_at(pieces, at) == "of"
    unit = read_unit(pieces, at + vague, value=number.value or number.low, is_scaled=number.is_scaled)
    if unit is None or any(k in line.dated for k in range(at, unit.last)):
        return figure
    return replace(figure, unit=unit, last=unit.last)


def _sign(pieces: Pieces, first: int) -> tuple[int, int]:
    """Return -1 or 1, and the piece that the signed figure begins with."""
    before = low_at(pieces, first - 1)
    if before == "minus":
        return -1, first - 1
    if before in {"-", "−", "–"} and is_glued(pieces, first) and not is_glued(pieces, first - 1):
        return -1, first - 1
    return 1, first


def _age(line: _Line, figure: _Figure) -> Quantity | None:
    """Read "52-year-old", "aged 52" and the 34 of "Jane Doe, 34,"; the unit is years, the what is "age"."""
    pieces, number = line.pieces, figure.number
    if number.value is None or number.is_share or not 0 <= number.value <= 130:
        return None
    is_years = figure.unit is not None and figure.unit.measures == "time"
    old_at = figure.last + (low_at(pieces, figure.last) in _DASHES)
    if is_years and low_at(pieces, old_at) in {"old", "olds"}:
        return _quantity(line, figure, first=figure.first, last=old_at + 1, what="age")
    if figure.unit is not None or not (number.is_bare or number.in_words):
        return None
    if _is_apposed_age(pieces, number) or _is_bound_age(pieces, figure):
        aged = replace(figure, unit=Unit("years", "time", number.last))
        return _quantity(line, aged, first=_bound_start(pieces, figure.first), last=number.last, what="age")
    return None


def _is_apposed_age(pieces: Pieces, number: Number) -> bool:
    """ "Jane Doe, 34," and "aged 52", not a list of scores; "aged 18 to 24" is read as a range."""
    closing = low_at(pieces, number.last)
    if low_at(pieces, number.first - 1) == "aged":
        return closing not in {"to", "-", "–"}
    if low_at(pieces, number.first - 1) != "," or number.first < 2 or not number.is_bare or (number.value or 0) < 5:
        return False
    is_closed = closing in {",", ";", ".", ")"} and not _is_decimal_point(pieces, number.last)
    return is_closed and _is_name_word(pieces[number.first - 2])


def _is_bound_age(pieces: Pieces, figure: _Figure) -> bool:
    """ "children under five", "a patient older than 80", "most are under 30"."""
    if low_at(pieces, figure.first - 1) == "than":
        return low_at(pieces, figure.first - 2) in {"older", "younger"}
    if low_at(pieces, figure.first - 1) not in {"under", "over"} or names_counted(pieces, figure.last):
        return False
    before = low_at(pieces, figure.first - 2)
    return is_person(before) or before in {"are", "aged", "those", "anyone", "everyone", "anybody"}


def _is_name_word(piece: Piece) -> bool:
    return piece.is_word and piece.is_capital and len(piece.text) > 1


def _is_decimal_point(pieces: Pieces, at: int) -> bool:
    return is_glued(pieces, at) and is_glued(pieces, at + 1) and pieces[at + 1].is_digits


# ---- two figures that belong together


def _second(line: _Line, figure: _Figure) -> tuple[_Figure, str] | None:
    """Return the figure joined to this one, and how: "to", "or", "and" (after "between") or "-"."""
    pieces, at = line.pieces, figure.last
    joint = low_at(pieces, at)
    if joint in _DASHES:
        if not is_glued(pieces, at) and joint in {"-", "—"}:
            return None
        joint = "-"
    elif joint == "and":
        if low_at(pieces, _bound_start(pieces, figure.first) - 1) != "between":
            return None
    elif joint not in {"to", "or"}:
        return None
    start = at + 1
    while (
        start < len(pieces) and start <= at + 3 and currency_before(pieces, start + 1) and not pieces[start].is_digits
    ):
        start += 1
    if start >= len(pieces) or start in line.dated or low_at(pieces, start) in {"a", "an"}:
        return None
    piece = pieces[start]
    if not (piece.is_digits or is_number_word(piece.low)):
        return None
    second = _figure(line, start)
    if second is None or second.number.value is None or figure.number.value is None:
        return None
    is_height = joint == "-" and figure.unit is not None and pieces[at - 1].is_word  # "6-foot-4"
    if is_height or (joint == "-" and piece.is_digits and piece.text.startswith("0")):
        return None
    return second, joint


def _two(line: _Line, one: _Figure, joined: tuple[_Figure, str]) -> tuple[list[Quantity], int]:
    """Decide whether two joined figures are a range, a change, a pair, or nothing to do with each other."""
    two, joint = joined
    pieces = line.pieces
    if one.unit is None or two.unit is None or one.unit.name == two.unit.name:
        one = _take_scale(one, two)
    low, high = _value(one), _value(two)
    assert low is not None and high is not None
    is_from = low_at(pieces, _bound_start(pieces, one.first) - 1) == "from"
    is_same = one.unit is None or two.unit is None or one.unit.name == two.unit.name
    if joint == "to" and is_from and _tells_change(pieces, one.first):
        return _change(line, one, two)
    is_range = (
        is_same
        and low < high
        and (joint != "or" or high <= 2 * low + 1)
        and not (joint == "to" and one.unit and not two.unit)
    )
    if joint == "-" and (low >= high or _is_contest(line, one, two)):
        return _pair(line, one, two)
    is_moved = joint == "to" and not is_from and high >= 3 * low and _tells_change(pieces, one.first, near=3)
    if (
        is_range
        and not is_moved
        and not (joint == "to" and not is_from and one.unit is not None and _tells_change(pieces, one.first))
    ):
        return _range(line, one, two, is_from=is_from)
    return _single(line, one)


def _take_scale(one: _Figure, two: _Figure) -> _Figure:
    """Give "2" of "2 to 3 million" the scale of the figure after it."""
    a, b = one.number.value, two.number.value
    if a is None or b is None or one.number.is_scaled or not two.number.is_scaled or a >= 1000:
        return one
    scale = next((s for s in (1e12, 1e9, 1e6, 1e3, 1e2) if b >= s), 1.0)
    return replace(one, number=replace(one.number, value=a * scale, is_scaled=True)) if a < b / scale else one


def _tells_change(pieces: Pieces, at: int, *, near: int = 10) -> bool:
    """Is there a word of change, such as "rose", among the *near* pieces before *at*?"""
    return any(pieces[k].low in _change_words() for k in range(max(at - near, 0), at))


@cache
def _change_words() -> frozenset[str]:
    return frozenset(lexicon.lines("change_words.txt"))


def _is_contest(line: _Line, one: _Figure, two: _Figure) -> bool:
    """Is "3-5" a score or a vote and not a range? So it is near such words and before nothing that is counted."""
    if two.unit is not None or one.unit is not None:
        return False
    near = line.pieces[max(one.first - 8, 0) : two.last + 4]
    if not any(p.low in _CONTEST for p in near):
        return False
    return read_counted(line.text, line.pieces, two.last, is_one=False) is None or any(
        p.low in {"vote", "votes"} for p in near
    )


def _change(line: _Line, one: _Figure, two: _Figure) -> tuple[list[Quantity], int]:
    unit = one.unit or two.unit
    old = _quantity(line, replace(one, unit=unit), first=one.first, last=one.last, earlier=True)
    new, after = _single(line, two)
    if unit is None and new[0].unit:
        old = replace(old, unit=new[0].unit, what=new[0].what)
    return [old, *new], after


def _pair(line: _Line, one: _Figure, two: _Figure) -> tuple[list[Quantity], int]:
    counted = _count(line, two)
    unit, what = (counted.unit, counted.what) if counted else (None, None)
    first = _quantity(line, one, first=one.first, last=one.last, unit=unit, what=what)
    second = _quantity(line, two, first=two.first, last=two.last, unit=unit, what=what)
    return [first, second], two.last


def _range(line: _Line, one: _Figure, two: _Figure, *, is_from: bool) -> tuple[list[Quantity], int]:
    pieces = line.pieces
    unit = two.unit or one.unit
    start = _bound_start(pieces, one.first)
    if is_from or low_at(pieces, start - 1) == "between":
        start -= 1
    if low_at(pieces, start - 1) in {"aged", "ages"} and unit is None:
        aged = _quantity(
            line, replace(two, unit=Unit("years", "time", two.last)), first=start, last=two.last, what="age"
        )
        return [replace(aged, value=None, low=_value(one), high=_value(two))], two.last
    counted = _count(line, replace(two, unit=unit))
    last = counted.last if counted and counted.is_direct and unit is None else two.last
    quantity = _quantity(
        line, replace(two, unit=unit), first=start, last=last, unit=counted.unit if counted else None,
        what=counted.what if counted else None,
    )  # fmt: skip
    return [replace(quantity, value=None, low=_value(one), high=_value(two))], last


# ---- what it comes to


def _single(line: _Line, figure: _Figure) -> tuple[list[Quantity], int]:
    pieces = line.pieces
    start = _bound_start(pieces, figure.first)
    counted = _count(line, figure)
    if figure.number.value == 0.5 and low_at(pieces, figure.number.last - 1) in {"a", "an"} and figure.unit is None:
        return [], figure.number.last  # "half a chance"
    last = figure.last
    if counted and counted.is_direct and figure.unit is None:
        last = counted.last
    quantity = _quantity(
        line,
        figure,
        first=start,
        last=last,
        unit=counted.unit if counted else None,
        what=counted.what if counted else None,
    )
    return [quantity], last


def _count(line: _Line, figure: _Figure) -> Counted | None:
    """Read what *figure* counts. With a unit of measure it is the thing measured: "border" of "970-km border"."""
    pieces, number = line.pieces, figure.number
    if figure.unit is not None:
        return _measured(line, figure)
    at = number.last
    if low_at(pieces, at) in _DASHES and is_glued(pieces, at) and is_glued(pieces, at + 1) and pieces[at + 1].is_word:
        return read_compound(line.text, pieces, at + 1)
    if pieces[number.first].low.endswith("fold") or pieces[number.first].low == "twice":
        return Counted("times", "times", at, at, is_direct=False)
    at += low_at(pieces, at) in _MORE and not number.is_share
    counted = read_counted(line.text, pieces, at, is_one=number.value == 1, is_vague=number.value is None)
    group = group_unit(pieces, figure.first)
    if group and (counted is None or not is_person(counted.unit)):
        return Counted(group, group, at, at, is_direct=False)
    if counted is None or any(k in line.dated for k in range(counted.first, counted.last)):
        return None
    fate = fate_before(pieces, _bound_start(pieces, figure.first))
    if fate and fate not in counted.what.split():
        counted = replace(counted, what=f"{counted.what} {fate}")
    return replace(counted, unit="share") if number.is_share else counted


def _measured(line: _Line, figure: _Figure) -> Counted | None:
    pieces, at = line.pieces, figure.last
    assert figure.unit is not None
    if low_at(pieces, at) == "(":  # "970-km (603-mile) border"
        close = next((k for k in range(at, min(at + 8, len(pieces))) if pieces[k].text == ")"), None)
        at = at if close is None else close + 1
    elif low_at(pieces, at) == ")":
        at += 1
    if low_at(pieces, at) in {"a", "an", "per"} and figure.unit.measures == "money" and at + 1 < len(pieces):
        rate = line.text[pieces[at].start : pieces[at + 1].end]  # "$78 a barrel"
        return Counted(figure.unit.name, rate, at, at + 2, is_direct=False)
    if low_at(pieces, at) in {"in", "for"} and figure.unit.measures != "money":
        return None
    is_phrase = low_at(pieces, at) in {"of", "in", "for"}
    at += is_phrase
    words: list[int] = []
    for k in range(at, min(at + 6, len(pieces))):
        word = pieces[k]
        if k in line.dated or (not word.is_word and word.low not in {"'s", "’s", "-"}):
            break
        if word.low in {"the", "its", "their", "his", "her", "a", "an", "all"} and not words and is_phrase:
            continue
        if word.low in _phrase_ends() or (words and (is_past(word.low) or tells_time(word.low))):
            break
        words.append(k)
    if words and pieces[words[-1]].low in {"time", "year", "times"}:  # "for the first time", "year on year"
        return None
    if not words:
        return None
    return Counted(
        figure.unit.name, line.text[pieces[words[0]].start : pieces[words[-1]].end], words[0], words[-1] + 1, False
    )


@cache
def _phrase_ends() -> frozenset[str]:
    return frozenset(lexicon.lines("phrase_ends.txt"))


def _value(figure: _Figure) -> float | None:
    value = figure.number.value
    return None if value is None else figure.sign * value


def _quantity(
    line: _Line,
    figure: _Figure,
    *,
    first: int,
    last: int,
    unit: str | None = None,
    what: str | None = None,
    earlier: bool = False,
) -> Quantity:
    """Build the quantity that is printed in `pieces[first:last]`."""
    pieces, number = line.pieces, figure.number
    start, end = pieces[first].start, pieces[last - 1].end
    value, effect = _value(figure), _effect(pieces, figure.first)
    low, high = number.low, number.high
    if value is not None and effect == "low":
        low = value
    elif value is not None and effect == "high":
        high = value
    measured = figure.unit.name if figure.unit else None
    return Quantity(
        text=line.text[start:end], start=start, end=end, value=value, low=low, high=high,
        unit=measured or ("share" if number.is_share else unit), what=what,
        approximate=number.approximate or effect in {"about", "under", "over"},
        earlier=earlier or _is_earlier(pieces, first),
    )  # fmt: skip


# ---- words before the figure


@cache
def _bounds() -> dict[tuple[str, ...], str]:
    return {tuple(phrase.split()): effect for phrase, effect in lexicon.table("bounds.tsv")}


def _bound(pieces: Pieces, first: int) -> tuple[int, str]:
    """Return where the words that bound the figure at *first* begin, and their effect ("" when there are none)."""
    for length in range(min(_LONGEST_BOUND, first), 0, -1):
        effect = _bounds().get(tuple(p.low for p in pieces[first - length : first]))
        if effect:
            return first - length, effect
    return first, ""


def _bound_start(pieces: Pieces, first: int) -> int:
    return _bound(pieces, first)[0]


def _effect(pieces: Pieces, first: int) -> str:
    return _bound(pieces, first)[1]


@cache
def _earlier_cues() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(line.split()) for line in lexicon.lines("earlier_cues.txt"))


def _is_earlier(pieces: Pieces, first: int) -> bool:
    """Is the figure at *first* the old one of a change? "up from 14", "rather than the 1,800"."""
    at = first
    while at and pieces[at - 1].low in {
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "her",
        "about",
        "nearly",
        "some",
        "around",
    }:
        at -= 1
    for length in (4, 3, 2, 1):
        if tuple(p.low for p in pieces[max(at - length, 0) : at]) in _earlier_cues():
            return length > 1 or pieces[at - 1].low not in _WEAK_CUES or _tells_change(pieces, at - 1)
    return False


# ---- units left out


def _inherit_units(line: _Line, found: list[Quantity]) -> list[Quantity]:
    """Give a figure without a unit that of the one before it: "food for nine days and water for five"."""
    out: list[Quantity] = []
    for quantity in found:
        if quantity.unit is None:
            quantity = _inherit(line, quantity, out[-1] if out else None)
        out.append(quantity)
    return out


def _drop_lone_earlier(found: list[Quantity]) -> list[Quantity]:
    """An old figure needs a new one of its kind beside it: there is none in "45 points from 19 games"."""
    units = [q.unit for q in found]
    return [replace(q, earlier=False) if q.earlier and q.unit and units.count(q.unit) == 1 else q for q in found]


def _inherit(line: _Line, quantity: Quantity, before: Quantity | None) -> Quantity:
    at = bisect_left(line.pieces, quantity.start, key=lambda p: p.start)
    announced = announced_unit(line.pieces, at)
    if announced:
        return replace(quantity, unit=announced, what=quantity.what or announced)
    if before is not None and before.what == "age" and low_at(line.pieces, at - 1) in {"and", ",", "or"}:
        return replace(quantity, unit=before.unit, what="age")
    fate = fate_before(line.pieces, at)
    if fate and (before is None or before.unit is None):
        return replace(quantity, unit="people", what=fate)
    if before is None or before.unit is None or before.unit in {"share", "times", "years"}:
        return quantity
    is_measure = before.unit in {"per cent", "percentage points", "points"} or before.unit.isupper()
    if is_measure and not quantity.earlier:
        return quantity
    what = before.what if fate is None or before.unit in casualties() else f"{before.unit} {fate}"
    return replace(quantity, unit=before.unit, what=quantity.what or what)
