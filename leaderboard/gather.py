"""Records to papers with their claims: merge, parse, correct, normalise. What a build and a check begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leaderboard import corrections, parsing
from leaderboard.checks import Corpus
from leaderboard.corrections import Corrections
from leaderboard.errors import UnreadableSource
from leaderboard.merge import merge
from leaderboard.models import Claim, Correction, Paper, Rejection, Result
from leaderboard.normalise import paper_results
from leaderboard.reconcile import reconcile
from leaderboard.registry import Registry

if TYPE_CHECKING:
    from leaderboard.corrections import Plan

Watch = Callable[[Sequence[Paper]], Iterable[Paper]]
"""Passes papers on one by one, showing progress."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Distinct papers, their claims as rows of the table, what was set aside or corrected, and what the checks see.

    The registry of `corpus` has the aliases of the corrections.
    """

    papers: tuple[Paper, ...]
    results: tuple[Result, ...]
    rejections: tuple[Rejection, ...]
    corpus: Corpus
    corrections: tuple[Correction, ...] = ()


def gather(
    records: Iterable[Paper | Rejection],
    known: Registry,
    wanted: Corrections = corrections.NONE,
    *,
    min_confidence: float = 0.0,
    watch: Watch = iter,
) -> Gathered:
    """Merge records into papers, read their claims and correct them as is `wanted`.

    Raises `UnreadableSource` if no paper is among the records, `BadDataFile` if an alias does not fit the registry.
    """
    plan = corrections.plan(wanted, known) if wanted.entries else None
    known = plan.known if plan else known
    merged = merge(records)
    require_papers(merged.papers, merged.rejections)
    papers = tuple(sorted(merged.papers, key=lambda paper: paper.id))
    rejections = list(merged.rejections)
    claims: list[Claim] = []
    results: list[Result] = []
    changes: list[Correction] = []
    for paper in watch(papers):
        read, dropped, changed = _read(paper, known, plan)
        found, doubted = confident(read, paper, min_confidence)
        rows, unusable = paper_results(found, paper, known)
        claims += found
        results += rows
        rejections += (*dropped, *doubted, *unusable)
        changes += changed
    results.sort(key=lambda row: (row.paper_id, row.start, row.end, row.benchmark or ""))
    results = list(reconcile(results, known))
    versions = {
        key: [(paper, _read(paper, known, plan)[0]) for paper in others] for key, others in merged.versions.items()
    }
    corpus = Corpus.build(papers, claims, known, versions)
    if plan:
        changes += corrections.idle(plan, changes, papers)
    return Gathered(papers, tuple(results), tuple(rejections), corpus, tuple(changes))


def _read(
    paper: Paper, known: Registry, plan: Plan | None
) -> tuple[tuple[Claim, ...], tuple[Rejection, ...], tuple[Correction, ...]]:
    """The claims of a paper, corrected where there is a plan, with those that are dropped and what is changed."""
    claims = tuple(parsing.read(paper, known))
    if plan is None:
        return claims, (), ()
    corrected = corrections.correct(claims, paper, plan)
    return corrected.claims, corrected.dropped, corrected.changes


def confident(claims: Iterable[Claim], paper: Paper, least: float) -> tuple[list[Claim], list[Rejection]]:
    """Claims with at least the confidence asked for, and the others as rejections."""
    kept: list[Claim] = []
    doubted: list[Rejection] = []
    for claim in claims:
        if claim.confidence >= least:
            kept.append(claim)
            continue
        reason = f"its confidence, {claim.confidence:.2f}, is below {least:g}"
        place = (paper.source, paper.record, paper.id)
        doubted.append(Rejection("normalise", *place, reason, claim.number[:200], claim.start, claim.end))
    return kept, doubted


def require_papers(papers: Sequence[Paper], rejections: Sequence[Rejection]) -> None:
    """Raise `UnreadableSource` with the first reason if all records were set aside."""
    if not papers and rejections:
        first = rejections[0]
        problem = f"{first.reason}; none of {len(rejections)} record(s) can be used"
        raise UnreadableSource(first.source, problem, "give at least one title with its abstract", first.record)
