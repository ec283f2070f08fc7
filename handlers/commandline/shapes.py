"""What `--json` and `--jsonl` print: every shape in one place. Scripts rely on these names; only add to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # names in signatures, whose modules would cost `ask` a tenth of its time
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from store.database.alerts import Alert
    from store.database.reading import StoredRelation
    from store.database.stories import Receipt
    from store.facts.model import Known, Quantity, When
    from store.lookup.model import Answer, Holdings, Match

Shape = dict[str, object]


def answer_shape(answer: Answer, *, key: str | None, ms: float, explain: bool = False) -> Shape:
    """One question's answer; *key* is the id that came with the question, *ms* what it took."""
    shape: Shape = {
        "id": key,
        "question": answer.question.text,
        "abstained": answer.abstained,
        "answers": [_match(match) for match in answer.matches],
        "read_as": answer.read_as,
        "inherited": list(answer.inherited),
        "unmatched": list(answer.unmatched),
        "held": _holdings(answer.held),
        "reason": answer.reason,
        "nearest_names": list(answer.nearest_names),
        "unheld_sources": list(answer.unheld_sources),
        "browsed": answer.browsed,
        "ms": round(ms, 2),
    }
    return shape | {"explanation": answer.explanation} if explain else shape


def unasked_shape(key: str | None, why: str) -> Shape:
    """The answer's place in the order, for a line that holds no question."""
    return {
        "id": key,
        "question": None,
        "abstained": True,
        "answers": [],
        "read_as": {},
        "inherited": [],
        "unmatched": [],
        "held": None,
        "unheld_sources": [],
        "browsed": False,
        "why": why,
    }


def _match(match: Match) -> Shape:
    known = match.known
    shape: Shape = {
        "fact": known.id,
        "text": known.text,
        "score": round(match.score, 4),
        "story": {
            "id": known.story_key,
            "title": known.title,
            "outlet": known.outlet,
            "url": known.url,
            "published": _iso(known.published_at),
        },
        "start": known.fact.start,
        "end": known.fact.end,
        "speaker": known.fact.speaker.name if known.fact.speaker else None,
        "status": str(known.fact.status),
        "notes": [{"type": str(note.type), "fact": note.known.id} for note in match.notes],
    }
    return shape | {"near_miss": True} if match.near_miss else shape


def _holdings(held: Holdings) -> Shape:
    return {"stories": held.stories, "from": _iso(held.first), "to": _iso(held.last)}


def fact_shape(known: Known, relations: Iterable[StoredRelation]) -> Shape:
    """One fact; *relations* are those that start at it."""
    fact, speaker = known.fact, known.fact.speaker
    return {
        "fact": known.id,
        "story": known.story_key,
        "start": fact.start,
        "end": fact.end,
        "text": known.text,
        "speaker": speaker.name if speaker else None,
        "speaker_role": speaker.role if speaker else None,
        "speaker_as_printed": speaker.as_printed if speaker else None,
        "speaker_confidence": speaker.confidence if speaker else None,
        "status": str(fact.status),
        "mode": str(fact.mode),
        "quantities": [_quantity(quantity) for quantity in fact.quantities],
        "dates": [_when(when) for when in fact.dates],
        "people": list(fact.people),
        "orgs": list(fact.orgs),
        "places": list(fact.places),
        "relations": [{"type": str(relation.type), "fact": relation.target} for relation in relations],
    }


def _quantity(quantity: Quantity) -> Shape:
    return {
        "text": quantity.text,
        "value": _whole(quantity.value),
        "low": _whole(quantity.low),
        "high": _whole(quantity.high),
        "unit": quantity.unit,
        "what": quantity.what,
    }


def _when(when: When) -> Shape:
    return {"text": when.text, "from": when.first, "to": when.last}


def _whole(number: float | None) -> float | None:
    """Print 4500.0 as 4500: people and spreadsheets read these."""
    return int(number) if number is not None and number == int(number) else number


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def refused_shape(key: str | None, why: str) -> Shape:
    """What `ingest` says of a story that was not stored."""
    return {"story": key, "state": "refused", "held_as": None, "facts": 0, "alerted": 0, "why": why}


def receipt_shape(receipt: Receipt) -> Shape:
    """What `ingest` says of a story that is held now."""
    return {
        "story": receipt.story,
        "state": receipt.state,
        "held_as": receipt.held_as,
        "facts": receipt.facts,
        "alerted": receipt.alerted,
        "why": None,
    }


def alert_shape(alert: Alert, story_key: str, facts: Mapping[int, Known]) -> Shape:
    """One story's alert; *facts* holds every fact that it names."""
    return {
        "alert": alert.id,
        "story": story_key,
        "state": str(alert.state),
        "deliveries": [
            {"chat": delivery.chat, "state": str(delivery.state), "message_id": delivery.message_id}
            for delivery in alert.deliveries
        ],
        "facts": [
            {
                "fact": told.fact,
                "start": facts[told.fact].fact.start,
                "end": facts[told.fact].fact.end,
                "tag": str(told.tag),
                "ref": _reference(facts[told.ref]) if told.ref is not None else None,
            }
            for told in alert.facts
        ],
    }


def _reference(known: Known) -> Shape:
    return {"fact": known.id, "story": known.story_key, "start": known.fact.start, "end": known.fact.end}


def watched_shape(story_key: str, facts: Sequence[int]) -> Shape:
    """Whether a phrase matched a story, and in which facts."""
    return {"story": story_key, "matched": bool(facts), "facts": list(facts)}
