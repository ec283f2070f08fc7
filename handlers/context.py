"""How handlers get what they need: one frozen value, typed, and a context made for each update."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

if TYPE_CHECKING:
    from handlers.courier import Courier
    from handlers.inbox import Inbox, InOrder
    from store.database.store import Store


class Role(IntEnum):
    """What somebody may do; each may do all that the ones before it may."""

    STRANGER = 0  # gets silence
    READER = 1  # asks
    EDITOR = 2  # adds stories
    ADMIN = 3  # appoints editors, sees the state


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What lives as long as the process. Made by `bot.py`, read by every handler."""

    store: Store
    admins: frozenset[int]  # Telegram user ids
    clock: Callable[[], datetime]  # aware, UTC
    zone: tzinfo = UTC  # of the desk: where days begin
    follow_up_s: float = 900  # how long a question may be followed up, per chat and user
    part_wait_s: float = 2.0  # how long a long text waits for its next part
    inline: bool = False  # answer inline queries
    greeting: str | None = None  # shown under /start and when the console opens


class BotData:
    """What all handlers share. `build_application` sets the first four, once."""

    services: Services
    inbox: Inbox
    processor: InOrder
    courier: Courier

    def __init__(self) -> None:
        self.strangers_told: set[tuple[int | None, int | None]] = set()  # (user, chat) that the log has named
        self.albums: dict[int, str] = {}  # chat -> the album that its last picture belongs to
        self.refused_at: dict[int, datetime] = {}  # user -> when they were found in no team chat


class BriefingContext(CallbackContext[ExtBot[int], dict[Any, Any], dict[Any, Any], BotData]):
    """What a handler knows about the update it handles."""

    # Set by the gate, before any other handler.
    role: Role = Role.STRANGER
    may_add: bool = False  # stories, in this chat

    @property
    def services(self) -> Services:
        """What lives as long as the process."""
        return self.bot_data.services

    @property
    def store(self) -> Store:
        """All that is held."""
        return self.bot_data.services.store

    @property
    def now(self) -> datetime:
        """The time, aware and in UTC."""
        return self.bot_data.services.clock()

    def here(self, moment: datetime) -> datetime:
        """Return *moment* as the clocks of the desk show it."""
        return moment.astimezone(self.bot_data.services.zone)


# The library's own stores for users and chats stay empty and keep its types: everything is in SQLite.
BriefingApplication = Application[ExtBot[int], BriefingContext, dict[Any, Any], dict[Any, Any], BotData, None]
context_types = ContextTypes(context=BriefingContext, bot_data=BotData)
