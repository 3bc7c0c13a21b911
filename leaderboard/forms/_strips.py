"""Intervals drawn as strips: what is stated against what each reading computes, as inline SVG.

The picture needs nothing else: no script, no style sheet, no request. Its colours are CSS variables with defaults, so
that a page may set them for a dark theme; what differs and what meets is told apart by shape and word, too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from leaderboard.forms._parts import bounds, plain
from leaderboard.models import Finding

LEFT, WIDE, RIGHT = 165, 330, 215
"""Widths of the picture's three columns: names, strips, numbers."""

ROW, BAR = 24, 10
"""Heights of a row and of a strip in it."""

LEAST = 3.0
"""The least width of a strip, so that a narrow interval can be seen."""

MOST = 12
"""Rows of a picture."""

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
    low, high = low - pad, high + pad

    def share(value: float) -> float:
        if math.isinf(value):
            return 0.0 if value < 0 else 1.0
        return (value - low) / (high - low)

    return tuple(
        Placed(plain(row.name), bounds(row.low, row.high) + _outcome(row), row.kind, share(row.low), share(row.high))
        for row in rows
    )


def draw(rows: Sequence[Strip]) -> str:
    """The strips as an SVG element; "" without one. Names are escaped."""
    if not rows:
        return ""
    placed = place(rows)
    height = ROW * len(rows) + 6
    width = LEFT + WIDE + RIGHT
    spoken = "; ".join(f"{plain(row.name)} {bounds(row.low, row.high)}{_outcome(row)}" for row in rows)
    out = [
        (
            f'<svg class="strips" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
            f'aria-label="{escape(spoken)}" font-family="inherit" font-size="13">'
        )
    ]

    spans = [(LEFT + one.start * WIDE, LEFT + one.end * WIDE) for one in placed]
    for row, span in zip(rows, spans, strict=True):
        if row.kind == "stated":
            start, end = _ends(*span)
            out.append(
                f'<rect x="{start:.1f}" y="0" width="{end - start:.1f}" height="{height}" '
                f'fill="var(--stated, #0067a0)" fill-opacity="0.14"/>'
            )
    for number, (row, one, span) in enumerate(zip(rows, placed, spans, strict=True)):
        out += _row(row, one, span, ROW * number + 3)
    return "".join((*out, "</svg>"))


def _row(row: Strip, placed: Placed, span: tuple[float, float], top: float) -> list[str]:
    """A row: its name, its strip with arrows at open ends, its numbers."""
    start, end = _ends(*span)
    middle = top + ROW / 2
    base = middle + 4.5
    colour = {
        "stated": "var(--stated, #0067a0)",
        "meets": "var(--meets, #00694d)",
        "no": "var(--differs, #a84300)",
        "operand": "var(--stated, #0067a0)",
    }[row.kind]
    hollow = row.kind == "no"
    box = (
        f'<rect x="{start:.1f}" y="{middle - BAR / 2:.1f}" width="{end - start:.1f}" height="{BAR}" rx="2" '
        f'fill="{"none" if hollow else colour}" stroke="{colour}" stroke-width="2"/>'
    )
    arrows = [
        f'<path d="M{x:.1f} {middle - 6:.1f} l{step} 6 l{-step} 6" fill="none" stroke="{colour}" stroke-width="2"/>'
        for value, x, step in ((row.low, start, -6), (row.high, end, 6))
        if math.isinf(value)
    ]
    shown = placed.name if len(placed.name) <= 24 else placed.name[:23] + "…"
    axis = f'x1="{LEFT}" x2="{LEFT + WIDE}" y1="{middle:.1f}" y2="{middle:.1f}"'
    return [
        f'<line {axis} stroke="currentColor" stroke-opacity="0.18"/>',
        f'<text x="{LEFT - 10}" y="{base:.1f}" text-anchor="end" fill="currentColor">{escape(shown)}</text>',
        box,
        *arrows,
        f'<text x="{LEFT + WIDE + 12}" y="{base:.1f}" fill="currentColor">{escape(placed.text)}</text>',
    ]


def _ends(start: float, end: float) -> tuple[float, float]:
    """A strip's ends on the page, moved apart to the least width."""
    short = max(0.0, LEAST - (end - start))
    return start - short / 2, end + short / 2


def _outcome(row: Strip) -> str:
    """What a strip's colour says, in words."""
    return {"meets": " meets", "no": " does not meet"}.get(row.kind, "")


def _bounded(low: float, high: float) -> bool:
    """Whether an interval has an end to draw."""
    return low <= high and (math.isfinite(low) or math.isfinite(high))
