"""Lines of several systems or boards in one field, each with a colour, a dash and a marker of its own."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from dashboard.charts import LINES
from dashboard.plots import axes, marks, strokes
from dashboard.vega import DATA
from dashboard.vega import rows as rows_of

if TYPE_CHECKING:
    from dashboard.plots.marks import Way
    from dashboard.vega import Chart

PLACE: Final = 40
"""Height in pixels between two places."""

ASIDE: Final = 13
"""Pixels by which a point stands beside another of the same board and place."""


def slopes(chart: Chart, words: str, way: Way) -> str:
    """Who is ahead of whom: a line for each system through its places, board by board, the first place on top."""
    rows = rows_of(chart.frames[LINES])
    models, boards = (list(dict.fromkeys(str(row[name]) for row in rows)) for name in ("model", "board"))
    last = int(chart.frames[DATA]["place"].max())
    across = {board: (at + 0.5) * 100 / len(boards) for at, board in enumerate(boards)}
    down = {place: (place - 0.5) * 100 / last for place in range(1, last + 1)}
    parts = [f'<i class="grid" style="top:{top:.2f}%"></i>' for top in down.values()]
    parts += [marks.label(str(place), "tick", f"top:{top:.2f}%") for place, top in down.items()]
    width = 100 / len(boards)
    parts += [marks.label(board, "date", f"left:{at:.2f}%;max-width:{width:.2f}%") for board, at in across.items()]
    shared: Counter[tuple[float, float]] = Counter()
    points = []
    for number, model in enumerate(models):
        mine = {row["board"]: row for row in rows if row["model"] == model and row["place"] == row["place"]}
        places = [(across[board], down[int(mine[board]["place"])]) if board in mine else None for board in boards]
        parts += [strokes.slope(here, there, f"s{number}") for here, there in pairwise(places) if here and there]
        for board, place in zip(boards, places, strict=True):
            if place is None:
                continue
            row, (left, top) = mine[board], place
            aside = shared[place] * ASIDE
            shared[place] += 1
            said = marks.told(f"{model}: place {int(row['place'])} on {board}", row["printed"])
            look = f"s{number} m{number} front {marks.where(left, top)}".strip()
            style = f"left:calc({left:.2f}% + {aside}px);top:{top:.2f}%"
            points.append(marks.mark(way(row), said, looks=look, style=style))
            if not aside:
                parts.append(marks.label(row["printed"], "number", f"left:{left:.2f}%;top:{top:.2f}%"))
    key = [(f"s{number} m{number}", model) for number, model in enumerate(models)]
    axis = "place among these systems"
    return marks.plot(words, "".join(parts + points), looks="paths", height=PLACE * last + 20, axis=axis, key=key)


def relative_steps(chart: Chart, words: str, way: Way) -> str:
    """How the best claims of several boards moved, from the first of each (0%) to its best (100%)."""
    rows = chart.marks()
    boards = list(dict.fromkeys(str(row["board"]) for row in rows))
    days = [row["when"].to_pydatetime().replace(tzinfo=UTC) for row in rows]
    along, down = axes.times(min(days), max(days)), axes.shares()
    parts, points = [axes.levels(down), axes.below(along)], []
    for number, board in enumerate(boards):
        mine = [(row, day) for row, day in zip(rows, days, strict=True) if row["board"] == board]
        places = [(along.place(day.timestamp()), 100 - down.place(row["way"])) for row, day in mine]
        ends = [*places, (along.place(max(days).timestamp()), places[-1][1])]
        parts += [strokes.step(here, there, f"s{number}") for here, there in pairwise(ends)]
        for (row, _), (left, top) in zip(mine, places, strict=True):
            facts = (row["printed"], row["date"], f"{row['way']:.0%} of the way")
            said = marks.told(f"{row['model'] or 'unnamed system'}: {', '.join(filter(None, facts))}", title=board)
            look = f"s{number} m{number} front {marks.where(left, top)}".strip()
            style = f"left:{left:.2f}%;top:{top:.2f}%"
            points.append(marks.mark(way(row), said, looks=look, style=style))
    key = [(f"s{number} m{number}", board) for number, board in enumerate(boards)]
    axis = "share of the way from a board's first to its best claim (normalised, no scores)"
    return marks.plot(words, "".join(parts + points), looks="paths", height=360, axis=axis, key=key)
