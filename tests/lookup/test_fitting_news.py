"""Fitting to desks: it reads them, learns from them, and measures each by what the others taught."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from store.lookup import weights as weights_module
from store.lookup.evidence import FEATURES
from store.lookup.fitting.learning import fit_logistic
from store.lookup.fitting.news import main, read_desk
from store.lookup.weights import WEIGHTS_FILE, parse_weights

DESKS = Path(__file__).parents[1] / "desks"
SHIPPED = Path(weights_module.__file__).with_name(WEIGHTS_FILE)


def small_desk(folder: Path, town: str) -> Path:
    """Write a desk with two stories and four questions, one of which they do not answer."""
    folder.mkdir()
    first = f"Rain closed the road to {town} on Monday. Police said 12 lorries were stuck at the pass."
    second = f"The road to {town} is open again. Mayor Ilo Brand thanked 40 volunteers for clearing it."
    stories = [
        {"id": f"{town}-{at}", "outlet": "Valley Post", "title": f"Road to {town}", "url": None, "text": text,
         "published": f"2026-02-0{at}T10:00:00+00:00"}
        for at, text in enumerate((first, second), start=1)
    ]  # fmt: skip
    asked = [
        ("how many lorries were stuck", [[f"{town}-1", "Police said 12 lorries were stuck at the pass."]], None),
        ("who thanked the volunteers", [[f"{town}-2", "Mayor Ilo Brand thanked 40 volunteers for clearing it."]], None),
        ("and how many were they?", [[f"{town}-2", "Mayor Ilo Brand thanked 40 volunteers for clearing it."]], "1"),
        ("how much did the repair cost", [], None),
    ]
    questions = [{"id": str(at), "q": q, "answers": a, "after": after} for at, (q, a, after) in enumerate(asked)]
    for name, rows in (("stories", stories), ("questions", questions)):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder


def test_fitting_writes_what_it_learnt_beside_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file keeps what it had for other texts, and tells for each desk what the others taught about it."""
    desks = [small_desk(tmp_path / town.lower(), town) for town in ("Karobe", "Tenda")]
    path = tmp_path / WEIGHTS_FILE
    shutil.copy(SHIPPED, path)

    assert main([*map(str, desks), "--weights", str(path)]) == 0

    before, after = parse_weights(SHIPPED.read_text("utf-8")), parse_weights(path.read_text("utf-8"))
    assert (after.ranking, after.trees, after.floor) == (before.ranking, before.trees, before.floor)
    assert set(after.news.ranking) == set(FEATURES)
    assert after.news.ranking != before.news.ranking
    assert after.news.fit["data"] == ["karobe", "tenda"]
    assert set(after.news.fit["figures"]) == {"karobe", "tenda", "all"}
    assert 0 < after.news.floor < 1
    assert json.loads(capsys.readouterr().out)["all"]["first is right"] > 0


def test_an_answer_that_no_story_holds_is_refused(tmp_path: Path) -> None:
    """A slip in the data would be learnt as a wrong answer."""
    folder = small_desk(tmp_path / "karobe", "Karobe")
    rows = (folder / "questions.jsonl").read_text("utf-8")
    (folder / "questions.jsonl").write_text(
        rows.replace("12 lorries were stuck at", "13 lorries were stuck at"), "utf-8"
    )

    with pytest.raises(ValueError, match="Karobe-1 does not hold: Police said 13"):
        read_desk(folder)


@pytest.mark.parametrize("name", ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"])
def test_the_desks_that_ship_are_whole(name: str) -> None:
    """Every answer stands in its story, and what a question follows up was asked before it."""
    desk = read_desk(DESKS / name)

    ids = [asked.id for asked in desk.questions]
    assert len(set(ids)) == len(ids) > 50
    assert any(not asked.answers for asked in desk.questions)
    assert all(asked.after in ids[:at] for at, asked in enumerate(desk.questions) if asked.after)


def test_odds_are_learnt_and_rare_evidence_keeps_its_weight() -> None:
    """A feature that decides gets a large weight, and one that no row has stays where an editor put it."""
    rows = [(float(at % 2), 0.0) for at in range(200)]
    right = [at % 2 == 1 for at in range(200)]

    bias, (telling, unseen) = fit_logistic(rows, right, decays=[1e-3, 1e-3], towards=[0.0, -2.0])

    assert telling > 2
    assert bias + telling > 1 > -1 > bias
    assert unseen == pytest.approx(-2.0)
