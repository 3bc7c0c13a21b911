"""A speed-up and a saving of time that are said to be the same and are not.

Caught: The decoder is 3x faster, i.e. 90% less inference time.
Allowed: The decoder is 3x faster (67% less inference time).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import HUNDRED, INFINITY, Interval, number, reading
from leaderboard.checks._links import between
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "error"
TITLE = "speed-up against saving"

CHECK = "speedup_vs_saving"

FASTER = re.compile(r"^\s*(?:faster|speed-?ups?|acceleration)\b", re.IGNORECASE)
"""What follows the factor of a speed-up, and a share of speed."""

SAME = re.compile(
    r"^\s*(?:[a-z-]+(?:\s+[a-z-]+){0,2}?)?\s*(?:,?\s*i\.e\.,?|,?\s*or|\(\s*(?:i\.e\.,?|or)?)\s*(?:an?\s+|it\s+is\s+)?$",
    re.IGNORECASE,
)
"""What stands between two ways to say the same: a bracket, "i.e." or "or"."""

LESS_TIME = re.compile(
    r"^\s*(?:less|lower|shorter|reduced|reduction\s+(?:in|of))\s+(?:[a-z-]+\s+)?(?:time|latency|runtime|duration)\b",
    re.IGNORECASE,
)
"""What follows a saving of time."""

TIME_CUT = re.compile(
    r"\b(?:reduc|cut|lower|shorten|decreas)(?:s|es|ed|e|ing|ting)?\s+(?:the\s+|its\s+)?(?:[a-z-]+\s+)?(?:time|latency|runtime|duration)"
    r"\s+by\s+$",
    re.IGNORECASE,
)
"""What stands before a saving of time."""

Meaning = Literal["factor", "saving", "faster"]


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every factor of speed with the saving of time, or the share of speed, in apposition to it."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for left, right in pairwise(claims):
                if {left.unit, right.unit} != {"x", "percent"} or not SAME.match(between(record.text, left, right)):
                    continue
                factor, share = (left, right) if left.unit == "x" else (right, left)
                meaning = _meaning(record.text, share)
                if _meaning(record.text, factor) == "factor" and meaning in {"saving", "faster"}:
                    yield _judge(record, factor, share, faster=meaning == "faster")


def _meaning(text: str, claim: Claim) -> Meaning | None:
    """What a number says of time, by the words right beside it; None where they do not speak of time."""
    before, after = text[max(0, claim.start - 60) : claim.start], text[claim.end : claim.end + 60]
    if FASTER.match(after):
        return "factor" if claim.unit == "x" else "faster"
    return "saving" if claim.unit == "percent" and (LESS_TIME.match(after) or TIME_CUT.search(before)) else None


def _judge(record: Record, factor: Claim, share: Claim, *, faster: bool) -> Finding:
    """The outcome for one factor and one share of time, or of speed: "50% faster" is less time, or more speed."""
    pair = sorted((factor, share), key=lambda claim: claim.start)
    k, s = number(factor, record.text), number(share, record.text)
    whole = HUNDRED if not faster else INFINITY
    if k is None or s is None or {k.bound, s.bound} - {"exact", "about"} or not 0 < s.value < whole:
        return not_applicable(record, CHECK, LEVEL, pair, "a number is a range, in words or bounded")
    one, part = Interval(Decimal(1), Decimal(1)), s.robust.times(1 / HUNDRED)
    found, sums = [], []
    if s.value < HUNDRED:
        found.append(reading("factor of the saving", one.over(one.minus(part)), k.robust))
        sums.append((f"1 / (1 - {s.value:f} / 100)", 1 / (1 - s.value / 100)))
    if faster:
        found.append(reading("factor of the speed", one.plus(part), k.robust))
        sums.append((f"1 + {s.value:f} / 100", 1 + s.value / 100))
    numbers = sorted((k, s), key=lambda one: one.claim.start)
    if any(one.meets for one in found):
        message = f"{factor.number} and {share.number} say the same."
        return finding(record, CHECK, LEVEL, "pass", message, pair, numbers=numbers, computed=found)
    implied = " or ".join(f"{one.low:.3g} to {one.high:.3g}" for one in found)
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"{share.number} {'faster' if faster else 'of the time saved'} is a factor of {implied}, which does not meet "
        f"{factor.number}.",
        pair,
        numbers=numbers,
        computed=found,
        formula=f"{'; '.join(f'{term} = {value:.4g}' for term, value in sums)}; stated {stated(k)} (robust)",
        assumptions=["both are of one resource and against one rival"],
        alternatives=["the saving is of another part of the work"],
        verify=python(*(term for term, _ in sums)),
    )
