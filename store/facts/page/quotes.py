"""Quotation marks in pairs, in every style that papers print.

Straight, curly, low-high, French and German guillemets, doubled back-ticks, and the single marks of British papers
without mistaking the apostrophes of "workers' rights". Marks inside a quotation belong to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from store.facts.model import Span

# Opening mark -> the marks that may close it. A German »...« opens with what closes in French.
CLOSERS = {
    '"': {'"', "”"},
    "“": {"”", "“", '"'},  # a high “ closes after „ and where an editor's keyboard had only one kind
    "”": {"”"},  # Swedish and Finnish print ”...”
    "„": {"“", "”", '"'},
    "«": {"»"},
    "»": {"«", "»"},
    "‹": {"›"},
    "``": {"''"},
    "''": {"''"},  # archives that knew no double mark
}
SINGLE = "'‘‚"
_MARK = re.compile(r"``|''|[\"“”„«»‹›'‘’‚]")
_ELISION = re.compile(r"['’](?:\d0s|em|tis|twas|til|cause|n)\b", re.IGNORECASE)
_CURRENCIES = "£$€"
_BEFORE_OPENING = "([{—–-/:"


def find_quotes(text: str, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """Return the outermost quotations in *text*, marks included, in order.

    A quotation that is left open at the end of a paragraph and opened again by the same mark at the start of the next
    is one quotation over both; an unclosed mark without that is a misprint and opens nothing.
    """
    quotes: list[Span] = []
    running: tuple[str, int] | None = None  # opening mark and start of a quotation that runs on from the last paragraph
    for index, paragraph in enumerate(paragraphs):
        found, left_open = _within(text, paragraph, running)
        following = paragraphs[index + 1].start if index + 1 < len(paragraphs) else None
        quotes.extend(found)
        running = None
        if left_open and following is not None and text.startswith(left_open[0], following):
            running = left_open
    return tuple(quotes)


def _within(text: str, paragraph: Span, running: tuple[str, int] | None) -> tuple[list[Span], tuple[str, int] | None]:
    """Return the quotations that close in *paragraph*, and the mark and start of the one left open at its end."""
    marks = list(_MARK.finditer(text, paragraph.start, paragraph.end))
    singles = _single_closers(text, marks, paragraph.end)
    found: list[Span] = []
    opened: tuple[str, int] | None = None
    single: tuple[str, int] | None = None  # one in single marks that nothing closes in this paragraph
    skip_to = paragraph.start
    for at, match in enumerate(marks):
        if match.start() < skip_to:
            continue
        mark = match.group()
        if opened:
            if mark in CLOSERS[opened[0]] and not _opens_again(text, match, paragraph):
                found.append(Span(opened[1], match.end()))
                opened = None
        elif running and match.start() == paragraph.start and mark not in SINGLE:
            opened = running
        elif mark in SINGLE and _opens_single(text, match, paragraph):
            end = _single_end(text, match.end(), singles)
            leads = match.start() == paragraph.start
            start = running[1] if running and leads else match.start()
            if end is not None and not _double_straddles(marks, at, end):
                found.append(Span(start, end))
                skip_to = end
            elif end is None:
                single = (mark, start)
        elif mark in CLOSERS and _opens(text, match, paragraph):
            opened = (mark, match.start())
    return found, opened or single


def _opens(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """Tell a mark that opens from a stray closing one and from the inches of 12"."""
    mark, before = match.group(), text[match.start() - 1 : match.start()] if match.start() > paragraph.start else " "
    after = text[match.end() : match.end() + 1]
    if mark in "“„«``":
        return True
    if not after or (after.isspace() and mark not in "»"):
        return False
    return before.isspace() or before in _BEFORE_OPENING or (mark == '"' and not before.isalnum())


def _opens_again(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """Tell whether a mark that could close stands where only an opening one can: a new "“" after a space."""
    if match.group() != "“":
        return False
    before = text[match.start() - 1 : match.start()]
    return match.start() == paragraph.start or before.isspace()


def _single_closers(text: str, marks: Sequence[re.Match[str]], end: int) -> tuple[list[int], list[int]]:
    """Return where single quotations may close: surely (after punctuation), and perhaps (after a letter)."""
    sure: list[int] = []
    perhaps: list[int] = []
    for match in marks:
        after = text[match.end() : match.end() + 1] if match.end() < end else " "
        if match.group() not in "'’" or after.isalnum():
            continue
        before = text[match.start() - 1 : match.start()]
        if before and before in ".,!?;…":
            sure.append(match.start())
        elif before and not before.isspace():
            perhaps.append(match.start())
    return sure, perhaps


def _opens_single(text: str, match: re.Match[str], paragraph: Span) -> bool:
    """Tell a single mark that may open a quotation from an apostrophe: "the 1990s", "'tis"."""
    start = match.start()
    before = text[start - 1 : start] if start > paragraph.start else " "
    after = text[match.end() : match.end() + 1]
    begins = after.isalnum() or after in _CURRENCIES
    return (before.isspace() or before in _BEFORE_OPENING) and begins and not _ELISION.match(text, start)


def _single_end(text: str, start: int, closers: tuple[list[int], list[int]]) -> int | None:
    """Return the end of the single quotation whose words begin at *start*, None where nothing closes it."""
    sure, perhaps = closers
    first_sure = _first_from(sure, start)
    first_perhaps = _first_from(perhaps, start)
    if first_perhaps is not None and (first_sure is None or first_perhaps < first_sure):
        # "the workers' rights" closes nothing while a surer close follows; "a 'deteriorating' situation" does
        plural_possessive = text[first_perhaps - 1] in "sS" and first_sure is not None
        if not plural_possessive:
            return first_perhaps + 1
    return first_sure + 1 if first_sure is not None else None


def _first_from(places: Sequence[int], start: int) -> int | None:
    at = bisect_left(places, start)
    return places[at] if at < len(places) else None


def _double_straddles(marks: Sequence[re.Match[str]], at: int, end: int) -> bool:
    """Tell whether a double mark stands between this single mark and *end* an odd number of times."""
    crossing = 0
    for match in marks[at + 1 :]:
        if match.start() >= end:
            break
        crossing += match.group() in '"“”'
    return crossing % 2 == 1
