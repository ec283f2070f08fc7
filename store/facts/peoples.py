"""Names of peoples made from a country's name, for countries that no list knows: Ruritania, Ruritanian."""

from __future__ import annotations

_SUFFIXES = (
    "i",
    "n",
    "an",
    "ian",
    "ean",
    "ese",
    "ish",
    "er",
    "ic",
    "ite",
    "ine",
    "ais",
    "ois",
    "is",
    "ns",
    "ans",
    "ians",
)
_COUNTRY_ENDINGS = ("stan", "istan", "ia", "land", "iya", "a", "y", "ya", "s", "os", "o", "e", "es")


def is_people_of(word: str, country: str) -> bool:
    """Tell whether *word* can be the adjective or the people of *country*: "Ruritanian" and "Ruritania".

    Both are given as printed; the stem must agree but for the country's own ending.
    """
    if word == country or len(word) < 4 or len(country) < 4 or " " in country:
        return False
    if word.startswith(country):
        return word[len(country) :] in _SUFFIXES
    shared = 0
    for a, b in zip(word, country, strict=False):
        if a != b:
            break
        shared += 1
    if shared < 4 or country[shared:] not in _COUNTRY_ENDINGS:
        return False
    rest = word[shared:]
    return rest in _SUFFIXES or (rest in ("", "s") and country[shared:] in ("stan", "istan", "land"))
