"""What a reader has heard so far when a sentence begins: who spoke last, and where to look back to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from store.facts.cast.gazetteer import country_named, country_of_capital, country_of_demonym, is_known_place
from store.facts.cast.peoples import is_people_of
from store.facts.lexicon import word_set
from store.facts.model import Cast, Entity, Kind, Mention, Sentence, Speaker

# By the word alone; "her" and "his" only stand alone in "in her words".
PRONOUN_GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_PARTS = frozenset(
    {"town", "city", "village", "port", "suburb", "hamlet", "district", "province", "region", "county", "municipality"}
)
_LONGEST_PART = 20  # characters of "municipality of "
_POSSESSIVES = ("'s", "’s")
_LONGEST_NOUN = 24  # characters behind a name, for the noun that it only describes
_MARKS = ".,;:!?"
_CAPITAL_OF = (", the capital of", ", capital of")
_MEMORY = 3  # sentences after which "it" and "the company" no longer look back at a body


@dataclass(frozen=True, slots=True)
class Heard:
    """The state of a reading, sentence by sentence; never changed, only replaced."""

    text: str
    cast: Cast
    start: int = 0  # of the sentence at hand
    previous_start: int = 0  # of the sentence before
    previous: Speaker | None = None  # who had the word in the sentence before
    last_person: Speaker | None = None  # the last person who had the word
    last_body: Speaker | None = None  # the last body or government that had it, not long ago
    silence: int = 0  # sentences since then
    kinds: Mapping[str, Speaker] = field(default_factory=dict)  # noun -> the last body so called that had the word
    topic: Speaker | None = None  # the person whom the last sentences were about
    topic_start: int = -1  # of the sentence that was about him or her
    quotes: bool = False  # the sentence before gave somebody's words in quotation marks
    genders: Mapping[str, str] = field(default_factory=dict)  # of persons whom a pronoun was found to mean
    is_release: bool = False  # the text is its issuer's own
    issuer: Speaker | None = None  # of a release, the first body that had the word

    def is_person(self, speaker: Speaker) -> bool:
        """Tell whether a speaker is a person of the cast."""
        return self.cast.names(speaker.name, Kind.PERSON)

    def is_unnamed_person(self, speaker: Speaker) -> bool:
        """Tell whether a speaker is one person who is only described: "Tajik official from the ministry"."""
        is_office = speaker.role in word_set("person_nouns.txt") - word_set("body_nouns.txt")
        return is_office and not self.is_person(speaker)

    def is_body(self, speaker: Speaker) -> bool:
        """Tell whether a speaker is one body that "it" can mean: no person and no group of people."""
        described = self.is_unnamed_person(speaker) or speaker.role in word_set("group_nouns.txt")
        return not self.is_person(speaker) and not described

    def people(self) -> tuple[Entity, ...]:
        """Return the persons of the cast."""
        return self.cast.of_kind(Kind.PERSON)

    def can_be(self, person: Entity, gender: str) -> bool:
        """Tell whether "he" ("m") or "she" ("f") can mean *person*, by the text and by who was meant so far."""
        return (person.gender or self.genders.get(person.name)) in (None, gender)

    def bodies(self) -> tuple[Entity, ...]:
        """Return the bodies of the cast."""
        return self.cast.of_kind(Kind.ORG)

    def places(self) -> tuple[Entity, ...]:
        """Return the places of the cast."""
        return self.cast.of_kind(Kind.PLACE)

    def after(
        self,
        sentence: Sentence,
        speaker: Speaker | None,
        following: int,
        *,
        topic: Speaker | None = None,
        quotes: bool = False,
    ) -> Heard:
        """Return what has been heard once *sentence* is read, of the person *topic*; the next begins at *following*.

        *quotes*: its words stand in quotation marks, whoever's they are.
        """
        person = speaker is not None and self.is_person(speaker)
        body = speaker is not None and self.is_body(speaker)
        silence = 0 if body else self.silence + 1
        kinds = {**self.kinds, **_called(speaker)} if speaker is not None and body else self.kinds
        issuer = self.issuer or (speaker if self.is_release and body else None)
        told = PRONOUN_GENDERS.get(speaker.as_printed.lower()) if speaker is not None and person else None
        genders = {**self.genders, speaker.name: told} if speaker is not None and told else self.genders
        return replace(
            self,
            start=following,
            previous_start=sentence.start,
            previous=speaker,
            last_person=speaker if person else self.last_person,
            last_body=speaker if body else self.last_body if silence <= _MEMORY else None,
            silence=silence,
            kinds=kinds,
            topic=topic or self.topic,
            topic_start=sentence.start if topic else self.topic_start,
            quotes=quotes,
            genders=genders,
            issuer=issuer,
        )


def _called(body: Speaker) -> dict[str, Speaker]:
    """Return the nouns in a body's name, each with the body: the "ministry" of "health ministry"."""
    return {word: body for word in body.name.lower().split() if word in word_set("body_nouns.txt")}


def acts_alone(text: str, mention: Mention) -> bool:
    """Tell a person named for himself from the "Ruiz" of "Ruiz backers" and "Ruiz's lawyer"."""
    if text.startswith(_POSSESSIVES, mention.end):
        return False
    words = text[mention.end : mention.end + _LONGEST_NOUN].split(maxsplit=1)
    return not words or words[0].strip(_MARKS) not in word_set("group_nouns.txt")


def latest(entities: Iterable[Entity], before: int, *, since: int = 0) -> Entity | None:
    """Return the entity named last between *since* and *before*."""
    spots = [(m.start, n, e) for n, e in enumerate(entities) for m in e.mentions if since <= m.start < before]
    return max(spots, key=lambda spot: spot[:2])[2] if spots else None


def earliest(entities: Iterable[Entity], before: int, *, since: int = 0, text: str = "") -> Entity | None:
    """Return the entity named first between *since* and *before*; with *text*, one that acts alone before others."""
    spots = [(m, n, e) for n, e in enumerate(entities) for m in e.mentions if since <= m.start < before]
    ranked = ((bool(text) and not acts_alone(text, m), m.start, n, e) for m, n, e in spots)
    return min(ranked, key=lambda spot: spot[:3])[3] if spots else None


def country_of_place(place: Entity, heard: Heard) -> str | None:
    """Return the country that a place stands for when it speaks: itself, or the one whose capital it is.

    None for a city that is known to be no capital.
    """
    country = country_named(place.name) or country_of_capital(place.name) or place.of or _called_capital(place, heard)
    if country:
        return country
    return None if is_known_place(place.name) or _is_called_town(place, heard) else place.name


def _is_called_town(place: Entity, heard: Heard) -> bool:
    """Tell a place that the text calls a town, a village or another part of a country: "the port of Dessa"."""
    called = (heard.text[max(0, m.start - _LONGEST_PART) : m.start].split()[-2:] for m in place.mentions)
    return any(words[1:] == ["of"] and words[0] in _PARTS for words in called)


def _called_capital(place: Entity, heard: Heard) -> str | None:
    """Return the country that the text calls *place* the capital of: "Ruvia's capital, Tolm", "Tolm, capital of"."""
    for mention in place.mentions:
        before = heard.text[max(0, mention.start - 50) : mention.start].rpartition(".")[2]
        behind = heard.text[mention.end : mention.end + 50].partition(".")[0]
        about = before if "capital" in before else behind if behind.startswith(_CAPITAL_OF) else ""
        owners = [e.name for e in heard.places() if e is not place and e.name in about]
        if owners:
            return owners[0]
    return None


def country_of_word(word: str, heard: Heard) -> str | None:
    """Return the country of a people or an adjective: "Tajik", or "Ruvian" where the story names Ruvia."""
    if not word[:1].isupper():
        return None
    known = country_of_demonym(word)
    return known or next((e.name for e in heard.places() if is_people_of(word, e.name)), None)
