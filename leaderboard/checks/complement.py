"""An accuracy and an error that belong together and do not add up to the whole.

Caught: The parser has 96.8% accuracy (4.2% error) on ToyTags.
Allowed: The parser has 96.8% accuracy (3.2% error) on ToyTags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, stated
from leaderboard.checks._intervals import HUNDRED, Interval, limited, number
from leaderboard.checks._links import between
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "error"
TITLE = "accuracy and error"

CHECK = "complement"

APPOSED = re.compile(
    r"^[\s%\w-]{0,25}(?:\(|,?\s*i\.e\.,?|,?\s*or\s|,?\s*corresponding\s+to|,?\s*equivalent(?:ly)?(?:\s+to)?)\s*(?:an?\s+)?"
    r"[a-z@ -]{0,25}$",
    re.IGNORECASE,
)
"""What stands between two numbers that say the same thing twice."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Add up every accuracy and error in apposition."""
    for record in corpus.records.values():
        for claims in record.sentences():
            for left, right in pairwise(claims):
                if left.kind == right.kind == "score" and _complementary(left, right):
                    yield from _judge(record, left, right)


def _complementary(left: Claim, right: Claim) -> bool:
    """Whether one is an accuracy and the other the error of the same kind ("top-5 accuracy" and "top-5 error")."""
    names = sorted((re.sub(r"\s*rate$", "", claim.metric or "") for claim in (left, right)), key=len)
    heads = {name.removesuffix("error").removesuffix("accuracy").strip() for name in names}
    ends = {"accuracy" if name.endswith("accuracy") else "error" if name.endswith("error") else "" for name in names}
    return ends == {"accuracy", "error"} and (len(heads) == 1 or "" in heads)


def _judge(record: Record, left: Claim, right: Claim) -> Iterator[Finding]:
    """The outcome for one pair; nothing where the two do not stand in apposition."""
    pair = [left, right]
    if not APPOSED.match(between(record.text, left, right)):
        return
    if left.unit != right.unit or left.setting != right.setting or left.unit not in {"percent", "none"}:
        yield not_applicable(record, CHECK, LEVEL, pair, "the two have different units or settings")
        return
    a, b = number(left, record.text), number(right, record.text)
    if a is None or b is None or {a.bound, b.bound} != {"exact"}:
        yield not_applicable(record, CHECK, LEVEL, pair, "a number is a range, in words or bounded")
        return
    whole = Decimal(1) if left.unit == "none" and a.value + b.value <= 2 else HUNDRED
    total = a.robust.plus(b.robust)
    one = limited("sum", total, Interval(whole, whole))
    if one.meets:
        message = f"{left.number} and {right.number} add up."
        yield finding(record, CHECK, LEVEL, "pass", message, pair, numbers=[a, b], computed=[one])
        return
    yield finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"The sum of {left.number} ({left.metric}) and {right.number} ({right.metric}) differs from {whole}: "
        f"{a.value + b.value:f}.",
        pair,
        numbers=[a, b],
        computed=[one],
        formula=f"{a.value:f} + {b.value:f} = {a.value + b.value:f}; {stated(a)}, {stated(b)} (robust)",
        assumptions=["both numbers are of one system on one test set"],
        alternatives=["the second number is another kind of error"],
        verify=python(f"{a.value:f} + {b.value:f}"),
    )
