"""Tags and entities of a page in a story's text, blanked out for reading: nothing moves, and nothing shown is changed.

A text that was taken from a page by hand or by a feed may still hold "<p>", "<b>" or "&amp;". The stored text stays as
it came, since facts are shown by their offsets into it; what reads it gets one of the same length in which a tag is
white space and an entity is its character.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from html import unescape

from store.facts.model import Span

_BLOCKS = frozenset(
    {"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "td", "th", "hr", "html"}
    | {"body", "head", "title", "article", "section", "header", "footer", "blockquote", "figure", "figcaption", "main"}
    | {"aside", "nav", "meta", "link", "dd", "dt", "dl", "pre", "tbody", "thead", "form", "address", "script", "style"}
)
_INLINE = frozenset(
    {"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "img", "ins", "del", "mark", "q", "s", "small", "span"}
    | {"strike", "strong", "sub", "sup", "time", "u", "wbr", "input", "button", "label", "iframe", "video", "source"}
)
# Each repetition takes characters that what follows it cannot begin with, and is bounded: the time is linear.
_TAG = re.compile(
    r"<(?:!--[^<>]{0,2000}--|!(?i:doctype)[^<>]{0,300}|/?([A-Za-z][A-Za-z0-9]{0,11})(?:[\s/][^<>]{0,2000})?)>"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SCRIPT = re.compile(r"<(?:script|style)\b", re.IGNORECASE)  # what stands between these tags is no text
_SCRIPT_END = re.compile(r"</(?:script|style)\s{0,9}>", re.IGNORECASE)


def readable(text: str) -> str:
    """Return *text* with its tags and entities blanked out, to the character as long; without any, *text* itself."""
    if "<" in text and _TAG.search(text):
        text = _TAG.sub(_blank, _without_scripts(text))
    if "&" in text and _ENTITY.search(text):
        text = _ENTITY.sub(_character, text)
    return text


def _blank(match: re.Match[str]) -> str:
    """A block ends its paragraph, a line break its line; what only looks like a tag stays."""
    name = (match.group(1) or "").lower()
    length = match.end() - match.start()
    if name and name not in _BLOCKS | _INLINE:
        return match.group()
    return ("\n" if name == "br" else "\n\n" if name in _BLOCKS else "").ljust(length)


def _character(match: re.Match[str]) -> str:
    """Return the character of an entity, beside the word that it belongs to; what is no entity stays."""
    printed = match.group()
    meant = unescape(printed)
    if len(meant) != 1:
        return printed
    goes_on = match.string[match.end() : match.end() + 1].isalnum()
    return meant.rjust(len(printed)) if goes_on else meant.ljust(len(printed))


def whole_entities(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return *spans* of the readable text, in order, widened so that none begins or ends inside an entity of *text*."""
    entities = [match.span() for match in _ENTITY.finditer(text)] if "&" in text else []
    if not entities:
        return list(spans)
    starts = [start for start, _ in entities]

    def edge(offset: int, side: int) -> int:
        at = bisect_left(starts, offset) - 1  # the last entity that begins before the offset
        return entities[at][side] if at >= 0 and offset < entities[at][1] else offset

    return [Span(edge(span.start, 0), edge(span.end, 1)) for span in spans]


def _without_scripts(text: str) -> str:
    """Blank out what stands between the tags of a script or a style sheet, up to the end where one is left open."""
    pieces: list[str] = []
    at = 0
    while begin := _SCRIPT.search(text, at):
        end = _SCRIPT_END.search(text, begin.end())
        last = end.start() if end else len(text)
        pieces += [text[at : begin.start()], " " * (last - begin.start())]
        at = last
    return "".join([*pieces, text[at:]])
