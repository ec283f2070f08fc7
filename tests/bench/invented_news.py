"""Endless invented news for figures: seeded, with a vocabulary that grows as in real news.

Words are drawn as Simon (1955) has it: now and then a new one, else an old one, the earlier the likelier, which
gives Zipf's law for frequencies and Heaps's for the vocabulary (exponent about 0.6). Each story also has a few words of
its own, as names are, which it repeats.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SENTENCES = 30  # of a story
_SYLLABLES = [a + b for a in "bdfghklmnprstvz" for b in "aeiou"] + ["an", "or", "el", "ir", "us"]
_GLUE = ("the", "of", "in", "and", "to", "a", "for", "was", "that", "with", "by", "on")
_GROWTH, _SCALE = 0.6, 18.0  # the vocabulary after n words: about _SCALE * n ** _GROWTH


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the sentence whose words it has."""

    text: str
    fact: int  # counted from 1


class News:
    """Writes the same stories for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311
        self._words: list[str] = [self._new_word() for _ in range(200)]
        self._drawn = 200

    def _new_word(self) -> str:
        return "".join(self._chance.choice(_SYLLABLES) for _ in range(self._chance.choice((2, 2, 3, 3, 3, 4))))

    def word(self) -> str:
        self._drawn += 1
        if self._chance.random() < _SCALE * _GROWTH * self._drawn ** (_GROWTH - 1):
            self._words.append(self._new_word())
            return self._words[-1]
        return self._words[int(len(self._words) ** self._chance.random()) - 1]

    def stories(self, facts: int) -> Iterator[list[str]]:
        """Yield stories of thirty sentences until there are *facts* of them."""
        for _ in range(0, facts, SENTENCES):
            own = [self.word().capitalize() for _ in range(6)]
            yield [self._sentence(own) for _ in range(SENTENCES)]

    def _sentence(self, own: Sequence[str]) -> str:
        words = [
            self._chance.choice(own) if self._chance.random() < 0.12 else self.word()
            for _ in range(self._chance.randint(7, 14))
        ]
        return " ".join(f"{self._chance.choice(_GLUE)} {word}" for word in words).capitalize() + "."


def questions(sentences: Sequence[tuple[int, str]], *, seed: int) -> list[Asked]:
    """Return a question about each of (fact, text): four of its words, and in every second one a slip or two."""
    chance = random.Random(seed)  # noqa: S311
    asked = []
    for number, (fact, text) in enumerate(sentences):
        telling = sorted({word for word in text.rstrip(".").split() if word.lower() not in _GLUE})
        words = chance.sample(telling, min(4, len(telling)))
        if number % 2:
            for at in chance.sample(range(len(words)), min(len(words), chance.choice((1, 2)))):
                words[at] = _slip(words[at], chance)
        asked.append(Asked("what about " + " the ".join(words), fact))
    return asked


def _slip(word: str, chance: random.Random) -> str:
    """Return *word* with one letter more, less, other, or swapped; words under four letters stay."""
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + chance.choice("aeiounrst") + word[at:],
            word[:at] + chance.choice("aeiounrst") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
