"""What each number of a sentence counts, and when two numbers count the same sort of thing."""

from __future__ import annotations

import pytest

from store.facts.comparing.name_keys import name_key
from store.facts.comparing.profiles import read_profile
from store.facts.comparing.tallies import Figure, Sort
from tests.facts.knowns import known


def figures(text: str) -> list[Figure]:
    """Return the figures of one sentence."""
    return list(read_profile(known(text)).figures)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The blast killed 12 people and injured 40.", [("dead", 12), ("injured", 40)]),
        (
            "Two guards and one driver were killed and seven people hurt.",
            [("dead", 2), ("dead", 1), ("injured", 7)],
        ),
        ("The death toll from the storm rose to 31 after rescuers searched.", [("dead", 31)]),
        ("The number of people cut off in Bardo has risen to 950, a charity said.", [("stranded", 950)]),
        ("Some 1,300 refugees have gone home, leaving 5,200 in Marn.", [("returned", 1300), ("displaced", 5200)]),
        ("48 people remain in hospital.", [("hospitalised", 48)]),
        ("A barge sank, leaving at least 7 dead and more than 30 missing.", [("dead", 7), ("missing", 30)]),
        ("Some 640 people of Marn are in shelters.", [("sheltered", 640)]),
        ("The number of the dead as a result of the collapse makes 33 persons.", [("dead", 33)]),
        ("Drenia sent 4,500 troops and two battalions.", [(None, 4500), (None, 2)]),
        ("The storm claimed 14 lives.", [("dead", 14)]),
        ("The fire caused the loss of 118 lives.", [("dead", 118)]),
        ("Some 3,000 people live in Tolme.", [(None, 3000)]),
        ("Two more people succumbed to their injuries.", [("dead", 2)]),
        ("Police took 31 people into custody.", [("detained", 31)]),
        ("Some 40 pupils were rushed to hospital.", [("hospitalised", 40)]),
        ("Tainted milk made 64 children ill.", [("infected", 64)]),
        ("The quake left 900 people without a roof.", [("homeless", 900)]),
        ("Nine sailors are not accounted for.", [("missing", 9)]),
        ("The firm will cut 300 jobs.", [("laidoff", 300)]),
        ("The rebels lost 14 fighters.", [("dead", 14)]),
    ],
)
def test_what_happened_to_those_counted(text: str, counted: list[tuple[str | None, float]]) -> None:
    """Each number takes the nearest happening, over lists and passives."""
    assert [(figure.toll, figure.value) for figure in figures(text)] == counted


def test_a_part_its_whole_and_an_increment_are_told_apart() -> None:
    """ "300 of its 900", "nine more" and "rose to 40" are three ways to give a number."""
    part, whole = figures("Drenia will withdraw 300 of its 900 soldiers.")
    (more,) = figures("Divers found nine more bodies.")
    (level,) = figures("The toll rose to 40.")

    assert (part.part, whole.base, more.more, level.level) == (True, True, True, True)


@pytest.mark.parametrize(
    "text",
    [
        "The manifest has 12 names fewer than there were people.",
        "The bus carried 15 passengers too many.",
        "Two engineers are among the dead.",
        "Nine people are missing, among them two engineers.",
        "The toll was given as 9, including three engineers.",
        "Of the 640 members, 300 voted.",
        "Of the 90 killed, 12 were children.",
        "Nine people died, of whom two were engineers.",
    ],
)
def test_a_difference_or_a_few_of_many_go_on_with_no_total(text: str) -> None:
    """What is left over, a few of those counted, and those of whom others are some, are compared with nothing."""
    assert any(figure.gap or figure.base for figure in figures(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Turnout in the vote was 61 per cent.", "Mr Tamm has 47 per cent of the vote."),
        ("The mill has 600 people.", "The blast killed 12 people."),
        ("Rebels demanded the release of 40 prisoners.", "The government has released 12 prisoners."),
        ("Some 900 soldiers fled.", "Some 35,000 residents were uprooted, none of them a soldier."),
    ],
)
def test_numbers_of_different_matters_are_unlike(one: str, other: str) -> None:
    """A share of votes is no turnout, a workforce no toll, a demand no deed, and soldiers who fled no refugees."""
    assert figures(one)[0].counts_like(figures(other)[0]) <= 0.6


def test_measures_and_bare_numbers_are_not_counts() -> None:
    """Kilometres measure, and "a figure of 900" does not say what it counts."""
    (length,) = figures("The wall is 12 kilometres long.")
    (bare,) = figures("The committee gave a figure of 900.")

    assert (length.sort, length.noun, bare.sort) == (Sort.MEASURE, "km", Sort.BARE)


def test_spellings_of_a_unit_are_one() -> None:
    """Tons and tonnes of oil are compared; tons of sand are something else."""
    (tons,), (tonnes,), (sand,) = (
        figures(f"The ship lost 400 {stuff}.") for stuff in ("tons of oil", "tonnes of oil", "tons of sand")
    )

    assert tons.counts_like(tonnes) > 0.5
    assert tons.counts_like(sand) == 0


def test_the_dead_of_long_ago_belong_to_another_matter() -> None:
    """A number that stands by an old date is bygone, one by today's is not."""
    now, then = figures("Four people died on Monday, in the worst fire since nine people died in 2007.")

    assert (now.bygone, then.bygone) == (False, True)


def test_rounded_and_vague_numbers_equal_what_they_round() -> None:
    """ "About 1,200" is 1,187, "dozens" is 42; 42 is no 41."""
    (about,), (exact,) = figures("About 1,200 people fled."), figures("1,187 people fled.")
    (dozens,), (some,), (other,) = (
        figures("Dozens of people fled."),
        figures("42 people fled."),
        figures("41 people fled."),
    )

    assert about.equals(exact)
    assert dozens.equals(some)
    assert not some.equals(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Khurshed", "Hurshed"), ("Sirdaryo", "Syrdarya"), ("Taleban", "Taliban"), ("Muhriddin", "Mukhriddin")],
)
def test_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    """Romanisations meet in their consonants."""
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Niger", "Nigeria"), ("Austria", "Australia"), ("Iran", "Iraq")])
def test_countries_are_never_spellings_of_each_other(one: str, other: str) -> None:
    """Names that are alike and mean two countries keep apart."""
    assert name_key(one) != name_key(other)


def test_coming_days_are_those_after_the_story() -> None:
    """A plan's date is what two announcements are compared by; yesterday's is not."""
    profile = read_profile(known("The talks will begin on May 20, the mayor said on Sunday.", hours=1))

    assert profile.coming == {("2026-05-20", "2026-05-20")}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Police put the number of marchers in Tolme at 6,500.", False),
        ("The clerk estimated the crowd in Marn at 900.", False),
        ("Voting was disrupted at 60 stations in Marn.", True),
    ],
)
def test_a_number_that_somebody_puts_something_at_is_no_place(text: str, where: bool) -> None:
    """Who puts a figure at 26 says how many; "at 60 stations" says where."""
    assert [figure.where for figure in figures(text)] == [where]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The queue is 3.7 miles long.", "The queue is 6 km long."),
        ("The wave was 33 feet high.", "The wave was 10 metres high."),
        ("The siren was silent for 48 hours.", "The siren was silent for two days."),
        ("The strike has lasted two weeks.", "The strike has lasted 14 days."),
    ],
)
def test_measures_meet_in_one_unit(one: str, other: str) -> None:
    """What one outlet gives in miles and hours another gives in kilometres and days."""
    (mine,), (theirs,) = figures(one), figures(other)

    assert mine.noun == theirs.noun
    assert mine.equals(theirs)


def test_hours_that_make_no_whole_days_stay_hours() -> None:
    """Nobody reads "36 hours" as a day and a half."""
    (hours,) = figures("The siren was silent for 36 hours.")

    assert (hours.noun, hours.value) == ("hour", 36)


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        ("A third body was found in the harbour.", [3]),
        ("A 21st person has died of the fever.", [21]),
        ("The body of a seventh sailor was found.", [7]),
        ("A second injured climber has died.", [2]),
        ("The third body was found in the harbour.", []),
        ("A third witness told the court of a noise.", []),
        ("A fifth of those killed were children.", []),
        ("A first body was found in the harbour.", []),
        ("A third hospital took in the injured.", []),
        ("A third of passengers were injured.", []),
    ],
)
def test_an_ordinal_tells_a_total_of_people(text: str, totals: list[float]) -> None:
    """Where a third body is found there are three; which one it was, a share and a third hospital count nobody."""
    assert [figure.value for figure in figures(text) if figure.toll] == totals
    assert all(figure.toll for figure in figures(text) if figure.nth)


def test_a_part_grows_into_no_more_than_its_whole() -> None:
    """Three of the five were dead, then four people; but not seven, nor two of another nine."""
    part, _ = figures("Three of the five on board are dead.")
    (four,), (seven,), (two,) = (figures(f"{count} people are dead.") for count in ("Four", "Seven", "Two"))
    of_nine, _ = figures("Two of the nine in the bus are dead.")
    later, _ = figures("Four of the five on board are dead.")

    assert four.counts_like(part) > 0
    assert later.counts_like(part) > 0
    assert [one.counts_like(part) for one in (seven, two, of_nine)] == [0, 0, 0]


def test_a_price_is_compared_for_one_measure_only() -> None:
    """What a tonne costs is not what a litre costs; one that does not say may be either."""
    (tonne,), (litre,), (bare,) = (
        figures(f"Diesel costs 1,190 crowns{per}.") for per in (" a tonne", " per litre", "")
    )

    assert tonne.counts_like(litre) == 0
    assert tonne.counts_like(bare) > 0
    assert litre.counts_like(bare) > 0


def test_an_age_is_no_figure_to_compare() -> None:
    """ "He is Pavel Mirov, 27" counts nothing."""
    assert not figures("He is Pavel Mirov, 27, and he walked to the ambulance.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nine people were trapped in the tunnel.", "Twelve people are missing in the tunnel."),
        ("Nine people are trapped in the village.", "Twelve people are stranded in the village."),
        ("Some 900 people fled the valley.", "Some 1,200 people have been evacuated from the valley."),
    ],
)
def test_words_for_one_lot_are_compared(one: str, other: str) -> None:
    """Who is trapped may be told of as missing or stranded, who fled as brought to safety."""
    assert 0 < figures(other)[0].counts_like(figures(one)[0]) < 1


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("The border closure will cut the profit of Nordium by 40 million crowns.", "profit"),
        ("Shares in Nordium rose by 26 crowns, a loss to nobody.", "stock"),
        ("Shares in Nordium rose to 26 crowns after a loss.", "stock"),
        ("The border is 412 km long.", "borderlength"),
        ("Turnout was 61 per cent.", "turnout"),
    ],
)
def test_a_measure_is_of_what_is_measured_so(text: str, of: str) -> None:
    """Money measures no border; what has moved stands before the number, and another clause tells of something else."""
    assert figures(text)[0].of == of
