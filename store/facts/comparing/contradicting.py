"""What contradicts something held: a denial of a claim, a claim against a denial."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from itertools import pairwise

from store.facts import lexicon, words
from store.facts.comparing.deeds import WIDE, are_alike, deeds, do_otherwise, in_one_form, meet, shared_things
from store.facts.comparing.evidence import against, counted
from store.facts.comparing.name_keys import name_key
from store.facts.comparing.opposing import are_opposites, disowns, doubts, is_cause_denied
from store.facts.comparing.profiles import Profile
from store.facts.comparing.sameness import LIGHT, is_elsewhere, is_other_side, is_same_speaker
from store.facts.comparing.scene import Pair, Scene, Verdict, came_later, published
from store.facts.comparing.tallies import Figure, Sort
from store.facts.comparing.tally_words import unit_of
from store.facts.comparing.thresholds import threshold
from store.facts.model import RelationType, Status, Tag

_COUNTING = frozenset({"#count", "#people"})  # who names "no figure" says nothing of what is counted
_UNTELLING = WIDE | {"#reject"}  # the denying itself
_A_DAY = timedelta(days=1)
_ONE = frozenset({"one", "a"})
_GIVEN = frozenset({"aid", "bribe", "loan", "ransom", "pay", "compensation", "reward"})  # what one gives another
_COINS = frozenset(map(words.stem, ("penny", "cent", "dime", "farthing", "kopeck", "shilling")))
_DENYING = frozenset(map(words.stem, ("denied", "denial", "refutes", "refuted", "refute")))
_IT = frozenset({"it", "them", "him", "her"})
_NEAR_IT = 4  # words from "it" to its verb: "it had been hit"
_DEFINITE = frozenset({"the", "those", "these", "its", "his", "her", "their", "all"})
_WOULD = frozenset({"would", "will"})


def find_contradicted(new: Profile, pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """One side denies what another says, whichever came first."""
    pairs = [pair for pair in pairs if not (_reports_denial(new) and _reports_denial(pair.held))]
    met = [pair for pair in pairs if _is_met(pair) and (_differ(pair) or _is_outlets_sum(pair))]
    if not met and new.is_denial:
        met = [pair for pair in pairs if _is_deed_denied(pair) and _differ(pair)]
    if not met and new.contradicts:
        met = [pair for pair in pairs if _is_named(pair) and _differ(pair)]
    if not met and doubts(new.plain):
        met = [pair for pair in pairs if _is_doubted(pair)]
    if not met and new.speaker:
        met = [pair for pair in pairs if _is_opposed(pair)]
    return _closest(new, met)


def _is_opposed(pair: Pair) -> bool:
    """Say whether another party says the opposite, denies a cause, or has had no part in what it is blamed for."""
    new, held = pair.new, pair.held
    if pair.kin < threshold("kin_least") or is_elsewhere(new, held) or not _is_another(pair):
        return False
    if Status.WALKED_BACK in (new.status, held.status) or new.changes.admits or new.changes.reverses:
        return False
    return are_opposites(new, held) or is_cause_denied(new, held) or disowns(new, held) or disowns(held, new)


def _is_another(pair: Pair) -> bool:
    """Say whether another party speaks in the held fact, be it one that is not known by name: "the guard says"."""
    if pair.held.speaker:
        return is_other_side(pair.new, pair.held)
    return pair.held.status in {Status.CLAIMED, Status.QUOTED} and not pair.new.voice <= pair.held.words


def _reports_denial(profile: Profile) -> bool:
    """Say whether a denial is told of, whatever else is: with another denial it says no to the same thing, not yes."""
    return not _DENYING.isdisjoint(profile.stems)


def find_counted_denied(new: Profile, pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """One has what another says there is none of: "38 tanks", "not one tank". The outlet itself may be one of them.

    Who tells of what the same speaker said there was none of takes that back.
    """
    own = [pair for pair in pairs if is_same_speaker(*pair[:2]) and _has_what_is_denied(pair.new, pair.held)]
    if own:
        last = max(own, key=lambda pair: published(pair.held.known)).held
        return Verdict(Tag.UPDATE, last, RelationType.WALKS_BACK, _evidence(new, last))
    met = [pair for pair in pairs if _meets_denied(pair.new, pair.held) and (_differ(pair) or _is_told_by_outlet(pair))]
    return _closest(new, [pair for pair in met if not _is_withdrawn(pair.held, pairs)])


def _is_withdrawn(denial: Profile, pairs: Sequence[Pair]) -> bool:
    """Say whether the side that denied has admitted it since."""
    return any(
        came_later(other.held.known, denial.known)
        and is_same_speaker(other.held, denial)
        and _has_what_is_denied(other.held, denial)
        for other in pairs
    )


def _is_told_by_outlet(pair: Pair) -> bool:
    """Say whether an outlet itself tells, as news, against what somebody says.

    What it tells a day or more later may have happened since.
    """
    facts = pair.new.known.fact, pair.held.known.fact
    if any(profile.recalls or profile.is_ahead for profile in (pair.new, pair.held)):
        return False
    if published(pair.new.known)[0] - published(pair.held.known)[0] >= _A_DAY and facts[0].speaker is None:
        return False
    return (facts[0].speaker is None) != (facts[1].speaker is None)


def _closest(new: Profile, met: Sequence[Pair]) -> Verdict | None:
    if not met:
        return None
    best, *others = sorted(met, key=lambda pair: (_shares_number(pair), pair.like.context), reverse=True)
    alike = [pair.held for pair in others if pair.like.context >= threshold("nearly") * best.like.context]
    relation = RelationType.DENIES if new.is_denial else RelationType.DISPUTES
    return Verdict(Tag.DISPUTE, best.held, relation, _evidence(new, best.held), tuple(alike))


def _shares_number(pair: Pair) -> bool:
    """Say whether a telling number of the new fact is one of the held one's: of such claims it means this one."""
    return any(
        mine.is_telling and mine.equals(theirs) and mine.counts_like(theirs) > 0
        for mine in pair.new.figures
        for theirs in pair.held.figures_near(mine)
    )


def _evidence(new: Profile, held: Profile) -> str:
    if _has_what_is_denied(new, held) or _has_what_is_denied(held, new):
        is_claim_new = _has_what_is_denied(new, held)
        return counted(*(new, held) if is_claim_new else (held, new), is_claim_new=is_claim_new)
    return against(new, held)


def _differ(pair: Pair) -> bool:
    """Say whether another party speaks, and not of another place."""
    return is_other_side(pair.new, pair.held) and not is_elsewhere(pair.new, pair.held)


def _is_met(pair: Pair) -> bool:
    """Say whether one says yes and one no to one thing. What another withdraws is no contradiction.

    Two that both say no, one of them in a plain sentence, agree: "it was not a strike" contradicts no denial.
    """
    new, held = pair.new, pair.held
    if new.is_negative == held.is_negative:  # first, since nearly all pairs end here
        return False
    if Status.WALKED_BACK in (new.status, held.status):
        return False
    if new.changes.admits or new.changes.reverses or _claims_nothing(new) or _claims_nothing(held):
        return False
    is_denied = new.is_denial != held.is_denial
    is_of_one_sum = is_denied and _is_of_one_sum(pair)
    if not is_of_one_sum and pair.like.context < threshold("denial_context" if is_denied else "negation_context"):
        return False
    if is_denied:
        is_other_time = _is_of_what_would(*(new, held) if new.is_denial else (held, new))
    else:
        is_other_time = new.is_ahead != held.is_ahead  # that somebody "will not travel" contradicts nothing that is
    return not is_other_time and (is_of_one_sum or _tells_of_one(new, held))


def _is_of_one_sum(pair: Pair) -> bool:
    """Say whether a number that one side tells of is what the other denies: "never agreed to pay 700,000".

    Of "the 14 patients" who died it may be denied that they had something else; of a sum hardly.
    """
    return pair.kin > 0 and any(
        mine.value == theirs.value
        and mine.counts_like(theirs) > 0
        and (mine.is_sum or (_is_told_of(mine, pair.new) and _is_told_of(theirs, pair.held)))
        and (mine.is_sum or not (mine.deed and theirs.deed) or are_alike(mine.deed, theirs.deed))
        for mine in pair.new.figures
        for theirs in pair.held.figures_near(mine)
    )


def _is_told_of(count: Figure, profile: Profile) -> bool:
    """Say whether a telling count is what is told, and not only which ones are meant: "did not own the 31 tankers"."""
    if not count.is_telling or count.sort is Sort.MEASURE:
        return False
    number = next((token.text for token in words.tokens(count.text)), "")
    return not any(word == number and before in _DEFINITE for before, word in pairwise(profile.plain))


def _is_outlets_sum(pair: Pair) -> bool:
    """Say whether somebody denies a sum that the outlet itself tells of."""
    return bool(pair.new.speaker) and not pair.held.speaker and pair.new.is_denial and _is_of_one_sum(pair)


def _is_of_what_would(denial: Profile, claim: Profile) -> bool:
    """Say whether what is denied would come, and what is claimed has: "denied that he would resign over it"."""
    return not (_WOULD.isdisjoint(denial.plain) or claim.is_ahead) and _WOULD.isdisjoint(claim.plain)


def _tells_of_one(new: Profile, held: Profile) -> bool:
    """Say whether one thing done is told in both; that both name a place contradicts nothing.

    Where a deed is told in one alone, a denial needs a thing of the claim beside names; a claim, which denies nothing
    itself, two of the denial.
    """
    mine, theirs = deeds(new) - _UNTELLING, deeds(held) - _UNTELLING
    if mine and theirs:
        return not (mine.isdisjoint(in_one_form(held.terms)) and theirs.isdisjoint(in_one_form(new.terms)))
    if do_otherwise(new, held, besides=_UNTELLING):
        return False
    return shared_things(new, held) > (1 if (mine or theirs) and not new.is_denial else 0)


def _is_named(pair: Pair) -> bool:
    """Say whether a sentence that contradicts somebody, as it says, may mean the held claim or denial."""
    if pair.like.context < threshold("contradicts_context"):
        return False
    differs = pair.new.is_denial != pair.held.is_denial or _says_no(pair.held) != _says_no(pair.new)
    return differs and shared_things(pair.new, pair.held) > 0


def _is_deed_denied(pair: Pair) -> bool:
    """Say whether the deed denied is what somebody says befell "it" or "them", in other words perhaps.

    "Say they saw it hit" has too few words to share with the denial that the helicopter was struck.
    """
    new, held = pair.new, pair.held
    if pair.kin < threshold("kin_between") or held.is_negative or _claims_nothing(held) or held.is_ahead:
        return False
    if new.status is not Status.DENIED or _IT.isdisjoint(held.plain):
        return False
    return meet(deeds(new) - _UNTELLING, deeds(held).intersection(_befell_it(held.plain)))


def _befell_it(plain: Sequence[str]) -> Iterator[str]:
    """Yield the stems, of verbs in one form, of what follows an "it" or "them": "saw it hit", "it was struck"."""
    for at, word in enumerate(plain):
        if word in _IT:
            yield from in_one_form(
                words.stem(after) for after in plain[at + 1 : at + _NEAR_IT] if after not in words.FUNCTION_WORDS
            )


def _is_doubted(pair: Pair) -> bool:
    """Say whether a sentence that doubts what somebody says names them, and a thing of the held claim of theirs."""
    new, held = pair.new, pair.held
    if not held.speaker or held.is_negative or is_same_speaker(new, held):
        return False
    if not held.speaker <= set(map(name_key, new.words)):
        return False
    return pair.kin >= threshold("kin_least") and shared_things(new, held) > 0


def _says_no(profile: Profile) -> bool:
    return profile.is_negative or bool(profile.negated)


def _claims_nothing(profile: Profile) -> bool:
    """Say whether the sentence only expects something, or leaves it open: "to find out whether"."""
    return not profile.is_denial and (profile.status is Status.FORECAST or profile.asks)


def _meets_denied(new: Profile, held: Profile) -> bool:
    return any(
        _has_what_is_denied(claim, denial) or _has_money_denied(claim, denial)
        for claim, denial in ((new, held), (held, new))
    )


def _has_money_denied(claim: Profile, denial: Profile) -> bool:
    """Say whether one tells of a sum of what the other says there was not one of, from whom both name.

    "Not one crown came from Velmo" and "not a penny" deny the 2 million crowns that Velmo gave.
    """
    if "not" not in denial.nots or claim.is_negative or not claim.amounts:
        return False
    named = denial.names - _printed_speaker(denial) - denial.party - (denial.places & claim.places)
    if named.isdisjoint(claim.names) and not _is_of_deniers(claim, denial):
        return False
    units = {unit_of(word) for word in _not_one_of(denial.plain)}
    return any(
        figure.sort is Sort.MEASURE and (figure.noun in units or (units & _COINS and figure.noun in _currencies()))
        for figure in claim.figures
        if figure.value > 0 and (figure.of is None or figure.of in _GIVEN)
    )


def _is_of_deniers(claim: Profile, denial: Profile) -> bool:
    """Say whether the claim is about who denies, and both tell of one more thing beside that: "from the casino"."""
    told = (denial.terms & claim.terms) - denial.names - claim.names - denial.party - LIGHT.keys()
    return not claim.names.isdisjoint(denial.voice) and bool(told)


def _printed_speaker(profile: Profile) -> frozenset[str]:
    """Return the keys of the words that print the speaker, with an office: "Marsh Party treasurer Max Orr"."""
    speaker = profile.known.fact.speaker
    printed = words.tokens(speaker.as_printed) if speaker else ()
    return frozenset(name_key(words.stem(token.text)) for token in printed)


def _not_one_of(plain: Sequence[str]) -> Iterator[str]:
    """Yield the nouns behind "not one", "not a", "not a single"."""
    for at, word in enumerate(plain):
        if word == "not" and plain[at + 1 : at + 2] and plain[at + 1] in _ONE:
            yield from (noun for noun in plain[at + 2 : at + 4] if noun != "single")


@cache
def _currencies() -> frozenset[str]:
    """Return what the units of money are compared by."""
    return frozenset(unit_of(code.lower()) for _, code, _ in lexicon.table("currencies.tsv"))


def _has_what_is_denied(claim: Profile, denial: Profile) -> bool:
    if not denial.negated or denial.negated <= _COUNTING or claim.negated or claim.is_negative:
        return False
    if denial.is_ahead and not claim.is_ahead:
        return False  # that no planes will land contradicts none that flew
    counted = {
        f"#{name}" for figure in claim.figures if figure.value > 0 for name in (figure.noun, figure.toll) if name
    }
    return denial.negated <= claim.terms | counted
