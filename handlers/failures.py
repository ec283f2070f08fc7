"""What happens when a handler fails: it is logged, tried again, and said in plain words when it is given up."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.ext import ApplicationHandlerStop

from handlers.context import BriefingContext, Role
from handlers.markup import Html
from handlers.replying import reply

log = logging.getLogger(__name__)


async def report(update: object, context: BriefingContext) -> None:
    """Log the failure first; then let the inbox try the update again, or tell whoever sent it.

    No handler of a later group may go on with the update: the gate itself may be what failed.
    """
    log.error("handler failed", exc_info=context.error)
    if isinstance(update, Update):
        tried_again = await context.bot_data.inbox.fail(update, type(context.error).__name__)
        if not tried_again and context.role > Role.STRANGER:
            await reply(update, context, Html("Sorry, that went wrong here. It is in my log; please ask again later."))
    raise ApplicationHandlerStop
