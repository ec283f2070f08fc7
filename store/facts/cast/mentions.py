"""What each run of capitals names by its own words: a title and a person, a body, a place; the rest is left open."""

from __future__ import annotations

from collections.abc import Sequence

from store.facts.cast.candidates import FAIR, SURE, Candidate, candidate_of
from store.facts.cast.gazetteer import country_named, country_of_demonym, is_known_place, known_body
from store.facts.cast.kinds import MONTHS_TOO, has_given_name, is_described_as_body, is_trade, kind_noun, without_kind
from store.facts.cast.letters import read_letters, without_letters, without_style
from store.facts.cast.names import SEAS, Run, Token, is_call, not_names, org_heads
from store.facts.cast.namesakes import read_namesake
from store.facts.cast.signs import CLOSING, read_open
from store.facts.cast.vocabulary import (
    body_words,
    company_forms,
    compound_tails,
    place_nouns,
    place_openings,
    speech_verbs,
    title_sort,
    titles,
)
from store.facts.model import Kind
from store.facts.rules import Rule

_BODY, _PERSON = (Kind.ORG, Rule.BODY_WORD), (Kind.PERSON, Rule.TITLE_BEFORE)
_CALL = (Kind.ORG, Rule.BODY_CALLS)
_PLACE, _OF_OFFICE = (Kind.PLACE, Rule.PLACE_WORD), (Kind.PLACE, Rule.PLACE_OF_OFFICE)
_PLACE_TITLES = frozenset(
    {"lake", "mount", "mt", "cape", "river", "hotel", "camp", "château", "castle", "plaza", "strait", "gulf", "bay"}
)
# Titles that are names as well: behind "Mr" or "Dr" they are one.
_NAMES_TOO = frozenset(
    {"king", "prince", "duke", "earl", "baron", "major", "sultan", "marshal", "bishop", "pope", "page"}
)
_STANDINGS = frozenset({"late", "former", "acting", "outgoing", "incoming", "interim", "caretaker", "ex", "then"})
_SMALL_FORMS = frozenset({"plc", "gmbh", "spa"})
_SIDES = frozenset({"northern", "southern", "eastern", "western", "central", "north", "south", "east", "west"})
_HELD_BY, _LONGEST_PORTFOLIO = frozenset({"minister", "secretary", "ministry", "department"}), 5
_LOCAL_OFFICES = frozenset({"governor", "gov", "mayor"})


def read_run(run: Run) -> list[Candidate]:
    """Return the candidates in one run of capitals: one, or two where a body stands before a person's office."""
    tokens = [token for token in run.tokens[run.first : run.last] if token.text != "."]
    tokens, kind = without_kind(without_style(_without_opening_word(tokens)), run.tokens[run.last :])
    letters = read_letters(run, tokens)
    if letters:
        return [letters]
    found = _read_words(run, without_letters(tokens))
    if kind and len(found) == 1:
        return _called_body(kind, tokens, found[0])
    return found


def _called_body(kind: str, tokens: list[Token], found: Candidate) -> list[Candidate]:
    """Make a body of the name behind the *kind* of one, or of the owner of an office: "Airline Meridia Captain A B"."""
    if not found.honorific:
        found.vote_for_body(kind, SURE)
        return [found]
    body = candidate_of(tokens[: len((found.of or "").split())]) if found.of else None
    if body is None or body.name != found.of:
        return [found]
    body.vote_for_body(kind, SURE)
    return [body, found]


def _read_words(run: Run, tokens: list[Token]) -> list[Candidate]:
    """Return the candidates of a run by its own words."""
    if verb := _verb_of_month(run, tokens):
        surname = candidate_of(tokens)
        surname.vote(Kind.PERSON, FAIR, Rule.PERSON_SPEAKS, verb.text)
        return [surname]
    if not tokens or all(token.low in not_names() and not known_body(token.text) for token in tokens):
        return []
    if is_call(tokens):
        return [candidate_of(tokens, _CALL)]
    for reading in (_read_lake, _read_officer, _read_person, _read_known, _read_body, _read_place):
        found = reading(run, tokens)
        if found is not None:
            return found
    return [read_open(run, tokens)]


def _verb_of_month(run: Run, tokens: Sequence[Token]) -> Token | None:
    """Return the verb by which "May" is a surname: "May | said", ""...," | said | May"; a month never speaks."""
    if len(tokens) != 1 or tokens[0].low not in MONTHS_TOO:
        return None
    before, after = run.tokens[max(0, run.first - 2) : run.first], run.tokens[run.last : run.last + 1]
    if after and after[0].low in speech_verbs():
        return after[0] if not before or not before[-1].text[0].isalnum() else None
    is_inverted = len(before) == 2 and before[1].low in speech_verbs() and before[0].text in CLOSING
    return before[1] if is_inverted else None


def _without_opening_word(tokens: list[Token]) -> list[Token]:
    """Drop the word with which a sentence begins and which is no name: "Roughly", "The", "Last"."""
    words = " ".join(token.text for token in tokens)
    if len(tokens) < 2 or known_body(words) or is_known_place(words):
        return tokens
    if len(tokens) > 1 and tokens[0].low.endswith("-year-old"):  # "Ten-year-old Tilly Marsh"
        return tokens[1:]
    first = 0
    while first < len(tokens) and tokens[first].low in not_names() and tokens[first].low not in titles():
        if known_body(tokens[first].text):  # "The WHO"
            break
        following = tokens[first + 1].low if first + 1 < len(tokens) else ""
        if tokens[first].low in _SIDES and following in org_heads():  # "Northern League deputies", "Central Bank"
            break
        if is_call(tokens[first:]):  # "Just Stop Coal"
            break
        if not tokens[first].opens and tokens[first].low not in {"the", "a", "an"}:
            break
        first += 1
    return tokens[first:]


# ---- people


def _read_person(run: Run, tokens: list[Token]) -> list[Candidate] | None:
    """A title and a name after it: "Russian Defence Minister Sergei Shoigu", "The Minister of Defence A B", "Mr B"."""
    title = _last_title(tokens)
    if title is None:
        return None
    is_name = len(tokens) > 1 and _is_name_too(tokens, len(tokens) - 1)  # "Dr King"
    if not is_name and all(title_sort(token.text) or token.low in {"of", "for", "and"} for token in tokens):
        return _read_office(run, tokens)
    if tokens[-1].low in org_heads() and title_sort(tokens[title].text) != "honorific":  # "Hamra General Hospital"
        return None
    name = tokens[title + 1 :]
    prefix = tokens[: title + 1]
    if not is_name and all(title_sort(token.text) for token in name):
        return _read_office(run, prefix)
    found = candidate_of(name, _PERSON, words=" ".join(token.text for token in prefix))
    found.honorific = any(title_sort(token.text) != "part" for token in prefix)
    found.gender = next(
        (g for token in reversed(prefix) if (g := titles().get(token.low.rstrip("."), ("", None))[1])), None
    )
    owners, office = _split_owner(prefix) if title_sort(prefix[0].text) or title else ([], prefix)
    found.role = _role_text([token for token in office if title_sort(token.text) != "honorific"])
    if found.role:
        found.role = " ".join((*_standing_before(run), found.role))
    if owners:
        found.of = _owner_name(owners)
    return [*(_bodies_in(owners) or _district_in(owners, office) or _place_beside(run, owners, found)), found]


def _standing_before(run: Run) -> list[str]:
    """Return the small word before a title that says how it is held: "the late President A B"."""
    before = run.tokens[max(0, run.first - 2) : run.first]
    if len(before) < 2 or before[-1].low not in _STANDINGS or before[-1].capital:
        return []
    is_held = before[0].low in {"the", "a", "an", "its", "their", "his", "her"} or before[0].owns
    return [before[-1].text] if is_held else []


def _read_officer(run: Run, tokens: list[Token]) -> list[Candidate] | None:
    """An office of a body or a place, and perhaps a name: "Chairman of the Committee for Roads A B"."""
    at = next((at for at, token in enumerate(tokens) if token.low in {"of", "for"}), None)
    if not at or title_sort(tokens[at - 1].text) != "office" or not all(title_sort(t.text) for t in tokens[:at]):
        return None
    rest = [token for token in tokens[at + 1 :] if token.low != "the"]
    has_head = any(token.low in org_heads() and not title_sort(token.text) for token in rest)
    if not rest or is_known_place(rest[0].text) or (title_sort(rest[0].text) and not has_head):
        return None
    named = _length_of_name(rest)
    owner, name = rest[: len(rest) - named], rest[len(rest) - named :]
    whose = " ".join(token.text for token in owner)
    if any(token.low in org_heads() for token in owner):
        found = [candidate_of(owner, _BODY)] if len(owner) > 1 or known_body(whose) else []
    elif all(token.low in not_names() for token in owner):
        found = []
    else:
        found = [candidate_of(owner, _OF_OFFICE, FAIR, words=tokens[at - 1].text)]
    if name:
        person = candidate_of(name, _PERSON, words=" ".join(token.text for token in tokens[:at]))
        person.honorific = True
        person.role, person.of = _role_text(tokens[:at]), whose
        found.append(person)
    return found


def _length_of_name(rest: Sequence[Token]) -> int:
    """Return how many tokens at the end of "State Committee for Roads A B" are a person's name; 0 for none.

    What follows the word for a body is one; after "for Roads" the last two of three words are.
    """
    joined = max((at for at, token in enumerate(rest) if token.low in {"of", "for", "on", "and"}), default=-1)
    tail = rest[joined + 1 :]
    head = max((at for at, token in enumerate(tail) if token.low in org_heads()), default=None)
    if head is not None:
        return len(tail) - head - 1
    return 2 if len(tail) >= 3 else 0


def _is_name_too(tokens: Sequence[Token], at: int) -> bool:
    """Tell a title that is a name behind an honorific: "Sheikh Sultan al-Hosni", "Dr King"."""
    return tokens[at].low in _NAMES_TOO and title_sort(tokens[at - 1].text) == "honorific"


def _last_title(tokens: Sequence[Token]) -> int | None:
    """Return where the title ends that stands before the name: its last word, a portfolio after "of" included.

    Titles inside a name belong to it: "President Hassan Sheikh Mohamud"; those inside a body's to the body.
    """
    at = None
    for index, token in enumerate(tokens):
        sort = title_sort(token.text)
        if index and _is_name_too(tokens, index):
            break
        if sort in {"honorific", "rank", "office"} or (index == 0 and _begins_with_trade(tokens)):
            at = index
        elif at is not None and token.low in org_heads():  # "General Assembly President A B"
            at = None
        elif at is not None and sort is None:
            break
    if at is None:
        return None
    # "Minister of Defence and Emergency Situations A B", "Secretary of State A B"
    while at + 2 < len(tokens) and tokens[at + 1].low in {"of", "for", "and"}:
        step = at + 2
        if title_sort(tokens[step].text) != "part" and not is_known_place(tokens[step].text):
            return None if tokens[at + 1].low in {"of", "for"} else at
        while step + 1 < len(tokens) and title_sort(tokens[step + 1].text) is not None:
            step += 1
        at = step
    while at + 2 < len(tokens) and title_sort(tokens[at + 1].text) == "part":  # "Chief Executive A B"
        at += 1
    return at


def _begins_with_trade(tokens: Sequence[Token]) -> bool:
    """Tell "Singer Zalika" and "Skipper A B", which begin a sentence, from "Hunter Boyd" and "Baker Street"."""
    if len(tokens) < 2 or not tokens[0].opens or not is_trade(tokens[0].low):
        return False
    is_name = has_given_name([token.text for token in tokens]) or tokens[1].low in place_nouns()
    return len(tokens) > 2 or not is_name


def _read_office(run: Run, prefix: Sequence[Token]) -> list[Candidate] | None:
    """An office without a name: "the Prime Minister". Nobody is named; its country may be."""
    owners, _ = _split_owner(prefix)
    following = run.tokens[run.last] if run.last < len(run.tokens) else None
    if prefix[-1].owns and following and following.low == "office":  # "the Prosecutor General's Office"
        found = candidate_of([*prefix, following], _BODY)
        found.words = (*found.words[:-2], f"{prefix[-1].text}'s", following.text)
        return [found]
    if not owners:
        return [] if run.last - run.first <= 5 else None
    return _bodies_in(owners) or [read_open(run, owners)] if _owner_name(owners) else []


def _split_owner(prefix: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Split what stands before a name into its owner and the office: "Ruritanian | Foreign Minister"."""
    at = 0
    while at < len(prefix) and title_sort(prefix[at].text) is None:
        at += 1
    return list(prefix[:at]), list(prefix[at:])


def _role_text(office: Sequence[Token]) -> str | None:
    return " ".join(token.text for token in office) or None


def _district_in(owners: Sequence[Token], office: Sequence[Token]) -> list[Candidate]:
    """A place before a local office: "Upper Zenda Gov. A B"."""
    is_local = any(token.low in _LOCAL_OFFICES for token in office)
    named = [token for token in owners if token.low not in not_names()]
    if not is_local or not owners or len(named) != len(owners):
        return []
    return [candidate_of(owners, _OF_OFFICE, FAIR, words=office[-1].text)]


def _place_beside(run: Run, owners: Sequence[Token], person: Candidate) -> list[Candidate]:
    """The place of "In Lethwick Mrs Pelt ...": what stands before a mere "Mrs" holds no office of hers."""
    if not owners or person.role or person.of is None:
        return []
    person.of = None
    return [read_open(run, list(owners))]


def _owner_name(owners: Sequence[Token]) -> str:
    """Return the country of a demonym, else the words."""
    words = " ".join(token.text for token in owners)
    return country_of_demonym(words) or country_named(words) or known_body(words) or words


def _bodies_in(owners: Sequence[Token]) -> list[Candidate]:
    """A body before an office: "Foreign Ministry Spokeswoman A B"."""
    if owners and (
        (len(owners) > 1 and owners[-1].low in org_heads()) or known_body(" ".join(token.text for token in owners))
    ):
        return [candidate_of(owners, _BODY)]
    return []


# ---- bodies and places by their own words


def _read_known(run: Run, tokens: list[Token]) -> list[Candidate] | None:
    """A name of the gazetteer, whole: a body, a country, a city; a people is no name."""
    words = " ".join(token.text for token in tokens)
    if known_body(words):
        return [] if _is_portfolio(run) else [candidate_of(tokens, (Kind.ORG, Rule.KNOWN_BODY))]
    if is_known_place(words):
        return [candidate_of(tokens, (Kind.PLACE, Rule.COUNTRY if country_named(words) else Rule.KNOWN_PLACE))]
    if country_of_demonym(words):
        return []
    if len(tokens) == 1 and words.rpartition("-")[2] in compound_tails():  # "Paris-based", "Nato-led"
        return []
    return None


def _is_portfolio(run: Run) -> bool:
    """Tell the "Labour" of "Labour and Mines Minister Ana Ruiz" from a party."""
    behind = run.tokens[run.last : run.last + _LONGEST_PORTFOLIO]
    if not behind or behind[0].low not in {"and", "&"}:
        return False
    titled = next((i for i, token in enumerate(behind) if token.low in _HELD_BY and token.capital), 0)
    return titled > 1 and all(token.capital for token in behind[1:titled])


def _read_body(run: Run, tokens: list[Token]) -> list[Candidate] | None:
    """A run that holds the word for a body: "Northern Defence Compact", "Committee on Emergency Situations"."""
    lows = [token.low.rstrip(".") for token in tokens]
    if len(tokens) == 1:
        acronym = tokens[0].text.replace(".", "")
        if 2 + tokens[0].opens <= len(acronym) <= 6 and acronym.isupper() and acronym.isalpha():
            return [candidate_of(tokens, (Kind.ORG, Rule.ACRONYM), FAIR)]
        return None
    small_form = next((token for token in run.tokens[run.last : run.last + 1] if token.text in _SMALL_FORMS), None)
    has_form = (
        (lows[-1] in company_forms() and lows[-1] not in not_names() and not tokens[-1].text.islower())
        or small_form is not None
        or any(t.text == "&" for t in tokens)
    )
    is_house = lows[:2] == ["house", "of"] and lows[-1].endswith("s")  # "House of Deputies"
    if not has_form and not is_house and not any(low in org_heads() for low in lows):
        return None
    if lows[-1] in place_nouns() and lows[-1] not in org_heads():  # "Police Academy Street"
        return None
    found = candidate_of(tokens, _BODY)
    if small_form:  # it stands behind the name, in the way of the verb: "Ardent Rail plc said"
        found.end = small_form.end
    return [found]


def _is_called_body(run: Run) -> bool:
    """Tell "Blue Coast, a charity," and "the charity Blue Coast" from "Gold Coast, a resort,"."""
    noun = kind_noun(run.tokens[max(0, run.first - 2) : run.first])
    if noun and not is_trade(noun):
        return True
    return is_described_as_body(run.tokens[run.last : run.last + 8])


def _read_lake(_: Run, tokens: list[Token]) -> list[Candidate] | None:
    """A name by the word for a place before it: "Lake Chad", "Mount Orm", "the Straits of Garm"."""
    if len(tokens) < 2 or tokens[-1].low in org_heads():
        return None
    if tokens[0].low in _PLACE_TITLES:
        named = tokens[1:] if tokens[0].low == "river" else tokens
        return [candidate_of(named, _PLACE, words=tokens[0].text)]
    is_sea = len(tokens) > 2 and tokens[0].low in SEAS and tokens[1].low == "of"
    return [candidate_of(tokens, _PLACE, words=f"{tokens[0].text} of")] if is_sea else None


def _read_place(run: Run, tokens: list[Token]) -> list[Candidate] | None:
    """A run that holds the word for a place: "Lake Chad", "Zenda District"; "Joan Park" may be somebody."""
    lows = [token.low for token in tokens]
    if len(tokens) < 2:
        return None
    if lows[-1] in place_nouns() and lows[-1] not in body_words() and not _is_called_body(run):
        if has_given_name([token.text for token in tokens]) and not place_nouns()[lows[-1]]:
            return [read_namesake(run, tokens)]
        bare = place_nouns()[lows[-1]] and len(tokens) == 2 and lows[0] not in place_openings()
        return [candidate_of(tokens[:-1] if bare else tokens, _PLACE, words=tokens[-1].text)]
    return None
