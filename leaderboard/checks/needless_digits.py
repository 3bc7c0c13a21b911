"""A score with more decimals than a test of that size can tell apart.

Caught: Owl reaches 56.6667% accuracy on ToyQA.
Allowed: Owl reaches 57.5% accuracy on ToyQA.
"""

from __future__ import annotations

from collections.abc import Iterator

from leaderboard.checks._corpus import SURE, Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python
from leaderboard.checks._intervals import number, short
from leaderboard.checks._items import not_one_count, sizes, whole
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "note"
TITLE = "more decimals than items"

CHECK = "needless_digits"
ON = False

SHARE = 100
"""One item is worth at least so many units of the last digit before a note is made.

One decimal is usual whatever the size of the test: on 30 items, 56.7% is the common way to print 17 of 30.
"""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare the last printed digit of every own score with the worth of one test item."""
    for record in corpus.records.values():
        for claim in record.claims:
            if claim.kind == "score" and claim.role == "own" and claim.confidence >= SURE:
                known = sizes(corpus, claim)
                if known:
                    yield _judge(record, claim, corpus, max(known))


def _judge(record: Record, claim: Claim, corpus: Corpus, items: int) -> Finding:
    """The outcome for one score on a test of `items`, the largest that is known."""
    shown, metric = number(claim, record.text), corpus.metric(claim)
    top = whole(shown, metric) if shown is not None and metric is not None else None
    if shown is None or top is None or shown.bound != "exact":
        return not_applicable(
            record, CHECK, LEVEL, [claim], "a number is a range, in words, bounded or of unsure scale"
        )
    reason = not_one_count(record, [claim])
    if reason:
        return not_applicable(record, CHECK, LEVEL, [claim], reason)
    one, unit = top / items, shown.printed.unit
    if unit * SHARE > one:
        message = f"The digits of {claim.number} are worth an item each or nearly so."
        return finding(record, CHECK, LEVEL, "pass", message, [claim], numbers=[shown])
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"Hint: the last digit of {claim.number} differs from what the test can tell: one of the {items} items of "
        f"{claim.benchmarks[0]} is worth {short(one)}.",
        [claim],
        numbers=[shown],
        formula=f"{top:f} / {items} = {short(one)}; last digit {unit:f}",
        assumptions=["each item was scored once"],
        alternatives=["the score is a mean over several runs"],
        verify=python(f"{top:f} / {items}"),
    )
