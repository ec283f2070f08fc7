"""Whether a claim takes back what was said before: by its own side, as the sentence reminds, or by the outlet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from store.facts.model import Kind, Speaker, Status
from store.facts.speech.cases import OWN, Case, Rule, Ruling, first_ruled, negates
from store.facts.speech.clauses import main_clause
from store.facts.speech.corrections import corrects_figure
from store.facts.speech.patterns import Patterns
from store.facts.speech.phrases import Token
from store.facts.verbs import forms_of

_SPEECH = frozenset().union(*(forms_of(verb) for verb in ("say", "deny", "insist", "claim", "maintain")))
_DENYING = forms_of("deny")
_EARLIER = frozenset({"earlier", "previously", "initially", "first", "originally", "before"})
# What was said before, told in passing: "who had maintained on Monday that ...", "who was telling anyone that ...".
_HELD_BEFORE = frozenset().union(*(forms_of(verb) for verb in ("say", "tell", "insist", "maintain", "assure", "claim")))
_WITHDRAWING = frozenset(
    {"withdrawing", "retracting", "abandoning", "dropping", "reversing", "disowning", "contradicting"}
)
_STATEMENTS = frozenset(
    {"account", "claim", "claims", "denial", "denials", "statement", "statements", "version", "story"}
)
_SILENCE = frozenset({"denial", "denials", "denying", "insisting"})  # "reversing a week of denials"
_TURNING = frozenset({"after", "despite", "reversing", "ending", "contradicting"})
_NOTES = frozenset({"correction", "clarification", "corrected", "update"})
_PUBLISHED = frozenset({"said", "reported", "wrote", "posted", "gave", "named", "stated"})
_PARTING = frozenset(";—–")
_LONGEST_NOTE = 3  # words that may stand before "we" in a note: "Correction:", "In our"


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
        if clause & _DENYING and clause & OWN and clause & _EARLIER:
            return Status.WALKED_BACK, "admits what its side denied"
    for index, low in enumerate(behind):
        window = set(behind[index : index + 6])
        turned = low in {"having", "after", "despite"} and window & _SPEECH and window & (_EARLIER | _DENYING)
        turned = turned or (case.kind == "admit" and low == "having" and window & (_SPEECH | {"told"}))
        then = behind[index + 1] if index + 1 < len(behind) else ""
        insisted = case.kind == "admit" and low == "after" and then in _SPEECH and then.endswith("ing")
        against = low in {"contrary", "contradicting", "reversing"} and window & (_EARLIER | {"own"})
        withdraws = low in _WITHDRAWING and window & OWN and window & _STATEMENTS
        spent = case.kind == "admit" and low in _TURNING and _tells_of_denials(behind[index + 1 : index + 7])
        if turned or insisted or against or withdraws or spent:
            return Status.WALKED_BACK, "admits after a denial"
    return None


def _tells_of_denials(behind: Sequence[str]) -> bool:
    """Tell "days of denials" and "a month of denying it", in the words *behind* "after" or "reversing"."""
    return any(one == "of" and then in _SILENCE for one, then in pairwise(behind))


def _tells_otherwise(case: Case) -> Ruling | None:
    """ "Ruiz, who had maintained that no one was hurt, | allowed that two had been": what was ruled out is told now."""
    if case.voice is None or case.voice.cue is None or case.kind not in {"admit", "say", "report"}:
        return None
    before = case.line.tokens[case.voice.first : case.voice.cue.first]
    who = next((i for i, t in enumerate(before) if t.low in {"who", "which"} and i and before[i - 1].text == ","), None)
    if who is None or not _holds_before(before[who:]):
        return None
    said = main_clause(case.line, case.content)
    admits = case.kind == "admit" or not any(negates(token) for token in said)
    return (Status.WALKED_BACK, "tells what it had ruled out") if admits else None


def _holds_before(clause: Sequence[Token]) -> bool:
    """Tell "who had maintained on Monday that no ..." from "who had said that it was cold"."""
    said = next((i for i, token in enumerate(clause) if token.low in _HELD_BEFORE), None)
    if said is None or not any(token.low in {"had", "was", "were"} for token in clause[:said]):
        return False
    return any(negates(token) for token in clause[said:])


def _corrects_own_report(case: Case) -> Ruling | None:
    """ "CORRECTION: We said earlier that 12 had died; that was ...", in the outlet's own words.

    Under its label a note may also end so: "..., not 12 as we reported earlier".
    """
    words = [token for token in case.line.tokens if not token.is_mark]
    label = words[0].low in _NOTES if words else False
    if label and any(_reminds_of_own(words[i : i + 4]) for i, t in enumerate(words) if t.low == "as" and not t.quoted):
        return Status.WALKED_BACK, "corrects its own report"
    own = next((i for i, t in enumerate(words[:_LONGEST_NOTE]) if t.low == "we" and not t.quoted), None)
    if own is None or not _EARLIER & {token.low for token in words[own : own + 4]}:
        return None
    says = any(token.low in _PUBLISHED for token in words[own + 1 : own + 4])
    parted = any(token.text in _PARTING or token.low == "but" for token in case.line.tokens)
    is_note = says and (label or parted) and (own == 0 or words[own - 1].low != "as")
    return (Status.WALKED_BACK, "corrects its own report") if is_note else None


def _corrects_figure(case: Case) -> Ruling | None:
    """ "The value should have read 6 million, not 9 million", said by whoever gave it, or by the outlet of its own."""
    return (Status.WALKED_BACK, "corrects a figure") if corrects_figure(case.line) else None


def _reminds_of_own(words: Sequence[Token]) -> bool:
    """Tell "as we said earlier" and "as previously reported" from "as the mayor said earlier"."""
    low = [token.low for token in words]
    return low[1:2] == ["we"] or (low[1:2] != [] and low[1] in _EARLIER and low[2:3] != [] and low[2] in _PUBLISHED)


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
    return first_ruled(case, {Status.WALKED_BACK}) if case.voice else None


@cache
def _withholding() -> Patterns:
    return Patterns.read("withholding_cues.tsv", label="withholding")


RETREATS: tuple[Rule, ...] = (
    _withdraws,
    _admits_after_denial,
    _tells_otherwise,
    _corrects_own_report,
    _corrects_figure,
    _withholds_after_retreat,
    _words_withdraw,
)
