"""A fact as it is compared: its telling words, its names whatever the spelling, its figures, days and side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple

from store.facts import lexicon, words
from store.facts.comparing.changes import Changes, read_changes, read_grades
from store.facts.comparing.concepts import Hit, find_concepts
from store.facts.comparing.tallies import Figure
from store.facts.comparing.tally_words import is_long_ago, measures, read_figures
from store.facts.model import Fact, Known, Speaker, Status

# Consonants that romanisations write in several ways, longest first.
_SOUNDS = (
    ("shch", "sh"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"),
    ("q", "k"), ("c", "k"), ("w", "v"), ("x", "ks"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]")
_TWICE = re.compile(r"(.)\1")


# "No longer", "no more than", "no doubt": nothing is denied by them.
_NO_MATTER = frozenset(
    {"longer", "more", "less", "fewer", "later", "doubt", "matter", "one", "comment", "idea", "other"}
)


_DENYING = frozenset({"no", "none", "zero", "not"})
_NOTS = frozenset({"never", "not", "neither", "nor"})
_COPULAS = frozenset({"is", "was", "are", "were", "be", "been"})
_CONTRADICTING = frozenset(map(words.stem, ("contradicting", "contradicted", "refuting", "rebutting", "disproving")))
_ECHOES = frozenset({"also", "likewise", "too"})
_SUBJECTS = frozenset({"toll", "state", "count", "event"})


Placed = Sequence[tuple[words.Token, str]]  # a sentence's words with their stems


class Profile(NamedTuple):
    """What a fact is compared by; a plain tuple, since a story meets hundreds of them."""

    known: Known
    plain: tuple[str, ...]  # its folded words in order: what copies share, whatever the spacing and punctuation
    terms: frozenset[str]  # stems and "#concept"s that tell what the sentence is about, without figures
    words: frozenset[str]  # terms and names together
    names: frozenset[str]  # `name_key`s of who and what it names
    places: frozenset[str]  # of the places it names, but for the country that speaks
    events: frozenset[str]  # concepts of things that take place
    subjects: frozenset[str]  # concepts that a position, a plan or a figure can be about, events among them
    tolls: frozenset[str]  # of these, what happens to people or things and is counted
    things: frozenset[str]  # what a state can be of: subjects, who is named, what is counted
    figures: tuple[Figure, ...]
    changes: Changes  # "reopened", "called off", "after saying that it needed none"
    nots: frozenset[str]  # "never", "not", "neither": in "had never been asked", "will not reduce"
    grades: frozenset[str]  # of an alert, a warning: "orange"
    contradicts: bool  # it says itself that it contradicts somebody
    echoes: bool  # "also", "too": somebody else says so as well
    asks: bool  # "whether": it leaves open what it words
    negated: frozenset[str]  # terms of what it says there is none of
    recalls: bool  # it only reminds of what was before
    coming: frozenset[tuple[str, str]]  # first and last day of each date after the story's own
    speaker: frozenset[str]  # `name_key`s of the speaker's own name
    side: frozenset[str]  # `name_key`s of the country or body that the speaker speaks for
    is_denial: bool  # it denies something, or somebody says in it that it never was
    is_negative: bool  # it says that something is not so, as a denial or in any other way

    @property
    def voice(self) -> frozenset[str]:
        """Return the speaker's name as names are compared: a hyphened one is one word."""
        speaker = self.known.fact.speaker
        return self.speaker | name_keys([speaker.name]) if speaker else frozenset()

    @property
    def body(self) -> frozenset[str]:
        """Return the keys of a speaking body's name: a relief agency or a ministry speaks about many events."""
        speaker = self.known.fact.speaker
        return self.speaker if speaker and not speaker.role else frozenset()

    @property
    def is_ahead(self) -> bool:
        """Say whether the sentence tells of what is planned or expected."""
        return self.known.fact.status in {Status.PLANNED, Status.FORECAST}


@lru_cache(maxsize=16384)
def name_key(word: str) -> str:
    """Return one key for the spellings of a name: its consonants, romanisation evened out.

    "Khurshed" and "Hurshed", "Syrdarya" and "Sirdaryo", "Taleban" and "Taliban" meet. A word with fewer than three
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
def _untelling() -> frozenset[str]:
    return _carriers() | measures()


@cache
def _alike_names() -> frozenset[str]:
    return frozenset(lexicon.lines("alike_names.txt"))


def name_keys(names: Iterable[str]) -> frozenset[str]:
    """Return the keys of all telling words of *names*; a hyphened name counts once, as one word."""
    return frozenset[str]().union(*map(_keys_of, names))


@lru_cache(maxsize=4096)  # the few names of an event stand in most of its sentences
def _keys_of(name: str) -> frozenset[str]:
    return frozenset(
        name_key(term)
        for token, term in words.placed_stems(name)
        if len(term) > 2 and token.text not in words.FUNCTION_WORDS and token.text not in _no_names()
    )


@dataclass(frozen=True, slots=True)
class _Wording:
    """What a sentence's words alone tell, whoever says it wherever."""

    plain: tuple[str, ...]
    placed: Placed
    stems: tuple[str, ...]
    telling: tuple[tuple[int, str], ...]  # position and stem of each word that tells, without parts of hyphened ones
    hits: tuple[Hit, ...]
    capitals: frozenset[str]
    negated: frozenset[str]
    changes: Changes


@lru_cache(maxsize=1024)  # a new fact is read again once it has its outlet and its id
def _read_wording(text: str) -> _Wording:
    placed = tuple(words.placed_stems(text))
    stems = tuple([term for _, term in placed])
    plain = tuple([token.text for token in words.tokens(text)])
    whole = _without_parts(placed) if len(placed) > len(plain) else tuple(range(len(placed)))
    hits = _hits(text, placed)
    negated = frozenset[str]() if _DENYING.isdisjoint(plain) else _negated(placed, hits)
    telling = tuple([(at, stems[at]) for at in whole if _tells(placed[at][0].text, stems[at])])
    return _Wording(plain, placed, stems, telling, hits, _capitals(text, placed, whole), negated, read_changes(stems))


@lru_cache(maxsize=8192)  # about 6 kB each; those of a running event are met again by every new story of it
def held_profile(held: Known) -> Profile:
    """Return what a held fact is compared by, from memory when it was compared lately."""
    return read_profile(held)


def read_profile(known: Known) -> Profile:
    """Return what *known* is compared by. Pure; costs about 0.1 ms the first time."""
    when_told = known.published_at if any(is_long_ago(when, known) for when in known.fact.dates) else None
    return _read_told(known.text, known.fact, when_told)._replace(known=known, coming=_coming(known))


@lru_cache(maxsize=2048)  # a fact is read within its story, then as a new one, then as a held one
def _read_told(text: str, fact: Fact, published_at: datetime | None) -> Profile:
    """Return the profile of a fact whoever carries it; when only counts where it tells of what was long ago."""
    known = Known(0, 0, "", text, fact, published_at=published_at)
    wording = _read_wording(text)
    voice = _voice(known, wording.placed)
    hits = tuple(hit for hit in wording.hits if hit.start not in voice)
    names = name_keys((*fact.people, *fact.orgs, *fact.places)) | wording.capitals
    speaker, side = _speaker_keys(fact.speaker), _side(fact.speaker)
    terms = _terms(wording, hits, names, voice)
    figures = read_figures(known, wording.placed, hits)
    subjects = frozenset(hit.concept.name for hit in hits if hit.concept.kind in _SUBJECTS)
    nots = _NOTS.intersection(wording.stems)
    is_denial = fact.status is Status.DENIED or (bool(speaker) and "never" in nots)
    return Profile(
        known=known,
        plain=wording.plain,
        terms=terms,
        words=terms | names,
        names=names,
        places=name_keys(fact.places) - side,
        events=frozenset(hit.concept.name for hit in hits if hit.concept.kind == "event"),
        subjects=subjects,
        tolls=frozenset(hit.concept.name for hit in hits if hit.concept.kind in {"toll", "state"}),
        things=subjects | names | {figure.noun for figure in figures if figure.noun},
        figures=figures,
        changes=wording.changes,
        nots=nots,
        grades=read_grades(wording.stems),
        contradicts=not _CONTRADICTING.isdisjoint(wording.stems),
        echoes=bool(speaker) and not _ECHOES.isdisjoint(wording.stems),
        asks="whether" in wording.stems,
        negated=wording.negated,
        recalls=fact.background or bool(fact.dates and all(is_long_ago(when, known) for when in fact.dates)),
        coming=frozenset(),
        speaker=speaker,
        side=side,
        is_denial=is_denial,
        is_negative=is_denial or bool(nots),
    )


def _coming(known: Known) -> frozenset[tuple[str, str]]:
    if not known.fact.dates:
        return frozenset()
    told = known.published_at.date().isoformat() if known.published_at else ""
    days = [(when.first[:10], when.last[:10]) for when in known.fact.dates]
    return frozenset((first, last) for first, last in days if last > told)


def _voice(known: Known, placed: Placed) -> frozenset[int]:
    """Return the positions of the words that name the speaker: "the coast guard said" tells nothing of guards."""
    speaker = known.fact.speaker
    start = known.text.find(speaker.as_printed) if speaker and speaker.as_printed else -1
    if speaker is None or start < 0:
        return frozenset()
    end = start + len(speaker.as_printed)
    return frozenset(at for at, (token, _) in enumerate(placed) if start <= token.start < end)


def _hits(text: str, placed: Placed) -> tuple[Hit, ...]:
    """Return the concepts worded in a sentence; "March" is no march and "reporters" report nothing."""
    no_names = _no_names()
    folded = ["" if token.text in no_names and text[token.start].isupper() else token.text for token, _ in placed]
    return tuple(find_concepts(folded, [term if word else "" for word, (_, term) in zip(folded, placed, strict=True)]))


def _without_parts(placed: Placed) -> tuple[int, ...]:
    """Return the positions of all words but the parts of a hyphened one, which stands there as a whole too."""

    def is_part(at: int) -> bool:
        token = placed[at][0]
        return any(
            other.start <= token.start and token.end <= other.end and other.end - other.start > token.end - token.start
            for other, _ in placed[at + 1 : at + 6]
        )

    return tuple(at for at in range(len(placed)) if not is_part(at))


def _terms(wording: _Wording, hits: tuple[Hit, ...], names: frozenset[str], voice: frozenset[int]) -> frozenset[str]:
    worded = {at for hit in hits for at in range(hit.start, hit.end)} | voice
    terms = {f"#{hit.concept.name}" for hit in hits}
    told = [(at, term) for at, term in wording.telling if at not in worded]
    for _, term in told:
        key = name_key(term)
        terms.add(key if key in names else term)
    if told and told[0][0] == 0:
        terms.add(name_key(told[0][1]))  # the first word is capitalised anyway: it may be a name that nobody listed
    return frozenset(terms)


def _capitals(text: str, placed: Placed, whole: Iterable[int]) -> frozenset[str]:
    """Return the keys of the words that are capitalised inside the sentence."""
    return frozenset(
        name_key(placed[at][1])
        for at in whole
        if at > 0 and text[placed[at][0].start].isupper() and _is_name(text, placed[at][0]) and len(placed[at][1]) > 2
    )


def _is_name(text: str, token: words.Token) -> bool:
    """Say whether a capitalised word is a name for all we know, and not only the first of a sentence or a quotation."""
    return (
        token.text not in _no_names()
        and token.text not in words.FUNCTION_WORDS
        and text[: token.start].rstrip(" ")[-1:] not in {'"', "“", ".", "'", "‘"}
    )


def _negated(placed: Placed, hits: tuple[Hit, ...]) -> frozenset[str]:
    """Return the terms of what the sentence says there is none of: "not one tank", "no ammonia had escaped".

    What is one noun phrase stays together: who built "no refugee camps" says nothing about refugees.
    """
    worded = {at: f"#{hit.concept.name}" for hit in hits for at in range(hit.start, hit.end)}
    found: set[str] = set()
    for at, (token, _) in enumerate(placed):
        if token.text not in _DENYING or (token.text == "not" and not _one_follows(placed, at)):
            continue
        if token.text == "no" and placed[at + 1 :] and placed[at + 1][0].text in _NO_MATTER:
            continue
        if not (token.text == "not" and _says_what_it_is(placed, at)):
            found.update(_phrase_after(placed, at, worded))
    return frozenset(found)


def _says_what_it_is(placed: Placed, at: int) -> bool:
    """Say whether "not" tells what something is, or prefers: "this is not a game", "talks but not a truce".

    "There is not one tank" does neither.
    """
    before = [token.text for token, _ in placed[max(0, at - 2) : at]]
    return bool(before) and (before[-1] == "but" or (before[-1] in _COPULAS and before[0] != "there"))


def _phrase_after(placed: Placed, at: int, worded: Mapping[int, str]) -> Iterator[str]:
    """Yield the telling terms of the noun phrase that begins after a place: its first telling words in a row."""
    begun = False
    for place, (word, term) in enumerate(placed[at + 1 : at + 7], start=at + 1):
        if place in worded or _tells(word.text, term):
            begun = True
            yield worded.get(place, term)
        elif begun:
            return


def _tells(word: str, term: str) -> bool:
    return not (word in words.FUNCTION_WORDS or word[0].isdigit() or term in _untelling())


def _one_follows(placed: Placed, at: int) -> bool:
    """Say whether "not" goes on as "not one tank", "not a cent", "not any"."""
    return bool(placed[at + 1 :]) and placed[at + 1][0].text in {"one", "a", "any"}


def _speaker_keys(speaker: Speaker | None) -> frozenset[str]:
    """Return the keys of all words of the speaker's name, also of "ministry": two ministries differ by the other."""
    if speaker is None:
        return frozenset()
    return frozenset(
        name_key(words.stem(token.text))
        for token in words.tokens(speaker.name)
        if token.text not in words.FUNCTION_WORDS
    )


def _side(speaker: Speaker | None) -> frozenset[str]:
    """Return whom the speaker speaks for: the country or body of the role."""
    return name_keys([speaker.of]) if speaker and speaker.of else frozenset()
