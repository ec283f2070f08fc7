"""Start here: the command line, the wiring, start and stop.

Nothing else constructs what lives as long as the process, and nothing else reads the settings. What only some commands
need is imported by them alone, so that `bot.py ask` answers without waiting for the Telegram library.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper

from config.logs import set_up_logs
from config.reading import SettingsError, read_settings, unknown_variables
from config.settings import Settings
from handlers.commandline import ON_FILE, on_file, on_store
from handlers.commandline.parser import build_parser
from handlers.commandline.terminal import NO_ROOM, CommandError, Terminal, told_fault
from handlers.errors import CannotRun
from store.database.errors import StoreError
from store.database.people import Role, people_with, set_admins, set_team_chats
from store.database.store import Store

log = logging.getLogger(__name__)

DONE, NOT_DONE = 0, 1

# Reading a story makes thousands of small values and next to no cycles: with Python's own thresholds (700, 10, 10) the
# collector takes a seventh of the time of an import, and finds nothing.
COLLECTING = 20_000, 20, 20

SAMPLES_STORED = "Nothing was held yet, so {count} sample stories were stored."
ON_SAMPLES = """\
This is the bot in a terminal, on sample stories: a border in July 2021, a flood, a ferry strike.
Three questions to try:
  how many refugees
  what did the minister say about the warning
  how many people died in the flood"""
ON_STORIES = "This is the bot in a terminal: ask a question."
NO_ADMIN = (
    "no administrator is set, so that nobody may add stories: write to the bot, and put the user id "
    "that this log then shows into DATELINE_ADMINS"
)
TO_STORE = "A line is a message; a story of your own comes in with: bot.py ingest FILE. End with Ctrl-D."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 not done; wrong usage ends the process with 2."""
    gc.set_threshold(*COLLECTING)
    sys.stdin = sys.stdin or TextIOWrapper(BytesIO())  # None when it was closed for us
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        stream.reconfigure(encoding="utf-8", errors=errors)  # type: ignore[union-attr] # they are files
    args = build_parser().parse_args(argv)
    terminal = Terminal(sys.stdin.buffer, sys.stdout, sys.stderr, clock)
    try:
        status = _run(args, terminal)
        sys.stdout.flush()
    except SettingsError as error:
        terminal.warn("\n".join(error.lines))
    except CommandError as error:
        terminal.warn(str(error))
        return error.status
    except (StoreError, CannotRun) as error:
        terminal.warn(str(error))
    except BrokenPipeError:
        _close_quietly()
    except KeyboardInterrupt:
        terminal.warn("stopped")
    except OSError as error:
        full = error.errno in NO_ROOM
        terminal.warn(f"the output cannot be written: {error.strerror}" if full else told_fault(error))
        _close_quietly()
    except Exception as error:  # the top of the process
        terminal.warn(told_fault(error))
    else:
        return status
    return NOT_DONE


def clock() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)


def _run(args: Namespace, terminal: Terminal) -> int:
    settings = read_settings(db=args.db, config=args.config)
    for line in unknown_variables(os.environ):
        terminal.warn(line)
    command = args.command or ("run" if settings.token else "chat")
    # What the bot does all day is of no interest to somebody who types a command, unless they ask for it.
    level = settings.log.level if command == "run" or "level" in settings.log.model_fields_set else "WARNING"
    set_up_logs(level, secrets=[settings.token or ""])
    terminal = replace(terminal, zone=settings.zone)
    if command in ("run", "chat"):
        if command == "run" and not settings.token:
            raise CannotRun("there is no token: set TELEGRAM_TOKEN to the one that @BotFather gave, or use bot.py chat")
        return asyncio.run(_talk(settings, settings.token if command == "run" else None))
    if command == "check":
        return max(on_file(command)(args, settings.db, terminal), _check_token(settings, terminal))
    if command in ON_FILE:
        return on_file(command)(args, settings.db, terminal)
    with Store.open(settings.db) as store:
        if command == "ingest":
            _keep_people(store, settings)
        return on_store(command)(args, store, terminal)


async def _talk(settings: Settings, token: str | None) -> int:
    """Be the bot until told to stop, in Telegram or, without *token*, here; stopping is starting backwards."""
    from handlers.application import run_bot  # noqa: PLC0415 - 0.3 s that only these two commands need
    from handlers.console import run_console  # noqa: PLC0415
    from handlers.context import Services  # noqa: PLC0415
    from store.intake.sample_stories import holds_samples, load_samples  # noqa: PLC0415

    async with AsyncExitStack() as stack:
        store = Store.open(settings.db, exclusive=token is not None)
        stack.callback(store.close)
        _keep_people(store, settings, all_of_them=token is not None)
        services = Services(
            store=store,
            admins=frozenset(settings.admins),
            clock=clock,
            zone=settings.zone,
            follow_up_s=60.0 * settings.lookup.follow_up_minutes,
            inline=settings.telegram.inline,
            greeting=None if token else _greeting(load_samples(store, now=clock()), on_samples=holds_samples(store)),
        )
        if token is None:
            signal.signal(signal.SIGINT, signal.default_int_handler)  # asyncio's waits for the line to be ended first
            await run_console(services, sys.stdin, sys.stdout)
        else:
            if holds_samples(store):
                log.warning("sample stories are held and will answer; a new file, named by DATELINE_DB, starts empty")
            if not store.read(lambda db: people_with(db, Role.ADMIN)):
                log.warning(NO_ADMIN)
            telegram = settings.telegram
            # What is loaded by now stays as long as the process does. Frozen, it is passed over by the collector, whose
            # full rounds otherwise hold up every thread for some 30 ms, the event loop among them.
            gc.collect()
            gc.freeze()
            await run_bot(services, token=token, base_url=telegram.base_url, base_file_url=telegram.base_file_url)
    return DONE


def _greeting(stored: int, *, on_samples: bool) -> str:
    """Return the console's opening words; *stored* samples were stored just now, so that there is what to ask."""
    lines = [SAMPLES_STORED.format(count=stored)] if stored else []
    return "\n".join([*lines, ON_SAMPLES if on_samples else ON_STORIES, TO_STORE])


def _keep_people(store: Store, settings: Settings, *, all_of_them: bool = False) -> None:
    """Note the team chats and administrators of the settings, for alerts made before the bot first runs.

    Only `run` takes away those that the settings do not have: an `ingest` in a bare shell must not end the alerts of a
    bot that runs beside it.
    """
    if settings.team_chats or all_of_them:
        store.write(lambda db: set_team_chats(db, settings.team_chats, now=clock()))
    if settings.admins or all_of_them:
        store.write(lambda db: set_admins(db, settings.admins, now=clock()))


def _check_token(settings: Settings, terminal: Terminal) -> int:
    """Say whose token it is; 1 when Telegram refuses it or cannot be reached."""
    if not settings.token:
        terminal.say("token: none, so `bot.py` opens the console")
        return DONE
    from handlers.tokens import bot_name  # noqa: PLC0415 - as above

    try:
        name = asyncio.run(bot_name(settings.token, base_url=settings.telegram.base_url))
    except CannotRun as error:
        terminal.say(f"token: {error}")
        return NOT_DONE
    terminal.say(f"token: of {name}")
    return DONE


def _close_quietly() -> None:
    """Whoever read our output has gone. Without this, Python complains about it once more on its way out."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
