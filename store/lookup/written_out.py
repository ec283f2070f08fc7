"""A question as it was meant to be typed: short forms in full, slips of question words and days mended.

Questions come from a telephone: "wd", "how mnay", "on tusday". What decides how a question is read (its question word,
its day) is put right before anything is read; all other words are left to the store, which knows its own names.
"""

from __future__ import annotations

import re
from functools import cache

from store.facts.days.calendar import MONTHS, WEEKDAYS, is_short_month
from store.facts.english import is_english
from store.facts.lexicon import table
from store.facts.words import FUNCTION_WORDS, fold, tokens
from store.lookup.asking import MEASURES
from store.lookup.slips import meant_in_frame, nearest, slip_of

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
QUESTION_WORDS = ("who", "whom", "whose", "when", "where", "why", "how", "what", "which")
_AFTER_HOW = MEASURES | {"many"}
_ALSO_WORDS = frozenset({"march", "may"})  # like a short month, a month only beside what else tells of a day
_BEFORE_MONTH = frozenset("in since until till by before after during from of last next early mid late this".split())  # noqa: SIM905
_ASKS_OF_BEFORE = frozenset({"according", "of", "for"})  # "is it true according to X": of what was asked before
_SHORTEST_SLIP = 3  # letters of a word that may be a slip of a question word ...
_SHORTEST_DAY = 5  # ... or of a day


def write_out(text: str) -> str:
    """Return *text* with short forms written out, slips of question words mended, and days as they are printed."""
    words = _whole(text) or _without_opening(text.split())
    written: list[str] = []
    for at, word in enumerate(words):
        previous, following = written[-1:], words[at + 1 : at + 2]
        written.append(_written(word, previous, following))
    return " ".join(written)


def _whole(text: str) -> list[str]:
    """Return what a question means that is known as a whole: of "source?" "who said that"; nothing for any other."""
    return _whole_questions().get(" ".join(token.text for token in tokens(text)), "").split()


@cache
def _whole_questions() -> dict[str, str]:
    return {row[0]: row[1] for row in table("whole_questions.tsv")}


def _without_opening(words: list[str]) -> list[str]:
    """Return *words* without what is put before a question ("y/n", "do we know"), unless there is nothing else.

    What leaves nothing is cut from the end of the question as well: "did he go y/n".
    """
    folded = [fold(word).strip(",:;.?!") for word in words]
    for opening, left in _openings():
        rest = folded[len(opening) :]
        if tuple(folded[: len(opening)]) == opening and rest and rest[0] not in _ASKS_OF_BEFORE:
            return [*left, *words[len(opening) :]]
        if not left and len(words) > len(opening) and tuple(folded[-len(opening) :]) == opening:
            return words[: -len(opening)]
    return words


@cache
def _openings() -> list[tuple[tuple[str, ...], list[str]]]:
    """Return the openings with what they leave, the longest first."""
    rows = [(tuple(typed.split()), "".join(left).split()) for typed, *left in table("question_openings.tsv")]
    return sorted(rows, key=lambda row: -len(row[0]))


def _written(word: str, previous: list[str], following: list[str]) -> str:
    if word.casefold() == "pm" and previous and previous[0][-1:].isdigit():
        return word
    word = _short_forms().get(word.casefold(), word)
    found = _WORD.search(word)
    if found is None:
        return word
    core, ending = found[0], ""
    for mark in ("'s", "’s"):
        if core.endswith(mark):
            core, ending = core[: -len(mark)], mark
    if ending and previous and fold(previous[0]) == "how":
        ending = " is"  # "how old's the mayor"
    meant = (
        _in_frame(core, previous, following)
        or _question_word(core, previous, following)
        or _day(core)
        or _month(core, previous, following)
        or core
    )
    return word[: found.start()] + meant + ending + word[found.end() :]


def _ends_bare(previous: list[str], following: list[str]) -> bool:
    """Tell whether a word ends a question, and what stands before it is a telling word."""
    before = fold(previous[0]) if previous else ""
    return not following and before.isalpha() and before not in FUNCTION_WORDS | _BEFORE_MONTH


@cache
def _short_forms() -> dict[str, str]:
    return {row[0]: row[1] for row in table("short_forms.tsv")}


def _in_frame(word: str, previous: list[str], following: list[str]) -> str | None:
    """Return the word that an English *word* is a slip of among its neighbours; None for one written as a name."""
    if previous and not word.islower():
        return None
    meant = meant_in_frame(word.casefold(), previous[0] if previous else None, following[0] if following else None)
    return meant.capitalize() if meant and word[0].isupper() else meant


def _question_word(word: str, previous: list[str], following: list[str]) -> str | None:
    """Return the question word that *word* is a slip of: the first of all, or one of "how many"."""
    plain = fold(word)
    is_slip = len(plain) < _SHORTEST_SLIP or not is_english(plain)
    if is_slip and following and _is_of_how(following[0]) and nearest(plain, ["how"]):
        return "How" if word[0].isupper() else "how"
    if not previous:
        meant = slip_of(plain, QUESTION_WORDS, shortest=_SHORTEST_SLIP)
        return meant.capitalize() if meant and word[0].isupper() else meant
    is_after_how = previous[0].casefold() == "how" and word.islower()
    return slip_of(plain, _AFTER_HOW, shortest=_SHORTEST_SLIP) if is_after_how else None


def _is_of_how(word: str) -> bool:
    plain = fold(word)
    return plain in _AFTER_HOW or slip_of(plain, _AFTER_HOW, shortest=1) is not None


def _day(word: str) -> str | None:
    plain = fold(word)
    meant = plain if plain in WEEKDAYS else slip_of(plain, WEEKDAYS, shortest=_SHORTEST_DAY)
    return meant.capitalize() if meant else None


def _month(word: str, previous: list[str], following: list[str]) -> str | None:
    """Return the month that *word* names: "may" only in "10 may", "may 10", "since may".

    At the end of a question that says nothing else of a day, the month is when: "soldiers in the drill aug".
    """
    plain = fold(word)
    if plain not in _ALSO_WORDS and (plain in MONTHS or is_short_month(plain)) and _ends_bare(previous, following):
        return f"in {plain.capitalize()}"
    if plain in _ALSO_WORDS or is_short_month(plain):
        beside = [fold(one) for one in (*previous, *following)]
        dated = any(one[:1].isdigit() for one in beside)
        is_plain = is_short_month(plain) and is_english(plain)  # "in dec", but no "in sun"
        led = bool(previous) and fold(previous[0]) in _BEFORE_MONTH and not is_plain
        return plain.capitalize() if dated or led else None
    meant = plain if plain in MONTHS else slip_of(plain, MONTHS, shortest=_SHORTEST_DAY)
    return meant.capitalize() if meant else None
