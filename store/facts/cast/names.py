"""Runs of capitals: the raw material of names, cut out of sentences with what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from store.facts.cast.gazetteer import is_known_place, known_body
from store.facts.lexicon import lines, table

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,6}(?!\w)|[^\W\d_]\.(?=\s?[A-ZÀ-Þ])|[^\W_]+(?:[-'’.&][^\W_]+)*\+?|[^\w\s]", re.UNICODE
)
_APOSTROPHES = frozenset({"'", "’"})
_POSSESSIVE = ("'s", "’s")
_OPENING = frozenset("\"“„«‘'([:•–—")
_SENTENCE_END = frozenset(".!?…")
_CURRENCIES = frozenset("$€£¥₹")


class Token(NamedTuple):
    """A word, a number or a punctuation mark of a sentence. A tuple, since a story makes a thousand of them."""

    text: str  # without a possessive 's
    start: int
    end: int  # of `text`
    capital: bool
    owns: bool  # "Russia's", "the workers'"
    opens: bool  # first in its sentence or quotation, so that its capital tells nothing
    low: str  # in small letters


@dataclass(frozen=True, slots=True)
class Run:
    """A run of capitals: tokens[first:last] of its sentence, joined by small words that names hold."""

    tokens: Sequence[Token]
    first: int
    last: int  # excluded


def read_tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of a sentence, in order."""
    found: list[Token] = []
    opens = True
    for match in _TOKEN.finditer(text, start, end):
        printed = match.group()
        if printed in _APOSTROPHES and found and found[-1].owns and found[-1].end == match.start():
            continue  # of "the workers'"
        owner = printed.endswith(_POSSESSIVE)
        word = printed[:-2] if owner else printed
        stop = match.start() + len(word)
        follows = text[match.end() : match.end() + 2]
        owns = owner or (word[-1] in "sSzZ" and follows[:1] in ("'", "’") and follows[1:] in (" ", ""))
        first = word[0]
        dotted = word.lower().rstrip(".") in _dotted() and follows[:1] == "."
        found.append(Token(word, match.start(), stop, _is_capital(word), owns, opens, word.lower()))
        if first in _SENTENCE_END:
            opens = not (len(found) > 1 and found[-2].low in _dotted())
        elif first.isalnum() or dotted:
            opens = False
        else:
            opens = first in _OPENING or (opens and not first.isalnum())
    return found


def _is_capital(word: str) -> bool:
    if word[0].isupper():
        return True
    if "-" not in word:
        return False
    head, dash, rest = word.partition("-")  # "al-Rahman", "el-Sisi"
    return (
        bool(dash)
        and head in {"al", "el", "ad", "an", "ar", "as", "at", "az", "ash", "ul", "ur"}
        and rest[:1].isupper()
    )


@cache
def _dotted() -> frozenset[str]:
    """Titles that are written with a full stop inside a name: "Gen. Bakr", "St. Gallen"."""
    return frozenset(row[0] for row in table("abbreviations.tsv") if row[1] == "never")


@cache
def particles() -> frozenset[str]:
    """Small words inside a person's name: "de", "bin", "van"."""
    return frozenset(lines("particles.txt"))


@cache
def calendar() -> frozenset[str]:
    """Names of months and weekdays, in small letters."""
    return frozenset(row[0] for row in table("months_weekdays.tsv"))


@cache
def not_names() -> frozenset[str]:
    """Words, in small letters, that a capital does not make a name."""
    return frozenset(lines("not_names.txt")) | calendar()


@cache
def _portfolios() -> frozenset[str]:
    return frozenset(lines("portfolios.txt"))


@cache
def org_heads() -> frozenset[str]:
    """Words, in small letters, that make a run of capitals a body."""
    return frozenset(lines("org_heads.txt"))


_OFFICES_WITH_OF = frozenset(
    {"minister", "secretary", "house", "governor", "chief", "chairman", "chairwoman", "director", "head", "leader"}
)
_SAINTS, _CROWNS = frozenset({"st", "saint", "ss"}), frozenset({"king", "queen"})
_LONGEST_LIST = 10  # words and commas of "Education, Science, Sport and Youth"
# Seas and lands whose name goes on behind "of": "the Straits of Garm", "the Isle of Corr"; in small letters.
SEAS = frozenset({"strait", "straits", "gulf", "bay", "bight", "sound", "firth", "isle", "isles", "sea", "cape"})
_ARTICLES = frozenset({"the", "a", "an", "our"})
_JOINING = frozenset({"of", "for", "on", "&"})
_OF_TRADES = ("ers", "ors", "ists", "eers", "men", "women", "ants", "ians")  # ends of words for people of one trade


def find_runs(tokens: Sequence[Token]) -> Iterator[Run]:
    """Yield the runs of capitals in a sentence, in order. A possessive ends a run; "of" joins only in a body's name."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not token.capital or not token.text[0].isalpha() or _is_currency(tokens, at):
            at += 1
            continue
        last = _call_end(tokens, at) or _run_end(tokens, at)
        yield Run(tokens, at, last)
        at = last


def _is_currency(tokens: Sequence[Token], at: int) -> bool:
    """Tell the "US" of "US$18m", which names no country."""
    return at + 1 < len(tokens) and tokens[at + 1].text in _CURRENCIES and tokens[at + 1].start == tokens[at].end


def _call_end(tokens: Sequence[Token], first: int) -> int | None:
    """Return where a name ends that calls for something and has an article: "Save the Children"; None for others.

    What a quotation begins with is a slogan, and nobody's name.
    """
    words = tokens[first : first + 3]
    if len(words) < 3 or words[0].low not in _campaign_verbs() or words[1].low not in _ARTICLES:
        return None
    before = tokens[first - 1] if first else None
    is_slogan = before is not None and before.text in _OPENING and before.end == words[0].start
    return None if is_slogan or not words[2].capital or words[0].owns else _run_end(tokens, first + 2)


def is_call(tokens: Sequence[Token]) -> bool:
    """Tell a body whose name calls for something: "Save the Children", "Help Refugees", "Just Stop Coal".

    Without an article only of what there are several or what "Just" is said of: not "Support Group", "Stop Press".
    """
    is_just = tokens[0].low == "just"
    verb, what = tokens[is_just : is_just + 1], tokens[is_just + 1 :]
    if not what or verb[0].low not in _campaign_verbs() or what[-1].low in org_heads():
        return False
    return is_just or what[0].low in _ARTICLES or (len(what) == 1 and what[0].low.endswith("s"))


@cache
def _campaign_verbs() -> frozenset[str]:
    return frozenset(lines("campaign_verbs.txt"))


def _run_end(tokens: Sequence[Token], first: int) -> int:
    at = first
    has_head = joined = False
    while True:
        token = tokens[at]
        has_head = has_head or token.low in org_heads()
        of_follows = has_head or joined or token.low in _OFFICES_WITH_OF or token.low in SEAS
        if token.owns and (owned := _members_body(tokens, at)):  # "the Teachers' Federation"
            at = owned
            continue
        if token.owns or at + 1 >= len(tokens):
            return at + 1
        if has_head and joined and tokens[at + 1].text == "," and _lists_portfolios(tokens, at + 2):
            at += 2  # "Ministry of Trade, | Industry and Energy"
            continue
        step = _next_in_run(tokens, at, has_head=of_follows, joined=joined)
        if step is None:
            return at + 1
        joined = joined or tokens[at + 1].low in _JOINING
        at = step


def _next_in_run(tokens: Sequence[Token], at: int, *, has_head: bool, joined: bool) -> int | None:
    """Return the next token that belongs to the run, or None where it ends.

    "and" joins only after an "of": "Ministry of Trade and Industry", but "the Red Cross and Oxfam".
    """
    nxt = at + 1
    if tokens[nxt].text == "." and tokens[at].low in _dotted():
        nxt += 1
    if nxt >= len(tokens) or tokens[nxt].capital:
        return nxt if nxt < len(tokens) else None
    low = tokens[nxt].low
    if low == "&" and nxt + 1 < len(tokens) and tokens[nxt + 1].capital:
        return nxt + 1
    if low == "and" and not has_head:
        return nxt + 1 if _is_second_half(tokens, nxt + 1) else None
    joins = has_head and (
        low in _JOINING or (low == "and" and joined) or (low == "to" and tokens[at].low in org_heads())
    )
    if low not in particles() and not joins:
        return None
    ahead = nxt + 1
    if ahead < len(tokens) and (tokens[ahead].low == "the" if joins else tokens[ahead].low in particles()):
        ahead += 1  # "of the Environment", "de la Cruz"
    if ahead >= len(tokens) or not tokens[ahead].capital or tokens[ahead].low in calendar():
        return None
    return None if low == "and" and is_known_place(tokens[ahead].text) else ahead


def _lists_portfolios(tokens: Sequence[Token], at: int) -> bool:
    """Tell the "Industry and Energy" of a ministry from a body of its own: each word is a portfolio, "and" is last."""
    before = ","
    for token in tokens[at : at + _LONGEST_LIST]:
        if token.low in {"and", "&"} and before not in {",", "and"}:
            before = "and"
        elif token.text == "," and before not in {",", "and"}:
            before = ","
        elif token.capital and token.low in _portfolios():
            if before == "and":
                return True
            before = token.low
        else:
            return False
    return False


def _members_body(tokens: Sequence[Token], at: int) -> int | None:
    """Return where the body of those who own it goes on: "Federation" after "Teachers'", "Institute" after "Women's".

    None where the possessive is a name's: "Corvus's Board". A second group may be joined, and one of the two tells:
    "Nurses' and Carers'", "Stevedores' and Porters'".
    """
    after = at + 1
    if after + 1 < len(tokens) and tokens[after].low in {"and", "&"} and tokens[after + 1].owns:
        pair = (tokens[at], tokens[after + 1])
        are_groups = all(token.capital and token.low.endswith("s") for token in pair)
        are_groups = are_groups and any(is_group(token.low) for token in pair)
        return after + 2 if are_groups and _heads_body(tokens, after + 2) else None
    is_owner = is_group(tokens[at].low) or _is_saint(tokens, at)
    return after if is_owner and _heads_body(tokens, after) else None


def _is_saint(tokens: Sequence[Token], at: int) -> bool:
    """Tell the owner in "St Olave's Hospital" and "King's College" from "Olave's Hospital"."""
    before = at - 1 - (at > 1 and tokens[at - 1].text == ".")
    return tokens[at].low in _CROWNS or (before >= 0 and tokens[before].low in _SAINTS and tokens[before].capital)


def _heads_body(tokens: Sequence[Token], after: int) -> bool:
    """Tell the "Federation" behind "Teachers'" from what no body is called."""
    end = after
    while end < len(tokens) and tokens[end].capital and not tokens[end].owns:
        end += 1
    return any(token.low in org_heads() for token in tokens[after:end])


@cache
def _groups() -> frozenset[str]:
    return frozenset(lines("group_nouns.txt")) | {"children", "girls", "boys", "youth", "ladies", "mineworkers"}


def is_group(word: str) -> bool:
    """Tell a word for people of one kind: "teachers", "women", and by its ending "bricklayers", "machinists"."""
    return word in _groups() or (len(word) > 6 and word.endswith(_OF_TRADES))


def _is_second_half(tokens: Sequence[Token], at: int) -> bool:
    """Tell the "Health Agency" of "Korea Occupational Safety and Health Agency" from a body of its own after "and"."""
    end = at
    while end < len(tokens) and tokens[end].capital and not tokens[end].owns:
        end += 1
    words = tokens[at:end]
    before = tokens[max(0, at - 3) : at - 1]
    in_name = len(before) == 2 and all(token.capital and not token.opens for token in before)
    if len(words) < 2 or not in_name or words[-1].low not in org_heads():
        return False
    return known_body(" ".join(token.text for token in words)) is None and not is_known_place(words[0].text)
