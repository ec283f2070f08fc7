"""Transcripts and interviews: the turns that speakers take, each behind a label ("Holloway: ...", "Q: ...").

A line with a colon is no transcript by itself. It takes two labelled turns that show speech (a question, a label that
comes back, "we" or "you"), or the label of a person whom the story has named before.

The label stays inside the first sentence of its turn. It is the story's own attribution, as "Holloway said" would be:
the sentence that is shown says who speaks, and where a label was read wrongly, no word of the story is lost. What is
claimed begins behind it (`Turn.said_at`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from store.facts.model import Span, Turn, TurnKind
from store.facts.page.furniture import is_terminated
from store.facts.page.turn_labels import Label, Sort, is_given_name, read_label

_WORD = re.compile(r"[^\W\d_][\w’']*")
_SPOKEN = frozenset({"i", "me", "my", "mine", "we", "us", "our", "ours", "you", "your", "yours"})
_QUESTION = re.compile(r"\?[\"”’'»)\]]{0,3}$")
_DIRECTION = re.compile(r"[(\[][^()\[\]]{1,40}[)\]][.\s]{0,2}$")  # "(Applause)"
_ABOUT_IT = re.compile(r"\b(?:was speaking|were speaking|interview(?:ed)?|transcript|edited for|condensed|ENDS)\b")
_OPENERS = frozenset({"the", "a", "an", "in", "at", "on", "of", "and", "but", "for", "with", "lake", "mount", "port"})
_OPENING_MARKS, _CLOSING_MARKS = frozenset('"“„«'), frozenset('"”“»')
_NAMES = (Sort.NAME, Sort.WORD)
_ALL_QUESTION = frozenset({"q", "question"})
_ASKED = re.compile(
    r"\b(?:spoke|speaks|speaking|talked|talks|interview(?:ed|s)?|asked|answer(?:s|ed)?|met|told|took|takes|faced|joined"
    r"|sat down|conversation|put to)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:I|my|me)\b")
_INTRODUCED = 1500  # characters before the first turn in which an interview is introduced
_HEARD = 400  # characters at the beginning of a turn in which "we" and "you" are looked for


def read_turns(text: str, paragraphs: Sequence[tuple[Span, int]]) -> list[Turn]:
    """Return the turns of a transcript in order, empty for other stories.

    *paragraphs* come with where their words begin, behind a bullet or a time stamp. Paragraphs that follow without a
    label go on with the turn before, up to one that speaks of its speaker. Takes time linear in the text's length.
    """
    labels = [read_label(text, paragraph, start) for paragraph, start in paragraphs]
    if not any(labels):
        return []
    spans = [paragraph for paragraph, _ in paragraphs]
    named = _named_before(text, spans, labels)
    kept = _speakers(text, spans, labels, named)
    return list(_with_questions(text, list(_turns(text, spans, kept, named)))) if any(kept) else []


# ---- which labels are speakers


def _named_before(text: str, paragraphs: Sequence[Span], labels: Sequence[Label | None]) -> set[int]:
    """Return the positions of the labels whose surname stands behind another capital in a paragraph before theirs.

    One that is an office too ("Monk", "Judge") stands behind a given name.
    """
    known: set[str] = set()
    offices: set[str] = set()
    found: set[int] = set()
    for position, (paragraph, label) in enumerate(zip(paragraphs, labels, strict=True)):
        if label and (label.surname in known or label.key in offices):
            found.add(position)
        before = ""
        last_end = -1
        for match in _WORD.finditer(text, paragraph.start, paragraph.end):
            word = match.group()
            joined = match.start() - last_end <= 2 and before[:1].isupper() and before.lower() not in _OPENERS
            if joined and word[0].isupper():
                bare = word.lower().removesuffix("'s").removesuffix("’s")
                known.add(bare)
                if is_given_name(before):
                    offices.add(bare)
            before, last_end = word, match.end()
    return found


def _speakers(
    text: str, paragraphs: Sequence[Span], labels: Sequence[Label | None], named: set[int]
) -> list[Label | None]:
    """Return the labels that are speakers', None for the others."""
    times: dict[str, int] = {}
    for label in labels:
        if label:
            times[label.key] = times.get(label.key, 0) + 1
    sure = [
        label if label and (label.sort is not Sort.WORD or position in named or asks) else None
        for position, (label, asks) in enumerate(zip(labels, _asking(text, paragraphs, labels), strict=True))
    ]
    distinct = {label.key for label in sure if label}
    if sum(label is not None for label in sure) >= 2 and _is_spoken(text, paragraphs, sure, times, distinct):
        back = {label.key for label in labels if label and label.sort is Sort.WORD and times[label.key] > 1}
        pairs = zip(labels, sure, strict=True)
        return [label if kept or (label and label.key in back) else None for label, kept in pairs]
    return [
        label if position in named and _is_whole(text, paragraphs[position]) else None
        for position, label in enumerate(labels)
    ]


def _asking(text: str, paragraphs: Sequence[Span], labels: Sequence[Label | None]) -> Iterator[bool]:
    """Yield for each label whether a question closes its paragraph, or the next one where it stands alone."""
    for position, label in enumerate(labels):
        last = position
        if label and label.said_at >= paragraphs[position].end and position + 1 < len(paragraphs):
            last += 1
        yield label is not None and _ends_asking(text, paragraphs[last].start, paragraphs[last].end)


def _is_spoken(
    text: str, paragraphs: Sequence[Span], labels: Sequence[Label | None], times: dict[str, int], distinct: set[str]
) -> bool:
    """Tell whether somebody asks or speaks as people do, or a label comes back after another's."""
    if len(distinct) > 1 and any(times[key] > 1 for key in distinct):
        return True
    for paragraph, label in zip(paragraphs, labels, strict=True):
        if label is None:
            continue
        said = text[label.said_at : min(paragraph.end, label.said_at + _HEARD)]
        asks = _ends_asking(text, paragraph.start, paragraph.end)
        if asks or label.sort in {Sort.ASKS, Sort.ANSWERS} or not _SPOKEN.isdisjoint(_words(said)):
            return True
    return False


def _is_whole(text: str, paragraph: Span) -> bool:
    return is_terminated(text[max(paragraph.start, paragraph.end - 8) : paragraph.end])


# ---- how far a turn goes


def _turns(
    text: str, paragraphs: Sequence[Span], labels: Sequence[Label | None], named: set[int]
) -> Iterator[tuple[Label, Turn]]:
    """Yield the turns with their labels.

    One speaker alone makes no transcript, so that only what speaks as "we" goes on with it.
    """
    found = [label for label in labels if label]
    alone = len({label.key for label in found}) == 1 and found[0].sort is not Sort.ANSWERS
    surnames = {label.surname for label in found if label.surname}
    at = 0
    while at < len(paragraphs):
        label = labels[at]
        last = at
        if label:
            while last + 1 < len(paragraphs) and labels[last + 1] is None:
                if _is_quoted(text, label.said_at, paragraphs[last].end) or not _goes_on(
                    text, paragraphs[last + 1], surnames, alone=alone
                ):
                    break
                last += 1
            is_asker = label.sort is Sort.ASKS or (label.sort in _NAMES and at not in named)
            kind = TurnKind.OUTLET if is_asker else TurnKind.ANSWERS if label.sort is Sort.ANSWERS else TurnKind.SPEAKS
            yield label, Turn(label.start, label.said_at, paragraphs[last].end, label.printed, kind)
        at = last + 1


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Tell what stands in quotation marks, with which its speaker is done: "Ana Ruiz, nurse: "We ran."."""
    said = text[start:end].strip()
    return said[:1] in _OPENING_MARKS and said[-1:] in _CLOSING_MARKS


def _goes_on(text: str, paragraph: Span, surnames: set[str], *, alone: bool) -> bool:
    """Tell whether a paragraph without a label is said by the speaker before: it names none of the speakers."""
    printed = text[paragraph.start : paragraph.end]
    words = _words(printed)
    if not surnames.isdisjoint(words) or _ABOUT_IT.search(printed):
        return False
    return not alone or not _SPOKEN.isdisjoint(words)


def _words(text: str) -> set[str]:
    """Return the words of *text* in small letters, "we've" as printed and as "we", "Ruiz's" as "ruiz" too."""
    printed = {word.lower().replace("’", "'") for word in _WORD.findall(text)}
    return printed | {word.rpartition("'")[0] for word in printed}


def _with_questions(text: str, turns: Sequence[tuple[Label, Turn]]) -> Iterator[Turn]:
    """Yield the turns, those of whoever ends most of theirs with a question as asking.

    Such a label that names nobody of the story is the outlet's: "Gazette: Will the harbour be dredged?"
    """
    is_interview = _is_interview(text, turns)
    counted: dict[str, list[bool]] = {}
    for label, turn in turns:
        counted.setdefault(label.key, []).append(_ends_asking(text, turn.said_at, turn.end))
    for label, turn in turns:
        asked = counted[label.key]
        asks = label.sort is Sort.ASKS or 2 * sum(asked) > len(asked)
        kind = TurnKind.SPEAKS if turn.kind is TurnKind.OUTLET and not asks else turn.kind
        if kind is TurnKind.ANSWERS and not is_interview:
            kind = TurnKind.OUTLET
        yield replace(turn, kind=kind, asks=asks)


def _is_interview(text: str, turns: Sequence[tuple[Label, Turn]]) -> bool:
    """Tell whether somebody is asked: the words before the first turn say so, or who answers is an "I".

    An outlet explains with "Q" and "A" as well.
    """
    begin = turns[0][1].start
    if _ASKED.search(text, max(0, begin - _INTRODUCED), begin):
        return True
    answers = (turn for _, turn in turns if turn.kind is TurnKind.ANSWERS)
    return any(_FIRST_PERSON.search(text, turn.said_at, min(turn.end, turn.said_at + _HEARD)) for turn in answers)


def _ends_asking(text: str, start: int, end: int) -> bool:
    return bool(_QUESTION.search(text[max(start, end - 8) : end]))


def is_left_out(text: str, span: Span, turn: Turn) -> bool:
    """Tell what of a turn is no fact: a question by whoever asks, every word behind a "Q", "(Applause)"."""
    if turn.asks and (
        turn.label.rstrip("0123456789").lower() in _ALL_QUESTION or _ends_asking(text, span.start, span.end)
    ):
        return True
    return bool(_DIRECTION.match(text, max(span.start, turn.said_at if span.start < turn.said_at else 0), span.end))
