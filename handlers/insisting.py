"""Writes that must not fail: while the disk is full or the file busy, they wait and are tried again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from store.database.errors import StoreClosed, StoreError
from store.database.store import Store

if TYPE_CHECKING:
    from sqlite_utils import Database

log = logging.getLogger(__name__)

T = TypeVar("T")

STORE_RETRY_S = 1.0


async def insist(store: Store, work: Callable[[Database], T], *, what: str) -> T:
    """Run *work* on the store until it succeeds; *what* is written there, "the inbox", is named in the log.

    Raises:
        StoreClosed: The process is stopping.
    """
    while True:
        try:
            return await store.awrite(work)
        except StoreClosed:
            raise
        except StoreError as error:
            log.error("%s cannot be written, trying again in_s=%.0f why=%s", what, STORE_RETRY_S, error)
            await asyncio.sleep(STORE_RETRY_S)
