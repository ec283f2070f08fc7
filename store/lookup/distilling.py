"""Make `kindred_words.tsv` from published word vectors: `make kindred DATA=glove.6B.50d.txt`.

The file given has a word and its numbers on each line, separated by blanks, the commonest word first. Kept are English
words among the commonest, one vector for each stem. What all words have in common says nothing about any of them, so
the mean and the two strongest directions are taken away (Mu and Viswanath 2018, "All-but-the-Top").
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from math import sqrt
from operator import mul
from pathlib import Path

from store.facts.english import is_english
from store.facts.words import FUNCTION_WORDS, stem
from store.lookup.kindred import KINDRED_FILE

_COMMONEST = 60_000  # words that are looked at
_COMMON_DIRECTIONS = 2  # that are taken away
_ROUNDS = 60  # of power iteration for each
_MOST = 24  # kindred of a stem
_LEAST = 0.5  # cosine
_HEAD = """\
# Words of one matter: a stem, and the stems whose company is most like its own, each with the likeness in hundredths.
# Source: distilled by store/lookup/distilling.py from GloVe 6B 50d (Pennington, Socher and Manning 2014), trained on
# Wikipedia 2014 and Gigaword 5. Licence: Open Data Commons Public Domain Dedication and License 1.0.
"""

Row = list[float]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the vectors, distil them, and write the file."""
    parser = argparse.ArgumentParser(prog="python -m store.lookup.distilling", description=__doc__)
    parser.add_argument("vectors", type=Path, help="text file of word vectors, the commonest word first")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name(KINDRED_FILE))
    options = parser.parse_args(arguments)
    with options.vectors.open(encoding="utf-8") as lines:
        rows = by_stem(lines)
    with options.out.open("w", encoding="utf-8") as out:
        out.write(_HEAD)
        out.writelines(printed(term, near) for term, near in kindred(rows))
    return 0


def by_stem(lines: Iterable[str]) -> dict[str, Row]:
    """Return a vector for each stem of the English words among the commonest *lines*, commoner forms counting more."""
    sums: dict[str, Row] = {}
    for rank, line in zip(range(_COMMONEST), lines, strict=False):
        word, *numbers = line.split()
        if len(word) < 3 or not (word.isascii() and word.isalpha()) or word in FUNCTION_WORDS or not is_english(word):
            continue
        share = 1 / (10 + rank)  # Zipf's law: about how often the word is used
        values = [share * float(number) for number in numbers]
        term = stem(word)
        sums[term] = [a + b for a, b in zip(sums[term], values, strict=True)] if term in sums else values
    return dict(zip(sums, without_common([_of_length_one(row) for row in sums.values()]), strict=True))


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


def kindred(rows: Mapping[str, Row]) -> Iterator[tuple[str, list[tuple[float, str]]]]:
    """Yield each stem with the stems that are nearest to it, nearest first, and their cosines; takes minutes."""
    units = {term: tuple(_of_length_one(row)) for term, row in rows.items()}
    for term in sorted(units):
        one = units[term]
        likeness = [(sum(map(mul, one, other)), name) for name, other in units.items()]
        near = [pair for pair in nlargest(_MOST + 1, likeness) if pair[0] >= _LEAST and pair[1] != term]
        if near:
            yield term, near


def printed(term: str, near: Iterable[tuple[float, str]]) -> str:
    """Return a line of the file: a stem, and its kindred each with its likeness in hundredths."""
    return term + "\t" + " ".join(f"{other} {round(100 * likeness)}" for likeness, other in near) + "\n"


if __name__ == "__main__":
    sys.exit(main())
