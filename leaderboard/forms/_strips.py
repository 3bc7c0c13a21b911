"""Intervals as strips on one axis: what is stated against what each reading computes. A page draws them.

What differs and what meets is told by a word beside each strip, so that no colour has to be seen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from leaderboard.forms._parts import bounds, plain
from leaderboard.models import Finding

MOST = 12
"""Rows of a picture."""

OPEN = 5
"""How many times the usual room a side has to which a strip is open, so that it is seen to run on."""

ALLOWED = "allowed range"
"""The name of a range that holds whatever is printed."""

Kind = Literal["stated", "meets", "no", "operand"]


@dataclass(frozen=True, slots=True)
class Strip:
    """One interval: its name, its ends (infinite ones are open), and what it is."""

    name: str
    low: float
    high: float
    kind: Kind


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip on its axis: `start` and `end` as shares of the axis, 0 to 1; `text` is its interval and outcome."""

    name: str
    text: str
    kind: Kind
    start: float
    end: float


def strips(finding: Finding) -> tuple[tuple[Strip, ...], ...]:
    """The pictures of a finding, each a list of strips on one axis.

    Readings are set against the interval that they were compared with: that of a printed number, or a range that is
    allowed. A finding without such readings shows the intervals of its numbers, where at least two have the same unit.
    """
    groups: dict[tuple[str, tuple[float, float]], list[Strip]] = {}
    for one in finding.computed:
        other = one.stated or one.allowed
        if other is not None and _bounded(one.low, one.high):
            kind: Kind = "meets" if one.meets else "no"
            name = ALLOWED if one.stated is None else _stated(finding, one.stated)
            groups.setdefault((name, other), []).append(Strip(one.name, one.low, one.high, kind))
    found = [
        (Strip(name, *other, "stated"), *rows[: MOST - 1]) for (name, other), rows in groups.items() if _bounded(*other)
    ]
    if found:
        return tuple(found)
    units: dict[str, list[Strip]] = {}
    for operand in finding.operands:
        if _bounded(operand.low, operand.high):
            units.setdefault(operand.unit, []).append(Strip(operand.printed, operand.low, operand.high, "operand"))
    return tuple(tuple(rows[:MOST]) for rows in units.values() if len(rows) > 1)


def _stated(finding: Finding, interval: tuple[float, float]) -> str:
    """The printed number whose interval this is, by its digits where one of them has just this interval."""
    for one in finding.operands:
        if math.isclose(one.low, interval[0], rel_tol=1e-9) and math.isclose(one.high, interval[1], rel_tol=1e-9):
            return f"stated {one.printed}"
    return "stated"


def place(rows: Sequence[Strip]) -> tuple[Placed, ...]:
    """The strips on one axis that holds all their ends, with a little room; open ends reach its edge."""
    ends = [end for row in rows for end in (row.low, row.high) if math.isfinite(end)]
    low, high = min(ends), max(ends)
    pad = (high - low) * 0.06 or abs(high) * 0.02 or 1.0
    low -= pad * (OPEN if any(row.low == -math.inf for row in rows) else 1)
    high += pad * (OPEN if any(row.high == math.inf for row in rows) else 1)

    def share(value: float) -> float:
        if math.isinf(value):
            return 0.0 if value < 0 else 1.0
        return (value - low) / (high - low)

    ranged = rows[0].name == ALLOWED
    return tuple(
        Placed(
            plain(row.name),
            bounds(row.low, row.high) + _outcome(row, ranged=ranged),
            row.kind,
            share(row.low),
            share(row.high),
        )
        for row in rows
    )


def _outcome(row: Strip, *, ranged: bool) -> str:
    """What a strip's colour says, in words."""
    words = {"meets": " inside", "no": " outside"} if ranged else {"meets": " meets", "no": " does not meet"}
    return words.get(row.kind, "")


def _bounded(low: float, high: float) -> bool:
    """Whether an interval has an end to draw."""
    return low <= high and (math.isfinite(low) or math.isfinite(high))
