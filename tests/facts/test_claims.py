"""What holds for the claims of every story, and what single rules promise."""

from __future__ import annotations

import re
import time
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.facts.model import Cast, Entity, Kind, Mention, Mode, Span, Status
from store.facts.page.layout import read_layout
from store.facts.page.turn_labels import read_label
from store.facts.speech import (
    bodies_named,
    cases,
    claims,
    clauses,
    closing,
    cueless,
    cues,
    denials,
    heard,
    looking_back,
    main_voice,
    naming,
    offices,
    papers,
    patterns,
    phrases,
    pronouns,
    retreats,
    sources,
    speakers,
    standing,
    stretches,
    subjects,
    told_after,
    topics,
    voices,
    wording,
)
from store.facts.speech.claims import ClaimReading, read_claims
from tests.facts.speaker_examples import read_examples

MODULES = [
    bodies_named, cases, claims, clauses, closing, cueless, cues, denials, heard, looking_back, main_voice, naming,
    offices, papers, patterns, phrases, pronouns, retreats, sources, speakers, standing, stretches, subjects,
    told_after, topics, voices, wording,
]  # fmt: skip
TEXTS = sorted({example.story.text for example in read_examples()})


def cast_of(text: str, *people: Entity, places: str = "") -> Cast:
    """Return a cast of *people* and of *places* (names with a space between), with their mentions in *text*."""
    entities = [*people, *(Entity(name, Kind.PLACE) for name in places.split())]
    return Cast(tuple(_mentioned(entity, text) for entity in entities))


def _mentioned(entity: Entity, text: str) -> Entity:
    surname = entity.name.split()[-1]
    found = re.finditer(rf"{re.escape(entity.name)}|\b{re.escape(surname)}\b", text)
    mentions = tuple(Mention(m.start(), m.end(), m.group()) for m in found)
    return Entity(entity.name, entity.kind, entity.role, entity.of, entity.gender, (), mentions)


def person(name: str, role: str | None = None, of: str | None = None, gender: str | None = None) -> Entity:
    """Return a person for a cast."""
    return Entity(name, Kind.PERSON, role, of, gender)


def read(text: str, *people: Entity, places: str = "") -> list[ClaimReading]:
    """Return the readings of a story."""
    return read_claims(text, read_layout(text), cast_of(text, *people, places=places))


# ---- what holds for every story


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_patterns_take_linear_time(module: ModuleType) -> None:
    """No pattern needs more than a moment for its worst input, 20,000 characters of what it repeats."""
    compiled = [value for value in vars(module).values() if isinstance(value, re.Pattern)]
    worst = [
        "a" * 20_000,
        "a-" * 10_000,
        "A." * 10_000,
        "1," * 10_000,
        "’s" * 10_000,
        " " * 20_000,
        "_" * 20_000,
        "(A-A" * 5_000,
        "(A-" + "A." * 10_000,
    ]
    for pattern in compiled:
        for text in worst:
            started = time.perf_counter()
            sum(1 for _ in pattern.finditer(text + "\x00"))

            assert time.perf_counter() - started < 0.2, (pattern.pattern, text[:4])


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_reading_never_raises(text: str) -> None:
    """Any text has one reading for each of its sentences."""
    layout = read_layout(text)

    assert len(read_claims(text, layout, Cast())) == len(layout.sentences)


@given(st.sampled_from(TEXTS), st.data())
@settings(max_examples=150, deadline=None)
def test_mutated_news_never_raises(text: str, data: st.DataObject) -> None:
    """News with a piece cut out and another put in is read; each claim stays inside its sentence."""
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 60))
    piece = data.draw(st.sampled_from(['"', "“", " said ", ", who ", " by ", " according to ", "'s ", ": ", " will "]))
    mutated = text[:at] + piece + text[at + length :]
    layout = read_layout(mutated)

    for sentence, reading in zip(layout.sentences, read_claims(mutated, layout, Cast()), strict=True):
        for claim in reading.claims:
            assert sentence.start <= claim.start < claim.end <= sentence.end


@pytest.mark.parametrize("text", TEXTS, ids=lambda t: t[:24])
def test_main_claim_comes_first(text: str) -> None:
    """A sentence's own fields are its first claim's, and each field names its rule."""
    for reading in read(text):
        main = reading.claims[0]

        assert (main.status, main.mode, main.speaker) == (reading.status, reading.mode, reading.speaker)
        assert {"speaker", "status", "mode"} <= set(reading.rules)


def test_same_text_gives_same_claims() -> None:
    """Reading is deterministic."""
    assert [read(text) for text in TEXTS[:3]] == [read(text) for text in TEXTS[:3]]


# ---- single promises


def test_every_claim_of_a_sentence_has_its_own_speaker() -> None:
    """What somebody claims in a subordinate clause is theirs, and the sentence stays the outlet's plan."""
    text = "The two armies will meet on Monday near Volsk, where the Northern Front claims to hold nine bridges."
    start = text.index("Northern")
    front = Entity("Northern Front", Kind.ORG, mentions=(Mention(start, start + 14, "Northern Front"),))
    reading = read_claims(text, read_layout(text), Cast((front,)))[0]

    assert (reading.speaker, reading.status) == (None, Status.PLANNED)
    further = reading.claims[1]
    assert further.speaker is not None
    assert (further.speaker.name, further.status) == ("Northern Front", Status.CLAIMED)
    assert text[further.start : further.end] == "to hold nine bridges"


def test_it_looks_back_inside_its_sentence() -> None:
    """Behind "but", "it" is who had the word before it in the sentence, not a body of the sentence before."""
    text = "Halden Bank is shut. The regulator reported a gap, but it later said that the gap was closed."
    cast = Cast((Entity("Halden Bank", Kind.ORG, mentions=(Mention(0, 11, "Halden Bank"),)),))
    reading = read_claims(text, read_layout(text), cast)[1]

    assert [claim.speaker and claim.speaker.name for claim in reading.claims] == ["regulator", "regulator"]


def test_letter_saying_something_is_its_senders() -> None:
    """In a clause of lesser rank, who sends "a letter saying" has that word, and the sentence stays the outlet's."""
    text = "Complaints grew so loud that the Velmoran Embassy sent a letter saying that the port was sound."
    start = text.index("Velmoran")
    embassy = Entity("Velmoran Embassy", Kind.ORG, mentions=(Mention(start, start + 16, "Velmoran Embassy"),))
    reading = read_claims(text, read_layout(text), Cast((embassy,)))[0]

    assert reading.speaker is None
    assert [claim.speaker.name for claim in reading.claims if claim.speaker] == ["Velmoran Embassy"]


def test_added_words_are_a_claim_of_the_same_speaker() -> None:
    """ ", adding that ..." goes on."""
    text = "Prices fell by a fifth, Ada Munro said, adding that rents would rise again in the spring."
    reading = read(text, person("Ada Munro"))[0]

    assert [c.speaker.name for c in reading.claims if c.speaker] == ["Ada Munro", "Ada Munro"]
    assert reading.claims[1].status is Status.FORECAST


def test_joined_plan_is_a_claim_of_its_own() -> None:
    """What "and" joins to a report is told apart from it."""
    text = "Ada Munro said the boats had arrived and would be unloaded on Friday."
    reading = read(text, person("Ada Munro"))[0]

    assert [claim.status for claim in reading.claims] == [Status.CLAIMED, Status.PLANNED]
    assert text[reading.claims[1].start : reading.claims[1].end] == "would be unloaded on Friday"


def test_quotation_goes_on_over_paragraphs() -> None:
    """A quotation that is not closed keeps its speaker in the next paragraph."""
    text = '"We sold the boat," Ana Ruiz said. "We sold the nets.\n\n"And then we sold the dog.\n\n"It came back."'
    readings = read(text, person("Ana Ruiz"))

    assert [r.speaker.name if r.speaker else None for r in readings] == ["Ana Ruiz"] * len(readings)
    assert all(r.mode is Mode.QUOTE for r in readings)


@pytest.mark.parametrize(
    "text",
    [
        'The "winter plan" has been revised three times.',
        "The governor declined to comment on the figures.",
        "Ana Ruiz is expected to announce her choice on Friday.",
        "The company did not say how many would lose their jobs.",
        "He would not confirm the report.",
        "The reported attack has shaken the town.",
        "Each side accuses the other of cheating.",
        "The court rejected her appeal.",
        "They were denied entry at the airport.",
        "The law says that shops must close at eight.",
    ],
)
def test_nobody_speaks(text: str) -> None:
    """Scare quotes, refusals, plans to speak, nouns and acts are no speech."""
    assert read(text, person("Ana Ruiz"))[0].speaker is None


def test_unsure_speaker_is_left_empty() -> None:
    """ "the minister", of whom the story says nothing, is nobody; that somebody said it is kept."""
    reading = read("The roads were clear, the minister said.")[0]

    assert reading.speaker is None
    assert reading.status is Status.CLAIMED


def test_pronoun_follows_gender() -> None:
    """ "she" passes over a man who was named later."""
    text = "Ms Ada Munro met Mr Tom Reed on Monday. She said the bridge was safe."
    readings = read(text, person("Ada Munro", gender="f"), person("Tom Reed", gender="m"))

    assert readings[1].speaker is not None
    assert readings[1].speaker.name == "Ada Munro"


def test_pronoun_looks_back_at_a_silent_subject() -> None:
    """ "they" after a sentence in which nobody spoke is the group that it was about."""
    readings = read("State prosecutors took the files on Monday. They said the case would take a year.")

    assert readings[1].speaker is not None
    assert readings[1].speaker.name == "State prosecutors"


def test_government_speaks_by_its_capital() -> None:
    """ "Lisbon said" is Portugal's government; a city that is no capital is nobody."""
    readings = read("Lisbon said it would pay. Milan said it would not.", places="Lisbon Milan")

    assert readings[0].speaker is not None
    assert readings[0].speaker.name == "Government of Portugal"
    assert readings[1].speaker is None


def test_office_is_told_apart_by_its_country() -> None:
    """ "Chad's foreign minister" is not Niger's."""
    ministers = (person("Ali Daoud", "Foreign Minister", "Chad"), person("Issa Garba", "Foreign Minister", "Niger"))
    text = "Foreign Ministers Ali Daoud and Issa Garba met in Accra. Chad's foreign minister said the road would open."
    reading = read(text, *ministers, places="Chad Niger")[1]

    assert reading.speaker is not None
    assert reading.speaker.name == "Ali Daoud"


def test_hedges_are_listed_as_printed() -> None:
    """Words that stop short of vouching are kept."""
    reading = read("The ship reportedly sank, and 40 people may have drowned.")[0]

    assert reading.hedges == ("reportedly", "may")


def test_month_is_no_hedge() -> None:
    """A capital May inside a sentence is the month."""
    assert read("The bridge reopened in May after repairs.")[0].hedges == ()


def test_reminder_is_background() -> None:
    """A late sentence that retells a dated event, and one that says so, are background."""
    text = (
        "Talks resume today. The mayor is there. The road is closed. "
        "A Jan. 12 explosion at the depot killed nine people. We shall remind that the depot was built in 1970."
    )

    assert [r.background for r in read(text)] == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        # words that look like a withdrawal, a denial, a plan or a forecast, and are none
        ("The patrol walked back to the village after dark.", Status.ASSERTED),
        ("The army took back the town on Sunday.", Status.ASSERTED),
        ("Ada Munro said the border had never been marked.", Status.CLAIMED),
        ("The delay is due to the fog.", Status.ASSERTED),
        ("Smoke could be seen for miles.", Status.ASSERTED),
        ("Ada Munro said the pilot may have lost his way.", Status.CLAIMED),
        ("The harvest was smaller than expected.", Status.ASSERTED),
        ("Ada Munro said the fire was likely caused by a cigarette.", Status.CLAIMED),
        ("Parliament rejected the bill by nine votes.", Status.ASSERTED),
        ("The fair, which was to have lasted until Friday, was called off.", Status.ASSERTED),
        ("The town reopened in May.", Status.ASSERTED),
        ("The plan to move the market has few friends.", Status.ASSERTED),
        # and their like that are
        ("Ada Munro walked back her remarks about the port.", Status.WALKED_BACK),
        ("Ada Munro took back her threat to close the port.", Status.WALKED_BACK),
        ("Ada Munro said the earlier toll had been wrong.", Status.WALKED_BACK),
        ("Ada Munro said no shot had been fired by her guards.", Status.DENIED),
        ("Ada Munro said the reports were untrue.", Status.DENIED),
        ("The bridge is due to open in June.", Status.PLANNED),
        ("The talks will be the first in a decade.", Status.PLANNED),
        ("Ada Munro said schools would stay shut.", Status.PLANNED),
        ("Ada Munro promised to rebuild the school.", Status.PLANNED),
        ("Water levels in the delta will fall by Friday.", Status.FORECAST),
        ("Ada Munro warned that guards would shoot.", Status.FORECAST),
        ("The dam could burst before the rains end.", Status.FORECAST),
        ("Ada Munro expects ten thousand more arrivals.", Status.FORECAST),
        ("Ada Munro offered to host the talks.", Status.CLAIMED),
    ],
)
def test_status_says_what_the_sentence_does(text: str, status: Status) -> None:
    """A cue counts where it does what it says, and not where its words mean something else."""
    assert read(text, person("Ada Munro", gender="f"))[0].status is status


def test_a_sentence_with_its_verb_of_speech_is_no_label() -> None:
    """A name, what it is and a colon label a turn; with "said" before the colon they begin a sentence."""
    label, sentence = (
        'Rolf Sand, founder: "It is wasted."',
        'Rolf Sand, the founder of the league, said: "It is wasted."',
    )
    assert read_label(label, Span(0, len(label)), 0) is not None
    assert read_label(sentence, Span(0, len(sentence)), 0) is None
