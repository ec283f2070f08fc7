"""The thesaurus of the lexicon: its groups are whole, read fast, and lead from what people ask to what is printed."""

from __future__ import annotations

import pytest

from store.facts.lexicon import lines, table
from store.facts.words import stem
from store.lookup.synonyms import load_thesaurus, phrase_stems, read_thesaurus


def _words(cell: str) -> list[str]:
    return [word.strip() for word in cell.split(",")]


GROUPS = [frozenset(_words(line)) for line in lines("synonyms.tsv")]
ASKED = [(_words(asked), _words(printed)) for asked, printed in table("asked_words.tsv")]


def _meant(asked: str) -> frozenset[str]:
    """Return what may stand for a word or phrase of a question."""
    thesaurus, terms = load_thesaurus(), phrase_stems(asked)
    return frozenset().union(*map(thesaurus.of_word, terms), *(words for _, words in thesaurus.of_phrases(terms)))


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


def test_each_row_of_what_is_asked_has_words_to_choose_from() -> None:
    """A row needs words on both sides, each said once."""
    assert [row for row in ASKED if "" in row[0] + row[1] or len({*row[0], *row[1]}) < len(row[0] + row[1])] == []


def test_whatever_is_asked_leads_to_something() -> None:
    """A phrase of which too little tells, such as "who owns", would be read for nothing."""
    assert [word for asked, _ in ASKED for word in asked if not _meant(word)] == []


def test_no_row_of_what_is_asked_is_part_of_another() -> None:
    """What another row leads to already would only be read twice."""
    sides = [(frozenset(asked), frozenset(asked + printed)) for asked, printed in ASKED]
    assert [
        sorted(mine)
        for number, (mine, meant) in enumerate(sides)
        if any(mine <= asked and meant <= led_to for asked, led_to in sides[:number] + sides[number + 1 :])
    ] == []


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        ("black box", "recorder"),
        ("treasury", "finance"),
        ("unauthorised", "unsanctioned"),
        ("workforce", "employs"),
        ("how many jabs", "doses"),
        ("who bankrolled it", "donated"),
        ("interrupted", "halted"),
        ("disciplined", "reprimanded"),
        ("junior", "trainee"),
        ("neighbourhood", "ward"),
        ("with strings attached", "conditional"),
        ("verdict", "acquitted"),
        ("penalty", "sentence"),
        ("cold", "degrees"),
        ("rough", "swell"),
        ("eyewitness", "saw"),
        ("let out", "freed"),
        ("public figure", "politician"),
        ("relatives", "daughter"),
        ("young", "aged"),
        ("on strike", "walkout"),
        ("got off", "acquitted"),
        ("swept away", "flood"),
        ("switched to a makeshift", "improvised"),
        ("sacked the coach", "dismissed"),
        ("taken hostage", "abducted"),
        ("back to work", "resumed"),
        ("set aside", "allocated"),
        ("wildlife ranger", "warden"),
        ("stock market", "shares"),
        ("went bust", "insolvent"),
        ("town hall", "municipality"),
        ("paid off", "repaid"),
        ("water tanker", "bowser"),
        ("voter roll", "register"),
    ],
)
def test_a_hurried_word_leads_to_what_reports_print(asked: str, printed: str) -> None:
    """Colloquial and official words, a person and the work, a verb and its noun."""
    assert stem(printed) in _meant(asked)


@pytest.mark.parametrize(
    ("printed", "asked"),
    [("saw", "eyewitness"), ("daughter", "relatives"), ("recorder", "box"), ("lab", "swab")],
)
def test_what_is_printed_does_not_lead_back_to_what_is_asked(printed: str, asked: str) -> None:
    """Who asks what somebody saw does not mean every witness."""
    assert stem(asked) not in _meant(printed)


def test_a_row_of_what_is_asked_leads_one_way() -> None:
    """The words of its first column lead to all of the row, those of its second to none."""
    thesaurus = read_thesaurus(["quake, tremor"], [("black box, flight box", "recorder, tape")])

    assert thesaurus.of_phrases(phrase_stems("the black box")) == [(range(2), frozenset({"record", "tape"}))]
    assert thesaurus.of_word("record") == frozenset()
    assert thesaurus.of_word("tremor") == {stem("quake")}


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
