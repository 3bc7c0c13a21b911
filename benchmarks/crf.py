"""Fits the weights of a chain of choices: maximum conditional likelihood with an L2 penalty, by scipy's L-BFGS-B.

The same chain is scored at run time by `leaderboard.parsing.chain`; here the gradient is added. A place whose right
options are a set (several are right, or the annotation leaves it open) contributes the likelihood of the set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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


IMPOSSIBLE = -1e30
"""The score of what may not be chosen."""
PAD, FREE = 0, 1
"""Slots of two scores that no weight changes: an option that does not exist, and a pair without features."""
BATCH = 128
"""So many chains of one length are worked on at once."""


LEAST_WEIGHT = 0.02
"""Weights below it change no choice that others do not change more (measured), and are left out of the file."""


@dataclass(frozen=True)
class Batch:
    """Chains of one length as arrays of slots, padded to the most options of a place.

    `unary[k]` is chains x options, `pairs[k]` is chains x options x options of the next place, `allowed[k]` is zero at
    right options and `IMPOSSIBLE` at others.
    """

    unary: list[np.ndarray]
    pairs: list[np.ndarray]
    allowed: list[np.ndarray]


def fit(
    examples: list[Example], *, penalty: float, rare: float = 0.0, least: int = 3, rounds: int = 150
) -> dict[str, float]:
    """The weights by feature name. Deterministic: the same examples give the same weights.

    The penalty of a feature is `penalty * (1 + rare / places)`: what was seen seldom has to prove itself.
    """
    names, places_of = vocabulary(examples, least)
    cost = penalty * (1.0 + rare / places_of)
    matrix, row_of, batches = _index(examples, names)
    transposed = matrix.T.tocsr()
    fixed = np.array([IMPOSSIBLE, 0.0])

    def objective(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = np.concatenate([fixed, (matrix @ weights)[row_of]])
        gradient = np.zeros(len(scores))
        loss = 0.5 * float(weights @ (cost * weights))
        for batch in batches:
            loss += _log_partition(scores, gradient, batch, sign=1.0)
            loss += _log_partition(scores, gradient, batch, sign=-1.0)
        by_row = np.bincount(row_of, gradient[len(fixed) :], minlength=matrix.shape[0])
        return loss, transposed @ by_row + cost * weights

    found = minimize(objective, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return {name: round(float(found.x[i]), 3) for name, i in names.items() if abs(found.x[i]) >= LEAST_WEIGHT}


def _index(examples: list[Example], names: dict[str, int]) -> tuple[sp.csr_matrix, np.ndarray, list[Batch]]:
    """Number every option and pair as a slot, and every distinct set of features as a row of one sparse matrix.

    Most pairs of options share their features with many others: a row is scored once for all slots that have it. The
    second result is the row of every slot, from the first that is not fixed.
    """
    rows: list[int] = []
    columns: list[int] = []
    row_of: list[int] = []
    seen: dict[tuple[int, ...], int] = {}

    def slot(features: Features) -> int:
        known = tuple(column for f in features if (column := names.get(f)) is not None)
        row = seen.get(known)
        if row is None:
            row = seen[known] = len(seen)
            rows.extend([row] * len(known))
            columns.extend(known)
        row_of.append(row)
        return len(row_of) + FREE

    batches = []
    for group in _batched(examples):
        length = len(group[0].unary)
        most = [max(len(e.unary[k]) for e in group) for k in range(length)]
        batch = Batch(
            [np.full((len(group), n), PAD) for n in most],
            [np.full((len(group), most[k], most[k + 1]), FREE) for k in range(length - 1)],
            [np.full((len(group), n), IMPOSSIBLE) for n in most],
        )
        for c, example in enumerate(group):
            for k, options in enumerate(example.unary):
                batch.unary[k][c, : len(options)] = [slot(option) for option in options]
                right = example.right[k]
                batch.allowed[k][c, sorted(right) if right is not None else slice(len(options))] = 0.0
            for k, table in enumerate(example.pairs):
                if table is not None:
                    cells = [[slot(cell) for cell in row] for row in table]
                    batch.pairs[k][c, : len(cells), : len(cells[0])] = cells
        batches.append(batch)
    matrix = sp.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(seen), len(names)))
    return matrix, np.array(row_of, dtype=np.int64), batches


def _batched(examples: list[Example]) -> Iterator[list[Example]]:
    """The chains in batches of one length, those with equally many options together."""
    order = sorted((e for e in examples if e.unary), key=lambda e: (len(e.unary), max(len(o) for o in e.unary)))
    group: list[Example] = []
    for example in order:
        if group and (len(group) == BATCH or len(group[0].unary) != len(example.unary)):
            yield group
            group = []
        group.append(example)
    if group:
        yield group


def _log_partition(scores: np.ndarray, gradient: np.ndarray, batch: Batch, *, sign: float) -> float:
    """The sum of the log partition functions of a batch, times `sign`; adds its gradient to `gradient`.

    With a negative sign, only right options count.
    """
    unary = [scores[u] + (a if sign < 0 else 0.0) for u, a in zip(batch.unary, batch.allowed, strict=True)]
    pairs = [scores[p] for p in batch.pairs]
    forward = [unary[0]]
    for here, table in zip(unary[1:], pairs, strict=True):
        forward.append(here + _log_sum(forward[-1][:, :, None] + table, 1))
    total = _log_sum(forward[-1], 1)
    backward = np.zeros_like(unary[-1])
    for k in range(len(unary) - 1, -1, -1):
        gradient[batch.unary[k]] += sign * np.exp(forward[k] + backward - total[:, None])
        if k:
            reach = pairs[k - 1] + (unary[k] + backward)[:, None, :]
            both = forward[k - 1][:, :, None] + reach - total[:, None, None]
            gradient[batch.pairs[k - 1]] += sign * np.exp(both)
            backward = _log_sum(reach, 2)
    return sign * float(total.sum())


def _log_sum(values: np.ndarray, axis: int) -> np.ndarray:
    """The logarithm of the sum of exponentials along an axis."""
    top = values.max(axis=axis, keepdims=True)
    return (top + np.log(np.exp(values - top).sum(axis=axis, keepdims=True))).squeeze(axis)
