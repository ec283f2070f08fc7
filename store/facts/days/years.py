"""Years, decades and centuries: "2019", "since 1992", "2019-20", "the 1990s", "the 19th century"."""

from __future__ import annotations

from store.facts import lexicon
from store.facts.days.calendar import decade_of, year_of, years_of
from store.facts.days.dated import Found, Line
from store.facts.days.days import read_year_number
from store.facts.numbers.counted import ends_phrase, is_person, is_plural
from store.facts.numbers.number import Pieces
from store.facts.numbers.pieces import is_glued, low_at
from store.facts.numbers.units import currency_before, read_unit
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Reason, Rule

_DASHES = {"-", "–", "—", "‑"}
_APOSTROPHES = {"'", "’", "‘"}
_ORDINALS = word_class("ordinal_endings")
_OPENERS = word_class("year_openers")
_CLEAR_YEARS = range(1900, 2100)  # need no word before them
_YEARS = range(1000, 2200)
_TENS = {"thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980,
         "nineties": 1990}  # fmt: skip
_DECADE_OPENERS = {"the", "early", "mid", "late", "-"}  # "in his eighties" is an age
_NUMBERED = lexicon.word_set("numbered_names.txt")
_CENTURIES = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20}


def read_decade(line: Line, at: int) -> Found | None:
    """ "the 1990s", "'90s", "the eighties", "the 19th century"."""
    pieces = line.pieces
    if pieces[at].low in _TENS and low_at(pieces, at - 1) in _DECADE_OPENERS:
        return Found(at + 1, decade_of(_TENS[pieces[at].low]), "decade", (Reason(Rule.DECADE),))
    return _decade_in_digits(line, at + (pieces[at].low in _APOSTROPHES and is_glued(pieces, at + 1)))


def _decade_in_digits(line: Line, at: int) -> Found | None:
    pieces, piece = line.pieces, line.pieces[at]
    if piece.low in _CENTURIES and low_at(pieces, at + 1) == "century":
        return _century(at + 2, _CENTURIES[piece.low])
    if not piece.text.isdecimal() or len(piece.text) > 4 or not is_glued(pieces, at + 1):
        return None
    number, suffix = int(piece.text), low_at(pieces, at + 1)
    if suffix in _ORDINALS and low_at(pieces, at + 2) == "century":
        return _century(at + 3, number)
    if suffix != "s" or number % 10:
        return None
    if len(piece.text) == 4 and number in _YEARS:
        return Found(at + 2, decade_of(number), "decade", (Reason(Rule.DECADE),))
    is_short = len(piece.text) == 2 and low_at(pieces, at - 1) in _APOSTROPHES
    return Found(at + 2, decade_of(1900 + number), "decade", (Reason(Rule.DECADE),)) if is_short else None


def _century(last: int, number: int) -> Found | None:
    if not 1 <= number <= 30:
        return None
    return Found(last, years_of(100 * number - 99, 100 * number), "century", (Reason(Rule.CENTURY),))


def read_year(line: Line, at: int) -> Found | None:
    """ "2019", "in 1992", "fiscal 2024", "2019-20"; not "2000 people", "1,500" or "Resolution 2202"."""
    pieces, piece = line.pieces, line.pieces[at]
    if piece.low == "fiscal":
        printed = read_year_number(pieces, at + 1 + (low_at(pieces, at + 1) == "year"))
        return _year_or_years(pieces, printed[1] - 1, printed[0]) if printed else None
    if not piece.text.isdecimal() or len(piece.text) != 4:
        return None
    year = int(piece.text)
    if year not in (_YEARS if _is_opened(pieces, at) else _CLEAR_YEARS) or counts(pieces, at):
        return None
    return _year_or_years(pieces, at, year)


def _year_or_years(pieces: Pieces, at: int, year: int) -> Found:
    """Return the *year* printed at *at*, with the one that "2019-20" runs into."""
    if low_at(pieces, at + 1) in _DASHES | {"/"} and is_glued(pieces, at + 1) and is_glued(pieces, at + 2):
        short = pieces[at + 2].text
        if short.isdecimal() and len(short) == 2 and (int(short) > year % 100 or year % 100 == 99):
            final = year - year % 100 + int(short)
            final += 100 * (final <= year)
            return Found(at + 3, years_of(year, final), "year", (Reason(Rule.YEARS),))
    return Found(at + 1, year_of(year), "year", (Reason(Rule.YEAR),))


def _is_opened(pieces: Pieces, at: int) -> bool:
    before = low_at(pieces, at - 1)
    return before in _OPENERS or (before == "to" and low_at(pieces, at - 2) in {"back", "dates", "dating"})


def counts(pieces: Pieces, at: int) -> bool:
    """Are the four digits at *at* a count, a price or part of a name, and not a year?"""
    before, after = low_at(pieces, at - 1), low_at(pieces, at + 1)
    if currency_before(pieces, at) or read_unit(pieces, at + 1, value=1000) is not None:
        return True
    if is_glued(pieces, at) and (pieces[at - 1].is_word or before in set(".,/#+:")):
        return True
    if is_glued(pieces, at + 1) and (pieces[at + 1].is_word or after in {":", "%"}):
        return True
    if (is_person(after) and is_plural(after)) or (before in _NUMBERED and before not in {"year", "season"}):
        return True
    return int(pieces[at].text) % 100 == 0 and is_plural(after) and not ends_phrase(after) and before != "the"
