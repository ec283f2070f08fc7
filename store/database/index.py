"""Filling the index tables with one story, inside the transaction that saves it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import IntFlag
from itertools import chain, count, groupby
from typing import Any

from sqlite_utils import Database

from store.database.full_text import Index
from store.database.gists import enter_rules, pack_gist
from store.database.memory import memory_of
from store.database.spelt import SHORTEST_SPELLED, shapes, sound
from store.facts.comparing.profiles import Gist
from store.facts.days.calendar import MONTHS
from store.facts.meaning import implied_deed, implied_names
from store.facts.model import Cast, Entity, Fact, Known
from store.facts.words import FUNCTION_WORDS, placed_stems, telling_stems, tokens

REMEMBERED = 60_000  # terms, and as many words, of about 100 bytes each


class Trait(IntFlag):
    """What a sentence holds, for the type of a question."""

    FIGURE = 1  # a number in digits or words
    DATE = 2
    YEAR = 4  # four digits that may be a year
    PERSON = 8
    ORG = 16
    PLACE = 32
    QUOTE = 64
    MONEY = 128
    SHARE = 256  # per cent
    SPEAKER = 512
    BACKGROUND = 1024
    NAME = 2048  # a capitalised word within the sentence
    CAUSE = 4096  # because, due to …: something that can answer "why"
    MEASURE = 8192  # a figure with a unit of length, time or weight: something that can answer "how long"


# How a word stands in its sentence; plain numbers, since every word of every candidate is looked at.
CAPITAL = 1  # capitalised elsewhere than at the beginning
FIGURE = 2  # in digits, or with digits in it
MARKS = range(4)  # every mark that there is
IMPLIED = b"\0"  # stands before the packed words that a sentence only implies

_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_MONEY = re.compile(r"[$€£¥]|\b(?:dollar|euro|pound|rouble|ruble|somoni|yen|yuan|rupee|US\$|USD)s?\b", re.IGNORECASE)
_SHARE = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)
_CAUSE = re.compile(r"\b(?:because|due to|owing to|so that|in order to|as a result|caused|led to|since|to avoid)\b")
_MEASURE = re.compile(
    r"(?<![\d,.])\d[\d,.]*+[\s-]++(?:\w++\s)?(?:km|kilomet|mile|met(?:er|re)|feet|foot|inch|year|month|week|day|hour|minute"
    r"|second|tonne|ton\b|tons\b|kg\b|kilogram|pound|degree|litre|liter|acre|hectare|square|cubic)",
    re.IGNORECASE,
)


def index_story(
    db: Database, story: int, *, title: str | None, facts: Sequence[Known], cast: Cast, gists: Sequence[Gist] = ()
) -> None:
    """Make *facts*, all of the one *story* and in order, findable at once.

    *title* is the story's, or its own headline; its words count for every paragraph. Fact ids must be consecutive.
    The *gists* of all facts, when they are given, are kept for the stories that will be compared with this one.
    Call it once for a story, in the transaction that saves it; `unindex_story` takes it back.
    """
    title_words = list(_placed_words(title or ""))
    sentences = [list(_placed_words(known.text)) for known in facts]
    implied = [_implied_terms(known.fact, sentences[at]) for at, known in enumerate(facts)]
    ids = _term_ids(db, [term for words in (title_words, *sentences, *implied) for term, _ in words])
    title_terms = [term for term, _ in title_words]
    fact_terms = [[term for term, _ in (*own, *meant)] for own, meant in zip(sentences, implied, strict=True)]
    paragraphs = list(enumerate(_by_paragraph(facts), _next_id(db, "indexed_paragraphs")))
    paragraph_terms = [[*(term for at in places for term in fact_terms[at]), *title_terms] for _, places in paragraphs]
    blobs = [_pack_fact(own, meant, ids) for own, meant in zip(sentences, implied, strict=True)]
    kept = _pack_gists(db, gists, fact_terms) if gists else [None] * len(facts)
    _insert_paragraphs(db, story, pack(title_words, ids), [(n, [facts[at].id for at in p]) for n, p in paragraphs])
    db.conn.executemany(
        "INSERT INTO fact_words VALUES (?, ?, ?, ?, ?)",
        [
            (facts[at].id, number, _traits(facts[at].text, facts[at].fact), blobs[at], kept[at])
            for number, places in paragraphs
            for at in places
        ],
    )
    _insert_terms(db, Index.FACTS, zip((known.id for known in facts), fact_terms, strict=True))
    _insert_terms(db, Index.PARAGRAPHS, zip((number for number, _ in paragraphs), paragraph_terms, strict=True))
    _count(db, *([[ids[term] for term in terms] for terms in texts] for texts in (fact_terms, paragraph_terms)), sign=1)
    _learn_words(db, [title or "", *(known.text for known in facts)])
    _learn_names(db, cast.entities)


def _by_paragraph(facts: Sequence[Known]) -> list[list[int]]:
    """Return the places of the *facts* of each paragraph, in order."""
    return [list(group) for _, group in groupby(range(len(facts)), key=lambda at: facts[at].fact.paragraph)]


def _pack_gists(db: Database, gists: Sequence[Gist], fact_terms: Sequence[Sequence[str]]) -> list[bytes | None]:
    rules = enter_rules(db)
    return [pack_gist(gist, terms, rules) for gist, terms in zip(gists, fact_terms, strict=True)]


def _insert_paragraphs(
    db: Database, story: int, title_words: bytes, paragraphs: Sequence[tuple[int, Sequence[int]]]
) -> None:
    """Insert a story with its packed title and its paragraphs, by number, each with the ids of its facts."""
    first = paragraphs[0][0] if paragraphs else _next_id(db, "indexed_paragraphs")
    db.conn.execute(
        "INSERT INTO indexed_stories VALUES (?, ?, ?, ?)", (story, first, first + len(paragraphs) - 1, title_words)
    )
    db.conn.executemany(
        "INSERT INTO indexed_paragraphs VALUES (?, ?, ?, ?)",
        [(number, story, facts[0], facts[-1]) for number, facts in paragraphs],
    )


def _insert_terms(db: Database, index: Index, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    db.conn.executemany(
        f"INSERT INTO {index} (rowid, terms) VALUES (?, ?)",  # noqa: S608 - our own names
        [(row, " ".join(terms)) for row, terms in rows],
    )


def unindex_story(db: Database, story: int) -> None:
    """Take everything that `index_story` wrote for *story* out again; words once learnt stay. Unknown is no error."""
    cursor = db.conn.cursor()
    row = cursor.execute(
        "SELECT first_paragraph, last_paragraph, title_words FROM indexed_stories WHERE story = ?", (story,)
    ).fetchone()
    if row is None:
        return
    first, last, title_blob = row
    packed = cursor.execute(
        "SELECT fact, paragraph, words FROM fact_words WHERE paragraph BETWEEN ? AND ?", (first, last)
    ).fetchall()
    title = [term for term, _ in unpack(title_blob)]
    by_fact = {fact: [term for term, _ in unpack(blob) if term] for fact, _, blob in packed}
    by_paragraph: dict[int, list[int]] = {at: [] for at in range(first, last + 1)}
    for fact, paragraph, _ in packed:
        by_paragraph[paragraph] += by_fact[fact]
    by_paragraph = {at: terms + title for at, terms in by_paragraph.items()}
    words = _terms_of(db, {*title, *(term for terms in by_fact.values() for term in terms)})
    for index, texts in ((Index.FACTS, by_fact), (Index.PARAGRAPHS, by_paragraph)):
        # A contentless index forgets a row only when it is told the row's own words (sqlite.org/fts5, 6.4).
        cursor.executemany(
            f"INSERT INTO {index} ({index}, rowid, terms) VALUES ('delete', ?, ?)",  # noqa: S608 - our own names
            [(at, " ".join([words[term] for term in terms])) for at, terms in texts.items()],
        )
    _count(db, list(by_fact.values()), list(by_paragraph.values()), sign=-1)
    cursor.execute("DELETE FROM fact_words WHERE paragraph BETWEEN ? AND ?", (first, last))
    cursor.execute("DELETE FROM indexed_paragraphs WHERE id BETWEEN ? AND ?", (first, last))
    cursor.execute("DELETE FROM indexed_stories WHERE story = ?", (story,))


def merge_index(db: Database, *, pages: int = 200) -> bool:
    """Tidy the full-text indexes by about *pages* pages of work; False when nothing was left to do.

    Call it when the bot is idle: automatic merging is off, so that a commit never pays for it (sqlite.org/fts5, 6.8).
    """
    worked = [_merge(db, index, pages) for index in Index]
    return any(worked)


def _merge(db: Database, index: Index, pages: int) -> bool:
    before = db.conn.total_changes
    db.conn.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)", (pages,))  # noqa: S608 - our own names
    return bool(db.conn.total_changes - before >= 2)  # one change: "no work was left", says the page


def pack(words: Iterable[tuple[str, int]], ids: dict[str, int]) -> bytes:
    """Return (term, mark) pairs as variable-length integers, low seven bits first: id, then two bits of mark."""
    return b"".join(code(ids[term], mark) for term, mark in words)


def code(term: int, mark: int) -> bytes:
    """Return one packed word; its last byte is below 128, the others are not. Only `IMPLIED` holds a zero byte."""
    value = term << 2 | mark
    if value < 1 << 14:  # most words are frequent ones
        return bytes((value,) if value < 128 else (value & 127 | 128, value >> 7))
    packed = bytearray()
    while value > 127:
        packed.append(value & 127 | 128)
        value >>= 7
    packed.append(value)
    return bytes(packed)


def mark_of(word: bytes) -> int:
    """Return the mark of one packed word, without unpacking the rest."""
    return word[0] & 3


# One packed word: those that are looked for can be found by their codes, without unpacking.
CODE = re.compile(rb"[\x80-\xff]*+[\x00-\x7f]")


def _pack_fact(words: Iterable[tuple[str, int]], implied: Sequence[tuple[str, int]], ids: dict[str, int]) -> bytes:
    """Pack a fact's own words and, after a zero, those that it only implies."""
    return pack(words, ids) + (IMPLIED + pack(implied, ids) if implied else b"")


def unpack(blob: bytes) -> list[tuple[int, int]]:
    """Return the (term id, mark) pairs that `pack` wrote; term id 0 stands before the implied words."""
    pairs = []
    value = shift = 0
    for byte in blob:
        value |= (byte & 127) << shift
        if byte & 128:
            shift += 7
        else:
            pairs.append((value >> 2, value & 3))
            value = shift = 0
    return pairs


def _placed_words(text: str) -> Iterator[tuple[str, int]]:
    """Yield the index terms of *text* with their marks."""
    first = True
    for token, term in placed_stems(text):
        if token.text not in FUNCTION_WORDS:
            capital = CAPITAL if text[token.start].isupper() and not first else 0
            yield term, capital | (0 if term.isalpha() or not any(map(str.isdigit, term)) else FIGURE)
        first = False


def _implied_terms(fact: Fact, words: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the terms of what a sentence means without printing it: of "he", "the minister", "the city", a denial."""
    printed = {term for term, _ in words}
    names, deed = implied_names(fact), implied_deed(fact)
    meant = [*((term, CAPITAL) for term in names), *([(deed, 0)] if deed and deed not in names else [])]
    return [(term, mark) for term, mark in meant if term not in printed]


def _traits(text: str, fact: Fact) -> Trait:
    words = tokens(text)
    has_digits = any(map(str.isdigit, text))
    found = 0
    for holds, trait in (
        (bool(fact.quantities) or any(word.text[0].isdigit() for word in words), Trait.FIGURE),
        (bool(fact.dates) or any(word.text in MONTHS and text[word.start].isupper() for word in words), Trait.DATE),
        (has_digits and _YEAR.search(text) is not None, Trait.YEAR),
        (bool(fact.people), Trait.PERSON),
        (bool(fact.orgs), Trait.ORG),
        (bool(fact.places), Trait.PLACE),
        (any(mark in text for mark in '"“”«»'), Trait.QUOTE),
        (_MONEY.search(text) is not None, Trait.MONEY),
        (_SHARE.search(text) is not None, Trait.SHARE),
        (fact.speaker is not None, Trait.SPEAKER),
        (fact.background, Trait.BACKGROUND),
        (any(text[word.start].isupper() for word in words[1:]), Trait.NAME),
        (_CAUSE.search(text) is not None, Trait.CAUSE),
        (has_digits and _MEASURE.search(text) is not None, Trait.MEASURE),
    ):
        if holds:
            found |= int(trait)  # as plain numbers, which are put together ten times as fast
    return Trait(found)


def _next_id(db: Database, table: str) -> int:
    return int(db.conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])  # noqa: S608 - our table


def held_terms(db: Database, terms: Iterable[str]) -> dict[str, int]:
    """Return the ids of those of *terms* that are held."""
    known = memory_of(db).terms
    if len(known) > REMEMBERED:
        known.clear()
    distinct = list(dict.fromkeys(terms))
    missing = [term for term in distinct if term not in known]
    if missing:
        known |= dict(_listed(db, "SELECT term, id FROM terms WHERE term", missing))
    return {term: known[term] for term in distinct if term in known}


def _term_ids(db: Database, terms: Iterable[str]) -> dict[str, int]:
    """Return the id of each of *terms*, giving new ones theirs. The counts of new ones start at zero."""
    distinct = list(dict.fromkeys(terms))
    ids = held_terms(db, distinct)
    new = dict(zip([term for term in distinct if term not in ids], count(_next_id(db, "terms")), strict=False))
    db.conn.executemany(
        "INSERT INTO terms (id, term, facts, paragraphs) VALUES (?, ?, 0, 0)",
        [(id_, term) for term, id_ in new.items()],
    )
    memory_of(db).terms.update(new)
    return ids | new


def terms_of_heading(db: Database, story: int) -> frozenset[str]:
    """Return the terms by which all paragraphs of *story* are found: of its title and where it was sent from."""
    row = db.conn.execute("SELECT title_words FROM indexed_stories WHERE story = ?", (story,)).fetchone()
    return frozenset(_terms_of(db, [term for term, _ in unpack(row[0])]).values()) if row else frozenset()


def terms_of_story(db: Database, story: int) -> frozenset[str]:
    """Return the terms of all facts of *story*, those that they only imply too; the title's are not among them."""
    rows = db.conn.execute(
        "SELECT words FROM indexed_stories AS held"
        " JOIN indexed_paragraphs AS opening ON opening.id = first_paragraph"
        " JOIN indexed_paragraphs AS closing ON closing.id = last_paragraph"
        " JOIN fact_words ON fact BETWEEN opening.first_fact AND closing.last_fact WHERE held.story = ?",
        (story,),
    )
    words = {word for (blob,) in rows for word in CODE.findall(blob)} - {IMPLIED}
    return frozenset(_terms_of(db, {unpack(word)[0][0] for word in words}).values())


def _terms_of(db: Database, ids: Iterable[int]) -> dict[int, str]:
    return dict(_listed(db, "SELECT id, term FROM terms WHERE id", list(ids)))


def _listed(db: Database, query: str, wanted: Sequence[str] | Sequence[int]) -> list[Any]:
    """Return the rows of *query*, which ends at the column that is to be one of *wanted*: one question for all."""
    return list(db.conn.execute(f"{query} IN (SELECT value FROM json_each(?))", (json.dumps(wanted),)))  # noqa: S608


def _count(db: Database, facts: Sequence[Sequence[int]], paragraphs: Sequence[Sequence[int]], *, sign: int) -> None:
    """Add the terms of one story's facts and paragraphs to the counts (*sign* 1), or take them away (-1)."""
    in_facts = Counter(chain.from_iterable(map(set, facts)))
    in_paragraphs = Counter(chain.from_iterable(map(set, paragraphs)))
    cursor = db.conn.cursor()
    cursor.executemany(
        "UPDATE terms SET facts = facts + ?, paragraphs = paragraphs + ? WHERE id = ?",
        [(sign * in_facts[term], sign * times, term) for term, times in sorted(in_paragraphs.items())],
    )
    cursor.execute(
        "UPDATE index_totals SET facts = facts + ?, fact_terms = fact_terms + ?,"
        " paragraphs = paragraphs + ?, paragraph_terms = paragraph_terms + ?",
        (sign * len(facts), sign * sum(map(len, facts)), sign * len(paragraphs), sign * sum(map(len, paragraphs))),
    )


def _learn_words(db: Database, texts: Iterable[str]) -> None:
    """Put the words of *texts* that are long enough to be misspelt into the vocabulary, with their shapes."""
    words = {
        token.text
        for text in texts
        for token, _ in placed_stems(text)  # with hyphened wholes: "life-jacket" is asked for as one word
        if len(token.text) >= SHORTEST_SPELLED and token.text.isalpha() and token.text not in FUNCTION_WORDS
    }
    known = memory_of(db).spelt
    if len(known) > REMEMBERED:
        known.clear()
    unsure = sorted(words - known)
    known.update(unsure)
    held = {word for (word,) in _listed(db, "SELECT word FROM words WHERE word", unsure)}
    new = list(enumerate([word for word in unsure if word not in held], _next_id(db, "words")))
    cursor = db.conn.cursor()
    cursor.executemany("INSERT INTO words (id, word, sound) VALUES (?, ?, ?)", [(id_, w, sound(w)) for id_, w in new])
    cursor.executemany("INSERT INTO word_shapes VALUES (?, ?)", [(shape, id_) for id_, w in new for shape in shapes(w)])


def _learn_names(db: Database, entities: Iterable[Entity]) -> None:
    """Count the story's names and keep each form under which somebody may ask for them."""
    cursor = db.conn.cursor()
    for entity in entities:
        row = cursor.execute(
            "INSERT INTO names (name, kind, stories) VALUES (?, ?, 1)"
            " ON CONFLICT (name, kind) DO UPDATE SET stories = stories + 1 RETURNING id",
            (entity.name, str(entity.kind)),
        ).fetchone()
        cursor.executemany(
            "INSERT INTO name_forms VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(form, row[0]) for form in sorted(name_forms(entity))],
        )


def name_forms(entity: Entity) -> set[str]:
    """Return the forms under which *entity* may be asked for, each as its stems joined by blanks.

    Its name, its aliases, its role alone and with its country, and the initials of a name of several words.
    """
    written = [entity.name, *entity.aliases]
    if entity.role:
        written += [entity.role, *([f"{entity.of} {entity.role}"] if entity.of else [])]
    forms = {" ".join(telling_stems(text)) for text in written}
    capitals = [word[0] for word in re.split(r"[\s-]+", entity.name) if word[:1].isupper()]
    if len(capitals) >= 3:
        forms.add("".join(capitals).casefold())
    return forms - {""}
