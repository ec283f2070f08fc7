"""Whether somebody who was asked about is the one who said a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from store.facts.cast.gazetteer import country_of_capital, country_of_demonym
from store.facts.cast.vocabulary import titles
from store.facts.model import Known, Speaker
from store.facts.words import fold, telling_stems, tokens
from store.lookup.question import SAYING
from store.lookup.wording import Ask, all_in, is_in

_ANYBODY = frozenset(telling_stems("man woman official officials person people spokesman spokeswoman"))
_SHORTEST_ROOT = 4  # letters that a country and its people share at least: "Mali" and "Malian"


def said_by(known: Known, asks: Sequence[Ask], *, also: frozenset[str] | set[str] = frozenset()) -> bool:
    """Tell whether somebody who speaks in *known* is the one whom *asks* name, by name, role, country or body.

    False without a speaker, and when *asks* are empty. Words in *also*, terms that stand around the sentence, need not
    be the speaker's own: "the director of Vltara" is Tomas Reiss in a story about Vltara. Whoever has a further claim
    in the sentence speaks as well, where all words are the speaker's own.
    """
    further = {claim.speaker for claim in known.fact.claims if claim.speaker}
    is_further = bool(asks) and any(_is_asked_for(speaker, asks, frozenset()) for speaker in further)
    return is_further or vouched_for_by(known, asks, also=also)


def vouched_for_by(known: Known, asks: Sequence[Ask], *, also: frozenset[str] | set[str] = frozenset()) -> bool:
    """Tell whether the speaker of the main claim of *known* is the one whom *asks* name; *also* as in `said_by`."""
    speaker = known.fact.speaker
    return speaker is not None and bool(asks) and _is_asked_for(speaker, asks, also)


def _is_asked_for(speaker: Speaker, asks: Sequence[Ask], also: frozenset[str] | set[str]) -> bool:
    held = set(telling_stems(" ".join(filter(None, (speaker.name, speaker.role, speaker.of, speaker.as_printed)))))
    fitting = [ask for ask in asks if _names(ask, held)]
    others = [ask for ask in asks if ask not in fitting]
    if speaker.of is not None and any(ask.capital or _country_of(ask) for ask in others):
        return False  # the Tajik minister was asked about, and this one is Russia's
    return bool(fitting) and all_in(others, also)


def _country_of(ask: Ask) -> str | None:
    """Return the country whose people or capital the word names."""
    word = ask.typed.capitalize()
    return country_of_demonym(word) or country_of_capital(word)


def _names(ask: Ask, held: set[str]) -> bool:
    if is_in(ask, held):
        return True
    country = _country_of(ask)
    if country is not None and held.issuperset(telling_stems(country)):
        return True
    return any(_is_people_of(ask.term, term) for term in held)


def _is_people_of(one: str, other: str) -> bool:
    """Tell whether two words are a country and its people, which begin alike: "kazakhstani" and "kazakhstan"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_ROOT and long.startswith(short) and len(long) - len(short) <= 3


def tells_of_before(known: Known) -> bool:
    """Tell whether the sentence recalls what somebody had said earlier, and may hold no more: "she had said"."""
    words = [token.text for token in tokens(known.text)]
    return any(word == "had" and SAYING & set(words[at + 1 : at + 3]) for at, word in enumerate(words))


def is_anybody(ask: Ask) -> bool:
    """Tell whether a word of a speaker's description names nobody by itself: "man", "official", "Dr"."""
    return ask.term in _ANYBODY or titles().get(fold(ask.typed), ("", None))[0] == "honorific"


def topic_of(asks: Sequence[Ask], speaking: Sequence[Ask]) -> list[Ask]:
    """Return the words of a question that say what somebody spoke about, and not who, nor that they spoke."""
    return [a for a in asks if a not in speaking and not is_anybody(a) and a.typed.casefold() not in SAYING]
