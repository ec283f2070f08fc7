"""The real `bot.py run` as a child process, talking to a Bot API server on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from store.database import inbox
from store.database.outbox import DeliveryState, count_deliveries
from store.database.store import Store, connect
from store.intake.accept import take_in
from tests.telegram.server import BotApi
from tests.telegram.stories import FERRY, HARBOUR, NOW, story_of
from tests.telegram.world import Json

ROOT = Path(__file__).parents[2]
ADMIN, MEMBER, STRANGER = 11, 22, 33
TEAM, TOPIC = -1001, 7
UNFINISHED = (DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.UNSURE)


def populate(api: BotApi) -> None:
    """Let the people and the chats exist that the settings of `Bot` name."""
    api.world.group(TEAM, "Newsroom", topics=(TOPIC,))
    api.world.person(ADMIN, "Ada", chats=(TEAM,))
    api.world.person(MEMBER, "Max", chats=(TEAM,))
    api.world.person(STRANGER, "Sid")


class Bot:
    """One database file and, from `start` to `stop` or `kill`, the process that serves it."""

    def __init__(self, api: BotApi, db: Path, **settings: str) -> None:
        self.api, self.db, self.log_path = api, db, db.with_suffix(".log")
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the child sees: nothing of ours but the path and the settings, so that no proxy gets in between."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.db.parent),
            "TELEGRAM_TOKEN": self.api.token,
            "TELEGRAM_BASE_URL": self.api.base_url,
            "TELEGRAM_BASE_FILE_URL": self.api.base_file_url,
            "DATELINE_DB": str(self.db),
            "DATELINE_ADMINS": str(ADMIN),
            "DATELINE_TEAM_CHATS": str(TEAM),
            "DATELINE_LOG__LEVEL": "DEBUG",
            **self.settings,
        }

    def start(self, *, wait: bool = True) -> Bot:
        """Start it; with *wait*, until it asks for updates."""
        polls = len(self.api.tried("getUpdates"))
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "bot.py", "run"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        if wait:
            self.wait_until(lambda: len(self.api.tried("getUpdates")) > polls)
        return self

    def run_beside(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Run another command on the same file to its end."""
        return subprocess.run(
            [sys.executable, "bot.py", *arguments],
            cwd=ROOT, env=self.environment, input=text, capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip

    def kill(self) -> None:
        """SIGKILL: nothing of it gets to put anything away."""
        if self.process:
            self.process.kill()
            self.process.wait(10)
            self.process = None

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop, and return its exit status."""
        assert self.process
        self.process.send_signal(number)
        return self.wait_for_end()

    def wait_for_end(self, timeout_s: float = 15) -> int:
        """Wait until it ends by itself, and return its exit status."""
        assert self.process
        status = self.process.wait(timeout_s)
        self.process = None
        return status

    def wait_until(self, condition: Callable[[], Any], *, timeout_s: float = 15.0) -> Any:
        """Wait until *condition* is true, and return what it gave; a process that ends meanwhile fails the test."""
        until = time.monotonic() + timeout_s
        while not (found := condition()):
            ended = self.process.poll() if self.process else None
            if ended is not None or time.monotonic() > until:
                calls = "\n".join(f"{call.method} {str(call.params)[:300]}" for call in self.api.calls[-12:])
                raise AssertionError(f"waited in vain, status {ended}\n{calls}\n{self.log[-3000:]}")
            self.api.wait_for_call(0.05)
        return found

    def settle(self) -> None:
        """Wait until nothing is left to be handled or sent."""
        self.wait_until(self.api.all_confirmed)
        db = connect(self.db)
        try:
            self.wait_until(lambda: not inbox.count_waiting(db) and not unfinished(db))
        finally:
            db.close()

    def reply_to(self, message: int, *, chat: int) -> Json:
        """Wait for the reply to a message, and return it."""
        return self.wait_until(lambda: next(iter(self.replies_to(message, chat=chat)), None))

    def replies_to(self, message: int, *, chat: int) -> list[Json]:
        """Return every reply to a message that has been accepted."""
        sent = self.api.accepted(chat=chat)
        return [each for each in sent if each.get("reply_to_message", {}).get("message_id") == message]

    @property
    def log(self) -> str:
        """All that it has logged, in every run."""
        return self.log_path.read_text(encoding="utf-8", errors="replace") if self.log_path.exists() else ""


def unfinished(db: Any) -> int:
    """Return how many messages are still to be sent."""
    counts = count_deliveries(db)
    return sum(counts.get(state, 0) for state in UNFINISHED)


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds two stories."""
    path = tmp_path_factory.mktemp("stocked") / "stock.sqlite"
    with Store.open(path) as store:
        for text in (FERRY, HARBOUR):
            take_in(store, story_of(text), now=NOW, quiet=True)
    return path


@pytest.fixture
def api() -> Iterator[BotApi]:
    """A Bot API server of this test alone."""
    with BotApi() as served:
        populate(served)
        yield served


@pytest.fixture
def bot(api: BotApi, stocked: Path, tmp_path: Path) -> Iterator[Bot]:
    """A bot of this test alone, on a copy of the stocked database, not started."""
    path = tmp_path / "dateline.sqlite"
    shutil.copy(stocked, path)
    child = Bot(api, path)
    yield child
    child.kill()


@pytest.fixture(scope="module")
def desk(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A running bot that the tests of a module share: each looks only at replies to its own messages."""
    path = tmp_path_factory.mktemp("desk") / "dateline.sqlite"
    shutil.copy(stocked, path)
    with BotApi() as served:
        populate(served)
        child = Bot(served, path).start()
        yield child
        child.kill()
