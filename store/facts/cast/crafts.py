"""Ships and aircraft that are called like somebody: "the Lady Aurelia", "the Captain Lorne"; they are nobody."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from store.facts.cast.candidates import Candidate
from store.facts.cast.names import Token
from store.facts.cast.settling import Reading
from store.facts.cast.vocabulary import crafts, speech_verbs, thing_words
from store.facts.numbers.word_classes import word_class

_TITLES, _DOINGS, _PARTS = word_class("craft_titles"), word_class("craft_doings"), word_class("craft_parts")
_DOINGS_OF_TWO = frozenset(
    {("ran", "aground"), ("went", "down"), ("called", "at"), ("put", "into"), ("lifted", "off"), ("took", "off")}
    | {("broke", "the")}
)
_PERSONAL = frozenset({"who", "died", "resigned", "married", "aged", "himself", "herself"})
_MARKS = frozenset("\"”’'»“«")


def drop_crafts(readings: Sequence[Reading]) -> None:
    """Take what a ship or an aircraft is called off the candidates of a story's sentences.

    It has "the" or "the tug" before its title wherever it is named so, never speaks, and the story has a craft or lets
    the name sink, dock or take off. "Captain Lorne said" beside it makes somebody of all its mentions.
    """
    named: dict[tuple[str, ...], list[tuple[Reading, Candidate, int]]] = defaultdict(list)
    for reading in readings:
        for candidate in reading.candidates:
            at = _title_before(reading.tokens, candidate)
            if at is not None:
                named[(reading.tokens[at].low, *candidate.words)].append((reading, candidate, at))
    if not named:
        return
    has_craft = any(_is_craft(token) for reading in readings for token in reading.tokens)
    for mentions in named.values():
        is_called = all(_is_called(reading.tokens, candidate, at) for reading, candidate, at in mentions)
        if is_called and (has_craft or any(_does_as_craft(reading.tokens, c, at) for reading, c, at in mentions)):
            for reading, candidate, _ in mentions:
                reading.candidates.remove(candidate)


def _title_before(tokens: Sequence[Token], candidate: Candidate) -> int | None:
    """Return where the title of a craft stands before a name, None where another or none does."""
    at = bisect_left(tokens, candidate.start, key=_start) - 1
    return at if candidate.honorific and at >= 0 and tokens[at].low in _TITLES and tokens[at].capital else None


def _is_called(tokens: Sequence[Token], candidate: Candidate, at: int) -> bool:
    """Tell "the Lady Aurelia was towed" from "Lady Aurelia", "the Lady Aurelia said" and "the Lady Aurelia, 40,"."""
    before = tokens[at - 1].low if at else ""
    if before != "the" and before not in thing_words():
        return False
    last = bisect_left(tokens, candidate.end, key=_start)
    after = [token for token in tokens[last : last + 3] if token.text not in _MARKS]
    told = after[1:2] if after and after[0].text == "," else after[:1]
    speaks = at > 1 and tokens[at - 2].low in speech_verbs()
    return not speaks and not any(t.low in speech_verbs() | _PERSONAL or t.low.isdigit() for t in told)


def _does_as_craft(tokens: Sequence[Token], candidate: Candidate, at: int) -> bool:
    """Tell "the Captain Lorne sank", "the Captain Lorne, launched in 1970," and "the bow of the Captain Lorne"."""
    last = bisect_left(tokens, candidate.end, key=_start)
    lows = [token.low for token in tokens[last : last + 3] if token.text != ","][:2]
    if lows and (lows[0] in _DOINGS or tuple(lows) in _DOINGS_OF_TWO):
        return True
    before = [token.low for token in tokens[max(0, at - 3) : at - 1]]
    return bool(before) and (before[-1] == "aboard" or (before[-1] == "of" and before[0] in _PARTS))


def _is_craft(token: Token) -> bool:
    return not token.capital and (token.low in crafts() or token.low.removesuffix("s") in crafts())


def _start(token: Token) -> int:
    return token.start
