"""What keeps a story out, in words that say what to do."""

from __future__ import annotations


class RefusedError(Exception):
    """A text, file or line that cannot be a story; nothing of it was stored. `why` is for people."""

    def __init__(self, why: str, *, name: str | None = None) -> None:
        self.why, self.name = why, name
        super().__init__(f"{name}: {why}" if name else why)
