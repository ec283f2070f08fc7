"""What can keep the bot from running; each message is one line for the operator."""

from __future__ import annotations


class CannotRun(Exception):
    """The bot cannot start or go on, and trying again by itself will not help."""


class TokenRefused(CannotRun):
    """Telegram does not know the token."""

    def __init__(self) -> None:
        super().__init__("Telegram refused the token: check TELEGRAM_TOKEN (BotFather shows it with /token)")


class PolledElsewhere(CannotRun):
    """Another process keeps asking for this bot's updates (409)."""

    def __init__(self) -> None:
        super().__init__("another process polls Telegram with this token: stop it, or give this bot a token of its own")
