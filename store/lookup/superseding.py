"""Which sentence takes the place of the one that fits best: the newest figure, the correction, what was taken back.

The ranking puts first what is worded like the question, and that is often what was reported first. A desk wants what
holds now, with the rest as notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.facts.model import Known, Quantity, Status
from store.lookup.asking import Want
from store.lookup.choices import Choice
from store.lookup.counting import Counted, figure_fit, same_count
from store.lookup.measuring import current_quantities, shares
from store.lookup.model import NoteType
from store.lookup.notes import published
from store.lookup.objecting import terms_of
from store.lookup.passages import Weighed
from store.lookup.question import Asked
from store.lookup.settings import news_settings
from store.lookup.wording import Ask, all_in, is_in

_FIGURES = frozenset({Want.COUNT, Want.AMOUNT, Want.SHARE})
# Questions whose answer changes with time, even when no word says "now".
_CHANGING = _FIGURES | {Want.YES_NO}
_AS_WELL = 0.8  # share of the older figure's fit from which on the newer one counts the same
_WAS = re.compile(r"\b(?:from|not) $")  # before a figure that another one replaced


def newest_first(
    choices: Sequence[Choice], asked: Asked, weighed: Weighed, counted: Counted, named: Sequence[Ask]
) -> list[Choice]:
    """Return *choices* with the newest value for what the first is about in front of it; *named* are asked names."""
    first = choices[0]
    if asked.first:
        return _in_front(_oldest(choices, weighed, counted), choices)
    if not asked.period.is_open:
        return list(choices)
    if asked.speaker is not None and (revised := _walk_back_of(first, choices)) is not None:
        return _in_front(revised, choices)
    near = _behind(choices, "margin")
    rivals = [choice for choice in near if _corrects(choice, first, weighed, counted)]
    if asked.latest or weighed.want in _CHANGING:
        rivals += [
            choice
            for choice in near
            if _takes_over(choice, first, weighed, counted) and _names_as_many(choice, first, named)
        ]
    if asked.latest:
        rivals += [*_updates_of(first, choices[1:], weighed, counted), *_as_close(choices, weighed)]
    newest = max([first, *rivals], key=lambda choice: published(choice.known))
    return _in_front(newest, choices)


def _behind(choices: Sequence[Choice], setting: str) -> list[Choice]:
    """Return those that stand behind the first of *choices* by no more than a *setting*, in the ranking's sum."""
    most = news_settings()["newest"][setting]
    return [choice for choice in choices[1:] if choices[0].score - choice.score <= most]


def _in_front(one: Choice, choices: Sequence[Choice]) -> list[Choice]:
    return [one, *(choice for choice in choices if choice.known.id != one.known.id)]


def _oldest(choices: Sequence[Choice], weighed: Weighed, counted: Counted) -> Choice:
    """Return the oldest figure among *choices* for what the first is about: the initial toll."""
    first = choices[0]
    if weighed.want not in _FIGURES:
        return first
    earlier = [choice for choice in _behind(choices, "margin") if _takes_over(first, choice, weighed, counted)]
    return min([first, *earlier], key=lambda choice: published(choice.known))


def _walk_back_of(first: Choice, choices: Sequence[Choice]) -> Choice | None:
    """Return the one of *choices* that takes back what *first* says: where somebody stands now."""
    against = {note.known.id for note in first.notes if note.type is NoteType.WALKED_BACK_BY}
    return next((choice for choice in choices if choice.known.id in against), None)


def _corrects(newer: Choice, older: Choice, weighed: Weighed, counted: Counted) -> bool:
    """Tell whether *newer* puts right what *older* says: takes it back, or names its figure as one that was wrong."""
    if published(newer.known) <= published(older.known):
        return False
    if weighed.want in _FIGURES:
        return (
            newer.covered(weighed) >= news_settings()["newest"]["of_update"] * older.covered(weighed)
            and _gives_figure(newer.known, weighed.want, counted)
            and figure_fit(newer.known, counted) >= _AS_WELL * figure_fit(older.known, counted)
            and _revises(newer.known, older.known)
        )
    if weighed.want is not Want.YES_NO:
        return False
    takes_back = newer.known.fact.status is Status.WALKED_BACK or any(
        note.type is NoteType.WALKED_BACK_BY and note.known.id == newer.known.id for note in older.notes
    )
    return takes_back and newer.said(weighed) >= news_settings()["newest"]["as_much"] * older.said(weighed)


def _revises(newer: Known, older: Known) -> bool:
    """Tell whether *newer* says itself that its figure was another one before, and *older* has that one."""
    held = {(figure.value, figure.unit) for figure in current_quantities(older) if figure.value is not None}
    return any((figure.value, figure.unit) in held for figure in newer.fact.quantities if _was(newer, figure))


def _was(known: Known, figure: Quantity) -> bool:
    """Tell whether a *figure* of *known* is one that no longer holds: "from 9 million", "up from three", "not nine"."""
    return figure.earlier or _WAS.search(known.text[: figure.start - known.fact.start]) is not None


def _updates_of(first: Choice, choices: Sequence[Choice], weighed: Weighed, counted: Counted) -> list[Choice]:
    """Return those of *choices* that are known to have updated the *first*, wherever the ranking put them."""
    updating = {note.known.id for note in first.notes if note.type is NoteType.UPDATED_BY}
    least = news_settings()["newest"]["of_update"] * first.covered(weighed)
    return [
        choice
        for choice in choices
        if choice.known.id in updating
        and _gives_figure(choice.known, weighed.want, counted)
        and choice.covered(weighed) >= least
    ]


def _as_close(choices: Sequence[Choice], weighed: Weighed) -> list[Choice]:
    """Return those of *choices* that are nearly as close to a question as the first: of these the newest answers.

    Counts and shares are compared by what they count, amounts must be of one unit.
    """
    if weighed.want in _FIGURES - {Want.AMOUNT}:
        return []
    first = choices[0]
    least = news_settings()["newest"]["as_much"] * first.covered(weighed)
    return [
        c
        for c in _behind(choices, "close")
        if c.covered(weighed) >= least and (weighed.want is not Want.AMOUNT or _units(c.known) & _units(first.known))
    ]


def _units(known: Known) -> set[str]:
    return {figure.unit for figure in current_quantities(known) if figure.unit is not None}


def _takes_over(newer: Choice, older: Choice, weighed: Weighed, counted: Counted) -> bool:
    """Tell whether *newer* gives a later value for the same thing as *older*."""
    if published(newer.known) <= published(older.known):
        return False
    if newer.covered(weighed) < news_settings()["newest"]["covered"] * older.covered(weighed):
        return False
    notes = {note.type for note in older.notes if note.known.id == newer.known.id}
    if NoteType.UPDATED_BY in notes or (NoteType.WALKED_BACK_BY in notes and weighed.want in _FIGURES):
        return _gives_figure(newer.known, weighed.want, counted)
    return same_count(newer.known, older.known, counted)


def _gives_figure(known: Known, want: Want, counted: Counted) -> bool:
    """Tell whether the sentence has a figure that may be the wanted one, if one is wanted.

    Any will do when no more is known of it.
    """
    if want not in _FIGURES:
        return True
    if want is Want.SHARE:
        return bool(shares(known))
    return figure_fit(known, counted) > 0 if counted.tells else bool(current_quantities(known))


def _names_as_many(newer: Choice, older: Choice, named: Sequence[Ask]) -> bool:
    """Tell whether all of the *named* that the older sentence has stand in, or around, the newer one too."""
    said = terms_of(older.known)
    return all_in([ask for ask in named if is_in(ask, said)], terms_of(newer.known) | newer.around)
