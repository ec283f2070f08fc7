"""What is new against what is held: how a fact becomes an alert, or stays silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store.facts.comparing.contradicting import find_contradicted, find_counted_denied
from store.facts.comparing.copies import find_origin
from store.facts.comparing.profiles import Profile, held_profile, read_profile
from store.facts.comparing.repeating import find_copy, find_repeat
from store.facts.comparing.replacing import find_changed_position, find_changed_state
from store.facts.comparing.scene import Scene, Verdict, set_scene
from store.facts.comparing.series import find_changed_figure
from store.facts.comparing.thresholds import threshold
from store.facts.model import Bearing, Finding, Known, Tag


def compare(new: Sequence[Known], kin: Mapping[int, Sequence[Known]]) -> list[Finding]:
    """Return for each fact of one story what it is against the held facts *kin* (new position -> candidates).

    In the order of *new*. Held facts of stories published later than the new one are never updated by it.
    """
    held: dict[int, Profile] = {}
    for known in (known for candidates in kin.values() for known in candidates):
        if known.id not in held:
            held[known.id] = held_profile(known)
    mine = [read_profile(known) for known in new]
    scene = set_scene(mine, held.values(), find_origin(new, kin))
    return [
        _judge(profile, [held[known.id] for known in kin.get(profile.known.fact.position, ())], scene)
        for profile in mine
    ]


def _judge(new: Profile, candidates: Sequence[Profile], scene: Scene) -> Finding:
    """Try the rules in order: the first that speaks gives the tag, all of them give bearings."""
    position = new.known.fact.position
    pairs = [scene.pair(new, held) for held in candidates]
    copy = find_copy(pairs, scene)
    if copy:
        return Finding(position, None, copy.held.known.id, tuple(_bearings(copy)))
    kin = [pair for pair in pairs if pair.kin >= threshold("kin_least")]
    near = [
        pair for pair in pairs if pair.kin >= threshold("kin_least") or pair.like.context >= threshold("kin_anyway")
    ]
    own = [pair for pair in pairs if pair.new.side & pair.held.side]  # a position is met again in any of its stories
    tried = (
        find_changed_position(new, [*near, *own], scene),
        find_changed_figure(new, pairs, scene),
        find_changed_state(new, near, scene),
        find_repeat(near, scene),  # before contradictions: a claim said again after its denial is no news
        find_counted_denied(new, kin, scene),
        find_contradicted(new, near, scene),
    )
    verdicts = [verdict for verdict in tried if verdict]
    if not verdicts:
        return Finding(position, Tag.NEW)
    bearings = dict.fromkeys(bearing for verdict in verdicts for bearing in _bearings(verdict))
    return Finding(position, verdicts[0].tag, verdicts[0].held.known.id, tuple(bearings))


def _bearings(verdict: Verdict) -> list[Bearing]:
    return [Bearing(verdict.relation, held.known.id, verdict.evidence) for held in (verdict.held, *verdict.others)]
