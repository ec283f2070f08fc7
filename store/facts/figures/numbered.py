"""Numbers that count nothing: parts of names ("iPhone 11", "the 201st base"), years, clock times, telephone numbers."""

from __future__ import annotations

from store.facts import lexicon
from store.facts.days.calendar import month_number
from store.facts.days.clocks import is_point_time
from store.facts.numbers.counted import ends_phrase, is_past, is_person, is_plural
from store.facts.numbers.number import Number, Pieces, is_number_word
from store.facts.numbers.pieces import follows, is_glued, low_at
from store.facts.numbers.units import read_unit
from store.facts.numbers.word_classes import word_class

_YEARS = range(1000, 2200)
_DASHES = {"-", "‑", "–", "−"}
_JOINTS = {"and", "or", "to"}
_FAR = 30  # pieces to look for the figure that "one" is counted against
_CLOCK_MARKS, _VERBS_OF_COUNTED = word_class("clock_marks"), word_class("verbs_of_counted")
_COMPOUNDS, _NUMBERED_SHORT = word_class("small_compounds"), word_class("numbered_short")
_STRESS_BEFORE_ONE, _NO_ONE = word_class("stress_before_one"), word_class("no_one")
_NUMBERED = lexicon.word_set("numbered_names.txt")
_STREETS, _ERAS, _ORDINALS = word_class("streets"), word_class("eras"), word_class("ordinal_endings")
_PAST_THE_HOUR = word_class("past_the_hour")
_OF_ONE = {"was", "is", "has"}  # "the Stoxx 600 was down"
_COUNTING_PREFIXES = {"minus", "sub"}  # "minus-5 yards", "sub-2 per cent growth"
_ODDS = word_class("odds")
_NOT_COUNTED_BY_ONE, _SPEECH = word_class("not_counted_by_one"), word_class("speech")


def counts_nothing(pieces: Pieces, number: Number, *, has_currency: bool) -> bool:
    """Is *number* part of a name, a year, a time, a code or a pronoun, and so no figure?"""
    if has_currency:
        return False
    piece = pieces[number.first]
    is_hour = _is_hour(pieces, number.last) or _is_past_hour(pieces, number)
    if is_hour or _is_dated(pieces, number) or _is_note(pieces, number):
        return True
    if piece.is_digits:
        return (
            _is_glued_name(pieces, number)
            or (number.is_share and low_at(pieces, number.last) in _ODDS)  # "4/6 favourites"
            or _is_clock(pieces, number)
            or is_point_time(pieces, number.first)
            or _is_telephone(pieces, number)
            or _is_name(pieces, number)
            or (low_at(pieces, number.first - 1) == "of" and pieces[number.first - 2].text == "Group")  # "Group of 20"
            or _is_year(pieces, number)
            or _is_address(pieces, number)
        )
    if piece.low == "one" and number.last == number.first + 1:
        return not _is_counting_one(pieces, number.first)
    return _is_word_in_name(pieces, number)


def _is_dated(pieces: Pieces, number: Number) -> bool:
    """Part of a date that could not be resolved: "July 28", "28th of July", "4 February", "four years ago"."""
    first, last = number.first, number.last
    if any(low_at(pieces, k) == "ago" for k in (last, last + 1)) or low_at(pieces, last) in _ERAS:
        return True
    if number.value is None or number.value > 31 or not number.is_bare:
        return False
    month_at = first - 1 - (low_at(pieces, first - 1) == ".")
    if month_at >= 0 and pieces[month_at].is_capital and month_number(pieces[month_at].low):
        return read_unit(pieces, last, value=number.value) is None and not _counts_noun(pieces, last)
    for k in (last, last + 1, last + 2):
        if k < len(pieces) and pieces[k].is_capital and month_number(pieces[k].low):
            return all(pieces[m].low in _ORDINALS | {"of"} for m in range(last, k))
    return False


def _is_hour(pieces: Pieces, at: int) -> bool:
    """ "two o'clock", "four in the morning"."""
    return (low_at(pieces, at) == "o" and low_at(pieces, at + 2) == "clock") or (
        follows(pieces, at, "in", "the") and low_at(pieces, at + 2) in {"morning", "afternoon", "evening"}
    )


def _is_past_hour(pieces: Pieces, number: Number) -> bool:
    """Is it the hour of "half past six" and "a quarter to 6", or the minutes of "ten past six"?"""
    before, joint = low_at(pieces, number.first - 2), low_at(pieces, number.first - 1)
    if (joint == "past" and before in _PAST_THE_HOUR) or (joint == "to" and before == "quarter"):
        return True
    return low_at(pieces, number.last) == "past" and is_number_word(low_at(pieces, number.last + 1))


def _is_note(pieces: Pieces, number: Number) -> bool:
    """ "[12]", "[note 3]": a mark that points to a note."""
    return low_at(pieces, number.last) == "]" and "[" in {low_at(pieces, number.first - k) for k in (1, 2)}


def _is_glued_name(pieces: Pieces, number: Number) -> bool:
    """ "G20", "A380", "F-16", "under-21", "201st", "5G", "49ers", "24/7": glued to letters that are no unit."""
    first, last = number.first, number.last
    if is_glued(pieces, first) and _is_glued_before(pieces, first):
        return True
    if not is_glued(pieces, last) or number.last == len(pieces):
        return False
    after = pieces[last]
    if after.text in _DASHES and is_glued(pieces, last + 1) and pieces[last + 1].low in _COMPOUNDS:
        return True
    if after.text in "/:" and is_glued(pieces, last + 1):
        return True
    return after.is_word and read_unit(pieces, last, value=number.value) is None


def _is_glued_before(pieces: Pieces, first: int) -> bool:
    """Is the number at *first* glued to a name before it: "G20", "F-16", "A350-900"? "sub-2" is not."""
    before = pieces[first - 1]
    if before.is_word or before.text in "/#@_":
        return True
    if before.text == "(" and is_glued(pieces, first - 1):
        return pieces[first - 2].is_digits  # "Article 5(2)"
    if before.text not in _DASHES or not is_glued(pieces, first - 1):
        return False
    named = pieces[first - 2]
    if named.is_digits:
        return is_glued(pieces, first - 2) and pieces[first - 3].is_word
    return named.is_word and named.low not in _COUNTING_PREFIXES


def _is_clock(pieces: Pieces, number: Number) -> bool:
    """ "18:00", "6 p.m.", "7pm", "0600 GMT"; the minutes of "18:00" too."""
    first, last = number.first, number.last
    if low_at(pieces, first - 1) == ":" and is_glued(pieces, first) and first >= 2 and pieces[first - 2].is_digits:
        return True
    after = low_at(pieces, last)
    if after == ":" and is_glued(pieces, last) and is_glued(pieces, last + 1) and pieces[last + 1].is_digits:
        return True
    if after in {"a", "p"} and low_at(pieces, last + 1) == "." and low_at(pieces, last + 2) == "m":
        return True
    return after in _CLOCK_MARKS and not (after == "hrs" and not number.is_bare)


def _is_telephone(pieces: Pieces, number: Number) -> bool:
    """Part of "+44 20 7946 0958" or "555-0123": a plus, or a group with a zero in front close by."""
    first = number.first
    if low_at(pieces, first - 1) == "+" and is_glued(pieces, first):
        return len(pieces[first].text) > 3 or (first + 1 < len(pieces) and pieces[first + 1].is_digits)
    for k in range(max(first - 4, 0), min(first + 5, len(pieces))):
        piece = pieces[k]
        if (
            not first <= k < number.last
            and piece.is_digits
            and len(piece.text) >= 3
            and piece.text[0] == "0"
            and "." not in piece.text
        ):
            between = pieces[min(k, first) + 1 : max(k, first)]
            if all(p.is_digits or p.text in "-–() " for p in between):
                return True
    return False


def _is_name(pieces: Pieces, number: Number) -> bool:
    """ "Article 5", "Boeing 737", "phase 2", "No. 3"; not "Article 5 metres long" or "in Kabul 20 were killed"."""
    first = number.first
    before = pieces[first - 1] if first else None
    if before is None:
        return False
    if not before.is_word:
        return before.text in {"#", "§", "№"} or (before.text == "." and low_at(pieces, first - 2) in _NUMBERED_SHORT)
    is_plain = not number.is_scaled and (number.is_bare or "." in pieces[first].text)
    if not is_plain or read_unit(pieces, number.last, value=number.value) is not None:
        return False
    if before.low in _JOINTS and low_at(pieces, first - 3) in _NUMBERED:
        return pieces[first - 2].is_digits  # "junctions 4 and 6"
    if before.low in _NUMBERED:
        return before.text != before.low or not _counts_noun(pieces, number.last)  # "iPhone 12 Mini deals"
    return number.is_bare and _is_capital_name(pieces, first - 1) and not _is_counted(pieces, number.last)


def _is_capital_name(pieces: Pieces, at: int) -> bool:
    """Is the word at *at*, not the first of its sentence, one that a number belongs to? "Starship 7", "S&P 500"."""
    word = pieces[at]
    is_first = at == 0 or pieces[at - 1].text in '.:“"‘'
    is_letter = len(word.text) == 1 and low_at(pieces, at - 1) != "&"
    return word.text != word.low and not is_first and not is_letter and not ends_phrase(word.low)


def _is_counted(pieces: Pieces, at: int) -> bool:
    """Does what follows a number say that it counts: a verb as in "in Kabul 20 were killed", a noun, a range?"""
    after = low_at(pieces, at)
    return (after in _VERBS_OF_COUNTED and after not in _OF_ONE) or after in {"-", "–", "%"} or _counts_noun(pieces, at)


def _counts_noun(pieces: Pieces, at: int) -> bool:
    """Does a plural noun in lower case stand within three words of *at*?"""
    for k in range(at, min(at + 3, len(pieces))):
        word = pieces[k]
        if not word.is_word or ends_phrase(word.low):
            return False
        if is_plural(word.low) and not word.is_capital:
            return True
    return False


def _is_year(pieces: Pieces, number: Number) -> bool:
    """Four bare digits that could be a year and stand before nothing that they would count."""
    if not number.is_bare or number.last != number.first + 1 or len(pieces[number.first].text) != 4:
        return False
    if number.value is None or int(number.value) not in _YEARS:
        return False
    if read_unit(pieces, number.last, value=number.value) is not None:
        return False
    after = low_at(pieces, number.last)
    if is_person(after) and is_plural(after):
        return False
    is_round = number.value % 100 == 0 or number.value < 1900
    return not (is_round and _counts_noun(pieces, number.last))


def _is_address(pieces: Pieces, number: Number) -> bool:
    """ "10 Downing Street"."""
    at = number.last
    if at >= len(pieces) or not number.is_bare or not pieces[at].is_capital:
        return False
    after = pieces[at + 1 : at + 3]
    return any(p.low in _STREETS and p.is_capital for p in after)


def _is_counting_one(pieces: Pieces, at: int) -> bool:
    """Is "one" at *at* a figure? Where counted against another, of people, or stressed; not "one of", "one day"."""
    before, after = low_at(pieces, at - 1), low_at(pieces, at + 1)
    unit = read_unit(pieces, at + 1, value=1)
    if unit is not None and unit.measures == "share":
        return True  # "one per cent"
    if after == "-":
        return read_unit(pieces, at + 2, value=1) is not None and low_at(pieces, at + 2) not in _COMPOUNDS
    if (before == "between" and after == "and") or (after in {"or", "to"} and is_number_word(low_at(pieces, at + 2))):
        return True  # "between one and two million", "one or two people"
    is_noun = at + 1 < len(pieces) and pieces[at + 1].is_word and not ends_phrase(after)
    is_noun = is_noun and not (is_past(after) and ends_phrase(low_at(pieces, at + 2)))  # "one inherited from"
    if not is_noun or after in _NOT_COUNTED_BY_ONE or before in _NO_ONE or _speaks(pieces, at):
        return False
    return (
        before in _STRESS_BEFORE_ONE
        or unit is not None
        or any(is_person(low_at(pieces, k)) for k in range(at + 1, at + 4))
        or any(_is_other_figure(pieces, k) for k in range(max(at - _FAR, 0), min(at + _FAR, len(pieces))) if k != at)
    )


def _speaks(pieces: Pieces, at: int) -> bool:
    """Is it "one official said"? There "one" is no more than "a"."""
    return any(low_at(pieces, k) in _SPEECH for k in range(at + 2, at + 5))


def _is_other_figure(pieces: Pieces, at: int) -> bool:
    piece = pieces[at]
    if piece.is_digits:
        return False
    return piece.low not in {"one", "a", "an", "half", "quarter", "many", "few"} and is_number_word(piece.low)


def _is_word_in_name(pieces: Pieces, number: Number) -> bool:
    """ "phase two", "World War Two", "the two" (both), "two-state", "mother-of-two"."""
    first, last = number.first, number.last
    before, after = low_at(pieces, first - 1), low_at(pieces, last)
    is_short = last == first + 1
    if is_short and before in _NUMBERED and (pieces[first].is_capital or not _counts_noun(pieces, last)):
        return True
    if pieces[first].is_capital and before == "of" and first >= 2 and pieces[first - 2].is_capital:
        return True  # "the Group of Seven"
    if is_short and pieces[first].low == "two" and before in {"the", "these", "those"}:
        return True
    if before in _DASHES and is_glued(pieces, first) and is_glued(pieces, first - 1):
        return low_at(pieces, first - 2) != "minus"
    if (
        pieces[first].is_capital
        and first > 0
        and pieces[first - 1].is_word
        and pieces[first - 1].is_capital
        and last < len(pieces)
    ):
        # "Channel Four", "the Big Five banks"; the first word of a sentence has its capital anyway
        return pieces[last].is_capital or first > 1 or not _counts_noun(pieces, last)
    return after in _DASHES and is_glued(pieces, last) and low_at(pieces, last + 1) in _COMPOUNDS
