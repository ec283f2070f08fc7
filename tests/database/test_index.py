"""A story is findable when it is saved, by its words and by what it means, and can be taken back without a trace."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from store.database.index import (
    CAPITAL,
    FIGURE,
    index_story,
    merge_index,
    name_forms,
    pack,
    unindex_story,
    unpack,
)
from store.database.spelt import shapes, sound
from store.facts.model import Cast, Entity, Kind, Mention, Speaker, Status
from tests.lookup.shelf import sentences, shelf

COUNTED = ("terms", "index_totals", "fact_words", "indexed_paragraphs", "indexed_stories")


def found(db: Database, index: str, query: str) -> list[int]:
    """Return the rows of a full-text index that match."""
    sql = f"SELECT rowid FROM {index} WHERE {index} MATCH ?"  # noqa: S608
    return [row for (row,) in db.conn.execute(sql, (query,))]


def contents(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return what the counting tables hold, terms without a fact left out."""
    held = {table: db.conn.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in COUNTED}  # noqa: S608
    held["terms"] = [row for row in held["terms"] if row[2] or row[3]]
    return held


def test_sentences_are_found_by_stem_and_paragraphs_by_title() -> None:
    """A sentence answers to its own stems, a paragraph also to the title of its story."""
    db = shelf(["Reservists crossed the Panj / Nobody was hurt", "Markets reopened"], titles=["Khatlon mobilises"])

    assert found(db, "fact_index", "reservist") == [1]
    assert found(db, "paragraph_index", "khatlon") == [1, 2]
    assert found(db, "fact_index", "khatlon") == []


def test_a_speaker_who_is_not_printed_is_implied() -> None:
    """ "He said" is found by the name of who said it."""
    db = shelf(["Markets reopened"])
    said = sentences(2, 10, ["He said 300 families had come"], speaker=Speaker("Rustam Karimov", "He"))
    index_story(db, 2, title=None, facts=said, cast=Cast())

    assert found(db, "fact_index", "karimov") == [10]
    blob = db.conn.execute("SELECT words FROM fact_words WHERE fact = 10").fetchone()[0]
    assert [term for term, _ in unpack(blob)].count(0) == 1


def test_a_denial_in_other_words_is_found_as_one() -> None:
    """Whoever "called it a fairy tale" has denied it; so does the sentence that takes something back retract it."""
    db = shelf(["Markets reopened"])
    told = ["She called the report a fairy tale", "I should have been more precise", "Denied, Mr Haas said"]
    standings = [Status.DENIED, Status.WALKED_BACK, Status.DENIED]
    known = [
        known
        for number, (text, standing) in enumerate(zip(told, standings, strict=True), 10)
        for known in sentences(2, number, [text], status=standing)
    ]
    index_story(db, 2, title=None, facts=known, cast=Cast())

    assert found(db, "fact_index", "deni") == [10, 12]
    assert found(db, "fact_index", "retract") == [11]
    assert db.conn.execute("SELECT facts FROM terms WHERE term = 'deni'").fetchone() == (2,)


def test_terms_are_counted_once_a_fact() -> None:
    """The rarity of a word is the number of facts that hold it, not how often it stands there."""
    db = shelf(["Boats and boats / A boat sank", "No vessel left"])

    row = db.conn.execute("SELECT facts, paragraphs FROM terms WHERE term = 'boat'").fetchone()

    assert row == (2, 1)


def test_taking_a_story_back_leaves_no_trace() -> None:
    """After `unindex_story` counts and indexes are what they were before."""
    db = shelf(["Boats sank off Karobe"], titles=["Storm"])
    before = contents(db)
    index_story(
        db, 2, title="Storm again", facts=sentences(2, 5, ["More boats sank / Karobe mourns", "Rain"]), cast=Cast()
    )

    unindex_story(db, 2)
    unindex_story(db, 99)

    assert contents(db) == before
    assert found(db, "fact_index", "boat") == [1]
    assert found(db, "paragraph_index", "again") == []


def test_names_are_kept_in_all_their_forms() -> None:
    """A body is asked for by its initials, a person by role, with or without the country."""
    body = Entity("Eastern Rivers Compact", Kind.ORG, mentions=(Mention(0, 3, "ERC"),))
    person = Entity("Dilnoza Rahim", Kind.PERSON, role="Water Minister", of="Samarra", aliases=("Ms Rahim",))

    assert "erc" in name_forms(body)
    assert {"dilnoza rahim", "water minist", "samarra water minist"} <= name_forms(person)


def test_merging_ends_and_changes_no_answer() -> None:
    """Idle merging comes to an end, and what was found before is found after."""
    db = shelf(*([f"Boat number {n} sank", "Rain"] for n in range(30)))
    before = found(db, "fact_index", "boat")

    rounds = next(n for n in range(100) if not merge_index(db, pages=50))

    assert rounds < 100
    assert found(db, "fact_index", "boat") == before


@given(st.lists(st.tuples(st.integers(1, 2**40), st.sampled_from([0, CAPITAL, FIGURE, CAPITAL | FIGURE])), max_size=30))
def test_packing_gives_back_what_was_packed(words: list[tuple[int, int]]) -> None:
    """Term ids of any size and their marks survive packing."""
    ids = {str(term): term for term, _ in words}

    assert unpack(pack([(str(term), mark) for term, mark in words], ids)) == words


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=8), st.data())
def test_one_slip_leaves_a_common_shape(word: str, data: st.DataObject) -> None:
    """A letter more, less or other, or two swapped: the two words still share a shape."""
    at = data.draw(st.integers(0, len(word) - 2))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + "x" + word[at:],
        word[:at] + "x" + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]

    for slip in slips:
        assert shapes(word) & shapes(slip)


def test_romanisations_share_a_sound() -> None:
    """One name from another script sounds the same however it is spelt; another name does not."""
    assert len({sound(name) for name in ("khudoyarov", "hudoiarov", "khoudoyorov")}) == 1
    assert len({sound(name) for name in ("yusuf", "yousouf", "iusuff")}) == 1
    assert sound("khorog") != sound("khujand")
