"""Bars beside names, and columns over years or steps, each with its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from dashboard import charts, look
from dashboard.plots import axes, marks
from dashboard.vega import DATA

if TYPE_CHECKING:
    from dashboard.plots.marks import Way
    from dashboard.vega import Chart

HEIGHT: Final = 220
"""Height of a field of columns in pixels."""

HEAD: Final = 1.12
"""How much higher than the highest column the field is, for its number."""

MOST_NAMES: Final = 16
"""Columns that have their names below them; of more only every second, third and so on has."""

MANY: Final = 10_000
"""Numbers from here on are written in few letters."""

LEVELS: Final = {"error": "errors", "warning": "warnings", "note": "notes"}

Column = tuple[dict[str, Any], str, float, str, str]
"""A column: the row that it stands for, its name, its value, the number above it, what it says."""


def shares(chart: Chart, words: str, way: Way) -> str:
    """Shares between 0 and 1 as bars beside their names."""
    lines = []
    for row in chart.marks():
        share = f"{row['share']:.1%}".replace(".0%", "%")
        bar = f'<i class="bar" style="--share:{row["share"]:.4f}"></i>'
        inside = f"{marks.label(row['part'], 'label')}<span class='track'>{bar}{marks.label(share, 'count')}</span>"
        said = marks.told(f"{row['part']}: {row['share']:.1%}")
        lines.append(marks.mark(way(row), said, looks="row", inside=inside))
    return marks.plot(words, "".join(lines), looks="bars")


def checks(chart: Chart, words: str, way: Way) -> str:
    """Findings per check as bars, a part for each level, the check with most on top."""
    frame = chart.frames[DATA]
    totals = frame.groupby("check_name")["findings"].sum().sort_values(ascending=False, kind="stable")
    rows = sorted(chart.marks(), key=lambda row: charts.LEVELS.index(row["level"]))
    lines = []
    for check in totals.index:
        mine = [row for row in rows if row["check_name"] == check and row["findings"]]
        bars = [
            marks.mark(
                way(row),
                marks.told(f"{check}: {look.counted(int(row['findings']), LEVELS[row['level']])}"),
                looks=f"bar {row['level']}",
                style=f"--share:{row['findings'] / totals.iloc[0]:.4f}",
            )
            for at, row in enumerate(mine)
        ]
        counts = ", ".join(look.counted(int(row["findings"]), LEVELS[row["level"]]) for row in mine)
        track = f"<span class='track'>{''.join(bars)}{marks.label(counts, 'count')}</span>"
        lines.append(f'<div class="row">{marks.label(str(check), "label")}{track}</div>')
    present = [level for level in charts.LEVELS if level in set(frame["level"])]
    key = [(level, LEVELS[level]) for level in present]
    return marks.plot(words, "".join(lines), looks="bars levels", key=key)


def papers_by_year(chart: Chart, words: str, way: Way) -> str:
    """Papers of each year, in full colour those with a claim."""
    columns = [(row, str(row["year"]), row["papers"], f"{row['share']:.0%}", _papers(row)) for row in chart.marks()]
    return _columns(words, columns, way, axis="papers", full=[row["share"] for row, *_ in columns])


def _papers(row: dict[str, Any]) -> str:
    return f"{row['year']}: {look.counted(int(row['papers']), 'papers')}, {int(row['known']):,} with a claim"


def confidence(chart: Chart, words: str, way: Way) -> str:
    """Claims by confidence, in steps of a tenth."""
    columns = []
    for row in chart.marks():
        step = f"{row['confidence']:.1f}–{row['upto']:.1f}"
        said = f"confidence {step}: {look.counted(int(row['claims']), 'claims')}"
        columns.append((row, step, row["claims"], _count(row["claims"]), said))
    return _columns(words, columns, way, axis="claims")


def records(chart: Chart, words: str, way: Way) -> str:
    """How often a best claim was beaten, year by year."""
    columns = []
    for row in chart.marks():
        beaten = look.counted(int(row["records"]), "times")
        said = f"{row['year']}: {beaten} on {look.counted(int(row['boards']), 'boards')}"
        columns.append((row, str(row["year"]), row["records"], _count(row["records"]), said))
    return _columns(words, columns, way, axis="best claims beaten")


def gains(chart: Chart, words: str, way: Way, *, unit: str) -> str:
    """Claimed gains of one unit by size."""
    columns = []
    for row in chart.marks():
        said = f"{row['step']} {unit}: {look.counted(int(row['claims']), 'claims')}"
        columns.append((row, str(row["step"]), row["claims"], _count(row["claims"]), said))
    return _columns(words, columns, way, axis=f"claims, by gain in {unit}")


def _columns(words: str, columns: Sequence[Column], way: Way, *, axis: str, full: Sequence[float] = ()) -> str:
    """Columns with their numbers above and their names below; of each the share in `full` is in full colour."""
    top = max(value for _, _, value, _, _ in columns) or 1
    up = axes.counts(top * HEAD)
    every = -(-len(columns) // MOST_NAMES)
    drawn = []
    for at, (row, name, value, number, said) in enumerate(columns):
        part = f'<i class="full" style="height:{full[at]:.2%}"></i>' if full else ""
        bar = f'<i class="bar{" pale" if full else ""}" style="height:{up.place(value):.2f}%">{part}</i>'
        named = marks.label(name, "date" if not at % every else "date minor")
        inside = f"{marks.label(number, 'number') if value else ''}{bar}{named}"
        looks = f"column {marks.where((at + 0.5) * 100 / len(columns))}".strip()
        drawn.append(marks.mark(way(row), said, looks=looks, inside=inside))
    inside = f'{axes.levels(up)}<div class="columns">{"".join(drawn)}</div>'
    return marks.plot(words, inside, looks="upright", height=HEIGHT, axis=axis)


def _count(number: float) -> str:
    """A number above a column, in few letters; none above an empty one."""
    return f"{int(number):,}" if number < MANY else look.compact(number)
