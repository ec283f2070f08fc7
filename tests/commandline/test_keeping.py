"""`check`, `backup`, `restore` and `export`, and the errors that an operator can meet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commandline.conftest import CROSSING, Bot, newer, story


def test_a_backup_is_restored(bot: Bot, tmp_path: Path) -> None:
    """What came after the backup is set aside under another name, not lost."""
    bot.ingest(story())
    assert "a checked copy of" in bot("backup", str(tmp_path / "copy.sqlite")).out
    bot.ingest(newer())

    out = bot("restore", str(tmp_path / "copy.sqlite")).out

    assert {fact["story"] for fact in bot("facts", "--jsonl").rows} == {"crossing"}
    aside = Path(out.strip().rsplit(" ", 1)[1])
    assert {fact["story"] for fact in Bot(aside)("facts", "--jsonl").rows} == {"crossing", "newer"}


def test_a_backup_overwrites_nothing(bot: Bot, tmp_path: Path) -> None:
    """A file that is there is left alone."""
    bot.ingest(story())
    (tmp_path / "copy.sqlite").write_text("something else")

    assert "left alone" in bot("backup", str(tmp_path / "copy.sqlite"), status=1).err
    assert (tmp_path / "copy.sqlite").read_text() == "something else"


@pytest.mark.parametrize("command", ["backup", "export"])
def test_a_missing_folder_is_named(bot: Bot, tmp_path: Path, command: str) -> None:
    """It is the copy's folder that is missing, so that another --db would help nobody."""
    bot.ingest(story())

    err = bot(command, str(tmp_path / "none" / "copy"), status=1).err

    assert f"there is no folder {tmp_path / 'none'}; make it first" in err
    assert "--db" not in err


def test_no_database_is_backed_up(bot: Bot, tmp_path: Path) -> None:
    """A slip in --db does not give an empty copy."""
    assert "no such file" in bot("backup", str(tmp_path / "copy.sqlite"), status=1).err
    assert not bot.db.exists()


@pytest.mark.parametrize("name", ["none.sqlite", "text.sqlite"])
def test_only_a_backup_is_restored(bot: Bot, tmp_path: Path, name: str) -> None:
    """Nothing is changed otherwise."""
    bot.ingest(story())
    (tmp_path / "text.sqlite").write_text("no database" * 100)

    assert "cannot be restored" in bot("restore", str(tmp_path / name), status=1).err
    assert len(bot("facts", "--jsonl").rows) == 3


def test_everything_is_exported(bot: Bot, tmp_path: Path) -> None:
    """As JSON lines, to a new file or to standard output."""
    bot.ingest(story())

    lines = [json.loads(line) for line in bot("export", "-").out.splitlines()]
    bot("export", str(tmp_path / "all.jsonl"))

    assert {"story", "fact", "alert"} <= {line["kind"] for line in lines}
    assert CROSSING in (tmp_path / "all.jsonl").read_text(encoding="utf-8").replace("\\n", "\n").replace('\\"', '"')
    assert "already there" in bot("export", str(tmp_path / "all.jsonl"), status=1).err


def test_check_says_what_is_held(bot: Bot) -> None:
    """Without a token and without a database there is nothing wrong."""
    assert "none yet" in bot("check").out
    bot.ingest(story())

    out = bot("check").out

    assert "database: sound" in out
    assert "1 story, 3 facts" in out
    assert "token: none" in out


def test_check_finds_damage(bot: Bot) -> None:
    """A page that was overwritten is found, with what to do; status 1."""
    bot.ingest(*(story(id=f"n{n}", title=None, url=None, text=f"{CROSSING} Case {n}.") for n in range(5)), quiet=True)
    raw = bytearray(bot.db.read_bytes())
    middle = len(raw) // 2 // 4096 * 4096
    raw[middle : middle + 4096] = b"\xa5" * 4096
    bot.db.write_bytes(raw)

    done = bot("check", status=1)

    assert "damaged" in done.out + done.err
    assert "restore" in done.out + done.err


def test_check_names_a_wrong_setting(bot: Bot) -> None:
    """One line that says which, what it is, and what to give."""
    done = bot("check", status=1, env={"DATELINE_ADMINS": "anna"})

    assert done.err == "DATELINE_ADMINS is 'anna': give numeric Telegram user ids, separated by commas\n"


def test_check_tries_the_token(bot: Bot) -> None:
    """Nobody listens on that port: said in one line, status 1, and the token is nowhere."""
    env = {"TELEGRAM_TOKEN": "4242:secret", "TELEGRAM_BASE_URL": "http://127.0.0.1:9/bot"}

    done = bot("check", status=1, env=env)

    assert "token: Telegram cannot be reached" in done.out
    assert "secret" not in done.out + done.err


def test_run_needs_a_token(bot: Bot) -> None:
    """One line, and the console as the other way."""
    done = bot("run", status=1)

    assert done.err.startswith("there is no token: set TELEGRAM_TOKEN")
    assert len(done.err.splitlines()) == 1


def test_unknown_variables_are_told_and_do_no_harm(bot: Bot) -> None:
    """A slip in a variable's name is said on standard error; the command goes on."""
    done = bot("facts", env={"DATELINE_TEAMCHATS": "-1"})

    assert "did you mean DATELINE_TEAM_CHATS?" in done.err
