"""What a figure takes over from the one before it: "food for nine days and water for five", "a third of them"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from store.facts.figures.figures import DASHES, is_hyphen
from store.facts.model import Quantity
from store.facts.numbers.counted import announced_unit, casualties, ends_phrase, fate_before, is_past, is_person
from store.facts.numbers.number import Pieces, number_words
from store.facts.numbers.pieces import follows, low_at
from store.facts.numbers.units import is_measure
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Rule

_OWN_UNITS = {"share", "times", "years"}  # what a figure after them counts is something else
_MEASURES = {"per cent", "percentage points", "points"}
_COMPARED = {"more", "less", "fewer", "higher", "lower", "above", "below"}
_PEOPLE_ENDINGS = ("people", "men", "ers", "ors", "ists", "ants", "ians", "folk")
_GIVERS = 4  # figures before a figure that its unit may come from
_PASSED_ON = {Rule.MEASURED_SUBJECT, Rule.MEASURED_BEFORE}
_BETWEEN = {"to", "from", "at", "or", ",", "(", "and", "down", "up"}
_THEM, _SUMS = word_class("pronouns") | {"whom"}, word_class("sums")
_OWN_SCALES, _ASIDE = word_class("own_scales"), word_class("aside")


def hand_on(pieces: Pieces, found: list[Quantity]) -> list[Quantity]:
    """Give a figure without a unit that of the one before it: "food for nine days and water for five"."""
    out: list[Quantity] = []
    for quantity in found:
        if quantity.unit is None:
            out.append(_inherit(pieces, quantity, out))
        elif quantity.what is None and out and _is_part_of_them(pieces, quantity):
            whole = _giver(pieces, out, quantity)
            out.append(quantity if whole is None else replace(quantity, what=whole.what))
        elif out:
            out.append(_with_same_subject(pieces, quantity, out[-1]))
        else:
            out.append(quantity)
    return out


def _inherit(pieces: Pieces, quantity: Quantity, before: Sequence[Quantity]) -> Quantity:
    at = _place(pieces, quantity)[0]
    announced = announced_unit(pieces, at)
    if announced:
        return _told(quantity, announced, quantity.what or announced, Reason(Rule.ANNOUNCED, announced))
    nearest = before[-1] if before else None
    if nearest is not None and nearest.what == "age" and low_at(pieces, at - 1) in {"and", ",", "or"}:
        return _told(quantity, nearest.unit, "age", Reason(Rule.AGE_LISTED))
    fate = fate_before(pieces, at)
    giver = _giver(pieces, before, quantity)
    unit = giver.unit if giver is not None else None
    if fate is not None and (unit is None or not _can_suffer(unit)):
        return _told(quantity, "people", fate, Reason(Rule.PEOPLE_FATE, fate))
    if giver is None or unit is None or not _takes(pieces, quantity, giver):
        return quantity
    what = unit if _is_named(pieces, _place(pieces, quantity)[1]) else giver.what
    if fate is not None and unit not in casualties():
        what = f"{unit} {fate}"
    return _told(quantity, unit, what, Reason(Rule.HANDED_ON, unit))


def _told(quantity: Quantity, unit: str | None, what: str | None, by: Reason) -> Quantity:
    return replace(quantity, unit=unit, what=what, why=(*quantity.why, by))


def _place(pieces: Pieces, quantity: Quantity) -> tuple[int, int]:
    """Return the first piece of *quantity* and the piece after it."""
    first = bisect_left(pieces, quantity.start, key=lambda p: p.start)
    return first, bisect_left(pieces, quantity.end, first, key=lambda p: p.start)


def _takes(pieces: Pieces, quantity: Quantity, giver: Quantity) -> bool:
    """Does *quantity*, which has no unit, take that of *giver*?"""
    at, last = _place(pieces, quantity)
    is_pair = low_at(pieces, at - 1) in DASHES or is_hyphen(pieces, at + 1)  # "1-0" has no unit
    if is_pair or quantity.what is not None or _is_of_its_own(pieces, at):
        return False
    if follows(pieces, last, "of", "them") and is_measure(giver.unit or ""):
        return False  # "shut for nine days, leaving 1,400 of them"
    is_more = low_at(pieces, last) in _COMPARED  # "1,840 crowns a month, 260 more than last year"
    return is_more or _hands_on(giver, quantity, is_named=_is_named(pieces, last))


def _with_same_subject(pieces: Pieces, quantity: Quantity, before: Quantity) -> Quantity:
    """Give "€3 billion" of "revenue climbed 8 per cent to €3 billion" the subject that the figure before it has."""
    subject = next((reason for reason in before.why if reason.rule in _PASSED_ON), None)
    if subject is None or quantity.what is not None:
        return quantity
    between = pieces[_place(pieces, before)[1] : _place(pieces, quantity)[0]]
    return _told(quantity, quantity.unit, before.what, subject) if all(p.low in _BETWEEN for p in between) else quantity


def _is_part_of_them(pieces: Pieces, quantity: Quantity) -> bool:
    """Is it "a third of them", "61 per cent of whom", a part of what was counted before?"""
    last = _place(pieces, quantity)[1]
    return quantity.unit in {"share", "per cent"} and low_at(pieces, last) == "of" and low_at(pieces, last + 1) in _THEM


def _is_of_its_own(pieces: Pieces, at: int) -> bool:
    """Is the figure at *at* not of what was counted before? "a goal difference of 14", "put the bill at 90 million"."""
    before = low_at(pieces, at - 1)
    if before == "of":
        return low_at(pieces, at - 2) in _OWN_SCALES
    return before == "at" and low_at(pieces, at - 2) in _SUMS


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
        is_age = quantity.what == "age"
        is_part = is_age or quantity.unit in {
            "share",
            "times",
        }  # "an extra 7 billion, less than half of the 15 billion"
        if not (is_aside or is_part or quantity.text.endswith(f"-{quantity.unit}")):
            return quantity
    return None


def _is_named(pieces: Pieces, at: int) -> bool:
    """Does a word that no phrase ends at follow the figure, so that it may count or measure what that word says?"""
    if at >= len(pieces) or not pieces[at].is_word:
        return at < len(pieces) and pieces[at].is_digits  # "two 3m walls"
    word = pieces[at].low
    return not (ends_phrase(word) or is_past(word) or word.endswith("ly") or word in casualties())


def _hands_on(giver: Quantity, quantity: Quantity, *, is_named: bool) -> bool:
    """Does *giver*'s unit go on to a later figure without one? Money and per cent only to the old one of a change."""
    unit = giver.unit or ""
    if unit in _OWN_UNITS:
        return False
    if not is_measure(unit):  # people and things are whole: "300 aftershocks, the strongest of which measured 5.9"
        is_alike = quantity.earlier and giver.value is not None and not giver.value.is_integer()
        return quantity.value is None or quantity.value.is_integer() or is_alike
    is_loose = unit not in _MEASURES and not (unit.isupper() and len(unit) == 3)
    is_money = unit.isupper() and quantity.text.split()[-1] in number_words("scale")  # "above the 85 million"
    return quantity.earlier or is_money or (is_loose and not is_named)
