"""A bug that one story or question meets costs no other, and is told in one line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from handlers.commandline import on_store
from handlers.commandline.parser import build_parser
from handlers.commandline.terminal import Terminal
from store.database.errors import StoreFull
from store.database.store import Store
from tests.commandline.conftest import story


class StumblingStore:
    """A store on which the first piece of work fails."""

    def __init__(self, store: Store, error: Exception) -> None:
        self._store, self._errors = store, [error]

    def read(self, work: Callable[[Any], Any]) -> Any:
        """Fail once, then read."""
        self._stumble()
        return self._store.read(work)

    def write_prepared(self, prepare: Callable[[Any], Any], work: Callable[[Any, Any], Any]) -> Any:
        """Fail once, then write."""
        self._stumble()
        return self._store.write_prepared(prepare, work)

    def _stumble(self) -> None:
        if self._errors:
            raise self._errors.pop()


def run(store: Store, error: Exception, *args: str, lines: list[dict[str, object]]) -> tuple[int, list[dict[str, Any]]]:
    """Run a command on a store that stumbles; return its status and JSON lines."""
    raw = "".join(json.dumps(line) + "\n" for line in lines).encode()
    terminal = Terminal(io.BytesIO(raw), io.StringIO(), io.StringIO(), lambda: datetime(2026, 3, 6, tzinfo=UTC))
    status = on_store(args[0])(build_parser().parse_args(args), StumblingStore(store, error), terminal)  # type: ignore[arg-type]
    return status, [json.loads(line) for line in terminal.output.getvalue().splitlines()]  # type: ignore[attr-defined]


def test_a_story_that_trips_us_costs_no_other(tmp_path: Path) -> None:
    """It is refused in its place; the next one is stored."""
    with Store.open(tmp_path / "news.sqlite") as store:
        status, rows = run(store, KeyError("x"), "ingest", "--jsonl", lines=[story(id="a"), story(id="b")])

    assert status == 1
    assert [(row["story"], row["state"]) for row in rows] == [("a", "refused"), ("b", "stored")]
    assert rows[0]["why"].startswith(
        "a fault of the program (KeyError: 'x'): run it again with DATELINE_LOG__LEVEL=INFO"
    )


def test_a_question_that_trips_us_costs_no_other(tmp_path: Path) -> None:
    """It has its place in the order, and says why."""
    with Store.open(tmp_path / "news.sqlite") as store:
        status, rows = run(
            store, ZeroDivisionError("y"), "ask", "--jsonl", lines=[{"id": "1", "q": "who"}, {"id": "2", "q": "who"}]
        )

    assert status == 1
    assert [row["id"] for row in rows] == ["1", "2"]
    assert "a fault of the program (ZeroDivisionError: y)" in rows[0]["why"]
    assert "why" not in rows[1]


@pytest.mark.parametrize(("command", "line"), [("ingest", story()), ("ask", {"id": "1", "q": "who"})])
def test_what_concerns_all_ends_the_command(tmp_path: Path, command: str, line: dict[str, object]) -> None:
    """A full disk is no fault of one story."""
    full = StoreFull(tmp_path / "news.sqlite")
    with Store.open(tmp_path / "news.sqlite") as store, pytest.raises(StoreFull):
        run(store, full, command, "--jsonl", lines=[line, line])
