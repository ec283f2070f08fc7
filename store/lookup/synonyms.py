"""Words that may stand for one another, from the lexicon that editors can extend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from store.facts.lexicon import lines, table
from store.facts.words import stems, telling_stems

_FILE = "synonyms.tsv"
_CLOSE_KINDS = frozenset({"toll", "state", "event"})


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Groups of stems by the words that lead to them."""

    words: dict[str, frozenset[str]]  # a single word's stem -> the other single words of its groups
    phrases: dict[tuple[str, ...], frozenset[str]]  # two words or more -> the single words of their groups

    def of_word(self, term: str) -> frozenset[str]:
        """Return the stems that may stand for *term*; empty when it is in no group."""
        return self.words.get(term, frozenset())

    def of_phrases(self, terms: Sequence[str]) -> list[tuple[range, frozenset[str]]]:
        """Return the phrases among *terms*: which of them they are, and what may stand for them."""
        found = []
        for at in range(len(terms)):
            for length in (4, 3, 2):
                meant = self.phrases.get(tuple(terms[at : at + length]))
                if meant and at + length <= len(terms):
                    found.append((range(at, at + length), meant))
                    break
        return found


@cache
def load_concepts() -> Thesaurus:
    """Return the words that outlets use for one counted thing: nearer to one another than synonyms are."""
    rows = table("concepts.tsv")
    return read_thesaurus([words for _, kind, words, *_ in rows if kind in _CLOSE_KINDS])


@cache
def load_thesaurus() -> Thesaurus:
    """Return the thesaurus of the lexicon file and of what countries and their people are called, read once."""
    countries = [",".join((row[0], *row[2:])) for row in table("countries.tsv")]
    return read_thesaurus([*lines(_FILE), *countries])


def read_thesaurus(groups: Sequence[str]) -> Thesaurus:
    """Return the thesaurus of *groups*, each words and phrases separated by commas."""
    words: dict[str, set[str]] = {}
    phrases: dict[tuple[str, ...], set[str]] = {}
    for group in groups:
        members = [telling_stems(member) or stems(member) for member in group.split(",") if member.strip()]
        single = {member[0] for member in members if len(member) == 1}
        for member in members:
            if len(member) == 1:
                words.setdefault(member[0], set()).update(single - {member[0]})
            else:
                phrases.setdefault(member, set()).update(single - set(member))
    return Thesaurus(
        {term: frozenset(others) for term, others in words.items()},
        {phrase: frozenset(others) for phrase, others in phrases.items()},
    )
