"""Logs go to standard error, and no token is ever in them.

Tokens turn up where nobody wrote them: httpx logs whole addresses, python-telegram-bot its base address, and an
exception's text may hold either. So one formatter cleans every finished line, the traceback included.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from typing import TextIO
from urllib.parse import quote

HIDDEN = "[token]"
# A token as @BotFather gives them: the bot's id, a colon (%3A inside addresses), 35 letters.
TOKEN = re.compile(r"(?<!\d)\d{5,16}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")


class RedactingFormatter(logging.Formatter):
    """Formats a record, then takes every token out of the whole of it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")
        # A token of another shape (a test server's) is only known by its letters.
        self._secrets = sorted({form for secret in secrets if secret for form in (secret, quote(secret, safe=""))})

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and the traceback below it, without tokens."""
        return self.redact(super().format(record))

    def redact(self, text: str) -> str:
        """Return *text* without tokens."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return TOKEN.sub(HIDDEN, text)


def set_up_logs(level: str, *, secrets: Iterable[str] = (), stream: TextIO | None = None) -> RedactingFormatter:
    """Send every log of *level* and above to *stream* (standard error when None), replacing what was set up before.

    Returns the formatter, for texts that go to people by another way.
    """
    formatter = RedactingFormatter(secrets)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    # They log what they raise, with its traceback; the courier and the line watch say the same in a line.
    for name in ("telegram.ext.AIORateLimiter", "telegram.ext.Updater"):
        logging.getLogger(name).setLevel(logging.DEBUG if level == "DEBUG" else logging.CRITICAL)
    logging.getLogger("asyncio").setLevel(logging.INFO)  # its DEBUG only names the selector, before anything else
    # One line a poll, with the address: of use to nobody unless everything is asked for.
    logging.getLogger("httpx").setLevel(logging.INFO if level == "DEBUG" else logging.WARNING)
    return formatter
