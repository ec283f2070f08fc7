"""Lists around a story that are no part of it: bullets above it that sum it up, links below "Read more:"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from store.facts.model import Span
from store.facts.page.furniture import is_furniture, is_terminated
from store.facts.words import telling_stems

BULLET = re.compile(r"(?:>{1,3}|#{1,6}|\*\*|[•●○▪◦‣∙·■□►▶➤→✔✅*–—+-]|\(?(?:\d{1,2}|[a-z])[.)](?!\d))\s{1,8}(?=\S)")
_MARKDOWN = frozenset("#>")  # these mark headings and quotations, not points
_LONGEST_POINT = 160  # characters
_LONGEST_LABEL = 60
_TOLD_WITHIN = 20_000  # characters of the story in which a point is looked for
_LINK_LABELS = frozenset({"read", "related", "more", "most", "also", "see", "recommended", "trending", "popular"})
_WORD = re.compile(r"[^\W\d_]+")


def lists_apart(text: str, paragraphs: Sequence[Span]) -> set[int]:
    """Return the positions of the paragraphs that sum the story up above it, or link to others from below a label.

    Both are bullets without a full stop. A bullet above the story that tells what the story does not is none of them.
    """
    if not any(_is_point(text, paragraph) for paragraph in paragraphs):
        return set()
    return {*_summed_up(text, paragraphs), *_linked(text, paragraphs)}


def _is_point(text: str, paragraph: Span) -> bool:
    if paragraph.end - paragraph.start > _LONGEST_POINT or text[paragraph.start] in _MARKDOWN:
        return False
    is_open = not is_terminated(text[max(paragraph.start, paragraph.end - 8) : paragraph.end])
    return is_open and BULLET.match(text, paragraph.start, paragraph.end) is not None


def _summed_up(text: str, paragraphs: Sequence[Span]) -> Iterator[int]:
    """Yield the points above the first full sentence that it or what follows tells: each figure, half of the words."""
    points: list[int] = []
    for position, paragraph in enumerate(paragraphs):
        if _is_point(text, paragraph):
            points.append(position)
        elif _is_told(text, paragraph):
            break
    else:
        return
    if not points:
        return
    story = set(telling_stems(text[paragraph.start : paragraph.start + _TOLD_WITHIN]))
    for position in points:
        stems = telling_stems(_without_bullet(text, paragraphs[position]))
        untold = [stem for stem in stems if stem not in story]
        if 2 * len(untold) <= len(stems) and not any(stem[0].isdigit() for stem in untold):
            yield position


def _without_bullet(text: str, paragraph: Span) -> str:
    bullet = BULLET.match(text, paragraph.start, paragraph.end)
    return text[bullet.end() if bullet else paragraph.start : paragraph.end]


def _is_told(text: str, paragraph: Span) -> bool:
    """Tell a paragraph of the story from a heading, a byline or a time stamp."""
    ends = is_terminated(text[max(paragraph.start, paragraph.end - 8) : paragraph.end])
    return ends and not is_furniture(text[paragraph.start : paragraph.end])


def _linked(text: str, paragraphs: Sequence[Span]) -> Iterator[int]:
    """Yield the points that follow a label such as "Read more:"."""
    below = False
    for position, paragraph in enumerate(paragraphs):
        below = _is_point(text, paragraph) if below else False
        if below:
            yield position
        else:
            below = _is_link_label(text, paragraph)


def _is_link_label(text: str, paragraph: Span) -> bool:
    if paragraph.end - paragraph.start > _LONGEST_LABEL:
        return False
    words = text[paragraph.start : paragraph.end]
    first = _WORD.match(words)
    return first is not None and first.group().lower() in _LINK_LABELS and is_furniture(words)
