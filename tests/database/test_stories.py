"""Saving a story: what is stored, what is known, what is a new version, and what is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlite_utils import Database

from store.database import kin
from store.database.alerts import all_alerts
from store.database.checks import find_problems
from store.database.outbox import all_deliveries
from store.database.people import close_chat, set_team_chats
from store.database.reading import (
    all_facts,
    all_stories,
    current_facts,
    holdings,
    known_facts,
    latest_stories,
    outlets_held,
    relations_of,
    stories_of_facts,
    story_by_key,
)
from store.database.store import Store
from store.database.stories import Receipt, save_story
from store.database.withdrawing import withdraw_story
from store.facts.model import Dateline, Link, RelationType, Story, Tag
from tests.database.builders import BRIDGE, FERRY, NOW, extraction_of, save, story

FERRY_LATER = FERRY.replace("312", "330") + " Divers looked at the hull."


def texts(store: Store, key: str | None = None) -> list[str]:
    return [known.text for known in store.read(lambda db: list(all_facts(db, story_key=key)))]


def test_a_story_comes_back_as_it_was(store: Store) -> None:
    """Text, title, outlet, address and publication time, in the story's own zone, are kept to the character."""
    text = "\ufeff  The ferry \U0001f6a2 “Sankt Ørjan”\r\n\tleft\u00a0late. \x00 Zoe\u0308 waved.  "
    zone = timezone(timedelta(hours=5))
    told = Story(text, "A title", "Northline", "https://northline.example/1", datetime(2026, 2, 3, 17, 42, 1, 5, zone))
    store.write(lambda db: save_story(db, told, extraction_of(text), key="002", now=NOW, added_by="Desk"))
    kept = store.read(lambda db: story_by_key(db, "002"))

    assert kept
    assert kept.story == told
    assert (kept.added_by, kept.added_at, kept.version) == ("Desk", NOW, 1)


def test_facts_are_what_stands_in_the_text(store: Store) -> None:
    """Each fact comes back with its values, its words and its story."""
    save(store, FERRY, key="f1", title="Aground", url="https://northline.example/f1", published_at=NOW)
    facts = store.read(lambda db: list(all_facts(db)))

    assert [known.fact for known in facts] == list(extraction_of(FERRY).facts)
    assert [known.text for known in facts] == [FERRY[known.fact.start : known.fact.end] for known in facts]
    assert {(known.story_key, known.title, known.outlet, known.published_at) for known in facts} == {
        ("f1", "Aground", "Northline", NOW)
    }


def test_known_facts_come_in_the_order_asked_for(store: Store) -> None:
    """Ids that do not exist are left out; index terms come only when asked for."""
    save(store, FERRY)
    known = store.read(lambda db: known_facts(db, [3, 99, 1, 3], stems=True))

    assert list(known) == [3, 1]
    assert "ferri" in known[1].stems
    assert store.read(lambda db: known_facts(db, [1]))[1].stems == ()
    assert store.read(lambda db: known_facts(db, [])) == {}


def test_a_story_without_id_gets_one(store: Store) -> None:
    """Made ids never take one that somebody else has given."""
    assert save(store, FERRY).story == "s1"
    assert save(store, BRIDGE, key="s3").story == "s3"
    assert save(store, "A third story has one sentence.").story == "s3x"


@pytest.mark.parametrize(
    "copy",
    [
        FERRY,
        FERRY.upper(),
        f"  {FERRY.replace(' ', '  ')}\r\n",
        FERRY.replace(" fog", "\u00a0f\u200bog"),
    ],
    ids=["the same", "capitals", "blanks", "invisible marks"],
)
def test_the_same_text_is_known(store: Store, copy: str) -> None:
    """A repeat, as copying leaves it, is stored by nobody and alerts nobody, whatever its id and outlet."""
    save(store, FERRY, key="a")
    receipt = save(store, copy, key="b", outlet="Courier")

    assert receipt == Receipt("b", "known", "a", 3, 0, 3, None)
    assert store.read(holdings)[:2] == (1, 3)
    assert len(store.read(lambda db: list(all_alerts(db)))) == 1


def test_nobody_is_alerted_when_details_are_filled_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was told stays told, though so many stories with its words came since that it is compared with them only."""
    monkeypatch.setattr(kin, "ROWS_A_WORD", 1)
    save(store, FERRY, key="a", outlet=None)
    save(store, "Fog took 312 people off the coast. The owners blamed a guard. Everyone ran aground in a ferry.")
    receipt = save(store, FERRY, key="b", outlet="Northline")

    assert receipt == Receipt("b", "revised", "a", 3, 0, 0, None, filled_in=("outlet",))
    assert len(store.read(lambda db: list(all_alerts(db)))) == 2


def test_a_known_story_handed_in_under_its_own_id(store: Store) -> None:
    """Its id needs no other to be held under; without an id it gets the held one's."""
    save(store, FERRY, key="a")

    assert save(store, FERRY, key="a").held_as is None
    assert (save(store, FERRY).story, save(store, FERRY).held_as) == ("a", "a")


def test_punctuation_that_changes_a_figure_is_another_text(store: Store) -> None:
    """15 and 1.5 are not the same story."""
    save(store, "The fine is 15 million a year.")

    assert save(store, "The fine is 1.5 million a year.").state == "stored"


def test_the_same_page_with_another_text_is_a_new_version(store: Store) -> None:
    """Only what changed is told; sentences that stay are told by the new text from now on."""
    save(store, FERRY, key="a", url="https://www.northline.example/ferry?utm_source=x#top")
    receipt = save(store, FERRY_LATER, key="b", url="http://northline.example/ferry/")

    assert (receipt.state, receipt.held_as, receipt.facts, receipt.alerted) == ("revised", "a", 4, 2)
    assert store.read(lambda db: current_facts(db, range(1, 8))) == {1, 4, 5, 6, 7}
    assert store.read(holdings)[:2] == (2, 5)
    assert store.read(find_problems) == []


def test_the_same_headline_with_much_the_same_text_is_a_new_version(store: Store) -> None:
    """An outlet's correction at a new address."""
    save(store, FERRY, key="a", title="Ferry aground")

    assert save(store, FERRY_LATER, key="b", title="FERRY  aground").state == "revised"
    assert save(store, FERRY_LATER + " Ends.", key="c", title="Ferry aground", outlet="Courier").state == "stored"


def test_a_headline_that_returns_heads_another_story(store: Store) -> None:
    """ "Morning briefing" comes every day; yesterday's stays as it is."""
    save(store, FERRY, key="a", title="Morning briefing")

    assert save(store, BRIDGE, key="b", title="Morning briefing").state == "stored"
    assert len(texts(store)) == 6


def test_another_text_under_the_same_id_replaces_it(store: Store) -> None:
    """The id now means the new text: the old one is kept, and is no longer listed, found or counted."""
    save(store, FERRY, key="a")
    receipt = save(store, FERRY_LATER, key="a")

    assert (receipt.story, receipt.state, receipt.held_as) == ("a", "revised", None)
    kept = store.read(lambda db: story_by_key(db, "a"))
    assert kept
    assert kept.story.text == FERRY_LATER
    assert texts(store, "a") == [FERRY_LATER[f.start : f.end] for f in extraction_of(FERRY_LATER).facts]
    assert store.read(holdings)[:2] == (1, 4)
    assert store.read(lambda db: current_facts(db, range(1, 8))) == {4, 5, 6, 7}
    assert store.read(lambda db: db.conn.execute("SELECT fact FROM fact_words").fetchall()) == [(4,), (5,), (6,), (7,)]
    assert [kept.version for kept in store.read(lambda db: list(all_stories(db, versions=True)))] == [1, 2]
    assert store.read(find_problems) == []


def test_a_text_that_was_replaced_may_come_back(store: Store) -> None:
    """A page goes back to what it said: that is a third version, not a repeat of the first."""
    for text in (FERRY, FERRY_LATER):
        save(store, text, key="a")

    assert save(store, FERRY, key="a").state == "revised"
    assert texts(store) == [FERRY[f.start : f.end] for f in extraction_of(FERRY).facts]


def test_an_id_and_an_address_may_disagree(store: Store) -> None:
    """A page taken over by another id, and then the first id with another text: each sentence counts once."""
    save(store, FERRY, key="a", url="https://northline.example/f")
    save(store, FERRY_LATER, key="b", url="https://northline.example/f")
    save(store, BRIDGE, key="a")

    assert store.read(holdings)[:2] == (2, 7)
    assert store.read(find_problems) == []


def test_a_new_story_alerts_every_team_chat_once(store: Store) -> None:
    """One alert with what is new, one delivery for each chat that can be written to."""

    def set_up(db: Database) -> None:
        set_team_chats(db, [-1, -2, -3], now=NOW)
        close_chat(db, -3, why="blocked", now=NOW)

    store.write(set_up)
    receipt = save(store, FERRY, key="a")
    (alert,) = store.read(lambda db: list(all_alerts(db)))

    assert (receipt.alerted, receipt.already_held, receipt.alert) == (3, 0, alert.id)
    assert [(fact.fact, fact.tag, fact.ref) for fact in alert.facts] == [(n, Tag.NEW, None) for n in (1, 2, 3)]
    assert [(delivery.chat, delivery.alert, delivery.state) for delivery in alert.deliveries] == [
        (-2, alert.id, "pending"),
        (-1, alert.id, "pending"),
    ]


def test_an_alert_is_made_when_no_chat_is_set_up(store: Store) -> None:
    """It is listed all the same, as held."""
    save(store, FERRY)
    (alert,) = store.read(lambda db: list(all_alerts(db)))

    assert (alert.state, alert.deliveries) == ("held", ())


def test_a_quiet_import_alerts_nobody(store: Store) -> None:
    """It is stored and can be found; later stories are compared with it."""
    store.write(lambda db: set_team_chats(db, [-1], now=NOW))

    receipt = save(store, FERRY, key="a", url="https://northline.example/f", quiet=True)
    assert (receipt.alert, receipt.alerted, receipt.already_held) == (None, 0, 0)
    assert store.read(lambda db: list(all_deliveries(db))) == []
    assert save(store, FERRY_LATER, key="b", url="https://northline.example/f").already_held == 2


def test_agency_copy_in_a_second_outlet_is_one_origin(store: Store) -> None:
    """A near-verbatim copy names its origin, is silent, and is no second source."""
    long = " ".join(f"In {place} the river rose by {n} metres and the town was cut off for days." for n, place in (
        (2, "Corvara"), (3, "Lundevik"), (4, "Tessel"), (5, "Oramo")
    ))  # fmt: skip
    save(store, long, key="a", outlet="Northline")
    receipt = save(store, long + " Readers may send pictures.", key="b", outlet="Courier")
    copy = store.read(lambda db: story_by_key(db, "b"))

    assert copy
    assert copy.origin == 1
    assert receipt.already_held == 4


def test_relations_within_a_story_are_kept(store: Store) -> None:
    """From either end the same relation is found, once."""
    link = Link(1, RelationType.DENIES, 0, "took everyone off")
    told = extraction_of(FERRY, links=(link,))
    store.write(lambda db: save_story(db, story(FERRY), told, key="a", now=NOW))
    relations = store.read(lambda db: relations_of(db, [1, 2]))

    assert [(r.source, r.type, r.target, r.evidence) for r in relations] == [
        (2, RelationType.DENIES, 1, "took everyone off")
    ]
    assert store.read(lambda db: relations_of(db, [1])) == relations
    assert store.read(lambda db: relations_of(db, [3])) == []


def test_a_story_without_facts_is_stored_and_silent(store: Store) -> None:
    """Nothing to tell is no error."""
    empty = extraction_of("")
    no_facts = type(empty)((), (), empty.layout, empty.cast)
    receipt = store.write(lambda db: save_story(db, story("…"), no_facts, key=None, now=NOW))

    assert (receipt.state, receipt.facts, receipt.alert) == ("stored", 0, None)
    assert store.read(find_problems) == []


def test_holdings_tell_days_in_the_stories_own_zones(store: Store) -> None:
    """First and last publication day; a story without one counts, and changes neither."""
    assert store.read(holdings) == (0, 0, None, None)

    east = datetime(2026, 2, 4, 1, 0, tzinfo=timezone(timedelta(hours=5)))  # still the 3rd in London
    save(store, FERRY, published_at=east)
    save(store, BRIDGE)
    save(store, "An older one arrives late.", published_at=datetime(2025, 12, 31, tzinfo=UTC))

    assert store.read(holdings) == (3, 7, date(2025, 12, 31), date(2026, 2, 4))


def test_nothing_is_stored_when_something_fails(store: Store) -> None:
    """A link to a fact that is not there stops the whole story."""
    broken = extraction_of(FERRY, links=(Link(0, RelationType.UPDATES, 7),))
    with pytest.raises(IndexError):
        store.write(lambda db: save_story(db, story(FERRY), broken, key="a", now=NOW))

    assert store.read(holdings)[:2] == (0, 0)
    assert store.read(lambda db: db.conn.execute("SELECT count(*) FROM stories").fetchone()) == (0,)
    assert save(store, FERRY, key="a").state == "stored"


def test_the_latest_stories_are_those_that_stand(store: Store) -> None:
    """Newest first, a new version in the place of the replaced one; a text that was taken back is none."""
    save(store, BRIDGE, key="1")
    save(store, FERRY, key="2")
    save(store, f"{BRIDGE} It is shut.", key="1")
    save(store, "A train was late.", key="3")
    store.write(lambda db: withdraw_story(db, "3", by="Ada", now=NOW))
    latest = store.read(lambda db: latest_stories(db, 9))

    assert [(one.key, one.version) for one in latest] == [("1", 2), ("2", 1)]
    assert [one.key for one in store.read(lambda db: latest_stories(db, 1))] == ["1"]


def test_outlets_and_agencies_are_named_once(store: Store) -> None:
    """In order, however many stories name them; a story that names none is no outlet."""
    for number, outlet in enumerate(("Southline", "Northline", "Southline", None, "Courier")):
        save(store, f"Ferry {number} sailed.", outlet=outlet)
    wire = extraction_of(BRIDGE)
    told = replace(wire, layout=replace(wire.layout, dateline=Dateline(0, 3, "Corvara", "Dovrin News")))
    store.write(lambda db: save_story(db, story(BRIDGE), told, key=None, now=NOW))

    assert store.read(outlets_held) == ["Courier", "Dovrin News", "Northline", "Southline"]


def test_the_story_of_a_fact_is_found_and_retired_facts_are_left_out(store: Store) -> None:
    """Stories without facts between them do not matter, nor does a text that replaced another."""
    save(store, FERRY, key="a")
    empty = extraction_of("")
    store.write(lambda db: save_story(db, story("…"), type(empty)((), (), empty.layout, empty.cast), key=None, now=NOW))
    save(store, BRIDGE, key="b")
    save(store, FERRY_LATER, key="a")
    store.write(lambda db: withdraw_story(db, "b", by="Ada", now=NOW))
    save(store, "A train was late.")

    assert store.read(lambda db: stories_of_facts(db, range(1, 12))) == {7: 4, 8: 4, 9: 4, 10: 4, 11: 6}
    assert store.read(lambda db: stories_of_facts(db, [])) == {}
