"""Joint choice along a chain: every number gets one option, and neighbours have a say in each other's.

A linear-chain conditional random field over options that differ from number to number. The score of a choice is a sum
of weights of named features, of the option itself and of the pair that it forms with its left neighbour's option.
Training (`benchmarks/train.py`) fits the weights; here they are only added up.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

Weights = Mapping[str, float]
"""Weight by feature name; a feature without a weight counts nothing."""
Table = Mapping[str, Sequence[float]]
"""A row of weights, one for each of a fixed set of options, by feature name."""
PairScores = Sequence[Sequence[Sequence[float]]]


def score(features: Iterable[str], weights: Weights) -> float:
    """The sum of the weights of `features`."""
    total = 0.0
    for weight in map(weights.get, features):
        if weight is not None:  # most features have none
            total += weight
    return total


def row_scores(features: Iterable[str], table: Table, options: int) -> list[float]:
    """The sums of the weights of `features` for each of `options` fixed options."""
    rows = [row for row in map(table.get, features) if row is not None]
    return list(map(sum, zip(*rows, strict=True))) if rows else [0.0] * options


def decode(unary: Sequence[Sequence[float]], pairs: PairScores) -> tuple[list[int], list[list[float]]]:
    """The best chain of options and the probability of every option.

    `unary[i][a]` is the score of option `a` at place `i`; `pairs[i][a][b]` that of the pair of option `a` at place
    `i` and option `b` at place `i + 1` (one shorter than `unary`; an empty list stands for no pair scores). Returns
    the index of the best option at each place (Viterbi) and the marginal probabilities (forward-backward).
    """
    if not unary:
        return [], []
    best = [list(unary[0])]
    forward = [list(unary[0])]
    back: list[list[int]] = []
    for i in range(1, len(unary)):
        here, table = unary[i], pairs[i - 1]
        before, before_all = best[-1], forward[-1]
        row, row_all, origin = [], [], []
        for b, own in enumerate(here):
            if table:
                reach = [v + table[a][b] for a, v in enumerate(before)]
                reach_all = [v + table[a][b] for a, v in enumerate(before_all)]
            else:
                reach, reach_all = before, before_all
            top = max(reach)
            origin.append(reach.index(top))
            row.append(top + own)
            row_all.append(_log_sum(reach_all) + own)
        best.append(row)
        forward.append(row_all)
        back.append(origin)
    backward = [[0.0] * len(unary[-1])]
    for i in range(len(unary) - 2, -1, -1):
        table, after = pairs[i], [u + v for u, v in zip(unary[i + 1], backward[-1], strict=True)]
        if table:
            backward.append([_log_sum([t + v for t, v in zip(row, after, strict=True)]) for row in table])
        else:
            backward.append([_log_sum(after)] * len(unary[i]))
    backward.reverse()
    total = _log_sum(forward[-1])
    marginals = [
        [math.exp(f + b - total) for f, b in zip(fs, bs, strict=True)] for fs, bs in zip(forward, backward, strict=True)
    ]
    choice = [best[-1].index(max(best[-1]))]
    for origin in reversed(back):
        choice.append(origin[choice[-1]])
    choice.reverse()
    return choice, marginals


def _log_sum(values: Sequence[float]) -> float:
    """The logarithm of the sum of exponentials."""
    if len(values) == 1:
        return values[0]
    top = max(values)
    return top + math.log(sum([math.exp(v - top) for v in values]))
