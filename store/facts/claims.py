"""What each sentence claims: its main claim first, then what others say in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from store.facts.model import Cast, Claim, Layout, Mode, Speaker, Status
from store.facts.patterns import Patterns
from store.facts.phrases import Line
from store.facts.speakers import BAR, Attribution, Voice, attributed_lines
from store.facts.standing import Backdrop, accuses, sides_of, standing_of, standing_of_voice

_EVENTS = frozenset(
    {
        "clash",
        "attack",
        "shooting",
        "strike",
        "blast",
        "explosion",
        "crash",
        "collision",
        "earthquake",
        "quake",
        "flood",
        "war",
        "exchange",
        "raid",
        "incident",
        "accident",
        "fire",
        "coup",
        "election",
        "vote",
        "storm",
        "eruption",
        "outbreak",
        "massacre",
        "siege",
    }
)


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """Who says a sentence, how, and in what standing. Its own fields are its main claim's."""

    speaker: Speaker | None
    cue: str | None
    mode: Mode
    status: Status
    hedges: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()  # the main one first
    background: bool = False
    rules: dict[str, str] = field(default_factory=dict)  # field -> the rule that gave it


def read_claims(text: str, layout: Layout, cast: Cast) -> list[ClaimReading]:
    """Return one reading for each sentence of *layout*, in order."""
    found: list[ClaimReading] = []
    backdrop = _headline_backdrop(layout)
    for position, (line, attribution) in enumerate(attributed_lines(text, layout, cast)):
        if not line.tokens:
            found.append(ClaimReading(None, None, Mode.ASSERTION, Status.ASSERTED))
            continue
        found.append(_reading(line, attribution, backdrop, position, total=len(layout.sentences)))
        backdrop = _next_backdrop(backdrop, line, attribution, position)
    return found


def _headline_backdrop(layout: Layout) -> Backdrop:
    return Backdrop()


def _reading(line: Line, attribution: Attribution, backdrop: Backdrop, position: int, *, total: int) -> ClaimReading:
    standing = standing_of(line, attribution, backdrop=backdrop, position=position)
    background = _is_background(line, attribution, position, total)
    main = Claim(
        *_offsets(line, attribution.voice.content if attribution.voice else (0, len(line.tokens) - 1)),
        standing.status,
        attribution.mode,
        attribution.speaker,
        attribution.cue,
        standing.hedges,
    )
    rules = {"speaker": attribution.rule, "status": standing.rule}
    if background:
        rules["background"] = background
    return ClaimReading(
        attribution.speaker,
        attribution.cue,
        attribution.mode,
        standing.status,
        standing.hedges,
        (main, *_further_claims(line, attribution.others)),
        bool(background),
        rules,
    )


def _further_claims(line: Line, voices: Sequence[Voice]) -> list[Claim]:
    """Return a claim for each further voice, cut off where the next voice or the next clause begins."""
    found = []
    for voice in voices:
        if voice.speaker is None or voice.speaker.confidence < BAR:
            continue
        content = _own_stretch(line, voice)
        standing = standing_of_voice(line, voice, content)
        mode = Mode.QUOTE if standing.status is Status.QUOTED else Mode.PARAPHRASE
        start, end = _offsets(line, content)
        found.append(Claim(start, end, standing.status, mode, voice.speaker, voice.cue_text, standing.hedges))
    return found


def _own_stretch(line: Line, voice: Voice) -> tuple[int, int]:
    """Return the part of a sentence that an embedded voice covers: up to the next comma outside quotation marks."""
    low, high = voice.content
    if low <= voice.last:
        return (max(low, 0), high) if high >= low else (voice.first, voice.last)
    end = low
    while end < high and not (line.tokens[end + 1].text in {",", ";"} and not line.tokens[end + 1].quoted):
        end += 1
    return (low, end) if low <= high else (voice.first, voice.last)


def _offsets(line: Line, content: tuple[int, int]) -> tuple[int, int]:
    """Return where a stretch of tokens stands in the text, marks at its edges left out."""
    last = len(line.tokens) - 1
    low, high = max(0, min(content[0], last)), max(0, min(content[1], last))
    while low < high and line.tokens[low].text in {",", ";", ":", "—", "–"}:
        low += 1
    while high > low and line.tokens[high].text in {",", ";", ":", "—", "–", "."}:
        high -= 1
    return line.tokens[low].start, line.tokens[high].end


def _next_backdrop(backdrop: Backdrop, line: Line, attribution: Attribution, position: int) -> Backdrop:
    retreating = backdrop.retreating
    for voice in (attribution.voice, *attribution.others):
        if voice and voice.kind == "retract" and voice.speaker:
            retreating |= sides_of(voice.speaker)
    accused = position if accuses(line) else backdrop.accused_at
    return replace(backdrop, retreating=retreating, accused_at=accused)


# ---- background
@cache
def _background_cues() -> Patterns:
    return Patterns.read("background_cues.tsv", label="background")


def _is_background(line: Line, attribution: Attribution, position: int, total: int) -> str | None:
    """Return the rule by which a sentence only reminds of earlier events, None if it brings something.

    Reminders stand in the second half of a story and nobody is quoted in them.
    """
    for index, token in enumerate(line.tokens):
        matches = [] if token.is_mark else _background_cues().at(line.tokens, index)
        if matches and (index <= 2 or matches[0][0].source == "share a"):
            return matches[0][0].source
    if attribution.voice is not None or position * 2 < total:
        return None
    months = {
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    }
    dated = any(t.low in months and t.is_capital for t in line.tokens)
    event = any(t.low in _EVENTS for t in line.tokens)
    return "dated event retold" if dated and event else None
