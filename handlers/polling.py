"""Watches the line to Telegram: says when it is down and when it is back, and when going on makes no sense.

python-telegram-bot keeps polling through every error by itself, but it is silent about time-outs and never gives up on
409 or on a token that was revoked. What it cannot read it asks for again and again.
"""

from __future__ import annotations

import json
import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from handlers.errors import CannotRun, PolledElsewhere, TokenRefused

log = logging.getLogger(__name__)

# After a restart the poll of the killed process lingers and is refused once or twice; a second bot never stops.
CONFLICTS_TO_STOP = 4
CONFLICT_WINDOW_S = 60.0
# A line that stays down is said again, but not with every try.
SAY_AGAIN_S = 60.0


class LineWatch:
    """The state of the line, and `give_up`, called at most once when the bot should stop for a reason of its own."""

    def __init__(self, give_up: Callable[[CannotRun], None], *, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._give_up = give_up
        self._clock_s = clock_s
        self._said_down_s: float | None = None  # when it was last said; None while the line is up
        self._conflicts: deque[float] = deque(maxlen=CONFLICTS_TO_STOP)

    def down(self, why: str) -> None:
        """Telegram was not reached, or did not answer as it does."""
        now_s = self._clock_s()
        if self._said_down_s is None or now_s - self._said_down_s >= SAY_AGAIN_S:
            log.warning("Telegram cannot be reached, trying again why=%s", why)
            self._said_down_s = now_s

    def up(self) -> None:
        """Telegram answered."""
        if self._said_down_s is not None:
            log.info("Telegram is reached again")
            self._said_down_s = None

    def answered(self, status: int) -> None:
        """Telegram answered a poll with this HTTP status."""
        if status in (401, 404):
            self._give_up(TokenRefused())
        elif status == 409:
            self._conflict()
        elif status >= 500:
            self.down(f"HTTP status {status}")
        else:
            self.up()

    def _conflict(self) -> None:
        now_s = self._clock_s()
        self._conflicts.append(now_s)
        log.warning("another process polls with this token, trying again conflicts=%d", len(self._conflicts))
        if len(self._conflicts) == CONFLICTS_TO_STOP and now_s - self._conflicts[0] <= CONFLICT_WINDOW_S:
            self._give_up(PolledElsewhere())


class PollingRequest(HTTPXRequest):
    """The connection that only `getUpdates` uses, and that tells the watch how it goes."""

    def __init__(self, watch: LineWatch) -> None:
        super().__init__(connection_pool_size=1)
        self._watch = watch

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # Any: passed on as they are
        """Make the request; the watch hears of its status, or of why there is none. Unreadable updates are left out."""
        try:
            status, body = await super().do_request(*args, **kwargs)
        except NetworkError as error:
            self._watch.down(type(error.__cause__ or error).__name__)
            raise
        self._watch.answered(status)
        return status, without_unreadable(body) if status == 200 else body


def without_unreadable(body: bytes) -> bytes:
    """Return the reply to a poll with the number alone of each update that the library cannot read.

    The number is confirmed with the others, so that the update does not come again. It happens where the library and
    the Bot API server are of different age: a poll from before Bot API 9.6 lacks what version 22.8 wants of a poll.
    """
    try:
        reply = json.loads(body)
    except ValueError:
        return body  # the library has its own words for that
    updates = reply.get("result") if isinstance(reply, dict) else None
    if not isinstance(updates, list):
        return body
    kept = [update if is_readable(update) else {"update_id": update["update_id"]} for update in updates]
    return body if kept == updates else json.dumps(reply | {"result": kept}).encode()


def is_readable(update: Any) -> bool:  # Any: what JSON holds
    """Tell whether the library can read *update*; one that it cannot is logged, without its words."""
    try:
        Update.de_json(update, None)
    except Exception as error:  # the top of the loop over updates; it raises whatever its constructors raise
        log.error("an update cannot be read and is left out update=%s why=%s", update["update_id"], error)
        return False
    return True
