"""Questions for who or what somebody or something is: the sentence that says so, and not one that only mentions it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from store.database.store import Store
from store.facts.model import Story
from store.intake.accept import take_in
from store.lookup.answering import answer, look_up
from store.lookup.introducing import introduces
from store.lookup.model import Answer, Question
from store.lookup.objecting import names_asked
from store.lookup.weights import load_weights

NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)
STORY = (
    "The HWL has called its members out at all six ports of Norland. "
    "The HWL wants 9 per cent, the port office said.\n\n"
    '"We will not be bought," Halina Orsk told the HWL rally in Bresk. Orsk was cheered.\n\n'
    "What does the HWL want?\n\n"
    "The Harbour Workers' League (HWL) was founded in 1962. "
    "Its chairwoman, Halina Orsk, drove a crane for 20 years.\n\n"
    "Jonas Veit, a lawyer who speaks for the port office, said talks would go on. "
    "Veit left without a word on Friday.\n\n"
    "The minister said the harbour master of Bresk had resigned. Teodor Malk, the harbour master, confirmed it.\n\n"
    "Ms Brandl smiled at the pilots on the quay of Tolm and left the mayor. "
    "The talks would go on, Mayor Ute Brandl said."
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a story about a strike, in which the mentions come before the introductions."""
    with Store.open(tmp_path_factory.mktemp("introducing") / "news.db") as held:
        at = datetime(2026, 9, 19, 8, tzinfo=UTC)
        take_in(held, Story(STORY, "Ports at a standstill", "Strait Times", published_at=at), key="s1", now=at)
        yield held


@pytest.fixture
def ask(store: Store) -> Callable[[str], Answer]:
    """Ask it."""
    return lambda text: store.read(lambda db: answer(db, Question(text, NOW, limit=3)))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("what does HWL stand for", "League (HWL)"),
        ("hwl meaning", "League (HWL)"),
        ("who is Halina Orsk", "chairwoman"),
        ("whos jonas veit?", "a lawyer"),
        ("who is halina orsk", "chairwoman"),
        ("who is the mayor", "Mayor Ute Brandl"),
        ("who is ute brandl", "Mayor Ute Brandl"),
        ("who is the harbour master of Bresk", "Teodor Malk"),
    ],
)
def test_what_introduces_comes_first(ask: Callable[[str], Answer], question: str, words: str) -> None:
    """The sentence that says who or what that is stands before those that only have its name."""
    assert words in ask(question).matches[0].known.text


def test_a_question_in_a_story_is_no_answer(ask: Callable[[str], Answer]) -> None:
    """What the reporter asks comes after what is told, although it has all the words."""
    assert "9 per cent" in ask("what does the HWL want").matches[0].known.text


@pytest.mark.parametrize("question", ["what does UPW stand for", "who is the treasurer of the HWL"])
def test_without_an_introduction_nothing_is_given(ask: Callable[[str], Answer], question: str) -> None:
    """A mention alone is no answer, and the reason is told."""
    found = ask(question)

    assert found.abstained
    assert found.reason


def introduced(store: Store, question: str, words: str) -> bool | None:
    """Return what `introduces` says of the sentence with *words*."""
    asked = Question(question, NOW, limit=40)
    found = store.read(lambda db: look_up(db, asked, previous=None, weights=load_weights()))
    known = next(choice.known for choice in found.verdict.choices if words in choice.known.text)
    asks = found.search.weighed.asks
    return introduces(known, found.asked.words, asks, names_asked(asks, found.search.names))


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("who is Jonas Veit", "a lawyer", True),
        ("who is Jonas Veit", "left without a word", False),
        ("who is Halina Orsk", "was cheered", False),
        ("who is Ute Brandl", "smiled at the pilots", False),
        ("who is replacing the mayor", "Mayor Ute Brandl", None),  # no question for the mayor
        ("who is the harbour master", "Teodor Malk", True),
        ("who is the harbour master", "had resigned", False),
        ("what does HWL stand for", "founded in 1962", True),
        ("what does HWL stand for", "called its members", False),
        ("when was the HWL founded", "founded in 1962", None),
        ("who called the members of the HWL out", "called its members", None),
    ],
)
def test_what_is_an_introduction(store: Store, question: str, words: str, expected: bool | None) -> None:
    """A trade before or after the name, a holder beside the office, a long form beside the short; None: not asked."""
    assert introduced(store, question, words) is expected
