"""Fits the weights of a chain of choices: maximum conditional likelihood with an L2 penalty, by scipy's L-BFGS-B.

The same chain is scored at run time by `leaderboard.parsing.chain`; here the gradient is added. A place whose right
options are a set (several are right, or the annotation leaves it open) contributes the likelihood of the set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

Features = Sequence[str]


@dataclass(frozen=True)
class Example:
    """One chain.

    Features of every option at every place, features of every pair of adjacent options (None: no pair features), and
    the indices of the right options at every place (None: any).
    """

    unary: list[list[Features]]
    pairs: list[list[list[Features]] | None]
    right: list[set[int] | None]


def vocabulary(examples: Iterable[Example], least: int) -> tuple[dict[str, int], np.ndarray]:
    """The features that occur in at least `least` places, numbered by alphabet, and how many places each has."""
    counts: Counter[str] = Counter()
    for example in examples:
        for options in example.unary:
            counts.update({f for option in options for f in option})
        for table in example.pairs:
            if table is not None:
                counts.update({f for row in table for cell in row for f in cell})
    names = sorted(f for f, n in counts.items() if n >= least)
    return {name: i for i, name in enumerate(names)}, np.array([counts[name] for name in names], dtype=float)


def fit(
    examples: list[Example], *, penalty: float, rare: float = 0.0, least: int = 3, rounds: int = 150
) -> dict[str, float]:
    """The weights by feature name. Deterministic: the same examples give the same weights.

    The penalty of a feature is `penalty * (1 + rare / places)`: what was seen seldom has to prove itself.
    """
    names, places_of = vocabulary(examples, least)
    cost = penalty * (1.0 + rare / places_of)
    rows, columns, layout = _index(examples, names)
    size = layout[-1][3] if layout else 0
    matrix = sp.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, len(names)))
    transposed = matrix.T.tocsr()

    def objective(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        gradient = np.zeros(size)
        loss = 0.5 * float(weights @ (cost * weights))
        for places, tables, right, _ in layout:
            loss += _log_partition(scores, gradient, places, tables, None, sign=1.0)
            loss += _log_partition(scores, gradient, places, tables, right, sign=-1.0)
        return loss, transposed @ gradient + cost * weights

    found = minimize(objective, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return {name: round(float(found.x[i]), 3) for name, i in names.items() if abs(found.x[i]) >= 0.004}


def _index(examples: list[Example], names: dict[str, int]) -> tuple[list[int], list[int], list[tuple]]:
    """Number every option and pair as a row of one sparse matrix."""
    rows: list[int] = []
    columns: list[int] = []
    layout: list[tuple] = []
    n = 0

    def add(features: Features) -> None:
        nonlocal n
        for f in features:
            if (column := names.get(f)) is not None:
                rows.append(n)
                columns.append(column)
        n += 1

    for example in examples:
        places, tables = [], []
        for options in example.unary:
            first = n
            for option in options:
                add(option)
            places.append((first, n))
        for table in example.pairs:
            if table is None:
                tables.append(None)
                continue
            first = n
            for row in table:
                for cell in row:
                    add(cell)
            tables.append((first, len(table), len(table[0])))
        layout.append((places, tables, example.right, n))
    return rows, columns, layout


def _log_partition(
    scores: np.ndarray, gradient: np.ndarray, places: list, tables: list, right: list | None, *, sign: float
) -> float:
    """The log partition function of one chain, times `sign`; adds its gradient to `gradient`.

    `right` restricts the options.
    """
    unary = []
    for k, (a, b) in enumerate(places):
        here = scores[a:b]
        if right is not None and right[k] is not None:
            allowed = np.full(b - a, -1e30)
            index = sorted(right[k])
            allowed[index] = here[index]
            here = allowed
        unary.append(here)
    pairs = [None if t is None else scores[t[0] : t[0] + t[1] * t[2]].reshape(t[1], t[2]) for t in tables]
    forward = [unary[0]]
    for k in range(1, len(unary)):
        before = forward[-1]
        if pairs[k - 1] is None:
            forward.append(unary[k] + _log_sum(before, 0))
        else:
            forward.append(unary[k] + _log_sum(before[:, None] + pairs[k - 1], 0))
    total = float(_log_sum(forward[-1], 0))
    backward = np.zeros(len(unary[-1]))
    for k in range(len(unary) - 1, -1, -1):
        a, b = places[k]
        gradient[a:b] += sign * np.exp(forward[k] + backward - total)
        if k:
            after = unary[k] + backward
            if pairs[k - 1] is None:
                backward = np.full(len(unary[k - 1]), float(_log_sum(after, 0)))
            else:
                reach = pairs[k - 1] + after[None, :]
                first, height, width = tables[k - 1]
                gradient[first : first + height * width] += (
                    sign * np.exp(forward[k - 1][:, None] + reach - total).ravel()
                )
                backward = _log_sum(reach, 1)
    return sign * total


def _log_sum(values: np.ndarray, axis: int) -> np.ndarray:
    """The logarithm of the sum of exponentials along an axis."""
    top = values.max(axis=axis, keepdims=True)
    return (top + np.log(np.exp(values - top).sum(axis=axis, keepdims=True))).squeeze(axis)
