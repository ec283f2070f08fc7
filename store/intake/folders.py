"""Which files of a folder may hold a story, and what is left out of it and why."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

STORY_SUFFIXES = (".txt", ".text", ".md")
_LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})
_MAX_KINDS_NAMED = 3  # of other files, by their suffixes
SEEN_BETWEEN_REPORTS = 500

Progress = Callable[[int, int], None]  # files looked at, of those that may hold a story


@dataclass(slots=True)
class Folder:
    """What a folder and those below it hold."""

    files: list[Path] = field(default_factory=list)  # those that may hold a story, in the order of their paths
    is_whole: bool = True  # False: looking stopped at the limit
    other_kinds: Counter[str] = field(default_factory=Counter)  # suffix -> files that are no text by their names
    no_files: int = 0  # pipes, sockets, links that lead nowhere
    hidden: int = 0  # files and folders
    links: int = 0  # links to folders, which are not followed: one may lead back up
    shut: int = 0  # folders that cannot be opened
    seen: int = 0  # files looked at

    @property
    def left_out(self) -> str:
        """Say what was left out and why; empty if nothing was."""
        parts = [
            _told(self.other_kinds.total() - self._lines, f"of other kinds ({self._kinds})"),
            _told(self._lines, "of JSON lines (ingest those with --jsonl)"),
            _told(self.no_files, "that cannot be read as files (pipes, broken links)"),
            _told(self.hidden, "hidden"),
            _told(self.links, "not followed (links to folders)"),
            _told(self.shut, "that could not be opened (folders)"),
        ]
        return ", ".join(filter(None, parts))

    @property
    def _lines(self) -> int:
        return sum(self.other_kinds[suffix] for suffix in _LINE_SUFFIXES)

    @property
    def _kinds(self) -> str:
        kinds = [kind or "without suffix" for kind, _ in self.other_kinds.most_common() if kind not in _LINE_SUFFIXES]
        return ", ".join(kinds[:_MAX_KINDS_NAMED]) + (", ..." if len(kinds) > _MAX_KINDS_NAMED else "")


def look_through(path: Path, *, limit: int | None = None, progress: Progress = lambda seen, found: None) -> Folder:
    """Return what the folder *path* and those below it hold; with *limit*, stop once more stories than that are found.

    A link to a folder is not followed, one to a file is. Nothing is opened.
    """
    folder = Folder()

    def shut(_: OSError) -> None:
        folder.shut += 1

    for place, below, names in os.walk(path, onerror=shut):
        _leave_out(folder, Path(place), below)
        for name in names:
            _sort(folder, Path(place, name))
            if folder.seen % SEEN_BETWEEN_REPORTS == 0:
                progress(folder.seen, len(folder.files))
            if limit is not None and len(folder.files) > limit:
                folder.is_whole = False
                return folder
    folder.files.sort()
    return folder


def _leave_out(folder: Folder, place: Path, below: list[str]) -> None:
    """Take hidden folders, and links to folders, out of those *below*, so that they are not gone into."""
    hidden = [name for name in below if name.startswith(".")]
    links = [name for name in below if name not in hidden and (place / name).is_symlink()]
    folder.hidden += len(hidden)
    folder.links += len(links)
    below[:] = sorted(set(below) - {*hidden, *links})


def _sort(folder: Folder, path: Path) -> None:
    folder.seen += 1
    if path.name.startswith("."):
        folder.hidden += 1
    elif path.suffix.lower() not in STORY_SUFFIXES:
        folder.other_kinds[path.suffix.lower()] += 1
    elif path.is_file():
        folder.files.append(path)
    else:
        folder.no_files += 1


def _told(count: int, what: str) -> str:
    return f"{count:,} {what}" if count else ""
