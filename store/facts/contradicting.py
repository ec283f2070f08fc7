"""What contradicts something held: a denial of a claim, a claim against a denial."""

from __future__ import annotations

from collections.abc import Sequence

from store.facts.model import RelationType, Status, Tag
from store.facts.profiles import Profile
from store.facts.sameness import is_other_side
from store.facts.scene import Pair, Scene, Verdict
from store.facts.thresholds import threshold


def find_contradicted(new: Profile, pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """One side denies what another says, whichever came first."""
    met = [
        pair
        for pair in pairs
        if is_other_side(pair.new, pair.held)
        and (_counts_denied(pair) or (pair.new.is_denial != pair.held.is_denial and _is_met(pair)))
    ]
    if not met:
        return None
    best = max(met, key=lambda pair: (_counts_denied(pair), pair.like.context))
    relation = RelationType.DENIES if new.is_denial else RelationType.DISPUTES
    return Verdict(Tag.DISPUTE, best.held, relation, new.known.fact.cue or "contradicts")


def _is_met(pair: Pair) -> bool:
    """Say whether claim and denial are about one thing. What another withdraws is no contradiction."""
    told = {pair.new.known.fact.status, pair.held.known.fact.status}
    return Status.WALKED_BACK not in told and pair.like.context >= threshold("denial_context")


def _counts_denied(pair: Pair) -> bool:
    """Say whether one has what the other says there is none of: "38 tanks", "not one tank"."""
    if not pair.kin:
        return False
    return _has_what_is_denied(pair.new, pair.held) or _has_what_is_denied(pair.held, pair.new)


def _has_what_is_denied(claim: Profile, denial: Profile) -> bool:
    counted = {
        f"#{name}" for figure in claim.figures if figure.value > 0 for name in (figure.noun, figure.toll) if name
    }
    return (
        bool(denial.negated) and not claim.negated and bool(denial.negated & counted or denial.negated <= claim.terms)
    )
