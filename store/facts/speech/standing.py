"""In what standing a claim is given: withdrawn, denied, foretold, planned, quoted, claimed or the outlet's own.

Rules are tried from the top of `_RULES` to its end; the first that fits decides, and its name goes to `Fact.rules`.
All are judged on the main clause of what is said: a "will" in a "who ..." clause does not make a sentence a plan.
What is withdrawn is told by retreats.py, what is denied by denials.py; the rest is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from store.facts.grammar import word_class
from store.facts.model import Mode, Status
from store.facts.speech.cases import Backdrop, Case, Rule, Ruling, first_ruled
from store.facts.speech.clauses import word_statuses
from store.facts.speech.denials import DENIALS
from store.facts.speech.patterns import Patterns
from store.facts.speech.phrases import Line
from store.facts.speech.retreats import RETREATS
from store.facts.speech.speakers import Attribution, quoted_share
from store.facts.speech.voices import Voice

_CURRENCIES = frozenset("$€£¥₹")
# What follows these is out of their hands.
_UNDECIDED = frozenset({"warn", "caution", "fear", "hope", "think", "believe", "reckon", "suspect"})


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of one claim, its hedges, and the rule that decided."""

    status: Status
    hedges: tuple[str, ...]
    rule: str


def standing_of(line: Line, attribution: Attribution, *, backdrop: Backdrop, position: int) -> Standing:
    """Return the standing of a sentence's main claim."""
    voice = attribution.voice
    content = voice.content if voice else (0, len(line.tokens) - 1)
    case = Case(line, voice, content, attribution.mode, backdrop, position, _words(line, content, voice))
    status, rule = _ruled(case)
    return Standing(status, hedges_in(line, 0, len(line.tokens) - 1), rule)


def standing_of_voice(line: Line, voice: Voice, content: tuple[int, int], *, mode: Mode, position: int) -> Standing:
    """Return the standing of what one further voice of a sentence says."""
    status, rule = _ruled(Case(line, voice, content, mode, Backdrop(), position, _words(line, content, voice)))
    return Standing(status, hedges_in(line, voice.first, content[1]), rule)


def _words(line: Line, content: tuple[int, int], voice: Voice | None) -> tuple[Ruling, ...]:
    return tuple(word_statuses(line, content, spoken=voice is not None))


def _ruled(case: Case) -> Ruling:
    return next(ruling for rule in _RULES if (ruling := rule(case)))


# ---- to come
def _expects(case: Case) -> Ruling | None:
    return (Status.FORECAST, f"expects: {case.lemma}") if case.kind == "expect" else None


def _vows(case: Case) -> Ruling | None:
    cue = case.voice.cue if case.voice else None
    if case.kind != "vow" or cue is None or cue.last + 1 >= len(case.line.tokens):
        return None
    following = case.line.tokens[cue.last + 1]
    commits = following.low == "to" or following.is_number or following.text in _CURRENCIES
    return (Status.PLANNED, f"vows: {cue.lemma}") if commits else None


def _words_look_ahead(case: Case) -> Ruling | None:
    """The first future of the main clause; what somebody warns of or hopes for is foretold, whoever would do it."""
    found = first_ruled(case, {Status.FORECAST, Status.PLANNED})
    if found and (case.lemma in _UNDECIDED or _is_forecasters(case)):
        return Status.FORECAST, found[1]
    return found


def _is_forecasters(case: Case) -> bool:
    """Tell economists, whose "taxes will rise" is no plan of theirs."""
    speaker = case.voice.speaker if case.voice else None
    words = f"{speaker.name} {speaker.role or ''}".lower().split() if speaker else []
    return not word_class("forecasters").isdisjoint(words)


# ---- said
def _is_quotation(case: Case) -> Ruling | None:
    if case.voice is None or case.mode not in {Mode.QUOTE, Mode.MIXED}:
        return None
    quoted, plain = quoted_share(case.line, case.voice)
    in_marks = case.mode is Mode.QUOTE and case.voice.rule != "label"  # a transcript has no marks
    return (Status.QUOTED, "quotation") if in_marks or quoted >= plain else None


def _is_attributed(case: Case) -> Ruling | None:
    return (Status.CLAIMED, "attributed") if case.voice else None


def _is_the_outlets(_: Case) -> Ruling:
    return Status.ASSERTED, "outlet"


_RULES: tuple[Rule, ...] = (
    *RETREATS,
    *DENIALS,
    _expects,
    _vows,
    _words_look_ahead,
    _is_quotation,
    _is_attributed,
    _is_the_outlets,
)


# ---- the hedges
@cache
def _hedges() -> Patterns:
    return Patterns.read("hedges.tsv", label="hedge")


def hedges_in(line: Line, first: int, last: int) -> tuple[str, ...]:
    """Return the hedges from token *first* to token *last*, as printed, each once."""
    found: dict[str, None] = {}
    index = max(first, 0)
    while index <= last:
        token = line.tokens[index]
        is_month = token.low == "may" and token.is_capital
        matches = [] if token.is_mark or is_month else _hedges().at(line.tokens, index)
        if matches:
            found[" ".join(t.text for t in line.tokens[index : matches[0][1]])] = None
        index = matches[0][1] if matches else index + 1
    return tuple(found)
