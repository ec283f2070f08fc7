"""In what standing a claim is given: withdrawn, denied, foretold, planned, quoted, claimed or the outlet's own.

The first that fits, in the order of `Status`, judged on the main clause of what is said: a "will" in a "who ..." clause
does not make a sentence a plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from store.facts.model import Mode, Speaker, Status
from store.facts.patterns import Patterns, forms_of
from store.facts.phrases import Line, Token, nouns, word_class
from store.facts.speakers import Attribution, Voice, quoted_share

_SPEECH_BEFORE = forms_of("say") | forms_of("deny") | forms_of("insist") | forms_of("claim") | forms_of("maintain")
_EARLIER = frozenset({"earlier", "previously", "initially", "first", "originally", "before"})
_ACCUSING = (
    forms_of("accuse")
    | forms_of("blame")
    | forms_of("allege")
    | forms_of("claim")
    | frozenset({"charge", "allegation"})
)
_OWN = frozenset({"its", "his", "her", "their", "our", "we", "it", "he", "she", "they", "i"})
_REMINDING = frozenset({"remind", "recall", "remember"})
# Participles that do not end in -ed or -en.
_PARTICIPLES = frozenset(
    {
        "held",
        "sent",
        "built",
        "made",
        "put",
        "shut",
        "cut",
        "paid",
        "given",
        "taken",
        "brought",
        "kept",
        "left",
        "met",
        "set",
        "run",
        "drawn",
        "sold",
        "told",
        "shown",
        "withdrawn",
        "begun",
        "done",
        "spent",
        "split",
        "hung",
        "laid",
        "lent",
        "led",
        "lost",
        "bought",
        "caught",
        "taught",
        "found",
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of one claim, its hedges, and the rule that decided."""

    status: Status
    hedges: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What earlier sentences of the story have prepared."""

    retreating: frozenset[str] = frozenset()  # sides that have been told of as withdrawing something
    accused_at: int = -9  # position of the last sentence with an accusation


@cache
def _standing_cues() -> Patterns:
    return Patterns.read("standing_cues.tsv")


@cache
def _hedges() -> Patterns:
    return Patterns.read("hedges.tsv", label="hedge")


@cache
def _withholding() -> Patterns:
    return Patterns.read("withholding_cues.tsv", label="withholding")


def standing_of(line: Line, attribution: Attribution, *, backdrop: Backdrop, position: int) -> Standing:
    """Return the standing of a sentence's main claim."""
    voice = attribution.voice
    status, rule = _status(line, attribution, voice, backdrop, position)
    return Standing(status, hedges_in(line, 0, len(line.tokens) - 1), rule)


def standing_of_voice(line: Line, voice: Voice, content: tuple[int, int]) -> Standing:
    """Return the standing of what one further voice of a sentence says."""
    status, rule = _by_words(line, voice, content, voice.speaker is not None)
    if status is None:
        quoted = [t.quoted for t in line.tokens[content[0] : content[1] + 1] if not t.is_mark]
        is_quote = bool(quoted) and sum(quoted) >= 0.75 * len(quoted)
        status, rule = (Status.QUOTED, "quotation") if is_quote else (Status.CLAIMED, "attributed")
    return Standing(status, hedges_in(line, voice.first, content[1]), rule)


def _status(
    line: Line, attribution: Attribution, voice: Voice | None, backdrop: Backdrop, position: int
) -> tuple[Status, str]:
    content = voice.content if voice else (0, len(line.tokens) - 1)
    spoken = voice is not None
    if voice and _admits_after_denial(line, voice):
        return Status.WALKED_BACK, "admits after denying"
    if voice and _withholds_after_retreat(line, voice, backdrop):
        return Status.WALKED_BACK, "withholds after a retreat"
    status, rule = _by_words(line, voice, content, spoken)
    if status is not None:
        return status, rule
    if voice and _denies_for_own_side(line, voice, backdrop, position):
        return Status.DENIED, "own side accused"
    if voice is None:
        return Status.ASSERTED, "outlet"
    if attribution.mode is Mode.QUOTE or (attribution.mode is Mode.MIXED and _is_mostly_quoted(line, voice)):
        return Status.QUOTED, "quotation"
    return Status.CLAIMED, "attributed"


def _is_mostly_quoted(line: Line, voice: Voice) -> bool:
    quoted, plain = quoted_share(line, voice)
    return quoted >= plain


def _by_words(line: Line, voice: Voice | None, content: tuple[int, int], spoken: bool) -> tuple[Status | None, str]:
    """Decide by the cue and by the words of the main clause."""
    kind = voice.kind if voice else None
    if kind == "retract":
        return Status.WALKED_BACK, "cue retract"
    if kind in {"deny", "reject"}:
        return Status.DENIED, f"cue {kind}"
    found = list(_word_statuses(line, content, spoken))
    for status in (Status.WALKED_BACK, Status.DENIED):
        for seen, source in found:
            if seen is status:
                return status, source
    if kind == "expect":
        return Status.FORECAST, "cue expect"
    if kind == "vow" and voice and voice.cue and _next_low(line, voice.cue.last) == "to":
        return Status.PLANNED, "cue vow"
    if found:
        status, source = found[0]
        if voice and voice.cue and voice.cue.lemma in {"warn", "caution", "fear"} and status is Status.PLANNED:
            status = Status.FORECAST
        return status, source
    return None, ""


def _next_low(line: Line, index: int) -> str:
    return line.tokens[index + 1].low if index + 1 < len(line.tokens) else ""


def _word_statuses(line: Line, content: tuple[int, int], spoken: bool) -> Iterator[tuple[Status, str]]:
    """Yield the statuses that the words of the main clause give, from left to right."""
    tokens = main_clause(line, content)
    for index, token in enumerate(tokens):
        if token.is_mark:
            continue
        for pattern, _ in _standing_cues().at(tokens, index):
            status = _allowed(pattern.label, pattern.source, tokens, index, spoken)
            if status:
                yield status, pattern.source
                break
        if token.low in {"will", "shall", "would"} or token.text.lower().endswith(("'ll", "’ll")):
            status = _future(tokens, index, spoken)
            if status:
                yield status, f"{token.low} + verb"


def _allowed(label: str, source: str, tokens: Sequence[Token], index: int, spoken: bool) -> Status | None:
    if label == "planned_if_said":
        return Status.PLANNED if spoken and not tokens[index].quoted else None
    status = Status(label)
    if status is Status.WALKED_BACK and source.startswith("~"):
        return None  # only its own subject withdraws: that is a voice
    if index and tokens[index - 1].low in word_class("negation") and status in {Status.FORECAST, Status.PLANNED}:
        return None
    if tokens[index].low in {"may", "might"} and tokens[index].is_capital:
        return None
    if status is Status.DENIED and not spoken:
        return None
    if source.startswith("~") and index and _is_nominal(tokens, index):
        return None
    return status


def _is_nominal(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a form that begins a pattern is a noun or hangs on "to": "the plan to", "refused to agree to"."""
    before = tokens[index - 1]
    leads = word_class("determiner") | word_class("possessive") | {"to"}
    return before.owning or before.low in leads


def _future(tokens: Sequence[Token], index: int, spoken: bool) -> Status | None:
    """Read a "will" or a reported "would": a forecast if nobody decides it, else a plan."""
    modal = tokens[index]
    behind = [t for t in tokens[index + 1 : index + 7] if not _is_filler(t)]
    if not behind or behind[0].is_mark:
        return None
    verb = behind[0].low
    if verb in _REMINDING or (
        modal.low == "would" and (not spoken or modal.quoted or verb in {"have", "like", "rather"})
    ):
        return None
    if verb == "have" and len(behind) > 1 and _is_participle(behind[1]):
        return None
    if _subject_of(tokens, index) in nouns("forecast_subjects.txt"):
        return Status.FORECAST
    if verb == "be":
        decided = len(behind) > 1 and (_is_participle(behind[1]) or behind[1].low.endswith("ing"))
        return Status.PLANNED if decided else Status.FORECAST
    if verb == "have":
        return Status.PLANNED if len(behind) > 1 and behind[1].low == "to" else Status.FORECAST
    return Status.FORECAST if verb in nouns("forecast_verbs.txt") else Status.PLANNED


def _is_participle(token: Token) -> bool:
    return token.low.endswith(("ed", "en")) or token.low in _PARTICIPLES | {"been"}


def _is_filler(token: Token) -> bool:
    return token.low in word_class("adverb") | word_class("negation") or token.low.endswith("ly")


def _subject_of(tokens: Sequence[Token], index: int) -> str:
    """Return the noun before a modal, prepositional phrases skipped: "water levels in the delta will"."""
    at = index - 1
    while at >= 0 and not tokens[at].is_mark:
        at -= 1
    stretch = tokens[at + 1 : index]
    for i, token in enumerate(stretch):
        if i and token.low in word_class("preposition"):
            return stretch[i - 1].low
    return stretch[-1].low if stretch else ""


# ---- main clauses
def main_clause(line: Line, content: tuple[int, int]) -> list[Token]:
    """Return the tokens of *content* without its subordinate clauses: "who ...", ", as ...", ", which ..."."""
    kept: list[Token] = []
    skipping = False
    low, high = content
    for index in range(max(low, 0), high + 1):
        token = line.tokens[index]
        if token.is_mark:
            skipping = skipping and token.text not in {",", ";", "—", "–", "."} and token.text not in '"”“'
            kept.append(token)
            continue
        opens = not kept or kept[-1].is_mark
        if skipping:
            continue
        if token.low in word_class("relative") or (token.low in _hanging() and not (opens and index == low)):
            skipping = True
            continue
        if opens and kept and not token.quoted and (token.low.endswith("ing") or token.low in {"with", "having"}):
            skipping = True
            continue
        kept.append(token)
    return kept


@cache
def _hanging() -> frozenset[str]:
    """Words that open a clause of lesser rank."""
    return word_class("subordinator") - {"that", "once", "than"} | {"after", "before", "amid", "until", "since"}


# ---- walk-backs that need more than a cue
def _admits_after_denial(line: Line, voice: Voice) -> bool:
    """ "acknowledged ..., having said earlier that there were none"."""
    if voice.kind not in {"admit", "say"}:
        return False
    behind = line.tokens[voice.last + 1 :]
    for index, token in enumerate(behind):
        window = {t.low for t in behind[index : index + 6]}
        contrast = token.low in {"having", "after", "despite"} and window & _SPEECH_BEFORE
        if (contrast and window & (_EARLIER | forms_of("deny"))) or (token.low == "contrary" and window & _EARLIER):
            return True
    return False


def _withholds_after_retreat(line: Line, voice: Voice, backdrop: Backdrop) -> bool:
    """ "was not in a position to name a figure", once the story has told that this side retreats from its offer."""
    speaker = voice.speaker
    if speaker is None or not backdrop.retreating & sides_of(speaker):
        return False
    low, high = voice.content
    return any(_withholding().at(line.tokens, i) for i in range(max(low, 0), high + 1) if not line.tokens[i].is_mark)


def sides_of(speaker: Speaker) -> frozenset[str]:
    """Return the names under which a speaker's side can be met again: the person, the body, the country."""
    country = speaker.of or speaker.name.removeprefix("Government of ")
    return frozenset({speaker.name, country})


def _denies_for_own_side(line: Line, voice: Voice, backdrop: Backdrop, position: int) -> bool:
    """ "said its troops had not crossed", within three sentences of an accusation."""
    if position - backdrop.accused_at > 3:
        return False
    tokens = [t for t in main_clause(line, voice.content) if not t.is_mark]
    first = [t.low for t in tokens[:9] if t.low != "that"]
    own = bool(first) and first[0] in _OWN
    return own and any(word in word_class("auxiliary") and behind == "not" for word, behind in pairwise(first))


def accuses(line: Line) -> bool:
    """Tell whether a sentence accuses somebody."""
    return any(t.low in _ACCUSING for t in line.tokens)


# ---- hedges
def hedges_in(line: Line, first: int, last: int) -> tuple[str, ...]:
    """Return the hedges from token *first* to token *last*, as printed, each once."""
    found: dict[str, None] = {}
    index = max(first, 0)
    while index <= last:
        token = line.tokens[index]
        matches = [] if token.is_mark or (token.low == "may" and token.is_capital) else _hedges().at(line.tokens, index)
        if matches:
            end = matches[0][1]
            found[" ".join(t.text for t in line.tokens[index:end])] = None
            index = end
        else:
            index += 1
    return tuple(found)
