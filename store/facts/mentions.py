"""What each run of capitals may be, from its own words and from what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from store.facts.gazetteer import country_named, country_of_demonym, is_known_place, known_body
from store.facts.lexicon import lines, table
from store.facts.model import Kind
from store.facts.names import Run, Token, not_names, org_heads, particles

# How much each sign weighs when the mentions of one name disagree. A word of the name itself settles it.
SURE, _STRONG, _FAIR, _WEAK = 10.0, 3.0, 2.0, 1.0
_PLACE_PREPOSITIONS = {
    "in": _STRONG, "near": _STRONG, "outside": _FAIR, "into": _FAIR, "across": _FAIR, "around": _FAIR,
    "towards": _FAIR, "toward": _FAIR, "from": _FAIR, "at": _FAIR, "along": _FAIR, "inside": _FAIR, "off": _FAIR,
    "throughout": _FAIR, "via": _FAIR, "visited": _FAIR, "entered": _FAIR, "fled": _FAIR,
    "to": _WEAK, "over": _WEAK, "through": _WEAK, "between": _WEAK, "reached": _WEAK, "left": _WEAK,
}  # fmt: skip
_DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "upper", "lower", "northern", "southern", "eastern", "western", "central"}
)
# First words that many place names have, and a few people and bodies too.
_PLACE_OPENINGS = _DIRECTIONS | {
    "port",
    "fort",
    "camp",
    "san",
    "santa",
    "st",
    "saint",
    "el",
    "la",
    "las",
    "los",
    "isle",
    "new",
}


@dataclass(slots=True)
class Candidate:
    """A possible mention of somebody or something, with the signs for each kind."""

    words: tuple[str, ...]  # the name's words, as printed
    start: int
    end: int
    votes: dict[Kind, float] = field(default_factory=dict)
    role: str | None = None
    of: str | None = None
    gender: str | None = None
    honorific: bool = False  # "Mr Okello": a person, perhaps by surname alone
    owns: bool = False
    opens: bool = False  # the first word begins a sentence
    tells_nothing: bool = False  # a single word whose capital begins a sentence

    def vote(self, kind: Kind, weight: float) -> None:
        self.votes[kind] = self.votes.get(kind, 0.0) + weight

    @property
    def name(self) -> str:
        return " ".join(self.words).replace(" .", ".")


@cache
def titles() -> dict[str, tuple[str, str | None]]:
    """Return word -> (sort, gender) of `titles.tsv`."""
    found: dict[str, tuple[str, str | None]] = {}
    for row in table("titles.tsv"):
        found.setdefault(row[0], (row[1], row[2] if len(row) > 2 else None))
    return found


@cache
def place_nouns() -> dict[str, bool]:
    """Return noun -> whether a place's name is the same without it, of `place_nouns.tsv`."""
    return {row[0]: len(row) > 1 for row in table("place_nouns.tsv")}


@cache
def country_nouns() -> frozenset[str]:
    """What a country has: the words after "Ruritania's"."""
    return frozenset(lines("country_nouns.txt"))


@cache
def person_nouns() -> frozenset[str]:
    """Trades and offices in small letters: "driver", "official"."""
    return frozenset(lines("person_nouns.txt")) | {word for word, (sort, _) in titles().items() if sort != "part"}


@cache
def speech_verbs() -> frozenset[str]:
    """Verbs beside which a name is somebody who speaks."""
    return frozenset({"said", "says", "told", "added", "tweeted", "wrote", "warned", "insisted", "argued", "recalled"})


def read_run(run: Run) -> list[Candidate]:
    """Return the candidates in one run of capitals: one, or two where a body stands before a person's office."""
    tokens = [token for token in run.tokens[run.first : run.last] if token.text != "."]
    tokens = _without_opening_word(tokens)
    if not tokens or all(token.low in not_names() for token in tokens):
        return []
    for reading in (_read_person, _read_known, _read_body, _read_place):
        found = reading(run, tokens)
        if found is not None:
            return found
    return [_read_open(run, tokens)]


def _without_opening_word(tokens: list[Token]) -> list[Token]:
    """Drop the word with which a sentence begins and which is no name: "Roughly", "The", "Last"."""
    words = " ".join(token.text for token in tokens)
    if known_body(words) or is_known_place(words):
        return tokens
    while tokens and tokens[0].low in not_names() and tokens[0].low not in titles():
        if not tokens[0].opens and tokens[0].low not in {"the", "a", "an"}:
            break
        tokens = tokens[1:]
    return tokens


def _candidate(tokens: Sequence[Token], kind: Kind | None = None, weight: float = SURE) -> Candidate:
    found = Candidate(tuple(token.text for token in tokens), tokens[0].start, tokens[-1].end, owns=tokens[-1].owns)
    found.opens = tokens[0].opens
    found.tells_nothing = tokens[0].opens and len(tokens) == 1
    if kind:
        found.vote(kind, weight)
    return found


def _sort(token: Token) -> str | None:
    known = titles().get(token.low.rstrip("."))
    return known[0] if known else None


# ---- people


def _read_person(run: Run, tokens: list[Token]) -> list[Candidate] | None:
    """A title and a name after it: "Russian Defence Minister Sergei Shoigu", "The Minister of Defence A B", "Mr B"."""
    title = _last_title(tokens)
    if title is None:
        return None
    if tokens[-1].low in org_heads() and _sort(tokens[title]) != "honorific":  # "Hamra General Hospital"
        return None
    name = tokens[title + 1 :]
    prefix = tokens[: title + 1]
    if not name:
        return _read_office(run, prefix)
    found = _candidate(name, Kind.PERSON)
    found.honorific = any(_sort(token) in {"honorific", "rank", "office"} for token in prefix)
    found.gender = next(
        (g for token in reversed(prefix) if (g := titles().get(token.low.rstrip("."), ("", None))[1])), None
    )
    owners, office = _split_owner(prefix)
    found.role = _role_text([token for token in office if _sort(token) != "honorific"])
    if owners:
        found.of = _owner_name(owners)
    return [*_bodies_in(owners), found]


def _last_title(tokens: Sequence[Token]) -> int | None:
    """Return where the title ends that stands before the name: its last word, a portfolio after "of" included."""
    at = None
    for index, token in enumerate(tokens):
        if _sort(token) in {"honorific", "rank", "office"} and (index == 0 or not tokens[index - 1].owns or at is None):
            at = index
        elif at is not None and index > at + 1 and tokens[at + 1].low in {"of", "for"} and _sort(token) == "part":
            at = index if index == at + 2 or _sort(tokens[index - 1]) == "part" else at
    if at is None:
        return None
    # "Minister of Defence and Emergency Situations A B", "Secretary of State Marco R"
    while at + 2 < len(tokens) and tokens[at + 1].low in {"of", "for", "and"}:
        step = at + 2
        if _sort(tokens[step]) != "part" and not is_known_place(tokens[step].text):
            return None if tokens[at + 1].low in {"of", "for"} else at
        while step + 1 < len(tokens) and _sort(tokens[step + 1]) == "part":
            step += 1
        at = step
    return at


def _read_office(run: Run, prefix: Sequence[Token]) -> list[Candidate] | None:
    """An office without a name: "the Prime Minister". Nobody is named; its country may be."""
    owners, _ = _split_owner(prefix)
    following = run.tokens[run.last] if run.last < len(run.tokens) else None
    if prefix[-1].owns and following and following.low == "office":  # "the Prosecutor General's Office"
        found = _candidate([*prefix, following], Kind.ORG)
        found.words = (*found.words[:-2], f"{prefix[-1].text}'s", following.text)
        return [found]
    if not owners:
        return [] if run.last - run.first <= 5 else None
    return _bodies_in(owners) or [_read_open(run, owners)] if _owner_name(owners) else []


def _split_owner(prefix: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Split what stands before a name into its owner and the office: "Ruritanian | Foreign Minister"."""
    at = 0
    while at < len(prefix) and _sort(prefix[at]) is None:
        at += 1
    return list(prefix[:at]), list(prefix[at:])


def _role_text(office: Sequence[Token]) -> str | None:
    return " ".join(token.text for token in office) or None


def _owner_name(owners: Sequence[Token]) -> str:
    """Return the country of a demonym, else the words."""
    words = " ".join(token.text for token in owners)
    return country_of_demonym(words) or country_named(words) or known_body(words) or words


def _bodies_in(owners: Sequence[Token]) -> list[Candidate]:
    """A body before an office: "Foreign Ministry Spokeswoman A B"."""
    if owners and (owners[-1].low in org_heads()):
        return [_candidate(owners, Kind.ORG)]
    return []


# ---- bodies and places by their own words


def _read_known(run: Run, tokens: list[Token]) -> list[Candidate] | None:
    """A name of the gazetteer, whole: a body, a country, a city; a people is no name."""
    words = " ".join(token.text for token in tokens)
    if known_body(words):
        return [_candidate(tokens, Kind.ORG)]
    if is_known_place(words):
        return [_candidate(tokens, Kind.PLACE)]
    if country_of_demonym(words):
        return []
    _, _, tail = words.partition("-")
    if tail.isalpha() and tail.islower():  # "Paris-based", "Nato-led"
        return []
    return None


def _read_body(run: Run, tokens: list[Token]) -> list[Candidate] | None:
    """A run that holds the word for a body: "Northern Defence Compact", "Committee on Emergency Situations"."""
    lows = [token.low.rstrip(".") for token in tokens]
    if len(tokens) == 1:
        acronym = tokens[0].text.replace(".", "")
        if 2 <= len(acronym) <= 6 and acronym.isupper() and acronym.isalpha() and not tokens[0].opens:
            return [_candidate(tokens, Kind.ORG, _FAIR)]
        return None
    head = next((at for at in range(len(lows) - 1, -1, -1) if lows[at] in org_heads()), None)
    if head is None:
        return None
    if lows[-1] in place_nouns() and lows[-1] not in org_heads():  # "Police Academy Street"
        return None
    return [_candidate(tokens, Kind.ORG)]


def _read_place(run: Run, tokens: list[Token]) -> list[Candidate] | None:
    """A run that holds the word for a place: "Lake Chad", "Zenda District"."""
    lows = [token.low for token in tokens]
    if len(tokens) < 2:
        return None
    if lows[-1] in place_nouns():
        bare = place_nouns()[lows[-1]] and len(tokens) == 2 and lows[0] not in _DIRECTIONS
        return [_candidate(tokens[:-1] if bare else tokens, Kind.PLACE)]
    if lows[0] in {"lake", "mount", "mt", "cape", "river"}:
        return [_candidate(tokens[1:] if lows[0] == "river" else tokens, Kind.PLACE)]
    return None


# ---- what is left open: signs around the run


def _read_open(run: Run, tokens: list[Token]) -> Candidate:
    """Collect the signs for a run whose own words do not say what it is."""
    if len(tokens) > 1 and country_of_demonym(tokens[0].text):
        owner = country_of_demonym(tokens[0].text)
        tokens = tokens[1:]
        found = _candidate(tokens)
        found.of = owner
    else:
        found = _candidate(tokens)
    before, after = _around(run)
    _weigh_before(found, tokens, before)
    _weigh_after(found, tokens, after)
    if len(tokens) > 1 and tokens[0].low.rstrip(".") in _PLACE_OPENINGS:
        found.vote(Kind.PLACE, _FAIR)
    if 2 <= len(tokens) <= 5 and all(_is_name_word(token) for token in tokens):
        preceding = before[-1].low if before else ""
        found.vote(Kind.PERSON, _WEAK if _PLACE_PREPOSITIONS.get(preceding, 0) >= _FAIR else _FAIR)
        if preceding == "the":
            found.vote(Kind.PERSON, -_STRONG)
    return found


def _is_name_word(token: Token) -> bool:
    return token.low in particles() or (token.capital and token.low not in not_names() and not token.text[-1].isdigit())


def _around(run: Run) -> tuple[Sequence[Token], Sequence[Token]]:
    return run.tokens[max(0, run.first - 8) : run.first], run.tokens[run.last : run.last + 8]


def _weigh_before(found: Candidate, tokens: Sequence[Token], before: Sequence[Token]) -> None:
    if not before:
        return
    last = before[-1].low
    second = before[-2].low if len(before) > 1 else ""
    if last in _PLACE_PREPOSITIONS:
        found.vote(Kind.PLACE, _PLACE_PREPOSITIONS[last])
    elif last == "of":
        owned = second in country_nouns() or second in place_nouns() or second in _peopled()
        found.vote(Kind.PLACE, _FAIR if owned else _WEAK)
    elif last == "the" and second in _PLACE_PREPOSITIONS and len(tokens) == 1:
        found.vote(Kind.PLACE, _WEAK)
    if last in place_nouns() or (last == "of" and second in place_nouns()):
        found.vote(Kind.PLACE, _STRONG + 1)
    elif last == "for" and second in {"left", "bound", "headed", "heading", "leaving"}:
        found.vote(Kind.PLACE, _FAIR)
    elif last in person_nouns():
        found.vote(Kind.PERSON, _STRONG)
    elif last in speech_verbs():
        found.vote(Kind.PERSON, _FAIR if len(tokens) > 1 else _WEAK)
    elif last == "," and any(token.low in person_nouns() for token in before[-5:-1]):
        found.vote(Kind.PERSON, _FAIR)
    elif last in {"neighbouring", "neighboring", "nearby"}:
        found.vote(Kind.PLACE, _STRONG)


@cache
def _peopled() -> frozenset[str]:
    """Those who belong to a country: "citizens of", "residents of"."""
    return frozenset(lines("group_nouns.txt")) | {
        "citizens",
        "nationals",
        "natives",
        "inhabitants",
        "republic",
        "kingdom",
    }


def _is_place_noun(word: str, following: str) -> bool:
    """Tell "the Oder river" from "Ruritanian border guards", where the noun only describes the next."""
    return word in place_nouns() and following not in {
        "guard",
        "guards",
        "service",
        "police",
        "troops",
        "official",
        "officials",
    }


def _weigh_after(found: Candidate, tokens: Sequence[Token], after: Sequence[Token]) -> None:
    if not after:
        return
    first = after[0].low
    second = after[1].low if len(after) > 1 else ""
    third = after[2].low if len(after) > 2 else ""
    if tokens[-1].owns:
        if first in country_nouns() or second in country_nouns():
            found.vote(Kind.PLACE, _STRONG)
        elif titles().get(first, ("",))[0] == "honorific":  # "Ruritania's Ms Dahl"
            found.vote(Kind.PLACE, _FAIR)
    elif first in org_heads() and not after[0].capital:  # "the Wagner group"
        found.vote(Kind.ORG, _STRONG)
    elif _is_place_noun(first, second) or (
        _is_place_noun(second, third) and first.isalpha() and first not in not_names()
    ):
        found.vote(Kind.PLACE, _STRONG)
    if first in speech_verbs():
        found.vote(Kind.PERSON, _FAIR if len(tokens) > 1 else _WEAK)
        found.vote(Kind.PLACE, _WEAK)  # a government speaks by its country's name
    if first == "," and (second.isdigit() or second in {"who", "whose", "aged"}):
        found.vote(Kind.PERSON, _STRONG)
    if first == "," and second in {"a", "an", "the", "his", "her"} and any(t.low in person_nouns() for t in after[2:]):
        found.vote(Kind.PERSON, _STRONG)
    if first == "," and third in person_nouns():
        found.vote(Kind.PERSON, _FAIR)
