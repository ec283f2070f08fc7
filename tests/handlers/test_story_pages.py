"""A held story as people read it in a chat."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.markup import units
from handlers.render import marked_repeat
from handlers.story_pages import ToldStory, page_buttons, story_list, story_pages
from store.database.reading import StoredStory
from store.facts.model import Story
from store.lookup.model import Match, NoteType
from tests.handlers.tdlib import links, parsed
from tests.handlers.values import HOSTILE, NOW, known, note, speaker


def stored(key: str = "s1", **story: object) -> StoredStory:
    """Return a story with a source that can be linked."""
    fields = {"text": "...", "title": "Gates", "outlet": "Tideline", "url": "https://tideline.example/1"}
    told = Story(**fields | {"published_at": NOW} | story)  # type: ignore[arg-type]
    return StoredStory(1, key, 1, told, NOW, "Ada", "Northern Cable", None, None, None, range(1, 3))


def gauges(count: int) -> tuple[Match, ...]:
    """Return as many facts."""
    return tuple(Match(known(f"Gauge {n} stood at {n + 40}.", number=n), 1.0) for n in range(1, count + 1))


def test_short_story_is_one_page_with_source_and_what_bears_on_each_fact() -> None:
    """Title as a link, outlet, agency, date, id; then each sentence, its speaker, its denial."""
    denied = Match(
        known("Gates were open.", speaker=speaker("Tomas Reiss", "Warden")),
        1.0,
        notes=(note(NoteType.DENIED_BY, "No gate was opened.", outlet="Ister Post"),),
    )
    (page,) = map(parsed, story_pages(ToldStory(stored(), (denied, *gauges(1)), earlier=stored("s0"))))

    assert page.text == (
        "Gates\nTideline (Northern Cable) · 20 Nov 2026 · 2 facts\ns1, stored by Ada on 20 Nov 2026\n"
        "a new version of s0\n\n"
        "Gates were open.\n— Tomas Reiss, Warden\n\nDenied\nNo gate was opened.\n— Ister Post · 20 Nov 2026\n\n"
        "Gauge 1 stood at 41."
    )
    assert links(page) == ["https://tideline.example/1"] * 2


def test_long_story_has_every_fact_on_one_of_its_pages() -> None:
    """In order, none twice; each page says which it is and how to get to the next."""
    pages = [parsed(page).text for page in story_pages(ToldStory(stored(), gauges(440)))]

    assert [n for n in range(1, 441) if f"Gauge {n} stood" in "".join(pages)] == list(range(1, 441))
    assert pages[0].endswith(f"page 1 of {len(pages)}; /story s1 2 is the next")
    assert pages[-1].endswith(f"page {len(pages)} of {len(pages)}")
    assert page_buttons(7, 1, 3) == [("Page 2 ›", "story:7:2")]
    assert [data for _, data in page_buttons(7, 2, 3)] == ["story:7:1", "story:7:3"]
    assert page_buttons(7, 1, 1) == []


def test_the_line_under_a_page_finds_room() -> None:
    """However full a page is, Telegram takes it with the line that says which it is."""
    for length in range(300, 400):
        facts = tuple(Match(known("x" * length, number=n), 1.0) for n in range(1, 30))
        pages = story_pages(ToldStory(stored(), facts))

        assert len(pages) > 1
        assert all(units(parsed(marked_repeat(page)).text) <= 4096 for page in pages)


def test_replaced_and_withdrawn_texts_say_so() -> None:
    """What an alert of long ago leads to is still shown; what was taken back is not."""
    replaced = parsed(story_pages(ToldStory(stored(), gauges(1), last=stored(text="Newer.")))[0]).text
    (withdrawn,) = story_pages(ToldStory(stored(), gauges(1), last=stored(text="")))

    (second,) = story_pages(ToldStory(replace(stored(), version=2), gauges(1), earlier=stored()))

    assert "version 2: the text was changed, or filled in" in second
    assert "a later text has taken its place: /story s1" in replaced
    assert "Gauge 1" in replaced
    assert withdrawn == "s1 was taken back by Ada on 20 Nov 2026: nothing of it is held."


def test_list_names_each_story_by_its_id() -> None:
    """Newest first as given, title, outlet as a link, date; an empty store says so."""
    listed = parsed(story_list([stored("002"), replace(stored("s1"), story=Story("..."))]))

    assert listed.text == (
        "Write /story and an id. Stored last:\n002 · Gates · Tideline · 20 Nov 2026\ns1 · “...…” · Northern Cable"
    )
    assert story_list([]) == "Nothing is held yet."


@settings(max_examples=40)
@given(HOSTILE, HOSTILE, st.lists(st.tuples(HOSTILE, st.sampled_from(NoteType)), max_size=6))
def test_hostile_story_is_taken_by_telegram(key: str, name: str, facts: list[tuple[str, NoteType]]) -> None:
    """Whatever sources hold, each page is accepted, within the limits, and links its title."""
    matches = tuple(
        Match(known(text), 1.0, notes=(note(kind, name), note(kind, text, number=2))) for text, kind in facts
    )
    pages = story_pages(ToldStory(stored(key, title=name, outlet=name), matches, origin=stored(key, outlet=name)))
    for page in [*pages, story_list([stored(key, title=name, outlet=name)])]:
        message = parsed(marked_repeat(page))
        assert units(message.text) <= 4096
        assert len(message.entities) + len(message.found) <= 100
    assert links(parsed(pages[0]))
