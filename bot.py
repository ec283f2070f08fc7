"""Start here: the command line, the wiring, start and stop.

Nothing else constructs what lives as long as the process, and nothing else reads the settings.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from config.logs import set_up_logs
from config.reading import SettingsError, read_settings, unknown_variables
from handlers.commandline import ON_FILE, on_file, on_store
from handlers.commandline.parser import build_parser
from handlers.commandline.terminal import CommandError, Terminal
from store.database.errors import StoreError
from store.database.people import set_team_chats
from store.database.store import Store

DONE, NOT_DONE = 0, 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 not done; wrong usage ends the process with 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # real files here
    args = build_parser().parse_args(argv)
    terminal = Terminal(sys.stdin.buffer, sys.stdout, sys.stderr, lambda: datetime.now(UTC))
    try:
        return _run(args, terminal)
    except SettingsError as error:
        terminal.warn("\n".join(error.lines))
    except (CommandError, StoreError) as error:
        terminal.warn(str(error))
    except BrokenPipeError:
        _close_quietly()
    except KeyboardInterrupt:
        terminal.warn("stopped")
    return NOT_DONE


def _run(args: Namespace, terminal: Terminal) -> int:
    settings = read_settings(db=args.db, config=args.config)
    for line in unknown_variables(os.environ):
        terminal.warn(line)
    set_up_logs(settings.log.level, secrets=[settings.token or ""])
    command = args.command or ("run" if settings.token else "chat")
    if command in ON_FILE:
        return on_file(command)(args, settings.db, terminal)
    with Store.open(settings.db) as store:
        if command == "ingest" and settings.team_chats:
            _keep_team_chats(store, settings.team_chats, terminal)
        return on_store(command)(args, store, terminal)


def _keep_team_chats(store: Store, chats: Collection[int], terminal: Terminal) -> None:
    """Alerts of what is ingested go to the chats in the settings, also before the bot has run for the first time.

    Without the setting nothing changes: an `ingest` in a bare shell must not take the chats from a running bot.
    """
    store.write(lambda db: set_team_chats(db, chats, now=terminal.clock()))


def _close_quietly() -> None:
    """Whoever read our output has gone. Without this, Python complains about it once more on its way out."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
