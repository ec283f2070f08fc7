"""Fitting a linear ranking and small trees to examples, in plain Python: a few minutes, and nothing to install.

Both are deterministic: the same examples give the same weights on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from operator import mul

from store.lookup.trees import Tree, grown_value

Row = Sequence[float]


@dataclass(frozen=True, slots=True)
class Listed:
    """The candidates of one question: their evidence, and which of them are right."""

    rows: Sequence[Row]
    right: Sequence[bool]


def fit_ranking(
    lists: Sequence[Listed],
    *,
    epochs: int = 8,
    rate: float = 0.05,
    decay: float = 1e-3,
    towards: Sequence[float] | None = None,
) -> list[float]:
    """Return weights under which the right rows of *lists* come first.

    Minimises the listwise softmax loss (Cao et al. 2007, ListNet) with Adam (Kingma and Ba 2015) on standardised
    features. Lists without a right row, or without a wrong one, teach nothing and are skipped. The weights start from,
    and *decay* draws them back to, those *towards* which they are fitted, or nothing: few examples move them little.
    """
    useful = [one for one in lists if any(one.right) and not all(one.right)]
    width = len(useful[0].rows[0])
    means, spreads = _scales([row for one in useful[:: max(1, len(useful) // 500)] for row in one.rows], width)
    scaled = [
        Listed([[(v - m) / s for v, m, s in zip(row, means, spreads, strict=True)] for row in one.rows], one.right)
        for one in useful
    ]
    anchor = [w * s for w, s in zip(towards or [0.0] * width, spreads, strict=True)]
    weights, first, second = list(anchor), [0.0] * width, [0.0] * width
    order = list(range(len(scaled)))
    shuffle = random.Random(0)  # noqa: S311 - an order, not a secret
    step, batch, steps = 0, 32, max(1, epochs * len(scaled) // 32)
    for _ in range(epochs):
        shuffle.shuffle(order)
        for start in range(0, len(order), batch):
            chosen = [scaled[i] for i in order[start : start + batch]]
            gradient = [decay * (w - a) for w, a in zip(weights, anchor, strict=True)]
            for one in chosen:
                _add_gradient(gradient, one, weights, 1 / len(chosen))
            step += 1
            slower = rate * max(0.02, 1 - step / steps)
            for j, g in enumerate(gradient):
                first[j] = 0.9 * first[j] + 0.1 * g
                second[j] = 0.999 * second[j] + 0.001 * g * g
                weights[j] -= slower * (first[j] / (1 - 0.9**step)) / (sqrt(second[j] / (1 - 0.999**step)) + 1e-8)
    return [w / s for w, s in zip(weights, spreads, strict=True)]


def _scales(rows: Sequence[Row], width: int) -> tuple[list[float], list[float]]:
    means = [sum(row[j] for row in rows) / len(rows) for j in range(width)]
    spreads = [sqrt(sum((row[j] - means[j]) ** 2 for row in rows) / len(rows)) for j in range(width)]
    return means, [s if s > 1e-6 else 1.0 for s in spreads]


def _add_gradient(gradient: list[float], one: Listed, weights: Sequence[float], share: float) -> None:
    """Add the softmax gradient of one list: what the model expects less what is right."""
    scores = [sum(map(mul, row, weights)) for row in one.rows]
    top = max(scores)
    powers = [exp(s - top) for s in scores]
    total = sum(powers)
    total_right = sum(p for p, right in zip(powers, one.right, strict=True) if right) or 1e-12
    for row, power, right in zip(one.rows, powers, one.right, strict=True):
        error = share * (power / total - (power / total_right if right else 0.0))
        if abs(error) > 1e-6:
            for j, value in enumerate(row):
                gradient[j] += error * value


_LEAST_SPREAD = 0.3  # of a feature: that of what one row in ten has


def fit_logistic(
    rows: Sequence[Row],
    right: Sequence[bool],
    *,
    decays: Sequence[float],
    towards: Sequence[float],
    rounds: int = 600,
    rate: float = 0.5,
) -> tuple[float, list[float]]:
    """Return a bias and weights whose weighted sum of a row is the log odds that it is right.

    Minimises the logistic loss by gradient descent with momentum on standardised features. Each of *decays* draws a
    weight back to that *towards* which it is fitted; what few rows have keeps about the weight it had.
    """
    width = len(rows[0])
    means, spreads = _scales(rows, width)
    spreads = [max(spread, _LEAST_SPREAD) for spread in spreads]
    anchor = [w * s for w, s in zip(towards, spreads, strict=True)]
    scaled = [[(v - m) / s for v, m, s in zip(row, means, spreads, strict=True)] for row in rows]
    columns = list(zip(*scaled, strict=True))
    share = (sum(right) + 1) / (len(right) + 2)
    bias, weights = log(share / (1 - share)), list(anchor)
    bias_speed, speed = 0.0, [0.0] * width
    for _ in range(rounds):
        errors = [1 / (1 + exp(-bias - sum(map(mul, weights, row)))) - y for row, y in zip(scaled, right, strict=True)]
        slopes = [sum(map(mul, errors, column)) / len(rows) for column in columns]
        pulls = [d * (w - a) for d, w, a in zip(decays, weights, anchor, strict=True)]
        speed = [0.9 * v - rate * 0.1 * (s + p) for v, s, p in zip(speed, slopes, pulls, strict=True)]
        bias_speed = 0.9 * bias_speed - rate * 0.1 * sum(errors) / len(rows)
        weights = [w + v for w, v in zip(weights, speed, strict=True)]
        bias += bias_speed
    plain = [w / s for w, s in zip(weights, spreads, strict=True)]
    return bias - sum(map(mul, plain, means)), plain


_BINS = 32  # quantiles of a feature at which a tree may split
_LEAST = 25.0  # rows, about, in a leaf: sum of p(1-p) times four
_SHRINK = 4.0  # added to the weight of each leaf's rows, so that small leaves say little


def fit_trees(
    rows: Sequence[Row], right: Sequence[bool], *, count: int = 120, depth: int = 3, rate: float = 0.08
) -> tuple[float, list[Tree]]:
    """Return a bias and *count* trees whose sum is the log odds that a row is right.

    Gradient boosting on the logistic loss with second-order leaves (Chen and Guestrin 2016), each tree on half of the
    rows and a third of the features.
    """
    cuts = [_quantiles([row[j] for row in rows]) for j in range(len(rows[0]))]
    columns = [bytes(_bin(row[j], cuts[j]) for row in rows) for j in range(len(rows[0]))]
    share = (sum(right) + 1) / (len(right) + 2)
    bias = log(share / (1 - share))
    totals = [bias] * len(rows)
    chooser = random.Random(0)  # noqa: S311 - a sample, not a secret
    trees = []
    for _ in range(count):
        chances = [1 / (1 + exp(-total)) for total in totals]
        slopes = [p - y for p, y in zip(chances, right, strict=True)]
        bends = [p * (1 - p) for p in chances]
        sample = chooser.sample(range(len(rows)), len(rows) // 2)
        features = chooser.sample(range(len(columns)), max(1, len(columns) // 3))
        tree = _grow(sample, features, _Boost(columns, cuts, slopes, bends, rate), depth)
        trees.append(tree)
        for i, row in enumerate(rows):
            totals[i] += grown_value(tree, row)
    return bias, trees


@dataclass(frozen=True, slots=True)
class _Boost:
    """What one tree is grown from."""

    columns: Sequence[bytes]  # of each feature: the bin of each row
    cuts: Sequence[Sequence[float]]
    slopes: Sequence[float]
    bends: Sequence[float]
    rate: float


def _grow(rows: Sequence[int], features: Sequence[int], boost: _Boost, depth: int) -> Tree:
    slope = sum(boost.slopes[i] for i in rows)
    bend = sum(boost.bends[i] for i in rows)
    leaf = round(-boost.rate * slope / (bend + _SHRINK), 4)
    if depth == 0:
        return leaf
    best, where = 1e-6, None
    for j in features:
        gain, at = _best_cut(rows, boost.columns[j], boost, (slope, bend))
        if gain > best:
            best, where = gain, (j, at)
    if where is None:
        return leaf
    j, at = where
    column = boost.columns[j]
    below = [i for i in rows if column[i] <= at]
    above = [i for i in rows if column[i] > at]
    return (
        j,
        boost.cuts[j][at],
        _grow(below, features, boost, depth - 1),
        _grow(above, features, boost, depth - 1),
    )


def _best_cut(rows: Sequence[int], column: bytes, boost: _Boost, whole: tuple[float, float]) -> tuple[float, int]:
    """Return the best gain of a cut of *rows* by one feature, and the last bin below it."""
    slopes, bends = [0.0] * (_BINS + 1), [0.0] * (_BINS + 1)
    all_slopes, all_bends = boost.slopes, boost.bends
    for i in rows:
        at = column[i]
        slopes[at] += all_slopes[i]
        bends[at] += all_bends[i]
    slope, bend = whole
    base = slope * slope / (bend + _SHRINK)
    left_slope = left_bend = 0.0
    best, where = 0.0, 0
    for at in range(_BINS):
        left_slope += slopes[at]
        left_bend += bends[at]
        right_slope, right_bend = slope - left_slope, bend - left_bend
        if min(left_bend, right_bend) * 4 < _LEAST:
            continue
        gain = left_slope**2 / (left_bend + _SHRINK) + right_slope**2 / (right_bend + _SHRINK) - base
        if gain > best:
            best, where = gain, at
    return best, where


def _quantiles(values: Sequence[float]) -> list[float]:
    """Return the upper bounds of at most `_BINS` bins with about as many values each."""
    ordered = sorted(values)
    return sorted({round(ordered[len(ordered) * k // (_BINS + 1)], 4) for k in range(1, _BINS + 1)})


def _bin(value: float, cuts: Sequence[float]) -> int:
    low, high = 0, len(cuts)
    while low < high:
        middle = (low + high) // 2
        if value <= cuts[middle]:
            high = middle
        else:
            low = middle + 1
    return low
