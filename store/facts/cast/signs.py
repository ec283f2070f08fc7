"""The signs around a name that its own words do not settle: "in", a trade before it, an apposition after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from store.facts.cast.candidates import FAIR, STRONG, SURE, WEAK, Candidate, candidate_of
from store.facts.cast.doings import OFFERED_BY_STATES, is_given_by_states, weigh_doing
from store.facts.cast.gazetteer import country_named, country_of_demonym
from store.facts.cast.kinds import (
    has_given_name,
    head_of_apposition,
    is_given_name,
    is_trade,
    kind_noun,
    makes_name,
    names_person,
)
from store.facts.cast.names import Run, Token, not_names, org_heads
from store.facts.cast.vocabulary import (
    body_heads,
    body_words,
    company_belongings,
    country_nouns,
    describes,
    firm_nouns,
    gendered_nouns,
    peopled,
    person_nouns,
    place_generics,
    place_nouns,
    place_openings,
    speech_verbs,
    thing_words,
    title_sort,
)
from store.facts.model import Kind
from store.facts.numbers.counted import is_past
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Rule

PLACE_PREPOSITIONS = {
    "in": STRONG, "near": STRONG, "outside": FAIR, "into": FAIR, "across": FAIR, "around": FAIR,
    "towards": FAIR, "toward": FAIR, "from": FAIR, "at": FAIR, "along": FAIR, "inside": FAIR, "off": FAIR,
    "throughout": FAIR, "via": FAIR, "visited": FAIR, "visit": FAIR, "visiting": FAIR, "entered": FAIR, "fled": FAIR,
    "to": WEAK, "over": WEAK, "through": WEAK, "between": WEAK, "reached": WEAK, "left": WEAK,
}  # fmt: skip
# "northern Vesterland", "downtown Bresk": what only a place has, and what people hold in one: "the mayor of Bresk".
_SIDES = frozenset(
    {"northern", "southern", "eastern", "western", "central", "coastal", "downtown", "rural", "mainland"}
    | {f"{one}{dash}{other}ern" for one in ("north", "south") for other in ("east", "west") for dash in ("", "-")}
    | {"neighbouring", "neighboring", "nearby"}
)
_OF_PLACES = frozenset(
    {"mayor", "governor", "prefect", "outskirts", "streets", "north", "south", "east", "west", "people"}
    | {"hall", "shops", "roads", "suburb", "suburbs", "slums", "docks", "schools", "hospitals", "skies"}
)
_SPONSORS = frozenset({"sponsor", "backer", "co-owner", "shareholder", "creditor", "bidder"})  # people as often
_EMPLOYERS = frozenset({"employer", "owner", "operator"})  # people too, but seldom before a comma and a name
# Said of persons, but as often of countries, clubs and firms before their names.
_PEOPLE_OR_BODIES = frozenset(
    {"rival", "partner", "opponent", "neighbour", "neighbor", "champion", "contender", "buyer", "seller", "member"}
    | {"sponsor", "backer", "donor", "bidder", "creditor", "shareholder", "landlord", "co-owner"}
    | {"source", "parent", "sister", "head", "chair", "guard", "critic", "investor", "player", "employer", "owner"}
    | {"taxpayer", "polluter"}
)
_ON_BORDERS = frozenset({"guard", "guards", "service", "police", "troops", "official", "officials"})
CLOSING = frozenset("\"”’'»“")
_JOINED_WORDS = re.compile(r"[a-z]{3}[A-Z]")
_MOTION, _BEFALLEN, _WAYS = word_class("motion"), word_class("befallen"), word_class("ways")
_CHIEFS = frozenset({"executive", "economist", "strategist", "operating", "financial", "investment", "technology"})
_ANALYSTS = frozenset({"analyst", "economist", "strategist", "trader", "broker"})
_SENT = frozenset({"envoy", "envoys", "ambassador", "embassy", "troops", "soldiers", "diplomat", "diplomats"})
_SHARES = frozenset({"share", "shares", "stake", "stakes", "stock", "shareholding"})
_GIVEN = frozenset({"offered", "gave", "lent", "sent", "sold", "promised", "pledged", "denied", "refused"})
_LANDS = frozenset({"republic", "kingdom", "country", "nation", "emirate", "principality", "hamlet", "resort"})
_OWNED = frozenset({"owned", "run", "operated", "built", "made", "published", "developed", "employed"})
_ATTENDANTS = frozenset(
    {"aide", "spokesman", "spokeswoman", "spokesperson", "lawyer", "adviser", "advisor", "ally", "supporter"}
    | {"attorney"}
)


def read_open(run: Run, tokens: list[Token]) -> Candidate:
    """Collect the signs for a run whose own words do not say what it is."""
    if len(tokens) > 1 and country_of_demonym(tokens[0].text):
        owner = country_of_demonym(tokens[0].text)
        tokens = tokens[1:]
        found = candidate_of(tokens)
        found.of = owner
    else:
        found = candidate_of(tokens)
    before, after = around(run, tokens[0])
    _weigh_before(found, tokens, before, after)
    _weigh_kind(found, tokens, before, run.tokens[run.last :])
    _weigh_after(found, tokens, before, after)
    weigh_doing(found, tokens, after)
    if before and after and after[0].low in speech_verbs():
        _weigh_speaking(found, tokens, before[-1])
    if tokens[0].low in thing_words() or (before and before[-1].low in thing_words()):
        found.vote_against(Kind.PERSON, SURE)
        found.vote_against(Kind.PLACE, SURE)
    if len(tokens) == 1 and _JOINED_WORDS.search(tokens[0].text):  # "PetroNova"
        found.vote(Kind.ORG, FAIR, Rule.BODY_JOINED)
    if len(tokens) > 1 and any(token.low in body_words() for token in tokens):
        found.vote(Kind.ORG, STRONG, Rule.BODY_WORD)
        if tokens[-1].low in body_words() and not (has_given_name(found.words) or _is_somebody_told(found)):
            found.vote_against(Kind.PERSON, STRONG)  # "Tarn Minerals, whose pits", "Clean Relief said"
    if len(tokens) > 1 and country_named(tokens[-1].text) and not has_given_name(found.words):  # "Bowls Canada"
        found.vote(Kind.ORG, FAIR, Rule.BODY_OF_COUNTRY, tokens[-1].text)
        found.vote_against(Kind.PERSON, STRONG)
    if len(tokens) > 1 and tokens[0].low.rstrip(".") in place_openings():
        found.vote(Kind.PLACE, FAIR, Rule.PLACE_OPENING, tokens[0].text)
    if len(tokens) > 1 and tokens[0].low in place_generics() and not is_given_name(tokens[0].text):  # "Alta Venter"
        found.vote(Kind.PLACE, STRONG + 1, Rule.PLACE_OPENING, tokens[0].text)
    if makes_name(tokens):
        preceding = before[-1].low if before else ""
        is_located = PLACE_PREPOSITIONS.get(preceding, 0) > FAIR
        found.vote(Kind.PERSON, WEAK if is_located else FAIR, Rule.PERSON_WORDS)
        if preceding == "the":
            found.vote_against(Kind.PERSON, STRONG)
    return found


def _is_somebody_told(found: Candidate) -> bool:
    """Tell "Solvi Mills, 34," and "Solvi Mills, a baker" from "Tarn Minerals, whose pits"."""
    either = _PEOPLE_OR_BODIES | {"whose"}
    return any(rule is Rule.PERSON_APPOSED and words not in either for _, _, rule, words in found.signs)


def around(run: Run, first: Token) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return the eight tokens before *first* and the eight after the run."""
    begin = next(at for at in range(run.first, run.last) if run.tokens[at] is first)
    return run.tokens[max(0, begin - 8) : begin], run.tokens[run.last : run.last + 8]


def _weigh_before(found: Candidate, tokens: Sequence[Token], before: Sequence[Token], behind: Sequence[Token]) -> None:
    if not before:
        return
    last = before[-1].low
    second = before[-2].low if len(before) > 1 else ""
    found.gender = gendered_nouns().get(second if last == "," else last)
    _weigh_preposition(found, before, is_single=len(tokens) == 1)
    if last == "," and len(tokens) > 1 and _is_office_before(before):  # "the governor of the Zenda region, A B"
        found.vote(Kind.PERSON, STRONG, Rule.OFFICE_BEFORE)
    elif not before[-1].owns and (place := _place_before(before, last, second)):
        found.vote(Kind.PLACE, place[0], Rule.WORD_BEFORE, place[1])
    elif last == "," and _is_body_before(before[:-1], is_named=has_given_name(found.words)):
        found.vote(Kind.ORG, STRONG + 1, Rule.WORD_BEFORE, second)
        found.vote_against(Kind.PERSON, FAIR)
    elif last == "by" and second in _OWNED:  # "owned by Corvus"
        found.vote(Kind.ORG, STRONG + 1, Rule.WORD_BEFORE, f"{second} by")
    elif kind_noun(before):
        return  # weighed by itself
    elif last in person_nouns():
        is_either = last in _PEOPLE_OR_BODIES
        found.trade_told = not is_either and not before[-1].owns
        is_body = is_either and len(tokens) > 1 and tokens[-1].low in body_words() and not has_given_name(found.words)
        found.vote(Kind.PERSON, WEAK if is_body else STRONG, Rule.PERSON_BEFORE, last)  # "its owner Tarn Resources"
    elif last in _GIVEN and not before[-1].owns and is_given_by_states(behind):
        found.vote(Kind.PLACE, FAIR, Rule.WORD_BEFORE, last)
    elif last in speech_verbs():
        found.has_word = len(before) > 1 and before[-2].text in CLOSING
        weight = STRONG if found.has_word else FAIR if len(tokens) > 1 else WEAK
        found.vote(Kind.PERSON, weight, Rule.PERSON_SPEAKS, last)
    elif last == "," and _is_somebodys(before[:-1], is_given=is_given_name(found.words[0])):  # "Grant's wife, Mary"
        found.trade_told = True
        found.vote(Kind.PERSON, STRONG, Rule.PERSON_BEFORE, second)
    elif last == "," and any(token.low in person_nouns() for token in before[-5:-1]):
        noun = next(token.low for token in before[-5:-1] if token.low in person_nouns())
        found.vote(Kind.PERSON, FAIR, Rule.PERSON_BEFORE, noun)
    elif last in _SIDES and (before[-1].opens or not before[-1].capital):
        found.vote(Kind.PLACE, STRONG, Rule.WORD_BEFORE, last)


def _place_before(before: Sequence[Token], last: str, second: str) -> tuple[float, str] | None:
    """Return the weight and the words of a sign for a place: "the capital, Bresk,", "bound for Bresk"."""
    if last in place_nouns() or (last in {"of", ","} and second in place_nouns()):
        return STRONG + 1, last if last in place_nouns() else second
    if last == "as" and second == "known" and any(token.low in place_nouns() for token in before[-6:-2]):
        return STRONG, "known as"  # "the district, known as Little Tarn"
    if last == "for" and second in {"left", "bound", "headed", "heading", "leaving"}:
        return FAIR, f"{second} for"
    if last == "with" and second in {"border", "frontier"}:
        return STRONG, f"{second} with"
    return None


def _weigh_kind(found: Candidate, tokens: Sequence[Token], before: Sequence[Token], behind: Sequence[Token]) -> None:
    """Weigh the noun for a kind of body before a name: "the power company Corvus", "brewer Ann Holt".

    One that is no trade settles it, unless the name is a person's who does something with it: "the firm Ann Holt runs".
    """
    noun = kind_noun(before)
    if noun is None:
        return
    if not is_trade(noun):
        found.vote_for_body(noun, STRONG + 1 if has_given_name([token.text for token in tokens]) else SURE)
    elif names_person(tokens, behind):
        found.vote(Kind.PERSON, STRONG, Rule.PERSON_BEFORE, noun)
    else:
        found.vote_for_body(noun, 2 * STRONG)


def _weigh_speaking(found: Candidate, tokens: Sequence[Token], before: Token) -> None:
    """Weigh what stands before a name that speaks: "..." Ruiz said, the Coast Aid Trust said."""
    if before.text in CLOSING:
        found.has_word = True
        found.vote(Kind.PERSON, FAIR, Rule.PERSON_QUOTED)
    elif before.low == "the" and len(tokens) > 1:
        found.vote(Kind.ORG, STRONG, Rule.BODY_SPEAKS)


def _is_somebodys(before: Sequence[Token], *, is_given: bool) -> bool:
    """Tell a noun of persons that somebody has: "Grant's wife", "his brother", "the minister's spokesman".

    A "sister" or "partner" may be a firm, unless a given name follows.
    """
    nouns = person_nouns() if is_given else person_nouns() - _PEOPLE_OR_BODIES
    if not before or before[-1].low not in nouns or before[-1].owns:
        return False
    owner = next((token for token in reversed(before[-4:-1]) if token.owns or not describes(token)), None)
    return owner is not None and (owner.owns or owner.low in {"his", "her", "their"})  # "Grant's eldest daughter"


def _is_office_before(before: Sequence[Token]) -> bool:
    """Tell "the governor of the Zenda region," by an office and its "of"."""
    return any(one.low in person_nouns() and of.low in {"of", "for", "at", "from"} for one, of in pairwise(before))


def _is_body_before(before: Sequence[Token], *, is_named: bool) -> bool:
    """Tell whether a name behind a comma is a body's: "a rival lobby group, Corvus,", "its main sponsor, Corvus,".

    Its noun stands before it, and nobody's office at the body; *is_named*, the name begins with a given one.
    """
    noun = before[-1] if before else None
    nouns = firm_nouns() | _EMPLOYERS | (frozenset() if is_named else _SPONSORS)
    if noun is None or noun.capital or noun.owns or noun.low not in nouns:
        return False
    return not _is_office_before(before[-6:-1])


def _weigh_preposition(found: Candidate, before: Sequence[Token], *, is_single: bool) -> None:
    """Weigh "in", "near", "citizens of", "driven to" before a name."""
    last, second = before[-1].low, before[-2].low if len(before) > 1 else ""
    if _is_where_people_are(found, last, second):
        found.vote(Kind.PLACE, FAIR, Rule.WORD_BEFORE, f"{second} {last}")
        found.vote_against(Kind.PERSON, FAIR)
    elif last == "in" and second in _SHARES:  # "shares in Ruiz Brill"
        found.vote(Kind.ORG, STRONG, Rule.WORD_BEFORE, f"{second} in")
    elif last == "at" and second.rstrip("s") in person_nouns() and not found.owns:  # "analysts at Wood & Dale"
        found.vote(Kind.ORG, STRONG, Rule.WORD_BEFORE, f"{second} at")
        found.vote_against(Kind.PERSON, STRONG)
        found.kind_told = found.kind_told or second.rstrip("s") in _ANALYSTS
    elif last == "to" and (verb := next((token.low for token in before[-5:-1] if token.low in _MOTION), "")):
        found.vote(Kind.PLACE, FAIR, Rule.WORD_BEFORE, f"{verb} to")
    elif last == "to" and (way := _way_before(before)) and (is_single or not has_given_name(found.words)):
        found.vote(Kind.PLACE, FAIR, Rule.WORD_BEFORE, f"{way} to")
    elif last in PLACE_PREPOSITIONS:
        weight = PLACE_PREPOSITIONS[last]
        found.vote(Kind.PLACE, weight if is_single or weight > FAIR else WEAK, Rule.WORD_BEFORE, last)
    elif last == "of" and has_given_name(found.words):  # "the government of Ruth Field"
        if second in _OF_PLACES:
            found.vote(Kind.PLACE, FAIR, Rule.WORD_BEFORE, f"{second} of")
    elif last == "of":
        owned = second in country_nouns() or second in place_nouns() or second in peopled()
        held = second in _OF_PLACES
        found.vote(Kind.PLACE, STRONG if held else FAIR if owned else WEAK, Rule.WORD_BEFORE, f"{second} of")
    elif last == "the" and second in PLACE_PREPOSITIONS and is_single:
        found.vote(Kind.PLACE, WEAK, Rule.WORD_BEFORE, f"{second} the")


def _way_before(before: Sequence[Token]) -> str:
    """Return the way or the journey that leads "to" a name: "a visit to", "the road from Ardley to"; empty for none."""
    lows = [token.low for token in before[:-1]]
    if lows and lows[-1] in _WAYS:
        return lows[-1]
    begin = next((at for at in range(len(lows) - 1, 0, -1) if lows[at] == "from"), 0)
    return lows[begin - 1] if begin and lows[begin - 1] in _WAYS else ""


def _is_where_people_are(found: Candidate, last: str, second: str) -> bool:
    """Tell "nurse from Tarn Vale", "brought out of Tarn Vale" and "trapped at Tarn Vale" from "shouted at Al Ruiz"."""
    if len(found.words) < 2:
        return False
    comes = last == "from" and second in person_nouns() and not has_given_name(found.words)
    return comes or (last == "of" and second == "out") or (last == "at" and second in _BEFALLEN)


def _is_place_noun(word: str, following: str) -> bool:
    """Tell "the Oder river" from "Ruritanian border guards", where the noun only describes the next.

    A camp that speaks is a candidate's: "Ruiz camp: ...", "the Ruiz camp said".
    """
    speaks = word == "camp" and (following == ":" or following in speech_verbs())
    return word in place_nouns() and following not in _ON_BORDERS and not speaks


def _weigh_after(found: Candidate, tokens: Sequence[Token], before: Sequence[Token], after: Sequence[Token]) -> None:
    if not after:
        return
    lows = [token.low for token in after[:3]] + ["", "", ""]
    first, second, third = lows[:3]
    if tokens[-1].owns:
        _weigh_owned(found, first, second, third)
        if after[0].capital and len(after) > 1 and not after[1].capital and _is_place_noun(second, third):
            found.vote(Kind.PLACE, STRONG, Rule.PLACE_OWNS, second)  # "Ruritania's Zenda valley"
        if _owns_body(after):
            found.vote(Kind.PLACE, STRONG, Rule.PLACE_OWNS, f"{first} {second}")
    elif not after[0].capital and _follows_body(first, single=len(tokens) == 1, told=not found.tells_nothing):
        found.vote(Kind.ORG, STRONG, Rule.WORD_AFTER, first)
    elif _is_place_noun(first, second) or (
        first.isalpha() and first not in not_names() and _is_place_noun(second, third)
    ):  # "Zenda district", "the Zenda training ground"
        found.vote(Kind.PLACE, STRONG, Rule.WORD_AFTER, first if first in place_nouns() else f"{first} {second}")
        if len(tokens) > 1:  # "its Tarn Deep copper mine" tells what Tarn Deep is ever after
            found.vote_against(Kind.PERSON, FAIR if has_given_name(found.words) else STRONG)
    elif first in _SENT or (first == "customs" and second in _ON_BORDERS | {"officers", "men"}):
        found.vote(Kind.PLACE, FAIR, Rule.WORD_AFTER, first)
    if not tokens[-1].owns and second == "its" and not after[0].capital and is_past(first):
        if len(tokens) > 1:  # of one word it may be a country: "Orvane closed its border"
            found.vote(Kind.ORG, FAIR, Rule.WORD_AFTER, f"{first} its")
        found.vote_against(Kind.PERSON, FAIR)  # "Tarn Loom raised its forecast"
    if first in speech_verbs():
        found.vote(Kind.PERSON, FAIR if len(tokens) > 1 else WEAK, Rule.PERSON_SPEAKS, first)
        found.vote(Kind.PLACE, WEAK, Rule.PLACE_SPEAKS, first)  # a government speaks by its country's name
    if first == ",":
        _weigh_apposition(found, before, after)


def _follows_body(noun: str, *, single: bool, told: bool) -> bool:
    """Tell "the Wagner group" and "a Dale Sachs banker", where a small word follows a body's name."""
    return (told and noun in org_heads()) or (not single and noun in person_nouns() and noun not in _ATTENDANTS)


def _weigh_owned(found: Candidate, first: str, second: str, third: str) -> None:
    """Weigh what a possessive owns: a border, an offer of troops, a chairman, a Ms Dahl."""
    if first in {"offer", "offers"} and second == "of" and third in OFFERED_BY_STATES:
        found.vote(Kind.PLACE, STRONG, Rule.PLACE_OWNS, f"{first} of {third}")
    if first in country_nouns() or second in country_nouns():
        found.vote(Kind.PLACE, STRONG, Rule.PLACE_OWNS, first if first in country_nouns() else f"{first} {second}")
        found.rules_itself = country_nouns().get(first, False)
    elif title_sort(first) == "honorific":  # "Ruritania's Ms Dahl"
        found.vote(Kind.PLACE, FAIR, Rule.PLACE_OWNS, first)
    elif first in _ATTENDANTS:
        found.vote(Kind.PERSON, WEAK, Rule.PERSON_OWNS, first)
    elif _is_company_owned(first, second):
        found.vote(Kind.ORG, FAIR, Rule.BODY_OWNS, first)


def _is_company_owned(first: str, second: str) -> bool:
    """Tell what only a company has: "shares", "chief executive", "operations director"."""
    is_office = (first == "chief" and second in _CHIEFS) or (second == "director" and first.isalpha())
    return first in company_belongings() or is_office


def _speaks_for(before: Sequence[Token]) -> bool:
    """Tell the "spokesman for" and "head of" by which somebody else is named than the name that follows."""
    words = [token.low for token in before[-2:]]
    return len(words) == 2 and words[1] in {"for", "of", "at", "from"} and words[0] in person_nouns()


def _owns_body(after: Sequence[Token]) -> bool:
    """Tell "Ruritania's anti-corruption bureau"."""
    for at, token in enumerate(after[:4]):
        if token.low in body_heads() and not token.capital:
            return at > 0
        if not describes(token):
            break
    return False


def _weigh_apposition(found: Candidate, before: Sequence[Token], after: Sequence[Token]) -> None:
    """Weigh what stands after a comma: an age, "who", a trade, what a body is called."""
    second, third, fourth = (token.low for token in [*after[1:4], after[0], after[0], after[0]][:3])
    if second == "whose" and _is_company_owned(third, fourth):
        found.vote(Kind.ORG, STRONG, Rule.BODY_OWNS, third)
    elif second == "who" and _speaks_for(before):
        return  # "a spokesman for Corvus, who called": he did
    elif second.isdigit() or second in {"who", "whose", "aged"}:
        found.vote(Kind.PERSON, STRONG, Rule.PERSON_APPOSED, second)
        found.has_age = second.isdigit()
    elif second in {"a", "an", "the", "his", "her", "its"}:
        noun = head_of_apposition(after[2:])
        if noun in person_nouns():
            found.vote(Kind.PERSON, STRONG, Rule.PERSON_APPOSED, noun)
        elif noun in firm_nouns():
            found.vote(Kind.ORG, STRONG, Rule.BODY_APPOSED, noun)
            # "in Bresk, the relief agency said" has the same look with "the"
            found.kind_told = found.kind_told or (second in {"a", "an"} and not found.stands_as_place)
        elif noun in place_nouns() or noun in _LANDS:
            found.vote(Kind.PLACE, STRONG, Rule.PLACE_APPOSED, noun)
    elif second == "which":
        found.vote_against(Kind.PERSON, STRONG)
    if third in person_nouns():
        found.vote(Kind.PERSON, FAIR, Rule.PERSON_APPOSED, third)
