"""Results to boards: one per kind, benchmark, metric, lane and unit, ranked in the metric's direction.

Ranks are standard competition ranks (1, 2, 2, 4). Lines are tied where the intervals of their printed precision overlap
(77.5 is [77.45, 77.55)); since overlap is not transitive, each line is compared with the best line of the group of ties
before it, and starts a group of its own where the two do not overlap. A tier marks lines whose score is within two
binomial standard errors of the best, where the benchmark is known to have so many test items.

Shown but not ranked, with the reason in the line's note: bounds ("over 90%"), ranges, numbers whose scale is unknown,
and everything on a board whose metric has no known better direction. A model has one line per paper: its best.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from leaderboard.models import Board, Metric, Result, Row
from leaderboard.normalise import interval, scale_of
from leaderboard.registry import Registry

UNSTATED = "unstated"
"""The lane of results that state no condition; it is never assumed equal to any other lane."""

BOUND_NOTES = {"up_to": "an upper bound, not ranked", "at_least": "a lower bound, not ranked"}
"""Why a bounded claim has no rank."""

STANDARD_ERRORS = 2.0
"""How many binomial standard errors below the best still count as the best tier."""

Key = tuple[str, str | None, str | None, str, str]


def boards(results: Iterable[Result], registry: Registry) -> tuple[Board, ...]:
    """Sort results into boards and rank each.

    Scores, changes and ratios without a benchmark are compared with nothing and make no board; sizes need none.
    Boards come fullest first (ranked lines, then all lines), then by name; the order of `results` does not matter.
    """
    groups: dict[Key, list[Result]] = defaultdict(list)
    for result in results:
        key = _key(result, registry)
        if key is not None:
            groups[key].append(result)
    made = [_board(key, group, registry) for key, group in groups.items()]
    return tuple(sorted(made, key=_fullness))


def ranked(board: Board) -> int:
    """How many lines of a board have a rank."""
    return sum(row.rank is not None for row in board.rows)


def papers(board: Board) -> int:
    """How many papers the lines of a board come from."""
    return len({row.paper_id for row in board.rows})


def _fullness(board: Board) -> tuple[bool, int, int, str, str, str, str, str]:
    """Sort key: scores first, then fullest first, then by name."""
    names = (board.benchmark or "", board.metric or "", board.lane, board.kind, board.unit)
    return (board.kind != "score", -ranked(board), -len(board.rows), *names)


def _key(result: Result, registry: Registry) -> Key | None:
    """What a result is compared with: kind, benchmark, metric, lane, unit; None for nothing."""
    if result.benchmark is None and (result.kind != "size" or result.metric is None):
        return None
    metric = registry.metric(result.metric) if result.metric else None
    scale = scale_of(result.kind, result.value, result.unit, result.direction, metric)
    if not isinstance(scale, str):
        unit = scale.unit
    elif result.kind == "score" and metric is not None:
        unit = metric.unit
    else:
        unit = "x" if result.kind == "ratio" else result.unit
    return result.kind, result.benchmark, result.metric, result.setting or UNSTATED, unit


def _board(key: Key, group: Sequence[Result], registry: Registry) -> Board:
    """Rank one group of comparable results."""
    _, benchmark, name, lane, unit = key
    metric = registry.metric(name) if name else None
    better = None if metric is None or metric.direction is None else metric.direction == "up"
    notes = {result.claim_id: _note(result, metric, better=better) for result in group}
    best = _best_per_model(group, notes, better=better)
    order = [result for result in best if not notes[result.claim_id]]
    order.sort(key=lambda result: (-_goodness(result, better=better), *_name(result)))
    rest = [result for result in best if notes[result.claim_id]]
    rest.sort(key=lambda result: (-_goodness(result, better=better), *_name(result)))
    places = _places(order, metric)
    shared = Counter(places)
    tiers = _tiers(order, registry, metric)
    frontier = _frontier(order, better=bool(better))
    rows = [
        replace(
            _row(result, ""),
            rank=places[place],
            tie=shared[places[place]] > 1,
            tier=tiers[place],
            is_frontier=result.claim_id in frontier,
        )
        for place, result in enumerate(order)
    ]
    rows += [_row(result, notes[result.claim_id]) for result in rest]
    digest = hashlib.sha256("\x1f".join(str(part) for part in key).encode("utf-8", "surrogatepass")).hexdigest()
    return Board(digest[:12], group[0].kind, benchmark, name, lane, unit, better, tuple(rows))


def _note(result: Result, metric: Metric | None, *, better: bool | None) -> str:
    """Why a result has no rank, or nothing."""
    if result.value_high is not None:
        return "a range, not ranked"
    if result.bound in BOUND_NOTES:
        return BOUND_NOTES[result.bound]
    scale = scale_of(result.kind, result.value, result.unit, result.direction, metric)
    reason = ""
    if result.metric is None:
        reason = "the abstract names no metric"
    elif isinstance(scale, str):
        reason = scale
    elif result.kind == "score" and metric is not None and _outside(result, metric):
        reason = f"outside the range of {metric.name}"
    elif better is None:
        reason = "no better direction is known for this metric"
    return f"not ranked: {reason}" if reason else ""


def _outside(result: Result, metric: Metric) -> bool:
    """Whether a score cannot be a level of its metric at its printed precision; most such numbers are misread."""
    span = interval(result, metric)
    if span is None:
        return False
    return (metric.low is not None and span[1] < metric.low) or (metric.high is not None and span[0] > metric.high)


def _goodness(result: Result, *, better: bool | None) -> float:
    """The score, signed so that more is better (larger where no direction is known); unknown scores come last."""
    if result.score is None:
        return -math.inf
    return -result.score if better is False else result.score


def _name(result: Result) -> tuple[str, str, int, str]:
    """A stable order among equals."""
    return result.subject or "", result.paper_id, result.start, result.claim_id


def _best_per_model(group: Iterable[Result], notes: Mapping[str, str], *, better: bool | None) -> list[Result]:
    """One result per model and paper: a ranked one before an unranked, an own one before others, then the best."""
    chosen: dict[tuple[str, str], Result] = {}
    roles = {"own": 0, "baseline": 1, "other": 2}

    def preference(result: Result) -> tuple[bool, int, float, int, str]:
        goodness = _goodness(result, better=better)
        return bool(notes[result.claim_id]), roles[result.role], -goodness, result.start, result.claim_id

    for result in sorted(group, key=preference):
        # Without a name, the proposal and what it is compared with are still two systems.
        model = f"name:{result.subject}" if result.subject else f"role:{result.role}"
        chosen.setdefault((result.paper_id, model), result)
    return list(chosen.values())


def _places(order: Sequence[Result], metric: Metric | None) -> list[int]:
    """Competition ranks of results sorted best first; see the module's text for ties."""
    places: list[int] = []
    leader: tuple[float, float] | None = None
    for place, result in enumerate(order, start=1):
        span = interval(result, metric)
        if leader is not None and span is not None and _overlap(leader, span):
            places.append(places[-1])
        else:
            places.append(place)
            leader = span
    return places


def _overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two half-open intervals share more than an end; equal points do."""
    return one == other or (one[0] < other[1] and other[0] < one[1])


def _tiers(order: Sequence[Result], registry: Registry, metric: Metric | None) -> list[bool | None]:
    """Which results are within two standard errors of the best; None where that is not known."""
    unknown: list[bool | None] = [None] * len(order)
    if not order or order[0].kind != "score" or metric is None or not metric.counts_items:
        return unknown
    items = test_items(order[0], registry)
    whole = metric.high
    best = order[0].score
    if items is None or whole is None or best is None or not 0 <= best <= whole:
        return unknown
    share = best / whole
    margin = STANDARD_ERRORS * math.sqrt(share * (1 - share) / items) * whole
    return [result.score is not None and abs(result.score - best) <= margin for result in order]


def test_items(result: Result, registry: Registry) -> int | None:
    """How many items the result's benchmark is tested on, or None where unknown or scores are not k of N items.

    Where the registry knows several splits or versions, the one that the setting names counts, else the smallest: the
    widest tier claims least.
    """
    benchmark = registry.benchmark(result.benchmark) if result.benchmark else None
    if benchmark is None or not benchmark.countable or not benchmark.test_items:
        return None
    stated = (result.setting or "").casefold()
    named = [
        entry.items
        for entry in benchmark.test_items
        if any(word and word.casefold() in stated for word in (entry.split, entry.version))
    ]
    return min(named or [entry.items for entry in benchmark.test_items])


def _frontier(order: Sequence[Result], *, better: bool) -> set[str]:
    """The claims that beat everything ranked on the board with an earlier date; of one date only the best."""
    dated = [result for result in order if result.date]
    # `order` is best first, and sorting is stable: of one date the best comes first.
    dated.sort(key=lambda result: result.date or "")
    frontier: set[str] = set()
    record = -math.inf
    for result in dated:
        goodness = _goodness(result, better=better)
        if goodness > record:
            frontier.add(result.claim_id)
            record = goodness
    return frontier


def _row(result: Result, note: str) -> Row:
    """The line of a result that has no rank (yet)."""
    return Row(
        rank=None,
        tie=False,
        tier=None,
        claim_id=result.claim_id,
        model=result.subject,
        score=result.score,
        printed=result.printed,
        role=result.role,
        bound=result.bound,
        paper_id=result.paper_id,
        title=result.title,
        url=result.url,
        date=result.date,
        evidence=result.sentence,
        confidence=result.confidence,
        subject_parameters=result.subject_parameters,
        note=note,
    )
