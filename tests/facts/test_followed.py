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


@pytest.mark.parametrize(
    ("reminder", "tag"),
    [
        ("The Hestia sank in the Dar Strait on 2 May on its way from Loum to Brava.", None),
        ("The Hestia sank on 2 May in the Dar Strait, on its nightly run to Brava.", None),
        ("The Hestia was rammed in the Dar Strait on 2 May on its way from Loum to Brava.", Tag.NEW),
        ("The Hestia sank in the Dar Strait on 2 May with its stern door open and its alarm muted.", Tag.NEW),
        ("The Hestia, a blue vessel with a tall yellow funnel and brass portholes, sank on 2 May.", Tag.NEW),
    ],
)
def test_a_reminder_of_what_the_event_has_told_is_silent(reminder: str, tag: Tag | None) -> None:
    """What an outlet recalls days later from several held sentences is no news, unless one more thing is told."""
    held = (
        "The Hestia left Loum for Brava on Saturday evening, on its nightly run. A wave two metres high struck it.\n\n"
        "The ferry sank in the Dar Strait on Saturday, and 40 people are missing, the coast guard said."
    )

    *_, finding = findings(held, f"Divers found the bell of the ferry Hestia. {reminder}", hours=120)

    assert finding.tag is tag
