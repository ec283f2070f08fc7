"""The word that a question turns on is told by the places of its auxiliaries, articles and prepositions."""

from __future__ import annotations

import pytest

from store.lookup.turning import asked_noun, turning_point

TURNS = {
    "has the mayor been charged": "charged",
    "won't helena brandt resign": "resign",
    "did helena brandt resign": "resign",
    "was the bridge destroyed in the fighting": "destroyed",
    "when will the union appeal against the fine": "appeal",
    "what was the turnout in the north": "turnout",
    "what is the salary of a ferry captain": "salary",
    "what is the number of the dead": None,  # the kind of answer is no word to find
    "turnout in the north": "turnout",
    "ticket price for the ferry": "ticket",
    "what was the price of brown bread in the port": "bread",
    "price for the ferry": None,
    "who replaced the defence minister": "replaced",
    "how many houses were destroyed": "destroyed",
    "why did the company close its plant": "close",
    "will the report be published": "published",
    "where was the race meant to finish": "finish",
    "has the mayor offered to resign": "resign",
    "was the mayor driven to the harbour": "driven",
    "who is replacing the defence minister": "replacing",
    "is the army leaving the valley": "leaving",
    "what is the evening curfew in the port": "curfew",
    "how many of the injured were children": "children",
    "how many of the hostages are still held": "held",
    "how many of them": None,
    "who is the mayor": None,
    "how many people live there": None,
    "names of the dead": None,
    "and the wounded?": None,
    "": None,
}


@pytest.mark.parametrize(("question", "word"), TURNS.items())
def test_questions_turn_on_a_word(question: str, word: str | None) -> None:
    """The main verb after its auxiliary, or the noun before a preposition; None where neither can be told."""
    place = turning_point(question)

    assert (question[place[0] : place[1]] if place else None) == word


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("what sentence did the haulier get", "sentence"),
        ("which bridges were closed", "bridges"),
        ("what year was the dam built", None),  # only tells the kind of answer
        ("what did the haulier get", None),
        ("what kind of ship was it", None),
        ("what", None),
    ],
)
def test_what_and_which_ask_for_a_thing(question: str, word: str | None) -> None:
    """The noun between the question word and its auxiliary."""
    place = asked_noun(question)

    assert (question[place[0] : place[1]] if place else None) == word
