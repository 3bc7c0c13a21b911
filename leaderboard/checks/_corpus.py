"""What the checks look at: papers, their claims in reading order, other records of the same paper, the registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from leaderboard.models import Claim, Metric, Paper
from leaderboard.registry import Registry


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

    def sentences(self) -> Iterator[tuple[Claim, ...]]:
        """The claims of one sentence at a time."""
        for _, group in groupby(self.claims, key=lambda claim: claim.sentence_start):
            yield tuple(group)


@dataclass(frozen=True, slots=True)
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

    @property
    def claim_count(self) -> int:
        """The number of claims of all distinct papers."""
        return sum(len(record.claims) for record in self.records.values())


def _record(paper: Paper, claims: Iterable[Claim]) -> Record:
    """A record with its claims in the order of the text."""
    return Record(paper, tuple(sorted(claims, key=lambda claim: (claim.start, claim.end))))
