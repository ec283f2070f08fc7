"""Dates: the examples of `examples/dates.tsv`, a story's own date, and what holds for any text."""

import importlib
import re
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.facts.days.calendar import (
    Stretch,
    easter,
    month_of,
    part_of,
    units_before,
    week_in,
    weekday_in,
    year_of,
    years_later,
)
from store.facts.days.dates import find_dates
from store.facts.days.own_date import published_from_text
from store.facts.extract import extract_facts
from store.facts.figures.quantities import find_quantities
from store.facts.model import Dateline, Layout, Sentence, Span, Story, When

EXAMPLES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "examples" / "dates.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
MODULES = (
    "figures.ages",
    "days.anchored",
    "days.calendar",
    "days.clocks",
    "numbers.counted",
    "figures.counting",
    "days.dated",
    "days.dates",
    "days.days",
    "figures.figures",
    "figures.joined",
    "days.happened",
    "days.months",
    "numbers.number",
    "figures.numbered",
    "days.numbered",
    "numbers.numbers",
    "days.periods",
    "numbers.pieces",
    "figures.quantities",
    "numbers.shares",
    "days.scheduled",
    "days.spans",
    "days.tense",
    "days.weekdays",
    "numbers.units",
    "days.years",
)

_BITS = [
    "Monday", "Tuesday", "Friday", "last", "next", "this", "week", "month", "year", "yesterday", "tomorrow",
    "overnight", "July", "May", "March",
    "Jan.", "28", "31", "2021", "0000", "9999", "1990", "s", "th", "of", "the", "end", "early", "mid", "late",
    "first", "third", "quarter", "half",
    "from", "to", "until", "between", "and", "by", "on", "at", "18:00", "6", "p.m.", "noon", "midnight", "GMT",
    "two", "a", "999", "days", "years",
    "ago", "after", "earlier", "later", "Christmas", "New", "Year", "'s", "Eve", "summer", "will", "said", "is",
    "due", ",", "(", ")", "-", "–", "/", ".",
    "following", "previous", "before", "later", "weekend", "1st", "spring", "nine", "months", "had", "been", "cut",
    "moved", "months", "Q3", "fiscal", "profit", "decade", "century", "21st", "weekend", "2019-20", "2021-07-28",
    "30.02.2021", "\n",
]  # fmt: skip
wires = (
    st.lists(st.sampled_from(_BITS), max_size=25).map(" ".join)
    | st.lists(st.sampled_from(_BITS)).map("".join)
    | st.text(max_size=120)
)
moments = st.none() | st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]))


def shown(when: When) -> str:
    """Print a date as the table does."""
    return when.first if when.first == when.last else f"{when.first}..{when.last}"


@pytest.mark.parametrize(
    ("published", "sentence", "expected"), EXAMPLES, ids=[f"{row[0][:10]} {row[1][:60]}" for row in EXAMPLES]
)
def test_examples(published: str, sentence: str, expected: str) -> None:
    """Each sentence of the table gives its dates, no more and no less."""
    published_at = None if published == "-" else datetime.fromisoformat(published)

    found = find_dates(sentence, 0, len(sentence), published_at=published_at)

    assert (" | ".join(map(shown, found)) or "-") == expected


@given(wires, moments)
@example("2200000000.0.0000", None)
@example("Q3", None)
@example("The bridge opened over the summer.", datetime(1, 1, 1, tzinfo=UTC))
@example("They will open in the spring.", datetime(9999, 12, 31, tzinfo=UTC))
@example("Four mines have closed within the last month.", datetime(1, 1, 1, tzinfo=UTC))
def test_what_holds_for_any_text(text: str, published_at: datetime | None) -> None:
    """Never raises; dates are verbatim, in order and apart; the first day is not after the last."""
    reached = 0
    for when in find_dates(text, 0, len(text), published_at=published_at):
        assert reached <= when.start < when.end <= len(text)
        reached = when.end
        assert text[when.start : when.end] == when.text
        assert date.fromisoformat(when.first[:10]) <= date.fromisoformat(when.last[:10])


@given(st.dates(), st.sampled_from(["Monday", "Thursday", "Sunday"]))
def test_a_weekday_is_within_a_week(day: date, weekday: str) -> None:
    """A bare weekday is never more than six days off, and it is the story's own day when the names agree."""
    published_at = datetime.combine(day, datetime.min.time(), UTC)
    text = f"The minister said so on {weekday}."

    (found,) = find_dates(text, 0, len(text), published_at=published_at)

    away = (day - date.fromisoformat(found.first)).days
    assert 0 <= away <= 6 or day < date(1, 1, 8)
    assert found.first != found.last or day < date(1, 1, 8) or date.fromisoformat(found.first).strftime("%A") == weekday


# ---- dates that count from a sentence before

THURSDAY = datetime(2026, 2, 19, 8, 30, tzinfo=UTC)


def dates_of_last(text: str) -> list[str]:
    """The dates of the last sentence of a story that came in on THURSDAY."""
    return [shown(when) for when in extract_facts(Story(text, published_at=THURSDAY)).facts[-1].dates]


def test_the_next_day_counts_from_the_sentence_before() -> None:
    """Also from one before that, but not over three sentences."""
    told = "The army said on Saturday that the rescue had begun."

    assert dates_of_last(f"{told} The next day it took this back.") == ["2026-02-15"]
    assert dates_of_last(f"{told} Nobody believed it. The following morning it took this back.") == ["2026-02-15"]
    assert dates_of_last(f"{told} Nobody believed it. Nobody laughed. The next day it took this back.") == []


def test_the_day_of_an_event_is_handed_on_and_not_that_of_its_teller() -> None:
    """ "Police said on Tuesday" dates the telling."""
    told = "The boat sank on 3 February, police said on Tuesday."

    assert dates_of_last(f"{told} The next day a raft was found.") == ["2026-02-04"]
    assert dates_of_last(f"{told} A week earlier, it had sailed for Kesh.") == ["2026-01-27"]


def test_a_time_still_to_come_is_that_of_the_day_before() -> None:
    """Where a story of 8.30 a.m. tells what happened at ten at night, it was on the day told of, or the one before."""
    told = "They set out on Monday."

    assert dates_of_last(f"{told} The alarm was raised at 10 p.m. by a guide.") == ["2026-02-16T22:00:00+00:00"]
    assert dates_of_last(f"{told} Rain fell. Snow fell. The alarm was raised at 10 p.m. by a guide.") == [
        "2026-02-18T22:00:00+00:00"
    ]


def test_what_but_repeats_a_date_is_none() -> None:
    """ "That day" tells nothing new, and a count in mid-sentence may be from anything."""
    told = "The valley was flooded on Monday."

    assert dates_of_last(f"{told} That day 40 people fled.") == []
    assert dates_of_last(f"{told} The mayor said the order should have come three days earlier.") == []
    assert dates_of_last(f"{told} Two hours later the dam broke.") == []


def test_what_is_only_compared_with_is_not_handed_on() -> None:
    """Two sentences that compare with "a year earlier" both mean the year before the quarter."""
    text = "In the third quarter profit rose to $3m from $2m a year earlier. Year-earlier sales were $9m."

    assert dates_of_last(text) == ["2024-07-01..2024-09-30"]


# ---- a story's own date


def layout(text: str, *, first: int = 0, dateline: Dateline | None = None, furniture: tuple[Span, ...] = ()) -> Layout:
    """A layout of one sentence from *first* to the end."""
    return Layout((Sentence(first, len(text), 0, 0),), (Span(first, len(text)),), (), dateline, furniture=furniture)


def test_published_is_the_date_in_the_dateline() -> None:
    """A dateline with its year needs no message around it."""
    text = "GENEVA, 26 February 2026 (Tideline) - The two sides agreed."
    here = layout(text, first=38, dateline=Dateline(0, 38))

    assert published_from_text(text, here) == datetime(2026, 2, 26, tzinfo=UTC)


def test_a_date_without_a_year_needs_a_moment_near_it() -> None:
    """ "Dec 30" in a message of 2 January is that of the year before; alone it is not known."""
    text = "GENEVA, Dec 30 (Tideline) - The two sides agreed."
    here = layout(text, first=28, dateline=Dateline(0, 28))
    near = datetime(2026, 1, 2, 9, tzinfo=timezone(timedelta(hours=1)))

    assert published_from_text(text, here) is None
    assert published_from_text(text, here, near=near) == datetime(2025, 12, 30, tzinfo=near.tzinfo)


def test_published_from_a_weekday_with_its_date() -> None:
    """ "Wednesday (July 28, 2021)" in the first sentence is the story's day; a date of the events is not."""
    told = "She promised on Wednesday (July 28, 2021) to send aid after the attack of 3 May 2019."
    event = "The treaty of 3 May 2019 was torn up."

    assert published_from_text(told, layout(told)) == datetime(2021, 7, 28, tzinfo=UTC)
    assert published_from_text(event, layout(event)) is None


def test_a_weekday_tells_the_year() -> None:
    """ "Wednesday (July 28)" pasted years later is the latest one; one soon to come is no story's own day."""
    told = "She promised on Wednesday (July 28) to send aid."
    near = datetime(2026, 11, 25, 9, tzinfo=UTC)

    assert published_from_text(told, layout(told), near=near) == datetime(2021, 7, 28, tzinfo=UTC)
    assert published_from_text(told, layout(told), near=datetime(2027, 7, 26, tzinfo=UTC)) is None


def test_published_from_a_line_above_the_story() -> None:
    """A time stamp above the first sentence is the story's date."""
    text = "Posted 14 Nov 2024\nThe two sides agreed."
    here = layout(text, first=19, furniture=(Span(0, 18),))

    assert published_from_text(text, here) == datetime(2024, 11, 14, tzinfo=UTC)


# ---- the calendar


def test_the_calendar() -> None:
    """Months run over the year's ends, weeks of a month are counted in sevens, Easter is where the tables have it."""
    assert month_of(2026, 0) == month_of(2025, 12)
    assert month_of(2024, 2).last == date(2024, 2, 29)
    assert week_in(month_of(2026, 3), 1).last == date(2026, 3, 7)
    assert week_in(month_of(2026, 3), -1).first == date(2026, 3, 25)
    assert part_of(year_of(2020), "late").first == date(2020, 9, 1)
    assert weekday_in(month_of(2026, 2), 6, 1) == date(2026, 2, 1)
    assert weekday_in(month_of(2026, 2), 0, -1) == date(2026, 2, 23)
    assert weekday_in(month_of(2026, 2), 0, 5) is None
    assert years_later(month_of(2024, 2), -1) == month_of(2023, 2)
    assert years_later(Stretch(date(2023, 2, 28), date(2023, 3, 1)), 1) == Stretch(date(2024, 2, 29), date(2024, 3, 1))
    assert years_later(year_of(9999), 1) is None
    assert units_before(date(1, 1, 1), 1, "year") is None
    assert [easter(y) for y in (2008, 2024, 2038)] == [date(2008, 3, 23), date(2024, 3, 31), date(2038, 4, 25)]


# ---- no input is slow


def patterns() -> list[re.Pattern[str]]:
    """Every regular expression of the modules that read figures and dates."""
    modules = [importlib.import_module(f"store.facts.{name}") for name in MODULES]
    return list({v for m in modules for v in vars(m).values() if isinstance(v, re.Pattern)})


@pytest.mark.parametrize(
    "unit",
    ["1", "1,", "1.", "1,1", "1.111", ",111", "'s", "a", "é", "(", " ", "1 ", "1-", "12,34,", "111,111.", "1,111.1"],
)
def test_no_pattern_is_slow(unit: str) -> None:
    """A hundred thousand characters of the worst kind take no pattern more than a moment, matching or searching."""
    assert patterns()
    for pattern in patterns():
        for tail in ("", "!", "x", ","):
            start = time.process_time()
            text = unit * (100_000 // len(unit)) + tail
            pattern.fullmatch(text)
            pattern.match(text)
            pattern.search(text)
            assert time.process_time() - start < 2, pattern.pattern


@pytest.mark.parametrize(
    "unit",
    [
        "1,000 ",
        "one hundred and ",
        "July 28, ",
        "from 16 to ",
        "the end of ",
        "early ",
        "Monday, ",
        "two of ",
        "half a ",
        "1-",
    ],
)
def test_a_long_sentence_is_read_in_time(unit: str) -> None:
    """A "sentence" of 20,000 characters, as a hostile story may have, is read in seconds."""
    text = unit * (20_000 // len(unit))
    published_at = datetime(2026, 2, 19, tzinfo=UTC)

    start = time.process_time()
    dates = find_dates(text, 0, len(text), published_at=published_at)
    find_quantities(text, 0, len(text), dates=dates)

    assert time.process_time() - start < 6
