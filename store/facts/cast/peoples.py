"""Names of peoples made from a country's name, for countries that no list knows: Ruritania, Ruritanian."""

from __future__ import annotations

_SUFFIXES = frozenset("i n an ian ean ese ish er ic ite ine ais ois is ns ans ians eans ers".split())  # noqa: SIM905
_COUNTRY_ENDINGS = frozenset("stan istan ia land iya a y ya s os o e es".split())  # noqa: SIM905
_STEM = 4  # letters that a country and its people share at least


def stem_of(name: str) -> str:
    """Return the letters under which a country and its people stand together."""
    return name[:_STEM]


def is_people_of(word: str, country: str) -> bool:
    """Tell whether *word* can be the adjective or the people of *country*: "Ruritanian" and "Ruritania".

    Both are given as printed; the stem must agree but for the country's own ending.
    """
    if word == country or stem_of(word) != stem_of(country) or len(country) < _STEM or " " in country:
        return False
    if word.startswith(country):
        return word[len(country) :] in _SUFFIXES
    shared = next((at for at, (a, b) in enumerate(zip(word, country, strict=False)) if a != b), len(word))
    ending, rest = country[shared:], word[shared:]
    if ending not in _COUNTRY_ENDINGS:
        return False
    return rest in _SUFFIXES or (rest in ("", "s") and ending in {"stan", "istan", "land"})
