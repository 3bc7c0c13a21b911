"""The chains of choices of one abstract: kinds, then metrics, then benchmarks, each decoded jointly.

The functions that build a chain serve training as much as reading, so that both see the same features.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from leaderboard.parsing import benchmarks, kinds, metrics, scenes
from leaderboard.parsing.chain import Table, decode, row_scores, score
from leaderboard.parsing.document import Document
from leaderboard.parsing.metric_sources import earlier
from leaderboard.parsing.rules import Rule
from leaderboard.parsing.structure import Frame, frame
from leaderboard.parsing.weights import Weights
from leaderboard.registry import Registry

Features = Sequence[str]
Choice = TypeVar("Choice", metrics.Option, benchmarks.Option)


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
        s: frame(document.tokens[s], sorted(numbers), tuple(earlier(document, s)))
        for s, numbers in per_sentence.items()
    }


@dataclass(frozen=True, slots=True)
class LinkChain(Generic[Choice]):
    """The claimed numbers, each with its options, and the features of a pair of adjacent options.

    `pair(x, a, b)` describes option `a` of the claimed number `x` together with option `b` of the next one.
    """

    options: list[list[Choice]]
    pair: Callable[[int, Choice, Choice], tuple[str, ...]]

    def pairs(self) -> list[list[list[tuple[str, ...]]]]:
        """The features of all pairs of options of all adjacent numbers, as training needs them."""
        return [
            [[self.pair(x, o, p) for p in self.options[x + 1]] for o in self.options[x]]
            for x in range(len(self.options) - 1)
        ]


def _joints(document: Document, claimed: Sequence[int]) -> list[tuple[str, bool]]:
    """What joins adjacent claimed numbers, and whether they have one unit."""
    return [
        (joint(document, a, b), document.quantities[a].unit == document.quantities[b].unit)
        for a, b in pairwise(claimed)
    ]


def metric_chain(
    document: Document, claimed: Sequence[int], kind_of: Mapping[int, str], shapes: dict[int, Frame], registry: Registry
) -> LinkChain[metrics.Option]:
    """Describe the metric choices of the claimed numbers."""
    options = [metrics.options(document, q, kind_of[q], shapes, registry) for q in claimed]
    joints = _joints(document, claimed)
    kinds_of = [kind_of[a][:2] + kind_of[b][:2] for a, b in pairwise(claimed)]

    def pair(x: int, a: metrics.Option, b: metrics.Option) -> tuple[str, ...]:
        how, same = joints[x]
        return metrics.pair_features(a, b, how, kinds_of[x], same_unit=same)

    return LinkChain(options, pair)


def benchmark_chain(
    document: Document,
    claimed: Sequence[int],
    kind_of: Mapping[int, str],
    metric_of: Mapping[int, str | None],
    shapes: dict[int, Frame],
    registry: Registry,
) -> LinkChain[benchmarks.Option]:
    """Describe the benchmark choices of the claimed numbers."""
    pool = scenes.candidates(document, registry)
    priors = {name: scenes.prior(document, mentions) for name, mentions in pool.items()}
    subject = scenes.about(document)
    views = {s: scenes.scene(document, s, pool, subject) for s in shapes}
    options = [
        benchmarks.options(
            document, q, kind_of[q], metric_of[q], shapes, registry, views[document.places[q][0]], priors
        )
        for q in claimed
    ]
    joints = _joints(document, claimed)
    groups = [f"{a[-1].features[0]}>{b[-1].features[0]}" for a, b in pairwise(options)]

    def pair(x: int, a: benchmarks.Option, b: benchmarks.Option) -> tuple[str, ...]:
        how, same = joints[x]
        return benchmarks.pair_features(a, b, how, groups[x], same_unit=same)

    return LinkChain(options, pair)


WIDTH = 7.0
"""Options whose own score is that far below the best one's (a chance of one in a thousand) are not decoded."""


def choose(chain: LinkChain[Choice], weights: Mapping[str, float]) -> tuple[list[int], list[float]]:
    """The index of the best option of every claimed number, and the probability of what it says.

    Options that say the same, whatever led to them, share their probability: a metric that is named nearby and usual
    on the data set is the surer for it. Options that are hopeless by themselves are left out before neighbours have
    their say: pairs are what costs.
    """
    kept: list[list[tuple[int, float]]] = []
    for options in chain.options:
        scores = [score(o.features, weights) for o in options]
        least = max(scores) - WIDTH
        kept.append([(k, s) for k, s in enumerate(scores) if s >= least])
    seen: dict[tuple[str, ...], float] = {}
    pairs = []
    for x, (left, right) in enumerate(pairwise(kept)):
        ours, theirs = chain.options[x], chain.options[x + 1]
        table = []
        for a, _ in left:
            row = []
            for b, _ in right:
                features = chain.pair(x, ours[a], theirs[b])
                value = seen.get(features)
                if value is None:
                    value = seen[features] = score(features, weights)
                row.append(value)
            table.append(row)
        pairs.append(table)
    choice, marginals = decode([[s for _, s in near] for near in kept], pairs)
    best, sure = [], []
    for x, near in enumerate(kept):
        says = [chain.options[x][k].says for k, _ in near]
        chosen = choice[x]
        best.append(near[chosen][0])
        sure.append(min(1.0, sum(p for p, said in zip(marginals[x], says, strict=True) if said == says[chosen])))
    return best, sure


UNMEASURED = 0.5
"""How sure a metric is that its place in a list decides: no annotated abstract has such a list to measure it on."""


def in_step(
    document: Document,
    claimed: Sequence[int],
    shapes: Mapping[int, Frame],
    options: Sequence[Sequence[metrics.Option]],
    chosen: tuple[list[int], list[float]],
) -> tuple[list[int], list[float]]:
    """The choice of metrics, where each number of a list has its phrase of an equally long list.

    "It cuts the drift and the rework rate by 4% and 5%" says nothing twice: where one phrase of such a list would be
    the metric of all its numbers, each number has the phrase with its own place instead.
    """
    choice, sure = list(chosen[0]), list(chosen[1])
    lists: dict[tuple[int, int], list[int]] = {}
    for x, q in enumerate(claimed):
        s, i = document.places[q]
        if i in shapes[s].run and any(option.source == "aligned" for option in options[x]):
            lists.setdefault((s, shapes[s].run[i][0]), []).append(x)
    for (s, run), members in lists.items():
        own = [next(k for k, o in enumerate(options[x]) if o.source == "aligned") for x in members]
        phrases = {options[x][k].name for x, k in zip(members, own, strict=True)}
        said = {options[x][choice[x]].name for x in members}
        if len(members) == len(shapes[s].runs[run]) == len(phrases) > 1 == len(said) and said <= phrases:
            for x, k in zip(members, own, strict=True):
                choice[x], sure[x] = k, min(sure[x], UNMEASURED)
    return choice, sure


def choose_one(features: Features, options: Sequence[str], table: Table) -> tuple[str, float]:
    """The best of a fixed set of options for one claim, and its probability."""
    choice, marginals = decode([row_scores(features, table, len(options))], [])
    return options[choice[0]], marginals[0][choice[0]]
