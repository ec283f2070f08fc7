"""What an operator may change: every setting, with its default and where it is read from.

A setting is taken from the first of these that has it: the command line (`--db`, `--config`), the environment,
the TOML file, the default beside it here. `config/dateline.example.toml` shows each one with its default.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PREFIX = "DATELINE_"
# What everybody calls these; the long names (DATELINE_TELEGRAM__TOKEN) work too, and lose to them.
TELEGRAM_VARIABLES = {
    "TELEGRAM_TOKEN": "token",
    "TELEGRAM_BASE_URL": "base_url",
    "TELEGRAM_BASE_FILE_URL": "base_file_url",
}


def _split_commas(value: object) -> object:
    """Take "1, 2" from the environment and [1, 2] from TOML."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _expand_home(value: object) -> object:
    return Path(value).expanduser() if isinstance(value, str) else value


Ids = Annotated[tuple[int, ...], NoDecode, BeforeValidator(_split_commas)]
FilePath = Annotated[Path, BeforeValidator(_expand_home)]
# A token has no blanks; pasting one with a line end is the usual mistake.
Token = Annotated[SecretStr, Field(min_length=1)]
WebAddress = Annotated[str, Field(pattern=r"^https?://[^\s/]+(/\S*)?$")]


class Section(BaseModel):
    """One table of the TOML file. An unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Telegram(Section):
    """How the bot reaches Telegram, and what it does there."""

    token: Token | None = Field(default=None, description="the token that @BotFather gave, such as 123456:ABC-DEF")
    base_url: WebAddress | None = Field(
        default=None, description="an address such as http://127.0.0.1:8081/bot, to which the token is added"
    )
    base_file_url: WebAddress | None = Field(
        default=None, description="an address such as http://127.0.0.1:8081/file/bot, to which the token is added"
    )
    inline: bool = Field(default=False, description="true or false")


class Lookup(Section):
    """How questions are answered."""

    follow_up_minutes: int = Field(
        default=15, ge=0, le=1440, description="a whole number of minutes, 0 (no follow-ups) to 1440 (a day)"
    )


class Log(Section):
    """What is told on standard error."""

    level: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR"],
        BeforeValidator(lambda value: value.upper() if isinstance(value, str) else value),
    ] = Field(default="INFO", description="one of DEBUG, INFO, WARNING, ERROR")


def default_db() -> Path:
    """Return where the database is kept when nobody says: the user's data folder, as the platform has it."""
    return platformdirs.user_data_path("dateline", appauthor=False) / "dateline.sqlite"


class Settings(BaseSettings):
    """Every setting, read and checked."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True, extra="forbid", frozen=True
    )

    config: FilePath | None = Field(default=None, description="the path of a TOML file")
    db: FilePath = Field(default_factory=default_db, description="the path of the SQLite file")
    admins: Ids = Field(default=(), description="numeric Telegram user ids, separated by commas")
    team_chats: Ids = Field(default=(), description="numeric Telegram chat ids, separated by commas")
    zone: ZoneInfo = Field(default=ZoneInfo("UTC"), description="the name of a time zone, such as Europe/Vienna")
    telegram: Telegram = Telegram()
    lookup: Lookup = Lookup()
    log: Log = Log()

    @cached_property
    def token(self) -> str | None:
        """The bot's token in the clear, or None when there is none."""
        return self.telegram.token.get_secret_value().strip() if self.telegram.token else None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources, the first one wins; the command line's values come as arguments."""
        config = cast(InitSettingsSource, init_settings).init_kwargs.get("config")
        return (
            init_settings,
            TelegramVariables(settings_cls, os.environ),
            env_settings,
            TomlConfigSettingsSource(settings_cls, config),
        )


class TelegramVariables(PydanticBaseSettingsSource):
    """The TELEGRAM_ variables, which carry no prefix of ours."""

    def __init__(self, settings_cls: type[BaseSettings], environ: Mapping[str, str]) -> None:
        super().__init__(settings_cls)
        self.found = {key: environ[name] for name, key in TELEGRAM_VARIABLES.items() if environ.get(name)}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:  # Any: as the base has it
        return (self.found or None if field_name == "telegram" else None), field_name, False

    def __call__(self) -> dict[str, Any]:
        return {"telegram": self.found} if self.found else {}
