"""Bodies that are not called by their name: "the ministry", "its press service", "both governments"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.model import Entity, Kind, Mention, Speaker
from store.facts.speech.heard import Heard, country_of_place, country_of_word, latest
from store.facts.speech.phrases import Phrase
from store.facts.speech.pronouns import of_entity, owner_of
from store.facts.speech.wording import Worded, bare

Namer = Callable[..., Speaker | None]  # name_phrase, handed in: naming calls this module

# Parts of a body that speak for the whole: "the press service of the ministry".
_MOUTHPIECES = frozenset({"service", "office", "centre", "center", "department", "secretariat", "desk", "team"})
_MINISTRIES = frozenset({"ministry", "department", "office"})
# Nouns for bodies that are no businesses, by kind.
_OTHERS: tuple[frozenset[str], ...] = (
    word_class("public_body"),
    frozenset({"union", "unions", "federation", "guild"}),
    frozenset({"club", "team", "side", "party"}),
    frozenset({"army", "navy", "police", "militia", "brigade", "coastguard", "guard"}),
)
_BUSINESSES = word_class("business") | (word_set("company_nouns.txt") - frozenset().union(*_OTHERS))
_KINDS = (_BUSINESSES, *_OTHERS)
_APPOSED_OWN = (", its ", ", their ")
_NO_FIELD = frozenset({"minister", "of", "the", "for", "deputy", "and", "first", "former", "acting", "secretary"})
_WORD = re.compile(r"[^\W\d_]+")


def name_government(worded: Worded) -> Speaker | None:
    """ "Chad's government", "the Chadian authorities", "both governments"."""
    if worded.head in {"governments", "countries", "nations"}:
        return _governments(worded)
    countries = worded.countries() or _country_behind(worded)
    if worded.head == "government" and not worded.telling - {"interim", "transitional", "caretaker", "new", "central"}:
        country = countries[-1] if countries else _only_country(worded)
        if country:
            sure = 0.95 if countries else 0.6
            return Speaker(f"Government of {country}", worded.printed, None, country, sure)
    return Speaker(bare(worded.whole), worded.whole, None, countries[-1] if countries else None, 0.6)


def _country_behind(worded: Worded) -> list[str]:
    """ "the government of Chad"."""
    of = worded.behind()
    name = worded.line.named.get(worded.phrase.last + 2)
    country = country_of_place(name[0], worded.heard) if of and of.low == "of" and name else None
    return [country] if country and name and name[0].kind is Kind.PLACE else []


def _only_country(worded: Worded) -> str | None:
    """Return the country of the speaker before, or the story's only one."""
    heard = worded.heard
    if heard.previous and heard.previous.of and any(p.name == heard.previous.of for p in heard.places()):
        return heard.previous.of
    countries = {country_of_place(p, heard) for p in heard.places() if p.mentions} - {None}
    owning = {e.of for e in heard.cast.entities} & countries  # those with a minister or an army in the story
    for candidates in (countries, owning):
        if len(candidates) == 1:
            return candidates.pop()
    return None


def _governments(worded: Worded) -> Speaker | None:
    """ "both governments": of the two countries that the story names most."""
    if not any(t.low in {"both", "two"} for t in worded.line.tokens[worded.phrase.first : worded.phrase.last]):
        return None
    counted = sorted(
        (p for p in worded.heard.places() if p.mentions and not p.of),
        key=lambda p: (-len(p.mentions), p.mentions[0].start),
    )
    if len(counted) < 2:
        return None
    one, other = sorted(counted[:2], key=lambda p: p.mentions[0].start)
    return Speaker(f"Governments of {one.name} and {other.name}", worded.printed, None, None, 0.7)


def name_body(worded: Worded, name_phrase: Namer) -> Speaker | None:
    """Return the body that a phrase such as "the ministry" or "a local charity" means."""
    bodies = [entity for entity, _, end in worded.bodies() if not worded.line.tokens[end].owning]
    if bodies and worded.head not in _MOUTHPIECES:
        return of_entity(bodies[-1], worded.printed, 0.9)
    whole = _speaks_for(worded, name_phrase) if worded.head in _MOUTHPIECES else None
    if whole or bodies:  # without a whole "the mayor's office", whose mayor nobody names
        return _mouthpiece(worded, whole) if whole else of_entity(bodies[-1], worded.printed, 0.85)
    if worded.head in {"side", "sides"}:
        return None
    countries = worded.countries()
    if countries and (worded.first.owning or worded.first.low == "the" or worded.first.is_capital):
        return _of_country(worded, countries[0])
    points = worded.first.low in word_set("general_bodies.txt") and worded.phrase.first == worded.phrase.last
    if points or worded.first.low in {"the", "its", "their"} or _writes_paper(worded):
        return _before(worded)
    return Speaker(bare(worded.whole), worded.whole, None, None, 0.75 if worded.modifiers else 0.55)


def _writes_paper(worded: Worded) -> bool:
    """Tell the "ministry" of "a ministry statement", which points back as "the ministry" does."""
    behind = worded.behind()
    return behind is not None and behind.low in word_set("paper_nouns.txt") and not worded.modifiers


def _of_country(worded: Worded, country: str) -> Speaker:
    """Return a body under its country's name, as the cast has them: "Chad foreign ministry"."""
    return Speaker(" ".join([country, *_plain_words(worded)]), worded.printed, None, country, 0.8)


def _plain_words(worded: Worded) -> list[str]:
    """Return what a body is called without its country: "foreign ministry" of "Chad's foreign ministry"."""
    words = worded.line.tokens[worded.phrase.first : worded.head_at + 1]
    named = {i for _, at, end in worded.names() for i in range(at, end + 1)}
    return [
        t.text
        for i, t in enumerate(words, worded.phrase.first)
        if i not in named
        and t.low not in word_class("determiner") | word_class("possessive")
        and country_of_word(t.text.removesuffix("'s").removesuffix("’s"), worded.heard) is None
    ]


def _speaks_for(worded: Worded, name_phrase: Namer) -> Speaker | None:
    """Return the body behind its mouthpiece: "its press centre", "the press service of the ministry"."""
    line, phrase = worded.line, worded.phrase
    if worded.first.low in word_class("possessive"):
        return owner_of(line, phrase.first, worded.heard)
    bodies = [body for body, _, end in worded.bodies() if end < worded.head_at]
    if bodies:
        return of_entity(bodies[-1], worded.printed, 0.85)
    owner = next((i for i in range(phrase.first, phrase.last) if line.tokens[i].owning), None)
    if owner is not None:
        return name_phrase(line, Phrase(phrase.first, owner), worded.heard, until=owner)
    behind = worded.behind()
    following = line.phrases(phrase.last + 1, worded.until) if behind and behind.low in {"of", "at"} else []
    return name_phrase(line, replace(following[0], after=None), worded.heard, until=worded.until) if following else None


def _mouthpiece(worded: Worded, whole: Speaker) -> Speaker:
    """A ministry's press service is the ministry; a president's office is not the president: "office of Ana Ruiz"."""
    sure = min(whole.confidence, 0.85)
    if worded.heard.is_person(whole):
        return Speaker(f"{_own_words(worded)} of {whole.name}", worded.whole, None, whole.of, sure)
    if worded.heard.is_unnamed_person(whole):
        return Speaker(bare(worded.whole), worded.whole, None, whole.of, min(sure, 0.75))
    return replace(whole, as_printed=worded.whole, confidence=sure)


def _own_words(worded: Worded) -> str:
    """Return what a mouthpiece is called without whose it is: "press service" of "Mr Ito's press service"."""
    words = worded.line.tokens[worded.phrase.first : worded.head_at + 1]
    owned = [i for i, t in enumerate(words) if t.owning or t.low in word_class("possessive") | word_class("determiner")]
    return " ".join(token.low for token in words[max(owned, default=-1) + 1 :])


def _before(worded: Worded) -> Speaker | None:
    """Look back from "the ministry": a body with the word in its name, a minister's ministry, who spoke last."""
    heard, here = worded.heard, worded.first.start
    known = latest((b for b in heard.bodies() if _is_called(b, worded)), here)
    if known:
        return of_entity(known, worded.printed, 0.85)
    ministry = _ministry_of_minister(worded) if worded.head in _MINISTRIES else None
    if ministry:
        return ministry
    owner = owner_of(worded.line, worded.phrase.first, heard) if worded.first.low in {"its", "their"} else None
    if owner and owner.of and owner.name.startswith("Government of "):
        return _of_country(worded, owner.of)
    pointing = word_set("general_bodies.txt") | word_set("company_nouns.txt")
    if worded.telling or worded.owners or worded.is_capital or worded.head not in pointing:
        return Speaker(bare(worded.whole), worded.whole, None, None, 0.65)
    return _spoken_of_last(worded)


def _spoken_of_last(worded: Worded) -> Speaker | None:
    """ "the agency": the last so called, else who spoke just before, the only body named, or the last that spoke.

    A noun that tells more ("the airline", "the regulator") only points at a named body that spoke just before.
    """
    heard, here = worded.heard, worded.first.start
    previous = _spoke_just_before(worded)
    if worded.head not in word_set("general_bodies.txt"):
        named = previous and any(b.name == previous.name for b in heard.bodies())
        known = replace(previous, as_printed=worded.printed, confidence=0.65) if previous and named else None
        return known or Speaker(bare(worded.whole), worded.whole, None, None, 0.6)
    if previous:
        main = _whose_it_is(heard, previous) if worded.head in _BUSINESSES else None
        known = of_entity(main, worded.printed) if main else replace(previous, as_printed=worded.printed)
        return replace(known, confidence=0.7)
    near = [b for b in heard.bodies() if any(m.start < here and not _is_told(heard, m) for m in b.mentions)]
    if len(near) == 1:
        meant = of_entity(near[0], worded.printed, 0.6)
        return meant if _can_be_called(meant, worded.head) else None
    employer = None if near else _employer(heard)
    if employer:
        return Speaker(employer, worded.printed, None, None, 0.6)
    last = heard.last_body if heard.last_body and _can_be_called(heard.last_body, worded.head) else None
    return replace(last, as_printed=worded.printed, confidence=0.55) if last else None


def _spoke_just_before(worded: Worded) -> Speaker | None:
    """Return the body that had the word in the sentence before, else, or before that, the last so called."""
    heard = worded.heard
    previous = heard.previous if heard.previous and heard.is_body(heard.previous) else None
    called = heard.kinds.get(worded.head)
    if called and (previous is None or worded.head not in previous.name.lower().split()):
        return called
    return previous if previous and _can_be_called(previous, worded.head) else None


def _can_be_called(body: Speaker, noun: str) -> bool:
    """Tell whom a noun cannot point back to: "40 men are out, their union said. The company said it was ten".

    A name that tells no kind, such as "Corvus", may be of any.
    """
    words = set(body.name.lower().split())
    kinds = [kind for kind in _KINDS if noun in kind]
    return not kinds or all(words.isdisjoint(kind) for kind in _KINDS) or any(words & kind for kind in kinds)


def _whose_it_is(heard: Heard, body: Speaker) -> Entity | None:
    """Return whose a *body* is, such as "Boreal Mutual, its lead insurer": the other one that the story names most."""
    known = next((b for b in heard.bodies() if b.name == body.name), None)
    here = [m for m in known.mentions if heard.previous_start <= m.start < heard.start] if known else []
    if not any(heard.text.startswith(_APPOSED_OWN, mention.end) for mention in here):
        return None
    others = [b for b in heard.bodies() if b is not known and any(m.start < heard.start for m in b.mentions)]
    return max(others, key=lambda b: sum(m.start < heard.start for m in b.mentions), default=None)


def _employer(heard: Heard) -> str | None:
    """Return whose chief has just had the word, where no body is named: "Norgrain" after its chief executive."""
    of = heard.previous.of if heard.previous and heard.is_person(heard.previous) else None
    if of is None or country_of_word(of, heard) or of in {entity.name for entity in heard.people() + heard.places()}:
        return None
    return of if of[0].isupper() else None


def _is_told(heard: Heard, mention: Mention) -> bool:
    """Tell whether a body is only an ear: "told the BBC"."""
    before = heard.text[max(0, mention.start - 12) : mention.start].split()
    return any(word in {"told", "tells"} for word in before[-2:])


def _is_called(body: Entity, worded: Worded) -> bool:
    """Tell whether a body has the noun in its name, or is introduced by it: "the operator, LorrainRail,"."""
    words = {w.lower() for name in (body.name, *body.aliases) for w in _WORD.findall(name)}
    if worded.head in words:
        return worded.telling <= words
    return any(_is_introduced(worded, mention) for mention in body.mentions)


def _is_introduced(worded: Worded, mention: Mention) -> bool:
    """Tell whether the words stand right before a name ("software maker X") or explain it ("X, an industry group,")."""
    text = worded.heard.text
    leading = text[max(0, mention.start - 40) : mention.start].rpartition(". ")[2]  # of its own sentence
    before = _WORD.findall(leading.lower())
    described = [t.low for t in worded.modifiers if t.low in worded.telling] + [worded.head]
    if before[-len(described) :] == described and mention.start < worded.first.start:
        return True
    behind = text[mention.end : mention.end + 60]
    apposed, closing, _ = behind[1:].partition(",")
    explaining = _WORD.findall(apposed.lower()) if behind.startswith(",") and closing else []
    return explaining[:1] in (["a"], ["an"], ["the"]) and set(described) <= set(explaining[1:6])


def _ministry_of_minister(worded: Worded) -> Speaker | None:
    """Return "Defence Ministry of Chad" after its "Defence Minister ..." or "Minister of Defence ..."."""
    ministers = [p for p in worded.heard.people() if _field(p) and worded.telling <= {w.lower() for w in _field(p)}]
    minister = latest(ministers, worded.first.start)
    if minister is None:
        return None
    field = " ".join(word[:1].upper() + word[1:] for word in _field(minister))
    name = f"{field} Ministry" + (f" of {minister.of}" if minister.of else "")
    return Speaker(name, worded.printed, None, minister.of, 0.8)


def _field(person: Entity) -> list[str]:
    """Return what a minister is minister of, as words."""
    words = (person.role or "").split()
    low = {w.lower() for w in words}
    if "minister" not in low or "prime" in low:
        return []
    return [w for w in words if w.lower() not in _NO_FIELD]
