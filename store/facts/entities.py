"""Everybody and everything that a story names, each under one name: find_cast."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from store.facts.bodies import find_small_bodies
from store.facts.gazetteer import country_named, country_of_capital, country_of_demonym, is_known_place, known_body
from store.facts.mentions import Candidate, read_run, titles
from store.facts.model import Cast, Entity, Kind, Layout, Mention
from store.facts.names import Token, find_runs, org_heads, read_tokens
from store.facts.people import add_gender, people_of
from store.facts.peoples import is_people_of
from store.facts.roles import Role, role_after, role_before

_BAR = 2.0  # the least that the signs for a kind must add up to
_SURE = 10.0
_Votes = defaultdict[str, defaultdict[Kind, float]]


@dataclass(slots=True)
class Reading:
    """A sentence with its tokens and what its capitals may be."""

    tokens: list[Token]
    candidates: list[Candidate] = field(default_factory=list)


def find_cast(text: str, layout: Layout, *, outlet: str | None = None) -> Cast:
    """Return the people, bodies and places that the story's sentences and dateline name, in order of appearance.

    A name met with contradicting signs is one thing throughout the story; a name with too few signs is left out.
    *outlet*, the story's own, is no body in its story.
    """
    readings = [Reading(read_tokens(text, s.start, s.end)) for s in layout.sentences]
    for reading in readings:
        for run in find_runs(reading.tokens):
            reading.candidates.extend(read_run(run))
    names = _Names(readings, layout)
    for reading in readings:
        bodies = list(find_small_bodies(reading.tokens, names.country_of))
        reading.candidates = [c for c in reading.candidates if not any(b.start <= c.start < b.end for b in bodies)]
        reading.candidates.extend(bodies)
    return names.cast(text, outlet=outlet)


class _Names:
    """The names of one story while their kinds are being settled."""

    def __init__(self, readings: Sequence[Reading], layout: Layout) -> None:
        self.readings = readings
        self.layout = layout
        self.small = {t.low for r in readings for t in r.tokens if not t.capital}
        self.inner = {t.text for r in readings for t in r.tokens if t.capital and not t.opens}
        self.dateline_places = _dateline_places(layout)
        self.times = Counter(t.text for r in readings for t in r.tokens if t.capital)
        self.kinds: dict[str, Kind] = {}
        self._settle_places()
        self._settle_kinds()

    # ---- kinds

    def _all(self) -> Iterator[Candidate]:
        for reading in self.readings:
            yield from reading.candidates

    def _settle_places(self) -> None:
        """Find the invented countries: those that a people in the story is named after."""
        singles = {c.words[0] for c in self._all() if len(c.words) == 1} | set(self.dateline_places)
        words = {t.text for r in self.readings for t in r.tokens if t.capital}
        self.peoples: dict[str, str] = {}
        for word in words:
            if country_of_demonym(word) or country_named(word):
                continue
            owners = [place for place in singles if is_people_of(word, place) and not country_of_demonym(place)]
            if owners:
                self.peoples[word] = min(owners, key=len)
        self.countries = set(self.peoples.values())

    def country_of(self, word: str) -> str | None:
        """Return the country of a name or a people, invented ones of this story included."""
        known = country_named(word) or country_of_demonym(word) or self.peoples.get(word)
        if known:
            return known
        return word if word in self.countries or self.kinds.get(word) is Kind.PLACE else None

    def _settle_kinds(self) -> None:
        """Decide for each name what it is, from all its mentions together."""
        votes: _Votes = defaultdict(lambda: defaultdict(float))
        for candidate in self._all():
            for kind, weight in candidate.votes.items():
                votes[candidate.name][kind] += weight
        for name in [*self.dateline_places, *self.countries]:
            votes[name][Kind.PLACE] += _BAR + 1
        self._decide(votes)
        for one, other in self._coordinated():  # "Ruritania and Ruritania": what one is, the other is
            for name, beside in ((one, other), (other, one)):
                if self.kinds.get(beside) is Kind.PLACE and name not in self.kinds:
                    votes[name][Kind.PLACE] += _BAR
        self._decide(votes)

    def _decide(self, votes: _Votes) -> None:
        for name, counted in votes.items():
            if not counted:
                continue
            kind, weight = max(counted.items(), key=lambda item: item[1])
            if weight >= _BAR:
                self.kinds[name] = kind

    def _coordinated(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of single names with nothing but "and", "or" or a comma between them."""
        for reading in self.readings:
            at = {token.start: index for index, token in enumerate(reading.tokens)}
            for one, other in pairwise(reading.candidates):
                gap = (
                    reading.tokens[at[one.start] + len(one.words) : at[other.start]]
                    if one.start in at and other.start in at
                    else ()
                )
                if len(gap) == 1 and gap[0].low in {"and", "or", ","} and not one.owns:
                    yield one.name, other.name

    def _is_noise(self, candidate: Candidate) -> bool:
        """Tell a capital that only begins a sentence, or a people's name."""
        if candidate.name in self.peoples:
            return True
        if not candidate.tells_nothing or candidate.honorific:
            return False
        word = candidate.words[0]
        if is_known_place(word) or known_body(word) or word in self.countries or word in self.dateline_places:
            return False
        if word.lower() in self.small:
            return True
        return word not in self.inner and not candidate.owns and self.times[word] < 2 and word not in self.kinds

    @property
    def opening_country(self) -> str | None:
        """The country with which the first sentence opens: an office in that sentence without an owner is its own."""
        tokens = self.readings[0].tokens if self.readings else ()
        first = next((t for t in tokens if t.capital), None)
        if first is None or first.owns or tokens[0] is not first:
            return None
        name = first.text
        return (
            self.country_of(name)
            if name in self.countries or country_named(name) or self.kinds.get(name) is Kind.PLACE
            else None
        )

    # ---- entities

    def cast(self, text: str, *, outlet: str | None) -> Cast:
        kept = [(reading, c) for reading in self.readings for c in reading.candidates if not self._is_noise(c)]
        people = people_of([c for _, c in kept if self._kind_of(c) is Kind.PERSON])
        drafts: list[_Draft] = []
        by_key: dict[tuple[Kind, str], _Draft] = {}
        for reading, candidate in kept:
            kind, name = self._resolve(candidate, people)
            if kind is None:
                continue
            if outlet and kind is Kind.ORG and name.lower() == outlet.lower():
                continue
            draft = by_key.get((kind, _key(name)))
            if draft is None:
                draft = by_key[kind, _key(name)] = _Draft(name, kind)
                drafts.append(draft)
            draft.take(text, reading, candidate, self)
        self._add_dateline(drafts, by_key, text)
        for draft in drafts:
            draft.settle_place()
        _join_bodies(drafts)
        add_gender([r.tokens for r in self.readings], drafts)
        drafts.sort(key=lambda draft: min(m.start for m in draft.mentions))
        return Cast(tuple(draft.entity() for draft in drafts))

    def _kind_of(self, candidate: Candidate) -> Kind | None:
        if candidate.honorific:
            return Kind.PERSON
        if candidate.votes.get(Kind.ORG, 0) >= _SURE:
            return Kind.ORG
        return self.kinds.get(candidate.name)

    def _resolve(self, candidate: Candidate, people: dict[str, str]) -> tuple[Kind | None, str]:
        """Return what a candidate is, and under which name."""
        name = candidate.name
        kind = self._kind_of(candidate)
        if kind is Kind.PERSON or (kind is None and len(candidate.words) == 1) or name in people:
            full = people.get(name)
            if full and (kind is not Kind.PLACE or candidate.votes.get(Kind.PLACE, 0) < _BAR):
                return Kind.PERSON, full
        if kind is Kind.PERSON and len(candidate.words) == 1 and not candidate.honorific:
            return None, name
        if kind is Kind.PLACE:
            return kind, country_named(name) or name
        if kind is Kind.ORG:
            return kind, known_body(name) or name
        return kind, name

    def _add_dateline(self, drafts: list[_Draft], by_key: dict[tuple[Kind, str], _Draft], text: str) -> None:
        line = self.layout.dateline
        if line is None:
            return
        printed = text[line.start : line.end]
        country = next((p for p in self.dateline_places[1:] if self.country_of(p)), None)
        for place in self.dateline_places:
            at = printed.lower().find(place.lower())
            if at < 0:
                continue
            name = country_named(place) or place
            draft = by_key.get((Kind.PLACE, _key(name)))
            if draft is None:
                draft = by_key[Kind.PLACE, _key(name)] = _Draft(name, Kind.PLACE)
                drafts.append(draft)
            start = line.start + at
            draft.mentions.append(Mention(start, start + len(place), printed[at : at + len(place)]))
            if country and place != country:
                draft.of = draft.of or country_named(country) or country


def _dateline_places(layout: Layout) -> list[str]:
    place = layout.dateline.place if layout.dateline else None
    return [part.strip() for piece in (place or "").split("/") for part in piece.split(",") if part.strip()]


def _key(name: str) -> str:
    words = [word for word in name.lower().replace("’", "'").replace(".", "").split() if word not in {"the", "of"}]
    return " ".join(sorted(words))


@dataclass(slots=True)
class _Draft:
    """An entity while its mentions are being collected."""

    name: str
    kind: Kind
    role: str | None = None
    of: str | None = None
    gender: str | None = None
    aliases: list[str] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def take(self, text: str, reading: Reading, candidate: Candidate, names: _Names) -> None:
        """Add a mention and what it says of the role, the country and the gender."""
        self.mentions.append(Mention(candidate.start, candidate.end, text[candidate.start : candidate.end]))
        self.gender = self.gender or candidate.gender
        if candidate.name != self.name:
            self._add_alias(candidate.name)
        if self.kind is not Kind.PERSON:
            self.of = self.of or (candidate.of if self.kind is Kind.ORG else None)
            return
        role, of = candidate.role, candidate.of and (names.country_of(candidate.of) or candidate.of)
        if role and not of:
            of = _owner_left(reading.tokens, candidate.start, names)
        if role is None or _is_rank(role):
            found = _small_role(reading.tokens, candidate)
            if found:
                role = f"{role}, {found.text}" if role else found.text
                of = _owner_text(found, names) or of
        if role and not of and reading is names.readings[0]:
            of = names.opening_country
        if role and (self.role is None or (of and not self.of)):
            self.role, self.of = role, of or self.of
        elif of and self.of is None:
            self.of = of

    def _add_alias(self, alias: str) -> None:
        if alias not in self.aliases:
            self.aliases.append(alias)

    def settle_place(self) -> None:
        if self.kind is Kind.PLACE and self.of is None:
            self.of = country_of_capital(self.name)

    def entity(self) -> Entity:
        if self.kind is Kind.PERSON:
            surname = self.name.split()[-1]
            if surname != self.name:
                self._add_alias(surname)
        mentions = tuple(sorted(self.mentions, key=lambda m: m.start))
        return Entity(self.name, self.kind, self.role, self.of, self.gender, tuple(self.aliases), mentions)


def _is_rank(role: str) -> bool:
    return all(titles().get(word.lower().rstrip("."), ("",))[0] == "rank" for word in role.split())


def _small_role(tokens: Sequence[Token], candidate: Candidate) -> Role | None:
    """Return the role that small letters before or after a name give."""
    first = next((i for i, t in enumerate(tokens) if t.start == candidate.start), None)
    last = next((i + 1 for i, t in enumerate(tokens) if t.end == candidate.end), None)
    if first is None or last is None:
        return None
    while first and titles().get(tokens[first - 1].low.rstrip("."), ("",))[0] == "honorific":
        first -= 1
    return role_before(tokens, first) or role_after(tokens, last)


def _owner_left(tokens: Sequence[Token], start: int, names: _Names) -> str | None:
    """Return the country whose possessive stands before a capitalised office: "Ruritania's Defence Minister A B"."""
    before = [t for t in tokens if t.end <= start][-6:]
    for token in reversed(before):
        if token.owns:
            return names.country_of(token.text) or country_of_capital(token.text)
        if token.text in ",.;:":
            return None
    return None


def _owner_text(role: Role, names: _Names) -> str | None:
    """Return whose role it is: a country, or the body's own words."""
    words = " ".join(token.text for token in role.owner)
    if not words or words.lower() in {"his", "her", "its", "their"}:
        return None
    known = names.country_of(words) or country_of_capital(words) or known_body(words)
    if known:
        return known
    bare = words.removeprefix("the ").removeprefix("The ")
    heads = bare.lower().split()
    for candidate in names._all():
        lows = [word.lower() for word in candidate.words]
        if candidate.votes.get(Kind.ORG, 0) >= _SURE and heads and lows[-len(heads) :] == heads:
            return known_body(candidate.name) or candidate.name
    return bare if role.owner[0].capital else None


def _join_bodies(drafts: list[_Draft]) -> None:
    """Make one body of "the border service" and "Ruritania's border service", and of "the Compact" and its full name."""
    bodies = [draft for draft in drafts if draft.kind is Kind.ORG]
    for short in sorted(bodies, key=lambda draft: len(draft.name.split())):
        words = short.name.lower().split()
        longer = [
            other
            for other in bodies
            if other is not short
            and len(other.name.split()) > len(words)
            and _ends_with(other.name.lower().split(), words)
        ]
        if len(longer) == 1 and (len(words) > 1 or words[0] in org_heads()):
            target = longer[0]
            target.mentions.extend(short.mentions)
            target.aliases.extend(alias for alias in (short.name, *short.aliases) if alias not in target.aliases)
            drafts.remove(short)
            bodies.remove(short)


def _ends_with(words: Sequence[str], tail: Sequence[str]) -> bool:
    return list(words[-len(tail) :]) == list(tail)


__all__ = ["find_cast"]
