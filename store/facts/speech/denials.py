"""Whether a claim is a denial: by its verb, by its words, or because it answers what its side was accused of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from store.facts.grammar import word_class
from store.facts.model import Entity, Kind, Speaker, Status
from store.facts.speech.cases import MEMORY, OWN, Case, Rule, Ruling, first_ruled
from store.facts.speech.clauses import main_clause
from store.facts.speech.corrections import denies_flatly, is_not_done
from store.facts.speech.phrases import Line, Token
from store.facts.verbs import forms_of, gerund_of

_ACCUSING = frozenset().union(*(forms_of(verb) for verb in ("accuse", "blame", "allege", "claim"))) | {
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "charge",
    "charges",
}
_REPORTED = frozenset({"reported", "reports", "said", "complained", "protested"})
_COUNSEL = frozenset({"lawyer", "lawyers", "solicitor", "solicitors", "attorney", "barrister", "counsel"})
_CONTESTING = frozenset({"insist", "maintain"})  # "insisted it had not paid" answers somebody who says it had
_NEGATING = frozenset({"not", "never"})
_CONTRACTED = frozenset({"hadn't", "hasn't", "haven't", "didn't", "wasn't", "weren't"})
_PAST = frozenset({"had", "has", "have", "did", "was", "were"})
_PUNISHED = frozenset({"fined", "convicted", "jailed", "sued", "sentenced", "charged", "indicted", "tried", "guilty"})
_NO_DEEDS = frozenset({"taking", "making", "giving", "having", "being", "doing", "getting", "going"})  # said of all
_DID_NOT = (["did", "not"], ["never", "did"], ["didn't"])
_LONGEST_PLEA = 6  # tokens of "she had "signed absolutely nothing"
_LONGEST_DENIAL = 6  # tokens of "We did not poison", the quotation mark among them
_ANY, _LONGEST_CLAIM = frozenset({"any", "anything", "anyone", "anybody"}), 12
_STRESSING = frozenset(
    {"stress", "underline", "underscore", "emphasise", "emphasize", "reiterate", "insist", "maintain"}
)
_REPEATING = frozenset({"repeat", "reiterate"})
_NO_ONE = frozenset({"no", "none", "nobody", "nothing"})
_DENIAL_NOUNS = frozenset({"denial", "denials", "rebuttal"})


def _denies(case: Case) -> Ruling | None:
    return (Status.DENIED, f"denies: {case.lemma}") if case.kind in {"deny", "reject"} else None


def _words_deny(case: Case) -> Ruling | None:
    return first_ruled(case, {Status.DENIED})


def _denies_for_own_side(case: Case) -> Ruling | None:
    """ "said its troops had not crossed", soon after an accusation."""
    accused = case.position - case.backdrop.accused_at <= MEMORY or _answers_a_charge(case.line)
    accused = accused or case.lemma in _CONTESTING
    if case.voice is None or not accused:
        return None
    tokens = [t for t in _behind_that(main_clause(case.line, case.content))[:10] if not t.is_mark]
    words = [token.low for token in tokens if not token.quoted]
    own = words[:1] and (words[0] in OWN or (words[0] in {"no", "none"} and _names_own_side(case, tokens)))
    denies = words[:1] == ["no"] or any(one in _PAST and behind in _NEGATING for one, behind in pairwise(words))
    denies = denies or any(word in _CONTRACTED for word in words)
    return (Status.DENIED, "own side, accused before") if own and denies else None


def _denies_any(case: Case) -> Ruling | None:
    """ "Nordvik did not own any of the tankers, its chief said": an officer's whole firm did nothing of the kind."""
    words = [t for t in _behind_that(main_clause(case.line, case.content)) if not t.is_mark][:_LONGEST_CLAIM]
    speaker = case.voice.speaker if case.voice else None
    if speaker is None or not words or words[0].quoted:
        return None
    named = next((e for e, at, _ in case.line.names_in(*case.content) if case.line.tokens[at] == words[0]), None)
    is_own = words[0].low in OWN or (named is not None and _speaks_for(speaker, named))
    lows = [token.low for token in words]
    did_not = next((i for i, low in enumerate(lows) if low == "didn't" or lows[i : i + 2] == ["did", "not"]), None)
    denies = is_own and did_not is not None and not _ANY.isdisjoint(lows[did_not:])
    return (Status.DENIED, "own side, not any") if denies else None


def _speaks_for(speaker: Speaker, named: Entity) -> bool:
    """Tell whether a body is the speaker's own: the speaker itself, or one that an officer with no other body heads."""
    if named.kind is not Kind.ORG:
        return False
    return named.name in {speaker.name, speaker.of} or (bool(speaker.role) and speaker.of is None)


def _denies_flatly(case: Case) -> Ruling | None:
    """ "No shot was fired" in a release; "stressed that batons were not used" anywhere."""
    if case.voice is None:
        return None
    low, high = case.content
    stresses = case.lemma in _STRESSING and is_not_done(case.line.tokens[max(low, 0) : high + 1])
    by_issuer = case.voice.rule == "issuer" and denies_flatly(case.line)
    return (Status.DENIED, "denies flatly") if stresses or by_issuer else None


def _denies_deed(case: Case) -> Ruling | None:
    """ ""We did not poison the lake," Ruiz said", of a firm that was fined for poisoning it."""
    quoted = [t.low for t in case.line.tokens[: _LONGEST_DENIAL + 1] if t.quoted and not t.is_mark]
    at = 3 if quoted[1:3] in _DID_NOT else 2 if quoted[1:2] in _DID_NOT else 0
    verb = quoted[at] if at and quoted[0] in {"i", "we"} and len(quoted) > at else ""
    return (Status.DENIED, f"denies the deed: {verb}") if gerund_of(verb) in case.backdrop.deeds and verb else None


def _denies_for_client(case: Case) -> Ruling | None:
    """ "A lawyer for Ruiz said she had "signed nothing"": whom a lawyer speaks for is held to have done something."""
    speaker = case.voice.speaker if case.voice else None
    if speaker is None or _COUNSEL.isdisjoint(f"{speaker.name} {speaker.role or ''}".lower().split()):
        return None
    words = [t.low for t in _behind_that(main_clause(case.line, case.content))[:_LONGEST_PLEA] if not t.is_mark]
    client = words[:1] != [] and words[0] in {"he", "she", "they"} and words[1:2] != [] and words[1] in _PAST
    denies = client and ("nothing" in words[2:] or words[2:3] in (["not"], ["never"]))
    return (Status.DENIED, "denies for a client") if denies else None


def _repeats_denial(case: Case) -> Ruling | None:
    """ "The ministry repeats: no grain is missing": only what was denied before is said once more like that."""
    if case.lemma not in _REPEATING:
        return None
    words = [t.low for t in _behind_that(main_clause(case.line, case.content)) if not t.is_mark]
    forbids = not word_class("modal").isdisjoint(words)  # "that no ship may sail"
    denies = bool(words) and words[0] in _NO_ONE and not forbids
    return (Status.DENIED, f"denies again: {case.lemma}") if denies else None


def _comes_as_denial(case: Case) -> Ruling | None:
    """ "A denial came at once from the mayor's office": the source phrase itself names what was said."""
    cue = (case.voice.cue_text or "").lower().split() if case.voice and case.voice.rule == "source" else []
    return (Status.DENIED, "comes as a denial") if _DENIAL_NOUNS.intersection(cue) else None


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


DENIALS: tuple[Rule, ...] = (
    _denies,
    _words_deny,
    _denies_for_own_side,
    _denies_any,
    _denies_flatly,
    _denies_for_client,
    _repeats_denial,
    _comes_as_denial,
    _denies_deed,
)
