"""Questions about a running event: the newest figure, who said it, which outlet, what is held against it, nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from store.database.aliases import add_alias, remove_alias
from store.database.store import Store
from store.facts.model import Story
from store.intake.accept import take_in
from store.lookup.answering import answer
from store.lookup.model import Answer, NoteType, Question
from tests.lookup.cholera import STORIES

NOW = datetime(2026, 10, 12, 9, tzinfo=UTC)

Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that holds the outbreak."""
    with Store.open(tmp_path_factory.mktemp("news") / "news.db") as opened:
        for number, story in enumerate(STORIES):
            take_in(opened, story, key=f"s{number}", now=story.published_at or NOW)
        yield opened


@pytest.fixture(scope="module")
def ask(store: Store) -> Ask:
    """Ask the store, as the bot does."""

    def asked(text: str, after: Answer | None = None, **fields: object) -> Answer:
        question = Question(text, NOW, **fields)  # type: ignore[arg-type]
        return store.read(lambda db: answer(db, question, previous=after.reading if after else None))

    return asked


def said(found: Answer) -> str:
    """Return the sentence that the bot would show, or why it shows none."""
    return found.matches[0].known.text if not found.abstained else f"nothing: {found.reason}"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how many people have died of cholera", "Twenty-three people"),
        ("cholera deths umbeli now", "Twenty-three people"),
        ("how many patients are in tents", "counted 390 patients"),
        ("what did Dr Oduya say about soap", "there is no soap"),
        ("how long will the drips last", "drips would last for four days"),
        ("did norlake pollute the shore", "denied that its plant"),
        ("who withdrew the vaccine promise", "withdrew her promise"),
        ("how many people work at the norlake plant", "employs 1,400 people"),
        ("is the market open", "stays open"),
        ("since when are schools closed", "closed since Thursday"),
        ("what is Tenda sending", "two field hospitals"),
        ("what did Mbata say about the lake", "must not be drunk"),
    ],
)
def test_the_sentence_that_answers_comes_first(ask: Ask, question: str, words: str) -> None:
    """The newest and most fitting sentence is shown, whatever the spelling."""
    assert words in said(ask(question))


def test_what_was_told_at_first_is_asked_for_in_so_many_words(ask: Ask) -> None:
    """The initial toll is the oldest, as the toll is the newest."""
    assert "Nine people" in said(ask("initial cholera toll in umbeli"))
    assert "Nine people" in said(ask("how many people were at first known to have died of cholera"))
    assert "Twenty-three people" in said(ask("cholera toll in umbeli"))


@pytest.mark.parametrize(
    "question",
    [
        "how many doctors have died of cholera",
        "what did the president say about cholera",
        "how many patients are in Port Sael",
        "what does Tenda say about Norlake",
        "who owns the fishing company Norlake",
        "how much does a vaccine dose cost",
        "did the minister resign",
        "football results in Karobe",
    ],
)
def test_what_is_not_held_is_not_answered(ask: Ask, question: str) -> None:
    """A sentence that only comes near is never given as the answer, and the reason is told."""
    found = ask(question)

    assert found.abstained, said(found)
    assert found.reason
    assert all(match.near_miss for match in found.matches)


def test_a_follow_up_for_what_is_not_held_is_not_answered_with_the_question_before(ask: Ask) -> None:
    """ "And the goats?" adds a word that nothing held has; the rest was answered already."""
    first = ask("how many patients are in tents")

    assert not first.abstained
    assert ask("and the goats?", after=first).abstained


def test_a_follow_up_that_only_points_back_is_about_the_answer(ask: Ask) -> None:
    """ "Who said so" is answered with the sentence itself, whose source stands under it."""
    first = ask("how many patients are in tents")
    second = ask("who said so", after=first)

    assert said(second) == said(first)
    assert said(ask("where was that", after=second)) == said(first)


def test_who_asks_for_the_source_goes_on_with_the_matter(ask: Ask) -> None:
    """ "Source?" gets the answer once more, and "and now?" after it is about the patients still."""
    first = ask("how many patients are in tents")
    second = ask("source?", after=first)

    assert said(second) == said(first)
    assert said(ask("and now?", after=second)) == said(first)


def test_a_reason_names_six_words_at_most(ask: Ask) -> None:
    """Of a long text that asks for nothing held the rest is counted; what stands for anybody is no word to find."""
    found = ask("zebra quokka ocelot marmot walrus dugong lemming pangolin, has anyone seen them")

    assert found.reason == "nothing held mentions zebra, quokka, ocelot, marmot, walrus, dugong and 3 more words"


def test_a_follow_up_is_not_answered_with_a_sentence_that_lacks_what_it_adds(ask: Ask) -> None:
    """The market is held, and no figure of it is: the patients are no answer."""
    assert ask("and the market?", after=ask("how many patients are in tents")).abstained


def test_names_that_come_near_are_offered_when_nothing_is_held(ask: Ask) -> None:
    """Who asked for a name that is not held learns which are; an answer needs no such offer."""
    assert ask("what did Mbathulu say about football").nearest_names == ("Josephine Mbatha",)
    assert ask("what did Mbata say about the lake").nearest_names == ()


def test_a_walked_back_promise_comes_with_its_walk_back(ask: Ask) -> None:
    """A claim never stands without what is held against it."""
    found = ask("how many people can the country vaccinate by the end of the month", until=date(2026, 10, 5))

    assert "500,000" in said(found)
    assert NoteType.WALKED_BACK_BY in {note.type for note in found.matches[0].notes}


def test_an_update_points_to_the_older_figure(ask: Ask) -> None:
    """The newest figure answers, and the one before comes as a note."""
    found = ask("how many people have died of cholera")
    earlier = [note.known.text for note in found.matches[0].notes if note.type is NoteType.UPDATES]

    assert any("17" in text for text in earlier)


def test_a_taught_word_is_used_from_the_next_question_on_until_it_is_forgotten(store: Store, ask: Ask) -> None:
    """In any form of the word, also for a phrase; nothing else knows it."""
    question = "what about the yellowcaps"

    assert ask(question).abstained
    store.write(lambda db: add_alias(db, "yellowcap", ["field hospitals"], now=NOW))
    taught = ask(question)
    store.write(lambda db: remove_alias(db, "yellowcaps"))
    assert "two field hospitals" in said(taught)
    assert taught.read_as["yellowcaps"] in {"field", "hospitals"}
    assert ask(question).abstained


def test_what_only_names_the_kind_of_answer_need_not_be_held(ask: Ask) -> None:
    """No story has "percentage", which a share answers; a word for what is measured must be held."""
    shares, counted = ask("percentage of cholera deaths"), ask("voter turnout umbeli")

    assert "percentage" not in shares.unmatched
    assert "turnout" in counted.unmatched


def test_filters_in_words_and_beside_them_agree(ask: Ask) -> None:
    """An outlet or a day can be named in the question or given as an option."""
    in_words = ask("how many cholera deaths, according to The Lake Courier")
    beside = ask("how many cholera deaths", outlet="The Lake Courier")

    assert "risen to 17" in said(in_words)
    assert said(in_words) == said(beside)
    assert "Nine people" in said(ask("how many people died of cholera before 6 October"))


def test_a_speaker_given_as_an_option_is_kept_to(ask: Ask) -> None:
    """Only what that person or body said is shown, in any spelling of the name."""
    found = ask("how many people have died of cholera", speaker="Mbata")

    assert {match.known.fact.speaker.name for match in found.matches if match.known.fact.speaker} == {
        "Josephine Mbatha"
    }
    assert all(match.known.fact.speaker for match in found.matches)


def test_the_second_speaker_of_a_sentence_is_heard(tmp_path: Path) -> None:
    """Who puts another figure beside the first one's is found by name; who is only named in the sentence is not."""
    text = (
        "HALLE (Wire) - The Health Ministry said 14 miners had died, but the Red Cross put the figure at 26.\n\n"
        "The Mine Board, which the ministry supervises, closed the shaft."
    )
    with Store.open(tmp_path / "mine.db") as mine:
        take_in(mine, Story(text, published_at=NOW), key="mine", now=NOW)

        def asked(speaker: str) -> Answer:
            return mine.read(lambda db: answer(db, Question("how many miners died", NOW, speaker=speaker)))

        assert "26" in said(asked("Red Cross"))
        assert "26" in said(asked("Health Ministry"))
        assert asked("Mine Board").abstained


def test_filters_reach_beyond_the_best_candidates(tmp_path: Path) -> None:
    """A story of the asked outlet is found behind hundreds of others that say the same words."""
    with Store.open(tmp_path / "many.db") as many:
        for number in range(120):
            text = (
                f"Ferry crews in harbour {number} ended a strike on Monday. The strike had cost {number + 2} sailings."
            )
            outlet = "Small Echo" if number == 3 else "Big Wire"
            take_in(many, Story(text, outlet=outlet, published_at=NOW), key=f"m{number}", now=NOW)
        found = many.read(lambda db: answer(db, Question("ferry strike, according to Small Echo", NOW)))

    assert [match.known.story_key for match in found.matches[:1]] == ["m3"]


def test_follow_ups_inherit_what_they_leave_out(ask: Ask) -> None:
    """The words, the filters and the speaker of the question before are kept."""
    drips = ask("how long will the drips last")
    deaths = ask("how many people died of cholera before 6 October")

    assert "Oduya" in said(ask("who said so", after=drips))
    assert "212 are being treated" in said(ask("and treated in tents?", after=deaths))
    assert said(ask("who said so")) != said(ask("who said so", after=drips))


def test_what_a_follow_up_inherits_is_told(ask: Ask) -> None:
    """The words of the question before that are not its own, and what narrows it; a whole question inherits nothing."""
    deaths = ask("how many people died of cholera before 6 October")
    follow_up, whole = ask("and treated in tents?", after=deaths), ask("who withdrew the vaccine promise", after=deaths)

    assert follow_up.inherited == ("people", "died", "cholera", "until 2026-10-05")
    assert whole.inherited == deaths.inherited == ()
    assert ask("what did he say", after=ask("how long will the drips last")).inherited[-1] == "Samuel Oduya"


@pytest.mark.parametrize("text", ["👍", "?!", "and?", "the", "but not with"])
def test_what_asks_for_nothing_inherits_nothing(ask: Ask, text: str) -> None:
    """An emoji is not answered with the question before, as it would be if that were put in for all that it lacks."""
    found = ask(text, after=ask("how many people died of cholera"))

    assert (found.abstained, found.inherited, found.matches) == (True, (), ())
    assert found.reason == "the question has no telling word"


@pytest.mark.parametrize("text", ["who", "whom?", "where?", "how many", "and now?", "said who?", "this"])
def test_a_word_that_asks_or_points_back_inherits(ask: Ask, text: str) -> None:
    """Short as they are, they ask for something of the question before."""
    assert "cholera" in ask(text, after=ask("how many people died of cholera")).inherited


def test_words_that_tell_little_are_not_named_as_missing(ask: Ask) -> None:
    """Who reads what nothing held mentions learns what to leave out."""
    assert ask("who actually bought a harpsichord").reason == "nothing held mentions bought, harpsichord"


def test_an_empty_store_says_so(tmp_path: Path) -> None:
    """Nothing held is told apart from nothing found."""
    with Store.open(tmp_path / "empty.db") as empty:
        found = empty.read(lambda db: answer(db, Question("how many died", NOW)))

    assert (found.abstained, found.reason) == (True, "nothing is stored yet")
