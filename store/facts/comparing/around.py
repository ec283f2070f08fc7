"""Whether a number is a total, a part, an addition, a difference, a place or a demand, by the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from store.facts import lexicon, words
from store.facts.comparing.concepts import Hit, passing_tolls

Placed = Sequence[tuple[words.Token, str]]  # a sentence's words with their stems
Place = tuple[int, int]  # positions of words, end excluded

BE = frozenset({"is", "are", "was", "were", "be", "been"})
HAVE = frozenset({"has", "have", "had"})
NEAR_NOUN = 4  # words between a number and its noun: "4,500 extra Tajik troops"
_NEAR_VERB = 6  # words from the whole to the verb: "of the five on board the plane are dead"
_NEAR_CHANGE = 12  # words from "bringing" to the number
_WHERE = frozenset({"in", "at", "from", "across"})
_PUTTING = frozenset({"put", "puts", "putting", "estimated", "estimates"})
_NEAR_PUT = 8  # words from "put" to the number: "put the number of those detained at 45"
_FOR = frozenset({"for", "of"})  # "for the 71 sailings", but "a force of 600 soldiers"
_AMONG = frozenset({"among", "including", "includes"})
_ASKING = frozenset({"demand", "unless", "ask", "want", "seek", "insist", "aim", "goal", "target", "hope", "need"})
_NEAR_ASKING = 10  # words from "demanded" to the number
_WHOLES = frozenset({"its", "his", "her", "their", "the", "those", "these", "them", "all", "our"})
_BODIES = frozenset({"body", "bodies", "remains"})
_CASES = "patients"  # who fall ill are counted by the day as well as in all
_NEWLY = frozenset({"new", "fresh"})
_NEAR_SUBJECT = 8  # words from "cases" of "cases of the fever in Marn fell to 18" to the number
_TOWARDS = frozenset({"at", "to", "by"})
_LEADING = frozenset({"now", "is", "are", "was", "were", "up", "down"})
_REACHING = frozenset({"amount", "number", "total", "reach", "stand", "stood", "hit", "pass", "exceed", "top"})


@cache
def _change_words() -> frozenset[str]:
    more = ("bring", "reach", "stand")  # "bringing the toll to 15"
    return frozenset(words.stem(word) for word in (*lexicon.lines("change_words.txt"), *more))


@cache
def number_terms() -> frozenset[str]:
    """Return the words that numbers are made of: "fourteen", "thousand", "dozens", "third"."""
    return frozenset(row[0] for row in lexicon.table("number_words.tsv"))


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in number_terms()


@dataclass(frozen=True, slots=True)
class Around:
    """The words around the numbers of one sentence; each of them is named by its order among them."""

    placed: Placed
    hits: Sequence[Hit]
    stops: Sequence[int]  # the places before which a mark stands: a comma, a bracket, a quotation mark
    places: Sequence[Place]  # of its quantities, in order

    def clause_end(self, at: int) -> int:
        """Return where the clause of the number ends, or the next number begins."""
        end = self.places[at][1]
        following = (*self.stops, *(place[0] for place in self.places))
        return min((one for one in following if one >= end), default=len(self.placed))

    def _stop_after(self, end: int) -> int:
        return min((stop for stop in self.stops if stop >= end), default=len(self.placed))

    def is_next(self, at: int) -> bool:
        """Say whether the following number is so near that it is of the same list."""
        return at + 1 < len(self.places) and self.places[at + 1][0] - self.places[at][1] <= NEAR_NOUN

    def is_part(self, at: int) -> bool:
        """Say whether the number is some of a greater one: "300 of its 900", not "412 workers of the mill"."""
        end = self.places[at][1]
        if not _is_number(self.placed[end - 1][0].text):
            return False
        following = [token.text for token, _ in self.placed[end : end + 2]]
        return len(following) == 2 and following[0] == "of" and (following[1] in _WHOLES or following[1][0].isdigit())

    def predicate_of(self, at: int) -> int:
        """Return where the verb stands that tells of a part: "are" of "three of the five on board are dead".

        Where no verb is in sight, it is where the whole ends.
        """
        end = self.places[at][1]
        whole = self.places[at + 1][1] if self.is_next(at) else end
        behind = range(whole, min(self._stop_after(whole), whole + _NEAR_VERB))
        return next((place for place in behind if self.placed[place][0].text in BE | HAVE), whole)

    def is_level(self, at: int) -> bool:
        """Say whether the number is where something that moved has come to: "rose to 12", "bringing the toll to 15"."""
        before = self.placed[max(0, self.places[at][0] - _NEAR_CHANGE) : self.places[at][0]]
        return any(token.text in {"to", "at"} for token, _ in before[-3:]) and any(
            term in _change_words() for _, term in before
        )

    def is_more(self, at: int, toll: str | None) -> bool:
        """Say whether the number comes on top: "nine more", "another nine died"; but "another nine are missing"."""
        start, end = self.places[at]
        following = [token.text for token, _ in self.placed[start : end + 3]]
        is_added = any(
            word == "more" and after != "than"
            for word, after in zip(following[: end + 2 - start], [*following[1:], ""], strict=False)
        )
        before = {token.text for token, _ in self.placed[max(0, start - 2) : start + 1]}
        return is_added or bool(before & {"another", "further"} and toll not in passing_tolls())

    def is_fresh(self, at: int) -> bool:
        """Say whether only new ones are counted: "45 new cases", "new cases fell to 18"; but not of "38 seats"."""
        start, end = self.places[at]
        counted = [hit.start for hit in self.hits if hit.concept.name == _CASES and start <= hit.start < end + 2]
        before = [hit.start for hit in self.hits if hit.concept.name == _CASES and self.leads_on(hit.end, start)]
        return any(word and self.placed[word - 1][0].text in _NEWLY for word in counted or before)

    def is_gap(self, at: int) -> bool:
        """Say whether the number is a difference: "47 fewer than were aboard", "97 people too many"."""
        end = self.places[at][1]
        following = [token.text for token, _ in self.placed[end : min(self._stop_after(end), end + 3)]]
        if following[:1] == ["and"]:
            return False  # "23 dead and more than 100 missing"
        pairs = pairwise(following)
        return any((one in {"more", "fewer", "less"} and two == "than") or one == "too" for one, two in pairs)

    def is_among(self, at: int) -> bool:
        """Say whether a few of others are counted: "two are among the dead", "among them two firemen"."""
        start, end = self.places[at]
        following = {token.text for token, _ in self.placed[end : min(self._stop_after(end), end + NEAR_NOUN + 2)]}
        before = {token.text for token, _ in self.placed[max(0, start - 2) : start]}
        return "among" in following or not before.isdisjoint(_AMONG)

    def is_of_others(self, at: int) -> bool:
        """Say whether those counted are some of others: "of the 90 killed 12 were children", "of whom 12 were"."""
        before = self.placed[self.places[at][0] - 1][0].text if self.places[at][0] else ""
        return before == "whom" or (at > 0 and self.is_given(at - 1))

    def is_of_bodies(self, at: int) -> bool:
        """Say whether those counted are told to be dead by "the bodies of six sailors"."""
        start = self.places[at][0]
        before = [token.text for token, _ in self.placed[max(0, start - 2) : start]]
        return before[1:] == ["of"] and before[0] in _BODIES

    def is_given(self, at: int) -> bool:
        """Say whether the number is only what others are some of: "Of the 1,640 who voted, 900 …"."""
        start = self.places[at][0]
        before = [token.text for token, _ in self.placed[max(0, start - 2) : start]]
        return len(before) == 2 and before[0] == "of" and before[1] in _WHOLES and start - 2 in {0, *self.stops}

    def is_where(self, at: int) -> bool:
        """Say whether places are counted at which something is: "in 38 shelters", "for the 71 sailings"."""
        start = self.places[at][0]
        before = [token.text for token, _ in self.placed[max(0, start - _NEAR_PUT) : start]]
        if not before or (before[-1] == "at" and not _PUTTING.isdisjoint(before)):
            return False  # "put the figure at 26"
        is_of_whole = before[-1] in _WHOLES and not _FOR.isdisjoint(before[-2:-1])
        return before[-1] in _WHERE or is_of_whole

    def is_asked(self, at: int) -> bool:
        """Say whether the number is demanded or aimed at: "demanded the release of 40"."""
        start = self.places[at][0]
        return any(term in _ASKING for _, term in self.placed[max(0, start - _NEAR_ASKING) : start])

    def leads_on(self, since: int, until: int) -> bool:
        """Say whether what stands before *since* is counted by the number at *until*: "deaths in Marn stand at 31".

        Nothing but where and of what they are may stand between, and then a word that leads to a number.
        """
        is_clause = not any(since < place <= until for place in (*self.stops, *(end for _, end in self.places)))
        if not (since <= until <= since + _NEAR_SUBJECT and is_clause):
            return False
        last = [at for at in range(max(since, until - 2), until) if self.placed[at][0].text not in _TOWARDS]
        return since == until or (bool(last) and self._reaches(last[-1]))

    def _reaches(self, at: int) -> bool:
        token, term = self.placed[at]
        return token.text in _LEADING or term in _change_words() or term in _REACHING
