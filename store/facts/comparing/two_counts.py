"""Two counts of one thing in one sentence: which of them another side gives, and that the held one still stands."""

from __future__ import annotations

from functools import cache

from store.facts import lexicon, words
from store.facts.comparing.concepts import TOLL_KINDS, find_concepts
from store.facts.comparing.name_keys import speaker_keys
from store.facts.comparing.profiles import Profile
from store.facts.comparing.tallies import Figure, Sort
from store.facts.model import Claim, Quantity

_COUNTS = frozenset({"figure", "count", "toll", "tally", "number", "estimate", "total"})
_NEAR_COUNT = 3  # words from "the official" to the number: "official", "count", "of"
_BEFORE_NUMBER = 60  # characters: those words
_NOT_SO = [["rather", "than"], ["instead", "of"], ["not", "the"], ["not", "all"]]
_OFFICIAL = "official"


def is_retold(theirs: Figure, mine: Figure, new: Profile) -> bool:
    """Say whether the new fact gives a held figure beside *mine* as one that still stands: then nothing replaces it.

    "Turnout, 71 per cent in all, was 93 per cent at one station"; but of a toll that "was 14 and rose to 19" and of a
    number that its speaker takes back, or only names as a count of before, the newer one does.
    """
    if new.corrects or mine.level:
        return False
    return any(
        _is_the_same(one, theirs) and not _named_count(one, new) for one in new.figures if one is not mine
    )  # "41 people, above Monday's figure of 30"


def rival_of(theirs: Figure, new: Profile, *, is_own: bool) -> Figure | None:
    """Return the figure that the new fact sets against a held one which it gives as well; None where there is none.

    It is another speaker's ("the ministry said 14, but the Red Cross put it at 26"), or the held one is named as that
    of the officials, whom the speaker is none of ("112, against the official figure of 45"), or as wrong ("only nine
    and not twelve"). *is_own*: the held figure
    is the new fact's own speaker's.
    """
    for one in new.figures:
        if not (one.equals(theirs) and (one.earlier or one.alone or _is_the_same(one, theirs))):
            continue
        is_officials = (
            bool(new.speaker)
            and not is_own
            and (_is_officials(one, new) or ((one.is_telling or _is_the_same(one, theirs)) and _is_denied(one, new)))
        )
        if one.earlier and not is_officials:
            continue
        for mine in new.figures:
            if _may_rival(mine, one, theirs, new) and (is_officials or _has_another_voice(mine, one, new)):
                return mine
    return None


def _is_the_same(one: Figure, theirs: Figure) -> bool:
    return not one.earlier and one.equals(theirs) and one.counts_like(theirs) > 0


def _may_rival(mine: Figure, one: Figure, theirs: Figure, new: Profile) -> bool:
    """Say whether a number counts what the other does, or so little is told of it that it may: "put it at 26"."""
    if mine is one or mine.equals(theirs) or mine.vague or mine.earlier or mine.part or mine.more or mine.base:
        return False
    if mine.counts_like(theirs) > 0:
        return True
    is_measure = Sort.MEASURE in (mine.sort, theirs.sort)
    return mine.alone and not is_measure and not _tells_own_toll(mine, new)


def is_only_named(figure: Figure, profile: Profile) -> bool:
    """Say whether a number only says which thing is meant: "filed an appeal against the fine of 310,000 crowns"."""
    last = _words_before(figure, profile)
    return len(last) == _NEAR_COUNT and last[0] == "the" and last[2] == "of"


def _tells_own_toll(figure: Figure, new: Profile) -> bool:
    """Say whether what a second speaker says of the number has a toll in it: "26 were wounded"."""
    claim = _second_claim(figure, new)
    if claim is None:
        return figure.toll is not None
    base = new.known.fact.start
    folded = [token.text for token in words.tokens(new.known.text[claim.start - base : claim.end - base])]
    return any(hit.concept.kind in TOLL_KINDS for hit in find_concepts(folded, list(map(words.stem, folded))))


def _has_another_voice(mine: Figure, one: Figure, new: Profile) -> bool:
    """Say whether two speakers are known to give the two figures."""
    voices = _voice(mine, new), _voice(one, new)
    return all(voices) and voices[0].isdisjoint(voices[1])


def _voice(figure: Figure, new: Profile) -> frozenset[str]:
    """Return the keys of who says the figure: the speaker of the claim that it stands in, else of the sentence."""
    claim = _second_claim(figure, new)
    return speaker_keys(claim.speaker.name) if claim and claim.speaker else new.speaker


def _second_claim(figure: Figure, new: Profile) -> Claim | None:
    """Return the claim, not the sentence's main one, that the figure stands in, if a speaker is known to make it."""
    printed = _printed(figure, new)
    if printed is None:
        return None
    return next(
        (
            claim
            for claim in new.known.fact.claims[1:]
            if claim.speaker and claim.start <= printed.start and printed.end <= claim.end
        ),
        None,
    )


def _printed(figure: Figure, new: Profile) -> Quantity | None:
    return next((one for one in new.known.fact.quantities if one.text == figure.text), None)


def _is_officials(figure: Figure, new: Profile) -> bool:
    """Say whether the number is named as that of the officials, or of a body: "the government's count of 30"."""
    return _named_count(figure, new) in _bodies()


def _is_denied(figure: Figure, new: Profile) -> bool:
    """Say whether the sentence says that the number is wrong: "only nine, and not twelve", "nine rather than 12"."""
    last = _words_before(figure, new) if "now" not in new.plain else []  # who "now says" so puts right a number held
    return bool(last) and (last[-1] == "not" or last[-2:] in _NOT_SO)


def _named_count(figure: Figure, new: Profile) -> str | None:
    """Return the word before a count that is only named: "official" of "the official figure of 45"; None: none is."""
    last = _words_before(figure, new)
    return last[0] if len(last) == _NEAR_COUNT and last[1] in _COUNTS and last[2] == "of" else None


def _words_before(figure: Figure, profile: Profile) -> list[str]:
    """Return the last words before a number, as many as a named count has at most."""
    printed = _printed(figure, profile)
    before = profile.known.text[: printed.start - profile.known.fact.start] if printed else ""
    return [token.text for token in words.tokens(before[-_BEFORE_NUMBER:])][-_NEAR_COUNT:]


@cache
def _bodies() -> frozenset[str]:
    return frozenset(lexicon.lines("body_nouns.txt")) | {_OFFICIAL}
