"""What a question says beside its words: who is asked about, which outlet, which days, the latest, what it follows up.

Read with a small grammar over folded tokens. What was read as a filter is cut out of the words that are looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache

from store.facts.lexicon import table, word_set
from store.facts.words import FUNCTION_WORDS, Token, stem, tokens
from store.lookup.asking import BEING, HAVING
from store.lookup.browsing import browsed_topic, is_of_today
from store.lookup.periods import Period, read_period
from store.lookup.written_out import QUESTION_WORDS, write_out

SAYING = frozenset(
    """
    say says said saying tell tells told claim claims claimed state states stated comment comments commented
    announce announces announced declare declares declared warn warns warned promise promised insist insisted
    argue argued respond responded react reacted
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_BEFORE_NOUN = frozenset({"the", "a", "an", "this", "that", "any", "no", "his", "her", "their", "its"})
_AUXILIARIES = frozenset({"did", "does", "do", *HAVING, *BEING})
_ABOUT = frozenset(
    {"about", "on", "of", "regarding", "concerning", "over", "to", "that", "how", "in", "at", "would", "will"}
)
_REPORTING = frozenset({"report", "reports", "reported", "reporting", "write", "writes", "wrote", "carry", "carries",
                        "carried", "publish", "published", "written"})  # fmt: skip
_ASKING = frozenset({*QUESTION_WORDS, *_AUXILIARIES})
_SAY_NOTHING = FUNCTION_WORDS - _ASKING
_OF_OUTLET = frozenset({"by", "from", "in", "per", "via"})
# What somebody said, called by a noun after whose it is: any words of theirs will do. Of other nouns of saying, such as
# "verdict" and "warning", just that is asked for.
_UTTERANCES = frozenset(
    {"answer", "response", "reaction", "reply", "comment", "comments", "version", "position", "stance", "statement"}
)
_POSSESSIVE = re.compile(r"['’]s?\s")
_ENDING = re.compile(r"['’]s?$")
_LONGEST_OWNER = 5  # words of whose it is: "the Tajik foreign minister's"
_LATEST = frozenset({"latest", "newest", "now", "currently", "current", "recent", "recently", "still", "today"})
_FIRST = re.compile(
    r"\b(?:initial(?:ly)?|original(?:ly)?|at first|first (?:count|estimate|figure|report|toll))\b", re.IGNORECASE
)
_OPENS_FOLLOW_UP = (("and",), ("what", "about"), ("how", "about"), ("but",), ("or",), ("also",), ("then",))
_POINTS_BACK = frozenset("that it this those these they them he she him her his their so there then its".split())  # noqa: SIM905
_FEW_WORDS = 2  # telling words beside one that points back: still a follow-up


@dataclass(frozen=True, slots=True)
class Asked:
    """A question read whole."""

    words: str  # what is looked up
    dated: str = ""  # ... with the days that were read as a filter left in
    speaker: str | None = None  # as typed: "the Tajik foreign minister"
    outlet: str | None = None  # as held
    source: str | None = None  # as typed: who is asked for as a source and is no held outlet, "according to X"
    period: Period = field(default_factory=Period)
    missed: Period = field(default_factory=Period)  # the days that were asked for, when nothing is held of them
    latest: bool = False
    first: bool = False  # what was told at first, not what is known now
    browses: bool = False  # the news itself is asked for: the newest sentences, on `words` if there are any
    follows: bool = False  # it leaves out what the question before it said
    wants_speaker: bool = False  # "who said", "who warned"
    after: tuple[int, ...] = ()  # facts that the question before was answered with


def read_question(text: str, now: datetime, *, outlets: Iterable[str] = ()) -> Asked:
    """Return what *text* asks for. *outlets* are the names of those held; days are read against *now*."""
    text = write_out(text)
    given = tokens(text)
    if _is_courtesy(given):
        return Asked("")
    outlet, cut = _outlet(given, text, outlets)
    uttered, of_utterance = _uttered(given, text)
    cut = [*cut, *of_utterance]
    period, days = read_period(text, given, now)
    speaker, according = _speaker(given, text, [*cut, *days])
    newest = [(token.start, token.end) for token in given if token.text in {"latest", "newest"}]
    words = _without(text, [*cut, *days, *newest])
    follows = is_follow_up(given)
    left = _uncut(given, [*cut, *days])
    topic = browsed_topic([t.text for t in left], is_narrowed=not follows and bool(cut or days))
    if topic is not None:
        return _browsing(text, left, topic, Asked("", outlet=outlet, period=period, follows=follows), now)
    return Asked(
        words=words if tokens(words) else text,
        dated=_without(text, [*cut, *newest]),
        speaker=according or speaker or uttered,
        outlet=outlet,
        source=according or _reporter(given, text, [*cut, *days]),
        period=period,
        latest=any(token.text in _LATEST for token in given) or "so far" in text.casefold(),
        first=_FIRST.search(text) is not None,
        follows=follows,
        wants_speaker=_wants_speaker(given),
    )


def _browsing(text: str, left: Sequence[Token], topic: range, asked: Asked, now: datetime) -> Asked:
    """Return *asked* as a question for the news on the tokens *left* that *topic* names, of today if that is said."""
    words = " ".join(text[left[at].start : left[at].end] for at in topic)
    frame = [token.text for at, token in enumerate(left) if at not in topic]
    is_today = asked.period.is_open and is_of_today(frame)
    period = Period(now.date(), now.date()) if is_today else asked.period
    source = words if words and frame[-1:] == ["from"] else None
    return replace(asked, words=words, dated=words, source=source, period=period, latest=True, browses=True)


def _is_courtesy(given: Sequence[Token]) -> bool:
    """Tell whether somebody only greets, thanks or agrees: "thank you very much" asks for nobody who was thanked."""
    words, courtesies = [token.text for token in given], word_set("courtesies.txt")
    return bool(words) and words[0] in courtesies and courtesies.union(_SAY_NOTHING).issuperset(words)


def is_follow_up(given: Sequence[Token]) -> bool:
    """Tell whether a question cannot be understood without the one before it."""
    words = [token.text for token in given]
    if any(tuple(words[: len(opening)]) == opening for opening in _OPENS_FOLLOW_UP):
        return True
    telling = [word for word in words if word not in FUNCTION_WORDS and word not in SAYING]
    points_back = any(word in _POINTS_BACK for word in words)
    return not telling or (points_back and len(telling) <= _FEW_WORDS and not any(word in SAYING for word in words))


def _wants_speaker(given: Sequence[Token]) -> bool:
    """Tell whether somebody is asked for by what they said: "who said", "who denied", "who warned"."""
    words = [token.text for token in given]
    return len(words) > 1 and words[0] in {"who", "wo", "whos"} and (words[1] in SAYING or stem(words[1]) in _cues())


@cache
def _cues() -> frozenset[str]:
    return frozenset(stem(word) for row in table("cue_verbs.tsv") for word in row[0].split())


def _speaker(given: Sequence[Token], text: str, cut: Sequence[tuple[int, int]]) -> tuple[str | None, str | None]:
    """Return ("what did X say", "according to X"): the words that name a speaker, however they are put."""
    left = _uncut(given, cut)
    words = [token.text for token in left]
    verbs = [w in SAYING and not text[t.start].isupper() and words[at - 1 : at] != ["united"]
             for at, (w, t) in enumerate(zip(words, left, strict=True))]  # fmt: skip
    for at, word in enumerate(words):
        if word == "according" and words[at + 1 : at + 2] == ["to"]:
            return None, _name_between(left, at + 2, len(left), text)
        if word == "per" and at and words[at + 1 : at + 2] == ["the"]:  # but "per day"
            return None, _name_between(left, at + 1, len(left), text)
    for at in range(len(words)):
        if verbs[at] and at and words[at - 1] not in _BEFORE_NOUN:
            opening = _last_auxiliary(words, at)
            if opening is not None and opening + 1 < at:
                return _name_between(left, opening + 1, at, text), None
    return None, None


def _reporter(given: Sequence[Token], text: str, cut: Sequence[tuple[int, int]]) -> str | None:
    """Return who is named in "what did X report", "what has X written about Y"; None when nobody is."""
    left = _uncut(given, cut)
    words = [token.text for token in left]
    for at, word in enumerate(words):
        opening = _last_auxiliary(words, at) if word in _REPORTING else None
        if opening is not None and opening + 1 < at and set(words[at + 1 : at + 2]) <= _ABOUT:
            return _name_between(left, opening + 1, at, text)
    return None


def _uncut(given: Sequence[Token], cut: Sequence[tuple[int, int]]) -> list[Token]:
    return [token for token in given if not any(start <= token.start < end for start, end in cut)]


def _uttered(given: Sequence[Token], text: str) -> tuple[str | None, list[tuple[int, int]]]:
    """Return whose words a noun asks for, and what to cut: "what's Vltara's answer", "the mayor's reaction to"."""
    for at, token in enumerate(given[1:], start=1):
        owner, after = given[at - 1], given[at + 1 : at + 2]
        ends_here = not after or after[0].text in _ABOUT
        if token.text in _UTTERANCES and ends_here and _POSSESSIVE.search(text, owner.start, token.start):
            first = next((place for place in range(at - 1, -1, -1) if given[place].text in _ASKING), -1) + 1
            if first < at and at - first <= _LONGEST_OWNER:
                return _ENDING.sub("", text[given[first].start : owner.end]), [(token.start, token.end)]
    return None, []


def _last_auxiliary(words: Sequence[str], before: int) -> int | None:
    """Return where "did" stands in "what did X say"; None when "who said" leaves no room for a name."""
    opens = any(word in {"what", "wat", "how", "wht"} for word in words[:before])
    places = [at for at in range(before) if words[at] in _AUXILIARIES]
    return places[-1] if places and opens else None


def _name_between(left: Sequence[Token], first: int, end: int, text: str) -> str | None:
    stop = next((at for at in range(first, end) if left[at].text in _ABOUT - {"of"} and at > first), end)
    named = left[first:stop]
    if not any(token.text not in FUNCTION_WORDS or token.text in {"he", "she", "they"} for token in named):
        return None
    return text[named[0].start : named[-1].end]


def _outlet(given: Sequence[Token], text: str, outlets: Iterable[str]) -> tuple[str | None, list[tuple[int, int]]]:
    """Return the held outlet that is named as a source, and what to cut: its name with the words that say so."""
    words = [token.text for token in given]
    for outlet in sorted(outlets, key=len, reverse=True):
        name = [token.text for token in tokens(outlet)]
        for variant in (name, name[1:] if name[:1] == ["the"] else []):
            for at in range(len(words) - len(variant) + 1):
                if variant and words[at : at + len(variant)] == variant:
                    cut = _as_source(given, at, at + len(variant))
                    if cut is not None:
                        return outlet, [cut]
    return None, []


def _as_source(given: Sequence[Token], first: int, end: int) -> tuple[int, int] | None:
    """Return the stretch to cut when the words around an outlet's name make it the source of what is asked."""
    words = [token.text for token in given]
    if first and words[first - 1] == "the":
        first -= 1
    before, after = words[:first], words[end : end + 1]
    if before[-2:] == ["according", "to"]:
        return given[first - 2].start, given[end - 1].end
    goes_on = bool(after) and after[0] not in FUNCTION_WORDS | _REPORTING | SAYING  # "in the warehouse fire"
    if before and before[-1] in _OF_OUTLET and not goes_on:
        return given[first - 1].start, given[end - 1].end
    if first == 0 and end > 1 and goes_on and not any(word in _ASKING for word in words):
        return given[0].start, given[end - 1].end  # "Evening Post ferry toll"
    if after and after[0] in _REPORTING | SAYING:
        return given[first].start, given[end].end
    return None


def _without(text: str, cut: Sequence[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in sorted(cut):
        kept.append(text[at : max(at, start)])
        at = max(at, end)
    return " ".join(" ".join([*kept, text[at:]]).split())
