"""Values for rendering, with only what a test cares about spelled out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from store.facts.model import Fact, Known, Mode, Quantity, Speaker, Status, When
from store.lookup.model import Answer, Holdings, Match, Note, NoteType, Question, Reading

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from("<>&@#/$.\u202e\u200bא\ud800 ")), max_size=1500)
HELD = Holdings(2, 30, date(2026, 11, 12), date(2026, 11, 23))


def known(text: str = "The bridge is closed.", *, number: int = 1, **more: Any) -> Known:
    """Return a fact of a story with a source that can be linked."""
    fields: dict[str, Any] = {"outlet": "Tideline", "url": "https://tideline.example/1", "published_at": NOW}
    in_fact = {key: more.pop(key) for key in ("speaker", "quantities", "dates", "status") if key in more}
    fact = Fact(0, len(text), 0, 0, in_fact.pop("status", Status.CLAIMED), Mode.PARAPHRASE, **in_fact)
    return Known(number, 1, "s1", text, fact, **fields | more)


def speaker(name: str, role: str | None = None, of: str | None = None) -> Speaker:
    """Return somebody who vouches for a claim."""
    return Speaker(name, name, role, of)


def figure(text: str, value: float, unit: str = "people") -> Quantity:
    """Return a figure as printed."""
    return Quantity(text, 0, len(text), value, unit=unit)


def when(text: str, first: str, last: str | None = None) -> When:
    """Return a date as printed."""
    return When(text, 0, len(text), first, last or first)


def note(kind: NoteType, text: str, **more: Any) -> Note:
    """Return a fact that bears on an answer."""
    return Note(kind, known(text, **more))


def answered(*matches: Match, **more: Any) -> Answer:
    """Return an answer, best match first."""
    return Answer(Question("how many", NOW), abstained=False, matches=matches, held=HELD, reading=Reading(), **more)


def nothing(*near: Known, **more: Any) -> Answer:
    """Return what is said when nothing is held, with near misses."""
    misses = tuple(Match(each, 0.1, near_miss=True) for each in near)
    return Answer(Question("how many", NOW), abstained=True, matches=misses, held=HELD, reading=Reading(), **more)
