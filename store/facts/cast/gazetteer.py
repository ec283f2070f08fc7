"""Countries, capitals, peoples, known bodies and cities, looked up by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from store.facts.lexicon import lines, table


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory and what it goes by."""

    name: str
    capitals: tuple[str, ...]  # the seat of government first; may be empty
    demonyms: tuple[str, ...]  # "Tajik", "Tajiks": adjectives and names of the people
    aliases: tuple[str, ...]  # "UK", "Britain"


def _cell(row: tuple[str, ...], column: int) -> tuple[str, ...]:
    cells = row[column].split(", ") if len(row) > column else []
    return tuple(cell for cell in cells if cell)


@cache
def countries() -> tuple[Country, ...]:
    """Return every country of `countries.tsv`."""
    return tuple(Country(row[0], _cell(row, 1), _cell(row, 2), _cell(row, 3)) for row in table("countries.tsv"))


@cache
def _by(column: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for country in countries():
        names = (country.name, *country.aliases) if column == "name" else getattr(country, column)
        for name in names:
            found.setdefault(name, country.name)
            if column == "name" and "." not in name:
                found.setdefault(name.upper(), country.name)
    return found


def country_named(name: str) -> str | None:
    """Return the country that goes by *name*: "UK" and "Britain" are the United Kingdom."""
    return _by("name").get(name)


def country_of_capital(name: str) -> str | None:
    """Return the country whose capital is called *name*."""
    return _by("capitals").get(name)


def country_of_demonym(word: str) -> str | None:
    """Return the country of a people or an adjective: "Tajik" and "Tajiks" are Tajikistan."""
    return _by("demonyms").get(word)


@cache
def _bodies() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table("known_bodies.tsv"):
        for name in (row[0], *_cell(row, 1)):
            found.setdefault(name, row[0])
    return found


def known_body(name: str) -> str | None:
    """Return the one name of a body known everywhere: "U.N." and "United Nations" are the UN."""
    return _bodies().get(name)


@cache
def _states() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table("states.tsv"):
        for name in row:
            found[name] = found[name.rstrip(".")] = row[0]
    return found


def state_named(name: str) -> str | None:
    """Return the state or province that datelines call *name*: "Ill." is Illinois."""
    return _states().get(name)


@cache
def _places() -> frozenset[str]:
    return frozenset(lines("places.txt")) | {row[0] for row in table("states.tsv")}


def is_known_place(name: str) -> bool:
    """Tell whether *name* is a country, a capital, or a city or region in the news."""
    return name in _places() or country_named(name) is not None or country_of_capital(name) is not None
