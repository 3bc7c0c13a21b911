"""One paper's claims against its annotations: which belong together, and what of each is right.

A claim and an annotation belong together if their numbers overlap, one to one, the largest overlap first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaderboard.evaluation.annotations import Annotation, Placed
from leaderboard.evaluation.equivalents import Equivalents, same_data_sets, same_system
from leaderboard.models import Claim

FIELDS = ("kind", "value", "unit", "metric", "benchmarks", "subject", "role", "direction", "bound")
"""The fields that are compared."""

WHOLE = ("kind", "value", "unit", "metric", "benchmarks", "direction")
"""The fields that must all be right for the whole claim to be right."""

ROW = ("value", "metric", "benchmarks")
"""The fields that must be right for the rows that a score gives to boards."""

OPTIONAL = ("metric", "subject", "direction")
"""Fields that count only where the annotation states them."""

TOLERANCE = 1e-6
"""By how much a value may differ, as a share of the annotated one (of 1 for smaller ones)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotation with the claim that was made of its number, and which of its fields are right.

    `fields` holds only those that count. `whole` says that all of `WHOLE` are right, `rows` how many rows of boards
    are.
    """

    wanted: Placed
    claim: Claim
    fields: Mapping[str, bool]
    whole: bool
    rows: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """One paper: the pairs in the order of their overlap, and what has no partner."""

    paper_id: str
    pairs: tuple[Pair, ...]
    missed: tuple[Placed, ...]
    invented: tuple[Claim, ...]


def judge(paper_id: str, wanted: Sequence[Placed], claims: Sequence[Claim], same: Equivalents) -> Judgement:
    """Pair the claims of a paper with its annotations and compare each pair."""
    partners = _partners(wanted, claims)
    taken = {w for w, _ in partners}, {c for _, c in partners}
    return Judgement(
        paper_id,
        tuple(_compare(wanted[w], claims[c], same) for w, c in partners),
        tuple(one for w, one in enumerate(wanted) if w not in taken[0]),
        tuple(one for c, one in enumerate(claims) if c not in taken[1]),
    )


def _partners(wanted: Sequence[Placed], claims: Sequence[Claim]) -> list[tuple[int, int]]:
    """Indices of annotations and claims that belong together: larger overlap, nearer start, earlier place first."""
    candidates = sorted(
        (-overlap, abs(one.start - claim.start), w, c)
        for w, one in enumerate(wanted)
        for c, claim in enumerate(claims)
        if (overlap := min(one.end, claim.end) - max(one.start, claim.start)) > 0
    )
    left, right = set(range(len(wanted))), set(range(len(claims)))
    partners = []
    for _, _, w, c in candidates:
        if w in left and c in right:
            left.remove(w)
            right.remove(c)
            partners.append((w, c))
    return partners


def _compare(placed: Placed, claim: Claim, same: Equivalents) -> Pair:
    wanted = placed.annotation
    right = {
        "kind": claim.kind == wanted.kind,
        "value": _close(wanted.value, claim.value) and _close(wanted.value_high, claim.value_high),
        "unit": same.same_unit(wanted.unit, claim.unit, wanted.kind),
        "metric": same.same_metric(wanted.metric, claim.metric),
        "benchmarks": same_data_sets(wanted.benchmarks, claim.benchmarks, claim.benchmark_mentions),
        "subject": same_system(wanted.subject, claim.subject),
        "role": claim.role == wanted.role,
        "direction": wanted.direction in (None, claim.direction),
        "bound": claim.bound == wanted.bound,
    }
    on_boards = wanted.kind == claim.kind == "score" and all(right[field] for field in ROW)
    return Pair(
        placed,
        claim,
        {field: right[field] for field in FIELDS if field not in OPTIONAL or getattr(wanted, field) is not None},
        all(right[field] for field in WHOLE),
        board_rows(wanted) if on_boards else 0,
    )


def board_rows(one: Annotation | Claim) -> int:
    """How many rows a claim gives to the boards of scores: one for every data set that a score names."""
    return len(one.benchmarks) if one.kind == "score" else 0


def _close(wanted: float | None, given: float | None) -> bool:
    if wanted is None or given is None:
        return wanted is given
    return abs(wanted - given) <= TOLERANCE * max(1.0, abs(wanted))
