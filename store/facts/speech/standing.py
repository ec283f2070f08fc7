"""In what standing a claim is given: withdrawn, denied, foretold, planned, quoted, claimed or the outlet's own.

Rules are tried from the top of `_RULES` to its end; the first that fits decides, and its name goes to `Fact.rules`.
All are judged on the main clause of what is said: a "will" in a "who ..." clause does not make a sentence a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from store.facts.grammar import word_class
from store.facts.model import Kind, Mode, Speaker, Status
from store.facts.speech.clauses import main_clause, word_statuses
from store.facts.speech.patterns import Patterns
from store.facts.speech.phrases import Line, Token
from store.facts.speech.speakers import Attribution, quoted_share
from store.facts.speech.voices import Voice
from store.facts.verbs import forms_of, gerund_of

_SPEECH = frozenset().union(*(forms_of(verb) for verb in ("say", "deny", "insist", "claim", "maintain")))
_DENYING = forms_of("deny")
_EARLIER = frozenset({"earlier", "previously", "initially", "first", "originally", "before"})
_ACCUSING = frozenset().union(*(forms_of(verb) for verb in ("accuse", "blame", "allege", "claim"))) | {
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "charge",
    "charges",
}
_REPORTED = frozenset({"reported", "reports", "said", "complained", "protested"})
# What was said before, told in passing: "who had maintained on Monday that ...", "who was telling anyone that ...".
_HELD_BEFORE = frozenset().union(*(forms_of(verb) for verb in ("say", "tell", "insist", "maintain", "assure", "claim")))
_DENIALS = word_class("negation") | {"no", "none", "nothing", "nobody", "any"}
_OWN = frozenset({"its", "his", "her", "their", "our", "we", "it", "he", "she", "they", "i"})
_WITHDRAWING = frozenset(
    {"withdrawing", "retracting", "abandoning", "dropping", "reversing", "disowning", "contradicting"}
)
_STATEMENTS = frozenset(
    {"account", "claim", "claims", "denial", "denials", "statement", "statements", "version", "story"}
)
_CURRENCIES = frozenset("$€£¥₹")
_CONTESTING = frozenset({"insist", "maintain"})  # "insisted it had not paid" answers somebody who says it had
_NEGATING = frozenset({"not", "never"})
_CONTRACTED = frozenset({"hadn't", "hasn't", "haven't", "didn't", "wasn't", "weren't"})
_PAST = frozenset({"had", "has", "have", "did", "was", "were"})
# What follows these is out of their hands.
_UNDECIDED = frozenset({"warn", "caution", "fear", "hope", "think", "believe", "reckon", "suspect"})
_NOTES = frozenset({"correction", "clarification", "corrected", "update"})
_PUBLISHED = frozenset({"said", "reported", "wrote", "posted", "gave", "named", "stated"})
_PARTING = frozenset(";—–")
_LONGEST_NOTE = 3  # words that may stand before "we" in a note: "Correction:", "In our"
_PUNISHED = frozenset({"fined", "convicted", "jailed", "sued", "sentenced", "charged", "indicted", "tried", "guilty"})
_NO_DEEDS = frozenset({"taking", "making", "giving", "having", "being", "doing", "getting", "going"})  # said of all
_DID_NOT = (["did", "not"], ["never", "did"], ["didn't"])
_LONGEST_DENIAL = 6  # tokens of "We did not poison", the quotation mark among them
_REPEATING = frozenset({"repeat", "reiterate"})
_NO_ONE = frozenset({"no", "none", "nobody", "nothing"})
_MEMORY = 3  # sentences for which an accusation stays in mind


Ruling = tuple[Status, str]  # the status, and the rule's name with what it found


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
    accused_at: int = -_MEMORY - 1  # position of the last sentence with an accusation
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


# ---- walked back
def _withdraws(case: Case) -> Ruling | None:
    return (Status.WALKED_BACK, f"withdraws: {case.lemma}") if case.kind == "retract" else None


def _admits_after_denial(case: Case) -> Ruling | None:
    """ "acknowledged ..., having said earlier that there were none"."""
    if case.voice is None or case.kind not in {"admit", "say"}:
        return None
    behind = [token.low for token in case.line.tokens[case.voice.last + 1 :]]
    if case.kind == "admit" or case.lemma == "confirm":
        own = next((i for i, low in enumerate(behind) if low == "which"), len(behind))
        clause = set(behind[own : own + 10])
        if clause & _DENYING and clause & _OWN and clause & _EARLIER:
            return Status.WALKED_BACK, "admits what its side denied"
    for index, low in enumerate(behind):
        window = set(behind[index : index + 6])
        turned = low in {"having", "after", "despite"} and window & _SPEECH and window & (_EARLIER | _DENYING)
        turned = turned or (case.kind == "admit" and low == "having" and window & (_SPEECH | {"told"}))
        then = behind[index + 1] if index + 1 < len(behind) else ""
        insisted = case.kind == "admit" and low == "after" and then in _SPEECH and then.endswith("ing")
        against = low in {"contrary", "contradicting", "reversing"} and window & (_EARLIER | {"own"})
        withdraws = low in _WITHDRAWING and window & _OWN and window & _STATEMENTS
        if turned or insisted or against or withdraws:
            return Status.WALKED_BACK, "admits after a denial"
    return None


def _tells_otherwise(case: Case) -> Ruling | None:
    """ "Ruiz, who had maintained that no one was hurt, | allowed that two had been": what was ruled out is told now."""
    if case.voice is None or case.voice.cue is None or case.kind not in {"admit", "say", "report"}:
        return None
    before = case.line.tokens[case.voice.first : case.voice.cue.first]
    who = next((i for i, token in enumerate(before) if token.low == "who" and i and before[i - 1].text == ","), None)
    if who is None or not _holds_before(before[who:]):
        return None
    said = main_clause(case.line, case.content)
    admits = case.kind == "admit" or not any(_negates(token) for token in said)
    return (Status.WALKED_BACK, "tells what it had ruled out") if admits else None


def _holds_before(clause: Sequence[Token]) -> bool:
    """Tell "who had maintained on Monday that no ..." from "who had said that it was cold"."""
    said = next((i for i, token in enumerate(clause) if token.low in _HELD_BEFORE), None)
    if said is None or not any(token.low in {"had", "was", "were"} for token in clause[:said]):
        return False
    return any(_negates(token) for token in clause[said:])


def _negates(token: Token) -> bool:
    return token.low in _DENIALS or token.low.endswith("n't")


def _corrects_own_report(case: Case) -> Ruling | None:
    """ "CORRECTION: We said earlier that 12 had died; that was ...", in the outlet's own words."""
    words = [token for token in case.line.tokens if not token.is_mark]
    label = words[0].low in _NOTES if words else False
    own = next((i for i, t in enumerate(words[:_LONGEST_NOTE]) if t.low == "we" and not t.quoted), None)
    if own is None or not _EARLIER & {token.low for token in words[own : own + 4]}:
        return None
    says = any(token.low in _PUBLISHED for token in words[own + 1 : own + 4])
    parted = any(token.text in _PARTING or token.low == "but" for token in case.line.tokens)
    is_note = says and (label or parted) and (own == 0 or words[own - 1].low != "as")
    return (Status.WALKED_BACK, "corrects its own report") if is_note else None


def _withholds_after_retreat(case: Case) -> Ruling | None:
    """ "could not name a figure yet", once the story has told that this side retreats from its offer."""
    speaker = case.voice.speaker if case.voice else None
    if speaker is None or not case.backdrop.retreating & _sides_in(case, speaker):
        return None
    low, high = case.content
    for index in range(max(low, 0), high + 1):
        found = [] if case.line.tokens[index].is_mark else _withholding().at(case.line.tokens, index)
        if found:
            return Status.WALKED_BACK, f"withholds after a retreat: {found[0][0].source}"
    return None


def _sides_in(case: Case, speaker: Speaker) -> frozenset[str]:
    """Return the speaker's sides; of one whose country is not told, the countries of which he speaks."""
    if speaker.of:
        return sides_of(speaker)
    named = case.line.names_in(case.content[0], case.content[1], Kind.PLACE)
    return sides_of(speaker) | {entity.name for entity, _, _ in named}


def sides_of(speaker: Speaker) -> frozenset[str]:
    """Return the names under which a speaker's side can be met again: the person, the body, the country."""
    return frozenset({speaker.name, speaker.of or speaker.name.removeprefix("Government of ")})


def _words_withdraw(case: Case) -> Ruling | None:
    return _first_of(case, {Status.WALKED_BACK}) if case.voice else None


# ---- denied
def _denies(case: Case) -> Ruling | None:
    return (Status.DENIED, f"denies: {case.lemma}") if case.kind in {"deny", "reject"} else None


def _words_deny(case: Case) -> Ruling | None:
    return _first_of(case, {Status.DENIED})


def _denies_for_own_side(case: Case) -> Ruling | None:
    """ "said its troops had not crossed", soon after an accusation."""
    accused = case.position - case.backdrop.accused_at <= _MEMORY or _answers_a_charge(case.line)
    accused = accused or case.lemma in _CONTESTING
    if case.voice is None or not accused:
        return None
    tokens = [t for t in _behind_that(main_clause(case.line, case.content))[:10] if not t.is_mark]
    words = [token.low for token in tokens if not token.quoted]
    own = words[:1] and (words[0] in _OWN or (words[0] in {"no", "none"} and _names_own_side(case, tokens)))
    denies = words[:1] == ["no"] or any(one in _PAST and behind in _NEGATING for one, behind in pairwise(words))
    denies = denies or any(word in _CONTRACTED for word in words)
    return (Status.DENIED, "own side, accused before") if own and denies else None


def _denies_deed(case: Case) -> Ruling | None:
    """ ""We did not poison the lake," Ruiz said", of a firm that was fined for poisoning it."""
    quoted = [t.low for t in case.line.tokens[: _LONGEST_DENIAL + 1] if t.quoted and not t.is_mark]
    at = 3 if quoted[1:3] in _DID_NOT else 2 if quoted[1:2] in _DID_NOT else 0
    verb = quoted[at] if at and quoted[0] in {"i", "we"} and len(quoted) > at else ""
    return (Status.DENIED, f"denies the deed: {verb}") if gerund_of(verb) in case.backdrop.deeds and verb else None


def _repeats_denial(case: Case) -> Ruling | None:
    """ "The ministry repeats: no grain is missing": only what was denied before is said once more like that."""
    if case.lemma not in _REPEATING:
        return None
    words = [t.low for t in _behind_that(main_clause(case.line, case.content)) if not t.is_mark]
    forbids = not word_class("modal").isdisjoint(words)  # "that no ship may sail"
    denies = bool(words) and words[0] in _NO_ONE and not forbids
    return (Status.DENIED, f"denies again: {case.lemma}") if denies else None


def _behind_that(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return what is said, without the day that may stand before it: "on Friday that | its troops"."""
    opening = next((i for i, token in enumerate(tokens[:5]) if token.low == "that"), -1)
    return tokens[opening + 1 :]


def _answers_a_charge(line: Line) -> bool:
    """ ", a day after Chad reported an incursion": the sentence itself tells what it answers."""
    after = next((i for i, token in enumerate(line.tokens) if token.low == "after" and not token.quoted), None)
    if after is None:
        return False
    return any(token.low in _ACCUSING | _REPORTED for token in line.tokens[after + 1 : after + 9])


def _names_own_side(case: Case, tokens: Sequence[Token]) -> bool:
    """ "no Chadian soldier", said by Chad's minister."""
    speaker = case.voice.speaker if case.voice else None
    country = speaker.of if speaker else None
    return country is not None and any(t.text in country or country in t.text for t in tokens[1:5] if t.is_capital)


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
    found = _first_of(case, {Status.FORECAST, Status.PLANNED})
    if found and case.lemma in _UNDECIDED:
        return Status.FORECAST, found[1]
    return found


def _first_of(case: Case, statuses: set[Status]) -> Ruling | None:
    return next(((status, f"words: {source}") for status, source in case.words if status in statuses), None)


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
    _withdraws,
    _admits_after_denial,
    _tells_otherwise,
    _corrects_own_report,
    _withholds_after_retreat,
    _words_withdraw,
    _denies,
    _words_deny,
    _denies_for_own_side,
    _repeats_denial,
    _denies_deed,
    _expects,
    _vows,
    _words_look_ahead,
    _is_quotation,
    _is_attributed,
    _is_the_outlets,
)


# ---- the backdrop and the hedges
def deeds_charged(line: Line) -> frozenset[str]:
    """Return the deeds that a sentence holds against somebody: "poisoning" of "fined for poisoning a lake"."""
    if not any(token.low in _ACCUSING | _PUNISHED for token in line.tokens):
        return frozenset()
    pairs = pairwise(line.tokens)
    deeds = (b.low for a, b in pairs if a.low in {"of", "for", "with"} and b.low.endswith("ing"))
    return frozenset(deed for deed in deeds if deed not in _NO_DEEDS)


def accuses(line: Line) -> bool:
    """Tell whether a sentence accuses somebody."""
    return any(token.low in _ACCUSING for token in line.tokens)


@cache
def _withholding() -> Patterns:
    return Patterns.read("withholding_cues.tsv", label="withholding")


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
