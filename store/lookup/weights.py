"""What each piece of evidence weighs: read from `weights.json`, which `make fit` writes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from operator import mul
from typing import Any

from store.lookup.trees import Tree, grown_value, tree_from_json

WEIGHTS_FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class NewsWeights:
    """What differs for news: short stories on one running event, of which a desk holds many."""

    ranking: Mapping[str, float]  # feature -> weight
    bias: float  # of the trust, in log odds
    evidence: Mapping[str, float]  # of `trust.news_evidence`, by name -> weight
    floor: float  # chance from which on a sentence is an answer
    fit: Mapping[str, Any]  # date, data and figures of the fit


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear ranking and a confidence made of small trees, with how they were fitted."""

    ranking: Mapping[str, float]  # feature -> weight; a feature that is not there weighs nothing
    bias: float  # of the confidence, in log odds
    trees: Sequence[Tree]  # over the evidence about the whole list
    floor: float  # confidence from which on a sentence is an answer
    near: float  # confidence from which on it is at least shown as close
    fit: Mapping[str, Any]  # date, data and figures of the fit
    news: NewsWeights

    def chance(self, evidence: Sequence[float]) -> float:
        """Return how likely it is, 0 to 1, that the first sentence answers; 0 without evidence."""
        if not evidence:
            return 0.0
        return 1 / (1 + exp(-self.bias - sum(grown_value(tree, evidence) for tree in self.trees)))


def weighted_sum(weights: Sequence[float], values: Sequence[float]) -> float:
    """Return the sum of *values*, each times its weight."""
    total: float = sum(map(mul, weights, values))
    return total


@cache
def load_weights() -> Weights:
    """Return the weights that ship with the program."""
    return parse_weights((files(__package__) / WEIGHTS_FILE).read_text(encoding="utf-8"))


def parse_weights(text: str) -> Weights:
    """Return the weights in a JSON *text* as `make fit` writes it."""
    read = json.loads(text)
    return Weights(
        ranking=read["ranking"],
        bias=read["confidence"]["bias"],
        trees=tuple(tree_from_json(tree) for tree in read["confidence"]["trees"]),
        floor=read["floors"]["answer"],
        near=read["floors"]["near"],
        fit=read["fit"],
        news=_parse_news(read["news"]),
    )


def _parse_news(read: Mapping[str, Any]) -> NewsWeights:
    return NewsWeights(
        ranking=read["ranking"],
        bias=read["trust"]["bias"],
        evidence=read["trust"]["evidence"],
        floor=read["floor"],
        fit=read["fit"],
    )
