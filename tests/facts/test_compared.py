"""Pairs of sentences as a desk would judge them: an update, a dispute, a second source, new, or nothing at all."""

from __future__ import annotations

import pytest
from pairs import findings, rows

from store.facts.model import Tag

_OUTLETS = {"same": "Northwind", "other": "Dagny Post"}


@pytest.mark.parametrize(("outlet", "before", "after", "tag"), rows("compared.tsv"))
def test_a_pair_is_judged_as_a_desk_would(outlet: str, before: str, after: str, tag: str) -> None:
    """Another place, period, body, part or deed is no update; what only looks alike is no second source."""
    (finding,) = findings(before, after, hours=24, outlet=_OUTLETS[outlet])

    assert finding.tag == (None if tag == "SILENT" else Tag(tag))


def test_a_bare_question_is_never_answered_or_repeated() -> None:
    """What an outlet only asked is no claim: whoever tells it first has news."""
    (finding,) = findings(
        "Was the mayor of Brava on board the ferry Hestia?", "The mayor of Brava was on board the ferry Hestia."
    )

    assert finding.tag is Tag.NEW
    assert not finding.bearings


@pytest.mark.parametrize(
    "text",
    ['"How many were on board?" the widow Ana Voss asked.', "Residents ask: where is the water?"],
)
def test_a_question_that_somebody_asks_is_news(text: str) -> None:
    """A speaker's question is a fact like any other."""
    (finding,) = findings("A ferry sank off Brava on Sunday.", text)

    assert finding.tag is Tag.NEW


def test_an_end_that_is_held_is_no_news() -> None:
    """Who tells a day later that a strike is over updates nothing."""
    held = (
        "Dockers in Loum have been on strike for two weeks, halting all work at the port.\n\n"
        "The dockers in Loum reopened the port on Sunday, ending the strike."
    )

    told = findings(held, "The port of Loum reopened on Sunday after the dockers' strike, the mayor said.")

    assert [finding.tag for finding in told] != [Tag.UPDATE]
