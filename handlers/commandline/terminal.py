"""Where a command reads and writes, and what it raises when it cannot do what it was asked."""

from __future__ import annotations

import errno
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import BinaryIO, TextIO

log = logging.getLogger(__name__)

# Why a file, or whatever standard output leads to, takes no more: full, over a quota, over a limit.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class CommandError(Exception):
    """What was asked cannot be done; the message is one line that says why and what to do."""

    status = 1  # with which the process ends


class WrongUsage(CommandError):
    """The command line lacks something; the message says what."""

    status = 2


def told_fault(error: Exception) -> str:
    """Return the line that tells of a bug, and log where it is for those who ask for it.

    For the top of a loop or of the process: one story or question that we cannot read must not cost the others.
    """
    log.info("a fault of the program", exc_info=error)  # which `run` shows by itself, a quick command when asked
    shown = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return f"a fault of the program ({shown}): run it again with DATELINE_LOG__LEVEL=INFO and report what it says"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Standard input, output and error, and the time."""

    input: BinaryIO
    output: TextIO
    errors: TextIO
    clock: Callable[[], datetime]  # aware, UTC
    zone: tzinfo = UTC  # of the desk

    def now(self) -> datetime:
        """Return the time as the clocks of the desk show it."""
        return self.clock().astimezone(self.zone)

    def say(self, text: str = "") -> None:
        """Print a line of the result."""
        print(text, file=self.output)

    def warn(self, text: str) -> None:
        """Print a line that is not part of the result."""
        print(text, file=self.errors, flush=True)

    def json_line(self, value: Mapping[str, object]) -> None:
        """Print *value* as one line of JSON, at once: whoever reads may wait for it."""
        print(json.dumps(value, ensure_ascii=False), file=self.output, flush=True)
