"""Numbers in a grid, the larger the darker."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from dashboard import charts, look
from dashboard.plots import marks

if TYPE_CHECKING:
    from dashboard.plots.marks import Way
    from dashboard.vega import Chart

DARKEST: Final = 55
"""Per cent of ink in the darkest tile: numbers on it can be read in both themes."""


def counts_by_year(chart: Chart, words: str, way: Way) -> str:
    """Claims by year and kind: years side by side, or below each other where there is little room."""
    rows = chart.marks()
    most = max(row["claims"] for row in rows)
    years = list(dict.fromkeys(str(row["year"]) for row in rows))
    found = {(str(row["year"]), row["kind"]): row for row in rows}
    kinds = [kind for kind in charts.KINDS if any(row["kind"] == kind for row in rows)]

    def tile(year: str, kind: str) -> str:
        row = found.get((year, kind))
        if row is None:
            return "<i></i>"
        count = int(row["claims"])
        words = f"{year}, {look.KINDS[kind].lower()}: {look.counted(count, 'claims')}"
        return _tile(row, way, words, f"{count:,}" if count < 1e5 else look.compact(count), math.sqrt(count / most))

    lines = [[_head(year, "head over"), *(tile(year, kind) for kind in kinds)] for year in years]
    heads = ["<i></i>", *(_head(look.KINDS[kind].lower()) for kind in kinds)]
    return _grid(words, [heads, *lines], looks="turned")


def missing(chart: Chart, words: str, way: Way) -> str:
    """Share of claims that lack a field: fields below each other, kinds side by side."""
    rows = chart.marks()
    fields = list(dict.fromkeys(str(row["field"]) for row in rows))
    kinds = [kind for kind in charts.KINDS if any(row["kind"] == kind for row in rows)]
    found = {(str(row["field"]), row["kind"]): row for row in rows}

    def tile(field: str, kind: str) -> str:
        row = found.get((field, kind))
        if row is None:
            return "<i></i>"
        counted = f"{int(row['missing']):,} of {int(row['total']):,}"
        words = f"{field}, {look.KINDS[kind].lower()}: {counted} lack it, {row['share']:.1%}"
        return _tile(row, way, words, f"{row['share']:.0%}", row["share"])

    lines = [[_head(field), *(tile(field, kind) for kind in kinds)] for field in fields]
    return _grid(words, [["<i></i>", *(_head(look.KINDS[kind].lower(), "head over") for kind in kinds)], *lines])


def _head(text: str, looks: str = "head") -> str:
    return marks.label(text, looks)


def _tile(row: dict[str, Any], way: Way, words: str, number: str, share: float) -> str:
    return marks.mark(way(row), words, looks="tile", style=f"--depth:{DARKEST * share:.0f}%", inside=number)


def _grid(words: str, lines: Sequence[Sequence[str]], *, looks: str = "") -> str:
    """The grid of tiles, line by line."""
    inside = "".join(cell for line in lines for cell in line)
    style = f"--lines:{len(lines)};--across:{len(lines[0]) - 1}"
    return marks.plot(words, f'<div class="tiles {looks}" style="{style}">{inside}</div>')
