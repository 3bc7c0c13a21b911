"""Results to results: on which scale a bare number is printed, decided from the metric and all rows of its board.

A bare 0.8 of an error rate may be a percentage or a fraction, a bare 1 of accuracy 1% or the whole: what the same paper
prints for the metric decides, else the other rows of the benchmark, where one reading stands among them and the other
far off. A row whose number fits the others only after a move by a factor of 100 is odd: its value stays as printed, it
has no score, and `scale_note` says so. Nothing is moved onto the scale of the others in silence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from leaderboard.models import Metric, PrintedScale, Result
from leaderboard.normalise import NUMBER_ONLY, Scale, scale_of
from leaderboard.registry import Registry

FEWEST = 3
"""Rows of other papers that it takes to say on which scale a board is printed."""

FAR = 10.0
"""By how much further from the other rows the wrong reading must be than the right one."""

ROOM = 2.0
"""A number within this factor of the other rows of its board is not odd."""

Key = tuple[str, str]


def reconcile(results: Iterable[Result], registry: Registry) -> tuple[Result, ...]:
    """The same rows in the same order, scores of bare numbers settled or withdrawn by their boards."""
    rows = list(results)
    boards: dict[Key, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.kind == "score" and row.benchmark is not None and row.metric is not None:
            boards[row.benchmark, row.metric].append(place)
    for (_, name), places in boards.items():
        metric = registry.metric(name)
        if metric is not None and metric.unit in NUMBER_ONLY:
            group = [rows[place] for place in places]
            for place, row in zip(places, _board(group, metric), strict=True):
                rows[place] = row
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Others:
    """What a board says about a row: scores by size with their papers, and how each paper prints bare numbers."""

    scores: tuple[tuple[float, str], ...]
    of_paper: Mapping[str, int]
    printed: Mapping[str, frozenset[PrintedScale | None]]

    @classmethod
    def of(cls, group: Sequence[Result]) -> _Others:
        """What these rows say."""
        scored = [row for row in group if row.score is not None]
        printed: dict[str, set[PrintedScale | None]] = defaultdict(set)
        for row in scored:
            if row.unit == "none":
                printed[row.paper_id].add(row.printed_scale)
        return cls(
            tuple(sorted((row.score or 0.0, row.paper_id) for row in scored)),
            Counter(row.paper_id for row in scored),
            {paper: frozenset(ways) for paper, ways in printed.items()},
        )

    def span(self, paper: str) -> tuple[float, float] | None:
        """Lowest and highest score that other papers report, if enough do."""
        if len(self.scores) - self.of_paper.get(paper, 0) < FEWEST:
            return None
        low = next(score for score, other in self.scores if other != paper)
        high = next(score for score, other in reversed(self.scores) if other != paper)
        return low, high


def _board(group: Sequence[Result], metric: Metric) -> list[Result]:
    """The rows of one board, settled first, then searched for odd ones."""
    others = _Others.of(group)
    settled = [_settled(row, others, metric) for row in group]
    others = _Others.of(settled)
    return [_marked(row, others) for row in settled]


def _settled(row: Result, others: _Others, metric: Metric) -> Result:
    """A row that may be on two scales, on the one that its paper or its board speaks for."""
    readings = _readings(row, metric)
    if row.score is not None or not readings:
        return row
    printed = _of_paper(row, others) or _of_board(row, others, readings)
    if printed is None:
        return row
    note = f"read as a {'fraction' if printed == 'fraction' else 'percentage'}, like the other rows"
    return replace(row, score=readings[printed], printed_scale=printed, scale_note=note)


def _readings(row: Result, metric: Metric) -> dict[PrintedScale, float]:
    """The scores that a bare number means on either scale; none where the number is unambiguous."""
    if row.unit != "none" or not {"fraction", "percent"} <= set(metric.scales) or abs(row.value) > 1:
        return {}
    found: dict[PrintedScale, float] = {}
    for printed in ("fraction", "percent"):
        scale = scale_of(row.kind, row.value, row.unit, row.direction, metric, printed=printed)
        if isinstance(scale, Scale):
            found[printed] = scale.apply(row.value)
    return found


def _of_paper(row: Result, others: _Others) -> PrintedScale | None:
    """How the same paper prints other bare numbers of the board, where it prints them all alike."""
    found = others.printed.get(row.paper_id, frozenset())
    return next(iter(found)) if len(found) == 1 else None


def _of_board(row: Result, others: _Others, readings: Mapping[PrintedScale, float]) -> PrintedScale | None:
    """The reading that stands among the scores of other papers, where the other one stands far off."""
    span = others.span(row.paper_id)
    if span is None:
        return None
    far = {printed: max(span[0] - score, score - span[1], 0.0) for printed, score in readings.items()}
    near, other = sorted(far, key=lambda printed: far[printed])
    width = max(span[1] - span[0], 0.01 * abs(span[1]))
    return near if far[other] > max(FAR * far[near], width / 2) else None


def _marked(row: Result, others: _Others) -> Result:
    """A bare number that fits the other rows only times or over 100 loses its score and says why."""
    if row.score is None or row.unit != "none":
        return row
    span = others.span(row.paper_id)
    if span is None or span[0] <= 0 or row.scale_note or span[0] / ROOM <= row.score <= span[1] * ROOM:
        return row
    for factor, words in ((100.0, "a fraction"), (0.01, "a percentage")):
        if span[0] <= row.score * factor <= span[1]:
            low, high = (f"{end:.4g}" for end in span)
            note = f"an odd scale: {row.printed} looks like {words}, the other papers have {low} to {high}"
            return replace(row, score=None, printed_scale=None, scale_note=note)
    return row
