"""Words of one matter: what the file lists, how it is made, and that it counts only where a word is not matched."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.facts.words import stem
from store.lookup.distilling import by_stem, kindred, without_common
from store.lookup.distilling import main as distil
from store.lookup.kindred import kindred_of, kinship


@pytest.mark.parametrize(
    ("word", "other"), [("ferry", "passenger"), ("attorney", "judge"), ("blaze", "flame"), ("jobless", "unemployed")]
)
def test_words_in_the_same_company_are_kindred(word: str, other: str) -> None:
    """They are nearer than chance, and no word is as near as the very same."""
    assert 0 < kindred_of(stem(word))[stem(other)] < 1


def test_what_is_no_common_word_has_no_kin() -> None:
    """Names, slips and nothing at all are of no matter."""
    assert [kindred_of(term) for term in ("qwzx", "", "40000")] == [{}, {}, {}]


def test_kin_count_for_words_that_are_not_matched() -> None:
    """The nearest of the sentence's words counts, times how telling the asked one is; a matched word needs no kin."""
    kin = [{7: 0.5, 8: 0.9}, {9: 0.4}, {}]

    assert kinship({7, 8, 9}, set(), kin, [2.0, 1.0, 5.0]) == pytest.approx(2.2)
    assert kinship({7, 8, 9}, {0}, kin, [2.0, 1.0, 5.0]) == pytest.approx(0.4)
    assert kinship(set(), set(), kin, [2.0, 1.0, 5.0]) == 0


VECTORS = """\
the 1 1 1 1
boat 0 5 1 0
ship 0 4.9 1.2 0
vessel 0 5.1 .9 .1
tax 5 0 0 1
taxes 5 .1 0 1
budget 4.8 .2 .1 1
Qwzx 9 9 9 9
"""


def test_vectors_are_distilled_to_kindred(tmp_path: Path) -> None:
    """Function words and what is no English go, forms of one stem become one, and each stem is listed with its kin."""
    given, out = tmp_path / "vectors.txt", tmp_path / "kindred.tsv"
    given.write_text(VECTORS, "utf-8")

    assert distil([str(given), "--out", str(out)]) == 0

    rows = dict(line.split("\t") for line in out.read_text("utf-8").splitlines() if not line.startswith("#"))
    assert "Licence" in out.read_text("utf-8")
    assert set(rows) <= {"boat", "ship", "vessel", "tax", "budget"}
    assert list(by_stem(VECTORS.splitlines())) == ["boat", "ship", "vessel", "tax", "budget"]


def test_near_words_are_listed_nearest_first() -> None:
    """Only those that are near at all, and never the word itself."""
    rows = {"boat": [1.0, 0.0], "ship": [0.9, 0.1], "raft": [0.8, 0.4], "tax": [-1.0, 0.2]}

    found = {term: [other for _, other in near] for term, near in kindred(rows)}

    assert found["boat"] == ["ship", "raft"]
    assert "tax" not in found


def test_what_all_words_share_is_taken_away() -> None:
    """The mean goes, and the directions in which all of them spread most."""
    left = without_common([[5.0, x, y] for x, y in ((3.0, 0.0), (-3.0, 0.0), (0.0, 2.0), (0.0, -2.0))])

    assert all(abs(value) < 1e-6 for row in left for value in row)
