"""The newest sentences that are held, at large or on a topic: what "anything new on the strike" is answered with.

One of each story first, the newest story first, then the next of each: who asks for the news wants to see what there
is, and not one story from its first sentence to its last.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import chain, groupby, zip_longest

from sqlite_utils import Database

from store.database.full_text import Index, all_of, any_of, newest_rows, quoted
from store.database.reading import IS_CURRENT, current_facts, known_facts
from store.facts.model import Known
from store.lookup.asking import is_light
from store.lookup.candidates import IN_SCOPE, Scope, values_of, within_scope
from store.lookup.notes import published
from store.lookup.objecting import terms_of
from store.lookup.wording import Ask, is_in

_MOST_STORIES = 40  # looked at, the newest
_LEADS = 4  # sentences of each that may be shown when no topic picks them: what a story opens with
_MOST_PARAGRAPHS = 200  # on a topic, the newest
_MEANT = 0.7  # weight of a reading of a topic's word from which on a sentence with it is on the topic: no mere synonym


def newest_facts(db: Database, asks: Sequence[Ask], scope: Scope) -> list[Known]:
    """Return the newest sentences within *scope* in the order to show: on what *asks* word, or at large without them.

    Empty when nothing is held of the scope, or on all of the topic.
    """
    topic = _topic(asks)
    ids = _on_topic(db, topic, scope) if topic else _openings(db, scope)
    usable = current_facts(db, ids)
    known = known_facts(db, [fact for fact in ids if fact in usable]).values()
    return _by_turns(_best_of_each(known, topic))


def topic_chance(asks: Sequence[Ask]) -> float:
    """Return how likely it is that what is held is on what *asks* word: how surely the worst of its words was read.

    0 where a word has mere synonyms; 1 for the news at large.
    """
    worst = min((max((option.weight for option in ask.options), default=0.0) for ask in _topic(asks)), default=1.0)
    return worst if worst >= _MEANT else 0.0


def _topic(asks: Sequence[Ask]) -> list[Ask]:
    return [ask for ask in asks if not is_light(ask.typed)] or list(asks)


def _openings(db: Database, scope: Scope) -> list[int]:
    """Return the first sentences of the newest stories within *scope*."""
    rows = db.conn.execute(
        f"SELECT first_fact, facts FROM stories WHERE facts > 0 AND {IS_CURRENT} AND {IN_SCOPE}"  # noqa: S608 - ours
        " ORDER BY time_s DESC, id DESC LIMIT :most",
        values_of(scope) | {"most": _MOST_STORIES},
    ).fetchall()
    return [fact for first, facts in rows for fact in range(first, first + min(facts, _LEADS))]


def _on_topic(db: Database, topic: Sequence[Ask], scope: Scope) -> list[int]:
    """Return the sentences of the newest paragraphs that have, with their story's title, each word of *topic*."""
    groups = [[quoted(option.term) for option in ask.options if option.weight >= _MEANT] for ask in topic]
    if not all(groups):
        return []
    rows = newest_rows(db, Index.PARAGRAPHS, all_of(map(any_of, groups)), _MOST_PARAGRAPHS)
    spans = db.conn.execute(
        "SELECT first_fact, last_fact FROM indexed_paragraphs WHERE id IN (SELECT value FROM json_each(?))"
        " ORDER BY id DESC",
        (json.dumps(list(within_scope(db, Index.PARAGRAPHS, rows, scope))),),
    ).fetchall()
    return [fact for first, last in spans for fact in range(first, last + 1)]


def _best_of_each(known: Iterable[Known], topic: Sequence[Ask]) -> list[list[Known]]:
    """Return the sentences of each story, the newest story first, each with those first that have most of *topic*.

    A near-verbatim copy of a story is left out, and so is a sentence that has nothing of the topic but the title.
    """
    newest = sorted(known, key=lambda one: (-published(one), -one.story, one.id))
    found: dict[int, list[Known]] = {}
    for story, facts in groupby(newest, key=lambda one: one.story):
        counted = [(_worded(one, topic), one) for one in facts]
        best = sorted(counted, key=lambda pair: -pair[0])  # sorting is stable: of equals the one that stands first
        origin = best[0][1].origin or story
        if origin not in found:
            found[origin] = [one for at, (count, one) in enumerate(best) if count or at == 0 or not topic]
    return list(found.values())


def _worded(known: Known, topic: Sequence[Ask]) -> int:
    """Return how many words of *topic* the sentence has."""
    said = terms_of(known)
    return sum(is_in(ask, said, least=_MEANT) for ask in topic)


def _by_turns(stories: Iterable[Iterable[Known]]) -> list[Known]:
    return [known for known in chain.from_iterable(zip_longest(*stories)) if known is not None]
