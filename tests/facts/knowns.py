"""Facts as they are compared, with just what a test is about."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from store.facts.comparing.comparing import compare
from store.facts.comparing.profiles import read_profile
from store.facts.days.dates import find_dates
from store.facts.figures.quantities import find_quantities
from store.facts.model import Fact, Finding, Known, Mode, Speaker, Status

MORNING = datetime(2026, 5, 4, 8, 0, tzinfo=timezone(timedelta(hours=2)))


def known(
    text: str,
    *,
    id_: int = -1,
    story: int = 1,
    outlet: str = "Northwind",
    hours: float = 0,
    says: str | None = None,
    of: str | None = None,
    status: Status = Status.ASSERTED,
    cue: str | None = None,
    background: bool = False,
    position: int = 0,
) -> Known:
    """Return a fact published some hours after MORNING; its figures and dates are read, its names are its capitals."""
    at = MORNING + timedelta(hours=hours)
    dates = find_dates(text, 0, len(text), published_at=at)
    names = tuple(re.findall(r"(?<=[a-z,] )[A-Z]\w+(?: [A-Z]\w+)*", text))
    fact = Fact(
        0,
        len(text),
        0,
        position,
        status,
        Mode.ASSERTION,
        speaker=Speaker(says, says, of=of) if says else None,
        cue=cue,
        quantities=find_quantities(text, 0, len(text), dates=dates),
        dates=dates,
        places=names,
        background=background,
    )
    return Known(id_, story, str(story), text, fact, outlet=outlet, published_at=at)


def held(*facts: Known) -> list[Known]:
    """Number facts as the database would."""
    return [replace(fact, id=number) for number, fact in enumerate(facts, start=1)]


def judged(new: Known, *before: Known) -> Finding:
    """Compare one new fact with the held ones, numbered 1, 2, … in order."""
    kin = {new.fact.position: [read_profile(fact) for fact in held(*before)]}
    (finding,) = compare([read_profile(replace(new, story=0))], kin).findings
    return finding
