"""Fit what `weights.json` holds for news: `make fitnews`, after `make fit`.

Each *folder* holds one desk's `stories.jsonl` (`id`, `outlet`, `title`, `published`, `url`, `text`) and
`questions.jsonl` (`id`, `q`, `after`: the question that this one follows up, or none; `answers`: every sentence that
answers, as story and words; none where the stories do not say).

The ranking starts from the one fitted on encyclopaedia and is drawn to it; the trust weighs the confidence by words
with an editor's objections. Figures are of folders that were not fitted on, each in its turn.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from math import log
from pathlib import Path
from statistics import fmean
from typing import Any

from sqlite_utils import Database

from store.database.reading import known_facts
from store.database.store import Store
from store.database.stories import save_story
from store.facts.extract import extract_facts
from store.facts.model import Known, Story
from store.lookup.answering import Found, answer, look_up
from store.lookup.evidence import FEATURES
from store.lookup.fitting.learning import Listed, fit_logistic, fit_ranking
from store.lookup.fitting.ranking import COVER, LISTED, render
from store.lookup.model import Question, Reading
from store.lookup.settings import news_settings
from store.lookup.trust import news_evidence, trust_in
from store.lookup.weights import WEIGHTS_FILE, NewsWeights, Weights, parse_weights

_PULL = 0.1  # towards the ranking of the encyclopaedia
_EPOCHS = 30
# ... and of the trust towards what an editor set by hand in `news.toml`, since few questions meet any one objection.
_PULL_OF_DOUBTS, _PULL_OF_OTHERS = 0.1, 0.003
_WITHHELD = 0.2  # share of the right first sentences that the floor may refuse


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question to a desk whose answers are known."""

    id: str
    text: str
    after: str | None
    answers: Sequence[tuple[str, int, int]]  # story, start, end; none: the stories do not say

    def is_answered_by(self, known: Known) -> bool:
        """Tell whether *known* is one of the sentences that answer."""
        return any(
            known.story_key == story
            and min(known.fact.end, end) - max(known.fact.start, start) >= COVER * (end - start)
            for story, start, end in self.answers
        )


@dataclass(frozen=True, slots=True)
class Desk:
    """Stories and the questions to them."""

    name: str
    stories: Sequence[tuple[str, Story]]  # key, story
    questions: Sequence[Labelled]

    @property
    def now(self) -> datetime:
        """When the questions are asked: after all the stories."""
        return max(story.published_at for _, story in self.stories if story.published_at)


@dataclass(frozen=True, slots=True)
class Tried:
    """One question asked of its desk, under some weights."""

    desk: str
    asked: Labelled
    found: Found
    listed: Listed  # the ranked sentences
    is_right: bool  # the first of the editor's order answers


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print the figures, and write them into the file."""
    parser = argparse.ArgumentParser(prog="python -m store.lookup.fitting.news", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="each with stories.jsonl and questions.jsonl")
    parser.add_argument("--weights", type=Path, default=Path(__file__).parents[1] / WEIGHTS_FILE)
    options = parser.parse_args(arguments)
    weights = parse_weights(options.weights.read_text("utf-8"))
    desks = [read_desk(folder) for folder in options.folders]
    with tempfile.TemporaryDirectory() as folder:
        held = {desk.name: hold(desk, Path(folder) / f"{desk.name}.db") for desk in desks}
        try:
            news, figures = fit(desks, weights, lambda desk, fitted: try_questions(desk, held[desk.name], fitted))
        finally:
            for store in held.values():
                store.close()
    record = {
        "data": [desk.name for desk in desks],
        "questions": sum(len(desk.questions) for desk in desks),
        "date": datetime.now(UTC).date().isoformat(),
        "figures": figures,
    }
    options.weights.write_text(render(replace(weights, news=replace(news, fit=record))), "utf-8")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


def read_desk(folder: Path) -> Desk:
    """Return the desk in *folder*; raises ValueError for an answer that does not stand in its story."""
    rows = [json.loads(line) for line in (folder / "stories.jsonl").read_text("utf-8").splitlines()]
    stories = {row["id"]: _story(row) for row in rows}
    asked = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
    return Desk(
        folder.name,
        sorted(stories.items(), key=lambda pair: (pair[1].published_at or datetime.min.replace(tzinfo=UTC), pair[0])),
        [
            Labelled(row["id"], row["q"], row["after"], [_place(stories, *one) for one in row["answers"]])
            for row in asked
        ],
    )


def _story(row: Mapping[str, Any]) -> Story:
    return Story(row["text"], row["title"], row["outlet"], row["url"], datetime.fromisoformat(row["published"]))


def _place(stories: Mapping[str, Story], story: str, sentence: str) -> tuple[str, int, int]:
    start = stories[story].text.find(sentence)
    if start < 0:
        message = f"story {story} does not hold: {sentence}"
        raise ValueError(message)
    return story, start, start + len(sentence)


def hold(desk: Desk, path: Path) -> Store:
    """Return a new store at *path* that holds the stories of *desk*, read and compared as the bot does."""
    store = Store.open(path)
    for key, story in desk.stories:
        store.write(partial(_save, key=key, story=story, now=desk.now))
    return store


def _save(db: Database, *, key: str, story: Story, now: datetime) -> None:
    save_story(db, story, extract_facts(story), key=key, now=now, quiet=True)


def try_questions(desk: Desk, store: Store, weights: Weights) -> list[Tried]:
    """Return the questions of *desk*, each asked of *store* after the one that it follows up."""
    readings: dict[str | None, Reading] = {}
    tried = []
    for asked in desk.questions:
        question = Question(asked.text, desk.now)
        previous = readings.get(asked.after)
        readings[asked.id] = store.read(partial(answer, question=question, previous=previous)).reading
        found = store.read(partial(look_up, question=question, previous=previous, weights=weights))
        ranked = found.search.ranked[:LISTED]
        known = store.read(partial(known_facts, ids=[one.fact for one in ranked]))
        choices = found.verdict.choices
        tried.append(
            Tried(
                desk.name,
                asked,
                found,
                Listed([one.values for one in ranked], [asked.is_answered_by(known[one.fact]) for one in ranked]),
                bool(choices) and asked.is_answered_by(choices[0].known),
            )
        )
    return tried


Try = Callable[[Desk, Weights], list[Tried]]


def fit(desks: Sequence[Desk], weights: Weights, ask: Try) -> tuple[NewsWeights, dict[str, Any]]:
    """Return what is fitted on all of *desks*, and what that reaches on each when it is fitted on the others.

    *ask* tries the questions of a desk under some weights.
    """
    listed = {desk.name: ask(desk, weights) for desk in desks}
    # Each desk's questions under a ranking that the other desks gave: what the trust is fitted on must be as wrong
    # about them as it will be about questions to come.
    unseen = {desk.name: ask(desk, _with_ranking(weights, _others(listed, desk.name))) for desk in desks}
    figures = {}
    for desk in desks:
        others = _others(unseen, desk.name)
        figures[desk.name] = measure(unseen[desk.name], _with_trust(weights, others))
    everyone = [one for tried in unseen.values() for one in tried]
    figures["all"] = {
        name: round(fmean(figures[one.desk][name] for one in everyone), 1) for name in figures[desks[0].name]
    }
    ranked = _with_ranking(weights, [one for tried in listed.values() for one in tried])
    return _with_trust(ranked, everyone).news, figures


def _others(tried: Mapping[str, Sequence[Tried]], name: str) -> list[Tried]:
    return [one for desk, ones in tried.items() if desk != name for one in ones]


def _with_ranking(weights: Weights, tried: Iterable[Tried]) -> Weights:
    towards = [weights.ranking.get(name, 0.0) for name in FEATURES]
    lists = [one.listed for one in tried if one.asked.answers]
    found = fit_ranking(lists, epochs=_EPOCHS, rate=0.03, decay=_PULL, towards=towards)
    ranking = dict(zip(FEATURES, (round(weight, 4) for weight in found), strict=True))
    return replace(weights, news=replace(weights.news, ranking=ranking))


def _with_trust(weights: Weights, tried: Sequence[Tried]) -> Weights:
    """Return *weights* with a trust fitted on *tried*, and the floor that follows from it."""
    judged = [(news_evidence(one.found.search, one.found.verdict), one) for one in tried if one.found.verdict.choices]
    names = list(judged[0][0])
    rows = [tuple(evidence.values()) for evidence, _ in judged]
    doubts = {name: log(factor) for name, factor in news_settings()["doubts"].items()}
    bias, found = fit_logistic(
        rows,
        [one.is_right for _, one in judged],
        decays=[_PULL_OF_DOUBTS if name in doubts else _PULL_OF_OTHERS for name in names],
        towards=[({"by_words": 1.0} | doubts).get(name, 0.0) for name in names],
    )
    evidence = dict(zip(names, (round(weight, 4) for weight in found), strict=True))
    fitted = replace(weights, news=replace(weights.news, bias=round(bias, 4), evidence=evidence))
    right = sorted(_chance(one, fitted) for _, one in judged if one.is_right)
    return replace(fitted, news=replace(fitted.news, floor=round(right[int(_WITHHELD * len(right))], 4)))


def _chance(one: Tried, weights: Weights) -> float:
    return trust_in(one.found.search, one.found.verdict, weights).chance


def measure(tried: Sequence[Tried], weights: Weights) -> dict[str, float]:
    """Return the figures of *tried* under *weights*, in per cent: as the bot would answer."""
    refused = [_chance(one, weights) < weights.news.floor for one in tried]
    pairs = list(zip(tried, refused, strict=True))
    return {
        "first is right": _share(one.is_right for one in tried if one.asked.answers),
        "P@1": _share(one.is_right and not no for one, no in pairs if one.asked.answers),
        "refused wrongly": _share(no for one, no in pairs if one.asked.answers),
        "unanswerable refused": _share(no for one, no in pairs if not one.asked.answers),
    }


def _share(which: Iterable[bool]) -> float:
    return round(100 * fmean(which), 1)


if __name__ == "__main__":
    sys.exit(main())
