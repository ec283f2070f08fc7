"""What is done to or by those whom a number counts, and of what time the number is told."""

from __future__ import annotations

import pytest

from store.facts.comparing.profiles import read_profile
from store.facts.comparing.tallies import Figure, Sort
from tests.facts.knowns import known


def figure(text: str) -> Figure:
    """Return the first figure of one sentence."""
    return read_profile(known(text, hours=30)).figures[0]


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Rebels mined 12 villages near Kelmar.", "mine"),
        ("In Kelmar 12 villages were burned.", "#burned"),
        ("Some 3,000 soldiers guard the dam.", "guard"),
        ("The mill employs 900 people.", "employ"),
        ("Troops shot down two drones.", "shoot"),
        ("The police have questioned another 14 people.", "question"),
        ("The army reported that 14 men deserted.", "desert"),
        ("The firm will cut 300 jobs.", "#laidoff"),
        ("The Greens took 38 seats.", "#win"),
        ("The number of tanks rose to 40.", None),
        ("The ministry registered 40 complaints.", None),
    ],
)
def test_the_verb_beside_a_number_tells_what_is_done(text: str, deed: str | None) -> None:
    """A verb before the number has it as its object, one behind it as its subject; verbs of counting tell nothing."""
    assert figure(text).deed == deed


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("The state builds 40,000 homes a year.", "year"),
        ("Prices rose 6 per cent from a year earlier.", "year"),
        ("Prices rose 6 per cent on the month.", "month"),
        ("Prices rose 1 per cent in March from February.", "month"),
        ("The pipe brings 37 million cubic metres a day.", "day"),
        ("The bank lost 12 million crowns a day after the raid.", None),
        ("The bank lost 12 million crowns.", None),
    ],
)
def test_a_rate_names_its_period(text: str, rate: str | None) -> None:
    """ "A day" behind a number is a rate, "a day after" is none."""
    assert figure(text).rate == rate


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Rain of 210 mm fell in Orsk on Monday.", "day"),
        ("Rain of 400 mm fell in Orsk in April.", "month"),
        ("Rain of 900 mm fell in Orsk in 2025.", "year"),
        ("Some 900 mm of rain have fallen in Orsk since January.", "since"),
        ("The ministry said on Monday that 210 mm of rain fell.", None),
        ("By Monday 210 mm of rain fell in Orsk.", None),
    ],
)
def test_the_date_beside_a_number_tells_the_time_it_covers(text: str, time: str | None) -> None:
    """The day of saying so and an end of a time cover nothing."""
    assert figure(text).time == time


def test_what_is_counted_since_long_ago_is_of_now() -> None:
    """ "Since January" a number has grown until today; "in January" it was another."""
    assert not figure("Some 1,900 people have died since January.").bygone
    assert figure("Some 1,900 people died in January.").bygone


@pytest.mark.parametrize(
    ("text", "is_fresh"),
    [
        ("The ministry reported 45 new cases on Monday.", True),
        ("New cases of the fever in Brem fell to 18.", True),
        ("Cases of the fever in Brem rose to 180.", False),
        ("The new clinic treated 45 patients.", False),
    ],
)
def test_new_cases_are_not_all_cases(text: str, is_fresh: bool) -> None:
    """What came on one day goes on with no total."""
    assert figure(text).fresh is is_fresh


def test_lengths_of_time_are_one_in_any_unit() -> None:
    """Two weeks are 14 days."""
    assert figure("The strike lasted 14 days.").is_as_long_as(figure("The strike lasted two weeks."))
    assert not figure("The strike lasted 14 days.").is_as_long_as(figure("The strike lasted three weeks."))


def test_millions_of_what_no_list_counts_are_money() -> None:
    """ "Marks" may be a currency; two sums of it are about one thing only when their sentences are."""
    assert figure("The bank lost 2.1 billion marks.").sort is Sort.MEASURE
    assert figure("The teacher gave 12 marks.").sort is Sort.COUNT
