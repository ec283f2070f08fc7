"""Who has the word in an interview or a transcript: the label of the turn tells, not a verb.

The whole turn is its speaker's, also where it passes on what others said: "The laboratory said ..." is a claim of the
minister who says so, and the laboratory's only as a further one. The words are given as spoken, so that the mode is a
quotation's, though no marks stand around them; the standing is that of a claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.facts.model import Cast, Entity, Kind, Layout, Speaker, Turn, TurnKind
from store.facts.speech.heard import Heard
from store.facts.speech.phrases import Line
from store.facts.speech.pronouns import of_entity
from store.facts.speech.voices import Voice

_OWN = frozenset({"i", "we"})


def voices_of_turn(
    line: Line, turn: Turn, voices: Sequence[Voice], heard: Heard, *, asked: Entity | None
) -> tuple[Voice, list[Voice]]:
    """Return the voice of a turn's speaker for a sentence in it, and who else of *voices* has the word there.

    *asked* answers where the label is "A"; the speaker is left empty where the story names several who may. What
    the speaker says of their own speech ("we deny that") is the cue, as in a sentence that tells of it.
    """
    speaker = _speaker(turn, heard, asked)
    own = next((v for v in voices if line.tokens[v.first].low in _OWN and v.rule == "lead" and not v.is_embedded), None)
    first = next((i for i, token in enumerate(line.tokens) if token.start >= turn.said_at), len(line.tokens) - 1)
    content = (first, len(line.tokens) - 1)
    main = Voice(speaker, "label", own.cue if own else None, own.cue_text if own else None, 0, first - 1, content)
    others = [
        voice
        for voice in voices
        if voice is not own and voice.speaker and (speaker is None or voice.speaker.name != speaker.name)
    ]
    return main, others


def _speaker(turn: Turn, heard: Heard, asked: Entity | None) -> Speaker | None:
    if turn.kind is TurnKind.ANSWERS:
        return of_entity(asked, turn.label, 0.75) if asked else None
    named = heard.cast.within(turn.start, turn.said_at, Kind.PERSON)
    if named:
        return of_entity(named[0], turn.label, 0.95)
    office = turn.label.lower() if turn.label.isupper() else turn.label
    holder = _holder(office, heard)
    return of_entity(holder, turn.label, 0.8) if holder else Speaker(office, turn.label, office, None, 0.7)


def _holder(office: str, heard: Heard) -> Entity | None:
    """Return the only person of the story whose role ends with the *office* on a label: "MINISTER"."""
    wanted = office.lower().split()
    holders = [p for p in heard.people() if (p.role or "").lower().split()[-len(wanted) :] == wanted]
    return holders[0] if len(holders) == 1 else None


def only_person_asked(layout: Layout, cast: Cast) -> Entity | None:
    """Return who answers in an interview: the only person named before its first turn, else the story's only one."""
    if not layout.turns or not layout.sentences:
        return None
    before = cast.within(layout.sentences[0].start, layout.turns[0].start, Kind.PERSON)
    people = before or cast.of_kind(Kind.PERSON)
    return people[0] if len(people) == 1 else None
