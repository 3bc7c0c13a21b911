"""A score that no number of right answers yields on a test of known size.

Caught: With greedy decoding, Owl reaches 66.4% accuracy on ToyQA.
Allowed: With greedy decoding, Owl reaches 67.5% accuracy on ToyQA.
Allowed: Owl reaches 66.4% accuracy on ToyQA, averaged over 10 samples.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from leaderboard.checks._corpus import SURE, Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import Interval, Number, number, reading, short
from leaderboard.checks._items import ONE_RUN, OPEN, REPEATED, not_one_count, sizes, whole
from leaderboard.models import Claim, Finding, Level, Metric

LEVEL: Level = "warning"
TITLE = "attainable on the test"

CHECK = "attainable"

POWER = Decimal("0.3")
"""The least chance that a value picked at random is unattainable, below which a comparison says nothing."""

SAMPLED = frozenset(
    "math code agents reasoning instruction-following long-context safety generation multimodal "
    "question-answering".split()
)
"""Areas whose scores are often means over several sampled answers without saying so: there, one run must be stated."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every own score on a test of known size with the values that whole numbers of right answers yield."""
    for record in corpus.records.values():
        for claim in record.claims:
            if claim.kind == "score" and claim.role == "own" and claim.confidence >= SURE:
                known, metric = sizes(corpus, claim), corpus.metric(claim)
                if known and metric is not None:
                    yield _judge(record, claim, metric, known, corpus.registry.benchmarks[claim.benchmarks[0]].area)


def _judge(record: Record, claim: Claim, metric: Metric, known: Sequence[int], area: str) -> Finding:
    """The outcome for one score: attainable under some version and split of the test, or under none."""
    single = ONE_RUN.search(record.text) is not None
    shown = number(claim, record.text)
    top = whole(shown, metric) if shown is not None else None
    if shown is None or top is None or shown.bound != "exact":
        return not_applicable(record, CHECK, LEVEL, [claim], OPEN)
    if _power(known, top, shown) < POWER:
        return not_applicable(record, CHECK, LEVEL, [claim], "nearly every value is attainable on a test of this size")
    nearest = [_nearest(items, top, shown.value) for items in known]
    found = [
        reading(f"nearest k of {items}", _closest(pair, shown.value), shown.robust)
        for items, pair in zip(known, nearest, strict=True)
    ]
    reason = _single_run(record, claim) if single else not_one_count(record, [claim])
    if any(one.meets for one in found):
        message = f"{claim.number} is attainable on {claim.benchmarks[0]}."
        return finding(record, CHECK, LEVEL, "pass", message, [claim], numbers=[shown], computed=found)
    if reason:
        return not_applicable(record, CHECK, LEVEL, [claim], reason)
    if not single and (metric.name.startswith("pass@") or area.replace(" ", "-") in SAMPLED):
        return not_applicable(
            record, CHECK, LEVEL, [claim], "scores on it are often means over runs, and no run is stated"
        )
    ends = " and ".join(short(value) for value in nearest[0])
    counts = [(value * known[0] / top).to_integral_value() for value in nearest[0]]
    sums = [f"{k:f} / {known[0]} * {top:f}" for k in counts]
    shown_sums = ", ".join(f"{term} = {short(value)}" for term, value in zip(sums, nearest[0], strict=True))
    return finding(
        record,
        CHECK,
        "warning" if single else "note",
        "fail",
        f"{'' if single else 'Hint: '}{claim.number} is not attainable in one run on the "
        f"{' or '.join(str(items) for items in known)} items of {claim.benchmarks[0]}; the nearest values are {ends}.",
        [claim],
        numbers=[shown],
        computed=found,
        formula=f"{shown_sums}; stated {stated(shown)} (robust)",
        assumptions=["each item was scored once, as right or not", "all items of one known version were scored"],
        alternatives=["the score is a mean over runs, samples or classes", "a part or another version was scored"],
        verify=python(*sums),
    )


def _power(known: Sequence[int], top: Decimal, shown: Number) -> Decimal:
    """The chance that a value picked at random among the printable ones is attainable under no test size, at least.

    Each of N values of k/N covers at most two units of the last digit under robust rounding, of top / unit printable.
    """
    return 1 - sum(Decimal(2 * items) for items in known) * shown.printed.unit / top


def _nearest(items: int, top: Decimal, value: Decimal) -> tuple[Decimal, Decimal]:
    """The two attainable values around a value."""
    exact = value * items / top
    return tuple(  # type: ignore[return-value]  # two of them, one for each mode
        exact.to_integral_value(rounding=mode) * top / items for mode in (ROUND_FLOOR, ROUND_CEILING)
    )


def _closest(pair: tuple[Decimal, Decimal], value: Decimal) -> Interval:
    """The nearer of two attainable values, as an interval of one number."""
    best = min(pair, key=lambda one: abs(one - value))
    return Interval(best, best)


def _single_run(record: Record, claim: Claim) -> str:
    """Why a score may be no single count although a single run is stated, or nothing."""
    text = ONE_RUN.sub(" ", record.text)
    if REPEATED.search(text):
        return "the scores may be means over several runs or samples"
    reason = not_one_count(Record(record.paper, record.claims), [claim])
    return "" if reason.endswith("runs or samples") else reason
