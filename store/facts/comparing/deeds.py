"""What a sentence says was done or took place, apart from whom and what it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from store.facts import lexicon, words
from store.facts.comparing.around import BE
from store.facts.comparing.concepts import DEED_KINDS, EVENT_KINDS, TOLL_KINDS, concept_kinds, worded_by
from store.facts.comparing.governing import BEFORE_VERBS
from store.facts.comparing.name_keys import name_key
from store.facts.comparing.profiles import Profile
from store.facts.comparing.sameness import LIGHT
from store.facts.comparing.sayings import said_with
from store.facts.numbers.counted import is_past
from store.facts.verbs import basic_stems

WIDE = frozenset({"#displaced", "#returned", "#laidoff"})  # ships "had left", a minister "was sacked" too
_PLAIN_SAYING = frozenset({"say", "report", "admit"})  # kinds of verbs: who offers, threatens or orders does something
_PASSED = frozenset({"sentence"})  # counted in years, and a deed of a court


def deeds(profile: Profile) -> frozenset[str]:
    """Return those of a fact's terms that tell what was done: concepts such as "#attack", stems of verbs.

    Verbs of saying are no terms, so that they are none of these; verbs in the present tense are not told from nouns.
    An irregular verb has one stem in all its forms.
    """
    return all_deeds(profile) - LIGHT.keys()


def all_deeds(profile: Profile) -> frozenset[str]:
    """Return what `deeds` does and what nearly every story tells: "#take" of "held", "#move" of "sent"."""
    return in_one_form(_as_worded(profile))


def in_one_form(terms: Iterable[str]) -> frozenset[str]:
    """Return *terms* with one stem for all forms of an irregular verb: "took" and "taken" are "take"."""
    forms = basic_stems()
    return frozenset(forms.get(term, term) for term in terms)


def are_alike(one: str, other: str) -> bool:
    """Say whether two deeds may be one in other words: by a line of `synonyms.tsv` that has a word of each.

    Two things that befall people are not: the wounded are no dead.
    """
    if one == other:
        return True
    if all(deed[0] == "#" and concept_kinds()[deed[1:]] in TOLL_KINDS for deed in (one, other)):
        return False
    return not _groups(one).isdisjoint(_groups(other))


def meet(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Say whether one of some deeds is, in other words perhaps, one of others."""
    return not mine.isdisjoint(theirs) or any(are_alike(one, other) for one in mine for other in theirs)


def do_otherwise(new: Profile, held: Profile, *, besides: frozenset[str] = frozenset()) -> bool:
    """Say whether both tell of something done, *besides* some deeds, and not of one thing: "left", "held"."""
    mine, theirs = all_deeds(new) - besides, all_deeds(held) - besides
    return bool(mine and theirs) and not meet(mine, theirs)


@lru_cache(maxsize=4096)
def _groups(deed: str) -> frozenset[int]:
    """Return the lines of `synonyms.tsv` that a deed's words and phrases stand in."""
    worded = worded_by(deed[1:]) if deed[0] == "#" else [(deed,)]
    return frozenset().union(*(_lines().get(_in_order(phrase), ()) for phrase in worded))


def _in_order(phrase: Sequence[str]) -> tuple[str, ...]:
    forms = basic_stems()
    return tuple(forms.get(term, term) for term in phrase)


@cache
def _lines() -> dict[tuple[str, ...], frozenset[int]]:
    """Return the numbers of the lines of `synonyms.tsv` that have each word or phrase, by its stems in one form."""
    found: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, line in enumerate(lexicon.lines("synonyms.tsv")):
        for phrase in line.split(","):
            found[_in_order([words.stem(word) for word in phrase.split()])].add(number)
    return {phrase: frozenset(numbers) for phrase, numbers in found.items()}


def befalls(done: frozenset[str]) -> frozenset[str]:
    """Return those of some deeds that are news by themselves: tolls and events, "#detained", "#fire"."""
    return frozenset(deed for deed in done if deed[0] == "#" and concept_kinds()[deed[1:]] in EVENT_KINDS) - WIDE


def shared_things(new: Profile, held: Profile) -> int:
    """Return how many telling words two facts share beside names, deeds and who speaks in which office."""
    offices = {words.stem(word) for word in f"{_office(new)} {_office(held)}".lower().split()}
    known = new.names | held.names | new.voice | held.voice | offices | _as_worded(new) | LIGHT.keys()
    common = (new.terms & held.terms) - known
    return len({name_key(term) for term in common})  # a sentence's first word may be a name, and stands there twice


def _office(profile: Profile) -> str:
    speaker = profile.known.fact.speaker
    return (speaker.role or "") if speaker else ""


def _as_worded(profile: Profile) -> frozenset[str]:
    named = {term for term in profile.terms if term[0] == "#" and _is_deed(term[1:])}
    verbs = (_verbs(profile.plain) & profile.terms) - said_with(profile, _PLAIN_SAYING)  # "confirmed that it rained"
    return frozenset(verb for verb in verbs if name_key(verb) not in profile.names) | named  # "the railway to Sill"


def _is_deed(concept: str) -> bool:
    return concept in _PASSED or concept_kinds()[concept] in DEED_KINDS


@lru_cache(maxsize=1024)  # one new fact stands beside many held ones
def _verbs(plain: Sequence[str]) -> frozenset[str]:
    after = {
        word for before, word in pairwise(plain) if before in BEFORE_VERBS or (before in BE and word[-3:] == "ing")
    }
    return frozenset(words.stem(word) for word in plain if word in after or is_past(word))
