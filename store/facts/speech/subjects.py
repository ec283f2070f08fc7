"""Who stands before a verb of speech: its subject, across "who ...", "the deputy head," and other insertions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.facts.cast.gazetteer import state_named
from store.facts.cast.vocabulary import title_sort
from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.model import Kind, Speaker
from store.facts.speech.cues import Cue
from store.facts.speech.heard import Heard
from store.facts.speech.naming import describe, name_phrase
from store.facts.speech.papers import behind_paper
from store.facts.speech.phrases import QUOTES, Line, Phrase, Token
from store.facts.speech.stretches import CLAUSE_PREPOSITIONS, FINITE, edge_before, is_embedded, mark_before, reach

_INSERTION_OPENERS = ("relative", "determiner", "possessive", "preposition", "adverb")
_BRACKETS = frozenset({",", ")", "—", "–", "-"})
_MOST_INSERTIONS = 6  # "Ana Ruiz, 59, of Ashton, Md., who saw it, said" has four
_LONGEST_OFFICE = 8  # tokens that hang on an office: "the head | of the bakers' guild in Tarn"
_NOBODY = frozenset({"each", "neither", "nobody", "no", "either", "none"})
_EACH_OTHER = frozenset({("each", "other"), ("one", "another")})
_PLACING = frozenset({"where", "when", "while", "because", "although", "though"})
_ORDERING, _LONGEST_CLEFT = frozenset({"first", "last", "once"}), 14  # "who first said"; tokens before that "who"
_COUNTED = frozenset({"whom", "which"})
_GOVERNMENT = "Government of "
_PARTY_AND_STATE = re.compile(r"[A-Z]{1,3}-[A-Z][\w.]*")  # "D-Utah"
_LINKS = frozenset({"of", "for", "in", "at", "and", "to", "by", "with", "from"})  # in an office they begin its owner


@dataclass(frozen=True, slots=True)
class Subject:
    """Whoever has the word, and where the attribution begins."""

    speaker: Speaker | None
    first: int
    is_embedded: bool


def resolve(line: Line, phrase: Phrase, heard: Heard, *, until: int, must_speak: bool = False) -> Speaker | None:
    """Name a phrase, looking behind papers: "figures released by the ministry", "a police statement".

    With *must_speak*, only somebody can stand there, and an unknown noun is taken for a description of them.
    """
    is_paper, speaker = behind_paper(line, phrase, heard, until=until)
    if is_paper:
        return speaker
    speaker = name_phrase(line, phrase, heard, until=until)
    return describe(line, phrase, heard, until=until) if speaker is None and must_speak else speaker


def subject_before(line: Line, cue: Cue, heard: Heard) -> Subject | None:
    """Return the subject to the left of an active cue that no "and" joins to a verb before it."""
    if _behind_as(line, cue.first):
        return None
    edge = edge_before(line, cue.first)
    if edge < cue.first - 2 and _is_adverb(line, cue.first - 1):
        cue = replace(cue, first=cue.first - 1)  # "sailors | especially | say"
    return _subject_to_left(line, cue, heard, edge=edge)


def _subject_to_left(line: Line, cue: Cue, heard: Heard, *, edge: int) -> Subject | None:
    if edge == cue.first - 1:
        if edge >= 0 and line.tokens[edge].text == ")":
            bracketed = _before_bracket(line, cue, edge, heard)
            if bracketed:
                return bracketed
        return _over_insertions(line, cue, edge, heard)
    counted = next((i for i in range(edge + 2, cue.first - 1) if line.tokens[i].low in _COUNTED), None)
    if counted and line.tokens[counted - 1].low == "of":  # "50 sailors, of whom 12 said"
        return Subject(None, counted - 1, is_embedded=True)
    cue = _behind_who(line, cue)
    last_word = line.tokens[cue.first - 1].low
    if last_word in word_class("relative") or last_word == "that" or _leads_in_time(line, edge + 1, cue.first):
        at = cue if not _leads_in_time(line, edge + 1, cue.first) else replace(cue, first=edge + 2)
        return _of_relative(line, at, heard)
    phrases = [p for p in line.phrases(edge + 1, cue.first - 1) if not p.is_time]
    if phrases and phrases[-1].after in CLAUSE_PREPOSITIONS:  # "two days after the army said"
        found = subject_of(line, cue, replace(phrases[-1], after=None), heard)
        if found and found.speaker:
            return found
    relative = next((i for i in range(edge + 2, cue.first) if line.tokens[i].low in word_class("relative")), None)
    free = [p for p in phrases if p.after in (None, "as", "that") and (relative is None or p.last < relative)]
    if not free and edge < 0:
        free = _person_at_verb(line, cue)
    return subject_of(line, cue, free[-1], heard) if free else _over_insertions(line, cue, edge, heard)


def _behind_as(line: Line, index: int) -> bool:
    """Tell "not three | as previously | reported", where nobody is named between "as" and the verb at *index*."""
    at = index - 1
    while at > 0 and line.tokens[at].low in word_class("adverb"):
        at -= 1
    return line.tokens[at].low == "as"


def _leads_in_time(line: Line, index: int, verb: int) -> bool:
    """Tell a "who" at *index* that only a time parts from its *verb*: "who | last week | was telling"."""
    between = line.phrases(index + 1, verb - 1)
    is_time = bool(between) and all(phrase.is_time for phrase in between)
    return line.tokens[index].low == "who" and is_time and not any(t.low in FINITE for t in line.tokens[index:verb])


def _person_at_verb(line: Line, cue: Cue) -> list[Phrase]:
    """Return the person right before a verb that opens no other subject: "On the bridge baker | Ana Ruiz | said"."""
    named = line.names_in(0, cue.first - 1, Kind.PERSON)
    return [Phrase(at, end) for _, at, end in named[-1:] if end == cue.first - 1 and not line.tokens[end].owning]


def _is_adverb(line: Line, index: int) -> bool:
    """Tell "especially" from "family" and "police ally" between a subject and its verb."""
    token = line.tokens[index]
    noun = any(token.low in word_set(name) for name in ("person_nouns.txt", "group_nouns.txt", "body_nouns.txt"))
    return token.low.endswith("ly") and not (token.is_capital or token.is_mark or noun or index in line.named)


def subject_of(line: Line, cue: Cue, phrase: Phrase, heard: Heard, *, start: int | None = None) -> Subject | None:
    """Return *phrase* as the subject of *cue*; *start* is where the attribution begins, if before the phrase.

    None for "both sides blame" and "Chad and Niger blame each other": there nobody vouches.
    """
    words = [t.low for t in line.tokens[phrase.first : phrase.last + 1]]
    object_ = tuple(t.low for t in line.tokens[cue.last + 1 : cue.last + 3])
    mutual = cue.kind == "judge" and (object_ in _EACH_OTHER or (words[-1] in {"side", "sides"} and len(words) <= 2))
    if words[0] in _NOBODY or words[0] in word_class("opening_preposition") or mutual:
        return None
    until = reach(line, phrase, cue.first - 1)
    speaker = resolve(line, phrase, heard, until=until, must_speak=cue.kind in {"say", "deny"})
    speaker = _joined(line, phrase, speaker, heard)
    first = phrase.first if start is None else min(start, phrase.first)
    return Subject(speaker, first, is_embedded(line, phrase.first) or is_embedded(line, first))


def _joined(line: Line, phrase: Phrase, speaker: Speaker | None, heard: Heard) -> Speaker | None:
    """ "Chad and Niger said": both have the word."""
    if speaker is None or phrase.first < 2 or line.tokens[phrase.first - 1].low != "and":
        return speaker
    earlier = [p for p in line.phrases(edge_before(line, phrase.first) + 1, phrase.first - 2) if not p.is_time]
    if not earlier or earlier[-1].after is not None or earlier[-1].last != phrase.first - 2:
        return speaker
    trade, opening = line.tokens[earlier[-1].last], line.tokens[earlier[-1].first]
    is_bare = opening.low not in word_class("determiner") | word_class("possessive") and not opening.is_number
    named = line.names_in(earlier[-1].first, earlier[-1].last)
    offices = line.tokens[earlier[-1].first : earlier[-1].last + 1]
    if all(title_sort(token.text) for token in offices) and title_sort(line.tokens[phrase.first].text):
        return speaker  # "Deputy Prime Minister and Finance Minister Lia Brun"
    if is_bare and not named and trade.low in word_set("person_nouns.txt") and not trade.is_capital:
        return speaker  # "campaigner and author Tess Hale", "Former minister and former mayor Lia Brun" is one
    other = name_phrase(line, earlier[-1], heard, until=earlier[-1].last)
    if other is None or other.confidence < 0.5:
        return speaker
    if other.name.startswith(_GOVERNMENT) and speaker.name.startswith(_GOVERNMENT):
        name = f"Governments of {other.name.removeprefix(_GOVERNMENT)} and {speaker.name.removeprefix(_GOVERNMENT)}"
    else:
        name = f"{other.name} and {speaker.name}"
    return Speaker(name, f"{other.as_printed} and {speaker.as_printed}", None, None, 0.75)


def _of_relative(line: Line, cue: Cue, heard: Heard) -> Subject | None:
    """ "..., who said": the phrase before it, which speaks for this clause only."""
    end = cue.first - 2
    if end >= 0 and line.tokens[end].is_mark:
        end -= 1
    if end < 0:
        return None
    phrases = [p for p in line.phrases(edge_before(line, end + 1) + 1, end) if not p.is_time]
    if not phrases:
        return None
    phrase = replace(next((p for p in reversed(phrases) if p.after is None), phrases[-1]), after=None)
    until = reach(line, phrase, end) if _is_cleft(line, end + 1) else phrase.last
    speaker = resolve(line, phrase, heard, until=until)
    return Subject(speaker, cue.first, is_embedded=not _is_cleft(line, end + 1)) if speaker else None


def _behind_who(line: Line, cue: Cue) -> Cue:
    """Take "first" and other adverbs into the *cue* of "who | first said"."""
    at = cue.first
    while at > 1 and (line.tokens[at - 1].low in _ORDERING or line.tokens[at - 1].low in word_class("adverb")):
        at -= 1
    return replace(cue, first=at) if line.tokens[at - 1].low == "who" else cue


def _is_cleft(line: Line, end: int) -> bool:
    """Tell "It was the harbour master, Olaf Brenk, who said" by what stands before its "who" at *end*: nothing else."""
    opening, verb = line.tokens[0], line.tokens[1].low
    is_short = opening.low == "it" and opening.text.lower() != "it"  # "It's"
    at = 1 if is_short else 2
    if opening.low != "it" or not (is_short or verb in {"was", "is"}) or not at < end <= _LONGEST_CLEFT:
        return False
    between = line.tokens[at:end]
    first = between[0].low
    is_somebody = first not in word_class("negation") | word_class("preposition") | {"there", "here", "only"}
    return is_somebody and not any(token.quoted or token.low in FINITE for token in between)


def explained(line: Line, phrase: Phrase, heard: Heard) -> Speaker | None:
    """Return the name behind the comma of "said the mayor of Tarn, Ana Ruiz," or "said one, a baker named Ana Ruiz"."""
    index = reach(line, phrase, min(phrase.last + _LONGEST_OFFICE, len(line.tokens) - 1)) + 2
    if line.tokens[phrase.first].low == "one":
        mark = next((i for i in range(phrase.last + 1, len(line.tokens)) if line.tokens[i].is_mark), phrase.last)
        index = _behind_named(line, mark) or mark + 1
    elif index >= len(line.tokens) or line.tokens[index - 1].text != ",":
        return None
    if index < len(line.tokens) and line.tokens[index].low in word_class("honorific"):
        index += 1
    name = line.named.get(index)
    others = line.names_in(phrase.first, phrase.last, Kind.PERSON)
    if name is None or name[0].kind is not Kind.PERSON or any(not line.tokens[end].owning for *_, end in others):
        return None  # "said Grant's wife, Mary" is Mary
    if line.tokens[name[1]].owning:  # "said a resident, Ana Ruiz's neighbour"
        return None
    return name_phrase(line, Phrase(index, name[1]), heard, until=name[1])


def _behind_named(line: Line, mark: int) -> int | None:
    """Return where the name begins in ", a baker named Ana Ruiz", which opens at *mark*."""
    for index in range(mark + 1, min(mark + 8, len(line.tokens) - 1)):
        if line.tokens[index].is_mark:
            return None
        if line.tokens[index].low in {"named", "called"}:
            return index + 1
    return None


# ---- insertions
def _over_insertions(line: Line, cue: Cue, edge: int, heard: Heard) -> Subject | None:
    """Go back over "who ...", "the deputy head", "in a statement" to the subject before it.

    A name that stands alone between the commas is the subject: "its chief, Ana Ruiz, said".
    """
    at = edge
    passed: Phrase | None = None  # what only seemed to be inserted: "On Monday, | a nurse in Tarn, Va.,"
    for _ in range(_MOST_INSERTIONS):
        at = _before_whose(line, at)
        if at <= 0 or not _ends_insertion(line, at):
            return None
        start = mark_before(line, at)
        name = name_alone(line, start + 1, at - 1)
        if name:
            return subject_of(line, cue, name, heard, start=_office_start(line, start))
        if line.tokens[start + 1].low in _PLACING:  # ", where a guard, who was off duty, said"
            free = _free(line, start + 2, at - 1)
            return subject_of(line, cue, free[0], heard) if len(free) == 1 and free[0].last == at - 1 else None
        described = _is_insertion(line, start + 1) or _is_state(line, start + 1, at - 1)
        free = _free(line, start + 1, at - 1)
        if not (described or _is_party(line, start + 1, at - 1)):
            clause = any(t.low in FINITE and not t.quoted for t in line.tokens[start + 1 : at])
            found = free[0 if clause else -1] if free else passed  # "Ruiz was late, but in a note said"
            return subject_of(line, cue, found, heard) if found else None
        passed = free[0] if free and line.tokens[free[0].first].low in word_class("determiner") else passed
        at = start
    return None


def _before_whose(line: Line, index: int) -> int:
    """Return the mark before ", whose head cook, Ana Ruiz, has left,", which ends at *index*; else *index* itself."""
    behind_name = mark_before(line, index)
    name = mark_before(line, behind_name) if behind_name > 0 else -1
    opening = mark_before(line, name) if name > 0 else -1
    if opening <= 0 or line.tokens[opening + 1].low != "whose" or line.tokens[behind_name + 1].low not in FINITE:
        return index
    return opening


def _ends_insertion(line: Line, index: int) -> bool:
    """Tell the mark that ends an insertion, a comma inside quotation marks among them: "who called it "a slap,"."""
    token = line.tokens[index]
    if not token.quoted:
        return token.text in _BRACKETS
    start = mark_before(line, index)
    opening = line.tokens[start + 1].low
    describes = opening in word_class("relative") or opening == "known" or opening.endswith("ed")
    return start > 0 and describes and token.text in QUOTES and line.tokens[index - 1].text == ","


def _before_bracket(line: Line, cue: Cue, closing: int, heard: Heard) -> Subject | None:
    """Return who stands before a bracket that ends right before the verb: "Ardent Rail plc (ARD) said"."""
    opening = next((at for at in range(closing - 1, 0, -1) if line.tokens[at].text == "("), None)
    if opening is None:
        return None
    last = opening - 1 - (line.tokens[opening - 1].text == ".")  # "Ardent Rail Inc. (ARD)"
    free = _free(line, edge_before(line, last + 1) + 1, last)
    return subject_of(line, cue, free[-1], heard) if free and free[-1].last == last else None


def _free(line: Line, first: int, last: int) -> Sequence[Phrase]:
    return [p for p in line.phrases(first, last) if p.after is None and not p.is_time]


def _office_start(line: Line, mark: int) -> int:
    """Return where the office begins that a name between commas explains."""
    if mark <= 0 or line.tokens[mark].text != ",":
        return mark + 1
    first = mark_before(line, mark) + 1
    tells = any(t.low in FINITE and not t.quoted for t in line.tokens[first:mark])  # "It was stolen, Petra Noll,"
    free = () if tells else _free(line, first, mark - 1)
    return free[-1].first if free else mark + 1


def name_alone(line: Line, first: int, last: int) -> Phrase | None:
    """Return the phrase of a name that fills a stretch, titles and articles aside: "a firm, Danube Tools,"."""
    for entity, at, end in line.names_in(first, last):
        before = line.tokens[first:at]
        titled = all(t.is_capital or t.is_number or t.low == "the" for t in before) or _is_office(before)
        alone = end == last and titled
        if alone and (entity.kind is Kind.PERSON or (entity.kind is Kind.ORG and _is_unnamed(line, first - 1))):
            return Phrase(at, end)
    return None


def _is_office(before: Sequence[Token]) -> bool:
    """Tell an office before a name: "the former finance minister"."""
    small = [token for token in before[1:] if not token.is_capital]
    ends = before[-1].low in word_set("person_nouns.txt") and not before[-1].owning
    return ends and before[0].low == "the" and not any(token.is_mark or token.low in _LINKS for token in small)


def _is_unnamed(line: Line, mark: int) -> bool:
    """Tell whether what stands before the mark names nobody, so that a body between commas can explain it."""
    named = line.names_in(mark_before(line, mark) + 1, mark - 1)
    return mark > 0 and all(line.tokens[last].owning for _, _, last in named)  # "Halden Bank's parent, Tarn Group,"


def _is_state(line: Line, first: int, last: int) -> bool:
    """Tell whether a stretch is the state or country of the town before it: "Ana Ruiz, of Ashton, | Md.,"."""
    if first < 2 or not line.tokens[first - 2].is_capital or not line.tokens[first].is_capital:
        return False
    name = line.named.get(first)
    named = name is not None and name[0].kind is Kind.PLACE and name[1] == last
    end = last - 1 if line.tokens[last].text == "." else last  # without the full stop of "Md."
    return named or state_named(" ".join(token.text for token in line.tokens[first : end + 1])) is not None


def _is_party(line: Line, first: int, last: int) -> bool:
    """ "Ada Crane, | Democrat of Utah, | said": tell whether a stretch is the party of the name before it."""
    if first < 2 or first - 2 not in line.name_ends:
        return False
    member = line.tokens[first].low in word_set("party_members.txt") and line.tokens[first].is_capital
    alone = first == last or line.tokens[first + 1].low in {"of", "from"}
    return (member and alone) or (first == last and bool(_PARTY_AND_STATE.fullmatch(line.tokens[first].text)))


def _is_insertion(line: Line, index: int) -> bool:
    """Tell whether a stretch between commas only describes: "who ...", "a 52-year-old driver", "speaking in Lima"."""
    if index <= 0:
        return False
    token = line.tokens[index]
    return (
        any(token.low in word_class(name) for name in _INSERTION_OPENERS)
        or token.is_number
        or (token.owning and index in line.named)
        or token.low.endswith(("ing", "ed"))
        or (not token.is_capital and token.low not in word_class("pronoun"))
    )
