"""Cutting a story's text up: paragraphs, the furniture around them, the dateline, the sentences that can be facts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from store.facts.model import Correction, Dateline, Layout, Sentence, Span, Turn, turn_at
from store.facts.page.datelines import read_dateline
from store.facts.page.furniture import is_correction, is_furniture, is_terminated, read_byline
from store.facts.page.markup import readable, whole_entities
from store.facts.page.notices import is_author_note
from store.facts.page.points import BULLET, lists_apart
from store.facts.page.quotes import find_quotes
from store.facts.page.sentences import split_sentences, trim
from store.facts.page.turns import is_left_out, read_turns

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_STAMP = re.compile(
    r"(?:\[?\d{1,2}[:.h]\d{2}(?::\d{2})?\]?(?:\s?[ap]\.?m\b\.?)?"
    r"(?:\s?(?:GMT|UTC|BST|CES?T|EES?T|MSK|E[SD]?T|P[SD]T|C[SD]T|IST|PKT|JST|local time|local)\b)?"
    r"|\d{1,2}(?::\d{2})?\s?[ap]m\b(?:\s?[A-Z]{2,4}\b)?)(?:\s?[-–—:|]\s{0,4}|\s{1,4})(?=[\"“'‘«(]?[A-ZÀ-ÞЀ-Я])"
)
_HEADING_WORDS = 14  # a line without a full stop and no longer than this, among lines with one, is a heading
_LABEL_WORDS = 3  # a line such as "Key points:"
_TITLE_WORDS = 22
_WRAP_LEAST, _WRAP_MOST = 40, 100  # characters in a line of text that was wrapped by hand or by mail


@dataclass(slots=True)
class _Page:
    """What has been found so far, in reading order."""

    content: list[Span] = field(default_factory=list)
    furniture: list[Span] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    dateline: Dateline | None = None
    byline: str | None = None
    headline: str | None = None
    standing_place: tuple[Span, str] | None = None  # of a byline: "From our correspondent in Nairobi"
    turns: tuple[Turn, ...] = ()


def read_layout(text: str, *, title: str | None = None) -> Layout:
    """Return the layout of a story's *text*; never raises, and takes time linear in its length.

    Sentences are in order, do not overlap, hold a letter, and neither begin nor end with white space or a page's tags.
    """
    printed, text = text, readable(text)
    page = _read_page(text, _paragraphs(text), title)
    quotes = find_quotes(text, page.content)
    starts = [quote.start for quote in quotes]
    sentences: list[Sentence] = []
    paragraphs: list[Span] = []
    for paragraph in page.content:
        touching = quotes[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        kept = []
        for sentence in split_sentences(text, paragraph, touching):
            span, marks = _without_marks(text, sentence)
            page.furniture.extend(marks)
            if span.start < span.end:
                kept.append(span)
        kept = _drop_asides(text, _with_label(kept, page), page)
        kept = whole_entities(printed, _drop_furniture(text, kept, page))
        position = len(sentences)
        sentences.extend(
            Sentence(span.start, span.end, len(paragraphs), position + offset) for offset, span in enumerate(kept)
        )
        if kept:
            paragraphs.append(Span(kept[0].start, kept[-1].end))
    return Layout(
        sentences=tuple(sentences),
        paragraphs=tuple(paragraphs),
        quotes=quotes,
        dateline=page.dateline or _dateline_of_byline(page),
        byline=page.byline,
        headline=page.headline,
        corrections=tuple(page.corrections),
        furniture=tuple(sorted(page.furniture, key=lambda span: span.start)),
        turns=page.turns,
    )


def _dateline_of_byline(page: _Page) -> Dateline | None:
    if page.standing_place is None:
        return None
    span, place = page.standing_place
    return Dateline(span.start, span.end, place=place)


# ---- paragraphs


def _paragraphs(text: str) -> list[Span]:
    """Return the paragraphs, trimmed: between blank lines; each line of a block, unless the block was wrapped."""
    found: list[Span] = []
    block: list[Span] = []
    last_end = 0
    for match in _LINE.finditer(text):
        line = trim(text, match.start(), match.end())
        if line.start == line.end:
            continue
        if block and _is_blank_between(text, last_end, match.start()):
            found.extend(_unwrapped(text, block))
            block = []
        block.append(line)
        last_end = match.end()
    found.extend(_unwrapped(text, block))
    return found


def _is_blank_between(text: str, start: int, end: int) -> bool:
    breaks = sum(1 for _ in _BREAK.finditer(text, start, end))
    return breaks > 1


def _unwrapped(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """Yield the paragraphs of one block: lines that run on are joined."""
    wrapped = _is_wrapped(text, lines)
    at = 0
    while at < len(lines):
        last = at
        while last + 1 < len(lines) and _runs_on(text, lines[last], lines[last + 1], wrapped=wrapped):
            last += 1
        yield Span(lines[at].start, lines[last].end)
        at = last + 1


def _is_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Tell a block that was wrapped: lines of like length, the break often inside a sentence."""
    if len(lines) < 2:
        return False
    lengths = [line.end - line.start for line in lines[:-1]]
    if min(lengths) < _WRAP_LEAST or max(lengths) > _WRAP_MOST:
        return False
    inside = sum(not is_terminated(text[line.end - 8 : line.end]) for line in lines[:-1])
    return inside * 2 >= len(lengths)


def _runs_on(text: str, line: Span, following: Span, *, wrapped: bool) -> bool:
    if BULLET.match(text, following.start) or _STAMP.match(text, following.start):
        return False
    if wrapped:
        return True
    return text[following.start].islower() and not is_terminated(text[max(line.start, line.end - 8) : line.end])


# ---- furniture


def _read_page(text: str, paragraphs: Sequence[Span], title: str | None) -> _Page:
    """Sort the paragraphs into content and furniture, reading headline, byline, dateline and notes on the way."""
    page = _Page()
    punctuated = sum(is_terminated(text[max(p.start, p.end - 8) : p.end]) for p in paragraphs)
    headings_stand_out = punctuated > 0 and len(paragraphs) > 1
    plain_title = _plain(title or "")
    apart = lists_apart(text, paragraphs)
    page.turns = tuple(read_turns(text, [(paragraph, _after_markers(text, paragraph)) for paragraph in paragraphs]))
    begins = {turn.start: turn for turn in page.turns}
    for position, paragraph in enumerate(paragraphs):
        words = text[paragraph.start : min(paragraph.end, paragraph.start + 400)]
        whole = paragraph.end - paragraph.start <= len(words)
        is_opening = not page.content
        turn = begins.get(_after_markers(text, paragraph))
        if turn:
            _read_turn(paragraph, turn, page)
        elif position in apart:
            page.furniture.append(paragraph)
        elif is_correction(words):
            page.corrections.append(Correction(paragraph.start, paragraph.end))
        elif whole and is_opening and (place := read_byline(words)):
            page.byline = page.byline or place[0]
            if place[1]:
                page.standing_place = page.standing_place or (paragraph, place[1])
            page.furniture.append(paragraph)
        elif is_furniture(text[paragraph.start : paragraph.end]) and len(paragraphs) > 1:
            page.furniture.append(paragraph)
        elif whole and is_opening and _repeats_title(words, plain_title) and len(paragraphs) > 1:
            page.headline = page.headline or words
            page.furniture.append(paragraph)
        else:
            _read_content(text, paragraph, page, headings_stand_out=headings_stand_out)
    _set_author_aside(text, page)
    return page


def _set_author_aside(text: str, page: _Page) -> None:
    """Move the line at the end of a signed story that says who wrote it to the page's furniture."""
    if len(page.content) < 2:
        return
    first, last = page.content[0], page.content[-1]
    above = [text[span.start : span.end] for span in page.furniture if span.end <= first.start]
    if is_author_note(text[last.start : last.end], above):
        page.furniture.append(page.content.pop())


def _read_content(text: str, paragraph: Span, page: _Page, *, headings_stand_out: bool) -> None:
    """Take markers and datelines off a paragraph; set headings aside."""
    start = _after_markers(text, paragraph)
    is_marked = start > paragraph.start and text[paragraph.start] != "#"
    dateline = read_dateline(text, start, paragraph.end)
    if dateline and (dateline.agency or not (page.dateline or page.content)):
        page.dateline = page.dateline or dateline
        start = dateline.end
    elif headings_stand_out and not is_marked and _is_heading(text, paragraph, opening=not page.content):
        page.furniture.append(paragraph)
        if page.headline is None and not page.content:
            page.headline = text[paragraph.start : paragraph.end]
        return
    if start > paragraph.start:
        page.furniture.append(Span(paragraph.start, start))
    if start < paragraph.end:
        page.content.append(Span(start, paragraph.end))


def _read_turn(paragraph: Span, turn: Turn, page: _Page) -> None:
    """Take a paragraph with a speaker's label as it is, no dateline and no heading; a bare label is furniture."""
    if turn.said_at >= paragraph.end:
        page.furniture.append(paragraph)
        return
    if turn.start > paragraph.start:
        page.furniture.append(Span(paragraph.start, turn.start))
    page.content.append(Span(turn.start, paragraph.end))


def _after_markers(text: str, paragraph: Span) -> int:
    """Return where the paragraph begins after its bullet or its time stamp."""
    start = paragraph.start
    for pattern in (BULLET, _STAMP):
        match = pattern.match(text, start, paragraph.end)
        if match:
            start = match.end()
    return start


def _is_heading(text: str, paragraph: Span, *, opening: bool) -> bool:
    """Tell a headline or a cross-head: short, and ending without the full stop that the other lines have."""
    if paragraph.end - paragraph.start > 300:
        return False
    bare, _ = _without_marks(text, paragraph)
    words = text[bare.start : bare.end]
    if words.endswith(":"):
        return len(words.split()) <= _LABEL_WORDS
    if is_terminated(words) or words.endswith((",", ";")):
        return False
    return len(words.split()) <= (_TITLE_WORDS if opening else _HEADING_WORDS)


def _repeats_title(words: str, plain_title: str) -> bool:
    return bool(plain_title) and _plain(words) == plain_title


def _plain(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())


# ---- sentences


def _without_marks(text: str, span: Span) -> tuple[Span, list[Span]]:
    """Return the sentence without pictograms and rules at its ends, and what was taken off."""
    start, end = span.start, span.end
    while start < end and _is_mark(text[start]):
        start += 1
    while end > start and _is_mark(text[end - 1]):
        end -= 1
    cut = trim(text, start, end)
    taken = [Span(a, b) for a, b in ((span.start, cut.start), (cut.end, span.end)) if a < b]
    return cut, taken if cut.start < cut.end else [span]


def _is_mark(char: str) -> bool:
    """Tell pictograms, bullets and rules: nothing that a sentence begins or ends with."""
    if char.isalnum() or char.isascii():
        return char in "*_|~^" or char.isspace()
    return (
        char in "•●○▪◦‣∙·■□►▶➤→✔✅️‼⁉\u200d\u200b\ufeff"
        or ord(char) >= 0x1F000
        or 0x2600 <= ord(char) <= 0x27BF
        or char.isspace()
    )


def _with_label(spans: list[Span], page: _Page) -> list[Span]:
    """Join a label that the full stop behind it made a sentence to the first words of its turn: "A. | It broke"."""
    if len(spans) < 2:
        return spans
    turn = turn_at(page.turns, spans[0].start)
    if turn is None or spans[0].end > turn.said_at:
        return spans
    return [Span(spans[0].start, spans[1].end), *spans[2:]]


def _drop_asides(text: str, spans: list[Span], page: _Page) -> list[Span]:
    """Move the questions of an interview, and what a transcript has in brackets, to the page's furniture."""
    kept: list[Span] = []
    for span in spans:
        turn = turn_at(page.turns, span.start)
        (page.furniture if turn and is_left_out(text, span, turn) else kept).append(span)
    return kept


def _drop_furniture(text: str, spans: list[Span], page: _Page) -> list[Span]:
    """Move what holds no letter, and furniture that stands inside a paragraph, to the page's furniture."""
    kept: list[Span] = []
    for span in spans:
        words = text[span.start : min(span.end, span.start + 400)]
        lettered = any(map(str.isalpha, words)) or any(map(str.isalpha, text[span.start : span.end]))
        if not lettered or (len(spans) > 1 and span.end - span.start <= 400 and is_furniture(words)):
            page.furniture.append(span)
        else:
            kept.append(span)
    return kept
