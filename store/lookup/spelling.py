"""Which held words a typed word may mean: slips of the finger and other romanisations.

The vocabulary is never walked. A word one slip away shares a *shape* (symmetric deletion: Garbe's SymSpell), a name
romanised in another way shares a *sound*; both are looked up in SQLite, and edit distance sorts the few that come back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from zlib import crc32

from rapidfuzz.distance import OSA
from sqlite_utils import Database

from store.database.spelt import SHAPE_LENGTH, SHORTEST_SPELLED, shapes, sound
from store.facts.english import is_english, is_listed
from store.facts.lexicon import table
from store.facts.words import FUNCTION_WORDS, stem, tokens

_LONG_NAME = 7  # letters from which on two spellings of one sound may differ in three places
_TWO_SLIPS = 8  # letters from which a word may have two: in a shorter one too many words are two slips away
SHORTEST_MISSPELT = 3  # letters; in a shorter word every letter counts
LONGEST_SPELLED = 40  # letters; what is longer is no word
_MOST_ROWS = 400  # words read for one typed word; a sound of two consonants can have thousands
_KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# What each kind of slip costs, in units of the plainest one (a neighbouring key). From counting slips in typed text:
# swapped, doubled and missing letters are the usual ones, since there are few ways to make them in a word; a letter
# from elsewhere on the keyboard can be any, and the first letter is seldom wrong.
_SWAPPED, _DOUBLED, _MISSING, _NEXT_KEY, _OTHER_KEY, _FIRST_LETTER, _TWICE = 0.8, 0.7, 0.8, 1.0, 1.5, 0.8, 2.6
# A romanisation is a habit, not a slip; an English word spelt as it sounds is one all the same. Each further letter
# that differs costs something besides.
_SAME_SOUND, _SAME_SOUND_IN_ENGLISH, _FURTHER = 0.5, 1.4, 0.3


@dataclass(frozen=True, slots=True)
class Spelling:
    """A held word that a typed one may mean."""

    word: str
    term: str  # its stem
    cost: float  # 0: the very word; about 1 a slip


def spellings(db: Database, typed: str) -> list[Spelling]:
    """Return the held words that folded *typed* may mean, likeliest first; itself is not among them.

    Empty for what must match exactly: figures, words of fewer than three letters, and the names of countries, their
    capitals and peoples, since Austria is no slip of Australia, nor Niger of Nigeria.
    """
    if not typed.isalpha() or not SHORTEST_MISSPELT <= len(typed) <= LONGEST_SPELLED or typed in _country_words():
        return []
    most = 2 if len(typed) >= _TWO_SLIPS else 1
    return _costed(typed, [word for word in near_words(db, typed) if _is_near(typed, word, most)])


def same_sounding(db: Database, typed: str) -> list[Spelling]:
    """Return the held words that are *typed* in another romanisation, nearest first."""
    rows = db.conn.execute("SELECT word FROM words WHERE sound = ? LIMIT ?", (sound(typed), _MOST_ROWS)).fetchall()
    return _costed(typed, [word for (word,) in rows if _has_near_letters(typed, word)])


def _costed(typed: str, near: Iterable[str]) -> list[Spelling]:
    """Return the words that are *near* with what it costs to mean them by *typed*, least first; itself is left out."""
    found = [Spelling(word, stem(word), slip_cost(typed, word)) for word in near if word != typed]
    return sorted(found, key=lambda one: (one.cost, one.word))


def function_words_near(typed: str) -> dict[str, float]:
    """Return the function words that folded *typed* may be a slip of ("wich", "teh"), each with its `slip_cost`.

    Of three letters only what has two swapped is one, or a function word of four without one of its letters.
    """
    if len(typed) < SHORTEST_MISSPELT:
        return {}
    near = {word for shape in shapes(typed) for word in _function_shapes().get(shape, ())}
    meant = {word for word in near if OSA.distance(typed, word, score_cutoff=1) <= 1}
    if len(typed) < SHORTEST_SPELLED and not is_english(typed):
        meant |= FUNCTION_WORDS & {typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(2)}
    return {word: slip_cost(typed, word) for word in sorted(meant) if word != typed}


def slip_cost(typed: str, meant: str) -> float:
    """Return how unlikely it is that *meant* was typed as *typed*: about 1 a slip, less for another script."""
    distance = OSA.distance(typed, meant)
    if distance == 0:
        return 0.0
    cost = _one_slip(typed, meant) if distance == 1 else _TWICE * (distance - 1)
    if typed[0] != meant[0]:
        cost += _FIRST_LETTER
    if sound(typed) == sound(meant):
        habit = _SAME_SOUND_IN_ENGLISH if is_listed(meant) else _SAME_SOUND
        cost = min(cost, habit + _FURTHER * (distance - 1))
    return cost


def _one_slip(typed: str, meant: str) -> float:
    at = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    if len(typed) == len(meant):
        if typed[at : at + 2] == meant[at : at + 2][::-1]:
            return _SWAPPED
        return _NEXT_KEY if meant[at] in _next_keys().get(typed[at], "") else _OTHER_KEY
    longer = typed if len(typed) > len(meant) else meant
    beside = longer[at - 1 : at] + longer[at + 1 : at + 2] if at else longer[1:2]
    if longer[at] in beside:
        return _DOUBLED
    if longer is meant:
        return _MISSING
    return _NEXT_KEY if any(key in _next_keys().get(longer[at], "") for key in beside) else _OTHER_KEY


def _is_near(typed: str, meant: str, most: int) -> bool:
    if len(meant) < SHORTEST_SPELLED or (len(typed) < SHORTEST_SPELLED and len(meant) != len(typed) + 1):
        return False
    return OSA.distance(typed, meant, score_cutoff=most) <= most or _sounds_near(typed, meant)


def _sounds_near(typed: str, meant: str) -> bool:
    return sound(typed) == sound(meant) and _has_near_letters(typed, meant)


def _has_near_letters(typed: str, meant: str) -> bool:
    """Tell whether two words of one sound have letters near enough to be one name: two changes, three in a long one."""
    shorter = min(len(typed), len(meant))
    most = 3 if shorter >= _LONG_NAME else 2 if shorter > SHORTEST_SPELLED else 1
    return OSA.distance(typed, meant, score_cutoff=most) <= most


def near_words(db: Database, typed: str) -> set[str]:
    """Return held words that share a shape or the sound of folded *typed*; some of them are far from it."""
    keys = shapes(typed) if len(typed) < _TWO_SLIPS else shapes(typed) | _double_shapes(typed)
    marks = ",".join("?" * len(keys))
    rows = db.conn.execute(
        f"SELECT word FROM words WHERE id IN (SELECT word FROM word_shapes WHERE shape IN ({marks}) LIMIT ?)",  # noqa: S608
        (*keys, _MOST_ROWS),
    ).fetchall()
    rows += db.conn.execute("SELECT word FROM words WHERE sound = ? LIMIT ?", (sound(typed), _MOST_ROWS)).fetchall()
    return {word for (word,) in rows}


def _double_shapes(word: str) -> set[int]:
    """Return the shapes of *word* with two letters left out, for words that may have two slips."""
    start = word[:SHAPE_LENGTH]
    return {crc32(_without(start, pair).encode()) for pair in combinations(range(len(start)), 2)}


def _without(word: str, places: Iterable[int]) -> str:
    left_out = set(places)
    return "".join(letter for at, letter in enumerate(word) if at not in left_out)


@cache
def _function_shapes() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for word in sorted(FUNCTION_WORDS):
        if len(word) >= SHORTEST_SPELLED:
            for shape in shapes(word):
                found.setdefault(shape, []).append(word)
    return found


@cache
def _country_words() -> frozenset[str]:
    cells = (cell for row in table("countries.tsv") for cell in row)
    return frozenset(token.text for cell in cells for token in tokens(cell))


@cache
def _next_keys() -> dict[str, str]:
    """Return the letters that lie beside and diagonally below or above each letter of a QWERTY keyboard."""
    near: dict[str, str] = {}
    for r, row in enumerate(_KEY_ROWS):
        for c, letter in enumerate(row):
            beside = row[max(0, c - 1) : c] + row[c + 1 : c + 2]
            above = _KEY_ROWS[r - 1][c : c + 2] if r else ""
            below = _KEY_ROWS[r + 1][max(0, c - 1) : c + 1] if r + 1 < len(_KEY_ROWS) else ""
            near[letter] = beside + above + below
    return near
