"""Settings are taken from the first place that has them, and a wrong one is named with what to give instead."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from config.reading import SettingsError, read_settings, unknown_variables
from config.settings import PREFIX, TELEGRAM_VARIABLES, Settings, default_db

EXAMPLE = Path(__file__).parents[2] / "config" / "dateline.example.toml"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests, and no settings file of the checkout."""
    for name in os.environ:
        if name.startswith((PREFIX, "TELEGRAM_")):
            monkeypatch.delenv(name)
    monkeypatch.setattr("config.reading.STANDARD_FILE", Path("/nowhere/dateline.toml"))


def toml(folder: Path, text: str) -> Path:
    """Write a settings file."""
    file = folder / "dateline.toml"
    file.write_text(text, encoding="utf-8")
    return file


def lines_of(**given: Any) -> list[str]:
    """Return what is said about settings that cannot be used."""
    with pytest.raises(SettingsError) as caught:
        read_settings(**given)
    return caught.value.lines


def test_defaults_need_nothing() -> None:
    """Without any setting there is no token, and the database is in the user's data folder."""
    settings = read_settings()

    assert settings.token is None
    assert settings.db == default_db()
    assert (settings.admins, settings.team_chats) == ((), ())
    assert (settings.log.level, settings.telegram.inline) == ("INFO", False)


def test_environment_wins_over_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A variable wins over the file; what only the file has is kept."""
    file = toml(tmp_path, 'admins = [7]\nteam_chats = [-1]\n[log]\nlevel = "ERROR"\n[telegram]\ninline = true\n')
    monkeypatch.setenv("DATELINE_LOG__LEVEL", "debug")
    monkeypatch.setenv("DATELINE_ADMINS", "1, 2,")

    settings = read_settings(config=file)

    assert settings.log.level == "DEBUG"
    assert settings.admins == (1, 2)
    assert settings.team_chats == (-1,)
    assert settings.telegram.inline


def test_command_line_wins_over_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """--db and --config win over DATELINE_DB and DATELINE_CONFIG."""
    monkeypatch.setenv("DATELINE_DB", str(tmp_path / "environment.sqlite"))
    monkeypatch.setenv("DATELINE_CONFIG", str(tmp_path / "missing.toml"))

    settings = read_settings(db=tmp_path / "given.sqlite", config=toml(tmp_path, "admins = [3]"))

    assert settings.db == tmp_path / "given.sqlite"
    assert settings.admins == (3,)


def test_config_variable_names_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """DATELINE_CONFIG is read when no file is given."""
    monkeypatch.setenv("DATELINE_CONFIG", str(toml(tmp_path, "admins = [3]")))

    assert read_settings().admins == (3,)


@pytest.mark.parametrize(("variable", "key"), TELEGRAM_VARIABLES.items())
def test_telegram_variables(monkeypatch: pytest.MonkeyPatch, variable: str, key: str) -> None:
    """TELEGRAM_TOKEN and its like are read beside the long names, and win over them."""
    monkeypatch.setenv(f"DATELINE_TELEGRAM__{key.upper()}", "http://long.example/bot")
    monkeypatch.setenv(variable, "http://short.example/bot")

    told = read_settings().telegram

    assert "short" in (told.token.get_secret_value() if key == "token" and told.token else str(getattr(told, key)))


def test_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """`TELEGRAM_TOKEN= make run` opens the console."""
    monkeypatch.setenv("TELEGRAM_TOKEN", "")
    monkeypatch.setenv("DATELINE_ADMINS", "")

    assert read_settings().token is None


def test_token_is_trimmed_and_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token pasted with a line end works, and printing the settings does not show it."""
    monkeypatch.setenv("TELEGRAM_TOKEN", " 123:secret\n")

    settings = read_settings()

    assert settings.token == "123:secret"
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("DATELINE_ADMINS", "1,anna", "DATELINE_ADMINS is 'anna': give numeric Telegram user ids, separated by commas"),
        ("DATELINE_LOG__LEVEL", "LOUD", "DATELINE_LOG__LEVEL is 'LOUD': give one of DEBUG, INFO, WARNING, ERROR"),
        ("DATELINE_TELEGRAM__INLINE", "perhaps", "DATELINE_TELEGRAM__INLINE is 'perhaps': give true or false"),
        ("DATELINE_TELEGRAM__INLIN", "true", "DATELINE_TELEGRAM__INLIN is no setting; did you mean inline?"),
        ("DATELINE_LOOKUP__FOLLOW_UP_MINUTES", "-1", "DATELINE_LOOKUP__FOLLOW_UP_MINUTES is '-1': give a whole number"),
        ("DATELINE_ZONE", "Mars", "DATELINE_ZONE is 'Mars': give the name of a time zone, such as Europe/Vienna"),
        ("DATELINE_ZONE", "../etc/passwd", "DATELINE_ZONE is '../etc/passwd': give the name of a time zone"),
        ("TELEGRAM_BASE_URL", "localhost", "TELEGRAM_BASE_URL is 'localhost': give an address such as http://"),
    ],
)
def test_bad_variable_is_named(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, expected: str) -> None:
    """A bad value gives one line: the variable, the value, what to give."""
    monkeypatch.setenv(variable, value)

    (line,) = lines_of()

    assert line.startswith(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[telegram]\ninlin = true", "telegram.inlin in {file} is no setting; did you mean inline?"),
        ("team_chat = [1]", "team_chat in {file} is no setting; did you mean team_chats?"),
        ("[nonsense]\nx = 1", "nonsense in {file} is no setting; there are: admins, db, log,"),
        ('admins = ["anna"]', "admins in {file} is 'anna': give numeric Telegram user ids"),
        ("log = 3", "log in {file} is 3: give a table of level"),
        ("admins = [", "{file} is not TOML: "),
        ("[telegram]\ntoken = 3", "telegram.token in {file} is not a token: give the token that @BotFather gave"),
    ],
)
def test_bad_file_is_told(tmp_path: Path, text: str, expected: str) -> None:
    """A bad line of the file is named with the file; an unknown key with the nearest that there is."""
    file = toml(tmp_path, text)

    (line,) = lines_of(config=file)

    assert line.startswith(expected.format(file=file))


def test_every_wrong_setting_is_told_at_once(tmp_path: Path) -> None:
    """Two slips give two lines, so that nobody has to run it twice."""
    assert len(lines_of(config=toml(tmp_path, 'admins = ["x"]\n[log]\nlevel = "LOUD"'))) == 2


def test_missing_file_is_told(tmp_path: Path) -> None:
    """A file that was named and is not there is an error, not a default."""
    (line,) = lines_of(config=tmp_path / "none.toml")

    assert "none.toml" in line
    assert "--config" in line


def test_a_section_as_one_variable_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """DATELINE_LOG=DEBUG is a slip that pydantic-settings would word for programmers."""
    monkeypatch.setenv("DATELINE_LOG", "DEBUG")

    (line,) = lines_of()

    assert "DATELINE_LOG__LEVEL=INFO" in line


def test_unknown_variables_are_told() -> None:
    """A variable of ours that is no setting is named with the nearest one; others are left alone."""
    lines = unknown_variables({"DATELINE_TEAMCHATS": "1", "DATELINE_LOG__LEVEL": "INFO", "HOME": "/"})

    assert lines == [
        "DATELINE_TEAMCHATS in the environment is no setting and is not read; did you mean DATELINE_TEAM_CHATS?"
    ]


def settings_of(model: type[BaseModel], path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Return the path of every single setting."""
    found = []
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            found += settings_of(field.annotation, (*path, name))
        elif (*path, name) != ("config",):
            found.append((*path, name))
    return found


def uncommented(text: str) -> str:
    """Return the example file with its commented settings switched on."""
    lines = [line.removeprefix("# ") for line in text.splitlines()]
    return "\n".join(line for line in lines if line.startswith("[") or re.match("[a-z_]+ = ", line))


def test_example_shows_every_setting_with_its_default() -> None:
    """The example file names each setting, and the value shown is the default, or empty where there is none."""
    shown = tomllib.loads(uncommented(EXAMPLE.read_text(encoding="utf-8")))
    defaults = read_settings().model_dump(mode="json")

    for path in settings_of(Settings):
        value, default = lookup(shown, path), lookup(defaults, path)
        assert value == ("" if default is None else default) or path == ("db",), path


def lookup(table: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """Return what is under *path*."""
    return table[path[0]] if len(path) == 1 else lookup(table[path[0]], path[1:])
