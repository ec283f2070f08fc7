"""Whom the verbs of a sentence give the word: one rule to each way, named in `Voice.rule`.

    lead         X said that ...; X, who ..., said ...
    tag          ..., X said on Monday; as X put it, ...
    inverted     "...," said X
    by           was dismissed by X
    impersonal   In the course of the visit it was noted that ...  (who spoke before)
    added        ..., adding that ...

Sources that hang on no verb ("according to X") are in sources.py, quotations without a cue in speakers.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from store.facts.cues import Cue, find_cues, is_allegation
from store.facts.heard import Heard
from store.facts.model import Kind, Speaker
from store.facts.naming import describe, name_phrase
from store.facts.papers import behind_paper
from store.facts.phrases import Line, Phrase, word_class

FINITE = word_class("auxiliary") | word_class("modal")
_HANGING = word_class("subordinator") | word_class("relative")
_CLAUSE_PREPOSITIONS = frozenset({"after", "before", "since", "until"})  # "after the army said"
_IMPERSONAL = frozenset(
    {"report", "note", "stress", "underline", "emphasise", "emphasize", "announce", "inform", "state"}
)
_INVERTING = frozenset({"say", "report", "admit", "expect", "tag"})
_ADDRESSING = frozenset({"tell", "inform", "assure", "advise", "remind"})  # somebody follows: "told reporters"
_DENIED_THINGS = frozenset(
    {"entry", "access", "bail", "permission", "visas", "visa", "service", "treatment", "asylum", "parole", "leave"}
    | {"boarding", "food", "water", "aid", "him", "her", "them", "us"}
)
_SUBJECTS = frozenset({"he", "she", "it", "they", "we", "i", "there", "that"})
_INSERTION_OPENERS = ("relative", "determiner", "possessive", "preposition", "adverb")
_BRACKETS = frozenset({",", ")", "—", "–", "-"})
_MOST_INSERTIONS = 4


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who is given the word in a sentence, and for which of its tokens."""

    speaker: Speaker | None
    rule: str
    cue: Cue | None
    cue_text: str | None
    first: int  # the attribution itself, subject to cue: tokens[first:last + 1]
    last: int
    content: tuple[int, int]  # what is said: tokens[content[0]:content[1] + 1]
    is_embedded: bool = False  # speaks inside a subordinate clause

    @property
    def kind(self) -> str | None:
        """The kind of its cue, as in cue_verbs.tsv."""
        return self.cue.kind if self.cue else None


def voices_of_verbs(line: Line, heard: Heard) -> list[Voice]:
    """Return the voices that the cues of a sentence give, in the order of the cues."""
    found: list[Voice] = []
    for cue in find_cues(line):
        voice = _voice(line, cue, found, heard)
        if voice:
            found.append(voice)
    return found


def resolve(line: Line, phrase: Phrase, heard: Heard, *, until: int) -> Speaker | None:
    """Name a phrase, looking behind papers: "figures released by the ministry", "a police statement"."""
    paper, speaker = behind_paper(line, phrase, heard, until=until)
    return speaker if paper else name_phrase(line, phrase, heard, until=until)


def reach(line: Line, phrase: Phrase, last: int) -> int:
    """Return the last token up to *last* that hangs on *phrase*: "officials | in the capital"."""
    end = phrase.last
    for index in range(phrase.last + 1, last + 1):
        if line.tokens[index].is_break or line.tokens[index].low in _HANGING | FINITE | word_class("conjunction"):
            break
        end = index
    for following in line.phrases(phrase.last + 1, end):
        if following.after is None or following.is_time:
            return following.first - 1 if following.after is None else _before_preposition(line, following.first)
    return end


def _before_preposition(line: Line, index: int) -> int:
    at = index - 1
    while at > 0 and line.tokens[at].low in word_class("preposition"):
        at -= 1
    return at


def is_embedded(line: Line, index: int) -> bool:
    """Tell whether the clause at *index* hangs on another: "after", "where", "who" or "that" stands before it."""
    edge = edge_before(line, index)
    stretch = line.tokens[edge + 1 : index]
    return any(t.low in _HANGING for t in stretch) or (bool(stretch) and stretch[-1].low in _CLAUSE_PREPOSITIONS)


def edge_before(line: Line, index: int) -> int:
    """Return the index of the last mark or quoted word before *index*, -1 if there is none."""
    at = index - 1
    while at >= 0 and not line.tokens[at].is_break:
        at -= 1
    return at


# ---- one cue
def _voice(line: Line, cue: Cue, before: Sequence[Voice], heard: Heard) -> Voice | None:
    if cue.is_gerund:
        return _added(line, cue, before, heard)
    if cue.is_passive:
        return _by(line, cue, heard) or _impersonal(line, cue, heard)
    found = _inverted(line, cue, heard) or _with_subject(line, cue, before, heard)
    return found if found and _reports_speech(line, found, cue) else None


def _reports_speech(line: Line, voice: Voice, cue: Cue) -> bool:
    """Tell whether what stands around a cue makes it one, by the kind of the cue."""
    behind = [t for t in line.tokens[cue.last + 1 :] if not t.is_mark]
    quoted_near = any(t.quoted for t in line.tokens[cue.last + 1 : cue.last + 10])
    closes = voice.rule in {"tag", "inverted"}
    match cue.kind:
        case "tag":
            return closes and any(t.quoted for t in line.tokens[: cue.first])
        case "label":
            return quoted_near
        case "deny":
            return not any(t.low in _DENIED_THINGS for t in behind[:3])
        case "reject":
            return cue.verb < cue.last or _next_is(line, cue.last, {"that"}) or is_allegation(line, cue.last + 1)
        case "report":
            return closes or quoted_near or _has_clause(line, cue)
        case _:
            return closes or bool(behind)


def _next_is(line: Line, index: int, words: Set[str]) -> bool:
    return index + 1 < len(line.tokens) and line.tokens[index + 1].low in words


def _has_clause(line: Line, cue: Cue) -> bool:
    """Tell whether a clause follows: "that ...", "the talks would resume", and "to control" after "claims"."""
    for token in line.tokens[cue.last + 1 : cue.last + 15]:
        if token.low in {"that", ":"} or (token.low == "to" and cue.lemma == "claim"):
            return True
        if token.is_break or token.low in _HANGING | _CLAUSE_PREPOSITIONS:
            return False
        if token.low in FINITE:
            return True
    return False


# ---- the subject before the verb
def _with_subject(line: Line, cue: Cue, before: Sequence[Voice], heard: Heard) -> Voice | None:
    """Find the subject to the left of an active cue, across "who ..." and other insertions."""
    edge = edge_before(line, cue.first)
    if edge == cue.first - 1:
        return _over_insertions(line, cue, edge, heard)
    last_word = line.tokens[cue.first - 1].low
    if last_word in word_class("conjunction"):
        return _of_coordinated(line, cue, before, heard)
    if last_word in word_class("relative") or last_word == "that":
        return _of_relative(line, cue, heard)
    return _of_stretch(line, cue, edge, heard)


def _of_stretch(line: Line, cue: Cue, edge: int, heard: Heard) -> Voice | None:
    """The subject is the last phrase of the stretch that hangs on nothing, and before "who ..." if there is one."""
    phrases = [p for p in line.phrases(edge + 1, cue.first - 1) if not p.is_time]
    nearest = phrases[-1] if phrases else None
    if nearest and nearest.after in _CLAUSE_PREPOSITIONS:
        found = _made(line, cue, replace(nearest, after=None), heard)
        if found and found.speaker:
            return found
    relative = next((i for i in range(edge + 2, cue.first) if _is_relative(line, i)), None)
    free = [p for p in phrases if p.after in (None, "as", "that") and (relative is None or p.last < relative)]
    if not free:
        return _over_insertions(line, cue, edge, heard)
    return _made(line, cue, free[-1], heard)


def _is_relative(line: Line, index: int) -> bool:
    return line.tokens[index].low in word_class("relative") and not line.tokens[index].quoted


def _made(line: Line, cue: Cue, phrase: Phrase, heard: Heard, *, start: int | None = None) -> Voice | None:
    """Return the voice of a subject; *start* is where the attribution begins, if before the phrase."""
    until = reach(line, phrase, cue.first - 1)
    words = [t.low for t in line.tokens[phrase.first : phrase.last + 1]]
    if words[-1] in {"side", "sides"} or words[0] in {"each", "neither", "nobody", "no"}:
        return None  # "each side accuses the other": nobody vouches
    speaker = resolve(line, phrase, heard, until=until)
    if speaker is None and cue.kind == "say":
        speaker = describe(line, phrase, heard, until=cue.first - 1)
    speaker = _joined(line, phrase, speaker, heard)
    first = phrase.first if start is None else min(start, phrase.first)
    opening = line.tokens[first - 1].low if first else ""
    fronted = opening == "as" and first == 1
    closes = _closes(line, cue, first)
    content = _content(line, cue, first, closes=closes, fronted=fronted)
    embedded = is_embedded(line, phrase.first) and not (opening == "as" and (closes or fronted))
    return Voice(
        speaker,
        "tag" if closes or fronted else "lead",
        cue,
        cue.printed(line, heard.text),
        first,
        cue.last,
        content,
        embedded,
    )


def _content(line: Line, cue: Cue, first: int, *, closes: bool, fronted: bool = False) -> tuple[int, int]:
    """Return what a voice says: all before a closing attribution, else all behind the cue."""
    last = len(line.tokens) - 1
    if fronted:
        comma = next((i for i in range(cue.last + 1, last) if line.tokens[i].text == ","), cue.last)
        return (comma + 1, last)
    return (0, first - 1) if closes else (cue.last + 1, last)


def _joined(line: Line, phrase: Phrase, speaker: Speaker | None, heard: Heard) -> Speaker | None:
    """ "Chad and Niger said": both have the word."""
    if speaker is None or phrase.first < 2 or line.tokens[phrase.first - 1].low != "and":
        return speaker
    earlier = [p for p in line.phrases(edge_before(line, phrase.first) + 1, phrase.first - 2) if not p.is_time]
    if not earlier or earlier[-1].after is not None or earlier[-1].last != phrase.first - 2:
        return speaker
    other = name_phrase(line, earlier[-1], heard, until=earlier[-1].last)
    if other is None or other.confidence < 0.7:
        return speaker
    government = "Government of "
    if other.name.startswith(government) and speaker.name.startswith(government):
        name = f"Governments of {other.name.removeprefix(government)} and {speaker.name.removeprefix(government)}"
    else:
        name = f"{other.name} and {speaker.name}"
    return Speaker(name, f"{other.as_printed} and {speaker.as_printed}", None, None, 0.75)


def _closes(line: Line, cue: Cue, first: int) -> bool:
    """Tell whether the attribution stands behind what is said: words before its stretch, nothing said after the cue."""
    edge = edge_before(line, first)
    return any(not t.is_mark for t in line.tokens[: edge + 1]) and _is_light(line, cue)


def _is_light(line: Line, cue: Cue) -> bool:
    """Tell whether only when, where and to whom follows up to the next mark: "on Tuesday", "told reporters in Bern"."""
    addressed = cue.lemma in _ADDRESSING
    for index in range(cue.last + 1, len(line.tokens)):
        token = line.tokens[index]
        if token.quoted and not line.tokens[index - 1].is_mark and index > cue.last + 1:
            return False  # "told a briefing that Chad was "not ready""
        if token.is_break or token.text in ".!?":
            return token.text != ":"
        if token.low in FINITE or token.low in _SUBJECTS:
            return False
        if index == cue.last + 1 and not addressed and not _may_follow(line, index):
            return False
    return True


def _may_follow(line: Line, index: int) -> bool:
    """Tell whether a word can begin the time, the place or the occasion of saying something."""
    token = line.tokens[index]
    classes = ("preposition", "time", "moment", "adverb", "conjunction", "subordinator")
    if token.low in word_class("moment") and not any(
        t.low in word_class("time") for t in line.tokens[index : index + 3]
    ):
        return False
    return any(token.low in word_class(name) for name in classes) or token.low.endswith("ly")


# ---- subjects further off
def _over_insertions(line: Line, cue: Cue, edge: int, heard: Heard) -> Voice | None:
    """Go back over "who ...", "the deputy head", "in a statement" to the subject before it.

    A name that stands alone between the commas is the subject: "its chief, Ana Ruiz, said".
    """
    at = edge
    for _ in range(_MOST_INSERTIONS):
        if at <= 0 or line.tokens[at].quoted or line.tokens[at].text not in _BRACKETS:
            return None
        start = _mark_before(line, at)
        name = _name_alone(line, start + 1, at - 1)
        if name:
            return _made(line, cue, name, heard, start=_subject_start(line, start))
        if not _is_insertion(line, start + 1):
            free = [p for p in line.phrases(start + 1, at - 1) if p.after is None and not p.is_time]
            return _made(line, cue, free[-1], heard) if free else None
        at = start
    return None


def _subject_start(line: Line, mark: int) -> int:
    """Return where the office begins that a name between commas explains."""
    if mark <= 0 or line.tokens[mark].text != ",":
        return mark + 1
    free = [p for p in line.phrases(_mark_before(line, mark) + 1, mark - 1) if p.after is None and not p.is_time]
    return free[-1].first if free else mark + 1


def _mark_before(line: Line, index: int) -> int:
    """Like `edge_before`, but quoted words do not count: "who blamed the "hasty" withdrawal"."""
    at = index - 1
    while at >= 0 and not (line.tokens[at].is_break and not line.tokens[at].quoted):
        at -= 1
    return at


def _name_alone(line: Line, first: int, last: int) -> Phrase | None:
    """Return the phrase of a person's name that fills a stretch, titles and articles aside."""
    for entity, at, end in line.names_in(first, last):
        before = line.tokens[first:at]
        if entity.kind is Kind.PERSON and end == last and all(t.is_capital or t.low == "the" for t in before):
            return Phrase(at, end)
    return None


def _is_insertion(line: Line, index: int) -> bool:
    """Tell whether a stretch between commas only describes: "who ...", "a 52-year-old driver", "speaking in Lima"."""
    if index <= 0:
        return False
    token = line.tokens[index]
    return (
        any(token.low in word_class(name) for name in _INSERTION_OPENERS)
        or token.is_number
        or (token.owning and index in line.named)
        or token.low.endswith(("ing", "ed"))
        or (not token.is_capital and token.low not in word_class("pronoun"))
    )


def _of_coordinated(line: Line, cue: Cue, before: Sequence[Voice], heard: Heard) -> Voice | None:
    """ "... and said": the subject of the verb before, else of the clause."""
    content = _content(line, cue, cue.first, closes=False)
    hanging = next((i for i in range(cue.first - 1, -1, -1) if _hangs(line, i)), None)
    for voice in reversed(before):
        if voice.speaker and voice.rule != "added" and (hanging is None or voice.first > hanging):
            return Voice(
                voice.speaker,
                "lead",
                cue,
                cue.printed(line, heard.text),
                cue.first,
                cue.last,
                content,
                voice.is_embedded,
            )
    for phrase in line.phrases(0 if hanging is None else hanging + 1, cue.first - 2):
        if phrase.after is None and not phrase.is_time:
            found = _made(line, cue, phrase, heard)
            if found is None or found.speaker is None:
                return None
            speaker = replace(found.speaker, confidence=found.speaker.confidence * 0.8)
            embedded = hanging is not None
            return replace(found, speaker=speaker, rule="lead", first=cue.first, content=content, is_embedded=embedded)
    return None


def _hangs(line: Line, index: int) -> bool:
    """Tell whether a word opens a clause that hangs on another."""
    token = line.tokens[index]
    return not token.quoted and token.low in _HANGING and token.low != "that"


def _of_relative(line: Line, cue: Cue, heard: Heard) -> Voice | None:
    """ "..., who said": speaks for its own clause only."""
    end = cue.first - 2
    if end >= 0 and line.tokens[end].is_mark:
        end -= 1
    if end < 0:
        return None
    phrases = [p for p in line.phrases(edge_before(line, end + 1) + 1, end) if not p.is_time]
    if not phrases:
        return None
    phrase = replace(next((p for p in reversed(phrases) if p.after is None), phrases[-1]), after=None)
    content = _content(line, cue, cue.first, closes=False)
    speaker = resolve(line, phrase, heard, until=phrase.last)
    return Voice(speaker, "lead", cue, cue.printed(line, heard.text), cue.first, cue.last, content, is_embedded=True)


# ---- the subject behind the verb
def _inverted(line: Line, cue: Cue, heard: Heard) -> Voice | None:
    """ "...," said X: nothing between the mark and the verb, and a name behind it that no verb follows."""
    simple = cue.first == cue.verb == cue.last
    if not simple or cue.first == 0 or cue.kind not in _INVERTING or cue.lemma in _ADDRESSING:
        return None
    if not line.tokens[cue.first - 1].is_break:
        return None
    phrases = line.phrases(cue.last + 1, min(cue.last + 14, len(line.tokens) - 1))
    if not phrases or phrases[0].first != cue.last + 1 or phrases[0].is_time:
        return None
    phrase = phrases[0]
    until = reach(line, phrase, min(len(line.tokens) - 1, phrase.last + 8))
    if _next_is(line, phrase.last, FINITE | {"that"}) or _next_is(line, until, FINITE):
        return None
    speaker = _explained(line, phrase, heard) or resolve(line, phrase, heard, until=until)
    if speaker is None and cue.kind == "say":
        speaker = describe(line, phrase, heard, until=until)
    if speaker is None:
        return None
    return Voice(
        speaker, "inverted", cue, cue.printed(line, heard.text), cue.first, phrase.last, (0, cue.first - 1), False
    )


def _explained(line: Line, phrase: Phrase, heard: Heard) -> Speaker | None:
    """ "said the mayor, Ana Ruiz,": the name behind the comma."""
    index = phrase.last + 2
    if index >= len(line.tokens) or line.tokens[index - 1].text != ",":
        return None
    name = line.named.get(index)
    if name is None or name[0].kind is not Kind.PERSON or line.names_in(phrase.first, phrase.last, Kind.PERSON):
        return None
    return name_phrase(line, Phrase(index, name[1]), heard, until=name[1])


# ---- no subject of its own
def _by(line: Line, cue: Cue, heard: Heard) -> Voice | None:
    """ "was dismissed as a lie by X"."""
    for at in range(cue.last, min(cue.last + 9, len(line.tokens))):
        token = line.tokens[at]
        if token.is_break:
            return None
        if token.low != "by":
            continue
        phrases = line.phrases(at + 1, min(at + 12, len(line.tokens) - 1))
        if not phrases:
            return None
        phrase = replace(phrases[0], after=None)
        speaker = resolve(line, phrase, heard, until=reach(line, phrase, len(line.tokens) - 1))
        if speaker is None:
            return None
        cue_text = " ".join(heard.text[line.tokens[cue.first].start : token.end].split())
        embedded = any(_hangs(line, i) for i in range(edge_before(line, cue.first) + 1, cue.first))
        return Voice(speaker, "by", cue, cue_text, cue.first, phrase.last, (0, cue.first - 1), embedded)
    return None


def _impersonal(line: Line, cue: Cue, heard: Heard) -> Voice | None:
    """ "it was reported that": whoever spoke in the sentence before, less surely."""
    if cue.first == 0 or line.tokens[cue.first - 1].low != "it" or cue.lemma not in _IMPERSONAL:
        return None
    speaker = replace(heard.previous, confidence=0.6) if heard.previous else None
    content = (cue.last + 1, len(line.tokens) - 1)
    return Voice(speaker, "impersonal", cue, cue.printed(line, heard.text), cue.first - 1, cue.last, content)


def _added(line: Line, cue: Cue, before: Sequence[Voice], heard: Heard) -> Voice | None:
    """ ", adding that ...": the speaker so far goes on."""
    if cue.first == 0 or line.tokens[cue.first - 1].text not in _BRACKETS or not before:
        return None
    speaker = before[-1].speaker
    content = (cue.last + 1, len(line.tokens) - 1)
    return (
        Voice(speaker, "added", cue, cue.printed(line, heard.text), cue.first, cue.last, content) if speaker else None
    )


def in_order(voices: Sequence[Voice]) -> Iterator[Voice]:
    """Yield voices from left to right."""
    yield from sorted(voices, key=lambda voice: voice.first)
