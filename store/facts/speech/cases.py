"""One claim whose standing is to be judged: its words, its voice, and what the story has prepared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from store.facts.grammar import word_class
from store.facts.model import Mode, Status
from store.facts.speech.phrases import Line, Token
from store.facts.speech.voices import Voice

MEMORY = 3  # sentences for which an accusation stays in mind
OWN = frozenset({"its", "his", "her", "their", "our", "we", "it", "he", "she", "they", "i"})
_DENIALS = word_class("negation") | {"no", "none", "nothing", "nobody", "any"}

Ruling = tuple[Status, str]  # the status, and the rule's name with what it found


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What earlier sentences of the story have prepared."""

    retreating: frozenset[str] = frozenset()  # sides that have been told of as withdrawing something
    accused_at: int = -MEMORY - 1  # position of the last sentence with an accusation
    deeds: frozenset[str] = frozenset()  # of which somebody was accused, or for which punished: "poisoning"


@dataclass(frozen=True, slots=True)
class Case:
    """One claim to be judged."""

    line: Line
    voice: Voice | None
    content: tuple[int, int]
    mode: Mode
    backdrop: Backdrop
    position: int  # of the sentence in the story
    words: tuple[Ruling, ...]  # what the words of the main clause give, from left to right

    @property
    def kind(self) -> str | None:
        """The kind of the cue, as in cue_verbs.tsv."""
        return self.voice.kind if self.voice else None

    @property
    def lemma(self) -> str | None:
        """The verb of the cue."""
        return self.voice.cue.lemma if self.voice and self.voice.cue else None


Rule = Callable[[Case], Ruling | None]


def first_ruled(case: Case, statuses: set[Status]) -> Ruling | None:
    """Return the first ruling that the words of the main clause give for one of *statuses*."""
    return next(((status, f"words: {source}") for status, source in case.words if status in statuses), None)


def negates(token: Token) -> bool:
    """Tell whether a word says no: "not", "nobody", "hasn't"."""
    return token.low in _DENIALS or token.low.endswith("n't")
