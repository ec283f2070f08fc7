"""What speaks for a sentence: its words, its paragraph, its neighbours, its title, and what kind of answer it holds."""

from __future__ import annotations

from sqlite_utils import Database

from store.database.index import IMPLIED, code
from store.facts.words import tokens
from store.lookup.asking import Want, asking_words, is_past_verb, wanted
from store.lookup.evidence import FEATURES, gather
from store.lookup.passages import Glance, read_passages, read_totals, weigh
from store.lookup.wording import kin_held, read_words
from store.lookup.written_out import write_out
from tests.lookup.shelf import shelf


def evidence(db: Database, text: str, *facts: int, focus: int | None = None) -> dict[int, dict[str, float]]:
    """Return the features of the sentences of the paragraphs of *facts* for the question *text*."""
    totals = read_totals(db)
    want = wanted([token.text for token in tokens(text)])
    weighed = weigh(read_words(db, text), want, totals, focus=focus)
    passages = read_passages(db, weighed, totals, facts, [])
    rows = gather(passages, weighed, totals, kin_held(db, weighed.asks))
    return {fact: dict(zip(FEATURES, values, strict=True)) for fact, values in rows}


STORE = shelf(
    ["Karobe was hit by a storm / It sank 14 boats / Nobody was found", "The mayor promised $3 million"],
    ["The mayor of Tenda resigned in 2019"],
    titles=["Storm in Karobe", "Tenda"],
)


def test_more_of_the_question_is_more_evidence() -> None:
    """The sentence that says more of what was asked has the higher coverage and the higher bm25."""
    found = evidence(STORE, "how many boats sank in Karobe", 1)

    assert found[2]["own"] > found[1]["own"] > found[3]["own"] == 0
    assert found[2]["cover"] > found[1]["cover"]


def test_paragraph_title_and_neighbours_count() -> None:
    """A sentence gets credit for its paragraph, its title and the sentences beside it, across paragraphs too."""
    found = evidence(STORE, "the boats of Karobe", 1, 4)

    assert found[3]["cover"] == 0
    assert found[3]["before"] == found[2]["own"] > 0
    assert found[3]["cover_paragraph"] == 1
    assert found[4]["cover_title"] > 0
    assert found[4]["with_before"] < found[3]["with_before"] == 1


def test_a_name_that_is_only_meant_counts_less_than_a_printed_one() -> None:
    """The "he" of a sentence is whom it means, in its hits and not in its length."""
    glance = Glance({7: [(0, 1.0)]})
    printed = glance.see(1, 1, 0, code(7, 0) + code(9, 0))
    meant = glance.see(2, 1, 0, code(9, 0) + IMPLIED + code(7, 0))

    assert 0 < meant.hits[0] < printed.hits[0] == 1
    assert (printed.length, meant.length) == (2, 1)


def test_neighbours_end_with_the_story() -> None:
    """The first sentence of a story has nothing before it, although its number follows another story's."""
    found = evidence(STORE, "the mayor promised and resigned", 4, 5)

    assert found[5]["before"] == 0
    assert found[4]["after"] == 0


def test_a_figure_before_what_is_counted_fits() -> None:
    """Only the sentence with a figure answers "how many", and best where it stands before what is counted."""
    found = evidence(STORE, "how many boats sank", 1, focus=0)

    assert (found[2]["count"], found[2]["counted"]) == (1, 1)
    assert (found[1]["count"], found[1]["counted"]) == (0, 0)


def test_kinds_of_answers_fit_their_questions_only() -> None:
    """A year fits "when" and money fits "how much"; neither counts for another kind of question."""
    assert evidence(STORE, "when did the mayor resign", 5)[5]["year"] == 1
    assert evidence(STORE, "who resigned", 5)[5]["year"] == 0
    assert evidence(STORE, "how much did the mayor promise", 4)[4]["money"] == 1
    assert evidence(shelf(["The wall is 12 km long"]), "how long is the wall", 1)[1]["measure"] == 1
    assert evidence(STORE, "how much did the mayor promise", 4)[4]["measure"] == 0


def test_what_a_question_wants_is_read_from_its_words() -> None:
    """The word that asks, or the noun after what and which, tells the kind of answer."""
    wants = {
        "who said so": Want.PERSON, "when did it end": Want.TIME, "in what year": Want.TIME, "where": Want.PLACE,
        "how many boats": Want.COUNT, "what percentage of boats": Want.SHARE, "how long was it": Want.AMOUNT,
        "why": Want.CAUSE, "which cities": Want.PLACE, "what is the name of it": Want.NAME, "did it rain": Want.YES_NO,
        "boats": Want.THING, "": Want.THING, "how": Want.THING, "number of boats": Want.COUNT,
        "people who fled": Want.THING, "tell me who fled": Want.PERSON, "share of those who fled": Want.SHARE,
        "reason it sank": Want.CAUSE, "what excuse did they give": Want.CAUSE, "what caused it": Want.CAUSE,
        "start date of the race": Want.TIME, "border race": Want.THING, "target figure": Want.COUNT,
        "official number of dead": Want.COUNT,
        "which figures of the left": Want.NAME, "what did the state pay": Want.THING, "what state paid": Want.PLACE,
    }  # fmt: skip

    assert {text: wanted(text.split()) for text in wants} == wants


def test_what_is_wanted_is_told_by_misspelt_words_too_but_not_by_names() -> None:
    wants = {
        "In what yera was it built?": Want.TIME, "wehn did the bridge fall": Want.TIME, "Whedre is he?": Want.PLACE,
        "how lobg is the bridge": Want.AMOUNT, "on what dafte": Want.TIME, "What did Yera build?": Want.THING,
        "what did the ear hear": Want.THING, "total damage in the port": Want.AMOUNT,
        "total number of boats": Want.COUNT, "arrival date of the boats": Want.TIME,
        "Won't the ferry sail?": Want.YES_NO, "hasn’t he quit": Want.YES_NO, "What can't the state pay?": Want.THING,
        "hwo haevy is the crane": Want.AMOUNT,
    }  # fmt: skip

    assert {text: wanted(asking_words(write_out(text))) for text in wants} == wants


def test_a_verb_of_the_past_is_told_by_its_form() -> None:
    """Listed, with "re" before it, or by its ending; what only ends alike is none."""
    forms = {
        "crossed": True, "fled": True, "rebuilt": True, "disagreed": True, "crosssed": True,
        "exceed": False, "hundred": False, "United": False, "cross": False,
    }  # fmt: skip

    assert {word: is_past_verb(word) for word in forms} == forms
