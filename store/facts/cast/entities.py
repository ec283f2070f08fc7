"""Everybody and everything that a story names, each under one name: find_cast."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from store.facts.cast.abbreviations import vote_for_spelt_out
from store.facts.cast.bands import find_bands
from store.facts.cast.bodies import find_small_bodies
from store.facts.cast.candidates import SURE, Candidate
from store.facts.cast.counterparts import with_own_offices
from store.facts.cast.crafts import drop_crafts
from store.facts.cast.gazetteer import country_named, country_of_capital, is_known_place, known_body
from store.facts.cast.headlines import name_in_full
from store.facts.cast.labels import read_labels, said_at
from store.facts.cast.meanings import Meanings, meanings_of
from store.facts.cast.mentions import read_run
from store.facts.cast.names import Token, find_runs, org_heads, read_tokens
from store.facts.cast.nicknames import Nickname, find_nicknames
from store.facts.cast.people import add_gender, outside_quotes, surnames_of, with_small_particles
from store.facts.cast.roles import Role, role_after, role_before
from store.facts.cast.settling import Names, Reading
from store.facts.cast.siblings import share_surnames
from store.facts.cast.vocabulary import gendered_nouns, title_sort
from store.facts.model import Cast, Entity, Kind, Layout, Mention
from store.facts.rules import Reason, Reasons, Rule

_ADDRESS = frozenset({"honorific", "rank"})
_SHORTEST_ALIAS = 3  # letters of a surname that can stand alone: not the "Un" of "Kim Jong Un"


def find_cast(text: str, layout: Layout, *, outlet: str | None = None, title: str | None = None) -> Cast:
    """Return the people, bodies and places that the story's sentences and dateline name, in order of appearance.

    A name met with contradicting signs is one thing throughout the story; a name with too few signs is left out.
    *outlet*, the story's own, is no body in its story. *title* may have a name in full that the text has not.
    """
    readings = [Reading(read_tokens(text, said_at(layout, s), s.end)) for s in layout.sentences]
    for reading in readings:
        for run in find_runs(reading.tokens):
            reading.candidates.extend(read_run(run))
    told = [
        outside_quotes(reading.tokens, layout.quotes)
        for sentence, reading in zip(layout.sentences, readings, strict=True)
        if layout.turn_at(sentence.start) is None
    ]
    readings.extend(read_labels(text, layout, readings))
    drop_crafts(readings)
    share_surnames(readings)
    nicknames = find_nicknames(readings)
    with_small_particles(candidate for reading in readings for candidate in reading.candidates)
    vote_for_spelt_out(readings)
    names = Names(readings, layout)
    bands = find_bands([reading.tokens for reading in readings])
    for reading, named in zip(readings, bands, strict=True):
        called = {body.start - 1 for body in named}  # of "the nurses' union Voice of Care" only the name is one
        small = find_small_bodies(reading.tokens, names.country_of, names.seat_of)
        bodies = [*(body for body in small if body.end not in called), *named]
        reading.candidates = [c for c in reading.candidates if not any(b.start <= c.start < b.end for b in bodies)]
        reading.candidates.extend(bodies)
        reading.candidates.sort(key=lambda candidate: candidate.start)
    drafts = _collect(text, layout, names, nicknames, outlet=outlet)
    name_in_full(drafts, (layout.headline, title))
    add_gender(told, drafts)
    drafts.sort(key=lambda draft: min(m.start for m in draft.mentions))
    return with_own_offices(Cast(tuple(draft.entity() for draft in drafts)))


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
    sign: tuple[float, Reason] | None = None  # the strongest for its kind, with its weight
    role_why: Reasons = ()
    of_why: Reasons = ()

    def add(self, text: str, candidate: Candidate, why: Rule | None) -> None:
        """Add a mention, and its spelling where that is another; *why* it means this one where it is."""
        printed = text[candidate.start : candidate.end]
        reasons = (Reason(why),) if why and printed != self.name else ()
        self.mentions.append(Mention(candidate.start, candidate.end, printed, reasons))
        sign = candidate.sign_for(self.kind)
        if sign and (self.sign is None or sign[0] > self.sign[0]):
            self.sign = sign
        self.gender = self.gender or candidate.gender
        self.add_alias(candidate.name)

    def place_in(self, of: str | None, rule: Rule) -> None:
        """Set whose or where it is, unless that is told already."""
        if of and not self.of:
            self.of, self.of_why = of, (Reason(rule),)

    def add_alias(self, alias: str) -> None:
        """Add another name; each once, and never the name itself."""
        if alias != self.name and alias not in self.aliases:
            self.aliases.append(alias)

    def entity(self) -> Entity:
        """Return the finished entity."""
        surname = surnames_of(tuple(self.name.split()))[-1]
        if self.kind is Kind.PERSON and len(surname) >= _SHORTEST_ALIAS:
            self.add_alias(surname)
        mentions = tuple(sorted(self.mentions, key=lambda mention: mention.start))
        why = (*((self.sign[1],) if self.sign else ()), *self.role_why, *self.of_why)
        return Entity(self.name, self.kind, self.role, self.of, self.gender, tuple(self.aliases), mentions, why)


def _collect(text: str, layout: Layout, names: Names, pairs: Sequence[Nickname], *, outlet: str | None) -> list[_Draft]:
    """Bring the mentions together, one draft for each person, body and place."""
    meanings = meanings_of(names, pairs)
    people, nicknames = meanings.people, meanings.nicknames
    drafts: dict[tuple[Kind, str], _Draft] = {}
    introduced: list[tuple[_Draft, Reading, Candidate]] = []
    for reading in names.readings:
        for candidate in reading.candidates:
            kind, name, why = _resolve(candidate, names, meanings)
            if kind is None or (outlet and name.lower() == outlet.lower()):
                continue
            draft = drafts.setdefault((kind, _key(name)), _Draft(name, kind))
            draft.add(text, candidate, candidate.stands_for or why)
            if draft.sign is None and candidate.name in names.kind_rules:
                draft.sign = 0.0, Reason(names.kind_rules[candidate.name])
            if kind is Kind.ORG:
                draft.place_in(candidate.of or _leading_country(candidate, names), Rule.OF_ITS_NAME)
                if draft.of is None:
                    draft.place_in(_owner_left(reading.tokens, candidate.start, names, within=1), Rule.OF_POSSESSIVE)
            elif kind is Kind.PERSON:
                introduced.append((draft, reading, candidate))
    for nickname, name in nicknames.items():
        if person := drafts.get((Kind.PERSON, _key(name))):
            person.add_alias(nickname)
    _place_towns(names, drafts)
    _add_dateline(text, layout, names, drafts)
    found = _join_bodies(list(drafts.values()))
    owners = _owners(found, people.sole_owners() | names.companies)
    for draft, reading, candidate in introduced:
        _add_role(draft, reading, candidate, names, owners)
    for draft in found:
        if draft.kind is Kind.PLACE:
            draft.place_in(country_of_capital(draft.name) or names.capitals.get(draft.name), Rule.CAPITAL_OF)
    return found


def _resolve(candidate: Candidate, names: Names, meanings: Meanings) -> tuple[Kind | None, str, Rule | None]:
    """Return what a candidate is, under which name, and why under that; no kind for what stays open and for noise."""
    name, full_names = candidate.name, meanings.full_names
    if name in meanings.nicknames and names.kind_of(candidate) is not Kind.ORG:
        return Kind.PERSON, meanings.nicknames[name], Rule.NICKNAME
    if names.is_noise(candidate):
        return None, name, None
    kind = Kind.ORG if name in full_names else names.kind_of(candidate)
    is_told = name in names.companies or name in full_names
    is_weak = kind is not None and candidate.votes.get(kind, 0) < SURE and not is_told
    is_elsewhere = kind is Kind.PLACE and (names.is_anchored(name))
    may_be_person = kind in (None, Kind.PERSON) or (is_weak and not is_elsewhere)
    meant = meanings.people.meant_by(candidate) if may_be_person else None
    if meant:
        return Kind.PERSON, *meant
    if name in meanings.people.couples and not candidate.honorific:
        return None, name, None
    if kind is Kind.PERSON and len(candidate.words) == 1 and not candidate.honorific:
        return (kind if name in names.surnames else None), name, None
    return kind, *_full_name(name, kind, names, full_names)


def _full_name(name: str, kind: Kind | None, names: Names, full_names: Mapping[str, str]) -> tuple[str, Rule | None]:
    """Return the full name of a place or a body, and the rule if that is another name; other names stay."""
    if kind is Kind.PLACE:
        return country_named(name) or name, Rule.COUNTRY_CALLED
    if kind is not Kind.ORG:
        return name, None
    name, why = (full_names[name], Rule.IN_BRACKETS) if name in full_names else (name, None)
    known = known_body(name)
    if known:
        return known, why or Rule.BODY_CALLED
    return names.companies.get(name, name), why or (Rule.COMPANY_CALLED if name in names.companies else None)


def _key(name: str) -> str:
    words = [word for word in name.lower().replace("’", "'").replace(".", "").split() if word not in {"the", "of"}]
    return " ".join(sorted(words))


def _leading_country(candidate: Candidate, names: Names) -> str | None:
    """ "Ruritanian Seismological Institute" belongs to Ruritania."""
    country = names.country_of(candidate.words[0]) if len(candidate.words) > 1 else None
    return country if country and names.is_country(country) else None


# ---- bodies


def _join_bodies(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Make one body of "the border service" and "Ruritania's border service", of "the Compact" and its full name.

    A short name that two bodies end with stays by itself.
    """
    bodies = [draft for draft in drafts if draft.kind is Kind.ORG]
    by_ending: dict[tuple[str, ...], list[_Draft]] = defaultdict(list)
    for draft in bodies:
        words = tuple(draft.name.lower().split())
        for at in range(1, min(len(words), 8)):
            by_ending[words[at:]].append(draft)
    joined: set[int] = set()
    for short in sorted(bodies, key=lambda draft: len(draft.name)):
        words = tuple(short.name.lower().split())
        longer = by_ending.get(words, [])
        if len(longer) == 1 and (len(words) > 1 or words[0] in org_heads()):
            longer[0].mentions.extend(replace(m, why=(Reason(Rule.ENDING),)) for m in short.mentions)
            for alias in (short.name, *short.aliases):
                longer[0].add_alias(alias)
            joined.add(id(short))
    return [draft for draft in drafts if id(draft) not in joined]


# ---- places


def _place_towns(names: Names, drafts: Mapping[tuple[Kind, str], _Draft]) -> None:
    """Read "San Jose, California": what stands after the comma says where a town is."""
    for reading in names.readings:
        for one, other in pairwise(reading.candidates):
            if other.start - one.end != 2 or names.kind_of(one) is not Kind.PLACE or not is_known_place(other.name):
                continue
            draft = drafts.get((Kind.PLACE, _key(country_named(one.name) or one.name)))
            at = bisect_left(reading.tokens, one.end, key=_start)
            if draft and reading.tokens[at].text == "," and not names.is_country(one.name):
                draft.place_in(country_named(other.name) or other.name, Rule.IN_AFTER_COMMA)


def _add_dateline(text: str, layout: Layout, names: Names, drafts: dict[tuple[Kind, str], _Draft]) -> None:
    """Add the dateline's places; a country after a town says where it is."""
    line = layout.dateline
    if line is None:
        return
    printed = text[line.start : line.end]
    country = next((place for place in names.dateline_places[1:] if names.is_country(place)), None)
    for place in names.dateline_places:
        at = printed.lower().find(place.lower())
        if at < 0:
            continue
        name = country_named(place) or place
        draft = drafts.setdefault((Kind.PLACE, _key(name)), _Draft(name, Kind.PLACE))
        start = line.start + at
        draft.mentions.append(Mention(start, start + len(place), text[start : start + len(place)]))
        draft.sign = draft.sign or (0.0, Reason(Rule.IN_DATELINE))
        if country and place != country:
            draft.place_in(country_named(country) or country, Rule.IN_OF_DATELINE)


# ---- roles


def _owners(drafts: Sequence[_Draft], called: Mapping[str, str]) -> dict[str, str]:
    """Return what a role can belong to, by its last words in small letters: "committee".

    *called* has people and companies by what they are called for short.
    """
    found: dict[str, str] = {name.lower(): full for name, full in called.items()}
    for draft in drafts:
        if draft.kind is Kind.ORG:
            for name in (draft.name, *draft.aliases):
                words = name.lower().split()
                for at in range(len(words) - 1, max(-1, len(words) - 8), -1):
                    found.setdefault(" ".join(words[at:]), draft.name)
    return found


def _add_role(draft: _Draft, reading: Reading, candidate: Candidate, names: Names, owners: Mapping[str, str]) -> None:
    """Read the office or trade that this mention gives, and whose it is; the first one that has an owner stays."""
    role = candidate.role
    of, rest = _owner_named(candidate.of, names, owners) if candidate.of else (None, "")
    of_by = Reason(Rule.OF_BEFORE, candidate.of or "")
    if role and rest:
        role = f"{rest} {role}"
    role_by = [Reason(Rule.ROLE_TITLE, role)] if role else []
    if role and not of:
        of, of_by = _owner_left(reading.tokens, candidate.start, names), Reason(Rule.OF_POSSESSIVE)
    if role and not of:
        of, of_by = _owner_right(reading.tokens, candidate.end, names), Reason(Rule.OF_AFTER)
    if role is None or _is_rank(role):
        small = _small_role(reading.tokens, candidate)
        if small:
            draft.gender = draft.gender or gendered_nouns().get(small.text.split()[-1])
            owner = _owner_of(small, reading, names, owners)
            if (
                small.owner and not owner and small.owner[0].opens and not small.owner[0].owns
            ):  # "Fire chief A B": a common word, no owner
                small = Role(f"{small.owner[0].text} {small.text}")
            role = f"{role}, {small.text}" if role else small.text
            role_by.append(Reason(Rule.ROLE_BESIDE, small.text))
            if owner:
                of, of_by = owner, Reason(Rule.OF_BESIDE, " ".join(token.text for token in small.owner))
    if role and not of and reading is names.readings[0]:
        of, of_by = names.opening_country, Reason(Rule.OF_OPENING)
    if role and (draft.role is None or (of and not draft.of)):
        draft.role, draft.role_why = role, tuple(role_by)
        if of:
            draft.of, draft.of_why = of, (of_by,)
    elif of and draft.of is None:
        draft.of, draft.of_why = of, (of_by,)


def _start(token: Token) -> int:
    return token.start


def _owner_named(words: str, names: Names, owners: Mapping[str, str]) -> tuple[str | None, str]:
    """Return whose an office is by the words before it, and the words that belong to the office.

    "Ruritanian Fisheries" is Ruritania and "Fisheries"; the "Fire" of "Fire Chief" is nobody's.
    """
    known = names.country_of(words) or owners.get(words.lower()) or (words if is_known_place(words) else None)
    if known:
        return known, ""
    first, _, rest = words.partition(" ")
    country = names.country_of(first)
    return (country, rest) if country else (None, words)


def _is_rank(role: str) -> bool:
    return all(title_sort(word) == "rank" for word in role.split())


def _small_role(tokens: Sequence[Token], candidate: Candidate) -> Role | None:
    """Return the role that small letters before or after a name give."""
    first = bisect_left(tokens, candidate.start, key=_start)
    last = bisect_left(tokens, candidate.end, key=_start)
    while first and _is_address(tokens, first - 1):
        first -= 1
    return role_before(tokens, first) or role_after(tokens, last)


def _is_address(tokens: Sequence[Token], at: int) -> bool:
    """Tell an honorific or a rank before a name, and the full stop of its abbreviation."""
    if tokens[at].text == ".":
        return at > 0 and title_sort(tokens[at - 1].text) in _ADDRESS
    return title_sort(tokens[at].text) in _ADDRESS


def _owner_left(tokens: Sequence[Token], start: int, names: Names, *, within: int = 6) -> str | None:
    """Return the country whose possessive stands among the words before a name: "Ruritania's Defence Minister A B"."""
    at = bisect_left(tokens, start, key=_start)
    for token in reversed(tokens[max(0, at - within) : at]):
        if token.owns:
            return names.country_of(token.text) or country_of_capital(token.text)
        if token.text in ",.;:":
            return None
    return None


def _owner_right(tokens: Sequence[Token], end: int, names: Names) -> str | None:
    """Return the country after a name: "President A B of Ruritania"."""
    at = bisect_left(tokens, end, key=_start)
    if at + 1 < len(tokens) and tokens[at].low == "of" and tokens[at + 1].capital:
        return names.country_of(tokens[at + 1].text)
    return None


def _owner_of(role: Role, reading: Reading, names: Names, owners: Mapping[str, str]) -> str | None:
    """Return whose role it is: a country, a body or a person of the story; None for a bare "ministry"."""
    if not role.owner:
        return None
    words = " ".join(token.text for token in role.owner).removeprefix("the ").removeprefix("The ")
    known = names.country_of(words) or country_of_capital(words) or known_body(words) or owners.get(words.lower())
    if known:
        return known
    named = next((c for c in reading.candidates if c.start <= role.owner[-1].start < c.end), None)
    if named and named.votes.get(Kind.ORG, 0) >= SURE:
        return owners.get(named.name.lower(), named.name)
    is_name = role.owner[0].capital and not role.owner[0].opens and words.lower() not in org_heads()
    return words if is_name else None
