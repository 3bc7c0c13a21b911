"""A bare score between 0 and 1 in a table of scores between 0 and 100, or the reverse.

Caught: The tagger reaches {0.913, 88.1, 90.2, 91.0, 91.9, 92.4, 93.0} accuracy on ToySent.
Allowed: The tagger reaches {91.3, 88.1, 90.2, 91.0, 91.9, 92.4, 93.0} accuracy on ToySent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median, quantiles

from leaderboard.checks._corpus import SURE, Corpus, Record
from leaderboard.checks._findings import finding, python
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "note"
TITLE = "two scales in one table"

CHECK = "scale_mix"

FEWEST = 6
"""The fewest other scores that show on which scale a table is printed."""

LARGE = 5
"""A median above this is of percentages; the median of fractions is at most 1."""

ONE_SCALE = 5
"""The middle half of the scores spans less than this factor where they are on one scale."""

FENCE = 1.5
"""How many interquartile ranges beyond the quartiles the brought-over score may be: Tukey, Exploratory Data Analysis.

Between the quartiles themselves are only half of the scores, so that half of the mixes would be missed.
"""

Place = tuple[Record, Claim]


def find(corpus: Corpus) -> Iterator[Finding]:
    """Look in the scores of each benchmark and metric for those that only fit the rest when multiplied by 100."""
    tables: dict[tuple[str, str], list[Place]] = {}
    for record in corpus.in_order():
        for claim in record.claims:
            metric = corpus.metric(claim)
            if metric is None or claim.kind != "score" or len(claim.benchmarks) != 1 or claim.value_high is not None:
                continue
            if {"fraction", "percent"} <= set(metric.scales) and claim.unit in {"none", "percent", "points"}:
                tables.setdefault((claim.benchmarks[0], metric.name), []).append((record, claim))
    for (benchmark, metric_name), places in tables.items():
        if len(places) > FEWEST:
            yield from _judge(f"{metric_name} on {benchmark}", places)


def _judge(cell: str, places: Sequence[Place]) -> Iterator[Finding]:
    """A finding for each bare score on the other scale; if there is none, one pass for the table."""
    values = [claim.value for _, claim in places]
    middle, (low, _, high) = median(values), quantiles(values, n=4, method="inclusive")
    one_scale = high <= ONE_SCALE * low
    reach = FENCE * (high - low)
    strays = [place for place in places if one_scale and _stray(place[1], middle, low - reach, high + reach)]
    if not strays:
        record, claim = places[0]
        message = f"The {len(places)} scores of {cell} are on one scale."
        yield finding(record, CHECK, LEVEL, "pass", message, [claim], origin="pipeline")
    for record, claim in strays:
        factor = "100 times" if claim.value <= 1 else "a hundredth of"
        term = f"{Decimal(str(claim.value)):f} {'*' if claim.value <= 1 else '/'} 100"
        brought = claim.value * 100 if claim.value <= 1 else claim.value / 100
        yield finding(
            record,
            CHECK,
            LEVEL,
            "fail",
            f"Hint: {claim.number} differs in scale from the other scores of {cell} that this table holds (median "
            f"{middle:g}); {factor} it is among them.",
            [claim],
            origin="pipeline",
            formula=f"{term} = {brought:.4g}; half of the {len(places)} scores are from {low:g} to {high:g}",
            assumptions=["all scores are of one metric"],
            alternatives=["the number is a score on another scale that is meant as printed"],
            verify=python(term),
        )


def _stray(claim: Claim, middle: float, low: float, high: float) -> bool:
    """Whether a bare number is on the other scale than the rest, and among the rest if it is brought to theirs."""
    if claim.unit != "none" or claim.confidence < SURE:
        return False
    if middle > LARGE:
        return 0 < claim.value < 1 and low <= claim.value * 100 <= high
    return middle <= 1 < LARGE < claim.value and low <= claim.value / 100 <= high
