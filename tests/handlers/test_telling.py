"""What the team reads of a story: all of it, or what matters most and where the rest is."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.markup import Html, units
from handlers.render import marked_repeat
from handlers.telling import MAX_ALERT_MESSAGES, Item, alert_messages
from store.facts.model import Status, Tag
from tests.handlers.tdlib import links, parsed
from tests.handlers.values import HOSTILE, figure, known, speaker


def news(count: int) -> list[Item]:
    """Return the facts of a story of which everything is new."""
    return [(Tag.NEW, known(f"Gauge {n} stood at {n + 40} centimetres.", number=n), None) for n in range(1, count + 1)]


def told_gauges(messages: tuple[Html, ...]) -> list[int]:
    """Return the numbers of the gauges that an alert tells of, in its order."""
    return [int(number) for number in re.findall(r"Gauge (\d+) stood", "".join(messages))]


def test_story_that_fits_is_told_in_its_own_order() -> None:
    """Nothing is left out, moved or added as long as two messages hold it."""
    items = [*news(39), (Tag.UPDATE, known("The toll is 12."), known("Nine are dead."))]

    told = alert_messages("Flood", known(), items)

    assert told.left_out == 0
    assert told_gauges(told.messages) == list(range(1, 40))
    assert len(told.messages) <= MAX_ALERT_MESSAGES
    assert told.messages[-1].rindex("The toll is 12.") > told.messages[-1].rindex("Gauge 39")
    assert "/story" not in "".join(told.messages)


def test_long_story_is_told_in_two_messages_what_changes_things_first() -> None:
    """Updates, disputes and walk-backs lead; every fact is told or counted, and the way to the rest is named."""
    last = [
        (Tag.SECOND_SOURCE, known("Schools are shut."), known("Schools are shut today.")),
        (Tag.UPDATE, known("The toll is 12."), known("Nine are dead.")),
        (Tag.DISPUTE, known("No gate was opened."), known("Gates were open.")),
        (Tag.NEW, known("The mayor took back his offer.", status=Status.WALKED_BACK), None),
    ]
    told = alert_messages("Flood", known(), [*news(436), *last])
    gauges, text = told_gauges(told.messages), parsed("\n\n".join(told.messages)).text

    assert len(told.messages) == MAX_ALERT_MESSAGES
    assert text.index("The toll is 12.") < text.index("No gate") < text.index("took back") < text.index("Gauge 1 ")
    assert gauges == list(range(1, len(gauges) + 1))
    assert len(gauges) + 3 + told.left_out == 440
    assert f"and {told.left_out} more facts ({told.left_out - 1} NEW, 1 SECOND SOURCE); /story s1 shows all" in text


def test_the_count_of_the_rest_finds_room() -> None:
    """However full the second message is, the line that closes it makes it no longer than Telegram takes."""
    for length in range(300, 400, 7):
        items = [(Tag.NEW, known("x" * length, number=n), None) for n in range(1, 60)]
        told = alert_messages("Flood", known(), items)

        assert told.left_out
        assert all(units(parsed(marked_repeat(message)).text) <= 4096 for message in told.messages)


def test_alert_tells_what_is_new_and_against_what() -> None:
    """An update has both figures, a dispute both sides, a second source who was first."""
    before = known("Nine are dead.", quantities=(figure("Nine", 9, "dead"),), outlet="Earlier Post")
    items = [
        (Tag.NEW, known("A dyke broke."), None),
        (Tag.UPDATE, known("The toll is 12.", quantities=(figure("12", 12, "dead"),)), before),
        (Tag.DISPUTE, known("No gate was opened.", speaker=speaker("Tomas Reiss")), known("Gates were open.")),
        (Tag.SECOND_SOURCE, known("Schools are shut."), before),
    ]
    (message,) = map(parsed, alert_messages("Flood", known(), items).messages)

    assert message.text.startswith("Flood\n\nNEW\nA dyke broke.\n— Tideline")
    assert "UPDATE: Nine → 12\nThe toll is 12.\n— Tideline · 20 Nov 2026\nbefore\nNine are dead.\n" in message.text
    assert "DISPUTE: Tomas Reiss against Tideline\nNo gate was opened." in message.text
    assert "SECOND SOURCE\nSchools are shut.\n— Tideline · 20 Nov 2026\nfirst — Earlier Post" in message.text
    assert len(links(message)) == 8


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(Tag), HOSTILE, HOSTILE, HOSTILE), max_size=9))
def test_hostile_alert_is_taken_by_telegram(facts: list[tuple[Tag, str, str, str]]) -> None:
    """Whatever sources hold: every message is accepted, within the limits, and no fact loses its link."""
    items = [
        (tag, known(text, outlet=outlet, speaker=speaker(name)), None if tag is Tag.NEW else known(name))
        for tag, text, outlet, name in facts
    ]
    told = alert_messages("t" * 300, None, items)
    messages = [parsed(marked_repeat(message)) for message in told.messages]

    for message in messages:
        assert units(message.text) <= 4096
        assert len(message.entities) + len(message.found) <= 100
    if not told.left_out:
        assert sum(len(links(message)) for message in messages) == sum(1 + (ref is not None) for _, _, ref in items)
