"""One person under one name: surnames traced back to full names, and the gender that the text tells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from store.facts.cast.candidates import Candidate
from store.facts.cast.names import Token, particles
from store.facts.cast.vocabulary import speech_verbs
from store.facts.model import Kind, Mention, Span
from store.facts.rules import Rule

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ul", "ur", "us"})  # Arabic ones
_LONGEST_OFFICE = 4  # words and marks between "his" and a name: "his Karvian counterpart, | Vera Ulm"
_MOST_NAMESAKES = 50  # people of one surname among whom a short form is looked for
_PRONOUNS = {"he": "m", "his": "m", "him": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}


class Draft(Protocol):
    """What gender is added to."""

    kind: Kind
    gender: str | None
    mentions: list[Mention]


@dataclass(frozen=True, slots=True)
class People:
    """The people of a story and what they are called in it."""

    full: dict[str, str]  # full name as printed -> the fullest form of it
    parts: dict[str, list[str]]  # surname, else another part -> whose it is
    first: dict[str, int]  # where each is named in full first
    genders: dict[str, str]  # of those whom a title or a word beside the name tells
    offices: dict[str, str]  # the titles of those who have one in capitals, in small letters
    couples: frozenset[str] = frozenset()  # surnames under which the story has "Mr" and "Mrs", and no full name

    def meant_by(self, candidate: Candidate) -> tuple[str, Rule | None] | None:
        """Return the full name of the person that a mention can only mean, and the rule if that is another name.

        Of two people with one surname it is the only one named before, or the one whom "Mrs" fits; else nobody, but
        "Mr Ruiz" without a full name stands for himself, and keeps the title beside a "Mrs Ruiz".
        """
        name = candidate.name
        owners = self.parts.get(name, [])
        if name in self.full:
            return self.full[name], Rule.FULLER
        if len(owners) == 1 and not (candidate.gender and self.genders.get(owners[0]) not in (None, candidate.gender)):
            return owners[0], Rule.PART_OF_NAME
        before = [owner for owner in owners if self.first[owner] < candidate.start]
        fitting = [o for o in before if not candidate.gender or self.genders.get(o) in (None, candidate.gender)]
        told = [owner for owner in fitting if candidate.gender and self.genders.get(owner) == candidate.gender]
        if len(fitting) > 1 and candidate.role:  # "Senator Bello"
            told = [owner for owner in fitting if candidate.role.lower() in self.offices.get(owner, "")]
        if len(fitting) == 1 or len(told) == 1:
            return told[0] if told else fitting[0], Rule.PART_BEFORE
        if not candidate.honorific or len(candidate.words) > 1:
            return None
        return (f"{candidate.title} {name}", None) if owners or name in self.couples else (name, None)

    def sole_owners(self) -> dict[str, str]:
        """Return every name and every part that stands for one person alone, with the full name."""
        return {part: owners[0] for part, owners in self.parts.items() if len(owners) == 1} | self.full


def people_of(candidates: Sequence[Candidate]) -> People:
    """Return the people whom *candidates*, mentions of people in order, name in full, and the parts of their names."""
    found = [candidate for candidate in candidates if len(candidate.words) > 1]
    fullest = _fullest([candidate.words for candidate in found])
    first: dict[str, int] = {}
    genders: dict[str, str] = {}
    offices: dict[str, str] = {}
    for candidate in found:
        name = " ".join(fullest[candidate.words])
        first.setdefault(name, candidate.start)
        if candidate.gender:
            genders.setdefault(name, candidate.gender)
        if candidate.role:
            offices[name] = f"{offices.get(name, '')} {candidate.role.lower()}"
    parts: dict[str, list[str]] = {}
    targets = list(dict.fromkeys(fullest.values()))
    for rank in (surnames_of, _first_names):
        taken: dict[str, list[str]] = {}
        for target in targets:
            for part in rank(target):
                taken.setdefault(part, []).append(" ".join(target))
        parts = taken | parts  # a surname goes before another's first name
    full = {" ".join(words): " ".join(target) for words, target in fullest.items()}
    return People(full, parts, first, genders, offices, _couples(candidates) - parts.keys())


def _couples(candidates: Iterable[Candidate]) -> frozenset[str]:
    """Return the surnames that stand behind titles of both genders: "Mr Dalby" and "Mrs Dalby"."""
    genders: dict[str, set[str]] = {}
    for candidate in candidates:
        if candidate.gender and candidate.title and len(candidate.words) == 1:
            genders.setdefault(candidate.name, set()).add(candidate.gender)
    return frozenset(name for name, found in genders.items() if len(found) > 1)


def with_small_particles(candidates: Iterable[Candidate]) -> None:
    """Write surnames with a particle as the full name has them: "Van der Berg said" of "Pieter van der Berg".

    They take a capital where no first name stands before them.
    """
    found = list(candidates)
    surnames = {
        " ".join(tail).lower(): tail
        for candidate in found
        for at in range(1, len(candidate.words))
        if (tail := candidate.words[at:])[0][0].islower()
    }
    for candidate in found:
        written = surnames.get(candidate.name.lower(), candidate.words)
        if candidate.words != written:
            candidate.words = written
            candidate.votes.pop(Kind.PLACE, None)


def surnames_of(words: tuple[str, ...]) -> list[str]:
    """Return what people are called after their full name: the last word, with its particles: "van der Berg"."""
    if len(words) > 1 and words[-1].lower().rstrip(".") in _SUFFIXES:
        words = words[:-1]
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in particles():
        at -= 1
    tail = [" ".join(words[at:]), words[-1]]
    article, _, bare = words[-1].partition("-")
    if article.lower() in _ARTICLES and bare:  # "Rifai" of "Ahmad al-Rifai"
        tail.append(bare)
    return list(dict.fromkeys(tail))


def _first_names(words: tuple[str, ...]) -> list[str]:
    """Return the other parts: surnames that stand first ("Xi"), middle surnames ("García" Márquez)."""
    return [word for word in words[:-1] if len(word) > 1 and not word.endswith(".") and word.lower() not in particles()]


def _fullest(names: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return name -> the longest name that it is a shorter form of: "A. Okello" of "Amina Grace Okello"."""
    distinct = sorted(dict.fromkeys(names), key=len, reverse=True)
    full: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_surname: dict[str, list[tuple[str, ...]]] = {}
    for name in distinct:
        family = by_surname.setdefault(name[-1], [])
        longer = next((other for other in family[:_MOST_NAMESAKES] if _is_short_for(name, other)), None)
        if longer is None:
            family.append(name)
        full[name] = longer or name
    return full


def _is_short_for(name: tuple[str, ...], full: tuple[str, ...]) -> bool:
    if name[-1] != full[-1] or len(name) > len(full):
        return False
    rest = iter(full[:-1])
    return all(any(_agrees(word, other) for other in rest) for word in name[:-1])


def _agrees(word: str, other: str) -> bool:
    return word == other or (word.rstrip(".") == other[:1] and len(word.rstrip(".")) == 1)


def outside_quotes(tokens: Sequence[Token], quotes: Sequence[Span]) -> list[Token]:
    """Return the words that the outlet says itself: "he" in a quotation is seldom the one who speaks."""
    if not tokens:
        return []
    first = bisect_left(quotes, tokens[0].start, key=lambda quote: quote.end)
    beyond = bisect_left(quotes, tokens[-1].end, key=lambda quote: quote.start)
    near = quotes[first:beyond]
    return [token for token in tokens if not any(quote.start < token.start < quote.end for quote in near)]


def _is_apposed(tokens: Sequence[Token], at: int) -> bool:
    """Tell the "his" of "Karen Street, his partner,", which is somebody else's."""
    return at > 1 and tokens[at].low in {"his", "her"} and tokens[at - 1].text == "," and tokens[at - 2].capital


def add_gender(sentences: Sequence[Sequence[Token]], drafts: Sequence[Draft]) -> None:
    """Give a gender to those whom a pronoun can only mean: alone in their sentence before "he", or just before it."""
    mentions = sorted(
        ((m.start, draft) for draft in drafts if draft.kind is Kind.PERSON for m in draft.mentions), key=lambda m: m[0]
    )
    starts = [start for start, _ in mentions]
    previous: Draft | None = None
    for tokens in sentences:
        if not tokens:
            continue
        named = mentions[bisect_left(starts, tokens[0].start) : bisect_left(starts, tokens[-1].end)]
        distinct = list({id(person): person for _, person in named}.values())
        pronouns = [t for at, t in enumerate(tokens) if t.low in _PRONOUNS and not _is_apposed(tokens, at)]
        meant = _meant_by(pronouns, tokens, named, previous) if pronouns else None
        if meant is not None and meant.gender is None:
            meant.gender = _PRONOUNS[pronouns[0].low]
        if distinct:
            previous = distinct[0] if len(distinct) == 1 else None


def _meant_by(
    pronouns: Sequence[Token], tokens: Sequence[Token], named: Sequence[tuple[int, Draft]], previous: Draft | None
) -> Draft | None:
    """Return whom the first of a sentence's *pronouns* can only mean, *named* in it or *previous*; None for nobody."""
    first = pronouns[0]
    before = [person for start, person in named if start < first.start]
    alone = len({id(person) for person in before}) == 1
    if alone and _owns_somebody(tokens, first, [start for start, _ in named]):
        return before[-1]
    speaks = first is tokens[0] and tokens[1:] and tokens[1].low in speech_verbs()  # "She said he"
    if len({_PRONOUNS[pronoun.low] for pronoun in pronouns}) > 1 and not speaks:
        return None  # "He lived to see her lecture, she said"
    if alone and len({id(person) for _, person in named}) == 1:
        return before[-1]
    return previous if not named or first is tokens[0] else None


def _owns_somebody(tokens: Sequence[Token], pronoun: Token, starts: Sequence[int]) -> bool:
    """Tell the "his" of "Tom Ulm and his wife, Vera Ulm,": *starts* are where the sentence names people."""
    at = next(at for at, token in enumerate(tokens) if token is pronoun)
    ahead = tokens[at + 1 : at + 2 + _LONGEST_OFFICE]
    return pronoun.low in {"his", "her"} and any(token.start in starts for token in ahead)
