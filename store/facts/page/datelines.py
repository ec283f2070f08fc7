"""Reading the line that a story opens with: "GENEVA, Feb 26 (Agency) - ", "Ankara, 5 June. /Agency/. "."""

from __future__ import annotations

import re
from functools import cache

from store.facts.lexicon import table
from store.facts.model import Dateline
from store.facts.page.furniture import is_label

_LONGEST = (
    170  # characters; "JERUSALEM/GAZA CITY, Gaza Strip, Wednesday, September 30, 2026 (Agence France-Presse) -- "
)
_AGENCY = (
    r"(?:\((?P<agency>[^()\n]{1,40})\)|/(?P<slashed>[^/\n]{1,40})/|(?P<caps>[A-Z][A-Z.-]{2,20}(?=\s?[-–—]))"
    r"|(?P<plain>[A-Z][\w-]{1,20}(?:\s[A-Z][\w-]{1,20}){0,2})(?=\.\s))"
)
_DASH = r"\s?(?:[-–—―_]{1,2}|:)(?=\s|[A-Z\"“])"


@cache
def _shape() -> re.Pattern[str]:
    """Place, date, agency, dash: each may be missing, in this order; `_is_enough` says what makes a dateline."""
    rows = table("months_weekdays.tsv")
    month, weekday = (
        "|".join(sorted((row[0] for row in rows if row[1] == kind), key=len, reverse=True))
        for kind in ("month", "weekday")
    )
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    date = (
        rf"(?:(?:{weekday})\.?,?\s)?(?:{day}\s(?:{month})\b\.?|(?:{month})\b\.?\s{day}\b)(?:,?\s\d{{4}})?"
        rf"|(?:{weekday})\b|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}"
    )
    word = rf"(?!(?i:{month}|{weekday})\b)(?:(?:[A-Z]\.){{2,4}}|St\.|[A-ZÀ-ÞĀ-ŽЀ-Я][\w'’-]{{0,30}})"
    place = (
        rf"{word}(?:[ /-](?:{word}|of|al|de|la|le|el|the|upon|on|do|dos|du|da|del|and)){{0,5}}"
        rf"(?:,\s{word}(?:\s(?:{word}|of|and|the|border|frontier)){{0,4}}){{0,2}}"
    )
    return re.compile(
        rf"\*{{0,2}}(?P<place>{place})?\*{{0,2}}(?:[.,]{{0,2}}\s?(?P<date>(?i:{date})))?[.,]{{0,2}}\s?(?:{_AGENCY})?\.?(?P<dash>{_DASH})?\s{{0,12}}"
    )


def read_dateline(text: str, start: int, end: int) -> Dateline | None:
    """Return the dateline that the paragraph from *start* to *end* opens with, or None.

    Taken are: an agency in brackets or slashes after a place or a date; a place or a date before a dash; "PLACE:" in
    capitals. "Kabul - a city of millions - fell" is none.
    """
    match = _shape().match(text, start, min(end, start + _LONGEST))
    if match is None or not _is_beginning(text[match.end() : match.end() + 1], at_end=match.end() >= end):
        return None
    place, date = _tidy(match["place"] or ""), (match["date"] or "").rstrip(".") or None
    agency = match["agency"] or match["slashed"] or match["caps"] or match["plain"]
    if is_label(place) or not _is_enough(text, match, end, place=place):
        return None
    return Dateline(start, match.end(), place=_in_title_case(place), agency=agency, date_text=date)


def _is_enough(text: str, match: re.Match[str], end: int, *, place: str) -> bool:
    """Decide whether the parts that *match* found make a dateline."""
    date, dash, agency = match["date"], match["dash"], match["agency"] or match["slashed"]
    in_capitals = place.split(",", maxsplit=1)[0].isupper() and len(place) > 2
    ends_line = match.end() >= end and bool(place or date)
    if agency:
        glued = agency.isupper() and not match.group()[-1].isspace()  # "Bresk (NPN)The flood"
        return any(char.isalpha() for char in agency) and bool(dash or date or ends_line or in_capitals or glued)
    if match["caps"]:
        return bool(dash and date)
    if match["plain"]:  # "Bresk, March 3, Nordpress. The parliament"
        return bool(place and date)
    if date:
        return bool(place) and bool(dash or ends_line or (in_capitals and match.group().rstrip().endswith(".")))
    return bool(place) and _is_bare_place(text, match, end, in_capitals=in_capitals)


def _is_bare_place(text: str, match: re.Match[str], end: int, *, in_capitals: bool) -> bool:
    """Accept "KYIV, Ukraine —" and "Washington — The" but not a name before an aside between dashes, nor "Q:"."""
    dash = (match["dash"] or "").strip()
    if not dash:
        return False
    if dash == ":":
        return in_capitals and len(match["place"]) > 3
    sentence_end = re.search(r"[.!?]\s", text[match.end() : min(end, match.end() + 600)])
    stretch = text[match.end() : match.end() + sentence_end.start()] if sentence_end else text[match.end() : end][:600]
    aside = bool(re.search(r"\s[-–—]{1,2}\s", stretch))
    return in_capitals or (len(match["place"].split()) <= 4 and not aside)


def _is_beginning(char: str, *, at_end: bool) -> bool:
    """Tell whether *char* can begin a sentence."""
    return at_end or char.isupper() or char.isdigit() or char in "\"“«„‘'([$€£" or not char.isascii()


def _tidy(place: str) -> str:
    return place.strip(" ,")


def _in_title_case(place: str) -> str | None:
    """Return "GENEVA" as "Geneva", "PORT-AU-PRINCE" as "Port-au-Prince"; names in small letters stay as printed."""
    if not place:
        return None
    return ", ".join(_capitalised(part) if part.isupper() else part for part in place.split(", "))


def _capitalised(name: str) -> str:
    small = {"I", "AL", "OF", "THE", "DE", "LA", "LE", "DU", "DA", "DO", "DOS", "DEL", "UPON", "ON", "EL", "AND"}
    initials = {"US", "UK", "UAE", "UN", "DR"}
    parts = re.split(r"([\s/-])", name)
    return "".join(
        part.lower() if part in small and at else part if "." in part or part in initials else part.capitalize()
        for at, part in enumerate(parts)
    )
