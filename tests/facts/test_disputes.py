"""Denials by another party in words of its own, and negatives that contradict nothing."""

from __future__ import annotations

import pytest
from pairs import findings, rows

from store.facts.model import Tag


@pytest.mark.parametrize(("before", "after", "tag"), rows("disputes.tsv"))
def test_a_dispute_needs_what_is_said_and_what_is_denied(before: str, after: str, tag: str) -> None:
    """Another party that says that the very thing is not so disputes it; any other negative is new."""
    (finding,) = findings(before, after, hours=24)

    assert finding.tag == Tag(tag)
