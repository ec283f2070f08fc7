"""Endless invented wire stories, as whole texts: speakers, quotations, figures that change, names that return.

The words are those of `invented_news`, so the vocabulary grows as in real news; the sentences are built as agencies
build them, so that reading them out costs what it costs for real ones. Several stories tell of one event.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from store.facts.model import Story
from tests.bench.invented_news import News

STORIES_OF_AN_EVENT = 6
_RUNNING = 8  # events that are told of at the same time
_OUTLETS = ("Coastal Wire", "The Lowland Post", "Harbour Radio", "Northern Press")
_ROLES = ("Interior Minister", "Governor", "police chief", "Foreign Minister", "President", "Mayor")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_COUNTED = ("people", "soldiers", "houses", "lorries", "passengers", "families", "boats", "protesters")
_HAPPENED = ("were evacuated", "were injured", "had been killed", "were missing", "had arrived", "were destroyed")
_BEGAN = datetime(2021, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Event:
    place: str
    country: str
    people: list[tuple[str, str, str]]  # given name, surname, role
    body: str
    words: list[str]  # that its stories share
    figure: int


class Wire:
    """Writes the same stories for the same seed."""

    def __init__(self, seed: int, *, sentences: int = 30) -> None:
        self._chance = random.Random(seed)  # noqa: S311
        self._news = News(seed)
        self._sentences = sentences
        self._events: list[_Event] = []

    def stories(self, facts: int) -> Iterator[Story]:
        """Yield stories until there are about *facts* sentences in them, each published an hour after the last."""
        for number in range(0, facts // self._sentences):
            if len(self._events) < _RUNNING or self._chance.random() < 1 / STORIES_OF_AN_EVENT:
                self._events = [*self._events, self._event()][-_RUNNING:]
            event = self._chance.choice(self._events)
            event.figure += self._chance.randint(0, 40)
            yield self._story(event, _BEGAN + timedelta(hours=number))

    def _event(self) -> _Event:
        names = [self._news.word().capitalize() for _ in range(9)]
        people = [(names[at], names[at + 1], self._chance.choice(_ROLES)) for at in (0, 2, 4)]
        words = [self._news.word() for _ in range(12)]
        return _Event(names[6], names[7], people, f"{names[8]} Ministry", words, self._chance.randint(5, 900))

    def _story(self, event: _Event, published_at: datetime) -> Story:
        told = [self._sentence(event) for _ in range(self._sentences)]
        paragraphs = [" ".join(told[at : at + 2]) for at in range(0, len(told), 2)]
        title = f"{event.place} {' '.join(self._words(event, 5))}"
        outlet = self._chance.choice(_OUTLETS)
        return Story("\n\n".join(paragraphs), title, outlet, None, published_at)

    def _words(self, event: _Event, count: int) -> list[str]:
        """Return words of the language, a third of them the event's own."""
        return [
            self._chance.choice(event.words) if self._chance.random() < 0.33 else self._news.word()
            for _ in range(count)
        ]

    def _clause(self, event: _Event) -> str:
        a, b, c, d, e = self._words(event, 5)
        return f"the {a} {b} of {event.place} had {c}ed a {d} near the {e}"

    def _sentence(self, event: _Event) -> str:
        pick = self._chance.choice
        given, surname, role = pick(event.people)
        day, clause = pick(_DAYS), self._clause(event)
        more, counted = " ".join(self._words(event, 3)), f"{pick(_COUNTED)} {pick(_HAPPENED)}"
        figure = max(2, event.figure - pick((0, 0, 0, 3, 10)))
        kinds = (
            f"{role} {given} {surname} of {event.country} said on {day} that {clause} and the {more}.",
            f'"We have seen the {more} and {clause}," Mr {surname} told reporters in {event.place} on {day}.',
            f"At least {figure:,} {counted} in {event.place} after the {more}, the {event.body} said.",
            f"The {event.body} denied that {clause} in the {more}.",
            f"{clause[0].upper()}{clause[1:]} on {day}, and the {more} was {pick(event.words)}.",
            f"It was not clear whether {clause} before the {more}.",
            f"According to {event.body} officials, {figure:,} {counted} since last week, up from {figure // 2}.",
            f"He added that {clause} and would be {pick(event.words)} by the end of March.",
            f"Residents of {event.place} said the {more} had {pick(event.words)} and {clause}.",
        )
        return pick(kinds)
