"""What is read out of a story comes back as it was, whatever it was."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from hypothesis import example, given
from hypothesis import strategies as st

from store.database.packing import pack_fact, read_details, unpack_fact
from store.facts.model import Claim, Fact, Mode, Quantity, Speaker, Status, When

SENTENCE = "“Some 320,000 of us left Sankt Ørjan on Friday,” Ms Hallström, the mayor, told reporters."

pieces = st.tuples(st.integers(0, len(SENTENCE)), st.integers(0, 30)).map(lambda at: SENTENCE[at[0] : sum(at)])
words = st.one_of(st.sampled_from(["said", "Zoë Hallström", "mayor"]), pieces, st.text(st.characters(codec="utf-8")))
maybe_words = st.none() | words
names = st.lists(words, max_size=3).map(tuple)
offsets = st.integers(-50, 5000)
floats = st.floats(allow_nan=False, allow_infinity=False)
speakers = st.builds(Speaker, words, words, maybe_words, maybe_words, st.sampled_from([1.0, 0.9, 0.0]))
statuses, modes = st.sampled_from(Status), st.sampled_from(Mode)


@st.composite
def claims(draw: st.DrawFn, fact: Fact | None = None) -> Claim:
    start = draw(offsets)
    end = start + draw(st.integers(0, 300))
    if fact and draw(st.booleans()):
        return Claim(start, end, fact.status, fact.mode, fact.speaker, fact.cue, fact.hedges)
    return Claim(start, end, draw(statuses), draw(modes), draw(st.none() | speakers), draw(maybe_words), draw(names))


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    numbers = st.none() | floats
    fact = Fact(
        draw(st.integers(0, 10**6)), 10**6 + len(SENTENCE), draw(st.integers(0, 99)), draw(st.integers(0, 99)),
        draw(statuses), draw(modes), draw(st.none() | speakers), draw(maybe_words), draw(names),
        quantities=tuple(draw(st.lists(st.builds(
            Quantity, words, offsets, offsets, numbers, numbers, numbers, maybe_words, maybe_words, st.booleans(),
            st.booleans(),
        ), max_size=3))),
        dates=tuple(draw(st.lists(st.builds(When, words, offsets, offsets, words, words), max_size=3))),
        people=draw(names), orgs=draw(names), places=draw(names), background=draw(st.booleans()),
    )  # fmt: skip
    return replace(fact, claims=tuple(draw(st.lists(claims(fact), max_size=3))))


class Numbers:
    """Stands in for the table of phrases."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.ids.setdefault(text, 1000 + len(self.ids))

    @property
    def phrases(self) -> dict[int, str]:
        return {number: text for text, number in self.ids.items()}


@given(facts())
@example(Fact(0, 5, 0, 0, Status.CLAIMED, Mode.PARAPHRASE, Speaker("", ""), "", ("",)))
def test_every_fact_comes_back_as_it_was(fact: Fact) -> None:
    """Packing loses nothing, and needs no phrase that it does not name."""
    numbers = Numbers()
    row = pack_fact(fact, SENTENCE, numbers)
    details, used = read_details(row)
    needed = {number: numbers.phrases[number] for number in used}

    assert unpack_fact(row, details, SENTENCE, needed) == fact


def test_a_usual_fact_is_short() -> None:
    """A fact with speaker, figure and date takes a fraction of what its fields take as plain JSON."""
    speaker = Speaker("Zoë Hallström", "Ms Hallström", "mayor", None, 0.9)
    fact = Fact(
        0, len(SENTENCE), 2, 5, Status.QUOTED, Mode.QUOTE, speaker, "told reporters",
        claims=(Claim(0, len(SENTENCE), Status.QUOTED, Mode.QUOTE, speaker, "told reporters"),),
        quantities=(Quantity("Some 320,000", 1, 13, 320000.0, unit="people", what="of us", approximate=True),),
        dates=(When("Friday", 40, 46, "2026-01-30", "2026-01-30"),),
        people=("Zoë Hallström",), places=("Sankt Ørjan",),
    )  # fmt: skip

    plain = json.dumps(asdict(fact), ensure_ascii=False)

    assert len(pack_fact(fact, SENTENCE, Numbers()).details) < len(plain) / 8


def test_a_plain_fact_takes_next_to_nothing() -> None:
    """What is empty is not kept."""
    claim = Claim(0, 39, Status.ASSERTED, Mode.ASSERTION)
    fact = Fact(0, 40, 0, 0, Status.ASSERTED, Mode.ASSERTION, claims=(claim,))

    assert len(pack_fact(fact, SENTENCE, Numbers()).details) < 10
