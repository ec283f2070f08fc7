"""From a noun phrase to the person or body that it means in this story: "Mr Ito", "the minister", "she", "Lisbon".

Everybody who can be found in the cast gets the full name and role from there. Those whom the story leaves unnamed keep
their description. What stays unclear is given a low confidence, and the caller's bar leaves it empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.facts.model import Cast, Entity, Kind, Speaker
from store.facts.phrases import Line, Phrase, Token, nouns, word_class

_HE, _SHE, _IT, _THEY = "he", "she", "it", "they"
_GENERIC_HEADS = frozenset({"head", "chief", "boss", "leader", "official", "politician", "commander"})
_LEADING = frozenset(
    {
        "minister",
        "head",
        "chief",
        "director",
        "chairman",
        "chairwoman",
        "chair",
        "president",
        "commander",
        "leader",
        "governor",
        "mayor",
        "secretary",
        "secretary-general",
        "premier",
        "representative",
        "commissioner",
    }
)
_OFFICES = frozenset("spokesman spokeswoman spokesperson spokesmen spokespeople".split())
_GOVERNMENTS = frozenset({"government", "governments", "administration", "authorities"})
_GENERIC_BODIES = frozenset(
    {
        "group",
        "company",
        "organisation",
        "organization",
        "agency",
        "body",
        "party",
        "firm",
        "union",
        "charity",
        "movement",
        "committee",
        "commission",
        "ministry",
        "service",
        "council",
        "association",
        "airline",
        "alliance",
        "court",
        "institute",
        "department",
        "office",
        "board",
        "watchdog",
        "regulator",
        "operator",
        "bank",
        "university",
        "hospital",
        "force",
        "club",
        "federation",
    }
)
_SERVICES = frozenset({"service", "office", "department", "team", "secretariat", "desk"})
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Scene:
    """What has been read before the sentence at hand."""

    text: str
    cast: Cast
    start: int  # of the sentence
    previous: Speaker | None = None  # who had the word in the sentence before
    last_person: Speaker | None = None  # the last person who had the word
    previous_start: int = 0  # where the sentence before begins


def of_person(entity: Entity, printed: str, confidence: float = 1.0) -> Speaker:
    """Return the speaker for somebody in the cast."""
    return Speaker(entity.name, printed, entity.role, entity.of, confidence)


def name_phrase(line: Line, phrase: Phrase, scene: Scene, *, until: int) -> Speaker | None:
    """Return whom *phrase* means; *until* is the last token that hangs on it ("officials | in the capital").

    None if it is nobody who could speak.
    """
    tokens = line.tokens[phrase.first : phrase.last + 1]
    if not tokens or phrase.is_time:
        return None
    head = tokens[-1]
    printed = _printed(scene.text, line, phrase.first, phrase.last)
    whole = _printed(scene.text, line, phrase.first, until)
    if len(tokens) == 1 and head.low in word_class("pronoun"):
        return _pronoun(line, head, scene)
    named = line.names_in(phrase.first, phrase.last)
    last_named = named[-1] if named else None
    if last_named and last_named[2] == phrase.last and last_named[0].kind is not Kind.PLACE:
        return _named(last_named[0], printed)
    person = next((n for n in reversed(named) if n[0].kind is Kind.PERSON and not line.tokens[n[2]].owning), None)
    if person:
        return of_person(person[0], printed)
    if last_named and last_named[2] == phrase.last and last_named[0].kind is Kind.PLACE and not head.owning:
        return _place(last_named[0], tokens, printed, scene)
    return _by_head(line, phrase, scene, until=until, printed=printed, whole=whole)


def _named(entity: Entity, printed: str) -> Speaker:
    return of_person(entity, printed)


def _place(entity: Entity, tokens: Sequence[Token], printed: str, scene: Scene) -> Speaker | None:
    """A country or a capital that speaks is its government."""
    if any(not t.is_capital for t in tokens if t.low not in word_class("determiner")):
        return None
    country = country_of(entity, scene)
    return Speaker(f"Government of {country}", printed, None, country, 0.9) if country else None


def country_of(entity: Entity, scene: Scene) -> str | None:
    """Return the country whose government a place name can stand for: itself, or the one that it is the capital of."""
    if entity.of:
        return entity.of
    capital = _capital_in_text(entity, scene)
    return capital or entity.name


def _capital_in_text(entity: Entity, scene: Scene) -> str | None:
    """Return the country that the text itself calls *entity* the capital of: "Ruvia's capital, Tolm"."""
    countries = [e for e in scene.cast.entities if e.kind is Kind.PLACE and e is not entity]
    for mention in entity.mentions:
        before = scene.text[max(0, mention.start - 60) : mention.start]
        if "capital" not in before.split(".")[-1]:
            continue
        owners = [e.name for e in countries if before.find(e.name) >= 0]
        if owners:
            return owners[0]
    return None


def _by_head(line: Line, phrase: Phrase, scene: Scene, *, until: int, printed: str, whole: str) -> Speaker | None:
    """Name a phrase by its last noun: an office, a group, a body."""
    tokens = line.tokens[phrase.first : phrase.last + 1]
    head = tokens[-1].low
    if head in _OFFICES:
        return _spokesperson(line, phrase, scene, until=until, whole=whole)
    if head in _GOVERNMENTS:
        found = _government(line, phrase, scene, printed)
        if found:
            return found
    if head in nouns("person_nouns.txt"):
        return _office(line, phrase, scene, printed=printed, whole=whole)
    if head in nouns("group_nouns.txt"):
        return _group(tokens, whole, scene)
    if head in nouns("body_nouns.txt"):
        return _body(line, phrase, scene, until=until, printed=printed, whole=whole)
    if tokens[-1].is_capital and not tokens[-1].owning and head not in word_class("time"):
        bare = _bare(printed)
        return Speaker(bare, printed, None, None, 0.6) if bare else None
    return None


# ---- pronouns
def _pronoun(line: Line, token: Token, scene: Scene) -> Speaker | None:
    if token.low in (_HE, _SHE):
        return _he_or_she(token, scene)
    if token.low == _IT:
        return _it(token, scene)
    if token.low == _THEY and scene.previous and not _is_person(scene.previous.name, scene.cast):
        return replace(scene.previous, as_printed=token.text, confidence=0.7)
    return None


def _is_person(name: str, cast: Cast) -> bool:
    return any(e.name == name and e.kind is Kind.PERSON for e in cast.entities)


def _he_or_she(token: Token, scene: Scene) -> Speaker | None:
    """The person who had the word before, else the first one named in the sentence before, else the last one named."""
    wanted = "m" if token.low == _HE else "f"
    people = [e for e in scene.cast.entities if e.kind is Kind.PERSON and e.gender in (None, wanted)]
    speaking = scene.previous or scene.last_person
    if scene.previous and (not _is_person(scene.previous.name, scene.cast)) and scene.previous.role is None:
        if _looks_single(scene.previous.name):
            return replace(scene.previous, as_printed=token.text, confidence=0.75)
    here = _first_named(people, scene.start, token.start)
    before = _first_named(people, scene.previous_start, scene.start)
    known = next((e for e in people if speaking and e.name == speaking.name), None)
    if scene.previous and known and scene.previous.name == known.name:
        return of_person(known, token.text, 0.9)
    for candidate, confidence in ((before, 0.8), (here, 0.75), (known, 0.75), (_last_named(people, token.start), 0.6)):
        if candidate:
            return of_person(candidate, token.text, confidence)
    return None


def _looks_single(description: str) -> bool:
    """Tell whether a description is of one person: "Tajik official from the emergencies committee"."""
    words = [w.lower() for w in _WORD.findall(description)]
    cut = next((i for i, w in enumerate(words) if w in word_class("preposition")), len(words))
    return bool(words[:cut]) and words[cut - 1] in nouns("person_nouns.txt")


def _first_named(people: Sequence[Entity], start: int, end: int) -> Entity | None:
    spots = [(m.start, i) for i, e in enumerate(people) for m in e.mentions if start <= m.start < end]
    return people[min(spots)[1]] if spots else None


def _last_named(people: Sequence[Entity], before: int) -> Entity | None:
    spots = [(m.start, i) for i, e in enumerate(people) for m in e.mentions if m.start < before]
    return people[max(spots)[1]] if spots else None


def _it(token: Token, scene: Scene) -> Speaker | None:
    """The body that had the word before, else the only body named in the sentence before."""
    if scene.previous and not _is_person(scene.previous.name, scene.cast):
        return replace(scene.previous, as_printed=token.text, confidence=0.85)
    bodies = [e for e in scene.cast.entities if e.kind is Kind.ORG]
    near = {e.name: e for e in bodies for m in e.mentions if scene.previous_start <= m.start < token.start}
    if len(near) == 1:
        return of_person(next(iter(near.values())), token.text, 0.7)
    return None


# ---- offices
def _office(line: Line, phrase: Phrase, scene: Scene, *, printed: str, whole: str) -> Speaker | None:
    """ "the minister", "Lisbon's defence minister", "a border official": a holder in the cast, or a description."""
    tokens = line.tokens[phrase.first : phrase.last + 1]
    first = tokens[0]
    is_definite = first.low == "the" or first.owning or first.is_capital or any(t.owning for t in tokens)
    if first.low in {"a", "an", "another", "one"} or first.is_number:
        is_definite = False
    if is_definite:
        holder = _holder(line, phrase, scene)
        if holder:
            return of_person(holder, printed, 0.85)
        if first.low == "the" and len(tokens) == 2:
            return _same_description(tokens[-1].low, printed, scene)
    return Speaker(_bare(whole), whole, tokens[-1].low, None, 0.75)


def _same_description(noun: str, printed: str, scene: Scene) -> Speaker | None:
    """ "the official" after "a Tajik official": the unnamed one who spoke before; else a bare "the minister" is nobody."""
    if scene.previous and noun in scene.previous.name.lower().split():
        return replace(scene.previous, as_printed=printed, confidence=0.8)
    return None


def _holder(line: Line, phrase: Phrase, scene: Scene) -> Entity | None:
    """Return the person of the cast who holds the office that the phrase names."""
    tokens = line.tokens[phrase.first : phrase.last + 1]
    head = tokens[-1].low
    places = {e.name for e, _, _ in line.names_in(phrase.first, phrase.last, Kind.PLACE)}
    countries = places | {e.of for e, _, _ in line.names_in(phrase.first, phrase.last, Kind.PLACE) if e.of}
    telling = {
        t.low
        for i, t in enumerate(tokens[:-1], phrase.first)
        if t.low not in word_class("determiner") and not any(at <= i <= end for at, (_, end) in line.named.items())
    }
    best: tuple[tuple[bool, bool, int], Entity] | None = None
    for entity in scene.cast.entities:
        if entity.kind is not Kind.PERSON or not entity.role:
            continue
        role = {w.lower() for w in _WORD.findall(entity.role)} | set(entity.role.lower().split())
        exact = head in role
        if not exact and not (head in _GENERIC_HEADS and role & _LEADING):
            continue
        if not telling <= role and not (head in _GENERIC_HEADS and not telling):
            continue
        if places and entity.of and not _of_fits(entity.of, countries):
            continue
        before = [m.start for m in entity.mentions if m.start < line.tokens[phrase.first].start]
        rank = (bool(before), exact, max(before, default=-min(m.start for m in entity.mentions)))
        if not before and not telling and not places:
            continue  # "the minister" looks back, never ahead
        if best is None or rank > best[0]:
            best = (rank, entity)
    return best[1] if best else None


def _of_fits(of: str, countries: set[str]) -> bool:
    return any(of == c or of in c or c in of for c in countries)


def _spokesperson(line: Line, phrase: Phrase, scene: Scene, *, until: int, whole: str) -> Speaker:
    """A spokesman speaks for a body: "an army spokesman", "a spokesman for the ministry"."""
    end = phrase.last
    behind = line.tokens[end + 1] if end + 1 < len(line.tokens) else None
    if behind and behind.low in {"for", "of", "from", "at"}:
        following = line.phrases(end + 1, until)
        if following:
            body = name_phrase(line, replace(following[0], after=None), scene, until=following[0].last)
            if body and not _is_person(body.name, scene.cast):
                return replace(body, as_printed=whole, role=line.tokens[end].low, confidence=0.85)
    named = line.names_in(phrase.first, phrase.last)
    bodies = [e for e, _, _ in named if e.kind is Kind.ORG]
    if bodies:
        return Speaker(bodies[-1].name, whole, line.tokens[end].low, bodies[-1].of, 0.85)
    holder = _holder(line, phrase, scene)
    if holder and line.tokens[phrase.first].low == "the":
        return of_person(holder, whole, 0.85)
    return Speaker(_bare(whole), whole, line.tokens[end].low, None, 0.75)


# ---- bodies
def _government(line: Line, phrase: Phrase, scene: Scene, printed: str) -> Speaker | None:
    """ "Chad's government", "the Chadian government", "both governments"."""
    tokens = line.tokens[phrase.first : phrase.last + 1]
    places = [e for e, _, _ in line.names_in(phrase.first, phrase.last, Kind.PLACE)]
    if tokens[-1].low == "governments":
        return _governments(tokens, printed, scene)
    if places:
        country = country_of(places[-1], scene)
        return Speaker(f"Government of {country}", printed, None, country, 0.95)
    if tokens[-1].low != "government":
        return None
    if scene.previous and scene.previous.of:
        return Speaker(f"Government of {scene.previous.of}", printed, None, scene.previous.of, 0.6)
    return None


def _governments(tokens: Sequence[Token], printed: str, scene: Scene) -> Speaker | None:
    """ "both governments": of the two countries that the story is about, those named most before and in the sentence."""
    if not any(t.low in {"both", "two"} for t in tokens):
        return None
    counted = [
        (len(e.mentions), -min(m.start for m in e.mentions), e)
        for e in scene.cast.entities
        if e.kind is Kind.PLACE and e.mentions and not e.of
    ]
    counted.sort(key=lambda row: row[:2], reverse=True)
    if len(counted) < 2:
        return None
    pair = sorted((e for _, _, e in counted[:2]), key=lambda e: min(m.start for m in e.mentions))
    return Speaker(f"Governments of {pair[0].name} and {pair[1].name}", printed, None, None, 0.7)


def _group(tokens: Sequence[Token], whole: str, scene: Scene) -> Speaker:
    """Several unnamed people keep their description; bare "organisers" are the body named just before, if it is one."""
    if len(tokens) == 1 and tokens[0].low in {"organisers", "organizers"}:
        bodies = scene.cast.within(scene.previous_start, scene.start, Kind.ORG)
        if len(bodies) == 1:
            return of_person(bodies[0], whole, 0.65)
    return Speaker(_bare(whole), whole, tokens[-1].low, None, 0.75 if len(tokens) > 1 else 0.6)


def _body(line: Line, phrase: Phrase, scene: Scene, *, until: int, printed: str, whole: str) -> Speaker | None:
    """ "the ministry", "the press service of the ministry", "a local charity"."""
    tokens = line.tokens[phrase.first : phrase.last + 1]
    head = tokens[-1].low
    bodies = [e for e, _, end in line.names_in(phrase.first, phrase.last, Kind.ORG) if not line.tokens[end].owning]
    if bodies:
        return of_person(bodies[-1], printed, 0.9)
    owner = _owner(line, phrase, scene, until=until) if head in _SERVICES else None
    if owner:
        return replace(owner, as_printed=whole)
    if tokens[0].low in {"the", "its", "their"} and len(tokens) <= 3 and head in _GENERIC_BODIES | {"side"}:
        return _body_before(line, phrase, scene, printed)
    if head in {"side", "sides"}:
        return None
    confidence = 0.75 if len(tokens) > 1 else 0.55
    return Speaker(_bare(whole), whole, None, None, confidence)


def _owner(line: Line, phrase: Phrase, scene: Scene, *, until: int) -> Speaker | None:
    """ "the press service of the ministry": the ministry."""
    end = phrase.last
    if end + 1 >= len(line.tokens) or line.tokens[end + 1].low not in {"of", "at"}:
        return None
    following = line.phrases(end + 1, until)
    if not following:
        return None
    return name_phrase(line, replace(following[0], after=None), scene, until=following[0].last)


def _body_before(line: Line, phrase: Phrase, scene: Scene, printed: str) -> Speaker | None:
    """ "the ministry": the last body named before that has the word in its name, or the ministry of a minister."""
    tokens = line.tokens[phrase.first : phrase.last + 1]
    head, here = tokens[-1].low, tokens[0].start
    telling = {t.low for t in tokens[1:-1]}
    found: list[tuple[int, Entity]] = []
    for entity in scene.cast.entities:
        if entity.kind is not Kind.ORG:
            continue
        words = {w.lower() for alias in (entity.name, *entity.aliases) for w in _WORD.findall(alias)}
        spots = [m.start for m in entity.mentions if m.start < here]
        if head in words and telling <= words and spots:
            found.append((max(spots), entity))
    if found:
        return of_person(max(found, key=lambda pair: pair[0])[1], printed, 0.85)
    if head in {"ministry", "department", "office"}:
        ministry = _ministry_of_minister(scene, telling, here)
        if ministry:
            return replace(ministry, as_printed=printed)
    if scene.previous and not _is_person(scene.previous.name, scene.cast) and not telling:
        return replace(scene.previous, as_printed=printed, confidence=0.7)
    near = {e.name: e for e in scene.cast.entities if e.kind is Kind.ORG for m in e.mentions if m.start < here}
    if len(near) == 1 and not telling:
        return of_person(next(iter(near.values())), printed, 0.6)
    if telling:
        return Speaker(_bare(printed), printed, None, None, 0.7)
    return None


def _ministry_of_minister(scene: Scene, telling: set[str], here: int) -> Speaker | None:
    """Return "Defence Ministry of Chad" after "Defence Minister ..." or "Minister of Defence ..." of Chad."""
    best: tuple[int, Speaker] | None = None
    for entity in scene.cast.entities:
        words = (entity.role or "").split()
        lower = [w.lower() for w in words]
        if entity.kind is not Kind.PERSON or "minister" not in lower or "prime" in lower:
            continue
        field = [w for w in words if w.lower() not in {"minister", "of", "the", "for", "deputy", "and"}]
        spots = [m.start for m in entity.mentions if m.start < here]
        if not field or not spots or not telling <= {w.lower() for w in field}:
            continue
        name = " ".join(field) + " Ministry" + (f" of {entity.of}" if entity.of else "")
        if best is None or max(spots) > best[0]:
            best = (max(spots), Speaker(name, "", None, entity.of, 0.8))
    return best[1] if best else None


# ---- words as printed
def _printed(text: str, line: Line, first: int, last: int) -> str:
    return " ".join(text[line.tokens[first].start : line.tokens[last].end].split()).rstrip(",;:")


def _bare(printed: str) -> str:
    """Return a description without its article."""
    for article in ("the ", "a ", "an ", "The ", "A ", "An "):
        if printed.startswith(article):
            return printed[len(article) :]
    return printed
