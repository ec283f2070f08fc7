"""Whether Telegram knows a token, for `bot.py check`."""

from __future__ import annotations

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from handlers.errors import CannotRun, TokenRefused


async def bot_name(token: str, *, base_url: str | None) -> str:
    """Return the name of the bot that *token* belongs to.

    Raises:
        CannotRun: Telegram refuses the token, or cannot be reached.
    """
    try:
        bot = Bot(token, base_url=base_url) if base_url else Bot(token)
        async with bot:
            return f"@{bot.username}"
    except InvalidToken as error:
        raise TokenRefused from error
    except TelegramError as error:
        why = type(error.__cause__ or error).__name__
        raise CannotRun(f"Telegram cannot be reached ({why}): check the network and TELEGRAM_BASE_URL") from error
