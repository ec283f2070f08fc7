"""Whom the verbs of a sentence give the word: one rule to each way, named in `Voice.rule`.

    lead         X said that ...; X, who ..., said ...
    tag          ..., X said on Monday; as X put it, ...
    inverted     "...," said X
    by           was dismissed by X
    quoted       State radio quoted X as saying
    impersonal   During the meeting it was noted that ...  (who spoke before)
    joined       ... and said
    added        ..., adding that ...
    acting       X walked out, saying that ...

Sources that hang on no verb ("according to X") are in sources.py, quotations without a cue in speakers.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.facts.grammar import word_class
from store.facts.lexicon import word_set
from store.facts.model import Kind, Speaker
from store.facts.numbers.counted import is_past
from store.facts.speech.closing import ADDRESSING, closes_sentence
from store.facts.speech.cues import Cue, find_cues
from store.facts.speech.heard import Heard
from store.facts.speech.looking_back import look_back
from store.facts.speech.phrases import Line, Phrase
from store.facts.speech.reporting import next_is, reports_speech
from store.facts.speech.stretches import (
    FINITE,
    edge_before,
    hangs_at,
    is_embedded,
    is_hanging_word,
    mark_before,
    reach,
)
from store.facts.speech.subjects import Subject, explained, resolve, subject_before, subject_of

_IMPERSONAL = frozenset(
    {"report", "note", "stress", "underline", "emphasise", "emphasize", "announce", "inform", "state"}
)
_INVERTING = frozenset({"say", "report", "hold", "admit", "expect", "tag"})
_QUOTING = frozenset({"say", "report", "hold", "tag"})  # behind a quotation these have somebody as their subject
_ADDING = frozenset({"say", "report", "admit", "deny", "reject", "expect", "judge"})
_QUOTED_AS = frozenset({"saying", "telling", "calling", "asking"})
_REMEMBERING = frozenset({"recall", "remember"})  # "recalled a guard saying" is the guard's word
_FROM_ACT = 0.85  # how much surer a subject is of its own verb than of one that only goes on from an act
_SURE_ACTOR = 0.6  # below it a subject may be a thing: "The storm turned, saying"
_AHEAD = word_class("modal")
_LONGEST_QUOTED = 16  # tokens between "quoted" and "as saying"
_LONG_STRETCH = 7  # words, too many for an office between commas
_MEANWHILE = frozenset({"by", "while"})  # "ended by saying", "marched while chanting"
_OBJECT_OPENERS = ("determiner", "possessive", "pronoun")
_DASHES = frozenset({",", "—", "–", "-"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who is given the word in a sentence, and for which of its tokens."""

    speaker: Speaker | None
    rule: str
    cue: Cue | None
    cue_text: str | None
    first: int  # the attribution itself, subject to cue: tokens[first:last + 1]
    last: int
    content: tuple[int, int]  # what is said: tokens[content[0]:content[1] + 1]
    is_embedded: bool = False  # speaks inside a subordinate clause

    @property
    def kind(self) -> str | None:
        """The kind of its cue, as in cue_verbs.tsv."""
        return self.cue.kind if self.cue else None


def voices_of_verbs(line: Line, heard: Heard) -> list[Voice]:
    """Return the voices that the cues of a sentence give, in the order of the cues."""
    found: list[Voice] = []
    for cue in find_cues(line):
        voice = _voice(line, cue, found, heard)
        if voice:
            found.append(voice)
    return found


def _voice(line: Line, cue: Cue, before: Sequence[Voice], heard: Heard) -> Voice | None:
    if cue.is_gerund:
        return _added(line, cue, before, heard)
    if cue.kind == "quote" or cue.lemma in _REMEMBERING:
        quoted = _quoted_as(line, cue, heard)
        if quoted or cue.kind == "quote":
            return quoted
    if cue.is_passive and cue.kind == "hold":
        return None  # "has been ruled by one party"
    if cue.is_passive:
        return _by(line, cue, heard) or _impersonal(line, cue, heard)
    if cue.first and line.tokens[cue.first - 1].low in word_class("conjunction"):
        found = _coordinated(line, cue, before, heard)
    else:
        found = _inverted(line, cue, heard) or _with_subject(line, cue, before, heard)
    if found is None:
        return None
    is_known = found.speaker is not None
    return found if reports_speech(line, cue, rule=found.rule, is_known=is_known) else None


# ---- the subject before the verb
def _with_subject(line: Line, cue: Cue, before: Sequence[Voice], heard: Heard) -> Voice | None:
    subject = subject_before(line, cue, heard)
    if subject is None:
        return None
    leading = before[-1] if before and before[-1].rule in {"lead", "joined"} else None
    subject = look_back(
        line, cue, subject, heard, leads=leading is not None, leading=leading.speaker if leading else None
    )
    opening = line.tokens[subject.first - 1].low if subject.first else ""
    fronted = line.tokens[0].low == "as" and edge_before(line, cue.first) == -1
    names_words = _is_what(line, subject.first)
    closes = names_words or (closes_sentence(line, cue, subject.first) and (opening == "as" or not subject.is_embedded))
    embedded = subject.is_embedded and not (fronted or names_words or (opening == "as" and closes))
    embedded = embedded or _is_aside(line, subject.first)
    rule = "tag" if closes or fronted else "lead"
    content = _content(line, cue, subject.first, closes=closes, fronted=fronted)
    return _made(line, cue, replace(subject, is_embedded=embedded), heard, rule=rule, content=content)


def _is_aside(line: Line, first: int) -> bool:
    """Tell an aside that vouches for a clause only: "held while, Veria says, spying", "so that, as she put it, ..."."""
    comma = first - 1 - (first > 1 and line.tokens[first - 1].low == "as")
    if comma <= 0 or line.tokens[comma].text != ",":
        return False
    is_purpose = [token.low for token in line.tokens[max(comma - 2, 0) : comma]] == ["so", "that"]
    return is_purpose or hangs_at(line, comma - 1)


def _is_what(line: Line, first: int) -> bool:
    """ ""They are a danger" is what | she said": the quotation before it is hers."""
    words = [token.low for token in line.tokens[max(0, first - 2) : first]]
    is_told = len(words) == 2 and words[0] in {"is", "was"} and words[1] in {"what", "how"}
    return is_told and first > 2 and line.tokens[first - 3].quoted


def _made(line: Line, cue: Cue, subject: Subject, heard: Heard, *, rule: str, content: tuple[int, int]) -> Voice:
    cue_text = cue.printed(line, heard.text)
    return Voice(subject.speaker, rule, cue, cue_text, subject.first, cue.last, content, subject.is_embedded)


def _content(line: Line, cue: Cue, first: int, *, closes: bool, fronted: bool = False) -> tuple[int, int]:
    """Return what a voice says: all before a closing attribution, else all behind the cue."""
    last = len(line.tokens) - 1
    if fronted:
        comma = next((i for i in range(cue.last + 1, last) if line.tokens[i].text == ","), cue.last)
        return comma + 1, last
    return (_after_colon(line), first - 1) if closes else (max(cue.last + 1, _after_colon(line, cue.last + 1)), last)


def _coordinated(line: Line, cue: Cue, before: Sequence[Voice], heard: Heard) -> Voice | None:
    """ "... and said": the subject of the verb before, else of the clause."""
    content = _content(line, cue, cue.first, closes=False)
    hanging = next(
        (i for i in range(cue.first - 1, mark_before(line, cue.first), -1) if _hangs_with_verb(line, i, cue)), None
    )
    for voice in reversed(before):
        if voice.speaker and voice.rule != "added" and (hanging is None or voice.first > hanging):
            subject = Subject(voice.speaker, cue.first, voice.is_embedded)
            return _made(line, cue, subject, heard, rule="joined", content=content)
    for phrase in line.phrases(0 if hanging is None else hanging + 1, cue.first - 2):
        if phrase.after is None and not phrase.is_time:
            found = subject_of(line, cue, phrase, heard)
            named = explained(line, phrase, heard) or (found.speaker if found else None)  # "The mayor, A B, came and"
            if named is None:
                return None
            speaker = replace(named, confidence=named.confidence * _FROM_ACT)
            subject = Subject(speaker, cue.first, hanging is not None)
            return _made(line, cue, subject, heard, rule="joined", content=content)
    return None


def _hangs_with_verb(line: Line, index: int, cue: Cue) -> bool:
    """Tell the clause of "that left | and said" from the "while secretary of state" that has no verb to go on from."""
    behind = line.tokens[index + 1 : cue.first - 1]
    has_verb = any(t.quoted or t.low in FINITE or is_past(t.low) or t.low in word_class("pronoun") for t in behind)
    return hangs_at(line, index) and (has_verb or line.tokens[index].low in word_class("relative"))


# ---- the subject behind the verb
def _inverted(line: Line, cue: Cue, heard: Heard) -> Voice | None:
    """ "...," said X: nothing between the mark and the verb, and a name behind it that no verb follows."""
    if not _may_invert(line, cue):
        return None
    phrases = line.phrases(cue.last + 1, min(cue.last + 14, len(line.tokens) - 1))
    if not phrases or phrases[0].first != cue.last + 1 or phrases[0].is_time:
        return None
    phrase = phrases[0]
    if line.tokens[phrase.first].low in word_class("pronoun"):
        return None  # "Danube Tools, said it strictly complies"
    until = reach(line, phrase, min(len(line.tokens) - 1, phrase.last + 8))
    if next_is(line, phrase.last, FINITE | {"that"}) or next_is(line, until, FINITE) or _acts(line, phrase.last + 1):
        return None
    quotes = any(token.quoted for token in line.tokens[: cue.first])
    speaker = explained(line, phrase, heard)
    speaker = speaker or resolve(line, phrase, heard, until=until, must_speak=quotes and cue.kind in _QUOTING)
    somebody = cue.lemma in {"say", "read"} or line.tokens[phrase.last].low in word_set("person_nouns.txt")
    if speaker is None and not (quotes and somebody):
        return None  # "...," said the treasurer, said the ruling: a quotation, though nobody knows whose
    cue_text = cue.printed(line, heard.text)
    return Voice(speaker, "inverted", cue, cue_text, cue.first, phrase.last, (_after_colon(line), cue.first - 1))


def _acts(line: Line, index: int) -> bool:
    """Tell the verb of "said his men | held the bridge" from what describes: "said residents | interviewed by".

    What is quoted goes on from a subject too: "as late as Tuesday, said Veria | "would not leave".
    """
    if index < len(line.tokens) and line.tokens[index].quoted:
        return True
    if index + 1 >= len(line.tokens) or not is_past(line.tokens[index].low):
        return False
    follower = line.tokens[index + 1]
    return follower.is_number or any(follower.low in word_class(name) for name in _OBJECT_OPENERS)


def _after_colon(line: Line, first: int = 0) -> int:
    """Return where the first quotation from *first* on begins if a colon opens it, else 0.

    "The rest were unmoved: "..."," said X"; X wrote one word: "...".
    """
    quoted = next((i for i in range(first, len(line.tokens)) if line.tokens[i].quoted), 0)
    return quoted if quoted and line.tokens[quoted - 1].text == ":" else 0


def _may_invert(line: Line, cue: Cue) -> bool:
    simple = 0 < cue.first == cue.verb == cue.last
    if not simple or cue.kind not in _INVERTING or cue.lemma in ADDRESSING:
        return False
    tells = any(t.quoted or t.low in FINITE or is_past(t.low) for t in line.tokens[: cue.first])
    if not (tells or _names_speaker(line, cue)):
        return False  # "Mr Ek, the mayor, said the town ...": nothing was said before
    informs = cue.lemma != "inform" or line.tokens[cue.verb].low.endswith("s")  # "informed reporters" has its subject
    return informs and line.tokens[cue.first - 1].is_break


def _names_speaker(line: Line, cue: Cue) -> bool:
    """ "They find it easy here, said Ana Ruiz.": tell a long stretch before "said" and only a name behind it."""
    at = cue.last + 1 + (cue.last + 1 < len(line.tokens) and line.tokens[cue.last + 1].low in word_class("honorific"))
    name = line.named.get(at)
    if name is None or name[0].kind is not Kind.PERSON or cue.first - edge_before(line, cue.first - 1) < _LONG_STRETCH:
        return False
    behind = line.tokens[name[1] + 1 :]
    return not behind or behind[0].is_mark


# ---- no subject of its own
def _quoted_as(line: Line, cue: Cue, heard: Heard) -> Voice | None:
    """Return whoever is quoted: "State radio quoted the mayor, Ana Ruiz, as saying", "Ruiz recalls him saying"."""
    saying = _saying_at(line, cue)
    if saying is None:
        return None
    phrases = line.phrases(cue.last + 1, saying - 1 - (line.tokens[saying - 1].low == "as"))
    named = [p for p in phrases if line.names_in(p.first, p.last, Kind.PERSON)]
    phrase = next(iter(named or phrases), None)
    speaker = resolve(line, replace(phrase, after=None), heard, until=phrase.last) if phrase else None
    quoting = subject_before(line, cue, heard) if phrase else None
    if speaker and quoting and quoting.speaker and quoting.speaker.name == speaker.name:
        speaker = None  # "Ruiz recalled his saying": somebody else's
    behind = line.tokens[saying + 1 :]
    quoted_before = any(token.quoted for token in line.tokens[: cue.first])
    ends = all(token.is_mark for token in behind)  # "...," the log quotes X as saying
    closes = ends or (quoted_before and not any(token.quoted for token in behind))
    content = (0, edge_before(line, cue.first)) if closes else (saying + 1, len(line.tokens) - 1)
    return Voice(speaker, "quoted", cue, cue.printed(line, heard.text), cue.first, saying, content)


def _saying_at(line: Line, cue: Cue) -> int | None:
    """Return where the "saying" stands that goes with "quoted X as" or with "recalls X"; None where there is none."""
    for at in range(cue.last + 2, min(cue.last + _LONGEST_QUOTED, len(line.tokens) - 1)):
        leads = cue.kind != "quote" or line.tokens[at - 1].low == "as"
        if leads and line.tokens[at].low in _QUOTED_AS:
            return at
        if cue.kind != "quote" and line.tokens[at].is_break:
            return None  # "recalled the day, saying": who recalls says it
    return None


def _by(line: Line, cue: Cue, heard: Heard) -> Voice | None:
    """ "was dismissed as a lie by X"."""
    for at in range(cue.verb, min(cue.last + 9, len(line.tokens))):  # "was put down by Ruiz to ice"
        token = line.tokens[at]
        if token.is_break:
            return None
        if token.low != "by":
            continue
        phrases = line.phrases(at + 1, min(at + 12, len(line.tokens) - 1))
        if not phrases:
            return None
        phrase = replace(phrases[0], after=None)
        speaker = resolve(line, phrase, heard, until=reach(line, phrase, len(line.tokens) - 1))
        if speaker is None:
            return None
        cue_text = " ".join(heard.text[line.tokens[cue.first].start : token.end].split())
        content = (
            (phrase.last + 2, len(line.tokens) - 1) if next_is(line, phrase.last, {"that"}) else (0, cue.first - 1)
        )
        embedded = any(hangs_at(line, i) for i in range(edge_before(line, cue.first) + 1, cue.first))
        return Voice(speaker, "by", cue, cue_text, cue.first, phrase.last, content, embedded)
    return None


def _impersonal(line: Line, cue: Cue, heard: Heard) -> Voice | None:
    """ "it was reported that": whoever spoke in the sentence before, less surely."""
    before = line.tokens[cue.first - 1].low if cue.first else ""
    if cue.lemma not in _IMPERSONAL or not (before == "it" or (before == "as" and cue.first == 1)):
        return None
    speaker = replace(heard.previous, confidence=0.6) if heard.previous else None
    content = (cue.last + 1, len(line.tokens) - 1)
    embedded = is_embedded(line, cue.first - 1)
    return Voice(speaker, "impersonal", cue, cue.printed(line, heard.text), cue.first - 1, cue.last, content, embedded)


def _added(line: Line, cue: Cue, before: Sequence[Voice], heard: Heard) -> Voice | None:
    """ ", adding that ...": the speaker so far goes on."""
    leading = line.tokens[cue.first - 1] if cue.first else None
    goes_on = leading is not None and (leading.low in _MEANWHILE or leading.low in word_set("paper_nouns.txt"))
    goes_on = goes_on or (leading is not None and leading.low == "and" and not before)  # "waving and telling them"
    if leading is None or not (leading.text in _DASHES or goes_on):
        return None
    if not before or goes_on:
        return _acting(line, cue, heard)
    if cue.kind not in _ADDING:
        return None
    speaker = before[-1].speaker
    content = (cue.last + 1, len(line.tokens) - 1)
    return (
        Voice(speaker, "added", cue, cue.printed(line, heard.text), cue.first, cue.last, content) if speaker else None
    )


def _acting(line: Line, cue: Cue, heard: Heard) -> Voice | None:
    """ "She defended the plan, saying ...": who acts has the word, if nothing before it looks ahead or hangs."""
    if cue.kind not in _QUOTING or not cue.last + 1 < len(line.tokens):
        return None
    if cue.kind in {"hold", "tag"} and not any(t.quoted for t in line.tokens[cue.last + 1 : cue.last + 4]):
        return None
    leading = line.tokens[cue.first - 1]
    goes_on = leading.text in _DASHES or leading.low in _MEANWHILE | {"and"}
    hangs = () if goes_on else (i for i in range(cue.first - 2, 0, -1) if _hangs(line, i))
    hanging = next(iter(hangs), -1)  # "so loud that | the army issued a note saying"
    begins = max(hanging + 1, _behind_opening(line))
    if any(not (t.quoted or t.is_capital) and t.low in _AHEAD for t in line.tokens[begins : cue.first - 1]):
        return None
    free = (p for p in line.phrases(begins, cue.first - 2) if p.after is None and not p.is_time)
    phrase = next((p for p in free if not _is_doing(line, p)), None)
    found = subject_of(line, replace(cue, kind="report"), phrase, heard) if phrase else None
    if phrase is None or found is None or found.speaker is None or found.speaker.confidence < _SURE_ACTOR:
        return None
    speaker = explained(line, phrase, heard) or found.speaker
    speaker = replace(speaker, confidence=speaker.confidence * _FROM_ACT)
    content = (cue.last + 1, len(line.tokens) - 1)
    cue_text = cue.printed(line, heard.text)
    return Voice(speaker, "acting", cue, cue_text, cue.first, cue.last, content, hanging >= 0)


def _behind_opening(line: Line) -> int:
    """Return where the main clause begins behind one that opens the sentence: "Even as it burnt, | Ruiz"."""
    at = 1 if line.tokens[0].low == "even" else 0
    if not is_hanging_word(line.tokens[at].low):
        return 0
    return next((i + 1 for i, token in enumerate(line.tokens) if token.text == "," and not token.quoted), 0)


def _is_doing(line: Line, phrase: Phrase) -> bool:
    """Tell the "taking office" of "Since taking office, Ruiz has ..."."""
    does = line.tokens[phrase.first].low.endswith("ing") and phrase.first < phrase.last
    return does and phrase.first not in line.named


def _hangs(line: Line, index: int) -> bool:
    return not line.tokens[index].quoted and is_hanging_word(line.tokens[index].low)
