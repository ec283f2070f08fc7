"""The update queue: durable, in order within a chat, chats beside each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import Bot, Update

from handlers.inbox import Inbox, InOrder, chat_of
from store.database import inbox as rows
from store.database.store import Store

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BOT = Bot("1:token")


def update(number: int, *, chat: int = 1, text: str = "hello") -> Update:
    """Return an update of a chat."""
    sender = {"id": chat, "is_bot": False, "first_name": "Ada"}
    message = {"message_id": number, "date": 1_700_000_000, "chat": {"id": chat, "type": "private"}, "from": sender}
    return Update.de_json({"update_id": number, "message": message | {"text": text}}, BOT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "test.sqlite") as opened:
        yield opened


@pytest.fixture
async def inbox(store: Store) -> AsyncIterator[Inbox]:
    """An inbox on it."""
    yield Inbox(store, lambda: NOW)


async def handle(inbox: Inbox, seen: list[int], *, failing: frozenset[int] = frozenset()) -> Update:
    """Take one update through the processor as `Application` does."""
    taken = await inbox.get()
    assert isinstance(taken, Update)

    async def work() -> None:
        seen.append(taken.update_id)
        if taken.update_id in failing:
            await inbox.fail(taken, "ValueError")

    await InOrder(inbox).process_update(taken, work())
    inbox.task_done()
    return taken


async def test_update_is_on_disk_before_put_returns(store: Store, inbox: Inbox) -> None:
    """And comes back whole in the next run."""
    await inbox.put(update(7, text="naïve <b> 🎉"))

    again = Inbox(store, lambda: NOW)
    assert await again.load(BOT) == 1
    taken = await again.get()

    assert isinstance(taken, Update)
    assert taken.to_dict() == update(7, text="naïve <b> 🎉").to_dict()


async def test_known_number_is_dropped(store: Store, inbox: Inbox) -> None:
    """Waiting, handled, or handled in an earlier run: the same update is never handled twice."""
    seen: list[int] = []
    await inbox.put(update(7))
    await inbox.put(update(7))
    await handle(inbox, seen)
    await inbox.put(update(7))
    again = Inbox(store, lambda: NOW)

    assert await again.load(BOT) == 0
    await again.put(update(7))

    assert again.qsize() == inbox.qsize() == 0
    assert seen == [7]


async def test_one_chat_in_order_others_beside_it(inbox: Inbox) -> None:
    """While a chat's update is being handled, only other chats' are handed out."""
    for number, chat in ((1, 10), (2, 10), (3, 20)):
        await inbox.put(update(number, chat=chat))

    first, other = await inbox.get(), await inbox.get()
    assert isinstance(first, Update)
    assert isinstance(other, Update)
    assert (first.update_id, other.update_id) == (1, 3)
    assert inbox.empty()

    await inbox.finish(first)
    second = await inbox.get()
    assert isinstance(second, Update)
    assert second.update_id == 2


async def test_failed_update_is_tried_three_times(store: Store, inbox: Inbox) -> None:
    """Then it is given up, and the chat's next one has its turn."""
    seen: list[int] = []
    await inbox.put(update(1))
    await inbox.put(update(2))

    for _ in range(4):
        await handle(inbox, seen, failing=frozenset({1}))

    assert seen == [1, 1, 1, 2]
    assert [given_up.update_id for given_up in store.read(rows.poison)] == [1]


async def test_cancelled_update_is_left_for_the_next_run_uncounted(store: Store, inbox: Inbox) -> None:
    """Stopping is no fault of the update: four stops are not one failure."""
    await inbox.put(update(1))
    for _ in range(4):
        fresh = Inbox(store, lambda: NOW)
        await fresh.load(BOT)
        taken, processor = await fresh.get(), InOrder(fresh)
        task = asyncio.create_task(processor.process_update(taken, asyncio.sleep(60)))
        await asyncio.sleep(0)
        processor.cancel_all()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert store.read(rows.count_waiting) == 1


async def test_parts_taken_along_are_done_together(store: Store, inbox: Inbox) -> None:
    """The handler of the first looks at what follows and takes it; nothing of it is handed out again."""
    for number in (1, 2, 3):
        await inbox.put(update(number))
    first = await inbox.get()
    assert isinstance(first, Update)

    for expected in (2, 3):
        following = await inbox.following(first, within_s=1)
        assert following is not None
        assert following.update_id == expected
        inbox.take_along(first)
    assert await inbox.following(first, within_s=0.01) is None
    await inbox.finish(first)

    assert store.read(rows.count_waiting) == 0
    assert inbox.empty()


async def test_following_part_may_come_a_little_later(inbox: Inbox) -> None:
    """Telegram delivers the parts of a long text one after the other."""
    await inbox.put(update(1))
    first = await inbox.get()
    assert isinstance(first, Update)
    waiting = asyncio.create_task(inbox.following(first, within_s=5))
    await asyncio.sleep(0)

    await inbox.put(update(2))

    assert (await waiting) is not None


async def test_stop_signal_overtakes_what_waits(inbox: Inbox) -> None:
    """What waits is on disk; stopping does not wait for it."""
    signal = object()
    await inbox.put(update(1))
    await inbox.put(signal)

    assert await inbox.get() is signal
    inbox.task_done()
    await inbox.join()
    assert inbox.empty()


async def test_join_waits_for_what_is_being_handled(inbox: Inbox) -> None:
    """Stopping ends what was begun."""
    await inbox.put(update(1))
    taken = await inbox.get()
    assert isinstance(taken, Update)
    joined = asyncio.create_task(inbox.join())
    await asyncio.sleep(0)
    assert not joined.done()

    await inbox.finish(taken)

    await joined


async def test_numbers_are_kept_as_long_as_telegram_may_repeat_them(store: Store) -> None:
    """Two days after it was handled a number is forgotten, and what is not handled never is."""
    early = Inbox(store, lambda: NOW - timedelta(days=3))
    await early.put(update(1))
    await early.put(update(2, chat=2))
    await handle(early, [])
    later = Inbox(store, lambda: NOW)

    assert await later.load(BOT) == 1
    assert store.read(lambda db: db["inbox"].count) == 1


def test_updates_without_a_chat_are_ordered_by_their_user() -> None:
    """Inline queries belong to nobody's chat."""
    sender = {"id": 5, "is_bot": False, "first_name": "Ada"}
    query = {"id": "1", "from": sender, "query": "x", "offset": ""}

    assert chat_of(Update.de_json({"update_id": 1, "inline_query": query}, BOT)) == 5
    assert chat_of(Update(1)) == 0


async def test_kept_update_that_cannot_be_read_any_more_keeps_nobody_waiting(store: Store, inbox: Inbox) -> None:
    """A library of another version wrote it; the bot starts all the same, and `/status` counts it as given up."""
    broken = '{"update_id": 8, "message": {"poll": {}}}'
    store.write(lambda db: rows.keep(db, 8, chat=1, body=broken, now=NOW))
    await inbox.put(update(9))

    again = Inbox(store, lambda: NOW)

    assert await again.load(BOT) == 1
    assert [given_up.update_id for given_up in store.read(rows.poison)] == [8]
