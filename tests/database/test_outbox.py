"""Messages: none lost, and none twice without saying so."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from store.database import outbox
from store.database.alerts import all_alerts
from store.database.asked import answer_once, answer_to, last_reading, note_edit, remember_reading
from store.database.outbox import Delivery, DeliveryState
from store.database.people import close_chat, migrate_chat, reopen_chat, set_team_chats
from store.database.store import Store
from tests.database.builders import BRIDGE, FERRY, NOW, later, save, start_process

LEEDS, HULL = -100, -200


@pytest.fixture
def newsroom(store: Store) -> Store:
    """A store with two team chats."""
    store.write(lambda db: set_team_chats(db, [LEEDS, HULL], now=NOW))
    return store


def claim(store: Store, *, after_s: float = 0, **options: object) -> list[Delivery]:
    return store.write(lambda db: outbox.claim_due(db, now=later(seconds=after_s), **options))  # type: ignore[arg-type]


def sent(store: Store, delivery: Delivery, message: int = 77) -> None:
    store.write(lambda db: outbox.finish_sent(db, delivery.id, message_id=message, now=NOW))


def unsure(store: Store, delivery: Delivery, *, in_s: float = 0) -> None:
    due = later(seconds=in_s)
    store.write(lambda db: outbox.finish_unsure(db, delivery.id, why="read timeout", next_try_at=due))


def unsent(store: Store, delivery: Delivery, *, in_s: float = 0) -> None:
    due = later(seconds=in_s)
    store.write(lambda db: outbox.finish_unsent(db, delivery.id, why="429", next_try_at=due))


def state(store: Store) -> str:
    (alert,) = store.read(lambda db: list(all_alerts(db)))
    return alert.state


def test_an_alert_goes_to_each_chat_once(newsroom: Store) -> None:
    """Claimed is not claimed again; sent is over, and its message is known."""
    save(newsroom, FERRY)
    first = claim(newsroom)

    assert {delivery.chat for delivery in first} == {LEEDS, HULL}
    assert [(d.state, d.attempts, d.possible_repeat) for d in first] == [(DeliveryState.SENDING, 1, False)] * 2
    assert claim(newsroom) == []
    assert state(newsroom) == "sending"
    for delivery in first:
        sent(newsroom, delivery)
    assert state(newsroom) == "sent"
    assert claim(newsroom, after_s=1e6) == []
    assert {d.message_id for d in newsroom.read(lambda db: list(outbox.all_deliveries(db)))} == {77}


def test_what_surely_did_not_arrive_is_sent_as_it_is(newsroom: Store) -> None:
    """When it is due, and unmarked."""
    save(newsroom, FERRY)
    one, _ = claim(newsroom)
    unsent(newsroom, one, in_s=30)

    assert claim(newsroom, after_s=29) == []
    (again,) = claim(newsroom, after_s=30)
    assert (again.id, again.attempts, again.possible_repeat, again.last_error) == (one.id, 2, False, "429")


def test_what_may_have_arrived_is_sent_marked(newsroom: Store) -> None:
    """From then on, whatever the later tries say."""
    save(newsroom, FERRY)
    one, other = claim(newsroom)
    sent(newsroom, other)
    unsure(newsroom, one)
    assert state(newsroom) == "unsure"
    (second,) = claim(newsroom)
    unsent(newsroom, second)
    (third,) = claim(newsroom)

    assert (second.possible_repeat, third.possible_repeat, third.attempts) == (True, True, 3)


def test_a_refused_message_is_over(newsroom: Store) -> None:
    """It is not tried again, and the alert says so."""
    save(newsroom, FERRY)
    for delivery in claim(newsroom):
        newsroom.write(lambda db, d=delivery: outbox.finish_failed(db, d.id, why="Bad Request", now=NOW))

    assert state(newsroom) == "failed"
    assert claim(newsroom, after_s=1e6) == []
    assert newsroom.read(outbox.count_deliveries) == {DeliveryState.FAILED: 2}


def test_a_chat_gets_its_messages_in_order(newsroom: Store) -> None:
    """The second waits while the first is on its way or put off; other chats go on."""
    save(newsroom, FERRY)
    save(newsroom, BRIDGE)
    first = {delivery.chat: delivery for delivery in claim(newsroom)}
    sent(newsroom, first[HULL])
    unsent(newsroom, first[LEEDS], in_s=60)
    (second,) = claim(newsroom)

    assert (second.chat, second.alert) == (HULL, 2)
    assert claim(newsroom, after_s=59) == []
    assert [delivery.alert for delivery in claim(newsroom, after_s=61)] == [1]


def test_a_busy_chat_waits(newsroom: Store) -> None:
    """The sender says which chats it is writing to, and how many it can take."""
    save(newsroom, FERRY)

    assert [d.chat for d in claim(newsroom, busy_chats={HULL})] == [LEEDS]
    assert len(claim(newsroom, limit=0)) == 0
    assert [d.chat for d in claim(newsroom, limit=1)] == [HULL]


def test_when_to_look_again(newsroom: Store) -> None:
    """The sender sleeps until the next delivery is due."""
    assert newsroom.read(outbox.next_due_at) is None
    save(newsroom, FERRY)
    assert newsroom.read(outbox.next_due_at) == NOW
    for delivery in claim(newsroom):
        unsure(newsroom, delivery, in_s=9)
    assert newsroom.read(outbox.next_due_at) == later(seconds=9)


SEND_AND_WAIT = """
import sys
from store.database.outbox import claim_due
from store.database.store import Store
from tests.database.builders import later
store = Store.open(sys.argv[1], exclusive=True)
print(len(store.write(lambda db: claim_due(db, now=later(days=1)))), flush=True)
sys.stdin.read()
"""


def test_a_killed_sender_is_unsure(path: Path, newsroom: Store) -> None:
    """What it was sending may have arrived: it is sent again at the next start, marked."""
    save(newsroom, FERRY)
    sender = start_process(SEND_AND_WAIT, path)
    assert sender.stdout
    assert sender.stdout.readline() == "2\n"
    os.kill(sender.pid, signal.SIGKILL)
    sender.communicate()

    assert claim(newsroom, after_s=1e6) == []
    assert newsroom.write(lambda db: outbox.recover_deliveries(db, now=NOW)) == 2
    assert [(d.possible_repeat, d.attempts) for d in claim(newsroom)] == [(True, 2), (True, 2)]


def test_a_blocked_chat_keeps_its_messages(newsroom: Store) -> None:
    """They are held while the chat cannot be written to, and sent when it can."""
    save(newsroom, FERRY)

    def close(db: object) -> int:
        close_chat(db, LEEDS, why="kicked", now=NOW)  # type: ignore[arg-type]
        return outbox.hold_chat(db, LEEDS, why="kicked")  # type: ignore[arg-type]

    def reopen(db: object) -> int:
        reopen_chat(db, LEEDS, now=NOW)  # type: ignore[arg-type]
        return outbox.release_chat(db, LEEDS, now=later(hours=1))  # type: ignore[arg-type]

    assert newsroom.write(close) == 1
    save(newsroom, BRIDGE)
    assert {delivery.chat for delivery in claim(newsroom, after_s=1e6)} == {HULL}
    assert newsroom.write(reopen) == 1
    assert [(d.chat, d.alert) for d in claim(newsroom, after_s=3600)] == [(LEEDS, 1)]


def test_a_group_that_became_a_supergroup(newsroom: Store) -> None:
    """What waits for the old id goes to the new one, and later alerts too; nothing goes out twice."""
    save(newsroom, FERRY)
    newsroom.write(lambda db: migrate_chat(db, LEEDS, -1001, now=NOW))
    save(newsroom, BRIDGE)
    first = claim(newsroom)
    for delivery in first:
        sent(newsroom, delivery)

    second = claim(newsroom)
    for delivery in second:
        sent(newsroom, delivery)
    newsroom.write(lambda db: outbox.queue_message(db, LEEDS, {"text": "late"}, now=NOW))

    assert {(d.chat, d.alert) for d in [*first, *second]} == {(-1001, 1), (HULL, 1), (-1001, 2), (HULL, 2)}
    assert [(d.chat, d.body) for d in claim(newsroom)] == [(-1001, {"text": "late"})]


def answer(store: Store, message: int = 5, question: str = "how many?") -> int | None:
    return store.write(
        lambda db: answer_once(
            db, LEEDS, message, user=9, question=question, body={"text": "312 “people”"}, now=NOW, thread=3
        )
    )


def test_a_question_is_answered_once(newsroom: Store) -> None:
    """The same message asked again, after a restart for one, queues nothing."""
    assert answer(newsroom) is not None
    assert answer(newsroom) is None
    (delivery,) = claim(newsroom)

    assert (delivery.reply_to, delivery.thread, delivery.body, delivery.alert) == (5, 3, {"text": "312 “people”"}, None)


def test_an_answer_can_be_sent_at_once(newsroom: Store) -> None:
    """Its sender claims it by id, before alerts that wait; the outbox does not send it again."""
    save(newsroom, FERRY)
    number = answer(newsroom)
    assert number

    claimed = newsroom.write(lambda db: outbox.claim_delivery(db, number))
    assert claimed
    assert (claimed.id, claimed.state) == (number, DeliveryState.SENDING)
    assert newsroom.write(lambda db: outbox.claim_delivery(db, number)) is None
    sent(newsroom, claimed, message=6)
    asked = newsroom.read(lambda db: answer_to(db, LEEDS, 5))
    assert asked
    assert (asked.question, asked.user, asked.answer.message_id) == ("how many?", 9, 6)


def test_an_edited_question_has_its_answer_edited(newsroom: Store) -> None:
    """The new answer stands beside the message that is to be edited; one that was not sent goes out as the new one."""
    number = answer(newsroom)
    assert number
    changed = newsroom.write(lambda db: note_edit(db, LEEDS, 5, question="how many now?", body={"text": "330"}))

    assert changed
    assert (changed.state, changed.body) == (DeliveryState.PENDING, {"text": "330"})
    asked = newsroom.read(lambda db: answer_to(db, LEEDS, 5))
    assert asked
    assert asked.question == "how many now?"
    assert newsroom.write(lambda db: note_edit(db, LEEDS, 404, question="?", body={})) is None


def test_a_follow_up_follows_its_own_users_question(newsroom: Store) -> None:
    """The last reading of a user in a chat, for a time."""
    reading = {"words": ["ferry"], "filters": {"outlet": "Northline"}}
    for what in ({"words": ["bridge"]}, reading):
        newsroom.write(lambda db, what=what: remember_reading(db, LEEDS, 9, what, now=NOW))

    assert newsroom.read(lambda db: last_reading(db, LEEDS, 9, since=NOW)) == reading
    assert newsroom.read(lambda db: last_reading(db, LEEDS, 9, since=later(seconds=1))) is None
    assert newsroom.read(lambda db: last_reading(db, LEEDS, 8, since=NOW)) is None
    assert newsroom.read(lambda db: last_reading(db, HULL, 9, since=NOW)) is None
