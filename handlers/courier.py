"""Outbox -> chats: sends alerts, answers and every other word of the bot, each once as far as that can be known.

What a chat gets is kept as a delivery before it is sent (`store.database.outbox`); the courier takes what is due, hands
it to Telegram and writes down what became of it. What another process added, `ingest` for one, is found by looking.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from telegram import Bot, ReplyParameters

from handlers.insisting import insist
from handlers.markup import escape, plain
from handlers.outgoing import Outgoing, body_of, keyboard, outgoing_of
from handlers.render import marked_repeat
from handlers.sending import Moved, Outcome, Refused, Sent, Unsent, Unsure, Unwelcome, outcome_of
from handlers.story_pages import facts_button
from handlers.telling import alert_messages
from store.database import outbox, people
from store.database.alerts import alerts_by_id
from store.database.outbox import Delivery
from store.database.reading import known_facts

if TYPE_CHECKING:
    from sqlite_utils import Database

    from store.database.store import Store

log = logging.getLogger(__name__)

LOOK_S = 1.0  # how often the outbox is looked at for what another process put there
CHATS_AT_ONCE = 16
MAX_BROKEN_OFF = 3  # tries that may end in a fault of ours
FIRST_RETRY_S, LONGEST_RETRY_S = 1.0, 60.0
# What may have arrived is tried for a day, as long as Telegram keeps updates; older news helps nobody.
GIVE_UP_AFTER = timedelta(days=1)


class Courier:
    """Sends what is due, one message a chat at a time, chats beside each other."""

    def __init__(self, bot: Bot, store: Store, clock: Callable[[], datetime]) -> None:
        self._bot, self._store, self._clock = bot, store, clock
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._busy: dict[int, asyncio.Task[None]] = {}  # chat -> the delivery under way
        self._parts: dict[int, int] = {}  # delivery -> messages of it that have been accepted in this run
        self._first_ids: dict[int, int | None] = {}  # delivery -> number of its first message

    def wake(self) -> None:
        """Look at the outbox now: something was put there."""
        self._news.set()

    async def accept(self, delivery: int) -> None:
        """Take note of a new delivery. Started, the courier sends it in its turn; else, in the console, at once."""
        if self._task:
            self._news.set()
        else:
            await self.deliver(delivery)

    async def start(self) -> None:
        """Send what is due from now on, first what an earlier run left."""
        recovered = await self._store.awrite(lambda db: outbox.recover_deliveries(db, now=self._clock()))
        if recovered:
            log.warning("messages may have arrived before the last stop, repeating marked deliveries=%d", recovered)
        self._task = asyncio.create_task(self._run())

    async def stop(self, *, within_s: float) -> None:
        """Look at the outbox once more and finish what is under way; what takes longer is repeated in the next run."""
        self._stopping = True
        self._news.set()
        if self._task:
            await self._task
        if tasks := list(self._busy.values()):
            _, late = await asyncio.wait(tasks, timeout=within_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def deliver(self, delivery: int) -> None:
        """Send one delivery now, whatever else is due."""
        claimed = await self._store.awrite(lambda db: outbox.claim_delivery(db, delivery))
        if claimed:
            await self._deliver(claimed)

    async def _run(self) -> None:
        while True:
            self._news.clear()
            try:
                started = await self._start_due()
            except Exception:
                log.exception("the outbox cannot be worked on, trying again")
                started = 0
            if self._stopping:
                return
            if not started:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_S):
                        await self._news.wait()

    async def _start_due(self) -> int:
        now = self._clock()
        due = await self._store.aread(outbox.next_due_at)
        if due is None or due > now:
            return 0
        busy, room = set(self._busy), CHATS_AT_ONCE - len(self._busy)
        claimed = await self._store.awrite(lambda db: outbox.claim_due(db, now=now, limit=room, busy_chats=busy))
        for delivery in claimed:
            self._busy[delivery.chat] = asyncio.create_task(self._deliver_and_free(delivery))
        return len(claimed)

    async def _deliver_and_free(self, delivery: Delivery) -> None:
        try:
            await self._deliver(delivery)
        except Exception as error:
            # What cannot even be rendered must not hold up what comes after it in its chat.
            log.exception("delivery broke off delivery=%d", delivery.id)
            why = f"broke off: {type(error).__name__}"
            outcome = Unsure(why) if delivery.attempts < MAX_BROKEN_OFF else Refused(why)
            await self._write_down(delivery, outcome)
        finally:
            del self._busy[delivery.chat]
            self._news.set()

    async def _deliver(self, delivery: Delivery) -> None:
        messages = await self._messages(delivery)
        outcome: Outcome = Sent(None)
        for message in messages[self._parts.get(delivery.id, 0) :]:
            outcome = await self._send(delivery, message)
            if not isinstance(outcome, Sent):
                break
            self._first_ids.setdefault(delivery.id, outcome.message_id)
            self._parts[delivery.id] = self._parts.get(delivery.id, 0) + 1
        await self._write_down(delivery, outcome)
        if not isinstance(outcome, Unsent | Unsure):
            self._parts.pop(delivery.id, None)
            self._first_ids.pop(delivery.id, None)

    async def _write_down(self, delivery: Delivery, outcome: Outcome) -> None:
        """Note what became of *delivery*. Left as being sent, it would hold up its chat until the next start."""
        await insist(self._store, lambda db: self._settle(db, delivery, outcome), what="the outbox")

    async def _messages(self, delivery: Delivery) -> list[Outgoing]:
        if delivery.body is not None:
            return [outgoing_of(delivery.body)]
        alert = delivery.alert or 0
        return await self._store.aread(lambda db: render_alert(db, alert))

    async def _send(self, delivery: Delivery, message: Outgoing) -> Outcome:
        edits = await self._edited_message(message)
        if edits is not None:
            outcome = await outcome_of(self._edit(delivery.chat, edits, message))
            if not isinstance(outcome, Refused):
                return outcome
            log.info("an answer cannot be edited any more, sending it anew why=%s", outcome.why)
        outcome = await outcome_of(self._post(delivery, message))
        if isinstance(outcome, Refused):
            # A topic that is gone, or markup that Telegram reads differently: the words still have to arrive.
            log.error("message refused, sending it as plain text delivery=%d why=%s", delivery.id, outcome.why)
            outcome = await outcome_of(self._post_plainly(delivery, message))
        return outcome

    async def _edited_message(self, message: Outgoing) -> int | None:
        if message.edits is None:
            return None
        earlier = message.edits
        return (await self._store.aread(lambda db: outbox.delivery_by_id(db, earlier))).message_id

    async def _post(self, delivery: Delivery, message: Outgoing) -> int:
        html = marked_repeat(message.html) if delivery.possible_repeat else message.html
        sent = await self._bot.send_message(
            delivery.chat,
            html,
            message_thread_id=delivery.thread,
            reply_parameters=_reply(delivery),
            reply_markup=keyboard(message),
        )
        return sent.message_id

    async def _post_plainly(self, delivery: Delivery, message: Outgoing) -> int:
        html = marked_repeat(message.html) if delivery.possible_repeat else message.html
        sent = await self._bot.send_message(
            delivery.chat, plain(html), parse_mode=None, reply_parameters=_reply(delivery)
        )
        return sent.message_id

    async def _edit(self, chat: int, message_id: int, message: Outgoing) -> int:
        await self._bot.edit_message_text(
            message.html, chat_id=chat, message_id=message_id, reply_markup=keyboard(message)
        )
        return message_id

    def _settle(self, db: Database, delivery: Delivery, outcome: Outcome) -> None:
        """Write down what became of *delivery*."""
        now = self._clock()
        match outcome:
            case Sent(message_id):
                number = self._first_ids.get(delivery.id, message_id)
                outbox.finish_sent(db, delivery.id, message_id=number or 0, now=now)
                if _is_shut(db, delivery.chat):  # the update that let us in again was missed
                    reopen_chat(db, delivery.chat, now=now)
            case Unsent(why, after_s):
                wait_s = retry_s(delivery.attempts) if after_s is None else after_s
                log.warning("not sent, trying again delivery=%d in_s=%.0f why=%s", delivery.id, wait_s, why)
                outbox.finish_unsent(db, delivery.id, why=why, next_try_at=now + timedelta(seconds=wait_s))
            case Unsure(why) if now - delivery.made_at < GIVE_UP_AFTER:
                wait_s = retry_s(delivery.attempts)
                log.warning("perhaps sent, trying again delivery=%d in_s=%.0f why=%s", delivery.id, wait_s, why)
                outbox.finish_unsure(db, delivery.id, why=why, next_try_at=now + timedelta(seconds=wait_s))
            case Unsure(why) | Refused(why):
                log.error("given up delivery=%d why=%s", delivery.id, why)
                outbox.finish_failed(db, delivery.id, why=why, now=now)
            case Unwelcome(why):
                log.warning("the chat takes nothing, holding its messages chat=%d why=%s", delivery.chat, why)
                outbox.finish_unsent(db, delivery.id, why=why, next_try_at=now)
                close_chat(db, delivery.chat, why=why, now=now)
            case Moved(chat):
                log.info("a group became a supergroup chat=%d now=%d", delivery.chat, chat)
                outbox.finish_unsent(db, delivery.id, why="the group moved", next_try_at=now)
                people.migrate_chat(db, delivery.chat, chat, now=now)


def close_chat(db: Database, chat: int, *, why: str, now: datetime) -> None:
    """Note that *chat* takes nothing, and keep what was meant for it; of a team chat, the administrators are told."""
    is_news = people.is_team_chat(db, chat) and not _is_shut(db, chat)
    people.close_chat(db, chat, why=why, now=now)
    kept = outbox.hold_chat(db, chat, why=why)
    if is_news:
        words = f"The team chat {chat} takes nothing from me any more: {why}. Until I am let in again it gets no alerts"
        _tell_admins(db, f"{words}; on their way there and kept: {kept}.", besides=chat, now=now)


def reopen_chat(db: Database, chat: int, *, now: datetime) -> None:
    """Note that *chat* takes messages again, and send what was kept; of a team chat, the administrators are told."""
    is_news = _is_shut(db, chat)
    people.reopen_chat(db, chat, now=now)
    kept = outbox.release_chat(db, chat, now=now)
    if is_news:
        words = f"The team chat {chat} takes messages again; kept and sent now: {kept}."
        _tell_admins(db, words, besides=chat, now=now)


def _is_shut(db: Database, chat: int) -> bool:
    """Say whether *chat* is one of the team's that takes nothing."""
    return people.is_team_chat(db, chat) and chat not in people.team_chats(db)


def _tell_admins(db: Database, words: str, *, besides: int, now: datetime) -> None:
    """Tell every administrator in private, through the outbox; not in the chat *besides*, of which it is told."""
    for admin in people.people_with(db, people.Role.ADMIN):
        if admin != besides:
            outbox.queue_message(db, admin, body_of(Outgoing(escape(words))), now=now)


def render_alert(db: Database, alert: int) -> list[Outgoing]:
    """Return an alert's messages, made from what is held now; one that leaves facts out has a button that shows all."""
    made = alerts_by_id(db, [alert])[alert]
    known = known_facts(db, [f for item in made.facts for f in (item.fact, item.ref) if f is not None])
    items = [(item.tag, known[item.fact], known.get(item.ref or 0)) for item in made.facts if item.fact in known]
    source = items[0][1] if items else None
    told = alert_messages(source.title if source else None, source, items)
    messages = [Outgoing(html) for html in told.messages]
    if told.left_out:
        messages[-1] = replace(messages[-1], buttons=(facts_button(made.story),))
    return messages


def retry_s(attempts: int) -> float:
    """Return how long to wait after so many tries: doubling, a minute at most."""
    return min(LONGEST_RETRY_S, FIRST_RETRY_S * 2.0 ** min(attempts - 1, 10))


def _reply(delivery: Delivery) -> ReplyParameters | None:
    """Reply to the question; should it be deleted meanwhile, the answer comes all the same."""
    if delivery.reply_to is None:
        return None
    return ReplyParameters(delivery.reply_to, allow_sending_without_reply=True)
