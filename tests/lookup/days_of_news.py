"""Stories of one outlet, a day each, and what an editor's order makes of a question to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from store.database.store import Store
from store.facts.model import Story
from store.intake.accept import take_in
from store.lookup.answering import Found, look_up
from store.lookup.model import Question
from store.lookup.weights import load_weights

Look = Callable[[str], Found]


def store_days(store: Store, stories: Iterable[tuple[int, str, str]], *, outlet: str, first: datetime) -> None:
    """Store (day, title, text), day 1 being *first*."""
    for day, title, text in stories:
        at = first + timedelta(days=day - 1)
        take_in(store, Story(text, title, outlet, published_at=at), key=f"d{day}", now=at)


def looking(store: Store, now: datetime, *, limit: int = 5) -> Look:
    """Return what asks *store* one question at *now*."""
    return lambda text: store.read(
        lambda db: look_up(db, Question(text, now, limit=limit), previous=None, weights=load_weights())
    )
