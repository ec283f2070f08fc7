"""How long a whole answer takes, alone and with as many questions as Telegram lets a bot answer.

`DATELINE_BENCH_SECONDS=60 make bench` asks for a minute; without it, for some seconds.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence

import pytest

from store.lookup.answering import answer
from store.lookup.model import Question
from tests.bench.conftest import NOW, Filled
from tests.bench.figures import percentiles

SECONDS = float(os.environ.get("DATELINE_BENCH_SECONDS", "8"))
A_SECOND = 30  # "no more than 30 messages per second", core.telegram.org/bots/faq
LOOKS = 0.002  # seconds between two looks at the event loop

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]


def test_answers(filled: Filled) -> None:
    """A whole answer: read, found, judged by an editor's rules, with its notes."""
    ms: list[float] = []
    answered = right = 0
    filled.store.read(lambda db: answer(db, Question("what about nothing", NOW)))  # the lexicons are read once
    for asked in filled.asked:
        began = time.perf_counter()
        found = filled.store.read(lambda db, text=asked.text: answer(db, Question(text, NOW)))
        ms.append(1000 * (time.perf_counter() - began))
        answered += not found.abstained
        right += asked.fact in [match.known.id for match in found.matches]

    print(f"\n{filled.facts:,} facts, {len(ms)} whole answers: {percentiles(ms)}", end="   ")
    print(f"{answered / len(ms):.0%} answered, the sentence asked for among the first five {right / len(ms):.0%}")


async def test_under_load(filled: Filled) -> None:
    """Thirty questions a second, asked whether or not the last is answered, while somebody watches the event loop."""
    texts = [asked.text for asked in filled.asked]
    watching = asyncio.create_task(_watch_loop())
    ms = await _ask_on(filled, texts)
    watching.cancel()
    held = await watching

    print(f"\n{filled.facts:,} facts, {A_SECOND} questions a second for {SECONDS:g} s: {percentiles(ms)}", end="   ")
    print(f"event loop held for at most {held:.0f} ms")


async def _ask_on(filled: Filled, texts: Sequence[str]) -> list[float]:
    """Ask *texts* over and over at the set pace; return how long each answer took from when it was due."""
    began = time.perf_counter()

    async def ask(number: int) -> float:
        due = began + number / A_SECOND
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        question = Question(texts[number % len(texts)], NOW)
        await filled.store.aread(lambda db: answer(db, question))
        return 1000 * (time.perf_counter() - due)

    return await asyncio.gather(*(ask(number) for number in range(int(SECONDS * A_SECOND))))


async def _watch_loop() -> float:
    """Return, once cancelled, the longest time in milliseconds for which nothing else could run."""
    longest = 0.0
    try:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(LOOKS)
            longest = max(longest, time.perf_counter() - began - LOOKS)
    except asyncio.CancelledError:
        return 1000 * longest
