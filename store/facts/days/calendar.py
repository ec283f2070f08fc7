"""Days, weeks, months and years as stretches of days: the arithmetic that dates are resolved with.

A stretch has a first and a last day, both included, so that "last month" stays a month.
Weeks run from Monday to Sunday (ISO 8601).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())  # noqa: SIM905
MONTHS = tuple("january february march april may june july august september october november december".split())  # noqa: SIM905
_SHORT_WEEKDAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
_SHORT_MONTHS = {
    "jan": 1, "feb": 2, "febr": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
_LONG_WEEKDAYS = {name: k for k, name in enumerate(WEEKDAYS)}

WEEKDAY_NUMBERS = _LONG_WEEKDAYS | _SHORT_WEEKDAYS
MONTH_NUMBERS = {name: k for k, name in enumerate(MONTHS, start=1)} | _SHORT_MONTHS
# The first month of each season, northern half, as the weather services count them
SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
UNITS = frozenset({"week", "month", "year", "quarter", "decade", "century"})
DAYS_IN = {"hour": 0, "minute": 0, "day": 1, "night": 1, "week": 7, "fortnight": 14}
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days on end, first and last included."""

    first: date
    last: date

    def up_to(self, other: Stretch) -> Stretch:
        return Stretch(self.first, other.last)


def weekday_number(word: str, *, short: bool = False) -> int | None:
    """Return 0 for "monday" to 6 for "sunday"; with *short*, also for "mon" and "tues"."""
    return (WEEKDAY_NUMBERS if short else _LONG_WEEKDAYS).get(word)


def month_number(word: str) -> int | None:
    """Return 1 for "january" and "jan" to 12; None for other words."""
    return MONTH_NUMBERS.get(word)


def is_short_month(word: str) -> bool:
    """Is *word* a month in its short form, which may have a full stop?"""
    return word in _SHORT_MONTHS


def one_day(day: date) -> Stretch:
    return Stretch(day, day)


def shift(day: date, days: int) -> date:
    """Return the day *days* later, held inside the calendar's own bounds."""
    number = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(number)


def week_of(day: date) -> Stretch:
    monday = shift(day, -day.weekday())
    return Stretch(monday, shift(monday, 6))


def weekend_of(day: date) -> Stretch:
    """Return the Saturday and Sunday of the week of *day*."""
    monday = shift(day, -day.weekday())
    return Stretch(shift(monday, 5), shift(monday, 6))


def day_in(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where there is none: 31 June, 29 February 2023, year 0."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Stretch:
    """Return the month; *month* may run over the year's ends: 13 is January of the next, 0 December of the last.

    It is held inside the calendar's own bounds.
    """
    number = min(max(12 * year + month - 1, 12 * MINYEAR), 12 * MAXYEAR + 11)
    year, month = number // 12, number % 12 + 1
    return Stretch(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def months_of(year: int, month: int, count: int) -> Stretch:
    """Return *count* months on end."""
    return month_of(year, month).up_to(month_of(year, month + count - 1))


def year_of(year: int) -> Stretch:
    return years_of(year, year)


def years_of(first: int, last: int) -> Stretch:
    return months_of(max(first, MINYEAR), 1, 1).up_to(month_of(min(last, MAXYEAR), 12))


def decade_of(year: int) -> Stretch:
    """Return the ten years that begin with *year*."""
    return years_of(year, year + 9)


def quarter_of(year: int, quarter: int) -> Stretch:
    return months_of(year, 3 * quarter - 2, 3)


def half_of(year: int, half: int) -> Stretch:
    return months_of(year, 6 * half - 5, 6)


def unit_of(day: date, unit: str, by: int) -> Stretch:
    """Return the week, weekend, month, ... of *day*, *by* units later."""
    if unit == "week":
        return week_of(shift(day, 7 * by))
    if unit == "weekend":
        return weekend_of(shift(day, 7 * by))
    if unit == "month":
        return month_of(day.year, day.month + by)
    if unit == "quarter":
        return months_of(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * by, 3)
    return _years_on(day, unit, by)


def _years_on(day: date, unit: str, by: int) -> Stretch:
    if unit == "decade":
        return decade_of(day.year // 10 * 10 + 10 * by)
    if unit == "century":
        first = (day.year - 1) // 100 * 100 + 1 + 100 * by
        return years_of(first, first + 99)
    return year_of(day.year + by)


def units_before(day: date, count: int, unit: str) -> Stretch | None:
    """Return the day, week, month or year *count* units before *day*, or after it if negative; None past year 9999."""
    if unit in {"week", "fortnight"}:
        return week_of(shift(day, -count * DAYS_IN[unit]))
    if unit in DAYS_IN:
        return one_day(shift(day, -count * DAYS_IN[unit]))
    if unit == "month":
        months = 12 * day.year + day.month - 1 - count
        return month_of(months // 12, months % 12 + 1) if 12 <= months < 120_000 else None
    year = day.year - count * (10 if unit == "decade" else 1)
    return year_of(year) if 1 <= year <= 9999 else None


def years_later(stretch: Stretch, years: int) -> Stretch | None:
    """Return the same days of the year *years* later, the last of February for its 29th; None past the calendar."""
    if stretch.first.year + years < MINYEAR or stretch.last.year + years > MAXYEAR:
        return None
    return Stretch(_year_later(stretch.first, years), _year_later(stretch.last, years))


def _year_later(day: date, years: int) -> date:
    """Return the day *years* later; the last day of a month stays its last."""
    month = month_of(day.year + years, day.month)
    is_last = day == month_of(day.year, day.month).last
    return month.last if is_last else shift(month.first, min(day.day, month.last.day) - 1)


def length_from(day: date, count: int, unit: str) -> Stretch:
    """Return the *count* days, weeks, months, quarters or years that begin with *day*."""
    if unit in DAYS_IN:
        return Stretch(day, shift(day, max(count * DAYS_IN[unit], 1) - 1))
    return Stretch(day, shift(_months_later(day, count * MONTHS_IN[unit]), -1))


def length_to(day: date, count: int, unit: str) -> Stretch:
    """Return the *count* days, weeks, months, quarters or years that end with *day*: "the year to March"."""
    if unit in DAYS_IN:
        return Stretch(shift(day, 1 - max(count * DAYS_IN[unit], 1)), day)
    return Stretch(_months_later(shift(day, 1), -count * MONTHS_IN[unit]), day)


def _months_later(day: date, months: int) -> date:
    """Return the same day of the month *months* later or earlier, the last where it is shorter."""
    month = month_of(day.year, day.month + months)
    return shift(month.first, min(day.day, month.last.day) - 1)


def weekday_in(stretch: Stretch, weekday: int, number: int) -> date | None:
    """Return the first (1), second, ... or last (-1) *weekday* in *stretch*; None where there is none."""
    if number < 0:
        return shift(stretch.last, -((stretch.last.weekday() - weekday) % 7))
    day = shift(stretch.first, (weekday - stretch.first.weekday()) % 7 + 7 * (number - 1))
    return day if day <= stretch.last else None


def after(day: date, month: int, count: int) -> Stretch:
    """Return the first *count* months from *month* on that begin after *day*: the spring, or the March, after it."""
    return months_of(day.year + (month <= day.month), month, count)


def part_of(stretch: Stretch, part: str) -> Stretch:
    """Return the "early", "mid" or "late" third of *stretch*: of a month ten days, ten days, and the rest.

    A weekend, which has no thirds, is given whole.
    """
    if (stretch.last - stretch.first).days > 300:
        months = 12 * (stretch.last.year - stretch.first.year) + 12
        third = months // 3
        start = {"early": 0, "mid": third}.get(part, 2 * third)
        count = months - 2 * third if part == "late" else third
        return months_of(stretch.first.year, stretch.first.month + start, count)
    third = ((stretch.last - stretch.first).days + 1) // 3
    if not third:
        return stretch
    if part == "early":
        return Stretch(stretch.first, shift(stretch.first, third - 1))
    if part == "mid":
        return Stretch(shift(stretch.first, third), shift(stretch.first, 2 * third - 1))
    return Stretch(shift(stretch.first, 2 * third), stretch.last)


def week_in(month: Stretch, week: int) -> Stretch:
    """Return the first (1) to fourth week of a month in days 1-7, 8-14, ..., or its last seven days (-1)."""
    if week < 0:
        return Stretch(shift(month.last, -6), month.last)
    first = shift(month.first, 7 * (week - 1))
    return Stretch(first, min(shift(first, 6), month.last))


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (anonymous Gregorian computus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
