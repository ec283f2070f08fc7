"""Who has the word in each sentence.

Every way of giving somebody the word that is found in a sentence becomes a `Voice`; the one that vouches for the whole
sentence is its main voice, the others speak for a part. One rule to each way, named in `Voice.rule`:

    lead         X said that ...; X, who ..., said ...
    tag          ..., X said on Monday
    inverted     "...," said X
    source       according to X; by the data of X; in the words of X
    by           was dismissed by X
    impersonal   In the course of the visit it was noted that ...  (who spoke before)
    added        ..., adding that ...
    colon        X was blunt: "..."
    continued    "..."  (the speaker of the sentence before)
    after        X shrugged. "..."
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from store.facts.cues import Cue, find_cues, is_allegation
from store.facts.model import Cast, Kind, Layout, Mode, Sentence, Span, Speaker
from store.facts.naming import Scene, name_phrase
from store.facts.patterns import Patterns
from store.facts.phrases import Line, Phrase, cut, nouns, word_class

BAR = 0.5  # a speaker less sure than this is left empty
_IMPERSONAL = frozenset("report note stress underline emphasise announce inform state add observe".split())
_FINITE = word_class("auxiliary") | word_class("modal")
_NEEDS_CLAUSE = frozenset({"report"})
_DENIED_THINGS = frozenset(
    "entry access bail permission visas visa service treatment asylum parole leave boarding food water aid".split()
)
_UNPUBLISHED = frozenset({"seen", "obtained", "reviewed", "viewed", "verified", "read"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who is given the word in a sentence, and for which of its tokens."""

    speaker: Speaker | None
    rule: str
    cue: Cue | None
    cue_text: str | None
    first: int  # the attribution itself: subject to cue, tokens[first:last + 1]
    last: int
    content: tuple[int, int]  # what is said: tokens[content[0]:content[1] + 1]
    is_embedded: bool = False  # speaks inside a subordinate or another speaker's clause

    @property
    def kind(self) -> str | None:
        """The kind of its cue, as in cue_verbs.tsv."""
        return self.cue.kind if self.cue else None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who vouches for a sentence, how its words are given, and who else speaks in it."""

    speaker: Speaker | None
    cue: str | None
    mode: Mode
    quoted: tuple[Span, ...]
    rule: str
    voice: Voice | None = None
    others: tuple[Voice, ...] = ()


def attribute(text: str, layout: Layout, cast: Cast) -> list[Attribution]:
    """Return one attribution for each sentence of *layout*, in order."""
    return [attribution for _, attribution in attributed_lines(text, layout, cast)]


def attributed_lines(text: str, layout: Layout, cast: Cast) -> Iterator[tuple[Line, Attribution]]:
    """Yield each sentence of *layout* as tokens, with its attribution."""
    scene = Scene(text, cast, 0)
    for index, sentence in enumerate(layout.sentences):
        scene = replace(scene, start=sentence.start)
        line = read_line(text, sentence, layout, cast)
        voices = list(_voices(line, scene))
        attribution = _attribute(line, voices, _neighbour(layout, index), scene)
        yield line, attribution
        scene = _next_scene(scene, sentence, attribution)


def read_line(text: str, sentence: Sentence, layout: Layout, cast: Cast) -> Line:
    """Return a sentence as tokens."""
    return Line(cut(text, sentence.start, sentence.end, quotes=layout.quotes), cast)


def _neighbour(layout: Layout, index: int) -> Sentence | None:
    """Return the sentence before, if it stands in the same paragraph or the one before it."""
    if index == 0:
        return None
    before, here = layout.sentences[index - 1], layout.sentences[index]
    return before if here.paragraph - before.paragraph <= 1 else None


def _next_scene(scene: Scene, sentence: Sentence, attribution: Attribution) -> Scene:
    speaker = attribution.speaker
    is_person = bool(speaker) and any(
        e.kind is Kind.PERSON and speaker is not None and e.name == speaker.name for e in scene.cast.entities
    )
    return replace(
        scene,
        previous=speaker,
        last_person=speaker if is_person else scene.last_person,
        previous_start=sentence.start,
    )


# ---- the main voice
def _attribute(line: Line, voices: Sequence[Voice], neighbour: Sentence | None, scene: Scene) -> Attribution:
    main = _main(voices)
    if main is None:
        main = _without_cue(line, neighbour, scene)
    others = tuple(v for v in voices if v is not main)
    spans = _quoted_spans(line)
    if main is None or main.speaker is None or main.speaker.confidence < BAR:
        mode = Mode.ASSERTION if main is None else _mode(line, main)
        cue = main.cue_text if main else None
        return Attribution(None, cue, mode, spans, main.rule if main else "outlet", main, others)
    return Attribution(main.speaker, main.cue_text, _mode(line, main), spans, main.rule, main, others)


def _main(voices: Sequence[Voice]) -> Voice | None:
    """The first that is not embedded; one that closes the sentence wins over one that speaks for a part before it."""
    free = [v for v in voices if not v.is_embedded and v.rule != "added"]
    if not free:
        return None
    sure = [v for v in free if v.speaker and v.speaker.confidence >= BAR]
    return (sure or free)[0]


def _without_cue(line: Line, neighbour: Sentence | None, scene: Scene) -> Voice | None:
    """Quotations that have no verb of speech of their own."""
    whole = (0, len(line.tokens) - 1)
    colon = _before_colon(line, scene)
    if colon:
        return colon
    if not _is_all_quoted(line) or neighbour is None:
        return None
    if scene.previous:
        speaker = replace(scene.previous, confidence=min(scene.previous.confidence, 0.9))
        return Voice(speaker, "continued", None, None, -1, -1, whole)
    people = scene.cast.within(neighbour.start, neighbour.end, Kind.PERSON)
    if len(people) == 1:
        person = people[0]
        return Voice(
            Speaker(person.name, person.name, person.role, person.of, 0.65), "after", None, None, -1, -1, whole
        )
    return None


def _is_all_quoted(line: Line) -> bool:
    words = [t for t in line.tokens if not t.is_mark]
    return bool(words) and sum(t.quoted for t in words) >= 0.9 * len(words)


def _before_colon(line: Line, scene: Scene) -> Voice | None:
    for index, token in enumerate(line.tokens[:-1]):
        if token.text == ":" and not token.quoted and line.tokens[index + 1].quoted:
            for phrase in line.phrases(0, index - 1):
                if phrase.after is None and not phrase.is_time:
                    speaker = name_phrase(line, phrase, scene, until=phrase.last)
                    if speaker and speaker.confidence >= 0.6:
                        speaker = replace(speaker, confidence=min(0.75, speaker.confidence))
                        return Voice(speaker, "colon", None, None, 0, index, (index + 1, len(line.tokens) - 1))
                    return None
    return None


# ---- all voices
def _voices(line: Line, scene: Scene) -> Iterator[Voice]:
    found: list[Voice] = []
    for cue in find_cues(line):
        voice = _voice(line, cue, found, scene)
        if voice:
            found.append(voice)
    found.extend(_sources(line, scene))
    found.sort(key=lambda v: v.first)
    return iter(found)


def _voice(line: Line, cue: Cue, before: Sequence[Voice], scene: Scene) -> Voice | None:
    if cue.is_gerund:
        return _added(line, cue, before, scene)
    if cue.is_passive:
        return _by(line, cue, scene) or _impersonal(line, cue, scene)
    found = _inverted(line, cue, scene) or _subject(line, cue, before, scene)
    return found if found and _speaks(line, found) else None


def _speaks(line: Line, voice: Voice) -> bool:
    """Tell whether what stands around a cue makes it one, by the kind of the cue."""
    cue = voice.cue
    if cue is None:
        return True
    behind = line.tokens[cue.last + 1 :]
    quoted_near = any(t.quoted for t in line.tokens[cue.last + 1 : cue.last + 10])
    if cue.kind == "tag":
        return voice.rule in {"tag", "inverted"} and any(t.quoted for t in line.tokens[: cue.first])
    if cue.kind == "label":
        return quoted_near
    if voice.rule in {"tag", "inverted"}:
        return True
    if cue.kind in _NEEDS_CLAUSE:
        return quoted_near or _has_clause(line, cue.last + 1)
    if cue.kind == "reject" and cue.verb == cue.last:
        return is_allegation(line, cue.last + 1, len(line.tokens) - 1) or bool(behind and behind[0].low == "that")
    if cue.kind == "deny":
        return not any(t.low in _DENIED_THINGS for t in behind[:3])
    return bool(behind) and any(not t.is_mark for t in behind)


def _has_clause(line: Line, index: int) -> bool:
    """Tell whether a clause with a verb follows: "that ...", or "the talks would resume"."""
    for token in line.tokens[index : index + 14]:
        if token.low in {"that", "to", ":"}:
            return True
        if token.is_break:
            return token.text == ":"
        if token.low in _FINITE:
            return True
    return False


# ---- subjects
def _subject(line: Line, cue: Cue, before: Sequence[Voice], scene: Scene) -> Voice | None:
    """Find the subject to the left of an active cue, across "who ..." and other insertions."""
    edge = _edge(line, cue.first)
    segment = (edge + 1, cue.first - 1)
    last_word = line.tokens[cue.first - 1].low if cue.first > 0 else ""
    if segment[0] > segment[1]:
        return _over_insertion(line, cue, edge, scene)
    if last_word in word_class("conjunction"):
        return _same_subject(line, cue, before, scene)
    if last_word in word_class("relative") or last_word == "that":
        return _relative(line, cue, scene)
    phrase = _subject_phrase(line.phrases(*segment))
    if phrase is None:
        return _over_insertion(line, cue, edge, scene)
    return _made(line, cue, phrase, scene)


def _edge(line: Line, index: int) -> int:
    """Return the index of the last mark or quoted word before *index*, -1 if there is none."""
    at = index - 1
    while at >= 0 and not line.tokens[at].is_break:
        at -= 1
    return at


def _subject_phrase(phrases: Sequence[Phrase]) -> Phrase | None:
    """The last phrase that hangs on no preposition."""
    free = [p for p in phrases if not p.is_time and p.after in (None, "as", "that")]
    return free[-1] if free else None


def _made(line: Line, cue: Cue, phrase: Phrase, scene: Scene, *, confidence: float = 1.0) -> Voice | None:
    until = _until(line, phrase, cue.first - 1)
    speaker = _resolve(line, phrase, scene, until=until)
    if speaker and confidence < 1:
        speaker = replace(speaker, confidence=speaker.confidence * confidence)
    opening = line.tokens[phrase.first - 1].low if phrase.first else ""
    is_tag = _is_tag(line, cue, phrase)
    embedded = _is_embedded(line, phrase, scene) and not (opening == "as" and is_tag)
    if speaker is None and _is_reciprocal(line, phrase):
        return None
    speaker = _joined(line, phrase, speaker, scene)
    content = _content(line, cue, phrase.first, is_tag=is_tag)
    return Voice(
        speaker,
        "tag" if is_tag else "lead",
        cue,
        cue.printed(line, scene.text),
        phrase.first,
        cue.last,
        content,
        embedded,
    )


def _until(line: Line, phrase: Phrase, last: int) -> int:
    """Return the last token that hangs on *phrase* before *last*: "officials | in the capital"."""
    end = phrase.last
    for p in line.phrases(phrase.last + 1, last):
        if p.after is None or p.is_time:
            break
        end = p.last
    return end


def _is_reciprocal(line: Line, phrase: Phrase) -> bool:
    words = [t.low for t in line.tokens[phrase.first : phrase.last + 1]]
    return words[-1] in {"side", "sides"} or words[0] in {"each", "neither", "nobody"}


def _joined(line: Line, phrase: Phrase, speaker: Speaker | None, scene: Scene) -> Speaker | None:
    """ "Chad and Niger said": both have the word."""
    if speaker is None or phrase.first < 2 or line.tokens[phrase.first - 1].low != "and":
        return speaker
    edge = _edge(line, phrase.first)
    earlier = [p for p in line.phrases(edge + 1, phrase.first - 2) if not p.is_time]
    if not earlier or earlier[-1].after is not None or earlier[-1].last != phrase.first - 2:
        return speaker
    other = name_phrase(line, earlier[-1], scene, until=earlier[-1].last)
    if other is None or other.confidence < 0.7:
        return speaker
    government = "Government of "
    if other.name.startswith(government) and speaker.name.startswith(government):
        name = f"Governments of {other.name.removeprefix(government)} and {speaker.name.removeprefix(government)}"
    else:
        name = f"{other.name} and {speaker.name}"
    return Speaker(name, f"{other.as_printed} and {speaker.as_printed}", None, None, 0.75)


def _is_tag(line: Line, cue: Cue, phrase: Phrase) -> bool:
    """Tell whether the attribution stands behind what is said: nothing but time and place follows the cue."""
    start = phrase.first - 1
    while start >= 0 and not line.tokens[start].is_break:
        start -= 1
    return start >= 0 and _content_before(line, start) and _is_light(line, cue.last + 1)


def _content_before(line: Line, index: int) -> bool:
    return sum(not t.is_mark for t in line.tokens[: index + 1]) >= 1


def _is_light(line: Line, index: int) -> bool:
    """Tell whether only when, where and to whom follows up to the next mark: "on Tuesday", "told reporters in Bern"."""
    for at in range(index, len(line.tokens)):
        token = line.tokens[at]
        if token.is_break or token.text in ".!?":
            return token.text != ":" and not (token.quoted and _opens_quote(line, at))
        if token.low in _FINITE or token.low in {"that", "he", "she", "it", "they", "we", "there"}:
            return token.low == "that" and False
        if at == index and not _may_follow(line, index):
            return False
    return True


def _opens_quote(line: Line, index: int) -> bool:
    return index > 0 and not line.tokens[index - 1].is_mark


def _may_follow(line: Line, index: int) -> bool:
    token = line.tokens[index]
    words = ("preposition", "time", "moment", "adverb", "reader", "conjunction", "subordinator")
    return (
        any(token.low in word_class(name) for name in words)
        or token.low.endswith("ly")
        or (
            token.low in {"a", "the", "his", "her", "its", "their"}
            and any(t.low in word_class("reader") for t in line.tokens[index : index + 4])
        )
        or (index in line.named and line.tokens[index - 1].low in {"told", "tells"})
        or token.low in nouns("paper_nouns.txt")
    )


def _is_embedded(line: Line, phrase: Phrase, scene: Scene) -> bool:
    """Tell whether the clause of *phrase* hangs on another: after "that", "after", "where", "who" in its own stretch."""
    hangers = word_class("subordinator") | word_class("relative")
    edge = _edge(line, phrase.first)
    stretch = line.tokens[edge + 1 : phrase.first]
    return any(
        t.low in hangers or (t.low in {"after", "before", "since"} and i == len(stretch) - 1)
        for i, t in enumerate(stretch)
    )


def _over_insertion(line: Line, cue: Cue, edge: int, scene: Scene) -> Voice | None:
    """Go back over "who ...", "the deputy head", "in a statement" to the subject before it."""
    at = edge
    for _ in range(4):
        if at <= 0 or line.tokens[at].quoted or line.tokens[at].text not in {",", ")", "—", "–", "-"}:
            return None
        start = _edge_mark(line, at)
        phrases = line.phrases(start + 1, at - 1)
        person = next(
            (p for p in phrases if p.after is None and p.last == at - 1 and _is_name_only(line, p)),
            None,
        )
        if person and person.first == start + 1:
            return _made(line, cue, person, scene)
        if not _is_insertion(line, start + 1):
            phrase = _subject_phrase(phrases)
            return _made(line, cue, phrase, scene) if phrase else None
        at = start
    return None


def _edge_mark(line: Line, index: int) -> int:
    """Like `_edge`, but quoted words do not count: "who blamed the "hasty" withdrawal"."""
    at = index - 1
    while at >= 0 and not (line.tokens[at].is_break and line.tokens[at].is_mark and not line.tokens[at].quoted):
        at -= 1
    return at


def _is_name_only(line: Line, phrase: Phrase) -> bool:
    name = line.named.get(phrase.first)
    return bool(name) and name is not None and name[0].kind is Kind.PERSON and name[1] >= phrase.last


def _is_insertion(line: Line, index: int) -> bool:
    """Tell whether a stretch between commas only describes: "who ...", "a 52-year-old driver", "speaking in Lima"."""
    if index <= 0:
        return False
    token = line.tokens[index]
    if token.low in word_class("pronoun"):
        return False
    openers = ("relative", "determiner", "possessive", "preposition", "adverb")
    return (
        any(token.low in word_class(name) for name in openers)
        or token.is_number
        or token.owning
        or token.low.endswith(("ing", "ed"))
        or token.low in nouns("person_nouns.txt")
        or token.low in {"aged", "along", "together", "himself", "herself", "now", "then"}
    )


def _same_subject(line: Line, cue: Cue, before: Sequence[Voice], scene: Scene) -> Voice | None:
    """ "... and said": the subject of the verb before."""
    for voice in reversed(before):
        if voice.speaker and voice.rule in {"lead", "tag", "inverted"} and not voice.is_embedded:
            content = _content(line, cue, cue.first, is_tag=False)
            speaker = voice.speaker
            return Voice(speaker, "lead", cue, cue.printed(line, scene.text), cue.first, cue.last, content)
    hangs = next((i for i in range(cue.first - 1, -1, -1) if _hangs(line, i)), None)
    for phrase in line.phrases(0 if hangs is None else hangs + 1, cue.first - 2):
        if phrase.after is None and not phrase.is_time:
            found = _made(line, cue, phrase, scene, confidence=0.8)
            if found is None or found.speaker is None:
                return None
            content = _content(line, cue, cue.first, is_tag=False)
            return replace(found, rule="lead", first=cue.first, content=content, is_embedded=hangs is not None)
    return None


def _hangs(line: Line, index: int) -> bool:
    """Tell whether a word opens a clause that hangs on another."""
    token = line.tokens[index]
    return not token.quoted and token.low in word_class("subordinator") | word_class("relative")


def _relative(line: Line, cue: Cue, scene: Scene) -> Voice | None:
    """ "..., who said": speaks for its own clause only."""
    end = cue.first - 2
    if end < 0:
        return None
    if line.tokens[end].is_mark:
        end -= 1
    phrases = line.phrases(_edge(line, end + 1) + 1, end)
    phrase = _subject_phrase(phrases) or (phrases[-1] if phrases else None)
    if phrase is None:
        return None
    speaker = _resolve(line, replace(phrase, after=None), scene, until=phrase.last)
    content = _content(line, cue, cue.first, is_tag=False)
    return Voice(speaker, "lead", cue, cue.printed(line, scene.text), cue.first, cue.last, content, True)


def _inverted(line: Line, cue: Cue, scene: Scene) -> Voice | None:
    """ "...," said X: nothing between the mark and the verb, and a name behind that no verb follows."""
    if cue.first == 0 or not line.tokens[cue.first - 1].is_break or cue.first != cue.verb:
        return None
    phrases = line.phrases(cue.last + 1, min(cue.last + 14, len(line.tokens) - 1))
    if not phrases or phrases[0].first != cue.last + 1 or phrases[0].is_time:
        return None
    phrase = phrases[0]
    until = _until(line, phrase, len(line.tokens) - 1)
    behind = line.tokens[phrase.last + 1] if phrase.last + 1 < len(line.tokens) else None
    if behind and (behind.low in _FINITE or behind.low == "that"):
        return None
    speaker = _resolve(line, phrase, scene, until=min(until, phrase.last + 8))
    if speaker is None:
        return None
    named = _named_behind_comma(line, phrase, scene)
    content = (0, cue.first - 1)
    return Voice(named or speaker, "inverted", cue, cue.printed(line, scene.text), cue.first, phrase.last, content)


def _named_behind_comma(line: Line, phrase: Phrase, scene: Scene) -> Speaker | None:
    """ "said the mayor, Ana Ruiz,": the name behind the comma."""
    index = phrase.last + 2
    if index >= len(line.tokens) or line.tokens[index - 1].text != ",":
        return None
    name = line.named.get(index)
    if name is None or name[0].kind is not Kind.PERSON or line.names_in(phrase.first, phrase.last, Kind.PERSON):
        return None
    return name_phrase(line, Phrase(index, name[1]), scene, until=name[1])


# ---- sources without a subject
@cache
def _source_phrases() -> Patterns:
    return Patterns.read("source_phrases.tsv", label="source")


def _sources(line: Line, scene: Scene) -> Iterator[Voice]:
    for index, token in enumerate(line.tokens):
        if token.is_mark or token.quoted:
            continue
        matches = _source_phrases().at(line.tokens, index)
        end = matches[0][1] if matches else _in_words_of(line, index)
        if end is None or end >= len(line.tokens):
            continue
        phrases = line.phrases(end, min(end + 16, len(line.tokens) - 1))
        if not matches:
            phrases = line.phrases(index + 1, end - 1)
        if not phrases:
            continue
        phrase = replace(phrases[0], after=None)
        until = _until(line, phrase, len(line.tokens) - 1)
        speaker = _resolve(line, phrase, scene, until=min(until, phrase.last + 8))
        cue_text = scene.text[token.start : line.tokens[end - 1].end]
        last = until if matches else end - 1
        content = (last + 1, len(line.tokens) - 1) if index <= 1 else (0, index - 1)
        yield Voice(speaker, "source", None, cue_text, index, last, content, _is_embedded(line, phrase, scene))


def _in_words_of(line: Line, index: int) -> int | None:
    """ "in Mr Silva's words": return the index behind "words"."""
    if line.tokens[index].low not in {"in", "by"}:
        return None
    for at in range(index + 1, min(index + 7, len(line.tokens))):
        token = line.tokens[at]
        if token.is_mark or token.quoted:
            return None
        if token.low in {"words", "view", "opinion", "account", "telling", "estimate", "phrase"}:
            return at + 1 if line.tokens[at - 1].owning else None
    return None


def _by(line: Line, cue: Cue, scene: Scene) -> Voice | None:
    """ "was dismissed as a lie by X"."""
    for at in range(cue.last + 1, min(cue.last + 9, len(line.tokens))):
        token = line.tokens[at]
        if token.is_break:
            return None
        if token.low == "by":
            phrases = line.phrases(at + 1, min(at + 12, len(line.tokens) - 1))
            if not phrases:
                return None
            until = _until(line, phrases[0], len(line.tokens) - 1)
            speaker = _resolve(line, phrases[0], scene, until=until)
            embedded = any(t.low in word_class("relative") for t in line.tokens[_edge(line, cue.first) + 1 : cue.first])
            cue_text = scene.text[line.tokens[cue.first].start : token.end]
            return Voice(speaker, "by", cue, cue_text, cue.first, phrases[0].last, (0, cue.first - 1), embedded)
    return None


def _impersonal(line: Line, cue: Cue, scene: Scene) -> Voice | None:
    """ "it was reported that": whoever spoke in the sentence before, less surely."""
    if cue.first == 0 or line.tokens[cue.first - 1].low != "it" or cue.lemma not in _IMPERSONAL:
        return None
    speaker = replace(scene.previous, confidence=0.6) if scene.previous else None
    content = (cue.last + 1, len(line.tokens) - 1)
    return Voice(speaker, "impersonal", cue, cue.printed(line, scene.text), cue.first - 1, cue.last, content)


def _added(line: Line, cue: Cue, before: Sequence[Voice], scene: Scene) -> Voice | None:
    """ ", adding that ...": the speaker so far goes on."""
    if cue.first == 0 or line.tokens[cue.first - 1].text not in {",", "—", "–", "-"}:
        return None
    if cue.lemma == "cite" or not before or before[-1].speaker is None:
        return None
    content = (cue.last + 1, len(line.tokens) - 1)
    speaker = before[-1].speaker
    return Voice(speaker, "added", cue, cue.printed(line, scene.text), cue.first, cue.last, content)


def _resolve(line: Line, phrase: Phrase, scene: Scene, *, until: int) -> Speaker | None:
    """Name a phrase, looking behind papers: "figures released by the ministry", "a police statement"."""
    paper = _paper_at(line, phrase)
    if paper is not None:
        return _behind_paper(line, replace(phrase, last=paper), scene)
    return name_phrase(line, phrase, scene, until=until)


def _paper_at(line: Line, phrase: Phrase) -> int | None:
    """Return where a phrase names a paper: "figures", "figures released"."""
    at = phrase.last
    while at > phrase.first and line.tokens[at].low.endswith("ed"):
        at -= 1
    is_paper = line.tokens[at].low in nouns("paper_nouns.txt")
    return at if is_paper and at not in {end for _, end in line.named.values()} else None


def _behind_paper(line: Line, phrase: Phrase, scene: Scene) -> Speaker | None:
    inner = Phrase(phrase.first, phrase.last - 1)
    if inner.last >= inner.first:
        found = name_phrase(line, inner, scene, until=inner.last)
        if found and found.confidence >= 0.7:
            return replace(found, confidence=min(found.confidence, 0.85))
        for entity, at, end in reversed(line.names_in(inner.first, inner.last)):
            if line.tokens[end].owning or entity.kind is Kind.ORG:
                return name_phrase(line, Phrase(at, end), scene, until=end)
    for at in range(phrase.last + 1, min(phrase.last + 8, len(line.tokens) - 1)):
        token = line.tokens[at]
        if token.is_break or token.low in _FINITE:
            break
        if token.low in {"by", "from", "of"}:
            if line.tokens[at - 1].low in _UNPUBLISHED:
                break
            phrases = line.phrases(at + 1, min(at + 12, len(line.tokens) - 1))
            if phrases:
                return name_phrase(line, phrases[0], scene, until=_until(line, phrases[0], len(line.tokens) - 1))
    if line.tokens[phrase.first].low == "the" and phrase.last - phrase.first == 1 and scene.previous:
        return replace(
            scene.previous,
            as_printed=" ".join(t.text for t in line.tokens[phrase.first : phrase.last + 1]),
            confidence=0.6,
        )
    return None


# ---- how the words are given
def _content(line: Line, cue: Cue, first: int, *, is_tag: bool) -> tuple[int, int]:
    return (0, first - 1) if is_tag else (cue.last + 1, len(line.tokens) - 1)


def _quoted_spans(line: Line) -> tuple[Span, ...]:
    found: list[Span] = []
    for token in line.tokens:
        if token.quoted:
            if found and _joins(line, found[-1].end, token.start):
                found[-1] = Span(found[-1].start, token.end)
            else:
                found.append(Span(token.start, token.end))
    return tuple(found)


def _joins(line: Line, end: int, start: int) -> bool:
    return not any(end <= t.start < start and not t.quoted for t in line.tokens)


def _mode(line: Line, voice: Voice) -> Mode:
    """Quote: three words of four that are said stand in quotation marks; one single quoted word is a scare quote."""
    quoted, plain = quoted_share(line, voice)
    if quoted == 0 or (quoted == 1 and plain > 0):
        return Mode.PARAPHRASE
    return Mode.QUOTE if quoted >= 3 * plain else Mode.MIXED


def quoted_share(line: Line, voice: Voice) -> tuple[int, int]:
    """Return how many words of what is said are quoted, and how many are not."""
    said = [t for i, t in enumerate(line.tokens) if not t.is_mark and not voice.first <= i <= voice.last]
    quoted = sum(t.quoted for t in said)
    low, high = voice.content
    plain = sum(not t.quoted and not t.is_mark for t in line.tokens[low : high + 1])
    return quoted, plain
