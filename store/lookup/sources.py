"""Which sources a question asks for that nothing held is of, and what comes near them: "according to Nobody Times".

An outlet or a speaker may be named in the words or given beside them. What is said of such a one would be somebody
else's words, so that nothing is answered; sentences that the words alone come near are shown as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import JaroWinkler
from sqlite_utils import Database

from store.facts.cast.names import org_heads
from store.facts.model import Kind, Known
from store.facts.words import FUNCTION_WORDS, fold, telling_stems, tokens
from store.lookup.model import Question
from store.lookup.near_names import LIKE, MOST_OFFERED, nearest_names
from store.lookup.objecting import terms_of
from store.lookup.question import Asked
from store.lookup.speakers import is_anybody, said_by
from store.lookup.standins import names_called
from store.lookup.wording import Ask, is_in, read_words

_LEAST = 0.7  # weight of a reading of a name that is still that name: another romanisation has 0.8, a synonym 0.65


def unheld_sources(
    db: Database, asked: Asked, given: Question, shown: Iterable[Known], *, outlets: Sequence[str]
) -> tuple[str, ...]:
    """Return the outlets and speakers that are asked for and not held, as they were typed, each once.

    *given* has the filters beside the words, *outlets* are those held, *shown* what was found for the words.
    """
    found = list(shown)
    named = [name for name in (asked.source, asked.speaker) if name is not None]
    unheld = [name for name in named if outlet_called(name, outlets) is None and not _is_source(db, name, found)]
    if given.speaker is not None and not found and not _is_held(db, given.speaker, read_words(db, given.speaker)):
        unheld.append(given.speaker)
    if given.outlet is not None and outlet_called(given.outlet, outlets) is None:
        unheld.append(given.outlet)
    return tuple(dict.fromkeys(unheld))


def nearest_sources(db: Database, unheld: Iterable[str], *, outlets: Sequence[str]) -> tuple[str, ...]:
    """Return the held outlets, then the held names, that come near the *unheld* ones, nearest first."""
    found: dict[str, None] = {}
    for name in unheld:
        likeness = {outlet: _likeness(name, outlet) for outlet in outlets}
        near = [outlet for outlet in outlets if likeness[outlet] >= LIKE]
        found |= dict.fromkeys(sorted(near, key=lambda outlet: (-likeness[outlet], outlet)))
        found |= dict.fromkeys(nearest_names(db, read_words(db, name)))
    return tuple(found)[:MOST_OFFERED]


def outlet_called(name: str, outlets: Iterable[str]) -> str | None:
    """Return the one of the held *outlets* that is called *name*, with or without its "The"; None if none is."""
    return next((outlet for outlet in outlets if _plain(name) == _plain(outlet)), None)


def _plain(name: str) -> tuple[str, ...]:
    words = tuple(token.text for token in tokens(name))
    return words[1:] if words[:1] == ("the",) else words


def _likeness(name: str, outlet: str) -> float:
    """Return how near two names are: 1 when one has all words of the other ("Torvan" and "Radio Torvan")."""
    mine, theirs = set(_plain(name)), set(_plain(outlet))
    if mine and theirs and (mine <= theirs or theirs <= mine):
        return 1.0
    return JaroWinkler.similarity(fold(name), fold(outlet))


def _is_source(db: Database, name: str, found: Sequence[Known]) -> bool:
    """Tell whether *name* may be somebody held: only of what is written as a name, or ends as a body's does, not."""
    asks = read_words(db, name)
    if not asks or not _is_called(name) or _is_held(db, name, asks):
        return True
    telling = [ask for ask in asks if not is_anybody(ask)] or asks
    return any(
        said_by(known, telling) or all(is_in(ask, terms_of(known), least=_LEAST) for ask in telling) for known in found
    )


def _is_called(name: str) -> bool:
    """Tell whether *name* is how somebody is called, and no description: "Nobody Times", "the valley gazette"."""
    telling = [token for token in tokens(name) if token.text not in FUNCTION_WORDS]
    if any(name[token.start].isupper() for token in telling):
        return True
    return len(telling) > 1 and telling[-1].text in org_heads()


def _is_held(db: Database, name: str, asks: Sequence[Ask]) -> bool:
    """Tell whether *name* goes by a held one: by all of it, by several of its words, or by a person's surname.

    A place in it does not make it held: "Radio Torvan" is not held for what was told of Torvan.
    """
    whole = telling_stems(name)
    for terms in {whole, tuple(ask.meant for ask in asks)}:
        for form, _, kind, _ in names_called(db, terms):
            if " " in form or kind == Kind.PERSON or form == " ".join(terms):
                return True
    return False
