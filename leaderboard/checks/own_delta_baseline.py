"""A score with its gain in brackets that does not lead back to the stated baseline.

Caught: Our tuner reaches 81.8% (+5.9%) over the 74.9% of the base model on ToyQA.
Allowed: Our tuner reaches 81.8% (+5.9%) over the 75.9% of the base model on ToyQA.
Allowed: Our tuner reaches 80.0% (+25.0%) over the 64.0% of the base model on ToyQA.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaderboard.checks import _gains
from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, stated
from leaderboard.checks._intervals import number
from leaderboard.checks._links import Bracketed, bracketed, names_quantity, same_unit
from leaderboard.models import Finding, Level

LEVEL: Level = "error"
TITLE = "own (+gain) against the stated baseline"

CHECK = "own_delta_baseline"


def find(corpus: Corpus) -> Iterator[Finding]:
    """Recompute the gain of every "own (+gain) over baseline"."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for group in bracketed(record.text, claims):
                if group.base is not None:
                    yield _judge(record, group, _unfit(record, group, corpus))


def _judge(record: Record, group: Bracketed, reason: str) -> Finding:
    """The outcome for one score, its gain and its baseline, unless there is a `reason` not to compare them."""
    assert group.base is not None
    claims = [group.own, group.gain, group.base]
    if reason:
        return not_applicable(record, CHECK, LEVEL, claims, reason)
    own, gain = number(group.own, record.text), number(group.gain, record.text)
    # "over 75.9%" compares here; it is not a lower bound
    base = number(group.base, record.text, "exact" if group.base.bound == "at_least" else group.base.bound)
    if own is None or gain is None or base is None or _gains.opposed(own, base):
        return not_applicable(record, CHECK, LEVEL, claims, "a number is a range, in words or an open bound")
    found = _gains.readings(base, own, gain, record.sentence(group.gain))
    numbers = [own, gain, base]
    permitted = _gains.permitted(group.basis, gain.claim.unit)
    if any(one.meets for one in found) and not _gains.meets(found, permitted):
        return not_applicable(record, CHECK, LEVEL, claims, "only a reading that the words exclude would meet")
    if any(one.meets for one in found):
        message = f"{own.claim.number} and {gain.claim.number} lead back to the stated {base.claim.number}."
        return finding(record, CHECK, LEVEL, "pass", message, claims, numbers=numbers, computed=found)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"{own.claim.number} with a gain of {gain.claim.number} does not meet the stated {base.claim.number} "
        f"under any reading (from the two values: {_gains.listing(found)}).",
        claims,
        numbers=numbers,
        computed=found,
        formula=f"{_gains.formula(base, own, gain)}; stated {stated(gain)} (robust)",
        assumptions=["the bracketed gain is measured against the baseline that follows it"],
        alternatives=["the gain is measured against another baseline"],
        verify=_gains.verify(base, own),
    )


def _unfit(record: Record, group: Bracketed, corpus: Corpus) -> str:
    """Why the three numbers are not of one quantity, or nothing.

    The place of the baseline says what it is; only a metric that the registry knows speaks against that.
    """
    own, base = group.own, group.base
    assert base is not None
    metrics = corpus.metric(own), corpus.metric(base)
    if len(own.benchmarks) > 1 or len(base.benchmarks) > 1:
        return "several benchmarks"
    if base.benchmarks and own.benchmarks and base.benchmarks != own.benchmarks:
        return "the values are on different benchmarks"
    if not same_unit(own, base):
        return "the two values have different units"
    if names_quantity(record.text, group):
        return "the gain may be of another quantity than the score"
    return "the numbers are not of one metric" if None not in metrics and metrics[0] != metrics[1] else ""
