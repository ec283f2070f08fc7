"""Relations between the facts of one story: who denies, walks back, disputes, updates or goes on with what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from store.facts import lexicon, words
from store.facts.comparing.evidence import against, taken_back, with_shared
from store.facts.comparing.name_keys import name_keys
from store.facts.comparing.profiles import Profile, read_profile
from store.facts.comparing.sameness import (
    LIGHT,
    Rarity,
    are_opposed,
    is_elsewhere,
    is_one_side,
    is_other_side,
    is_same_speaker,
    likeness,
    read_rarity,
)
from store.facts.comparing.sayings import said_with
from store.facts.comparing.tallies import Figure, Sort
from store.facts.comparing.thresholds import threshold
from store.facts.figures.quantities import find_quantities
from store.facts.model import Cast, Correction, Fact, Known, Layout, Link, Mode, RelationType, Status

# A denial and its claim, a pledge and its withdrawal stand close together; further apart they are other matters,
# and looking no further keeps the work for a very long text in proportion to its length.
_REACH = 24
_ANSWERED = 2  # sentences before a denial among which the claim stands that "the accusation" means
_FEW = 2  # words of a denial that words nothing
# Beside the nouns of allegation_nouns.txt, what a denial may name without wording what is denied; "figure" is "#count".
_DEEDS = ("wrongdoing", "guilt", "responsibility", "misconduct", "lie", "untrue", "false", "this", "that")
_FIGURE = "#count"
_BEFORE = "had "  # begins the cue of what somebody said still earlier
_CLAIMING = frozenset({Status.CLAIMED, Status.QUOTED})
_ADMITTING = frozenset({"admit"})  # kinds of verbs
_DENYING = frozenset({"#reject"})  # what a denial and a report of one have in common anyway
_COMMITTED = frozenset({Status.PLANNED, Status.CLAIMED, Status.QUOTED})  # what can be walked back


def relate(text: str, facts: Sequence[Fact], layout: Layout, cast: Cast) -> tuple[Link, ...]:
    """Return the relations within one story, in order of their sources. *facts* are in order of position."""
    profiles = [read_profile(_as_known(text, fact)) for fact in facts]
    telling = _Telling(profiles, read_rarity(profiles), layout)
    links: list[Link] = []
    for at in range(len(profiles)):
        links += telling.continued(at)
        links += telling.denied(at, links)
        links += telling.walked_back(at, links)
        links += telling.admitted(at)
        links += telling.counted_anew(at)
        links += telling.updated_or_disputed(at)
    for note in layout.corrections:
        links += _corrected(_read_note(text, note), profiles)
    return tuple(dict.fromkeys(links))


def _as_known(text: str, fact: Fact) -> Known:
    """Give a fact that is not stored yet the form in which facts are compared."""
    return Known(id=-1 - fact.position, story=0, story_key="", text=text[fact.start : fact.end], fact=fact)


def _link(source: Profile, type_: RelationType, target: Profile, evidence: str) -> Link:
    return Link(source.known.fact.position, type_, target.known.fact.position, evidence)


@dataclass(frozen=True, slots=True)
class _Telling:
    """The facts of a story in the order in which it tells them."""

    profiles: Sequence[Profile]
    rarity: Rarity
    layout: Layout

    def _before(self, at: int) -> Sequence[Profile]:
        return self.profiles[max(0, at - _REACH) : at]

    def _near(self, at: int) -> Sequence[Profile]:
        return [*self._before(at), *self.profiles[at + 1 : at + 1 + _REACH]]

    def _distance(self, at: int, other: Profile) -> int:
        return abs(self.profiles[at].known.fact.position - other.known.fact.position)

    # ---- quotations

    def continued(self, at: int) -> Iterator[Link]:
        """A quotation without an attribution of its own goes on with the one before it, if it has its speaker."""
        if at == 0:
            return
        this, before = self.profiles[at], self.profiles[at - 1]
        fact, earlier = this.known.fact, before.known.fact
        if fact.mode is not Mode.QUOTE or earlier.mode not in {Mode.QUOTE, Mode.MIXED}:
            return
        one_quote = any(
            earlier.start <= quote.start < earlier.end and quote.end > fact.start for quote in self.layout.quotes
        )
        if one_quote:
            yield _link(this, RelationType.CONTINUES_QUOTE, before, "both stand in one quotation")
        elif fact.cue is None and is_same_speaker(this, before):
            yield _link(this, RelationType.CONTINUES_QUOTE, before, "no attribution of its own")

    # ---- denials

    def denied(self, at: int, links: Sequence[Link]) -> Iterator[Link]:
        """A denial is of the sentence near it that states what is denied: of another party's, the nearest before it.

        A denial that does not word it ("denied the accusation") is of the claim that was just made. Where no sentence
        states what is denied, there is no relation.
        """
        denial = self.profiles[at]
        if not denial.is_denial:
            return
        target = self._claim_pointed_at(at) or self._claim_denied(at)
        if target:
            yield _link(denial, RelationType.DENIES, target, against(denial, target))
        else:
            yield from self._gone_on(at, RelationType.DENIES, links)

    def _claim_denied(self, at: int) -> Profile | None:
        denied = _denied_words(self.profiles[at]) or self.profiles[at].words
        score, target = max(
            ((self._denial_score(at, other, denied), other) for other in self._near(at)),
            key=lambda item: item[0],
            default=(0.0, self.profiles[at]),
        )
        return target if score >= threshold("told_denial") else None

    def _denial_score(self, at: int, claim: Profile, denied: frozenset[str]) -> float:
        """Return how far *claim* states the words *denied*: about 1 for all of them, said just before by another."""
        denial = self.profiles[at]
        shared = denied & claim.words
        if claim.is_denial or is_one_side(denial, claim) or not shared - denial.names:  # both naming one is not enough
            return 0.0
        share = self.rarity.total(shared) / self.rarity.total(denied)
        claimants = _is_claimants(denial, claim)
        if not (claim.speaker or claimants) and share < threshold("told_denial_of_fact"):
            return 0.0
        score = share + 0.3 * claimants + 0.1 * is_other_side(denial, claim)
        return score + 0.1 * (claim.known.fact.position < denial.known.fact.position) - 0.02 * self._distance(at, claim)

    def _claims_before(self, at: int) -> list[Profile]:
        """Return the claims of other parties that stand close before a denial, the nearest first."""
        return [
            other
            for other in reversed(self.profiles[max(0, at - _ANSWERED) : at])
            if other.known.fact.speaker
            and other.known.fact.status in _CLAIMING
            and not is_one_side(self.profiles[at], other)
        ]

    def _claim_pointed_at(self, at: int) -> Profile | None:
        """Return the claim that a denial only points at: of those close before it that of whom it names, else the last.

        "Denied any wrongdoing" and "denied the army's figure" only point; None where a denial has words of its own.
        """
        denial = self.profiles[at]
        claims = self._claims_before(at)
        named = [claim for claim in claims if _is_claimants(denial, claim) or _speaker_words(claim) & denial.terms]
        claimants = frozenset[str]().union(*map(_speaker_words, named))
        return next(iter(named or claims), None) if _is_bare(denial, claimants) else None

    # ---- walk-backs

    def walked_back(self, at: int, links: Sequence[Link]) -> Iterator[Link]:
        """A walk-back is of what its own side has said before it, and goes on while its speaker goes on about it."""
        this = self.profiles[at]
        if this.known.fact.status is not Status.WALKED_BACK:
            return
        gone_on = list(self._gone_on(at, RelationType.WALKS_BACK, links))
        if gone_on:
            yield from gone_on
            return
        score, target = max(
            ((self._position_score(at, other), other) for other in self._before(at)),
            key=lambda item: item[0],
            default=(0.0, this),
        )
        if score >= threshold("told_walk_back"):
            yield _link(this, RelationType.WALKS_BACK, target, taken_back(this, target))

    def admitted(self, at: int) -> Iterator[Link]:
        """An admission takes back what its speaker "had said" of the same matter, when that is told beside it."""
        this = self.profiles[at]
        for other in self._told_beside(at):
            if _is_admission(other) and _shared_matter(this, other):
                yield _link(other, RelationType.WALKS_BACK, this, taken_back(other, this))

    def _told_beside(self, at: int) -> list[Profile]:
        """Return what a speaker says now, right before or after the sentence with what the same one "had said"."""
        this = self.profiles[at]
        beside = (*self.profiles[max(0, at - 1) : at], *self.profiles[at + 1 : at + 2])
        return [other for other in beside if _had_said(this) and not _had_said(other) and is_same_speaker(this, other)]

    def _position_score(self, at: int, position: Profile) -> float:
        this, fact = self.profiles[at], position.known.fact
        if are_opposed(this, position) or not fact.speaker:
            return 0.0
        if fact.status not in _COMMITTED and not position.is_denial:
            return 0.0
        score = likeness(this, position, self.rarity).of_new + 0.3 / self._distance(at, position)
        score += 0.3 * bool(this.names & position.speaker) + 0.2 * bool(this.subjects & position.subjects)
        return score + 0.3 * any(
            mine.is_telling and mine.value == theirs.value for mine in this.figures for theirs in position.figures
        )

    def _gone_on(self, at: int, type_: RelationType, links: Sequence[Link]) -> Iterator[Link]:
        """Where the speaker of the sentence before goes on, the relation of that sentence goes on too."""
        if at == 0 or not is_same_speaker(self.profiles[at], self.profiles[at - 1]):
            return
        this, before = self.profiles[at].known.fact, self.profiles[at - 1].known.fact
        for link in links:
            if link.source == before.position and link.type is type_:
                yield Link(this.position, type_, link.target, _goes_on(this))

    # ---- figures

    def counted_anew(self, at: int) -> Iterator[Link]:
        """A figure updates the one that its speaker "had said" before for the same thing, told right beside it."""
        this = self.profiles[at]
        for other in self._told_beside(at):
            figures = _counted_twice(this, other)
            if figures:
                yield _link(other, RelationType.UPDATES, this, with_shared(figures, other, this))

    def updated_or_disputed(self, at: int) -> Iterator[Link]:
        """A figure that names the earlier one updates it; another party's far smaller one disputes it."""
        this = self.profiles[at]
        for other in self._before(at):
            for theirs in other.figures:
                if any(mine.earlier and mine.is_telling and _is_same(mine, theirs) for mine in this.figures):
                    yield _link(
                        this,
                        RelationType.UPDATES,
                        other,
                        f"{theirs.text} is told there, and here as the earlier figure",
                    )
            disputed = _disputed_figure(this, other)
            if disputed:
                yield _link(this, RelationType.DISPUTES, other, with_shared(disputed, this, other))


def _goes_on(fact: Fact) -> str:
    """Return the evidence that a sentence goes on with what its speaker has said in the one before."""
    return f"goes on with the sentence before: “{fact.cue}”" if fact.cue else "goes on with the sentence before"


def _had_said(profile: Profile) -> bool:
    """Say whether the sentence tells what somebody said at an earlier time: "on Monday he had said"."""
    return (profile.known.fact.cue or "").startswith(_BEFORE)


def _shared_matter(this: Profile, other: Profile) -> frozenset[str]:
    """Return the words of both that tell what they are about, names and who speaks left out."""
    return (this.words & other.words) - this.names - this.speaker - LIGHT.keys()


def _counted_twice(before: Profile, now: Profile) -> str | None:
    """Return the two figures that one speaker gives of one thing, earlier and now; None where there is no such pair.

    Of a measure (per cent, km), both must also word what it is of.
    """
    if before.is_denial or now.is_denial or is_elsewhere(now, before):
        return None
    if before.events and now.events and not before.events & now.events:
        return None
    for mine in filter(_is_plain, now.figures):
        for theirs in filter(_is_plain, before.figures):
            is_alike = mine.counts_like(theirs) >= threshold("told_before") or (
                mine.sort is Sort.MEASURE and mine.counts_like(theirs) > 0 and bool(_shared_matter(now, before))
            )
            if is_alike and not mine.equals(theirs):
                return f"{theirs.text} -> {mine.text}"
    return None


def _is_plain(figure: Figure) -> bool:
    """Say whether a number is a total of the time it is told of, with a value of its own."""
    return not (figure.vague or figure.earlier or figure.bygone or figure.more or figure.part or figure.gap)


def _is_admission(profile: Profile) -> bool:
    """Tell whether the sentence's verb of saying admits something."""
    return bool(said_with(profile, _ADMITTING))


def _denied_words(denial: Profile) -> frozenset[str]:
    """Return the words of what is denied, without who denies: of the main claim, else of the cue; may be none."""
    said = _said(denial) or denial.known.fact.cue or denial.known.text
    found = read_profile(replace(denial.known, text=said)).words & denial.words
    return found - denial.speaker - denial.side - _DENYING - _anybody()


def _said(denial: Profile) -> str:
    """Return the text of a denial's main claim; empty where the cue says it all: "called the accusation a lie"."""
    fact = denial.known.fact
    main = fact.claims[0] if fact.claims else None
    said = denial.known.text[main.start - fact.start : main.end - fact.start] if main else ""
    return said if any(char.isalpha() for char in said) else ""


def _is_bare(denial: Profile, claimants: frozenset[str]) -> bool:
    """Tell whether a denial words nothing beyond that something was said, and by the *claimants*."""
    if not _said(denial):
        return not _pointing().isdisjoint(words.stem(word) for word in (denial.known.fact.cue or "").lower().split())
    denied = _denied_words(denial) - denial.names - claimants
    return len(denied) <= _FEW and denied <= _pointing()


def _speaker_words(claim: Profile) -> frozenset[str]:
    """Return the stems of a speaker's name: "army" is no proper name, but tells whose figure it is."""
    speaker = claim.known.fact.speaker
    return frozenset(words.stem(word) for word in speaker.name.lower().split()) if speaker else frozenset()


@cache
def _anybody() -> frozenset[str]:
    return frozenset(map(words.stem, ("anyone", "anybody", "anything", "someone", "somebody", "ever")))


@cache
def _pointing() -> frozenset[str]:
    return frozenset(map(words.stem, (*lexicon.lines("allegation_nouns.txt"), *_DEEDS))) | {_FIGURE}


def _is_claimants(denial: Profile, claim: Profile) -> bool:
    """Say whether the denial names whose claim it is ("the rebels' claim of…") and *claim* has a claim of theirs."""
    named = denial.names - denial.speaker - denial.side
    claimants = [part.speaker.name for part in claim.known.fact.claims if part.speaker]
    return bool(named & (name_keys(claimants) | claim.speaker))


def _is_same(mine: Figure, theirs: Figure) -> bool:
    return not theirs.earlier and mine.value == theirs.value and mine.counts_like(theirs) > 0


def _disputed_figure(this: Profile, other: Profile) -> str | None:
    """Return the two figures with which another party contradicts one; both count what happened to people or things."""
    if not is_other_side(this, other) or is_elsewhere(this, other):
        return None
    for mine in _totals(this):
        for theirs in _totals(other):
            low, high = sorted((mine.value, theirs.value))
            if mine.counts_like(theirs) >= 1.0 and low < threshold("fewer_disputes") * high:
                return f"{theirs.text} -> {mine.text}"
    return None


def _totals(profile: Profile) -> list[Figure]:
    """Return the tolls that stand alone; of "two guards and one driver were killed" neither is the toll."""
    tolls = [figure.toll for figure in profile.figures]
    return [
        figure
        for figure in profile.figures
        if figure.toll
        and tolls.count(figure.toll) == 1
        and not (figure.passing or figure.earlier or figure.vague or figure.more or figure.part)
    ]


# ---- corrections


def _read_note(text: str, note: Correction) -> Profile:
    """Read a correction note as if it were a fact."""
    quantities = find_quantities(text, note.start, note.end)
    return read_profile(
        _as_known(text, Fact(note.start, note.end, 0, 0, Status.ASSERTED, Mode.ASSERTION, quantities=quantities))
    )


def _corrected(note: Profile, profiles: Sequence[Profile]) -> Iterator[Link]:
    """A fact that has one figure of a note replaces those that still have the other ("12, not 15")."""
    numbers = {figure.value for figure in note.figures}
    if len(numbers) < 2:
        return
    touched = [(profile, figure) for profile in profiles for figure in profile.figures if figure.value in numbers]
    wrong = {figure.value for figure in note.figures if figure.earlier} or {note.figures[0].value}
    for right_fact, right in touched:
        for wrong_fact, stale in touched:
            if right.value not in wrong and stale.value in wrong and right.counts_like(stale) > 0:
                yield _link(right_fact, RelationType.REPLACES, wrong_fact, note.known.text[:120])
