"""What is counted: the noun phrase after a figure ("border guards killed") and its head noun, the unit ("guards")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from store.facts import lexicon
from store.facts.english import is_english
from store.facts.numbers.number import Pieces, is_number_word, number_words
from store.facts.numbers.pieces import Piece, follows, is_glued, low_at
from store.facts.numbers.word_classes import word_class
from store.facts.rules import Rule

_LONGEST_PHRASE = 7  # words between a figure and its head noun: "two of the region's three main state-run hospitals"
_LONGEST_COMPLEMENT = 6
_LONGEST_ASIDE = 12
_SHORTEST_FOREIGN = 3  # letters: shorter ones are particles of names and short forms
_OBJECTS = {"him", "her", "them", "it", "us", "me", "you"}
_ASIDE_OPENERS = {"including", "among", "mostly", "most", "many", "some", "all", "half"}
_DETERMINERS, _PRONOUNS, _AUXILIARIES = word_class("determiners"), word_class("pronouns"), word_class("auxiliaries")
_SKIPPED_AFTER_OF = _DETERMINERS | word_class("ranks") | {"'s", "’s"}
_GROUPS, _PARENTS = word_class("groups"), word_class("parents")
_REACHED, _ANNOUNCERS, _TOLLS = word_class("reached"), word_class("announcers"), word_class("tolls")
_NOT_PAST = word_class("not_past")
_LINKS = {"and", "or", "most"}
_FAR = 24  # pieces back to "the number of guards killed"
_NOT_MEN = {"specimen", "regimen", "abdomen", "omen", "acumen", "amen", "yemen"}
_PEOPLE = {"others", "person", "persons", "olds"}  # "two 19-year-olds"
_NOT_PLURAL = ("ss", "us", "is", "ous")
_DASHES = {"-", "‑"}


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun phrase `pieces[first:last]` that a figure counts; `unit` is its head noun in lower case."""

    unit: str
    what: str
    first: int
    last: int
    is_direct: bool  # follows the figure at once, not after "of"
    rule: Rule  # by which the unit was found
    by: str  # the printed words that the rule went by
    fate: str | None = None  # the verb added

    def with_fate(self, fate: str | None) -> Counted:
        """Add the verb that says what became of those counted, unless it is told already."""
        if fate is None or fate in self.what.split():
            return self
        return replace(self, what=f"{self.what} {fate}", fate=fate)


@cache
def casualties() -> dict[str, str]:
    """Return the words that say what became of people: "killed" -> "dead"."""
    return {row[0]: row[1] for row in lexicon.table("casualties.tsv")}


def is_person(word: str) -> bool:
    return word in lexicon.word_set("people.txt")


def is_plural(word: str) -> bool:
    """Does *word*, in lower case, look like a plural noun?"""
    if word in lexicon.word_set("uncounted_plurals.txt") or (word.endswith("men") and word not in _NOT_MEN):
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(_NOT_PLURAL) and not ends_phrase(word)


def ends_phrase(word: str) -> bool:
    return word in lexicon.word_set("phrase_ends.txt")


def is_past(word: str) -> bool:
    """Is *word* a past form or participle? "United" and "hundred" end like one and are not."""
    if word in lexicon.word_set("past_verbs.txt"):
        return True
    return word.endswith("ed") and len(word) > 4 and not word.endswith("eed") and word not in _NOT_PAST


def read_counted(text: str, pieces: Pieces, at: int, *, is_one: bool, is_vague: bool = False) -> Counted | None:
    """Return what the figure that ends before piece *at* counts, or None where nothing is named.

    *is_one*: the noun is singular. *is_vague*: "dozens of" leads straight to its noun.
    """
    first = at
    if low_at(pieces, at) == "of":
        first = _after_of(pieces, at + 1)
        if low_at(pieces, first) in _PRONOUNS:
            return None
        is_one = False
    counted = _named(text, pieces, first, is_one=is_one)
    if counted is None:
        return _foreign(pieces, first) or _people(pieces, at)
    is_after_of = first != at
    rule = Rule.NOUN_AFTER_OF if is_after_of else Rule.NOUN_AFTER
    counted = replace(counted, is_direct=is_vague or not is_after_of, rule=rule)
    head = counted.last - 1
    return counted if pieces[head].low in casualties() else counted.with_fate(_fate(pieces, head + 1))


def _named(text: str, pieces: Pieces, first: int, *, is_one: bool) -> Counted | None:
    """Return the noun phrase that begins at piece *first*, with its "of ...", or None."""
    head = _head(pieces, first, is_one=is_one)
    if head is None:
        return None
    what = text[pieces[first].start : pieces[_complement(pieces, head + 1) - 1].end]
    return Counted(_unit(pieces[head]), what, first, head + 1, True, Rule.NOUN_AFTER, pieces[head].text)


def _foreign(pieces: Pieces, at: int) -> Counted | None:
    """Return the unit that the word at *at* is where it is no English: "vala" of "8,000 vala", a currency unlisted."""
    if at >= len(pieces) or is_glued(pieces, at) or low_at(pieces, at + 1) in _DASHES:
        return None
    word = pieces[at].text
    if not (word.islower() and word.isalpha() and len(word) >= _SHORTEST_FOREIGN) or is_english(word):
        return None
    return Counted(word, word, at, at + 1, is_direct=True, rule=Rule.NOUN_AFTER, by=word)


def _unit(head: Piece) -> str:
    """Return the head noun as a unit: people for "others" and "wounded", with a capital where one is printed."""
    is_of_age = head.low == "s" or head.low[:-1] in number_words("small")
    if head.low in _PEOPLE or head.low in casualties() or is_of_age:
        return "people"
    return head.text if head.is_capital else head.low


def _people(pieces: Pieces, at: int) -> Counted | None:
    """Read "hundreds who fled" and "twelve were hurt": people, though no noun says so."""
    if low_at(pieces, at) == "who":
        return Counted("people", "people", at, at, is_direct=False, rule=Rule.PEOPLE_WHO, by="")
    if low_at(pieces, at) == "aboard" or follows(pieces, at, "on", "board"):
        return Counted("people", f"people {pieces[at].text}", at, at, False, Rule.PEOPLE_FATE, pieces[at].text)
    at = _after_aside(pieces, at)
    fate = _fate(pieces, at) if low_at(pieces, at) in _AUXILIARIES else None
    if fate is None or fate not in casualties():
        return None
    return Counted("people", f"people {fate}", at, at, is_direct=False, rule=Rule.PEOPLE_FATE, by=fate)


def _after_aside(pieces: Pieces, at: int) -> int:
    """Skip the aside of "19, including a nun, were hurt"; return *at* where there is none."""
    if low_at(pieces, at) != "," or low_at(pieces, at + 1) not in _ASIDE_OPENERS:
        return at
    return next((k + 1 for k in range(at + 2, min(at + _LONGEST_ASIDE, len(pieces))) if pieces[k].text == ","), at)


def _after_of(pieces: Pieces, at: int) -> int:
    """Skip "its 6,000", "the three", "their last nine" and the like after "of"."""
    while at < len(pieces) and (
        pieces[at].low in _SKIPPED_AFTER_OF
        or pieces[at].is_digits
        or is_number_word(pieces[at].low)
        or pieces[at].low in number_words("scale")
        or low_at(pieces, at + 1) in {"'s", "’s"}
    ):
        at += 1
    return at


def _head(pieces: Pieces, at: int, *, is_one: bool) -> int | None:
    """Return the index of the head noun of the phrase that begins at *at*."""
    head: int | None = None
    for k in range(at, min(at + _LONGEST_PHRASE, len(pieces))):
        piece = pieces[k]
        if not piece.is_word:
            if _joins(pieces, k) or (piece.text == "," and _links_adjectives(pieces, at, k, head)):
                continue
            break
        if piece.low in _LINKS and _links_adjectives(pieces, at, k, head):
            continue
        if _ends_here(pieces, k, at, is_one=is_one):
            break
        if piece.low == "s" and pieces[k - 1].is_digits and low_at(pieces, k - 2) in _DASHES:
            return k  # "over-65s"
        if is_one:
            if k > at and is_plural(piece.low) and piece.low not in lexicon.word_set("leading_plurals.txt"):
                break  # "one bill includes": a verb
            head = k
        elif is_plural(piece.low) or _is_initials(piece):
            head = k
            if not (piece.low in lexicon.word_set("leading_plurals.txt") and _plural_follows(pieces, k + 1)):
                break
    return head


def _is_initials(piece: Piece) -> bool:
    """Is it the plural of an abbreviation: "MPs", "CDs", "NGOs"?"""
    return piece.text.endswith("s") and len(piece.text) > 2 and piece.text[:-1].isupper()


def _links_adjectives(pieces: Pieces, first: int, at: int, head: int | None) -> bool:
    """Does the "and", comma or "most" at *at* stand among adjectives? "secular and religious schools", "50 most"."""
    if pieces[at].low == "most":
        return at == first
    after = low_at(pieces, at + 1)
    is_end = not after.isalpha() or ends_phrase(after) or is_past(after) or is_number_word(after)
    return head is None and at > first and not is_end


def _joins(pieces: Pieces, at: int) -> bool:
    """Does the mark or number at *at* stand inside a noun phrase? "anti-tank", "20-year-old", "Germany's"."""
    piece = pieces[at]
    if piece.low in {"'s", "’s", "“", "‘", '"'}:
        return True
    if piece.is_digits:  # "20-year-old men", "Type 26 frigates"
        return low_at(pieces, at + 1) in _DASHES or low_at(pieces, at - 1) in _DASHES or pieces[at - 1].is_capital
    if piece.text == ".":  # "U.S. cities"
        return is_glued(pieces, at) and len(pieces[at - 1].text) == 1 and pieces[at - 1].is_capital
    return piece.text in _DASHES and is_glued(pieces, at) and is_glued(pieces, at + 1)


def _ends_here(pieces: Pieces, at: int, first: int, *, is_one: bool) -> bool:
    word = pieces[at].low
    if ends_phrase(word) and low_at(pieces, at + 1) not in _DASHES and low_at(pieces, at - 1) not in _DASHES:
        return True
    if at == first or low_at(pieces, at - 1) in _DASHES:
        return False
    # after the first word a past form is the verb: "one man said", "one person died"
    return is_one and is_past(word)


def _plural_follows(pieces: Pieces, at: int) -> bool:
    """Is there a further noun close by? "sports halls", not "sports and games"."""
    for k in range(at, min(at + 2, len(pieces))):
        word = pieces[k].low
        if not pieces[k].is_word or ends_phrase(word) or is_past(word):
            return False
        if is_plural(word):
            return True
    return False


def _complement(pieces: Pieces, at: int) -> int:
    """Return the piece after the "of ..." that belongs to the noun before *at*: "members of the security forces"."""
    if low_at(pieces, at) != "of":
        return at
    last = at
    for k in range(at + 1, min(at + 1 + _LONGEST_COMPLEMENT, len(pieces))):
        piece = pieces[k]
        if piece.low in _DETERMINERS:
            continue
        if piece.is_word and not ends_phrase(piece.low) and not (last > at and is_past(piece.low)):
            last = k
        elif not _joins(pieces, k) or piece.is_digits or piece.text in '"“‘':
            break
    return last + 1 if last > at else at


def _fate(pieces: Pieces, at: int) -> str | None:
    """Return the verb that says what became of those counted: "were killed" -> "killed", "have fled" -> "fled"."""
    for k in range(at, min(at + 5, len(pieces))):
        word = pieces[k].low
        if word in casualties():
            return pieces[k].text
        if is_past(word) and word not in _AUXILIARIES:
            return None if k == at and _has_object(pieces, k + 1) else pieces[k].text
        if word not in _AUXILIARIES and not word.endswith("ly"):
            return None
    return None


def _has_object(pieces: Pieces, at: int) -> bool:
    """Does the verb before *at* do something to another? It does in "drivers grounded 70 flights"."""
    word = low_at(pieces, at)
    return word in _DETERMINERS or word in _OBJECTS or word.isdecimal() or is_number_word(word)


def plural_after(pieces: Pieces, at: int) -> int | None:
    """Return the piece with the plural noun that heads the phrase at *at*, or None where there is none."""
    return _head(pieces, at, is_one=False)


def read_compound(text: str, pieces: Pieces, at: int) -> Counted:
    """Return what "12-member council" counts, from the noun at *at* after the hyphen: members, of a council."""
    unit = "people" if pieces[at].low == "strong" else pieces[at].low
    whole = _named(text, pieces, at + 1, is_one=True)
    what = whole.what if whole else unit
    return Counted(unit, what, at, at + 1, is_direct=True, rule=Rule.COMPOUND, by=pieces[at].text)


def is_open_compound(pieces: Pieces, first: int, at: int) -> bool:
    """Is it "a three course meal", a compound printed without its hyphen? *first*: the figure's, *at*: after it."""
    words = pieces[at : at + 2]
    is_noun = len(words) == 2 and all(word.is_word and not word.is_capital for word in words)
    is_noun = is_noun and not any(ends_phrase(w.low) or is_plural(w.low) or is_past(w.low) for w in words)
    before = low_at(pieces, first - 1)
    return is_noun and (before in {"a", "an"} or (before in _DETERMINERS and plural_after(pieces, at) is None))


def fate_before(pieces: Pieces, at: int) -> str | None:
    """Return the verb before the figure at *at* that says what became of those counted: "killing", "wounded"."""
    for k in range(at - 1, max(at - 4, -1), -1):
        if pieces[k].low in casualties():
            return pieces[k].text
        if pieces[k].low in {"and", "but"}:
            return None
        if not ends_phrase(pieces[k].low) and not is_number_word(pieces[k].low):
            return None
    return None


def group_unit(pieces: Pieces, at: int) -> str | None:
    """Return what is counted after "a family of", "mother of", "a magnitude of" before the figure at *at*."""
    group = low_at(pieces, at - 2) if low_at(pieces, at - 1) == "of" else ""
    if group in _GROUPS or group in _PARENTS:
        return "people" if group in _GROUPS else "children"
    return "magnitude" if "magnitude" in {group, low_at(pieces, at - 1)} else None


def announced_unit(pieces: Pieces, at: int) -> str | None:
    """Return the unit before the figure at *at*: of "the number of ships lost to", "a toll of", "cases topped"."""
    if low_at(pieces, at - 1) in _REACHED and is_plural(low_at(pieces, at - 2)):
        return pieces[at - 2].low
    for k in range(at - 1, max(at - _FAR, -1), -1):
        word = pieces[k].low
        if word in {".", ";"}:
            return None
        if word in _TOLLS:
            return "people"
        if word in _ANNOUNCERS:
            if low_at(pieces, k + 1) == "of":
                head = _head(pieces, _after_of(pieces, k + 2), is_one=False)
                if head is not None and head < at:
                    return pieces[head].low
            return "people" if low_at(pieces, k + 1) == "who" else None
    return None
