"""Two sentences that are nearly one, and yet tell two things: another town, another day, "freed" for "detained"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Indel, Levenshtein

from store.facts import words
from store.facts.comparing.around import number_terms
from store.facts.comparing.concepts import rows_of
from store.facts.comparing.deeds import all_deeds, are_alike, in_one_form, meet
from store.facts.comparing.name_keys import name_key
from store.facts.comparing.profiles import Profile
from store.facts.comparing.reckoning import dates_deed
from store.facts.comparing.sameness import LIGHT
from store.facts.comparing.thresholds import threshold
from store.facts.numbers.word_classes import word_class

_TELLING = word_class("saying")
_MIXED = frozenset({"people", "animals"})  # concepts of unlike things: men and women, sheep and fish
_PERSONS = frozenset(map(words.stem, ("people", "person", "persons")))
_NOTHING = frozenset[str]()

_Days = tuple[str, str]  # the first and the last, both included
# Near midnight one outlet has the day before and another the day after.
_NIGHT = re.compile(r"\b(?:night|overnight|midnight|evening|early|dawn|morning|small hours)\b")


def is_turned(new: Profile, held: Profile, *, is_edited: bool = False) -> bool:
    """Say whether one sentence says another thing in nearly the words of the other.

    A word that takes the place of another tells: a name, a deed that is not the same in other words, a day; and so
    does a "not" or "never" that only one of them has. *is_edited*: the sentence stands in a copied story, where
    another noun is only an editor's.
    """
    if new.nots != held.nots or new.negated != held.negated:
        return True
    if has_other_name(new, held) or _does_another(new, held) or is_another_day(new, held):
        return True
    return not is_edited and _tells_of_another(new, held)


def is_nearly(new: Profile, held: Profile) -> bool:
    """Say whether two sentences are so much alike, word for word, that what differs is what is told."""
    least = threshold("turned_ratio")
    return Indel.normalized_similarity(new.plain, held.plain, score_cutoff=least) >= least


def is_one_day(new: Profile, held: Profile) -> bool:
    """Say whether both date what took place, and a day of one is one of the other."""
    return any(overlap(one, other) for one in _happened(new) for other in _happened(held))


def is_another_day(new: Profile, held: Profile) -> bool:
    """Say whether both date what took place, and no day of one is one of the other."""
    if not (_happened(new) and _happened(held)) or is_one_day(new, held):
        return False
    return not (_is_near_midnight(new) or _is_near_midnight(held))


def _happened(profile: Profile) -> list[_Days]:
    """Return first and last day of each date on which something took place; that of telling so is none."""
    return [(when.first[:10], when.last[:10]) for when in profile.known.fact.dates if dates_deed(when, profile.known)]


def overlap(one: _Days, other: _Days) -> bool:
    """Say whether two stretches of days have one in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def _is_near_midnight(profile: Profile) -> bool:
    return _NIGHT.search(profile.known.text.lower()) is not None


def has_other_name(new: Profile, held: Profile) -> bool:
    """Say whether each has a name that the other has not, who speaks and for whom left out.

    Where all is printed in capitals nothing is told by them.
    """
    if new.known.text.isupper() or held.known.text.isupper():
        return False
    parties = new.party | held.party
    return bool(new.names - held.names - held.terms - parties and held.names - new.names - new.terms - parties)


def _tells_of_another(new: Profile, held: Profile) -> bool:
    """Say whether a word stands in the place of another that is not the same in other words: "mayor" for "minister"."""
    for block in Levenshtein.opcodes(new.plain, held.plain):
        if block.tag == "replace":
            mine = _telling(new, new.plain[block.src_start : block.src_end])
            theirs = _telling(held, held.plain[block.dest_start : block.dest_end])
            if mine and theirs and not any(_is_reworded(one, other) for one in mine for other in theirs):
                return True
    return False


def _telling(profile: Profile, plain: Sequence[str]) -> list[str]:
    """Return the stems of those words that tell: no function words, no numbers, nobody who speaks, no saying so."""
    voice = (
        {token.text for token in words.tokens(speaker.as_printed)} if (speaker := profile.known.fact.speaker) else ()
    )
    untold = words.FUNCTION_WORDS | number_terms() | _TELLING
    stems = [words.stem(word) for word in plain if word not in untold and word not in voice and not word[0].isdigit()]
    return [stem for stem in in_one_form(stems) if name_key(stem) not in profile.voice | profile.side]


def swaps(new: Profile, held: Profile) -> bool:
    """Say whether each has a thing that the other lacks, and neither is another word for one of the other's."""
    known = new.names | held.names | new.voice | held.voice | LIGHT.keys()
    mine = new.terms - held.terms - known - all_deeds(new)
    theirs = held.terms - new.terms - known - all_deeds(held)
    mine, theirs = (frozenset(in_one_form(terms)) for terms in (mine, theirs))
    mine, theirs = mine - all_deeds(new), theirs - all_deeds(held)
    return bool(mine and theirs) and not any(_is_reworded(one, other) for one in mine for other in theirs)


def _is_reworded(one: str, other: str) -> bool:
    """Say whether one word may stand for the other: by meaning, or "harbor" for "harbour"."""
    rows = rows_of().get(one, _NOTHING) & rows_of().get(other, _NOTHING)
    if rows - _MIXED or {one, other} <= _PERSONS or are_alike(one, other):
        return True
    return Indel.normalized_similarity(one, other) >= threshold("spelt_alike")


def _does_another(new: Profile, held: Profile) -> bool:
    mine, theirs = all_deeds(new), all_deeds(held)
    added, lost = mine - theirs, theirs - mine
    return bool(added and lost) and not meet(added, lost)
