"""What replaces something held: newer positions, states and schedules; figures are in `series`."""

from __future__ import annotations

from collections.abc import Container, Sequence

from store.facts import words
from store.facts.comparing.changes import ended
from store.facts.comparing.evidence import changed, regraded, taken_back, with_shared
from store.facts.comparing.profiles import Profile
from store.facts.comparing.rescheduling import find_new_date, is_of_end
from store.facts.comparing.retelling import goes_on
from store.facts.comparing.sameness import are_opposed, is_same_outlet, is_same_speaker, tells_of_speaker
from store.facts.comparing.scene import Pair, Scene, Verdict, came_later, published
from store.facts.comparing.thresholds import threshold
from store.facts.model import RelationType, Status, Tag

_PLANNED = frozenset({Status.PLANNED, Status.FORECAST})
_OF_PEOPLE = frozenset({"found", "freed", "left", "stayed", "pulled back"})  # changes of who is named, no other word

_OF_DENIAL = 20.0  # what it weighs in a position taken back that it was a denial: more than all the words of a summary
_DENYING = frozenset(map(words.stem, ("denied", "denial", "ruled", "rejected", "refused", "dismissed", "otherwise")))
_GRADE = "grade"
_MOVED = "moved"  # a change of changes.tsv
_STRIKE = frozenset({"strike"})

# ---- positions


def find_changed_position(new: Profile, near: Sequence[Pair], pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """A side withdraws what it said, or admits what it had denied: *near*, or in any of its own stories."""
    fact = new.known.fact
    if fact.status is not Status.WALKED_BACK and not new.changes.admits and not new.changes.reverses:
        return None
    tried = [*near, *(pair for pair in pairs if pair.new.side & pair.held.side)]
    heard_in = {pair.held.story for pair in tried if _is_their_own(pair)}
    met = [(score, pair) for pair in tried if (score := _meets_position(pair, scene, heard_in)) > 0]
    if not met:
        return None
    (surest, best), *others = sorted(met, key=lambda item: item[0], reverse=True)
    alike = tuple(pair.held for score, pair in others if score >= threshold("nearly") * surest)
    return Verdict(Tag.UPDATE, best.held, RelationType.WALKS_BACK, taken_back(new, best.held), alike)


def _is_their_own(pair: Pair) -> bool:
    """Say whether the held fact's speaker, or whom that one speaks for, speaks in the new one or is who it is about."""
    return is_same_speaker(pair.new, pair.held) or _is_outlets_own(pair) or tells_of_speaker(pair.new, pair.held)


def _is_outlets_own(pair: Pair) -> bool:
    """Say whether an outlet takes back what it told itself: "a fireman, not a passenger as we said earlier"."""
    return not pair.new.speaker and pair.new.corrects and is_same_outlet(pair.new, pair.held)


def _meets_position(pair: Pair, scene: Scene, heard_in: Container[int]) -> float:
    """Return how surely the held fact is what the new one takes back; 0: it is not.

    *heard_in*: the stories in which its side speaks. What such a story tells as its own may be that side's as well.
    """
    is_beside = not pair.held.known.fact.speaker and pair.held.story in heard_in
    if not _may_be_taken_back(pair, is_beside=is_beside):
        return 0.0
    figures = [
        mine
        for mine in pair.new.figures
        if mine.is_telling and any(mine.value == theirs.value for theirs in pair.held.figures)
    ]
    admitted = pair.new.terms & pair.held.negated
    shared = (pair.new.terms & pair.held.terms) - pair.new.names
    if not (figures or admitted or _is_of_one_matter(pair)):
        return 0.0
    weight = scene.rarity.total(shared)
    weight += 6.0 * _is_their_own(pair) + 3.0 * len(figures) + 3.0 * len(admitted)
    weight += _OF_DENIAL * (bool(shared) and _ends_denial(pair.new) and _says_no(pair.held))
    return weight + 1.0 * (pair.held.status in {*_PLANNED, Status.DENIED})


def _may_be_taken_back(pair: Pair, *, is_beside: bool) -> bool:
    """Say whether the held fact is a position of a side that the new one may speak for."""
    new, held = pair.new, pair.held
    if are_opposed(new, held) or held.status is Status.WALKED_BACK or came_later(held.known, new.known):
        return False
    if not (held.known.fact.speaker or is_beside or new.changes.reverses):
        return False
    is_withdrawn = new.status is Status.WALKED_BACK or new.changes.reverses
    if not (is_withdrawn or held.status is Status.DENIED or new.terms & held.negated):
        return False  # an admission takes back only a denial
    # An outlet that corrects itself takes back nothing of another's.
    is_outlets = new.status is Status.WALKED_BACK and not (new.speaker or _is_their_own(pair))
    return not is_outlets or new.changes.reverses or not set(new.amounts).isdisjoint(held.amounts)


def _is_of_one_matter(pair: Pair) -> bool:
    """Say whether both tell of one subject, or words or whose they are tell that they are of one matter."""
    new, held = pair.new, pair.held
    is_own = _is_their_own(pair)
    is_near = pair.like.context >= threshold("position_context") and (is_own or not new.speaker or new.changes.reverses)
    shared = (new.terms & held.terms) - new.names
    if _is_outlets_own(pair):
        return is_near and bool(shared)
    is_told = is_own and (new.changes.reverses or bool(shared))
    return is_near or is_told or bool(new.subjects & held.subjects)


def _says_no(held: Profile) -> bool:
    """Say whether a fact tells that something is not so: "no alarm sounded", "had not been confirmed"."""
    return held.is_negative or bool(held.negated)


def _ends_denial(new: Profile) -> bool:
    """Say whether what is taken back was a denial: "admitted", "having ruled out", "reversing days of denials"."""
    return new.changes.admits or not _DENYING.isdisjoint(new.stems)


# ---- states and schedules


def find_changed_state(new: Profile, pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """What was held is called off, reopened, put off or held on another day."""
    if not (new.changes.made or new.changes.moves or new.grades or new.status in _PLANNED):
        return None
    ends: list[tuple[float, Pair, str]] = []
    for pair in pairs:
        if came_later(pair.held.known, new.known):
            continue
        regraded = _is_regraded(pair)
        if pair.like.context < threshold("regrade_context" if regraded else "change_context"):
            continue
        shared = _shared_things(pair)
        if pair.held.recalls or pair.held.is_denial or not (shared or _shared_words(pair, scene)):
            continue
        planned = pair.held.status in _PLANNED or bool(pair.held.coming)
        dates = find_new_date(pair, scene) if planned else None
        made = sorted(ended(new.changes, pair.held.changes, planned=planned))
        made = [name for name in made if shared or name not in _OF_PEOPLE] if _is_of_one_event(pair) else []
        made = [] if goes_on(new, pair.held) else made  # "remains shut" ends nothing
        made = [name for name in made if not (_is_known(name, pair, pairs) or (name == _MOVED and is_of_end(pair)))]
        surety = pair.like.context + threshold("series_kin") * pair.kin
        ends += [(surety, pair, dates or name) for name in made]
        if regraded:
            ends.append((surety, pair, _GRADE))
        if dates and not made:
            ends.append((surety, pair, dates))
    if not ends:
        return None
    surest, best, _ = max(ends, key=lambda item: item[0])
    nearly = threshold("nearly")
    alike = [item for item in ends if item[0] >= nearly * surest and item[1].kin >= nearly * best.kin]
    _, pair, evidence = min(alike, key=lambda item: published(item[1].held.known))
    return Verdict(Tag.UPDATE, pair.held, RelationType.UPDATES, _worded(evidence, new, pair.held))


def _is_of_one_event(pair: Pair) -> bool:
    """Say whether not each tells of an event of another kind: talks that resume end no strike."""
    mine, theirs = _events(pair.new), _events(pair.held)
    return not (mine and theirs) or not mine.isdisjoint(theirs)


def _events(profile: Profile) -> frozenset[str]:
    """Return the events that a fact tells of; who is on strike tells of a strike."""
    return profile.events | (_STRIKE if "strikers" in profile.tolls else frozenset())


def _is_known(change: str, ended_by: Pair, pairs: Sequence[Pair]) -> bool:
    """Say whether the state was told to be over already, since it was told of: who also says that a strike ended."""
    state = ended_by.held
    return any(
        change in pair.held.changes.made
        and published(pair.held.known) > published(state.known)
        and pair.kin >= threshold("kin_between")
        and not (ended_by.new.events | state.events).isdisjoint(pair.held.events)
        for pair in pairs
    )


def _worded(change: str, new: Profile, held: Profile) -> str:
    """Return a change, one of changes.tsv, a grade or two dates, in the words of both facts."""
    if change == _GRADE:
        return regraded(new, held)
    return changed(new, held, change) if change in new.changes.made else with_shared(change, new, held)


def _shared_things(pair: Pair) -> frozenset[str]:
    """Return what both tell of, by name or concept; that one person speaks in both is nothing."""
    told = frozenset[str]()
    if is_same_speaker(pair.new, pair.held) and not pair.new.body:
        told = pair.new.voice | pair.held.voice | (pair.new.side & pair.held.side)
    return (pair.new.things & pair.held.things) - told


def _shared_words(pair: Pair, scene: Scene) -> frozenset[str]:
    """Return the words that both have and few others: the "curfew" that is prolonged."""
    common = (pair.new.terms & pair.held.terms) - (pair.new.speaker & pair.held.speaker)
    return frozenset(term for term in common if scene.rarity.is_rare(term))


def _is_regraded(pair: Pair) -> bool:
    """Say whether the new fact gives another grade than the held one: a red alert after an orange one."""
    return bool(pair.new.grades and pair.held.grades) and not pair.new.grades & pair.held.grades
