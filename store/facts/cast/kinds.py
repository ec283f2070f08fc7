"""The kind of a body before its name: "Chipmaker Corvus", "the charity Clean Wells", "rights group Open Door".

Many of these nouns are a person's trade too. "Brewer Ann Holt" is somebody, "Brewer Old Mill" a firm: the first word of
the name decides, then the words that follow it, then the length of the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from store.facts.cast.names import Token, not_names, org_heads, particles
from store.facts.cast.vocabulary import (
    body_words,
    company_forms,
    firm_nouns,
    peopled,
    person_nouns,
    speech_verbs,
    title_sort,
)
from store.facts.english import is_english
from store.facts.lexicon import lines, table
from store.facts.numbers.word_classes import word_class

_OF_PEOPLE = frozenset({"he", "she", "his", "her", "who", "whose", "himself", "herself"})
_OF_BODIES = frozenset({"it", "its", "which", "itself"})
# Said of a person or of a body alike; before a name that begins a sentence they are no part of it: "Rival Corvus".
_OF_EITHER = frozenset(
    {"rival", "sponsor", "partner", "parent", "buyer", "owner", "employer", "opponent", "contender", "backer", "donor"}
    | {"bidder", "creditor", "shareholder", "investor", "co-owner", "landlord"}
)
_OF_COUNTRIES = frozenset({"rival", "partner", "opponent", "contender", "donor", "creditor"})
_ARTICLES = frozenset({"a", "an", "the"})
_APPOSITION_ENDS = frozenset({"of", "for", "from", "in", "on", "at", "by", "with", "who", "which", "that", "and"})
_LONGEST_APPOSITION = 6  # words behind the article of ", a trucking firm"
_LOOKS_AHEAD = 12  # words behind a name in which "he" or "it" tells what it is
# What several bodies of a kind make together, and who watches over them: the kind is part of the name.
_JOINT = frozenset(
    {"association", "council", "commission", "union", "federation", "authority", "board", "guild", "forum", "alliance"}
    | {"agency"}
)
_JOINING = frozenset({"of", "for", "and", "&"})
MONTHS_TOO = word_class("surname_months")


@cache
def _kinds() -> dict[str, bool]:
    """Return noun -> whether it is a person's trade too, of `body_kinds.tsv`."""
    return {row[0]: len(row) > 1 for row in table("body_kinds.tsv")}


@cache
def _given_names() -> frozenset[str]:
    return frozenset(lines("given_names.txt"))


def is_given_name(word: str) -> bool:
    """Tell whether *word*, as printed, is a given name of the list."""
    return word in _given_names()


def makes_name(tokens: Sequence[Token]) -> bool:
    """Tell two to five words that may be a person's name: "Ana de la Cruz", "Ken May", but not "Early May"."""
    if not 2 <= len(tokens) <= 5:
        return False
    ends_in_month = tokens[-1].low in MONTHS_TOO and is_given_name(tokens[0].text)
    return all(_is_name_word(token) for token in (tokens[:-1] if ends_in_month else tokens))


def _is_name_word(token: Token) -> bool:
    return token.low in particles() or (token.capital and token.low not in not_names() and not token.text[-1].isdigit())


def has_given_name(words: Sequence[str]) -> bool:
    """Tell a name of several words that begins with a given name, or with an initial: "Ann Holt", "A. B. Holt"."""
    return len(words) > 1 and (words[0] in _given_names() or (len(words[0].rstrip(".")) == 1 and words[1] != "&"))


def kind_noun(before: Sequence[Token]) -> str | None:
    """Return the noun in small letters right before a name that tells a body: "charity", "think tank"."""
    if not before or before[-1].capital or before[-1].owns:
        return None
    if before[-1].low == "tank" and len(before) > 1 and before[-2].low == "think":
        return "think tank"
    return before[-1].low if before[-1].low in firm_nouns() else None


def is_trade(noun: str) -> bool:
    """Tell a noun that is said of persons too: "brewer", but not "airline"."""
    if noun in _OF_EITHER:
        return True
    last = noun.rpartition("-")[2]  # "co-founder"
    return _kinds().get(noun, False) or last in person_nouns() or noun.endswith("-in-chief")


def without_kind(tokens: Sequence[Token], behind: Sequence[Token]) -> tuple[list[Token], str | None]:
    """Take the kind of a body off the name behind it: "Airline Meridia", where the noun begins the sentence.

    *behind* is what follows the name. The noun stays where it is part of the name ("Charity Commission", "Airline
    Pilots Association"), where an office follows and where the name is a person's. Returns the noun that was taken,
    None also for "rival" and the like where nothing else tells a body.
    """
    first = tokens[0] if len(tokens) > 1 else None
    if first is None or not first.opens or first.owns or first.low not in _kinds().keys() | _OF_EITHER:
        return list(tokens), None
    rest = list(tokens[1:])
    opening = rest[0].low
    is_joint = rest[-1].low in _JOINT or opening in org_heads()  # "Charity Commission", "Airline Safety Board"
    is_of_people = opening in peopled() | person_nouns() or opening.removesuffix("s") in person_nouns()
    if is_joint or is_of_people or opening in _JOINING:
        return list(tokens), None
    if is_trade(first.low) and names_person(rest, behind):
        return list(tokens), None
    return rest, first.low if first.low in _kinds() or _tells_body(first.low, rest, behind) else None


def _tells_body(noun: str, name: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Tell a body by a word of its name or by what is said of it: "Backer Lindqvist Capital", "Sponsor Ardent ... it".

    A "rival" that is "it" may be a country.
    """
    lows = [token.low.rstrip(".") for token in name]
    if is_described_as_body(behind) or any(low in body_words() | org_heads() | company_forms() for low in lows[1:]):
        return True
    told = next((t.low for t in behind[:_LOOKS_AHEAD] if t.low in _OF_PEOPLE | _OF_BODIES), None)
    return told in _OF_BODIES and noun not in _OF_COUNTRIES


def names_person(name: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Tell whether a name behind a noun that is a trade and a firm's kind ("brewer") is a person's."""
    lows = [token.low.rstrip(".") for token in name]
    if is_described_as_body(behind):
        return False
    if title_sort(name[0].text) or has_given_name([token.text for token in name]):
        return True
    if "&" in lows or any(low in body_words() | org_heads() | company_forms() for low in lows[1:]):
        return False
    told = next((t.low for t in behind[:_LOOKS_AHEAD] if t.low in _OF_PEOPLE | _OF_BODIES), None)
    if told:
        return told in _OF_PEOPLE
    return len(name) > 1 and not is_english(lows[0])


def is_described_as_body(behind: Sequence[Token]) -> bool:
    """Tell "Blue Coast, a charity," by what follows the name."""
    has_article = len(behind) > 2 and behind[0].text == "," and behind[1].low in _ARTICLES
    return has_article and head_of_apposition(behind[2 : 2 + _LONGEST_APPOSITION]) in firm_nouns()


def head_of_apposition(after: Sequence[Token]) -> str:
    """Return the noun of ", the union's general secretary," in small letters; empty when there is none."""
    head = ""
    for token in after:
        ends = token.low in _APPOSITION_ENDS or token.low in _ARTICLES or token.low in speech_verbs()
        if ends or not token.text[0].isalnum():
            break
        head = "" if token.owns else token.low
    return head
