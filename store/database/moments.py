"""How moments are kept where SQL compares them."""

from __future__ import annotations

from datetime import UTC, datetime


def moment_text(moment: datetime) -> str:
    """Return *moment* in UTC with all its digits, so that moments sort as texts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
