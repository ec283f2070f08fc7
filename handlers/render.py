"""Values -> messages that Telegram accepts. Pure: no clock, no files, no network."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from urllib.parse import urlsplit

from handlers.markup import MAX_SENTENCE_UNITS, Html, cut, escape, link, pack, quoted, web_address
from store.database.stories import Receipt
from store.facts.model import Known, Speaker, Tag, When
from store.lookup.model import Answer, Holdings, Match, Note, NoteType

# Further answers shown under the first: enough to compare, few enough to read on a telephone.
MAX_FURTHER = 2
# Facts that bear on an answer and are printed in full; more are counted.
MAX_NOTES = 4
# Near misses under "nothing held".
MAX_NEAR_MISSES = 3

REPEAT = Html("<i>possible repeat</i>")

_NOTE_LABELS = {
    NoteType.DENIED_BY: "Denied",
    NoteType.WALKED_BACK_BY: "Walked back",
    NoteType.UPDATED_BY: "Newer",
    NoteType.DISPUTED_BY: "Disputed",
    NoteType.ALSO_REPORTED_BY: "Also reported",
    NoteType.DENIES: "This denies",
    NoteType.WALKS_BACK: "This walks back",
    NoteType.UPDATES: "Earlier",
    NoteType.DISPUTES: "This disputes",
}
_TAG_LABELS = {Tag.NEW: "NEW", Tag.UPDATE: "UPDATE", Tag.DISPUTE: "DISPUTE", Tag.SECOND_SOURCE: "SECOND SOURCE"}
_REF_LABELS = {Tag.UPDATE: "before", Tag.DISPUTE: "against", Tag.SECOND_SOURCE: "first"}
_YEAR = re.compile(r"\b\d{4}\b")


def answer_message(answer: Answer) -> Html:
    """Return what the bot says to a question: the sentence with its source and what bears on it, or why there is none.

    One message: what does not fit after the first answer is left out, from the end.
    """
    if answer.abstained:
        blocks = _nothing_held(answer)
    else:
        blocks = [_match_block(answer.matches[0])]
        blocks += [_note_block(note) for note in _told(answer.matches[0].notes)]
        blocks += _uncounted(answer.matches[0].notes)
        blocks += [Html(f"<b>See also</b>\n{_match_block(match)}") for match in answer.matches[1 : 1 + MAX_FURTHER]]
        if reading := _reading(answer):
            blocks.insert(1, reading)
    return pack(blocks)[0]


def _nothing_held(answer: Answer) -> list[Html]:
    near = answer.matches[:MAX_NEAR_MISSES]
    head = "<b>Closest sentences</b>; none may answer it." if near else "<b>Nothing held</b> on that."
    lines = [Html(head)]
    lines += [escape(answer.reason)] if answer.reason else []
    lines += [r] if (r := _reading(answer)) else []
    if answer.nearest_names:
        lines.append(Html(f"Names held that come near: {escape(', '.join(answer.nearest_names))}."))
    lines.append(held_line(answer.held))
    return [Html("\n".join(lines)), *(_match_block(match) for match in near)]


def held_line(held: Holdings) -> Html:
    """Return what there is to ask about: "Held: 214 stories, 3,100 facts, 12 Nov to 23 Nov 2026." """
    if not held.stories:
        return Html("Nothing is held yet.")
    span = ""
    if held.first and held.last:
        span = f", {day(held.first)}" + (f" to {day(held.last)}" if held.last != held.first else "")
    return Html(f"Held: {_count(held.stories, 'story', 'stories')}, {_count(held.facts, 'fact', 'facts')}{span}.")


def _reading(answer: Answer) -> Html | None:
    parts = [f"{escape(typed)} read as {escape(read)}" for typed, read in answer.read_as.items()]
    if answer.unmatched:
        parts.append(f"nothing held matches: {escape(', '.join(answer.unmatched))}")
    return Html(f"<i>{'; '.join(parts)}</i>") if parts else None


def _match_block(match: Match) -> Html:
    return fact_block(match.known)


def _told(notes: Sequence[Note]) -> list[Note]:
    """Return the notes to print: what speaks against the claim first, then by age of the label."""
    order = list(_NOTE_LABELS)
    return sorted(notes, key=lambda note: order.index(note.type))[:MAX_NOTES]


def _uncounted(notes: Sequence[Note]) -> list[Html]:
    more = len(notes) - MAX_NOTES
    return [Html(f"<i>and {_count(more, 'more sentence', 'more sentences')} that bear on it</i>")] if more > 0 else []


def _note_block(note: Note) -> Html:
    return Html(f"<b>{_NOTE_LABELS[note.type]}</b>\n{fact_block(note.known)}")


def fact_block(known: Known) -> Html:
    """Return one sentence, verbatim, with who said it, its outlet as a link and its date."""
    dates = _resolved(known)
    return Html("\n".join([quoted(known.text), credit(known), *([dates] if dates else [])]))


def credit(known: Known) -> Html:
    """Return "— Farhod Nazarzoda, Defence Minister · Meridian · 3 Feb 2026", the outlet as a link."""
    parts = [_speaker(known.fact.speaker)] if known.fact.speaker else []
    parts.append(link(known.url, _outlet(known)))
    if known.agency and known.agency != known.outlet and known.outlet:
        parts[-1] = Html(f"{parts[-1]} ({escape(known.agency)})")
    if known.published_at:
        parts.append(Html(day(known.published_at)))
    return Html("— " + " · ".join(parts))


def _speaker(speaker: Speaker) -> Html:
    of = f" ({speaker.of})" if speaker.of and speaker.of not in speaker.name else ""
    return escape(f"{speaker.name}, {speaker.role}{of}" if speaker.role else speaker.name)


def _outlet(known: Known) -> str:
    if known.outlet:
        return known.outlet
    address = web_address(known.url) if known.url else None
    return known.agency or (urlsplit(address).hostname if address else None) or "source not named"


def _resolved(known: Known) -> Html | None:
    """Return "on Friday = 8 Mar 2019" for dates that the sentence leaves to the reader to work out."""
    told = [f"“{escape(when.text)}” = {_when(when)}" for when in known.fact.dates if not _YEAR.search(when.text)]
    return Html(f"<i>{'; '.join(told)}</i>") if told else None


def _when(when: When) -> str:
    first, last = _moment(when.first), _moment(when.last)
    return first if first == last else f"{first} to {last}"


def _moment(iso: str) -> str:
    if "T" not in iso:
        return day(date.fromisoformat(iso))
    moment = datetime.fromisoformat(iso)
    return f"{day(moment)}, {moment:%H:%M}{f' {moment:%Z}' if moment.tzinfo else ''}"


def day(moment: date) -> str:
    """Return "3 Feb 2026", in the moment's own zone."""
    return f"{moment.day} {moment:%b} {moment.year}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def alert_messages(
    title: str | None, source: Known | None, items: Iterable[tuple[Tag, Known, Known | None]]
) -> list[Html]:
    """Return an alert as one message or more: what is new in a story, fact by fact, each with its source.

    An UPDATE carries the earlier figure beside it, a DISPUTE whom it contradicts, a SECOND SOURCE who had it first.
    Messages are parted between facts only.
    """
    head = Html(f"<b>{link(source.url if source else None, title)}</b>") if title else None
    return pack((_alert_block(*item) for item in items), head=head)


def _alert_block(tag: Tag, known: Known, ref: Known | None) -> Html:
    block = f"<b>{_TAG_LABELS[tag]}</b>\n{fact_block(known)}"
    if ref is not None and tag in _REF_LABELS:
        block += f"\n<i>{_REF_LABELS[tag]}</i>\n{fact_block(ref)}"
    return Html(block)


def receipt_message(receipt: Receipt) -> Html:
    """Return what became of a story: "stored: 14 facts, 3 already held"."""
    counts = f"{_count(receipt.facts, 'fact', 'facts')}, {receipt.already_held:,} already held"
    if receipt.state == "known":
        return Html(f"already held as {escape(receipt.held_as or receipt.story)}: nothing new")
    if receipt.state == "revised":
        return Html(f"stored as a new version of {escape(receipt.held_as or receipt.story)}: {counts}")
    return Html(f"stored: {counts}")


def explanation_message(answer: Answer) -> Html:
    """Return how a question was read and what decided, as `ask --explain` tells it; the end is cut to fit."""
    told = json.dumps(answer.explanation, ensure_ascii=False, indent=1, default=str)
    return Html(f"{escape(answer.question.text)}\n<code>{escape(cut(told, MAX_SENTENCE_UNITS))}</code>")


def marked_repeat(message: Html) -> Html:
    """Return *message* with the words `possible repeat`: the one before it may have arrived."""
    return Html(f"{REPEAT}\n{message}")
