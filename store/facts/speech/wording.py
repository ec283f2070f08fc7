"""A noun phrase taken apart: its noun, what describes it, whose it is, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.model import Entity, Kind
from store.facts.speech.heard import Heard, country_of_place, country_of_word
from store.facts.speech.phrases import Line, Phrase, Token

LISTS = ("person_nouns.txt", "group_nouns.txt", "body_nouns.txt", "paper_nouns.txt")
_ARTICLES = ("both the ", "the ", "a ", "an ", "his ", "her ", "its ", "their ")


@dataclass(frozen=True, slots=True)
class Worded:
    """One phrase of a sentence, with what has been heard before it."""

    line: Line
    phrase: Phrase
    until: int  # the last token that hangs on the phrase
    heard: Heard

    @property
    def first(self) -> Token:
        """Its first word: an article, a possessive, a number, or a bare noun."""
        return self.line.tokens[self.phrase.first]

    @property
    def head_at(self) -> int:
        """Where its noun stands: the last word, or the one before "briefed", "living", "familiar"."""
        at = self.phrase.last
        if self.line.tokens[at].low.startswith("ex-"):
            return at
        while (
            not any(self.line.tokens[at].low in word_set(name) for name in LISTS)
            and at > self.phrase.first
            and _trails(self.line.tokens[at])
        ):
            at -= 1
        return at if any(self.line.tokens[at].low in word_set(name) for name in LISTS) else self.phrase.last

    @property
    def head(self) -> str:
        """Its noun, in lower case, without the "ex-" of "the ex-minister"."""
        return self.line.tokens[self.head_at].low.removeprefix("ex-")

    @property
    def modifiers(self) -> list[Token]:
        """What stands before the noun, articles left out."""
        words = self.line.tokens[self.phrase.first : self.head_at]
        return [t for t in words if t.low not in word_class("determiner") | word_class("possessive")]

    def names(self) -> list[tuple[Entity, int, int]]:
        """Return the names in it."""
        return self.line.names_in(self.phrase.first, self.phrase.last)

    @property
    def telling(self) -> set[str]:
        """The modifiers that tell which one is meant, names and peoples left out: "defence" in "defence minister"."""
        named = {i for _, at, end in self.names() for i in range(at, end + 1)}
        return {
            t.low
            for i, t in enumerate(self.line.tokens[self.phrase.first : self.head_at], self.phrase.first)
            if i not in named
            and t.low not in word_class("determiner") | word_class("possessive")
            and not t.owning
            and country_of_word(t.text, self.heard) is None
        }

    @property
    def is_definite(self) -> bool:
        """Tell whether it points at somebody known: "the", "its", "Chad's", a bare capital."""
        if self.first.low in {"a", "an", "another", "one"} or self.first.is_number:
            return False
        words = self.line.tokens[self.phrase.first : self.head_at + 1]
        return (
            self.first.low in {"the", *word_class("possessive")}
            or self.first.is_capital
            or any(t.owning for t in words)
        )

    @property
    def is_capital(self) -> bool:
        """Tell whether its noun is printed with a capital that is not the sentence's: "the Forum"."""
        return self.line.tokens[self.head_at].is_capital and self.head_at > 0

    @property
    def owners(self) -> set[str]:
        """The words that it belongs to and that are no names: "commission" of "the commission's head"."""
        words = self.line.tokens[self.phrase.first : self.head_at]
        named = {i for _, at, end in self.names() for i in range(at, end + 1)}
        return {t.low for i, t in enumerate(words, self.phrase.first) if t.owning and i not in named}

    def countries(self) -> list[str]:
        """Return the countries that its names and adjectives belong to, in order."""
        found: list[str] = []
        for index in range(self.phrase.first, self.phrase.last + 1):
            name = self.line.named.get(index)
            token = self.line.tokens[index]
            country = (
                country_of_place(name[0], self.heard)
                if name and name[0].kind is Kind.PLACE
                else country_of_word(token.text.removesuffix("'s").removesuffix("’s"), self.heard)
            )
            if country:
                found.append(country)
        return found

    def bodies(self) -> list[tuple[Entity, int, int]]:
        """Return the bodies named in it; of an owner's words none that goes on behind: "the governor's | office"."""
        named = self.line.names_in(self.phrase.first, self.phrase.last, Kind.ORG)
        owns = self.line.tokens[self.phrase.last].owning
        return [one for one in named if not owns or self.line.named[one[1]][1] <= self.phrase.last]

    def behind(self) -> Token | None:
        """Return the token after the phrase."""
        at = self.phrase.last + 1
        return self.line.tokens[at] if at < len(self.line.tokens) else None

    @property
    def printed(self) -> str:
        """The phrase as printed, white space evened out."""
        return self._between(self.phrase.first, self.phrase.last)

    @property
    def whole(self) -> str:
        """The phrase with what hangs on it."""
        return self._between(self.phrase.first, self.until)

    def _between(self, first: int, last: int) -> str:
        tokens = self.line.tokens
        return " ".join(self.heard.text[tokens[first].start : tokens[last].end].split()).rstrip(",;:")


def _trails(token: Token) -> bool:
    return token.low.endswith(("ed", "ing")) or token.low in word_class("trailing")


def bare(printed: str) -> str:
    """Return a description without its article and the ending of "the operator's"."""
    printed = printed.removesuffix("'s").removesuffix("’s")
    low = printed.lower()
    for article in _ARTICLES:
        if low.startswith(article):
            return printed[len(article) :]
    return printed
