"""Values -> messages that Telegram accepts. Pure: no clock, no files, no network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from handlers.markup import MAX_LABEL_UNITS, MAX_SENTENCE_UNITS, Html, cut, escape, link, pack, quoted, web_address
from store.facts.model import Known, Speaker, Story, When
from store.lookup.explaining import some_of
from store.lookup.model import Answer, Holdings, Match, Note, NoteType

if TYPE_CHECKING:
    from store.database.stories import Receipt

# Further answers shown under the first: enough to compare, few enough to read on a telephone.
MAX_FURTHER = 2
# Least share of the first one's score that they have: on labelled news nine in ten below it are beside the point.
MIN_SHARE_OF_FIRST = 0.4
# Facts that bear on an answer and are printed in full.
MAX_NOTES = 4
# Others that carry the same, named without their sentence.
MAX_OTHERS = 5
# Near misses under "nothing held".
MAX_NEAR_MISSES = 3

# Outlets named when the one asked for is not held, and none comes near.
MAX_OUTLETS = 6

# Stands for the outlet of a text that names none, before the name of whoever put it into the chat.
PASTED_BY = "pasted by "

# What makes it wrong to show a claim by itself.
_AGAINST = frozenset({NoteType.DENIED_BY, NoteType.WALKED_BACK_BY})

REPEAT = Html("<i>possible repeat</i>")
SEE_ALSO = "See also"
NEWEST = "The newest held"  # over what answers "what's new"; nothing stands over a single answer
NOTHING_YET = Html("Nothing is held yet: editors add stories by pasting or forwarding them to me, or as .txt files.")

NOTE_LABELS = {
    NoteType.DENIED_BY: "Denied",
    NoteType.WALKED_BACK_BY: "Walked back",
    NoteType.UPDATED_BY: "Newer",
    NoteType.DISPUTED_BY: "Disputed",
    NoteType.DENIES: "This denies",
    NoteType.WALKS_BACK: "This walks back",
    NoteType.UPDATES: "Earlier",
    NoteType.DISPUTES: "This disputes",
}
ALSO_REPORTED = "Also reported"
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n")
# A zone behind a clock time: "0600 GMT", "6 PM MSK", "18:00Z"; "6 PM" has none.
_ZONE = re.compile(r"\b(?!AM\b|PM\b)[A-Z]{2,5}\b|\dZ\b")
_YEAR = re.compile(r"\b\d{4}\b")


def answer_message(answer: Answer) -> Html:
    """Return what the bot says to a question: the sentence with its source and what bears on it, or why there is none.

    One message. What speaks against the first answer is never left out; further answers are, when they do not fit.
    """
    if answer.abstained:
        return pack(_nothing_held(answer))[0]
    first, reading = match_message(answer.matches[0]), reading_line(answer)
    blocks = [Html(f"{first}\n\n{reading}") if reading else first]
    if answer.browsed:
        newest = [match_message(_in_brief(match)) for match in answer.matches[1:]]
        return pack([Html(f"<b>{NEWEST}</b>\n{blocks[0]}"), *newest])[0]
    blocks += [Html(f"<b>{SEE_ALSO}</b>\n{match_message(match)}") for match in further_answers(answer.matches)]
    return pack(blocks)[0]


def further_answers(matches: Sequence[Match], *, most: int = MAX_FURTHER) -> list[Match]:
    """Return the answers to show under the first: as good, nearly, and not there already because they bear on it.

    They come with what takes them back, without what else bears on them.
    """
    shown = {matches[0].known.id, *(note.known.id for note in matches[0].notes)}
    least = MIN_SHARE_OF_FIRST * matches[0].score
    further = [match for match in matches[1:] if match.known.id not in shown and match.score >= least]
    return [_in_brief(match) for match in further[:most]]


def _in_brief(match: Match) -> Match:
    """Return *match* with what takes it back, without what else bears on it."""
    return replace(match, notes=tuple(note for note in match.notes if note.type in _AGAINST))


def match_message(match: Match) -> Html:
    """Return one answer with all that bears on it; long sentences are cut so that every one is there."""
    room = room_for(match)
    return Html("\n\n".join([fact_block(match.known, max_units=room), *bearing_blocks(match, max_units=room)]))


def room_for(match: Match) -> int:
    """Return how long each sentence may be for an answer and what bears on it to fit into one message."""
    return min(MAX_SENTENCE_UNITS, MAX_SENTENCE_UNITS // (1 + len(told_notes(match.notes))))


def bearing_blocks(match: Match, *, max_units: int) -> list[Html]:
    """Return what bears on an answer, each sentence under what it does, and who else carries the answer."""
    told = told_notes(match.notes)
    blocks = [Html(f"<b>{NOTE_LABELS[note.type]}</b>\n{fact_block(note.known, max_units=max_units)}") for note in told]
    if others := also_reported(match):
        blocks.append(Html(f"<b>{ALSO_REPORTED}</b>\n" + "\n".join(map(credit, others))))
    return blocks


def also_reported(match: Match) -> list[Known]:
    """Return who else carries an answer, to be named without their sentence."""
    return [note.known for note in match.notes if note.type is NoteType.ALSO_REPORTED_BY][:MAX_OTHERS]


def told_notes(notes: Sequence[Note]) -> list[Note]:
    """Return the notes to print in full: what speaks against the claim first, and no sentence twice."""
    order = list(NOTE_LABELS)
    telling = sorted((note for note in notes if note.type in order), key=lambda note: order.index(note.type))
    strongest: dict[int, Note] = {}
    for note in telling:
        strongest.setdefault(note.known.id, note)
    return list(strongest.values())[:MAX_NOTES]


def _nothing_held(answer: Answer) -> list[Html]:
    if not answer.held.facts:
        return [NOTHING_YET]
    near = near_misses(answer.matches)
    closest = "<b>Closest sentences</b>; perhaps none of them answers it."
    lines = [Html(closest if near else "<b>Nothing held</b> on that.")]
    if answer.reason:
        lines.append(escape(f"{answer.reason[0].upper()}{answer.reason[1:]}."))
    if reading := reading_line(answer):
        lines.append(reading)
    lines += map(escape, held_instead(answer))
    return [Html("\n".join([*lines, held_line(answer.held)])), *map(match_message, near)]


def held_instead(answer: Answer) -> list[str]:
    """Return what is held in the place of what was asked for: names that come near, or else some outlets."""
    if answer.nearest_names:
        return [f"Names held that come near: {', '.join(answer.nearest_names)}."]
    named = (outlet for outlet in answer.held_outlets if not outlet.startswith(PASTED_BY))
    outlets = [cut(outlet, MAX_LABEL_UNITS) for outlet in named]
    more = f" and {len(outlets) - MAX_OUTLETS} more" if len(outlets) > MAX_OUTLETS else ""
    return [f"Outlets held: {', '.join(outlets[:MAX_OUTLETS])}{more}."] if outlets else []


def near_misses(matches: Sequence[Match], *, most: int = MAX_NEAR_MISSES) -> list[Match]:
    """Return the closest sentences that are worth showing: those that are nearly as close as the closest."""
    least = MIN_SHARE_OF_FIRST * matches[0].score if matches else 0.0
    return [_in_brief(match) for match in matches if match.score >= least][:most]


def held_line(held: Holdings) -> Html:
    """Return what there is to ask about: "Held: 214 stories, 3,100 facts, 12 Nov to 23 Nov 2026." """
    if not held.facts:
        return Html("Nothing is held yet.")
    span = ""
    if held.first and held.last:
        span = f", {day(held.first)}" + (f" to {day(held.last)}" if held.last != held.first else "")
    return Html(f"Held: {so_many(held.stories, 'story', 'stories')}, {so_many(held.facts, 'fact', 'facts')}{span}.")


def reading_line(answer: Answer) -> Html | None:
    """Return what a follow-up was read with, what was read as what, and what matched nothing; None if there is nothing.

    What matched nothing is left out when the reason for having no answer says it already.
    """
    parts = [f"read with the question before: {escape(', '.join(answer.inherited))}"] if answer.inherited else []
    parts += [f"{escape(typed)} read as {escape(read)}" for typed, read in answer.read_as.items()]
    if answer.unmatched and not answer.reason:
        parts.append(f"nothing held mentions {escape(some_of(answer.unmatched))}")
    return Html(f"<i>{'; '.join(parts)}</i>") if parts else None


def fact_block(known: Known, *, max_units: int = MAX_SENTENCE_UNITS) -> Html:
    """Return one sentence, verbatim, with who said it, its outlet as a link and its date."""
    dates = resolved_dates(known)
    return Html("\n".join([quoted(known.text, max_units=max_units), credit(known), *([dates] if dates else [])]))


def credit(known: Known) -> Html:
    """Return "— Anna Kovac, Interior Minister · Wire · 3 Mar 2026", the outlet as a link."""
    parts = [speaker_line(known.fact.speaker)] if known.fact.speaker else []
    parts.append(link(known.url, outlet_of(known)))
    if known.agency and known.agency != known.outlet and known.outlet:
        parts[-1] = Html(f"{parts[-1]} ({escape(known.agency)})")
    if known.published_at:
        parts.append(Html(day(known.published_at)))
    return Html("— " + " · ".join(parts))


def speaker_line(speaker: Speaker) -> Html:
    """Return "Anna Kovac, Interior Minister (Belmor)"."""
    if not speaker.role or speaker.role.casefold() in speaker.name.casefold():
        return escape(cut(speaker.name, MAX_LABEL_UNITS))
    of = f" ({speaker.of})" if speaker.of and speaker.of not in speaker.name else ""
    return escape(cut(f"{speaker.name}, {speaker.role}{of}", MAX_LABEL_UNITS))


def outlet_of(known: Known) -> str:
    """Return who published a fact: the outlet, the agency in its dateline, or the host of its address."""
    if known.outlet:
        return known.outlet
    address = web_address(known.url) if known.url else None
    return known.agency or (urlsplit(address).hostname if address else None) or "source not named"


def resolved_dates(known: Known) -> Html | None:
    """Return "on Friday = 8 Mar 2019" for dates that the sentence leaves to the reader to work out."""
    told = [f"“{escape(when.text)}” = {_when(when)}" for when in known.fact.dates if not _YEAR.search(when.text)]
    return Html(f"<i>{'; '.join(told)}</i>") if told else None


def _when(when: When) -> str:
    """Return the days, and a clock time with its zone only where one is printed: else it is the time of the place.

    The zone that a story is dated in may be its desk's, or that of whoever pasted it.
    """
    zoned = _ZONE.search(when.text) is not None
    first, last = _moment(when.first, zoned=zoned), _moment(when.last, zoned=zoned)
    return first if first == last else f"{first} to {last}"


def _moment(iso: str, *, zoned: bool) -> str:
    if "T" not in iso:
        return day(date.fromisoformat(iso))
    moment = datetime.fromisoformat(iso)
    return f"{day(moment)}, {moment:%H:%M}{f' {moment:%Z}' if zoned and moment.tzinfo else ''}"


def day(moment: date) -> str:
    """Return "3 Feb 2026", in the moment's own zone."""
    return f"{moment.day} {moment:%b} {moment.year}"


def so_many(number: int, one: str, many: str) -> str:
    """Return "1 fact", "1,200 facts"."""
    return f"{number:,} {one if number == 1 else many}"


def receipt_message(receipt: Receipt, story: Story, *, forwarded: bool = False) -> Html:
    """Return what became of a story: "stored: 14 facts, 3 already held", and which headline, source and date it has."""
    counts = f"{so_many(receipt.facts, 'fact', 'facts')}, {receipt.already_held:,} already held"
    held_as = escape(cut(receipt.held_as or receipt.story, MAX_LABEL_UNITS))
    if receipt.state == "known":
        return Html(f"already held as {held_as}: nothing new")
    title = [Html(f"<b>{escape(cut(story.title, MAX_LABEL_UNITS))}</b>")] if story.title else []
    source = [escape(cut(story.outlet, MAX_LABEL_UNITS))] if story.outlet else []
    source += [Html("forwarded")] if forwarded else []
    source += [Html(day(story.published_at))] if story.published_at else []
    source += [Html(f"/story {escape(cut(receipt.story, MAX_LABEL_UNITS))}")]
    if receipt.filled_in:
        first = Html(f"already held as {held_as}; filled in what was missing: {', '.join(receipt.filled_in)}")
    else:
        as_what = f" as a new version of {held_as}" if receipt.state == "revised" else ""
        first = Html(f"stored{as_what}: {counts}")
    return Html("\n".join([first, *title, Html(f"<i>{' · '.join(source)}</i>")]))


def surroundings_message(known: Known, text: str) -> Html:
    """Return the paragraph that a sentence of the story *text* stands in, with the ones before and after it."""
    breaks = [gap.start() for gap in _PARAGRAPH_BREAK.finditer(text)]
    before = [place for place in breaks if place < known.fact.start][-2:]
    after = [place for place in breaks if place >= known.fact.end][:2]
    start = before[0] if len(before) == 2 else 0
    end = after[1] if len(after) == 2 else len(text)
    # Others may speak in there: only the outlet vouches for the whole.
    return Html(f"{quoted(text[start:end].strip())}\n{credit(replace(known, fact=replace(known.fact, speaker=None)))}")


def marked_repeat(message: Html) -> Html:
    """Return *message* with the words `possible repeat`: the one before it may have arrived."""
    return Html(f"{REPEAT}\n{message}")
