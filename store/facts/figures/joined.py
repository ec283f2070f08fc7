"""Two figures that belong together: ranges ("20 to 30"), changes ("from 14 to 20"), pairs ("78-71")."""

from __future__ import annotations

from dataclasses import replace

from store.facts.figures.ages import as_age, is_announced
from store.facts.figures.counting import count, quantity, single, tells_change
from store.facts.figures.figures import DASHES, Figure, Line, bound_start, read_figure
from store.facts.figures.measured import measured
from store.facts.model import Quantity
from store.facts.numbers.counted import Counted, is_person, read_counted
from store.facts.numbers.number import Pieces, is_number_word
from store.facts.numbers.pieces import is_glued, low_at
from store.facts.numbers.units import currency_before
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Rule

_CONTEST = word_class("contest")
_VOTES = {"vote", "votes", "voted"}
_VOTING, _DECIDED = word_class("voting"), word_class("decided")
_SPACED_DASH = " - "
_SCALES = (1e12, 1e9, 1e6, 1e3, 1e2)
_YOUNGEST, _OLDEST = 5, 110  # "adults 18-49" are ages
_MOST_APART = 3  # "fell 4,000 to 217,000" and "10 - 500" are no ranges: the second is over three times the first


def read_second(line: Line, figure: Figure) -> tuple[Figure, str] | None:
    """Return the figure joined to this one, and how: "to", "or", "and" (after "between"), "-" or " - "."""
    pieces, at = line.pieces, figure.last
    joint = _joint(pieces, figure)
    start = at + 1 + (low_at(pieces, at + 1) in {"minus", "−"})
    while start < min(at + 4, len(pieces)) and not pieces[start].is_digits and currency_before(pieces, start + 1):
        start += 1
    if joint is None or start >= len(pieces) or start in line.dated or low_at(pieces, start) in {"a", "an"}:
        return None
    piece = pieces[start]
    if not (piece.is_digits or is_number_word(piece.low)) or (
        piece.text[0] == "0" and len(piece.text) > 1 and joint == "-"
    ):
        return None
    is_money = figure.unit is not None and figure.unit.measures == "money"
    second = read_figure(line, start, is_money=is_money)  # "€1-2m"
    if second is None or second.value is None or figure.value is None:
        return None
    return second, joint


def _joint(pieces: Pieces, figure: Figure) -> str | None:
    at = figure.last
    word = low_at(pieces, at)
    if word in DASHES:
        if is_glued(pieces, at):
            is_length = figure.unit is not None and figure.unit.measures == "length"
            is_height = is_length and pieces[at - 1].is_word  # "6-foot-4"
            return None if is_height else "-"
        is_range = word in {"-", "–"} and pieces[figure.number.first].is_digits and not is_glued(pieces, at + 1)
        return _SPACED_DASH if is_range else None
    if word == "and":
        return "and" if low_at(pieces, bound_start(pieces, figure.first) - 1) == "between" else None
    return word if word in {"to", "or"} else None


def read_two(line: Line, one: Figure, two: Figure, joint: str) -> tuple[list[Quantity], int]:
    """Decide whether two joined figures are a range, a change, a pair, or nothing to do with each other."""
    pieces = line.pieces
    is_same = one.unit is None or two.unit is None or one.unit.name == two.unit.name
    is_same = is_same and one.number.is_share == two.number.is_share  # "rose by a tenth to 61 billion"
    one = _take_scale(one, two) if is_same else one
    low, high = one.value or 0.0, two.value or 0.0
    is_from = low_at(pieces, bound_start(pieces, one.first) - 1) == "from"
    if joint == "to" and is_from and tells_change(pieces, one.first):
        return _change(line, one, two)
    if joint == "to" and not is_from and _is_vote(line, one, two):
        return _pair(line, one, two)  # "voted 78 to 41"
    if joint == "-" and (low >= high or _is_contest(line, one, two)) and one.sign > 0:
        return _pair(line, one, two)
    if low > high and one.sign < 0 and two.sign < 0:  # "between minus 5 and minus 8"
        low, high = high, low
    if not is_same or low >= high or _is_apart(pieces, one, two, joint, is_from=is_from):
        return single(line, one)
    return _range(line, one, two, low, high)


def _is_apart(pieces: Pieces, one: Figure, two: Figure, joint: str, *, is_from: bool) -> bool:
    """Are the two no range? "rose 2 per cent to 14,500", "fell by 4,000 to 217,000", "one or 20"."""
    low, high = one.value or 0.0, two.value or 0.0
    if joint == "or":
        return high > 2 * low + 1
    if joint == _SPACED_DASH:
        return high > _MOST_APART * low
    if joint != "to":
        return False
    if one.unit is not None and not is_from and (two.unit is None or tells_change(pieces, one.first)):
        return True
    return not is_from and high >= _MOST_APART * low and tells_change(pieces, one.first, near=3)


def _take_scale(one: Figure, two: Figure) -> Figure:
    """Give "2" of "2 to 3 million" the scale of the figure after it."""
    a, b = one.number.value, two.number.value
    if a is None or b is None or one.number.is_scaled or not two.number.is_scaled or a >= 1000:
        return one
    scale = next((s for s in _SCALES if b >= s), 1.0)
    return replace(one, number=replace(one.number, value=a * scale, is_scaled=True)) if a < b / scale else one


def _is_contest(line: Line, one: Figure, two: Figure) -> bool:
    """Is "3-5" a score or a vote and not a range? So it is near such words and before nothing that is counted."""
    if two.unit is not None or one.unit is not None:
        return False
    near = _near(line, one, two)
    if not near & _CONTEST:
        return False
    return bool(near & _VOTES) or read_counted(line.text, line.pieces, two.last, is_one=False) is None


def _is_vote(line: Line, one: Figure, two: Figure) -> bool:
    """Are two figures without a unit the votes of two sides: "voted 78 to 41", "the motion carried 212 to 198"?"""
    near = _near(line, one, two)
    if one.unit is not None or two.unit is not None or near & _VOTES:
        return one.unit is None and two.unit is None
    is_decided = bool(near & _VOTING and near & _DECIDED)
    return is_decided and read_counted(line.text, line.pieces, two.last, is_one=False) is None


def _near(line: Line, one: Figure, two: Figure) -> set[str]:
    return {p.low for p in line.pieces[max(one.first - 8, 0) : two.last + 4]}


def _change(line: Line, one: Figure, two: Figure) -> tuple[list[Quantity], int]:
    unit = one.unit or (two.unit and replace(two.unit, rule=Rule.UNIT_OF_NEW))
    new, after = single(line, two)
    old = quantity(line, replace(one, unit=unit), one.first, one.last, earlier=True)
    if unit is None and new:
        taken = (Reason(Rule.UNIT_OF_NEW, new[0].unit),) if new[0].unit else ()
        old = replace(old, unit=new[0].unit, what=new[0].what, why=old.why + taken)
    subject = measured(line, replace(two, first=one.first), unit) if unit is not None and old.what is None else None
    if subject is not None and new:
        told = (Reason(subject.rule, subject.by),)
        old = replace(old, what=subject.what, why=old.why + told)
        new = [replace(q, what=q.what or subject.what, why=q.why if q.what else q.why + told) for q in new]
    old = replace(old, why=(*old.why, Reason(Rule.CHANGED_FROM)))
    return [old, *(replace(q, why=(*q.why, Reason(Rule.CHANGED_TO))) for q in new)], after


def _pair(line: Line, one: Figure, two: Figure) -> tuple[list[Quantity], int]:
    counted = None if two.value == 1 else count(line, two)  # "a 6-1 win"
    if counted is None and _is_vote(line, one, two):
        counted = Counted("votes", "votes", two.last, two.last, is_direct=False, rule=Rule.VOTES, by="votes")
    both = [quantity(line, figure, figure.first, figure.last, counted=counted) for figure in (one, two)]
    return [replace(found, why=(*found.why, Reason(Rule.PAIR))) for found in both], two.last


def _range(line: Line, one: Figure, two: Figure, low: float, high: float) -> tuple[list[Quantity], int]:
    pieces, unit = line.pieces, two.unit or one.unit
    first = bound_start(pieces, one.first)
    opener = {"to": "from", "and": "between"}.get(low_at(pieces, one.last))
    first -= opener is not None and low_at(pieces, first - 1) == opener
    is_age = is_announced(pieces, first) or (
        is_person(low_at(pieces, first - 1)) and low >= _YOUNGEST and high <= _OLDEST
    )
    joint = Reason(Rule.RANGE, line.printed(one.last, one.last + 1))
    if unit is None and is_age:
        ages = as_age(line, two, first, two.last, by=Reason(Rule.AGE_RANGE))
        return [_spread(ages, low, high, joint)], two.last
    whole = replace(two, unit=unit, first=one.first)
    counted: Counted | None = count(line, whole)
    last = counted.last if counted and counted.is_direct and unit is None else two.last
    return [_spread(quantity(line, whole, first, last, counted=counted), low, high, joint)], last


def _spread(found: Quantity, low: float, high: float, joint: Reason) -> Quantity:
    return replace(found, value=None, low=low, high=high, why=(joint, *found.why))
