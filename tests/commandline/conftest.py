"""The real command line: `bot.py` as a child process on a database of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON lines of standard output."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Bot:
    """Runs `bot.py --db ...` in a clean environment, and never lets a traceback pass."""

    db: Path
    env: dict[str, str] = field(default_factory=dict)

    def command(self, *args: str) -> list[str]:
        """Return the command line."""
        return [sys.executable, str(ROOT / "bot.py"), "--db", str(self.db), *args]

    def environment(self, env: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the environment, without any setting of the machine that runs the tests."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("DATELINE_", "TELEGRAM_"))}
        return {**clean, "DATELINE_CONFIG": os.devnull, **self.env, **(env or {})}

    def start(self, *args: str) -> subprocess.Popen[bytes]:
        """Start a command with pipes on all sides."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self.command(*args), cwd=ROOT, env=self.environment(), stdin=pipe, stdout=pipe, stderr=pipe
        )

    def __call__(
        self, *args: str, given: str | bytes = b"", status: int = 0, env: Mapping[str, str] | None = None
    ) -> Done:
        """Run a command to its end; it must end with *status*."""
        raw = given.encode() if isinstance(given, str) else given
        ended = subprocess.run(
            self.command(*args),
            cwd=ROOT,
            env=self.environment(env),
            input=raw,
            capture_output=True,
            check=False,
            timeout=60,
        )
        done = Done(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
        assert "Traceback" not in done.err
        assert done.status == status, done.err or done.out
        return done

    def ingest(self, *stories: Mapping[str, object] | bytes, status: int = 0, quiet: bool = False) -> Done:
        """Store stories as JSON lines; bytes go in as they are."""
        options = ["--quiet-alerts"] if quiet else []
        lines = [story if isinstance(story, bytes) else json.dumps(story).encode() for story in stories]
        return self("ingest", "--jsonl", *options, "-", given=b"\n".join(lines), status=status)

    def ask(self, *questions: Mapping[str, object] | str, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        """Ask as JSON lines."""
        lines = [{"id": q, "q": q} if isinstance(q, str) else q for q in questions]
        return self("ask", "--jsonl", *options, given="\n".join(map(json.dumps, lines))).rows


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    """The command line on a database that is not there yet."""
    return Bot(tmp_path / "news.sqlite")


CROSSING = (
    "BELMOR, March 3 (Wire) - Some 1,200 people fled across the river Ister on Tuesday, Interior Minister "
    "Anna Kovac said.\n\n"
    '"They came with nothing but their coats," Ms Kovac told reporters in Belmor.\n\n'
    "The opposition has denied that anybody was turned back at the bridge."
)
NEWER = (
    "BELMOR, March 5 (Wire) - The number of people who fled across the river Ister has risen to 3,400, "
    "Interior Minister Anna Kovac said on Thursday.\n\n"
    "Two camps have been opened near the town of Dravik."
)


def story(**fields: object) -> dict[str, object]:
    """A story with everything that a line can hold; *fields* replace or add."""
    return {
        "id": "crossing",
        "title": "Hundreds flee across the Ister",
        "outlet": "Wire",
        "url": "https://wire.example/crossing",
        "published": "2026-03-03T18:00:00+01:00",
        "text": CROSSING,
        **fields,
    }


def newer(**fields: object) -> dict[str, object]:
    """The same event two days later."""
    return story(
        **{
            "id": "newer",
            "title": "Number of refugees grows",
            "url": "https://wire.example/newer",
            "published": "2026-03-05T18:00:00+01:00",
            "text": NEWER,
            **fields,
        }
    )
