"""The thesaurus of the lexicon: its groups are whole, read fast, and lead from what people ask to what is printed."""

from __future__ import annotations

import pytest

from store.facts.lexicon import lines
from store.facts.words import stem
from store.lookup.synonyms import load_thesaurus, phrase_stems

GROUPS = [frozenset(word.strip() for word in line.split(",")) for line in lines("synonyms.tsv")]


def test_each_group_has_words_to_choose_from() -> None:
    """A group of one word says nothing, and neither does an empty place between two commas."""
    assert [group for group in GROUPS if len(group) < 2 or "" in group] == []


def test_no_group_is_part_of_another() -> None:
    """What another line says already would only be read twice."""
    holding: dict[str, set[int]] = {}
    for number, group in enumerate(GROUPS):
        for word in group:
            holding.setdefault(word, set()).add(number)

    shared = {number: set.intersection(*(holding[word] for word in group)) for number, group in enumerate(GROUPS)}
    assert [sorted(GROUPS[number]) for number, others in shared.items() if others != {number}] == []


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("owned up", "admitted"),
        ("how long", "duration"),
        ("came clean", "confessed"),
        ("stepped down", "resigned"),
        ("call it off", "cancelled"),
        ("got rid of", "abolished"),
        ("ran out", "shortage"),
        ("put up", "accommodated"),
        ("found out", "discovered"),
        ("carry on", "continue"),
        ("set off", "departed"),
        ("safe to drink", "potable"),
        ("foot the bill", "fund"),
        ("let go", "released"),
        ("blew up", "exploded"),
        ("passed away", "died"),
        ("ahead of schedule", "early"),
    ],
)
def test_a_phrase_leads_to_the_word_that_reports_print(asked: str, printed: str) -> None:
    """People ask in phrases what reports say in a word."""
    meant = frozenset().union(*(words for _, words in load_thesaurus().of_phrases(phrase_stems(asked))))

    assert stem(printed) in meant


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("eating", "meals"),
        ("boss", "chief"),
        ("skipper", "captain"),
        ("lawmakers", "deputies"),
        ("volcano", "mountain"),
        ("lorries", "trucks"),
        ("lift", "elevator"),
        ("sidewalk", "pavement"),
        ("excuse", "pretext"),
        ("drills", "manoeuvres"),
        ("captive", "prisoner"),
        ("waters", "strait"),
        ("fell", "declined"),
        ("stolen", "theft"),
        ("fled", "escaped"),
    ],
)
def test_a_word_leads_to_another_in_any_form(asked: str, printed: str) -> None:
    """Inflected, irregular, British or American: both words of a pair lead to each other."""
    thesaurus = load_thesaurus()

    assert stem(printed) in thesaurus.of_word(stem(asked))
    assert stem(asked) in thesaurus.of_word(stem(printed))
