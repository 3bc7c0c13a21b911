"""One quantity printed twice with two words of magnitude, such as 7B and 7 million.

Caught: We train on 1.3M images (1.3 billion).
Allowed: The model has 1.3B (1,300M) parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, plain, python, stated
from leaderboard.checks._intervals import number, reading
from leaderboard.checks._links import between
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "warning"
TITLE = "word of magnitude"

CHECK = "magnitude_word"

SAME = re.compile(
    r"^[\s$}\\-]*(?:(?P<noun>[a-z]+)\s*)?(?:\(\s*(?:i\.e\.,?|or)?|,\s*(?:i\.e\.,?|or))\s*[$~]*$",
    re.IGNORECASE,
)
"""What stands between two ways to print one quantity: at most its noun, then a bracket or "i.e."."""

CLOSED = re.compile(r"^[\s$}\\-]*(?:(?P<noun>[a-z]+)\s*)?[),.]", re.IGNORECASE)
"""What follows the second way: at most the noun again, then the bracket or the end."""

MAGNITUDE = re.compile(r"[KMBT]\b|thousand|million|billion|trillion", re.IGNORECASE)
"""A word or letter of magnitude in a printed number."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare every two sizes in apposition."""
    for record in corpus.records.values():
        for left, right in pairwise(record.claims):
            if left.kind == right.kind == "size" and left.sentence_start == right.sentence_start:
                noun = _apposed(record.text, left, right)
                if noun is not None:
                    yield _judge(record, left, right)


def _apposed(text: str, left: Claim, right: Claim) -> str | None:
    """The noun of two sizes of which the second repeats the first, or None; different nouns are different things."""
    gap, after = SAME.match(between(text, left, right)), CLOSED.match(text[right.end : right.end + 30])
    if gap is None or after is None or not (MAGNITUDE.search(left.number) and MAGNITUDE.search(right.number)):
        return None
    nouns = {match["noun"].casefold() for match in (gap, after) if match["noun"]}
    return ("".join(nouns) or "things") if len(nouns) < 2 else None


def _judge(record: Record, left: Claim, right: Claim) -> Finding:
    """The outcome for two sizes in apposition."""
    pair = [left, right]
    a, b = number(left, record.text), number(right, record.text)
    if a is None or b is None or {a.bound, b.bound} - {"exact", "about"} or left.unit != right.unit:
        return not_applicable(record, CHECK, LEVEL, pair, "a number is a range, bounded, or of another unit")
    found = [reading("same quantity", a.robust, b.robust)]
    if found[0].meets:
        message = f"{left.number} and {right.number} are one quantity."
        return finding(record, CHECK, LEVEL, "pass", message, pair, numbers=[a, b], computed=found)
    if a.value.normalize().as_tuple().digits != b.value.normalize().as_tuple().digits or not _thousands(
        a.value, b.value
    ):
        return not_applicable(record, CHECK, LEVEL, pair, "the two do not differ by their words of magnitude alone")
    low, high = plain(*sorted((a.value, b.value)))
    return finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"{left.number} and {right.number} have the same digits and differ in magnitude.",
        pair,
        numbers=[a, b],
        computed=found,
        formula=f"{high} / {low} = {Decimal(high) / Decimal(low):f}; {stated(a)}, {stated(b)} (robust)",
        assumptions=["the second number repeats the first"],
        alternatives=["the two are counts of different things"],
        verify=python(f"{high} / {low}"),
    )


def _thousands(one: Decimal, other: Decimal) -> bool:
    """Whether two values are thousands, millions or billions of times apart: one word of magnitude for another."""
    return (one.adjusted() - other.adjusted()) % 3 == 0
