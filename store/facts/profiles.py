"""A fact as it is compared: its telling words, its names whatever the spelling, its figures, days and side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from store.facts import lexicon, words
from store.facts.concepts import Hit, find_concepts
from store.facts.figures import Figure, read_figures
from store.facts.model import Known, Speaker, Status

# Consonants that romanisations write in several ways, longest first.
_SOUNDS = (
    ("shch", "sh"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"),
    ("q", "k"), ("c", "k"), ("w", "v"), ("x", "ks"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]")
_TWICE = re.compile(r"(.)\1")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a fact is compared by."""

    known: Known
    terms: frozenset[str]  # stems and "#concept"s that tell what the sentence is about, without figures
    names: frozenset[str]  # `name_key`s of who and what it names
    hits: tuple[Hit, ...]
    figures: tuple[Figure, ...]
    days: frozenset[tuple[str, str]]  # first and last day of each date that is about the event
    speaker: frozenset[str]  # `name_key`s of the speaker's own name
    side: frozenset[str]  # `name_key`s of the country or body that the speaker speaks for
    plain: str  # folded words, for copies

    @property
    def is_denial(self) -> bool:
        """Say whether the sentence denies something."""
        return self.known.fact.status is Status.DENIED

    def concepts(self, kind: str) -> frozenset[str]:
        """Return the names of the concepts of *kind* that the sentence words."""
        return frozenset(hit.concept.name for hit in self.hits if hit.concept.kind == kind)


@lru_cache(maxsize=16384)
def name_key(word: str) -> str:
    """Return one key for the spellings of a name: its consonants, romanisation evened out.

    "Farkhod" and "Farhod", "Akdarya" and "Oqdaryo", "Taleban" and "Taliban" meet. A word with fewer than three
    consonants keeps its vowels, since too much would meet; so does a name known to be like another: Niger, Nigeria.
    """
    folded = words.fold(word)
    if folded in _alike_names():
        return folded
    sound = folded
    for spelling, one in _SOUNDS:
        sound = sound.replace(spelling, one)
    skeleton = _TWICE.sub(r"\1", _VOWELS.sub("", sound))
    return skeleton if len(skeleton) >= 3 else folded


@cache
def _no_names() -> frozenset[str]:
    return frozenset(word for line in lexicon.lines("no_names.txt") for word in line.split())


@cache
def _carriers() -> frozenset[str]:
    return frozenset(words.stem(word) for line in lexicon.lines("carriers.txt") for word in line.split())


@cache
def _alike_names() -> frozenset[str]:
    return frozenset(lexicon.lines("alike_names.txt"))


def name_keys(names: Iterable[str]) -> frozenset[str]:
    """Return the keys of all telling words of *names*; a hyphened name counts once, as one word."""
    return frozenset(
        name_key(token.text)
        for name in names
        for token, term in words.placed_stems(name)
        if len(term) > 2 and token.text not in words.FUNCTION_WORDS and token.text not in _no_names()
    )


def read_profile(known: Known) -> Profile:
    """Return what *known* is compared by. Pure; costs about 0.1 ms."""
    fact = known.fact
    placed = list(words.placed_stems(known.text))
    hits = tuple(find_concepts([term for _, term in placed]))
    named = name_keys((*fact.people, *fact.orgs, *fact.places))
    return Profile(
        known=known,
        terms=_terms(placed, hits, named),
        names=named | _capitals(known.text, placed),
        hits=hits,
        figures=read_figures(known, placed, hits),
        days=frozenset((when.first, when.last) for when in fact.dates),
        speaker=name_keys([fact.speaker.name]) if fact.speaker else frozenset(),
        side=_side(fact.speaker, known),
        plain=" ".join(token.text for token, _ in placed),
    )


def _terms(placed: list[tuple[words.Token, str]], hits: tuple[Hit, ...], named: frozenset[str]) -> frozenset[str]:
    worded = {at for hit in hits for at in range(hit.start, hit.end)}
    terms = {f"#{hit.concept.name}" for hit in hits}
    for at, (token, term) in enumerate(placed):
        if at in worded or term in _carriers() or token.text in words.FUNCTION_WORDS or token.text[0].isdigit():
            continue
        key = name_key(token.text)
        terms.add(key if key in named else term)
    return frozenset(terms)


def _capitals(text: str, placed: list[tuple[words.Token, str]]) -> frozenset[str]:
    """Return the keys of the words that are capitalised inside the sentence."""
    return frozenset(
        name_key(token.text)
        for token, term in placed[1:]
        if text[token.start].isupper()
        and len(term) > 2
        and token.text not in _no_names()
        and token.text not in words.FUNCTION_WORDS
        and text[: token.start].rstrip(" ")[-1:] not in {'"', "“", ".", "'", "‘"}
    )


def _side(speaker: Speaker | None, known: Known) -> frozenset[str]:
    """Return whom the speaker speaks for: the country or body of the role, else the country in a body's own name."""
    if speaker is None:
        return frozenset()
    if speaker.of:
        return name_keys([speaker.of])
    return name_keys([speaker.name])
