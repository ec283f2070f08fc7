"""A quotation whose speaker only the next sentence names: ""The mills are old." That is how Ms Ruiz put it."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.facts.lexicon import word_set
from store.facts.model import Speaker
from store.facts.speech.heard import Heard
from store.facts.speech.phrases import Line
from store.facts.speech.subjects import resolve

_POINTING = frozenset({"that", "this", "those", "these", "such", "so", "thus"})
_OF = frozenset({"of", "from", "by"})
_SPOKE = frozenset({"said", "spoke", "says", "speaks"})
_LONGEST_OPENING = 6  # words of "Those were the very words of"
_SURE = 0.75


def told_after(following: Line, heard: Heard) -> Speaker | None:
    """Return who spoke the quotation before *following*, None where that sentence does not say so.

    "That is how X put it", "Those were the words of X", "So said X".
    """
    first = _speaker_at(following)
    if first is None:
        return None
    phrase = next(iter(following.phrases(first, min(first + _LONGEST_OPENING, len(following.tokens) - 1))), None)
    if phrase is None or phrase.first != first:
        return None
    speaker = resolve(following, replace(phrase, after=None), heard, until=phrase.last)
    return replace(speaker, confidence=min(speaker.confidence, _SURE)) if speaker else None


def _speaker_at(line: Line) -> int | None:
    """Return where the speaker is named in a sentence that points back at a quotation."""
    lows = [token.low for token in line.tokens[: _LONGEST_OPENING + 1]]
    if not lows or lows[0] not in _POINTING or line.tokens[0].quoted:
        return None
    if lows[1:2] and lows[1] in _SPOKE:
        return 2
    if lows[1:3] in (["is", "how"], ["was", "how"]):
        return 3
    behind = behind_saying(lows[2:])
    return 2 + behind if behind is not None else None


def behind_saying(lows: Sequence[str]) -> int | None:
    """Return where the speaker is named in "the very words of Ana Ruiz", None without a noun for something said."""
    of = next((at for at, low in enumerate(lows) if low in _OF), None)
    return of + 1 if of is not None and not word_set("saying_nouns.txt").isdisjoint(lows[:of]) else None
