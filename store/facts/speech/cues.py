"""Where a sentence gives somebody the word: verbs of speech and phrases that do the same.

Only the grammar of the cue itself is decided here: that it is a verb and not a noun ("the claim", "reported cases"),
that it really reports speech ("did not say", "is expected to announce" do not), active or passive.
Who speaks is decided in speakers.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from store.facts.grammar import word_class
from store.facts.lexicon import table, word_set
from store.facts.speech.patterns import Patterns, compile_pattern
from store.facts.speech.phrases import NUMBER_WORDS, SHORTENED, Line, Token
from store.facts.speech.unlisted import tags_quote
from store.facts.verbs import forms_of, gerund_of, participle_of, past_of, third_of

_RAISING = forms_of("appear") | forms_of("seem")
_BE = forms_of("be") | {"got"}
_SAID = frozenset({"said", "says", "told", "tells", "insisted", "argued", "added", "warned"})  # never adjectives
_FORCED = frozenset({"forced", "obliged", "compelled", "moved", "had"})  # "was forced to deny" is a denial
_OWNING_UP = frozenset({"deny", "admit", "retract"})  # kinds that nobody does unforced: "had to deny", not "had to say"
_ALWAYS_VERBS = frozenset(
    {"say", "tell", "insist", "argue", "believe", "think", "fear", "hope", "deny", "reject", "expect", "predict"}
    | {"anticipate", "allege", "announce", "assert", "contend", "maintain", "warn", "acknowledge", "accuse", "confirm"}
)
# These commit to nothing that was said yet: "will announce", "is to announce", "should say".
_UNREAL = word_class("modal")


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech with its auxiliaries: tokens[first:last + 1]."""

    first: int  # where its auxiliaries begin
    verb: int
    last: int  # where the phrase ends: "has dismissed as a lie"
    kind: str  # see cue_verbs.tsv
    lemma: str
    is_passive: bool = False
    is_gerund: bool = False  # ", adding that ..."
    source: str = ""  # the lexicon row, for the rule's name

    def printed(self, line: Line, text: str) -> str:
        """Return the cue as the sentence has it."""
        return " ".join(text[line.tokens[self.first].start : line.tokens[self.last].end].split())


@cache
def _verbs() -> dict[str, tuple[str, str, frozenset[str]]]:
    """Return form -> (verb, kind, what the form can be)."""
    found: dict[str, tuple[str, str, frozenset[str]]] = {}
    for row in table("cue_verbs.tsv"):
        verb, kind = row[0], row[1]
        shapes: dict[str, set[str]] = {}
        for form, shape in (
            (verb, "base"),
            (third_of(verb), "third"),
            (past_of(verb), "past"),
            (participle_of(verb), "participle"),
            (gerund_of(verb), "gerund"),
        ):
            shapes.setdefault(form, set()).add(shape)
        for form in forms_of(verb) - set(shapes):  # "labelled" beside "labeled"
            shapes[form] = {"gerund"} if form.endswith("ing") else {"past", "participle"}
        for form, kinds in shapes.items():
            found.setdefault(form, (verb, kind, frozenset(kinds)))
    return found


@cache
def _phrases() -> Patterns:
    rows = [compile_pattern(row[0], row[1]) for row in table("cue_phrases.tsv")]
    rows += [compile_pattern("retract", row[1]) for row in table("standing_cues.tsv") if _is_retraction(row)]
    return Patterns(rows)


def _is_retraction(row: tuple[str, ...]) -> bool:
    """Tell whether a row of standing_cues.tsv names somebody who withdraws: it begins with a verb."""
    return row[0] == "walked_back" and row[1].startswith("~")


def find_cues(line: Line) -> list[Cue]:
    """Return the cues of a sentence from left to right; inside quotation marks there are none."""
    found: list[Cue] = []
    index = 0
    while index < len(line.tokens):
        cue = None if line.tokens[index].quoted or line.tokens[index].is_mark else _cue_at(line, index)
        if cue:
            found.append(cue)
        index = cue.last + 1 if cue else index + 1
    return found


def _cue_at(line: Line, index: int) -> Cue | None:
    token = line.tokens[index]
    if token.is_capital and line.is_inside_name(index):
        return None  # "the United States and Chad"
    if token.low == "think" and index + 1 < len(line.tokens) and line.tokens[index + 1].low in {"tank", "tanks"}:
        return None
    for pattern, end in _phrases().at(line.tokens, index):
        verb = index + (1 if token.low in _BE and pattern.source.startswith("~be") else 0)
        found = _grammatical(line, index, verb, end - 1, (pattern.source, pattern.label, frozenset({"phrase"})))
        if found:
            return found
    if token.low not in _verbs() or token.owning:
        return Cue(index, index, index, "tag", token.low, source=token.low) if tags_quote(line, index) else None
    return _grammatical(line, index, index, index, _verbs()[token.low])


def _grammatical(line: Line, start: int, verb: int, last: int, entry: tuple[str, str, frozenset[str]]) -> Cue | None:
    """Return the cue if the words before it make it a verb that reports speech."""
    lemma, kind, shapes = entry
    token = line.tokens[start]
    first, before = _auxiliaries(line, start)
    words = {t.low for t in before}
    if any(t.low in word_class("negation") or t.low.endswith("n't") for t in before) or words & _UNREAL:
        return None
    if "to" in words or (first > 0 and line.tokens[first - 1].low == "to"):
        return _raised(line, first, verb, last, entry)
    is_gerund = token.low.endswith("ing") and not words & _BE and not _is_contracted(line, first - 1)
    is_passive = bool(words & _BE) and not token.low.endswith("ing") and not lemma.startswith("~be")
    if not before and not is_gerund and _is_noun(line, start, shapes):
        return None
    follower = line.tokens[last + 1] if last + 1 < len(line.tokens) else None
    is_bare = not before and follower is not None and follower.low == "by" and lemma not in {"say", "tell"}
    if is_bare and shapes & {"past", "participle"}:
        return None  # "figures confirmed by the ministry"
    return Cue(first, verb, _stretch(line, last, kind), kind, lemma, is_passive, is_gerund, lemma)


def _auxiliaries(line: Line, index: int) -> tuple[int, list[Token]]:
    """Return where the verb group begins and its auxiliaries, adverbs left out."""
    first, found = index, []
    at = index - 1
    while at >= 0:
        token = line.tokens[at]
        if token.quoted or token.is_mark or at in line.named:  # "May said"
            break
        if _is_helper(token):
            found.append(token)
            first = at
        elif not _is_adverb(token):
            break
        at -= 1
    return first, found


def _is_helper(token: Token) -> bool:
    low = token.low
    return (
        low in word_class("auxiliary")
        or low in word_class("modal")
        or low in word_class("negation")
        or low.endswith("n't")
    )


def _is_contracted(line: Line, index: int) -> bool:
    """Tell "she's" and "it's" before a verb: the subject and its "is" in one word."""
    token = line.tokens[index] if index >= 0 else None
    return token is not None and token.low in SHORTENED and token.low != token.text.lower()


def _is_adverb(token: Token) -> bool:
    low = token.low
    return low in word_class("adverb") or low in {"first", "last"} or (low.endswith("ly") and not token.is_capital)


def _raised(line: Line, first: int, verb: int, last: int, entry: tuple[str, str, frozenset[str]]) -> Cue | None:
    """ "appeared to walk back" and "was forced to deny" report what was done; "declined to say" does not."""
    at = first - 1
    is_doing = line.tokens[verb].low.endswith("ing")  # "appeared to be feeling better"
    raising = _RAISING | _FORCED if entry[1] in _OWNING_UP else _RAISING
    if at > 0 and line.tokens[at].low == "to" and line.tokens[at - 1].low in raising and not is_doing:
        start, before = _auxiliaries(line, at - 1)
        if not any(t.low in word_class("negation") for t in before):
            return Cue(start, verb, _stretch(line, last, entry[1]), entry[1], entry[0], source=entry[0])
    return None


def _is_noun(line: Line, index: int, shapes: frozenset[str]) -> bool:
    """Tell whether a form that may be a noun or an adjective is one here: "the claim", "reported cases"."""
    if "phrase" in shapes or index == 0:
        return index == 0 and "phrase" not in shapes and not line.tokens[index].is_capital
    before = line.tokens[index - 1]
    if before.is_mark or before.quoted:
        return shapes == {"base"} and line.tokens[index].low not in _ALWAYS_VERBS  # ", state media reported"
    leads = word_class("determiner") | word_class("possessive") | word_class("preposition")
    name_ends_here = any(end == index - 1 for _, end in line.named.values())
    free = line.tokens[index].low in _SAID and _is_free(line, index - 1)
    counted = before.is_number or before.low.rpartition("-")[2] in NUMBER_WORDS
    if (
        ("third" in shapes and (counted or _is_object(line, index)))
        or before.owning
        or (before.low in leads and not free and before.low not in {"all", "both", "some", "many", "this", "that"})
    ):
        return not name_ends_here or before.owning
    if shapes & {"past", "gerund"} or shapes == {"participle"}:
        return False
    if "base" in shapes and line.tokens[index].low not in _ALWAYS_VERBS:
        return not (_is_plural(line, index - 1) and _begins_object(line, index + 1))
    return False


def _is_free(line: Line, index: int) -> bool:
    """Tell a small word that no noun need follow: "another | said", "has in the past | said"."""
    low = line.tokens[index].low
    return low == "another" or (low == "past" and index > 0 and line.tokens[index - 1].low == "the")


def _is_object(line: Line, index: int) -> bool:
    """Tell a plural that cannot be a verb by the words before it: "to organise | protests", "of scathing | tweets"."""
    if index < 2:
        return False
    leading, before = line.tokens[index - 2], line.tokens[index - 1]
    return leading.low == "to" or (leading.low == "of" and before.low.endswith(("ing", "ed")))


def _is_plural(line: Line, index: int) -> bool:
    """Tell whether several can be the subject that ends at *index*: "officials", "analysts at Halden Bank"."""
    low = line.tokens[index].low
    if low.endswith("s") or low in {"we", "they", "who", "police", "data"}:
        return True
    while index >= 0 and not line.tokens[index].is_break:
        if line.tokens[index].low in word_set("group_nouns.txt"):
            return True
        index -= 1
    return False


def _begins_object(line: Line, index: int) -> bool:
    """Tell whether "that", an article, a number or a name follows: "officials report 12 cases"."""
    if index >= len(line.tokens):
        return False
    token = line.tokens[index]
    openers = word_class("determiner") | word_class("possessive")
    return token.low in openers or token.is_number or index in line.named


def _stretch(line: Line, last: int, kind: str) -> int:
    """Take "as a lie" into a rejecting cue."""
    if kind != "reject" or last + 1 >= len(line.tokens) or line.tokens[last + 1].low != "as":
        return last
    end = last + 1
    for token in line.tokens[last + 2 : last + 5]:
        if token.is_mark or token.quoted or token.low in word_class("preposition"):
            break
        if end > last + 1 and token.low in word_class("determiner"):
            break
        end += 1
    return end


def is_allegation(line: Line, first: int) -> bool:
    """Tell whether the words from *first* on name something said: "the charge that", "reports of"."""
    return any(t.low in word_set("allegation_nouns.txt") for t in line.tokens[first : first + 9])
