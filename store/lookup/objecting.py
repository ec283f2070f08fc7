"""What a desk editor would say against giving a sentence as the answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import cache

from store.facts.cast.gazetteer import country_named, country_of_demonym
from store.facts.cast.vocabulary import person_nouns
from store.facts.english import is_english, is_near_english
from store.facts.grammar import word_class
from store.facts.lexicon import table
from store.facts.meaning import implied_deed, implied_names
from store.facts.model import Known
from store.facts.numbers.units import units_measuring
from store.facts.words import Token, fold, placed_stems, telling_stems, tokens
from store.lookup.asking import Want, is_light
from store.lookup.counting import Counted, figure_fit, tells_toll
from store.lookup.introducing import introduces
from store.lookup.kindred import nearest_kin
from store.lookup.measuring import asked_units, beside_figure, current_quantities, measures, shares
from store.lookup.passages import Weighed
from store.lookup.question import Asked
from store.lookup.speakers import said_by, topic_of
from store.lookup.turning import asked_noun, turning_point
from store.lookup.wording import Ask, all_in, is_in

_GOOD_FIT, _POOR_FIT = 0.45, 0.2  # of a figure that counts what was asked for, or something like it
_WHICH_BODY = re.compile(
    r"(?:which|what) (?:company|firm|bank|agency|party|union|group|operator|airline)\b", re.IGNORECASE
)
_WHO = re.compile(r"who(?:'s|s|se)?\b(?! (?:did|does|do)\b)", re.IGNORECASE)  # "who did he blame" may be a crowd
_ANYBODY = frozenset(telling_stems("man men woman women people officials suspects soldiers police residents workers"))
_NAME_OF = re.compile(
    r"\bnames? of\b|^(?:what|who)(?:'?s)?\b(?! (?:called|named)\b).*\b(?:called|named)\b", re.IGNORECASE
)
_PART_OF = re.compile(r"\b(?:percent|per cent|percentage|proportion|fraction|share of|turnout)\b", re.IGNORECASE)
_HOW_MUCH = re.compile(r"\bhow much\b(?! (?:time|longer|further)\b)", re.IGNORECASE)
_MANY = re.compile(r"\b(?:many|number of|toll|total)\b", re.IGNORECASE)
_PRICES = frozenset({"price", "prices", "cost", "costs"})
_LABEL = re.compile(r"\d{3}")  # a number that counts nothing: of a helpline, a flight, a law
_PEOPLE = frozenset(
    telling_stems("people persons dead deaths killed died wounded injured missing homeless displaced men women")
)
_BESIDE_NAME = 5  # words after a name that tell of its bearer
_TITLE = 2  # ... and before it
_TRADE = 0.8  # nearness of a trade and its verb: "farmer", "farms"
_NEARLY = 0.5  # weight of a stand-in from which on it says nearly the same
_KIN = 0.5  # nearness from which on a word of the same matter may stand for one


@dataclass(frozen=True, slots=True)
class Reader:
    """What the editor goes by: the question, read whole."""

    asked: Asked
    weighed: Weighed
    counted: Counted
    speaking: Sequence[Ask]  # the words that name whom the question is about as a speaker
    named: Sequence[Ask]  # the words that are names
    places: Sequence[Ask] = ()  # ... of places and of nothing else
    inherited: frozenset[str] = frozenset()  # words of the question before, as typed

    @property
    def point(self) -> Ask | None:
        """Return the word that the question turns on, if one can be told and it is no name."""
        return self._own_word(turning_point(self.asked.words))

    @property
    def noun(self) -> Ask | None:
        """Return the noun that the question asks for an instance of, if it has one and that is no name."""
        return self._own_word(asked_noun(self.asked.words))

    def _own_word(self, place: tuple[int, int] | None) -> Ask | None:
        found = next((ask for ask in self.weighed.asks if place and ask.start <= place[0] < ask.end), None)
        return None if found is None or found in self.named or found.typed in self.inherited else found


def objections(
    reader: Reader, known: Known, around: frozenset[str], in_story: Callable[[], frozenset[str]]
) -> tuple[str, ...]:
    """Return what is to be said against *known* as the answer, by the names of `news.toml`; empty when nothing is.

    *around* are the terms of what stands around the sentence, *in_story* gives those of its whole story.
    """
    said = terms_of(known)
    found = [
        None if reader.asked.missed.is_open else "days_missing",
        _figure(reader, known, said, around),
        _kind(reader, known),
        _speaker(reader, known, said, around),
        _introduction(reader, known),
        _point(reader, said, around),
        _noun(reader, said),
        _own(reader, said, around),
    ]
    return tuple(objection for objection in (*found, *_names(reader, known, said | around, in_story)) if objection)


def _figure(reader: Reader, known: Known, said: set[str], around: frozenset[str]) -> str | None:
    want = reader.weighed.want
    if want is Want.SHARE and _PART_OF.search(reader.asked.words) and not shares(known):
        return "figure_missing"
    if want in {Want.COUNT, Want.SHARE} and not current_quantities(known):
        is_label = _MANY.search(reader.asked.words) is None and _LABEL.search(known.text) is not None
        return None if is_label and want is Want.COUNT else "figure_missing"
    if want is Want.COUNT:
        return None if _is_share_of(reader.weighed, known, said | around) else _count(reader, known, said)
    if want in {Want.AMOUNT, Want.THING} and _lacks_measure(reader, known):
        return "measure_missing"
    if _HOW_MUCH.search(reader.asked.words) and all(
        q.unit in units_measuring("time") for q in current_quantities(known)
    ):
        return "figure_missing"
    return None


def _is_share_of(weighed: Weighed, known: Known, near: set[str]) -> bool:
    """Tell whether the sentence gives a share of what is to be counted: "four houses in ten"."""
    focus = weighed.asks[weighed.focus] if weighed.focus is not None else None
    return focus is not None and is_in(focus, near) and any(q.unit == "share" for q in current_quantities(known))


def _count(reader: Reader, known: Known, said: set[str]) -> str | None:
    """Return what is to be said against the sentence's figures when something is to be counted."""
    asks, focus = reader.weighed.asks, reader.weighed.focus
    if focus is not None and not asks[focus].options and not is_light(asks[focus].typed):
        return "counted_unheld"
    if reader.counted.is_known:
        fit = figure_fit(known, reader.counted)
        if fit >= _GOOD_FIT:
            return None
        told = fit >= _POOR_FIT and tells_toll(known, reader.counted) and reader.counted.thing <= said
        return "counted_otherwise" if told else "counted_missing"
    if _counts(reader.weighed, known):
        return None
    return "counted_elsewhere" if focus is not None and is_in(asks[focus], said) else "counted_missing"


def _lacks_measure(reader: Reader, known: Known) -> bool:
    """Tell whether a question for a measure ("how tall", "how old") meets a sentence without a figure of its units."""
    words = [token.text for token in tokens(reader.asked.words)]
    if not asked_units(words) or measures(reader.asked.words, known, reader.named):
        return False
    return _PRICES.isdisjoint(words) or not shares(known)  # prices are told by how much they rose, too


def _kind(reader: Reader, known: Known) -> str | None:
    """Return what is missing of a day, or of a name, when one is wanted."""
    words = {token.text for token in tokens(known.text)}
    if (
        reader.weighed.want is Want.TIME and not known.fact.dates and words.isdisjoint(word_class("time"))
    ):  # "at four in the morning"
        return "day_missing"
    if reader.weighed.want is Want.CAUSE and reason_given(known) is None:
        return "cause_missing"
    is_name = _NAME_OF.search(reader.asked.words) is not None
    is_who = (
        reader.weighed.want is Want.PERSON
        and not reader.asked.wants_speaker
        and not reader.speaking
        and _WHO.match(reader.asked.words)
    )
    is_body = _WHICH_BODY.match(reader.asked.words) is not None
    if not is_name and not is_who and not is_body:
        return None
    asked = {option.term for ask in reader.weighed.asks for option in ask.options}
    fact = known.fact
    speaker = fact.speaker.name if fact.speaker else None
    is_persons = is_name and any(fold(ask.typed) in person_nouns() for ask in reader.weighed.asks)
    named = fact.orgs if is_body else fact.people if is_persons else (*fact.people, *fact.orgs)
    new = [
        name
        for name in named
        if not asked & set(telling_stems(name)) and (name != speaker or _tells_of(known, name, reader.weighed.asks))
    ]
    if new or (is_who and _tells_somebody(known, reader.weighed.asks)):
        return None
    return "answer_name_missing" if is_name else "person_missing"


def _tells_somebody(known: Known, asks: Sequence[Ask]) -> bool:
    """Tell whether the sentence has somebody without a name: "the finance minister quit" for "who quit".

    Who asks for the holder of an office ("who was named minister") wants a name; people at large are always somebody.
    """
    nouns = person_nouns()
    offices = frozenset() if any(ask.typed.casefold() in nouns for ask in asks) else nouns
    return any(term in _ANYBODY or token.text in offices for token, term in placed_stems(known.text))


def _tells_of(known: Known, name: str, asks: Sequence[Ask]) -> bool:
    """Tell whether asked words stand right beside *name*: "X, who runs the bakery", "said baker Ann X"."""
    placed = list(placed_stems(known.text))
    own = telling_stems(name)
    beside: set[str] = set()
    for at, (_, term) in enumerate(placed):
        if term in own[-1:]:
            beside.update(term for _, term in placed[at + 1 : at + 1 + _BESIDE_NAME])
            beside.update(_before_name(known.text, placed[: at + 1], own))
    return any(is_in(ask, beside) for ask in asks if not is_light(ask.typed))


def _before_name(text: str, placed: Sequence[tuple[Token, str]], own: Sequence[str]) -> list[str]:
    """Return the stems of the title before the name *own* whose last word ends *placed*, however much of it is printed.

    Nothing from before a comma is one.
    """
    found: list[str] = []
    for (token, term), (following, _) in zip(placed[-2::-1], placed[:0:-1], strict=False):
        if "," in text[token.end : following.start] or len(found) == _TITLE:
            break
        if term not in own:
            found.append(term)
    return found


def reason_given(known: Known) -> str | None:
    """Return "sure" when the sentence has a word that gives a reason, "may" when it has one that may, else None."""
    causes = _causes()
    kinds = {causes[token.text] for token in tokens(known.text) if token.text in causes}
    return max(kinds, default=None)


@cache
def _causes() -> dict[str, str]:
    """Return the words with which a sentence gives a reason, and whether they surely do."""
    return {word: kind for word, kind, *_ in table("cause_words.tsv")}


def _speaker(reader: Reader, known: Known, said: set[str], around: frozenset[str]) -> str | None:
    speaking = reader.speaking
    if not speaking:
        return None
    counts = reader.weighed.want is Want.COUNT  # then the figure tells whether it is to the point
    # Whoever it is, the sentence names them, or its story is theirs: "according to the government statement".
    unresolved = known.fact.speaker is None and (all_in(speaking, said) or all_in(speaking, _head_of_story(known)))
    if not unresolved and not said_by(known, speaking, also=said | around) and not _does_trade(known, speaking, said):
        return "speaker_missing"
    topic = topic_of(reader.weighed.asks, speaking)
    return "topic_missing" if topic and not counts and not any(is_in(ask, said) for ask in topic) else None


def _head_of_story(known: Known) -> set[str]:
    """Return the stems of the outlet and the title, which tell whose statement a story is."""
    return set(telling_stems(f"{known.outlet or ''} {known.title or ''}"))


def _does_trade(known: Known, speaking: Sequence[Ask], said: set[str]) -> bool:
    """Tell whether a speaker without an office does what *speaking* calls them by: of a farmer, "who farms"."""
    speaker = known.fact.speaker
    if speaker is None or speaker.role is not None:
        return False
    return all(not ask.capital and nearest_kin(ask.meant, said) >= _TRADE for ask in speaking)


def _introduction(reader: Reader, known: Known) -> str | None:
    """Return what is to be said when "who is X", "what does X stand for" meets a sentence that only mentions X."""
    told = introduces(known, reader.asked.words, reader.weighed.asks, reader.named)
    return "introduction_missing" if told is False else None


def _point(reader: Reader, said: set[str], around: frozenset[str]) -> str | None:
    """Return what is to be said when the sentence lacks the word that the question turns on, and any of its kin."""
    point = reader.point
    if point is None or _is_meant(point, said):
        return None
    return "point_around" if is_in(point, around) else "point_missing"


def _noun(reader: Reader, said: set[str]) -> str | None:
    """Return what is to be said when "what sentence did he get" meets a sentence with no such thing."""
    noun = reader.noun
    return None if noun is None or is_in(noun, said) or _is_meant(noun, said) else "noun_missing"


def _is_meant(ask: Ask, said: set[str]) -> bool:
    """Tell whether the sentence has the word, nearly the same in another word, or one of its kin."""
    return is_in(ask, said, least=_NEARLY) or nearest_kin(ask.meant, said) >= _KIN


def _own(reader: Reader, said: set[str], around: frozenset[str]) -> str | None:
    """Return what is to be said when a follow-up asks for what the sentence lacks: the rest is the question before.

    What a figure is to count ("and the wounded?") must stand in the sentence itself, other words may stand around it.
    """
    own = [ask for ask in reader.weighed.asks if ask.typed not in reader.inherited and not is_light(ask.typed)]
    if not reader.inherited or not own:
        return None
    if any(not ask.options for ask in own):
        return "own_unheld"
    near = said if reader.weighed.want is Want.COUNT else said | around
    return None if any(is_in(ask, near) for ask in own) else "own_missing"


def is_of_source(known: Known, weighed: Weighed) -> bool:
    """Tell whether the question names the outlet of *known*, as it names a body whose own report it is."""
    outlet = telling_stems(known.outlet or "")
    return bool(outlet) and {ask.meant for ask in weighed.asks}.issuperset(outlet)


def _names(reader: Reader, known: Known, near: set[str], in_story: Callable[[], frozenset[str]]) -> list[str]:
    found = []
    if is_of_source(known, reader.weighed):
        near = near | set(telling_stems(known.outlet or ""))
    if any(not ask.options for ask in reader.named):
        found.append("name_unheld")
    elif known.fact.places and not all_in(reader.places, near):
        found.append("place_other")
    elif not all_in(reader.named, near):
        found.append("name_afar" if all_in(reader.named, near | in_story()) else "name_missing")
    if any(ask.term[0].isdigit() and len(ask.term) > 1 and not is_in(ask, near) for ask in reader.weighed.asks):
        found.append("figure_unheld")
    return found


def _counts(weighed: Weighed, known: Known) -> bool:
    """Tell whether a figure of the sentence may count what was asked for; true when nothing is named."""
    figures = current_quantities(known)
    if weighed.focus is None:
        return bool(figures)
    ask = weighed.asks[weighed.focus]
    counted = {
        term for q in figures for term in telling_stems(f"{q.unit or ''} {q.what or ''} {beside_figure(known, q)}")
    }
    return is_in(ask, counted) or (ask.term in _PEOPLE and bool(_PEOPLE & counted))


def names_asked(asks: Sequence[Ask], names: Container[str]) -> list[Ask]:
    """Return those of a question's words that are names; *names* are its terms that are held as one.

    Who writes one of them with a capital means by a small "home" no "Golden Acre Homes".
    """
    is_cased = any(ask.capital for ask in asks)
    return [ask for ask in asks if _is_name(ask, frozenset() if is_cased and _is_plain(ask) else names)]


def _is_plain(ask: Ask) -> bool:
    return ask.typed.islower() and is_english(fold(ask.typed))


def _is_name(ask: Ask, names: Container[str]) -> bool:
    """Tell whether a word is a name: written as one, held as one, or no English word and no slip of a held one."""
    if ask.figure:
        return False
    word = ask.typed.capitalize()
    if ask.capital or ask.term in names or country_named(word) or country_of_demonym(word):
        return True
    return not ask.english and not ask.options and not is_near_english(fold(ask.typed))


# ---- what a sentence has


def terms_of(known: Known) -> set[str]:
    """Return the stems of the sentence, of whom it names or means, and of what it does to a claim."""
    fact = known.fact
    role = telling_stems(fact.speaker.role or "") if fact.speaker else ()
    deed = implied_deed(fact)
    return {*telling_stems(known.text), *implied_names(fact), *role, *((deed,) if deed else ())}
