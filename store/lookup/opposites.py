"""Words that settle a question for their opposite: "is he still in jail" is answered by who tells that he was freed.

Only questions that are answered by yes or no look for them; elsewhere the opposite is what is not asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlite_utils import Database

from store.facts.lexicon import table
from store.lookup.synonyms import Thesaurus, phrase_stems, read_thesaurus
from store.lookup.wording import OPPOSITE, Ask, with_options

_WEIGHT = 0.5  # of a word for the opposite: it tells of the matter, and how it stands


def with_opposites(db: Database, text: str, asks: Sequence[Ask]) -> list[Ask]:
    """Return *asks*, the words of the question *text*, with the held words for the opposite of each."""
    sides, worded = _sides(), phrase_stems(text)
    phrased = {worded[at]: numbers for places, numbers in sides.phrases_among(worded) for at in places}
    told = [[*sides.words.get(ask.meant, ()), *phrased.get(ask.term, ())] for ask in asks]
    meant = [sorted(sides.meant(number ^ 1 for number in numbers)) for numbers in told]
    return with_options(db, asks, meant, weight=_WEIGHT, how=OPPOSITE)


@cache
def _sides() -> Thesaurus:
    """Return the two sides of each row as groups, one after the other: n ^ 1 is the opposite of group n."""
    return read_thesaurus([side for row in table("opposites.tsv") for side in row[:2]])
