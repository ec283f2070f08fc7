"""What is said about the line, and when the bot gives up."""

from __future__ import annotations

import json
import logging

import pytest

from handlers.errors import CannotRun, PolledElsewhere, TokenRefused
from handlers.polling import CONFLICT_WINDOW_S, CONFLICTS_TO_STOP, SAY_AGAIN_S, LineWatch, without_unreadable


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    """A clock."""
    return Clock()


@pytest.fixture
def given_up() -> list[CannotRun]:
    """Why the bot was told to stop."""
    return []


@pytest.fixture
def watch(clock: Clock, given_up: list[CannotRun]) -> LineWatch:
    """A watch on a line that is up."""
    return LineWatch(given_up.append, clock_s=clock)


def test_line_that_stays_down_is_said_once_a_minute(
    watch: LineWatch, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """And its return once."""
    caplog.set_level(logging.INFO)
    for second in range(int(SAY_AGAIN_S) + 1):
        clock.now_s = float(second)
        watch.down("ConnectError")
    watch.answered(200)
    watch.answered(200)

    said = [record.message for record in caplog.records]
    assert sum("cannot be reached" in line for line in said) == 2
    assert sum("reached again" in line for line in said) == 1


def test_repeated_conflicts_stop_the_bot(watch: LineWatch, given_up: list[CannotRun]) -> None:
    """A few are normal after a restart."""
    for _ in range(CONFLICTS_TO_STOP - 1):
        watch.answered(409)
    assert given_up == []

    watch.answered(409)

    assert isinstance(given_up[0], PolledElsewhere)


def test_rare_conflicts_do_not_stop_it(watch: LineWatch, clock: Clock, given_up: list[CannotRun]) -> None:
    """Restarts of a whole week are no second bot."""
    for _ in range(3 * CONFLICTS_TO_STOP):
        watch.answered(409)
        clock.now_s += CONFLICT_WINDOW_S / 2

    assert given_up == []


@pytest.mark.parametrize("status", [401, 404])
def test_revoked_token_stops_the_bot(watch: LineWatch, given_up: list[CannotRun], status: int) -> None:
    """Telegram answers 401 for a token that it knew, 404 for one that is none."""
    watch.answered(status)

    assert isinstance(given_up[0], TokenRefused)


def test_update_that_cannot_be_read_leaves_its_number(caplog: pytest.LogCaptureFixture) -> None:
    """The number is confirmed like the others, so that what comes behind arrives; the log does not tell its words."""
    said = {"update_id": 6, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}}
    broken = {"update_id": 7, "message": {"poll": {"question": "secret"}}}
    body = json.dumps({"ok": True, "result": [said, broken]}).encode()

    assert json.loads(without_unreadable(body)) == {"ok": True, "result": [said, {"update_id": 7}]}
    assert "update=7" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b'{"ok": false}', b'{"ok": true, "result": []}'])
def test_other_replies_are_left_as_they_are(body: bytes) -> None:
    """What is no list of updates is for the library to judge."""
    assert without_unreadable(body) == body
