"""Updates: none lost, none handled twice, and none that stops the process for ever."""

from __future__ import annotations

from sqlite_utils import Database

from store.database import inbox
from store.database.store import Store
from tests.database.builders import NOW, later


def keep(store: Store, *numbers: int, chat: int | None = 5) -> list[bool]:
    return store.write(
        lambda db: [inbox.keep(db, n, chat=chat, body=f'{{"update_id": {n}}}', now=NOW) for n in numbers]
    )


def waiting(store: Store) -> list[int]:
    return [int(body.split()[-1][:-1]) for body in store.read(inbox.waiting)]


def begin(store: Store, number: int) -> bool:
    return store.write(lambda db: inbox.begin(db, number))


def close(store: Store, number: int) -> None:
    store.write(lambda db: inbox.close(db, number, now=NOW))


def test_an_update_is_kept_once(store: Store) -> None:
    """Telegram sends one again when it did not hear that it arrived; also when it is handled by then."""
    assert keep(store, 10, 11) == [True, True]
    close(store, 10)

    assert keep(store, 10, 11, 12) == [False, False, True]
    assert waiting(store) == [11, 12]


def test_what_was_being_handled_waits_after_a_restart(store: Store) -> None:
    """In Telegram's order, whatever the order of arrival; what is done does not come back."""
    keep(store, 12, 10, 11)
    begin(store, 11)
    begin(store, 12)
    close(store, 12)

    assert waiting(store) == [10, 11]


def test_an_update_that_kills_the_process_is_given_up(store: Store) -> None:
    """Three starts, no fourth; it is kept for a person to look at."""
    keep(store, 10, 11)

    assert [begin(store, 10) for _ in range(4)] == [True, True, True, False]
    assert waiting(store) == [11]
    assert [(p.update_id, p.chat, p.body) for p in store.read(inbox.poison)] == [(10, 5, '{"update_id": 10}')]


def test_an_update_whose_handlers_fail_is_given_up(store: Store) -> None:
    """It is said each time whether it will be tried again."""
    keep(store, 10)
    again = []
    for _ in range(3):
        assert begin(store, 10)
        again.append(store.write(lambda db: inbox.fail(db, 10, why="KeyError", now=NOW)))

    assert again == [True, True, False]
    assert not begin(store, 10)
    assert store.read(inbox.poison)[0].last_error == "KeyError"


def test_an_update_given_back_has_lost_nothing(store: Store) -> None:
    """A process that stops in order does not count against the update that it was handling."""
    keep(store, 10)
    for _ in range(5):
        assert begin(store, 10)
        store.write(lambda db: inbox.give_back(db, 10))

    assert begin(store, 10)


def test_a_handled_update_cannot_begin_again(store: Store) -> None:
    """Done is done, also for one that was taken along with another."""
    keep(store, 10)
    close(store, 10)

    assert not begin(store, 10)
    assert not begin(store, 999)
    assert waiting(store) == []


def test_handled_updates_are_forgotten_in_time(store: Store) -> None:
    """Their text at once, their number when Telegram cannot send it again; what waits and what failed stays."""
    keep(store, 10, 11, 12)
    close(store, 10)
    for _ in range(4):
        begin(store, 11)
    begin(store, 12)
    store.write(lambda db: inbox.fail(db, 12, why="KeyError", now=NOW))

    def bodies(db: Database) -> dict[int, str | None]:
        return dict(db.conn.execute("SELECT update_id, body FROM inbox").fetchall())

    assert store.read(bodies)[10] is None
    assert store.write(lambda db: inbox.prune(db, before=NOW)) == 0
    assert store.write(lambda db: inbox.prune(db, before=later(seconds=1))) == 1
    assert set(store.read(bodies)) == {11, 12}
    assert store.read(inbox.count_waiting) == 1
    assert store.read(lambda db: inbox.count_waiting(db, besides=12)) == 0
    assert store.read(lambda db: inbox.count_waiting(db, besides=11)) == 1


def test_updates_without_a_chat_are_kept_too(store: Store) -> None:
    """Inline queries belong to no chat."""
    assert keep(store, 10, chat=None) == [True]
    assert waiting(store) == [10]
