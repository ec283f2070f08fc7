"""The main clause of what is said, and what its verbs foretell or plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.model import Status
from store.facts.numbers.counted import is_past
from store.facts.speech.patterns import Patterns
from store.facts.speech.phrases import QUOTES, Line, Token
from store.facts.speech.stretches import FINITE
from store.facts.verbs import forms_of

_FUTURE = frozenset({"will", "shall", "would"})
# "We will remind", "I will admit": said about saying.
_ASIDE = frozenset({"remind", "recall", "remember", "admit", "say", "confess", "tell", "repeat", "note", "believe"})
# Behind "will be": a decision or an appointment ("will be there", "will be the first"), as "will be cold" is not.
_APPOINTED = frozenset(
    {"back", "there", "here", "present", "open", "able", "available", "free", "home"}
    | {"the", "in", "at", "on", "under", "for", "up", "out", "down"}
)
# In a quotation these make a "will" depend on others: "If it rains, we will drown" announces nothing.
_CONDITIONS = frozenset({"if", "unless", "whoever", "otherwise"})
_SHORTEST_CLAUSE = 2  # tokens before the "and" of "We shall and we will"
_ONCE = frozenset({"had", "we", "i", "than", "as"})  # before "expected" they leave nothing to come
_HOWEVER, _LONGEST_HOWEVER = frozenset({"whatever", "however", "whoever", "wherever", "whichever"}), 8
_HOPING = forms_of("hope") | forms_of("fear")
_LONGEST_HEAD = 3  # words before the "to" of a short note: "Town council to sell mill"
_LONGEST_ARRANGED = 6  # tokens of "be a public vigil"
_AHEAD = frozenset({Status.FORECAST, Status.PLANNED})
_TO_BE = frozenset({"was", "were", "been", "being", "is", "are", "be"})
_NO_PLAN = frozenset({"have", "like", "rather", "sooner"})  # after a reported "would"
# Participles that do not end in -ed or -en.
_PARTICIPLES = frozenset(
    {"held", "sent", "built", "made", "put", "shut", "cut", "paid", "brought", "kept", "left", "met", "set", "run"}
    | {"sold", "told", "spent", "split", "hung", "laid", "lent", "led", "lost", "bought", "caught", "taught", "found"}
    | {"begun", "done", "drawn", "known", "shown", "sworn", "thrown", "withdrawn", "been"}
)


@cache
def _standing_cues() -> Patterns:
    return Patterns.read("standing_cues.tsv")


@cache
def _hanging() -> frozenset[str]:
    """Words that open a clause of lesser rank."""
    return word_class("subordinator") - {"that", "once", "than"} | {"after", "before", "amid", "until", "since"}


def main_clause(line: Line, content: tuple[int, int]) -> list[Token]:
    """Return the tokens of *content* without its subordinate clauses: "who ...", ", as ...", ", saying ..."."""
    kept: list[Token] = []
    skipping = False
    low, high = max(content[0], 0), content[1]
    for index in range(low, high + 1):
        token = line.tokens[index]
        if token.is_mark:
            skipping = skipping and token.text not in ',;—–."”“'
            if token.text[0] not in QUOTES:
                kept.append(token)
        elif not skipping:
            opens = not kept or kept[-1].is_mark
            skipping = _is_lesser(token, opens=opens, first=index == low)
            if not skipping:
                kept.append(token)
    return kept


def _is_lesser(token: Token, *, opens: bool, first: bool) -> bool:
    """Tell whether a clause of lesser rank begins here; one that opens the sentence is kept, for what it is worth."""
    if token.low in word_class("relative"):
        return True
    if token.low in _hanging():
        return not (opens and first)
    return opens and not first and not token.quoted and (token.low.endswith("ing") or token.low == "with")


def word_statuses(line: Line, content: tuple[int, int], *, spoken: bool) -> Iterator[tuple[Status, str]]:
    """Yield the statuses that the words of the main clause give, with the words that do, from left to right.

    *spoken* tells whether somebody is given as the source: a bare "was due to" in the outlet's own words is over.
    """
    tokens = main_clause(line, content)
    told = _joined_at(tokens)
    is_conditional = any(t.quoted and t.low in _CONDITIONS for t in line.tokens[max(content[0], 0) : content[1] + 1])
    for index, token in enumerate(tokens):
        if token.is_mark:
            continue
        for pattern, _ in _standing_cues().at(tokens, index):
            status = _status_of_cue(pattern.label, pattern.source, tokens, index, spoken=spoken)
            if status and not (index > told and status in _AHEAD):
                yield status, pattern.source
                break
        if index and token.low == "to" and _heads_note(tokens, index):
            yield Status.PLANNED, "to ..."
        if (token.low in _FUTURE or token.low.endswith("'ll")) and not (token.quoted and is_conditional):
            status = _status_of_future(tokens, index, spoken=spoken)
            if status and index <= told and not _is_vowed_besides(tokens, index):
                yield status, f"{token.low} ..."


def _is_vowed_besides(tokens: Sequence[Token], index: int) -> bool:
    """Tell "I have a case to win, and I shall win it": joined to what is said, by "I" or "we", and for no day."""
    if not tokens[index].quoted or index == 0 or tokens[index - 1].low not in {"i", "we"}:
        return False
    joined = next((i for i in range(index - 1, 0, -1) if tokens[i].low in {"and", "but"}), 0)
    is_dated = any(token.is_number or token.low in word_class("time") for token in tokens[index:])
    return joined > _SHORTEST_CLAUSE and not is_dated


def _heads_note(tokens: Sequence[Token], index: int) -> bool:
    """Tell the "to" of "Judge to rule by Friday", a plan in a short note: no article before it, no verb beside it."""
    before = tokens[:index]
    if index > _LONGEST_HEAD or any(t.is_mark or t.quoted or t.low in word_class("determiner") for t in before):
        return False
    acts = any(before[-1].low in word_set(name) for name in ("person_nouns.txt", "group_nouns.txt", "body_nouns.txt"))
    end = next((i for i in range(index, len(tokens)) if tokens[i].is_mark), len(tokens))
    clause = tokens[index + 1 : end]
    tells = any(t.low in FINITE or is_past(t.low) for t in (*before, *clause))
    if not (acts and clause and before[0].is_capital) or tells or clause[0].is_capital:
        return False
    return not any(clause[0].low in word_class(name) for name in ("determiner", "possessive", "pronoun"))


def joined_stretch(line: Line, content: tuple[int, int]) -> tuple[int, int] | None:
    """Return the stretch behind "and" or "but" that is a claim of its own, from its first word to the next mark."""
    tokens = main_clause(line, content)
    at = _joined_at(tokens)
    if at + 1 >= len(tokens):
        return None
    start = next(i for i in range(max(content[0], 0), content[1] + 1) if line.tokens[i].start == tokens[at + 1].start)
    end = start
    while end < content[1] and not (line.tokens[end + 1].is_mark and not line.tokens[end + 1].quoted):
        end += 1
    return start, end


def _joined_at(tokens: Sequence[Token]) -> int:
    """Return where "and" or "but" joins a further verb: "had crossed | and would be sent back"; else the end.

    What is joined is not the sentence's main claim, so that a future in it makes no plan of the sentence.
    """
    acted = False
    for index, token in enumerate(tokens):
        if token.low in {"and", "but"} and acted and not token.quoted:
            return index
        acted = acted or (not token.quoted and (token.low in FINITE or (is_past(token.low) and index > 0)))
    return len(tokens)


def _status_of_cue(label: str, source: str, tokens: Sequence[Token], index: int, *, spoken: bool) -> Status | None:
    """Return what a matched pattern gives where it stands, None if it does not count there."""
    token, before = tokens[index], tokens[index - 1] if index else None
    if label == "planned_if_said":
        return Status.PLANNED if spoken and not token.quoted else None
    status = Status(label)
    if token.low == "never" and before is not None and before.low in _TO_BE:
        return None  # "was never paid": nothing that the speaker's side did
    if source.startswith("~"):
        if status is Status.PLANNED and _is_promised_to(tokens, index):
            return None
        nominal = before is not None and (before.owning or before.low in _noun_markers())
        negated = any(_negates(t) for t in tokens[max(0, index - 2) : index])
        is_over = status is Status.FORECAST and is_past(token.low) and before is not None and before.low in _ONCE
        withdraws = status is Status.WALKED_BACK  # who withdraws is a voice: see cues.py
        return None if withdraws or nominal or negated or is_over else status
    if status in _AHEAD:
        negated = before is not None and _negates(before)
        is_month = token.low in {"may", "might"} and token.is_capital
        describes = token.low == "could" and before is not None and before.low == "you"  # "You could see the smoke"
        return None if negated or is_month or describes or _is_whatever(tokens, index) else status
    return status if spoken else None


def _is_whatever(tokens: Sequence[Token], index: int) -> bool:
    """Tell the "may" at *index* of "whatever the board may say", which foretells nothing."""
    before = tokens[max(0, index - _LONGEST_HOWEVER) : index]
    return tokens[index].low in {"may", "might"} and any(token.low in _HOWEVER for token in before)


def _is_promised_to(tokens: Sequence[Token], index: int) -> bool:
    """Tell "the sum promised to each family" from "promised to pay": whom something was promised to is no plan."""
    behind = tokens[index + 1 : index + 3]
    return (
        index > 0
        and is_past(tokens[index].low)
        and len(behind) == 2
        and behind[0].low == "to"
        and (behind[1].low in word_class("determiner") | word_class("possessive") or behind[1].is_capital)
    )


def _negates(token: Token) -> bool:
    return token.low in word_class("negation") or token.low.endswith("n't")


def _noun_markers() -> frozenset[str]:
    return word_class("determiner") | word_class("possessive") | {"to", "than", "as"}


def _status_of_future(tokens: Sequence[Token], index: int, *, spoken: bool) -> Status | None:
    """Read a "will" or a reported "would": a forecast if nobody decides it, else a plan."""
    modal = tokens[index]
    behind = [t for t in tokens[index + 1 : index + 7] if not _is_filler(t)]
    if not behind or behind[0].is_mark or not _is_said_of_things(tokens, index, behind, spoken=spoken):
        return None
    verb, then = behind[0].low, behind[1] if len(behind) > 1 else None
    lasts = then is not None and (then.low in {"a", "an", "until", "up", "at", "several", "many"} or then.is_number)
    if verb == "take" and lasts and index and tokens[index - 1].low == "it":
        return Status.FORECAST  # "it would take a month"
    hoped = any(t.low in _HOPING for t in tokens[:index])
    subject = _subject_of(tokens, index)
    if hoped or subject in word_set("forecast_subjects.txt") or _takes_effect(subject, verb):
        return Status.FORECAST
    if verb == "be" and (then is None or then.is_mark):
        return None  # "nobody was turned away, and none will be": what was said goes on
    if verb == "be" and _is_arranged(tokens, index):
        decided = True
    elif verb == "be":
        decided = then is not None and (_is_participle(then) or then.low.endswith("ing") or then.low in _APPOINTED)
    elif verb == "have":
        if then is not None and _is_participle(then):
            return None  # "will have seen": no plan
        decided = then is not None and then.low == "to"
    else:
        is_set = subject in word_class("set_measures") and verb in word_class("moves")
        decided = is_set or verb not in word_set("forecast_verbs.txt")
    return Status.PLANNED if decided or modal.low == "shall" else Status.FORECAST


def _is_arranged(tokens: Sequence[Token], index: int) -> bool:
    """Tell "there'll be a vigil tonight", which somebody holds, from "there will be rain"."""
    opens = tokens[index].low == "there'll" or (index > 0 and tokens[index - 1].low == "there")
    held = tokens[index + 1 : index + 1 + _LONGEST_ARRANGED]
    end = next((i for i, token in enumerate(held) if token.is_mark), len(held))
    return opens and any(token.low in word_class("arranged") for token in held[:end])


def _takes_effect(subject: str, verb: str) -> bool:
    """Tell what a measure or an event does, and nobody decides: "the closure would cut its profit"."""
    return verb in word_class("effect") and (subject in word_class("measure") or subject in word_set("event_nouns.txt"))


def _is_said_of_things(tokens: Sequence[Token], index: int, behind: Sequence[Token], *, spoken: bool) -> bool:
    """Tell a future from a turn of phrase ("I will admit") and from a condition ("would like")."""
    verb = behind[0].low
    ours = tokens[index].low in {"i'll", "we'll"} or (index and tokens[index - 1].low in {"we", "i"})
    refuses = verb == "hear" and len(behind) > 1 and behind[1].low == "of"  # "would not hear of it"
    if refuses or (ours and verb in _ASIDE):
        return False
    return tokens[index].low != "would" or (spoken and not tokens[index].quoted and verb not in _NO_PLAN)


def _is_participle(token: Token) -> bool:
    return token.low.endswith(("ed", "en")) or token.low in _PARTICIPLES


def _is_filler(token: Token) -> bool:
    return token.low in word_class("adverb") | word_class("negation") or token.low.endswith("ly")


def _subject_of(tokens: Sequence[Token], index: int) -> str:
    """Return the noun before a modal, prepositional phrases skipped: "water levels in the delta will"."""
    at = index - 1
    while at >= 0 and not tokens[at].is_mark:
        at -= 1
    stretch = tokens[at + 1 : index]
    for position, token in enumerate(stretch):
        if position and token.low in word_class("preposition"):
            return stretch[position - 1].low
    return stretch[-1].low if stretch else ""
