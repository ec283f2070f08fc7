"""What is said when nothing more can be written, and that what is held stays whole."""

from __future__ import annotations

import resource
import subprocess
from pathlib import Path

import pytest

from tests.commandline.conftest import CROSSING, Bot, story


def limited(bot: Bot, limit: int, *args: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command that may make no file longer than *limit* bytes; it must end with status 1 in one line."""
    ended = subprocess.run(
        bot.command(*args), cwd=bot.db.parent, env={**bot.environment(), "PYTHONDONTWRITEBYTECODE": "1"}, input=given,
        text=True, capture_output=True, timeout=60, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert ended.returncode == 1, ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    return ended


def test_a_file_that_may_not_grow_is_told_with_its_limit(bot: Bot) -> None:
    """Which file, how long it may be, and what to do; once it may grow the story is stored."""
    told = limited(bot, 10_000, "ingest", "-", given=CROSSING).stderr

    assert f"{bot.db} cannot grow: files of this process may have 10,000 bytes at most (ulimit -f)" in told
    assert "stored by half: raise the limit, and try again" in told
    assert "stored as s1" in bot("ingest", "-", given=CROSSING).out


def test_what_is_held_outlives_a_limit(bot: Bot, tmp_path: Path) -> None:
    """Neither a story nor a copy that finds no room harms the database, and no half file is left."""
    bot.ingest(story())
    for args in (("ingest", "-"), ("backup", str(tmp_path / "b.sqlite")), ("export", str(tmp_path / "e.jsonl"))):
        limited(bot, 2_000, *args, given="A ferry ran aground off Marrow.")

    assert "sound" in bot("check").out
    assert len(bot("facts", "--jsonl").rows) == 3
    assert not (tmp_path / "b.sqlite").exists()
    assert not (tmp_path / "e.jsonl").exists()


def test_an_export_that_finds_no_room_leaves_no_half(bot: Bot, tmp_path: Path) -> None:
    """What reads the database may still do so; the file that cannot be written is named."""
    for number in range(12):
        bot.ingest(story(id=str(number), url=None, title=None, text=f"{CROSSING}\n\nCamp {number} is full. " * 9))
    target = tmp_path / "e.jsonl"

    told = limited(bot, 40_000, "export", str(target)).stderr

    assert told == f"cannot write {target}: File too large; name another file\n"
    assert not target.exists()


@pytest.mark.parametrize("args", [("facts",), ("export", "-"), ("check",)])
def test_full_standard_output_is_no_fault_of_the_program(bot: Bot, args: tuple[str, ...]) -> None:
    """It is said in one line, with status 1."""
    bot.ingest(story())
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            bot.command(*args), env=bot.environment(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert ended.returncode == 1
    assert ended.stderr.endswith("the output cannot be written: No space left on device\n")
    assert "Traceback" not in ended.stderr
