"""What can be read of a story before it is stored."""

from __future__ import annotations

import pytest

from store.intake.checks import looks_english
from tests.telegram.stories import FERRY, HARBOUR, NEWS


@pytest.mark.parametrize("text", [FERRY, HARBOUR, NEWS, "Two dead", "", "Kovač: 14", "POLICE SAY TWO ARE DEAD"])
def test_english_and_what_is_too_short_to_tell(text: str) -> None:
    """Names and capitals say nothing of the language."""
    assert looks_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "In der Nacht war die Straße nach Selby gesperrt worden, teilte die Polizei mit; sie wird umgeleitet.",
        "La route de la côte est restée fermée toute la nuit, ont indiqué les pompiers.",
        "La carretera de la costa quedó cerrada toda la noche, informaron los bomberos.",
        "Дорога вдоль берега закрыта.",
        "沿海公路整夜关闭",
        "أُغلق الطريق الساحلي طوال الليل",
    ],
)
def test_other_languages(text: str) -> None:
    """In another alphabet, or in words that English has not."""
    assert not looks_english(text)
