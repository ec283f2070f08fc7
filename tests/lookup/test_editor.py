"""What an editor does with the ranked list: the newest first, whoever said it last, and what is said against it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from store.database.store import Store
from store.lookup import answering
from store.lookup.answering import Found
from store.lookup.counting import read_counted
from store.lookup.model import Note, NoteType
from store.lookup.notes import notes_for
from store.lookup.objecting import names_asked
from tests.lookup.days_of_news import Look, looking, store_days

NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)
STORIES = (
    (
        1,
        "Quake kills 19 on Halva",
        "At least 19 people were killed when an earthquake struck the island of Halva on Tuesday, the rescue agency "
        "said.\n\nThe search for survivors in the port of Tana goes on day and night, the agency said.\n\n"
        "A looter was charged. A plane with 95,000 doses of vaccine landed in Tana. Four bridges in ten are closed.\n\n"
        "The government has released 1.2 billion korins for repairs. A blanket costs $40 on the quay.",
    ),
    (
        5,
        "Search for survivors scaled down",
        "The search for survivors in the port of Tana will be scaled down from Sunday, the rescue agency said.\n\n"
        "The quake on Halva has now killed 143 people, it said.\n\n"
        "Interior Minister Ada Brune admitted that the siren had sounded too late. On Tuesday she had said that the "
        "siren sounded in time.\n\n"
        '"We heard it come," said Marta Kolin, who runs the bakery on the quay.\n\n'
        "The beams had been too thin, said inspector Pavel Ruzic, 58, beside Lena Orsk, an engineer. "
        "Orsk fell out with the owner, Ivo Brandt, 71, in spring.\n\n"
        "Rust had eaten the bolts, inspector Ruzic said.",
    ),
    (
        6,
        "Storm on Norvik",
        "A storm on the island of Norvik has killed 3 people, police said.\n\nSchools there stay shut.\n\n"
        "Farmers want help.\n\nThe ferry sails again on Monday.\n\nTen boats sank.\n\n"
        "The looted shops of Sael are shut. One in five shops was looted, the mayor of the town said.\n\n"
        "Some 400 litres of paint were seized.\n\n"
        "The harbour of Sael is closed. A toll is due on its 3-km breakwater, where everybody voted.\n\n"
        '"The eels are gone," said Jens Lund, who farms below the weir.\n\n'
        "A boy of Sael was saved by the crew of the Norvik Coast Guard. The storm of 2019 blew for eleven days.\n\n"
        "A girl of nine has lost a tooth, dentist Mona Fehr said.\n\n"
        "The stock of the harbour's owner fell 4 per cent. Bread costs 15 brens on Norvik.\n\n"
        "Captain Leo Marsh was sent a bill for the boats. His lawyer, Ada Quist, said the captain would not.",
    ),
    (
        2,
        "Statement by the Dredging Board",
        "Eleven berths were lost. The barges stay where they are.",
    ),
    (
        3,
        "Concert on the pier",
        "Ida Wenk said 340 tickets had been sold for the concert in Sael.\n\nSael has long had a "
        "pier.\n\nA rail runs along the 300-metre pier.",
    ),
    (
        4,
        "Tickets counted again",
        "Ida Wenk withdrew her figure of 340 tickets sold for the concert in Sael, saying it was 290 tickets.",
    ),
)


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Look]:
    """Ask a store that holds a quake and a storm."""
    with Store.open(tmp_path_factory.mktemp("editor") / "news.db") as store:
        store_days(store, STORIES, outlet="Strait Times", first=datetime(2026, 9, 9, 8, tzinfo=UTC))
        yield looking(store, NOW, limit=1)


def first(found: Found) -> str:
    """Return the sentence that the editor puts first."""
    return found.verdict.choices[0].known.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how many dead on halva now", "143 people"),
        ("latest toll of the quake", "143 people"),
        ("are the searchers of the agency still at it in the port of tana", "scaled down"),
        ("what did the interior minister say about the siren", "too late"),
    ],
)
def test_the_newest_comes_first(look: Look, question: str, words: str) -> None:
    """A newer figure, what is as close and newer, and where somebody stands now."""
    assert words in first(look(question))


def test_an_update_is_followed_though_no_word_leads_to_it(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest is what has updated the sentence that was found, with the notes that it has."""
    monkeypatch.setattr(answering, "_CHOSEN_FROM", 1)  # times the limit: only the old toll is among them
    found = look("latest on the people killed when an earthquake struck halva")

    assert "143 people" in first(found)
    assert NoteType.UPDATES in {note.type for note in found.verdict.choices[0].notes}


def test_a_figure_taken_back_gives_way(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """The withdrawal answers, though it may not be known to update what it takes back."""

    def walk_backs(db: Database, facts: list[int]) -> dict[int, tuple[Note, ...]]:
        found = notes_for(db, facts)
        return {fact: tuple(n for n in notes if n.type is NoteType.WALKED_BACK_BY) for fact, notes in found.items()}

    monkeypatch.setattr(answering, "notes_for", walk_backs)

    assert "290 tickets" in first(look("how many tickets were sold for the concert in sael"))


def test_another_islands_toll_is_no_newer_one(look: Look) -> None:
    """The storm came after the quake, and named none of what was asked."""
    assert "Norvik" not in first(look("how many people were killed on halva"))


@pytest.mark.parametrize(
    ("question", "objection"),
    [
        ("how many whales were killed on halva", "counted_unheld"),
        ("how many people were killed in tana in 1998", "figure_unheld"),
        ("why did the ferry sail again", "cause_missing"),
        ("who owns the ferry", "person_missing"),
        ("whose ferry sails again", "person_missing"),
        ("what is the name of the ferry captain", "answer_name_missing"),
        ("when did the farmers get help", "day_missing"),
        ("has the harbour of sael been rebuilt", "point_missing"),
        ("how deep is the port of tana", "measure_missing"),
        ("what did queen Isolde say about the siren", "name_unheld"),
        ("were farmers in sael given help", "name_afar"),
        ("how many doses of vaccine landed on norvik", "place_other"),  # in Tana, they did
        ("how old is Lena Orsk", "measure_missing"),
        ("what is the depth of the port of tana", "measure_missing"),
        ("what was said of the siren since saturday", "days_missing"),
        ("what is the name of the boy saved by the crew in sael", "answer_name_missing"),
        ("name of the girl who lost a tooth", "answer_name_missing"),  # the dentist has one, and speaks of her
        ("how much rain fell in the storm of 2019", "figure_missing"),
        ("why was a boy of sael saved", "cause_missing"),
        ("was captain marsh charged for the boats", "point_around"),
        ("how thick is the breakwater of sael", "measure_missing"),
        ("what salary does mona fehr get", "measure_missing"),  # nobody's is told
        ("ticket price for the ferry on norvik", "point_missing"),
        ("how much did the harbour's owner earn", "measure_missing"),  # its stock fell by a share
        ("what was the turnout where everybody voted", "figure_missing"),
        ("what sentence did captain leo marsh get", "noun_missing"),
    ],
)
def test_what_is_missing_is_objected_to(look: Look, question: str, objection: str) -> None:
    """Each by its name, which `/why` puts into words."""
    assert objection in look(question).verdict.objections


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how many vaccine doses landed in tana", "95,000 doses"),
        ("how many bridges are closed", "Four bridges in ten"),
        ("how much money was released for repairs", "1.2 billion korins"),
        ("how much does a blanket cost", "$40"),
        ("price of a blanket on the quay", "$40"),
        ("stock price of the harbour's owner", "fell 4 per cent"),
        ("price of bread on norvik", "15 brens"),
        ("who runs the bakery", "Marta Kolin"),
        ("who inspected the beams", "Pavel Ruzic"),
        ("name of the man who inspected the bolts", "inspector Ruzic"),  # a bare surname has its title too
        ("how old is Ruzic", "58"),
        ("how old is ivo brandt", "71"),
        ("how many people were killed on halva", "killed"),
        ("how mnay briges are closed", "Four bridges in ten"),
        ("what share of the shops of sael was looted", "One in five"),
        ("how long is the pier of sael", "300-metre"),
        ("what did the skipper's attorney say", "would not"),
        ("what did the farmer say of the eels", "The eels are gone"),
        ("according to the dredging board statement how many berths were lost", "Eleven berths"),
        ("how many litres of paint were seized", "400 litres"),
        ("what bill was captain marsh sent", "sent a bill"),
    ],
)
def test_nothing_is_said_against_what_answers(look: Look, question: str, words: str) -> None:
    """A thing that happens to be a toll's word, a share, a currency that no list has, and a speaker who is meant."""
    found = look(question)

    assert words in first(found)
    assert found.verdict.objections == ()


def test_a_bodys_own_report_answers_without_its_name(tmp_path: Path) -> None:
    """What Clean Wells asks for stands in its own report, and one who only mentions Clean Wells comes after."""
    with Store.open(tmp_path / "news.db") as store:
        store_days(
            store,
            [(1, "Aid on Norvik", "The island knows Clean Wells by its pumps.")],
            outlet="Strait Times",
            first=NOW,
        )
        store_days(store, [(2, "Report", "We have asked for pumps, 40 of them.")], outlet="Clean Wells", first=NOW)
        found = looking(store, NOW, limit=1)("what pumps has clean wells asked for")

    assert "40 of them" in first(found)
    assert "name_missing" not in found.verdict.objections


def test_a_small_english_word_is_no_name_beside_capitals(look: Look) -> None:
    """Who writes Halva large does not mean a company called Homes by "homes"; who writes all small may."""
    names = frozenset({"home", "halva"})

    def named(question: str) -> list[str]:
        return [ask.typed for ask in names_asked(look(question).search.weighed.asks, names)]

    assert named("were the homes on Halva searched") == ["Halva"]
    assert named("were the homes on halva searched") == ["homes", "halva"]


def test_what_happens_to_a_thing_is_no_word_beside_it(look: Look) -> None:
    """Vaccine doses are no vaccinated; those who were vaccinated are."""
    things, people = look("how many vaccine doses landed in tana"), look("how many people were vaccinated in tana")

    assert read_counted(things.search.weighed).tolls == frozenset()
    assert read_counted(people.search.weighed).tolls == {"vaccinated"}


def test_an_english_word_is_not_read_as_a_toll(look: Look) -> None:
    """A "roll" that nothing holds may be guessed to be a held "toll", and counts no dead for that."""
    assert read_counted(look("how many people are on the roll").search.weighed).tolls == frozenset()


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("how many boats sank", "boats"),
        ("how many farmers want help", "farmers"),
        ("how many people died", None),
        ("how many people near the harbour sank", None),
    ],
)
def test_what_is_counted_is_the_last_plural_noun(look: Look, question: str, word: str | None) -> None:
    """The word after it may be a verb, which looks like a noun."""
    weighed = look(question).search.weighed

    assert (weighed.asks[weighed.focus].typed if weighed.focus is not None else None) == word
