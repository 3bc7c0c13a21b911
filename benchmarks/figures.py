"""Recorded figures of the benchmarks: small CSV files beside them, one row for each figure, oldest first.

The columns are the date, the commit, what was measured (a set, a check, a size), which figure of it, and the value.
"""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "benchmarks"
"""Where the files are; each is named like the benchmark whose figures it holds."""

COLUMNS = ("date", "commit", "set", "figure", "value")
"""The columns of every file."""

Figures = Mapping[tuple[str, str], float]
"""Values by what was measured and which figure of it; counts are whole numbers."""


@dataclass(frozen=True, slots=True)
class Row:
    """One recorded figure; `value` is as written in the file, `date` is YYYY-MM-DD."""

    date: str
    commit: str
    set: str
    figure: str
    value: str


def read(path: Path) -> list[Row]:
    """The recorded rows, oldest first; none where nothing is recorded."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [Row(**row) for row in csv.DictReader(stream)]


def last(path: Path) -> Figures:
    """The last recorded value by what was measured and figure, in the order of the file."""
    return {(row.set, row.figure): float(row.value) for row in read(path)}


def append(path: Path, figures: Figures, date: str, commit: str, form: str = ".6g") -> None:
    """Add figures to a file, which is made if it is missing; `form` is how a value is written."""
    fresh = not path.is_file()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if fresh:
            writer.writerow(COLUMNS)
        writer.writerows(astuple(Row(date, commit, *place, f"{value:{form}}")) for place, value in figures.items())


def record(name: str, figures: Figures, folder: Path = FOLDER, form: str = ".6g") -> None:
    """Add the figures of one run to the file of a benchmark, under today's date and the commit of the checkout."""
    append(folder / f"{name}.csv", figures, dt.datetime.now(dt.UTC).date().isoformat(), revision(), form)


def revision() -> str:
    """The commit of the checkout, with "+" where files differ from it."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no")
    return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")
