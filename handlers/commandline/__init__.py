"""The command line: one module a group of commands, loaded only when asked for, so that `ask` starts fast.

`on_store` commands work on an open store, beside a running bot; `on_file` commands work on the file itself.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from handlers.commandline.terminal import Terminal
    from store.database.store import Store

StoreCommand = Callable[[Namespace, "Store", "Terminal"], int]
FileCommand = Callable[[Namespace, Path, "Terminal"], int]

ON_STORE = {
    "ingest": ("ingesting", "run"),
    "ask": ("asking", "run"),
    "facts": ("listing", "list_facts"),
    "alerts": ("listing", "list_alerts"),
    "watch": ("watching", "run"),
    "export": ("keeping", "export"),
}
ON_FILE = {"check": ("keeping", "check"), "backup": ("keeping", "backup"), "restore": ("keeping", "restore")}


def on_store(name: str) -> StoreCommand:
    """Return the command *name*: it takes its options and the open store, and returns the exit status."""
    return cast(StoreCommand, _load(*ON_STORE[name]))


def on_file(name: str) -> FileCommand:
    """Return the command *name*: it takes its options and the database's path, and returns the exit status."""
    return cast(FileCommand, _load(*ON_FILE[name]))


def _load(module: str, function: str) -> object:
    return getattr(import_module(f"{__name__}.{module}"), function)
