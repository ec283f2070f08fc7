"""Changes of state ("reopened" after "shut", "called off" after "will be held") and of position, as they are worded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from store.facts import lexicon, words

_PLANNED = "*"  # in the table: ends whatever was planned
_NOTS = frozenset({"not", "never"})
_NEAR_NOT = 3  # words
_RELATIVES = frozenset({"who", "which", "whose"})
_BEFORE = frozenset({"had", "ago", "last", "earlier", "until", "once", "initi", "previous"})  # stems
_TO_THAT = frozenset({"to", "that", "any", "there"})
_NEAR_BEFORE = 9  # words from "who" to the verb: "who only a fortnight ago was still telling"
_NEAR_THAT = 6  # words from such a verb to "that": "telling anyone who asked that"
_NEAR_TO = 3  # and to "to": "had refused on Monday to"
_SAYINGS = ("maintained", "claimed", "told", "telling", "argued", "assured", "swore")  # a position only with "that"
_STANDS = ("refused", "insisted", "denied", "promised", "pledged", "vowed", "dismissed", "rejected", "ruled")
_REPORTED = ("said", "stated", "reported", "announced", "gave", "given", "put")
_NEAR_SAID = 4  # words from "as" to the verb: "as the ministry had stated"
_NEAR_DENIED = 6  # words from "not" to "as": "not a miner as we said earlier"
_REVERSAL = "reversal"
_ADMISSION = "admission"
_MOVE = "move"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a sentence words of changes; names are those of `lexicons/changes.tsv`."""

    made: frozenset[str]  # "open": it says that something reopened
    endable: frozenset[str]  # "open": it says that something is shut, which reopening would end
    admits: bool  # "acknowledged", "conceded"
    reverses: bool  # it tells itself of a changed position: "a day after saying that it needed none"
    moves: bool  # it says that a date takes the place of another: "will now open", "in May instead"


NO_CHANGES = Changes(frozenset(), frozenset(), admits=False, reverses=False, moves=False)


def read_changes(stems: Sequence[str]) -> Changes:
    """Return what a sentence words, given the stems of all its words."""
    phrases = _phrases()
    if phrases.keys().isdisjoint(stems) and not _is_not_as_said(stems):  # most sentences word none
        return NO_CHANGES
    found: defaultdict[str, set[str]] = defaultdict(set)
    for at, stem in enumerate(stems):
        for phrase, role, name in phrases.get(stem, ()):
            if tuple(stems[at : at + len(phrase)]) == phrase and not (role == "made" and _is_negated(stems, at)):
                found[role].add(name)
    return Changes(
        made=frozenset(found["made"]),
        endable=frozenset(found["endable"]),
        admits=bool(found[_ADMISSION]),
        reverses=bool(found[_REVERSAL]) or _tells_of_before(stems) or _is_not_as_said(stems),
        moves=bool(found[_MOVE]),
    )


def _tells_of_before(stems: Sequence[str]) -> bool:
    """Say whether a clause tells what somebody held a while ago: "who last week was insisting", "had refused to"."""
    for at, stem in enumerate(stems):
        if stem not in _RELATIVES:
            continue
        clause = stems[at + 1 : at + 1 + _NEAR_BEFORE]
        held = next((place for place, other in enumerate(clause) if other in _position_verbs()), None)
        if held is None or _BEFORE.isdisjoint(clause[:held]):
            continue
        behind = stems[at + 2 + held : at + 2 + held + _NEAR_THAT]
        if clause[held] in _sayings():
            return "that" in behind  # "who had told staff to go home" held nothing
        return "had" not in clause[:held] or not _TO_THAT.isdisjoint(behind[:_NEAR_TO])
    return False


def _is_not_as_said(stems: Sequence[str]) -> bool:
    """Say whether something was not what somebody had said: "12, not nine as she had stated"."""
    if "as" not in stems or _NOTS.isdisjoint(stems):
        return False
    for at in (place for place, stem in enumerate(stems) if stem == "as"):
        clause = stems[at + 1 : at + 1 + _NEAR_SAID]
        told = next((place for place, stem in enumerate(clause) if stem in _told()), None)
        is_before = told is not None and not _BEFORE.isdisjoint((*clause[:told], *clause[told + 1 : told + 2]))
        if is_before and not _NOTS.isdisjoint(stems[max(0, at - _NEAR_DENIED) : at]):
            return True
    return False


@cache
def _told() -> frozenset[str]:
    return _sayings() | frozenset(map(words.stem, _REPORTED))


@cache
def _position_verbs() -> frozenset[str]:
    return _sayings() | frozenset(map(words.stem, _STANDS))


@cache
def _sayings() -> frozenset[str]:
    return frozenset(map(words.stem, _SAYINGS))


def find_change(text: str, role: str, name: str) -> str | None:
    """Return the words with which a sentence makes the change of that *name*, or tells the state that it ends.

    *role*: "made" or "endable".
    """
    placed = list(words.placed_stems(text))
    stems = [term for _, term in placed]
    for at, stem in enumerate(stems):
        for phrase, *tells in _phrases().get(stem, ()):
            end = at + len(phrase)
            if (
                tells == [role, name]
                and tuple(stems[at:end]) == phrase
                and not (role == "made" and _is_negated(stems, at))
            ):
                return text[placed[at][0].start : placed[end - 1][0].end]
    return None


def _is_negated(stems: Sequence[str], at: int) -> bool:
    """Say whether "not" stands right before: "would not be delayed"."""
    return not _NOTS.isdisjoint(stems[max(0, at - _NEAR_NOT) : at])


def ended(made: Changes, held: Changes, *, planned: bool) -> frozenset[str]:
    """Return the changes of one sentence that end the state of a held one, which does not know of them yet.

    *planned*: the held one announces something.
    """
    return (made.made - held.made) & (held.endable | (_plan_enders() if planned else frozenset()))


def tells_otherwise(made: Changes, held: Changes) -> bool:
    """Say whether one sentence changes what a held one tells, or says that something was called off or moved."""
    return bool((made.made - held.made) & (held.endable | _plan_enders()))


def read_grades(stems: Sequence[str]) -> frozenset[str]:
    """Return the grades that a sentence gives to something graded, the "orange" of an alert, by its words' stems."""
    said = set(stems)
    return frozenset(grade for graded, grades in _graded() if graded & said for grade in grades & said)


@cache
def _graded() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((_stems(things), _stems(grades)) for things, grades in lexicon.table("grades.tsv"))


def _stems(listed: str) -> frozenset[str]:
    return frozenset(words.stem(word.strip()) for word in listed.split(","))


@cache
def _plan_enders() -> frozenset[str]:
    return frozenset(name for name, _, ends in lexicon.table("changes.tsv") if ends == _PLANNED)


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """Return each phrase with what it tells and of which change, by its first stem."""
    found: defaultdict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
    rows = [(_REVERSAL, _REVERSAL, line) for line in lexicon.lines("reversals.txt")]
    rows += [(_MOVE, _MOVE, line) for line in lexicon.lines("reschedulings.txt")]
    rows += [(_ADMISSION, _ADMISSION, row[0]) for row in lexicon.table("cue_verbs.tsv") if row[1] == "admit"]
    for name, worded, ends in lexicon.table("changes.tsv"):
        rows += [("made", name, phrase) for phrase in worded.split(",")]
        rows += [("endable", name, phrase) for phrase in ends.split(",") if phrase != _PLANNED]
    for role, name, phrase in rows:
        key = tuple(words.stem(token.text) for token in words.tokens(phrase))
        found[key[0]].append((key, role, name))
    return dict(found)
