"""Candidates are read within a budget, whatever is common and whatever is typed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from store.lookup.asking import Want
from store.lookup.candidates import Candidates, Scope, find_candidates
from store.lookup.passages import read_totals, weigh
from store.lookup.vocabulary import terms_held
from store.lookup.wording import Ask, Option, read_words
from tests.lookup.shelf import shelf

MANY = 5000  # more than the budget of one question
KEPT = 60  # facts that are looked at


def candidates(db: Database, text: str) -> Candidates:
    """Return the candidates for *text*."""
    return candidates_for(db, read_words(db, text))


def candidates_for(db: Database, asks: Sequence[Ask]) -> Candidates:
    """Return the candidates for words that were read already."""
    totals = read_totals(db)
    return find_candidates(db, weigh(asks, Want.THING, totals), totals)


def crowd() -> Database:
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


def test_common_words_are_found_newest_first_within_a_scope() -> None:
    """An outlet's newest sentences are looked at, as without a filter the newest of all."""
    db = crowd()
    db.conn.executemany(
        "INSERT INTO stories (id, key, version, outlet, time_s, added_at, first_fact, facts, shape)"
        " VALUES (:id, :id, 1, :outlet, 0, '', :id, 1, :id)",
        [{"id": id_, "outlet": "Northline" if id_ % 2 else "Courier"} for id_ in range(1, MANY + 3)],
    )
    totals = read_totals(db)
    weighed = weigh(read_words(db, "grain carry boats"), Want.THING, totals)

    found = find_candidates(db, weighed, totals, scope=Scope(outlets=("Courier",)))

    assert found.facts == tuple(range(MANY + 2, MANY + 2 - 2 * KEPT, -2))


def test_nothing_matches_nothing() -> None:
    """Without words, or without held ones, there is no candidate."""
    assert candidates(CROWD, "the of and") == Candidates((), (), 0)
    assert candidates(CROWD, "zyzzyva qwertz") == Candidates((), (), 0)


def test_common_words_choose_among_the_rows_of_a_rare_one() -> None:
    """Of many sentences with the rare word those come first that hold most of the common ones, each by what it tells.

    A sentence that lacks the rarest of them may still catch up by the others.
    """
    named = [*["Karobe grain salt"] * 10, *["Karobe boats"] * (KEPT + 10)]
    everywhere = [*["boats grain salt"] * (MANY - 700), *["grain salt"] * 100, *["water"] * 600]
    db = shelf(named, *[[text] for text in everywhere])

    found = candidates(db, "boats grain salt Karobe").facts

    assert set(found) == {*range(1, 11), *range(31, 81)}


def test_a_rare_stand_in_tells_no_more_than_its_common_word() -> None:
    """A sentence with a rare spelling of a common word does not push out those with the word itself."""
    named = ["Karobe grein", *["Karobe grain"] * (KEPT + 10)]
    db = shelf(named, *[["grain"]] * MANY)
    held = terms_held(db, ["karob", "grain", "grein"])
    asks = [
        Ask("Karobe", "karob", 0, 6, capital=True, figure=False, options=(_option(held, "karob", 1.0, "same"),)),
        Ask(
            "grain", "grain", 7, 12, capital=False, figure=False,
            options=(_option(held, "grain", 1.0, "same"), _option(held, "grein", 0.8, "sound")),
        ),
    ]  # fmt: skip

    found = candidates_for(db, asks).facts

    assert set(found) == set(range(len(named) - KEPT + 1, len(named) + 1))


def _option(held: dict[str, tuple[int, int, int]], term: str, weight: float, how: str) -> Option:
    return Option(term, *held[term], weight=weight, how=how)
