"""How long a question takes, and how often its sentence is found, beside plain rankers on the same sentences.

`DATELINE_BENCH_FACTS=10000,100000,1000000 make bench` sets the sizes; the largest takes five minutes to build.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from rapidfuzz import fuzz, process, utils
from sqlite_utils import Database

from bot import COLLECTING
from store.database.connection import connect
from store.database.index import index_story, merge_index
from store.database.schema import MIGRATIONS
from store.facts.model import Cast
from store.lookup.answering import search_words
from store.lookup.weights import load_weights
from tests.bench.figures import memory_mb, percentiles
from tests.bench.invented_news import SENTENCES, Asked, News, questions
from tests.lookup.shelf import sentences

SIZES = [int(size) for size in os.environ.get("DATELINE_BENCH_FACTS", "10000,50000").split(",")]
QUESTIONS = 300
FUZZY = {10_000: 40}  # questions that rapidfuzz is asked; of more facts fewer, since a whole pass takes seconds
FEW_FUZZY = 12
SEED = 2021

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]


@dataclass(frozen=True, slots=True)
class Timed:
    """What a ranker did with the questions."""

    ms: Sequence[float]
    found: float  # share whose sentence is among the first five

    def figures(self) -> str:
        """Return the medians, the slowest, and the share found."""
        return f"{percentiles(self.ms)}   recall@5 {self.found:5.1%}"


def ask_all(asked: Sequence[Asked], find: Callable[[str], Sequence[int]]) -> Timed:
    """Return how long *find* takes for each question, and how often it has the sentence among its first five."""
    ms, found = [], 0
    for question in asked:
        start = time.perf_counter()
        rows = find(question.text)
        ms.append(1000 * (time.perf_counter() - start))
        found += question.fact in rows[:5]
    return Timed(ms, found / len(asked))


def fill(path: Path, facts: int) -> tuple[Database, list[Asked], list[float]]:
    """Return a store of *facts* sentences, questions about some of them, and the milliseconds of each story."""
    db = Database(path)
    db.conn.isolation_level = None
    db.conn.execute("PRAGMA journal_mode = WAL")
    MIGRATIONS.apply(db)
    step = max(1, facts // QUESTIONS)
    picked, ms = [], []
    for number, texts in enumerate(News(SEED).stories(facts), 1):
        first = (number - 1) * SENTENCES + 1
        # Two sentences a paragraph, as wire stories have them.
        known = sentences(number, first, [" / ".join(texts[at : at + 2]) for at in range(0, SENTENCES, 2)])
        start = time.perf_counter()
        db.conn.execute("BEGIN IMMEDIATE")
        index_story(db, number, title=None, facts=known, cast=Cast())
        db.conn.execute("COMMIT")
        ms.append(1000 * (time.perf_counter() - start))
        picked += [(one.id, one.text) for one in known if one.id % step == 0]
        if number % 200 == 0:  # as the store does in a long import
            while merge_index(db, pages=500):
                pass
    while merge_index(db, pages=500):
        pass
    return db, questions(picked[:QUESTIONS], seed=SEED), ms


def plain_fts5(path: Path, facts: int) -> Callable[[str], list[int]]:
    """Return the plain way: FTS5 with porter stems, all words joined by OR, ordered by bm25()."""
    db = Database(path)
    db.conn.execute("CREATE VIRTUAL TABLE plain USING fts5(t, content='', tokenize='porter unicode61')")
    texts = (text for story in News(SEED).stories(facts) for text in story)
    with db.conn:
        db.conn.executemany("INSERT INTO plain (rowid, t) VALUES (?, ?)", enumerate(texts, 1))

    def find(question: str) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in question.split()[2:] if word != "the")
        sql = "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 5"
        return [row for (row,) in db.conn.execute(sql, (words,))]

    return find


def all_by_rapidfuzz(facts: int) -> Callable[[str], list[int]]:
    """Return the slow way: token_set_ratio of the question with every sentence."""
    texts = [utils.default_process(text) for story in News(SEED).stories(facts) for text in story]

    def find(question: str) -> list[int]:
        best = process.extract(utils.default_process(question), texts, scorer=fuzz.token_set_ratio, limit=5)
        return [at + 1 for _, _, at in best]

    return find


@pytest.mark.parametrize("facts", SIZES)
def test_questions(facts: int, tmp_path: Path) -> None:
    """A question costs about the same at any size, and finds more than plain rankers do."""
    gc.set_threshold(*COLLECTING)  # the collector and the connection are as in the bot
    before = memory_mb()
    filled, asked, story_ms = fill(tmp_path / "store.db", facts)
    filled.conn.close()
    db = connect(tmp_path / "store.db")
    gc.collect()
    gc.freeze()
    weights = load_weights()

    def find(question: str) -> list[int]:
        return [one.fact for one in search_words(db, question, weights, keep=5).ranked]

    find("what about nothing")  # the lexicons are read once
    ours = ask_all(asked, find)
    grown = memory_mb() - before
    pages, size = (db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    plain = ask_all(asked, plain_fts5(tmp_path / "plain.db", facts))
    fuzzy = ask_all(asked[: FUZZY.get(facts, FEW_FUZZY)], all_by_rapidfuzz(facts))

    print(f"\n{facts:,} facts, {len(asked)} questions, half of them misspelt")
    print(f"  ours                  {ours.figures()}")
    print(f"  FTS5 OR + bm25        {plain.figures()}   {median(plain.ms) / median(ours.ms):.1f} times as long")
    print(f"  rapidfuzz over all    {fuzzy.figures()}   {median(fuzzy.ms) / median(ours.ms):.0f} times as long")
    print(f"  indexing a story of {SENTENCES}: {percentiles(story_ms)}, with its commit")
    print(f"  index {pages * size / facts:.0f} bytes a fact; memory of the process up by {grown:.0f} MB")
    assert ours.found > plain.found
    assert median(ours.ms) < median(fuzzy.ms)
