"""A store that was filled through the front door, with the times that it took; filled once for all that asks it."""

from __future__ import annotations

import gc
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot import COLLECTING
from store.database import stories
from store.database.store import Store
from store.facts.extract import extract_facts
from store.facts.model import Story
from tests.bench.figures import Stopwatch
from tests.bench.invented_news import Asked, questions
from tests.bench.invented_wire import Wire

# `DATELINE_BENCH_STORED=10000,100000 make bench`: a hundred thousand take some minutes to read and store.
SIZES = [int(size) for size in os.environ.get("DATELINE_BENCH_STORED", "10000").split(",")]
QUESTIONS = 300
SEED = 2021
NOW = datetime(2022, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Filled:
    """A store of invented wire stories, what it took to fill it, and questions about it."""

    store: Store
    facts: int
    stories: int
    watch: Stopwatch
    asked: list[Asked] = field(default_factory=list)


@pytest.fixture(scope="session", params=SIZES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Read and store wire stories one by one, as a long import does, timing each step."""
    gc.set_threshold(*COLLECTING)  # the collector is set as in the bot
    watch = Stopwatch()
    picked: list[tuple[int, str, str]] = []
    step = max(1, request.param // QUESTIONS)
    facts = count = 0
    with Store.open(tmp_path_factory.mktemp("bench") / "news.sqlite") as store, pytest.MonkeyPatch.context() as patch:
        watch.watch(patch, stories, "compare_story", "save_story", "find_kin", "compare", "index_story")
        for story in Wire(SEED).stories(request.param):
            sentences = _take_in(store, story, watch)
            picked += [(at, text, story.title or "") for at, text in enumerate(sentences, facts + 1) if at % step == 0]
            facts, count = facts + len(sentences), count + 1
        patch.undo()
        gc.collect()
        gc.freeze()
        yield Filled(store, facts, count, watch, _questions(picked))


def _take_in(store: Store, story: Story, watch: Stopwatch) -> list[str]:
    """Store a story as `take_in` does, with a clock on each step; return its facts' texts."""
    with watch.timing("extract"):
        extraction = extract_facts(story)
    with watch.timing("store"):
        store.write_prepared(
            lambda db: stories.compare_story(db, story, extraction, key=None),
            lambda db, compared: stories.save_story(db, story, extraction, key=None, now=NOW, compared=compared),
        )
    return [story.text[fact.start : fact.end] for fact in extraction.facts]


def _questions(picked: list[tuple[int, str, str]]) -> list[Asked]:
    """Return questions by the words of a sentence, half of them misspelt, every third one for a figure in its place."""
    chance = random.Random(SEED)  # noqa: S311
    chosen = chance.sample(picked, min(QUESTIONS, len(picked)))
    asked = questions([(fact, text) for fact, text, _ in chosen], seed=SEED)
    return [
        Asked(f"how many people in {title.split()[0]} after {' '.join(one.text.split()[-2:])}", one.fact)
        if number % 3 == 0
        else one
        for number, (one, (_, _, title)) in enumerate(zip(asked, chosen, strict=True))
    ]
