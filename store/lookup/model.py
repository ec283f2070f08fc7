"""The values that a question turns into."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from store.facts.model import Known


class NoteType(StrEnum):
    """What bears on an answer (…_by), or what an answer itself bears on."""

    DENIED_BY = "denied_by"
    WALKED_BACK_BY = "walked_back_by"
    UPDATED_BY = "updated_by"
    DISPUTED_BY = "disputed_by"
    ALSO_REPORTED_BY = "also_reported_by"
    DENIES = "denies"
    WALKS_BACK = "walks_back"
    UPDATES = "updates"
    DISPUTES = "disputes"


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asked, with the filters that were given beside the words."""

    text: str
    now: datetime  # aware; "since Monday" is read against it
    limit: int = 5
    outlet: str | None = None
    speaker: str | None = None
    since: date | None = None  # first day, included
    until: date | None = None  # last day, included


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was read; a follow-up inherits from the one before it. Made of JSON values only."""

    words: tuple[str, ...] = ()
    filters: dict[str, str] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """One fact that bears on an answer."""

    type: NoteType
    known: Known


@dataclass(frozen=True, slots=True)
class Match:
    """One fact that answers, or comes close."""

    known: Known
    score: float  # calibrated: 0 to 1, how likely it is that this sentence answers the question
    notes: tuple[Note, ...] = ()
    near_miss: bool = False
    features: dict[str, float] = field(default_factory=dict)  # filled for --explain only


@dataclass(frozen=True, slots=True)
class Holdings:
    """What there is to ask about."""

    stories: int
    facts: int
    first: date | None  # publication days
    last: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says to a question. With `abstained`, matches are near misses or none."""

    question: Question
    abstained: bool
    matches: tuple[Match, ...]
    held: Holdings
    reading: Reading
    read_as: dict[str, str] = field(default_factory=dict)  # typed -> what it was read as
    inherited: tuple[str, ...] = ()  # what a follow-up took from the question before: words as typed, then filters
    unmatched: tuple[str, ...] = ()  # telling words that nothing held matches
    nearest_names: tuple[str, ...] = ()
    unheld_sources: tuple[str, ...] = ()  # outlets and speakers asked for, in the words or beside, that nothing is of
    held_outlets: tuple[str, ...] = ()  # all that are held, when nothing comes near an unheld source
    reason: str | None = None  # why nothing is held, in plain words; None when answered
    browsed: bool = False  # the news itself was asked for: the matches are the newest sentences, and answer alike
    explanation: dict[str, Any] = field(default_factory=dict)  # words, candidates, weights; for /why and --explain
