"""A gain of "up to" some value beside an instance that is larger.

Caught: It gains up to 4.0 points, including 6.3 points on ToyQA.
Allowed: It gains up to 4.0 points, including 3.9 points on ToyQA.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import INFINITY, Interval, number, reading
from leaderboard.checks._links import between
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "warning"
TITLE = '"up to" exceeded'

CHECK = "up_to_exceeded"

INSTANCE = re.compile(
    r"^[\s\w-]{0,30}[,(]\s*(?:including|e\.g\.,?|for\s+example,?|for\s+instance,?|such\s+as)\s+(?:an?\s+)?(?:gains?\s+of\s+|\+)?$",
    re.IGNORECASE,
)
"""What stands between an upper bound and one of its instances."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every "up to G" with the instance that follows it."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for left, right in pairwise(claims):
                if left.kind == right.kind == "change" and left.bound == "up_to":
                    yield from _judge(record, left, right)


def _judge(record: Record, bound: Claim, case: Claim) -> Iterator[Finding]:
    """The outcome for one bound and its instance; nothing where the second is not an instance of the first."""
    pair = [bound, case]
    if not INSTANCE.match(between(record.text, bound, case)):
        return
    g, x = number(bound, record.text, "exact"), number(case, record.text)
    if g is None or x is None or bound.unit != case.unit or bound.direction != case.direction:
        yield not_applicable(record, CHECK, LEVEL, pair, "the two have different units or directions")
        return
    if bound.metric != case.metric:
        yield not_applicable(record, CHECK, LEVEL, pair, "the numbers are not of one metric")
        return
    most = Interval(-INFINITY, g.robust.high)
    found = [reading("at most", most, x.robust)]
    if found[0].meets:
        message = f"{case.number} is within the stated {bound.number}."
        yield finding(record, CHECK, LEVEL, "pass", message, pair, numbers=[g, x], computed=found)
        return
    yield finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"{case.number} does not meet the stated bound of {bound.number}.",
        pair,
        numbers=[g, x],
        computed=found,
        formula=f"{x.value:f} > {g.value:f}; {stated(x)}, {stated(g)} (robust)",
        assumptions=["both gains are read alike, and the second is one of those that the first bounds"],
        alternatives=["one of the two is relative, the other in points"],
        verify=python(f"{x.value:f} > {g.value:f}"),
    )
