"""A fact as it is compared: its telling words, its names whatever the spelling, its figures, days and side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol

from store.facts import words
from store.facts.comparing.changes import NO_CHANGES, Changes, read_changes, read_grades
from store.facts.comparing.concepts import EVENT_KINDS, TOLL_KINDS, concept_kinds
from store.facts.comparing.name_keys import name_keys, speaker_keys
from store.facts.comparing.reckoning import is_long_ago
from store.facts.comparing.tallies import Figure
from store.facts.comparing.tally_words import read_figures, told_quantities
from store.facts.comparing.wordings import Wording, located, negated, read_wording, read_words, voice_of
from store.facts.model import Fact, Known, Mode, Quantity, Status

# Words that say that something is not so, as folded, and which of them they stand for: "didn't" is a "not".
_NOTS = {word: word for word in ("never", "not", "neither", "nor", "nobody", "nothing", "none")} | {
    word: "not" for word in words.FUNCTION_WORDS if word.endswith("nt") or word == "cannot"
}
_EXCEPT = frozenset({"but", "except", "besides"})  # "nobody but the captain" is the captain
_FAILING = frozenset({"failed", "fails", "failing"})  # "failed to find" is "did not find"
_CONTRADICTING = frozenset(map(words.stem, ("contradicting", "contradicted", "refuting", "rebutting", "disproving")))
_ASKING = frozenset({"ask", "wonder"})  # stems: what "residents ask" is theirs, whoever they are
_ECHOES = frozenset({"also", "likewise", "too"})
_EVENTS = frozenset({"event"})
_SUBJECTS = EVENT_KINDS | {"count"}
_PRONOUNS = frozenset({"he", "she", "it", "they"})
_NOBODY = frozenset[str]()
_DAYS_AGO = timedelta(days=3)


class Gist(NamedTuple):
    """The words of a fact as facts are compared by them: all that is looked at of most held ones."""

    terms: frozenset[str]  # stems and "#concept"s that tell what the sentence is about, without figures
    names: frozenset[str]  # `name_key`s of who and what it names
    places: frozenset[str]  # of the places it names, but for the country that speaks
    stems: frozenset[str]  # of all words that are no function words, perhaps with those of names that it only means
    side: frozenset[str]  # `name_key`s of whom its speaker speaks for
    is_plain: bool  # it denies, changes, grades, contradicts, echoes and asks nothing by its words: most are plain
    is_body: bool  # its speaker has no office: a ministry, an agency
    amounts: tuple[float, ...]  # its numbers, whatever they count; of a range the middle
    is_shouted: bool  # in capitals throughout


_PLAIN: dict[str, object] = {  # what a plain sentence has of all that
    "negated": frozenset(), "nots": frozenset(), "changes": NO_CHANGES, "grades": frozenset(),
    "contradicts": False, "echoes": False, "asks": False, "is_question": False,
}  # fmt: skip


class Unread(Protocol):
    """Where held facts are kept packed."""

    def read(self, id_: int) -> Known:
        """Return the fact with this id."""
        ...


class Profile:
    """What a fact is compared by; its words are read at once, or given as its *gist*, the rest when it is asked for."""

    _unread: Unread  # of one that is given by its gist

    def __init__(self, known: Known) -> None:
        speaker = known.fact.speaker
        self.known = known
        self.id, self.story, self.status = known.id, known.story, known.fact.status
        self.speaker_name = speaker.name if speaker else None
        self.speaker = speaker_keys(speaker.name) if speaker else _NOBODY  # of the speaker's own name
        self.side = name_keys((speaker.of,)) if speaker and speaker.of else _NOBODY  # whom the speaker speaks for
        self.is_body = bool(speaker and not speaker.role)
        self.amounts = _amounts(known)
        self.terms, self.names, self.places, self.stems = read_words(known, self.side)
        self.words = self.terms | self.names

    @classmethod
    def of_gist(
        cls, gist: Gist, unread: Unread, *, id_: int, story: int, status: Status, speaker: str | None
    ) -> Profile:
        """Return the profile of a held fact, which stays *unread* until more is asked for; of most no more is."""
        profile = cls.__new__(cls)
        profile._unread = unread
        profile.id, profile.story, profile.status = id_, story, status
        profile.speaker_name, profile.speaker = speaker, speaker_keys(speaker) if speaker else _NOBODY
        profile.terms, profile.names, profile.places, profile.stems, profile.side = gist[:5]
        profile.is_body, profile.amounts, profile.is_shouted = gist.is_body, gist.amounts, gist.is_shouted
        profile.words = gist.terms | gist.names
        if gist.is_plain:
            profile.__dict__.update(_PLAIN)
        return profile

    def carried(self, known: Known) -> Profile:
        """Return the profile of the same fact as another story carries it, with all that was read already."""
        copy = Profile.__new__(Profile)
        copy.__dict__.update(self.__dict__)
        copy.known = known
        copy.id, copy.story = known.id, known.story
        copy.__dict__.pop("coming", None)  # after the day of the story that carries it
        return copy

    @cached_property
    def known(self) -> Known:
        """The fact with its sentence."""
        return self._unread.read(self.id)

    @property
    def _wording(self) -> Wording:
        return read_wording(self.known.text)

    @property
    def gist(self) -> Gist:
        """Return its words as they are kept with it."""
        is_plain = all(getattr(self, name) == nothing for name, nothing in _PLAIN.items())
        return Gist(
            self.terms, self.names, self.places, self.stems, self.side, is_plain, self.is_body, self.amounts,
            self.is_shouted,
        )  # fmt: skip

    @cached_property
    def is_shouted(self) -> bool:
        """Whether it is printed in capitals throughout: then "US" is no word that tells."""
        return self.known.text.isupper()

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """Its folded words in order: what copies share, whatever the spacing and punctuation."""
        return tuple([token.text for token in words.tokens(self.known.text)])

    @cached_property
    def events(self) -> frozenset[str]:
        """Concepts of things that take place."""
        return self._concepts(_EVENTS)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Concepts that a position, a plan or a figure can be about, events among them."""
        return self._concepts(_SUBJECTS)

    @cached_property
    def tolls(self) -> frozenset[str]:
        """Of these, what happens to people or things and is counted."""
        return self._concepts(TOLL_KINDS)

    def _concepts(self, kinds: frozenset[str]) -> frozenset[str]:
        """Return the concepts of some *kinds* that the sentence words: each of them is a term as well."""
        named = [term[1:] for term in self.terms if term[0] == "#"]
        return frozenset([name for name in named if concept_kinds()[name] in kinds])

    @cached_property
    def things(self) -> frozenset[str]:
        """What a state can be of: subjects, who is named, what is counted."""
        return self.subjects | self.names | {figure.noun for figure in self.figures if figure.noun}

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its numbers, in order, with what they count."""
        if not self.amounts:
            return ()
        wording = self._wording
        return read_figures(self.known, wording.placed, wording.hits_beside(voice_of(self.known, wording.placed)))

    @cached_property
    def changes(self) -> Changes:
        """Changes that it words: "reopened", "called off", "after saying that it needed none"."""
        return read_changes(self._wording.stems)

    @cached_property
    def nots(self) -> frozenset[str]:
        """Which of "never", "not", "nobody" it has, as in "had never been asked", "won't reduce"."""
        plain = self._wording.plain
        said = {_NOTS[word] for word, after in pairwise((*plain, "")) if word in _NOTS and after not in _EXCEPT}
        failed = {"not" for word, following in pairwise(plain) if word in _FAILING and following == "to"}
        return frozenset(said | failed)

    @property
    def denying_words(self) -> tuple[str, ...]:
        """Return those words as the sentence prints them, in order."""
        text = self.known.text
        return tuple(text[token.start : token.end] for token in words.tokens(text) if token.text in _NOTS)

    @cached_property
    def grades(self) -> frozenset[str]:
        """Of an alert, a warning: "orange"."""
        return read_grades(self._wording.stems)

    @cached_property
    def contradicts(self) -> bool:
        """Whether it says itself that it contradicts somebody."""
        return not _CONTRADICTING.isdisjoint(self._wording.stems)

    @cached_property
    def echoes(self) -> bool:
        """Whether somebody else says so as well: "also", "too"."""
        return bool(self.speaker) and not _ECHOES.isdisjoint(self._wording.stems)

    @cached_property
    def asks(self) -> bool:
        """Whether it leaves open what it words: "whether"."""
        return "whether" in self._wording.stems

    @cached_property
    def is_question(self) -> bool:
        """Whether it is a bare question of the outlet's own, which tells nothing: "How many were on board?"."""
        fact = self.known.fact
        is_own = fact.speaker is None and fact.cue is None and fact.mode is Mode.ASSERTION
        return is_own and self.known.text.rstrip().endswith("?") and _ASKING.isdisjoint(self._wording.stems)

    @cached_property
    def located(self) -> frozenset[str]:
        """Those of its names that say where something is."""
        return located(self._wording, self.names)

    @cached_property
    def party(self) -> frozenset[str]:
        """Keys of who speaks and for whom, who is no part of what is told; but in "Nordium lost 4 million, it said"."""
        speaker = self.known.fact.speaker
        is_told = speaker is not None and speaker.as_printed.lower() in _PRONOUNS
        return _NOBODY if is_told else self.voice | self.side

    @cached_property
    def negated(self) -> frozenset[str]:
        """Terms of what it says there is none of."""
        return negated(self._wording)

    @cached_property
    def recalls(self) -> bool:
        """Whether it only reminds of what was before."""
        fact = self.known.fact
        return fact.background or bool(fact.dates and all(is_long_ago(when, self.known) for when in fact.dates))

    @property
    def reminds(self) -> bool:
        """Say whether an outlet itself tells of a day some days past: its readers are reminded of what was news."""
        dates, told = self.known.fact.dates, self.known.published_at
        if self.speaker or not (dates and told):
            return False
        since = (told - _DAYS_AGO).date().isoformat()
        return all(when.last[:10] < since for when in dates)

    @cached_property
    def coming(self) -> frozenset[tuple[str, str]]:
        """First and last day of each date after the story's own."""
        if not self.known.fact.dates:
            return frozenset()
        told = self.known.published_at.date().isoformat() if self.known.published_at else ""
        days = [(when.first[:10], when.last[:10]) for when in self.known.fact.dates]
        return frozenset((first, last) for first, last in days if last > told)

    @cached_property
    def is_denial(self) -> bool:
        """Whether it denies something, or somebody says in it that it never was."""
        return self.status is Status.DENIED or (bool(self.speaker) and "never" in self.nots)

    @cached_property
    def is_negative(self) -> bool:
        """Whether it says that something is not so, as a denial or in any other way."""
        return self.is_denial or bool(self.nots)

    @cached_property
    def corrects(self) -> bool:
        """Whether its speaker admits, reverses or takes back something."""
        return self.changes.admits or self.changes.reverses or self.status is Status.WALKED_BACK

    @cached_property
    def gives_old_figures(self) -> bool:
        """Whether it may give a figure that no longer holds: "up from the 4,500", "admitted that 260 was wrong"."""
        return bool(self.figures) and (self.corrects or any(figure.earlier for figure in self.figures))

    def figures_near(self, figure: Figure) -> Sequence[Figure]:
        """Return its figures when one of them may be the number of *figure*; of most facts none is read for it."""
        return self.figures if self._has_amount(figure) else ()

    def may_end(self, held: Profile) -> bool:
        """Say whether it may give a figure of *held* as one that no longer holds: most it cannot, by their amounts."""
        return self.gives_old_figures and any(
            held._has_amount(figure) for figure in self.figures if figure.earlier or self.corrects
        )

    def _has_amount(self, figure: Figure) -> bool:
        return any(map(figure.may_equal, self.amounts))

    @property
    def voice(self) -> frozenset[str]:
        """Return the speaker's name as names are compared: a hyphened one is one word."""
        return self.speaker | name_keys((self.speaker_name,)) if self.speaker_name else _NOBODY

    @property
    def body(self) -> frozenset[str]:
        """Return the keys of a speaking body's name: a relief agency or a ministry speaks about many events."""
        return self.speaker if self.is_body else _NOBODY

    @property
    def is_ahead(self) -> bool:
        """Say whether the sentence tells of what is planned or expected."""
        return self.status in {Status.PLANNED, Status.FORECAST}


def read_profile(known: Known) -> Profile:
    """Return what *known* is compared by. Pure; costs about 0.1 ms the first time."""
    when_told = known.published_at if any(is_long_ago(when, known) for when in known.fact.dates) else None
    latest = _readings(known.text, known.fact, when_told)
    profile = latest[0].carried(known) if latest else Profile(known)
    latest[:] = [profile]  # of all readings of a fact the latest knows most
    return profile


@lru_cache(maxsize=2048)  # a fact is read within its story, then as a new one
def _readings(text: str, fact: Fact, published_at: datetime | None) -> list[Profile]:
    """Return the latest profile of a fact whoever carries it; when counts where it tells of what was long ago."""
    return []


def _amounts(known: Known) -> tuple[float, ...]:
    """Return the numbers that `read_figures` may make figures of."""
    return tuple([amount for amount in map(_amount, told_quantities(known)) if amount is not None])


def _amount(quantity: Quantity) -> float | None:
    if quantity.value is not None:
        return quantity.value
    return None if quantity.low is None or quantity.high is None else (quantity.low + quantity.high) / 2
