"""Make `kindred_words.tsv` from published word vectors and WordNet: `make kindred DATA="vectors ..." WORDNET=folder`.

A file of vectors has a word and its numbers on each line, separated by blanks. The first must have the commonest word
first and says which words are kept: the English ones, one vector for each stem. What all words have in common says
nothing about any of them, so the mean and the two strongest directions are taken away (Mu and Viswanath 2018,
"All-but-the-Top"). Words that stand in one company ("strike", "dockers") are near in vectors counted from running text,
words of one meaning ("corpse", "deceased") in those of a sentence encoder, each word read by itself; the mean of both
is better than either, and what WordNet knows (a verb and its noun, a kind of thing) is added to it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappush, heappushpop
from math import sqrt
from operator import mul
from pathlib import Path

from store.facts.english import is_english
from store.facts.words import FUNCTION_WORDS, stem
from store.lookup.fitting.wordnet import Related, read_relations
from store.lookup.kindred import KINDRED_FILE

_COMMONEST = 60_000  # words that are looked at
_COMMON_DIRECTIONS = 2  # that are taken away
_ROUNDS = 60  # of power iteration for each
_MOST = 24  # kindred of a stem
_LEAST = 0.42  # likeness
_OF_WORDNET = 0.4  # likeness that the nearest relation in WordNet adds
_HIGHEST = 0.99  # likeness: no other word is as near as the very same
_HEAD = """\
# Words of one matter: a stem, and the stems most like it in company or meaning, each with the likeness in hundredths.
# Distilled by store/lookup/fitting/distilling.py from three sources:
# - GloVe 6B 50d (Pennington, Socher and Manning 2014), trained on Wikipedia 2014 and Gigaword 5. Licence: Open Data
#   Commons Public Domain Dedication and License 1.0.
# - what the sentence encoder all-MiniLM-L6-v2 (Reimers and Gurevych 2019, sentence-transformers) makes of each word by
#   itself. Licence: Apache 2.0.
# - WordNet 3.1 (Princeton University). Licence: that of WordNet 3.0, beside this file in LICENCE-WordNet.txt.
"""

Row = list[float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the sources, distil them, and write the file; takes half an hour."""
    parser = argparse.ArgumentParser(prog="python -m store.lookup.fitting.distilling", description=__doc__)
    parser.add_argument("vectors", type=Path, nargs="+", help="text files of word vectors, the first by how common")
    parser.add_argument("--wordnet", type=Path, help="folder of WordNet's database files: data.noun, index.sense ...")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / KINDRED_FILE)
    options = parser.parse_args(arguments)
    related = read_relations(options.wordnet) if options.wordnet else {}
    with options.vectors[0].open(encoding="utf-8") as lines:
        shares = common_words(lines)
    files = []
    for path in options.vectors:
        with path.open(encoding="utf-8") as lines:
            files.append(by_stem(lines, shares))
    with options.out.open("w", encoding="utf-8") as out:
        out.write(_HEAD)
        out.writelines(printed(term, near) for term, near in kindred(side_by_side(files), related))
    return 0


def common_words(lines: Iterable[str]) -> dict[str, float]:
    """Return the English words among the commonest *lines*, with about how often each is used, by Zipf's law."""
    shares = {}
    for rank, line in zip(range(_COMMONEST), lines, strict=False):
        word = line.partition(" ")[0]
        if len(word) > 2 and word.isascii() and word.isalpha() and word not in FUNCTION_WORDS and is_english(word):
            shares[word] = 1 / (10 + rank)
    return shares


def by_stem(lines: Iterable[str], shares: Mapping[str, float]) -> dict[str, Row]:
    """Return a vector of length one for each stem of the words in *shares*, commoner forms counting more."""
    sums: dict[str, Row] = {}
    for line in lines:
        word, *numbers = line.split()
        if share := shares.get(word):
            values = [share * float(number) for number in numbers]
            term = stem(word)
            sums[term] = [a + b for a, b in zip(sums[term], values, strict=True)] if term in sums else values
    left = without_common([_of_length_one(row) for row in sums.values()])
    return dict(zip(sums, map(_of_length_one, left), strict=True))


def side_by_side(files: Sequence[Mapping[str, Row]]) -> dict[str, Row]:
    """Return the rows of *files* put together, so that the product of two is the mean of their cosines.

    A word that a later file lacks is like no other there.
    """
    scale = 1 / sqrt(len(files))
    empty = [[0.0] * len(next(iter(rows.values()))) for rows in files]

    def row(term: str) -> Row:
        parts = [rows.get(term, lacking) for rows, lacking in zip(files, empty, strict=True)]
        return [scale * value for part in parts for value in part]

    return {term: row(term) for term in files[0]}


def without_common(rows: Sequence[Row]) -> list[Row]:
    """Return *rows* without their mean and their strongest directions."""
    mean = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    left = [[value - common for value, common in zip(row, mean, strict=True)] for row in rows]
    for _ in range(_COMMON_DIRECTIONS):
        strongest = _strongest(left)
        left = [_less(row, strongest, sum(map(mul, row, strongest))) for row in left]
    return left


def _strongest(rows: Sequence[Row]) -> Row:
    """Return the direction in which *rows* spread most, by power iteration on their products."""
    columns = list(zip(*rows, strict=True))
    products = [[sum(map(mul, one, other)) for other in columns] for one in columns]
    direction = [1.0 / (at + 1) for at in range(len(columns))]
    for _ in range(_ROUNDS):
        direction = _of_length_one([sum(map(mul, row, direction)) for row in products])
    return direction


def _less(row: Row, direction: Row, share: float) -> Row:
    return [value - share * other for value, other in zip(row, direction, strict=True)]


def _of_length_one(row: Row) -> Row:
    length = sqrt(sum(map(mul, row, row))) or 1.0
    return [value / length for value in row]


def kindred(rows: Mapping[str, Row], related: Related) -> Iterator[tuple[str, list[tuple[float, str]]]]:
    """Yield each stem of *rows* with those that are most like it, nearest first, and how like they are."""
    terms = sorted(rows)
    vectors = [tuple(rows[term]) for term in terms]
    found: list[list[tuple[float, int]]] = [[] for _ in terms]  # of each the likeliest, as a heap; -place: first wins
    places = {term: at for at, term in enumerate(terms)}
    for at, one in enumerate(vectors):
        known = related.get(terms[at], {})
        more = {places[other]: _OF_WORDNET * nearness for other, nearness in known.items() if other in places}
        for other in range(at):
            likeness = sum(map(mul, one, vectors[other])) + more.get(other, 0.0)
            if likeness >= _LEAST:
                _keep(found[at], likeness, other)
                _keep(found[other], likeness, at)
    for term, near in zip(terms, found, strict=True):
        if near:
            yield term, [(min(likeness, _HIGHEST), terms[-place]) for likeness, place in sorted(near, reverse=True)]


def _keep(heap: list[tuple[float, int]], likeness: float, place: int) -> None:
    (heappush if len(heap) < _MOST else heappushpop)(heap, (likeness, -place))


def printed(term: str, near: Iterable[tuple[float, str]]) -> str:
    """Return a line of the file: a stem, and its kindred each with its likeness in hundredths."""
    return term + "\t" + " ".join(f"{other} {round(100 * likeness)}" for likeness, other in near) + "\n"


if __name__ == "__main__":
    sys.exit(main())
