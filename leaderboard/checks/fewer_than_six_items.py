"""A difference of so few test items that no paired test can find it significant.

Caught: Owl improves accuracy on ToyQA from 42.5% to 47.5%.
Allowed: Owl improves accuracy on ToyQA from 42.5% to 67.5%.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil, floor

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python
from leaderboard.checks._intervals import INFINITY, Interval, Number, limited, short
from leaderboard.checks._items import FEWEST_ITEMS, OPEN, counts, not_one_count, sizes
from leaderboard.checks._pairs import Pair, pairs, rivals
from leaderboard.models import Finding, Level

LEVEL: Level = "note"
TITLE = "fewer than six items"

CHECK = "fewer_than_six_items"


def find(corpus: Corpus) -> Iterator[Finding]:
    """Count the items that the difference of each pair of scores can stand for."""
    for record in corpus.records.values():
        for pair in pairs(record):
            known = sizes(corpus, pair.new)
            if known:
                yield _judge(record, pair, corpus, known)


def _judge(record: Record, pair: Pair, corpus: Corpus, known: tuple[int, ...]) -> Finding:
    """The outcome for one pair, with the largest test on which both scores are attainable in one run."""
    claims = rivals(pair)
    shown = counts(record, pair, corpus)
    if shown is None:
        return not_applicable(record, CHECK, LEVEL, claims, OPEN)
    old, new, top = shown.old, shown.new, shown.top
    reason = not_one_count(record, claims)
    if reason:
        return not_applicable(record, CHECK, LEVEL, claims, reason)
    if not all(_attainable(n, items, top) for n in (old, new) for items in known):
        return not_applicable(
            record, CHECK, LEVEL, claims, "a score is not one count over the items of every known version"
        )
    items = max(known)
    apart = new.robust.minus(old.robust).size()
    count = floor(apart.high * items / top)
    found = [limited("difference", apart, Interval(Decimal(FEWEST_ITEMS) * top / items, INFINITY))]
    if count >= FEWEST_ITEMS:
        message = f"{pair.old.number} and {pair.new.number} may be six items apart or more."
        return finding(record, CHECK, LEVEL, "pass", message, claims, numbers=[old, new], computed=found)
    likely = 2 * 0.5**count
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"Hint: {pair.old.number} and {pair.new.number} differ by at most {count} of the {items} items of "
        f"{pair.new.benchmarks[0]}; even if every changed item favours one side, an exact paired test gives "
        f"p = {min(1.0, likely):.3g}.",
        claims,
        numbers=[old, new],
        computed=found,
        formula=f"{short(apart.high)} * {items} / {top:f} = {short(apart.high * items / top)}; p = 2 * 0.5 ** {count}",
        assumptions=["each system ran once on the same items"],
        alternatives=["the scores are means over several runs"],
        verify=python(f"{apart.high:f} * {items} / {top:f}"),
    )


def _attainable(shown: Number, items: int, top: Decimal) -> bool:
    """Whether a whole number of right answers yields the score: evidence that it is no mean over runs."""
    low, high = shown.robust.low * items / top, shown.robust.high * items / top
    return ceil(low) <= floor(high)
