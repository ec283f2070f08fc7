"""A held story -> pages of one message each: where it is from, its facts, and what bears on each. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.markup import MAX_LABEL_UNITS, Html, cut, escape, link, pack, quoted
from handlers.render import bearing_blocks, day, resolved_dates, room_for, so_many, speaker_line
from store.database.reading import StoredStory
from store.lookup.model import Match

# Of a story without a title, in a list: enough to know it by, short enough for one line on a telephone.
MAX_OPENING_UNITS = 50
# For the line under a page that says which of how many it is.
_PAGE_LINE_UNITS = MAX_LABEL_UNITS + 60


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story with all that is shown of it."""

    stored: StoredStory
    facts: tuple[Match, ...]  # in order, each with what bears on it
    earlier: StoredStory | None = None  # of which this is a changed text
    origin: StoredStory | None = None  # of another outlet, of which this is nearly a copy
    last: StoredStory | None = None  # the text that is held under its id by now; the story itself when None


def facts_button(story: int) -> tuple[str, str]:
    """Return the button that replies with a story's facts, by its number in the database."""
    return "All facts", f"facts:{story}"


def page_buttons(story: int, page: int, pages: int) -> list[tuple[str, str]]:
    """Return the buttons that turn to the pages before and after *page*, counted from 1."""
    before = [(f"‹ Page {page - 1}", f"story:{story}:{page - 1}")] if page > 1 else []
    return before + ([(f"Page {page + 1} ›", f"story:{story}:{page + 1}")] if page < pages else [])


def story_pages(told: ToldStory) -> list[Html]:
    """Return the story as messages, at least one; facts are never split between them."""
    if told.last is not None and not told.last.story.text:
        return [_taken_back(told.last)]
    blocks = [_fact(match) for match in told.facts] or [Html("No fact was found in it.")]
    pages = pack(blocks, head=_head(told), spare_units=_PAGE_LINE_UNITS)
    if len(pages) == 1:
        return pages
    return [
        Html(f"{page}\n\n<i>{_place(number, len(pages), told.stored.key)}</i>")
        for number, page in enumerate(pages, start=1)
    ]


def _head(told: ToldStory) -> Html:
    stored = told.stored
    story = stored.story
    outlet = story.outlet or stored.agency or "source not named"
    title = story.title or outlet
    agency = f" ({escape(cut(stored.agency, MAX_LABEL_UNITS))})" if stored.agency and stored.agency != outlet else ""
    source = [Html(f"{escape(cut(outlet, MAX_LABEL_UNITS))}{agency}")] if story.title or agency else []
    source.append(Html(day(story.published_at) if story.published_at else "no date"))
    source += [Html(so_many(len(told.facts), "fact", "facts"))]
    by = f" by {escape(cut(stored.added_by, MAX_LABEL_UNITS))}" if stored.added_by else ""
    lines = [
        Html(f"<b>{link(story.url, title)}</b>"),
        Html(" · ".join(source)),
        Html(f"<i>{_id(stored)}, stored{by} on {day(stored.added_at)}</i>"),
    ]
    lines += [_revision(stored, told.earlier)] if told.earlier else []
    lines += [Html(f"<i>nearly the same text as {_id(told.origin)}</i> {_outlet(told.origin)}")] if told.origin else []
    lines += [Html(f"<i>a later text has taken its place: /story {_id(stored)}</i>")] if told.last else []
    return Html("\n".join(lines))


def _revision(stored: StoredStory, earlier: StoredStory) -> Html:
    if stored.key == earlier.key:
        return Html(f"<i>version {stored.version}: the text was changed, or filled in</i>")
    return Html(f"<i>a new version of {_id(earlier)}</i>")


def _fact(match: Match) -> Html:
    """Return one fact of the story, whose outlet and date its head tells, with what bears on it."""
    known, room = match.known, room_for(match)
    said = [Html(f"— {speaker_line(known.fact.speaker)}")] if known.fact.speaker else []
    dates = resolved_dates(known)
    block = Html("\n".join([quoted(known.text, max_units=room), *said, *([dates] if dates else [])]))
    return Html("\n\n".join([block, *bearing_blocks(match, max_units=room)]))


def _taken_back(last: StoredStory) -> Html:
    by = f" by {escape(cut(last.added_by, MAX_LABEL_UNITS))}" if last.added_by else ""
    return Html(f"{_id(last)} was taken back{by} on {day(last.added_at)}: nothing of it is held.")


def _place(page: int, pages: int, key: str) -> str:
    """Return "page 2 of 17; /story s17 3 is the next", for those who cannot press a button."""
    more = f"; /story {escape(cut(key, MAX_LABEL_UNITS))} {page + 1} is the next" if page < pages else ""
    return f"page {page} of {pages}{more}"


def story_list(stories: Iterable[StoredStory]) -> Html:
    """Return the stories, newest first, each in a line with the id by which it is shown."""
    lines = [Html(f"{_id(stored)} · {_titled(stored)}") for stored in stories]
    if not lines:
        return Html("Nothing is held yet.")
    return Html("\n".join([Html("Write /story and an id. Stored last:"), *lines]))


def _titled(stored: StoredStory) -> Html:
    story = stored.story
    opening = " ".join(story.text[:MAX_LABEL_UNITS].split())
    parts = [escape(cut(story.title, MAX_LABEL_UNITS) if story.title else f"“{cut(opening, MAX_OPENING_UNITS)}…”")]
    parts += [_outlet(stored)] + ([Html(day(story.published_at))] if story.published_at else [])
    return Html(" · ".join(parts))


def _outlet(stored: StoredStory) -> Html:
    return link(stored.story.url, stored.story.outlet or stored.agency or "source not named")


def _id(stored: StoredStory) -> Html:
    return escape(cut(stored.key, MAX_LABEL_UNITS))
