"""What kind of answer a question wants, from its own words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise

from store.facts.lexicon import word_set
from store.facts.numbers.counted import is_past
from store.facts.words import stem, tokens
from store.lookup.slips import slips_of


class Want(StrEnum):
    """What a sentence must hold to answer."""

    PERSON = "person"
    TIME = "time"
    PLACE = "place"
    COUNT = "count"  # how many
    AMOUNT = "amount"  # how much, how long, how far, how old
    SHARE = "share"  # what percentage
    CAUSE = "cause"
    NAME = "name"  # which, what is the name of
    YES_NO = "yes_no"
    THING = "thing"  # what, and everything else


_TIMES = frozenset({"year", "date", "day", "month", "century", "decade", "time", "season", "week", "period", "era"})
_PLACES = frozenset(
    {
        "city", "country", "place", "state", "region", "town", "village", "continent", "location", "area", "district",
        "province", "county", "nation", "island", "street", "capital", "border", "river", "site", "territory",
    }
)  # fmt: skip
_PERSONS = frozenset(
    {
        "person", "president", "minister", "man", "woman", "leader", "official", "general", "commander", "king",
        "queen", "author", "actor", "actress", "singer", "player", "writer", "emperor", "pope", "architect", "artist",
        "scientist", "politician", "spokesman", "spokeswoman", "director", "founder", "composer", "philosopher",
        "governor", "mayor",
    }
)  # fmt: skip
_COUNTS = frozenset({"number", "toll", "total", "population", "size", "tally"})
_COUNTED_ABOUT = frozenset({("number", "of"), ("how", "many")})
_CAUSES = frozenset({"reason", "cause", "explanation", "excuse", "motive", "pretext", "justification"})
_SUMS = frozenset(  # "total damage"
    {
        "bail", "bill", "budget", "compensation", "cost", "damage", "debt", "fare", "fine", "loss", "payout", "price",
        "ransom", "salary",
    }
)  # fmt: skip
_PARTS = frozenset({"percent", "percentage", "share", "proportion", "fraction"})
_SHARES = _PARTS | {"rate"}
_RATES = frozenset({"turnout", "inflation", "unemployment"})  # told as a share
_LENGTHS = frozenset({"amount", "distance", "length", "height", "width", "age", "temperature", "depth", "weight"})
_AMOUNTS = _LENGTHS | {"price", "cost", "value", "worth"}
# Adjectives after "how" that ask for an amount.
MEASURES = frozenset(
    {"much", "long", "far", "old", "tall", "big", "large", "high", "often", "fast", "deep", "wide", "heavy", "close"}
)
# Auxiliaries of questions, by what comes with them: "did he go", "has he gone", "is he there".
DOING = frozenset({"did", "does", "do", "will", "would", "can", "could", "should"})
HAVING, BEING = frozenset({"has", "have", "had"}), frozenset({"is", "are", "was", "were"})
_DOES = DOING | HAVING
_DENIED = {word + "nt": word for word in DOING | HAVING | BEING} | {"wont": "will", "cant": "can"}
# Words after which "who" asks, elsewhere than at the start; after a noun it only tells of it: "people who fled".
_BEFORE_WHO = frozenset("and or but to by from with of for on about is was are were know tell me say said".split())  # noqa: SIM905
_NAMED_KINDS = frozenset({Want.TIME, Want.PLACE, Want.PERSON})
_SHORTEST_KIND_SLIP = 4  # letters of a word that may be a slip of one that tells what is wanted
_SHORTEST_SLIP = 5  # letters of a word that may be a slip of another
_LOOK_AHEAD = 4  # words after "what" or "which" among which the noun that names the kind stands


_ASKED_BY = {
    "who": Want.PERSON, "whom": Want.PERSON, "whose": Want.PERSON,
    "when": Want.TIME, "where": Want.PLACE, "why": Want.CAUSE,
}  # fmt: skip


_KIND_NOUNS = sorted({*_CAUSES, *_TIMES, *_PLACES, *_PERSONS, *_COUNTS, *_SHARES, *_RATES, *_AMOUNTS})


def wanted(words: Sequence[str]) -> Want:
    """Return what the question made of folded *words* wants; THING when nothing tells."""
    return _wanted_by_word(words) or _wanted_bare(words)


def _wanted_by_word(words: Sequence[str]) -> Want | None:
    """Return what the first word that asks, "who", "how", "which", makes the question want; None without one."""
    for at, word in enumerate(words):
        after = words[at + 1 : at + 1 + _LOOK_AHEAD]
        if word == "who" and at and words[at - 1] not in _BEFORE_WHO:
            continue
        if word in _ASKED_BY:
            return _ASKED_BY[word]
        if word == "how":
            return _wanted_how(after)
        if word == "what" and after[:1] and without_not(after[0]) in _DOES:
            # "What did the state pay": no noun behind it tells the kind, but for "say about the number of those held".
            is_count = any(pair in _COUNTED_ABOUT for pair in pairwise(words[at:]))
            return Want.COUNT if is_count else Want.THING
        if word in {"what", "which"}:
            return _wanted_noun(after, named=word == "which" or "name" in after or "called" in words)
    return None


def _wanted_bare(words: Sequence[str]) -> Want:
    """Return what a question without a question word wants: "did it rain", "inauguration date", "toll of the flood"."""
    if words and without_not(words[0]) in _DOES | BEING:
        return Want.YES_NO
    if "date" in words:
        return Want.TIME
    # "Latest on the border" asks for no place, "official number" for nobody: without "which", only words like "toll"
    # say what is wanted.
    kinds = _kinds_by_stem()
    return _wanted_noun([word for word in words if kinds.get(stem(word)) not in _NAMED_KINDS], named=False)


def without_not(word: str) -> str:
    """Return the auxiliary that folded *word* denies: the "is" of "isn't", the "will" of "won't"; else itself."""
    return _DENIED.get(word, word)


def asking_words(text: str) -> list[str]:
    """Return the folded words of a question, the nouns that tell what is wanted spelt right ("what yera").

    Slips of question words were mended when it was written out. A word with a capital, but for the first, is a name.
    """
    found = tokens(text)
    return [
        token.text if at and text[token.start].isupper() else _kind_meant(token.text) for at, token in enumerate(found)
    ]


@cache
def _kind_meant(word: str) -> str:
    """Return the noun that tells what is wanted which *word* is a slip of, the first of several; else itself.

    "Yera" is a slip of "year" and of "era", and either asks for a time.
    """
    return next(iter(slips_of(word, _KIND_NOUNS, shortest=_SHORTEST_KIND_SLIP)), word)


def is_light(word: str) -> bool:
    """Tell whether a word of a question says little about the answer: "people", "happened", "actualy"."""
    plain, light = word.casefold(), word_set("light_words.txt")
    return plain in light or bool(slips_of(plain, light, shortest=_SHORTEST_SLIP))


def tells_kind(word: str) -> bool:
    """Tell whether *word* is a noun that tells what kind of answer is wanted: "number", "date", "price"."""
    return stem(word) in _kinds_by_stem() and word not in _RATES


def names_kind(word: str, want: Want) -> bool:
    """Tell whether *word* only names the kind of answer that is wanted: the cities of "which cities", "how tall"."""
    nouns = {
        Want.TIME: _TIMES, Want.PLACE: _PLACES, Want.AMOUNT: _LENGTHS | MEASURES, Want.SHARE: _PARTS,
        Want.CAUSE: _CAUSES,
    }.get(want, frozenset())  # fmt: skip
    plain = word.casefold()
    return any(form in nouns for form in (plain, plain.removesuffix("s"), plain.removesuffix("ies") + "y"))


def is_length(word: str) -> bool:
    """Tell whether *word* names what is measured: "height", "distance", "age"."""
    return word in _LENGTHS


def is_sum(word: str) -> bool:
    """Tell whether *word* names a sum of money: "price", "fine", "wages"."""
    return stem(word) in _sum_stems()


def is_past_verb(word: str) -> bool:
    """Tell whether *word* is a verb of the past: "crossed", "fled"; slips of one count by their ending."""
    plain = word.casefold()
    return is_past(plain) or is_past(plain.removeprefix("re"))  # "rebuilt", "retook"


def _wanted_how(after: Sequence[str]) -> Want:
    if after and after[0] == "many":
        return Want.COUNT
    if after and after[0] in MEASURES:
        return Want.AMOUNT
    return Want.THING


def _wanted_noun(after: Sequence[str], *, named: bool) -> Want:
    kinds = _kinds_by_stem()
    after = [word for word in after if word != "shares"]  # of a company
    if any(map(is_sum, after)):
        return Want.AMOUNT
    found = next((kinds[term] for word in after if (term := stem(word)) in kinds), None)
    if found is None and "figure" in after:  # the "figures" of public life are people
        return Want.COUNT
    return found or (Want.NAME if named else Want.THING)


@cache
def _sum_stems() -> frozenset[str]:
    return frozenset(map(stem, _SUMS))


@cache
def _kinds_by_stem() -> dict[str, Want]:
    """Return which kind of answer each noun tells, by stem, so that "cities" tells what "city" does."""
    nouns = (
        (_CAUSES, Want.CAUSE), (_SHARES | _RATES, Want.SHARE), (_COUNTS, Want.COUNT), (_AMOUNTS, Want.AMOUNT),
        (_TIMES, Want.TIME), (_PLACES, Want.PLACE), (_PERSONS, Want.PERSON),
    )  # fmt: skip
    return {stem(word): want for words, want in reversed(nouns) for word in words}
