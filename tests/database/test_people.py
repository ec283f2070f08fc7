"""Who may do what, and where."""

from __future__ import annotations

from store.database import aliases, people
from store.database.people import Role
from store.database.store import Store
from tests.database.builders import NOW, later


def test_the_settings_say_which_chats_are_the_teams(store: Store) -> None:
    """A chat that is taken out of the settings gets no more alerts."""
    store.write(lambda db: people.set_team_chats(db, [-1, -2], now=NOW))
    store.write(lambda db: people.set_team_chats(db, [-2, -3], now=NOW))

    assert store.read(people.team_chats) == [-3, -2]
    assert not store.read(lambda db: people.is_team_chat(db, -1))


def test_a_name_is_the_one_seen_last(store: Store) -> None:
    """Whoever is called otherwise by now is listed so, whichever chat told it."""
    for chat, at, name in ((-1, later(hours=1), "New Name"), (-9, NOW, "Old Name")):
        store.write(lambda db, c=chat, t=at, n=name: people.see_member(db, c, 7, name=n, now=t))
    store.write(lambda db: people.see_member(db, -2, 7, name=None, now=later(hours=2)))

    assert store.read(lambda db: people.names_of(db, [7, 8])) == {7: "New Name"}


def test_a_chat_that_cannot_be_written_to_stays_the_teams(store: Store) -> None:
    """It gets nothing until it is open again, also when the settings are read anew."""
    store.write(lambda db: people.set_team_chats(db, [-1], now=NOW))
    store.write(lambda db: people.close_chat(db, -1, why="kicked", now=NOW))
    store.write(lambda db: people.set_team_chats(db, [-1], now=NOW))

    assert store.read(people.team_chats) == []
    assert store.read(lambda db: people.is_team_chat(db, -1))
    assert [(c.id, c.active, c.why) for c in store.read(people.all_chats)] == [(-1, False, "kicked")]
    store.write(lambda db: people.set_team_chats(db, [], now=NOW))
    store.write(lambda db: people.set_team_chats(db, [-1], now=NOW))
    assert store.read(people.all_chats)[0].why == "kicked"
    store.write(lambda db: people.reopen_chat(db, -1, now=NOW))
    assert store.read(people.team_chats) == [-1]
    assert store.read(people.all_chats)[0].why is None


def test_a_supergroup_is_the_group_that_it_was(store: Store) -> None:
    """Its members stay members, and old settings still mean it; saying so twice changes nothing."""
    store.write(lambda db: people.set_team_chats(db, [-1], now=NOW))
    store.write(lambda db: people.see_member(db, -1, 7, name="Ann", now=NOW))
    for _ in range(2):
        store.write(lambda db: people.migrate_chat(db, -1, -1001, now=NOW))
    store.write(lambda db: people.set_team_chats(db, [-1], now=NOW))

    assert store.read(people.team_chats) == [-1001]
    assert store.read(lambda db: people.current_chat(db, -1)) == -1001
    assert store.read(lambda db: people.last_seen(db, 7)) == NOW


def test_members_of_a_team_chat_are_known(store: Store) -> None:
    """As long as it is the team's, and they have not left."""
    store.write(lambda db: people.set_team_chats(db, [-1], now=NOW))
    store.write(lambda db: people.see_member(db, -1, 7, name="Ann", now=NOW))
    store.write(lambda db: people.see_member(db, -9, 8, name="Bob", now=NOW))

    assert store.read(lambda db: people.last_seen(db, 7)) == NOW
    assert store.read(lambda db: people.last_seen(db, 8)) is None
    store.write(lambda db: people.see_member(db, -1, 7, name="Ann", now=later(hours=1)))
    assert store.read(lambda db: people.last_seen(db, 7)) == later(hours=1)
    store.write(lambda db: people.forget_member(db, -1, 7))
    assert store.read(lambda db: people.last_seen(db, 7)) is None


def test_roles_are_given_and_taken(store: Store) -> None:
    """Giving twice is once; one may have several."""
    give = lambda db: people.give_role(db, 7, Role.EDITOR, given_by=1, now=NOW)  # noqa: E731
    store.write(lambda db: people.set_admins(db, [1, 7], now=NOW))

    assert [store.write(give), store.write(give)] == [True, False]
    assert store.read(lambda db: people.roles_of(db, 7)) == {Role.ADMIN, Role.EDITOR}
    assert store.read(lambda db: people.people_with(db, Role.ADMIN)) == [1, 7]
    assert store.write(lambda db: people.take_role(db, 7, Role.EDITOR))
    assert not store.write(lambda db: people.take_role(db, 7, Role.EDITOR))


def test_administrators_of_the_settings_follow_the_settings(store: Store) -> None:
    """One who is no longer listed is none; one whom an administrator made stays."""
    store.write(lambda db: people.set_admins(db, [1, 2], now=NOW))
    store.write(lambda db: people.give_role(db, 3, Role.ADMIN, given_by=1, now=NOW))
    store.write(lambda db: people.set_admins(db, [2], now=NOW))

    assert store.read(lambda db: people.people_with(db, Role.ADMIN)) == [2, 3]


def teach(store: Store, term: str, *meanings: str) -> list[str]:
    return store.write(lambda db: aliases.add_alias(db, term, meanings, now=NOW, added_by=7))


def test_an_alias_is_found_in_any_spelling(store: Store) -> None:
    """Case, accents and endings do not matter; what comes back is what was typed."""
    assert teach(store, "Armour", "tanks", "Armoured Vehicles") == ["tanks", "Armoured Vehicles"]
    assert teach(store, "ARMOUR", "tank") == []

    assert store.read(lambda db: aliases.meanings_of(db, "ármour")) == ["Armoured Vehicles", "tanks"]
    assert store.read(lambda db: aliases.meanings_of(db, "army")) == []


def test_aliases_are_listed_and_removed(store: Store) -> None:
    """One meaning, or all."""
    teach(store, "armour", "tanks", "vehicles")
    teach(store, "PL", "Progress League")

    listed = store.read(lambda db: list(aliases.all_aliases(db)))
    assert [(alias.term, alias.meaning, alias.added_by) for alias in listed] == [
        ("armour", "tanks", 7), ("armour", "vehicles", 7), ("PL", "Progress League", 7)
    ]  # fmt: skip
    assert store.write(lambda db: aliases.remove_alias(db, "Armour", "tank")) == 1
    assert store.read(lambda db: aliases.meanings_of(db, "armour")) == ["vehicles"]
    assert store.write(lambda db: aliases.remove_alias(db, "pl")) == 1
    assert store.write(lambda db: aliases.remove_alias(db, "pl")) == 0
