"""Press releases and official statements: the body that issues one answers for what it denies and corrects there.

What a release only tells ("Twenty persons remain in custody") stays without a speaker, as in any other story.
"""

from __future__ import annotations

import re
from dataclasses import replace

from store.facts.model import Layout
from store.facts.speech.corrections import corrects_figure, denies_flatly
from store.facts.speech.heard import Heard
from store.facts.speech.phrases import Line
from store.facts.speech.voices import Voice

# Lines by which a text is its issuer's own: "Press office of the Ministry of Health", "For immediate release".
_MARKS = re.compile(
    r"\b(?:press (?:office|service|centre|center|release|department|bureau)|for immediate release|communiqu[eé]"
    r"|media (?:office|contacts?|relations|release))\b",
    re.IGNORECASE,
)
_LONGEST_MARK = 200  # characters at the beginning of such a line
_SURE = 0.7


def is_release(text: str, layout: Layout) -> bool:
    """Tell whether the lines around a story's words say that its issuer publishes it itself."""
    return any(_MARKS.search(text, span.start, min(span.end, span.start + _LONGEST_MARK)) for span in layout.furniture)


def voice_of_issuer(line: Line, heard: Heard) -> Voice | None:
    """Return the issuer's voice for a sentence that denies or corrects and names nobody; None for other sentences."""
    if heard.issuer is None or not (denies_flatly(line) or corrects_figure(line)):
        return None
    speaker = replace(heard.issuer, confidence=min(_SURE, heard.issuer.confidence))
    return Voice(speaker, "issuer", None, None, -1, -1, (0, len(line.tokens) - 1))
