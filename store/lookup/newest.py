"""The newest sentences that are held, at large or on a topic: what "anything new on the strike" is answered with.

One of each story first, the newest story first, then the next of each: who asks for the news wants to see what there
is, and not one story from its first sentence to its last.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import zip_longest

from sqlite_utils import Database

from store.database.full_text import Index, all_of, any_of, newest_rows, quoted
from store.database.reading import IS_CURRENT, known_facts, stories_of_facts
from store.facts.model import Known
from store.lookup.asking import is_light
from store.lookup.candidates import IN_SCOPE, Scope, values_of, within_scope
from store.lookup.objecting import terms_of
from store.lookup.wording import Ask, is_in

_MOST_STORIES = 40  # looked at, the newest
_LEADS = 4  # sentences of each that may be shown when no topic picks them: what a story opens with
_MOST_PARAGRAPHS = 200  # on a topic, the newest
_MEANT = 0.7  # weight of a reading of a topic's word from which on a sentence with it is on the topic: no mere synonym


def newest_facts(db: Database, asks: Sequence[Ask], scope: Scope) -> Iterator[Known]:
    """Yield the newest sentences within *scope* in the order to show: on what *asks* word, or at large without them.

    None when nothing is held of the scope, or on all of the topic. Each story is read when its turn comes: of the
    hundreds that tell of a running event a few are shown. So take what is needed within one transaction.
    """
    topic = _topic(asks)
    facts: dict[int, list[int]] = {}
    for fact, story in stories_of_facts(db, _on_topic(db, topic, scope) if topic else _openings(db, scope)).items():
        facts.setdefault(story, []).append(fact)
    return _by_turns(_best_of(known_facts(db, facts[story]).values(), topic) for story in _newest_stories(db, facts))


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


def _newest_stories(db: Database, ids: Iterable[int]) -> list[int]:
    """Return the stories with these *ids*, the newest first, without near-verbatim copies of those before them."""
    query = "SELECT id, origin, published_at FROM stories WHERE id IN (SELECT value FROM json_each(?))"
    told = [(_seconds(when), id_, origin or id_) for id_, origin, when in db.conn.execute(query, (json.dumps([*ids]),))]
    kept: dict[int, int] = {}
    for _, id_, origin in sorted(told, reverse=True):
        kept.setdefault(origin, id_)
    return list(kept.values())


def _seconds(published_at: str | None) -> float:
    """Return a moment as seconds since 1970; 0 of a story without one, which comes last."""
    return datetime.fromisoformat(published_at).timestamp() if published_at else 0.0


def _best_of(known: Iterable[Known], topic: Sequence[Ask]) -> list[Known]:
    """Return the sentences of one story, those first that have most of *topic*.

    A sentence that has nothing of the topic but the title is left out, unless there is none better.
    """
    counted = [(_worded(one, topic), one) for one in known]
    best = sorted(counted, key=lambda pair: -pair[0])  # sorting is stable: of equals the one that stands first
    return [one for at, (count, one) in enumerate(best) if count or at == 0 or not topic]


def _worded(known: Known, topic: Sequence[Ask]) -> int:
    """Return how many words of *topic* the sentence has."""
    said = terms_of(known)
    return sum(is_in(ask, said, least=_MEANT) for ask in topic)


def _by_turns(stories: Iterable[Sequence[Known]]) -> Iterator[Known]:
    """Yield the first sentence of each story, then the second of each, and so on."""
    read: list[Sequence[Known]] = []
    for facts in stories:
        read.append(facts)
        yield facts[0]
    for turn in zip_longest(*(facts[1:] for facts in read)):
        yield from (known for known in turn if known is not None)
