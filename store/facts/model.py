"""The values that extraction gives: what a story says, sentence by sentence.

All offsets count Unicode code points of the story's stored text, start included and end excluded,
so that `text[fact.start:fact.end]` is the sentence, to the character.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from store.facts.rules import Reasons


class Status(StrEnum):
    """What a sentence does, the first that fits (walked_back first, asserted last)."""

    WALKED_BACK = "walked_back"  # somebody withdraws or corrects what their own side said earlier
    DENIED = "denied"  # the sentence denies something
    FORECAST = "forecast"  # will happen or not, out of the speaker's hands
    PLANNED = "planned"  # decided or scheduled
    QUOTED = "quoted"  # the main content stands in quotation marks
    CLAIMED = "claimed"  # somebody says it, indirectly
    ASSERTED = "asserted"  # the outlet says it itself, or it is a plain public act


class Mode(StrEnum):
    """How the words are given."""

    ASSERTION = "assertion"
    PARAPHRASE = "paraphrase"
    QUOTE = "quote"
    MIXED = "mixed"


class Kind(StrEnum):
    """What a name names."""

    PERSON = "person"
    ORG = "org"
    PLACE = "place"


class RelationType(StrEnum):
    """What one fact does to another, read from the source to the target."""

    DENIES = "denies"
    WALKS_BACK = "walks_back"
    UPDATES = "updates"  # a newer figure, schedule or position for the same thing
    DISPUTES = "disputes"  # another party contradicts it
    ALSO_REPORTS = "also_reports"  # another outlet or speaker carries the same
    CONTINUES_QUOTE = "continues_quote"
    REPLACES = "replaces"  # a correction note marks the fact it corrects


class TurnKind(StrEnum):
    """Who takes a turn of an interview or a transcript."""

    SPEAKS = "speaks"  # whoever its label names
    ANSWERS = "answers"  # whoever is asked: "A"
    OUTLET = "outlet"  # the outlet itself: "Q", "PRESENTER", and the "A" of an explainer, which nobody is asked


class Tag(StrEnum):
    """Why a fact is in an alert. A repeat and a bare question have none and stay silent."""

    NEW = "NEW"
    UPDATE = "UPDATE"
    DISPUTE = "DISPUTE"
    SECOND_SOURCE = "SECOND_SOURCE"


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it came in; nothing of it is ever changed."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_at: datetime | None = None  # aware, in the story's own zone


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the story's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """The line that a story opens with: "GENEVA, Feb 26 (Northline) - "."""

    start: int
    end: int  # where the first sentence begins
    place: str | None = None
    agency: str | None = None
    date_text: str | None = None  # "Feb 26", as printed


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or one quotation of several with its attribution, that can be a fact."""

    start: int
    end: int
    paragraph: int  # 0-based index into Layout.paragraphs
    position: int  # 0-based order among the story's fact sentences


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker of an interview or a transcript says, from a label to the next."""

    start: int  # of the label
    said_at: int  # where what is said begins, behind the label
    end: int
    label: str  # as printed, without its colon: "JOHN HOLLOWAY, MINISTER FOR TRANSPORT"
    kind: TurnKind = TurnKind.SPEAKS
    asks: bool = False  # its questions are no facts


def turn_at(turns: Sequence[Turn], start: int) -> Turn | None:
    """Return the one of *turns*, in order, in which what begins at *start* is said, None outside all."""
    at = bisect_right(turns, start, key=lambda turn: turn.start) - 1
    return turns[at] if at >= 0 and start < turns[at].end else None


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction or clarification note: "CORRECTION: an earlier version said 15"."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A story's text cut up: what may be a fact and what is furniture."""

    sentences: tuple[Sentence, ...]
    paragraphs: tuple[Span, ...]  # only those that hold at least one sentence
    quotes: tuple[Span, ...]  # quotations, marks included, also over several sentences or paragraphs
    dateline: Dateline | None = None
    byline: str | None = None
    headline: str | None = None  # the text's own first line when it is a title
    corrections: tuple[Correction, ...] = ()
    furniture: tuple[Span, ...] = ()  # datelines, bylines, captions, time stamps, "Read more", newsletter lines
    turns: tuple[Turn, ...] = ()  # of an interview or a transcript, in order; none in other stories

    def turn_at(self, start: int) -> Turn | None:
        """Return the turn in which what begins at *start* is said, None outside all."""
        return turn_at(self.turns, start)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text where an entity is named."""

    start: int
    end: int
    text: str  # as printed
    why: Reasons = field(default=(), compare=False, repr=False)  # why it means the entity, where printed otherwise


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, a body or a place, under one name whatever the spelling."""

    name: str  # canonical: the fullest form in the story
    kind: Kind
    role: str | None = None  # "Defence Minister"
    of: str | None = None  # the country or body that the role belongs to: "Tajikistan"
    gender: str | None = None  # "f", "m" or None, from honorifics and pronouns, never from a name alone
    aliases: tuple[str, ...] = ()  # surnames, spellings, abbreviations, roles that mean it in this story
    mentions: tuple[Mention, ...] = ()
    why: Reasons = field(default=(), compare=False, repr=False)  # the rules that gave kind, role and of


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything a story names."""

    entities: tuple[Entity, ...] = ()
    # Every mention as its start, its end and which entity it is of, in order: a sentence finds its own without asking
    # all the others', which in a long story took time in the square of its length.
    _placed: tuple[tuple[int, int, int], ...] = field(init=False, repr=False, compare=False)
    _of_kind: dict[Kind, tuple[Entity, ...]] = field(init=False, repr=False, compare=False)
    _names: frozenset[tuple[Kind, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        placed = ((m.start, m.end, number) for number, entity in enumerate(self.entities) for m in entity.mentions)
        object.__setattr__(self, "_placed", tuple(sorted(placed, key=lambda mention: (mention[0], mention[2]))))
        of_kind = {kind: tuple(e for e in self.entities if e.kind is kind) for kind in Kind}
        object.__setattr__(self, "_of_kind", of_kind)
        object.__setattr__(self, "_names", frozenset((e.kind, e.name) for e in self.entities))

    def of_kind(self, kind: Kind) -> tuple[Entity, ...]:
        """Return the entities of *kind*, in the order of the cast."""
        return self._of_kind[kind]

    def names(self, name: str, kind: Kind) -> bool:
        """Tell whether an entity of *kind* has *name* as its canonical one."""
        return (kind, name) in self._names

    def mentioned(self, start: int, end: int) -> list[tuple[int, int, Entity]]:
        """Return the mentions that stand whole between *start* and *end*, as start, end and entity, in order."""
        low = bisect_left(self._placed, (start,))
        high = bisect_left(self._placed, (end,), low)
        return [(first, last, self.entities[n]) for first, last, n in self._placed[low:high] if last <= end]

    def within(self, start: int, end: int, kind: Kind) -> list[Entity]:
        """Return the entities of *kind* named between *start* and *end*, in order of first mention, each once."""
        found = {id(entity): entity for _, _, entity in self.mentioned(start, end) if entity.kind is kind}
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who vouches for a claim."""

    name: str  # canonical full name of the person or body
    as_printed: str  # "Mr Mirzo", "he"
    role: str | None = None  # "Defence Minister"
    of: str | None = None  # "Tajikistan"
    confidence: float = 1.0  # 0 to 1


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that tells something. `value` is at full scale; None with low and high for ranges and vague amounts."""

    text: str
    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str | None = None  # "troops", "km", "per cent", "USD"
    what: str | None = None  # of what: "additional troops on the frontier"
    approximate: bool = False
    earlier: bool = False  # the old figure of a change: the 14 of "up from 14"
    why: Reasons = field(default=(), compare=False, repr=False)  # the rules that gave it; never stored


@dataclass(frozen=True, slots=True)
class When:
    """A date, resolved against the story's own. Days are ISO dates; a clock time only where the text prints one."""

    text: str
    start: int
    end: int
    first: str  # "2026-02-03", or "2026-02-04T18:00:00+05:00"
    last: str
    why: Reasons = field(default=(), compare=False, repr=False)  # the rules that gave it; never stored


@dataclass(frozen=True, slots=True)
class Claim:
    """One of the things that a sentence says, with its own speaker and status."""

    start: int
    end: int
    status: Status
    mode: Mode
    speaker: Speaker | None = None
    cue: str | None = None  # "said", "has dismissed as a lie"
    hedges: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two facts of one story, by their positions."""

    source: int
    type: RelationType
    target: int
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence with all that was read out of it. Its own fields are its main claim's."""

    start: int
    end: int
    paragraph: int
    position: int
    status: Status
    mode: Mode
    speaker: Speaker | None = None
    cue: str | None = None
    hedges: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()  # the main one first
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[When, ...] = ()
    people: tuple[str, ...] = ()  # canonical names
    orgs: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    background: bool = False  # only reminds the reader of earlier events
    # speaker, status, mode, background -> the rule that gave it; never stored
    rules: dict[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one story holds."""

    facts: tuple[Fact, ...]
    links: tuple[Link, ...]
    layout: Layout
    cast: Cast


@dataclass(frozen=True, slots=True)
class Known:
    """A fact with what is needed to compare it and to show it: its words and its story."""

    id: int  # the fact's id in the database; for a fact not stored yet, minus one minus its position
    story: int  # the story's id in the database; 0 while not stored
    story_key: str  # the id that people and scripts use
    text: str  # the sentence: the story's text[start:end]
    fact: Fact = field(hash=False)  # the other fields tell facts apart, and are quicker to hash
    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    origin: int | None = None  # the story that this one is a near-verbatim copy of
    stems: tuple[str, ...] = ()  # as indexed, in order


@dataclass(frozen=True, slots=True)
class Bearing:
    """A relation from a compared fact to one that is held, with the evidence for it."""

    type: RelationType
    target: int  # Known.id
    evidence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the comparison of one new fact with all that is held gave."""

    position: int
    tag: Tag | None  # None: a repeat or a bare question, which stays silent
    ref: int | None = None  # Known.id of the fact that it updates, disputes or repeats
    bearings: tuple[Bearing, ...] = ()
