"""Answers, facts and alerts as text for a terminal; the words are those of the Telegram messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.markup import Html, plain, shown
from handlers.render import (
    ALSO_REPORTED,
    NEWEST,
    NOTE_LABELS,
    SEE_ALSO,
    also_reported,
    credit,
    fact_block,
    further_answers,
    held_instead,
    held_line,
    near_misses,
    reading_line,
    told_notes,
)
from store.facts.explaining import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.database.alerts import Alert
    from store.database.reading import StoredRelation, StoredStory
    from store.facts.explaining import Explained
    from store.facts.model import Known
    from store.lookup.model import Answer, Match

NOTHING_YET = "Nothing is held yet: store a story with 'bot.py ingest FILE', then ask again."


def answer_text(answer: Answer) -> str:
    """Return the answer with its source and what bears on it, and those that are nearly as good; or why there is none.

    As many of those as were asked for: a terminal is no telephone.
    """
    if not answer.held.facts:
        return NOTHING_YET
    reading, most = plain(reading_line(answer) or Html("")), answer.question.limit
    if answer.abstained:
        blocks = [_nothing_held(answer), reading, *map(_match_text, near_misses(answer.matches, most=most))]
    elif answer.browsed:
        blocks = [NEWEST, reading, *map(_match_text, answer.matches)]
    else:
        further = [f"{SEE_ALSO}\n{_match_text(match)}" for match in further_answers(answer.matches, most=most)]
        blocks = [_match_text(answer.matches[0]), reading, *further]
    return "\n\n".join(filter(None, blocks))


def _nothing_held(answer: Answer) -> str:
    lines = ["Closest sentences; perhaps none of them answers it." if answer.matches else "Nothing held on that."]
    if answer.reason:
        lines.append(f"{answer.reason[0].upper()}{answer.reason[1:]}.")
    lines += map(shown, held_instead(answer))
    return "\n".join([*lines, plain(held_line(answer.held))])


def _match_text(match: Match) -> str:
    lines = [known_text(match.known)]
    lines += [_indented(f"{NOTE_LABELS[note.type]}\n{known_text(note.known)}") for note in told_notes(match.notes)]
    if others := also_reported(match):
        lines.append(_indented("\n".join([ALSO_REPORTED, *(plain(credit(known)) for known in others)])))
    return "\n".join(lines)


def known_text(known: Known) -> str:
    """Return one sentence, who said it, its outlet, date and address."""
    block = plain(fact_block(known))
    return f"{block}\n{shown(known.url)}" if known.url else block


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def fact_text(known: Known, relations: Iterable[StoredRelation]) -> str:
    """Return one fact with what was read out of it."""
    fact = known.fact
    read = [f"status {fact.status}", f"mode {fact.mode}"]
    if fact.speaker:
        read.append(f"speaker {fact.speaker.name}" + (f", {fact.speaker.role}" if fact.speaker.role else ""))
    read += [f"figure “{quantity.text}” = {number_text(quantity)}" for quantity in fact.quantities]
    read += [f"date {when.text} = {when.first}..{when.last}" for when in fact.dates]
    for label, names in (("people", fact.people), ("bodies", fact.orgs), ("places", fact.places)):
        read += [f"{label} {', '.join(names)}"] if names else []
    read += [f"{relation.type.replace('_', ' ')} {relation.target}" for relation in relations]
    return shown(f"{known.id}  {known.text}\n" + _indented("; ".join(read)))


def explained_text(explained: Explained) -> str:
    """Return one field of a fact, and below it the rules that gave it."""
    return shown(f"{explained.field} {explained.value}\n" + _indented("; ".join(explained.reasons)))


def alert_text(alert: Alert, story: StoredStory, facts: Mapping[int, Known]) -> str:
    """Return one alert: its story, its state, and each fact with its tag."""
    title = story.story.title or story.story.outlet or "without a title"
    lines = [f"{alert.id}  {alert.state}  {story.key}: {shown(title)}  {alert.made_at:%Y-%m-%d %H:%M} UTC"]
    lines += [f"    to {delivery.chat}: {delivery.state}" for delivery in alert.deliveries]
    for told in alert.facts:
        lines.append(_indented(f"{told.tag}  {plain(credit(facts[told.fact]))}\n{shown(facts[told.fact].text)}"))
        if told.ref is not None:
            lines.append(_indented(f"    earlier: {shown(facts[told.ref].text)}"))
    return "\n".join(lines)
