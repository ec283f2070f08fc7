"""What held facts are compared by, from memory where they were compared lately."""

from __future__ import annotations

import gc
from dataclasses import replace
from weakref import ref

import pytest
from sqlite_utils import Database

from store.database.connection import connect
from store.database.errors import StoreClosed
from store.database.reading import known_facts
from store.database.recent import REMEMBERED, recent_profiles, remember
from store.database.store import Store
from store.database.stories import save_story
from store.facts.comparing.profiles import Profile
from store.facts.extract import extract_facts
from store.facts.model import Known
from tests.database.builders import BRIDGE, FERRY, NOW, extraction_of, save, story

FLOOD = (
    "MARN, May 4 (Northwind) - The dyke at Sill broke on Sunday and 1,200 people fled to Marn, rescuers said.\n\n"
    '"We saw no boat," Governor Ilse Tamm told reporters. She denied that at least 2.5 million crowns were missing.'
)


def test_what_was_just_saved_is_remembered_as_it_will_be_read(store: Store) -> None:
    """A fact that comes in is the same value, in every field, as the one that is unpacked later."""
    told = story(FLOOD, title="Dyke broken", url="https://northwind.example/1", published_at=NOW)
    store.write(lambda db: save_story(db, told, extract_facts(told), key="f", now=NOW))

    profiles = store.write(lambda db: recent_profiles(db, [3, 1, 99, 2]))
    remembered = {id_: profile.known for id_, profile in profiles.items()}

    assert list(remembered) == [3, 1, 2]
    assert remembered == store.read(lambda db: known_facts(db, [1, 2, 3]))
    assert [one.fact for one in remembered.values()] == [  # Known's own comparison leaves no field out either
        one.fact for one in store.read(lambda db: known_facts(db, [3, 1, 2])).values()
    ]


def test_what_others_saved_is_read(store: Store) -> None:
    """A connection that remembers nothing yet unpacks what is asked for, and then has it."""
    save(store, FERRY)

    def twice(db: Database) -> tuple[dict[int, Known], bool, list[int]]:
        first, second = recent_profiles(db, [1, 2]), recent_profiles(db, [2, 1, 3])
        return {id_: profile.known for id_, profile in first.items()}, second[1] is first[1], list(second)

    read, is_remembered, order = store.read(twice)

    assert read == store.read(lambda db: known_facts(db, [1, 2]))
    assert is_remembered
    assert order == [2, 1, 3]


def test_a_fact_is_unpacked_when_it_is_looked_at(store: Store) -> None:
    """Of most held facts only the words are compared: their sentences stay packed."""
    save(store, FERRY)

    def unpacked(db: Database) -> tuple[list[bool], list[bool]]:
        profiles = list(recent_profiles(db, [1, 2, 3]).values())
        before = ["known" in vars(profile) for profile in profiles]
        assert profiles[1].known.text == FERRY.split(". ")[1] + "."
        return before, ["known" in vars(profile) for profile in profiles]

    assert store.read(unpacked) == ([False, False, False], [False, True, False])


def test_what_a_closed_connection_remembers_is_gone_with_it(store: Store) -> None:
    """What is remembered does not hold its connection; a fact that was not read by then is not read any more."""
    save(store, FERRY)
    db = connect(store.path)
    profile = recent_profiles(db, [1])[1]
    held = ref(db)
    db.close()
    del db
    gc.collect()

    assert held() is None
    with pytest.raises(StoreClosed):
        _ = profile.known


def test_a_story_that_was_rolled_back_is_forgotten(store: Store) -> None:
    """The ids of its facts may go to a story of another process, whose words are compared then."""

    def fail(db: Database) -> None:
        save_story(db, story(FERRY), extraction_of(FERRY), key=None, now=NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(fail)
    with Store.open(store.path) as beside:
        save(beside, BRIDGE)

    read = store.write(lambda db: recent_profiles(db, [1])[1].known)

    assert read.text == BRIDGE.split(". ")[0] + "."


def test_only_the_latest_are_remembered(store: Store) -> None:
    """What was not asked for while thousands of others were makes room for them."""
    save(store, FERRY)
    real = store.read(lambda db: known_facts(db, [1, 2]))
    profiles = {id_: Profile(known) for id_, known in real.items()}
    marked = {id_: profile.carried(replace(real[id_], title="from memory")) for id_, profile in profiles.items()}

    def titles(db: Database) -> list[str | None]:
        remember(db, marked)
        remember(db, dict.fromkeys(range(10, 8 + REMEMBERED), profiles[1]))
        recent_profiles(db, [1])
        remember(db, {9: profiles[1]})
        return [profile.known.title for profile in recent_profiles(db, [1, 2]).values()]

    assert store.read(titles) == ["from memory", None]
