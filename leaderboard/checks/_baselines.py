"""A score, its gain and the baseline it is measured against: the comparison that two checks share."""

from __future__ import annotations

from leaderboard.checks import _gains
from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, stated
from leaderboard.checks._intervals import number
from leaderboard.checks._links import Bracketed, names_quantity, same_unit
from leaderboard.models import Finding, Level


def judge(check: str, level: Level, record: Record, group: Bracketed, corpus: Corpus) -> Finding:
    """The outcome of `check` for one score, its gain and its baseline."""
    assert group.base is not None
    reason = unfit(record, group, corpus)
    claims = [group.own, group.gain, group.base]
    if reason:
        return not_applicable(record, check, level, claims, reason)
    own, gain = number(group.own, record.text), number(group.gain, record.text)
    # "over 75.9%" compares here; it is not a lower bound
    base = number(group.base, record.text, "exact" if group.base.bound == "at_least" else group.base.bound)
    if own is None or gain is None or base is None or _gains.opposed(own, base):
        return not_applicable(record, check, level, claims, "a number is a range, in words or an open bound")
    found = _gains.readings(base, own, gain, record.sentence(group.gain))
    numbers = [own, gain, base]
    permitted = _gains.permitted(group.basis, gain.claim.unit)
    if any(one.meets for one in found) and not _gains.meets(found, permitted):
        return not_applicable(record, check, level, claims, "only a reading that the words exclude would meet")
    if any(one.meets for one in found):
        message = f"{own.claim.number} and {gain.claim.number} lead back to the stated {base.claim.number}."
        return finding(record, check, level, "pass", message, claims, numbers=numbers, computed=found)
    return finding(
        record,
        check,
        level,
        "fail",
        f"{own.claim.number} with a gain of {gain.claim.number} does not meet the stated {base.claim.number} "
        f"under any reading (from the two values: {_gains.listing(found)}).",
        claims,
        numbers=numbers,
        computed=found,
        formula=f"{_gains.formula(base, own, gain)}; stated {stated(gain)} (robust)",
        assumptions=["the gain is measured against the baseline that follows it"],
        alternatives=["the gain is measured against another baseline"],
        verify=_gains.verify(base, own),
    )


def unfit(record: Record, group: Bracketed, corpus: Corpus) -> str:
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
