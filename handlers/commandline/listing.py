"""`facts` and `alerts`: what is held, and what was told."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from handlers.commandline.printing import alert_text, explained_text, fact_text
from handlers.commandline.shapes import alert_shape, fact_shape
from handlers.commandline.terminal import CommandError, Terminal
from store.database.alerts import all_alerts
from store.database.reading import StoredRelation, all_facts, known_facts, relations_of, stories_of, story_by_key
from store.database.store import Store
from store.facts.explaining import Explained, explain_fact, explain_relation
from store.facts.extract import extract_facts
from store.facts.model import Known

if TYPE_CHECKING:
    from sqlite_utils import Database


def list_facts(args: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    """List every fact, those of one story, or the rules behind one fact."""
    # Printed inside the read: what is listed is one moment of the store, and a million facts need no memory.
    if args.explain is not None:
        store.read(lambda db: _explain(db, args.explain, terminal))
    elif args.jsonl:
        store.read(lambda db: _print_fact_lines(db, args.story, terminal))
    else:
        store.read(lambda db: _print_facts(db, args.story, terminal))
    return 0


def _facts_by_story(db: Database, story: str | None) -> Iterator[tuple[list[Known], list[StoredRelation]]]:
    """Yield each story's facts, with all relations that start or end at one of them."""
    if story is not None and story_by_key(db, story) is None:
        raise CommandError(f"no story has the id {story!r}; 'bot.py facts' lists them all")
    for _, group in groupby(all_facts(db, story_key=story), key=lambda known: known.story):
        facts = list(group)
        yield facts, relations_of(db, [known.id for known in facts])


def _print_fact_lines(db: Database, story: str | None, terminal: Terminal) -> None:
    for facts, relations in _facts_by_story(db, story):
        for known in facts:
            terminal.json_line(fact_shape(known, [r for r in relations if r.source == known.id]))


def _print_facts(db: Database, story: str | None, terminal: Terminal) -> None:
    count = 0
    for facts, relations in _facts_by_story(db, story):
        first = facts[0]
        terminal.say(f"# {first.story_key}: {first.title or first.outlet or 'without a title'}")
        for known in facts:
            terminal.say(fact_text(known, [r for r in relations if r.source == known.id]))
        terminal.say()
        count += len(facts)
    if not count:
        terminal.warn("no fact is held; 'bot.py ingest FILE' stores some")


def _explain(db: Database, fact: int, terminal: Terminal) -> None:
    known = known_facts(db, [fact]).get(fact)
    if known is None:
        raise CommandError(f"no fact has the number {fact}; 'bot.py facts' lists them all")
    relations = [relation for relation in relations_of(db, [fact]) if relation.source == fact]
    related = known_facts(db, [relation.target for relation in relations])
    terminal.say(fact_text(known, relations))
    for explained in _reread(db, known, terminal):
        terminal.say(explained_text(explained))
    for relation in relations:
        target = f"{relation.target}: {related[relation.target].text}"
        terminal.say(explained_text(explain_relation(relation.type, target, relation.evidence)))


def _reread(db: Database, known: Known, terminal: Terminal) -> list[Explained]:
    """Read a fact's story again, since rules are not stored, and return why each field of the fact is as it is."""
    story = stories_of(db, [known.story])[known.story].story
    extraction = extract_facts(story)
    place = (known.fact.start, known.fact.end)
    fact = next((fact for fact in extraction.facts if (fact.start, fact.end) == place), None)
    if fact != known.fact:
        terminal.warn("stored by an earlier version of the rules; those of today read its story otherwise")
    return explain_fact(story.text, extraction, fact) if fact else []


def list_alerts(args: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    """List every alert, oldest first, with where it went."""
    show = _print_alert_lines if args.jsonl else _print_alerts
    store.read(lambda db: show(db, terminal))
    return 0


def _print_alert_lines(db: Database, terminal: Terminal) -> None:
    for alert in all_alerts(db):
        told = known_facts(db, [id_ for fact in alert.facts for id_ in (fact.fact, fact.ref) if id_ is not None])
        key = stories_of(db, [alert.story])[alert.story].key
        terminal.json_line(alert_shape(alert, key, told))


def _print_alerts(db: Database, terminal: Terminal) -> None:
    count = 0
    for count, alert in enumerate(all_alerts(db), start=1):  # noqa: B007 - counted for the line below
        told = known_facts(db, [id_ for fact in alert.facts for id_ in (fact.fact, fact.ref) if id_ is not None])
        terminal.say(alert_text(alert, stories_of(db, [alert.story])[alert.story], told))
        terminal.say()
    if not count:
        terminal.warn("no alert has been made yet")
