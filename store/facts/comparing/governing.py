"""The deed done by or to what a number counts: "burn" of "burned 12 villages" and of "12 villages were burned"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from store.facts import lexicon, words
from store.facts.comparing.around import BE, HAVE, Place, Placed
from store.facts.comparing.concepts import DEED_KINDS, TOLL_KINDS, Hit, concept_kinds, rows_of
from store.facts.numbers.counted import is_past
from store.facts.numbers.word_classes import word_class
from store.facts.verbs import basic_stems

_BETWEEN = frozenset({"not", "never", "to", "yet"})
# A verb follows these, whatever it looks like: "will build", "to open".
BEFORE_VERBS = frozenset({"will", "would", "to", "can", "could", "may", "might", "must", "should", "shall", "not"})
_NEAR_VERB = 6  # words from those counted to "were burned"
_AGAIN = frozenset({"another", "further", "a", "the", "its", "his", "her", "their", "all", "only", "just", "new"})
_PARTICLES = frozenset({"down", "up", "out", "off", "away", "back"})  # "shot down two drones"
_MANY = frozenset({"people", "police", "they", "we", "men", "women", "children"})


def governing_deed(placed: Placed, hits: Sequence[Hit], place: Place, *, stop: int, noun: str | None) -> str | None:
    """Return what is done to, or by, those that a number counts, as a stem or a "#concept"; None if that is not told.

    *place*: where the number with its noun stands, end excluded. *stop*: where the clause ends. *noun*: what is
    counted. Verbs that only count or say something, such as "found", "rose" and "reported", tell no deed.
    """
    for at in (_verb_before(placed, place[0], noun), _verb_after(placed, place[1], stop)):
        if at is None:
            continue
        there = (hit.concept for hit in hits if hit.start <= at < hit.end)
        named = next((concept for concept in there if concept.kind in DEED_KINDS), None)
        deed = f"#{named.name}" if named else _basic(placed[at][0].text)
        meaning = _counted_deeds().get((noun, deed)) if noun else None
        if meaning:
            return f"#{meaning}"
        if _tells_deed(placed[at][0].text):
            return deed
    return None


def _verb_before(placed: Placed, start: int, noun: str | None) -> int | None:
    """Return where the verb stands of which those counted are the object: "burned 12 villages"."""
    at = start - 1
    while at >= 0 and placed[at][0].text in _AGAIN:
        at -= 1
    at -= at > 0 and placed[at][0].text in _PARTICLES
    if at < 0:
        return None
    word, before = placed[at][0].text, _subject_before(placed, at)
    is_verb = is_past(word) or word in HAVE or word.endswith("ing") or before in BEFORE_VERBS
    is_verb = is_verb or (noun, _basic(word)) in _counted_deeds()  # "close 60 branches and shed 300 jobs"
    return at if is_verb or _agrees(before, word) else None


def _subject_before(placed: Placed, verb: int) -> str:
    """Return the word before a verb, adverbs left out: "rebels" of "rebels still hold"."""
    at = verb - 1
    while at > 0 and _is_between(placed[at][0].text) and placed[at][0].text not in BEFORE_VERBS | BE | HAVE:
        at -= 1
    return placed[at][0].text if at >= 0 else ""


def _agrees(subject: str, verb: str) -> bool:
    """Say whether a word may be the present tense of a verb behind its subject: "rebels hold", "the firm employs"."""
    if not subject or subject in words.FUNCTION_WORDS - _MANY or verb in words.FUNCTION_WORDS:
        return False
    is_plural = subject in _MANY or (subject.endswith("s") and not subject.endswith("ss"))
    return is_plural != verb.endswith("s")


def _verb_after(placed: Placed, end: int, stop: int) -> int | None:
    """Return where the verb stands of which those counted are the subject: "12 villages near Tolme were burned"."""
    near = range(end, min(stop, end + _NEAR_VERB, len(placed)))
    auxiliary = next((at for at in near if placed[at][0].text in BE | HAVE), None)
    first = end if auxiliary is None else auxiliary
    while first < stop and first < len(placed) and _is_between(placed[first][0].text):
        first += 1
    if first >= min(stop, len(placed)):
        return None
    word = placed[first][0].text
    is_verb = is_past(word) or (auxiliary is not None and word.endswith("ing"))
    is_verb = is_verb or (first == end and _has_object(placed, first))
    return first if is_verb else None


def _has_object(placed: Placed, verb: int) -> bool:
    """Say whether a word may be the present tense of a verb by what follows: "3,000 soldiers guard the dam"."""
    following = placed[verb + 1][0].text if verb + 1 < len(placed) else ""
    return placed[verb][0].text not in words.FUNCTION_WORDS and following in word_class("determiners")


def _is_between(word: str) -> bool:
    return word in word_class("auxiliaries") or word in _BETWEEN or word.endswith("ly")


def _tells_deed(word: str) -> bool:
    return words.stem(word) not in _deedless() and _basic(word) not in _deedless()


def _basic(word: str) -> str:
    """Return the stem of a verb's basic form: "take" of "took" and "taken"."""
    term = words.stem(word)
    return basic_stems().get(term, term)


def toll_by_deed(noun: str | None, deed: str | None) -> str | None:
    """Return the toll that a deed, as `governing_deed` gives it, comes to only beside its noun: "lost 14 men"."""
    meant = {f"#{meaning}": meaning for (counted, _), meaning in _counted_deeds().items() if counted == noun}
    name = meant.get(deed or "")
    return name if name and concept_kinds()[name] in TOLL_KINDS else None


@cache
def _counted_deeds() -> dict[tuple[str, str], str]:
    """Return concept and deed of `counted_deeds.tsv`, a deed as `governing_deed` gives it, with what it comes to."""
    found: dict[tuple[str, str], str] = {}
    for nouns, verbs, meaning in lexicon.table("counted_deeds.tsv"):
        for verb in verbs.split(","):
            stems = {_basic(verb.strip()), *(f"#{name}" for name in rows_of().get(words.stem(verb.strip()), ()))}
            found |= {(noun.strip(), stem): meaning for noun in nouns.split(",") for stem in stems}
    return found


@cache
def _deedless() -> frozenset[str]:
    lists = (*lexicon.lines("change_words.txt"), *lexicon.lines("deedless_verbs.txt"))
    return frozenset(words.stem(word) for line in lists for word in line.split())
