"""What the checks look at: papers, their claims in reading order, other records of the same paper, the registry.

Checks across papers look at *cells*: all scores of one metric on one benchmark under the same stated conditions.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby

from leaderboard.models import Claim, Metric, Paper
from leaderboard.normalise import scale_of
from leaderboard.registry import Registry, key

SURE = 0.5
"""The least confidence of a claim that is set against claims of other papers, or against the noise of a test set."""

PROPOSED = re.compile(r"\b(?:propose|present|introduce)s?\s+(?:the\s+)?")
"""What stands before the name of a system that a paper proposes."""

GOES_ON = re.compile(r"[\w-]")
"""What behind a name makes it a longer one."""


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as one source gave it, with the claims read from it, in the order of the text."""

    paper: Paper
    claims: tuple[Claim, ...] = ()

    @property
    def text(self) -> str:
        """The abstract that the claims' spans index."""
        return self.paper.abstract

    def sentence(self, claim: Claim) -> str:
        """The sentence that holds the claim, as it stands in the abstract."""
        return self.text[claim.sentence_start : claim.sentence_end]

    def proposes(self, name: str) -> bool:
        """Whether the title begins with a system's name and a colon, or the abstract says that it proposes that."""
        head, colon, _ = self.paper.title.partition(":")
        if colon and key(head) == key(name):
            return True
        return name in self.text and any(
            self.text.startswith(name, match.end()) and not GOES_ON.match(self.text, match.end() + len(name))
            for match in PROPOSED.finditer(self.text)
        )

    def sentences(self) -> Iterator[tuple[Claim, ...]]:
        """The claims of one sentence at a time."""
        for _, group in groupby(self.claims, key=lambda claim: claim.sentence_start):
            yield tuple(group)


@dataclass(frozen=True, slots=True)
class Cell:
    """What makes scores comparable: benchmark, metric, and the conditions that are stated with them."""

    benchmark: str
    metric: str
    setting: tuple[str, ...]

    @property
    def words(self) -> str:
        """The cell in words, for a message."""
        return f"{self.metric} on {self.benchmark} ({', '.join(self.setting) or 'no conditions stated'})"


@dataclass(frozen=True, slots=True)
class Entry:
    """One score in its cell, on the metric's canonical scale; `half` is half a unit of its last printed digit there."""

    record: Record
    claim: Claim
    score: float
    half: float

    def apart(self, other: Entry) -> float:
        """How far the robust intervals of two scores are apart; zero or less where they meet."""
        return abs(self.score - other.score) - 2 * (self.half + other.half) - ROUNDING

    def above(self, other: Entry, *, up: bool) -> bool:
        """Whether this score is the better one, whatever the rounding."""
        return self.apart(other) > 0 and (self.score > other.score) == up


ROUNDING = 1e-9
"""What binary fractions may add to a sum of decimal ones."""


@dataclass(frozen=True)
class Corpus:
    """All that a run of the checks sees.

    `records` holds each distinct paper once, by its id; `versions` holds, by the same id, further records of that
    paper: the same paper from another source, or a later version, with the claims read from them. `registry` says what
    is known of metrics and benchmarks.
    """

    records: Mapping[str, Record]
    registry: Registry
    versions: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)

    @classmethod
    def build(
        cls,
        papers: Iterable[Paper],
        claims: Iterable[Claim],
        registry: Registry,
        versions: Mapping[str, Iterable[tuple[Paper, Iterable[Claim]]]] | None = None,
    ) -> Corpus:
        """Group `claims` by their paper and sort them by place; claims of no known paper are left out.

        `versions` maps the id of a paper in `papers` to the other records of it. Time is linear in the claims,
        but for the sorting inside one abstract.
        """
        by_paper: dict[str, list[Claim]] = {}
        for claim in claims:
            by_paper.setdefault(claim.paper_id, []).append(claim)
        records = {paper.id: _record(paper, by_paper.get(paper.id, ())) for paper in papers}
        others = {
            paper_id: tuple(_record(paper, found) for paper, found in group)
            for paper_id, group in (versions or {}).items()
            if paper_id in records
        }
        return cls(records, registry, others)

    def metric(self, claim: Claim) -> Metric | None:
        """What is known of the claim's metric, or None."""
        return self.registry.metrics.get(claim.metric) if claim.metric is not None else None

    @cached_property
    def cells(self) -> Mapping[Cell, Sequence[Entry]]:
        """The exact scores of known metrics on one benchmark each, by cell, in the order of papers' ids."""
        found: dict[tuple[str, str | None, tuple[str, ...]], list[Entry]] = {}
        for record in self.in_order():
            for claim in record.claims:
                entry = self._entry(record, claim)
                if entry is not None:
                    found.setdefault((claim.benchmarks[0], claim.metric, claim.setting), []).append(entry)
        return {
            Cell(benchmark, metric, setting): entries
            for (benchmark, metric, setting), entries in found.items()
            if metric is not None
        }

    def in_order(self) -> Iterable[Record]:
        """The records sorted by the ids of their papers, so that the order of the input decides nothing."""
        return [self.records[paper_id] for paper_id in sorted(self.records)]

    def _entry(self, record: Record, claim: Claim) -> Entry | None:
        """A claim as an entry of its cell, or None if it is not comparable or not sure."""
        if claim.kind != "score" or len(claim.benchmarks) != 1 or claim.bound != "exact" or claim.confidence < SURE:
            return None
        metric = self.metric(claim)
        if metric is None or claim.value_high is not None or claim.half_width is None:
            return None
        scale = scale_of(claim.kind, claim.value, claim.unit, claim.direction, metric)
        if isinstance(scale, str) or scale.reciprocal:
            return None
        return Entry(record, claim, scale.apply(claim.value), abs(scale.factor) * claim.half_width)

    @property
    def claim_count(self) -> int:
        """The number of claims of all distinct papers."""
        return sum(len(record.claims) for record in self.records.values())


@lru_cache(maxsize=4096)
def days(date: str | None) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that a date of a year, a month or a day may mean; None for no date or no such day."""
    try:
        parts = [int(part) for part in (date or "").split("-")]
        year, month, day = (*parts, None, None)[:3]
        if year is None:
            return None
        last = month or 12
        first_day = dt.date(year, month or 1, day or 1)
        return first_day, dt.date(year, last, day or calendar.monthrange(year, last)[1])
    except ValueError:
        return None


def _record(paper: Paper, claims: Iterable[Claim]) -> Record:
    """A record with its claims in the order of the text."""
    return Record(paper, tuple(sorted(claims, key=lambda claim: (claim.start, claim.end))))
