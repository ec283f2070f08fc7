"""How long it takes to read facts out of a story, and to store it among many others."""

from __future__ import annotations

import time
from statistics import median

import pytest

from store.facts.extract import extract_facts
from store.facts.model import Story
from store.intake.sample_stories import sample_lines
from store.lookup.answering import search_words
from store.lookup.weights import load_weights
from tests.bench.conftest import SEED, Filled
from tests.bench.figures import memory_mb, percentiles
from tests.bench.invented_wire import Wire

SENTENCES = 14  # of a usual wire story
_DISK = ("PRAGMA page_count", "PRAGMA page_size")
LAST = 200  # stories that are looked at when the store is full

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]


def _extracting(story: Story) -> tuple[float, int]:
    """Return the milliseconds of processor time that reading *story* takes, and how many facts it has."""
    began = time.process_time()
    facts = len(extract_facts(story).facts)
    return 1000 * (time.process_time() - began), facts


def test_extraction() -> None:
    """A story of fourteen sentences is read in some milliseconds on one core, and a long one in proportion."""
    wire = list(Wire(SEED, sentences=SENTENCES).stories(100 * SENTENCES))
    samples = [line.story for line in sample_lines() if line.story]
    for story in (*wire[:10], *samples):
        extract_facts(story)  # lexicons and patterns are read once
    told = median(ms for ms, _ in map(_extracting, wire))
    shipped = median(ms * SENTENCES / facts for ms, facts in map(_extracting, samples))
    print(f"\nextraction of {SENTENCES} sentences, median: invented wire stories {told:.1f} ms", end=", ")
    print(f"sample stories, in proportion, {shipped:.1f} ms")
    lengths = [(length, *_extracting(next(Wire(SEED, sentences=length).stories(length)))) for length in (500, 4000)]
    print("  " + ", ".join(f"{length:,} sentences at once {ms / 1000:.2f} s" for length, ms, _ in lengths))

    assert lengths[1][1] < 3 * (lengths[1][0] / lengths[0][0]) * lengths[0][1]  # by the square it is eight times


def test_storing(filled: Filled) -> None:
    """Most of an import is reading; a story is found as soon as it is committed."""
    watch, weights = filled.watch, load_weights()
    last = filled.facts
    text = filled.store.read(lambda db: search_words(db, _words_of(filled), weights, keep=40)).ranked
    commit = watch.total("store") - watch.total("compare_story", "save_story")
    rest = watch.total("compare_story", "save_story") - watch.total("find_kin", "compare", "index_story")
    whole = watch.total("extract", "store")
    shares = {
        "extraction": watch.total("extract"),
        "finding kin": watch.total("find_kin"),
        "comparing": watch.total("compare"),
        "index": watch.total("index_story"),
        "other tables": rest,
        "commit": commit,
    }

    print(f"\n{filled.facts:,} facts of {filled.stories:,} stories read and stored", end=", ")
    print(f"{1000 * filled.stories / whole:.1f} stories a second")
    print("  " + ", ".join(f"{name} {ms / whole:.0%}" for name, ms in shares.items()))
    steps = zip(*(watch.ms[name][-LAST:] for name in ("store", "compare_story")), strict=True)
    print(f"  a story of 30 sentences committed and findable: {percentiles([all_ - told for all_, told in steps])}")
    print(f"    with its comparison with others before that: {percentiles(watch.ms['store'][-LAST:])}")
    for name in ("find_kin", "compare", "index_story"):
        print(f"    {name:12} {percentiles(watch.ms[name][-LAST:])}")
    pages, size = (filled.store.read(lambda db, n=n: db.conn.execute(n).fetchone()[0]) for n in _DISK)
    print(f"  the file has {pages * size / filled.facts:.0f} bytes a fact; memory of the process {memory_mb():.0f} MB")
    assert any(one.fact > last - 40 for one in text)


def _words_of(filled: Filled) -> str:
    """Return words of the story that was stored last."""
    *_, story = Wire(SEED).stories(30 * filled.stories)
    return story.title or ""
