"""From a story to its facts: layout, cast, claims, figures, dates and relations put together."""

from __future__ import annotations

from collections.abc import Sequence

from store.facts.claims import ClaimReading, read_claims
from store.facts.dates import find_dates, published_from_text
from store.facts.entities import find_cast
from store.facts.layout import read_layout
from store.facts.model import Cast, Extraction, Fact, Kind, Sentence, Story
from store.facts.quantities import find_quantities
from store.facts.relations import relate


def extract_facts(story: Story) -> Extraction:
    """Return all that *story* holds; the same story gives the same facts for ever. Never raises for any text.

    Dates are resolved against the story's own publishing time, else against the date printed in its text.
    """
    text = story.text
    layout = read_layout(text, title=story.title)
    cast = find_cast(text, layout, outlet=story.outlet)
    published_at = story.published_at or published_from_text(text, layout)
    facts = []
    for sentence, claim in zip(layout.sentences, read_claims(text, layout, cast), strict=True):
        dates = find_dates(text, sentence.start, sentence.end, published_at=published_at)
        quantities = find_quantities(text, sentence.start, sentence.end, dates=dates)
        facts.append(
            Fact(
                start=sentence.start,
                end=sentence.end,
                paragraph=sentence.paragraph,
                position=sentence.position,
                status=claim.status,
                mode=claim.mode,
                speaker=claim.speaker,
                cue=claim.cue,
                hedges=claim.hedges,
                claims=claim.claims,
                quantities=quantities,
                dates=dates,
                people=_names(cast, sentence, Kind.PERSON),
                orgs=_names(cast, sentence, Kind.ORG),
                places=_names(cast, sentence, Kind.PLACE),
                background=claim.background,
                rules=_rules(claim, cast, sentence),
            )
        )
    return Extraction(tuple(facts), relate(text, facts, layout, cast), layout, cast)


def _names(cast: Cast, sentence: Sentence, kind: Kind) -> tuple[str, ...]:
    return tuple(entity.name for entity in cast.within(sentence.start, sentence.end, kind))


def _rules(claim: ClaimReading, cast: Cast, sentence: Sentence) -> dict[str, str]:
    """Add to the claim's rules how each name was printed where that is not its canonical form."""
    printed: list[str] = []
    for entity in cast.entities:
        spellings: Sequence[str] = [
            mention.text
            for mention in entity.mentions
            if sentence.start <= mention.start and mention.end <= sentence.end and mention.text != entity.name
        ]
        printed.extend(f"{spelling} = {entity.name}" for spelling in dict.fromkeys(spellings))
    return claim.rules | {"names": "; ".join(printed)} if printed else claim.rules
