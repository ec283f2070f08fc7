"""Finding what a new story's facts are compared with."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlite_utils import Database

from store.database import kin
from store.database.kin import find_kin
from store.database.store import Store
from store.database.stories import save_story
from store.facts.extract import extract_facts
from store.facts.model import Known, Story
from tests.database.builders import NOW, story

FIRST = (
    "MARN, May 4 (Northwind) - The dyke at Sill broke on Sunday and 1,200 people fled to Marn, rescuers said.\n\n"
    "Governor Ilse Tamm sent 40 boats. The water stood two metres deep in the market of Sill."
)
OTHER = "VELBY, May 4 (Northwind) - The opera of Velby will stage four new works. Tickets cost 30 crowns."


def facts_of(told: Story) -> list[Known]:
    """Return a story's facts as they are before it is saved."""
    return [
        Known(-1 - fact.position, 0, "", told.text[fact.start : fact.end], fact, outlet=told.outlet)
        for fact in extract_facts(told).facts
    ]


def add(store: Store, text: str, **fields: object) -> None:
    """Save a story read in full."""
    told = story(text, **fields)
    store.write(lambda db: save_story(db, told, extract_facts(told), key=None, now=NOW))


def kin_texts(store: Store, text: str, **options: int) -> dict[int, list[str]]:
    """Return the sentences found for each fact of a new story."""

    def texts(db: Database) -> dict[int, list[str]]:
        found = find_kin(db, facts_of(story(text)), **options)
        return {position: [held.known.text for held in candidates] for position, candidates in found.items()}

    return store.read(texts)


def test_an_empty_store_has_no_kin(store: Store) -> None:
    """Every fact of the first story gets an empty list."""
    assert kin_texts(store, FIRST) == {0: [], 1: [], 2: []}


def test_facts_of_the_same_event_are_found_though_they_share_no_word(store: Store) -> None:
    """ "3,400 names on its lists" is compared with "1,200 people fled": their stories share their names."""
    add(store, FIRST)
    add(store, OTHER)

    found = kin_texts(store, "Governor Tamm visited Sill. The charity in Marn had 3,400 names on its lists.")

    assert any("1,200 people fled" in text for text in found[1])
    assert not any("opera" in text for texts in found.values() for text in texts)


def test_a_name_in_another_spelling_finds_its_story(store: Store) -> None:
    """An outlet that romanises in its own way writes of the same event."""
    add(
        store,
        "KHAROV, May 4 (Northwind) - Governor Khurshed Nurkhonov closed the Syrdarya mines. The Kharov pits are old.",
    )

    found = kin_texts(store, "Hurshed Nurhonov opened the mines of Sirdaryo on Friday, as reported in Harov.")

    assert any("closed the Syrdarya" in text for text in found[0])


def test_a_story_found_before_leads_to_its_relations(store: Store) -> None:
    """A story that shares no name is met through the one that it updated."""
    add(store, FIRST, published_at=NOW)
    add(
        store, "As of noon at the broken dyke of Sill in Marn the number of those who fled makes 1,900 persons. "
        "Cold soup was poured out from three kettles.", outlet="Dagny Post", published_at=NOW + timedelta(hours=3),
    )  # fmt: skip

    found = kin_texts(store, "Governor Tamm visited Marn. She praised the market of Sill.")

    assert any("kettles" in text for texts in found.values() for text in texts)


def test_at_most_limit_facts_are_returned(store: Store) -> None:
    """The limit holds for each fact."""
    for number in range(4):
        add(
            store,
            FIRST.replace("two metres", f"{number + 3} metres").replace("40", str(50 + number)),
            outlet=str(number),
        )

    found = kin_texts(store, FIRST, limit=5)

    assert all(len(texts) <= 5 for texts in found.values())


def test_sentences_that_a_later_version_carries_are_found_once(store: Store) -> None:
    """A revised story stands for itself; the replaced text is no candidate."""
    add(store, FIRST, url="https://northwind.example/sill")
    add(store, FIRST.replace("1,200", "1,500"), url="https://northwind.example/sill")

    found = kin_texts(store, FIRST.replace("Governor Ilse Tamm", "The governor, Ilse Tamm,"))

    assert sum("The water stood" in text for text in found[2]) == 1


def test_pasting_again_reordered_or_retitled_alerts_nothing(store: Store) -> None:
    """The same content brings nothing new, whatever its order, spacing, headline and page."""
    add(store, FIRST, url="https://northwind.example/sill", title="Dyke breaks")
    lead, rest = FIRST.split("\n\n")
    again = [
        story(f"{rest}\n\n{lead}", title="Flood"),
        story(FIRST.replace(" ", "  "), title="Flood in Sill", url="https://elsewhere.example/1"),
        story(FIRST.replace("\n\n", "\n \n"), outlet="Dagny Post"),
    ]

    receipts = [
        store.write(lambda db, told=told: save_story(db, told, extract_facts(told), key=None, now=NOW))
        for told in again
    ]

    assert [receipt.alerted for receipt in receipts] == [0, 0, 0]


def test_one_new_fact_in_a_known_story_is_alerted_alone(store: Store) -> None:
    """The same story plus one sentence is not swallowed as a duplicate."""
    add(store, FIRST)
    told = story(f"{FIRST}\n\nA power station in Marn was struck by lightning at noon.", title="More")

    receipt = store.write(lambda db: save_story(db, told, extract_facts(told), key=None, now=NOW))

    assert (receipt.alerted, receipt.already_held) == (1, 3)


def test_one_changed_figure_in_a_revised_story_is_alerted_alone(store: Store) -> None:
    """The outlet's own revision alerts what changed and nothing else."""
    add(store, FIRST, url="https://northwind.example/sill", published_at=NOW)
    told = story(
        FIRST.replace("1,200", "1,500"), url="https://northwind.example/sill", published_at=NOW + timedelta(hours=2)
    )

    receipt = store.write(lambda db: save_story(db, told, extract_facts(told), key=None, now=NOW))
    tags = store.read(
        lambda db: [row[0] for row in db.execute("SELECT tag FROM alert_facts WHERE alert = ?", [receipt.alert])]
    )

    assert (receipt.state, tags) == ("revised", ["UPDATE"])


def test_a_large_store_costs_no_more_than_a_small_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows touched are bounded: ten times the stories take far less than ten times the steps."""
    words = [
        f"{a}{b}{c}" for a in ("bar", "kel", "mon", "tar", "ves") for b in ("di", "lo", "ru", "se") for c in "nkst"
    ]
    chance = random.Random(7)  # noqa: S311 - stories, not secrets

    def grow(count: int) -> None:
        for number in range(count):
            body = ". ".join(" ".join(chance.choices(words, k=12)).capitalize() for _ in range(6))
            add(store, f"{body}.", outlet=f"outlet {number}")

    def steps() -> int:
        """Return how many hundreds of its steps SQLite takes."""
        new = [replace(known, id=-1) for known in facts_of(story(FIRST + " Barden kelruk monset tardis vesluk."))]
        taken = [0]

        def count() -> None:
            taken[0] += 1

        def counted(db: Database) -> None:
            db.conn.set_progress_handler(count, 100)
            find_kin(db, new)
            db.conn.set_progress_handler(None, 0)

        store.read(counted)
        return taken[0]

    monkeypatch.setattr(kin, "ROWS_A_WORD", 10)
    grow(15)
    small = steps()
    grow(135)

    assert steps() < 2 * small


@pytest.mark.parametrize("text", ['"AND" OR NOT NEAR(x) * ^ : -', "U.S. 2.5 US it's 'quoted' \"double\"", "🚢 ﷽ ∅"])
def test_hostile_words_are_only_words(store: Store, text: str) -> None:
    """Nothing in a story is read as a query."""
    add(store, FIRST)

    assert find_is_quiet(store, text)


def find_is_quiet(store: Store, text: str) -> bool:
    """Search for a text that may hold no fact at all."""
    store.read(lambda db: find_kin(db, facts_of(story(text))))
    return True
