"""Numbers out of digits and words: "4,500", "4 thousand 500", "two and a half million", "tens of thousands".

text2num was tried and left out: it reads neither "two and a half million", "a dozen", "a hundred", "half a million"
nor digits mixed with words ("4 thousand 500"), fractions or vague amounts. What is left for it, plain runs of number
words, takes the lines of `_words`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from store.facts import lexicon
from store.facts.numbers.counted import ends_phrase, plural_after
from store.facts.numbers.number import OPENERS, Number, Pieces, is_number_word, number_words
from store.facts.numbers.pieces import follows, is_glued, low_at
from store.facts.numbers.ratios import one_in
from store.facts.numbers.shares import HALVES, read_share
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Rule

# Counted repeats throughout: no number has more digits than this, and no search can take more than linear time
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,15})?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2}){1,6},\d{3}(?:\.\d{1,15})?")  # "12,50,000"
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3}){2,4}(?:,\d{1,15})?|\d{1,3}\.\d{3},\d{1,15}")  # "4.500" is four and a half
_DECIMAL = re.compile(r"\d{1,15}\.\d{1,15}")
_DECIMAL_COMMA = re.compile(r"\d{1,15},(?:\d{1,2}|\d{4,15})")  # "3,5"; three digits after the comma are thousands
_GROUP = re.compile(r"\d{3}(?:[.,]\d+)?")  # of "4 000 000", whatever space stands between
_MOST_DIGITS = 15  # more are no figure but a serial number, and no float keeps them

_LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}  # glued to the digits: "320k", "$5m"
_DETERMINERS, _IN_METRES = word_class("determiners"), word_class("in_metres")
_HEADCOUNTS, _POPULATED = word_class("headcounts"), word_class("populated")
_NEAR_HEADCOUNT = 6  # pieces from "population" to its figure
_LONGEST_RUN = 24  # pieces in the longest number in words, with its hyphens
_SPOKEN_PLACES = 3  # digits after a spoken "point"
_APART_IN_TIME = {"ago", "later", "earlier"}


def digits_value(text: str) -> float | None:
    """Return what *text*, digits with points and commas, stands for.

    None for codes ("007"), lists ("1,2,3"), dates ("28.07.2021") and more than fifteen digits.
    """
    if len(text) > _MOST_DIGITS + text.count(",") + text.count("."):
        return None
    if text.isdecimal():
        return None if len(text) > 1 and text[0] == "0" else float(text)
    if _ENGLISH.fullmatch(text) or _INDIAN.fullmatch(text) or _DECIMAL.fullmatch(text):
        return float(text.replace(",", ""))
    if _EUROPEAN.fullmatch(text) or _DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    return None


def read_number(pieces: Pieces, at: int, *, is_money: bool = False) -> Number | None:
    """Return the number that begins at piece *at*, as long as it goes, or None.

    *is_money*: a currency stands before it, so that a glued "m" means millions and not metres.
    """
    return one_in(pieces, _one(pieces, at, is_money=is_money), read=_one)


def _one(pieces: Pieces, at: int, *, is_money: bool = False) -> Number | None:
    """Read one number; "six in 10" are two."""
    piece = pieces[at]
    if piece.is_digits:
        return _digits(pieces, at, is_money=is_money)
    if piece.text in HALVES:
        return Number(at, at + 1, HALVES[piece.text], is_share=True, rule=Rule.SHARE_SIGN)
    if not is_number_word(piece.low):
        return None
    readers = (_times, _opened, _vague, read_share, _words)
    number = next((number for reader in readers if (number := reader(pieces, at)) is not None), None)
    return _of_scale(pieces, number) if number is not None and number.is_share else number


def _of_scale(pieces: Pieces, share: Number) -> Number:
    """Read "three quarters of a million"."""
    scale, last = _scale(pieces, share.last + 2) if follows(pieces, share.last, "of", "a") else (None, 0)
    if scale is None or share.value is None:
        return share
    return replace(share, last=last, value=share.value * scale, is_share=False, is_scaled=True, rule=Rule.OPENED)


def _times(pieces: Pieces, at: int) -> Number | None:
    """Read "fivefold" and the "twice" of "muted it twice", "twice a week", "twice its size"."""
    word = pieces[at].low
    if word == "twice":
        return Number(at, at + 1, 2.0, in_words=True, rule=Rule.TIMES)
    if not word.endswith("fold"):
        return None
    value = next((number_words(sort)[word[:-4]] for sort in ("small", "tens") if word[:-4] in number_words(sort)), None)
    return Number(at, at + 1, value, in_words=True, rule=Rule.TIMES) if value else None


# ---- digits


def _digits(pieces: Pieces, at: int, *, is_money: bool) -> Number | None:
    text, last = pieces[at].text, at + 1
    if text.isdecimal() and len(text) <= 3 and text[0] != "0":
        while last < len(pieces) and _is_next_group(pieces, last):
            text += pieces[last].text
            last += 1
    value = digits_value(text)
    if value is None:
        return None
    is_bare = text.isdecimal() and last == at + 1
    number = Number(at, last, value, is_bare=is_bare, rule=_digits_rule(text, value, is_bare=is_bare))
    return _with_fraction(pieces, number) or _with_letter(pieces, number, is_money=is_money) or _scaled(pieces, number)


def _digits_rule(text: str, value: float, *, is_bare: bool) -> Rule:
    """Return the rule for digits alone: "12", "4,500", "1.8"."""
    if is_bare:
        return Rule.DIGITS
    return Rule.DIGITS_APART if value.is_integer() and "." not in text[-3:] else Rule.DECIMAL


def _is_next_group(pieces: Pieces, at: int) -> bool:
    return pieces[at].start - pieces[at - 1].end == 1 and _GROUP.fullmatch(pieces[at].text) is not None


def _with_fraction(pieces: Pieces, number: Number) -> Number | None:
    """Read "1½", "7-1/2", "3 and a half million", "2/3"."""
    last, value = number.last, number.value or 0.0
    mark = low_at(pieces, last)
    if mark in HALVES:
        return Number(number.first, last + 1, value + HALVES[mark], rule=Rule.DIGITS_FRACTION)
    half = _after_half(pieces, last)
    if half:
        return _scaled(pieces, Number(number.first, half, value + 0.5, rule=Rule.DIGITS_FRACTION))
    if mark == "/" and is_glued(pieces, last) and is_glued(pieces, last + 1):
        return _printed_fraction(pieces, number)
    is_hyphenated = mark == "-" and is_glued(pieces, last)
    part_at = last + is_hyphenated  # "7-1/2", "12 1/2"
    if low_at(pieces, part_at + 1) == "/" and pieces[part_at].is_digits and number.is_bare:
        above = digits_value(pieces[part_at].text)
        part = _printed_fraction(pieces, Number(part_at, part_at + 1, above, rule=Rule.DIGITS)) if above else None
        if part is not None and is_glued(pieces, part_at + 1):
            return Number(number.first, part.last, value + (part.value or 0), rule=Rule.DIGITS_FRACTION)
    return None


def _printed_fraction(pieces: Pieces, number: Number) -> Number | None:
    """Read "2/3"; not "24/7" or "9/11", where nothing says that a share is meant."""
    if number.value is None or number.last + 1 >= len(pieces) or not pieces[number.last + 1].is_digits:
        return None
    below = digits_value(pieces[number.last + 1].text)
    if not below or number.value >= below or below > 10:
        return None
    return Number(number.first, number.last + 2, number.value / below, is_share=True, rule=Rule.SHARE_PRINTED)


def _after_half(pieces: Pieces, at: int) -> int:
    """Return the piece after "and a half" or "-and-a-half" at *at*, or 0."""
    if follows(pieces, at, "and", "a", "half"):
        return at + 3
    return at + 6 if follows(pieces, at, "-", "and", "-", "a", "-", "half") else 0


def _with_letter(pieces: Pieces, number: Number, *, is_money: bool) -> Number | None:
    """Read the glued letter of "320k" and "$5m"; of "5m people" too, but 100m alone are metres and 4K is a name."""
    at = number.last
    letter = low_at(pieces, at)
    if letter not in _LETTERS or not is_glued(pieces, at):
        return None
    is_thousand = letter == "k" and (pieces[at].text == "k" or not _is_before_word(pieces, at + 1))
    is_capital = pieces[at].text in "MB" and "." in pieces[number.first].text  # "4.3M"
    is_many = letter in "kmb" and (_counts_many(pieces, at + 1) or _is_headcount(pieces, number.first))
    if not (is_money or is_thousand or is_capital or is_many):
        return None
    value = (number.value or 0.0) * _LETTERS[letter]
    return Number(number.first, at + 1, value, is_scaled=True, rule=Rule.DIGITS_LETTER)


def _is_before_word(pieces: Pieces, at: int) -> bool:
    """Does a word follow that no phrase ends at? "a 4K television", "a 10K run"; not "320K of them"."""
    return at < len(pieces) and pieces[at].is_word and not ends_phrase(pieces[at].low)


def _counts_many(pieces: Pieces, at: int) -> bool:
    """Are things counted that stand at *at*? "5m people", "35m of its customers"; not "100m hurdles", "5m of cable"."""
    if low_at(pieces, at) == "of":
        if low_at(pieces, at + 1) not in _DETERMINERS:
            return False
        at += 2
    if low_at(pieces, at) in _money_after():
        return True
    head = plural_after(pieces, at)
    if head is None or low_at(pieces, head + 1) in {"'", "’", "'s", "’s"}:
        return False
    return not any(piece.low in _IN_METRES for piece in pieces[at : head + 1])


def _is_headcount(pieces: Pieces, at: int) -> bool:
    """Do words before the figure at *at* speak of many people? "a population of 5.2m", "a country of 10m"."""
    if low_at(pieces, at - 1) == "of" and low_at(pieces, at - 2) in _POPULATED:
        return True
    return any(pieces[k].low in _HEADCOUNTS for k in range(max(at - _NEAR_HEADCOUNT, 0), at))


@cache
def _money_after() -> frozenset[str]:
    return frozenset(form for form, _, place in lexicon.table("currencies.tsv") if place.startswith("after"))


def _scaled(pieces: Pieces, number: Number) -> Number:
    """Take in the scales after *number*: "1.8 million", "4 thousand 500", "2 million 300 thousand"."""
    at = number.last + (low_at(pieces, number.last) == "-" and is_glued(pieces, number.last + 1))
    scale, last = _scale(pieces, at)
    if scale is None or number.value is None:
        return number
    rest, last = _smaller(pieces, last, scale)
    rule = number.rule if number.in_words else Rule.DIGITS_SCALED
    return replace(number, last=last, value=number.value * scale + rest, is_scaled=True, is_bare=False, rule=rule)


def _smaller(pieces: Pieces, at: int, scale: float) -> tuple[float, int]:
    """Return the "500" of "4 thousand 500" and the "300 thousand" of "2 million 300 thousand", else 0."""
    if scale < 1000 or at >= len(pieces) or not pieces[at].text.isdecimal() or len(pieces[at].text) > 3:
        return 0.0, at
    value = digits_value(pieces[at].text) or 0.0
    again, last = _scale(pieces, at + 1)
    if again is not None:
        return (value * again, last) if value * again < scale else (0.0, at)
    return (value, at + 1) if len(pieces[at].text) == 3 else (0.0, at)


def _scale(pieces: Pieces, at: int) -> tuple[float | None, int]:
    """Return the scale at *at* and the piece after it: "million", "hundred thousand"."""
    scales = number_words("scale")
    scale = scales.get(low_at(pieces, at))
    again = scales.get(low_at(pieces, at + 1))
    if scale is not None and again is not None and again > scale:
        return scale * again, at + 2
    return scale, at + 1


# ---- words


def _words(pieces: Pieces, at: int) -> Number | None:
    """Read a run of number words: "one hundred and twenty thousand", "twenty-five", "two and a half million"."""
    small, tens, scales = number_words("small"), number_words("tens"), number_words("scale")
    total = group = 0.0
    last, seen, is_scaled, is_open = at, False, False, True  # is_open: the group still takes a small number
    while last < min(len(pieces), at + _LONGEST_RUN):
        word = pieces[last].low
        if word in small and is_open:
            group, seen, is_open = group + small[word], True, False
        elif word in tens and is_open and group % 100 == 0:
            group, seen = group + tens[word], True
        elif word in scales and seen and (group or total):
            is_scaled, is_open = True, True
            total, group = _multiply(total, group, scales[word])
        elif seen and _after_half(pieces, last):
            half = Number(at, _after_half(pieces, last), total + group + 0.5, in_words=True, rule=Rule.WORDS)
            return _scaled(pieces, half)
        elif not (word in {"-", "and"} and seen and _goes_on(pieces, last, is_scaled=is_scaled)):
            break
        last += 1
    if not seen:
        return None
    number = Number(at, last, total + group, in_words=True, is_scaled=is_scaled, rule=Rule.WORDS)
    return number if is_scaled else _with_spoken_decimals(pieces, number)


def _with_spoken_decimals(pieces: Pieces, number: Number) -> Number:
    """Read "one point four" and "seventy-one point two five million"; not "by one point two weeks ago"."""
    if low_at(pieces, number.last) != "point":
        return number
    small, value, place, last = number_words("small"), number.value or 0.0, 0, number.last + 1
    while place < _SPOKEN_PLACES and small.get(low_at(pieces, last), 10.0) < 10:
        place += 1
        value = round(value + small[low_at(pieces, last)] / 10**place, place)
        last += 1
    if not place or low_at(pieces, last + 1) in _APART_IN_TIME:
        return number
    return _scaled(pieces, replace(number, last=last, value=value))


def _multiply(total: float, group: float, scale: float) -> tuple[float, float]:
    """Take *scale* into a number of *total* and the *group* read since; a hundred is the group's alone."""
    if scale == 100:
        return total, group * 100
    return (total + group * scale, 0.0) if total >= scale else ((total + group) * scale, 0.0)


def _goes_on(pieces: Pieces, at: int, *, is_scaled: bool) -> bool:
    """Does the number go on after the "-" or "and" at *at*? "twenty-five", "hundred and six"; not "two and three"."""
    small, tens, after = number_words("small"), number_words("tens"), low_at(pieces, at + 1)
    if pieces[at].low == "and":
        return is_scaled and (after in small or after in tens)
    if not (is_glued(pieces, at) and is_glued(pieces, at + 1)):
        return False
    return (after in small and low_at(pieces, at - 1) in tens) or after in number_words("scale")


def _opened(pieces: Pieces, at: int) -> Number | None:
    """Read "a hundred", "half a million", "several hundred", "a few thousand", "a couple of hundred"."""
    word, last = pieces[at].low, at + 1
    if word == "a" and low_at(pieces, last) in {"few", "couple", "quarter", "good", "half"}:
        word, last = low_at(pieces, last), last + 1
    if word not in OPENERS and word != "good":
        return None
    least, most = OPENERS.get(word, (1.0, 1.0))
    if word in {"couple", "quarter"} and low_at(pieces, last) == "of":
        last += 1
    if word in {"half", "quarter"} and low_at(pieces, last) in {"a", "-"}:
        last += 1
    scale, last = _scale(pieces, last)
    if scale is None:
        return None
    if least == most:
        value, last = _rest(pieces, last, least * scale)
        is_couple = word == "couple"
        return Number(at, last, value, is_scaled=True, in_words=True, approximate=is_couple, rule=Rule.OPENED)
    low, high = least * scale, most * scale - 1
    return Number(at, last, None, low, high, approximate=True, is_scaled=True, in_words=True, rule=Rule.SEVERAL)


def _rest(pieces: Pieces, at: int, value: float) -> tuple[float, int]:
    """Add what follows "a hundred" or "a million": "and fifty", "and a half"."""
    half = _after_half(pieces, at)
    if half:
        return value * 1.5, half
    if low_at(pieces, at) == "and":
        after = low_at(pieces, at + 1)
        rest = _words(pieces, at + 1) if after in number_words("small") or after in number_words("tens") else None
        if rest and rest.value and rest.value < value:
            return value + rest.value, rest.last
    return value, at


def _vague(pieces: Pieces, at: int) -> Number | None:
    """Read "dozens", "hundreds of thousands", "tens of millions"."""
    vague, word = number_words("vague"), pieces[at].low
    is_of = low_at(pieces, at + 1) == "of"
    larger = vague.get(low_at(pieces, at + 2)) if is_of else None
    if word == "tens":
        return None if larger is None else _several(at, at + 3, 10 * larger)
    if word not in vague or (word == "scores" and low_at(pieces, at + 1) not in {"of", "more", "were"}):
        return None
    return _several(at, at + 1, vague[word]) if larger is None else _several(at, at + 3, vague[word] * larger)


def _several(first: int, last: int, scale: float) -> Number:
    """A vague amount: from two of *scale* to just below ten of it, dozens and scores to just below a hundred."""
    most, rule = (99.0, Rule.DOZENS) if scale in {12, 20} else (10 * scale - 1, Rule.VAGUE)
    return Number(first, last, None, 2 * scale, most, approximate=True, is_scaled=True, in_words=True, rule=rule)
