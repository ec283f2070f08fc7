"""From `bot.py` to the first answer, on the sample stories; and how much of it is importing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
RUNS = 5
MOST_S = 1.5  # the aim of the project: somebody who types a question does not wait

pytestmark = pytest.mark.bench


def timed(command: Sequence[str], given: str = "") -> float:
    """Return the seconds that a command takes, from outside."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("DATELINE_", "TELEGRAM_"))}
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=env, input=given, text=True, capture_output=True, check=True)
    return time.perf_counter() - began


def importing(*modules: str) -> float:
    """Return the median seconds that a Python takes to import *modules*, less what it takes to start."""
    command = [sys.executable, "-c", f"import {', '.join(modules)}"]
    bare = median(timed([sys.executable, "-c", ""]) for _ in range(RUNS))
    return median(timed(command) for _ in range(RUNS)) - bare


@dataclass(frozen=True)
class Start:
    """A way to an answer, and the modules that it imports."""

    args: tuple[str, ...]
    given: str
    modules: tuple[str, ...]


STARTS = {
    "ask": Start(("ask", "how many refugees"), "", ("bot", "handlers.commandline.asking")),
    "chat": Start(("chat",), "how many refugees\n", ("bot", "handlers.console", "store.intake.sample_stories")),
}


@pytest.mark.parametrize("name", STARTS)
def test_to_the_first_answer(tmp_path: Path, name: str) -> None:
    """Below a second and a half, imports and all."""
    start = STARTS[name]
    command = [sys.executable, "bot.py", "--db", str(tmp_path / "news.sqlite")]
    first = timed([*command, "chat"], "how many refugees\n")

    whole = median(timed([*command, *start.args], start.given) for _ in range(RUNS))
    imports = importing(*start.modules)

    print(f"\nstart-up, {name}: {whole:.2f} s to the first answer (median of {RUNS})", end=", ")
    print(f"imports {imports:.2f} s ({imports / whole:.0%}), the first run, which stores the samples, {first:.2f} s")
    assert whole < MOST_S
