"""What the benchmarks say of a row of times."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pytest


def percentiles(ms: Sequence[float]) -> str:
    """Return the median and the slowest of some times."""
    cuts = quantiles(ms, n=100)
    return f"p50 {median(ms):8.1f}  p95 {cuts[94]:8.1f}  p99 {cuts[98]:8.1f} ms"


def memory_mb() -> float:
    """Return the resident memory of this process; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    text = status.read_text() if status.exists() else ""
    found = re.search(r"VmRSS:\s+(\d+) kB", text)
    return int(found[1]) / 1024 if found else 0.0


class Stopwatch:
    """Adds up how long each kind of work takes, in milliseconds."""

    def __init__(self) -> None:
        self.ms: dict[str, list[float]] = {}

    @contextmanager
    def timing(self, kind: str) -> Iterator[None]:
        """Time what is done within."""
        began = time.perf_counter()
        yield
        self.ms.setdefault(kind, []).append(1000 * (time.perf_counter() - began))

    def watch(self, patch: pytest.MonkeyPatch, module: object, *names: str) -> None:
        """Time every call of the functions *names* of *module* from now on."""
        for name in names:
            patch.setattr(module, name, self._timed(name, getattr(module, name)))

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.timing(name):
                return function(*args, **kwargs)

        return timed

    def total(self, *kinds: str) -> float:
        """Return how long all work of *kinds* took together."""
        return sum(sum(self.ms.get(kind, ())) for kind in kinds)
