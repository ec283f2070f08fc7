"""Other names that a story gives for one person: "Boris Hale, known as Grey Heron", "Ann Holt, née Reed"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from store.facts.cast.candidates import STRONG, Candidate
from store.facts.cast.names import Token
from store.facts.cast.people import People
from store.facts.cast.settling import Reading
from store.facts.english import is_english
from store.facts.lexicon import table
from store.facts.model import Kind
from store.facts.rules import Rule

# What may stand between a name and the words that give another: "Boris Hale, 34, who is better known as".
_BETWEEN = frozenset(
    {
        ",",
        "(",
        '"',
        "”",
        "’",
        "who",
        "is",
        "was",
        "also",
        "better",
        "best",
        "commonly",
        "widely",
        "locally",
        "popularly",
        "often",
    }
    | {"sometimes", "once", "previously", "formerly", "online", "whose", "and", "a", "man", "woman", "simply", "just"}
)
_MOST_BETWEEN = 6
_OPENING, _CLOSING = frozenset("\"“‘'«"), frozenset("\"”’'»")
_LONGEST_QUOTED = 4  # tokens of a nickname in quotation marks


@dataclass(frozen=True, slots=True)
class Nickname:
    """Two names of one person."""

    of: Candidate  # the full name
    names: tuple[str, ...]  # what else that person is called


@cache
def _patterns() -> dict[str, list[tuple[tuple[str, ...], str, bool]]]:
    """Return first word -> the patterns of `nicknames.tsv` that it begins, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for words, sort, *rest in table("nicknames.tsv"):
        split = tuple(words.split())
        found.setdefault(split[0], []).append((split, sort, rest == ["person"]))
    return {first: sorted(patterns, key=lambda row: -len(row[0])) for first, patterns in found.items()}


def find_nicknames(readings: Sequence[Reading]) -> list[Nickname]:
    """Return the pairs of names that the sentences of a story give; a name in two pieces around one is made whole.

    Words that are said of people alone make a person of the name before them; those are counted as signs.
    """
    found: list[Nickname] = []
    for reading in readings:
        found.extend(_in_quotation_marks(reading))
        found.extend(_announced(reading))
        found.extend(_told_after(reading))
    return found


def _announced(reading: Reading) -> Iterator[Nickname]:
    """ "..., known as Grey Heron"; the name in quotation marks or behind an article as well."""
    tokens = reading.tokens
    for at, token in enumerate(tokens):
        for pattern, sort, personal in _patterns().get(token.low, ()):
            behind = at + len(pattern)
            if not _fits(tokens, at, pattern):
                continue
            other = _name_behind(reading, behind)
            opens = all(_is_between(word) for word in tokens[:at])
            person = _name_after(reading, other) if other and opens else _name_before(reading, at)
            if person is None or other is None:
                break
            if other.votes.get(Kind.ORG, 0) >= STRONG:  # "Brightmoor, formerly known as Halden Foods"
                person.vote(Kind.ORG, STRONG, Rule.NICKNAMED, token.text)
            elif personal:
                (other if sort == "real" else person).vote(Kind.PERSON, STRONG, Rule.NICKNAMED, token.text)
            yield _pair(person, other, sort)
            break


def _told_after(reading: Reading) -> Iterator[Nickname]:
    """ "Grey Heron, as Boris Hale is known": the nickname first."""
    tokens = reading.tokens
    for at in range(1, len(tokens) - 3):
        if tokens[at].low != "as" or not tokens[at + 1].capital:
            continue
        person = next((c for c in reading.candidates if c.start == tokens[at + 1].start), None)
        other = _name_before(reading, at)
        behind = bisect_left(tokens, person.end, key=_start) if person else len(tokens)
        is_known = any(token.low == "known" for token in tokens[behind + 1 : behind + 4])
        if person and other and is_known and tokens[behind].low in {"is", "was", "has"}:
            person.vote(Kind.PERSON, STRONG, Rule.NICKNAMED, other.name)
            yield Nickname(person, (other.name,))


def _fits(tokens: Sequence[Token], at: int, pattern: Sequence[str]) -> bool:
    if at + len(pattern) >= len(tokens):
        return False
    return all(
        word in ("*", token.low.rstrip(".")) or word == token.low
        for word, token in zip(pattern, tokens[at:], strict=False)
    )


def _pair(person: Candidate, other: Candidate, sort: str) -> Nickname:
    if sort == "real":
        return Nickname(other, (person.name,))
    if sort == "maiden":
        return Nickname(person, (" ".join((*person.words[:-1], *other.words)), other.name))
    surname = other.words[-1]
    is_surname = len(other.words) > 1 and not is_english(surname.lower())  # the "Kohl" of "also known as Marta Kohl"
    return Nickname(person, (other.name, surname) if is_surname else (other.name,))


def _name_before(reading: Reading, at: int) -> Candidate | None:
    """Return the name that ends before token *at*, over an age, "who is" and the like."""
    last = at - 1
    while last >= 0 and at - last <= _MOST_BETWEEN and _is_between(reading.tokens[last]):
        last -= 1
    if last < 0:
        return None
    end = reading.tokens[last].end
    return next((candidate for candidate in reading.candidates if candidate.end == end), None)


def _name_after(reading: Reading, other: Candidate) -> Candidate | None:
    """Return the name behind the comma of "Known as Grey Heron, Boris Hale", which opens a sentence."""
    at = bisect_left(reading.tokens, other.end, key=_start)
    if at + 1 >= len(reading.tokens) or reading.tokens[at].text != ",":
        return None
    return next((c for c in reading.candidates if c.start == reading.tokens[at + 1].start), None)


def _start(token: Token) -> int:
    return token.start


def _is_between(token: Token) -> bool:
    return token.low in _BETWEEN or token.text.isdigit()


def _name_behind(reading: Reading, at: int) -> Candidate | None:
    """Return the name that begins at token *at*, behind an article, a mark or a title."""
    tokens = reading.tokens
    while at < len(tokens) and (tokens[at].text in _OPENING or tokens[at].low in {"the", "a", "simply", "just", ":"}):
        at += 1
    if at >= len(tokens) or not tokens[at].capital:
        return None
    start = tokens[at].start
    stop = tokens[min(at + 2, len(tokens) - 1)].start
    return next((c for c in reading.candidates if start <= c.start <= stop), None)


# ---- a nickname inside the name


def _in_quotation_marks(reading: Reading) -> Iterator[Nickname]:
    """Make one name of 'Otto "The Shark" Meer' and yield what stands in the marks."""
    tokens = reading.tokens
    for first in list(reading.candidates):
        at = bisect_left(tokens, first.end, key=_start)
        closing = _closing(tokens, at)
        if closing is None or closing + 1 >= len(tokens):
            continue
        last = next((c for c in reading.candidates if c.start == tokens[closing + 1].start), None)
        if last is None or first.owns or last.honorific or Kind.ORG in first.votes:
            continue
        inside = [token.text for token in tokens[at + 1 : closing]]
        reading.candidates = [c for c in reading.candidates if c is first or not first.start <= c.start <= last.start]
        first.words, first.end, first.owns = (*first.words, *last.words), last.end, last.owns
        first.tells_nothing = False
        first.votes.pop(Kind.PLACE, None)
        first.vote(Kind.PERSON, STRONG, Rule.NICKNAMED, " ".join(inside))
        bare = inside[1:] if inside[0].lower() == "the" else inside
        yield Nickname(first, (" ".join(bare),))


def _closing(tokens: Sequence[Token], at: int) -> int | None:
    """Return where the quotation closes that opens at *at* and holds a few capitals only."""
    if at >= len(tokens) or tokens[at].text not in _OPENING:
        return None
    for index in range(at + 1, min(at + 2 + _LONGEST_QUOTED, len(tokens))):
        if tokens[index].text in _CLOSING:
            return index if index > at + 1 else None
        if not tokens[index].capital:
            return None
    return None


def nicknames_of(found: Sequence[Nickname], people: People) -> dict[str, str]:
    """Return nickname -> full name; what is a part of somebody's own name is no nickname."""
    meant: dict[str, str] = {}
    for pair in found:
        name = people.full.get(pair.of.name, pair.of.name)
        for other in pair.names:
            if other not in people.parts:
                meant.setdefault(other, name)
    return meant
