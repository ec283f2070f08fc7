"""Words of one matter that share no stem and mean different things: "attorney" and "judge", "ferry" and "passengers".

A thesaurus group holds words that may be used for one another. These lists hold which words stand in the same company
in billions of words of news and encyclopaedia, or mean something like it. They are too loose to find a sentence by, or
to tell a claim from its opposite; they are one kind of evidence for how well a sentence fits. `fitting.distilling`
makes the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

KINDRED_FILE = "kindred_words.tsv"
LEAST = 0.38  # likeness from which on two words have something to do with one another; by chance it is below that

Kin = Mapping[int, Sequence[tuple[int, float]]]  # held term -> words of the question it is near, and how near, 0 to 1


@lru_cache(maxsize=4096)
def kindred_of(term: str) -> dict[str, float]:
    """Return the stems that are of one matter with the stem *term*, with how near they are, 0 to 1."""
    printed = _printed().get(term, "").split()
    likeness = zip(printed[::2], printed[1::2], strict=True)
    return {other: (int(hundredths) / 100 - LEAST) / (1 - LEAST) for other, hundredths in likeness}


def nearest_kin(term: str, terms: Collection[str]) -> float:
    """Return how near the nearest of *terms* is to the stem *term*, 0 to 1; 0 when none is of its matter."""
    return max((nearness for other, nearness in kindred_of(term).items() if other in terms), default=0.0)


def kinship(terms: Iterable[int], hits: Collection[int], kin: Kin, rarities: Sequence[float]) -> float:
    """Return how much of a question's weight has a word of the same matter among *terms* instead of a match.

    *hits* are its words that are matched, *rarities* of each of its words how telling it is.
    """
    best: dict[int, float] = {}
    for term in terms:
        for number, nearness in kin.get(term, ()):
            if number not in hits and nearness > best.get(number, 0.0):
                best[number] = nearness
    return sum(rarities[number] * nearness for number, nearness in best.items())


@cache
def _printed() -> dict[str, str]:
    text = files(__package__).joinpath(KINDRED_FILE).read_text("utf-8")
    rows = (line.partition("\t") for line in text.splitlines() if not line.startswith("#"))
    return {stem: kindred for stem, _, kindred in rows}
