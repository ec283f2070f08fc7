"""Words as they are compared: folded, cut into tokens, stemmed.

What is one word whatever the spelling:

- case, accents and scripts: "Хорог", "Khorog" and "KHOROG" fold to `khorog`;
- possessives lose their ending ("Russia's", "workers'"), other apostrophes vanish ("O'Brien" is `obrien`);
- abbreviations lose their dots ("U.N." is `un`); one that would read as a function word keeps a dot as its mark
  ("US" and "U.S." are `us.`, "us" is `us`), also when it is printed in capitals without dots;
- figures lose separators and endings ("40,000" is `40000`, "28th" is `28`, "40km" is `40` and `km`);
- a hyphened word counts as its parts and as the whole, so "Tar-i-Bagh" meets "Tari-Bagh" in `taribagh`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer
from anyascii import anyascii

# Words that only hold a sentence together: they are not indexed and never asked for alone.
FUNCTION_WORDS = frozenset(
    """
    a about above after again against all also although am among an and any are as at be because been before being
    below between both but by can could did do does doing done down during each either else etc even ever every few for
    from further get gets getting got had has have having he hence her here hers herself him himself his how however i
    if in into is it its itself just let lets many may me might mine more most much must my myself neither no nor not
    now of off often on once only onto or other others our ours ourselves out over own per perhaps quite rather same
    several shall she should since so some such than that the their theirs them themselves then there these they this
    those though through thus to too toward towards under until up upon us very was we well were what whatever when
    whenever where whereas wherever whether which whichever while who whoever whom whose why will with within without
    would yet you your yours yourself cannot cant dont didnt doesnt isnt wasnt werent wont wouldnt couldnt shouldnt
    hasnt havent hadnt arent aint im ive itd itll thatll therell theyd theyll theyre theyve weve whatll whod wholl
    whove youd youll youre youve
    """.split()  # noqa: SIM905 - a list of words reads as words
)

# Marks that belong to the letter before them, and invisible joiners: none of them ends a word.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff"
)
# Possessive quantifiers throughout: the pattern never goes back, so its time is linear in the text.
_TOKEN = re.compile(
    rf"""
      (?P<figure> (?: \d{{1,3}} (?:[,\u00a0\u2009\u202f]\d{{3}})++ (?!\d) (?:\.\d++)?
                    | (?<!\d\.) \d++\.\d++ (?!\.\d)
                    | \d++ )
                  (?P<ending> (?:st|nd|rd|th|s) (?![^\W_]) )? )
    | (?P<dotted> (?:[^\W\d_]\.){{2,}}+ (?:['’]s\b)? )
    | (?P<word>   [^\W\d_{_MARKS}] (?:[^\W_]|[{_MARKS}])*+ (?:['’ʼ`´](?:[^\W_]|[{_MARKS}])++)*+ ['’]? )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
# Abbreviations that fold to a function word: United States, information technology, World Health Organization.
_TWINS = frozenset({"us", "it", "who"})
LONGEST_REMEMBERED = 1000  # characters: sentences are, whole texts are not
_HYPHENS = frozenset("-‐‑‒–")
_stemmer = Stemmer.Stemmer("english", 0)  # its own cache off: ours below is enough; calls hold the interpreter lock


class Token(NamedTuple):
    """One word of a text: folded, and where it stands there. A plain tuple: a story is read into a thousand of them."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return *text* in lower case and in Latin letters without accents; punctuation stays.

    Compatibility forms are composed first (NFKC), so that a letter with a combining mark is romanised as one letter.
    """
    if text.isascii():
        return text.lower()
    return anyascii(unicodedata.normalize("NFKC", text)).lower()


def tokens(text: str) -> list[Token]:
    """Return the words and figures of *text* in order, folded, with their offsets in it."""
    return list(_sentence_tokens(text) if len(text) <= LONGEST_REMEMBERED else _read_tokens(text))


@lru_cache(maxsize=512)
def _sentence_tokens(text: str) -> tuple[Token, ...]:
    """Remember the sentences of the story at work: saving one reads each for its index, its kin and its comparison."""
    return tuple(_read_tokens(text))


def _read_tokens(text: str) -> list[Token]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "word":  # first, since nearly all are
            value = _word(match[0])
        elif match.lastgroup == "figure":
            value = _figure(match[0], match["ending"])
        else:
            value = _abbreviation(_plain(match[0].removesuffix("s")))
        if value:
            found.append(Token(value, match.start(), match.end()))
    return found


def _figure(printed: str, ending: str | None) -> str:
    """Return the figure in plain digits: "40,000" is 40000, "2.50" is 2.5, "28th" is 28; "1990s" keeps its ending."""
    kept = printed[: -len(ending)] if ending else printed
    digits = "".join(c if c == "." else str(unicodedata.digit(c)) for c in kept if c == "." or c.isdigit())
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits + "s" if ending in {"s", "S"} else digits


def _plain(printed: str) -> str:
    folded = fold(printed)
    return folded if folded.isalnum() else _NOT_ALNUM.sub("", folded)


@lru_cache(maxsize=65536)
def _word(printed: str) -> str:
    bare = printed.rstrip("'’")
    if len(bare) > 2 and bare[-2] in "'’" and bare[-1] in "sS":
        bare = bare[:-2]
    plain = _plain(bare)
    return _abbreviation(plain) if len(bare) > 1 and bare.isupper() else plain


def _abbreviation(plain: str) -> str:
    return plain + "." if plain in _TWINS else plain


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the index term of one folded word (Snowball "english"); figures and marked abbreviations stay."""
    if not word.isalpha():
        return word
    return str(_stemmer.stemWord(word))


def stems(text: str) -> tuple[str, ...]:
    """Return the index terms of *text* in order, function words included, a hyphened whole after its parts."""
    return tuple(term for _, term in placed_stems(text))


def placed_stems(text: str) -> Iterator[tuple[Token, str]]:
    """Yield each index term of *text* with the token that it comes from; a hyphened whole with its last part."""
    return iter(_sentence_stems(text)) if len(text) <= LONGEST_REMEMBERED else _read_stems(text)


@lru_cache(maxsize=512)
def _sentence_stems(text: str) -> tuple[tuple[Token, str], ...]:
    """Remember the sentences of the story at work, as `_sentence_tokens` does."""
    if _HYPHENS.isdisjoint(text) and not text.isupper():  # as most are; a list is made faster than it is yielded
        return tuple([(token, stem(token.text)) for token in tokens(text)])
    return tuple(_read_stems(text))


def _read_stems(text: str) -> Iterator[tuple[Token, str]]:
    shouted = text.isupper()  # a headline in capitals says nothing about abbreviations
    # Turkish "İ" is the one letter that becomes two in lower case, which would move all places behind it.
    found = tokens(text.replace("İ", "i").lower() if shouted else text)
    if _HYPHENS.isdisjoint(text):
        yield from ((token, stem(token.text)) for token in found)
        return
    run: list[Token] = []
    for token in found:
        if run and not _is_hyphened(text, run[-1].end, token.start):
            yield from _whole(run)
            run = []
        run.append(token)
        yield token, stem(token.text)
    yield from _whole(run)


def telling_stems(text: str) -> tuple[str, ...]:
    """Return the index terms of *text* in order, without the function words: what the index holds."""
    return tuple(term for token, term in placed_stems(text) if token.text not in FUNCTION_WORDS)


def _is_hyphened(text: str, end: int, start: int) -> bool:
    return start - end == 1 and text[end] in _HYPHENS


def _whole(run: list[Token]) -> Iterator[tuple[Token, str]]:
    """Yield the joined form of a hyphened word; ranges of figures ("10-15") have none."""
    if len(run) > 1 and not all(part.text[0].isdigit() for part in run):
        whole = "".join(part.text for part in run)
        yield Token(whole, run[0].start, run[-1].end), stem(whole)
