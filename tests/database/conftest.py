"""A store in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store's file is, or would be."""
    return tmp_path / "news.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An open, empty store."""
    with Store.open(path) as opened:
        yield opened
