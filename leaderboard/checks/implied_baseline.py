"""A score with its gain in brackets whose implied baseline is outside the range of the metric.

Caught: Our planner reaches an accuracy of 12.4 points (an absolute gain of 15.8) on ToyMaze.
Allowed: Our planner reaches an accuracy of 34.7% (+5.8%) on ToyMaze.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, plain, python
from leaderboard.checks._intervals import HUNDRED, INFINITY, ZERO, Interval, Number, limited, number, permitted, short
from leaderboard.checks._links import Bracketed, bracketed, names_quantity
from leaderboard.models import Finding, Level, Metric, Reading

LEVEL: Level = "error"
TITLE = "implied baseline out of range"

CHECK = "implied_baseline"


def find(corpus: Corpus) -> Iterator[Finding]:
    """Take every bracketed gain off its score and compare what is left with the range of the metric."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for group in bracketed(record.text, claims):
                if group.own.role == "own":
                    yield _judge(record, group, corpus.metric(group.own))


def _judge(record: Record, group: Bracketed, metric: Metric | None) -> Finding:
    """The outcome for one score and its gain."""
    claims = [group.own, group.gain]
    if metric is None or metric.direction is None:
        return not_applicable(record, CHECK, LEVEL, claims, "the better direction of the metric is unknown")
    span = permitted(metric)
    own, gain = number(group.own, record.text), number(group.gain, record.text)
    if own is None or gain is None:
        return not_applicable(record, CHECK, LEVEL, claims, "a number is a range or in words")
    if not own.robust.meets(span):
        return not_applicable(record, CHECK, LEVEL, claims, "the score itself is compared by metric_range")
    if group.gain.unit not in {"percent", "points", "none"} or names_quantity(record.text, group):
        return not_applicable(record, CHECK, LEVEL, claims, "the gain may be of another quantity than the score")
    rises = group.gain.direction == "up" if group.gain.direction else metric.direction == "up"
    found = _implied(own, gain, group, span, rises=rises)
    numbers = [own, gain]
    if any(one.meets for one in found):
        message = f"The baseline that {own.claim.number} ({gain.claim.number}) implies is in range."
        return finding(record, CHECK, LEVEL, "pass", message, claims, numbers=numbers, computed=found)
    sums = _sums(own, gain, group, rises=rises)
    left = ", ".join(f"{one.low:.4g} to {one.high:.4g}" for one in found)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"{own.claim.number} after a {'rise' if rises else 'fall'} of {gain.claim.number} implies a baseline of "
        f"{left}, which is not attainable for {metric.name}.",
        claims,
        numbers=numbers,
        computed=found,
        formula=f"{'; '.join(sums)}; range of {metric.name} {span.text()}",
        assumptions=["the bracketed number is the gain of the score before it"],
        alternatives=["the bracketed number belongs to another score"],
        verify=python(*(term.partition(" = ")[0] for term in sums)),
    )


def _sums(own: Number, gain: Number, group: Bracketed, *, rises: bool) -> list[str]:
    """The sums that lead from the score back to its baseline, for the readings in points and relative to it."""
    sign, step = "-" if rises else "+", abs(gain.value)
    a, b = plain(own.value, step)
    factor = 1 + step / 100 if rises else 1 - step / 100
    sums = []
    if group.basis != "relative":
        sums.append(f"{a} {sign} {b} = {own.value - step if rises else own.value + step:f}")
    if group.basis != "absolute" and group.gain.unit == "percent" and factor:
        sums.append(f"{a} / (1 {'+' if rises else '-'} {b} / 100) = {short(own.value / factor)}")
    return sums


def _implied(own: Number, gain: Number, group: Bracketed, span: Interval, *, rises: bool) -> tuple[Reading, ...]:
    """The baselines that the gain may stand for, under each reading that its words and unit permit.

    A gain of a lower-is-better metric lowers it, so its baseline is higher; a stated direction outweighs that. `rises`
    says which of the two it is.
    """
    found = []
    step = gain.robust.size()
    if group.basis != "relative":
        bases = own.robust.minus(step) if rises else own.robust.plus(step)
        found.append(limited("points", bases, span))
        if span.high == HUNDRED and own.value <= 1 and own.claim.unit == "none":
            part = step.times(1 / HUNDRED)
            found.append(limited("from fractions", own.robust.minus(part) if rises else own.robust.plus(part), span))
    if group.basis != "absolute" and group.gain.unit == "percent":
        one = Interval(HUNDRED, HUNDRED)
        factor = (one.plus(step) if rises else one.minus(step)).times(1 / HUNDRED)
        found.append(limited("relative to old", own.robust.over(factor), span))
        rest = Interval(ZERO, INFINITY) if span.high != HUNDRED else one.minus(own.robust)
        shrunk = one.minus(step).times(1 / HUNDRED)
        if span.high == HUNDRED and rises and shrunk.low > 0:
            found.append(limited("relative to error", one.minus(rest.over(shrunk)), span))
    return tuple(found)
