"""From a noun phrase to the person or body that it means in this story: "Mr Ito", "the minister", "she", "Lisbon".

Everybody who can be found in the cast gets the full name and role from there. Those whom the story leaves unnamed keep
their description. What stays unclear is given a low confidence, and the caller's bar leaves it empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.model import Entity, Kind, Speaker
from store.facts.speech.bodies_named import name_body, name_government
from store.facts.speech.heard import PRONOUN_GENDERS, Heard, country_of_place
from store.facts.speech.offices import PARTY_MEMBERS, name_office, name_spokesperson
from store.facts.speech.phrases import Line, Phrase, Token, cut
from store.facts.speech.pronouns import of_entity, resolve_pronoun
from store.facts.speech.wording import LISTS, Worded, bare

_SPOKESPEOPLE = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokesmen", "spokespeople"})
_GOVERNMENTS = frozenset({"government", "governments", "countries", "nations", "administration", "authorities"})
_VAGUE = frozenset({"one", "others", "none", "everyone", "everybody", "someone", "somebody", "nobody"})
_STYLES = frozenset({"excellency", "highness", "majesty", "holiness", "honour", "honor", "eminence", "lordship"})
_OPENING = frozenset({"when", "while", "although", "though", "as", "because", "since", "after", "before", "once"})
_UNNAMED = frozenset({"a", "an", "one", "the"})
_UNSURE = 0.6
_AGE_WITHIN = 30  # characters beside a name in which an age is its
_LONGEST_DESCRIPTION = 5  # words; beyond that a verb has been taken for a noun


def name_phrase(line: Line, phrase: Phrase, heard: Heard, *, until: int) -> Speaker | None:
    """Return whom *phrase* means; *until* is the last token that hangs on it ("officials | in the capital").

    None if it is nobody who could speak.
    """
    tokens = line.tokens[phrase.first : phrase.last + 1]
    if not tokens or phrase.is_time:
        return None
    if len(tokens) == 1 and tokens[0].low in _pronouns() and phrase.first not in line.named:
        led = _led_to(line, phrase.first, heard) if tokens[0].low in PRONOUN_GENDERS else None
        led = led or (_stranger_before(tokens[0], heard) if tokens[0].low in PRONOUN_GENDERS else None)
        return led or resolve_pronoun(tokens[0], heard) or _subject_before(tokens[0], heard)
    if len(tokens) == 2 and tokens[0].low in {"his", "her"} and tokens[1].low in _STYLES:
        meant = resolve_pronoun(tokens[0], heard)
        return replace(meant, as_printed=f"{tokens[0].text} {tokens[1].text}") if meant else None
    worded = Worded(line, phrase, max(until, phrase.last), heard)
    if worded.head in PARTY_MEMBERS and worded.first.low == "the":
        return name_office(worded)
    if _is_holders_office(worded):
        return _by_head(worded)
    return _by_name(worded) or _by_head(worded)


def _is_holders_office(worded: Worded) -> bool:
    """Tell "the governor's office", which is named by its holder where the story names him, from a body of its own."""
    before = worded.line.tokens[worded.head_at - 1] if worded.head_at > worded.phrase.first else None
    return worded.head == "office" and before is not None and before.owning and not before.is_capital


def _led_to(line: Line, index: int, heard: Heard) -> Speaker | None:
    """Return whom the clause before a pronoun at *index* is about: "When Ruiz spoke, she said"; "Ruiz wept: "..."."""
    opens = line.tokens[0].low in _OPENING
    quotes = any(t.text == ":" and line.tokens[i + 1].quoted for i, t in enumerate(line.tokens[:index]))
    if not (opens or quotes):
        return None
    phrase = next(iter(line.phrases(1 if opens else 0, index - 1)), None)
    names = line.names_in(phrase.first, phrase.last, Kind.PERSON) if phrase else []
    if phrase is None or not names or names[-1][2] != phrase.last or line.tokens[phrase.last].owning:
        return None
    person, token = names[-1][0], line.tokens[index]
    fits = heard.can_be(person, PRONOUN_GENDERS[token.low])
    return of_entity(person, token.text, 0.85) if fits else None


def _subject_before(token: Token, heard: Heard) -> Speaker | None:
    """Return the subject of the sentence before, where nobody spoke in it: "Prosecutors took the files. They said"."""
    if heard.previous or heard.previous_start >= heard.start:
        return None
    line, phrase = _subject_told(heard)
    if phrase is None or line.tokens[phrase.first].low in _pronouns():
        return None
    of = next((p for p in line.phrases(phrase.last + 1, len(line.tokens) - 1) if p.after == "of"), None)
    until = of.last if of and of.first == phrase.last + 2 else phrase.last  # "members of the choir"
    subject = name_phrase(line, phrase, heard, until=until)
    if subject is None:
        return None
    fits = {"they": subject.role in word_set("group_nouns.txt"), "it": heard.is_body(subject)}
    agrees = fits.get(token.low, heard.is_unnamed_person(subject))
    return replace(subject, as_printed=token.text, confidence=min(subject.confidence, _UNSURE)) if agrees else None


def _stranger_before(token: Token, heard: Heard) -> Speaker | None:
    """ "A resident screamed at them. "..." she shouted": the unnamed subject, where nobody of the cast is the topic."""
    if heard.previous or heard.topic_start == heard.previous_start:
        return None
    line, phrase = _subject_told(heard)
    if phrase is None or line.tokens[phrase.first].low not in _UNNAMED or line.names_in(phrase.first, phrase.last):
        return None
    subject = name_phrase(line, phrase, heard, until=phrase.last)
    if subject is None or not heard.is_unnamed_person(subject):
        return None
    return replace(subject, as_printed=token.text, confidence=min(subject.confidence, _UNSURE))


def _subject_told(heard: Heard) -> tuple[Line, Phrase | None]:
    """Return the sentence before, and the subject of its main clause: "As crowds came, | a resident"."""
    line = Line(cut(heard.text, heard.previous_start, heard.start), heard.cast)
    opens = bool(line.tokens) and line.tokens[0].low in _OPENING
    first = next((i for i, token in enumerate(line.tokens) if token.text == ","), 0) if opens else 0
    phrases = (p for p in line.phrases(first, len(line.tokens) - 1) if p.after is None and not p.is_time)
    return line, next(phrases, None)


def _pronouns() -> frozenset[str]:
    return word_class("pronoun") | word_class("possessive")


def _by_name(worded: Worded) -> Speaker | None:
    """Name a phrase that ends in a name of the cast, or holds a person who owns nothing in it."""
    line, phrase = worded.line, worded.phrase
    named = line.names_in(phrase.first, phrase.last)
    if not named:
        return None
    entity, at, end = named[-1]
    goes_on = line.named[at][1] > phrase.last and line.tokens[phrase.last].owning  # "the governor's | office"
    if end == phrase.last and entity.kind is not Kind.PLACE and not goes_on:
        meant = _namesake_meant(entity, worded.heard)
        return of_entity(meant, worded.printed, _UNSURE) if meant else of_entity(entity, worded.printed)
    listed = any(worded.head in word_set(name) for name in LISTS)
    for person, _, last in reversed(named):
        belongs = listed and worded.head_at > last  # "Ruiz supporters"
        if person.kind is Kind.PERSON and not line.tokens[last].owning and not belongs:
            return of_entity(person, worded.printed)
    if end == phrase.last and not line.tokens[end].owning:
        return _speaking_place(entity, line.tokens[phrase.first : at], worded)
    return None


def _namesake_meant(entity: Entity, heard: Heard) -> Entity | None:
    """Return whom a surname of several people means where it stands alone: who had the word, or was told of, last.

    None where the name is nobody else's, or where nothing tells.
    """
    if " " in entity.name or entity.kind is not Kind.PERSON:
        return None
    sharing = {person.name: person for person in heard.people() if person.name.endswith(f" {entity.name}")}
    spoke = (known for known in (heard.last_person, heard.topic) if known is not None)
    return next((sharing[known.name] for known in spoke if known.name in sharing), None)


def _speaking_place(place: Entity, before: Sequence[Token], worded: Worded) -> Speaker | None:
    """A country or a capital that speaks is its government."""
    if any(not t.is_capital and t.low not in word_class("determiner") for t in before):
        return None
    namesake = next((p for p in worded.heard.people() if p.name.endswith(f" {place.name}")), None)
    if namesake:  # a surname that the cast took for a place
        return of_entity(namesake, worded.printed, 0.8)
    if place.name.split()[-1].lower() in word_set("body_nouns.txt"):  # "Russia's Central Military District"
        return Speaker(place.name, worded.printed, None, place.of, 0.7)
    country = country_of_place(place, worded.heard)
    return Speaker(f"Government of {country}", worded.printed, None, country, 0.9) if country else None


def _by_head(worded: Worded) -> Speaker | None:
    """Name a phrase by its last noun: an office, a group, a body, else a name that the cast has missed."""
    head = worded.head
    if head in _SPOKESPEOPLE:
        return name_spokesperson(worded, name_phrase)
    if head in _GOVERNMENTS:
        return name_government(worded)
    if head in word_set("person_nouns.txt"):
        return name_office(worded)
    if head in word_set("group_nouns.txt"):
        return _name_group(worded)
    if head in word_set("body_nouns.txt"):
        return name_body(worded, name_phrase)
    return _unlisted(worded)


def _name_group(worded: Worded) -> Speaker:
    """Several unnamed people keep their description; bare "organisers" are the body named just before, if it is one."""
    heard = worded.heard
    if worded.first.low in {"organisers", "organizers"}:
        bodies = heard.cast.within(heard.previous_start, heard.start, Kind.ORG)
        if len(bodies) == 1:
            return of_entity(bodies[0], worded.whole, 0.65)
    previous = heard.previous
    if previous and worded.first.low in {"the", "these"} and not worded.modifiers and previous.role == worded.head:
        return replace(previous, as_printed=worded.printed)  # "the experts" after "UN experts"
    return Speaker(bare(worded.whole), worded.whole, worded.head, None, 0.75 if worded.modifiers else _UNSURE)


def _unlisted(worded: Worded) -> Speaker | None:
    """A phrase whose noun no list has: a name that the cast has missed, or "the 34-year-old"."""
    last = worded.line.tokens[worded.phrase.last]
    if worded.first.low in word_class("determiner") | _VAGUE and worded.phrase.first == worded.phrase.last:
        return _one_of(worded)
    if any(end - at == worded.phrase.last - worded.phrase.first for _, at, end in worded.names()):
        return None  # a city that is no capital
    if sum(p.name.endswith(f" {last.text}") for p in worded.heard.people()) > 1:
        return None  # a surname of two people of the story
    if last.is_capital and not last.owning and last.low not in word_class("time") and last.text[0].isalpha():
        return Speaker(_untitled(worded), worded.printed, None, None, _UNSURE)
    if worded.first.low == "the" and last.text[0].isdigit() and last.low.endswith("-old"):
        return _of_age(worded, last.text.partition("-")[0])
    return None


def _of_age(worded: Worded, age: str) -> Speaker | None:
    """Return whom "the 54-year-old" means: whose age was printed with the name, else who had the word last."""
    heard, here = worded.heard, worded.first.start
    told = (
        (m.start, person)
        for person in heard.people()
        for m in person.mentions
        if m.start < here and _has_age(heard.text, m.start, m.end, age)
    )
    nearest = max(told, key=lambda pair: pair[0], default=None)
    if nearest:
        return of_entity(nearest[1], worded.printed, 0.85)
    known = heard.previous if heard.previous and heard.is_unnamed_person(heard.previous) else heard.last_person
    return replace(known, as_printed=worded.printed, confidence=0.7) if known else None


def _has_age(text: str, start: int, end: int, age: str) -> bool:
    """Tell "Ilin, 54," and "Ilin (54)", "Ilin, who is 54" and "the 54-year-old driver Ilin"."""
    behind = text[end : end + _AGE_WITHIN].lstrip(" ,(")
    told = behind.removeprefix("who is ").removeprefix("aged ")
    is_age = told.startswith(age) and not told[len(age) : len(age) + 1].isdigit()
    return is_age or f"{age}-year-old" in text[max(0, start - _AGE_WITHIN) : start]


def _untitled(worded: Worded) -> str:
    """Return a name that the cast has missed without the trade before it: "Corvus" of "the drugmaker Corvus"."""
    words = worded.line.tokens[worded.phrase.first : worded.phrase.last + 1]
    trades = word_set("firm_nouns.txt") | word_set("person_nouns.txt")
    at = next((i for i in range(len(words) - 1, 0, -1) if words[i - 1].low in trades), 0)
    named = all(token.is_capital for token in words[at:])
    return " ".join(token.text for token in words[at:]) if at and named else bare(worded.printed)


def _one_of(worded: Worded) -> Speaker | None:
    """ "one of the officials": of those who spoke just before, else as described; "one of them" alone is nobody."""
    words = worded.line.tokens[worded.phrase.last + 1 : worded.until + 1]
    if worded.first.low not in {"one", "some"} or len(words) < 2 or words[0].low != "of":
        return None
    previous, group = worded.heard.previous, words[-1].low
    if previous and previous.role in word_set("group_nouns.txt") and group in {"them", previous.role}:
        return replace(previous, as_printed=worded.whole, confidence=0.7)
    return Speaker(worded.whole, worded.whole, group, None, 0.55) if group in word_set("group_nouns.txt") else None


def describe(line: Line, phrase: Phrase, heard: Heard, *, until: int) -> Speaker | None:
    """Return a description as a speaker, where only somebody can stand: "the palace said", "one diner told us"."""
    worded = Worded(line, phrase, max(until, phrase.last), heard)
    length = phrase.last - phrase.first + 1
    if phrase.is_time or not worded.head.isalpha() or length > _LONGEST_DESCRIPTION or _is_mute(worded):
        return None
    return Speaker(bare(worded.whole), worded.whole, worded.head, None, 0.55)


def _is_mute(worded: Worded) -> bool:
    """Tell what cannot speak or points at nobody: "the law", "the minister" of whom nothing is known, "survived"."""
    head = worded.head
    opens = word_class("determiner") | word_class("possessive")
    points = worded.first.low in opens or worded.first.is_number or head.endswith("s")
    name = worded.line.named.get(worded.phrase.first)
    points = points or (name is not None and name[1] < worded.phrase.last)  # "Dublin airport", but not "Milan"
    vague = worded.first.low in _VAGUE | opens and worded.phrase.first == worded.phrase.last
    pointing = word_set("person_nouns.txt") | word_set("general_bodies.txt")
    unknown = head in pointing and worded.first.low == "the" and not worded.modifiers
    return (
        vague
        or not points
        or unknown
        or head.endswith("ed")
        or head in word_set("mute_nouns.txt") | word_set("paper_nouns.txt")
    )
