"""The word lists by which names are told: titles, trades, place nouns, what countries and companies have."""

from __future__ import annotations

from functools import cache

from store.facts.cast.names import Token, not_names
from store.facts.lexicon import lines, table


@cache
def titles() -> dict[str, tuple[str, str | None]]:
    """Return word -> (sort, gender) of `titles.tsv`."""
    found: dict[str, tuple[str, str | None]] = {}
    for row in table("titles.tsv"):
        found.setdefault(row[0], (row[1], row[2] if len(row) > 2 else None))
    return found


@cache
def gendered_nouns() -> dict[str, str]:
    """Return noun -> "f" or "m": "wife", "husband"."""
    return {row[0]: row[1] for row in table("gendered_nouns.tsv")}


@cache
def place_nouns() -> dict[str, bool]:
    """Return noun -> whether a place's name is the same without it, of `place_nouns.tsv`."""
    return {row[0]: len(row) > 1 for row in table("place_nouns.tsv")}


@cache
def country_nouns() -> dict[str, bool]:
    """Return what stands after "Ruritania's" -> whether only a country has it, of `country_nouns.tsv`."""
    return {row[0]: len(row) > 1 for row in table("country_nouns.tsv")}


@cache
def person_nouns() -> frozenset[str]:
    """Trades and offices in small letters: "driver", "official"."""
    return frozenset(lines("person_nouns.txt")) | {word for word, (sort, _) in titles().items() if sort != "part"}


@cache
def speech_verbs() -> frozenset[str]:
    """Verbs beside which a name is somebody who speaks."""
    return frozenset({"said", "says", "told", "added", "tweeted", "wrote", "warned", "insisted", "argued", "recalled"})


@cache
def thing_words() -> frozenset[str]:
    """What a name names that is neither person, body nor place: "the ferry Ysolde"."""
    return frozenset(lines("thing_words.txt")) | crafts()


@cache
def crafts() -> frozenset[str]:
    """Ships, aircraft and the like, in small letters: "ferry", "airliner"."""
    return frozenset(lines("crafts.txt"))


@cache
def body_words() -> frozenset[str]:
    return frozenset(lines("body_words.txt"))


@cache
def body_heads() -> frozenset[str]:
    """Nouns of bodies in small letters: "agency", "committee"."""
    return frozenset(lines("body_heads.txt"))


@cache
def company_belongings() -> frozenset[str]:
    return frozenset(lines("company_belongings.txt"))


@cache
def firm_nouns() -> frozenset[str]:
    return frozenset(lines("firm_nouns.txt"))


@cache
def peopled() -> frozenset[str]:
    """Those who belong to a country: "citizens of", "residents of"."""
    return frozenset(lines("group_nouns.txt")) | {
        "citizens",
        "nationals",
        "natives",
        "inhabitants",
        "republic",
        "kingdom",
        "emirate",
        "sultanate",
        "principality",
        "duchy",
    }


@cache
def company_forms() -> frozenset[str]:
    """Words, in small letters, that end a company's name: "plc", "corp"."""
    return frozenset(lines("company_forms.txt"))


@cache
def compound_tails() -> frozenset[str]:
    """Last parts of compounds that are no name: the "based" of "Paris-based"."""
    return frozenset(lines("compound_tails.txt"))


@cache
def place_openings() -> frozenset[str]:
    """First words that many place names have: "Port", "San", "North"."""
    return frozenset(lines("place_openings.txt"))


@cache
def place_generics() -> frozenset[str]:
    """First words that make a name a place's in other languages: "Villa", "Wadi"; in small letters."""
    return frozenset(lines("place_generics.txt"))


def title_sort(word: str) -> str | None:
    """Return whether a word is an "honorific", a "rank", an "office" or "part" of a title; None for other words."""
    known = titles().get(word.lower().rstrip("."))
    return known[0] if known else None


def describes(token: Token) -> bool:
    """Tell a small word that can describe the noun after it: "foreign" before "minister", not "of" or "said"."""
    return (
        token.text[0].isalpha()
        and not token.capital
        and not token.owns
        and (token.low in titles() or token.low not in not_names())
        and token.low not in speech_verbs()
    )
