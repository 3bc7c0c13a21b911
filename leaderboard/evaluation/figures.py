"""The figures of an evaluation: how much is found and right, with intervals, and how far confidence can be trusted."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from leaderboard.evaluation.annotations import Placed
from leaderboard.evaluation.equivalents import Equivalents, load
from leaderboard.evaluation.judgement import FIELDS, Judgement, Pair, board_rows, judge
from leaderboard.evaluation.mistakes import Mistake, mistakes
from leaderboard.models import Claim, Kind

KINDS: tuple[Kind, ...] = ("score", "change", "ratio", "size")
"""The kinds of claims."""

LEVELS = ("found", "kind", "claim", "board")
"""What is counted, from the easiest: the number is found; its kind is right too; the whole claim is; board rows are."""

SAMPLES, TAIL = 300, 0.05
"""How often papers are drawn again for an interval, and the share of the draws outside it on either side."""

BINS = 10
"""Bins of equal width in which confidence is compared with the share of claims that are right."""


@dataclass(frozen=True, slots=True)
class Share:
    """`right` out of `of`."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share between 0 and 1; 0 where there is nothing."""
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are right, how many were given, how many are wanted; counts of several papers add up."""

    right: int = 0
    given: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """The share of what was given that is right, between 0 and 1; 0 where nothing was given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """The share of what is wanted that was given right, between 0 and 1; 0 where nothing is wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing is right."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.right else 0.0


Interval = tuple[float, float]
"""The lower and the upper end of a 90% interval."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Counts with the intervals that drawing the papers again gives."""

    counts: Counts
    precision_90: Interval
    recall_90: Interval
    f1_90: Interval


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims whose confidence is from `low` up to `high` (the last bin includes 1).

    `confidence` is its mean over them, `whole` how many of them are right.
    """

    low: float
    high: float
    confidence: float
    whole: Share


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What comparing claims with annotations gives.

    `levels` are the headline figures by the names of `LEVELS`; `fields` the share right of the claims found, by field;
    `kinds` whole claims by kind; `rules` the share of whole claims right among those that each rule gave evidence for.
    `calibration_error` is the expected calibration error over `bins`: the mean distance of confidence and share right,
    weighted by claims. `mistakes` come worst first.
    """

    papers: int
    annotated: int
    predicted: int
    levels: Mapping[str, Figure]
    fields: Mapping[str, Share]
    kinds: Mapping[Kind, Counts]
    rules: Mapping[str, Share]
    bins: tuple[Bin, ...]
    calibration_error: float
    mistakes: tuple[Mistake, ...]


def evaluate(
    wanted: Mapping[str, Sequence[Placed]],
    claims: Iterable[Claim],
    abstracts: Mapping[str, str] | None = None,
    same: Equivalents | None = None,
) -> Evaluation:
    """Compare claims with the annotations of the papers in `wanted`; claims of other papers do not count.

    `abstracts` by paper give the mistakes their words; `same` says which spellings are one (by default those under
    `data/`).
    """
    by_paper: dict[str, list[Claim]] = {paper: [] for paper in wanted}
    for claim in claims:
        if claim.paper_id in by_paper:
            by_paper[claim.paper_id].append(claim)
    same = same or load()
    judgements = [judge(paper, wanted[paper], found, same) for paper, found in by_paper.items()]
    tallies = [_tally(one) for one in judgements]
    sums = _sum(tallies)
    given = sorted(
        (outcome for one in judgements for outcome in _outcomes(one)), key=lambda outcome: outcome[0].confidence
    )
    bins = tuple(reliability([(claim.confidence, whole) for claim, whole in given]))
    return Evaluation(
        papers=len(judgements),
        annotated=sums[0].wanted,
        predicted=sums[0].given,
        levels=dict(zip(LEVELS, _figures(tallies), strict=True)),
        fields=_fields(pair for one in judgements for pair in one.pairs),
        kinds={kind: _of_kind(judgements, kind) for kind in KINDS},
        rules=_rules(given),
        bins=bins,
        calibration_error=calibration_error(bins),
        mistakes=mistakes(judgements, abstracts or {}),
    )


def _outcomes(one: Judgement) -> Iterator[tuple[Claim, bool]]:
    """Every claim of a paper, and whether the whole of it is right."""
    yield from ((pair.claim, pair.whole) for pair in one.pairs)
    yield from ((claim, False) for claim in one.invented)


Tally = tuple[Counts, ...]
"""The counts of one paper at each of `LEVELS`."""


def _tally(one: Judgement) -> Tally:
    given, wanted = len(one.pairs) + len(one.invented), len(one.pairs) + len(one.missed)
    claims = [*(pair.claim for pair in one.pairs), *one.invented]
    annotations = [*(pair.wanted for pair in one.pairs), *one.missed]
    return (
        Counts(len(one.pairs), given, wanted),
        Counts(sum(pair.fields["kind"] for pair in one.pairs), given, wanted),
        Counts(sum(pair.whole for pair in one.pairs), given, wanted),
        Counts(
            sum(pair.rows for pair in one.pairs),
            sum(map(board_rows, claims)),
            sum(board_rows(placed.annotation) for placed in annotations),
        ),
    )


def _sum(tallies: Sequence[Tally]) -> Tally:
    """The counts of all papers together."""
    return tuple(
        Counts(sum(c.right for c in column), sum(c.given for c in column), sum(c.wanted for c in column))
        for column in zip(*tallies, strict=True)
    )


def _figures(tallies: Sequence[Tally]) -> Iterator[Figure]:
    """The figures at each level; the draws start from a fixed seed, so that they are the same every time."""
    draw = random.Random(0)  # noqa: S311 - no secret depends on it
    samples = [_sum([draw.choice(tallies) for _ in tallies]) for _ in range(SAMPLES)]
    for level, counts in enumerate(_sum(tallies)):
        drawn = [sample[level] for sample in samples]
        yield Figure(
            counts,
            _interval([one.precision for one in drawn]),
            _interval([one.recall for one in drawn]),
            _interval([one.f1 for one in drawn]),
        )


def _interval(values: Sequence[float]) -> Interval:
    ordered, out = sorted(values), int(TAIL * len(values))
    return ordered[out], ordered[-1 - out]


def _fields(pairs: Iterable[Pair]) -> dict[str, Share]:
    """The share right of each field that at least one annotation states."""
    right, of = dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0)
    for pair in pairs:
        for field, good in pair.fields.items():
            right[field] += good
            of[field] += 1
    return {field: Share(right[field], of[field]) for field in FIELDS if of[field]}


def _of_kind(judgements: Sequence[Judgement], kind: Kind) -> Counts:
    pairs = [pair for one in judgements for pair in one.pairs]
    return Counts(
        sum(pair.whole and pair.claim.kind == kind for pair in pairs),
        sum(pair.claim.kind == kind for pair in pairs)
        + sum(claim.kind == kind for one in judgements for claim in one.invented),
        sum(pair.wanted.annotation.kind == kind for pair in pairs)
        + sum(placed.annotation.kind == kind for one in judgements for placed in one.missed),
    )


def _rules(given: Sequence[tuple[Claim, bool]]) -> dict[str, Share]:
    """The share of whole claims right by rule, the rule with most claims first."""
    outcomes: dict[str, list[bool]] = {}
    for claim, whole in given:
        outcomes.setdefault(claim.rule, []).append(whole)
    ordered = sorted(outcomes.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return {rule: Share(sum(good), len(good)) for rule, good in ordered}


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: the mean distance of confidence and share right, weighted by claims."""
    return sum(abs(one.confidence - one.whole.value) * one.whole.of for one in bins) / max(
        1, sum(one.whole.of for one in bins)
    )


def reliability(given: Sequence[tuple[float, bool]]) -> Iterator[Bin]:
    """Claims, each with its confidence and whether it is right, in bins of equal width; empty bins too."""
    for low, high in pairwise(step / BINS for step in range(BINS + 1)):
        inside = [one for one in given if min(int(one[0] * BINS), BINS - 1) == round(low * BINS)]
        mean = sum(confidence for confidence, _ in inside) / len(inside) if inside else 0.0
        yield Bin(low, high, mean, Share(sum(whole for _, whole in inside), len(inside)))
