"""A difference of so few test items that no paired test can find it significant.

Caught: Owl improves accuracy on ToyQA from 42.5% to 47.5%.
Caught: Owl improves accuracy on ToyQA by 7.5 points.
Allowed: Owl improves accuracy on ToyQA from 42.5% to 67.5%.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import ceil, floor

from leaderboard.checks._corpus import SURE, Corpus, Record
from leaderboard.checks._findings import difference, finding, not_applicable, python, stated
from leaderboard.checks._intervals import HUNDRED, INFINITY, Interval, Number, limited, number, short
from leaderboard.checks._items import FEWEST_ITEMS, OPEN, counts, not_one_count, sizes
from leaderboard.checks._links import ABSOLUTE, RELATIVE, movements
from leaderboard.checks._pairs import Pair, pairs, rivals
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "note"
TITLE = "fewer than six items"

CHECK = "fewer_than_six_items"


def find(corpus: Corpus) -> Iterator[Finding]:
    """Count the items that the difference of each pair of scores, or a stated gain in points, can stand for."""
    for record in corpus.records.values():
        for pair in pairs(record):
            known = sizes(corpus, pair.new)
            if known:
                yield _judge(record, pair, corpus, known)
        linked = {id(move.gain) for claims in record.sentences() for move in movements(record.text, claims)}
        for claim in record.claims:
            if claim.kind == "change" and id(claim) not in linked and _in_points(record, claim):
                known = sizes(corpus, claim)
                if known:
                    yield _gain(record, claim, known)


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
        formula=f"{difference(new, old)}, at most {short(apart.high)} (robust); "
        f"{short(apart.high)} * {items} / {top:f} = {short(apart.high * items / top)} items; p = 2 * 0.5 ** {count}",
        assumptions=["each system ran once on the same items"],
        alternatives=["the scores are means over several runs"],
        verify=python(f"{apart.high:f} * {items} / {top:f}"),
    )


def _gain(record: Record, gain: Claim, known: tuple[int, ...]) -> Finding:
    """The outcome for one gain whose two scores are not given, on the largest test that the registry knows."""
    shown = number(gain, record.text)
    if shown is None or shown.bound != "exact":
        return not_applicable(record, CHECK, LEVEL, [gain], OPEN)
    reason = not_one_count(record, [gain], listed=True)
    if reason:
        return not_applicable(record, CHECK, LEVEL, [gain], reason)
    if not all(_attainable(shown, items, HUNDRED) for items in known):
        return not_applicable(record, CHECK, LEVEL, [gain], "a gain is no whole number of items of every known version")
    items = max(known)
    count = floor(shown.robust.high * items / HUNDRED)
    found = [limited("gain", shown.robust, Interval(Decimal(FEWEST_ITEMS) * HUNDRED / items, INFINITY))]
    if count >= FEWEST_ITEMS:
        message = f"{gain.number} may be six items or more."
        return finding(record, CHECK, LEVEL, "pass", message, [gain], numbers=[shown], computed=found)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"Hint: with a gain of {gain.number}, the two sides differ by at most {count} of the {items} items of "
        f"{gain.benchmarks[0]}; even if every changed item favours one of them, an exact paired test gives "
        f"p = {min(1.0, 2 * 0.5**count):.3g}.",
        [gain],
        numbers=[shown],
        computed=found,
        formula=f"stated {stated(shown)} (robust); {short(shown.robust.high)} * {items} / 100 = "
        f"{short(shown.robust.high * items / HUNDRED)} items; p = 2 * 0.5 ** {count}",
        assumptions=["each system ran once on the same items"],
        alternatives=["the gain is between means over several runs"],
        verify=python(f"{shown.robust.high:f} * {items} / 100"),
    )


def _in_points(record: Record, claim: Claim) -> bool:
    """Whether a gain on one benchmark is surely a difference of two scores in percent."""
    if len(claim.benchmarks) != 1 or claim.role != "own" or claim.confidence < SURE:
        return False
    sentence = record.sentence(claim)
    called = ABSOLUTE.search(sentence) is not None and RELATIVE.search(sentence) is None
    return claim.unit == "points" or (claim.unit == "percent" and called)


def _attainable(shown: Number, items: int, top: Decimal) -> bool:
    """Whether a whole number of right answers yields the score: evidence that it is no mean over runs."""
    low, high = shown.robust.low * items / top, shown.robust.high * items / top
    return ceil(low) <= floor(high)
