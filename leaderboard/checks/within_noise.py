"""A difference between two scores that is smaller than the noise of a test of that size.

Caught: Owl improves accuracy on ToySent from 71.2% to 73.9%.
Allowed: Owl improves accuracy on ToySent from 71.2% to 83.9%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from math import sqrt

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import difference as subtraction
from leaderboard.checks._findings import finding, not_applicable, python
from leaderboard.checks._intervals import Interval, limited, short
from leaderboard.checks._items import OPEN, counts, not_one_count, sizes
from leaderboard.checks._pairs import Pair, pairs, rivals
from leaderboard.models import Finding, Level

LEVEL: Level = "note"
TITLE = "within noise"

CHECK = "within_noise"

TESTED = re.compile(
    r"\b(?:p\s*[<=>]|p-values?|significan\w+|confidence\s+intervals?|CIs?\b|statistical\w*|bootstrap\w*|McNemar\w*|t-test|wilcoxon)",
    re.IGNORECASE,
)
"""Words that say that the difference was tested, or how sure it is."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare the difference of each pair of scores with its standard error."""
    for record in corpus.records.values():
        for pair in pairs(record):
            known = sizes(corpus, pair.new)
            if known:
                yield _judge(record, pair, corpus, max(known))


def _judge(record: Record, pair: Pair, corpus: Corpus, items: int) -> Finding:
    """The outcome for one pair on a test of `items`, the largest that is known, so that the noise is the least."""
    claims = rivals(pair)
    shown = counts(record, pair, corpus)
    if shown is None:
        return not_applicable(record, CHECK, LEVEL, claims, OPEN)
    old, new, top = shown.old, shown.new, shown.top
    if TESTED.search(record.text):
        return not_applicable(record, CHECK, LEVEL, claims, "the text says how sure its differences are")
    reason = not_one_count(record, claims)
    if reason:
        return not_applicable(record, CHECK, LEVEL, claims, reason)
    difference = new.robust.minus(old.robust).size()
    shares = [min(1.0, max(0.0, float(n.value / top))) for n in (old, new)]
    error = Decimal(sqrt(sum(share * (1 - share) / items for share in shares))) * top
    found = [limited("difference", difference, Interval(error, Decimal("Infinity")))]
    if difference.high >= error:
        message = f"{pair.old.number} and {pair.new.number} are at least one standard error apart."
        return finding(record, CHECK, LEVEL, "pass", message, claims, numbers=[old, new], computed=found)
    terms = " + ".join(f"{share:.4g}*{1 - share:.4g}" for share in shares)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"Hint: {pair.old.number} and {pair.new.number} differ by less than one standard error, {short(error)} on "
        f"{items} items, if the two runs were independent; a paired test could differ.",
        claims,
        numbers=[old, new],
        computed=found,
        formula=f"sqrt(({terms}) / {items}) * {top:f} = {short(error)}; {subtraction(new, old)}, at most "
        f"{short(difference.high)} (robust)",
        assumptions=[f"all {items} items were scored once each", "the two runs are independent"],
        alternatives=["the runs are paired on the same items", "the scores are means over several runs"],
        verify=python(f"(({terms}) / {items}) ** 0.5 * {top:f}"),
    )
