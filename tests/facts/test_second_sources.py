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


@pytest.mark.parametrize(
    ("printed", "edited"),
    [
        ("killed 14 people", "killed 14 persons"),
        ("on Sunday", "Sunday"),
        ("soldiers", "troops"),
        ("destroyed nine houses", "destroyed nine homes"),
        ("close to the harbour", "close to the harbor"),
        ("rose", "climbed"),
    ],
)
def test_an_editors_word_for_the_same_leaves_a_copy_silent(printed: str, edited: str) -> None:
    """Agency copy in another outlet's spelling and words is the same; see the table for words that are not."""
    held = (
        "Rebels attacked soldiers close to the harbour of Brava on Sunday and killed 14 people, destroyed nine houses "
        "and fled before the tide rose, the mayor said."
    )

    (finding,) = findings(held, held.replace(printed, edited), hours=24)

    assert printed in held
    assert finding.tag is None
