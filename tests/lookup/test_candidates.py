"""Candidates are read within a budget, whatever is common and whatever is typed."""

from __future__ import annotations

from store.lookup.candidates import Candidates, find_candidates
from store.lookup.passages import rarity, read_totals
from store.lookup.wording import read_words
from tests.lookup.shelf import shelf

MANY = 5000


def candidates(db: object, text: str) -> Candidates:
    """Return the candidates for *text*."""
    totals = read_totals(db)
    return find_candidates(db, read_words(db, text), lambda option: rarity(option.facts, totals))


def crowd() -> object:
    """Return a store in which two words stand nearly everywhere and one nearly nowhere."""
    plain = [[f"boats carry grain number {n}"] for n in range(MANY)]
    return shelf(*plain, ["boats carry salt to Karobe"], ["grain carry boats"])


CROWD = crowd()


def test_the_rare_word_decides() -> None:
    """The one sentence with the rare word is first, and the common words' lists are not read as a whole."""
    found = candidates(CROWD, "which boats carry salt to Karobe")

    assert found.facts[0] == MANY + 1
    assert found.rows_read < 2 * MANY


def test_common_words_alone_are_found_where_they_stand_together() -> None:
    """Without any rare word the sentences that hold all the words are found, newest first, within the budget."""
    found = candidates(CROWD, "grain carry boats")

    assert MANY + 2 in found.facts
    assert found.rows_read <= 4 * MANY


def test_nothing_matches_nothing() -> None:
    """Without words, or without held ones, there is no candidate."""
    assert candidates(CROWD, "the of and") == Candidates((), (), 0)
    assert candidates(CROWD, "zyzzyva qwertz") == Candidates((), (), 0)
