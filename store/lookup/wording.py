"""What each word of a question may match among the words that are held."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp

from sqlite_utils import Database

from store.facts.cast.vocabulary import person_nouns
from store.facts.english import is_english
from store.facts.model import Kind
from store.facts.words import FUNCTION_WORDS, fold, placed_stems, stem, telling_stems, tokens
from store.lookup.asking import is_light, tells_kind
from store.lookup.kindred import Kin, kindred_of
from store.lookup.phrasals import held_in_phrase
from store.lookup.respelling import Meaning, readings
from store.lookup.spelling import same_sounding, spellings
from store.lookup.standins import names_called, stand_ins
from store.lookup.synonyms import load_thesaurus, phrase_stems
from store.lookup.vocabulary import Counts, terms_held

OPPOSITE = "opposite"  # how an option stands for a word: "freed" for "jail"
_MOST_WORDS = 40  # of a question; the rest of a very long one adds nothing but time
_MOST_SPELLINGS = 5
_RARE = 2  # facts: a typed word that is held no more often may be a slip that somebody else made too
SURE = 0.85  # weight from which on an option is the very word, or what was surely meant by a misspelt one
_SLIP = 0.95  # what the likeliest reading of a misspelt word weighs
_RIGHT_AS_TYPED = 0.45  # most that readings weigh of a word that may be meant as it stands: "rain" for "train"
_WORN = 0.4  # most that a verb of all work weighs alone, where the question has it in a phrase: "put" of "put up"
_OTHER_SPELLING, _MOST_SOUNDS = 0.8, 3  # what a name's other romanisations weigh, and how many are looked for
_UNSTEMMED = 2  # letters at the beginning of a word that stemming leaves alone, but for "dying", "lying" and "tying"
_FAR_MORE = 8  # times as often must the neighbour be held then


@dataclass(frozen=True, slots=True)
class Option:
    """A held term that a typed word may mean."""

    term: str
    id: int
    facts: int  # facts that hold it
    paragraphs: int
    weight: float  # 1: the very word; less for a guess
    how: str  # "same", "spelling", "sound", "synonym", "name", "alias", "joined", "opposite"
    word: str = ""  # as it was held, before stemming; empty for the same

    @property
    def is_another(self) -> bool:
        """Whether it is another word for the matter, and no other form of the typed one."""
        return self.how in {"synonym", OPPOSITE}


@dataclass(frozen=True, slots=True)
class Ask:
    """One telling word of a question."""

    typed: str  # as written
    term: str  # folded and stemmed
    start: int
    end: int
    capital: bool  # written as a name
    figure: bool
    whole: bool = False  # the joined form of a hyphened word, whose parts are asked for too
    options: tuple[Option, ...] = ()  # heaviest first; none: nothing held can match it
    english: bool = True  # a held or an English word; else a rare name, or a slip

    @property
    def surely(self) -> str | None:
        """The held term that was surely meant; None when none was."""
        return next((option.term for option in self.options if option.weight >= SURE), None)

    @property
    def meant(self) -> str:
        """The held term that was surely meant, else the word's own."""
        return self.surely or self.term

    @property
    def is_known(self) -> bool:
        """Whether the word itself, and no stand-in, is held."""
        return any(option.how == "same" for option in self.options)


def read_words(db: Database, text: str, *, unsettled: Mapping[str, Sequence[Meaning]] | None = None) -> list[Ask]:
    """Return the telling words of *text* in order, each once, with the held terms that they may mean.

    *unsettled* has what the misspelt ones among them may mean, as `respell` gives it; otherwise each is read by itself.
    A slip of a function word ("wich") is taken for that word and left out.
    """
    asks = _telling_words(text)[:_MOST_WORDS]
    held = terms_held(db, [ask.term for ask in asks])
    read = [found for ask in asks if (found := _with_options(db, ask, held, unsettled or {})) is not None]
    read = with_stand_ins(db, text, read)
    wholes = [(ask.start, ask.end) for ask in read if ask.whole]
    return [
        ask
        for ask in read
        if ask.whole or ask.options or not any(start <= ask.start and ask.end <= end for start, end in wholes)
    ]


def with_stand_ins(db: Database, text: str, asks: Sequence[Ask]) -> list[Ask]:
    """Return *asks*, the words of *text*, with the held words that may stand for them, at less than full weight.

    An English word that is held nowhere is no slip of another when a word that means the same is held.
    """
    sure = [ask.surely for ask in asks]
    worded = phrase_stems(text)
    worn = load_thesaurus().worn_words(worded)
    meant = stand_ins(db, [ask.term for ask in asks], sure, worded, worn)
    held = terms_held(db, [one.term for words in meant for one in words])
    lent = [load_thesaurus().lent_to(right or ask.term) for ask, right in zip(asks, sure, strict=True)]
    phrased = held_in_phrase(db, {term: p for words in lent for term, p in words.items() if term in held})
    found = []
    for ask, right, words, only_phrased in zip(asks, sure, meant, lent, strict=True):
        fitting = [one for one in words if one.how != "synonym" or one.term not in only_phrased or one.term in phrased]
        others = _options(held, [(one.term, one.weight, one.how, one.term) for one in fitting])
        own = ask.options if right or not others else tuple(o for o in ask.options if o.weight > _RIGHT_AS_TYPED)
        if ask.term in worn:
            own = tuple(replace(option, weight=min(option.weight, _WORN)) for option in own)
        found.append(replace(ask, options=_together(own, others)))
    return found


def with_options(
    db: Database, asks: Sequence[Ask], terms: Sequence[Sequence[str]], *, weight: float, how: str
) -> list[Ask]:
    """Return *asks* with those of the *terms* listed for each that are held, at *weight*, as further options."""
    held = terms_held(db, [term for listed in terms for term in listed])
    others = [_options(held, [(term, weight, how, term) for term in listed]) for listed in terms]
    return [replace(ask, options=_together(ask.options, more)) for ask, more in zip(asks, others, strict=True)]


def is_in(ask: Ask, terms: Container[str], *, least: float = 0.0) -> bool:
    """Tell whether *terms* have the word, or what may stand for it at a weight of *least* or more."""
    return ask.term in terms or any(option.term in terms and option.weight >= least for option in ask.options)


def all_in(asks: Iterable[Ask], terms: Container[str]) -> bool:
    """Tell whether *terms* have all of *asks*."""
    return all(is_in(ask, terms) for ask in asks)


def kin_held(db: Database, asks: Sequence[Ask]) -> Kin:
    """Return the held words that are of the same matter as *asks*, each as it was surely meant."""
    kindred = [kindred_of(ask.meant) for ask in asks]
    held = terms_held(db, [other for near in kindred for other in near])
    kin: dict[int, list[tuple[int, float]]] = {}
    for number, near in enumerate(kindred):
        for other, nearness in near.items():
            if other in held:
                kin.setdefault(held[other][0], []).append((number, nearness))
    return kin


def names_among(db: Database, terms: Sequence[str]) -> dict[str, frozenset[Kind]]:
    """Return those of a question's *terms*, in order, that are a held name, with what it names.

    A country, a surname, a whole name; a role ("mayor", "deputy mayor") is a form too, and no name.
    """
    kinds: dict[str, set[Kind]] = {}
    for form, name, kind, _ in names_called(db, terms):
        if _is_name(form, name):
            for term in form.split():
                kinds.setdefault(term, set()).add(Kind(kind))
    return {term: frozenset(found) for term, found in kinds.items()}


def _is_name(form: str, name: str) -> bool:
    """Tell whether a *form* of stems is one for a *name*, and not for the office of who has it."""
    if " " not in form and form not in _offices():
        return True
    # Thousands are called "mayor": to stem all their names takes longer than the rest of an answer.
    if form[:_UNSTEMMED] not in "".join(filter(str.isalnum, fold(name))):
        return False
    said = telling_stems(name)
    return form in said if " " not in form else tuple(form.split()) == said


@cache
def _offices() -> frozenset[str]:
    return frozenset(map(stem, person_nouns()))


def _telling_words(text: str) -> list[Ask]:
    found: dict[str, Ask] = {}
    last_end = 0
    for at, (token, term) in enumerate(placed_stems(text)):
        if token.text in FUNCTION_WORDS or term in found:
            continue
        found[term] = Ask(
            typed=text[token.start : token.end],
            term=term,
            start=token.start,
            end=token.end,
            capital=at > 0 and text[token.start].isupper(),
            figure=any(letter.isdigit() for letter in term),
            whole=token.start < last_end,
        )
        last_end = token.end
    return list(found.values())


def _with_options(db: Database, ask: Ask, held: Counts, unsettled: Mapping[str, Sequence[Meaning]]) -> Ask | None:
    """Return *ask* with what it may mean, or None when it is a slip of a function word or a whole that is not held."""
    if ask.figure:
        return replace(ask, options=_options(held, [(ask.term, 1.0, "same", "")]))
    folded = "".join(token.text for token in tokens(ask.typed))
    if ask.term in held and folded not in unsettled:
        near = _variants_of_known(db, folded, ask, held[ask.term][1])
        return replace(ask, options=_with_held(db, [(ask.term, 1.0, "same", ""), *near], held))
    meant = unsettled.get(folded) or readings(db, folded, held, capital=ask.capital, paragraphs=_paragraphs(db))
    if is_english(folded) and (is_light(folded) or tells_kind(folded)):
        meant = ()  # "date", "quote": said of the answer, and no slip of what is held
    options = _guesses(db, ask, meant)
    if ask.whole:
        return replace(ask, options=options) if options else None
    if meant and meant[0].word in FUNCTION_WORDS:
        return None
    english = is_english(folded)
    if not english and options and options[0].weight >= SURE and not is_english(options[0].word):
        options = _with_same_sounding(db, options)
    return replace(ask, options=options, english=english)


def _with_same_sounding(db: Database, guesses: tuple[Option, ...]) -> tuple[Option, ...]:
    """Return *guesses* for a name that is not held as typed, with the other spellings of the likeliest."""
    others = _other_spellings(db, guesses[0].word)
    return _together(guesses, _options(terms_held(db, [term for term, *_ in others]), others))


def _other_spellings(db: Database, word: str) -> list[tuple[str, float, str, str]]:
    """Return the held words that are *word* in another romanisation, nearest first."""
    return [(s.term, _OTHER_SPELLING, "sound", s.word) for s in same_sounding(db, word)[:_MOST_SOUNDS]]


def _variants_of_known(db: Database, folded: str, ask: Ask, facts: int) -> list[tuple[str, float, str, str]]:
    """Return stand-ins for a word that is held: a name's other romanisations, and what a rare one may be a slip of."""
    found: list[tuple[str, float, str, str]] = []
    if (ask.capital or not is_english(folded)) and len(folded) > 4:
        found += [other for other in _other_spellings(db, folded) if other[0] != ask.term]
    if facts <= _RARE:
        near = spellings(db, folded)[:_MOST_SPELLINGS]
        counts = terms_held(db, [s.term for s in near])
        found += [
            (s.term, 0.5 * exp(-s.cost / 2), "spelling", s.word)
            for s in near
            if s.term in counts and s.term != ask.term and counts[s.term][1] >= _FAR_MORE * max(1, facts)
        ]
    return found


def _guesses(db: Database, ask: Ask, meant: Sequence[Meaning]) -> tuple[Option, ...]:
    """Return the options for a word of which only is known what it may have been *meant* as, likeliest first."""
    weighed = [
        (
            one.term,
            _SLIP * exp((one.odds - meant[0].odds) / 2),
            "same" if one.term == ask.term else "spelling",
            one.word,
        )
        for one in meant
        if one.term is not None
    ][:_MOST_SPELLINGS]
    return _options(terms_held(db, [term for term, *_ in weighed]), weighed)


def _paragraphs(db: Database) -> int:
    return int(db.conn.execute("SELECT paragraphs FROM index_totals").fetchone()[0])


def _with_held(db: Database, wanted: Sequence[tuple[str, float, str, str]], held: Counts) -> tuple[Option, ...]:
    missing = [term for term, *_ in wanted if term not in held]
    return _options({**held, **terms_held(db, missing)} if missing else held, wanted)


def _together(own: Sequence[Option], others: Sequence[Option]) -> tuple[Option, ...]:
    """Return *own* with those of *others* that they do not have, heaviest first."""
    known = {option.term for option in own}
    options = [*own, *(option for option in others if option.term not in known)]
    return tuple(sorted(options, key=lambda option: -option.weight))


def _options(held: Counts, wanted: Sequence[tuple[str, float, str, str]]) -> tuple[Option, ...]:
    found: dict[str, Option] = {}
    for term, weight, how, word in wanted:
        if term in held and (term not in found or found[term].weight < weight):
            found[term] = Option(term, *held[term], weight=weight, how=how, word=word)
    return tuple(sorted(found.values(), key=lambda option: -option.weight))
