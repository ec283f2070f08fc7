"""Whatever is typed: no exception, nothing that is not verbatim, no answer without words; in the soak, nothing slow."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from store.database.store import Store
from store.intake.accept import take_in
from store.lookup.answering import answer
from store.lookup.model import Answer, Question
from tests.lookup.cholera import STORIES

NOW = datetime(2026, 10, 12, 9, tzinfo=UTC)
Ask = Callable[[str], Answer]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask a store that holds three stories; check each answer against their texts."""
    path: Path = tmp_path_factory.mktemp("store") / "store.db"
    with Store.open(path) as store:
        for number, story in enumerate(STORIES):
            take_in(store, story, key=f"c{number}", now=NOW)
        yield lambda text: store.read(lambda db: checked(db, Question(text, NOW)))


def checked(db: Database, question: Question) -> Answer:
    """Return the answer, having made sure that it keeps every promise."""
    found = answer(db, question)
    texts = {f"c{number}": story.text for number, story in enumerate(STORIES)}
    assert len(found.matches) <= question.limit
    assert found.abstained == all(match.near_miss for match in found.matches)
    assert found.reason or not found.abstained
    for match in found.matches:
        assert texts[match.known.story_key][match.known.fact.start : match.known.fact.end] == match.known.text
        assert 0 <= match.score <= 1
    assert [m.score for m in found.matches] == sorted((m.score for m in found.matches), reverse=True)
    return found


HOSTILE = (
    "", " ", "?", "\x00", "\ud800", "a" * 6000, "who " * 1500, "😀😀😀", "\u202eمرحبا\u202c من؟", "\u200b\u200d\u2060",
    '"', "''", "NEAR(cholera deaths, 2)", "cholera AND NOT deaths", "title: cholera", "chol*", "^cholera", "(cholera",
    "cholera OR", '"cholera', "-cholera +deaths", "{a b}: c", "'; DROP TABLE facts; --", "<b>&amp;</b>", "%s %d {0}",
    "9" * 400, "1,000,000,000,000,000", "²³¹½", "ПОЧЕМУ умерли?", "霍乱", "cholera\ncholera\tcholera", "İstanbul ß ﬁ",
    "a.b.c.d.e.f.g.h", "-" * 3000, "a-" * 3000, "o'" * 3000, "since Monday", "according to", "latest", "and?", "when",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_questions_are_answered_or_declined(ask: Ask, text: str) -> None:
    """Operators, quotes, other scripts, emoji and endless words get an answer or a reason; `ask` checks which."""
    ask(text)


def test_nothing_to_go_by_is_no_answer(ask: Ask) -> None:
    """A question without a word that tells anything gets a reason and no sentence."""
    for text in ("", "?", "😀", "the of and", "霍乱"):
        assert ask(text).matches == ()


@given(text=st.text(max_size=200))
@example(text="\ud800 who")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_any_text_is_answered_or_declined(ask: Ask, text: str) -> None:
    """No text raises."""
    ask(text)


def scrambled(chance: random.Random) -> str:
    """Return a question made of the stories' words, other words, operators and noise."""
    words = " ".join(story.text for story in STORIES).split()
    odd = [
        '"',
        "AND",
        "NEAR(",
        "*",
        "since",
        "2021",
        "according to",
        "😀",
        "ü",
        "who",
        "how many",
        "latest",
        "\x00",
        "-",
    ]
    picked = [chance.choice(words if chance.random() < 0.6 else odd) for _ in range(chance.randint(1, 14))]
    text = list(" ".join(picked))
    for _ in range(chance.randint(0, 4)):
        text[chance.randrange(len(text))] = chr(chance.choice((32, 39, 45, 97, 122, 233, 1078, 0x200B, 0x1F600)))
    return "".join(text)


@pytest.mark.soak
def test_a_hundred_thousand_questions(ask: Ask) -> None:
    """Seeded random and hostile questions: no exception, all verbatim, none over a second."""
    chance = random.Random(4)  # noqa: S311
    slowest = 0.0
    for _ in range(100_000):
        text = scrambled(chance)
        start = time.process_time()  # of this process: the machine may be busy with others
        ask(text)
        slowest = max(slowest, time.process_time() - start)

    assert slowest < 1
