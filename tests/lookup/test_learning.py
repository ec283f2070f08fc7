"""Fitting finds the weights that a rule was made of, the same every time, and its file reads back as it was."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.lookup import weights as weights_module
from store.lookup.confidence import EVIDENCE
from store.lookup.evidence import FEATURES
from store.lookup.fitting.learning import Listed, fit_ranking, fit_trees
from store.lookup.fitting.ranking import fit, hold_halves, read_questions, render, try_questions
from store.lookup.fitting.ranking import main as fit_main
from store.lookup.trees import grown_value, tree_from_json
from store.lookup.weights import WEIGHTS_FILE, load_weights, parse_weights

TOWNS = ("Karobe", "Tenda", "Umbeli", "Sael", "Norvik", "Ostrava", "Palim", "Quorn")


def lists(count: int) -> list[Listed]:
    """Return lists in which the row with the highest first value, less half its second, is right."""
    chooser = random.Random(5)  # noqa: S311
    made = []
    for _ in range(count):
        rows = [[chooser.random(), chooser.random(), chooser.random()] for _ in range(6)]
        best = max(range(6), key=lambda i: rows[i][0] - rows[i][1] / 2)
        made.append(Listed(rows, [i == best for i in range(6)]))
    return made


def test_a_ranking_learns_its_rule() -> None:
    """The weights have the rule's signs and order, and the useless feature gets next to nothing."""
    first, second, third = fit_ranking(lists(400))

    assert first > -second > abs(third) * 3
    assert fit_ranking(lists(400)) == fit_ranking(lists(400))


def test_trees_learn_what_no_line_can() -> None:
    """Right only when one value is neither low nor high: trees tell where a line cannot."""
    chooser = random.Random(6)  # noqa: S311
    rows = [[chooser.random(), chooser.random()] for _ in range(1500)]
    right = [0.3 < a < 0.7 for a, _ in rows]

    bias, trees = fit_trees(rows, right, count=60)
    hits = sum(((bias + sum(grown_value(t, row) for t in trees)) > 0) == y for row, y in zip(rows, right, strict=True))

    assert hits > 0.95 * len(rows)
    assert [tree_from_json(json.loads(json.dumps(tree))) for tree in trees] == trees


def town_stories(folder: Path) -> Path:
    """Write stories of invented towns with questions about them."""
    stories, questions = [], []
    for number, town in enumerate(TOWNS):
        text = (
            f"{town} lies on a river. The mayor of {town} has {number + 3} boats.\n\nIts market sells fish on Monday."
        )
        stories.append({"id": town, "title": town, "text": text})
        start = text.index("The mayor")
        gold = {"story": town, "start": start, "end": text.index("\n"), "para_start": 0, "para_end": text.index("\n")}
        asked = ("how many boats has the mayor of", "what has the mayor of", "who has boats in")
        part = "AB"[number % 2]
        questions += [{"id": town, "part": part, "clean": f"{words} {town}?", "gold": [gold]} for words in asked]
    for name, rows in (("stories", stories), ("questions", questions)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def test_fitting_writes_weights_with_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file that `make fit` writes is read by the program and tells its data, its date and its figures."""
    data = town_stories(tmp_path)

    assert fit_main([str(data), "--out", str(tmp_path / "weights.json")]) == 0

    weights = parse_weights((tmp_path / "weights.json").read_text())
    assert set(weights.ranking) == set(FEATURES)
    assert weights.fit["data"] == tmp_path.name
    assert set(weights.fit["figures"]) == {"fitted on A, measured on B", "fitted on B, measured on A"}
    assert weights.fit["figures"]["fitted on A, measured on B"]["R@10"] == 100
    assert "R@10" in capsys.readouterr().out


def test_every_question_is_asked_where_it_is_answered_and_where_not(tmp_path: Path) -> None:
    """The half with the story has a right sentence, the other half has none."""
    data = town_stories(tmp_path)
    stories = [json.loads(line) for line in (data / "stories.jsonl").read_text().splitlines()]
    rows = [json.loads(line) for line in (data / "questions.jsonl").read_text().splitlines()]
    questions = read_questions(rows)

    tried = list(try_questions(questions[:2], hold_halves(stories, questions, tmp_path)))

    assert [(one.part, one.answerable, any(one.right)) for one in tried] == [
        ("A", True, True), ("A", False, False), ("A", True, True), ("A", False, False),
    ]  # fmt: skip
    assert fit(tried * 2 + [replace(one, part="B") for one in tried])[0].ranking


def test_a_question_is_also_tried_without_its_answer_and_without_its_story(tmp_path: Path) -> None:
    """Then it has no answer, and what is left of the list is what stands elsewhere."""
    data = town_stories(tmp_path)
    stories = [json.loads(line) for line in (data / "stories.jsonl").read_text().splitlines()]
    rows = [json.loads(line) for line in (data / "questions.jsonl").read_text().splitlines()]
    questions = read_questions(rows)
    one = next(iter(try_questions(questions[:1], hold_halves(stories, questions, tmp_path))))

    whole = one.judged(load_weights())
    lacking = [one.judged_without_answer(load_weights()), one.judged_without_story(load_weights())]

    assert sum(one.beside) < sum(one.of_story) < len(one.right)
    assert whole.answerable
    assert whole.place
    assert [(each.answerable, each.place) for each in lacking] == [(False, 0), (False, 0)]


def test_every_second_question_is_asked_with_typing_errors() -> None:
    """Wordings take turns where there are several; a question with one wording is asked in that."""
    row = {"part": "A", "gold": [], "clean": "boats", "light": "baots", "heavy": "bosts"}

    assert [asked.text for asked in read_questions([row] * 4)] == ["boats", "baots", "boats", "bosts"]
    assert [asked.text for asked in read_questions([{"part": "A", "gold": [], "clean": "boats"}] * 2)] == ["boats"] * 2


def test_the_weights_that_ship_are_complete() -> None:
    """Every feature has a weight, the floors are chances, and what is rendered is what was read."""
    weights = load_weights()

    written = json.loads((Path(weights_module.__file__).parent / WEIGHTS_FILE).read_text())

    assert set(weights.ranking) == set(FEATURES)
    assert written["confidence"]["evidence"] == list(EVIDENCE)  # trees know their evidence by its place
    assert 0 < weights.near < weights.floor < 1
    assert weights.fit["date"] and weights.fit["figures"]
    assert parse_weights(render(weights)) == weights


@given(st.lists(st.floats(-100, 100), min_size=len(EVIDENCE), max_size=len(EVIDENCE)))
def test_a_confidence_is_a_chance(evidence: list[float]) -> None:
    """Whatever the evidence, the confidence lies between 0 and 1; without evidence it is 0."""
    assert 0 <= load_weights().chance(evidence) <= 1
    assert load_weights().chance(()) == 0
