"""The documents are true: every setting, command and target is named, and the exchange shown can be had."""

from __future__ import annotations

import argparse
import re
import textwrap
import tomllib
from pathlib import Path

import pytest

from config.settings import TELEGRAM_VARIABLES, Settings
from handlers.commandline.parser import build_parser
from handlers.helping import HELP, HELP_ADMIN, HELP_EDITOR
from handlers.register import COMMANDS
from tests.commandline.conftest import Bot
from tests.config.test_settings import settings_of

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command."""
    (commands,) = (a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(commands.choices)


def options() -> list[tuple[str, str]]:
    """Return each command's long options."""
    return [
        (name, option)
        for name, parser in parsers().items()
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    ]


@pytest.mark.parametrize("path", settings_of(Settings), ids=".".join)
def test_every_setting_is_in_the_table(path: tuple[str, ...]) -> None:
    """By its place in the file and by its variable."""
    variables = {("telegram", key): name for name, key in TELEGRAM_VARIABLES.items()}
    variable = variables.get(path, "DATELINE_" + "__".join(path).upper())

    assert re.search(rf"^\| `{variable}` \| `{re.escape('.'.join(path))}` \|", README, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(parsers()))
def test_every_command_is_in_the_table(name: str) -> None:
    """With a row of its own."""
    assert re.search(rf"^\| `bot\.py {name}[ `]", README, re.MULTILINE)


@pytest.mark.parametrize(("name", "option"), options())
def test_every_option_is_in_its_command_s_row(name: str, option: str) -> None:
    """So that nobody has to call --help to learn that it exists."""
    row = re.search(rf"^\| `bot\.py {name}[ `].*$", README, re.MULTILINE)

    assert row
    assert re.search(rf"{option}\b", row[0])


def test_every_command_in_the_table_exists() -> None:
    """The README promises nothing that the command line does not know."""
    assert set(re.findall(r"bot\.py ([a-z]+)", README)) <= set(parsers())


def test_every_telegram_command_is_in_the_table() -> None:
    """As the bot shows them in Telegram."""
    assert [name for name in COMMANDS if not re.search(rf"^\| .*`/{name}[ `]", README, re.MULTILINE)] == []


def test_help_tells_of_every_telegram_command() -> None:
    """Each that Telegram offers is in what an administrator gets for /help."""
    told = f"{HELP} {HELP_EDITOR} {HELP_ADMIN}"

    assert [name for name in COMMANDS if name != "help" and not re.search(rf"/{name}\b", told)] == []


def test_every_target_is_named() -> None:
    """Each target of the Makefile is explained, and each that is explained exists."""
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)) - {"help"}

    assert targets == set(re.findall(r"make ([a-z]+)", README))


def test_every_folder_of_the_map_exists() -> None:
    """And nothing at the top is left out."""
    folders = set(re.findall(r"^\| `([a-z/.]+)` \|", README.split("## Developing")[1], re.MULTILINE))

    assert all((ROOT / folder).exists() for folder in folders)
    assert {"bot.py", "config/", "handlers/", "tests/"} <= folders


def test_the_exchange_can_be_had(tmp_path: Path) -> None:
    """The README shows what the console says; when that changes, copy it anew from a run."""
    shown = textwrap.dedent(README.split("<!-- exchange -->")[1].split("<!-- /exchange -->")[0]).strip()
    questions = [line.removeprefix("> ") for line in shown.splitlines() if line.startswith("> ")]

    talk = Bot(tmp_path / "news.sqlite")("chat", given="".join(f"{question}\n" for question in questions)).out

    assert questions
    assert shown in talk


def test_version_has_its_changes() -> None:
    """The version in pyproject.toml is the newest in the changelog."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = re.search(r"^## ([0-9.]+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert newest
    assert newest[1] == version


def test_one_sentence_to_a_line() -> None:
    """Diffs show what changed."""
    prose = re.sub(r"(?m)^(\||    |#|-|\d\.).*$", "", README)

    assert [line for line in prose.splitlines() if re.search(r"[a-z)`][.!?] [A-Z]", line)] == []
