"""From a paper to its claims: the five steps in order."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from leaderboard.models import Claim, Direction, Kind, Paper, Role
from leaderboard.parsing import links, qualifiers
from leaderboard.parsing import weights as fitted
from leaderboard.parsing.benchmarks import Option as BenchmarkOption
from leaderboard.parsing.document import Document, document
from leaderboard.parsing.gazetteer import gazetteer
from leaderboard.parsing.metrics import Option as MetricOption
from leaderboard.parsing.quantity import Quantity
from leaderboard.parsing.rules import Rule
from leaderboard.parsing.structure import tightness
from leaderboard.parsing.vocabulary import COUNTED_NOUNS, OWN_NOUNS
from leaderboard.parsing.weights import Weights
from leaderboard.registry import Registry, load

GUESSED = frozenset({"default", "unit", "scale", "back"})
"""Sources of a metric that the abstract does not name beside the number."""
_UNIT_OF_METRIC = {
    **dict.fromkeys(("parameters", "active parameters", "model size"), "parameters"),
    **dict.fromkeys(("training data", "dataset size", "benchmark size", "test data", "evaluation data"), "examples"),
    **dict.fromkeys(("context length", "context window", "sequence length", "output tokens", "input length"), "tokens"),
    **dict.fromkeys(("steps", "training steps"), "steps"),
}
"""What a bare number of these metrics counts."""

_UNSAID = {
    "parameters": frozenset({"none", "x", "examples"}),
    "tokens": frozenset({"none", "x", "examples", "parameters"}),
}
"""The units that a number may have been given for want of a word, by the unit that its metric counts in."""


def read(paper: Paper, registry: Registry | None = None, weights: Weights | None = None) -> tuple[Claim, ...]:
    """Return the claims of a paper's abstract in the order of their numbers; never raises, whatever the text.

    `registry` defaults to the knowledge under `data/`, `weights` to the shipped ones.
    """
    registry = registry or load()
    parsed = document(paper.title, paper.abstract, gazetteer(registry))
    if parsed is None:
        return ()
    return claims_of(parsed, paper, registry, weights or fitted.load())


def claims_of(parsed: Document, paper: Paper, registry: Registry, weights: Weights) -> tuple[Claim, ...]:
    """Decide kinds, metrics, benchmarks and the rest for a document taken apart."""
    return written(decide(parsed, registry, weights), parsed, paper, registry, weights)


def written(
    reading: Reading, parsed: Document, paper: Paper, registry: Registry, weights: Weights
) -> tuple[Claim, ...]:
    """The claims of a reading, one for each of its decisions."""
    rivals = frozenset(decision.q for decision in reading.decisions if decision.kind != "size")
    return tuple(
        _claim(parsed, paper, replace(one, metric=precise(parsed, one.metric, registry)), confidence, rivals)
        for one in reading.decisions
        for confidence in [weights.confidence(one.signs)]
    )


_SCRIPT = re.compile(r"\s?\^\s*(?:text\s*)?(?P<script>[A-Za-z]{1,5})\b")
"""What tells one metric from its kin in a formula: "AP^box"."""


_AT = re.compile(r"@\s?(?P<at>[0-9]{1,4}(?:\.[0-9]{1,2})?)(?![0-9])")
"""The threshold or the number of tries that makes a metric another one: "AP@70"."""


def precise(parsed: Document, metric: MetricOption, registry: Registry) -> MetricOption:
    """The metric with its index, where the registry knows it with that ("AP^box"), and with its threshold ("AP@70")."""
    start, end = metric.position
    at = _AT.match(parsed.text, end) if metric.mention and 0 <= start < end else None
    if at is not None and "@" not in (metric.name or ""):
        printed = parsed.text[start : at.end()]
        known = registry.metric(printed) or registry.metric(f"{metric.name}@{at['at']}")
        return replace(metric, name=known.name if known else f"{metric.name}@{at['at']}", mention=printed)
    script = _SCRIPT.match(parsed.text, end) if metric.mention and 0 <= start < end else None
    entry = registry.metric(f"{metric.mention}^{script['script']}") if script else None
    if entry is None or script is None:
        return metric
    return replace(metric, name=entry.name, mention=parsed.text[start : script.end()])


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of quantity `q`, and the signs of how sure the decision is (name and value).

    `metric_sure` and `benchmark_sure` are the chances of the metric and of the benchmark, given the kind.
    """

    q: int
    kind: str
    metric: MetricOption
    metric_sure: float
    benchmark: BenchmarkOption
    benchmark_sure: float
    direction: str | None
    role: str
    rule: str
    signs: dict[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """Every choice that was made of a document.

    `kinds`, `sure` (the chance of the kind) and `rules` (which fired, if any) are of all quantities, in order, and so
    are the `decisions` of those that are claims. `conditions` are quantities that would be scores, but say under which
    condition others were measured; their kind is "none".
    """

    kinds: list[str]
    sure: list[float]
    rules: list[Rule | None]
    conditions: frozenset[int]
    decisions: list[Decision]


def decide(parsed: Document, registry: Registry, weights: Weights) -> Reading:
    """Decide what every number of a document is, and of those that are claims all the rest."""
    chain = links.kind_chain(parsed)
    kinds, sure = links.choose_kinds(chain, weights)
    # A number that says under which condition others were measured is not one of them.
    conditions = frozenset(q for q, kind in enumerate(kinds) if kind == "score" and qualifiers.in_condition(parsed, q))
    kinds = ["none" if q in conditions else kind for q, kind in enumerate(kinds)]
    claimed = [q for q, kind in enumerate(kinds) if kind != "none"]
    if not claimed:
        return Reading(kinds, sure, chain.rules, conditions, [])
    kind_of = dict(enumerate(kinds))
    shapes = links.frames(parsed, claimed)
    metric_chain = links.metric_chain(parsed, claimed, kind_of, shapes, registry)
    chosen = links.choose(metric_chain, weights.metric)
    metric_choice, metric_sure = links.in_step(parsed, claimed, shapes, metric_chain.options, chosen)
    metric_of = {q: metric_chain.options[x][metric_choice[x]] for x, q in enumerate(claimed)}
    named = {q: m.name for q, m in metric_of.items()}
    bench_chain = links.benchmark_chain(parsed, claimed, kind_of, named, shapes, registry)
    bench_choice, bench_sure = links.choose(bench_chain, weights.benchmark)
    result = []
    for x, q in enumerate(claimed):
        kind, metric = kind_of[q], metric_of[q]
        where = bench_chain.options[x][bench_choice[x]]
        s, _ = parsed.places[q]
        entry = registry.metric(metric.name) if metric.name else None
        direction, way_sure = None, 1.0
        if kind in {"change", "ratio"}:
            features = qualifiers.direction_features(parsed, q, kind, metric.name, entry.direction if entry else None)
            direction, way_sure = links.choose_one(features, qualifiers.DIRECTIONS, weights.direction_table)
        role, _ = links.choose_one(
            qualifiers.role_features(parsed, q, kind, shapes[s]), qualifiers.ROLES, weights.role_table
        )
        if kind == "score" and qualifiers.ours(parsed, q):
            role = "own"
        rule = chain.rules[q]
        name = rule.id if rule else "fitted"
        place = "none" if not where.names else "known" if where.names[0] in registry.benchmarks else "new"
        sureness = (sure[q], metric_sure[x], bench_sure[x], way_sure)
        product, lowest = math.prod(sureness), min(sureness)
        signs = {
            "constant": 1.0,
            # Both as they are and as logarithms: near 1 the chance of a whole claim follows the one, near 0 the other.
            "product": product,
            "lowest": lowest,
            "log product": math.log(max(product, 1e-9)),
            "log lowest": math.log(max(lowest, 1e-9)),
            f"kind {kind}": 1.0,
            f"rule {name}": 1.0,
            f"metric by {metric.source}": 1.0,
            f"metric known {entry is not None}": 1.0,
            f"numbers {min(len(shapes[s].numbers), 4)}": 1.0,
            f"benchmark {place}": 1.0,
            f"joined {tightness(where.pattern)}": 1.0,
        }
        told = _usual_there(metric_chain.options[x], metric, where)
        result.append(Decision(q, kind, told, metric_sure[x], where, bench_sure[x], direction, role, name, signs))
    return Reading(kinds, sure, chain.rules, conditions, result)


def _usual_there(options: Sequence[MetricOption], chosen: MetricOption, place: BenchmarkOption) -> MetricOption:
    """A metric that is usual on a data set is the one of the data set that the number was measured on."""
    there = (o for o in options if o.source == "default" and o.position == place.position)
    return next(there, chosen) if chosen.source == "default" and place.names else chosen


def unit_of(quantity: Quantity, kind: str, metric: str | None) -> str:
    """The unit of a claim once its kind and metric are known."""
    unit = quantity.unit
    noun = quantity.noun.rsplit(" ", 1)[-1]
    if _by_a_share(quantity, kind):
        return "percent"
    if kind == "score" and unit in {"none", "examples"} and noun in COUNTED_NOUNS:
        return noun
    if kind != "size":
        return unit
    counted = _UNIT_OF_METRIC.get(metric or "")
    bare = unit in {"none", "x"} or (unit == "parameters" and noun.rstrip("s") not in {"parameter", "param", "weight"})
    if noun in OWN_NOUNS and unit in {"none", "examples", "parameters"}:
        return noun
    if counted and (bare or unit in _UNSAID.get(counted, ())):
        return counted
    if unit not in {"none", "x"}:
        return unit
    if quantity.scale in {"B", "M", "b"}:
        return "parameters"
    return "examples" if quantity.scale or noun else "none"


def value_of(quantity: Quantity, kind: str) -> float:
    """The value of a claim once its kind is known: a half is a ratio of 0.5, and a change by half one of 50 percent."""
    return round(100 * quantity.value, 2) if _by_a_share(quantity, kind) else quantity.value


def _by_a_share(quantity: Quantity, kind: str) -> bool:
    """Whether a share in words ("half") is a difference or a level, in percent, and no ratio."""
    return quantity.form == "word" and quantity.unit == "x" and quantity.value < 1 and kind != "ratio"


def _claim(parsed: Document, paper: Paper, decision: Decision, confidence: float, rivals: frozenset[int]) -> Claim:
    """Put one claim together; `rivals` are the numbers of the abstract that conditions may belong to."""
    q, kind, metric, role = decision.q, decision.kind, decision.metric, decision.role
    quantity = parsed.quantities[q]
    s, _ = parsed.places[q]
    start, end = parsed.sentences[s]
    # What stands behind a metric is about one of its numbers, what stands behind a benchmark about all of them.
    of_metric = _attributed(parsed, metric.position, behind=False) if metric.mention else ""
    alone = len(decision.benchmark.names) == 1
    of_benchmark = _attributed(parsed, decision.benchmark.position, behind=True) if alone else ""
    names = (of_metric, of_benchmark, *decision.benchmark.mentions)
    return Claim(
        paper_id=paper.id,
        start=quantity.start,
        end=quantity.end,
        number=paper.abstract[quantity.start : quantity.end],
        kind=_KINDS[kind],
        value=value_of(quantity, kind),
        value_high=quantity.high,
        unit=unit_of(quantity, kind, metric.name),
        half_width=quantity.half_width,
        metric=metric.name,
        metric_mention=metric.mention if metric.source not in {"default", "unit", "scale"} else None,
        metric_inferred=metric.source in GUESSED and metric.name is not None,
        benchmarks=decision.benchmark.names,
        benchmark_mentions=decision.benchmark.mentions,
        subject=qualifiers.subject(parsed, q, _ROLES[role], kind),
        role=_ROLES[role],
        baseline=qualifiers.baseline(parsed, q) if kind in {"change", "ratio"} else None,
        direction=_direction(decision.direction),
        bound=quantity.bound,
        setting=qualifiers.setting(
            parsed,
            q,
            rivals,
            names,
            title=parsed.title if kind != "size" else "",
            abstract=paper.abstract,
        ),
        sentence_start=start,
        sentence_end=end,
        rule=decision.rule,
        confidence=confidence,
    )


def _attributed(parsed: Document, position: tuple[int, int], *, behind: bool) -> str:
    """A name as printed with the words around it that may state a condition; "" for one that is not in the text.

    "zero-shot top-1 accuracy", "on a subset of ToyNet validation set": up to four words before, and two `behind`, too.
    """
    start, end = position
    if not 0 <= start < end:
        return ""
    before = _BEFORE.search(parsed.text, max(start - 40, 0), start)
    follows = _BEHIND.match(parsed.text, end, end + 40) if behind else None
    return parsed.text[before.start() if before else start : follows.end() if follows else end]


_BEFORE = re.compile(r"(?:(?<![\w-])[\w-]+\s){0,4}$")
_BEHIND = re.compile(r"(?:\s[\w-]+(?![\w-])){0,2}")
"""Words that lead to a name and from it."""

_KINDS: dict[str, Kind] = {"score": "score", "change": "change", "ratio": "ratio", "size": "size"}
_ROLES: dict[str, Role] = {"own": "own", "baseline": "baseline", "other": "other"}


def _direction(name: str | None) -> Direction | None:
    return "up" if name == "up" else "down" if name == "down" else None
