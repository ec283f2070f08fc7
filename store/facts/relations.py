"""Relations between the facts of one story: who denies, walks back, updates or goes on with what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.facts.model import Cast, Fact, Known, Layout, Link, Mode, RelationType, Status
from store.facts.profiles import Profile, name_keys, read_profile
from store.facts.sameness import Rarity, is_other_side, is_same_speaker, likeness, read_rarity

# A denial and its claim, a pledge and its withdrawal stand close together; further apart they are other matters,
# and looking no further keeps the work for a very long text in proportion to its length.
_REACH = 24


def relate(text: str, facts: Sequence[Fact], layout: Layout, cast: Cast) -> tuple[Link, ...]:
    """Return the relations within one story, in order of their sources. *facts* are in order of position."""
    profiles = [read_profile(_as_known(text, fact)) for fact in facts]
    rarity = read_rarity(profiles)
    links: list[Link] = []
    for at in range(len(profiles)):
        links += _continued(profiles, at, layout)
        links += _denied(profiles, at, rarity)
        links += _walked_back(profiles, at, rarity, links)
    return tuple(dict.fromkeys(links))


def _as_known(text: str, fact: Fact) -> Known:
    """Give a fact that is not stored yet the form in which facts are compared."""
    return Known(id=-1 - fact.position, story=0, story_key="", text=text[fact.start : fact.end], fact=fact)


def _near(profiles: Sequence[Profile], at: int) -> Iterator[Profile]:
    """Yield the facts around the one *at* a place, without itself."""
    for other in range(max(0, at - _REACH), min(len(profiles), at + _REACH + 1)):
        if other != at:
            yield profiles[other]


# ---- quotations


def _continued(profiles: Sequence[Profile], at: int, layout: Layout) -> Iterator[Link]:
    """A quotation without an attribution of its own goes on with the one before it, if it has its speaker."""
    if at == 0:
        return
    fact, before = profiles[at].known.fact, profiles[at - 1].known.fact
    if fact.mode is not Mode.QUOTE or before.mode not in {Mode.QUOTE, Mode.MIXED}:
        return
    one_quote = any(
        quote.start < before.end and quote.end > fact.start and quote.start >= before.start for quote in layout.quotes
    )
    if one_quote or (fact.cue is None and is_same_speaker(profiles[at], profiles[at - 1])):
        evidence = "one quotation" if one_quote else "no attribution of its own"
        yield Link(fact.position, RelationType.CONTINUES_QUOTE, before.position, evidence)


# ---- denials


def _denied(profiles: Sequence[Profile], at: int, rarity: Rarity) -> Iterator[Link]:
    denial = profiles[at]
    fact = denial.known.fact
    if fact.status is not Status.DENIED:
        return
    best, best_score = None, 0.18
    for other in _near(profiles, at):
        if other.is_denial or is_same_speaker(denial, other):
            continue
        score = likeness(denial, other, rarity).of_new + _is_claimants(denial, other)
        score += 0.1 * (other.known.fact.position < fact.position) + 0.1 * is_other_side(denial, other)
        if score > best_score and (denial.terms & other.terms):
            best, best_score = other, score
    if best:
        yield Link(fact.position, RelationType.DENIES, best.known.fact.position, fact.cue or "denies")


def _is_claimants(denial: Profile, other: Profile) -> float:
    """Return more when the denial names whose claim it is ("the rebels' claim of…") and *other* has that claim."""
    named = denial.names - denial.speaker - denial.side
    claimants = [claim.speaker.name for claim in other.known.fact.claims if claim.speaker]
    return 0.3 if named & (name_keys(claimants) | other.speaker) else 0.0


# ---- walk-backs


def _walked_back(profiles: Sequence[Profile], at: int, rarity: Rarity, links: Sequence[Link]) -> Iterator[Link]:
    profile = profiles[at]
    fact = profile.known.fact
    if at and _goes_on(profiles, at, links):
        earlier = next(
            link for link in links if link.source == profiles[at - 1].known.fact.position and _is_walk_back(link)
        )
        yield Link(fact.position, RelationType.WALKS_BACK, earlier.target, "goes on with the walk-back")
        return
    if fact.status is not Status.WALKED_BACK:
        return
    held = [
        other
        for other in profiles[max(0, at - _REACH) : at]
        if other.known.fact.speaker and other.known.fact.status is not Status.WALKED_BACK
        if not is_other_side(profile, other)
    ]
    if held:
        # "that pledge" needs no word in common: then it is the nearest thing that their side has said
        best = max(held, key=lambda other: (likeness(profile, other, rarity).of_new, other.known.fact.position))
        yield Link(fact.position, RelationType.WALKS_BACK, best.known.fact.position, fact.cue or "walks back")


def _is_walk_back(link: Link) -> bool:
    return link.type is RelationType.WALKS_BACK


def _goes_on(profiles: Sequence[Profile], at: int, links: Sequence[Link]) -> bool:
    """Say whether the sentence before walks something back and this one has its speaker and paragraph."""
    fact, before = profiles[at].known.fact, profiles[at - 1].known.fact
    return (
        fact.paragraph == before.paragraph
        and is_same_speaker(profiles[at], profiles[at - 1])
        and any(link.source == before.position and _is_walk_back(link) for link in links)
    )
