"""Whether a verb of speech is one where it stands: "denied entry" and "the party's rules should" report nothing."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from itertools import pairwise, takewhile

from store.facts.grammar import word_class
from store.facts.model import Kind
from store.facts.speech.cues import Cue, is_allegation
from store.facts.speech.phrases import Line, Token
from store.facts.speech.stretches import CLAUSE_PREPOSITIONS, FINITE, is_hanging_word

# Objects with which a verb of speech is an act: "denied entry", "conceded defeat".
_ACTS = {
    "deny": frozenset(
        {"entry", "access", "bail", "permission", "visas", "visa", "service", "treatment", "asylum", "parole", "leave"}
        | {"boarding", "food", "water", "aid", "him", "her", "them", "us"}
    ),
    "admit": frozenset({"defeat", "goal", "goals", "penalty", "patients", "students"}),
    "judge": frozenset({"of", "for", "to"}),  # "companies accused of fraud", "a fire attributed to age"
}
_GOING_ON = frozenset({"continue", "~go on"})
_LONGEST_ASKED = 7  # tokens of whoever is asked to do something
_NEAR, _IN_A_LETTER = 10, 26  # tokens behind a verb among which a quotation is its own


@dataclass(frozen=True, slots=True)
class _Use:
    """A cue where it stands."""

    line: Line
    cue: Cue
    rule: str  # that found its subject
    is_known: bool  # the subject is somebody

    @property
    def behind(self) -> list[Token]:
        """The words behind it."""
        return [token for token in self.line.tokens[self.cue.last + 1 :] if not token.is_mark]

    @property
    def closes(self) -> bool:
        """Whether its subject was looked for behind what is said: "..., Ruiz said", "..., said Ruiz"."""
        return self.rule in {"tag", "inverted"}

    @property
    def closes_quote(self) -> bool:
        """Whether it stands behind a quotation."""
        return self.closes and any(token.quoted for token in self.line.tokens[: self.cue.first])

    @property
    def opens_quote(self) -> bool:
        """Whether a quotation behind it is its own."""
        near = _IN_A_LETTER if self.cue.lemma == "write" else _NEAR  # "wrote in a book about a man who told him, "..."
        return any(token.quoted for token in self.line.tokens[self.cue.last + 1 : self.cue.last + near])


def reports_speech(line: Line, cue: Cue, *, rule: str, is_known: bool) -> bool:
    """Tell whether what stands around a cue makes it one, by the kind of the cue and the rule that found its subject.

    *is_known* tells whether that subject is somebody.
    """
    use = _Use(line, cue, rule, is_known)
    match cue.kind:
        case "tag":
            reports = _tags(use)
        case "label":
            reports = use.opens_quote or (cue.lemma == "describe" and _has_as(line, cue.last + 1))
        case "retract":
            reports = True
        case "count":
            reports = is_known and any(token.is_number for token in line.tokens[cue.first : cue.last + 12])
        case "deny" | "admit":
            objects = takewhile(lambda token: token.low != "that", use.behind[:3])  # "denied that her brother"
            reports = cue.lemma == "contradict" or not any(token.low in _ACTS[cue.kind] for token in objects)
        case "judge":
            behind = use.behind
            reports = bool(behind) and (cue.verb < cue.last or behind[0].low not in _ACTS["judge"])
        case "reject":
            reports = _rejects_claim(use)
        case "report":
            reports = use.closes or use.opens_quote or _has_clause(line, cue)
        case "hold":
            reports = _holds(use)
        case "vow":
            reports = (use.closes or bool(use.behind)) and not _tells_of_old_promise(line, cue.last)
        case "offer":
            reports = _to_follows(line, cue.last)
        case _:
            adds = cue.lemma == "add" and _adds_figure(line, cue.last)
            reports = use.closes or (bool(use.behind) and not adds)
    return reports


def _tags(use: _Use) -> bool:
    """Tell whether a verb is the tag of what is said: "..." she asked; "As the mayor recalled, ..."."""
    line, cue = use.line, use.cue
    fronted = use.rule == "tag" and line.tokens[0].low == "as"
    reads_out = cue.lemma == "read" and use.is_known and next_is(line, cue.last, {":"})  # "Ruiz's letter read: "
    requests = use.rule == "lead" and use.is_known and cue.lemma == "ask" and _words_request(line, cue.last)
    return fronted or reads_out or requests or use.closes_quote or _goes_on(line, cue, use.rule)


def _rejects_claim(use: _Use) -> bool:
    """Tell whether what is rejected was said, and is not a bid or a plan: "rejects this", "... as fiction"."""
    line, cue = use.line, use.cue
    points = next_is(line, cue.last, {"this", "it"}) and len(use.behind) == 1  # "Orela rejects this."
    untrue = cue.verb < cue.last or points or next_is(line, cue.last, {"that"}) or is_allegation(line, cue.last + 1)
    return untrue or _has_as(line, cue.last + 1)


def _holds(use: _Use) -> bool:
    """Tell whether a verb like "ruled" and "yelled" has a clause or a quotation."""
    line, cue = use.line, use.cue
    is_noun = next_is(line, cue.last, FINITE)  # "the party's vacancy rules should"
    is_ruling = use.rule == "tag" and cue.lemma == "rule" and line.tokens[0].low != "as"
    return not is_noun and (use.opens_quote or use.closes_quote or is_ruling or _has_clause(line, cue))


def _adds_figure(line: Line, index: int) -> bool:
    """Tell "Corvus added 3 percent" and "added 40 jobs" from "added 40 people were hurt"."""
    behind = line.tokens[index + 1 : index + 1 + _NEAR]
    end = next((i for i, token in enumerate(behind) if token.is_break), len(behind))
    return bool(behind) and behind[0].is_number and not any(token.low in FINITE for token in behind[:end])


def _goes_on(line: Line, cue: Cue, rule: str) -> bool:
    """Tell "A well would be dug, she went on, and ..." from "..., but the band went on": a person, and no more."""
    subject = line.tokens[cue.first - 1] if cue.first else None
    if rule != "tag" or subject is None or cue.lemma not in _GOING_ON:
        return False
    person = any(end == cue.first - 1 for *_, end in line.names_in(0, cue.first - 1, Kind.PERSON))
    ends = cue.last + 1 >= len(line.tokens) or line.tokens[cue.last + 1].is_mark
    return ends and (person or subject.low in {"he", "she"})


def _words_request(line: Line, index: int) -> bool:
    """Tell a request some of whose words are quoted: "asked drivers | to stay away, "for their own sake"".

    Without a quotation it is an act that the outlet tells of.
    """
    behind = line.tokens[index + 1 :]
    asks = next((i for i, token in enumerate(behind[:_LONGEST_ASKED]) if token.low == "to" or token.is_mark), 0)
    return asks > 0 and behind[asks].low == "to" and any(t.quoted and not t.is_mark for t in behind[asks:])


def _tells_of_old_promise(line: Line, index: int) -> bool:
    """Tell money that was promised to somebody in a year gone by: "promised Tolvia $30 million for dams in 2023".

    That is what the outlet reminds of, not what the giver says today.
    """
    behind = line.tokens[index + 1 :]
    says = any(t.low in {"that", "to"} or t.quoted or t.is_break for t in behind[:2])
    is_year = (one.low == "in" and len(year.text) == 4 and year.text.isdigit() for one, year in pairwise(behind))
    given = pairwise(behind[:_LONGEST_ASKED])
    gives = any(token.is_number and one.low != "in" for one, token in given) and not behind[0].is_number
    return gives and not says and any(is_year)


def next_is(line: Line, index: int, words: Set[str]) -> bool:
    """Tell whether one of *words* stands right behind *index*."""
    return index + 1 < len(line.tokens) and line.tokens[index + 1].low in words


def _to_follows(line: Line, index: int) -> bool:
    """Tell whether "to" follows, perhaps behind a day: "threatened on Saturday to move them"."""
    for token in line.tokens[index + 1 : index + 4]:
        if token.low == "to":
            return True
        if token.low != "on" and token.low not in word_class("time"):
            return False
    return False


def _has_as(line: Line, index: int) -> bool:
    """ "dismissed the report as fiction", "described the change as routine"."""
    for token in line.tokens[index : index + 9]:
        if token.is_break:
            return False
        if token.low == "as":
            return True
    return False


def _has_clause(line: Line, cue: Cue) -> bool:
    """Tell whether a clause follows: "that ...", "the talks would resume", and "to control" after "claims"."""
    for token in line.tokens[cue.last + 1 : cue.last + 15]:
        if token.low in {"that", ":"} or (token.low == "to" and cue.lemma == "claim"):
            return True
        if token.is_break or is_hanging_word(token.low) or token.low in CLAUSE_PREPOSITIONS:
            return False
        if token.low in FINITE:
            return True
    return False
