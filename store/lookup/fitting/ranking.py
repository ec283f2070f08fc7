"""Fit `weights.json` to questions whose sentences are known: `make fit DATA=folder`.

*folder* holds `stories.jsonl` (`id`, `title`, `text`) and `questions.jsonl` (`id`, `part`, `clean`, and `gold`: places
as `story`, `start`, `end`, `para_start`, `para_end`). Where a question has also a `light` and a `heavy` wording with
typing errors, every second one is asked in these, since a word that was guessed rightly should not shake the
confidence. A question's part, A or B, says in which half of the stories its
answer stands. Figures are always of questions whose stories were not fitted on: fitted on A and measured on B, and the
other way round. The weights that are written are fitted on both.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

from sqlite_utils import Database

from store.database.index import index_story
from store.database.schema import MIGRATIONS
from store.facts.extract import extract_facts
from store.facts.model import Extraction, Known, Story
from store.lookup.answering import rank, search_words
from store.lookup.confidence import EVIDENCE, evidence_of_list
from store.lookup.evidence import FEATURES
from store.lookup.fitting.learning import Listed, fit_ranking, fit_trees
from store.lookup.passages import Weighed
from store.lookup.weights import WEIGHTS_FILE, NewsWeights, Weights, load_weights

_SHOWN = 10  # sentences of a list that somebody would look at
COVER = 0.6  # share of the known answer's characters that a right sentence holds
LISTED = 40  # candidates of a question that the ranking learns from
_WITHHELD = 0.03  # share of the answerable questions, with the answer among the first ten, that the floor may refuse
_SEEN_NEAR = 0.003  # ... and for which not even a near miss may be shown
_WORDINGS = ("clean", "light", "clean", "heavy")  # in turn


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question whose answer is known."""

    text: str
    part: str
    gold: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Held:
    """A store for fitting, and where its facts stand."""

    db: Database
    places: Mapping[int, tuple[str, int, int]]  # fact -> (story, start, end)


@dataclass(frozen=True, slots=True)
class Tried:
    """One question asked of one store: its candidates with what speaks for them, whatever that weighs."""

    weighed: Weighed
    values: array[float]  # of FEATURES, candidate after candidate; single precision, since there are a million
    right: Sequence[bool]
    beside: Sequence[bool]  # in the paragraph of a right one
    of_story: Sequence[bool]  # in the story of a right one
    part: str
    answerable: bool

    @property
    def rows(self) -> list[Sequence[float]]:
        """Return the features of each candidate."""
        width = len(FEATURES)
        return [self.values[start : start + width] for start in range(0, len(self.values), width)]

    def judged(self, weights: Weights) -> Judged:
        """Return what the ranking in *weights* makes of it."""
        return self._judged(weights, range(len(self.right)), answerable=self.answerable)

    def judged_without_answer(self, weights: Weights) -> Judged:
        """Return what it makes of it when the paragraph with the answer is not held and the rest of its story is.

        The hardest question not to answer: its topic is there and its answer is not.
        """
        return self._judged(weights, [at for at, near in enumerate(self.beside) if not near], answerable=False)

    def judged_without_story(self, weights: Weights) -> Judged:
        """Return what it makes of it when nothing of the story with the answer is held, and all the others are."""
        return self._judged(weights, [at for at, own in enumerate(self.of_story) if not own], answerable=False)

    def _judged(self, weights: Weights, kept: Iterable[int], *, answerable: bool) -> Judged:
        rows = self.rows
        ranked = rank(((at, tuple(rows[at])) for at in kept), weights.ranking)
        place = next((n for n, one in enumerate(ranked, 1) if self.right[one.fact]), 0)
        return Judged(place, evidence_of_list(self.weighed, ranked), answerable)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its candidates ranked."""

    place: int  # of the first right sentence, from 1; 0 when there is none
    evidence: Sequence[float]  # of the list as a whole
    answerable: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print the figures, and write the file."""
    parser = argparse.ArgumentParser(prog="python -m store.lookup.fitting.ranking", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with stories.jsonl and questions.jsonl")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / WEIGHTS_FILE)
    parser.add_argument("--every", type=int, default=1, help="take only every so many-th question, to be done sooner")
    options = parser.parse_args(arguments)
    stories = [json.loads(line) for line in (options.data / "stories.jsonl").read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in (options.data / "questions.jsonl").read_text("utf-8").splitlines()]
    questions = read_questions(rows[:: options.every])
    with tempfile.TemporaryDirectory() as folder:
        halves = hold_halves(stories, questions, Path(folder))
        found, figures = fit(list(try_questions(questions, halves)))
    fit_record = {
        "data": options.data.name,
        "questions": len(questions),
        "date": datetime.now(UTC).date().isoformat(),
        "figures": figures,
    }
    options.out.write_text(render(replace(found, fit=fit_record)), "utf-8")
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


def read_questions(rows: Iterable[Mapping[str, Any]]) -> list[Labelled]:
    """Return the questions of *rows*, each in one of its wordings."""
    return [
        Labelled(row.get(_WORDINGS[number % len(_WORDINGS)], row["clean"]), row["part"], row["gold"])
        for number, row in enumerate(rows)
    ]


def fit(tried: Sequence[Tried]) -> tuple[Weights, dict[str, Any]]:
    """Return weights fitted on all of *tried*, and what those fitted on one part reach on the other."""
    figures: dict[str, Any] = {}
    for part, other in (("A", "B"), ("B", "A")):
        weights = fit_on([one for one in tried if one.part == part])
        theirs = [one for one in tried if one.part == other]
        near = [one.judged_without_answer(weights) for one in theirs if one.answerable]
        figures[f"fitted on {part}, measured on {other}"] = {
            **measure([one.judged(weights) for one in theirs], weights),
            "abstains where only the paragraph is absent": _abstained(near, weights),
        }
    return fit_on(tried), figures


def fit_on(tried: Sequence[Tried]) -> Weights:
    """Return weights fitted on *tried*: first the ranking, then on what it puts first the confidence."""
    lists = [Listed(one.rows, one.right) for one in tried if one.answerable]
    ranking = dict(zip(FEATURES, (round(w, 4) for w in fit_ranking(lists)), strict=True))
    ranked = replace(load_weights(), ranking=ranking)
    judged = [one.judged(ranked) for one in tried]
    # Each question that has an answer is also one whose answer is not held, though much like it is; and every second
    # one is asked where its topic is held: more of these would blur what tells an answer from nothing at all.
    judged += [one.judged_without_answer(ranked) for one in tried[::2] if one.answerable]
    judged += [one.judged_without_story(ranked) for one in tried if one.answerable]
    judged = [one for one in judged if one.evidence]
    bias, trees = fit_trees([one.evidence for one in judged], [one.place == 1 for one in judged])
    return _with_floors(replace(ranked, bias=round(bias, 4), trees=tuple(trees)), judged)


def try_questions(questions: Iterable[Labelled], halves: Mapping[str, Held]) -> Iterator[Tried]:
    """Yield each question asked of the half that holds its story, and of the half that does not."""
    weights = load_weights()
    for question in questions:
        for part, held in halves.items():
            search = search_words(held.db, question.text, weights, keep=LISTED)
            # Of a word's options only the first tells whether it was known; the rest would fill the memory.
            slim = [replace(ask, options=ask.options[:1]) for ask in search.weighed.asks]
            answerable = part == question.part
            places = [held.places[one.fact] for one in search.ranked]
            yield Tried(
                replace(search.weighed, asks=slim),
                array("f", (value for one in search.ranked for value in one.values)),
                [answerable and _is_right(place, question.gold) for place in places],
                [answerable and _is_beside(place, question.gold) for place in places],
                [answerable and any(place[0] == g["story"] for g in question.gold) for place in places],
                question.part,
                answerable,
            )


def _is_right(place: tuple[str, int, int], gold: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether a sentence lies within the paragraph of a known answer and holds most of it."""
    story, start, end = place
    return any(
        story == g["story"]
        and g["para_start"] <= start
        and end <= g["para_end"]
        and min(end, g["end"]) - max(start, g["start"]) >= COVER * (g["end"] - g["start"])
        for g in gold
    )


def _is_beside(place: tuple[str, int, int], gold: Iterable[Mapping[str, Any]]) -> bool:
    story, start, end = place
    return any(story == g["story"] and start < g["para_end"] and end > g["para_start"] for g in gold)


def _with_floors(weights: Weights, judged: Sequence[Judged]) -> Weights:
    listed = sorted(weights.chance(one.evidence) for one in judged if 0 < one.place <= _SHOWN)
    return replace(
        weights,
        floor=round(listed[int(_WITHHELD * len(listed))], 4),
        near=round(listed[int(_SEEN_NEAR * len(listed))], 4),
    )


def measure(judged: Sequence[Judged], weights: Weights) -> dict[str, float]:
    """Return the figures of *weights* on *judged*, half of which have no answer; shares in per cent."""
    places = [one.place for one in judged if one.answerable]
    scored = [(weights.chance(one.evidence), one) for one in judged]
    present = [chance for chance, one in scored if one.answerable]
    absent = [chance for chance, one in scored if not one.answerable]
    return {
        "questions": len(places),
        "P@1": round(100 * fmean(at == 1 for at in places), 1),
        "MRR": round(100 * fmean(1 / at if 0 < at <= _SHOWN else 0 for at in places), 1),
        "R@10": round(100 * fmean(0 < at <= _SHOWN for at in places), 1),
        "AUROC of the confidence": round(_auroc(present, absent), 3),
        "answered at 90% precision": round(100 * _answered_at(0.9, scored), 1),
        "abstains where absent": _abstained([one for one in judged if not one.answerable], weights),
        "abstains where present": _abstained([one for one in judged if one.answerable], weights),
    }


def _abstained(judged: Sequence[Judged], weights: Weights) -> float:
    return round(100 * fmean(weights.chance(one.evidence) < weights.floor for one in judged), 1)


def _auroc(present: Sequence[float], absent: Sequence[float]) -> float:
    """Return how often one of *present* is above one of *absent*, by ranks (Mann and Whitney)."""
    ordered = sorted([*((s, 1) for s in present), *((s, 0) for s in absent)])
    ranks = sum(rank for rank, (_, is_present) in enumerate(ordered, 1) if is_present)
    return (ranks - len(present) * (len(present) + 1) / 2) / (len(present) * len(absent))


def _answered_at(precision: float, scored: Sequence[tuple[float, Judged]]) -> float:
    """Return the most of the answerable that a threshold lets through while *precision* of all those is right."""
    ordered = sorted(scored, key=lambda pair: -pair[0])
    through = right = best = 0
    for count, (_, one) in enumerate(ordered, 1):
        through += one.answerable
        right += one.place == 1
        if right >= precision * count:
            best = through
    return best / max(1, sum(one.answerable for _, one in scored))


def hold_halves(stories: Sequence[Mapping[str, Any]], questions: Sequence[Labelled], folder: Path) -> dict[str, Held]:
    """Return two stores: the stories that the questions of part A are about, and those of part B."""
    part_of = {g["story"]: q.part for q in questions for g in q.gold}
    return {
        part: hold([s for s in stories if part_of.get(s["id"]) == part], folder / f"{part}.db") for part in ("A", "B")
    }


def hold(stories: Iterable[Mapping[str, Any]], path: Path) -> Held:
    """Return a new store at *path* that holds the index of *stories* and nothing else."""
    db = Database(path)
    MIGRATIONS.apply(db)
    places: dict[int, tuple[str, int, int]] = {}
    for number, row in enumerate(stories, 1):
        story = Story(text=row["text"], title=row.get("title"))
        extraction = extract_facts(story)
        facts = _known(story, extraction, number, len(places) + 1)
        places |= {known.id: (row["id"], known.fact.start, known.fact.end) for known in facts}
        title = story.title or extraction.layout.headline
        with db.conn:
            index_story(db, number, title=title, facts=facts, cast=extraction.cast)
    return Held(db, places)


def _known(story: Story, extraction: Extraction, number: int, first: int) -> list[Known]:
    return [
        Known(first + at, number, "", story.text[fact.start : fact.end], fact)
        for at, fact in enumerate(extraction.facts)
    ]


def render(weights: Weights) -> str:
    """Return *weights* as the JSON text that `parse_weights` reads, a line for each weight and each tree."""
    lines = {
        "fit": json.dumps(weights.fit),
        "floors": json.dumps({"answer": weights.floor, "near": weights.near}),
        "ranking": _block(f"{json.dumps(name)}: {weight}" for name, weight in weights.ranking.items()),
        "confidence": "{\n"
        f'  "evidence": {json.dumps(EVIDENCE)},\n  "bias": {weights.bias},\n  "trees": [\n   '
        + ",\n   ".join(json.dumps(tree) for tree in weights.trees)
        + "\n  ]\n }",
        "news": _render_news(weights.news),
    }
    return "{\n" + ",\n".join(f' "{name}": {text}' for name, text in lines.items()) + "\n}\n"


def _render_news(news: NewsWeights) -> str:
    return (
        "{\n"
        f'  "fit": {json.dumps(news.fit)},\n'
        f'  "floor": {news.floor},\n'
        f'  "ranking": {_block(f"{json.dumps(name)}: {weight}" for name, weight in news.ranking.items())},\n'
        f'  "trust": {{"bias": {news.bias}, "evidence": '
        f"{_block(f'{json.dumps(name)}: {weight}' for name, weight in news.evidence.items())}}}\n }}"
    )


def _block(entries: Iterable[str]) -> str:
    return "{\n  " + ",\n  ".join(entries) + "\n }"


if __name__ == "__main__":
    sys.exit(main())
