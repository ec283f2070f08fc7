"""Near-verbatim copies: agency copy that a second outlet carries is one origin, not a second source."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Indel

from store.facts import words
from store.facts.comparing.profiles import Profile
from store.facts.comparing.thresholds import threshold
from store.facts.comparing.turning import is_turned
from store.facts.model import Known
from store.facts.numbers.number import is_number_word

_ARTICLES = frozenset({"a", "an"})  # they begin numbers too: "a hundred"


def is_copy(text: Sequence[str], other: Sequence[str], *, in_copy: bool = False) -> bool:
    """Say whether one sentence is the other, but for a few words. Figures must all be there in both.

    *in_copy*: their stories are copies as a whole, so that more of a sentence may have been edited.
    """
    if text == other:
        return True
    least = threshold("copy_ratio_within" if in_copy else "copy_ratio")
    if Indel.normalized_similarity(text, other, score_cutoff=least) < least:  # first, since nearly all pairs end here
        return False
    return _figures(text) == _figures(other)


def may_copy(one: Profile, others: Iterable[Profile], least: float) -> list[Profile]:
    """Return those of *others* that may be *one* with the ratio *least*; of most their words show that they are not."""
    length = len(one.plain)
    stems = {words.stem(word) for word in one.plain if word not in words.FUNCTION_WORDS}
    # Each stem that the other one lacks is a word less in common. Of n words with as many as k in common the best
    # ratio is 2k / (n + k); solved for k, and not to be undone by rounding:
    common = len(stems) - length * (1 - least / (2 - least)) - 1e-9
    # So of any stems one more than may be lacking one is there; the longest are the least likely to be.
    lacking = len(stems) - max(0, math.ceil(common))
    telling = frozenset(sorted(stems, key=len)[-1 - lacking :]) if lacking < len(stems) else None
    return [
        other
        for other in others
        if ((telling is None or not telling.isdisjoint(other.stems)) and len(stems & other.stems) >= common)
        # Capitals throughout are indexed as small letters, and "US" among them as no word that tells.
        or other.is_shouted
    ]


def _copied(one: Profile, others: Iterable[Profile]) -> list[Profile]:
    """Return those of *others* that are the same sentence."""
    return [
        other
        for other in may_copy(one, others, threshold("copy_ratio"))
        if is_copy(one.plain, other.plain) and not (one.plain != other.plain and is_turned(one, other))
    ]


def _source(known: Known) -> int:
    return known.origin or known.story


def _figures(text: Sequence[str]) -> list[str]:
    return sorted(word for word in text if word[0].isdigit() or (is_number_word(word) and word not in _ARTICLES))


def find_origin(new: Sequence[Profile], candidates: Sequence[Sequence[Profile]]) -> int | None:
    """Return the held story of which *new*'s is a near-verbatim copy, by its database id.

    *candidates* are the held facts that each new one is compared with.

    Headless copies and cut copies count: what matters is the share of the new story's own sentences.
    The earliest such story wins, and of a copy its own origin.
    """
    least_words = threshold("copy_words")
    long_enough = [(one, held) for one, held in zip(new, candidates, strict=True) if len(one.plain) >= least_words]
    copied: Counter[int] = Counter()
    for one, held in long_enough:
        copied.update({_source(other.known) for other in _copied(one, held)})
    least = threshold("copy_story") * len(long_enough)
    return min((story for story, sentences in copied.items() if sentences >= least), default=None)
