"""What each sentence claims: its main claim first, then what others say in it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.model import Cast, Claim, Layout, Mode, Speaker, Status
from store.facts.speech.cases import Backdrop
from store.facts.speech.clauses import joined_stretch, word_statuses
from store.facts.speech.denials import accuses, deeds_charged
from store.facts.speech.main_voice import BAR
from store.facts.speech.patterns import Patterns
from store.facts.speech.phrases import QUOTES, Line
from store.facts.speech.retreats import sides_of
from store.facts.speech.speakers import Attribution, attributed_lines, mode_of
from store.facts.speech.standing import hedges_in, standing_of, standing_of_voice
from store.facts.speech.voices import Voice

_EDGES = frozenset(",;:—–.")


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
    backdrop = Backdrop()
    for position, (line, attribution) in enumerate(attributed_lines(text, layout, cast)):
        if not line.tokens:
            found.append(ClaimReading(None, None, Mode.ASSERTION, Status.ASSERTED))
            continue
        found.append(_reading(line, attribution, backdrop, position, late=2 * position >= len(layout.sentences)))
        backdrop = _next_backdrop(backdrop, line, attribution, position)
    return found


def _reading(line: Line, attribution: Attribution, backdrop: Backdrop, position: int, *, late: bool) -> ClaimReading:
    standing = standing_of(line, attribution, backdrop=backdrop, position=position)
    voice = attribution.voice
    start, end = _offsets(line, voice.content if voice else (0, len(line.tokens) - 1))
    main = Claim(start, end, standing.status, attribution.mode, attribution.speaker, attribution.cue, standing.hedges)
    rules = {"speaker": attribution.rule, "mode": attribution.rule, "status": standing.rule}
    background = _background_rule(line, attribution, late=late)
    if background:
        rules["background"] = background
    return ClaimReading(
        attribution.speaker,
        attribution.cue,
        attribution.mode,
        standing.status,
        standing.hedges,
        (main, *_joined_claims(line, attribution), *_further_claims(line, attribution, position)),
        background is not None,
        rules,
    )


def _joined_claims(line: Line, attribution: Attribution) -> list[Claim]:
    """Return what "and" or "but" joins to the main claim, where it looks ahead: "..., and would be sent back"."""
    voice = attribution.voice
    stretch = joined_stretch(line, voice.content if voice else (0, len(line.tokens) - 1))
    if stretch is None:
        return []
    ahead = next(iter(word_statuses(line, stretch, spoken=voice is not None)), None)
    if ahead is None or ahead[0] not in {Status.FORECAST, Status.PLANNED}:
        return []
    start, end = _offsets(line, stretch)
    hedges = hedges_in(line, *stretch)
    return [Claim(start, end, ahead[0], attribution.mode, attribution.speaker, attribution.cue, hedges)]


def _further_claims(line: Line, attribution: Attribution, position: int) -> list[Claim]:
    """Return a claim for each further voice of the sentence that is sure enough."""
    found = []
    for voice in attribution.others:
        if voice.speaker is None or voice.speaker.confidence < BAR:
            continue
        narrowed = replace(voice, content=_own_stretch(line, voice, attribution.voice))
        mode = mode_of(line, narrowed)
        standing = standing_of_voice(line, narrowed, narrowed.content, mode=mode, position=position)
        start, end = _offsets(line, narrowed.content)
        found.append(Claim(start, end, standing.status, mode, voice.speaker, voice.cue_text, standing.hedges))
    return found


def _own_stretch(line: Line, voice: Voice, main: Voice | None) -> tuple[int, int]:
    """Return the part of a sentence that a further voice covers: up to the next comma outside quotation marks.

    It ends where the *main* one closes the sentence: "had warned | of gas |, her deputy said".
    """
    low, high = max(voice.content[0], 0), voice.content[1]
    if main and low < main.first <= high:
        high = main.first - 1
    if not any(not token.is_mark for token in line.tokens[low : high + 1]):
        return voice.first, voice.last
    if low <= voice.last:
        return low, high
    end = low
    while end < high and not _ends_stretch(line, end + 1):
        end += 1
    return low, end


def _ends_stretch(line: Line, index: int) -> bool:
    """Tell the comma outside quotation marks, or the mark behind one inside them: "called it "a slap," | said"."""
    token, before = line.tokens[index], line.tokens[index - 1]
    if token.quoted:
        return token.text in QUOTES and before.quoted and before.text == ","
    return token.text in {",", ";"}


def _offsets(line: Line, content: tuple[int, int]) -> tuple[int, int]:
    """Return where a stretch of tokens stands in the text, marks at its edges left out."""
    last = len(line.tokens) - 1
    low, high = max(0, min(content[0], last)), max(0, min(content[1], last))
    while low < high and line.tokens[low].text in _EDGES:
        low += 1
    while high > low and line.tokens[high].text in _EDGES:
        high -= 1
    return line.tokens[low].start, line.tokens[max(low, high)].end


def _next_backdrop(backdrop: Backdrop, line: Line, attribution: Attribution, position: int) -> Backdrop:
    retreating = backdrop.retreating
    for voice in (attribution.voice, *attribution.others):
        if voice and voice.kind == "retract" and voice.speaker:
            retreating |= sides_of(voice.speaker)
    accused = position if accuses(line) else backdrop.accused_at
    deeds = backdrop.deeds | deeds_charged(line)
    return replace(backdrop, retreating=retreating, accused_at=accused, deeds=deeds)


# ---- background
@cache
def _background_cues() -> Patterns:
    return Patterns.read("background_cues.tsv", label="background")


def _background_rule(line: Line, attribution: Attribution, *, late: bool) -> str | None:
    """Return the rule by which a sentence only reminds of earlier events, None if it brings something.

    Without a cue, a reminder stands in the *late* half of a story, nobody is quoted in it, and it tells of an event of
    the past with its date: "A Jan. 29 clash killed three".
    """
    for index, token in enumerate(line.tokens):
        matches = [] if token.is_mark else _background_cues().at(line.tokens, index)
        if matches:
            return f"cue: {matches[0][0].source}"
    if attribution.voice is not None or not late:
        return None
    is_dated = any(token.low in word_class("month") and token.is_capital for token in line.tokens)
    is_event = any(token.low in word_set("event_nouns.txt") for token in line.tokens)
    return "event retold with its date" if is_dated and is_event else None
