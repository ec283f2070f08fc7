"""Second sources that word the same thing differently, and sentences that only name the same people and places."""

from __future__ import annotations

import pytest
from pairs import findings, rows

from store.facts.model import Tag


@pytest.mark.parametrize(("before", "after", "tag"), rows("second_sources.tsv"))
def test_only_the_same_content_is_a_second_source(before: str, after: str, tag: str) -> None:
    """Another outlet that carries the same is a second source; what shares but names, places and days is new."""
    (finding,) = findings(before, after, hours=24)

    assert finding.tag == Tag(tag)
