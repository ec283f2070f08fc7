"""With which verb of saying a fact is told, by the kinds of such verbs."""

from __future__ import annotations

from functools import cache

from store.facts import lexicon, words
from store.facts.comparing.profiles import Profile


def said_with(profile: Profile, kinds: frozenset[str]) -> frozenset[str]:
    """Return the stems of a fact's cue that are verbs of some *kinds*, as cue_verbs.tsv has them: "admit", "deny"."""
    cue = (profile.known.fact.cue or "").lower().split()
    return _verbs_of(kinds).intersection(map(words.stem, cue))


@cache
def _verbs_of(kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(words.stem(verb) for verb, kind, *_ in lexicon.table("cue_verbs.tsv") if kind in kinds)
