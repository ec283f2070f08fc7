"""What is shown as the evidence of a relation: the words, figures and names that speak for it."""

from __future__ import annotations

import pytest
from pairs import findings

from store.facts.comparing.evidence import printed
from store.facts.extract import extract_facts
from store.facts.model import Story

ACROSS = [
    (
        "Rebels shelled an aid convoy near the village of Tolme, the defence ministry said.",
        "Rebel spokesman Odo Brandt rejected the claim that an aid convoy was shelled near Tolme.",
        "“rejected” against what the defence ministry said: Tolme, aid, convoy, shelled",
    ),
    (
        "The pumps of the Harrow dam were checked in May, engineer Ana Voss said.",
        "The pumps of the Harrow dam were never checked in May, foreman Jan Osk said.",
        "“never” against what Ana Voss said: Harrow, pumps, dam, checked",
    ),
    (
        "The pumps of the Harrow dam were never checked in May, foreman Jan Osk said.",
        "The pumps of the Harrow dam were checked in May, engineer Ana Voss said.",
        "against “never” of Jan Osk: Harrow, pumps, dam, checked",
    ),
    (
        "There is not one tank in the Marn valley, General Odo Brandt said.",
        "The UN mission counted 38 tanks in the Marn valley, its chief Ana Voss said.",
        "38 tanks here, none there; same names Marn; same words tanks, valley",
    ),
    (
        "Fourteen people died and three were missing after the Hestia sank off Brava, the coast guard said.",
        "The sinking of the Hestia off Brava left 14 dead and three missing, harbour master Jan Osk said.",
        "same figures 14 dead, three missing; same names Hestia, Brava; same words sinking, dead, missing",
    ),
    (
        "The Marn bridge was closed after the flood.",
        "The Marn bridge has reopened.",
        "“reopened” after “closed”; same names Marn; same words bridge",
    ),
    (
        "The Marn fair will be held on 20 May.",
        "The Marn fair was cancelled.",
        "“cancelled” what was planned; same names Marn; same words fair",
    ),
    (
        "The observatory set its alert for Mount Orrin to orange.",
        "The observatory raised its alert for Mount Orrin to red.",
        "red after orange; same names Mount Orrin; same words observatory, alert",
    ),
    (
        "Marn's peace talks will resume on 12 May in the old town hall.",
        "Marn's peace talks will now resume on 20 May in the old town hall.",
        "12 May -> 20 May; same words Marn, peace, talks, resume, old, town",
    ),
    (
        "The landslide at Sill buried 12 houses and killed 11 people.",
        "The landslide at Sill has killed 14 people.",
        "11 people -> 14 people; same names Sill; same words landslide, killed",
    ),
    (
        "The ferry to Brava was licensed in May to carry 250 passengers and 40 cars.",
        "The ferry to Brava was licensed in May to carry 250 passengers and 40 cars.",
        "word for word the same",
    ),
    (
        "The ferry to Brava was licensed by the port in May to carry 250 passengers and 40 cars.",
        "The ferry to Brava was licensed by the harbour in May to carry 250 passengers and 40 cars.",
        "the same but for harbour",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "evidence"), ACROSS)
def test_evidence_names_what_two_stories_have_in_common(before: str, after: str, evidence: str) -> None:
    """Cue, figures, names and words as the newer sentence prints them."""
    found = {bearing.evidence for finding in findings(before, after) for bearing in finding.bearings}

    assert found == {evidence}


@pytest.mark.parametrize(
    ("story", "evidence"),
    [
        (
            "Rebels shelled an aid convoy near Tolme, the army said. Rebel leader Odo Brandt denied that the convoy "
            "was shelled.",
            "“denied” against what the army said: convoy, shelled",
        ),
        (
            "Mayor Ada Holt admitted that the warning had gone out too late. On Monday she had said that every "
            "household was warned in time.",
            "“admitted” after what Ada Holt said: warning",
        ),
        (
            "Mayor Ada Holt said 14 people died in the fire. On Monday she had said that 9 people died in the fire.",
            "9 people -> 14 people; same words died, fire",
        ),
    ],
)  # fmt: skip
def test_evidence_names_what_meets_within_a_story(story: str, evidence: str) -> None:
    """The same, for the sentences of one story."""
    assert [link.evidence for link in extract_facts(Story(story)).links] == [evidence]


def test_names_side_by_side_are_printed_as_one_and_without_the_owners_ending() -> None:
    """As an editor writes them; small letters are no name."""
    text = "Port Ansel's mayor and the port of Brava met in Port Ansel."

    assert printed(text, frozenset({"prt", "nsl", "port", "ansel", "brava", "brv"}), is_name=True) == [
        "Port Ansel", "Brava",
    ]  # fmt: skip
