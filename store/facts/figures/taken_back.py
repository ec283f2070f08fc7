"""Figures that the outlet itself takes back: "our earlier post giving 150 was wrong", "we said earlier that 45"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.facts.model import Quantity
from store.facts.numbers.number import Pieces, is_number_word
from store.facts.rules import Reason, Rule

_WRONG = frozenset({"wrong", "incorrect", "incorrectly", "erroneous", "mistaken", "inaccurate", "error", "mistake"})
_WRONGLY = frozenset({"wrongly", "incorrectly", "mistakenly", "erroneously"})
_BEFORE_NOW = frozenset({"earlier", "previously", "initially", "originally", "first"})
_OWN_WORDS = frozenset({"post", "version", "story", "report", "entry", "update", "bulletin", "alert", "article"})
_PRINTED = frozenset({"said", "reported", "wrote", "gave", "put", "stated", "published", "told"})
_SELVES = frozenset({"we", "i"})
_ANYTHING = frozenset({"it", "there", "they"})
_BE = frozenset({"was", "were", "is", "are"})
_NEAR = 4  # pieces from "we" to "earlier", from "earlier" to "post"
_NEAR_WRONG = 5  # pieces from the figure to "wrong": "150 people was wrong"
_STOPS = frozenset({";", ".", ":", "—", "–"})
_TURNS = frozenset({"not", "but", "instead", "rather"})


def take_back(pieces: Pieces, found: Sequence[Quantity]) -> list[Quantity]:
    """Return the quantities *found* in a sentence with those marked as old that its outlet takes back.

    What "we said earlier" or "an earlier version said" is old up to the next stop or "but"; so is what is called
    "wrong" right behind it.
    """
    if not found:
        return []
    lows = [piece.low for piece in pieces]
    opened = _taken_from(lows)
    marked: list[Quantity] = []
    for quantity in found:
        at = next(place for place, piece in enumerate(pieces) if piece.end >= quantity.end)
        cue = (
            _called_wrong(lows, at)
            or _put_right(pieces, lows, at)
            or (opened and _reaches(lows, opened[1], at) and opened[0])
        )
        marked.append(_as_old(quantity, cue) if cue else quantity)
    return marked


def _as_old(quantity: Quantity, cue: str) -> Quantity:
    return replace(quantity, earlier=True, why=(*quantity.why, Reason(Rule.TAKEN_BACK, cue)))


def _taken_from(lows: Sequence[str]) -> tuple[str, int] | None:
    """Return the words with which the outlet tells of what it printed before, and where they end; None: it does not."""
    for at, word in enumerate(lows):
        near = lows[at + 1 : at + 1 + _NEAR]
        if word in _SELVES:
            told = [place for place, other in enumerate(near) if other in _PRINTED]
            if told and not (_BEFORE_NOW | _WRONGLY).isdisjoint(lows[at : at + 2 + _NEAR]):
                return f"{word} {near[told[0]]}", at + 1 + told[0]
        if word in _BEFORE_NOW:
            named = [place for place, other in enumerate(near) if other in _OWN_WORDS]
            if named and not {"our", "an", "the", "this"}.isdisjoint(lows[max(0, at - 1) : at]):
                return f"{word} {near[named[0]]}", at + 1 + named[0]
    return None


def _reaches(lows: Sequence[str], since: int, at: int) -> bool:
    return since < at and (_STOPS | _TURNS).isdisjoint(lows[since:at])


def _put_right(pieces: Pieces, lows: Sequence[str], at: int) -> str | None:
    """Return the verb that gave the figure at *at*, if it is put right behind it: "we gave you 58 and it was 61"."""
    behind = range(at + 1, min(at + 1 + _NEAR, len(lows) - 2))
    is_put_right = any(
        lows[place] in _ANYTHING
        and lows[place + 1] in _BE
        and (pieces[place + 2].is_digits or is_number_word(lows[place + 2]))
        for place in behind
    )
    given = [place for place in range(max(0, at - 2 * _NEAR), at) if lows[place] in _PRINTED]
    is_own = bool(given) and not _SELVES.isdisjoint(lows[max(0, given[-1] - 2) : given[-1]])
    return lows[given[-1]] if is_put_right and is_own else None


def _called_wrong(lows: Sequence[str], at: int) -> str | None:
    """Return the word by which the figure at *at* is called wrong, right behind it: "150 was wrong"."""
    behind = lows[at + 1 : at + 1 + _NEAR_WRONG]
    if _BE.isdisjoint(behind):
        return None
    return next((word for word in behind if word in _WRONG), None)
