"""The editor's settings in `news.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def news_settings() -> dict[str, dict[str, float]]:
    """Return the figures of `news.toml`."""
    return tomllib.loads((files(__package__) / "news.toml").read_text(encoding="utf-8"))
