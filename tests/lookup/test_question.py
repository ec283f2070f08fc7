"""What is read out of a question beside its words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.lookup.periods import Period
from store.lookup.question import read_question
from store.lookup.written_out import write_out

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)  # a Wednesday
OUTLETS = ("Harbour Post", "The Upland Mail", "NPA")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("what did Minister Oyelaran say about the levy", "Minister Oyelaran"),
        ("what does the harbour master say on dredging?", "the harbour master"),
        ("how has the opposition responded to the verdict", "the opposition"),
        ("how many were hurt, according to the fire brigade?", "the fire brigade"),
        ("how many were hurt per the fire brigade", "the fire brigade"),
        ("how many are fed per day", None),
        ("what did she say", "she"),
        ("what did the United States offer the islands", None),
        ("what did the united states say about fish", "the united states"),
        ("how many sheep died", None),
        ("who said the dam was safe", None),
        ("what is the claim about", None),
    ],
)
def test_speaker_is_who_is_asked_about(text: str, speaker: str | None) -> None:
    """The words that name a speaker are found wherever the grammar of the question puts them."""
    assert read_question(text, NOW).speaker == speaker


@pytest.mark.parametrize(
    ("text", "outlet", "words"),
    [
        ("what did Harbour Post report about dredging", "Harbour Post", "what did about dredging"),
        ("how many ships wait, according to the upland mail", "The Upland Mail", "how many ships wait,"),
        ("strike dates from NPA", "NPA", "strike dates"),
        ("how many died in the Harbour Post fire", None, "how many died in the Harbour Post fire"),
        ("is the harbour post office open", None, "is the harbour post office open"),
    ],
)
def test_outlet_is_a_filter_only_as_a_source(text: str, outlet: str | None, words: str) -> None:
    """An outlet's name narrows the answer when it is named as a source, and is a plain word elsewhere."""
    asked = read_question(text, NOW, outlets=OUTLETS)

    assert (asked.outlet, asked.words) == (outlet, words)


@pytest.mark.parametrize(
    ("text", "since", "until", "words"),
    [
        ("ferry strike since Monday", date(2026, 11, 16), None, "ferry strike"),
        ("dead before 10 Nov", None, date(2026, 11, 9), "dead"),
        ("who was arrested in October 2026", date(2026, 10, 1), date(2026, 10, 31), "who was arrested"),
        ("new cases in the last three days", date(2026, 11, 15), None, "new cases"),
        ("what changed yesterday", date(2026, 11, 17), date(2026, 11, 17), "what changed"),
        ("gas price on 10 november", date(2026, 11, 10), date(2026, 11, 10), "gas price"),
        ("gas price on tusday 10 nov", date(2026, 11, 10), date(2026, 11, 10), "gas price"),
        ("gas price monday", date(2026, 11, 16), date(2026, 11, 16), "gas price"),
        ("who may march in november", date(2026, 11, 1), date(2026, 11, 30), "who may march"),
        ("monday's toll in the port", None, None, "Monday's toll in the port"),
        ("who was hurt on wednesday", date(2026, 11, 18), date(2026, 11, 18), "who was hurt"),
        ("who was hurt on wednesday nite", date(2026, 11, 11), date(2026, 11, 11), "who was hurt"),
        ("arrests since wednesday", date(2026, 11, 11), None, "arrests"),
        ("arrests since 1 Jan 2099", date(2099, 1, 1), None, "arrests"),
        ("sea level in 2099", None, None, "sea level in 2099"),
        ("coldest day since 1974", None, None, "coldest day since 1974"),
        ("who won the 1974 election", None, None, "who won the 1974 election"),
        ("who ruled the islands in 1874", None, None, "who ruled the islands in 1874"),
    ],
)
def test_days_are_filters_and_leave_the_words(text: str, since: date | None, until: date | None, words: str) -> None:
    """Days with a preposition narrow the answer; a year that is part of a name stays a word."""
    asked = read_question(text, NOW)

    assert (asked.period.since, asked.period.until, asked.words) == (since, until, words)


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("and the wounded?", True),
        ("when was that", True),
        ("who said so", True),
        ("what about the islands", True),
        ("how many?", True),
        ("how many ferries were cancelled on the islands", False),
        ("what did the harbour master say about it in the council", False),
    ],
)
def test_follow_ups_are_told_from_whole_questions(text: str, follows: bool) -> None:
    """A question that leaves out its subject follows the one before; a whole one does not."""
    assert read_question(text, NOW).follows is follows


@pytest.mark.parametrize("word", ["now", "latest", "currently", "so far"])
def test_latest_is_heard(word: str) -> None:
    """Words for the present ask for the newest value."""
    assert read_question(f"how many cases {word}", NOW).latest
    assert not read_question("how many cases", NOW).latest


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("what's Vltara's answer", "Vltara", "what's Vltara's"),
        ("the harbour master's reaction to the levy", "the harbour master", "the harbour master's to the levy"),
        ("what was the crews' response?", "the crews", "what was the crews' ?"),
        ("what is the ship's position", "the ship", "what is the ship's"),
        (
            "who of all the people of the two river towns heard the mayor's answer",
            None,
            "who of all the people of the two river towns heard the mayor's answer",
        ),
        ("what's Vltara's answer phone number", None, "what's Vltara's answer phone number"),
        ("the position of the ship", None, "the position of the ship"),
        ("what is the response time", None, "what is the response time"),
    ],
)
def test_a_noun_asks_for_what_somebody_said(text: str, speaker: str | None, words: str) -> None:
    """Whose answer, reaction or version is asked for speaks, and the noun itself is looked up no more."""
    asked = read_question(text, NOW)

    assert (asked.speaker, asked.words) == (speaker, words)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("y/n did the dam break", "did the dam break"),
        ("Is it true that the dam broke?", "did the dam broke?"),
        ("do we know how many died", "how many died"),
        ("did the dam break y/n?", "did the dam break"),
        ("can you tell me: who broke it", "who broke it"),
        ("is it true according to the Quay", "is it true according to the Quay"),
        ("tell me", "tell me"),
        ("how many w/o power", "how many without power"),
        ("how old's the mayor", "how old is the mayor"),
        ("whats the toll til now", "what's the toll until now"),
    ],
)
def test_what_is_put_before_a_question_is_none_of_it(typed: str, left: str) -> None:
    """Openings that ask for nothing would be taken for the question's own words."""
    assert write_out(typed) == left


def test_a_month_at_the_end_is_when() -> None:
    """In a hurry the preposition is left out; a name, or a month that something leads to, stays as it is."""
    assert read_question("soldiers in the drill aug", NOW).period.since == date(2026, 8, 1)
    assert read_question("deaths in aug", NOW).period.since == date(2026, 8, 1)
    assert read_question("who is april", NOW).period.is_open
    assert read_question("price in early august", NOW).words == "price"


@pytest.mark.parametrize("typed", ["source?", "Link pls", "What's the source?", "where is that from"])
def test_who_asks_for_the_source_asks_who_said_that(typed: str) -> None:
    """Alone; "source of the leak" asks for something."""
    asked = read_question(typed, NOW)

    assert (asked.words, asked.follows, asked.wants_speaker) == ("who said that", True, True)
    assert read_question(f"{typed} of the leak", NOW).words != asked.words


def test_short_forms_are_written_out() -> None:
    """What people shorten in a hurry is looked up as the word that is meant."""
    assert read_question("how many ppl wd leave", NOW).words == "how many people would leave"
    assert read_question("what did the PM sign at 5 pm", NOW).words == "what did the prime minister sign at 5 pm"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how mnay goats", "how many goats"),
        ("Hwo many goats", "How many goats"),
        ("hw meny goats", "how many goats"),
        ("goats how lnog asleep", "goats how long asleep"),
        ("wehn did it rain", "when did it rain"),
        ("waht cooks wehn", "what cooks wehn"),
        ("how Mani sings", "how Mani sings"),
        ("may he march on 3 may", "may he march on 3 May"),
        ("rain on thrusday in febuary", "rain on Thursday in February"),
        ("who is sundari", "who is sundari"),
        ("were is the ferry", "where is the ferry"),
        ("were the ferries late", "were the ferries late"),
        ("hat did he say", "what did he say"),
        ("which hat did he wear", "which hat did he wear"),
        ("how may people ware hurt", "how many people were hurt"),
        ("how may I help", "how may I help"),
        ("how said it rained", "who said it rained"),
        ("when was the fist case", "when was the first case"),
        ("who raised a fist first", "who raised a fist first"),
        ("refugees form sudan", "refugees from sudan"),
        ("who will form Cabinet and when", "who will form Cabinet and when"),
    ],
)
def test_slips_of_what_decides_the_reading_are_mended(typed: str, meant: str) -> None:
    """Question words and days are put right wherever nothing else can be meant; names and plain words are left."""
    assert write_out(typed) == meant


@pytest.mark.parametrize(
    ("text", "published_only"), [("arrests after 1 March 2026", True), ("who takes over after 1 March 2027", False)]
)
def test_what_comes_after_a_day_ahead_is_told_before_it(text: str, published_only: bool) -> None:
    """Only of a day that is over can the news be what was published after it."""
    assert read_question(text, NOW).period.published_only == published_only


@pytest.mark.parametrize("text", ["thanks", "Thank you very much!", "good morning", "ok", "hi there"])
def test_a_courtesy_asks_for_nothing(text: str) -> None:
    """Nobody who says thanks asks who was thanked."""
    assert not read_question(text, NOW).words


@pytest.mark.parametrize(
    "text", ["who thanked the crew", "ok and the wounded", "good news from Sael", "hello who is X"]
)
def test_a_question_may_begin_with_a_courtesy(text: str) -> None:
    """One word more, and it asks for something."""
    assert read_question(text, NOW).words


def test_period_holds_what_touches_it() -> None:
    """Both ends count, and an open end leaves nothing out."""
    week = Period(date(2026, 11, 2), date(2026, 11, 8))

    assert week.holds(date(2026, 11, 8), date(2026, 11, 12))
    assert not week.holds(date(2026, 11, 9), date(2026, 11, 12))
    assert Period(since=date(2026, 11, 2)).holds(date(2030, 1, 1), date(2030, 1, 1))
    assert Period().is_open


@given(st.text(max_size=300))
@example("0Q1:")
def test_any_text_can_be_read(text: str) -> None:
    """Nothing that can be typed raises, and the words that are looked up are never made up."""
    asked = read_question(text, NOW, outlets=OUTLETS)

    assert all(part in write_out(text) for part in asked.words.split())
