"""Small decision trees as plain values, so that they can stand in a JSON file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

# A leaf's value, or (feature, bound, tree for values up to the bound, tree for values above it).
Tree: TypeAlias = "float | tuple[int, float, Tree, Tree]"


def grown_value(tree: Tree, row: Sequence[float]) -> float:
    """Return the value of the leaf that *row* falls into."""
    while isinstance(tree, tuple):
        feature, bound, below, above = tree
        tree = below if row[feature] <= bound else above
    return tree


def tree_from_json(value: Any) -> Tree:
    """Return the tree that JSON gives back as nested lists."""
    if isinstance(value, list):
        feature, bound, below, above = value
        return int(feature), float(bound), tree_from_json(below), tree_from_json(above)
    return float(value)
