"""From a story to its facts: layout, cast, claims, figures, dates and relations put together."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace

from store.facts.cast.entities import find_cast
from store.facts.comparing.relations import relate
from store.facts.days.calendar import Stretch
from store.facts.days.dates import date_to_count_from, find_dates
from store.facts.days.own_date import published_from_text
from store.facts.figures.quantities import find_quantities
from store.facts.model import Cast, Entity, Extraction, Fact, Kind, Mention, Sentence, Speaker, Story
from store.facts.page.layout import read_layout
from store.facts.page.markup import readable
from store.facts.speech.claims import read_claims

_DATES_KEPT = 2  # sentences in which a date is near enough for "the next day" to count from it


def extract_facts(story: Story) -> Extraction:
    """Return all that *story* holds; the same story gives the same facts for ever. Never raises for any text.

    Dates are resolved against the story's own publishing time, else against the date printed in its text.
    """
    text = readable(story.text)
    layout = read_layout(story.text, title=story.title)
    cast = find_cast(text, layout, outlet=story.outlet, title=story.title)
    published_at = story.published_at or published_from_text(text, layout)
    named = _named_in(layout.sentences, cast)
    facts = []
    told_before: deque[Stretch | None] = deque(maxlen=_DATES_KEPT)
    for sentence, claim in zip(layout.sentences, read_claims(text, layout, cast), strict=True):
        here = named.get(sentence.position, [])
        before = next((days for days in reversed(told_before) if days is not None), None)
        dates = find_dates(text, sentence.start, sentence.end, published_at=published_at, before=before)
        told_before.append(date_to_count_from(text, sentence.start, dates))
        quantities = find_quantities(text, sentence.start, sentence.end, dates=dates)
        facts.append(
            Fact(
                start=sentence.start,
                end=sentence.end,
                paragraph=sentence.paragraph,
                position=sentence.position,
                status=claim.status,
                mode=claim.mode,
                speaker=_in_full(claim.speaker, story.outlet),
                cue=claim.cue,
                hedges=claim.hedges,
                claims=tuple(replace(c, speaker=_in_full(c.speaker, story.outlet)) for c in claim.claims),
                quantities=quantities,
                dates=dates,
                people=_names(here, Kind.PERSON),
                orgs=_names(here, Kind.ORG),
                places=_names(here, Kind.PLACE),
                background=claim.background,
                rules=claim.rules,
            )
        )
    return Extraction(tuple(facts), relate(text, facts, layout, cast), layout, cast)


def _in_full(speaker: Speaker | None, outlet: str | None) -> Speaker | None:
    """Return a publisher that speaks in its own release under its full name: "the Alliance" of "Harvest Alliance"."""
    if speaker and outlet and outlet.lower().endswith(f" {speaker.name.lower()}"):
        return replace(speaker, name=outlet)
    return speaker


def _named_in(sentences: Sequence[Sentence], cast: Cast) -> dict[int, list[tuple[Mention, Entity]]]:
    """Return position -> the mentions in that sentence, in order; in time linear in their number."""
    starts = [sentence.start for sentence in sentences]
    found: dict[int, list[tuple[Mention, Entity]]] = defaultdict(list)
    for entity in cast.entities:
        for mention in entity.mentions:
            at = bisect_right(starts, mention.start) - 1
            if at >= 0 and mention.end <= sentences[at].end:
                found[sentences[at].position].append((mention, entity))
    for mentions in found.values():
        mentions.sort(key=lambda pair: pair[0].start)
    return found


def _names(named: Sequence[tuple[Mention, Entity]], kind: Kind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entity.name for _, entity in named if entity.kind is kind))
