"""A name that is not held is met with the held names that come near it."""

from __future__ import annotations

from store.facts.model import Cast, Entity, Kind
from store.lookup.near_names import nearest_names
from store.lookup.wording import read_words
from tests.lookup.shelf import shelf

CAST = Cast(
    (
        Entity("Marta Holvenius", Kind.PERSON, aliases=("Holvenius",), role="mayor"),
        Entity("Australia", Kind.PLACE),
        Entity("Tolvania", Kind.PLACE),
    )
)
HELD = shelf(["Mayor Marta Holvenius spoke / Trade with Australia grew / Tolvania closed a mine"], cast=CAST)


def near(question: str) -> tuple[str, ...]:
    """Return what is offered for the names in *question*."""
    return nearest_names(HELD, read_words(HELD, question))


def test_a_person_is_offered_in_full() -> None:
    """The surname alone came near."""
    assert near("what did Holversen say") == ("Marta Holvenius",)


def test_a_country_is_offered_though_never_taken_for_another() -> None:
    """Austria is read as nothing, and who asks for it learns that Australia is held."""
    assert read_words(HELD, "Austria")[0].options == ()
    assert near("trade with Austria") == ("Australia",)


def test_nothing_is_offered_for_what_is_no_name() -> None:
    """Neither for a plain word that is not held, nor for a name like none that is held, nor for one that is."""
    assert near("how many elephants") == ()
    assert near("who governs Quillon") == ()
    assert near("what did Holvenius say") == ()
