"""Whether the words behind a quotation only say whose it is: "Who pays?" | Mr Ito asked on Monday.

A question or an exclamation ends no sentence there, as a comma would not. Decided by the words alone: nobody's name is
known yet where sentences are cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from store.facts.grammar import word_class
from store.facts.lexicon import table
from store.facts.numbers.counted import is_past
from store.facts.verbs import past_of, third_of

_WORD = re.compile(r"[^\W_]\w*(?:[-'’.](?=\w)\w+)*|[^\w\s]")
_LOOKED_AT = 200  # characters behind the quotation
_LONGEST_SUBJECT = 16  # words and marks before the verb: "Selma Royce, the board's chairwoman, who is 71, asked"
_SPEAKING = frozenset({"say", "report", "tag", "hold", "admit", "expect", "vow", "read"})  # kinds of cue_verbs.tsv
_STOPS = frozenset('.!?;:"“”„«»…')
_ENDS = frozenset(".,;—–!?…")
_WHO = frozenset({"who", "whose"})
_WANTED = frozenset({"wanted", "wants"})  # "to know", which asks
# Behind "she asked" they open a clause that says when or why, and so of the asking.
MEANWHILE = frozenset({"as", "while", "when", "before", "after", "until", "because", "amid"})
_SHORTENED = 4  # letters of "Mr" and "Sen", whose full stop ends nothing


def is_attribution(text: str, start: int, end: int) -> bool:
    """Tell whether text[start:end], which begins with a capital, opens with a subject, a verb of speech and no more.

    "Mr Ito asked on Monday." does; "Mr Ito asked for time." and "Mr Ito said he was ill." say something of their own.
    """
    words = [match.group() for match in _WORD.finditer(text, start, min(end, start + _LOOKED_AT))]
    verb = _verb_at(words)
    return verb is not None and verb > 0 and _is_closed(words, verb)


def _verb_at(words: Sequence[str]) -> int | None:
    """Return where the verb of speech stands whose subject *words* begin with, None where something else is told."""
    inserted = False
    for index, word in enumerate(words[:_LONGEST_SUBJECT]):
        low = word.lower()
        if low in verbs_of_speech() and word[0].islower() and not inserted:
            return index
        if low in _WANTED and list(words[index + 1 : index + 3]) == ["to", "know"] and not inserted:
            return index + 2
        if word == ",":
            inserted = not inserted
        elif word == ".":
            before = words[index - 1] if index else ""
            if not before[:1].isupper() or len(before) > _SHORTENED:
                return None
        elif word in _STOPS or (not inserted and _is_told(low)):
            return None
    return None


def _is_told(low: str) -> bool:
    """Tell a word that makes a clause before any verb of speech: "rose", "had", "she", "that"."""
    clause = word_class("auxiliary") | word_class("modal") | word_class("negation") | word_class("pronoun")
    return low in clause or low in {"that", "which"} or (low not in _WHO and is_past(low))


def _is_closed(words: Sequence[str], verb: int) -> bool:
    """Tell whether only when, where, how and to whom follows the verb, up to the next mark."""
    addressed = words[verb].lower() in {"told", "tells"}
    for index in range(verb + 1, len(words)):
        low = words[index].lower()
        if low in _ENDS:
            return True
        if low in MEANWHILE and index > verb + addressed:
            return True
        if low in _STOPS or _is_told(low):
            return False
        if index == verb + 1 and not addressed and not _may_follow(low):
            return False
    return True


def _may_follow(low: str) -> bool:
    classes = ("preposition", "time", "moment", "adverb")
    asks = low == "for"  # "asked for time", "called for"
    return not asks and (
        any(low in word_class(name) for name in classes) or low.endswith("ly") or low in {"back", "aloud"}
    )


@cache
def verbs_of_speech() -> frozenset[str]:
    """Return the present and past forms of the verbs that give somebody the word."""
    told = [verb for verb, kind, *_ in table("cue_verbs.tsv") if kind in _SPEAKING]
    return frozenset(form for verb in told for form in (third_of(verb), past_of(verb)))
