"""What a figure is measured in: kilometres, per cent, euros; before it ("$5") and after it ("5 million euros")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from store.facts import lexicon
from store.facts.numbers.pieces import Piece, is_glued, low_at
from store.facts.rules import Rule

Pieces = tuple[Piece, ...]

# One letter is a unit only where it is glued to the digits ("19g") or stands in capitals after degrees ("14 C").
_GLUED_ONLY = {"in", "c", "f", "g", "l", "m", "w", "p", "t", "bp"}
_SMALL_ONLY = {"g", "m", "p", "pc", "t"}  # "5G" are no grams
_ALONE_ONLY = {"stone"}  # "weighs 14 stone", not "two stone walls"
_AFTER_STONE = {"and", "or", "in", "at", "to", "when", "of", "after", "but"}
_SHORT_CURRENCIES = {"Rs", "Rp", "Tk", "KSh", "Ksh", "Sh", "USh", "TSh"}
_LETTERS_OF_MONEY = {"R", "N"}  # rand and naira: "R1.2bn"
_SCALES = {"m", "bn", "tn", "million", "billion", "trillion"}
_APART_TOO = {"m", "g"}  # "1 m 20 cm", "20 g of"
_CAPITAL_APART = {"c", "f"}
_POWERS = {"2", "3"}
_LARGE = 1000  # from here on "won" and "pounds" are money


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit under its stored name, what it measures ("length", "money", ...), and the piece after it."""

    name: str
    measures: str
    last: int
    rule: Rule  # by which it was read
    by: str = ""  # the words that it was read from


_Forms = dict[str, list[tuple[tuple[str, ...], str, str, str]]]  # first word -> words, name, sort, form


def _by_first_word(rows: Iterable[tuple[str, ...]]) -> _Forms:
    """Index rows of form, name and sort by the form's first word, longest form first."""
    forms: _Forms = {}
    for form, name, sort in rows:
        words = tuple(form.split())
        forms.setdefault(words[0], []).append((words, name, sort, form))
    for found in forms.values():
        found.sort(key=lambda row: -len(row[0]))
    return forms


@cache
def _measures() -> _Forms:
    return _by_first_word(lexicon.table("units.tsv"))


@cache
def _money_after() -> _Forms:
    return _by_first_word(row for row in lexicon.table("currencies.tsv") if row[2] != "before")


@cache
def _money_before() -> dict[tuple[str, ...], str]:
    return {tuple(form.split()): code for form, code, place in lexicon.table("currencies.tsv") if place == "before"}


@cache
def _kinds() -> dict[str, str]:
    money = {row[1]: "money" for row in lexicon.table("currencies.tsv")}
    return money | {row[1]: row[2] for row in lexicon.table("units.tsv")}


def kind_of(name: str) -> str | None:
    """Return what the unit with this stored name measures: "length", "money"; None where it is no unit of measure."""
    return _kinds().get(name)


def is_measure(name: str) -> bool:
    """Is *name* the stored name of a unit of measure or a currency, and not a noun that is counted?"""
    return name in _kinds()


@cache
def units_measuring(sort: str) -> frozenset[str]:
    """Return the units, as figures have them, that measure one sort of thing: "seconds" and "weeks" of "time"."""
    return frozenset(row[1] for row in lexicon.table("units.tsv") if row[2] == sort)


def _stands(pieces: Pieces, at: int, words: tuple[str, ...]) -> bool:
    return all(low_at(pieces, at + k) == word for k, word in enumerate(words))


def read_unit(pieces: Pieces, at: int, *, value: float | None, is_scaled: bool = False) -> Unit | None:
    """Return the unit that begins at piece *at*, the longest that fits, or None. *value* is the figure before."""
    if at >= len(pieces):
        return None
    word = pieces[at].low
    is_weight = word == "pounds" and low_at(pieces, at + 1) == "of"  # "2,000 pounds of explosives"
    is_large = (is_scaled or (value is not None and value >= _LARGE)) and not is_weight
    for words, code, place, form in _money_after().get(word, ()):
        if _stands(pieces, at, words) and (place == "after" or is_large) and _is_apart_or_unit(pieces, at, word):
            return Unit(code, "money", at + len(words), Rule.CURRENCY_AFTER, form)
    for words, name, measures, form in _measures().get(word, ()):
        is_power = words[-1] in _POWERS  # "km2", but not "10 km 2 days"
        if not _stands(pieces, at, words) or (is_power and not is_glued(pieces, at + 1)):
            continue
        if len(words) > 1 or _is_apart_or_unit(pieces, at, word):
            return Unit(name, measures, at + len(words), Rule.MEASURE, form)
    return None


def _is_apart_or_unit(pieces: Pieces, at: int, word: str) -> bool:
    if word in _SMALL_ONLY and pieces[at].text != word:
        return False
    if word in _ALONE_ONLY:
        return not (at + 1 < len(pieces) and pieces[at + 1].is_word and low_at(pieces, at + 1) not in _AFTER_STONE)
    if word not in _GLUED_ONLY or is_glued(pieces, at):
        return True
    if word == "in":  # "686 mm (27.0 in)"
        return low_at(pieces, at + 1) == ")"
    if word in _APART_TOO:
        return pieces[at - 1].is_digits and low_at(pieces, at + 1) != "-"
    is_jet = low_at(pieces, at + 1) == "-"  # "two F-16s"
    return word in _CAPITAL_APART and pieces[at].is_capital and pieces[at - 1].is_digits and not is_jet


def currency_before(pieces: Pieces, at: int) -> tuple[str, int] | None:
    """Return the currency printed before the figure at *at*, and the piece it begins with: "US$", "$A", "Rs."."""
    for length in (3, 2, 1):
        first = at - length
        if first < 0:
            continue
        code = _money_before().get(tuple(p.low for p in pieces[first:at]))
        if code is not None and _is_currency(pieces, first, length):
            return code, first
    return None


def _is_large_sum(pieces: Pieces, at: int) -> bool:
    """Are the digits at *at* too large for a road or a grade? "R1.2bn" and "R4,500" are, "R21" is not."""
    return low_at(pieces, at + 1) in _SCALES or "," in pieces[at].text


def _is_currency(pieces: Pieces, first: int, length: int) -> bool:
    """Are the pieces that read like a currency one? "NZ $5", "$A5", "A$5" are; "the A $5" and "we $5" are not."""
    head = pieces[first]
    if length == 1:
        if head.text in _LETTERS_OF_MONEY:
            return is_glued(pieces, first + 1) and _is_large_sum(pieces, first + 1)
        return not head.is_word or head.text.isupper() or head.text in _SHORT_CURRENCIES
    if not head.is_word:
        return is_glued(pieces, first + 1) and pieces[first + 1].text.isupper()
    is_country = len(head.text) > 1 and head.text.isupper() and head.text != "US"  # "in the US $5 million went"
    return head.is_capital and (is_country or is_glued(pieces, first + 1))
