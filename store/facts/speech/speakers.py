"""Who vouches for each sentence, and how its words are given.

Everybody who is given the word in a sentence is a `Voice` (voices.py, sources.py). The first that does not speak inside
somebody else's clause is the main one. In an interview the label of the turn tells (labels.py). Quotations without a
cue of their own have three more rules:

    colon        X was blunt: "..."
    continued    "..."  (the speaker of the sentence before)
    after        X shrugged. "..."
    told after   "..." That is how X put it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from store.facts.grammar import word_class
from store.facts.model import Cast, Kind, Layout, Mode, Sentence, Span, Speaker, TurnKind
from store.facts.numbers.counted import is_past
from store.facts.speech.heard import PRONOUN_GENDERS, Heard
from store.facts.speech.labels import only_person_asked, voices_of_turn
from store.facts.speech.phrases import QUOTES, Line, Token, cut
from store.facts.speech.sources import voices_of_sources
from store.facts.speech.stretches import FINITE
from store.facts.speech.subjects import resolve
from store.facts.speech.told_after import told_after
from store.facts.speech.topics import topic_of
from store.facts.speech.voices import Voice, voices_of_verbs

_PURE = 8  # quoted words to one that is not, from which on a sentence is a quote and no mixture
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_UNTOLD = frozenset({"continued", "after"})  # rules by which a quotation's own sentence names nobody
_LOOKED_AHEAD = 200  # characters of the next sentence that may say whose a quotation was
_TOLD_BEFORE = frozenset({"had", "has", "have"})  # begin the cue of what was said before somebody tells of it
_SETTING_AGAINST = frozenset({"but", "while", "whereas", "though", "although"})
_LONGEST_OPENING = 6  # tokens from such a word to the voice that it brings in: "but at the same time the union"
BAR = 0.5  # a speaker less sure than this is left empty


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
    heard = Heard(text, cast, start=starts[0])
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
    main = (
        _up_to_next(_main(voices), line, voices) or _before_colon(line, heard) or _without_cue(line, neighbour, heard)
    )
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


def _up_to_next(main: Voice | None, line: Line, voices: Sequence[Voice]) -> Voice | None:
    """Cut what the main voice says where another claim begins: "..., but promised to", "..., while Ruiz put it at"."""
    if main is None:
        return None
    behind = [voice for voice in voices if voice.first > main.last]
    following = [v.first - 1 for v in behind if v.rule in {"joined", "added"} and not v.is_embedded]
    following += [at - 1 for v in behind if (at := _set_against(line, v, main)) is not None]
    low, high = main.content
    return replace(main, content=(low, min(high, *following))) if following else main


def _set_against(line: Line, voice: Voice, main: Voice) -> int | None:
    """Return where a further voice's clause is set against the *main* one's: at the ";" or the word that contrasts.

    "Police put it at 40, | while organisers said ..."; None where it may go on with what is said: "... and Kral said",
    "said the law, while critics called it a slap, would stand".
    """
    opening = range(voice.first - 1, max(main.last, voice.first - _LONGEST_OPENING), -1)
    words = ((i, line.tokens[i]) for i in opening)
    at = next((i for i, t in words if t.quoted or t.text == ";" or t.low in _SETTING_AGAINST), None)
    if at is None or line.tokens[at].quoted:
        return None
    tells = main.kind == "count" or any(_is_told(token) for token in line.tokens[main.last + 1 : at])
    return at if tells else None


def _is_told(token: Token) -> bool:
    """Tell a verb or a number, with which what is said is a claim already."""
    return token.is_number or token.low in FINITE or is_past(token.low)


def _main(voices: Sequence[Voice]) -> Voice | None:
    """Return the first voice that speaks for itself, one with a speaker before one without."""
    free = [voice for voice in voices if not voice.is_embedded and voice.rule != "added"]
    sure = [voice for voice in free if voice.speaker and voice.speaker.confidence >= BAR]
    first = next(iter(sure or free), None)
    return (_teller_of(first, sure) if first else None) or first


def _teller_of(earlier: Voice, sure: Sequence[Voice]) -> Voice | None:
    """Return who tells now what somebody said before: "Ruiz had warned of gas, | her deputy said"; None for no one.

    That a paper "reported" it tells only where it was printed.
    """
    if not _TOLD_BEFORE.issuperset((earlier.cue_text or "").lower().split()[:1]) or earlier.rule != "lead":
        return None
    closing = (v for v in sure if v.first > earlier.last and v.kind in {None, "say"} and not _is_printing(v))
    return next((v for v in closing if v.content[0] <= earlier.first and earlier.last <= v.content[1]), None)


def _is_printing(voice: Voice) -> bool:
    return voice.cue is not None and voice.cue.lemma == "report"


# ---- quotations without a cue
def _before_colon(line: Line, heard: Heard) -> Voice | None:
    """ "X was blunt: "..."": the first phrase that can speak."""
    for index, token in enumerate(line.tokens[:-1]):
        if token.text == ":" and not token.quoted and line.tokens[index + 1].quoted:
            phrase = next((p for p in line.phrases(0, index - 1) if p.after is None and not p.is_time), None)
            speaker = resolve(line, phrase, heard, until=phrase.last) if phrase else None
            if speaker is None:
                return None
            speaker = replace(speaker, confidence=min(0.75, speaker.confidence))
            return Voice(speaker, "colon", None, None, 0, index, (index + 1, len(line.tokens) - 1))
    return None


def _without_cue(line: Line, neighbour: Sentence | None, heard: Heard) -> Voice | None:
    """A sentence that is nothing but a quotation goes on where the one before left off."""
    words = [token for token in line.tokens if not token.is_mark]
    if len(words) > 1 and words[0].low in word_class("conjunction"):
        words = words[1:]  # "And: "..."."
    if neighbour is None or not words or sum(t.quoted for t in words) < 0.9 * len(words):
        return None
    whole = (0, len(line.tokens) - 1)
    if heard.previous:
        speaker = replace(heard.previous, confidence=min(heard.previous.confidence, 0.9))
        return Voice(speaker, "continued", None, None, -1, -1, whole)
    if heard.quotes:
        return Voice(None, "continued", None, None, -1, -1, whole)  # of nobody known, as before
    acting = _acting_before(neighbour, heard)
    return Voice(acting, "after", None, None, -1, -1, whole) if acting else None


def _acting_before(neighbour: Sentence, heard: Heard) -> Speaker | None:
    """Return whom a sentence without speech is about: who spoke last in "She did not name a day.", else who is named.

    None where it names several and is about none of them.
    """
    about = heard.topic if heard.topic and heard.topic_start == neighbour.start else None
    if about:
        return replace(about, as_printed=about.name, confidence=0.65)
    opening = _FIRST_WORD.match(heard.text, neighbour.start, neighbour.end)
    gender = PRONOUN_GENDERS.get(opening.group().lower()) if opening else None
    if gender:
        known = next((p for p in heard.people() if heard.last_person and p.name == heard.last_person.name), None)
        if known is None or not heard.can_be(known, gender):
            return None
        return Speaker(known.name, known.name, known.role, known.of, 0.65)
    people = heard.cast.within(neighbour.start, neighbour.end, Kind.PERSON)
    person = people[0] if len(people) == 1 else None
    return Speaker(person.name, person.name, person.role, person.of, 0.65) if person else None


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
