"""Relations within one story: what a sentence does to another of the same story."""

from __future__ import annotations

import time

import pytest

from store.facts.comparing.relations import relate
from store.facts.extract import extract_facts
from store.facts.model import Link, RelationType, Story

DATELINE = "MARN, May 4 (Northwind) - "


def links(*sentences: str) -> list[Link]:
    """Return the links of a story of these sentences, each a paragraph unless it begins with "+"."""
    text = DATELINE + "".join(
        f" {sentence[1:]}" if sentence.startswith("+") else f"\n\n{sentence}" if number else sentence
        for number, sentence in enumerate(sentences)
    )
    return list(extract_facts(Story(text, outlet="Northwind")).links)


def pairs(found: list[Link], type_: RelationType) -> set[tuple[int, int]]:
    """Return source and target of the links of one type."""
    return {(link.source, link.target) for link in found if link.type is type_}


def test_a_denial_points_at_the_claim_whose_author_it_names() -> None:
    """The claim is found by whose it is, in other words than the denial's, though another sentence lies between."""
    found = links(
        "Flood relief will reach the Sill valley next week, where the Reed Front says it holds 90 per cent of dykes.",
        "Governor Ilse Tamm said 40 boats had been hired.",
        "The government in Marn has dismissed as fantasy the Reed Front's claim of near-complete control of the dykes.",
    )

    assert pairs(found, RelationType.DENIES) == {(2, 0)}
    assert next(link for link in found if link.type is RelationType.DENIES).evidence


def test_a_walk_back_points_at_the_pledge_and_goes_on() -> None:
    """ "That pledge" is the one before it, and the speaker's next sentence belongs to the walk-back."""
    found = links(
        "Drenia has moved 20,000 sandbags to the river.",
        "A Drenian official from the relief board has said Drenia was ready to house 50,000 people from the valley.",
        "But Drenian Interior Minister Olaf Brandt seemed to walk back that promise at a Monday briefing.",
        '+He said Drenia was "not yet able to give a number", citing a shortage of tents.',
    )

    assert pairs(found, RelationType.WALKS_BACK) == {(2, 1), (3, 1)}


def test_a_second_quotation_continues_the_first() -> None:
    """A quotation without its own attribution is its speaker's who spoke before it."""
    found = links(
        "The dyke at Sill broke on Sunday, Governor Ilse Tamm said.",
        '"We saw it coming," Ms Tamm told reporters in Marn.',
        '+"Nobody listened to the engineers."',
    )

    assert pairs(found, RelationType.CONTINUES_QUOTE) == {(2, 1)}


def test_another_party_with_far_fewer_disputes() -> None:
    """Two counts of one thing by two parties contradict each other within a story too."""
    found = links(
        "More than 7,000 people have fled the Sill valley, the relief agency Tent Without Borders said.",
        "Drenia's border service said 800 people had fled.",
    )

    assert pairs(found, RelationType.DISPUTES) == {(1, 0)}


def test_parts_of_a_toll_do_not_dispute_it() -> None:
    """Two and one are three."""
    found = links(
        "Three guards were killed at the Sill bridge, Drenia's defence ministry said.",
        "Two Drenian guards and one Tarsian guard were killed, according to the Tarsian border service.",
    )

    assert pairs(found, RelationType.DISPUTES) == set()


def test_a_figure_named_as_the_earlier_one_is_updated() -> None:
    """ "Up from 600" updates the sentence that has the 600."""
    found = links(
        "Some 640 people slept in the schools of Marn on Friday.",
        "On Monday 910 people slept there, up from 640.",
    )

    assert pairs(found, RelationType.UPDATES) == {(1, 0)}


def test_a_correction_note_replaces_the_stale_figure() -> None:
    """A figure that a note takes back is replaced by the sentence that has the right one."""
    found = links(
        "The dyke at Sill broke on Sunday, killing 12 people.",
        "The flood has killed 15 people, rescuers said.",
        "CORRECTION: An earlier version of this story said 15 people had been killed. The correct number is 12.",
    )

    assert pairs(found, RelationType.REPLACES) == {(0, 1)}


@pytest.mark.parametrize(
    ("admission", "before", "linked"),
    [
        (
            "Mayor Ilse Tamm admitted that the warning had gone out too late.",
            "On Monday she had said that every household was warned in time.",
            {(0, 1)},
        ),
        (
            "Governor Jan Osk acknowledged that the bridge was closed without notice.",
            "A day earlier he had insisted that the bridge was open.",
            {(0, 1)},
        ),
        ("Mayor Ilse Tamm admitted that the pumps had failed.", "She had told reporters about the harvest.", set()),
        ("Mayor Ilse Tamm said the warning went out at six.", "She had said that the warning was heard.", set()),
        ("Mayor Ilse Tamm admitted that the bridge was closed.", "Baker Tom Reed had said the bridge was shut.", set()),
    ],
)
def test_an_admission_takes_back_what_was_said_before(
    admission: str, before: str, linked: set[tuple[int, int]]
) -> None:
    """Of the same matter and by the same speaker, told beside it in the pluperfect; else it takes back nothing."""
    assert pairs(links(admission, before), RelationType.WALKS_BACK) == linked


@pytest.mark.parametrize(
    ("now", "before", "linked"),
    [
        ("Mayor Ilse Tamm said 14 people died in the fire.", "On Monday she had said 9 people died.", {(0, 1)}),
        ("Mayor Ilse Tamm put the toll at 14 dead.", "A day earlier she had put the toll at 9 dead.", {(0, 1)}),
        ("Mayor Ilse Tamm said 30 homes had burned.", "She had told reporters that 12 homes had burned.", {(0, 1)}),
        ("Mayor Ilse Tamm said repairs would cost 9 million crowns.", "She had said that repairs would cost 4 million "
         "crowns.", {(0, 1)}),
        ("Mayor Ilse Tamm said 14 people died in the fire.", "She had said that 14 people died.", set()),
        ("Mayor Ilse Tamm said 14 people died in the fire.", "She had said that 9 people were missing.", set()),
        ("Mayor Ilse Tamm said 14 people died in the fire.", "She had said that 9 people died in the flood.", set()),
        ("Mayor Ilse Tamm said 14 people died in the fire.", "She had said that 9 bridges were shut.", set()),
        ("Mayor Ilse Tamm said 14 people died in the fire.", "Baker Jan Osk had said that 9 people died.", set()),
        ("Mayor Ilse Tamm said 14 people died in the fire.", "She said that 9 people died in Orlen.", set()),
        ("Mayor Ilse Tamm said growth would reach 2 per cent.", "She had said the levy would be 7 per cent.", set()),
        ("Mayor Ilse Tamm had said that 14 people died.", "She had said that 9 people died.", set()),
    ],
)  # fmt: skip
def test_a_figure_updates_what_its_speaker_had_said(now: str, before: str, linked: set[tuple[int, int]]) -> None:
    """One thing counted twice by one speaker, the earlier time in the pluperfect; other things are left alone."""
    assert pairs(links(now, before), RelationType.UPDATES) == linked


def test_unrelated_sentences_have_no_relation() -> None:
    """A denial of one thing is not a denial of whatever stands near it."""
    found = links(
        "The dyke at Sill broke on Sunday, Governor Ilse Tamm said.",
        "Baker Tom Reed denied that he had sold stale bread.",
    )

    assert found == []


# The sentences of a story, and the denials in it: source and target.
DENIALS = (
    (
        (
            "Drenian soldiers crossed the Sill river at dawn, Tarsia's defence ministry said.",
            "Tarsia closed its side of the Sill bridge.",
            "Drenia denied that its soldiers had crossed the river.",
        ),
        {(2, 0)},
    ),
    (
        (
            "The Sill bridge is 90 years old.",
            "Engineers inspected the bridge in March.",
            "The bridge had been overloaded with gravel, the drivers' union said.",
            "The operator, Tamm Roads, denied the bridge had been overloaded.",
        ),
        {(3, 2)},
    ),
    (
        (
            "The Reed Front held talks with Governor Ilse Tamm on Sunday.",
            "The talks in Marn lasted four hours.",
            "Ms Tamm denied that money had been offered to the front during the talks.",
        ),
        set(),
    ),
    (
        (
            "Tamm Roads paid a bribe of 2 million crowns for the dyke contract, prosecutors said.",
            "The company denied any wrongdoing.",
        ),
        {(1, 0)},
    ),
    (
        (
            "Rebels shelled the market of Marn, residents said.",
            "Rebels shot down a helicopter near Sill, the army said.",
            "A rebel spokesman denied shooting down the helicopter.",
        ),
        {(2, 1)},
    ),
    (
        (
            "Police beat protesters in the square, witnesses said.",
            "Police said the square was quiet by midnight.",
            "The interior minister, Olaf Brandt, rejected accusations that police had beaten protesters.",
        ),
        {(2, 0)},
    ),
    (
        (
            "Singer Tova Lind opened the festival in Marn.",
            "Some 4,000 people came to the festival.",
            "Her manager denied that she was ill.",
        ),
        set(),
    ),
    (
        (
            '"The mayor sold the park to his cousin," councillor Ana Ruiz said.',
            "Mayor Tom Reed called the accusation a lie.",
        ),
        {(1, 0)},
    ),
    (
        (
            "Carmaker Tovan hid test results for years, a former engineer said.",
            "Tovan's shares fell 6 percent.",
            "Tovan sold 2 million cars last year.",
            "The company denied hiding results.",
        ),
        {(3, 0)},
    ),
    (
        (
            "Velmora will close its border in June, the newspaper Marn Post reported.",
            "The border is 300 km long.",
            "Velmora's government denied that it planned to close the border.",
        ),
        {(2, 0)},
    ),
    (
        (
            "The Drenian navy sank a fishing boat, Tarsia's coastguard said.",
            "Drenia denied sinking any boat.",
            '"Our ships were in port," Drenian Admiral Olaf Brandt said.',
        ),
        {(1, 0)},
    ),
    (
        (
            "The Sill dam broke on Sunday.",
            "Villagers said the dam's gates had been left shut.",
            "Repairs to the dam will take a year, Governor Ilse Tamm said.",
            "The dam's operator said it was not true that the gates had been left shut.",
        ),
        {(3, 1)},
    ),
    (
        (
            "Governor Ilse Tamm spoke in Marn on Monday.",
            "She denied that the grain had been stolen.",
            "The Reed Front said on Sunday that officials had stolen the grain.",
        ),
        {(1, 2)},
    ),
    (
        (
            "Drenia's army held an exercise near Sill on Friday.",
            "Drenia denied that the exercise was aimed at any country.",
            "The exercise ends on Sunday.",
        ),
        set(),
    ),
    (
        (
            "A fire destroyed the Marn archive on Friday, the fire service said.",
            "Historian Lena Ott said the alarm had been switched off.",
            "The archive's director, Pia Holm, denied the alarm had been switched off before the fire.",
        ),
        {(2, 1)},
    ),
    (
        (
            "The army shelled villages near Sill on Friday, residents said.",
            "The finance ministry denied that it would raise taxes on grain.",
        ),
        set(),
    ),
    (
        (
            "At least 40 people died in the clashes, the opposition said.",
            "Shops in Marn were closed on Tuesday.",
            "The interior ministry denied that anyone had died.",
        ),
        {(2, 0)},
    ),
    (
        (
            "Minister Olaf Brandt met the miners on Monday.",
            "Miners' leader Tom Reed said the minister had promised them a pay rise.",
            "Mr Brandt denied having promised anything.",
        ),
        {(2, 1)},
    ),
    (
        (
            "Ruvia's parliament meets on Monday.",
            "Ruvia is secretly selling ammunition to Tolvia, the newspaper Glas reported on Friday.",
            "Ruvian Defence Minister Leon Brask denied any sale of ammunition.",
        ),
        {(2, 1)},
    ),
    (
        (
            "Prosecutors accused Mayor Tom Reed of taking bribes.",
            "Reed called the charges baseless.",
        ),
        {(1, 0)},
    ),
    (
        (
            "Mayor Tom Reed opened a library on Monday.",
            "Some 300 children came.",
            "Reed denied that he would resign over the budget.",
        ),
        set(),
    ),
    (
        (
            "At least nine fishermen were killed by the navy, the fishermen's union said.",
            "The union called a strike.",
            "The navy denied killing any fishermen.",
        ),
        {(2, 0)},
    ),
    (
        (
            "Militants attacked a convoy near Dessa on Sunday.",
            "The army said the militants had lost 30 men.",
            "A spokesman for the militants, Abu Tamim, dismissed the army's figure as a lie.",
        ),
        {(2, 1)},
    ),
    (
        (
            "The ministry published its yearly report on Friday.",
            "The report runs to 400 pages.",
            "The ministry denied a rift in the cabinet.",
        ),
        set(),
    ),
    (
        (
            "Villagers say the mine has poisoned the river.",
            "Mining group Orela rejects this.",
        ),
        {(1, 0)},
    ),
    (
        (
            "Coach Bela Toth left the club in May.",
            "Striker Dario Mell said Toth had hit him in the dressing room.",
            "The club has opened an inquiry.",
            "Toth denied hitting the striker.",
        ),
        {(3, 1)},
    ),
    (
        (
            "Two bombs exploded in Tolm on Friday.",
            "Police said the Highland Front had planted the bombs.",
            "The Highland Front said it had nothing to do with the bombs.",
        ),
        {(2, 1)},
    ),
    (
        (
            "Norvia will send troops to Ruvia, a senior official said.",
            "Norvia has 9,000 troops.",
            "Prime Minister Elin Strand denied that troops would be sent.",
        ),
        {(2, 0)},
    ),
    (
        (
            '"They burned our school," a teacher said.',
            "An army spokesman denied that soldiers had burned the school.",
        ),
        {(1, 0)},
    ),
    (
        (
            "The minister met union leaders for three hours.",
            "The union leaders left without comment.",
            "The minister denied that a strike was likely.",
        ),
        set(),
    ),
)


@pytest.mark.parametrize(("sentences", "denials"), DENIALS)
def test_a_denial_is_of_the_sentence_that_states_what_is_denied(
    sentences: tuple[str, ...], denials: set[tuple[int, int]]
) -> None:
    """It is another party's, the nearest before it; shared scenery states nothing, and then there is no relation."""
    assert pairs(links(*sentences), RelationType.DENIES) == denials


@pytest.mark.parametrize("sentence", ["Governor Ilse Tamm denied that {n} dykes had been opened in Sill.",
                                      "Mr Tamm said {n} people were killed when the dyke of Sill broke."])  # fmt: skip
def test_relating_takes_time_in_proportion_to_length(sentence: str) -> None:
    """A story eight times as long costs about eight times as much, not sixty-four times."""

    def cost_s(count: int) -> float:
        text = " ".join(sentence.format(n=n + 2) for n in range(count))
        extraction = extract_facts(Story(DATELINE + text))
        began = time.process_time()
        relate(DATELINE + text, extraction.facts, extraction.layout, extraction.cast)
        return time.process_time() - began

    short, long = min(cost_s(60) for _ in range(3)), min(cost_s(480) for _ in range(2))

    assert long < 24 * short
