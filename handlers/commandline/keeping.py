"""`backup`, `restore`, `export` and `check`: looking after the file in which everything is."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from handlers.commandline.terminal import NO_ROOM, CommandError, Terminal
from handlers.markup import plain
from handlers.render import held_line
from store.database import backup as backups
from store.database.checks import find_problems
from store.database.exporting import export_lines
from store.database.reading import holdings
from store.database.store import Store
from store.lookup.model import Holdings


def backup(args: argparse.Namespace, path: Path, terminal: Terminal) -> int:
    """Copy the database to a new file, also while a bot works on it."""

    def show(done: int, pages: int) -> None:
        if terminal.errors.isatty():
            terminal.errors.write(f"\r{100 * done // max(pages, 1)} %{'' if done < pages else chr(10)}")

    _refuse_missing_folder(args.path)
    backups.back_up(path, args.path, progress=show)
    terminal.say(f"{args.path}: a checked copy of {path}, {args.path.stat().st_size:,} bytes")
    return 0


def restore(args: argparse.Namespace, path: Path, terminal: Terminal) -> int:
    """Put a backup in the place of the database; what was there is kept under another name."""
    aside = backups.restore(args.path, path, now=terminal.clock(), replace=True)
    terminal.say(f"{path}: restored from {args.path}" + (f"; the one before is kept as {aside}" if aside else ""))
    return 0


def export(args: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    """Write everything that is held as JSON lines."""
    to_output = str(args.path) == "-"
    lines = store.read(lambda db: _write_lines(export_lines(db), terminal.output if to_output else args.path))
    terminal.warn(f"{lines:,} lines written")
    return 0


def _refuse_missing_folder(path: Path) -> None:
    folder = path.absolute().parent
    if not folder.is_dir():
        raise CommandError(f"cannot write {path}: there is no folder {folder}; make it first, or name another file")


def _write_lines(lines: Iterable[str], output: TextIO | Path) -> int:
    """Write *lines* and return how many; a new file that cannot hold them all is taken away again."""
    if not isinstance(output, Path):
        return sum(1 for line in lines if output.write(line + "\n"))
    _refuse_missing_folder(output)
    try:
        with output.open("x", encoding="utf-8") as file:
            return _write_lines(lines, file)
    except FileExistsError:
        raise CommandError(f"{output} is already there and is left alone; name another file") from None
    except OSError as error:
        if error.errno in NO_ROOM:
            output.unlink(missing_ok=True)
        raise CommandError(f"cannot write {output}: {error.strerror}; name another file") from None


def check(_args: argparse.Namespace, path: Path, terminal: Terminal) -> int:
    """Say whether the database is whole and what it holds; 1 when something is wrong."""
    if not path.exists():
        terminal.say(f"database: none yet at {path}; the first command that needs it makes it")
        return 0
    with Store.open(path) as store:
        problems = store.read(find_problems)
        held = Holdings(*store.read(holdings))
    for problem in problems:
        terminal.say(f"database: {problem.what}; {problem.advice}")
    if not problems:
        terminal.say(f"database: sound, {path}\n{plain(held_line(held))}")
    return 1 if problems else 0
