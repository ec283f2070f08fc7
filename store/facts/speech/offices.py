"""Those who are called by their office: "the minister", "Lisbon's defence minister", "an army spokesman"."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache

from store.facts.cast.vocabulary import title_sort
from store.facts.grammar import word_class
from store.facts.lexicon import table, word_set
from store.facts.model import Entity, Kind, Speaker
from store.facts.speech.heard import Heard
from store.facts.speech.phrases import Line, Phrase
from store.facts.speech.pronouns import of_entity, owner_of
from store.facts.speech.wording import Worded, bare

Namer = Callable[..., Speaker | None]  # name_phrase, handed in: naming calls this module

# "the head of the department" may be a minister; "the official", anybody with an office.
_LOOSE = frozenset({"head", "chief", "boss", "leader", "official", "politician", "commander"})
_LEADING = frozenset(
    {"minister", "head", "chief", "director", "chairman", "chairwoman", "chair", "president", "commander", "leader"}
    | {"governor", "mayor", "secretary", "secretary-general", "premier", "representative", "commissioner"}
)
# Who alone can be "the head of state" or "of government".
_HEADS_OF = {
    "state": frozenset({"president", "king", "queen", "emir", "sultan", "monarch", "emperor", "head"}),
    "government": frozenset({"minister", "premier", "chancellor", "head", "president"}),
}
# Who may be called a lawmaker, by the title or the trade printed with the name.
_LAWMAKERS = frozenset(
    {"rep", "representative", "sen", "senator", "congressman", "congresswoman", "mp", "legislator", "lawmaker"}
    | {"assemblyman", "assemblywoman", "parliamentarian", "councillor", "councilman", "councilwoman", "delegate"}
    | {"td", "mep", "msp"}
)
PARTY_MEMBERS = frozenset({"democrat", "republican"})  # "the Nevada Democrat" is a lawmaker, and no name
_CALLED_LAWMAKERS = _LAWMAKERS - {"rep", "sen"} | {"politician"} | PARTY_MEMBERS
_FAMILIAR = 0.55
_PARTIES = frozenset({"gop", "democratic", "ruling", "opposition", "tory", "labour", "republican", "conservative"})
_REMEMBERED = 3000  # characters back in which "the doctor" looks for a Doctor: a longer look costs the square of a text
_LONGEST_TITLE = 24  # characters before a name among which its title stands
_MOST_TITLE_WORDS = 3
# What is said of the holder of an office in passing, and does not tell which office: "the new prime minister".
_PASSING = frozenset(
    {"new", "newly", "elected", "re-elected", "incoming", "outgoing", "embattled", "beleaguered", "veteran"}
)
_WORD = re.compile(r"[^\W\d_]+")


def name_office(worded: Worded) -> Speaker | None:
    """Return the holder of an office, the unnamed one who spoke before, or a description.

    A bare "the minister" of whom nothing is known is nobody.
    """
    bare_office = worded.first.low == "the" and not worded.modifiers
    known = _described_before(worded) if bare_office else None
    if known is None and worded.is_definite:
        holder = _holder(worded)
        known = of_entity(holder, worded.printed, 0.85) if holder else None
    if known is None and bare_office and worded.until == worded.phrase.last:
        known = _body_ending(worded) or _familiar(worded)
    if known or (bare_office and worded.until == worded.phrase.last):
        return known
    return _described(worded)


def _body_ending(worded: Worded) -> Speaker | None:
    """ "The guard says" after a helicopter of the "Veria Border Guard": the only body whose name ends so."""
    here = worded.first.start
    called = [
        body
        for body in worded.heard.bodies()
        if body.name.lower().split()[-1] == worded.head and any(m.start < here for m in body.mentions)
    ]
    return of_entity(called[0], worded.printed, 0.7) if len(called) == 1 else None


def _familiar(worded: Worded) -> Speaker | None:
    """ "Said the mayor", right after Mr Ito had the word, of whom the story tells neither office nor first name.

    Its readers know him; somebody who is introduced would not be called by an office that nobody told.
    """
    previous = worded.heard.previous
    if previous is None or previous.role or " " in previous.name or not worded.heard.is_person(previous):
        return None
    is_office = title_sort(worded.head) == "office" or worded.head in _LEADING
    return replace(previous, as_printed=worded.printed, confidence=_FAMILIAR) if is_office else None


def _described_before(worded: Worded) -> Speaker | None:
    """ "the official" after "a Tajik official"."""
    previous = worded.heard.previous
    if previous and worded.heard.is_unnamed_person(previous) and worded.head in previous.name.lower().split():
        return replace(previous, as_printed=worded.printed, confidence=0.8)
    return None


def _described(worded: Worded) -> Speaker | None:
    """Return the description, "his" and "her" turned into the name: "lawyer of Rosa Quispe"."""
    name = bare(worded.whole)
    if worded.first.low in word_class("possessive"):
        owner = owner_of(worded.line, worded.phrase.first, worded.heard)
        if owner is None:
            return None
        name = f"{name} of {owner.name}"
    return Speaker(name, worded.whole, worded.head, None, 0.75)


def _holder(worded: Worded) -> Entity | None:
    """Return the person of the cast who holds the office: the one named last, else one who is only named later."""
    here, titled = worded.first.start, _titled(worded)
    ranked = []
    for number, person in enumerate(worded.heard.people()):
        if not _holds(worded, person, titled.get(person.name, frozenset())):
            continue
        before = [m.start for m in person.mentions if m.start < here]
        if not before and not worded.telling and not worded.countries():
            continue  # "the minister" looks back, never ahead
        exact = worded.head in _role_words(person) or person.name in titled
        ranked.append((bool(before), exact, max(before, default=0), -number, person))
    return max(ranked, key=lambda row: row[:4])[4] if ranked else None


def _role_words(person: Entity) -> set[str]:
    role = (person.role or "").lower()
    words = {*role.split(), *_WORD.findall(role)}
    return words | {"former"} if "ex" in words else words


@cache
def _title_nouns() -> dict[str, str]:
    return {row[0]: row[1] for row in table("title_nouns.tsv")}


def _titles_of(before: str) -> frozenset[str]:
    """Return the words of the title at the end of *before*, abbreviations spelt out: "prime" and "minister"."""
    words = (word.rstrip(".").lower() for word in before.split()[-_MOST_TITLE_WORDS:])
    return frozenset(_title_nouns().get(word, word) for word in words)


def _titled(worded: Worded) -> dict[str, frozenset[str]]:
    """Return name -> title of those lately printed with the noun right before them: "doctor" of "Doctor Ana Ruiz"."""
    text, here = worded.heard.text, worded.first.start
    found: dict[str, frozenset[str]] = {}
    for start, end, person in worded.heard.cast.mentioned(max(0, here - _REMEMBERED), here):
        before = text[max(0, start - _LONGEST_TITLE) : start].split()
        beside = " ".join((*before[-1:], *text[start:end].split()[:1]))  # a trade may be taken into the name
        if person.kind is Kind.PERSON and worded.head in _titles_of(beside):
            found[person.name] = _titles_of(" ".join(before)) | {worded.head}
    return found


def _holds(worded: Worded, person: Entity, title: frozenset[str]) -> bool:
    """Tell whether a person's role, or *title* before the name, fits the words: the noun, its kind, and whose it is."""
    role = _role_words(person) | title
    is_lawmaker = worded.head in _CALLED_LAWMAKERS and bool(role & _LAWMAKERS)
    if not role or not (worded.head in role or is_lawmaker or (worded.head in _LOOSE and role & _LEADING)):
        return False
    rules = _HEADS_OF.get(_behind_of(worded), role)
    if not rules & role:
        return False
    if is_lawmaker and worded.head in PARTY_MEMBERS:
        return _sits_for(worded, person)
    loose = worded.head in _LOOSE and worded.head not in role and not is_lawmaker
    return _is_described(worded, person, role | _PARTIES if is_lawmaker else role, loose=loose)


def _sits_for(worded: Worded, person: Entity) -> bool:
    """Tell whether a lawmaker is of the state in "the Nevada Democrat", as far as that is known."""
    states = [token.low for token in worded.modifiers if token.is_capital]
    return not person.of or not states or any(state in person.of.lower() for state in states)


def _is_described(worded: Worded, person: Entity, role: AbstractSet[str], *, loose: bool) -> bool:
    """Tell whether what stands around the noun fits a person of *role*: what he or she is over, and whose."""
    whose = {w.lower() for w in _WORD.findall(person.of or "")}
    telling = {word for word in worded.telling - _PASSING if not word.endswith("-year-old")}
    if not telling <= role | whose or (loose and telling) or not worded.owners <= role | whose:
        return False
    countries = worded.countries()
    if countries and not (person.of and any(c in person.of or person.of in c for c in countries)):
        return person.of is None and not loose
    bodies = [entity for entity, _, _ in worded.bodies()]
    return not bodies or any(_belongs(person, body) for body in bodies)


def _behind_of(worded: Worded) -> str:
    """Return the word behind the "of" of an office: "state" of "the head of state"; empty where there is none."""
    at = worded.phrase.last + 2
    behind = worded.behind()
    is_owned = behind is not None and behind.low == "of" and at < len(worded.line.tokens)
    return worded.line.tokens[at].low if is_owned else ""


def _belongs(person: Entity, body: Entity) -> bool:
    """Tell whether a role belongs to a body, or to the country in its name: the chief of "Chad's army" is of Chad."""
    return bool(person.of) and (person.of in (body.name, body.of, *body.aliases) or str(person.of) in body.name)


def name_spokesperson(worded: Worded, name_phrase: Namer) -> Speaker | None:
    """A spokesman speaks for a body: "an army spokesman", "a spokesman for the ministry", "its spokeswoman"."""
    holder = _holder(worded) if worded.is_definite and worded.first.low not in word_class("possessive") else None
    if holder:
        return of_entity(holder, worded.whole, 0.85)
    body = _spoken_for(worded.line, worded.phrase, worded.heard, until=worded.until, name_phrase=name_phrase)
    if body:
        return replace(body, as_printed=worded.whole, role=worded.head, confidence=min(body.confidence, 0.85))
    if worded.first.low in {"a", "the"} and not worded.modifiers:
        body = worded.heard.previous if worded.first.low == "the" else worded.heard.last_body
        return replace(body, as_printed=worded.whole, role=worded.head, confidence=0.6) if body else None
    return Speaker(bare(worded.whole), worded.whole, worded.head, None, 0.75)


def _spoken_for(line: Line, phrase: Phrase, heard: Heard, *, until: int, name_phrase: Namer) -> Speaker | None:
    if line.tokens[phrase.first].low in word_class("possessive"):
        return owner_of(line, phrase.first, heard)
    if phrase.last + 1 <= until and line.tokens[phrase.last + 1].low in {"for", "of", "from", "at"}:
        following = line.phrases(phrase.last + 1, until)
        if following:
            return name_phrase(line, replace(following[0], after=None), heard, until=until)
    if phrase.first < phrase.last and line.tokens[phrase.last - 1].low not in word_class("determiner"):
        whole = Phrase(phrase.first, phrase.last - 1)
        if line.tokens[whole.first].low in {"a", "an"} and line.tokens[whole.last].low in word_set(
            "general_bodies.txt"
        ):
            whole = Phrase(whole.last, whole.last)  # "a company spokesman" speaks for the company at hand
        return name_phrase(line, whole, heard, until=whole.last)
    return None
