"""Whatever happens in whatever order, every message arrives, in order, and none twice without saying so."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlite_utils import Database
from sqlite_utils.utils import sqlite3

from store.database import outbox
from store.database.outbox import Delivery, DeliveryState
from store.database.schema import MIGRATIONS
from tests.database.builders import NOW

OPEN = {DeliveryState.PENDING, DeliveryState.UNSURE, DeliveryState.SENDING}


class Delivering(RuleBasedStateMachine):
    """A bot that queues and sends, Telegram that takes or refuses or loses its voice, kills in between."""

    @initialize()
    def start(self) -> None:
        self.db = Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)
        MIGRATIONS.apply(self.db)
        self.now = NOW
        self.under_way: dict[int, Delivery] = {}
        self.queued: dict[int, list[int]] = {1: [], 2: []}  # chat -> deliveries in the order of queueing
        self.arrived: dict[int, int] = {}  # delivery -> times that it came without the words "possible repeat"
        self.over: set[int] = set()

    @rule(chat=st.sampled_from([1, 2]))
    def queue(self, chat: int) -> None:
        self.queued[chat].append(outbox.queue_message(self.db, chat, {"text": "…"}, now=self.now))

    @rule(seconds=st.sampled_from([1, 60]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def claim(self) -> None:
        for delivery in outbox.claim_due(self.db, now=self.now):
            first = next(id_ for id_ in self.queued[delivery.chat] if id_ not in self.over)
            assert delivery.id == first
            assert delivery.id not in self.under_way
            self.under_way[delivery.id] = delivery

    def take(self) -> Delivery:
        return self.under_way.pop(min(self.under_way))

    def arrive(self, delivery: Delivery) -> None:
        if not delivery.possible_repeat:
            self.arrived[delivery.id] = self.arrived.get(delivery.id, 0) + 1

    @precondition(lambda self: self.under_way)
    @rule()
    def is_accepted(self) -> None:
        delivery = self.take()
        self.arrive(delivery)
        self.over.add(delivery.id)
        outbox.finish_sent(self.db, delivery.id, message_id=5, now=self.now)

    @precondition(lambda self: self.under_way)
    @rule(arrives=st.booleans(), seconds=st.sampled_from([0, 0, 0, 30]))
    def gives_no_reply(self, arrives: bool, seconds: int) -> None:
        delivery = self.take()
        if arrives:
            self.arrive(delivery)
        due = self.now + timedelta(seconds=seconds)
        outbox.finish_unsure(self.db, delivery.id, why="read timeout", next_try_at=due)

    @precondition(lambda self: self.under_way)
    @rule(seconds=st.sampled_from([0, 0, 0, 30]))
    def is_told_to_wait(self, seconds: int) -> None:
        due = self.now + timedelta(seconds=seconds)
        outbox.finish_unsent(self.db, self.take().id, why="429", next_try_at=due)

    @rule(arrives=st.booleans())
    def is_killed(self, arrives: bool) -> None:
        for delivery in self.under_way.values():
            if arrives:
                self.arrive(delivery)
        self.under_way.clear()
        outbox.recover_deliveries(self.db, now=self.now)

    @rule(chat=st.sampled_from([1, 2]))
    def is_blocked_for_a_while(self, chat: int) -> None:
        outbox.hold_chat(self.db, chat, why="blocked")
        outbox.release_chat(self.db, chat, now=self.now)

    @invariant()
    def none_comes_twice_unmarked(self) -> None:
        assert all(times == 1 for times in self.arrived.values())

    @invariant()
    def none_is_lost(self) -> None:
        left = {delivery.id for delivery in outbox.all_deliveries(self.db) if delivery.state in OPEN}
        assert left == {id_ for ids in self.queued.values() for id_ in ids} - self.over

    def teardown(self) -> None:
        self.is_killed(arrives=False)
        self.now += timedelta(days=1)
        while outbox.next_due_at(self.db) is not None:
            self.claim()
            while self.under_way:
                self.is_accepted()
        self.none_is_lost()
        assert self.over == {id_ for ids in self.queued.values() for id_ in ids}
        self.db.close()


Delivering.TestCase.settings = settings(max_examples=60, stateful_step_count=50, deadline=None)
TestDelivering = Delivering.TestCase
