"""A factor that does not meet the two values it stands for.

Caught: Distillation makes the model 10x smaller (from 13B to 7B parameters).
Caught: The cache cuts latency from 90 ms to 30 ms, achieving a 5x speedup.
Allowed: Distillation makes the model 3x smaller (from 1.3B to 440M parameters).
Allowed: The cache cuts latency from 90 ms to 30 ms, achieving a 3x speedup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import Interval, Number, exact, number, reading
from leaderboard.checks._links import GAP, between, movements, same_unit
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "error"
TITLE = "factor against from A to B"

CHECK = "ratio_from_to"

AHEAD = re.compile(
    r"^\s*(?:[a-z-]+\s+){0,3}?(?:smaller|fewer|less|faster|lower|cheaper|shorter|speed-?up|reduction|compression|increase|"
    r"improvement|more|larger|higher)?\s*(?:in\s+[a-z]+\s*)?[(,]\s*from\s+(?:[a-z]+\s+){0,3}[~$]*$",
    re.IGNORECASE,
)
"""What stands between a factor and the two values after it."""

BEHIND = re.compile(
    r"^[\s\w%$/-]{0,25}(?:\(\s*(?:an?\s+)?|,\s*(?:thus\s+|thereby\s+)?(?:achieving|yielding|representing|marking|resulting\s+in|i\.e\.,?|"
    r"corresponding\s+to|(?=an?\b))\s*(?:an?\s+)?)(?:[a-z-]+\s+){0,2}[~$]*$",
    re.IGNORECASE,
)
"""What stands between the two values and a factor after them."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Divide the two values of every "from A to B" that a factor is tied to."""
    for record in corpus.records.values():
        for claims in record.sentences():
            if any(claim.unit == "x" for claim in claims):
                yield from _sentence(record, claims)


def _sentence(record: Record, claims: Sequence[Claim]) -> Iterator[Finding]:
    """The outcomes for the movements of one sentence."""
    for movement in movements(record.text, claims):
        place = next(i for i, claim in enumerate(claims) if claim is movement.old)
        ahead = claims[place - 1] if place else None
        behind = claims[place + 2] if place + 2 < len(claims) else None
        factor = None
        if behind is not None and behind.unit == "x" and _tied(record.text, movement.new, behind, BEHIND):
            factor = behind
        elif ahead is not None and ahead.unit == "x" and _tied(record.text, ahead, movement.old, AHEAD):
            factor = ahead
        if factor is not None:
            yield _judge(record, factor, movement.old, movement.new)


def _tied(text: str, left: Claim, right: Claim, words: re.Pattern[str]) -> bool:
    """Whether only linking words stand between the two."""
    gap = between(text, left, right)
    return len(gap) <= GAP and words.match(gap) is not None


def _judge(record: Record, factor: Claim, old: Claim, new: Claim) -> Finding:
    """The outcome for one factor and its two values."""
    group = [old, new, factor]
    a, b, k = (number(claim, record.text) for claim in group)
    if a is None or b is None or k is None or {a.bound, b.bound} & {"at_least", "up_to"}:
        return not_applicable(record, CHECK, LEVEL, group, "a number is a range, in words or bounded")
    if not same_unit(old, new) or min(a.value, b.value) <= 0 or factor.bound == "average":
        return not_applicable(
            record, CHECK, LEVEL, group, "the values have different units, or the factor is an average"
        )
    quotient = a.robust.over(b.robust) if a.value >= b.value else b.robust.over(a.robust)
    less_one = quotient.minus(Interval(Decimal(1), Decimal(1)))
    wanted = _rounded(k)
    # "two times faster" is used for three times as fast too
    found = [reading("factor", quotient, wanted), reading("factor less one", less_one, wanted)]
    if any(one.meets for one in found):
        message = f"{factor.number} agrees with the step from {old.number} to {new.number}."
        return finding(record, CHECK, LEVEL, "pass", message, group, numbers=[a, b, k], computed=found)
    high, low = max(a.value, b.value), min(a.value, b.value)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"The factor {factor.number} does not meet the step from {old.number} to {new.number}, which is "
        f"{float(quotient.low):.3g} to {float(quotient.high):.3g}.",
        group,
        numbers=[a, b, k],
        computed=found,
        formula=f"{exact(high)} / {exact(low)} = {float(high / low):.4g}; stated "
        + (f"{stated(k)} (robust)" if wanted == k.robust else f"{factor.number} as a round number -> {wanted.text()}"),
        assumptions=["the factor belongs to the two values"],
        alternatives=["the factor is of another quantity"],
        verify=python(f"{exact(high)} / {exact(low)}"),
    )


def _rounded(factor: Number) -> Interval:
    """The factor's interval; a multiple of ten ("10x", "100x") is often an order of magnitude."""
    wanted = factor.robust
    if factor.value % 10 == 0 and factor.value > 0 and factor.printed.unit >= 1:
        return Interval(
            min(wanted.low, factor.value * Decimal("0.75")), max(wanted.high, factor.value * Decimal("1.5"))
        )
    return wanted
