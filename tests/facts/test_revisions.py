"""Revised estimates, offers, demands and dates: what goes on with a held one, and what is another matter."""

from __future__ import annotations

import pytest
from pairs import findings, rows

from store.facts.model import Tag


@pytest.mark.parametrize(("before", "after", "tag", "evidence"), rows("revisions.tsv"))
def test_what_is_revised_is_an_update(before: str, after: str, tag: str, evidence: str) -> None:
    """The same thing of the same body anew, with old and new beside each other; anything else is new."""
    (finding,) = findings(before, after)

    assert finding.tag == Tag(tag)
    assert evidence in "".join(bearing.evidence for bearing in finding.bearings)
