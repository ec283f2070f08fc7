"""What a page says of itself and its author: "This page is no longer being updated.", "The author is a novelist."."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.facts.lexicon import word_set

_CLOSED = r"(?:no longer(?: being)? updated|(?:(?:now )?(?:been )?|now )(?:closed|ended|archived|paused))"
_SHORTENED = r"(?:edited|condensed|shortened|abridged|trimmed|cut)"
_PIECES = r"(?:article|column|story|essay|piece|report|interview|conversation|post|extract|speech|letter)"
_RELEASES = r"(?:announcement|release|press release|statement|document|notice|communication)"
_NOTICES = (
    rf"this (?:page|blog|live ?blog|live page|feed|thread|post|story) (?:is|has) {_CLOSED}(?: for .{{1,40}})?",
    r"we(?: are|['’]re) (?:now )?(?:pausing|closing|ending) (?:our|this) (?:live )?(?:coverage|blog|page)"
    r"(?: for .{1,40})?",
    r"comments (?:on this \w{1,20} |here )?are (?:now )?closed",
    r"(?:further )?updates will be (?:posted|published|added) here(?: .{1,60})?",
    # "edited" alone is said of an article, but "edited to mislead" is news
    r"(?:th(?:is|e)|our) (?:interview|conversation|transcript|exchange|discussion|call) (?:has been|was) "
    rf"(?:\w{{1,12}}ly )?(?:condensed and )?(?:\w{{1,12}}ly )?{_SHORTENED}(?: and \w{{1,12}})?"
    r"(?: for (?:length|clarity|style|brevity|space)(?:[ ,]{1,2}(?:and )?\w{1,12}){0,3})?",
    r"this transcript was (?:produced|made|generated|prepared|typed) .{1,60}",
    r"letters (?:may be|are) edited(?: for .{1,60})?",
    r"this is an (?:edited|abridged|adapted) (?:extract|excerpt|version|transcript|text)\b.{0,160}",
    rf"(?:(?:a|an|parts) (?:\w{{1,12}} )?(?:version )?of )?this {_PIECES} (?:was )?(?:first|originally) "
    r"(?:appeared|published|printed|ran|broadcast)\b.{0,160}",
    rf"a version of this {_PIECES} (?:appeared|appears|was published)\b.{{0,160}}",
    r"(?:(?:some|the|all|certain) )?names (?:in this \w{1,20} )?(?:have been|were) changed"
    r"(?: (?:to protect|for|at) .{1,80})?",
    rf"(?:the )?(?:views|opinions)(?: expressed)? (?:here|in this {_PIECES}) are .{{1,120}}",
    rf"this {_RELEASES} (?:contains? (?:inside information|forward-looking statements)|does not constitute an? |"
    r"is not (?:for (?:release|distribution|publication)|an offer)\b).{0,240}",
    rf"neither .{{1,160}} accepts? (?:any )?responsibility for .{{1,60}}\b{_RELEASES}",
)
_NOTICE = re.compile(rf"(?:{'|'.join(_NOTICES)})[.!\s]{{0,3}}", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]{0,30}(?: [A-Za-zÀ-þ][\w.'’-]{0,30}){1,4}")
_AUTHOR = re.compile(r"the (?:author|writer|columnist)(?= )", re.IGNORECASE)
# What is said of an author at the end of what he wrote; "was arrested" is news, and "was a teacher" an obituary's.
_HELD = re.compile(r" (?:is|was|has been) (?P<office>[^.]{3,160})\.?")
_HOLDS = re.compile(r" is (?P<office>[^.]{3,160})\.?")
_WORKS = re.compile(r" (?:writes|edits|teaches|covers|chairs|runs|directs|leads) [^.]{3,160}\.?")
_WORD = re.compile(r"[a-z]{3,20}")
_SAID = re.compile(r"\b(?:said|says|told)\b")


def is_notice(text: str) -> bool:
    """Tell whether *text* is a page's word about itself: closed, shortened, printed before, for the stock exchange."""
    return bool(_NOTICE.fullmatch(text))


def is_author_note(text: str, signatures: Iterable[str]) -> bool:
    """Tell whether *text*, the last of a story, says who wrote it; *signatures* are the lines that stand above it.

    "The author" needs an office or a trade, somebody whose name signs it ("Amos Verr teaches law") none.
    """
    names = {name for line in signatures if (name := _name_of(line))}
    if not names or _SAID.search(text):
        return False
    author = _AUTHOR.match(text)
    if author:
        return _is_office(_HELD.fullmatch(text, author.end()))
    ends = [len(name) for name in names if text.startswith(name)]
    return any(_WORKS.fullmatch(text, end) or _is_office(_HOLDS.fullmatch(text, end)) for end in ends)


def _is_office(told: re.Match[str] | None) -> bool:
    """Tell "a former harbour correspondent", where a trade or an office is named, from "survived by two sons"."""
    return told is not None and any(word in word_set("person_nouns.txt") for word in _WORD.findall(told["office"]))


def _name_of(line: str) -> str | None:
    """Return the name in a byline or in a line that is nothing but a name: "By Jo Ek in Tarn" is Jo Ek."""
    bare = re.sub(r"^(?:by|from) ", "", line, flags=re.IGNORECASE)
    whole = bare.partition(" in ")[0].partition(",")[0].strip()
    return whole if _NAME.fullmatch(whole) else None
