"""The courier: what becomes of a message is written down, whatever keeps the store from it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from handlers.courier import Courier
from handlers.markup import Html
from handlers.outgoing import Outgoing, body_of
from store.database.errors import StoreFull
from store.database.outbox import DeliveryState, count_deliveries, queue_message
from store.database.store import Store

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CHAT = 11


class FullDisk:
    """A store that takes no writes for a while."""

    def __init__(self, store: Store) -> None:
        self._store, self.refusals = store, 0

    async def aread(self, work: Callable[[Any], Any]) -> Any:
        """Read as always."""
        return await self._store.aread(work)

    async def awrite(self, work: Callable[[Any], Any]) -> Any:
        """Write, unless it is refused."""
        if self.refusals:
            self.refusals -= 1
            raise StoreFull(Path("news.sqlite"))
        return await self._store.awrite(work)


class Line:
    """A Telegram that takes every message; the disk fills up while it takes the first."""

    def __init__(self, disk: FullDisk) -> None:
        self._disk, self.taken, self.took_two = disk, list[str](), asyncio.Event()

    async def send_message(self, _chat: int, text: str, **_: Any) -> SimpleNamespace:
        """Take a message."""
        self._disk.refusals = 0 if self.taken else 1
        self.taken.append(text)
        if len(self.taken) == 2:
            self.took_two.set()
        return SimpleNamespace(message_id=len(self.taken))


async def test_chat_is_served_again_once_the_disk_has_room(tmp_path: Path) -> None:
    """A message that was sent while nothing could be written is not sent twice, and holds up nobody behind it."""
    with Store.open(tmp_path / "news.sqlite") as store:
        for words in ("first", "second"):
            body = body_of(Outgoing(Html(words)))
            store.write(lambda db, body=body: queue_message(db, CHAT, body, now=NOW))
        disk = FullDisk(store)
        line = Line(disk)
        courier = Courier(line, disk, lambda: NOW)  # type: ignore[arg-type] # they behave as what they stand for
        await courier.start()
        async with asyncio.timeout(10):
            await line.took_two.wait()
        await courier.stop(within_s=5)
        counts = store.read(count_deliveries)

    assert line.taken == ["first", "second"]
    assert counts == {DeliveryState.SENT: 2}
