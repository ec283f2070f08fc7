"""Builds the one Application, and runs it: start in order, stop backwards."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from datetime import timedelta

from telegram import BotCommand, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder, Defaults
from telegram.request import BaseRequest, HTTPXRequest

from handlers.context import BriefingApplication, Services, context_types
from handlers.courier import Courier
from handlers.errors import TokenRefused
from handlers.inbox import Inbox, InOrder
from handlers.polling import LineWatch, PollingRequest
from handlers.register import COMMANDS, register
from handlers.sending import seconds_to_wait

log = logging.getLogger(__name__)

# Asked for by name: without a list Telegram keeps the one that whoever ran before had set.
ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.CHAT_MEMBER,
)
# Telegram's own, as python-telegram-bot spells them; the token comes behind.
API_URL, FILE_URL = "https://api.telegram.org/bot", "https://api.telegram.org/file/bot"
POLL_S = 30  # how long Telegram may hold a poll that has nothing to tell
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 30.0  # between tries to reach Telegram at the start
GRACE_S = 5.0  # what handlers get to finish once the process is told to stop
# Telegram's limits for sending ("Bots FAQ"): 30 messages a second in all, 20 a minute in a group.
MESSAGES_PER_S, GROUP_MESSAGES_PER_MINUTE = 30, 20


def build_application(
    services: Services,
    *,
    token: str,
    base_url: str | None = None,
    base_file_url: str | None = None,
    request: BaseRequest | None = None,
    polling_request: BaseRequest | None = None,
) -> BriefingApplication:
    """Return the Application with all its handlers, not started. The console gives a *request* of its own.

    Raises:
        TokenRefused: The token is none at all.
    """
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # spans as timedelta; until version 23 makes that the only way
    inbox = Inbox(services.store, services.clock)
    processor = InOrder(inbox)
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(base_url or API_URL)
        .base_file_url(base_file_url or FILE_URL)
        .request(request or HTTPXRequest())
        .get_updates_request(polling_request or request or HTTPXRequest())
        .context_types(context_types)
        .update_queue(inbox)
        .concurrent_updates(processor)
        .rate_limiter(AIORateLimiter(MESSAGES_PER_S, 1, GROUP_MESSAGES_PER_MINUTE, 60))
        .defaults(Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .job_queue(None)
    )
    try:
        application = builder.build()
    except InvalidToken as error:
        raise TokenRefused from error
    application.bot_data.services = services
    application.bot_data.inbox, application.bot_data.processor = inbox, processor
    application.bot_data.courier = Courier(application.bot, services.store, services.clock)
    register(application)
    return application


async def run_bot(
    services: Services, *, token: str, base_url: str | None = None, base_file_url: str | None = None
) -> None:
    """Run the bot until the process is told to stop (SIGTERM, SIGINT); the store stays the caller's to close.

    Raises:
        CannotRun: The token is wrong, or another process polls with it.
    """
    stop: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    watch = LineWatch(lambda why: None if stop.done() else stop.set_exception(why))
    application = build_application(
        services,
        token=token,
        base_url=base_url,
        base_file_url=base_file_url,
        polling_request=PollingRequest(watch),
    )
    with _stopped_by_signals(stop):
        async with AsyncExitStack() as running:
            for step in (_connected, _sending, _handling, _polling):
                if not stop.done():
                    await _unless_stopped(running.enter_async_context(step(application)), stop)
            if not stop.done():
                log.info("the bot is running name=%s", application.bot.username)
            await stop
    log.info("the bot has stopped")


@asynccontextmanager
async def _connected(application: BriefingApplication) -> AsyncIterator[None]:
    """Reach Telegram, however long it takes, and learn who we are."""
    try:
        await _until_reached(application.initialize)
        yield
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # its connections are open even if it was never reached


@asynccontextmanager
async def _sending(application: BriefingApplication) -> AsyncIterator[None]:
    """Send what is in the outbox. Stops last but one: what handlers still say goes out."""
    courier = application.bot_data.courier
    await courier.start()
    try:
        yield
    finally:
        await courier.stop(within_s=GRACE_S)


@asynccontextmanager
async def _handling(application: BriefingApplication) -> AsyncIterator[None]:
    """Handle updates, first those that an earlier run left."""
    inbox, processor = application.bot_data.inbox, application.bot_data.processor
    left = await inbox.load(application.bot)
    if left:
        log.info("updates left by an earlier run are handled now updates=%d", left)
    await application.start()
    try:
        yield
    finally:
        timer = asyncio.get_running_loop().call_later(GRACE_S, processor.cancel_all)
        await application.stop()
        timer.cancel()


@asynccontextmanager
async def _polling(application: BriefingApplication) -> AsyncIterator[None]:
    """Ask for updates, and show the list of commands."""
    updater, services = application.updater, application.bot_data.services
    assert updater is not None  # noqa: S101 - the builder always makes one
    try:
        await updater.start_polling(
            timeout=timedelta(seconds=POLL_S),
            bootstrap_retries=-1,
            allowed_updates=[*ALLOWED_UPDATES, *([Update.INLINE_QUERY] if services.inline else [])],
            error_callback=lambda error: log.debug("poll failed why=%s", type(error).__name__),  # LineWatch says it
        )
        await _show_commands(application)
        yield
    except InvalidToken as error:
        raise TokenRefused from error
    finally:
        if updater.running:
            # Told already: the error of the poll that ended it all. Between tries the library sleeps up to half a
            # minute without looking up; the time-out ends that sleep.
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(GRACE_S):
                    await updater.stop()


async def _show_commands(application: BriefingApplication) -> None:
    try:
        await application.bot.set_my_commands([BotCommand(name, tells) for name, tells in COMMANDS.items()])
    except TelegramError as error:
        log.warning("the list of commands was not set, the next start tries again why=%s", type(error).__name__)


async def _until_reached(call: Callable[[], Awaitable[object]]) -> None:
    """Await *call* until Telegram answers it; said once a try, in one line.

    Raises:
        TokenRefused: Telegram does not know the token.
    """
    wait_s = FIRST_WAIT_S
    while True:
        try:
            await call()
            return
        except InvalidToken as error:
            raise TokenRefused from error
        except RetryAfter as error:
            wait_s = seconds_to_wait(error)
        except TelegramError as error:
            why = type(error.__cause__ or error).__name__
            log.warning("Telegram cannot be reached, trying again in_s=%.0f why=%s", wait_s, why)
        await asyncio.sleep(wait_s)
        wait_s = min(LONGEST_WAIT_S, wait_s * 2)


async def _unless_stopped(step: Awaitable[None], stop: asyncio.Future[None]) -> None:
    """Await *step*, which is ended once the process is told to stop."""
    task = asyncio.ensure_future(step)
    await asyncio.wait((task, stop), return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@contextmanager
def _stopped_by_signals(stop: asyncio.Future[None]) -> Iterator[None]:
    """Let the first SIGTERM or SIGINT end *stop*; a second one ends the process as usual."""
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)

    def ask_to_stop() -> None:
        for number in signals:
            loop.remove_signal_handler(number)
        if not stop.done():
            stop.set_result(None)

    for number in signals:
        loop.add_signal_handler(number, ask_to_stop)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
