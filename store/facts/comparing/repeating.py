"""What is held already: copies, repeats and second sources."""

from __future__ import annotations

from collections.abc import Sequence

from store.facts.comparing.changes import tells_otherwise
from store.facts.comparing.copies import is_copy, may_copy
from store.facts.comparing.deeds import (
    WIDE,
    befalls,
    deeds,
    do_otherwise,
    in_one_form,
    meet,
    shared_things,
)
from store.facts.comparing.evidence import copied, shared
from store.facts.comparing.identifying import (
    CARRYING,
    identify,
    is_own_sum,
    is_the_toll,
    measures_another,
    share_sums,
)
from store.facts.comparing.profiles import Profile
from store.facts.comparing.retelling import goes_on, is_to_come, is_told_over
from store.facts.comparing.rewording import reworded_share, trade
from store.facts.comparing.sameness import Likeness, is_same_outlet, is_same_speaker, likeness
from store.facts.comparing.scene import Pair, Scene, Verdict, published
from store.facts.comparing.tallies import Figure, Sort
from store.facts.comparing.thresholds import threshold
from store.facts.comparing.turning import (
    has_other_name,
    is_another_day,
    is_nearly,
    is_one_day,
    is_turned,
    overlap,
    swaps,
)
from store.facts.model import RelationType, Status, Tag

_FEW = 2  # words of a sentence that can be compared


def find_copy(pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """Find the sentence word for word: of the same outlet, in a copied story, or too long to be alike by chance."""
    for pair in sorted(_alike(pairs, scene), key=lambda pair: published(pair.held.known)):
        mine, theirs = pair.new.plain, pair.held.plain
        in_copy = scene.origin is not None and scene.origin == (pair.held.known.origin or pair.held.story)
        if _is_regraded(pair) or not is_copy(mine, theirs, in_copy=in_copy):
            continue
        if mine != theirs and is_turned(pair.new, pair.held, is_edited=in_copy):
            continue
        if in_copy or is_same_outlet(pair.new, pair.held) or len(mine) >= threshold("copy_words"):
            return Verdict(None, pair.held, RelationType.ALSO_REPORTS, copied(pair.new, pair.held))
    return None


def _alike(pairs: Sequence[Pair], scene: Scene) -> list[Pair]:
    """Return the pairs that may be copies by the words that they share: the others' sentences need not be read."""
    least = threshold("copy_share")
    alike = [pair for pair in pairs if pair.like.of_new >= least or not pair.new.terms]
    if not alike:
        return []
    ratio = threshold("copy_ratio" if scene.origin is None else "copy_ratio_within")
    possible = {held.id for held in may_copy(alike[0].new, [pair.held for pair in alike], ratio)}
    return [pair for pair in alike if pair.held.id in possible]


def find_repeat(pairs: Sequence[Pair], scene: Scene) -> Verdict | None:
    """Find the fact in other words: a second source the first time another outlet or named speaker has it."""
    least = threshold("same_share_least")
    same = [pair for pair in pairs if pair.like.of_new >= least and _says_same(pair, scene) and not _is_turned(pair)]
    same = [pair for pair in same if not _has_own_date(pair, pairs)]
    if not same:
        return None
    first = min(same, key=lambda pair: published(pair.held.known))
    is_new_voice = not any(_one_voice(pair.new, pair.held) for pair in same)
    is_known_twice = any(not _one_voice(first.held, other.held) for other in same)
    is_told = is_new_voice and not is_known_twice and not first.new.reminds
    tag = Tag.SECOND_SOURCE if is_told else None
    return Verdict(tag, first.held, RelationType.ALSO_REPORTS, shared(first.new, first.held))


def _is_turned(pair: Pair) -> bool:
    """Say whether the two have nearly the same words for two things, or one is of another event's day."""
    new, held = pair.new, pair.held
    if pair.kin < threshold("kin_least") and is_another_day(new, held):
        return True
    return new.plain != held.plain and is_nearly(new, held) and is_turned(new, held)


def _one_voice(one: Profile, other: Profile) -> bool:
    """Say whether two facts have one outlet, and no two named speakers."""
    if one.speaker and other.speaker and not is_same_speaker(one, other):
        return False
    return is_same_outlet(one, other)


def _says_same(pair: Pair, scene: Scene) -> bool:
    """Say whether the held fact, with the rest of its story, leaves nothing new in the new one."""
    figures = [figure for figure in pair.new.figures if not figure.earlier]
    unknown = [] if _is_tally(figures, pair.held) else [figure for figure in figures if not _is_held(figure, pair.held)]
    if _differs_in_kind(pair) or not all(figure.lasts for figure in unknown):
        return False
    if unknown:
        return pair.like.context >= threshold("measure_context") and not has_other_name(pair.new, pair.held)
    if _echoes(pair, scene) or is_told_over(pair, scene):
        return True
    # Of a sentence with a word or two most is soon held; then the held one must say little else as well.
    like = _likeness(pair, scene)
    share = like.of_new if len(pair.new.words) > _FEW else like.context
    needed = _needed_share(figures, pair, scene)
    is_enough = share >= needed or like.context >= threshold("same_context") or _is_reworded(pair, scene, needed)
    return is_enough and _tells_same(figures, pair, scene)


def _likeness(pair: Pair, scene: Scene) -> Likeness:
    """Return how alike the two are; that the held one names who speaks in the new one is nothing that both tell."""
    if pair.new.voice.isdisjoint(pair.held.words):
        return pair.like
    like = likeness(pair.new, pair.held, scene.rarity, without=pair.new.voice)
    return min(like, pair.like, key=lambda one: one.of_new)


def _is_reworded(pair: Pair, scene: Scene, needed: float) -> bool:
    """Say whether so much of what the new fact tells is held, whoever tells it, in other words perhaps."""
    if pair.kin < threshold("kin_between") or len(pair.new.words) <= _FEW or pair.new.is_denial or trade(*pair[:2]):
        return False
    return reworded_share(pair.new, pair.held, scene.rarity) >= needed


def _tells_same(figures: Sequence[Figure], pair: Pair, scene: Scene) -> bool:
    """Say whether both tell one thing, and not only name one: of whom the shares are, something else may be told.

    One telling number, one day of one plan, or one thing done are enough; where the new fact tells of nothing done,
    it needs two things more than names in common.
    """
    if any(measures_another(figure, pair) for figure in figures):
        return False
    is_turned = pair.new.nots != pair.held.nots
    is_identified = identify(figures, pair) or is_the_toll(figures, pair, scene)
    if (
        (is_identified and not pair.new.nots - pair.held.nots)
        or _recalls_alike(pair)
        or (_is_one_date(pair) and not is_turned)
    ):
        return True
    if is_turned or _is_only_foreseen(figures, pair):
        return False
    done = _told_deeds(pair.new) - CARRYING
    if not done:
        return shared_things(pair.new, pair.held) > 1 and not do_otherwise(pair.new, pair.held)
    return _do_the_same(done, figures, pair, scene)


def _do_the_same(done: frozenset[str], figures: Sequence[Figure], pair: Pair, scene: Scene) -> bool:
    """Say whether what the new fact tells to have been *done* is held, be it in other words."""
    theirs = _told_deeds(pair.held)
    if not done.isdisjoint(theirs):
        known = in_one_form(scene.words[pair.held.story]) | theirs
        untold = done - known - CARRYING - WIDE
        return befalls(done) <= known and all(meet(frozenset({deed}), theirs) for deed in untold)
    if _is_one_scene(figures, pair):
        return all(meet(frozenset({deed}), theirs) for deed in befalls(done) or done)
    return _is_told_over(done, pair, scene)


def _is_told_over(done: frozenset[str], pair: Pair, scene: Scene) -> bool:
    """Say whether most of what the new fact tells is held, and all that it tells was done, in other words perhaps."""
    theirs = _told_deeds(pair.held) | in_one_form(pair.held.terms)
    return (
        all(meet(frozenset({deed}), theirs) for deed in done)
        and shared_things(pair.new, pair.held) > 0
        and _is_reworded(pair, scene, threshold("retold"))
    )


def _told_deeds(profile: Profile) -> frozenset[str]:
    """Return the deeds that a fact tells, and what befell those whom it counts: seven "survivors" were rescued."""
    return deeds(profile) | {f"#{figure.toll}" for figure in profile.figures if figure.toll}


def _is_one_scene(figures: Sequence[Figure], pair: Pair) -> bool:
    """Say whether both are of one place or person, and of one day or one telling number of one thing."""
    if pair.new.names.isdisjoint(pair.held.names - pair.new.voice - pair.held.voice):
        return False
    if is_one_day(pair.new, pair.held):
        return True
    return any(
        (mine.is_telling or mine.is_many) and mine.equals(other) and mine.counts_like(other) >= threshold("one_scene")
        for mine in figures
        for other in pair.held.figures_near(mine)
    )


def _is_only_foreseen(figures: Sequence[Figure], pair: Pair) -> bool:
    """Say whether only one is a forecast; who "will lose their jobs" are those whose jobs a firm plans to cut."""
    if (pair.new.status is Status.FORECAST) == (pair.held.status is Status.FORECAST):
        return False
    return not (pair.new.is_ahead and pair.held.is_ahead and any(figure.is_many for figure in figures))


def _echoes(pair: Pair, scene: Scene) -> bool:
    """Say whether somebody "also" says what another speaker is held to have said; who speaks is no part of it."""
    if not (pair.new.echoes and pair.held.speaker and pair.kin > 0) or is_same_speaker(pair.new, pair.held):
        return False
    like = likeness(pair.new, pair.held, scene.rarity, without=pair.new.voice)
    return like.of_new >= threshold("same_share_also")


def _needed_share(figures: Sequence[Figure], pair: Pair, scene: Scene) -> float:
    """Return the share of the new fact's words that the held one must have, all of its figures being held."""
    counted = [figure for figure in figures if figure.sort is not Sort.MEASURE]
    if pair.kin > 0 and (_recalls_alike(pair) or any(figure.is_telling for figure in counted)):
        return threshold("same_share_telling")
    if any(figure.is_telling for figure in figures) or share_sums(pair):
        return threshold("same_share_measures")
    if is_the_toll(counted, pair, scene):
        return threshold("same_share_toll")
    if counted and (_told_by_story(pair, scene) >= threshold("same_told") or _befell_at_once(counted, pair)):
        return threshold("same_share_figures")
    if _is_one_scene(figures, pair) and not deeds(pair.new).isdisjoint(deeds(pair.held)) and not swaps(*pair[:2]):
        return threshold("same_share_scene")
    return threshold("same_share_dated" if _is_one_date(pair) or _is_one_event(pair) else "same_share")


def _befell_at_once(figures: Sequence[Figure], pair: Pair) -> bool:
    """Say whether the same happened to as many on one day at one place: "killing eight", "eight died"."""
    is_there = any(
        mine.toll and mine.equals(other) and mine.toll == other.toll
        for mine in figures
        for other in pair.held.figures_near(mine)
    )
    return is_there and is_one_day(pair.new, pair.held) and _is_one_scene(figures, pair)


def _is_one_event(pair: Pair) -> bool:
    """Say whether both tell of one kind of event on one day, with nothing else in it, in stories surely about one."""
    if pair.kin < threshold("kin_between") or pair.new.events.isdisjoint(pair.held.events):
        return False
    return is_one_day(pair.new, pair.held) and not swaps(pair.new, pair.held)


def _recalls_alike(pair: Pair) -> bool:
    """Say whether the new fact only reminds of what was: on a day that the held one tells of, or as its words say.

    What somebody had said is no reminder of what another says.
    """
    is_others = pair.new.speaker and pair.held.speaker and not is_same_speaker(pair.new, pair.held)
    if is_others or not pair.new.recalls:
        return False
    mine, theirs = pair.new.known.fact.dates, pair.held.known.fact.dates
    is_same_day = any(
        one.first[:10] <= other.last[:10] and other.first[:10] <= one.last[:10] for one in mine for other in theirs
    )
    return is_same_day if mine and theirs else pair.new.known.fact.background


def _differs_in_kind(pair: Pair) -> bool:
    """Say whether one denies, carries out or changes what the other says: then shared words mean little."""
    return (
        (pair.new.negated != pair.held.negated and not (pair.new.is_denial and pair.held.is_denial))
        or (pair.new.is_denial != pair.held.is_denial and (pair.new.is_denial or not is_own_sum(pair)))
        or _is_carried_out(pair)
        or (tells_otherwise(pair.new.changes, pair.held.changes) and not goes_on(pair.new, pair.held))
        or _is_regraded(pair)
    )


def _is_regraded(pair: Pair) -> bool:
    """Say whether the grades differ, be it in one word of a sentence: a red alert after an orange one."""
    return bool(pair.new.grades) and pair.new.grades != pair.held.grades


def _has_own_date(pair: Pair, pairs: Sequence[Pair]) -> bool:
    """Say whether the new fact plans something for a day that the held one's story, as far as it is near, has not."""
    if not (pair.new.is_ahead and pair.new.coming):
        return False
    theirs = [day for other in pairs if other.held.story == pair.held.story for day in other.held.coming]
    return any(not any(overlap(mine, day) for day in theirs) for mine in pair.new.coming)


def _is_one_date(pair: Pair) -> bool:
    """Say whether both plan something of one kind for one day in a story about one event."""
    mine = pair.new.coming
    if pair.new.is_ahead:  # in the morning what is to come on the same day is a plan still
        mine |= {(when.first[:10], when.last[:10]) for when in pair.new.known.fact.dates}
    return pair.kin > 0 and bool(mine and mine & pair.held.coming) and bool(pair.new.subjects & pair.held.subjects)


def _is_carried_out(pair: Pair) -> bool:
    """Say whether what was only planned has happened: that is news."""
    return pair.held.is_ahead and not is_to_come(pair.new)


def _is_tally(figures: Sequence[Figure], held: Profile) -> bool:
    """Say whether two telling numbers or more are all held together, whatever they seem to count: "78-71"."""
    if len(figures) < 2 or not all(figure.value in held.amounts for figure in figures):  # it need not be read then
        return False
    values = {theirs.value for theirs in held.figures}
    return all(figure.is_telling and figure.value in values for figure in figures)


def _is_held(figure: Figure, held: Profile) -> bool:
    if figure.lasts and any(figure.is_as_long_as(theirs) for theirs in held.figures):
        return True
    return any(
        figure.equals(theirs) and (figure.counts_like(theirs) > 0 or figure.sort is theirs.sort is Sort.BARE)
        for theirs in held.figures_near(figure)
    )  # "a country of 6.2 million" does not say of what


def _told_by_story(pair: Pair, scene: Scene) -> float:
    """Return the share of the new fact's words that the held fact's story has anywhere."""
    mine = pair.new.words
    theirs = scene.words[pair.held.story]
    return scene.rarity.total(mine & theirs) / (scene.rarity.total(mine) or 1.0)
