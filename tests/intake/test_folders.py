"""What a folder holds for us, and what is said of the rest."""

from __future__ import annotations

import os
from pathlib import Path

from store.intake.folders import look_through


def fill(folder: Path, *names: str) -> None:
    """Make files with a word in each."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_folder_gives_its_texts_in_order(tmp_path: Path) -> None:
    """Text files only, folders below included; the rest is told by why it was left out."""
    fill(tmp_path, "b.txt", "a/c.TXT", "a/b.md", "a/picture.png", "a/photo.png", "a/x.jsonl", ".git/x.txt", "a/.d.txt")
    os.mkfifo(tmp_path / "pipe.txt")

    folder = look_through(tmp_path)

    assert [str(path.relative_to(tmp_path)) for path in folder.files] == ["a/b.md", "a/c.TXT", "b.txt"]
    assert folder.left_out == (
        "2 of other kinds (.png), 1 of JSON lines (ingest those with --jsonl), "
        "1 that cannot be read as files (pipes, broken links), 2 hidden"
    )
    assert look_through(tmp_path / "a" / "nothing").left_out == "1 that could not be opened (folders)"


def test_links_in_a_circle_are_survived(tmp_path: Path) -> None:
    """A link to a folder is not followed, one to a file is, one to itself is no file."""
    fill(tmp_path / "in", "a.txt")
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "self.txt").symlink_to("self.txt")

    folder = look_through(tmp_path)

    assert [path.name for path in folder.files] == ["a.txt", "b.txt"]
    assert (folder.links, folder.no_files) == (1, 1)


def test_looking_stops_at_the_limit_and_tells_how_far_it_is(tmp_path: Path) -> None:
    """Nobody waits for a whole disk to be listed; on the way it is said how far it is."""
    fill(tmp_path, *(f"{number}.txt" for number in range(1_200)))
    reports: list[tuple[int, int]] = []

    stopped = look_through(tmp_path, limit=20)
    whole = look_through(tmp_path, limit=1_200, progress=lambda *report: reports.append(report))

    assert (stopped.is_whole, len(stopped.files), stopped.seen) == (False, 21, 21)
    assert (whole.is_whole, len(whole.files)) == (True, 1_200)
    assert reports == [(500, 500), (1_000, 1_000)]
