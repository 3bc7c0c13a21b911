"""Two scores with spreads that are wider than the difference between them.

Caught: Owl improves accuracy on ToySent from 81.2 ± 0.9% to 81.9 ± 0.6%.
Allowed: Owl improves accuracy on ToySent from 81.2 ± 0.2% to 83.0 ± 0.3%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import difference, finding, not_applicable, python
from leaderboard.checks._intervals import INFINITY, Interval, limited, number, short
from leaderboard.checks._pairs import Pair, pairs, rivals
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "note"
TITLE = "overlap of spreads"

CHECK = "overlap_of_spread"

SPREAD = re.compile(r"(?:±|\+/-|\+-|\\pm)\s*\$?\s*(?P<spread>[0-9]+(?:\.[0-9]+)?)")
"""A spread as printed."""

KIND = re.compile(
    r"\b(?:standard\s+deviations?|standard\s+errors?|95\s*%|confidence\s+intervals?|s\.d\.|std)", re.IGNORECASE
)
"""Words that say what kind of spread is meant."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare the difference of each pair of scores that both have a spread with the sum of the two spreads."""
    for record in corpus.records.values():
        for pair in pairs(record):
            spreads = [_spread(record.text, claim) for claim in (pair.old, pair.new)]
            if spreads[0] is not None and spreads[1] is not None:
                yield _judge(record, pair, (spreads[0], spreads[1]))


def _judge(record: Record, pair: Pair, spreads: tuple[Decimal, Decimal]) -> Finding:
    """The outcome for one pair and its spreads."""
    claims = rivals(pair)
    old, new = number(pair.old, record.text), number(pair.new, record.text)
    if old is None or new is None or {old.bound, new.bound} != {"exact"}:
        return not_applicable(record, CHECK, LEVEL, claims, "a number is in words or bounded")
    total = sum(spreads, Decimal(0))
    apart = new.robust.minus(old.robust).size()
    found = [limited("difference", apart, Interval(total, INFINITY))]
    if apart.high >= total:
        message = f"{pair.old.number} and {pair.new.number} are further apart than their spreads."
        return finding(record, CHECK, LEVEL, "pass", message, claims, numbers=[old, new], computed=found)
    kind = KIND.search(record.text)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"Hint: {pair.old.number} and {pair.new.number} differ by at most {short(apart.high)}, less than the sum of "
        f"their spreads, {short(total)}{'' if kind else '; what kind of spread is meant is not stated'}.",
        claims,
        numbers=[old, new],
        computed=found,
        formula=f"{difference(new, old)}, at most {short(apart.high)} (robust); "
        f"{spreads[0]:f} + {spreads[1]:f} = {total:f}",
        assumptions=["both spreads are of one kind"],
        alternatives=["the spreads are over seeds and the difference was tested seed by seed"],
        verify=python(f"{new.value:f} - {old.value:f}, {spreads[0]:f} + {spreads[1]:f}"),
    )


def _spread(text: str, claim: Claim) -> Decimal | None:
    """The spread that stands in a claim's number or right behind it."""
    match = SPREAD.search(claim.number) or re.match(rf"\s*[%\\$]*\s*{SPREAD.pattern}", text[claim.end : claim.end + 20])
    return None if match is None else Decimal(match["spread"])
