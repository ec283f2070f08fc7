"""What is new against what is held: how a fact becomes an alert, or stays silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.facts.comparing.contradicting import find_contradicted, find_counted_denied
from store.facts.comparing.copies import find_origin
from store.facts.comparing.hours import find_new_hour, find_rival_hour
from store.facts.comparing.profiles import Profile
from store.facts.comparing.repeating import find_copy, find_repeat
from store.facts.comparing.replacing import find_changed_position, find_changed_state
from store.facts.comparing.scene import Scene, Verdict, set_scene
from store.facts.comparing.series import find_changed_figure, find_rival_figure
from store.facts.comparing.thresholds import threshold
from store.facts.model import Bearing, Finding, RelationType, Tag


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a new story is against all that is held."""

    findings: list[Finding]  # one for each fact, in order
    origin: int | None  # the held story, of any outlet, that it is a near-verbatim copy of


def compare(new: Sequence[Profile], kin: Mapping[int, Sequence[Profile]]) -> Comparison:
    """Compare the facts of one story with the held facts *kin* (new position -> candidates).

    Held facts of stories published later than the new one are never updated by it.
    """
    held = {profile.id: profile for candidates in kin.values() for profile in candidates}
    beside = [kin.get(profile.known.fact.position, ()) for profile in new]
    origin = find_origin(new, beside)
    scene = set_scene(new, held.values(), origin)
    findings = [_judge(profile, candidates, scene) for profile, candidates in zip(new, beside, strict=True)]
    return Comparison(findings, origin)


def _judge(new: Profile, candidates: Sequence[Profile], scene: Scene) -> Finding:
    """Try the rules in order: the first that speaks gives the tag, all of them give bearings.

    What the outlet only asks tells nothing: it is neither news nor answered, repeated or contradicted by what is told.
    """
    position = new.known.fact.position
    if new.is_question:
        return Finding(position, None)
    pairs = scene.pairs(new, [held for held in candidates if not held.is_question])
    copy = find_copy(pairs, scene)
    if copy:
        return Finding(position, None, copy.held.known.id, tuple(_bearings(copy)))
    kin_least, kin_anyway = threshold("kin_least"), threshold("kin_anyway")
    kin = [pair for pair in pairs if pair.kin >= kin_least]
    near = [pair for pair in pairs if pair.kin >= kin_least or pair.like.context >= kin_anyway]
    tried = (
        find_changed_position(new, near, pairs, scene),
        find_rival_figure(new, pairs, scene),
        find_changed_figure(new, pairs, scene),
        find_rival_hour(new, near),
        find_new_hour(new, near),
        find_changed_state(new, near, scene),
        find_repeat(near, scene),  # before contradictions: a claim said again after its denial is no news
        find_counted_denied(new, kin, scene),
        find_contradicted(new, near, scene),
    )
    verdicts = [verdict for verdict in tried if verdict]
    if not verdicts:
        return Finding(position, Tag.NEW)
    bearings = dict.fromkeys(
        bearing
        for verdict in verdicts
        if verdict is verdicts[0] or verdict.relation is not RelationType.ALSO_REPORTS  # what updates repeats nothing
        for bearing in _bearings(verdict)
    )
    return Finding(position, verdicts[0].tag, verdicts[0].held.known.id, tuple(bearings))


def _bearings(verdict: Verdict) -> list[Bearing]:
    return [Bearing(verdict.relation, held.known.id, verdict.evidence) for held in (verdict.held, *verdict.others)]
