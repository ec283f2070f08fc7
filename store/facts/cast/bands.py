"""Bodies whose name is a phrase: "a group calling itself the Sons of the Sea", "the charity Voices for Clean Water"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from store.facts.cast.candidates import Candidate, candidate_of
from store.facts.cast.gazetteer import is_known_place
from store.facts.cast.kinds import kind_noun
from store.facts.cast.names import Token, calendar, not_names, org_heads
from store.facts.cast.vocabulary import firm_nouns, peopled, person_nouns, place_nouns, speech_verbs, title_sort
from store.facts.english import is_english
from store.facts.model import Kind
from store.facts.rules import Rule

_BAND = (Kind.ORG, Rule.BAND)
_NAMING = frozenset({"itself", "themselves", "called", "named", "dubbed"})
_BELONGING = frozenset({"for", "of", "from", "by", "in"})
_ACTING = frozenset({"claimed", "denied", "threatened", "announced", "demanded", "vowed", "has", "have"})
_ARTICLES = frozenset({"a", "an", "the"})
_JOINING = frozenset({"of", "for", "against", "without", "to", "with", "and", "&"})
_TELLING = _JOINING - {"and", "&"}  # "the charity Nordhelp and Tarn Council" are two
_LONGEST_PHRASE = 8  # tokens
_MARKS = frozenset("\"“”'‘’«»")
_LONGEST_TAIL = 3  # words behind the "of"
_DESCRIBED_WITHIN = 5  # tokens of ", an armed group" behind the name


def find_bands(sentences: Sequence[Sequence[Token]]) -> list[list[Candidate]]:
    """Return for each sentence the mentions of bodies named by a phrase, each introduced or speaking once at least."""
    called = [dict(_called(tokens)) for tokens in sentences]
    told = {
        _name(tokens, at, last)
        for tokens, spans in zip(sentences, called, strict=True)
        for at, last in [*spans.items(), *(span for span in _phrases(tokens) if _is_told(tokens, *span))]
    }
    firsts = {name.split()[0] for name in told}
    return [
        [
            candidate_of(tokens[at : last + 1], _BAND)
            for at, last in (dict(_phrases(tokens)) | dict(_joined(tokens, firsts)) | spans).items()
            if _name(tokens, at, last) in told
        ]
        for tokens, spans in zip(sentences, called, strict=True)
    ]


def _name(tokens: Sequence[Token], at: int, last: int) -> str:
    return " ".join(token.text for token in tokens[at : last + 1])


def _phrases(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last token of each "Sons of the Sea" whose first word opens no place and no office."""
    for at in range(len(tokens) - 2):
        if tokens[at + 1].low != "of" or not _may_open(tokens, at):
            continue
        first = at + 2 + (tokens[at + 2].low == "the")
        last = first
        while last < min(len(tokens), first + _LONGEST_TAIL) and tokens[last].capital and not tokens[last - 1].owns:
            last += 1
        if last > first and tokens[first].low not in calendar() and not is_known_place(tokens[first].text):
            yield at, last - 1


def _called(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last token of each phrase right behind the kind of a body: "aid group Bread for Tarn".

    The first word is an English one, since "the insurer Corvus of Tarn" is called Corvus.
    """
    for at in range(1, len(tokens)):
        before = at - 1 if tokens[at - 1].low in {"called", "named"} else at  # "a rights group called Eyes of Tarn"
        if tokens[at].capital and kind_noun(tokens[max(0, before - 2) : before]):
            last = _end_of_phrase(tokens, at)
            if last is not None:
                yield at, last


def _joined(tokens: Sequence[Token], firsts: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield the phrases that begin with one of *firsts*, wherever they stand."""
    for at, token in enumerate(tokens):
        last = _end_of_phrase(tokens, at) if token.text in firsts else None
        if last is not None:
            yield at, last


def _end_of_phrase(tokens: Sequence[Token], first: int) -> int | None:
    """Return the last token of "Voices for Clean Water", None where nothing joins its words or they are no English."""
    last = first
    while not tokens[last].owns and last - first < _LONGEST_PHRASE:
        ahead = last + 1
        if ahead < len(tokens) and tokens[ahead].low in _JOINING and is_english(tokens[last].low):
            ahead += 1
        if ahead < len(tokens) and ahead > last + 1 and tokens[ahead].low in _ARTICLES:
            ahead += 1
        if ahead >= len(tokens) or not tokens[ahead].capital or tokens[ahead].low in calendar():
            break
        last = ahead
    text = [token.low for token in tokens[first : last + 1]]
    return last if set(text) & _TELLING else None


def _may_open(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    is_word = token.capital and not token.owns and len(token.text) > 1
    follows_name = at > 0 and tokens[at - 1].capital and tokens[at - 1].low not in _ARTICLES
    known = token.low in place_nouns() or token.low in not_names() or token.low in org_heads()
    return is_word and not follows_name and not known and title_sort(token.text) is None


def _is_told(tokens: Sequence[Token], at: int, last: int) -> bool:
    """Tell whether the words around a name make it a body's."""
    before = [t.low for t in tokens[max(0, at - 5) : at] if t.low not in _ARTICLES and t.text not in _MARKS]
    after = [t.low for t in tokens[last + 1 : last + 2 + _DESCRIBED_WITHIN] if t.text not in _MARKS]
    one, two = ["", "", *before][-1], ["", "", *before][-2]
    return (
        one in _NAMING
        or (one == "as" and two == "known")
        or one in firm_nouns()
        or (one == "," and two in firm_nouns())
        or (one in _BELONGING and two in person_nouns() | peopled())
        or (bool(after) and after[0] in speech_verbs() | _ACTING)
        or (after[:1] == [","] and len(after) > 1 and after[1] in _ARTICLES and not firm_nouns().isdisjoint(after[2:]))
    )
