"""What holds for every test: nothing leaves the machine; and a store with the sample stories for those that want it."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from store.database.store import Store
from store.intake.sample_stories import load_samples


class LeftTheMachineError(Exception):
    """A test tried to reach something beyond loopback."""


class _Guard:
    """An audit hook sees every connection of this process, whatever library makes it (PEP 578)."""

    def __init__(self) -> None:
        self.watching = False
        self.attempts: list[str] = []

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if self.watching and event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
            target = args[0] if event == "socket.getaddrinfo" else args[1]
            host = target[0] if isinstance(target, tuple) else target
            if isinstance(target, tuple | str) and not _is_local(host, is_path=event != "socket.getaddrinfo"):
                self.attempts.append(f"{event} {host!r}")
                raise LeftTheMachineError(f"{event} {host!r}")


def _is_local(host: object, *, is_path: bool) -> bool:
    if not isinstance(host, str) or host in ("", "localhost") or (is_path and host.startswith(("/", "\0"))):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


_guard = _Guard()
sys.addaudithook(_guard)


@pytest.fixture(autouse=True)
def loopback_only() -> Iterator[None]:
    """Fail a test that opens a socket beyond loopback, also when the code under test swallows the error."""
    _guard.attempts.clear()
    _guard.watching = True
    yield
    _guard.watching = False
    if _guard.attempts:
        pytest.fail(f"left the machine: {_guard.attempts}")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the sample stories that ship with the program."""
    with Store.open(tmp_path_factory.mktemp("samples") / "news.sqlite") as store:
        load_samples(store, now=datetime(2026, 11, 24, tzinfo=UTC))
        yield store
