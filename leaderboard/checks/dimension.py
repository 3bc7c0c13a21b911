"""A score, or a gain, in a unit that its metric is not measured in.

Caught: The model has a perplexity of 1.06 bits/char on ToyBytes.
Allowed: The model has a latency of 0.35 seconds on ToyBytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from leaderboard import units
from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable
from leaderboard.checks._links import movements
from leaderboard.models import Claim, Finding, Level, Metric

LEVEL: Level = "error"
TITLE = "unit of another dimension"

CHECK = "dimension"

PURE = frozenset({"none", "percent", "points", "x"})
"""Units of bare numbers and shares, which papers print for nearly every metric."""

FROM_INFORMATION = "perplexity"
"""How metrics are called that are the exponential of an information content, so that a number in bits is not one.

Other metrics without a unit, such as a mean absolute error, take the unit of what they are of.
"""

INFORMATION = "[information]"
"""The dimension of bits and nats, per character, byte, word or dimension: the axes that are easiest to confuse."""

COUNTED = re.compile(
    r"\[(?:step|iteration|epoch|turn|call|query|request|message|rollout|episode|event|example|frame|class|language|layer|"
    r"token|parameter)\](?P<rate> / \[time\])?"
)
"""Dimensions of things that are counted, or counted per time: "10 queries" and "10 examples" may be one count."""

SAYS_SO = re.compile(
    r"^\s*(?:(?:scores?|values?|rates?)\s+)?(?:(?:of|is|at)\s+(?:only\s+|about\s+)?|[:=]\s*)$", re.IGNORECASE
)
"""The only words that may stand between a metric and a number that is surely of it."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare the unit of every score with that of its metric, and of every linked gain with that of its scores."""
    for record in corpus.records.values():
        for claim in record.claims:
            metric = corpus.metric(claim)
            if claim.kind == "score" and metric is not None and _comparable(claim, metric):
                yield _score(record, claim, metric)
        for claims in record.sentences():
            for move in movements(record.text, claims):
                gain = move.gain
                if gain is not None and _measured(gain.unit) and _measured(move.new.unit):
                    yield _gain(record, gain, move.new)


def _score(record: Record, claim: Claim, metric: Metric) -> Finding:
    """The outcome for one score in a unit of measurement."""
    if any(claim.unit == unit or units.compatible(claim.unit, unit) for unit in (metric.unit, *metric.other_units)):
        message = f"{claim.number} is in a unit of {metric.name}."
        return finding(record, CHECK, LEVEL, "pass", message, [claim], origin="pipeline")
    counts = [COUNTED.fullmatch(units.dimension(unit)) for unit in (claim.unit, metric.unit)]
    if counts[0] and counts[1] and counts[0]["rate"] == counts[1]["rate"]:
        return not_applicable(record, CHECK, LEVEL, [claim], "both units count things, and what is counted may differ")
    # Names such as "cost" or "throughput" are of several quantities; those of information are of one each.
    sure = INFORMATION in units.dimension(claim.unit) and _beyond_doubt(record, claim)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail" if sure else "review",
        f"{claim.number} is in {claim.unit}, which differs in kind from the unit of {metric.name}.",
        [claim],
        origin="pipeline",
        formula=_formula(claim.unit, metric.unit),
        assumptions=[f"the number is a level of {metric.name}"],
        alternatives=["the number is of another quantity of the same sentence"],
        verify=_verify(claim.unit, metric.unit),
        reason="" if sure else "the metric may be of another quantity, or not that of the number",
    )


def _gain(record: Record, gain: Claim, new: Claim) -> Finding:
    """The outcome for one gain that is tied to two scores."""
    same = gain.unit == new.unit or units.compatible(gain.unit, new.unit)
    return finding(
        record,
        CHECK,
        LEVEL,
        "pass" if same else "fail",
        f"{gain.number} and {new.number} are of one kind."
        if same
        else f"The gain of {gain.number} differs in kind from the {new.number} it is tied to.",
        [new, gain],
        origin="pipeline",
        formula="" if same else _formula(gain.unit, new.unit),
        verify="" if same else _verify(gain.unit, new.unit),
        assumptions=() if same else ["the gain is of the score before it"],
    )


def _formula(left: str, right: str) -> str:
    """Two units with their dimensions, which are not equal."""
    return f"{left} = {units.dimension(left)}; {right} = {units.dimension(right)}"


def _verify(left: str, right: str) -> str:
    """The line that looks both dimensions up; a unit is a word of our vocabulary, never of a text."""
    return f"python -c \"from leaderboard.units import dimension as d; print(d('{left}'), d('{right}'))\""


def _comparable(claim: Claim, metric: Metric) -> bool:
    """Whether the units of a score and of its metric can tell whether the two belong together."""
    if not _measured(claim.unit):
        return False
    if _measured(metric.unit):
        return True
    return metric.name.endswith(FROM_INFORMATION) and claim.unit.startswith(("bits", "nats"))


def _measured(unit: str) -> bool:
    """Whether a unit is in the vocabulary and measures something."""
    return unit not in PURE and units.known(unit)


def _beyond_doubt(record: Record, claim: Claim) -> bool:
    """Whether the metric stands right before the number."""
    mention = claim.metric_mention
    if claim.metric_inferred or not mention:
        return False
    before = record.text[max(claim.sentence_start, claim.start - 80) : claim.start].casefold()
    place = before.rfind(mention.casefold())
    return place >= 0 and SAYS_SO.match(before[place + len(mention) :]) is not None
