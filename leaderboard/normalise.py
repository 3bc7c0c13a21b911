"""Claims to results: names kept as resolved, units converted, every score on its metric's canonical scale.

A claim becomes one result per benchmark (one with no benchmark where none is named) or one rejection; nothing is
dropped. Where the scale of a number cannot be known its `score` is null and `scale_of` says why: the row stays,
unranked.

What `score` means by kind of claim: for a *score* the level in the metric's unit (proportions in percent where the
metric's registry entry says so: 0.84 and 84% of accuracy are both 84); for a *change* the difference with its sign (a
fall is negative); for a *ratio* the factor by which the metric multiplies (twice the speed is 2, half the steps is
0.5, sixteen times fewer parameters is 1/16); for a *size* the count or amount.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from leaderboard import units
from leaderboard.models import Claim, Direction, Kind, Metric, Paper, PrintedScale, Rejection, Result
from leaderboard.registry import Registry, key

NUMBER_ONLY = frozenset({"none", "percent", "points"})
"""Units of scores that are read off the metric itself, not measured with a physical unit."""

SELF_SCALED = re.compile(r"^(bits?|nats?)/|^dB$|perplexity$")
"""Units that name their metric ("3.02 bits/dim"), so that a bare number beside the metric is in that unit."""

SIZE_IN_NAME = re.compile(
    r"""
    (?<![\w.])                      # not inside "A3B" (active parameters), "v1.5B" or "8x7B" (experts)
    (?P<count>\d{1,4}(?:\.\d+)?)
    [ ]?(?P<scale>[KMBT]|[mb]illion|trillion)
    (?![a-zA-Z0-9])
    """,
    re.VERBOSE,
)
"""A parameter count in the name of a system: "Foo-7B", "Foo 350M", "a 1.3 billion model"."""

SCALE_WORDS = {"K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, "million": 1e6, "billion": 1e9, "trillion": 1e12}
"""The multiplier of each scale word of `SIZE_IN_NAME`."""

SETTING_CORRECTED = re.compile(r"(?:^|; )setting: ")
"""What the words on a claim's corrections hold where its conditions were put right."""

EXCERPT = 200
"""Longest text of a rejection, in characters."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The way from a printed value to a score: `factor * value`, or `factor / value` where `reciprocal`.

    `unit` is the unit of the score; where `source` is given, the value is in that unit and no multiple of the score (a
    perplexity and bits). The way is monotone for positive values, so it carries intervals to intervals. `printed` says
    how a level stands in the text: as a fraction of the whole, in percent, or as it is.
    """

    factor: float
    unit: str
    reciprocal: bool = False
    printed: PrintedScale = "raw"
    source: str | None = None

    def apply(self, value: float) -> float:
        """The score that `value` means, rounded to twelve significant digits so that 0.84 x 100 is 84."""
        if self.source is not None:
            score = self.factor * units.convert(value, self.source, self.unit)
        else:
            score = self.factor / value if self.reciprocal else self.factor * value
        return float(f"{score:.12g}")


def scale_of(
    kind: Kind,
    value: float,
    unit: str,
    direction: Direction | None,
    metric: Metric | None,
    *,
    printed: PrintedScale | None = None,
) -> Scale | str:
    """How a printed value becomes a score, or the reason why that cannot be known.

    Args:
        kind: the kind of the claim.
        value: the claim's value in `unit` (for a range, its lower end).
        unit: a unit of `data/units.txt`, or a noun that counts things.
        direction: for changes and ratios, the way the metric moves.
        metric: the registry's entry, None for a metric it does not hold.
        printed: how a bare level is printed, where its neighbours on the board have settled that.
    """
    if kind == "ratio":
        return _ratio_scale(value, unit, direction)
    if kind == "size":
        return _size_scale(unit, metric)
    if kind == "change":
        return _change_scale(value, unit, direction, metric)
    return _score_scale(value, unit, metric, printed)


def _score_scale(value: float, unit: str, metric: Metric | None, printed: PrintedScale | None = None) -> Scale | str:
    """Scale of a level: the metric's registry entry decides."""
    if metric is None:
        return "its metric is not in the registry, so its scale is unknown"
    if "fraction" in metric.scales or "percent" in metric.scales:
        return _proportion_scale(value, unit, metric, printed)
    if unit == metric.unit or (unit in NUMBER_ONLY - {"percent"} and metric.unit in NUMBER_ONLY):
        return Scale(1.0, metric.unit)
    if unit == "none":
        if SELF_SCALED.match(metric.unit):
            return Scale(1.0, metric.unit)
        return f"printed without a unit, and {metric.name} is measured in {metric.unit}"
    return _converted(value, unit, metric)


def _proportion_scale(value: float, unit: str, metric: Metric, printed: PrintedScale | None) -> Scale | str:
    """Scale of a metric that is printed as a fraction, as a percentage, or as both."""
    whole = 1.0 if metric.high is not None and metric.high <= 1 else 100.0
    if unit not in NUMBER_ONLY:
        return _converted(value, unit, metric)
    if unit == "none" and "fraction" in metric.scales and printed != "percent":
        if "percent" not in metric.scales or printed == "fraction":
            return Scale(whole, metric.unit, printed="fraction")
        if abs(value) == 1:
            return f"a bare {value:g} may be 1% or the whole: {metric.name} is printed on both scales"
        if abs(value) < 1 and metric.direction == "down" and whole > 1:
            return (
                f"a bare {value:g} may be a percentage or a fraction: {metric.name} can be close to zero on both scales"
            )
        if abs(value) < 1:
            return Scale(whole, metric.unit, printed="fraction")
    return Scale(whole / 100, metric.unit, printed="percent")


def _change_scale(value: float, unit: str, direction: Direction | None, metric: Metric | None) -> Scale | str:
    """Scale of a difference: percent and points stay as printed, measured amounts go to the metric's unit."""
    sign = _sign(value, direction)
    if sign is None:
        return "it does not say which way the metric moved"
    if unit in {"percent", "points"}:
        return Scale(sign, unit)
    if metric is None:
        return "its metric is not in the registry, so its scale is unknown"
    scale = _score_scale(value, unit, metric)
    if isinstance(scale, str):
        return scale
    if scale.source is not None:
        return f"a difference in {unit} is none in {metric.unit}"
    return Scale(sign * scale.factor, "points" if metric.unit in NUMBER_ONLY else metric.unit)


def _ratio_scale(value: float, unit: str, direction: Direction | None) -> Scale | str:
    """Scale of a multiple: the factor on the metric, above 1 when it rises and below 1 when it falls."""
    if unit not in {"x", "percent", "none"}:
        return f"a ratio in {unit} is no plain factor"
    hundredth = 0.01 if unit == "percent" else 1.0
    factor = value * hundredth
    if factor <= 0:
        return "a ratio that is not positive is no factor"
    if direction == "down" and factor > 1:
        return Scale(1 / hundredth, "x", reciprocal=True)
    if direction == "up" and factor < 1:
        return "it is below one, yet the metric is said to rise"
    return Scale(hundredth, "x")


def _size_scale(unit: str, metric: Metric | None) -> Scale | str:
    """Scale of a size: the metric's unit where it fits, else the unit it is counted in."""
    if unit == "none":
        return "printed without a unit"
    fits = metric is not None and unit != metric.unit and _convertible(unit, metric.unit)
    if metric is not None and fits and units.linear(unit, metric.unit):
        return Scale(units.convert(1.0, unit, metric.unit), metric.unit)
    return Scale(1.0, unit)


def _converted(value: float, unit: str, metric: Metric) -> Scale | str:
    """Scale from a unit of measurement to the metric's own."""
    if not _convertible(unit, metric.unit):
        return f"printed in {unit}, and {metric.name} is measured in {metric.unit}"
    if not units.linear(unit, metric.unit):
        if value <= 0:
            return f"{value:g} is no {unit}"
        return Scale(1.0, metric.unit, source=unit)
    return Scale(units.convert(1.0, unit, metric.unit), metric.unit)


def _convertible(unit: str, target: str) -> bool:
    """Whether one unit converts to the other; a noun that is in no vocabulary ("topics") converts to nothing."""
    return units.known(unit) and units.known(target) and units.compatible(unit, target)


def _sign(value: float, direction: Direction | None) -> float | None:
    """Factor that gives a change its sign: the stated direction, else the printed sign."""
    if direction is None:
        return 1.0 if value < 0 else None
    magnitude = -1.0 if value < 0 else 1.0
    return magnitude if direction == "up" else -magnitude


def interval(result: Result, metric: Metric | None) -> tuple[float, float] | None:
    """The scores that the printed precision allows, or None where the score is null.

    77.5 stands for [77.45, 77.55), "about 77.5" for twice as much on either side; on the scale of the score, within the
    bounds of the metric. Without a known precision the interval is one point.
    """
    scale = scale_of(result.kind, result.value, result.unit, result.direction, metric, printed=result.printed_scale)
    if isinstance(scale, str) or result.score is None:
        return None
    half = (result.half_width or 0.0) * (2 if result.bound == "about" else 1)
    ends = [result.value - half, result.value + half]
    if (scale.reciprocal or scale.source) and ends[0] <= 0:
        return result.score, result.score
    low, high = sorted(scale.apply(end) for end in ends)
    if result.kind == "score" and metric is not None:
        # What is outside the bounds altogether stays there: it is misread, and `rank` says so.
        low = low if metric.low is None or high < metric.low else max(low, metric.low)
        high = high if metric.high is None or low > metric.high else min(high, metric.high)
    return low, high


def claim_id(claim: Claim, paper_id: str, benchmark: str | None) -> str:
    """A stable name of a row: sixteen hexadecimal digits of the SHA-256 of paper, span, kind and benchmark."""
    parts = (paper_id, str(claim.start), str(claim.end), claim.kind, benchmark or "")
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def results(claim: Claim, paper: Paper, registry: Registry) -> tuple[Result, ...] | Rejection:
    """The rows of the claims table that one claim makes, or the reason why it makes none.

    A claim on several benchmarks makes one row for each, in the order of the text.
    """
    reason = _unusable(claim, paper)
    if reason:
        return Rejection(
            stage="normalise",
            source=paper.source,
            record=paper.record,
            paper_id=paper.id,
            reason=reason,
            text=claim.number[:EXCERPT],
            start=claim.start,
            end=claim.end,
        )
    pairs: dict[str | None, str | None] = {}
    for place, name in enumerate(claim.benchmarks):
        known = registry.benchmark(name)
        mention = claim.benchmark_mentions[place] if place < len(claim.benchmark_mentions) else name
        pairs.setdefault(known.name if known else name, mention)
    measured = {benchmark: metric_on(benchmark, claim.metric, registry) for benchmark in pairs or (None,)}
    scales = {
        benchmark: scale_of(claim.kind, claim.value, claim.unit, claim.direction, metric)
        for benchmark, metric in measured.items()
    }
    return tuple(
        Result(
            claim_id=claim_id(claim, paper.id, benchmark),
            benchmark=benchmark,
            benchmark_mention=mention,
            metric=metric.name if metric else claim.metric,
            metric_mention=claim.metric_mention,
            metric_inferred=claim.metric_inferred,
            kind=claim.kind,
            value=claim.value,
            value_high=claim.value_high,
            unit=claim.unit,
            printed=claim.number,
            half_width=claim.half_width,
            score=None if isinstance(scale, str) else scale.apply(claim.value),
            higher_is_better=better(claim, metric),
            subject=claim.subject,
            subject_parameters=parameters_of(claim.subject, registry),
            role=claim.role,
            baseline=claim.baseline,
            direction=claim.direction,
            bound=claim.bound,
            setting=_setting(claim, mention, registry),
            paper_id=paper.id,
            title=paper.title,
            url=paper.url,
            date=paper.date,
            sentence=paper.abstract[claim.sentence_start : claim.sentence_end],
            start=claim.start,
            end=claim.end,
            rule=claim.rule,
            confidence=claim.confidence,
            printed_scale=None if isinstance(scale, str) or claim.kind != "score" else scale.printed,
            scale_note=scale if isinstance(scale, str) else None,
            corrected=claim.corrected,
        )
        for benchmark, mention in (pairs or {None: None}).items()
        for metric, scale in [(measured[benchmark], scales[benchmark])]
    )


def better(claim: Claim, metric: Metric | None) -> bool | None:
    """Whether higher is better, None where that is unknown.

    A size that only counts what it is called ("300 epochs", "2T tokens") says what was used; less of it is no success.
    """
    if metric is None or metric.direction is None:
        return None
    if claim.kind == "size" and claim.unit.casefold() == metric.name.casefold():
        return None
    return metric.direction == "up"


def _setting(claim: Claim, mention: str | None, registry: Registry) -> str | None:
    """The conditions of a claim with the version, split or subset that the printed name of its benchmark states.

    Conditions that were corrected by hand are complete as they stand.
    """
    stated = registry.condition(mention) if mention and not SETTING_CORRECTED.search(claim.corrected or "") else None
    return "; ".join(sorted({*claim.setting, *([stated] if stated else [])})) or None


def metric_on(benchmark: str | None, metric: str | None, registry: Registry) -> Metric | None:
    """The registry's entry of what was measured on a benchmark, or None where it holds none.

    COCO makes no distinction between AP and mAP, and the "GenEval score" is the score of GenEval: what says the same as
    the benchmark's usual metric is that metric. (The "FEVER score" is another: FEVER's usual metric is no score.)
    """
    entry = registry.metric(metric) if metric else None
    known = registry.benchmark(benchmark) if benchmark else None
    usual = registry.metric(known.metric) if known and known.metric else None
    if metric is None or known is None or usual is None:
        return entry
    own = {key(f"{name} score") for name in (known.name, *known.aliases)}
    same = entry.name in known.same_metrics if entry else "score" in usual.name and key(metric) in own
    return usual if same else entry


def _unusable(claim: Claim, paper: Paper) -> str:
    """Why a claim cannot become a row, or nothing."""
    numbers = [claim.value, claim.value_high, claim.half_width]
    if not all(math.isfinite(number) for number in numbers if number is not None):
        return f"{claim.number[:40]!r} is too large to be a number"
    if paper.abstract[claim.start : claim.end] != claim.number:
        return "its span does not give the number as printed"
    return ""


def paper_results(
    claims: Iterable[Claim], paper: Paper, registry: Registry
) -> tuple[tuple[Result, ...], tuple[Rejection, ...]]:
    """All rows of one paper and what was set aside, with sizes that the paper itself states filled in.

    A subject without a size in its name takes it from the paper's own claim about it ("Foo has 7B parameters").
    """
    rows: list[Result] = []
    rejected: list[Rejection] = []
    for claim in claims:
        made = results(claim, paper, registry)
        if isinstance(made, Rejection):
            rejected.append(made)
        else:
            rows.extend(made)
    stated = _stated_sizes(rows)
    filled = (
        row
        if row.subject_parameters is not None or row.subject not in stated
        else replace(row, subject_parameters=stated[row.subject])
        for row in rows
    )
    return tuple(filled), tuple(rejected)


def _stated_sizes(rows: Sequence[Result]) -> dict[str | None, float]:
    """Parameter counts by subject where a paper states exactly one for it."""
    found: dict[str | None, set[float]] = {}
    for row in rows:
        plain = row.kind == "size" and row.unit == "parameters" and row.value_high is None
        # "a 7B model" with no name says nothing about which system it is.
        if plain and row.subject is not None and row.bound in {"exact", "about"}:
            found.setdefault(row.subject, set()).add(row.value)
    return {subject: sizes.pop() for subject, sizes in found.items() if len(sizes) == 1}


def parameters_of(subject: str | None, registry: Registry) -> float | None:
    """The number of parameters that the name of a system tells, or None.

    A family that the registry knows with a single size has that; else the size printed in the name counts. A mixture of
    experts ("8x7B") is not its product, so only the registry can tell.
    """
    if not subject:
        return None
    known = registry.model(subject)
    if known is not None and len(known.parameters) == 1:
        return known.parameters[0]
    sizes = {float(found["count"]) * SCALE_WORDS[found["scale"]] for found in SIZE_IN_NAME.finditer(subject)}
    return sizes.pop() if len(sizes) == 1 else None
