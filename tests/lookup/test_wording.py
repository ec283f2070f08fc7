"""Each telling word of a question finds the held words that it may mean; the rest is left out."""

from __future__ import annotations

import pytest

from store.facts.model import Cast, Entity, Kind
from store.facts.words import stem
from store.lookup.synonyms import phrase_stems, read_thesaurus
from store.lookup.wording import Ask, names_among, read_words
from tests.lookup.shelf import shelf

HELD = shelf(
    [
        "Refugees crossed the Tar-i-Bagh bridge / The army fled from the form of the village",
        "From Karobe 300 children came",
        "Karimov spoke / Carimov was quoted elsewhere",
    ]
)


def words(text: str) -> dict[str, list[str]]:
    """Return what each telling word of *text* was read as."""
    return {ask.typed: [option.term for option in ask.options] for ask in read_words(HELD, text)}


def test_function_words_are_not_asked_for() -> None:
    """Only telling words remain, each once; a slip of a function word goes too."""
    assert list(words("waht did the army do to the army")) == ["army"]


def test_a_misspelt_word_is_read_as_its_neighbour() -> None:
    """A word that is not held is read as one that is, and means what that would mean."""
    assert words("refugeees")["refugeees"] == words("refugees")["refugees"] == ["refuge", "fled"]


def test_what_is_said_of_the_answer_is_no_slip() -> None:
    """ "Date" and "quote" name the kind of answer: they are read as no held word that is spelt alike."""
    db = shelf(["The data were quiet"])

    assert [ask.options for ask in read_words(db, "date quote")] == [(), ()]


def test_figures_match_exactly() -> None:
    """300 is not read as 301, nor as anything else."""
    assert words("301 of 300") == {"301": [], "300": ["300"]}


def test_a_name_also_matches_its_other_romanisation() -> None:
    """Two outlets spell a name in two ways: either spelling asks for both."""
    assert set(words("what said Karimov")["Karimov"]) >= {"karimov", "carimov"}


def test_a_name_spelt_a_third_way_asks_for_both() -> None:
    """What is held in two romanisations is meant by a third; so is the other one when one is typed small."""
    assert {"karimov", "carimov"} <= set(words("what did Karymov say")["Karymov"])
    assert {"karimov", "carimov"} <= set(words("karimov on the bridge")["karimov"])


def test_a_hyphened_name_is_found_however_it_is_cut() -> None:
    """ "Tari-Bagh" asks for "Tar-i-Bagh"; the part that is held nowhere is no unmatched word."""
    asked = read_words(HELD, "the Tari-Bagh crossing")

    assert {"taribagh"} <= {option.term for ask in asked for option in ask.options}
    assert all(ask.options for ask in asked if "Bagh" in ask.typed or ask.typed == "Tari")


def test_synonyms_stand_in_at_less_than_full_weight() -> None:
    """Minors are children and soldiers are the army, but less surely than the words themselves."""
    minors = next(ask for ask in read_words(HELD, "how many minors") if ask.typed == "minors")

    assert [option.term for option in minors.options] == ["children"] or minors.options[0].term == "children"
    assert 0 < minors.options[0].weight < 1
    assert not minors.is_known


def test_a_phrase_has_synonyms_too() -> None:
    """Two words that mean one thing are both answered by it."""
    found = words("asylum seekers")

    assert "refuge" in found["asylum"]
    assert "refuge" in found["seekers"]


def test_a_thesaurus_is_read_from_groups() -> None:
    """A group's words lead to each other and its phrases to its words."""
    thesaurus = read_thesaurus(["quake, tremor, seismic shock"])

    assert thesaurus.of_word("quak") == {"tremor"}
    assert thesaurus.of_phrases(["big", "seismic", "shock"]) == [(range(1, 3), frozenset({"quak", "tremor"}))]
    assert thesaurus.of_word("moon") == frozenset()


def test_a_verb_with_its_particle_is_another_word() -> None:
    """Who stepped down resigned, whatever stands between; who took a step did not."""
    thesaurus = read_thesaurus(["resign, quit, step down, take leave of, lay down office"])

    assert thesaurus.of_phrases(phrase_stems("has she stepped down")) == [(range(0, 2), frozenset({"resign", "quit"}))]
    assert thesaurus.of_phrases(phrase_stems("will he lay down his office"))[0][1] == {"resign", "quit", "step"}
    assert thesaurus.of_phrases(phrase_stems("which step is next down there")) == []
    assert thesaurus.of_word("step") == frozenset()


def test_the_telling_word_of_a_phrase_is_found_unless_it_means_anything() -> None:
    """A sentence with "stepped" may tell of a resignation, one with "took" hardly of a seizure."""
    assert read_thesaurus(["resign, step down"]).of_word("resign") == {"step"}
    assert read_thesaurus(["seize, take over"]).of_word("seiz") == frozenset()
    assert read_thesaurus(["innocent, blameless, not guilty"]).of_word("guilti") == frozenset()


def test_a_phrase_of_the_question_asks_for_what_is_held() -> None:
    """ "Stepped down" finds who resigned."""
    db = shelf(["The minister resigned", "The next step is a vote"])

    assert "resign" in {o.term for ask in read_words(db, "has she stepped down") for o in ask.options}
    assert "resign" not in {o.term for ask in read_words(db, "what is the next step") for o in ask.options}


def test_a_verb_of_all_work_says_little_in_a_phrase() -> None:
    """Of "put up" the "put" alone is hardly asked for, and what the phrase means rather; alone it is the very word."""
    held = shelf(["The ministry put the damage at $2 million / The refugees were housed in a school"])

    def weights(text: str) -> dict[str, float]:
        put = next(ask for ask in read_words(held, text) if ask.typed == "put")
        assert list(put.options) == sorted(put.options, key=lambda option: -option.weight)
        return {option.term: option.weight for option in put.options}

    assert weights("where are they put up")["hous"] > weights("where are they put up")["put"]
    assert weights("who put the damage at that")["put"] == 1


def test_an_ask_without_options_is_unknown() -> None:
    """A word that nothing held is like has no option, and one that is no English word may be a name."""
    asked = read_words(HELD, "zyzzyva")

    assert asked == [Ask("zyzzyva", "zyzzyva", 0, 7, capital=False, figure=False, english=False)]


def test_names_of_the_cast_do_not_disturb() -> None:
    """Names are kept apart from words: a store with a cast reads the same words."""
    cast = Cast((Entity("Karobe", Kind.PLACE),))

    assert [ask.typed for ask in read_words(shelf(["Rain in Karobe"], cast=cast), "rain in Karobe")] == [
        "rain",
        "Karobe",
    ]


def test_a_role_and_initials_ask_for_the_name() -> None:
    """A minister is asked for by office and a body by its initials."""
    cast = Cast(
        (
            Entity("Dilnoza Rahim", Kind.PERSON, role="Water Minister"),
            Entity("Eastern Rivers Compact", Kind.ORG),
        )
    )
    db = shelf(["Rahim spoke of the Eastern Rivers Compact"], cast=cast)

    asked = {ask.typed: [option.term for option in ask.options] for ask in read_words(db, "water minister and ERC")}

    assert asked["minister"] == ["rahim"]
    assert asked["ERC"] == ["eastern"]


def test_a_whole_name_asks_for_its_abbreviation() -> None:
    """Who spells a body out finds the sentence that prints its short form only."""
    cast = Cast((Entity("Eastern Rivers", Kind.ORG, aliases=("ERS",)), Entity("Ana Rivers", Kind.PERSON)))
    db = shelf(["ERS opened a dam on the eastern bank of the rivers"], cast=cast)

    asked = {ask.typed: [option.term for option in ask.options] for ask in read_words(db, "Eastern Rivers dam")}

    assert asked["Eastern"] == ["eastern", "er"]
    assert asked["dam"] == ["dam"]


def test_the_words_of_a_whole_name_are_names() -> None:
    """A given name is one beside its surname; an office of two words is none."""
    cast = Cast((Entity("Marta Kolin", Kind.PERSON, role="Deputy Mayor"),))
    db = shelf(["Marta Kolin spoke"], cast=cast)

    person = frozenset({Kind.PERSON})
    assert names_among(db, ["who", "marta", "kolin"]) == {"marta": person, "kolin": person}
    assert names_among(db, ["deputi", "mayor", "marta"]) == {}


@pytest.mark.parametrize(
    ("name", "kind", "asked"),
    [
        ("The Mayor's Fund", Kind.ORG, ["mayor", "fund"]),  # the office stands in the name itself
        ("P.M. Trust", Kind.ORG, ["pm", "trust"]),  # the index has the letters without their full stops
        ("Île-du-Président", Kind.PLACE, ["president"]),
        ("Governors Bay", Kind.PLACE, ["governor", "bay"]),
    ],
)
def test_an_office_within_a_name_is_a_name(name: str, kind: Kind, asked: list[str]) -> None:
    """Though somebody else is asked for by that office, of whose name it is no part."""
    cast = Cast(
        (
            Entity(name, kind, aliases=(asked[0],) * ("." not in name)),
            Entity("Marta Kolin", Kind.PERSON, role="Governor"),
        )
    )
    terms = [stem(word) for word in asked]

    assert names_among(shelf(["Marta Kolin spoke"], cast=cast), terms) == dict.fromkeys(terms, frozenset({kind}))


def test_an_english_word_with_a_held_synonym_is_no_slip() -> None:
    """ "Rain" is not read as "train" where a downpour is held."""
    db = shelf(["A train was stopped by a downpour"])

    assert [option.term for ask in read_words(db, "rain") for option in ask.options] == ["downpour"]
