"""Where sentences end: nupunkt's proposal, repaired by rules for wire copy."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from nupunkt import sent_spans

from store.facts.lexicon import lines, table
from store.facts.model import Span
from store.facts.page.attributions import is_attribution

# A stop, its closing marks, and either white space or a missing one before a capital: "said.He went".
_STOP = re.compile(
    r"(?:[.!?…]{1,40}|[。！？])[\"”’'»“)\]]{0,4}"
    r"(?:\s{1,400}|(?=[“\"«„(A-ZÀ-ÞЀ-Я])|(?<=[。！？])(?![」』”]))"
)
_LAST_WORD = re.compile(r"[^\s(\[\"“”„«»/—–]{1,40}$")
_NEXT_WORD = re.compile(r"[\"“„«‘'(\[]{0,3}((?:[^\W\d_]\.){1,6}|[\w’'-]{1,40})")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,6}")
_FULL_WIDTH = "。！？"
_CLOSING = "\"”’'»“)]"
_ATTRIBUTION_WITHIN = 200  # characters before or after a quotation in which a word must stand
_LONGEST_SENTENCE = 2600  # characters; what is longer is no sentence, and no message could show it
_LONGEST_KEPT_WHOLE = 2000  # characters of a quotation kept as one fact; a message holds 4,096 with its source


def split_sentences(text: str, paragraph: Span, quotes: Sequence[Span]) -> list[Span]:
    """Return the sentences of *paragraph*, trimmed, in order; a quotation of several with its attribution is one.

    *quotes* are the quotations that touch the paragraph, in order.
    """
    proposed = {paragraph.start + end for _, end in sent_spans(text[paragraph.start : paragraph.end])}
    ends = [end for end in _stops(text, paragraph, proposed) if end < paragraph.end]
    ends = _keep_quotations_whole(text, paragraph, ends, quotes)
    spans = (
        trim(text, start, end) for start, end in zip([paragraph.start, *ends], [*ends, paragraph.end], strict=True)
    )
    return [piece for span in spans if span.start < span.end for piece in _short_enough(text, span)]


def _short_enough(text: str, span: Span) -> Iterator[Span]:
    """Yield the sentence, in pieces where it is longer than any sentence is: at white space if there is any."""
    start = span.start
    while span.end - start > _LONGEST_SENTENCE:
        limit = start + _LONGEST_SENTENCE
        blank = max(text.rfind(" ", start + _LONGEST_SENTENCE // 2, limit), text.rfind("\n", start, limit))
        cut = trim(text, start, blank if blank > start else limit)
        if cut.start < cut.end:
            yield cut
        start = trim(text, blank if blank > start else limit, span.end).start
    if start < span.end:
        yield Span(start, span.end)


def trim(text: str, start: int, end: int) -> Span:
    """Return the span without white space and invisible characters at its ends; empty when nothing is left."""
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return Span(start, end)


def _is_blank(char: str) -> bool:
    return char.isspace() or char in "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f\x00"


def _stops(text: str, paragraph: Span, proposed: set[int]) -> Iterator[int]:
    """Yield where a sentence of the paragraph ends, white space after it included."""
    for match in _STOP.finditer(text, paragraph.start, paragraph.end):
        if match.end() < paragraph.end and _ends_sentence(text, match, paragraph, proposed):
            yield match.end()


def _ends_sentence(text: str, match: re.Match[str], paragraph: Span, proposed: set[int]) -> bool:
    """Decide one stop: by the word before it and the word after it, and by nupunkt where these leave it open."""
    following = _NEXT_WORD.match(text, match.end(), min(match.end() + 60, paragraph.end))
    next_word = following.group(1) if following else ""
    opens_quote = text[match.end()] in '"“„«‘'
    if next_word[:1].islower() and not (opens_quote and _closes_quote(match)):
        return text[match.start()] in _FULL_WIDTH
    if match.group()[0] != "." or match.group().startswith(".."):
        return _after_mark(match, next_word) and not (_closes_quote(match) and _says_whose(text, match, paragraph))
    last = _LAST_WORD.search(text, max(paragraph.start, match.start() - 40), match.start())
    word = last.group() if last else ""
    if not match.group()[-1].isspace():
        return _without_space(word, text[match.end() : match.end() + 12])
    if _closes_quote(match):
        return True
    return _after_word(word, next_word, proposed=match.end() in proposed, opens=opens_quote)


def _closes_quote(match: re.Match[str]) -> bool:
    return any(mark in _CLOSING for mark in match.group().rstrip()[1:])


def _says_whose(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """Tell whether what follows a question or an exclamation only says who made it: "Who pays?" | Mr Ito asked."""
    return text[match.start()] in "?!" and is_attribution(text, match.end(), paragraph.end)


def _after_mark(match: re.Match[str], next_word: str) -> bool:
    """A question or exclamation mark ends a sentence; dots end one before a capital or a figure."""
    if match.group()[0] in _FULL_WIDTH:
        return True
    return match.group()[-1].isspace() and (bool(next_word) or "…" not in match.group())


def _without_space(word: str, after: str) -> bool:
    """Tell "said.He went" from "INTERFAX.COM" and "U.N.": small letters before, a word with a capital after."""
    if after[:1] in "“«„":
        return True
    return len(word) > 1 and word.isalpha() and word.islower() and bool(re.match(r"[A-ZÀ-Þ][a-zà-ÿ]*[\s,]", after))


def _after_word(word: str, next_word: str, *, proposed: bool, opens: bool) -> bool:
    """Decide a full stop after *word* and before *next_word*, which begins with a capital, a figure or a mark."""
    begins = opens or next_word.lower() in _beginners()
    if re.fullmatch(r"\d*[ap]\.m", word.lower()):  # "5 p.m. Monday", "4 p.m. GMT"; "At 5 p.m. The ferry ..."
        return begins or (proposed and not next_word.isupper() and not next_word.endswith("day"))
    kind = _abbreviation(word)
    if kind == "never":
        return False
    if kind == "number":  # "No. 10" against "He said no. Ten of them left"
        return not next_word[:1].isdigit()
    if kind == "maybe":
        return not next_word[:1].isdigit() and begins
    if _INITIALS.fullmatch(word + "."):
        return begins
    return True if next_word else proposed


def _abbreviation(word: str) -> str | None:
    kind, any_case = _abbreviations().get(word.lower(), (None, False))
    return kind if any_case or word[:1].isupper() else None


@cache
def _beginners() -> frozenset[str]:
    """What begins a sentence after "5 p.m." or "the U.S.": articles, pronouns, conjunctions."""
    return frozenset(lines("sentence_beginners.txt"))


@cache
def _abbreviations() -> dict[str, tuple[str, bool]]:
    return {row[0]: (row[1], len(row) > 2) for row in table("abbreviations.tsv")}


def _keep_quotations_whole(text: str, paragraph: Span, ends: list[int], quotes: Sequence[Span]) -> list[int]:
    """Drop the ends that fall inside a quotation whose attribution stands in the same sentence."""
    dropped: set[int] = set()
    for quote in quotes:
        if quote.start < paragraph.start or quote.end > paragraph.end:
            continue
        first, beyond = bisect_right(ends, quote.start), bisect_left(ends, quote.end)
        if first == beyond or quote.end - quote.start > _LONGEST_KEPT_WHOLE:
            continue
        begin = ends[first - 1] if first else paragraph.start
        finish = ends[beyond] if beyond < len(ends) else paragraph.end
        led_in = text[max(begin, quote.start - _ATTRIBUTION_WITHIN) : quote.start]
        followed = text[quote.end : min(finish, quote.end + _ATTRIBUTION_WITHIN)]
        if _has_word(led_in) or _has_word(followed):
            dropped.update(ends[first:beyond])
    return [end for end in ends if end not in dropped]


def _has_word(text: str) -> bool:
    return any(char.isalpha() for char in text)
