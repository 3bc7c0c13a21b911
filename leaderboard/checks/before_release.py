"""A score in a paper that is older than the benchmark it is said to be on.

Caught: 2016: Owl reaches 61.3% accuracy on ToyChoice.
Allowed: 2021: Owl reaches 61.3% accuracy on ToyChoice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from leaderboard.checks._corpus import Corpus, Record, days
from leaderboard.checks._findings import finding
from leaderboard.models import Benchmark, Claim, Finding, Level

LEVEL: Level = "note"
TITLE = "before its benchmark"

CHECK = "before_release"

GRACE = dt.timedelta(days=365)
"""How long before its own paper or release a benchmark may have been known to others, by a page or a workshop."""


def find(corpus: Corpus) -> Iterator[Finding]:
    """Compare the date of every paper with the release of each benchmark that its claims are on."""
    for record in corpus.records.values():
        span = days(record.paper.date)
        if span is None:
            continue
        seen: set[str] = set()
        for claim in record.claims:
            for name in claim.benchmarks:
                known = corpus.registry.benchmarks.get(name)
                if known is not None and known.released is not None and name not in seen:
                    seen.add(name)
                    yield from _judge(record, claim, known, span[1])


def _judge(record: Record, claim: Claim, known: Benchmark, day: dt.date) -> Iterator[Finding]:
    """The outcome for one paper and one benchmark."""
    released = days(known.released)
    if released is None:
        return
    if day + GRACE >= released[0]:
        message = f"{known.name} is not younger than the paper."
        yield finding(record, CHECK, LEVEL, "pass", message, [claim], origin="pipeline")
        return
    mention = dict(zip(claim.benchmarks, claim.benchmark_mentions, strict=False)).get(known.name, known.name)
    yield finding(
        record,
        CHECK,
        LEVEL,
        "fail",
        f"Hint: the paper is of {record.paper.date} and {known.name}, as which {mention!r} was read, of "
        f"{known.released}: the two differ, so that the name may mean another benchmark.",
        [claim],
        origin="pipeline",
        formula=f"{released[0]} - {day} = {(released[0] - day).days} days, more than {GRACE.days} days of grace",
        assumptions=["the date is that of the abstract as it stands"],
        alternatives=["the abstract was revised after the date", f"{mention!r} is another, older data set"],
        verify=f'python -c "from datetime import date; print(({_call(released[0])} - {_call(day)}).days)"',
    )


def _call(day: dt.date) -> str:
    """A day as Python writes it."""
    return f"date({day.year}, {day.month}, {day.day})"
