"""An F1 above the mean of the precision and recall beside it, which no way of averaging yields.

Caught: The tagger has a precision of 80.0, a recall of 70.0 and an F1 of 78.9 on ToyTags.
Allowed: The tagger has a precision of 80.0, a recall of 70.0 and an F1 of 73.1 on ToyTags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import INFINITY, Interval, Number, number, reading, short
from leaderboard.models import Claim, Finding, Level, Reading

LEVEL: Level = "error"
TITLE = "precision, recall and F1"

CHECK = "precision_recall_f1"

NAMES = ("precision", "recall", "F1")
AVERAGE = re.compile(r"^(?P<way>micro|macro) ")
"""How a metric is averaged, in its canonical name; said of one of the three, it holds for all."""

SEVERAL = re.compile(r"\b(?:respectively|versus|vs|than|compared|from|macro\W.*micro|micro\W.*macro)\b", re.IGNORECASE)
"""Words that put several systems or averages into one sentence."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare the F1 of every sentence that gives precision, recall and F1 once each, and no other score."""
    for record in corpus.records.values():
        for claims in record.sentences():
            scores = [claim for claim in claims if claim.kind == "score"]
            ways = {match["way"] for claim in scores if (match := AVERAGE.match(claim.metric or ""))}
            if len(ways) < 2 and sorted(map(_name, scores)) == sorted(NAMES):
                yield _judge(record, sorted(scores, key=lambda claim: NAMES.index(_name(claim))))


def _name(claim: Claim) -> str:
    """Which of the three a score is, however averaged, or another metric."""
    return AVERAGE.sub("", claim.metric or "")


def _judge(record: Record, claims: Sequence[Claim]) -> Finding:
    """The outcome for one triple: precision, recall and F1."""
    sentence = record.sentence(claims[0])
    precision, recall, f1 = (number(claim, record.text) for claim in claims)
    if precision is None or recall is None or f1 is None or any(claim.bound != "exact" for claim in claims):
        return not_applicable(record, CHECK, LEVEL, claims, "a number is a range, in words or bounded")
    if len({(claim.unit, claim.benchmarks, claim.setting, claim.subject) for claim in claims}) > 1:
        return not_applicable(record, CHECK, LEVEL, claims, "the three are not of one system, test set and scale")
    if SEVERAL.search(sentence):
        return not_applicable(record, CHECK, LEVEL, claims, "the sentence may be about several systems or averages")
    numbers = [precision, recall, f1]
    half = precision.robust.plus(recall.robust).times(Decimal("0.5"))
    found = [reading("at most the mean", Interval(-INFINITY, half.high), f1.robust)]
    if not found[0].meets:
        message = (
            f"F1 {claims[2].number} is not attainable with precision {claims[0].number} and recall {claims[1].number}: "
            f"it is at most their mean, {half.high:f}, however it is averaged."
        )
        return _failed(record, claims, numbers, found, "error", message)
    if re.search(r"\bmicro\b", sentence, re.IGNORECASE):
        harmonic = _harmonic(precision, recall)
        found.append(reading("harmonic mean", harmonic, f1.robust))
        if not found[1].meets:
            message = (
                f"F1 {claims[2].number} differs from the harmonic mean of precision {claims[0].number} and recall "
                f"{claims[1].number}, {float(harmonic.low):.4g} to {float(harmonic.high):.4g}; "
                "macro averaging would explain this."
            )
            return _failed(record, claims, numbers, found, "warning", message)
    message = f"F1 {claims[2].number} is attainable with the precision and recall beside it."
    return finding(record, CHECK, LEVEL, "pass", message, claims, numbers=numbers, computed=found)


def _failed(  # noqa: PLR0917 - a failure is made in two places only
    record: Record, claims: Sequence[Claim], numbers: list[Number], found: list[Reading], level: Level, message: str
) -> Finding:
    """A failure with its sum."""
    p, r = numbers[0].value, numbers[1].value
    return finding(
        record,
        CHECK,
        level,
        "fail",
        message,
        claims,
        numbers=numbers,
        computed=found,
        formula=f"mean ({p:f} + {r:f}) / 2 = {(p + r) / 2:f}; harmonic mean 2 * {p:f} * {r:f} / ({p:f} + {r:f}) = "
        f"{short(2 * p * r / (p + r))}; stated {stated(numbers[2])} (robust)",
        assumptions=["all three are of one system on one test set, averaged alike"],
        alternatives=["the F1 is of another system, or weighs precision and recall unequally"],
        verify=python(f"({p:f} + {r:f}) / 2, 2 * {p:f} * {r:f} / ({p:f} + {r:f})"),
    )


def _harmonic(precision: Number, recall: Number) -> Interval:
    """All harmonic means of a precision and a recall in their intervals; it grows with both."""

    def mean(p: Decimal, r: Decimal) -> Decimal:
        return 2 * p * r / (p + r) if p + r > 0 else Decimal(0)

    low = mean(max(precision.robust.low, Decimal(0)), max(recall.robust.low, Decimal(0)))
    return Interval(low, mean(precision.robust.high, recall.robust.high))
