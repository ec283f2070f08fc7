"""A fact's details as short JSON, deflated, and back, without loss.

A million facts share their names, roles and cues, so those are numbered once in the `phrases` table; words that stand
in the sentence are kept as the place where they stand. What is empty is left out. That makes about a fifth of
plain JSON; deflating halves it again, with a dictionary that both sides know, since it is too short to build its own.

    {"p": [812, 33],            numbers of the phrases used here; below, a phrase is its position in this list
     "m": "mixed",              mode, unless it is "assertion"
     "s": [as printed, role, of, confidence],   the speaker; the name has a column of its own
     "q": cue, "h": [hedge, …], "b": 1,         cue, hedges, background
     "c": [[start, length] or [start, length, status, mode, name, as printed, role, of, confidence, cue, hedges], …],
     "n": [[start, length, value, low, high, unit, of what, approximate + 2 * earlier, text], …],
     "d": [[start, length, first, last, text], …],
     "x": [people, orgs, places]}

Offsets count from the fact's start. Ends of a list that are empty are cut off. Usually the one claim is the fact itself
but for the full stop: without "c" it ends one character before the fact. The rules that gave the fields are not kept:
the story read again gives them, and they would be a seventh of all.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from store.facts.model import Claim, Fact, Mode, Quantity, Speaker, Status, When

# Inside, details are JSON values of many shapes; what they mean is written above.
Json = Any

Standing = tuple[Status, Mode, Speaker | None, str | None, tuple[str, ...]]  # status, mode, speaker, cue, hedges

# Part of the file format: another one needs a migration that packs all facts anew. The most frequent stand last.
DICTIONARY = (
    b'"status","planned","forecast","walked_back","denied","quoted","asserted","claimed","quote","mixed",null,null,0,'
    b'"per cent","h":[1,"2026-01-31T12:00:00+00:00","2025-12-24","2021-07-05","2026-02-28"]],"c":[[0,12],[0,54,'
    b'"claimed","paraphrase",5,290834,null,null,0.75,225295,[]]],"n":[[113,28,2,null,null,0,479265,2],[16,14,4000,null,'
    b'null,1]],"d":[[20,10,"2026-02-01"]],"x":[[0],[1],[1,2]],"r":[3,4,5],"x":[[],[],[0]],"b":1,"m":"quote","s":['
    b'65,1,null,0.9],"m":"paraphrase","s":[655382,null,null,null],"q":60,{"p":[10,"r":[20'
)

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

WINDOW = -12  # bits; negative: no header and no checksum, which would be a tenth of what is kept

LENGTH_BITS = 12  # a place in the sentence is one number: its start times 4096, plus its length


class FactRow(NamedTuple):
    """What the `facts` table keeps of one fact, without its id and story."""

    start: int
    end: int
    paragraph: int
    position: int
    status: str
    speaker: int | None  # a phrase
    details: bytes


def pack_fact(fact: Fact, sentence: str, number: Callable[[str], int]) -> FactRow:
    """Return *fact* as a row. *number* gives a phrase's id in the database, making one if need be."""
    packer = _Packer(fact, sentence, number)
    details = _deflate(_ENCODER.encode(packer.details()))
    speaker = number(fact.speaker.name) if fact.speaker else None
    return FactRow(fact.start, fact.end, fact.paragraph, fact.position, str(fact.status), speaker, details)


def unpack_fact(row: FactRow, details: Json, sentence: str, phrases: Mapping[int, str]) -> Fact:
    """Return the fact that *row* was packed from; *details* are its own, read already by `read_details`."""
    return _Unpacker(row, details, sentence, phrases).fact()


def read_details(row: FactRow) -> tuple[Json, list[int]]:
    """Return a row's details, and the ids of all phrases that they and the row need."""
    details = json.loads(_inflate(row.details))
    speaker = () if row.speaker is None else (row.speaker,)
    return details, [*details.get("p", ()), *speaker]


def _deflate(text: str) -> bytes:
    # A small memory level: setting up the usual tables takes ten times as long as deflating these few bytes.
    deflater = zlib.compressobj(9, zlib.DEFLATED, WINDOW, 4, zlib.Z_DEFAULT_STRATEGY, DICTIONARY)
    return deflater.compress(text.encode()) + deflater.flush()


def _inflate(kept: bytes) -> str:
    return zlib.decompressobj(WINDOW, DICTIONARY).decompress(kept).decode()


class _Packer:
    def __init__(self, fact: Fact, sentence: str, number: Callable[[str], int]) -> None:
        self._fact, self._sentence, self._number = fact, sentence, number
        self._phrases: dict[int, int] = {}  # phrase id -> its position in "p"

    def details(self) -> Json:
        fact = self._fact
        body = {
            "m": None if fact.mode is Mode.ASSERTION else str(fact.mode),
            "s": self._speaker(fact.speaker)[1:] if fact.speaker else None,
            "q": self._words(fact.cue),
            "h": [self._words(hedge) for hedge in fact.hedges],
            "b": int(fact.background),
            "n": [self._quantity(quantity) for quantity in fact.quantities],
            "d": [self._date(when) for when in fact.dates],
            "x": _cut([[self._phrase(name) for name in names] for names in (fact.people, fact.orgs, fact.places)]),
        }
        kept = {key: value for key, value in body.items() if value not in (None, [], 0)}
        if fact.claims != (_usual_claim(fact),):
            kept["c"] = [self._claim(claim) for claim in fact.claims]
        return {"p": list(self._phrases), **kept} if self._phrases else kept

    def _phrase(self, text: str | None) -> int | None:
        if text is None:
            return None
        return self._phrases.setdefault(self._number(text), len(self._phrases))

    def _words(self, text: str | None) -> Json:
        """Return words that probably stand in the sentence as the place where they do, else as they are."""
        if text is None:
            return None
        at = self._sentence.find(text) if text else -1
        return text if at < 0 or len(text) >> LENGTH_BITS else at << LENGTH_BITS | len(text)

    def _speaker(self, speaker: Speaker | None) -> list[Json]:
        if speaker is None:
            return [None] * 5
        confidence = None if speaker.confidence == 1.0 else speaker.confidence
        return [self._phrase(speaker.name), self._words(speaker.as_printed), self._phrase(speaker.role),
                self._phrase(speaker.of), confidence]  # fmt: skip

    def _claim(self, claim: Claim) -> list[Json]:
        place = [claim.start - self._fact.start, claim.end - claim.start]
        if _as_the_fact(claim, self._fact):
            return place
        return [*place, str(claim.status), str(claim.mode), *self._speaker(claim.speaker), self._words(claim.cue),
                [self._words(hedge) for hedge in claim.hedges]]  # fmt: skip

    def _quantity(self, quantity: Quantity) -> list[Json]:
        numbers = [_short(number) for number in (quantity.value, quantity.low, quantity.high)]
        flags = quantity.approximate + 2 * quantity.earlier
        return _cut([*self._place(quantity), *numbers, self._phrase(quantity.unit), self._words(quantity.what),
                     flags or None, self._text(quantity)])  # fmt: skip

    def _date(self, when: When) -> list[Json]:
        last = None if when.last == when.first else when.last
        return _cut([*self._place(when), when.first, last, self._text(when)])

    def _place(self, found: Quantity | When) -> list[Json]:
        return [found.start - self._fact.start, found.end - found.start]

    def _text(self, found: Quantity | When) -> str | None:
        """Return the text only when it is not what stands at its place."""
        start, length = self._place(found)
        return None if start >= 0 and self._sentence[start : start + length] == found.text else found.text


class _Unpacker:
    def __init__(self, row: FactRow, details: Json, sentence: str, phrases: Mapping[int, str]) -> None:
        self._row, self._details, self._sentence = row, details, sentence
        self._phrases = [phrases[number] for number in details.get("p", ())]
        self._name = phrases[row.speaker] if row.speaker is not None else None

    def fact(self) -> Fact:
        row, details = self._row, self._details
        status, mode = Status(row.status), Mode(details.get("m", Mode.ASSERTION))
        speaker = None if self._name is None else self._speaker(self._name, details["s"])
        cue, hedges = self._words(details.get("q")), self._all_words(details.get("h", ()))
        own = (status, mode, speaker, cue, hedges)
        people, orgs, places = _filled(details.get("x", ()), 3)
        claims = details.get("c", ([0, row.end - row.start - 1],))
        return Fact(
            row.start, row.end, row.paragraph, row.position, *own,
            claims=tuple([self._claim(claim, own) for claim in claims]),
            quantities=tuple([self._quantity(quantity) for quantity in details.get("n", ())]),
            dates=tuple([self._date(when) for when in details.get("d", ())]),
            people=self._names(people), orgs=self._names(orgs), places=self._names(places),
            background=bool(details.get("b", 0)),
        )  # fmt: skip

    def _phrase(self, position: int | None) -> str | None:
        return None if position is None else self._phrases[position]

    def _names(self, positions: Iterable[int] | None) -> tuple[str, ...]:
        return tuple([self._phrases[position] for position in positions]) if positions else ()

    def _words(self, kept: Json) -> Json:
        if not isinstance(kept, int):
            return kept
        at, length = divmod(kept, 1 << LENGTH_BITS)
        return self._sentence[at : at + length]

    def _all_words(self, kept: Iterable[Json]) -> tuple[str, ...]:
        return tuple([self._words(words) for words in kept]) if kept else ()

    def _speaker(self, name: str, kept: Sequence[Json]) -> Speaker:
        printed, role, of, confidence = kept
        sure = 1.0 if confidence is None else confidence
        return Speaker(name, self._words(printed), self._phrase(role), self._phrase(of), sure)

    def _claim(self, kept: Sequence[Json], own: Standing) -> Claim:
        start = self._row.start + kept[0]
        if len(kept) == 2:
            return Claim(start, start + kept[1], *own)
        _, length, status, mode, name, *speaker, cue, hedges = kept
        return Claim(
            start, start + length, Status(status), Mode(mode),
            None if name is None else self._speaker(self._phrases[name], speaker),
            self._words(cue), self._all_words(hedges),
        )  # fmt: skip

    def _quantity(self, kept: Sequence[Json]) -> Quantity:
        at, length, value, low, high, unit, what, flags, text = _filled(kept, 9)
        start = self._row.start + at
        return Quantity(
            self._sentence[at : at + length] if text is None else text, start, start + length,
            _long(value), _long(low), _long(high), self._phrase(unit), self._words(what),
            approximate=bool((flags or 0) & 1), earlier=bool((flags or 0) & 2),
        )  # fmt: skip

    def _date(self, kept: Sequence[Json]) -> When:
        at, length, first, last, text = _filled(kept, 5)
        start = self._row.start + at
        printed = self._sentence[at : at + length] if text is None else text
        return When(printed, start, start + length, first, first if last is None else last)


def _usual_claim(fact: Fact) -> Claim:
    """Return the claim that says what the fact's own fields say, over all of it but its last character."""
    return Claim(fact.start, fact.end - 1, fact.status, fact.mode, fact.speaker, fact.cue, fact.hedges)


def _as_the_fact(claim: Claim, fact: Fact) -> bool:
    """Say whether *claim* differs from the fact's own fields in nothing but its place: so do most."""
    return (claim.status, claim.mode, claim.speaker, claim.cue, claim.hedges) == (
        fact.status, fact.mode, fact.speaker, fact.cue, fact.hedges
    )  # fmt: skip


def _cut(values: list[Json]) -> list[Json]:
    while values and values[-1] in (None, []):
        values.pop()
    return values


def _filled(values: Sequence[Json], length: int) -> list[Json]:
    return [*values, *[None] * (length - len(values))]


def _short(number: float | None) -> float | int | None:
    """Return a whole number without its ".0", and larger ones as they are, since those are long either way."""
    return int(number) if number is not None and number.is_integer() and abs(number) < 1e15 else number


def _long(number: float | None) -> float | None:
    return None if number is None else float(number)
