"""Results to boards: one per kind, benchmark, metric, lane and unit, ranked in the metric's direction.

Ranks are standard competition ranks (1, 2, 2, 4). Lines are tied where the intervals of their printed precision overlap
(77.5 is [77.45, 77.55)); since overlap is not transitive, each line is compared with the best line of the group of ties
before it, and starts a group of its own where the two do not overlap. A tier marks lines whose score is within two
binomial standard errors of the best, where the benchmark is known to have so many test items.

Beside its rank a line has the ranks that it may have in truth: from 1 + (lines surely better) to n - (lines surely
worse) of n ranked lines, and in any case its own rank. One line is surely better than another if the intervals of their
printed precision do not overlap and, where the metric counts N test items, the shares p and q of right ones differ by
more than two standard errors of their difference, 2 sqrt((p(1-p) + q(1-q)) / N). Training and evaluation noise are not
in it, nor that two systems answer the same items.

Shown but not ranked, with the reason in the line's note: bounds ("over 90%"), ranges, numbers whose scale is unknown or
odd, and everything on a board whose metric has no known better direction. A model has one line per paper: its best own
result; all claims behind a line are its sources. `merged` puts the lanes of a benchmark and metric on one board that
says so.
"""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from leaderboard.conditions import UNSTATED, lane
from leaderboard.models import Board, Metric, Result, Row
from leaderboard.names import system_name
from leaderboard.normalise import Scale, interval, scale_of
from leaderboard.registry import Registry, key

MERGED = "all conditions merged"
"""What stands in place of the lane of a board that merges lanes."""

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
    groups = _groups(results, registry)
    made = [_board(key, group, registry) for key, group in groups.items()]
    return tuple(sorted(made, key=_fullness))


def merged(results: Iterable[Result], registry: Registry, *, several: bool = True) -> tuple[Board, ...]:
    """Boards over all lanes of one kind, benchmark, metric and unit, in the order of `boards`.

    Such a board compares what was measured under different conditions: its lane is `MERGED`, and each line keeps its
    own. By default only where there are several lanes to merge.
    """
    groups: dict[Key, list[Result]] = defaultdict(list)
    lanes: dict[Key, int] = Counter()
    for (kind, benchmark, metric, _, unit), group in _groups(results, registry).items():
        whole = (kind, benchmark, metric, MERGED, unit)
        groups[whole] += group
        lanes[whole] += 1
    made = [_board(key, group, registry) for key, group in groups.items() if lanes[key] > 1 or not several]
    return tuple(sorted(made, key=_fullness))


def _groups(results: Iterable[Result], registry: Registry) -> dict[Key, list[Result]]:
    """What is compared with what."""
    groups: dict[Key, list[Result]] = defaultdict(list)
    for result in results:
        key = _key(result, registry)
        if key is not None:
            groups[key].append(result)
    return groups


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
    scale = _scale(result, metric)
    if not isinstance(scale, str):
        unit = scale.unit
    elif result.kind == "score" and metric is not None:
        unit = metric.unit
    else:
        unit = "x" if result.kind == "ratio" else result.unit
    return result.kind, result.benchmark, result.metric, lane_of(result), unit


def lane_of(result: Result) -> str:
    """The lane of a result; sizes that were measured on nothing are all in one."""
    if result.benchmark is None:
        return UNSTATED
    return lane(result.setting, result.benchmark, result.metric)


def _scale(result: Result, metric: Metric | None) -> Scale | str:
    """How the printed value of a result became its score, or why it has none."""
    if result.score is None and result.scale_note:
        return result.scale_note
    return scale_of(result.kind, result.value, result.unit, result.direction, metric, printed=result.printed_scale)


def _board(key: Key, group: Sequence[Result], registry: Registry) -> Board:
    """Rank one group of comparable results."""
    _, benchmark, name, conditions, unit = key
    metric = registry.metric(name) if name else None
    better = None if metric is None or metric.direction is None else metric.direction == "up"
    notes = {result.claim_id: _note(result, metric, better=better) for result in group}
    sources = _by_model(group, notes, better=better)
    best = [claims[0] for claims in sources]
    behind = {claims[0].claim_id: tuple(claim.claim_id for claim in claims) for claims in sources}
    order = [result for result in best if not notes[result.claim_id]]
    order.sort(key=lambda result: (-_goodness(result, better=better), *_name(result)))
    rest = [result for result in best if notes[result.claim_id]]
    rest.sort(key=lambda result: (-_goodness(result, better=better), *_name(result)))
    places = _places(order, metric)
    shared = Counter(places)
    tiers = _tiers(order, registry, metric)
    frontier = _frontier(order, better=bool(better))
    spans = _possible(order, places, registry, metric, better=bool(better))
    rows = [
        replace(
            _row(result, "", behind),
            rank=places[place],
            tie=shared[places[place]] > 1,
            tier=tiers[place],
            rank_low=spans[place][0],
            rank_high=spans[place][1],
            is_frontier=result.claim_id in frontier,
        )
        for place, result in enumerate(order)
    ]
    rows += [_row(result, notes[result.claim_id], behind) for result in rest]
    digest = hashlib.sha256("\x1f".join(str(part) for part in key).encode("utf-8", "surrogatepass")).hexdigest()
    ways = Counter(result.printed_scale for result in best if result.printed_scale).most_common(1)
    about = (group[0].kind, benchmark, name, conditions, unit, better)
    return Board(digest[:12], *about, tuple(rows), ways[0][0] or "" if ways else "")


def _note(result: Result, metric: Metric | None, *, better: bool | None) -> str:
    """Why a result has no rank, or nothing."""
    if result.value_high is not None:
        return "a range, not ranked"
    if result.bound in BOUND_NOTES:
        return BOUND_NOTES[result.bound]
    scale = _scale(result, metric)
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


def _name(result: Result) -> tuple[bool, str, str, int, str]:
    """A stable order among equals: a paper's own results first."""
    return result.role != "own", result.subject or "", result.paper_id, result.start, result.claim_id


def _by_model(group: Iterable[Result], notes: Mapping[str, str], *, better: bool | None) -> list[list[Result]]:
    """The results of each model in each paper: ranked ones before unranked, own ones before others, then the best."""
    chosen: dict[tuple[str, str], list[Result]] = defaultdict(list)
    roles = {"own": 0, "baseline": 1, "other": 2}

    def preference(result: Result) -> tuple[bool, int, float, int, str]:
        goodness = _goodness(result, better=better)
        return bool(notes[result.claim_id]), roles[result.role], -goodness, result.start, result.claim_id

    for result in sorted(group, key=preference):
        # Without a name, the proposal and what it is compared with are still two systems.
        named = system_name(result.subject)
        name = key(named) if named else ""
        chosen[result.paper_id, f"name:{name}" if name else f"role:{result.role}"].append(result)
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


def _possible(
    order: Sequence[Result], places: Sequence[int], registry: Registry, metric: Metric | None, *, better: bool
) -> list[tuple[int, int]]:
    """The lowest and highest rank that each result, sorted best first, may have; the module's text has the formula."""
    shares, items = _shares(order, registry, metric)
    spans: list[tuple[float, float]] = []
    for result in order:
        span = interval(result, metric) or (result.score or 0.0, result.score or 0.0)
        spans.append(span if better else (-span[1], -span[0]))
    lows = sorted(low for low, _ in spans)
    # An interval is open at its upper end, a point is not: the point comes after the intervals that end there.
    highs = sorted((high, low == high) for low, high in spans)
    found = []
    for place, (low, high) in enumerate(spans):
        above = len(lows) - (bisect_right(lows, high) if low == high else bisect_left(lows, high))
        below = bisect_left(highs, (low, True))
        if shares:
            # From a line outwards the difference only grows beyond its error, so the first that is told apart ends it.
            for other in range(place - 1, -1, -1):
                if _told_apart(shares[place], shares[other], items):
                    break
                above -= _above(spans[other], spans[place])
            for other in range(place + 1, len(order)):
                if _told_apart(shares[place], shares[other], items):
                    break
                below -= _above(spans[place], spans[other])
        found.append((min(1 + above, places[place]), max(len(order) - below, places[place])))
    return found


def _above(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether all of an interval is above all of another."""
    return one[0] >= other[1] and not other[0] == other[1] == one[0]


def _told_apart(one: float, other: float, items: int) -> bool:
    """Whether two shares of right items differ by more than `STANDARD_ERRORS` of their difference."""
    return (one - other) ** 2 * items > STANDARD_ERRORS**2 * (one * (1 - one) + other * (1 - other))


def _shares(order: Sequence[Result], registry: Registry, metric: Metric | None) -> tuple[list[float], int]:
    """The share of test items behind each score and their number, where scores count items; else none of 0 items."""
    if not order or order[0].kind != "score" or metric is None or not metric.counts_items or not metric.high:
        return [], 0
    counts = [count for result in order if (count := test_items(result, registry)) is not None]
    shares = [result.score / metric.high for result in order if result.score is not None]
    if not len(counts) == len(shares) == len(order) or not all(0 <= share <= 1 for share in shares):
        return [], 0
    # Lanes of a merged board may be of different splits; the smallest claims least.
    return shares, min(counts)


def _tiers(order: Sequence[Result], registry: Registry, metric: Metric | None) -> list[bool | None]:
    """Which results are within two standard errors of the best; None where that is not known."""
    shares, items = _shares(order, registry, metric)
    if not shares:
        return [None] * len(order)
    margin = STANDARD_ERRORS * math.sqrt(shares[0] * (1 - shares[0]) / items)
    return [abs(share - shares[0]) <= margin + 1e-12 for share in shares]


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


def _row(result: Result, note: str, behind: Mapping[str, tuple[str, ...]]) -> Row:
    """The line of a result that has no rank (yet)."""
    return Row(
        rank=None,
        tie=False,
        tier=None,
        claim_id=result.claim_id,
        model=system_name(result.subject),
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
        lane=lane_of(result),
        sources=behind[result.claim_id],
        corrected=result.corrected,
    )
