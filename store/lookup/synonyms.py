"""Words that may stand for one another, from the lexicon that editors can extend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from store.facts.comparing.concepts import EVENT_KINDS
from store.facts.lexicon import lines, table
from store.facts.words import FUNCTION_WORDS, placed_stems, stem

_FILE = "synonyms.tsv"
_ONE_WAY = "asked_words.tsv"  # what is asked, and what is printed for it
_LONGEST = 4  # words of a phrase
# Function words that make another word of the one before them: "step down" is no step.
_PARTICLES = frozenset(
    """
    about after again at away back by down for get got how in into let off on out over own through to under up with
    """.split()  # noqa: SIM905 - a list of words reads as words
)
# Verbs that mean nothing of their own in a phrase: "take over" says "seize", but a sentence with "took" seldom does.
_LIGHT = frozenset(
    map(
        stem,
        """
        back break broke broken bring brought call came carry come cut fall fell fallen gave give given go goes gone
        have held hold keep kept let look made make put ran run send sent set stand stood take taken took turn went
        """.split(),  # noqa: SIM905 - a list of words reads as words
    )
)


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Groups of words by the stems that lead to them; a group's own stems are read when it is asked for."""

    groups: Sequence[str]  # each words and phrases separated by commas
    words: dict[str, list[int]]  # a single word's stem -> which groups it is in
    phrases: dict[tuple[str, ...], list[int]]  # the stems of two words or more -> which groups

    def of_word(self, term: str) -> frozenset[str]:
        """Return the stems that may stand for *term*; empty when it is in no group."""
        return self.meant(self.words.get(term, ())) - {term}

    def lent_to(self, term: str) -> dict[str, frozenset[str]]:
        """Return those of the stems that may stand for *term* which do so beside a particle only, with its particles.

        "Step" stands for "resign" where "down" or "aside" follows it.
        """
        lent: dict[str, frozenset[str]] = {}
        own: set[str] = set()
        for number in self.words.get(term, ()):
            own |= {key[0] for key in map(_key, self.groups[number].split(",")) if len(key) == 1}
            for word, particles in _lent(self.groups[number]):
                lent[word] = lent.get(word, frozenset()) | particles
        return {word: particles for word, particles in lent.items() if word not in own}

    def of_phrases(self, terms: Sequence[str]) -> list[tuple[range, frozenset[str]]]:
        """Return which phrases there are among *terms*, the stems of `phrase_stems`, and what may stand for each."""
        return [
            (places, self.meant(numbers).difference(terms[places.start : places.stop]))
            for places, numbers in self.phrases_among(terms)
        ]

    def phrases_among(self, terms: Sequence[str]) -> list[tuple[range, Sequence[int]]]:
        """Return the phrases among *terms*: which they are, and the groups they are in.

        Of phrases that begin with one word the longest counts.
        """
        found: list[tuple[range, Sequence[int]]] = []
        for at in range(len(terms)):
            ends = range(min(at + _LONGEST, len(terms)), at + 1, -1)
            end = next((end for end in ends if tuple(terms[at:end]) in self.phrases), None)
            if end is not None:
                found.append((range(at, end), self.phrases[tuple(terms[at:end])]))
        return found

    def worn_words(self, terms: Sequence[str]) -> frozenset[str]:
        """Return the verbs of all work that mean nothing alone in a phrase among *terms*: the "put" of "put up"."""
        return frozenset(terms[place] for places, _ in self.phrases_among(terms) for place in places) & _LIGHT

    def meant(self, numbers: Iterable[int]) -> frozenset[str]:
        """Return the stems that any word of the groups *numbers* leads to."""
        return frozenset().union(*(_stand_ins(self.groups[number]) for number in numbers))


def phrase_stems(text: str) -> tuple[str, ...]:
    """Return the stems of *text* that tell one phrase from another: its telling words and its particles.

    "Stepped down" has two, "laid down their arms" three.
    """
    return tuple(term for token, term in placed_stems(text) if _tells_phrase(token.text))


@cache
def load_concepts() -> Thesaurus:
    """Return the words that outlets use for one counted thing: nearer to one another than synonyms are."""
    rows = table("concepts.tsv")
    return read_thesaurus([words for _, kind, words, *_ in rows if kind in EVENT_KINDS])


@cache
def load_thesaurus() -> Thesaurus:
    """Return the thesaurus of the lexicon files and of what countries and their people are called, read once."""
    countries = [",".join((row[0], *row[2:])) for row in table("countries.tsv")]
    return read_thesaurus([*lines(_FILE), *countries], table(_ONE_WAY))


def read_thesaurus(groups: Sequence[str], one_way: Sequence[Sequence[str]] = ()) -> Thesaurus:
    """Return the thesaurus of *groups*, each words and phrases separated by commas.

    The rows *one_way* have two columns of such: the words of the first lead to all of the row, those of the second to
    none.
    """
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, asked in enumerate([*groups, *(row[0] for row in one_way)]):
        for member in asked.split(","):
            numbers[member].append(number)
    words: dict[str, list[int]] = {}
    phrases: dict[tuple[str, ...], list[int]] = {}
    for member, found in numbers.items():  # each is stemmed once, in however many groups it is
        key = _key(member)
        if len(key) == 1:
            words.setdefault(key[0], []).extend(found)
        elif key:
            phrases.setdefault(key, []).extend(found)
    return Thesaurus([*groups, *map(",".join, one_way)], words, phrases)


@lru_cache(maxsize=1024)
def _stand_ins(group: str) -> frozenset[str]:
    """Return the stems that any word or phrase of *group* leads to.

    They are its single words, and the word of a phrase that has only one besides its particles ("step down" lends its
    "step" to "resign"), unless that is a verb of all work.
    """
    alone = [key[0] for member in group.split(",") if len(key := _key(member)) == 1]
    return frozenset(alone).union(word for word, _ in _lent(group))


def _lent(group: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the words that phrases of *group* lend, each with the particles of its phrase."""
    for member in group.split(","):
        key = _key(member)
        word = _only_telling(key) if len(key) > 1 else None
        if word and word not in _LIGHT:
            yield word, frozenset(key) - {word}


def _tells_phrase(word: str) -> bool:
    return word not in FUNCTION_WORDS or word in _PARTICLES


def _key(member: str) -> tuple[str, ...]:
    """Return the stems that a word or phrase of a group is found by; none when too little of a phrase tells it.

    "Not guilty" would else be read as "guilty". Nearly all are plain letters and no abbreviation, for which cutting at
    the blanks does what the tokeniser would.
    """
    if (member.islower() or member.istitle()) and member.isascii() and member.replace(" ", "").isalpha():
        key = tuple([stem(word) for word in member.lower().split() if _tells_phrase(word)])
    else:
        key = phrase_stems(member)
    return () if len(key) == 1 and " " in member.strip() else key


def _only_telling(key: Sequence[str]) -> str | None:
    """Return the one word of a phrase that is no particle; None when there are more, or none."""
    telling = [term for term in key if term not in _PARTICLES]
    return telling[0] if len(telling) == 1 else None
