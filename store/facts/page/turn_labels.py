"""What stands before a colon at the beginning of a line: a speaker of a transcript, "Q", or nobody ("Update:")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from store.facts.english import is_english
from store.facts.lexicon import lines, table
from store.facts.model import Span
from store.facts.page.attributions import verbs_of_speech

_MARKS = r"[*_]{0,3}"
_LABEL = re.compile(
    rf"{_MARKS}(?P<label>[^\s:*_\"“][^:*_\"“\n]{{0,88}}){_MARKS}:{_MARKS}(?=[\s\"“„«‘'(]|$)\s{{0,8}}{_MARKS}"
)
_POINTED = re.compile(rf"{_MARKS}(?P<label>Q|A){_MARKS}\.{_MARKS}\s{{1,4}}")  # "Q. Did it break?"
_BRACKET = re.compile(r"\s?\([^()]{1,40}\)$")  # the party behind a name
_NUMBER = re.compile(r"\s?#?\d{1,2}$")  # "Q1", "Reporter 2"
_SMALL = frozenset({"of", "for", "the", "and"})  # in an office: "Minister for Transport"
_MOST_WORDS = 6  # of a name with its titles


class Sort(StrEnum):
    """What a label is, by its own words."""

    ASKS = "asks"  # "Q", "PRESENTER"
    ANSWERS = "answers"  # "A"
    TITLED = "titled"  # "Ms Adair", "SENATOR RUTH ADLER"
    FULL_NAME = "full name"  # "Petra Vance"
    OFFICE = "office"  # "JUDGE", "Witness"
    NAME = "name"  # "Brenner": no English word, so most likely one
    WORD = "word"  # "Park", "Update": a name only where the story has somebody of that name


@dataclass(frozen=True, slots=True)
class Label:
    """A label that may be a speaker's."""

    printed: str  # without its colon and marks
    sort: Sort
    surname: str  # the last word of the name, in small letters; empty for "Q" and for an office
    key: str  # the same for all labels of one speaker: the surname, else the whole in small letters
    start: int
    said_at: int  # where what is said begins


@cache
def _known() -> dict[str, str]:
    return {row[0]: row[1] for row in table("turn_labels.tsv")}


@cache
def _titles() -> frozenset[str]:
    return frozenset(row[0] for row in table("titles.tsv"))


@cache
def _offices() -> frozenset[str]:
    return frozenset(lines("person_nouns.txt"))


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name.lower() for name in lines("given_names.txt"))


@cache
def _particles() -> frozenset[str]:
    return frozenset(lines("particles.txt"))


@cache
def _places() -> frozenset[str]:
    capitals = (capital for row in table("countries.tsv") if len(row) > 1 for capital in row[1].split(", "))
    names = (*lines("places.txt"), *(row[0] for row in table("countries.tsv")), *capitals)
    return frozenset(name.lower() for name in names)


@cache
def _body_words() -> frozenset[str]:
    return frozenset(lines("org_heads.txt"))


def is_given_name(word: str) -> bool:
    """Tell whether *word* is a given name of the list, in capitals or not."""
    return word.lower() in _given_names()


def read_label(text: str, paragraph: Span, start: int) -> Label | None:
    """Return the label that stands at *start* of a *paragraph*, None where none does or it is surely nobody's.

    What is said behind it begins with a capital, a figure or a quotation mark: "Verdict: the tunnel is late" has none.
    """
    match = _LABEL.match(text, start, paragraph.end) or _POINTED.match(text, start, paragraph.end)
    if match is None or text[match.end() : match.end() + 1].islower():
        return None
    printed = match["label"].strip()
    name, _, office = _BRACKET.sub("", printed).partition(", ")
    if not verbs_of_speech().isdisjoint(office.lower().split()):
        return None  # "Ana Ruiz, the founder of the league, said: "...""
    name = _NUMBER.sub("", name)
    key = name.lower().replace("’", "'")
    sort, surname = _sort_of(name, key, office)
    return Label(printed, sort, surname, surname or key, start, match.end()) if sort else None


def _sort_of(name: str, key: str, office: str) -> tuple[Sort | None, str]:
    """Return what a label is and the surname in it; None for a place, a sentence and what is known to be nobody."""
    kind = _known().get(key)
    if kind:
        return (None if kind == "none" else Sort(kind)), ""
    words = name.split()
    if not 0 < len(words) <= _MOST_WORDS or not all(_is_name_word(word) for word in words):
        return None, ""
    return _sort_of_words([word.lower().rstrip(".") for word in words], has_office=bool(office))


def _sort_of_words(lows: list[str], *, has_office: bool) -> tuple[Sort | None, str]:
    titles = next((at for at, low in enumerate(lows) if low not in _titles() | _SMALL), len(lows))
    own = lows[titles:]
    if not own or (len(own) == 1 and own[0] in _offices()):
        return Sort.OFFICE, ""
    if " ".join(own) in _places() or not own[-1][0].isalpha():
        return None, ""
    if own[-1] in _body_words():  # "Gazette" asks
        return Sort.WORD, ""
    if titles:
        return Sort.TITLED, own[-1]
    is_full = len(own) > 1 and (has_office or own[0] in _given_names())
    is_word = all(is_english(low) for low in own)
    return (Sort.FULL_NAME if is_full else Sort.WORD if is_word else Sort.NAME), own[-1]


def _is_name_word(word: str) -> bool:
    if word in _SMALL or word in _particles():
        return True
    bare = word.rstrip(".").replace("'", "").replace("’", "").replace("-", "")
    return bare.isalpha() and any(char.isupper() for char in word)
