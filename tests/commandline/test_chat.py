"""`chat`: the bot in a terminal."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.commandline.conftest import ROOT, Bot, story


def test_it_answers_on_the_samples(bot: Bot) -> None:
    """An empty store is given the samples; each line is answered; the end of input ends it with status 0."""
    done = bot("chat", given="how many refugees\nhow many people died in the flood\n")

    greeting, refugees, flood = done.out.replace("\n> ", "\x00").split("\x00")
    assert "16 sample stories were stored" in greeting
    assert "Closest sentences" not in refugees
    assert "100,000" in refugees
    assert "Silk Wire" in refugees
    assert "Jul 2021" in refugees
    assert "14" in flood.split("—")[0]


def test_without_a_command_it_chats(bot: Bot) -> None:
    """And what is stored already is left without samples."""
    bot.ingest(story())

    done = bot(given="how many people fled\n")

    assert "sample" not in done.out
    assert "1,200 people fled" in done.out


class Screen:
    """A pseudo-terminal with `bot.py chat` on it."""

    def __init__(self, bot: Bot) -> None:
        self._ours, theirs = pty.openpty()
        self.child = subprocess.Popen(
            bot.command("chat"), cwd=ROOT, env=bot.environment(), stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)

    def read_until(self, words: str) -> str:
        """Return what is shown, up to *words*."""
        shown = ""
        while words not in shown:
            shown += os.read(self._ours, 65_536).decode()
        return shown

    def type(self, keys: bytes) -> None:
        """Type, as somebody at the terminal would."""
        os.write(self._ours, keys)

    def rest(self) -> str:
        """Return all that is still shown."""
        shown = b""
        with suppress(OSError):  # what reading a pseudo-terminal gives once nobody is on its other side
            while more := os.read(self._ours, 65_536):
                shown += more
        return shown.decode()

    def close(self) -> None:
        """Take it away, whatever is still on it."""
        self.child.kill()
        self.child.wait()
        os.close(self._ours)


@pytest.fixture
def screen(bot: Bot) -> Iterator[Screen]:
    """A terminal on a store with one story."""
    bot.ingest(story())
    shown = Screen(bot)
    yield shown
    shown.close()


def test_on_a_terminal_it_prompts(screen: Screen) -> None:
    """A prompt, an answer, and Ctrl-D ends it with status 0."""
    screen.read_until("\n> ")
    screen.type(b"how many people fled\n")

    assert "1,200 people fled" in screen.read_until("\n> ")

    screen.type(b"\x04")

    assert screen.child.wait(timeout=20) == 0


def test_ctrl_c_ends_it_at_once(screen: Screen) -> None:
    """While it waits for a line, without a traceback."""
    screen.read_until("\n> ")
    screen.child.send_signal(signal.SIGINT)  # what the terminal sends for Ctrl-C

    assert screen.child.wait(timeout=20) == 1
    assert "Traceback" not in (told := screen.rest())
    assert "stopped" in told
