"""Word lists that an editor can add a line to: the text files in `lexicons/`.

A line that begins with "#" is a comment; the first ones name the file's source and licence. Blank lines are skipped.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _read(name: str) -> tuple[str, ...]:
    text = (files(__package__) / "lexicons" / name).read_text(encoding="utf-8")
    return tuple(line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def lines(name: str) -> list[str]:
    """Return the entries of the lexicon file *name*, such as "honorifics.txt", in file order.

    Raises:
        FileNotFoundError: There is no such file in `lexicons/`.
    """
    return list(_read(name))


@cache
def word_set(name: str) -> frozenset[str]:
    """Return the entries of the lexicon file *name* as a set.

    Raises:
        FileNotFoundError: There is no such file in `lexicons/`.
    """
    return frozenset(_read(name))


def table(name: str) -> list[tuple[str, ...]]:
    """Return the rows of the tab-separated lexicon file *name*, in file order, cells stripped.

    Rows may be of different lengths where trailing cells are left out.

    Raises:
        FileNotFoundError: There is no such file in `lexicons/`.
    """
    return [tuple(cell.strip() for cell in line.split("\t")) for line in _read(name)]


@cache
def word_classes(name: str) -> dict[str, frozenset[str]]:
    """Return the words of each class in the lexicon file *name*, whose rows are a class, its words and their use.

    Raises:
        FileNotFoundError: There is no such file in `lexicons/`.
    """
    return {row[0]: frozenset(row[1].split()) for row in table(name)}
