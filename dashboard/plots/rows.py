"""Points in rows that have names: systems on one board, claims with and without a finding, precision and recall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from dashboard import charts
from dashboard.plots import axes, marks
from dashboard.plots.scores import ROLES
from dashboard.vega import DATA
from dashboard.vega import rows as rows_of

if TYPE_CHECKING:
    from dashboard.plots.axes import Axis
    from dashboard.plots.marks import Way
    from dashboard.vega import Chart

ROW: Final = 34
"""Height of a row in pixels."""

BESIDE: Final = 9.0
"""Per cent of the width that are kept free at each end for printed numbers above points."""

PARTS: Final = ("precision", "recall")


def dots(chart: Chart, words: str, way: Way, *, axis: str) -> str:
    """The claims of some systems on one board, a row for each system, with the printed numbers above the points."""
    rows = chart.marks()
    names = list(dict.fromkeys(str(row["name"]) for row in rows))
    across = axes.level(min(row["score"] for row in rows), max(row["score"] for row in rows), BESIDE)
    points, numbers = [], []
    for row in rows:
        left, top = across.place(row["score"]), _middle(names.index(row["name"]), len(names))
        role = row["role"] if row["role"] in ROLES else "other"
        said = f"{row['name'] or 'unnamed system'}: {', '.join(filter(None, (row['shown'], row['date'], ROLES[role])))}"
        looks = (role, "front", "hollow" * row["bounded"], marks.where(left, top))
        points.append(
            marks.mark(
                way(row),
                marks.told(said, title=row["paper"]),
                looks=" ".join(filter(None, looks)),
                style=f"left:{left:.2f}%;top:{top:.2f}%",
            )
        )
        numbers.append(marks.label(row["shown"], "number", f"left:{left:.2f}%;top:{top:.2f}%"))
    return _rows(f"{words}; {_span(axis, across)}", names, across, [*numbers, *points], axis=axis)


def strip(chart: Chart, words: str, way: Way, *, axis: str) -> str:
    """The claims of one board on a line, those with a finding in a row above the others."""
    rows = rows_of(chart.frames[DATA].sort_values("score", kind="stable"))
    names = charts.STANDS[::-1]
    across = axes.level(min(row["score"] for row in rows), max(row["score"] for row in rows))
    points = []
    for row in rows:
        left, top = across.place(row["score"]), _middle(names.index(row["finding"]), len(names))
        points.append(
            marks.mark(
                way(row),
                marks.told(f"{row['model'] or 'unnamed system'}: {row['printed']}, {row['finding']}"),
                looks=f"{'flagged' if row['finding'] == names[0] else 'plain'} {marks.where(left, top)}".strip(),
                style=f"left:{left:.2f}%;top:{top:.2f}%",
            )
        )
    return _rows(f"{words}; {_span(axis, across)}", names, across, points, axis=axis)


def quality(chart: Chart, words: str, way: Way) -> str:
    """Precision and recall of each level with their intervals, two lines in each row."""
    rows = chart.marks()
    names = list(dict.fromkeys(str(row["level"]) for row in rows))
    across = axes.shares()
    parts = []
    for row in rows:
        side = PARTS.index(row["part"])
        left = across.place(row["value"])
        top = _middle(names.index(row["level"]), len(names)) + (side - 0.5) * 34 / len(names)
        interval = ""
        if row["low"] is not None and row["low"] == row["low"]:
            low, high = across.place(row["low"]), across.place(row["high"])
            interval = f"{row['low']:.1%} to {row['high']:.1%}"
            style = f"left:{low:.2f}%;width:{high - low:.2f}%;top:{top:.2f}%"
            parts.append(f'<i class="whisker s{side}" style="{style}"></i>')
        said = marks.told(f"{row['level']}: {row['part']} {row['value']:.1%}", interval)
        looks = f"s{side} m{side} front {marks.where(left, top)}".strip()
        parts.append(marks.mark(way(row), said, looks=looks, style=f"left:{left:.2f}%;top:{top:.2f}%"))
    key = [(f"s{side} m{side}", part) for side, part in enumerate(PARTS)]
    return _rows(words, names, across, parts, key=key, row=44)


def _rows(
    words: str,
    names: Sequence[str],
    across: Axis,
    parts: Sequence[str],
    *,
    axis: str = "",
    key: Sequence[tuple[str, str]] = (),
    row: int = ROW,
) -> str:
    """Rows with their names at the left, an axis below, and what stands in them."""
    named = [marks.label(name, "tick", f"top:{_middle(at, len(names)):.2f}%") for at, name in enumerate(names)]
    lines = [f'<i class="grid" style="top:{_middle(at, len(names)):.2f}%"></i>' for at in range(len(names))]
    inside = "".join([*lines, axes.rules(across), *named, axes.below(across), *parts])
    return marks.plot(words, inside, looks="rows", height=row * len(names) + 12, axis=axis, key=key)


def _middle(at: int, rows: int) -> float:
    """Where the middle of a row is, in per cent from above."""
    return (at + 0.5) * 100 / rows


def _span(axis: str, across: Axis) -> str:
    """What an axis measures and reaches, in words."""
    return f"{axis} from {across.ticks[0][1]} to {across.ticks[-1][1]}"
