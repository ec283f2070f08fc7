"""Reads the settings, and says in one line each which one is wrong, what it holds, and what to give instead."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError as UnreadableVariable

from config.settings import PREFIX, TELEGRAM_VARIABLES, Settings

STANDARD_FILE = Path(__file__).parent / "dateline.toml"


class SettingsError(Exception):
    """Settings that cannot be used; `lines` has one a wrong setting."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines


def read_settings(*, db: Path | None = None, config: Path | None = None) -> Settings:
    """Read every setting, the command line's *db* and *config* first.

    Raises:
        SettingsError: The TOML file cannot be read, or a setting is unknown or has a value that it cannot have.
    """
    file = _settings_file(config)
    in_file = _read_toml(file) if file else {}
    given = {name: value for name, value in (("db", db), ("config", file)) if value is not None}
    try:
        return Settings(**cast(dict[str, Any], given))  # Any: pydantic checks the values
    except ValidationError as error:
        raise SettingsError([_explain(detail, file, in_file) for detail in error.errors()]) from None
    except UnreadableVariable as error:
        raise SettingsError([f"{error}: a section is given key by key, as in {PREFIX}LOG__LEVEL=INFO"]) from None


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Return a line for each variable that looks like one of ours and is none, so that a slip does not go unseen."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    return [
        f"{name} in the environment is no setting and is not read{_nearest(name, known)}"
        for name in sorted(environ)
        if name.startswith(PREFIX) and name.split("__")[0] not in known
    ]


def _settings_file(config: Path | None) -> Path | None:
    """Return the TOML file to read: the one that was named, else the standard one when it is there."""
    named = config or os.environ.get("DATELINE_CONFIG")
    if named:
        return Path(named).expanduser()
    return STANDARD_FILE if STANDARD_FILE.is_file() else None


def _read_toml(file: Path) -> dict[str, Any]:  # Any: what TOML holds
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        why = f"cannot read the settings file {file}: {error.strerror}; name another with --config"
        raise SettingsError([why]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError([f"{file} is not TOML: {error}; compare it with config/dateline.example.toml"]) from None


def _explain(detail: ErrorDetails, file: Path | None, in_file: Mapping[str, Any]) -> str:
    """Say which setting is wrong, what it was given, and what it takes."""
    path = [str(part) for part in detail["loc"] if isinstance(part, str)][:2]
    where = _where(path, file, in_file)
    if detail["type"] == "extra_forbidden":
        return f"{where} is no setting{_nearest(path[-1], _fields(path[:-1]))}"
    value = "not a token" if path[-1] == "token" else repr(detail["input"])
    return f"{where} is {value}: give {_field_help(path)}"


def _where(path: list[str], file: Path | None, in_file: Mapping[str, Any]) -> str:
    """Name a setting as the operator gave it: the variable, or its place in the file."""
    names = [name for name, key in TELEGRAM_VARIABLES.items() if path == ["telegram", key]]
    names.append(PREFIX + "__".join(path).upper())
    for name in names:
        if os.environ.get(name):
            return name
    return f"{'.'.join(path)} in {file}" if _holds(in_file, path) else ".".join(path)


def _holds(table: Mapping[str, Any], path: list[str]) -> bool:
    inner = table.get(path[0])
    return path[0] in table if len(path) == 1 else isinstance(inner, Mapping) and _holds(inner, path[1:])


def _section(path: list[str]) -> type[BaseModel]:
    """Return the model that holds the settings under *path*."""
    if not path:
        return Settings
    return cast(type[BaseModel], Settings.model_fields[path[0]].annotation)


def _fields(path: list[str]) -> list[str]:
    return [name for name in _section(path).model_fields if name != "config"]


def _field_help(path: list[str]) -> str:
    field = _section(path[:-1]).model_fields[path[-1]]
    return field.description or f"a table of {', '.join(_fields(path))}"


def _nearest(name: str, known: Iterable[str]) -> str:
    """Return "; did you mean X?", or what there is when nothing is near."""
    known = sorted(known)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else f"; there are: {', '.join(known)}"
