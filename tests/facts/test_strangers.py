"""What is ruled out before it is weighed: it must be what no rule would have taken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.facts.comparing import repeating, series
from store.facts.comparing.comparing import compare
from store.facts.comparing.copies import find_origin, is_copy, may_copy
from store.facts.comparing.profiles import Profile, read_profile
from store.facts.comparing.sameness import Rarity
from store.facts.comparing.thresholds import threshold
from store.facts.comparing.turning import is_turned
from store.facts.model import Tag
from tests.facts import test_comparing
from tests.facts.knowns import judged, known

_WORDS = ("the", "of", "and", "us", "US", "who", "dykes", "dyke", "life-jacket", "life jacket", "12", "broke", "Marn",
          "Sill's", "was", "not", "Тамм", "İl", "soup", "for", "a", "night")  # fmt: skip
_sentences = st.lists(st.sampled_from(_WORDS), min_size=8, max_size=24).map(" ".join)


def test_whom_a_fact_is_not_compared_with_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set beside every held fact of all running events, each new one is found to be the same."""
    ruled_out = test_comparing._run()
    monkeypatch.setattr(Rarity, "share_much", lambda *_: True)
    monkeypatch.setattr(Profile, "may_end", lambda *_: True)
    monkeypatch.setattr(series, "_may_go_on", lambda *_: True)
    monkeypatch.setattr(repeating, "may_copy", lambda _, others, __: others)
    in_full = test_comparing._run.__wrapped__()

    assert in_full == ruled_out


_ELSEWHERE = (
    "The harvest of Lunde was the best in nine summers, growers told a fair.",
    "Choirs from Ostra sang in the cathedral while the organ was tuned.",
    "A bakery in Quell Street reopened with a new oven and an old recipe.",
)


@pytest.mark.parametrize(
    ("new", "held"),
    [
        pytest.param(
            "Rescuers digging through mud below the Orva dam near Lisk put the dead at 6,250, up from 4,510.",
            "Doctors in the capital had said that 4,510 people died in the heatwave.",
            id="it names the held figure as the old one",
        ),
        pytest.param(
            "The count now stands at 7,300, the relief agency said below the Orva dam near Lisk, in mud.",
            "The relief agency said that 6,900 people died in the heatwave.",
            id="the same speaker's count goes on",
        ),
    ],
)
def test_a_stranger_is_met_by_its_figure(new: str, held: str) -> None:
    """However little two stories share, a figure that is named, or counted by the same body, is replaced."""
    says = "relief agency" if "agency" in held else None
    others = [known(text, outlet="Dagny Post", position=at) for at, text in enumerate(_ELSEWHERE, start=1)]

    finding = judged(known(new, says=says, hours=9), known(held, says=says), *others)

    assert (finding.tag, finding.ref) == (Tag.UPDATE, 1)


@given(
    value=st.integers(0, 500).map(float),
    share=st.floats(0.95, 1.05),
    span=st.integers(0, 90),
    approximate=st.booleans(),
    vague=st.booleans(),
)
@example(value=100.0, share=1.03, span=0, approximate=True, vague=False)
def test_no_equal_amount_is_overlooked(value: float, share: float, span: int, approximate: bool, vague: bool) -> None:
    """Two figures that are one number are never held apart by their amounts."""
    (figure,) = read_profile(known("The storm killed 12 people.")).figures
    text = f"{value - span:.0f} to {value + span:.0f}" if vague and span else "dozens"
    mine = replace(figure, value=value, low=value - span, high=value + span, vague=vague, text=text)
    mine = replace(mine, approximate=approximate)
    for amount in (value * share, value + span * (share - 1) * 20, value):
        for theirs in (replace(figure, value=amount, low=amount, high=amount), replace(mine, value=amount)):
            assert mine.may_equal(amount) or not mine.equals(theirs)


@pytest.mark.parametrize("in_copy", [False, True])
@pytest.mark.parametrize("instead", [["elk"], []])
def test_no_edited_copy_is_overlooked(in_copy: bool, instead: list[str]) -> None:
    """Be it the longest words that another outlet has changed or cut: what is a copy still may be one."""
    new = read_profile(known("Coastguards searched overnight along the breakwater for trawlermen missing since dusk."))
    ratio, copies = threshold("copy_ratio_within" if in_copy else "copy_ratio"), 0
    for edited in range(len(new.plain)):
        longest = sorted(new.plain, key=len)[len(new.plain) - edited :]
        held = " ".join(word for plain in new.plain for word in (instead if plain in longest else [plain]))
        profile = Profile(known(held, id_=1, story=7))
        if is_copy(new.plain, profile.plain, in_copy=in_copy):
            copies += 1
            assert may_copy(new, [profile], ratio) == [profile]

    assert copies > 1


def test_an_edited_sentence_of_a_copied_story_is_its_copy() -> None:
    """In a story that is a copy as a whole a sentence may have been edited by more than a word."""
    text = "Coastguards searched overnight along the breakwater for trawlermen missing since dusk."
    edited = "Lifeboats searched overnight along the seawall for seamen missing since dusk."
    told = [text, *_ELSEWHERE]
    held = [
        Profile(known(sentence, id_=at + 1, story=7, outlet="Dagny Post", position=at))
        for at, sentence in enumerate(told)
    ]
    new = [
        read_profile(known(sentence, id_=-1 - at, story=0, position=at))
        for at, sentence in enumerate((edited, *_ELSEWHERE))
    ]

    findings = compare(new, dict.fromkeys(range(len(new)), held)).findings

    assert [(finding.tag, finding.ref) for finding in findings] == [(None, at + 1) for at in range(len(new))]


@given(
    text=_sentences,
    other=_sentences,
    changes=st.lists(st.tuples(st.integers(0, 23), st.sampled_from(_WORDS)), max_size=4),
)
@example(text="the dyke of Marn broke and US soup was not for us", other="", changes=[])
def test_no_copy_is_overlooked(text: str, other: str, changes: list[tuple[int, str]]) -> None:
    """A sentence whose words rule it out as a copy is none, whatever its hyphens, capitals and abbreviations."""
    edited = text.split(" ")
    for at, word in changes:
        edited[at % len(edited)] = word
    near = " ".join(edited)
    new = read_profile(known(text))
    for held in (other or text, near, near.upper(), near.replace("-", " ")):
        profile = Profile(known(held, id_=1, story=7))

        is_turned_copy = new.plain != profile.plain and is_turned(new, profile)
        is_whole = is_copy(new.plain, profile.plain) and not is_turned_copy
        assert (find_origin([new], [[profile]]) == 7) == is_whole or len(new.plain) < 8
        if is_copy(new.plain, profile.plain, in_copy=True):
            assert may_copy(new, [profile], threshold("copy_ratio_within")) == [profile]
