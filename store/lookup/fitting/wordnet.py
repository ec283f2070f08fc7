"""Which words WordNet relates, and how closely: read from its database files, in the format of wndb(5WN).

A word has several senses, and a relation holds between two senses. It counts the more the commoner these senses are
among the uses of their words, as the tagged texts that come with WordNet have them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from store.facts.words import stem

_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_PARTS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}  # of speech, in a sense key; 5 is a satellite adjective
_UNTAGGED = 0.6  # uses that a word's first sense is given beside the counted ones; its second sense half of that ...
# Pointers between whole senses, and how near they bring two words that are no synonyms.
_NEARNESS = {"@": 0.6, "~": 0.6, "&": 0.7, "$": 0.8, "*": 0.5, ">": 0.6}
_DERIVED = frozenset({"+", "\\"})  # pointers between two words: "deny", "denial"
_OF_DERIVED = 0.7  # for the synonyms of a derived word

Sense = tuple[str, str]  # part of speech, place in its file
Related = dict[str, dict[str, float]]  # stem -> other stem -> nearness, 0 to 1


@dataclass(frozen=True, slots=True)
class _Synset:
    """One sense with its words and what it points to."""

    words: tuple[str, ...]
    pointers: tuple[tuple[str, Sense, int, int], ...]  # symbol, target, number of the word here and there; 0: all


def read_relations(folder: Path) -> Related:
    """Return the stems that WordNet in *folder* relates; raises OSError where its files are not there.

    Names, phrases and opposites are left out.
    """
    synsets = {sense: synset for part in _FILES for sense, synset in _read_synsets(folder, part)}
    shares = _sense_shares(folder)
    related: Related = defaultdict(dict)
    for one, other, nearness in _pairs(synsets, shares):
        if _is_word(one) and _is_word(other):
            first, second = stem(one), stem(other)
            if first != second and nearness > related[first].get(second, 0.0):
                related[first][second] = nearness
    return dict(related)


def _is_word(lemma: str) -> bool:
    return lemma.isascii() and lemma.isalpha() and lemma.islower()


def _read_synsets(folder: Path, part: str) -> Iterator[tuple[Sense, _Synset]]:
    """Yield the senses of ``data.noun`` and the like; lines that begin with a blank are its licence."""
    with (folder / f"data.{_FILES[part]}").open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if not line.startswith(" "):
                fields = line.partition("|")[0].split()
                end = 4 + 2 * int(fields[3], 16)
                words = tuple(word.partition("(")[0] for word in fields[4:end:2])
                yield (part, fields[0]), _Synset(words, tuple(_read_pointers(fields[end + 1 :], int(fields[end]))))


def _read_pointers(fields: list[str], count: int) -> Iterator[tuple[str, Sense, int, int]]:
    for at in range(0, 4 * count, 4):
        symbol, place, part, words = fields[at : at + 4]
        yield symbol, ("a" if part == "s" else part, place), int(words[:2], 16), int(words[2:], 16)


def _sense_shares(folder: Path) -> dict[tuple[str, Sense], float]:
    """Return for each word and sense the share of the word's uses that have it, from ``index.sense``."""
    uses: dict[tuple[str, Sense], float] = {}
    totals: defaultdict[str, float] = defaultdict(float)
    with (folder / "index.sense").open(encoding="ascii") as lines:
        for line in lines:
            key, place, number, tagged = line.split()
            word, _, rest = key.partition("%")
            counted = int(tagged) + _UNTAGGED / int(number)
            uses[word, (_PARTS[rest[0]], place)] = counted
            totals[word] += counted
    return {(word, sense): counted / totals[word] for (word, sense), counted in uses.items()}


def _pairs(
    synsets: Mapping[Sense, _Synset], shares: Mapping[tuple[str, Sense], float]
) -> Iterator[tuple[str, str, float]]:
    """Yield two words and how near they are, for each pair of senses that are one or point to one another."""

    def near(one: str, sense: Sense, other: str, target: Sense) -> float:
        return sqrt(shares.get((one, sense), 0.0) * shares.get((other, target), 0.0))

    for sense, synset in synsets.items():
        for one in synset.words:
            yield from ((one, other, near(one, sense, other, sense)) for other in synset.words if other != one)
        for symbol, target, here, there in synset.pointers:
            others = synsets[target].words if target in synsets else ()
            if symbol in _NEARNESS and not here:
                for one in synset.words:
                    yield from ((one, b, _NEARNESS[symbol] * near(one, sense, b, target)) for b in others)
            elif symbol in _DERIVED and here:
                one = synset.words[here - 1]
                for number, other in enumerate(others, start=1):
                    yield one, other, near(one, sense, other, target) * (1.0 if number == there else _OF_DERIVED)
