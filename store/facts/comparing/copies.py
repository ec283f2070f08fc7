"""Near-verbatim copies: agency copy that a second outlet carries is one origin, not a second source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import Indel

from store.facts.comparing.profiles import Profile
from store.facts.comparing.thresholds import threshold
from store.facts.model import Known


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


def _alike(text: Sequence[str], others: Sequence[Sequence[str]]) -> list[int]:
    """Return which of *others* come into question for `is_copy`: all at once, since next to none do."""
    least = threshold("copy_ratio")
    found = process.extract(text, others, scorer=Indel.normalized_similarity, score_cutoff=least, limit=None)
    return [at for _, _, at in found]


def _source(known: Known) -> int:
    return known.origin or known.story


def _figures(text: Sequence[str]) -> list[str]:
    return sorted(word for word in text if word[0].isdigit())


def find_origin(new: Sequence[Profile], candidates: Sequence[Sequence[Profile]]) -> int | None:
    """Return the held story of which *new*'s is a near-verbatim copy, by its database id.

    *candidates* are the held facts that each new one is compared with.

    Headless copies and cut copies count: what matters is the share of the new story's own sentences.
    The earliest such story wins, and of a copy its own origin.
    """
    least_words = threshold("copy_words")
    long_enough = [
        (one.plain, held) for one, held in zip(new, candidates, strict=True) if len(one.plain) >= least_words
    ]
    copied: Counter[int] = Counter()
    for text, held in long_enough:
        others = [other.plain for other in held]
        copies = [at for at in _alike(text, others) if is_copy(text, others[at])]
        copied.update({_source(held[at].known) for at in copies})
    least = threshold("copy_story") * len(long_enough)
    return min((story for story, sentences in copied.items() if sentences >= least), default=None)
