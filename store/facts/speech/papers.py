"""Who is behind a paper: "figures released by the ministry", "the agency's report", "a police statement"."""

from __future__ import annotations

from dataclasses import replace

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.model import Kind, Speaker
from store.facts.numbers.counted import is_past
from store.facts.speech.heard import Heard
from store.facts.speech.naming import name_phrase
from store.facts.speech.phrases import Line, Phrase, cut
from store.facts.speech.stretches import reach

# A paper that somebody only got hold of is not theirs: "documents seen by the Herald".
_ONLY_SEEN = frozenset({"seen", "obtained", "reviewed", "viewed", "verified", "read", "leaked"})
_PAGES = frozenset({"website", "site", "page", "account", "channel", "feed", "blog"})
# The verbs by which a paper comes into a story, and with it whose it is.
_BRINGING_OUT = frozenset(
    {"issued", "sent", "published", "released", "wrote", "signed", "filed", "produced", "posted", "submitted"}
    | {"presented", "unveiled", "circulated", "commissioned", "drafted", "distributed", "lodged", "penned"}
)
_LONGEST_OBJECT = 8  # words behind such a verb among which the paper is named
_WHEN = frozenset({"last", "this", "earlier"})
# Papers that a body keeps, whoever wrote them: "court filings", "hospital records".
_KEPT = frozenset({"document", "documents", "filing", "filings", "record", "records", "testimony", "transcript"})
_SURE_OWNER = 0.7
_FINITE = word_class("auxiliary") | word_class("modal")


def behind_paper(line: Line, phrase: Phrase, heard: Heard, *, until: int) -> tuple[bool, Speaker | None]:
    """Return whether *phrase* names a paper, and who is behind it; *until* is the last token that hangs on it."""
    at = _paper_at(line, phrase)
    if at is None:
        return False, None
    owned = at - 1 if line.tokens[at - 1].low == "own" else at  # "the union's own survey"
    speaker = _owner(line, Phrase(phrase.first, owned - 1), heard) or _maker(line, at, until, heard)
    points = line.tokens[phrase.first].low == "the" and at == phrase.first + 1
    points = points or at == phrase.first == 0  # "Statement adds that ...", in a list of short notes
    if speaker is None and points and until == at:
        speaker = _brought_out(line.tokens[at].low, heard) or _known_author(heard)
    if speaker:
        printed = " ".join(heard.text[line.tokens[phrase.first].start : line.tokens[phrase.last].end].split())
        speaker = replace(speaker, as_printed=printed, confidence=min(speaker.confidence, 0.85))
    return True, speaker


def _brought_out(paper: str, heard: Heard) -> Speaker | None:
    """ "the letter reads", after "A group of mothers sent a letter to the board"."""
    before = Line(cut(heard.text, heard.previous_start, heard.start), heard.cast)
    verb = next((i for i, token in enumerate(before.tokens) if token.low in _BRINGING_OUT and not token.quoted), None)
    if verb is None or paper not in {token.low for token in before.tokens[verb + 1 : verb + _LONGEST_OBJECT]}:
        return None
    free = [p for p in before.phrases(0, verb - 1) if p.after is None and not p.is_time]
    if not free:
        return None
    author = name_phrase(before, free[0], heard, until=reach(before, free[0], verb - 1))
    return replace(author, confidence=min(author.confidence, 0.7)) if author else None


def _known_author(heard: Heard) -> Speaker | None:
    """ "the statement said": of the body that spoke last."""
    previous = heard.previous if heard.previous and not heard.is_person(heard.previous) else heard.last_body
    return replace(previous, confidence=0.6) if previous else None


def _paper_at(line: Line, phrase: Phrase) -> int | None:
    """Return where a phrase names a paper: "figures", "figures released last week"; a name that ends so is no paper."""
    papers = word_set("paper_nouns.txt")
    doing = (i for i in range(phrase.first + 1, phrase.last) if line.tokens[i + 1].low.endswith("ing"))
    at = next((i for i in doing if line.tokens[i].low in papers), phrase.last)  # "a database | tracking such cases"
    while at > phrase.first and (is_past(line.tokens[at].low) or line.tokens[at].low in _WHEN | word_class("time")):
        at -= 1
    is_paper = line.tokens[at].low in papers
    return at if is_paper and not any(first <= at <= end for first, (_, end) in line.named.items()) else None


def _owner(line: Line, before: Phrase, heard: Heard) -> Speaker | None:
    """ "the agency's figures", "a police statement"."""
    last = line.tokens[before.last]
    if before.last < before.first or (last.low == "official" and not last.owning):  # "official figures"
        return None
    for entity, at, end in reversed(line.names_in(before.first, before.last)):
        if line.tokens[end].owning or (entity.kind is not Kind.PLACE and end == before.last):
            return name_phrase(line, Phrase(at, end), heard, until=end)
    found = name_phrase(line, before, heard, until=before.last)
    paper = line.tokens[before.last + 1].low
    issues = last.low in word_set("body_nouns.txt") and not last.owning and paper not in _KEPT  # "a police statement"
    return found if found and (found.confidence >= _SURE_OWNER or issues or last.low == "government") else None


def _of_page(line: Line, first: int, until: int, heard: Heard) -> Speaker | None:
    """ "a statement on the ministry's website"."""
    owner = next((i for i in range(first, until) if line.tokens[i].owning), None)
    if owner is None or not any(t.low in _PAGES for t in line.tokens[owner + 1 : until + 1]):
        return None
    return name_phrase(line, Phrase(first, owner), heard, until=owner)


def _maker(line: Line, paper: int, until: int, heard: Heard) -> Speaker | None:
    """ "figures released by the railway", "data from the agency"."""
    for at in range(paper + 1, min(paper + 8, until)):
        token = line.tokens[at]
        if token.is_break or token.low in _FINITE or token.low in _ONLY_SEEN:
            return None
        if token.low == "on":
            return _of_page(line, at + 1, until, heard)
        if token.low in {"by", "from", "of"}:
            phrases = line.phrases(at + 1, until)
            return name_phrase(line, replace(phrases[0], after=None), heard, until=until) if phrases else None
    return None
