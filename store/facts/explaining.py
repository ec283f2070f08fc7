"""Why a fact reads as it does: each of its fields with the rules that gave it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.facts.model import Claim, Entity, Extraction, Fact, Kind, Quantity, RelationType, Speaker, When
from store.facts.rules import CLAIM_JOINED, CLAIM_OF_VOICE, HEDGE, RELATIONS, UNRESOLVED, spoken

_LABELS = {Kind.PERSON: "person", Kind.ORG: "body", Kind.PLACE: "place"}


@dataclass(frozen=True, slots=True)
class Explained:
    """One field of a fact: which, what stands in it, and the rules that gave it, in words."""

    field: str  # "speaker", "quantity", "person", ...
    value: str
    reasons: tuple[str, ...]


def explain_fact(text: str, extraction: Extraction, fact: Fact) -> list[Explained]:
    """Return every field of *fact* with the rules that gave it, in the order of the fields.

    *fact* is one of *extraction*, which was read out of the story's *text*.
    """
    return [
        *_standing(fact),
        *(_claim(text, fact, claim) for claim in fact.claims[1:]),
        *(_quantity(quantity) for quantity in fact.quantities),
        *(_date(when) for when in fact.dates),
        *_names(extraction, fact),
    ]


def explain_relation(type_: RelationType, target: str, evidence: str) -> Explained:
    """Return a relation to the fact called *target* with its evidence, in words."""
    return Explained(type_.replace("_", " "), target, (RELATIONS[type_].replace("{}", evidence),))


def _standing(fact: Fact) -> Iterator[Explained]:
    """Yield who speaks, in what standing and how."""
    rules, cue = fact.rules, fact.cue
    if rules:
        yield Explained("speaker", _titled(fact.speaker) if fact.speaker else "none", tuple(_speaker_reasons(fact)))
        yield Explained("status", str(fact.status), (spoken("status", rules["status"], cue=cue),))
        yield Explained("mode", str(fact.mode), (spoken("mode", str(fact.mode)),))
    yield from (Explained("hedge", f"“{hedge}”", (HEDGE,)) for hedge in fact.hedges)
    if "background" in rules:
        yield Explained("background", "yes", (spoken("background", rules["background"]),))


def _speaker_reasons(fact: Fact) -> Iterator[str]:
    rule, speaker = fact.rules["speaker"], fact.speaker
    yield spoken("speaker", rule, cue=fact.cue)
    if speaker is None:
        if rule != "outlet":
            yield UNRESOLVED
        return
    printed = speaker.as_printed.removeprefix("The ").removeprefix("the ")
    if printed != speaker.name and rule != "continued":
        yield f"printed as “{speaker.as_printed}”"
    if speaker.confidence < 1:
        yield f"confidence {speaker.confidence:.2g}"


def _claim(text: str, fact: Fact, claim: Claim) -> Explained:
    """Explain a further claim of the sentence by what makes it one beside the main claim."""
    said = " ".join(text[claim.start : claim.end].split())
    value = f"“{said}”: {_titled(claim.speaker) if claim.speaker else 'none'}, {claim.status}, {claim.mode}"
    is_joined = (claim.speaker, claim.cue) == (fact.speaker, fact.cue)
    return Explained("claim", value, (CLAIM_JOINED if is_joined else CLAIM_OF_VOICE.replace("{}", claim.cue or ""),))


def _quantity(quantity: Quantity) -> Explained:
    value = number_text(quantity)
    return Explained("quantity", f"“{quantity.text}” = {value}", _words(quantity.why))


def _date(when: When) -> Explained:
    days = when.first if when.first == when.last else f"{when.first} to {when.last}"
    return Explained("date", f"“{when.text}” = {days}", _words(when.why))


def _names(extraction: Extraction, fact: Fact) -> Iterator[Explained]:
    """Yield who and what the fact names: people, then bodies, then places, each in order of first mention."""
    for kind in Kind:
        for entity in extraction.cast.within(fact.start, fact.end, kind):
            yield Explained(_LABELS[kind], _titled(entity), tuple(_entity_reasons(entity, fact)))


def _titled(named: Entity | Speaker) -> str:
    return ", ".join(filter(None, (named.name, named.role, named.of)))


def _entity_reasons(entity: Entity, fact: Fact) -> Iterator[str]:
    here = [mention for mention in entity.mentions if fact.start <= mention.start and mention.end <= fact.end]
    spelt = {mention.text: mention.why for mention in here if mention.why}
    yield from (f"printed as “{text}”: {'; '.join(map(str, why))}" for text, why in spelt.items())
    yield from _words(entity.why)


def number_text(quantity: Quantity) -> str:
    """Return a quantity's value with its unit: "about 2,300 people", "200 to 999 residents"."""
    if quantity.value is None:
        value = " to ".join(f"{end:,.12g}" for end in (quantity.low, quantity.high) if end is not None)
        return " ".join(filter(None, (value, quantity.unit)))
    bounds = (("at least", quantity.low is not None), ("at most", quantity.high is not None))
    bound = next((word for word, holds in (*bounds, ("about", quantity.approximate)) if holds), None)
    return " ".join(filter(None, (bound, f"{quantity.value:,.12g}", quantity.unit)))


def _words(reasons: Sequence[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(str, reasons)))
