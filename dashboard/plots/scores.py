"""Scores over time or over size: a point for each claim, and the best so far as a line of steps."""

from __future__ import annotations

import math
from datetime import UTC
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

from dashboard import charts
from dashboard.plots import axes, marks, strokes
from dashboard.vega import DATA
from dashboard.vega import rows as rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from dashboard.plots.axes import Axis
    from dashboard.plots.marks import Way
    from dashboard.vega import Chart

Across = Literal["when", "subject_parameters"]
"""What scores are drawn against: the column of the frames."""

HEIGHT: Final = 340
"""Height of a plot in pixels, without its axis."""

ROLES: Final = dict(zip(charts.ROLES, ("own result", "quoted baseline", "other"), strict=True))
"""What the shapes of marks stand for, in words."""


def plot(
    chart: Chart,
    words: str,
    way: Way,
    *,
    across: Across,
    axis: str,
    up: bool,
    height: int = HEIGHT,
    key: bool = True,
) -> str:
    """A chart of scores as HTML, `height` pixels high without its axis.

    `words` say what it shows, `axis` names the score with its unit, `way` tells where the point of a claim leads. With
    `up` higher is better. `key` says what the marks are.
    """
    shown, best = chart.frames[DATA], chart.frames.get(charts.BEST)
    limit = chart.frames.get(charts.LIMIT)
    scores = [*shown["score"], *(limit["score"] if limit is not None else ())]
    down = axes.level(min(scores), max(scores))
    along = _along(shown, across)
    parts = [axes.levels(down), axes.below(along)]
    if limit is not None:
        (score, text), *_ = limit[["score", "label"]].itertuples(index=False, name=None)
        parts.append(f'<div class="limit" style="top:{down.from_above(score)}">{marks.label(text, "words")}</div>')
    if best is not None:
        steps = [
            (along.place(x), 100 - down.place(y)) for x, y in zip(_numbers(best, across), best["score"], strict=True)
        ]
        parts += [strokes.step(*ends, "best") for ends in pairwise(steps)]
    parts += _points(chart, across, along, down, way)
    for name, end in ((charts.EARLY, "early"), (charts.LATE, "late")):
        if name in chart.frames:
            parts += _names(chart.frames[name], across, along, down, f"{end} {'above' if up else 'below'}")
    span = f"{axis} from {down.ticks[0][1]} to {down.ticks[-1][1]}, {along.ticks[0][1]} to {along.ticks[-1][1]}"
    present = set(shown["role"])
    signs = [(role, name) for role, name in ROLES.items() if role in present] if key else []
    return marks.plot(f"{words}; {span}", "".join(parts), height=height, axis=axis, key=signs)


def said(row: Mapping[str, Any]) -> str:
    """What a point says of its claim."""
    role = ROLES.get(row["role"], ROLES["other"])
    facts = (row["printed"], row["date"], role, "with a finding" if row["finding"] == "yes" else "")
    first = f"{row['model'] or 'unnamed system'}: {', '.join(fact for fact in facts if fact)}"
    return marks.told(first, title=row["title"])


def _along(shown: pd.DataFrame, across: Across) -> Axis:
    """The axis across, for the marks that are shown."""
    column = shown[across]
    if across == "when":
        first, last = (day.to_pydatetime().replace(tzinfo=UTC) for day in (column.min(), column.max()))
        return axes.times(first, last)
    return axes.sizes(float(column.min()), float(column.max()))


def _numbers(frame: pd.DataFrame, across: Across) -> list[float]:
    """The values across, as the axis has them."""
    if across == "when":
        return [day.to_pydatetime().replace(tzinfo=UTC).timestamp() for day in frame[across]]
    return [math.log10(size) for size in frame[across]]


def _points(chart: Chart, across: Across, along: Axis, down: Axis, way: Way) -> list[str]:
    """The points as links, in order of what they are drawn over; the first is where the tab key leads."""
    shown = chart.frames[DATA].sort_values([across, "score"], kind="stable")
    signs = dict(chart.frames[charts.SIGNS]["sign"]) if charts.SIGNS in chart.frames else {}
    drawn = []
    rows = zip(shown.index, _numbers(shown, across), rows_of(shown), strict=True)
    for index, x, row in rows:
        left, top = along.place(x), 100 - down.place(row["score"])
        role = row["role"] if row["role"] in ROLES else "other"
        looks = (
            role,
            "front" * row["front"],
            "hollow" * row["bounded"],
            "ring" * (row["finding"] == "yes"),
            marks.where(left, top),
        )
        drawn.append(
            marks.mark(
                way(row),
                said(row),
                looks=" ".join(filter(None, looks)),
                style=f"left:{left:.2f}%;top:{top:.2f}%",
                inside=signs.get(index, ""),
            )
        )
    return drawn


def _names(frame: pd.DataFrame, across: Across, along: Axis, down: Axis, looks: str) -> list[str]:
    """Names beside the points of the best."""
    edge, early = ("left", True) if looks.startswith("early") else ("right", False)
    return [
        marks.label(text, f"name {looks}", f"{edge}:{at if early else 100 - at:.2f}%;top:{down.from_above(score)}")
        for at, score, text in zip(
            map(along.place, _numbers(frame, across)), frame["score"], frame["label"], strict=True
        )
    ]
