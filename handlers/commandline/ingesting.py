"""`ingest`: stories from files, folders and standard input into the store."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from handlers.commandline.shapes import receipt_shape, refused_shape
from handlers.commandline.terminal import CommandError, Terminal, told_fault
from handlers.render import so_many
from store.database.errors import StoreError
from store.database.reading import story_by_key
from store.database.store import Store
from store.database.stories import Receipt
from store.facts.model import Story
from store.intake.accept import take_in
from store.intake.errors import RefusedError
from store.intake.files import MAX_FILE_BYTES, decode, read_file, refuse_data
from store.intake.folders import SEEN_BETWEEN_REPORTS, STORY_SUFFIXES, Folder, look_through
from store.intake.jsonl import StoryLine, bounded_lines, read_lines

ADDED_BY = "command line"
STDIN = "-"
# More text files than a desk keeps by hand are more likely the wrong folder: "/", a home, somebody's programs.
MAX_UNASKED = 1_000
_SUFFIXES = f"{', '.join(STORY_SUFFIXES[:-1])} or {STORY_SUFFIXES[-1]}"
MAX_NAMED = 3  # texts without a date that are named; of more the number is told


def run(args: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    """Store every story of every source; 1 when one of them was refused."""
    _refuse_urls(args.sources)
    sources = args.sources or [STDIN]
    work = _ingest_lines if args.jsonl else _ingest_texts
    tally = _Tally(terminal)
    if STDIN in sources and terminal.input.isatty():
        what = "JSON lines" if args.jsonl else "a story"
        terminal.warn(f"Reading {what} from this terminal: paste, and end with Ctrl-D on a line of its own.")
    try:
        work(args, sources, store, terminal, tally)
    finally:
        tally.close()
    return 1 if tally.refused else 0


@dataclass(slots=True)
class _Tally:
    """What was done so far, shown on a terminal while it goes on."""

    terminal: Terminal
    stories: int = 0
    facts: int = 0
    refused: int = 0
    undated: list[str] = field(default_factory=list)  # texts that were stored without a date

    def count(self, receipt: Receipt | None) -> None:
        self.stories += receipt is not None
        self.refused += receipt is None
        self.facts += receipt.facts if receipt else 0
        if self.terminal.errors.isatty():
            self._show("\r", end="")

    def close(self) -> None:
        if self.stories + self.refused > 1 or self.terminal.errors.isatty():
            self._show("\r" if self.terminal.errors.isatty() else "", end="\n")
        if self.undated:
            self.terminal.warn(_told_undated(self.undated))

    def _show(self, start: str, *, end: str) -> None:
        refused = f", {self.refused:,} refused" if self.refused else ""
        self.terminal.errors.write(
            f"{start}{so_many(self.stories, 'story', 'stories')}, {so_many(self.facts, 'fact', 'facts')}{refused}{end}"
        )
        self.terminal.errors.flush()


def _refuse_urls(sources: Iterable[str]) -> None:
    if address := next((s for s in sources if s.startswith(("http://", "https://"))), None):
        raise CommandError(f"{address}: pages are not fetched yet; save its text in a file and ingest that, with --url")


def _ingest_lines(
    args: argparse.Namespace, sources: list[str], store: Store, terminal: Terminal, tally: _Tally
) -> None:
    for line in _lines_of(sources, terminal):
        receipt, why = _tried(partial(_store_line, args, line, store, terminal))
        terminal.json_line(receipt_shape(receipt) if receipt else refused_shape(line.key, why))
        tally.count(receipt)


def _tried(work: Callable[[], Receipt]) -> tuple[Receipt | None, str]:
    """Return what *work* returns, or None and why one story was not stored; what concerns them all is raised."""
    try:
        return work(), ""
    except RefusedError as refused:
        return None, refused.why
    except StoreError:
        raise
    except Exception as error:  # the top of the loop over stories
        return None, told_fault(error)


def _store_line(args: argparse.Namespace, line: StoryLine, store: Store, terminal: Terminal) -> Receipt:
    if line.story is None:
        raise RefusedError(line.why or "")
    story = _with_options(line.story, args)
    return _take_in(args, store, story, terminal, key=line.key)


def _lines_of(sources: list[str], terminal: Terminal) -> Iterator[StoryLine]:
    for source in sources:
        if source == STDIN:
            yield from read_lines(bounded_lines(terminal.input))
            continue
        try:
            with Path(source).open("rb") as file:
                yield from read_lines(bounded_lines(file))
        except OSError as error:
            raise CommandError(f"cannot read {source}: {error.strerror}; name a file of JSON lines, or -") from error


def _ingest_texts(
    args: argparse.Namespace, sources: list[str], store: Store, terminal: Terminal, tally: _Tally
) -> None:
    found = _texts(sources, terminal, limit=None if args.all else MAX_UNASKED)
    if len(found) > 1 and (args.title or args.url):
        raise CommandError("--title and --url belong to one story, and there are several: ingest them one by one")
    for source in found:
        receipt, why = _tried(partial(_store_text, args, source, store, terminal))
        if receipt:
            terminal.say(_told(source, receipt))
            tally.undated += [source] if _is_undated(store, receipt) else []
        else:
            terminal.warn(f"{source}: {why}")
        tally.count(receipt)


def _store_text(args: argparse.Namespace, source: str, store: Store, terminal: Terminal) -> Receipt:
    story = _with_options(Story(text=_read(source, terminal)), args)
    return _take_in(args, store, story, terminal)


def _take_in(
    args: argparse.Namespace, store: Store, story: Story, terminal: Terminal, *, key: str | None = None
) -> Receipt:
    now, quiet = terminal.clock(), args.quiet_alerts
    return take_in(store, story, key=key, now=now, quiet=quiet, added_by=ADDED_BY, zone=terminal.zone)


def _is_undated(store: Store, receipt: Receipt) -> bool:
    """Tell whether a story was stored of which neither the options nor the text gave the day."""
    held = store.read(lambda db: story_by_key(db, receipt.story)) if receipt.state == "stored" else None
    return held is not None and held.story.published_at is None


def _told_undated(sources: list[str]) -> str:
    more = f" and {len(sources) - MAX_NAMED:,} more" if len(sources) > MAX_NAMED else ""
    return (
        f"stored without a date: {', '.join(sources[:MAX_NAMED])}{more}; which day 'yesterday' was in there is not "
        "known. Ingest it again and say when it was published: --published 2026-02-03T17:42:00+05:00"
    )


def _texts(sources: Iterable[str], terminal: Terminal, *, limit: int | None) -> list[str]:
    """Return "-" and the path of each file, folders opened; what is left out of a folder is said.

    Raises:
        CommandError: A folder holds no story, or, unless *limit* is None, so many files that it must be a slip.
    """
    found: list[str] = []
    for source in sources:
        if source == STDIN or not Path(source).is_dir():
            found.append(source)
            continue
        folder = _look_through(Path(source), terminal, limit=limit)
        left_out = f"; left out: {folder.left_out}" if folder.left_out else ""
        if not folder.files:
            raise CommandError(f"{source} holds no {_SUFFIXES} file{left_out}")
        terminal.warn(f"{source}: {so_many(len(folder.files), 'file', 'files')} to store{left_out}")
        found += map(str, folder.files)
    return found


def _look_through(path: Path, terminal: Terminal, *, limit: int | None) -> Folder:
    def show(seen: int, stories: int) -> None:
        terminal.errors.write(f"\r{path}: {seen:,} files looked at, {stories:,} of them {_SUFFIXES}")
        terminal.errors.flush()

    if limit is not None and path.resolve() == Path(path.resolve().anchor):
        raise CommandError(f"{path} is the whole disk: name the folder with the stories, or add --all")
    on_screen = terminal.errors.isatty()
    folder = look_through(path, limit=limit, progress=show) if on_screen else look_through(path, limit=limit)
    if on_screen and folder.seen >= SEEN_BETWEEN_REPORTS:
        terminal.warn("")
    if not folder.is_whole:
        raise CommandError(
            f"{path} holds more than {limit:,} {_SUFFIXES} files, such as {folder.files[-1]}; nothing was stored: "
            "name the folder with the stories, or add --all if all of them are"
        )
    return folder


def _read(source: str, terminal: Terminal) -> str:
    if source == STDIN:
        return decode(terminal.input.read(MAX_FILE_BYTES + 1), name="standard input")
    refuse_data(source)
    return read_file(Path(source))


def _with_options(story: Story, args: argparse.Namespace) -> Story:
    """Fill in from the options what the story does not say itself."""
    return replace(
        story,
        title=story.title or args.title,
        outlet=story.outlet or args.outlet,
        url=story.url or args.url,
        published_at=story.published_at or args.published,
    )


def _told(source: str, receipt: Receipt) -> str:
    """Say "story.txt: stored as s12, 14 facts, 3 already held"."""
    where = f"{source}: {receipt.state}"
    held_as = receipt.held_as or receipt.story
    if receipt.state == "known":
        return f"{where}, held as {held_as}; nothing was added"
    if receipt.filled_in:
        return f"{where}, held as {held_as}; filled in what was missing: {', '.join(receipt.filled_in)}"
    already = f", {receipt.already_held} already held" if receipt.already_held else ""
    return f"{where} as {receipt.story}, {so_many(receipt.facts, 'fact', 'facts')}{already}"
