"""What a question turns on: the verb of "has he been charged", the noun of "what was the turnout in the north".

A sentence that has all the names of a question and not this seldom answers it. Found without a grammar, from the
places of the auxiliaries, articles and prepositions; None where these do not tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.facts.english import is_english, is_listed
from store.facts.words import FUNCTION_WORDS, tokens
from store.lookup.asking import BEING, DOING, HAVING, is_light, is_past_verb, is_sum, tells_kind, without_not
from store.lookup.written_out import QUESTION_WORDS

_DOES = DOING | {"may", "might", "must"}
_IS = BEING | HAVING | {"be", "been", "being"}
_ARTICLES = frozenset("the a an its his her their this that these those any some no our my".split())  # noqa: SIM905
_PREPOSITIONS = frozenset(
    "of in on at for to from with by about into over under after before during between against near per as".split()  # noqa: SIM905
)
_WHO = frozenset(QUESTION_WORDS) - {"what", "which"}
_SECOND = 2  # word after the question word
_FIRST = 4  # words among which the auxiliary of a question stands


def turning_point(text: str) -> tuple[int, int] | None:
    """Return where in *text* the word stands that the question turns on; None when none can be told."""
    found = tokens(text)
    at = _point([without_not(token.text) for token in found])
    return (found[at].start, found[at].end) if at is not None else None


def asked_noun(text: str) -> tuple[int, int] | None:
    """Return where the noun stands that "what" or "which" asks for: the "sentence" of "what sentence did he get".

    None when another word stands between it and the auxiliary, or when it only tells the kind of answer ("what year").
    """
    found = tokens(text)
    words = [token.text for token in found]
    if len(words) <= _SECOND or words[0] not in {"what", "which"} or words[_SECOND] not in _DOES | _IS:
        return None
    at = _telling(words, _SECOND - 1)
    return (found[at].start, found[at].end) if at is not None else None


def _point(words: Sequence[str]) -> int | None:
    at = _first_point(words)
    return at if at is None else _what_follows(words, at)


def _what_follows(words: Sequence[str], at: int) -> int | None:
    """Return where the verb stands that the one at *at* leads to: the "sail" of "was meant to sail"."""
    verb = at + 2
    leads = words[at + 1 : verb] == ["to"] and verb < len(words) and _may_be_verb(words[verb])
    return _telling(words, verb) if leads else at


def _first_point(words: Sequence[str]) -> int | None:
    if words[:3] == ["how", "many", "of"]:
        return _part_asked(words)
    opening = next((at for at, word in enumerate(words[:_FIRST]) if word in _DOES or word in _IS), None)
    if opening is None:
        verb = _participle(words, 0)
        return verb if verb is not None else _head(words, 0)
    if words[opening] in _DOES:
        return _verb(words, opening + 1)
    verb = _participle(words, opening + 1)
    if verb is not None or _WHO & set(words[:opening]):
        return verb
    return _head(words, opening + 1) if opening else None


def _part_asked(words: Sequence[str]) -> int | None:
    """Return where the word stands that tells which part is counted: "children" in "how many of them were children"."""
    opening = next((at for at, word in enumerate(words) if word in _IS or word in _DOES), len(words))
    return next((at for at in range(len(words) - 1, opening, -1) if _telling(words, at) is not None), None)


def _verb(words: Sequence[str], start: int) -> int | None:
    """Return the first verb after the subject of "did", "will": no word of a phrase that an article opens."""
    for at in range(start, len(words)):
        if (
            words[at - 1] not in _ARTICLES
            and words[at - 1] not in _PREPOSITIONS
            and (is_past_verb(words[at]) or _may_be_verb(words[at]))
        ):
            return _telling(words, at)
    return None


def _participle(words: Sequence[str], start: int) -> int | None:
    found = (at for at in range(start, len(words)) if _is_participle(words[at]) and words[at] not in FUNCTION_WORDS)
    return next((_telling(words, at) for at in found if at == 0 or words[at - 1] not in _ARTICLES), None)


def _is_participle(word: str) -> bool:
    """Tell whether *word* is a participle: "charged", the "replacing" of "who is replacing her"."""
    return is_past_verb(word) or (word.endswith("ing") and any(map(is_english, _bases_of_gerund(word))))


def _bases_of_gerund(word: str) -> tuple[str, ...]:
    base = word.removesuffix("ing")
    return base, base + "e", base[:-1]


def _head(words: Sequence[str], start: int) -> int | None:
    """Return the noun of the phrase at *start*, the last word before a preposition or the end.

    Of a price and the like it is that of which it is: "ticket price for the ferry", "price of bread".
    """
    end = _end_of_phrase(words, start)
    nouns = [at for at in range(start, end) if words[at] not in FUNCTION_WORDS]
    if not nouns or end == len(words):
        return None
    if not (tells_kind(words[nouns[-1]]) and is_sum(words[nouns[-1]])):
        return _telling(words, nouns[-1])
    if len(nouns) > 1:
        return _telling(words, nouns[-2])
    priced = [at for at in range(end + 1, _end_of_phrase(words, end + 1)) if words[at] not in FUNCTION_WORDS]
    return _telling(words, priced[-1]) if priced and words[end] == "of" else None


def _end_of_phrase(words: Sequence[str], start: int) -> int:
    return next((at for at in range(start, len(words)) if words[at] in _PREPOSITIONS), len(words))


def _telling(words: Sequence[str], at: int) -> int | None:
    word = words[at]
    is_light_noun = is_light(word) or is_light(word.removesuffix("s"))  # the "names" of "names of the dead"
    return None if word in FUNCTION_WORDS or is_light_noun or tells_kind(word) else at


def _may_be_verb(word: str) -> bool:
    """Tell whether English has the participles of *word*: "ratify", "ratifying", "ratified"."""
    if word in FUNCTION_WORDS or len(word) < 3:
        return False
    bases = {word, word.removesuffix("e"), word + word[-1], word.removesuffix("y") + "i"}
    return any(is_listed(base + "ing") for base in (*bases, word)) and (
        any(is_listed(base + "ed") for base in bases) or is_past_verb(word)
    )
