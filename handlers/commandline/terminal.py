"""Where a command reads and writes, and what it raises when it cannot do what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, TextIO


class CommandError(Exception):
    """What was asked cannot be done; the message is one line that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Standard input, output and error, and the time."""

    input: BinaryIO
    output: TextIO
    errors: TextIO
    clock: Callable[[], datetime]  # aware, UTC

    def say(self, text: str = "") -> None:
        """Print a line of the result."""
        print(text, file=self.output)

    def warn(self, text: str) -> None:
        """Print a line that is not part of the result."""
        print(text, file=self.errors, flush=True)

    def json_line(self, value: Mapping[str, object]) -> None:
        """Print *value* as one line of JSON, at once: whoever reads may wait for it."""
        print(json.dumps(value, ensure_ascii=False), file=self.output, flush=True)
