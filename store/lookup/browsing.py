"""Whether a question asks for the news itself and for no one sentence: "what's new", "anything new on the strike".

What answers such a question are the newest sentences, on its topic if it has one. It is told by its frame: the words
before "on", "about", "in" are all of those that such questions are built of.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.facts.lexicon import word_classes
from store.facts.words import FUNCTION_WORDS
from store.lookup.asking import Want, is_light, tells_kind, wanted

_LONGEST = 5  # telling words of a topic


def browsed_topic(words: Sequence[str], *, is_narrowed: bool) -> range | None:
    """Return which of the folded *words* of a question name what it asks the newest of; None when it asks for no news.

    Empty when the news at large is asked for. *is_narrowed*: an outlet or days were named, and cut out of *words*; then
    "what happened" asks for the news too.
    """
    if is_narrowed and all(map(_is_empty, words)) and _class("one").isdisjoint(words):
        return range(0)  # "what did Radio Torvan report", "what happened yesterday"
    end = _end_of_frame(words)
    if end is None:
        return _topic_before(words)
    frame, topic = _news_of(words[:end]), range(end + 1, len(words))
    if not frame or not _asks_for_news(frame, words, has_topic=bool(topic), is_narrowed=is_narrowed):
        return None
    return topic if not topic or _is_topic([words[at] for at in topic], is_value=frame == {"value"}) else None


def is_of_today(words: Sequence[str]) -> bool:
    """Tell whether the *words* of a question for the news narrow it to today."""
    return not _class("today").isdisjoint(words)


def _is_empty(word: str) -> bool:
    return word in FUNCTION_WORDS or is_light(word)


def _end_of_frame(words: Sequence[str]) -> int | None:
    """Return how many words stand before the one that leads to the topic; None when one of them is no frame's."""
    known = frozenset().union(*(_class(name) for name in ("frame", "value", "news", "all", "holding", "happened")))
    for at, word in enumerate(words):
        if at and word in _class("lead") and words[at - 1] != "going":  # "going on in"
            return at
        if word not in known:
            return None
    return len(words)


def _news_of(frame: Sequence[str]) -> set[str]:
    """Return in which ways the words of a *frame* ask for the news."""
    return {name for name in ("value", "news", "all", "holding", "happened") if not _class(name).isdisjoint(frame)}


def _asks_for_news(frame: set[str], words: Sequence[str], *, has_topic: bool, is_narrowed: bool) -> bool:
    if frame & {"news", "value"}:
        return True
    if "happened" in frame:
        return is_narrowed or is_of_today(words)
    return has_topic and ("all" in frame or words[0].startswith("wh"))


def _is_topic(topic: Sequence[str], *, is_value: bool) -> bool:
    """Tell whether *topic* may be one; with *is_value*, a word for a figure in it asks for the figure."""
    telling = [word for word in topic if word not in FUNCTION_WORDS]
    if len(telling) > _LONGEST or not _class("question").isdisjoint(topic):
        return False
    return not is_value or wanted(topic) in {Want.THING, Want.NAME}


def _topic_before(words: Sequence[str]) -> range | None:
    """Return the topic of "ferry strike news", "lessin latest"; None for "death toll latest", which is a value."""
    asking = _class("news") | _class("value")
    end = next((at for at in range(len(words), 0, -1) if words[at - 1] not in asking), 0)
    topic = words[:end]
    if end in {0, len(words)} or not _is_topic(topic, is_value=True) or any(map(tells_kind, topic)):
        return None
    return range(end)


def _class(name: str) -> frozenset[str]:
    """Return the words of one class of browsing_words.tsv."""
    return word_classes("browsing_words.tsv")[name]
