"""Words of one matter: what the file lists, how it is made, and that it counts only where a word is not matched."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.facts.words import stem
from store.lookup.fitting.distilling import by_stem, common_words, kindred, side_by_side, without_common
from store.lookup.fitting.distilling import main as distil
from store.lookup.fitting.wordnet import read_relations
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
    kin = {7: [(0, 0.5)], 8: [(0, 0.9)], 9: [(1, 0.4)]}

    assert kinship({7, 8, 9}, set(), kin, [2.0, 1.0, 5.0]) == pytest.approx(2.2)
    assert kinship({7, 8, 9}, {0}, kin, [2.0, 1.0, 5.0]) == pytest.approx(0.4)
    assert kinship(set(), set(), kin, [2.0, 1.0, 5.0]) == 0


PAIRS = [
    ("boat", "ship"), ("tax", "budget"), ("storm", "rain"), ("mayor", "council"), ("goal", "match"),
    ("nurse", "clinic"), ("train", "railway"), ("wheat", "harvest"), ("judge", "court"), ("soldier", "army"),
    ("singer", "concert"), ("volcano", "lava"),
]  # fmt: skip


def vectors() -> str:
    """Return a file of vectors in which the words of each pair are alike and no others are."""
    lines = ["the " + "1 " * (len(PAIRS) + 2), "Qwzx " + "9 " * (len(PAIRS) + 2)]
    for at, pair in enumerate(PAIRS):
        for word in (*pair, *(["taxes"] if pair[0] == "tax" else [])):
            common = [6 * (at % 3), 8 * (at % 2)]  # in which they differ most, and not by what they mean
            numbers = [*common, *(9 if at == place else 0 for place in range(len(PAIRS)))]
            lines.append(f"{word} {' '.join(map(str, numbers))}")
    return "\n".join(lines) + "\n"


def test_vectors_are_distilled_to_kindred(tmp_path: Path) -> None:
    """Function words and what is no English go, forms of one stem become one, and each stem is listed with its kin."""
    given, out = tmp_path / "vectors.txt", tmp_path / "kindred.tsv"
    given.write_text(vectors(), "utf-8")

    assert distil([str(given), "--out", str(out)]) == 0

    rows = dict(line.split("\t") for line in out.read_text("utf-8").splitlines() if not line.startswith("#"))
    assert "Licence" in out.read_text("utf-8")
    kept = [stem(word) for pair in PAIRS for word in pair]
    lines = vectors().splitlines()
    assert list(by_stem(lines, common_words(lines))) == kept
    assert {term: near.split()[::2] for term, near in rows.items()} == {
        stem(one): [stem(other)] for pair in PAIRS for one, other in (pair, pair[::-1])
    }


def test_wordnet_brings_words_nearer() -> None:
    """Two words that the vectors hold too far apart are listed for one another when WordNet relates them."""
    rows = {"ship": [1.0, 0.0], "fleet": [0.1, 0.995]}
    related = {"ship": {"fleet": 1.0, "armada": 1.0}, "fleet": {"ship": 1.0}}

    assert list(kindred(rows, {})) == []
    assert {term: [other for _, other in near] for term, near in kindred(rows, related)} == {
        "ship": ["fleet"],
        "fleet": ["ship"],
    }


def small_wordnet(folder: Path, *, verbs: str, nouns: str, senses: str) -> None:
    """Write the database files of a WordNet with a few senses into *folder*."""
    folder.mkdir()
    texts = {"data.verb": verbs, "data.noun": nouns, "data.adj": "", "data.adv": "", "index.sense": senses}
    for name, text in texts.items():
        (folder / name).write_text(
            "  1 This line is part of the licence.  \n" * name.startswith("data") + text, "ascii"
        )


NOUNS = """\
00000010 04 n 02 refusal 0 denial 0 002 + 00000020 v 0201 @ 00000030 n 0000 | the act of refusing
00000030 04 n 01 message 0 001 ~ 00000010 n 0000 | what is told
00000040 15 n 01 Denial 0 000 | an invented town
"""
VERBS = """\
00000020 32 v 02 deny 0 gainsay 0 001 + 00000010 n 0102 01 + 08 00 | declare untrue
00000050 32 v 01 call_off 0 001 @ 00000020 v 0000 01 + 08 00 | a phrase is left out
"""
SENSES = """\
denial%1:04:00:: 00000010 1 3
refusal%1:04:00:: 00000010 1 1
message%1:04:00:: 00000030 1 9
deny%2:32:00:: 00000020 1 4
deny%2:32:01:: 00000050 2 4
gainsay%2:32:00:: 00000020 1 0
"""


def test_wordnet_relates_synonyms_kinds_and_derived_words(tmp_path: Path) -> None:
    """Synonyms are nearest, each as common as that sense is of it; names and phrases are left out."""
    folder = tmp_path / "dict"
    small_wordnet(folder, nouns=NOUNS, verbs=VERBS, senses=SENSES)

    related = read_relations(folder)

    assert related[stem("refusal")][stem("denial")] == pytest.approx(1.0)
    half = (4.6 / (4.6 + 4.3)) ** 0.5  # "deny" has another sense, used as often
    assert related[stem("deny")][stem("gainsay")] == pytest.approx(half)
    assert related[stem("denial")][stem("deny")] == pytest.approx(half)
    assert related[stem("denial")][stem("gainsay")] == pytest.approx(0.7)
    assert related[stem("denial")][stem("message")] == related[stem("message")][stem("refusal")] == pytest.approx(0.6)
    assert not any("call" in term or "off" in term for near in (related, *related.values()) for term in near)


def test_a_folder_without_wordnet_is_told(tmp_path: Path) -> None:
    """The error names the file that is missing."""
    with pytest.raises(FileNotFoundError, match=r"data\.noun"):
        read_relations(tmp_path)


def test_near_words_are_listed_nearest_first() -> None:
    """Only those that are near at all, and never the word itself."""
    rows = {"boat": [1.0, 0.0], "ship": [0.9, 0.1], "raft": [0.8, 0.4], "tax": [-1.0, 0.2]}

    found = {term: [other for _, other in near] for term, near in kindred(rows, {})}

    assert found["boat"] == ["ship", "raft"]
    assert "tax" not in found


def test_several_files_count_alike() -> None:
    """The likeness of two words is the mean of what the files say; a word that one lacks is like no other there."""
    one = {"boat": [1.0, 0.0], "ship": [1.0, 0.0], "tax": [0.0, 1.0]}
    other = {"boat": [0.6, 0.8, 0.0], "ship": [1.0, 0.0, 0.0]}

    rows = side_by_side([one, other])

    assert sum(a * b for a, b in zip(rows["boat"], rows["ship"], strict=True)) == pytest.approx(0.8)
    assert sum(a * b for a, b in zip(rows["tax"], rows["tax"], strict=True)) == pytest.approx(0.5)


def test_what_all_words_share_is_taken_away() -> None:
    """The mean goes, and the directions in which all of them spread most."""
    left = without_common([[5.0, x, y] for x, y in ((3.0, 0.0), (-3.0, 0.0), (0.0, 2.0), (0.0, -2.0))])

    assert all(abs(value) < 1e-6 for row in left for value in row)
