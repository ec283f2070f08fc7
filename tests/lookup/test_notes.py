"""What is held for and against a fact comes with it, along every way that leads there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.database.store import Store
from store.facts.model import Story
from store.intake.accept import take_in
from store.lookup.model import NoteType
from store.lookup.notes import notes_for

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLAIM, COPY, DENIAL, LATER, LATEST = 1, 2, 3, 4, 5
TEXTS = (
    "A lorry fell from the ferry at Marrow.",
    "Divers were looking at the old pier.",
    "The baker of Selby sells rye bread.",
    "Snow closed a school on the hill.",
    "A choir sang in the station hall.",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store that holds five facts of five stories, an hour apart, which have nothing to do with each other."""
    with Store.open(tmp_path / "notes.sqlite") as opened:
        for hours, text in enumerate(TEXTS):
            published_at = NOW + timedelta(hours=hours)
            take_in(opened, Story(text, outlet=f"Outlet {hours}", published_at=published_at), now=NOW)
        yield opened


def noted(store: Store, fact: int, *relations: tuple[int, str, int]) -> list[tuple[NoteType, int]]:
    """Return the notes of *fact* once *relations* are held, as types and facts."""
    store.write(
        lambda db: db.conn.executemany("INSERT INTO relations VALUES (?, ?, ?, 'for the test')", relations) and None
    )
    return [(note.type, note.known.id) for note in store.read(lambda db: notes_for(db, [fact]))[fact]]


def test_a_denial_stands_with_what_it_denies_and_points_back(store: Store) -> None:
    """Whichever of the two answers, the other is a note of it."""
    relation = (DENIAL, "denies", CLAIM)

    assert noted(store, CLAIM, relation) == [(NoteType.DENIED_BY, DENIAL)]
    assert noted(store, DENIAL) == [(NoteType.DENIES, CLAIM)]


@pytest.mark.parametrize(
    ("type_", "note"),
    [("denies", NoteType.DENIED_BY), ("walks_back", NoteType.WALKED_BACK_BY), ("disputes", NoteType.DISPUTED_BY)],
)
def test_what_is_held_against_a_copy_is_held_against_the_claim(store: Store, type_: str, note: NoteType) -> None:
    """Two outlets carry the claim; the denial was found for the other one's sentence."""
    found = noted(store, CLAIM, (COPY, "also_reports", CLAIM), (DENIAL, type_, COPY))

    assert found == [(note, DENIAL), (NoteType.ALSO_REPORTED_BY, COPY)]


def test_the_update_of_an_update_is_a_note_and_the_newest_comes_first(store: Store) -> None:
    """A figure that was renewed twice is not shown with the middle one alone."""
    found = noted(store, CLAIM, (LATER, "updates", CLAIM), (LATEST, "updates", LATER))

    assert found == [(NoteType.UPDATED_BY, LATEST), (NoteType.UPDATED_BY, LATER)]


def test_what_was_withdrawn_is_in_no_note(store: Store) -> None:
    """A retired fact bears on nothing any more."""
    store.write(lambda db: db.conn.execute("UPDATE facts SET retired = 1 WHERE id = ?", (DENIAL,)) and None)

    assert noted(store, CLAIM, (DENIAL, "denies", CLAIM)) == []
