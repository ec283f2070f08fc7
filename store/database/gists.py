"""What a held fact is compared by, kept in a dozen bytes beside its indexed words.

Nearly all that a gist holds stands in `fact_words` already: a term or a name is an indexed word again, or the key that
the word has as a name. So four bits for each distinct word, in order, tell what it stands for; concepts follow as their
numbers in the sorted list of all. A gist that cannot be told so is not kept, and the sentence is read again.

    0x1 "word is a term", 0x2 "its key is", 0x4 "its key is a name's", 0x8 "a place's"

Other rules of reading give other gists. Each begins with the number of the rules that it was read by, doubled, and one
more for a plain sentence. One that was read by others than today's rules counts as none. Then comes a byte that tells
of the speaker and the capitals. Last of all stand, where there are any, the side of the speaker and the amounts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from unicodedata import unidata_version

from sqlite_utils import Database

from store.database.memory import memory_of
from store.facts.comparing.concepts import concept_kinds
from store.facts.comparing.name_keys import name_key
from store.facts.comparing.profiles import Gist

# What decides which gist a fact has: in `store.facts`, and the libraries that fold and stem.
RULES = (
    "words.py", "lexicon.py", "comparing/profiles.py", "comparing/wordings.py", "comparing/name_keys.py",
    "comparing/concepts.py", "comparing/changes.py", "comparing/around.py", "comparing/tally_words.py",
    "comparing/converted.py", "comparing/ordinals.py", "numbers/counted.py", "numbers/ordinals.py",
    "lexicons/alike_names.txt",
    "lexicons/carriers.txt", "lexicons/changes.tsv", "lexicons/concepts.tsv", "lexicons/conversions.tsv",
    "lexicons/cue_verbs.tsv",
    "lexicons/grades.tsv", "lexicons/measures.txt", "lexicons/no_names.txt", "lexicons/number_words.tsv",
    "lexicons/ordinals.tsv", "lexicons/people.txt",
    "lexicons/reschedulings.txt", "lexicons/reversals.txt", "lexicons/word_classes.tsv",
)  # fmt: skip
_LIBRARIES = ("anyascii", "PyStemmer")
_FORM = b"2"  # of what is kept; a gist of another form counts as one by other rules

_BODY, _SHOUTED = 1, 2
_MORE = b"\xff"  # stands before the side and the amounts; no byte of a text in UTF-8
_TERM, _KEY, _NAME, _PLACE = 1, 2, 4, 8
_DIGITS = "0123456789abcdef"  # each is four bits
_MARKS = {digit: mark for mark, digit in enumerate(_DIGITS)}


def pack_gist(gist: Gist, words: Iterable[str], rules: int) -> bytes | None:
    """Return *gist* as it is kept beside the indexed *words* of its fact; None if they do not tell it.

    *rules* is the number of the rules that it was read by.
    """
    keys = {word: name_key(word) for word in words}
    concepts = {term for term in gist.terms if term[0] == "#"}
    told = keys.keys() | keys.values()
    terms, names, places = gist.terms, gist.names, gist.places
    if not (terms - concepts <= told and names.issubset(keys.values()) and places.issubset(keys.values())):
        return None
    marks = [
        (word in terms) | (key in terms) << 1 | (key in names) << 2 | (key in places) << 3 for word, key in keys.items()
    ]
    digits = "".join([_DIGITS[mark] for mark in marks])
    numbers = _concept_numbers()
    kept = _tell(2 * rules + gist.is_plain)
    kept += bytes((_BODY * gist.is_body | _SHOUTED * gist.is_shouted,))
    kept += bytes.fromhex(digits if len(digits) % 2 == 0 else f"{digits}0")
    kept += "".join([chr(numbers[concept]) for concept in sorted(concepts)]).encode()
    if gist.side or gist.amounts:
        kept += _MORE + " ".join(sorted(gist.side)).encode()
    if gist.amounts:
        kept += _MORE + " ".join([repr(amount).removesuffix(".0") for amount in gist.amounts]).encode()
    return kept


def read_by(kept: bytes, rules: int) -> bool:
    """Say whether a kept gist was read by the rules of this number."""
    return kept.startswith((_tell(2 * rules), _tell(2 * rules + 1)))


def unpack_gist(kept: bytes, words: Mapping[str, str], rules: int) -> Gist:
    """Return the gist that was packed with *words*, each here with its `name_key`, and *rules*; its stems are all."""
    is_plain = kept.startswith(_tell(2 * rules + 1))
    start = len(_tell(2 * rules)) + 1
    end = start + (len(words) + 1) // 2
    flags = kept[start - 1]
    terms, names, places = [], [], []
    for (word, key), digit in zip(words.items(), kept[start:end].hex(), strict=False):
        mark = _MARKS[digit]
        if mark & _TERM:
            terms.append(word)
        if mark > _TERM:
            if mark & _KEY:
                terms.append(key)
            if mark & _NAME:
                names.append(key)
            if mark & _PLACE:
                places.append(key)
    concepts = _concepts()
    told, *more = kept[end:].split(_MORE)
    side, amounts = [each.decode().split() for each in (*more, b"", b"")[:2]]
    terms += [concepts[ord(number)] for number in told.decode()]
    return Gist(
        frozenset(terms), frozenset(names), frozenset(places), frozenset(words), frozenset(side), is_plain,
        bool(flags & _BODY), tuple(map(float, amounts)), bool(flags & _SHOUTED),
    )  # fmt: skip


def number_of_rules(db: Database) -> int:
    """Return the number under which *db* knows today's rules of reading; 0 where it has seen nothing read by them."""
    memory = memory_of(db)
    if memory.rules is None:
        row = db.conn.execute("SELECT id FROM reading_rules WHERE rules = ?", (_fingerprint(),)).fetchone()
        if row is None:
            return 0
        memory.rules = row[0]
    return memory.rules


def enter_rules(db: Database) -> int:
    """Return the number of today's rules of reading in *db*, giving them one if need be, within one transaction."""
    number = number_of_rules(db)
    if not number:
        db.conn.execute("INSERT INTO reading_rules (rules) VALUES (?)", (_fingerprint(),))
    return number or number_of_rules(db)


def _tell(number: int) -> bytes:
    """Return a number as the bytes of the one character with this code: short, and none begins another."""
    return chr(number).encode()


@cache
def _concepts() -> Sequence[str]:
    return [f"#{name}" for name in sorted(concept_kinds())]


@cache
def _concept_numbers() -> Mapping[str, int]:
    return {concept: number for number, concept in enumerate(_concepts())}


@cache
def _fingerprint() -> str:
    """Return a checksum of the rules: an editor may have added a line to a lexicon."""
    told = blake2b(_FORM + unidata_version.encode(), digest_size=8)
    for library in _LIBRARIES:
        told.update(version(library).encode())
    for name in RULES:
        told.update((files("store.facts") / name).read_bytes())
    return told.hexdigest()
