"""The chains of choices of one abstract.

Kinds, then metrics, then benchmarks, each decoded jointly with the fitted weights.

The functions that build a chain serve training as much as reading, so that both see the same features.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from leaderboard.parsing import benchmarks, kinds, metrics, scenes
from leaderboard.parsing.chain import Table, decode, row_scores, score
from leaderboard.parsing.document import Document
from leaderboard.parsing.rules import Rule
from leaderboard.parsing.structure import Frame, frame
from leaderboard.parsing.weights import Weights
from leaderboard.registry import Registry

Features = Sequence[str]


@dataclass(frozen=True, slots=True)
class KindChain:
    """The numbers of an abstract as a chain.

    Features of each and of each adjacent pair, and the rule that fired on each.
    """

    features: list[list[str]]
    pairs: list[tuple[str, ...]]
    rules: list[Rule | None]


def joint(document: Document, a: int, b: int) -> str:
    """What joins quantities `a` and `b`: "" across sentences."""
    (s, i), (t, j) = document.places[a], document.places[b]
    return kinds.connector(document.tokens[s], i, j) if s == t else ""


def kind_chain(document: Document) -> KindChain:
    """Describe every number of the document for the choice of its kind."""
    features, rules = [], []
    sentences = len(document.sentences)
    for quantity, (s, i) in zip(document.quantities, document.places, strict=True):
        described, rule = kinds.features(quantity, document.tokens[s], i, s / sentences)
        features.append(described)
        rules.append(rule)
    pairs = [
        kinds.pair_features(a, b, joint(document, i, i + 1)) for i, (a, b) in enumerate(pairwise(document.quantities))
    ]
    return KindChain(features, pairs, rules)


def choose_kinds(chain: KindChain, weights: Weights) -> tuple[list[str], list[float]]:
    """The kind of every number ("none" for no claim) and its probability."""
    size = len(kinds.KINDS)
    unary = [row_scores(f, weights.kind_table, size) for f in chain.features]
    flat = [row_scores(f, weights.kind_pair_table, size * size) for f in chain.pairs]
    choice, marginals = decode(unary, [[row[k : k + size] for k in range(0, size * size, size)] for row in flat])
    return [kinds.KINDS[c] for c in choice], [m[c] for m, c in zip(marginals, choice, strict=True)]


def frames(document: Document, claimed: Sequence[int]) -> dict[int, Frame]:
    """The list structure of every sentence that holds a claimed number."""
    per_sentence: dict[int, list[int]] = {}
    for q in claimed:
        s, i = document.places[q]
        per_sentence.setdefault(s, []).append(i)
    return {
        s: frame(document.tokens[s], sorted(numbers), tuple(metrics.earlier(document, s)))
        for s, numbers in per_sentence.items()
    }


@dataclass(frozen=True, slots=True)
class MetricChain:
    """The claimed numbers with the metrics that each may measure, and the pair features of adjacent ones."""

    options: list[list[metrics.Option]]
    pairs: list[list[list[tuple[str, ...]]]]


def metric_chain(
    document: Document, claimed: Sequence[int], kind_of: Mapping[int, str], shapes: dict[int, Frame], registry: Registry
) -> MetricChain:
    """Describe the metric choices of the claimed numbers."""
    options = [metrics.options(document, q, kind_of[q], shapes, registry) for q in claimed]
    pairs = []
    for x in range(len(claimed) - 1):
        a, b = claimed[x], claimed[x + 1]
        how = joint(document, a, b)
        same = document.quantities[a].unit == document.quantities[b].unit
        both = kind_of[a][:2] + kind_of[b][:2]
        pairs.append(
            [[metrics.pair_features(o, p, how, both, same_unit=same) for p in options[x + 1]] for o in options[x]]
        )
    return MetricChain(options, pairs)


@dataclass(frozen=True, slots=True)
class BenchmarkChain:
    """The claimed numbers with the data sets that each may have been measured on.

    And the pair features of adjacent ones.
    """

    options: list[list[benchmarks.Option]]
    pairs: list[list[list[tuple[str, ...]]]]


def benchmark_chain(
    document: Document,
    claimed: Sequence[int],
    kind_of: Mapping[int, str],
    metric_of: Mapping[int, str | None],
    shapes: dict[int, Frame],
    registry: Registry,
) -> BenchmarkChain:
    """Describe the benchmark choices of the claimed numbers."""
    pool = scenes.candidates(document, registry)
    priors = {name: scenes.prior(document, mentions) for name, mentions in pool.items()}
    views = {s: scenes.scene(document, s, pool) for s in shapes}
    options = [
        benchmarks.options(
            document, q, kind_of[q], metric_of[q], shapes, registry, views[document.places[q][0]], priors
        )
        for q in claimed
    ]
    pairs = []
    for x in range(len(claimed) - 1):
        a, b = claimed[x], claimed[x + 1]
        how = joint(document, a, b)
        same = document.quantities[a].unit == document.quantities[b].unit
        groups = f"{options[x][-1].features[0]}>{options[x + 1][-1].features[0]}"
        pairs.append(
            [[benchmarks.pair_features(o, p, how, groups, same_unit=same) for p in options[x + 1]] for o in options[x]]
        )
    return BenchmarkChain(options, pairs)


def choose(chain: MetricChain | BenchmarkChain, weights: Mapping[str, float]) -> tuple[list[int], list[float]]:
    """The index of the best option of every claimed number and its probability."""
    unary = [[score(o.features, weights) for o in options] for options in chain.options]
    pairs = [[[score(f, weights) for f in row] for row in table] for table in chain.pairs]
    choice, marginals = decode(unary, pairs)
    return choice, [m[c] for m, c in zip(marginals, choice, strict=True)]


def choose_one(features: Features, options: Sequence[str], table: Table) -> tuple[str, float]:
    """The best of a fixed set of options for one claim, and its probability."""
    choice, marginals = decode([row_scores(features, table, len(options))], [])
    return options[choice[0]], marginals[0][choice[0]]
