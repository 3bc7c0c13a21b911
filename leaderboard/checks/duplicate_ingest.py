"""One paper that came in twice with different numbers in the same place.

Caught: ToyNet reaches 64.8% accuracy on ToySent. || ToyNet reaches 6.48% accuracy on ToySent.
Allowed: ToyNet reaches 64.8% accuracy on ToySent. || ToyNet reaches 64.8% accuracy on ToySent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from leaderboard.checks._corpus import Corpus, Record
from leaderboard.checks._findings import finding, not_applicable, python, version
from leaderboard.checks._intervals import INFINITY, Interval, number, reading
from leaderboard.models import Claim, Finding, Level

LEVEL: Level = "error"
TITLE = "same paper, different numbers"

CHECK = "duplicate_ingest"

ANY_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
"""A number, blanked when two texts are compared word by word."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Lay the claims of every further record of a paper beside those of the first."""
    for paper_id, others in corpus.versions.items():
        first = corpus.records[paper_id]
        for other in others:
            yield from _compare(first, other)


def _compare(first: Record, other: Record) -> Iterator[Finding]:
    """The outcome for each pair of claims that stand in the same place of two records."""
    same = _same_version(first, other)
    level: Level = "error" if same else "note"
    pairs = _pairs(first, other)
    if not pairs:
        if first.claims and other.claims:
            yield not_applicable(first, CHECK, level, first.claims[:1], "the two records share no cell")
        return
    for left, right in pairs:
        if (left.value, left.value_high) == (right.value, right.value_high):
            yield _pair(first, other, (left, right), level, "")
            continue
        when = "one version was read with two values" if same else "changed between versions"
        yield _pair(first, other, (left, right), level, when)


def _pair(first: Record, other: Record, pair: tuple[Claim, Claim], level: Level, when: str) -> Finding:
    """A finding on two claims of two records; `when` says how they came to differ (empty: they agree)."""
    left, right = pair
    message = f"Both records say {left.number}."
    if when:
        message = f"Hint: this table holds {left.number} and {right.number} in one place of one paper; {when}."
    a, b = number(left, first.text), number(right, other.text)
    whole = Interval(-INFINITY, INFINITY)
    theirs = finding(other, CHECK, level, "pass", "", [right], numbers=[b] if b else ())
    return finding(
        first,
        CHECK,
        level,
        "fail" if when else "pass",
        message,
        [left],
        numbers=[a] if a else (),
        more=theirs.operands,
        computed=[reading("other record", b.robust if b else whole, a.robust if a else whole)] if a and b else (),
        origin="pipeline" if level == "error" else "paper",
        formula=_formula(first, other, pair) if when else "",
        assumptions=["both records are of one paper"],
        alternatives=["the records are of two papers with one name", "one source has damaged the text"],
        verify=python(_sum(left, right)) if when else "",
    )


def _sum(left: Claim, right: Claim) -> str:
    """The difference of two values, of their upper ends where the lower ones agree."""
    values = left.value, right.value
    if values[0] == values[1]:
        values = (left.value_high or 0.0), (right.value_high or 0.0)
    return " - ".join(f"{Decimal(str(value)):f}" for value in values)


def _formula(first: Record, other: Record, pair: tuple[Claim, Claim]) -> str:
    """The difference as a sum, and where each number stands."""
    left, right = pair
    term = _sum(left, right)
    minuend, _, subtrahend = term.partition(" - ")
    rest = Decimal(minuend) - Decimal(subtrahend)
    return f"{term} = {rest:f}; {left.number} in {_source(first)}, {right.number} in {_source(other)}"


def _source(record: Record) -> str:
    """Where a record came from."""
    paper = record.paper
    return f"record {paper.record} of {paper.source}" if paper.source else f"the record {paper.id}"


def _same_version(first: Record, other: Record) -> bool:
    """Whether nothing says that the records are different versions: neither their addresses nor their dates."""
    versions = [version(record.paper.url) or version(record.paper.id) for record in (first, other)]
    dates = [record.paper.date for record in (first, other)]
    return versions[0] == versions[1] and (None in dates or dates[0] == dates[1])


def _pairs(first: Record, other: Record) -> list[tuple[Claim, Claim]]:
    """Claims in the same place: at the same words where only numbers differ, else in the same unique cell."""
    if _words(first.text) == _words(other.text) and len(first.claims) == len(other.claims):
        return list(zip(first.claims, other.claims, strict=True))
    ours, theirs = _cells(first.claims), _cells(other.claims)
    return [(ours[key], theirs[key]) for key in ours if key in theirs]


def _words(text: str) -> str:
    """The words of a text, its numbers blanked."""
    return " ".join(ANY_NUMBER.sub("#", text).casefold().split())


def _cells(claims: Sequence[Claim]) -> dict[tuple[object, ...], Claim]:
    """The claims that are alone in their cell."""
    keyed = [
        ((c.kind, c.metric, c.benchmarks, c.role, c.unit, c.setting), c)
        for c in claims
        if c.metric is not None or c.benchmarks
    ]
    count = Counter(key for key, _ in keyed)
    return {key: claim for key, claim in keyed if count[key] == 1}
