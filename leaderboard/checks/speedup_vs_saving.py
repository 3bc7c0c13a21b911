"""A speed-up and a saving of time that are said to be the same and are not.

Caught: The decoder is 3x faster, i.e. 90% less inference time.
Allowed: The decoder is 3x faster (67% less inference time).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import HUNDRED, Interval, number, reading
from leaderboard.checks._links import between
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "error"
TITLE = "speed-up against saving"

CHECK = "speedup_vs_saving"

FASTER = re.compile(r"^\s*(?:faster|speed-?ups?|acceleration)\b", re.IGNORECASE)
"""What follows the factor of a speed-up."""

SAME = re.compile(
    r"^\s*[a-z-]+(?:\s+[a-z-]+){0,2}?\s*(?:,?\s*i\.e\.,?|,?\s*or|\(\s*(?:i\.e\.,?|or)?)\s*(?:an?\s+)?$", re.IGNORECASE
)
"""What stands between two ways to say the same: a bracket, "i.e." or "or"."""

LESS_TIME = re.compile(
    r"^\s*(?:less|lower|shorter|reduced|reduction\s+(?:in|of))\s+(?:[a-z-]+\s+)?(?:time|latency|runtime|duration)\b",
    re.IGNORECASE,
)
"""What follows a saving of time."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every factor of speed with the saving of time in apposition to it."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for left, right in pairwise(claims):
                if left.unit == "x" and right.unit == "percent" and _same(record.text, left, right):
                    yield _judge(record, left, right)


def _same(text: str, left: Claim, right: Claim) -> bool:
    """Whether the two stand in apposition and both are about time."""
    gap = between(text, left, right)
    after = text[right.end : right.end + 60]
    return bool(FASTER.match(gap) and SAME.match(gap) and LESS_TIME.match(after))


def _judge(record: Record, factor: Claim, saving: Claim) -> Finding:
    """The outcome for one factor and one saving."""
    pair = [factor, saving]
    k, s = number(factor, record.text), number(saving, record.text)
    if k is None or s is None or {k.bound, s.bound} - {"exact", "about"} or not 0 < s.value < HUNDRED:
        return not_applicable(record, CHECK, LEVEL, pair, "a number is a range, in words or bounded")
    rest = Interval(HUNDRED, HUNDRED).minus(s.robust).times(1 / HUNDRED)
    implied = Interval(Decimal(1), Decimal(1)).over(rest)
    found = [reading("factor of the saving", implied, k.robust)]
    if found[0].meets:
        message = f"{factor.number} and {saving.number} say the same."
        return finding(record, CHECK, LEVEL, "pass", message, pair, numbers=[k, s], computed=found)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"A saving of {saving.number} is a factor of {float(implied.low):.3g} to {float(implied.high):.3g}, which "
        f"does not meet {factor.number}.",
        pair,
        numbers=[k, s],
        computed=found,
        formula=f"1 / (1 - {s.value:f}/100) = {float(1 / (1 - s.value / 100)):.4g}; stated {stated(k)} (robust)",
        assumptions=["both are of one resource and against one rival"],
        alternatives=["the saving is of another part of the work"],
        verify=python(f"1 / (1 - {s.value:f} / 100)"),
    )
