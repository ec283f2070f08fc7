"""Who vouches for each sentence, and how its words are given.

Everybody who is given the word in a sentence is a `Voice` (voices.py, sources.py), and one of them is the main one
(main_voice.py). Quotations without a cue of their own are given to somebody by cueless.py, or by the next sentence
("..." That is how X put it: told_after.py). In an interview the label of the turn tells (labels.py),
in a release the body that issues it (releases.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from store.facts.model import Cast, Layout, Mode, Sentence, Span, Speaker, TurnKind
from store.facts.speech.cueless import voice_without_cue
from store.facts.speech.heard import Heard
from store.facts.speech.labels import only_person_asked, voices_of_turn
from store.facts.speech.main_voice import BAR, hanging_voice, main_voice
from store.facts.speech.phrases import QUOTES, Line, cut
from store.facts.speech.releases import is_release, voice_of_issuer
from store.facts.speech.sources import voices_of_sources
from store.facts.speech.told_after import told_after
from store.facts.speech.topics import topic_of
from store.facts.speech.voices import Voice, voices_of_verbs

_PURE = 8  # quoted words to one that is not, from which on a sentence is a quote and no mixture
_UNTOLD = frozenset({"continued", "after"})  # rules by which a quotation's own sentence names nobody
_LOOKED_AHEAD = 200  # characters of the next sentence that may say whose a quotation was


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who vouches for a sentence, how its words are given, and who else speaks in it."""

    speaker: Speaker | None
    cue: str | None
    mode: Mode
    quoted: tuple[Span, ...]
    rule: str
    voice: Voice | None = None  # the main one, also when its speaker is left empty
    others: tuple[Voice, ...] = ()


def attributed_lines(text: str, layout: Layout, cast: Cast) -> Iterator[tuple[Line, Attribution]]:
    """Yield each sentence of *layout* as tokens, with its attribution."""
    starts = [sentence.start for sentence in layout.sentences] + [len(text)]
    asked = only_person_asked(layout, cast)
    heard = Heard(text, cast, start=starts[0], is_release=is_release(text, layout))
    for index, sentence in enumerate(layout.sentences):
        line = Line(cut(text, sentence.start, sentence.end, quotes=layout.quotes), cast)
        turn = layout.turn_at(sentence.start)
        if turn and turn.kind is not TurnKind.OUTLET and line.tokens:
            main, others = voices_of_turn(line, turn, _all_voices(line, heard), heard, asked=asked)
            attribution = Attribution(
                main.speaker, main.cue_text, Mode.QUOTE, _quoted_spans(line), main.rule, main, tuple(others)
            )
        else:
            attribution = _attribute(line, _neighbour(layout, index), heard)
            if attribution.rule in _UNTOLD:
                attribution = _as_told_after(attribution, _following(layout, index, text, cast), heard)
        yield line, attribution
        topic = topic_of(line, attribution.speaker, heard)
        quotes = attribution.mode in {Mode.QUOTE, Mode.MIXED}
        heard = heard.after(sentence, attribution.speaker, starts[index + 1], topic=topic, quotes=quotes)


def _following(layout: Layout, index: int, text: str, cast: Cast) -> Line | None:
    """Return the sentence after the one at *index*, where it stands in its paragraph or the next."""
    after = layout.sentences[index + 1 : index + 2]
    if not after or after[0].paragraph - layout.sentences[index].paragraph > 1:
        return None
    start, end = after[0].start, after[0].end
    return Line(cut(text, start, min(end, start + _LOOKED_AHEAD), quotes=layout.quotes), cast)


def _as_told_after(attribution: Attribution, following: Line | None, heard: Heard) -> Attribution:
    """Give a quotation that names nobody to whom the next sentence says it is of."""
    speaker = told_after(following, heard) if following else None
    if speaker is None or attribution.voice is None:
        return attribution
    voice = replace(attribution.voice, speaker=speaker, rule="told after")
    return replace(attribution, speaker=speaker, rule="told after", voice=voice)


def _neighbour(layout: Layout, index: int) -> Sentence | None:
    """Return the sentence before, if it stands in the same paragraph or the one before it."""
    if index == 0:
        return None
    before, here = layout.sentences[index - 1], layout.sentences[index]
    return before if here.paragraph - before.paragraph <= 1 else None


def _attribute(line: Line, neighbour: Sentence | None, heard: Heard) -> Attribution:
    voices = _all_voices(line, heard)
    main = main_voice(line, voices) or voice_without_cue(line, neighbour, heard) or hanging_voice(line, voices)
    main = main or voice_of_issuer(line, heard)
    others = tuple(voice for voice in voices if main is None or voice.first != main.first)
    if main is None:
        return Attribution(None, None, Mode.ASSERTION, _quoted_spans(line), "outlet", None, others)
    speaker = main.speaker if main.speaker and main.speaker.confidence >= BAR else None
    return Attribution(speaker, main.cue_text, mode_of(line, main), _quoted_spans(line), main.rule, main, others)


def _all_voices(line: Line, heard: Heard) -> list[Voice]:
    """Return the voices from left to right; a source takes the cue inside it ("as was reported by X")."""
    sources = list(voices_of_sources(line, heard))
    verbs = [v for v in voices_of_verbs(line, heard) if not any(s.first <= v.last <= s.last for s in sources)]
    return sorted([*verbs, *sources], key=lambda voice: voice.first)


# ---- how the words are given
def _quoted_spans(line: Line) -> tuple[Span, ...]:
    """Return the stretches of a sentence that stand in quotation marks."""
    found: list[Span] = []
    joined = False
    for token in line.tokens:
        if token.quoted and joined:
            found[-1] = Span(found[-1].start, token.end)
        elif token.quoted:
            found.append(Span(token.start, token.end))
        joined = token.quoted
    return tuple(found)


def mode_of(line: Line, voice: Voice) -> Mode:
    """Return how words are given; a single word in quotation marks is a scare quote, but not as a verdict.

    "Dismissed the charge as "theatre"" gives the very word that was said.
    """
    quoted, plain = quoted_share(line, voice)
    if quoted == 0 or (quoted == 1 and plain > 0 and not _is_verdict(line, voice)):
        return Mode.PARAPHRASE
    return Mode.QUOTE if quoted >= _PURE * plain else Mode.MIXED


def _interrupts(line: Line, voice: Voice) -> bool:
    """Tell whether a quotation follows at the comma that closes an attribution: "It was, Mr Ito said, "a slap"."."""
    mark = next((i for i in range(voice.last + 1, len(line.tokens) - 1) if line.tokens[i].is_break), None)
    return mark is not None and line.tokens[mark].text == "," and line.tokens[mark + 1].quoted


def _is_verdict(line: Line, voice: Voice) -> bool:
    """Tell whether a quoted word behind "as", or behind a verb that gives names, is somebody's verdict."""
    if voice.cue is None or voice.kind not in {"label", "reject", "deny", "judge"}:
        return False
    behind = range(voice.cue.verb + 1, len(line.tokens) - 1)
    return any(line.tokens[i].low == "as" and line.tokens[i + 1].text[0] in QUOTES for i in behind)


def quoted_share(line: Line, voice: Voice) -> tuple[int, int]:
    """Return how many words of what is said are quoted, and how many are not.

    Behind an attribution that interrupts a sentence, what is said goes on where a quotation follows at once.
    """
    low, high = voice.content
    said = [t for t in line.tokens[max(low, 0) : high + 1] if not t.is_mark]
    quoted = sum(t.quoted for t in said)
    if high < voice.first and (quoted or _interrupts(line, voice)):
        quoted += sum(t.quoted and not t.is_mark for t in line.tokens[voice.last + 1 :])
    return quoted, sum(not t.quoted for t in said)
