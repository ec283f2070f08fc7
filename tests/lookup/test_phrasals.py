"""A word that stands for another with its particle only is no match without it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.database.store import Store
from store.facts.model import Story
from store.intake.accept import take_in
from store.lookup.synonyms import read_thesaurus
from store.lookup.wording import read_words

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Harbour master Odd Lie stepped down on Friday after the collision.", True),
        ("Harbour master Odd Lie called the new rule a step, but a small one.", False),
        ("The next step is a hearing. Steps to the quay are closed. Odd Lie stepped down on Friday.", False),
    ],
)
def test_a_lent_word_needs_its_particle(tmp_path: Path, text: str, stands: bool) -> None:
    """Who "stepped down" resigned; where steps are mostly taken or climbed, "step" says nothing of it."""
    with Store.open(tmp_path / "one.db") as store:
        take_in(store, Story(text, "The harbour", "Mail", None, NOW), key="one", now=NOW)
        (ask,) = store.read(lambda db: read_words(db, "resigned"))

    assert ("step" in {option.term for option in ask.options}) is stands


def test_a_word_of_its_own_needs_none() -> None:
    """Only what no group has alone is lent, with all the particles that it is lent with."""
    thesaurus = read_thesaurus(["resign, quit, step down", "resign, step out", "resign, bow, bow out"])

    assert thesaurus.lent_to("resign") == {"step": frozenset({"down", "out"})}
    assert thesaurus.lent_to("quit") == {"step": frozenset({"down"})}
