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

MANY: Final = 1e5
"""Numbers from here on are written in few letters."""

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
        number = f"{count:,}" if count < MANY else look.compact(count)
        looks = f"year{' last' * (kinds.index(kind) > 1)} {_where(years.index(year), len(years))}"
        return _tile(row, way, words, number, math.sqrt(count / most), looks)

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
        return _tile(row, way, words, f"{row['share']:.0%}", row["share"], _where(kinds.index(kind), len(kinds)))

    lines = [[_head(field), *(tile(field, kind) for kind in kinds)] for field in fields]
    return _grid(words, [["<i></i>", *(_head(look.KINDS[kind].lower(), "head over") for kind in kinds)], *lines])


def _head(text: str, looks: str = "head") -> str:
    return marks.label(text, looks)


def _where(at: int, of: int) -> str:
    """To which side what a tile says goes, from its place in the line."""
    return marks.where((at + 0.5) * 100 / of)


def _tile(row: dict[str, Any], way: Way, words: str, number: str, share: float, looks: str) -> str:  # noqa: PLR0917 - a tile
    return marks.mark(
        way(row), words, looks=f"tile {looks}".strip(), style=f"--depth:{DARKEST * share:.0f}%", inside=number
    )


def _grid(words: str, lines: Sequence[Sequence[str]], *, looks: str = "") -> str:
    """The grid of tiles, line by line."""
    inside = "".join(cell for line in lines for cell in line)
    style = f"--lines:{len(lines)};--across:{len(lines[0]) - 1}"
    return marks.plot(words, f'<div class="tiles {looks}" style="{style}">{inside}</div>')
