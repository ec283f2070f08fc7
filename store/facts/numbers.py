"""Numbers out of digits and words: "4,500", "4 thousand 500", "two and a half million", "a third", "tens of thousands".

text2num was tried and left out: it reads neither "two and a half million", "a dozen", "a hundred" and "half a million" nor digits
mixed with words ("4 thousand 500"), fractions or vague amounts, and cannot say whether "a third" is a share or a rank. What is left
for it, plain runs of number words, takes the fifteen lines of `_words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from store.facts import lexicon
from store.facts.pieces import Piece, follows, is_glued, low_at

Pieces = tuple[Piece, ...]

_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")  # "12,50,000"
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}\.\d{3},\d+")  # "4.500" alone is four and a half
_DECIMAL = re.compile(r"\d+\.\d+")
_DECIMAL_COMMA = re.compile(r"\d+,(?:\d{1,2}|\d{4,})")  # "3,5"; three digits after the comma are thousands
_GROUP = re.compile(r"\d{3}(?:[.,]\d+)?")
_GAPS = " \u00a0\u2009\u202f"  # between groups of three: plain, no-break, thin and narrow spaces

_LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}  # glued to the digits: "320k", "$5m"
_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_SHARE_OF = {"of", "the", "its", "their", "his", "her", "our", "all", "those", "were", "are", "have", "had", "that"}
_SHARE_AFTER = {"of", "more", "less", "fewer", "higher", "lower", "off", "since", "smaller", "larger", "bigger"}
_SHARE_BEFORE = {
    "by",
    "nearly",
    "almost",
    "about",
    "roughly",
    "around",
    "than",
    "over",
    "only",
    "just",
    "some",
    "under",
    "up",
    "down",
}
_NOT_HALF_AFTER = {"first", "second", "latter", "other", "opening", "final", "last", "the", "this", "each", "better"}
_LONGEST_RUN = 24  # pieces in the longest number in words, with its hyphens
_TWICE_AS = {
    "a",
    "an",
    "per",
    "the",
    "its",
    "their",
    "his",
    "her",
    "as",
    "that",
    "daily",
    "weekly",
    "monthly",
    "yearly",
}
_EVERY = {3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 30, 50}  # "one in five"; other numbers only when round


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read: `pieces[first:last]`. `value` is None for a vague amount, which has `low` and `high`."""

    first: int
    last: int
    value: float | None
    low: float | None = None
    high: float | None = None
    approximate: bool = False
    is_share: bool = False  # "a third", "six in 10"
    is_bare: bool = False  # digits only, no sign of thousands or decimals: may be a year or part of a name
    is_scaled: bool = False  # has "million", "bn", ...
    in_words: bool = False


@cache
def _lexicon(sort: str) -> dict[str, float]:
    return {word: float(value) for word, value, kind in lexicon.table("number_words.tsv") if kind == sort}


@cache
def _beginnings() -> frozenset[str]:
    return (
        frozenset(_lexicon("small"))
        | frozenset(_lexicon("tens"))
        | frozenset(_lexicon("vague"))
        | frozenset(_OPENERS)
        | {"tens", "twice"}
    )


def is_number_word(word: str) -> bool:
    """Is *word*, in lower case, one that a number can begin with?"""
    return word in _beginnings() or (word.endswith("fold") and word[:-4] in _beginnings())


def digits_value(text: str) -> float | None:
    """Return what *text*, digits with points and commas, stands for; None for codes, lists and dates ("007", "1,2,3", "28.07.2021")."""
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
    piece = pieces[at]
    if piece.is_digits:
        return _share(pieces, _digits(pieces, at, is_money=is_money))
    if piece.text in _HALVES:
        return Number(at, at + 1, _HALVES[piece.text], is_share=True)
    if not is_number_word(piece.low):
        return None
    if piece.low.endswith("fold"):  # "fivefold": five times
        value = (_lexicon("small") | _lexicon("tens") | _lexicon("scale")).get(piece.low[:-4])
        return Number(at, at + 1, value, in_words=True) if value else None
    if piece.low == "twice":
        return Number(at, at + 1, 2.0, in_words=True) if low_at(pieces, at + 1) in _TWICE_AS else None
    found = _opened(pieces, at) or _vague(pieces, at) or _fraction(pieces, at) or _words(pieces, at)
    return _share(pieces, found)


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
    if low_at(pieces, last) == "-" and is_glued(pieces, last) and low_at(pieces, last + 2) == "/":  # "7-1/2 cents"
        part = _digits(pieces, last + 1, is_money=False)
        if part and part.is_share and part.value:
            return Number(at, part.last, value + part.value)
    if low_at(pieces, last) in _HALVES:
        return Number(at, last + 1, value + _HALVES[pieces[last].text])
    half = _after_half(pieces, last)
    if half:
        return _scaled(pieces, Number(at, half, value + 0.5))
    if low_at(pieces, last) == "/" and is_glued(pieces, last) and is_glued(pieces, last + 1):
        return _printed_fraction(pieces, at, value)
    if is_glued(pieces, last):
        letter = _LETTERS.get(pieces[last].low)
        if letter and (pieces[last].low in "kb" or is_money or _is_millions(pieces, last)):
            return Number(at, last + 1, value * letter, is_scaled=True)
    return _scaled(pieces, Number(at, last, value, is_bare=is_bare))


def _after_half(pieces: Pieces, at: int) -> int:
    """Return the piece after "and a half" or "-and-a-half" at *at*, or 0."""
    if follows(pieces, at, "and", "a", "half"):
        return at + 3
    return at + 6 if follows(pieces, at, "-", "and", "-", "a", "-", "half") else 0


def _is_next_group(pieces: Pieces, at: int) -> bool:
    gap = pieces[at].start - pieces[at - 1].end
    return gap == 1 and _GROUP.fullmatch(pieces[at].text) is not None


def _is_millions(pieces: Pieces, at: int) -> bool:
    """Is the "m" glued to a number millions, not metres? So it is before a noun that is counted: "5m people"."""
    return pieces[at].low == "m" and low_at(pieces, at + 1) in _counted_in_millions()


@cache
def _counted_in_millions() -> frozenset[str]:
    money = {form for form, _, place in lexicon.table("currencies.tsv") if place.startswith("after")}
    return (
        frozenset(lexicon.lines("people.txt"))
        | frozenset(f for f in money if " " not in f)
        | {"barrels", "tonnes", "tons", "doses"}
    )


def _printed_fraction(pieces: Pieces, at: int, value: float) -> Number | None:
    """Read "2/3"; not "24/7" or "9/11", where nothing says that a share is meant."""
    if at + 2 >= len(pieces) or not pieces[at + 2].is_digits:
        return None
    below = digits_value(pieces[at + 2].text)
    if not below or value >= below or below > 10:
        return None
    return Number(at, at + 3, value / below, is_share=True)


def _scaled(pieces: Pieces, number: Number) -> Number:
    """Take in the scales after *number*: "1.8 million", "4 thousand 500", "2 million 300 thousand"."""
    assert number.value is not None
    scales = _lexicon("scale")
    at = number.last + (low_at(pieces, number.last) == "-")
    scale = scales.get(low_at(pieces, at))
    if scale is None or (at > number.last and not is_glued(pieces, at)):
        return number
    value, last = number.value * scale, at + 1
    again = scales.get(low_at(pieces, last))
    if again is not None and again > scale:  # "3 hundred thousand"
        value, last, scale = value * again, last + 1, again
    if scale >= 1000 and last < len(pieces) and pieces[last].is_digits and pieces[last].text.isdecimal():
        rest = _digits(pieces, last, is_money=False)
        if rest and rest.value and rest.value < scale and (rest.is_scaled or len(pieces[last].text) == 3):
            value, last = value + rest.value, rest.last
    return Number(number.first, last, value, is_scaled=True, in_words=number.in_words, approximate=number.approximate)


def _words(pieces: Pieces, at: int) -> Number | None:
    """Read a run of number words: "one hundred and twenty thousand", "twenty-five", "two and a half million"."""
    small, tens, scales = _lexicon("small"), _lexicon("tens"), _lexicon("scale")
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
            if scales[word] == 100:
                group *= 100
            else:
                total, group = (
                    (total + group) * scales[word] if total < scales[word] else total + group * scales[word],
                    0.0,
                )
        elif word in {"-", "and"} and seen and _goes_on(pieces, last, is_scaled=is_scaled):
            pass
        elif seen and _after_half(pieces, last):
            return _scaled(pieces, Number(at, _after_half(pieces, last), total + group + 0.5, in_words=True))
        else:
            break
        last += 1
    if not seen:
        return None
    return Number(at, last, total + group, in_words=True, is_scaled=is_scaled)


def _goes_on(pieces: Pieces, at: int, *, is_scaled: bool) -> bool:
    """Does the number go on after the "-" or "and" at *at*? "twenty-five", "hundred and six"; not "two and three"."""
    after = low_at(pieces, at + 1)
    if pieces[at].low == "and":
        return is_scaled and (after in _lexicon("small") or after in _lexicon("tens"))
    if not (is_glued(pieces, at) and is_glued(pieces, at + 1)):
        return False
    return (after in _lexicon("small") and low_at(pieces, at - 1) in _lexicon("tens")) or after in _lexicon("scale")


# Words that begin a number without being one, and what they make of the scale after them: least, most.
_OPENERS: dict[str, tuple[float, float]] = {
    "a": (1, 1), "an": (1, 1), "half": (0.5, 0.5), "several": (2, 9.99), "few": (2, 9.99), "couple": (2, 2),
    "many": (2, 9.99), "quarter": (0.25, 0.25),
}  # fmt: skip


def _opened(pieces: Pieces, at: int) -> Number | None:
    """Read "a hundred", "half a million", "half a dozen", "several hundred", "a few thousand", "a couple of hundred"."""
    word, last = pieces[at].low, at + 1
    if word not in _OPENERS:
        return None
    if word == "a" and low_at(pieces, last) in {"few", "couple", "quarter", "good", "half"}:
        word, last = low_at(pieces, last), last + 1
    elif word == "a" and low_at(pieces, last) not in _lexicon("scale"):
        return None
    least, most = _OPENERS.get(word, (1, 1))
    if word in {"couple", "quarter"} and low_at(pieces, last) == "of":
        last += 1
    if word in {"half", "quarter"} and low_at(pieces, last) in {"a", "-"}:
        last += 1
    scale = _lexicon("scale").get(low_at(pieces, last))
    if scale is None:
        return None
    last += 1
    again = _lexicon("scale").get(low_at(pieces, last))
    if again is not None and again > scale:
        scale, last = scale * again, last + 1
    if least == most:
        value, last = _rest(pieces, last, least * scale)
        return Number(at, last, value, is_scaled=True, in_words=True, approximate=word == "couple")
    # "several hundred" is up to 999, by the labels of the first story
    return Number(at, last, None, least * scale, 10 * scale - 1, approximate=True, is_scaled=True, in_words=True)


def _rest(pieces: Pieces, at: int, value: float) -> tuple[float, int]:
    """Add what follows "a hundred" or "a million": "and fifty", "and a half"."""
    half = _after_half(pieces, at)
    if half:
        return value * 1.5, half
    if low_at(pieces, at) == "and" and low_at(pieces, at + 1) in (_lexicon("small") | _lexicon("tens")):
        rest = _words(pieces, at + 1)
        if rest and rest.value and rest.value < value:
            return value + rest.value, rest.last
    return value, at


def _vague(pieces: Pieces, at: int) -> Number | None:
    """Read "dozens", "hundreds of thousands", "tens of millions"."""
    vague, word = _lexicon("vague"), pieces[at].low
    if word == "tens":
        scale = vague.get(low_at(pieces, at + 2)) if low_at(pieces, at + 1) == "of" else None
        return None if scale is None else _several(at, at + 3, 10 * scale)
    if word not in vague or (word == "scores" and low_at(pieces, at + 1) not in {"of", "more", "were"}):
        return None
    if low_at(pieces, at + 1) == "of" and low_at(pieces, at + 2) in vague:
        return _several(at, at + 3, vague[word] * vague[pieces[at + 2].low])
    return _several(at, at + 1, vague[word])


def _several(first: int, last: int, scale: float) -> Number:
    most = 99.0 if scale in {12, 20} else 10 * scale - 1
    return Number(first, last, None, 2 * scale, most, approximate=True, is_scaled=True, in_words=True)


def _fraction(pieces: Pieces, at: int) -> Number | None:
    """Read "two-thirds", "a third of", "one in five" comes later, "half of", "nearly half"."""
    word, last = pieces[at].low, at + 1
    if word == "half":
        return _half(pieces, at)
    above = 1.0 if word == "a" else _lexicon("small").get(word)
    if above is None:
        return None
    is_hyphenated = low_at(pieces, last) == "-"
    last += is_hyphenated
    below = _lexicon("part").get(low_at(pieces, last))
    if below is None or above >= below or (above == 1) == pieces[last].low.endswith("s"):
        return None
    before, after = low_at(pieces, at - 1), low_at(pieces, last + 1)
    is_quarter = pieces[last].low.startswith("quarter")
    is_clear = is_hyphenated or after in _SHARE_AFTER or (above == 1 and before in _SHARE_BEFORE and after != "time")
    if is_clear or (word != "a" and not is_quarter):
        return Number(at, last + 1, float(Fraction(int(above), int(below))), is_share=True, in_words=True)
    return None


def _half(pieces: Pieces, at: int) -> Number | None:
    before, after = low_at(pieces, at - 1), low_at(pieces, at + 1)
    if after == "-" or before in _NOT_HALF_AFTER or before == "-":
        return None
    if after in {"a", "an"} and at + 2 < len(pieces):
        return Number(at, at + 2, 0.5, in_words=True)  # half an hour, half a per cent: a unit must follow
    if after in _SHARE_OF or before in _SHARE_BEFORE or (before == "in" and low_at(pieces, at - 2) != "the"):
        return Number(at, at + 1, 0.5, is_share=True, in_words=True)
    return None


def _share(pieces: Pieces, number: Number | None) -> Number | None:
    """Turn "six" of "six in 10" into a share of .6; leave "two in 20 minutes" alone."""
    if number is None or number.value is None or number.is_share or number.value != int(number.value):
        return number
    at = number.last
    for words in (("in", "every"), ("out", "of", "every"), ("of", "every"), ("out", "of"), ("in",)):
        if follows(pieces, at, *words):
            at += len(words)
            break
    else:
        return number
    if at >= len(pieces) or not (
        pieces[at].is_digits
        or pieces[at].low in _lexicon("small")
        or pieces[at].low in _lexicon("tens")
        or pieces[at].low == "a"
    ):
        return number
    below = read_number(pieces, at)
    if below is None or below.value is None or below.is_share or not 0 < number.value < below.value:
        return number
    is_every = below.value in _EVERY or below.value % 100 == 0
    if not is_every or below.value == 1900 or below.value == 2000 or _is_time(pieces, below.last):
        return number
    return Number(number.first, below.last, number.value / below.value, is_share=True, in_words=number.in_words)


def _is_time(pieces: Pieces, at: int) -> bool:
    at += low_at(pieces, at) == "-"
    return low_at(pieces, at).rstrip("s") in {
        "second",
        "minute",
        "hour",
        "day",
        "night",
        "week",
        "month",
        "year",
        "decade",
        "per",
        "%",
    }
