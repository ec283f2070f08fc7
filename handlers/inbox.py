"""The durable update queue: an update is on disk before Telegram is told that it was received.

python-telegram-bot confirms updates once they are in its queue; a kill then loses them. `Inbox` stands in for that
queue: `put` commits before it returns, and what was not handled is handled after a restart. Updates of one chat are
handled in order, chats beside each other: `get` only hands out an update while none of its chat is being handled, so
that one chat's flood takes one place and not all of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from handlers.insisting import insist
from handlers.polling import is_readable
from store.database import inbox as rows
from store.database.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database

log = logging.getLogger(__name__)

T = TypeVar("T")

# Telegram keeps updates for a day (Bot API, "Getting updates"); for twice as long the same number is known again.
KEEP_HANDLED = timedelta(days=2)
UPDATES_BETWEEN_PRUNING = 500
# So many chats are handled beside each other. They share the store's few reader threads; the rest wait for pages.
MAX_CHATS_AT_ONCE = 32


class Inbox(asyncio.Queue[object]):
    """What `ApplicationBuilder.update_queue` is given.

    Anything that is no `Update` is python-telegram-bot's signal to stop. It overtakes what waits, which is on disk.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._store = store
        self._clock = clock
        self._lines: dict[int, deque[Update]] = {}  # chat -> its waiting updates, in order; never an empty one
        self._turn: deque[int] = deque()  # chats with a waiting update and none being handled
        self._handled: dict[int, list[Update]] = {}  # chat -> the update being handled, and those taken along with it
        self._failed: dict[int, bool] = {}  # update id -> whether it is to be tried again
        self._out = 0  # handed out and not done
        self._stop_signal: object | None = None
        self._changed = asyncio.Event()

    async def load(self, bot: Bot) -> int:
        """Line up what an earlier run left, return how many; updates handled long ago are forgotten.

        What a library of another version wrote and this one cannot read is given up: it must not keep the bot from
        starting.
        """
        await self._prune()
        for body in await self._store.aread(rows.waiting):
            update = json.loads(body)
            if is_readable(update):
                self._line_up(Update.de_json(update, bot))
            else:
                await self._give_up(update["update_id"])
        return self.qsize()

    async def put(self, item: object) -> None:
        """Commit an update and line it up; one whose number is known already is dropped."""
        if not isinstance(item, Update):
            self._stop_signal = item
            self._changed.set()
            return
        body, now = item.to_json(), self._clock()
        if item.update_id % UPDATES_BETWEEN_PRUNING == 0:
            await self._prune()
        if await self._insist(lambda db: rows.keep(db, item.update_id, chat=chat_of(item), body=body, now=now)):
            self._line_up(item)

    async def get(self) -> object:
        """Return the next update whose chat is free, counted as one more attempt at it; the stop signal comes first."""
        while True:
            while self._stop_signal is None and not self._turn:
                await self._wait_for_change()
            if self._stop_signal is not None:
                self._out += 1
                return self._stop_signal
            update = self._take_turn()
            if await self._begin(update.update_id):
                self._out += 1
                return update
            log.error("update given up, it stopped the process too often update=%d", update.update_id)
            self._free(update)

    def task_done(self) -> None:
        """One thing that `get` handed out is done with."""
        self._out -= 1
        self._changed.set()

    async def join(self) -> None:
        """Wait until nothing is being handled. What waits stays on disk."""
        while self._handled:
            await self._wait_for_change()

    def empty(self) -> bool:
        """Whether `get` would have to wait. After the stop signal, always: what waits is for the next run."""
        return self._stop_signal is not None or not self._turn

    def qsize(self) -> int:
        """Return how many updates wait."""
        return sum(map(len, self._lines.values()))

    async def following(self, update: Update, *, within_s: float) -> Update | None:
        """Return the update that comes after *update* in its chat, without handling it; None if none comes in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                while not (line := self._lines.get(chat_of(update))):
                    await self._wait_for_change()
                return line[0]
        return None

    def take_along(self, update: Update) -> None:
        """Count the next waiting update of *update*'s chat as part of *update*: it is done when that is done."""
        chat = chat_of(update)
        self._handled[chat].append(self._next_in(chat))

    async def fail(self, update: Update, why: str) -> bool:
        """Note that handling *update* failed; returns whether it will be tried again."""
        now = self._clock()
        again = await self._insist(lambda db: rows.fail(db, update.update_id, why=why, now=now))
        self._failed[update.update_id] = again
        return again

    async def finish(self, update: Update) -> None:
        """Close *update* and those taken along with it, or line them up again if handling it failed."""
        together, now = self._handled[chat_of(update)], self._clock()
        again = self._failed.pop(update.update_id, None)
        if again is None:
            await self._insist(lambda db: _close_all(db, together, now))
        elif again:
            self._put_back(together)
        else:
            log.error("update given up, its handlers failed update=%d", update.update_id)
            self._put_back(together[1:])
        self._free(update)

    async def give_back(self, update: Update) -> None:
        """Leave *update* for the next run, as if it had not been begun: the process is stopping."""
        await self._insist(lambda db: rows.give_back(db, update.update_id))
        self._free(update)

    def _line_up(self, update: Update) -> None:
        chat = chat_of(update)
        self._lines.setdefault(chat, deque()).append(update)
        if len(self._lines[chat]) == 1 and chat not in self._handled:
            self._turn.append(chat)
        self._changed.set()

    def _put_back(self, updates: Sequence[Update]) -> None:
        if updates:
            self._lines.setdefault(chat_of(updates[0]), deque()).extendleft(reversed(updates))

    def _take_turn(self) -> Update:
        chat = self._turn.popleft()
        update = self._next_in(chat)
        self._handled[chat] = [update]
        return update

    def _next_in(self, chat: int) -> Update:
        update = self._lines[chat].popleft()
        if not self._lines[chat]:
            del self._lines[chat]
        return update

    def _free(self, update: Update) -> None:
        chat = chat_of(update)
        self._handled.pop(chat)
        if chat in self._lines:
            self._turn.append(chat)
        self._changed.set()

    async def _prune(self) -> None:
        before = self._clock() - KEEP_HANDLED
        await self._insist(lambda db: rows.prune(db, before=before))

    async def _give_up(self, number: int) -> None:
        now = self._clock()
        await self._insist(lambda db: rows.give_up(db, number, why="cannot be read", now=now))

    async def _begin(self, number: int) -> bool:
        return await self._insist(lambda db: rows.begin(db, number))

    async def _wait_for_change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    async def _insist(self, work: Callable[[Database], T]) -> T:
        """Run *work* on the store until it succeeds: going on without it would lose an update or handle one twice."""
        return await insist(self._store, work, what="the inbox")


def _close_all(db: Database, updates: Sequence[Update], now: datetime) -> None:
    for update in updates:
        rows.close(db, update.update_id, now=now)


def chat_of(update: Update) -> int:
    """Return what *update* is kept in order with: its chat, else its user; 0 when it has neither."""
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else 0


class InOrder(BaseUpdateProcessor):
    """Runs the handlers of an update that the inbox handed out, and closes its row."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(MAX_CHATS_AT_ONCE)
        self._inbox = inbox
        self._tasks: set[asyncio.Task[object]] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        """Await *coroutine*; a cancelled one leaves its update for the next run."""
        assert isinstance(update, Update)  # noqa: S101 - the inbox hands out nothing else but the stop signal
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - python-telegram-bot awaits this in a task
        self._tasks.add(task)
        try:
            await coroutine
        except asyncio.CancelledError:
            await self._inbox.give_back(update)
            raise
        else:
            await self._inbox.finish(update)
        finally:
            self._tasks.discard(task)

    def cancel_all(self) -> None:
        """Stop all handlers that are at work; their updates are handled in the next run."""
        for task in self._tasks:
            task.cancel()

    async def initialize(self) -> None:
        """Nothing to make ready."""

    async def shutdown(self) -> None:
        """Nothing to put away."""
