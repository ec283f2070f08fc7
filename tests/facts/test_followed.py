"""Stories as they go on: with which held sentence a newer one goes on, and what is another matter or known."""

from __future__ import annotations

import pytest
from pairs import findings, rows

from store.facts.model import Tag

_OUTLETS = {"same": "Northwind", "other": "Dagny Post"}


@pytest.mark.parametrize(("outlet", "before", "after", "tag", "ref"), rows("followed.tsv"))
def test_a_story_goes_on(outlet: str, before: str, after: str, tag: str, ref: str) -> None:
    """The newest total, price, offer or correction goes on with its own; anything else is new, or no news."""
    *_, finding = findings(before, after, hours=24, outlet=_OUTLETS[outlet])

    assert finding.tag == (None if tag == "SILENT" else Tag(tag))
    assert not ref or finding.ref == int(ref)
