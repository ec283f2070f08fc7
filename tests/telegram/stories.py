"""Stories that the tests paste, store and ask about; the places and people are made up."""

from __future__ import annotations

from datetime import UTC, datetime

from store.facts.model import Story

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

FERRY = (
    "MARROW, Nov 16 (Tideline) - The harbour board of Marrow said on Monday that 14 ferries would be laid up over the "
    "winter for repairs.\n\n"
    "Board chairwoman Odile Brennick told reporters that the work would cost 3.2 million crowns. She said no crew "
    "member would lose a job.\n\n"
    "The seamen's union has denied that its members had agreed to the plan."
)
HARBOUR = (
    "MARROW, Nov 18 (Tideline) - Divers found the wreck of the trawler Petrel in 60 metres of water off Marrow, the "
    "coastguard said on Wednesday.\n\n"
    "Captain Joren Vail said five men had been taken off alive."
)
NEWS = (
    "SELBY HEAD, Nov 19 (Northern Cable) - A landslide closed the coast road near Selby Head on Thursday and cut off "
    "about 2,300 people, the district office said.\n\n"
    "District engineer Maren Tolk said clearing the road would take nine days. Two helicopters are flying in food.\n\n"
    "The mayor of Selby Head, Anton Ruse, asked the army for a floating bridge."
)
LATER_NEWS = (
    "SELBY HEAD, Nov 20 (Northern Cable) - The army said on Friday that it would lay a floating bridge at Selby Head "
    "by Sunday.\n\n"
    "Colonel Ivar Dunn said 120 soldiers were on their way."
)
QUESTION = "how many ferries will be laid up"
ANSWER = "14 ferries would be laid up over the winter for repairs"


def story_of(text: str) -> Story:
    """Return *text* as a story with a source that an answer can link to."""
    published_at = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    return Story(text, outlet="Tideline", url=f"https://tideline.example/{len(text)}", published_at=published_at)


def long_story(paragraphs: int) -> str:
    """Return a story that Telegram would split: two such paragraphs are about 300 characters."""
    body = [
        f"Gauge {number} on the upper Ravel stood at {number + 40} centimetres in the morning, the water office said. "
        f"Watchman {name_of(number)} reported no damage to the bank there."
        for number in range(1, paragraphs + 1)
    ]
    return "RAVEL BRIDGE, Nov 19 (Northern Cable) - The Ravel is rising along its whole length.\n\n" + "\n\n".join(body)


def name_of(number: int) -> str:
    """Return one of many names."""
    return f"{('Arlo', 'Bente', 'Casper', 'Dorte')[number % 4]} {('Hale', 'Ibsen', 'Junge')[number % 3]}"
