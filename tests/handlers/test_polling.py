"""What is said about the line, and when the bot gives up."""

from __future__ import annotations

import logging

import pytest

from handlers.errors import CannotRun, PolledElsewhere, TokenRefused
from handlers.polling import CONFLICT_WINDOW_S, CONFLICTS_TO_STOP, SAY_AGAIN_S, LineWatch


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
