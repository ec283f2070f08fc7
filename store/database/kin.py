"""Which held facts a new story's facts are compared with: those of the stories that share its rarest words.

A fact and what replaces it often share no telling word ("7,640 have signed in", "8,900 stand in its books"),
but their stories do. So the story's rarest words vote for held stories, and each new fact gets the facts of the winners
that are most like it, and their latest figures when it has one. The rows touched are bounded in a store of any size.
"""

from __future__ import annotations

import heapq
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from rapidfuzz.distance import Indel
from sqlite_utils import Database

from store.database.full_text import Index, newest_rows, quoted
from store.database.index import held_terms
from store.database.reading import stories_of_facts
from store.database.recent import recent_profiles
from store.database.spelt import SHORTEST_SPELLED, sound
from store.database.told import Candidates, retired_of, told_by
from store.facts.comparing.profiles import Profile
from store.facts.comparing.sameness import in_fractions
from store.facts.model import Known
from store.facts.words import FUNCTION_WORDS, Token, placed_stems, stem, tokens

VOTING_WORDS = 28  # of a story, the rarest: a story of 14 sentences has about 150 telling words
ROWS_A_WORD = 160  # newest first: an event that runs for years is compared with its latest stories
KIN_STORIES = 12
LINKING_STORIES = 3
LINKED_STORIES = 4
LEAST_WORDS = 2  # one rare word in common is chance
LEAST_SHARE = 0.05  # of the votes that the new story could give
SPELLINGS = 40  # words of one sound that are weighed as spellings of a name
LIKE_SPELLING = 0.6  # letters in common from which they are: "Syrdarya" and "Sirdaryo" share sound and most letters


def find_kin(db: Database, new: Sequence[Known], *, limit: int = 40) -> dict[int, list[Profile]]:
    """Return for each fact of one new story (by its position) the held facts to compare it with, best first.

    At most *limit* for each; an empty list where no held story is about the same. Facts that a later version of their
    story carries or replaced are left out. Look at them on *db*: of most only the words were read.
    """
    words = {known.fact.position: _terms_of(known.text) for known in new}
    weights, ids = _weigh(db, frozenset[str]().union(*words.values()))
    respelt = _respelt(db, new, weights)
    if respelt:
        words = {at: terms | {respelt[term] for term in terms if term in respelt} for at, terms in words.items()}
        more_weights, more_ids = _weigh(db, respelt.values())
        weights, ids = weights | more_weights, ids | more_ids
    stories = _kin_stories(db, weights)
    if not stories:
        return {position: [] for position in words}
    stories += _linked_stories(db, stories)
    weight_of = {ids[term]: weight for term, weight in weights.items()}
    candidates = Candidates(told_by(db, stories), weight_of, without=retired_of(db, stories))
    chosen = {
        known.fact.position: candidates.most_alike(
            {ids[term]: weights[term] for term in words[known.fact.position] if term in ids},
            with_figure=bool(known.fact.quantities),
            limit=limit,
        )
        for known in new
    }
    read = recent_profiles(db, sorted({id_ for facts in chosen.values() for id_ in facts}))
    return {position: [read[id_] for id_ in facts if id_ in read] for position, facts in chosen.items()}


def _terms_of(text: str) -> frozenset[str]:
    return frozenset(term for token, term in placed_stems(text) if token.text not in FUNCTION_WORDS)


def _weigh(db: Database, terms: Iterable[str]) -> tuple[dict[str, float], dict[str, int]]:
    """Return what each held term weighs, rare ones more, and its id; terms that nothing held has are left out."""
    (facts,) = db.conn.execute("SELECT facts FROM index_totals").fetchone()
    ids = held_terms(db, terms)
    seen = dict(
        db.conn.execute(
            "SELECT id, facts FROM terms WHERE facts > 0 AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids.values())),),
        ).fetchall()
    )
    ids = {term: id_ for term, id_ in ids.items() if id_ in seen}
    return {term: in_fractions(math.log(1 + facts / (seen[id_] + 0.5))) for term, id_ in ids.items()}, ids


def _respelt(db: Database, new: Sequence[Known], held: Mapping[str, float]) -> dict[str, str]:
    """Return for names that nothing held spells so the term of the most like name that is held, if there is one."""
    found: dict[str, str] = {}
    tried: set[str] = set()
    for known in new:
        for token in tokens(known.text):
            if token.text in tried or not _is_spelt(known.text, token):
                continue
            tried.add(token.text)
            term = stem(token.text)
            if term in held or term in found:
                continue
            rows = db.conn.execute("SELECT word FROM words WHERE sound = ? LIMIT ?", (sound(token.text), SPELLINGS))
            likes = [(Indel.normalized_similarity(word, token.text), word) for (word,) in rows]
            best, word = max(likes, default=(0.0, ""))
            if best >= LIKE_SPELLING:
                found[term] = stem(word)
    return found


def _is_spelt(text: str, token: Token) -> bool:
    return text[token.start].isupper() and len(token.text) >= SHORTEST_SPELLED and token.text not in FUNCTION_WORDS


def _kin_stories(db: Database, weights: Mapping[str, float]) -> list[int]:
    """Return the held stories for which the rarest words vote, best first."""
    voters = heapq.nlargest(VOTING_WORDS, weights, key=lambda term: (weights[term], term))
    votes: defaultdict[int, float] = defaultdict(float)
    shared: Counter[int] = Counter()
    rows = {term: newest_rows(db, Index.FACTS, quoted(term), ROWS_A_WORD) for term in voters}
    story_of = stories_of_facts(db, chain.from_iterable(rows.values()))
    for term, facts in rows.items():
        for story in {story_of[fact] for fact in facts if fact in story_of}:
            votes[story] += weights[term]
            shared[story] += 1
    least = LEAST_SHARE * sum(weights[term] for term in voters)
    kin = [story for story, count in shared.items() if count >= LEAST_WORDS and votes[story] >= least]
    return heapq.nlargest(KIN_STORIES, kin, key=lambda story: (votes[story], story))


def _linked_stories(db: Database, stories: Sequence[int]) -> list[int]:
    """Return other stories that update, repeat or dispute the likeliest of *stories*, or that those do, newest first.

    An outlet with words of its own shares little with the new story, but was found to tell the same event before.
    """
    found: set[int] = set()
    for story in stories[:LINKING_STORIES]:
        rows = db.conn.execute(
            "WITH own AS (SELECT first_fact AS first, first_fact + facts - 1 AS last FROM stories WHERE id = :story)"
            " SELECT DISTINCT story FROM facts WHERE NOT retired AND id IN ("
            "   SELECT source FROM relations, own WHERE target BETWEEN first AND last"
            "   UNION SELECT target FROM relations, own WHERE source BETWEEN first AND last)"
            " ORDER BY story DESC LIMIT :limit",
            {"story": story, "limit": KIN_STORIES},
        )
        found.update(row[0] for row in rows)
    return heapq.nlargest(LINKED_STORIES, found - set(stories))
