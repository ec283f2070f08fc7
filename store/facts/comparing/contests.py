"""Figures of a contest under way: by how much somebody leads, and what share of the ballots has been counted."""

from __future__ import annotations

from store.facts.comparing.around import Place, Placed, number_terms

LEAD = "lead"
COUNTED = "counted"
RUNNING = frozenset({LEAD, COUNTED})  # of one contest there is only one such figure at a time

_LEADS = frozenset({"lead", "margin", "advantage", "gap"})
_LEADING_BY = frozenset({"led", "leads", "leading", "ahead", "won", "wins"})
_AHEAD = frozenset({"ahead", "lead", "margin"})
_TO_NUMBER = frozenset({"of", "by", "to", "at", "is", "was", "now", "stood", "stands"})
_BOUNDS = frozenset({"just", "only", "about", "some", "nearly", "almost", "roughly", "under", "over", "a", "mere"})
_NEAR_LEAD = 10  # words from "lead" to the number: "the lead in the count for Tavel was down to 1,120"
_AFTER = 6  # words from "78%" to "counted": "of the ballots having been"
_DONE = frozenset({"counted", "tallied", "tabulated"})
_DONE_BALLOTS = frozenset({"processed", "reporting"})  # these tell of much else as well
_BALLOTS = frozenset({"ballots", "ballot", "votes", "vote", "stations", "precincts", "districts"})


def is_lead(placed: Placed, place: Place) -> bool:
    """Say whether the number at a *place* is how far somebody is ahead: "a lead of 5.2 points", "1,200 votes ahead".

    *place*: its first word's position, and the position after its last. A margin of error is none.
    """
    start, end = place
    if not _AHEAD.isdisjoint(token.text for token, _ in placed[end : end + 2]):
        return True
    before = [token.text for token, _ in placed[max(0, start - _NEAR_LEAD) : start]]
    while before and before[-1] in _BOUNDS:
        before.pop()
    if not before or before[-1] not in _TO_NUMBER or "error" in before:
        return False
    since = [at for at, word in enumerate(before) if word in _LEADS or (word in _LEADING_BY and before[-1] == "by")]
    return bool(since) and not any(_is_number(word) for word in before[since[-1] :])


def is_share_counted(placed: Placed, place: Place, *, until: int) -> bool:
    """Say whether the share at a *place* is that of the ballots counted: "78% of ballots counted", "has counted 94%".

    *until*: where its clause ends.
    """
    start, end = place
    after = [token.text for token, _ in placed[end : min(until, end + _AFTER)]]
    before = [token.text for token, _ in placed[max(0, start - 2) : start]]
    if not _DONE.isdisjoint((*after, *before)):
        return True
    return not (_DONE_BALLOTS.isdisjoint(after) or _BALLOTS.isdisjoint(after))


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in number_terms()
