"""`watch PHRASE --try`: which stored stories a subscription to a phrase would have matched."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from handlers.commandline.printing import fact_text
from handlers.commandline.shapes import watched_shape
from handlers.commandline.terminal import CommandError, Terminal
from store.database.reading import all_stories, known_facts
from store.database.store import Store
from store.lookup.watching import matching_facts, read_phrase

if TYPE_CHECKING:
    from sqlite_utils import Database


def run(args: argparse.Namespace, store: Store, terminal: Terminal) -> int:
    """Try the phrase on every stored story."""
    store.read(lambda db: _try(db, args, terminal))
    return 0


def _try(db: Database, args: argparse.Namespace, terminal: Terminal) -> None:
    watched = " ".join(args.phrase)
    phrase = read_phrase(db, watched)
    if not phrase.words:
        raise CommandError(f"{watched!r} has no telling word: name a person, a place or a thing")
    matched = 0
    for stored in all_stories(db):
        facts = list(known_facts(db, stored.fact_ids, stems=True).values())
        found = matching_facts(phrase, stored.story.title, facts)
        matched += bool(found)
        if args.jsonl:
            terminal.json_line(watched_shape(stored.key, [known.id for known in found]))
        elif found:
            terminal.say(f"# {stored.key}: {stored.story.title or stored.story.outlet or 'without a title'}")
            for known in found:
                terminal.say(fact_text(known, ()))
            terminal.say()
    if not args.jsonl and not matched:
        terminal.warn("no stored story would have matched")
