"""The one way in: a story is checked, read, and stored with its facts in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from store.database.store import Store
from store.database.stories import Receipt, compare_story, complete, save_story
from store.facts.days.own_date import published_from_text
from store.facts.extract import extract_facts
from store.facts.model import Layout, Story
from store.facts.page.layout import read_layout
from store.intake.checks import check


def take_in(
    store: Store,
    story: Story,
    *,
    key: str | None = None,
    now: datetime,
    quiet: bool = False,
    added_by: str | None = None,
    completes: bool = True,
    zone: tzinfo = UTC,
) -> Receipt:
    """Store *story* with its facts, relations and alert, and say what became of it.

    Reading the facts out takes the most time, comparing them with what is held most of the rest. Both happen before
    the transaction begins, so that nobody waits for them who has something else to write. When the same text is held,
    what is known of that goes before what is said of *story*; what it lacks is filled in, and its days are read anew,
    unless *completes* is False: the details are those of a message, and nobody has said them of the story.

    Raises:
        RefusedError: It cannot be stored as it is; nothing was stored.
        StoreError: The database said no; nothing was stored.
    """
    check(story)
    filled = fill_in(story, zone=zone)
    story = store.read(lambda db: complete(db, filled, fill_in=completes))
    extraction = extract_facts(story)
    return store.write_prepared(
        lambda db: compare_story(db, story, extraction, key=key),
        lambda db, compared: save_story(
            db, story, extraction, key=key, now=now, quiet=quiet, added_by=added_by, compared=compared
        ),
    )


def fill_in(story: Story, *, near: datetime | None = None, zone: tzinfo = UTC) -> Story:
    """Take from the text what nobody gave: its headline, the agency in its dateline as the outlet, its printed date.

    *near* is when the text arrived: it gives a date that is printed without its year the latest that fits, and its
    zone; without it the date is one of *zone*.
    """
    if story.title and story.outlet and story.published_at:
        return story
    layout = read_layout(story.text, title=story.title)
    agency = layout.dateline.agency if layout.dateline else None
    return replace(
        story,
        title=story.title or layout.headline,
        outlet=story.outlet or agency,
        published_at=story.published_at or _printed_date(story.text, layout, near=near, zone=zone),
    )


def _printed_date(text: str, layout: Layout, *, near: datetime | None, zone: tzinfo) -> datetime | None:
    printed = published_from_text(text, layout, near=near)
    return printed.replace(tzinfo=zone) if printed and near is None else printed
