"""What a sentence's words alone tell: its terms, its concepts, and what it says there is none of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from store.facts import lexicon, words
from store.facts.comparing.around import BE, Placed, number_terms
from store.facts.comparing.concepts import Hit, find_concepts
from store.facts.comparing.name_keys import name_key, name_keys, no_names
from store.facts.comparing.tally_words import measures
from store.facts.model import Known

# "No longer", "no more than", "no doubt": nothing is denied by them.
_NO_MATTER = frozenset(
    {"longer", "more", "less", "fewer", "later", "doubt", "matter", "one", "comment", "idea", "other"}
)
_DENYING = frozenset({"no", "none", "zero", "not"})
_WHERE = frozenset({"in", "at", "near", "on", "off", "outside", "around"})
_LEADING = frozenset({"the", "of", "a", "an"})  # between these and the name: "in the town of"
_NEAR_NAME = 4  # words
_NEAR_MODAL = 5  # words from "no" to "could have"
_COULD_HAVE = {(modal, "have") for modal in ("could", "can", "would", "should", "might")}

_NO_QUITTING = "quite"


@dataclass(frozen=True)
class Wording:
    """What a sentence's words alone tell, whoever says it wherever."""

    text: str
    plain: tuple[str, ...]
    placed: Placed
    stems: tuple[str, ...]

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The concepts that it words."""
        return _hits(self.text, self.placed)

    def hits_beside(self, voice: frozenset[int]) -> Sequence[Hit]:
        """Return the concepts that are worded elsewhere than where the speaker is named."""
        return [hit for hit in self.hits if hit.start not in voice] if voice else self.hits


@lru_cache(maxsize=512)  # a fact is read in parts
def read_wording(text: str) -> Wording:
    """Return what the words of the sentence *text* tell."""
    placed = tuple(words.placed_stems(text))
    plain = tuple([token.text for token in words.tokens(text)])
    if _NO_QUITTING in plain:  # it has the stem of "quit"
        placed = tuple([(token, token.text if token.text == _NO_QUITTING else term) for token, term in placed])
    return Wording(text, plain, placed, tuple([term for _, term in placed]))


def read_words(known: Known, side: frozenset[str]) -> tuple[frozenset[str], ...]:
    """Return terms, names, places and stems as a gist has them."""
    fact, wording = known.fact, read_wording(known.text)
    placed = wording.placed
    whole = _without_parts(placed) if len(placed) > len(wording.plain) else range(len(placed))
    names = name_keys((*fact.people, *fact.orgs, *fact.places)) | _capitals(known.text, placed, whole)
    stems = frozenset([term for token, term in placed if token.text not in words.FUNCTION_WORDS])
    return _terms(known, wording, whole, names), names, name_keys(fact.places) - side, stems


def voice_of(known: Known, placed: Placed) -> frozenset[int]:
    """Return the positions of the words that name the speaker: "the coast guard said" tells nothing of guards."""
    speaker = known.fact.speaker
    start = known.text.find(speaker.as_printed) if speaker and speaker.as_printed else -1
    if speaker is None or start < 0:
        return frozenset()
    end = start + len(speaker.as_printed)
    return frozenset(at for at, (token, _) in enumerate(placed) if start <= token.start < end)


def _hits(text: str, placed: Placed) -> tuple[Hit, ...]:
    """Return the concepts worded in a sentence; "March" is no march, and "according to" is no accord."""
    unnamed = no_names()
    folded = [
        "" if token.text == "according" or (token.text in unnamed and text[token.start].isupper()) else token.text
        for token, _ in placed
    ]
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


def _terms(known: Known, wording: Wording, whole: Iterable[int], names: frozenset[str]) -> frozenset[str]:
    """Return stems and "#concept"s that tell what the sentence is about, without figures."""
    placed, voice = wording.placed, voice_of(known, wording.placed)
    hits = wording.hits_beside(voice)
    worded = {at for hit in hits for at in range(hit.start, hit.end)} | voice
    terms = {f"#{hit.concept.name}" for hit in hits}
    told = [(at, placed[at][1]) for at in whole if at not in worded and _tells(placed[at][0].text, placed[at][1])]
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
        token.text not in no_names()
        and token.text not in words.FUNCTION_WORDS
        and text[: token.start].rstrip(" ")[-1:] not in {'"', "“", ".", "'", "‘"}
    )


def located(wording: Wording, names: frozenset[str]) -> frozenset[str]:
    """Return which of *names* say where something is: "in Harrow", "on the port of Sill", "near the town of Marn"."""
    found: set[str] = set()
    for at, (token, _) in enumerate(wording.placed):
        if token.text in _WHERE:
            found.update(_name_after(wording, at, names))
    return frozenset(found)


def _name_after(wording: Wording, at: int, names: frozenset[str]) -> Iterator[str]:
    """Yield the keys of the first name among the few words after a preposition, all its words in a row."""
    begun = False
    for token, term in wording.placed[at + 1 : at + 2 + _NEAR_NAME]:
        is_name = wording.text[token.start].isupper() and name_key(term) in names
        if is_name:
            begun = True
            yield name_key(term)
        elif begun or not (token.text in _LEADING or token.text not in words.FUNCTION_WORDS):
            return


def negated(wording: Wording) -> frozenset[str]:
    """Return the terms of what the sentence says there is none of: "not one tank", "no ammonia had escaped".

    What is one noun phrase stays together: who built "no refugee camps" says nothing about refugees.
    """
    if _DENYING.isdisjoint(wording.plain):
        return frozenset()
    placed = wording.placed
    worded = {at: f"#{hit.concept.name}" for hit in wording.hits for at in range(hit.start, hit.end)}
    found: set[str] = set()
    for at, (token, _) in enumerate(placed):
        if token.text not in _DENYING or (token.text == "not" and not _one_follows(placed, at)):
            continue
        if token.text == "no" and placed[at + 1 :] and placed[at + 1][0].text in _NO_MATTER:
            continue
        if not (token.text == "not" and _says_what_it_is(placed, at)) and not _could_have(placed, at):
            found.update(_phrase_after(placed, at, worded))
    return frozenset(found)


def _says_what_it_is(placed: Placed, at: int) -> bool:
    """Say whether "not" tells what something is, or prefers: "this is not a game", "talks but not a truce".

    "There is not one tank" does neither.
    """
    before = [token.text for token, _ in placed[max(0, at - 2) : at]]
    return bool(before) and (before[-1] == "but" or (before[-1] in BE and before[0] != "there"))


def _could_have(placed: Placed, at: int) -> bool:
    """Say whether the phrase only tells what nobody was able to do: "no operator could have foreseen" it."""
    after = [token.text for token, _ in placed[at + 1 : at + 2 + _NEAR_MODAL]]
    return any(pair in _COULD_HAVE for pair in pairwise(after))


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
    return not (word in words.FUNCTION_WORDS or word[0].isdigit() or term in _untelling() or word in number_terms())


def _one_follows(placed: Placed, at: int) -> bool:
    """Say whether "not" goes on as "not one tank", "not a cent", "not any"."""
    return bool(placed[at + 1 :]) and placed[at + 1][0].text in {"one", "a", "any"}


@cache
def _carriers() -> frozenset[str]:
    return frozenset(words.stem(word) for line in lexicon.lines("carriers.txt") for word in line.split())


@cache
def _untelling() -> frozenset[str]:
    return _carriers() | measures()
