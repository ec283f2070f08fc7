"""What is told over in few other words: one person's arrest, one promise, one state that goes on, a reminder."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from store.facts import lexicon, words
from store.facts.comparing.deeds import all_deeds, are_alike, deeds, in_one_form, meet
from store.facts.comparing.identifying import CARRYING
from store.facts.comparing.profiles import Profile
from store.facts.comparing.rewording import untold
from store.facts.comparing.sameness import LIGHT
from store.facts.comparing.scene import Pair, Scene
from store.facts.comparing.thresholds import threshold
from store.facts.comparing.turning import is_one_day

# Concepts of what befalls one person only once in a story, so that it needs no more words than the person's office.
_OF_ONE_PERSON = frozenset(
    {"#detained", "#freed", "#dismissal", "#resign", "#indict", "#convict", "#acquit", "#expel", "#appoint"}
)
_PROMISING = frozenset(map(words.stem, ("promise", "promised", "pledge", "pledged", "vow", "vowed", "guaranteed")))
_GIVING = _PROMISING | frozenset(
    map(words.stem, (
        "receive", "get", "give", "given", "pay", "paid", "payment", "payout", "sum", "bonus", "award", "grant",
        "offer", "entitled", "hand", "immediate", "apiece", "head", "once",
    ))
) | {"#compensation", "#pay", "#aid"}  # fmt: skip
_TO_HAVE = frozenset({"have", "get", "be"})  # "is to have", "will be paid"
_WILL, _ARE = frozenset({"will", "shall"}), frozenset({"is", "are"})
_GOES_ON = frozenset(map(words.stem, ("remain", "stay", "still", "continue")))
_GOING_ON = _GOES_ON | {"#rest"}
_ALL_OVER = frozenset(map(words.stem, ("along", "across", "whole", "entire", "all", "everywhere")))
_KEPT = frozenset({"#bar", "#shut", "#halt", "#blockade", "#sanction"})  # concepts of states that last


def is_to_come(profile: Profile) -> bool:
    """Say whether a fact tells of what is to come, be it in the present: "starts on Monday", "is to have 50 crowns"."""
    if profile.is_ahead:
        return True
    dates = profile.known.fact.dates
    return _promises(profile) or (
        bool(dates) and len(profile.coming) == len({(d.first[:10], d.last[:10]) for d in dates})
    )


def is_told_over(pair: Pair, scene: Scene) -> bool:
    """Say whether the new fact tells in few words, others perhaps, what the held one of the same event tells."""
    new, held = pair.new, pair.held
    if pair.kin < threshold("kin_between") or new.is_denial or held.is_denial or new.nots != held.nots:
        return False
    return (
        _befell_one_person(new, held, scene)
        or _is_one_promise(new, held)
        or goes_on(new, held)
        or _is_reminder(pair, scene)
    )


def _befell_one_person(new: Profile, held: Profile, scene: Scene) -> bool:
    """Say whether one thing befell one person, by an office that both name: the master is the captain arrested."""
    done = deeds(new) - CARRYING
    if new.amounts or done.isdisjoint(_OF_ONE_PERSON & deeds(held)) or not _are_met(done, deeds(held)):
        return False
    theirs = _offices(held)
    reworded = frozenset(term for term in new.terms if any(are_alike(term, other) for other in theirs))
    mine = _offices(new) | reworded
    if not reworded or mine != reworded:
        return False
    return _left(new, held) - mine <= scene.words[held.story]


def _offices(profile: Profile) -> frozenset[str]:
    """Return the terms that say what somebody is: "captain", "headmaster"; who speaks is left out."""
    return frozenset(term for term in profile.terms - profile.party if term in _persons() and term not in profile.names)


@cache
def _persons() -> frozenset[str]:
    return frozenset(words.stem(words.fold(line)) for line in lexicon.lines("person_nouns.txt"))


def _left(new: Profile, held: Profile) -> frozenset[str]:
    """Return what the new fact tells that the held one has in no words, deeds left out."""
    return untold(new, held) - LIGHT.keys() - all_deeds(new)


def _are_met(done: Iterable[str], theirs: frozenset[str]) -> bool:
    return all(meet(frozenset({deed}), theirs) for deed in done)


def _promises(profile: Profile) -> bool:
    """Say whether a fact tells of what somebody is to get: "has promised", "are to have"."""
    if not _PROMISING.isdisjoint(profile.stems):
        return True
    plain = profile.plain
    for at, word in enumerate(plain[:-1]):
        is_led = word in _WILL or (word == "to" and plain[at - 1] in _ARE)
        if is_led and (plain[at + 1] in _TO_HAVE or words.stem(plain[at + 1]) in _GIVING):
            return True
    return False


def _is_one_promise(new: Profile, held: Profile) -> bool:
    """Say whether both promise one sum to the same: to each bereaved family 5,000 crowns."""
    if not (is_to_come(new) and is_to_come(held)) or not _is_one_sum(new, held):
        return False
    left = untold(new, held) - LIGHT.keys() - _GIVING - _bodies() - in_one_form(_GIVING)
    counted = frozenset(figure.noun for figure in new.figures if figure.noun)
    return not left and bool((new.terms & held.terms) - _GIVING - LIGHT.keys() - _bodies() - counted)


def _is_one_sum(new: Profile, held: Profile) -> bool:
    """Say whether all that the new fact counts is things, money most of the time, and the held one has as many."""
    return bool(new.figures) and all(
        mine.noun
        and not (mine.of_people or mine.lasts)
        and any(mine.equals(theirs) and mine.noun == theirs.noun for theirs in held.figures_near(mine))
        for mine in new.figures
    )


@cache
def _bodies() -> frozenset[str]:
    return frozenset(map(words.stem, lexicon.lines("body_nouns.txt")))


def goes_on(new: Profile, held: Profile) -> bool:
    """Say whether the new fact tells that a state which the held one tells of goes on: "fishing remains forbidden"."""
    if new.amounts or new.is_ahead or _GOES_ON.isdisjoint(new.stems):
        return False
    states = all_deeds(new) - _GOING_ON
    if states.isdisjoint(_KEPT) or not _are_met(states, all_deeds(held)):
        return False
    left = untold(new, held) - LIGHT.keys() - _GOING_ON - _ALL_OVER - all_deeds(new)
    return not left and bool((new.words & held.words) - LIGHT.keys() - all_deeds(new))


def _is_reminder(pair: Pair, scene: Scene) -> bool:
    """Say whether an outlet only reminds of a deed whose day is held, with nothing that the event's stories lack."""
    new, held = pair.new, pair.held
    done = deeds(new) - CARRYING
    if not (new.reminds and done and is_one_day(new, held) and _are_met(done, deeds(held))):
        return False
    if not all(held.figures_near(figure) for figure in new.figures):
        return False
    told = scene.rarity.total(new.words & scene.told_of_event)
    return told >= threshold("reminded") * scene.rarity.total(new.words)
