"""What people read: each message as Telegram's own library reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.markup import MAX_UNITS, units
from handlers.render import (
    NOTHING_YET,
    answer_message,
    held_line,
    marked_repeat,
    receipt_message,
    surroundings_message,
)
from store.database.stories import Receipt
from store.facts.model import Story
from store.lookup.model import Holdings, Match, NoteType
from tests.handlers.tdlib import links, parsed
from tests.handlers.values import HOSTILE, NOW, answered, known, note, nothing, speaker, when


def test_answer_is_the_sentence_its_speaker_outlet_and_date() -> None:
    """In this order, the outlet as a link."""
    vail = speaker("Joren Vail", "Captain", "Marrow")
    message = parsed(answer_message(answered(Match(known("Five men are safe.", speaker=vail), 0.9))))

    assert message.text == "Five men are safe.\n— Joren Vail, Captain (Marrow) · Tideline · 20 Nov 2026"
    assert links(message) == ["https://tideline.example/1"]


def test_role_that_the_name_holds_already_is_not_said_twice() -> None:
    """Bodies are often named by what they are."""
    message = parsed(answer_message(answered(Match(known(speaker=speaker("harbour office", "office")), 0.9))))

    assert "— harbour office · Tideline" in message.text


def test_dates_are_resolved_beside_the_untouched_text() -> None:
    """What the sentence leaves to the reader to work out is worked out below it; a full date is not."""
    dates = (
        when("on Friday", "2026-11-13"),
        when("next week", "2026-11-23", "2026-11-29"),
        when("at 6 p.m.", "2026-11-20T18:00:00+05:00"),
        when("06:00 GMT", "2026-11-20T06:00:00+00:00"),
        when("May 4, 2020", "2020-05-04"),
    )
    message = parsed(answer_message(answered(Match(known(dates=dates), 0.9))))

    assert (
        "“on Friday” = 13 Nov 2026; “next week” = 23 Nov 2026 to 29 Nov 2026; "
        "“at 6 p.m.” = 20 Nov 2026, 18:00; “06:00 GMT” = 20 Nov 2026, 06:00 UTC" in message.text
    )  # at 6 p.m. where it happened: the zone is only that of whoever dated the story
    assert "2020" not in message.text


def test_source_without_a_link_is_named_all_the_same() -> None:
    """Where Telegram would drop the address the outlet stays; without an outlet, agency or host name it."""
    assert "Tideline" in parsed(answer_message(answered(Match(known(url="http://intranet/1"), 0.9)))).text
    assert "tideline.example" in parsed(answer_message(answered(Match(known(outlet=None), 0.9)))).text
    assert "Cable" in parsed(answer_message(answered(Match(known(outlet=None, agency="Cable"), 0.9)))).text
    assert "not named" in parsed(answer_message(answered(Match(known(outlet=None, url=None), 0.9)))).text
    assert "Tideline (Cable)" in parsed(answer_message(answered(Match(known(agency="Cable"), 0.9)))).text


def test_claim_never_comes_without_what_speaks_against_it() -> None:
    """However long the sentences, the denial and the walk-back are there, first the denial."""
    notes = (
        note(NoteType.UPDATED_BY, "newer " * 700, number=2),
        note(NoteType.WALKED_BACK_BY, "withdrawn " * 700, number=3),
        note(NoteType.DENIED_BY, "denied " * 700, number=4),
        note(NoteType.DISPUTED_BY, "disputed " * 700, number=5),
    )
    answer = answered(Match(known("claimed " * 700), 0.9, notes=notes), Match(known("further " * 700), 0.5))
    message = parsed(answer_message(answer))

    places = [message.text.index(word) for word in ("claimed ", "denied ", "withdrawn ", "newer ", "disputed ")]
    assert places == sorted(places)
    assert units(message.text) <= MAX_UNITS


def test_what_bears_on_it_in_two_ways_is_shown_once() -> None:
    """Under the graver of its two labels."""
    twice = tuple(note(type_, "Nobody was.", number=9) for type_ in (NoteType.UPDATED_BY, NoteType.DISPUTED_BY))
    text = parsed(answer_message(answered(Match(known(), 0.9, notes=twice)))).text

    assert text.count("Nobody was.") == 1


def test_others_who_carry_it_are_named_in_a_line_each() -> None:
    """The same sentence again would only make the message longer."""
    also = note(NoteType.ALSO_REPORTED_BY, "The same sentence.", outlet="Northern Cable")
    message = parsed(answer_message(answered(Match(known(), 0.9, notes=(also,)))))

    assert "Also reported\n— Northern Cable" in message.text
    assert "The same sentence." not in message.text


def test_further_answers_follow_as_far_as_they_fit() -> None:
    """Two at most; what was read as what stands below the first."""
    matches = [Match(known(f"Sentence {number}.", number=number), 0.9) for number in range(5)]
    message = parsed(answer_message(answered(*matches, read_as={"brigde": "bridge"})))

    assert "brigde read as bridge" in message.text
    assert message.text.count("See also") == 2
    assert message.text.index("brigde") < message.text.index("Sentence 1.")


def test_what_a_follow_up_was_read_with_is_said() -> None:
    """Under the answer and under the word that there is none: whoever typed "who" sees whose question is answered."""
    inherited = {"inherited": ("refugees", "Tajikistan")}
    found, none = answer_message(answered(Match(known(), 0.9), **inherited)), answer_message(nothing(**inherited))

    assert all("read with the question before: refugees, Tajikistan" in parsed(each).text for each in (found, none))


def test_what_is_far_behind_the_first_is_not_shown() -> None:
    """A reader takes what stands under "See also", or under "Closest sentences", for something to the point."""
    first, near, far = Match(known(), 0.5), Match(known("Close.", number=2), 0.3), Match(known("Far.", number=3), 0.1)
    further = parsed(answer_message(answered(first, near, far))).text
    misses = parsed(answer_message(replace(nothing(), matches=(first, near, far)))).text

    assert all("Close." in text and "Far." not in text for text in (further, misses))


def test_the_newest_are_labelled_and_all_shown() -> None:
    """Who asks what is new gets a list: none of it stands under another sentence as if it were less."""
    news = replace(answered(Match(known(), 1.0), Match(known("Then this.", number=2), 1.0)), browsed=True)

    text = parsed(answer_message(news)).text

    assert text.startswith("The newest held\n")
    assert "Then this." in text
    assert "See also" not in text


def test_no_claim_is_shown_without_its_denial() -> None:
    """Not as a further answer and not as a near miss either; what stands there already is not shown twice."""
    denial = note(NoteType.DENIED_BY, "There is none.", number=9)
    claim = Match(known("There is a tank.", number=2), 0.5, notes=(denial,))
    repeated = Match(known("There is none.", number=9), 0.4)

    further = parsed(answer_message(answered(Match(known(), 0.9), claim)))
    near = parsed(answer_message(replace(nothing(), matches=(claim,))))
    own = parsed(answer_message(answered(claim, repeated)))

    assert "See also\nThere is a tank." in further.text
    assert "Denied\nThere is none." in further.text
    assert "Denied\nThere is none." in near.text
    assert own.text.count("There is none.") == 1


def test_nothing_held_says_why_and_what_is_held() -> None:
    """The reason, the nearest names, the holdings; near misses are called that."""
    plain = parsed(answer_message(nothing(reason="nothing held mentions elephants", nearest_names=("Eleftheria",))))
    near = parsed(answer_message(nothing(known("Close by."))))

    assert plain.text == (
        "Nothing held on that.\nNothing held mentions elephants.\nNames held that come near: Eleftheria.\n"
        "Held: 2 stories, 30 facts, 12 Nov 2026 to 23 Nov 2026."
    )
    assert near.text.startswith("Closest sentences; perhaps none of them answers it.")
    assert "Close by." in near.text


def test_unheld_source_gets_what_is_held_instead() -> None:
    """Outlets by name, a few of many, when no name comes near the one asked for."""
    outlets = (*(f"Post {number}" for number in range(1, 10)), "pasted by Ada")
    some = parsed(
        answer_message(nothing(reason="no source held is called Nobody", held_outlets=(*outlets[:2], outlets[-1])))
    )
    many = parsed(answer_message(nothing(held_outlets=outlets)))

    assert "No source held is called Nobody.\nOutlets held: Post 1, Post 2.\nHeld: 2 stories" in some.text
    assert "Outlets held: Post 1, Post 2, Post 3, Post 4, Post 5, Post 6 and 3 more." in many.text


def test_empty_store_says_so() -> None:
    """Before the first story, with what to do; once is enough."""
    empty = replace(nothing(reason="nothing is stored yet"), held=Holdings(0, 0, None, None))

    assert answer_message(empty) == NOTHING_YET
    assert "editors add stories" in NOTHING_YET
    assert held_line(Holdings(0, 0, None, None)) == "Nothing is held yet."
    assert held_line(Holdings(1, 1, None, None)) == "Held: 1 story, 1 fact."


@settings(max_examples=40)
@given(HOSTILE, HOSTILE, HOSTILE, st.sampled_from(NoteType))
def test_hostile_answer_is_taken_by_telegram(text: str, outlet: str, name: str, kind: NoteType) -> None:
    """The same for answers, with their notes and what was read as what."""
    match = Match(known(text, outlet=outlet, speaker=speaker(name, outlet, text)), 0.9, notes=(note(kind, name),))
    for answer in (
        answered(match, match, read_as={text[:50]: name[:50]}),
        nothing(known(text), reason=name[:90]),
    ):
        message = parsed(marked_repeat(answer_message(answer)))
        assert units(message.text) <= 4096
        assert len(message.entities) + len(message.found) <= 100
        assert links(message)


def test_receipts_say_what_became_of_a_story() -> None:
    """Stored, known, or a new version of what was held."""
    story = Story("...", outlet="River Watch", published_at=NOW)
    stored = parsed(receipt_message(Receipt("s1", "stored", None, 14, 11, 3, 1), story, forwarded=True))
    known_already = receipt_message(Receipt("s2", "known", "s1", 14, 0, 14, None), story)
    revised = receipt_message(Receipt("s2", "revised", "s1", 1, 1, 0, 2), story)

    assert stored.text == "stored: 14 facts, 3 already held\nRiver Watch · forwarded · 20 Nov 2026 · /story s1"
    assert known_already == "already held as s1: nothing new"
    assert revised.startswith("stored as a new version of s1: 1 fact, 0 already held")


def test_surroundings_are_the_paragraphs_around_a_sentence() -> None:
    """The one before, its own, the one after; at the ends of a story what there is."""
    text = "One.\n\nTwo a. Two b.\n\nThree.\n\nFour."
    start = text.index("Two b.")
    sentence = known("Two b.")
    fact = type(sentence.fact)(start, start + 6, 1, 2, sentence.fact.status, sentence.fact.mode)
    middle = type(sentence)(1, 1, "s1", "Two b.", fact, published_at=datetime(2026, 1, 2, tzinfo=UTC))

    assert parsed(surroundings_message(middle, text)).text.startswith("One.\n\nTwo a. Two b.\n\nThree.\n—")
    assert "One." in parsed(surroundings_message(known("One."), text)).text
    spoken = known("One.", speaker=speaker("Anna Kovac"))
    assert "Anna Kovac" not in parsed(surroundings_message(spoken, text)).text  # others may speak around it
