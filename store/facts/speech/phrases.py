"""The words of a sentence and its noun phrases, without a tagger: closed word classes and the names of the cast.

Good enough to find who stands before or after a verb of speech, which is all that is asked of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.model import Cast, Entity, Kind, Span
from store.facts.numbers.counted import is_past

# Every repetition takes characters that what follows it cannot begin with: the time is linear in the text.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.N.
    r"|\d+(?:[.,:]\d+)*(?:-\w+)*(?:['’]s\b)?"  # 4,500  52-year-old
    r"|[^\W\d_]\w*(?:[-'’.](?=\w)\w+)*['’]?"  # Tar-i-Bagh  minister's  ministers'
    r"|\([A-Z](?:-[A-Z]\w*(?:\.\w+)*)?\.?\)"  # (R)  (D-Utah)  (R-S.C.)
    r"|\S"
)
_BREAKS = frozenset(",;:()[]-–—…|/")
QUOTES = frozenset('"“”„«»‘`')
SHORTENED = frozenset({"he", "she", "it"})  # behind these an "'s" is "is" or "has" and owns nothing
_DAYS = frozenset({"today", "yesterday", "tomorrow", "tonight"})
_ACTING = ("person_nouns.txt", "group_nouns.txt", "body_nouns.txt")
_ABBREVIATED = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "st", "gen", "col", "sen", "rep", "gov", "lt", "sgt", "rev", "maj", "adm", "capt"}
    | {"brig", "cmdr", "cpl", "hon", "supt", "insp"}
)
NUMBER_WORDS = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen", "hundred"}
    | {"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty"}
    | {"fifty", "sixty", "seventy", "eighty", "ninety", "thousand", "million", "billion"}
)
_UNITS = ("-one", "-two", "-three", "-four", "-five", "-six", "-seven", "-eight", "-nine")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark of a sentence, with its place in the whole text."""

    text: str
    low: str  # lower case, straight apostrophe, no possessive ending
    start: int
    end: int
    quoted: bool  # stands inside quotation marks
    owning: bool  # carried a possessive ending: "Altyn's", "ministers'"
    is_mark: bool  # a comma, a bracket, a quotation mark: anything that is no word and no number
    is_break: bool  # a mark or a quoted word that a noun phrase does not run across
    is_capital: bool  # begins with a capital letter

    @property
    def is_number(self) -> bool:
        """A figure, or a number in words from two on ("one" is too often a pronoun): "seven", "twenty-two"."""
        low = self.low
        tens = low.partition("-")[0] if low.endswith(_UNITS) else low
        return self.text[0].isdigit() or tens in NUMBER_WORDS


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase without what hangs on it: tokens[first:last + 1]."""

    first: int
    last: int
    after: str | None = None  # the preposition that it hangs on
    is_time: bool = False  # "Tuesday", "last week"


@cache
def _closed() -> frozenset[str]:
    """Words that end a noun phrase."""
    names = ("conjunction", "subordinator", "relative", "auxiliary", "modal", "negation", "adverb")
    return frozenset().union(*(word_class(name) for name in names)) - {"as", "that"}


@cache
def _occasions() -> frozenset[str]:
    """Nouns behind "in a" and "at the" that describe no name after them: "in a letter | Ana Ruiz said"."""
    return word_set("paper_nouns.txt") | word_set("occasions.txt") | word_set("event_nouns.txt") | word_class("reader")


def cut(text: str, start: int, end: int, *, quotes: Sequence[Span] = ()) -> tuple[Token, ...]:
    """Return the tokens of text[start:end]; those inside *quotes* (in order, marks included) are marked as quoted."""
    first = bisect_right(quotes, start, key=lambda quote: quote.end)
    inside = quotes[first : bisect_left(quotes, end, key=lambda quote: quote.start)]
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        printed = match.group()
        if printed[0] == "(" != printed:
            continue  # the party behind a member's name parts neither a subject nor a phrase
        if printed == "." and found and (found[-1].low in _ABBREVIATED or len(found[-1].text) == 1):
            continue
        at = match.start()
        found.append(_token(printed, at, match.end(), quoted=any(q.start <= at < q.end for q in inside)))
    return tuple(found)


def _token(printed: str, start: int, end: int, *, quoted: bool) -> Token:
    low = printed.lower().replace("’", "'")
    owning = low.endswith(("'s", "s'")) and len(low) > 2
    if owning:
        owning = low[:-2] not in SHORTENED
        low = low[:-2] if low.endswith("'s") else low[:-1]
    first = printed[0]
    is_mark = not first.isalnum()
    is_break = quoted or (is_mark and (first in _BREAKS or first in QUOTES))
    return Token(printed, low, start, end, quoted, owning, is_mark, is_break, first.isupper())


class Line:
    """A sentence as tokens, with the names of the cast that stand in it."""

    def __init__(self, tokens: Sequence[Token], cast: Cast) -> None:
        self.tokens = tuple(tokens)
        self.named: dict[int, tuple[Entity, int]] = {}  # index of first token -> entity, index of last token
        if tokens:
            self._place_names(cast)
        self.tokens = tuple(self._unbroken(tokens))
        self.name_ends = frozenset(end for _, end in self.named.values() if not self.tokens[end].owning)

    def _unbroken(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Yield the tokens; a comma inside a name parts nothing: "Ministry of Trade, Industry and Energy"."""
        inside = {i for first, (_, last) in self.named.items() for i in range(first + 1, last)}
        for index, token in enumerate(tokens):
            is_part = token.is_break and index in inside and not token.quoted
            yield replace(token, is_mark=False, is_break=False) if is_part else token

    def _place_names(self, cast: Cast) -> None:
        low, high = self.tokens[0].start, self.tokens[-1].end
        for start, end, entity in cast.mentioned(low, high):
            span = self._indices(start, end)
            if span and (span[0] not in self.named or self.named[span[0]][1] < span[1]):
                self.named[span[0]] = (entity, span[1])
        reached = -1
        for first in sorted(self.named):  # a name inside a longer one does not count: "Open | Drasna"
            if self.named[first][1] <= reached:
                del self.named[first]
            else:
                reached = self.named[first][1]

    def _indices(self, start: int, end: int) -> tuple[int, int] | None:
        first = bisect_right(self.tokens, start, key=lambda token: token.end)
        last = bisect_left(self.tokens, end, key=lambda token: token.start) - 1
        return (first, last) if first <= last else None

    def is_inside_name(self, index: int) -> bool:
        """Tell whether a word of a name stands at *index* that is not its first: "United | States"."""
        return any(first < index <= last for first, (_, last) in self.named.items())

    def is_verb_behind_name(self, index: int) -> bool:
        """Tell whether a name does something at *index*: "the bank of Chad raised"."""
        token = self.tokens[index]
        named = index - 1 in self.name_ends or (index > 1 and self.tokens[index - 1].is_capital)
        return named and not token.is_capital and is_past(token.low)

    def names_in(self, first: int, last: int, kind: Kind | None = None) -> list[tuple[Entity, int, int]]:
        """Return the entities named from token *first* to token *last*, left to right, with their own token span."""
        return [
            (entity, at, min(end, last))
            for at, (entity, end) in sorted(self.named.items())
            if first <= at <= last and (kind is None or entity.kind is kind)
        ]

    def phrases(self, first: int, last: int) -> list[Phrase]:
        """Return the noun phrases from token *first* to token *last*, in order. Quoted words belong to none."""
        return _Chunker(self, last).run(first)


class _Chunker:
    """Walks over the tokens once, opening and closing noun phrases."""

    def __init__(self, line: Line, last: int) -> None:
        self.line, self.last = line, last
        self.found: list[Phrase] = []
        self.first: int | None = None
        self.after: str | None = None

    def run(self, index: int) -> list[Phrase]:
        while index <= self.last:
            index = self._step(index)
        self._close(self.last + 1)
        return self.found

    def _step(self, index: int) -> int:
        """Take the token or the whole name at *index*; return the index to go on with."""
        token = self.line.tokens[index]
        name = self.line.named.get(index)
        if name and not token.quoted and (token.is_capital or self._joins_words(index, name[1])):
            return self._take_name(index, name)
        if token.is_break or token.is_mark or self._ends_phrase(index):
            self._close(index)
            self.after = None
        elif token.low in word_class("preposition") or token.low in {"as", "that"}:
            self._close(index)
            self.after = token.low
        elif token.low in word_class("pronoun") and token.text != "US":
            self._close(index)
            self.first = index
            self._close(index + 1)
        elif self.first is None or self._starts_phrase(index):
            self._close(index)
            self.first = index
        return index + 1

    def _joins_words(self, first: int, last: int) -> bool:
        """Tell a name in small letters that an "and" would cut in two: "the ministry of transport and works"."""
        return any(token.low in word_class("conjunction") for token in self.line.tokens[first + 1 : last])

    def _ends_phrase(self, index: int) -> bool:
        """Tell a small word, a verb behind a name, an adjective behind its noun: "a source familiar with ..."."""
        token = self.line.tokens[index]
        follows = index < self.last and self.line.tokens[index + 1].low in word_class("preposition")
        acts = self.line.is_verb_behind_name(index) or self._acts(index)
        today = token.low in _DAYS and not token.owning
        return (
            token.low in _closed()
            or token.low == "says"
            or acts
            or today
            or (follows and token.low in word_class("trailing"))
        )

    def _acts(self, index: int) -> bool:
        """Tell a verb behind somebody who can act: "ministers agreed", "officials briefed"."""
        token = self.line.tokens[index]
        if self.first is None or token.is_capital or not is_past(token.low):
            return False
        return any(self.line.tokens[index - 1].low in word_set(name) for name in _ACTING)

    def _take_name(self, index: int, name: tuple[Entity, int]) -> int:
        entity, end = name
        end = min(end, self.last)
        if self.first is not None and self.after and self._object_is_full(index, entity.kind):
            self._close(index)
        if self.first is not None and self._is_time(self.first, index - 1):
            self._close(index)
        if self.first is None:
            self.first = index
        return end + 1

    def _object_is_full(self, index: int, kind: Kind) -> bool:
        """Tell whether the phrase after a preposition is complete before the name at *index*: "in Geneva | Mr Ito".

        So it is in "the minister of energy | Ana Ruiz" and "in a report | Corvus", but not in "by the actor Ana Ruiz".
        """
        previous = self.line.tokens[index - 1]
        if previous.low in _occasions() and not previous.is_capital and not previous.owning:
            return True
        if kind is not Kind.PERSON:
            return False
        titled = previous.low in _ABBREVIATED or previous.low in word_class("honorific")  # "aides to Mr. | Ruiz"
        if titled or previous.owning or previous.low in word_set("person_nouns.txt"):
            return False
        office = self.after == "of" and bool(self.found) and self._is_office(self.found[-1])
        return previous.is_capital or office

    def _is_office(self, phrase: Phrase) -> bool:
        return self.line.tokens[phrase.last].low in word_set("person_nouns.txt")

    def _starts_phrase(self, index: int) -> bool:
        token = self.line.tokens[index]
        if self.first is None:
            return False
        previous = self.line.tokens[index - 1]
        if token.low in word_class("determiner") or token.low in word_class("possessive"):
            return previous.low not in ("all", "both", "half")
        if token.low in word_class("honorific") and token.is_capital:
            return not previous.owning and previous.low != "the"  # "the | Rev. Ana Ruiz"
        if self.after and token.is_capital and previous.low in _occasions() and not previous.is_capital:
            return not previous.owning and token.low not in word_class("time")  # "in a statement | Prime Minister"
        time = self._is_time(self.first, index - 1)
        return time and token.low not in word_class("time") and not token.is_number

    def _is_time(self, first: int, last: int) -> bool:
        if first in self.line.named and self.line.named[first][0].kind is Kind.PERSON:
            return False  # "May said"
        words = self.line.tokens[first : last + 1]
        times = word_class("time")
        # Most phrases fail at their first word; asked the other way round, a long line took time in its cube.
        return all(
            t.low in times
            or t.low in word_class("moment")
            or t.low in word_class("determiner")
            or t.is_number
            or t.low == "date"
            for t in words
        ) and any(t.low in times and not t.owning for t in words)

    def _close(self, index: int) -> None:
        """End the open phrase before *index*."""
        if self.first is None:
            return
        self.found.append(Phrase(self.first, index - 1, self.after, self._is_time(self.first, index - 1)))
        self.first = None
        self.after = None
