"""Recorded figures of the benchmarks of the checks: small CSV files beside them, one row for each figure, oldest first.

The columns are those of `quality.csv`: date, commit, what was measured, which figure of it, and the value.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path

from benchmarks.quality import COLUMNS, ROOT, Row, read, revision

FOLDER = ROOT / "benchmarks"
"""Where the files are; each is named like the benchmark whose figures it holds."""

Figures = Mapping[tuple[str, str], float]
"""Values by what was measured and which figure of it; counts are whole numbers."""


def record(name: str, figures: Figures, folder: Path = FOLDER) -> None:
    """Add the figures of one run to the file of a benchmark, under today's date and the commit of the checkout."""
    path = folder / f"{name}.csv"
    fresh = not path.is_file()
    date, commit = dt.datetime.now(dt.UTC).date().isoformat(), revision()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if fresh:
            writer.writerow(COLUMNS)
        writer.writerows(astuple(Row(date, commit, *place, f"{value:.6g}")) for place, value in figures.items())


def last(name: str, folder: Path = FOLDER) -> Figures:
    """The last recorded value of every figure of a benchmark, in the order of the file."""
    return {(row.set, row.figure): float(row.value) for row in read(folder / f"{name}.csv")}
