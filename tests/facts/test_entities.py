"""Stories name people, bodies and places; each is found once, under its fullest name, with role and owner."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.facts.cast.entities import find_cast
from store.facts.extract import extract_facts
from store.facts.model import Cast, Entity, Kind, Story
from store.facts.page.layout import read_layout

EXAMPLES = Path(__file__).parent / "examples" / "cast.txt"


@dataclass
class Case:
    """A story and the lines of its cast."""

    name: str
    text: str
    cast: list[str]


def read_cases(path: Path) -> list[Case]:
    cases = []
    for block in path.read_text(encoding="utf-8").split("\n=== ")[1:]:
        name, _, rest = block.partition("\n")
        text, _, cast = rest.partition("\n--\n")
        cases.append(Case(name, text, [line for line in cast.splitlines() if line.strip()]))
    return cases


def written(entity: Entity) -> str:
    if entity.kind is Kind.PERSON:
        cells = ["person", entity.name, entity.role or "", entity.of or "", entity.gender or ""]
    else:
        cells = [entity.kind.value, entity.name, entity.of or ""]
    return " | ".join(cells).rstrip("| ").replace("|  |", "| |")


def cast_of(text: str) -> Cast:
    return find_cast(text, read_layout(text))


def named(cast: Cast, name: str) -> Entity:
    return next(entity for entity in cast.entities if entity.name == name)


@pytest.mark.parametrize("case", read_cases(EXAMPLES), ids=lambda case: case.name)
def test_example_names_its_cast(case: Case) -> None:
    """A story's cast is the one that its example lists, no more and no less."""
    found = [written(entity).replace("|  |", "| |") for entity in cast_of(case.text).entities]

    assert sorted(found) == sorted(case.cast)


def test_surname_and_honorific_are_mentions_of_the_full_name() -> None:
    """ "Mr Adeyemi", "Adeyemi" and the full name are one person with three mentions."""
    cast = cast_of("Bola Adeyemi spoke. Mr Adeyemi left. Later Adeyemi wrote.")

    person = named(cast, "Bola Adeyemi")
    assert [mention.text for mention in person.mentions] == ["Bola Adeyemi", "Adeyemi", "Adeyemi"]
    assert person.gender == "m"
    assert "Adeyemi" in person.aliases


def test_shared_surname_stands_for_nobody() -> None:
    """A surname that two people of the story share is not given to either."""
    cast = cast_of("Ana Ruiz met Luis Ruiz in Madrid. The judge thanked Ruiz.")

    assert [len(named(cast, name).mentions) for name in ("Ana Ruiz", "Luis Ruiz")] == [1, 1]


def test_first_word_of_a_body_is_short_for_it_unless_common() -> None:
    """ "Halden" is the insurer Halden Mutual; the "Clean" that begins a sentence is not the charity Clean Wells."""
    cast = cast_of("Insurer Halden Mutual and charity Clean Wells met. Halden paid. Clean water is rare.")

    assert [mention.text for mention in named(cast, "Halden Mutual").mentions] == ["Halden Mutual", "Halden"]
    assert [mention.text for mention in named(cast, "Clean Wells").mentions] == ["Clean Wells"]


def test_counterpart_is_stored_in_the_office_of_the_other() -> None:
    """The stored person and the speaker are in the same office."""
    story = Story("Defence Minister Farid Aslan met his Kyrgyz counterpart, Asel Bekova. Bekova said talks went well.")
    extraction = extract_facts(story)
    speaker = extraction.facts[1].speaker

    assert speaker is not None
    assert (speaker.name, speaker.role) == ("Asel Bekova", "Defence Minister")
    assert named(extraction.cast, "Asel Bekova").role == "Defence Minister"


def test_story_outlet_is_no_body_of_its_own_story() -> None:
    """The paper that prints the story is left out of its cast; others are in."""
    text = "The mayor told the Tarn Courier and the Bresk Herald that she would resign."
    cast = find_cast(text, read_layout(text), outlet="Tarn Herald")

    names = {entity.name for entity in cast.entities}
    assert "Bresk Herald" in names
    assert "Tarn Herald" not in names


def test_mentions_stand_where_they_are_printed() -> None:
    """Every mention is the text between its offsets."""
    text = EXAMPLES.read_text(encoding="utf-8")
    cast = cast_of(text)

    assert len(cast.entities) > 50
    for entity in cast.entities:
        for mention in entity.mentions:
            assert text[mention.start : mention.end] == mention.text


WORDS = st.sampled_from(
    ["Mr", "Ms ", "Minister", " of ", "Defence ", "Ek", "Tarn", "'s ", "said ", "the ", "border service ", ", ", ". ",
     "\n\n", "UN ", "(", ")", "and ", "President ", "al-Sisi ", "de ", "Union ", "44", "Latvian ", "army ", "“", "”",
     "who heads "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map("".join)))
def test_any_text_has_a_cast(text: str) -> None:
    """Whatever the text, a cast is read, each name of a kind once, each with a mention inside the text."""
    cast = cast_of(text)

    assert len({(entity.kind, entity.name) for entity in cast.entities}) == len(cast.entities)
    for entity in cast.entities:
        assert entity.name.strip()
        assert entity.mentions
        assert all(text[mention.start : mention.end] == mention.text for mention in entity.mentions)


WORST = {
    "capitals": "Abcd ",
    "possessives": "Abcd's ",
    "titles": "Mr A ",
    "ministers": "Minister of Defence ",
    "particles": "Aa de ",
    "bodies": "the border agency ",
    "lists": "Abcd, ",
    "roles": "by official Aa Bb, a driver, ",
    "speakers": "Aa Bb said. ",
}


@pytest.mark.parametrize("piece", WORST.values(), ids=WORST)
def test_time_is_linear_in_the_length(piece: str) -> None:
    """Eight times the text takes about eight times as long, for the worst texts that we know."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        layout = read_layout(text)
        began = time.process_time()
        find_cast(text, layout)
        return time.process_time() - began

    assert seconds(160_000) < 40 * max(seconds(20_000), seconds(20_000), 0.005)


def test_a_nickname_is_an_alias() -> None:
    """What the story says somebody is known as, and a maiden name with the given name, stand beside the full name."""
    cast = cast_of("Boris Hale, known as Grey Heron, left. Anna Bell, née Sorrel, and Otto 'The Shark' Meer stayed.")

    assert "Grey Heron" in named(cast, "Boris Hale").aliases
    assert {"Anna Sorrel", "Sorrel"} <= set(named(cast, "Anna Bell").aliases)
    assert "Shark" in named(cast, "Otto Meer").aliases
