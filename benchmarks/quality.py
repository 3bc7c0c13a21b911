"""How well abstracts are read: figures on annotated sets, added row by row to benchmarks/quality.csv.

    python benchmarks/quality.py [GOLD]             (default: ../shared/gold; also: make quality)
    python benchmarks/quality.py [GOLD] --print     prints the figures and records nothing

GOLD is a folder of pairs `NAME-claims.jsonl` and `NAME-abstracts.jsonl`. Only figures are read from the sets, never
their errors, so sets that nobody has opened stay unopened. Record from a clean checkout: the commit is part of a row.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from leaderboard.commands.evaluate import measure  # noqa: E402

HISTORY = ROOT / "benchmarks" / "quality.csv"
"""The recorded figures, oldest first."""

SETS = ("seed", "open", "fresh-1", "fresh-2", "fresh-3", "fresh-4")
"""The sets that are measured."""

SURE = 0.9
"""The confidence from which a claim counts as sure."""

COLUMNS = ("date", "commit", "set", "figure", "value")
"""The columns of the history."""

SHOWN = {
    "found F1": "found.f1",
    "kind F1": "kind.f1",
    "claim F1": "claim.f1",
    "board F1": "board.f1",
    "calibration error": "calibration_error",
}
"""The figures that the README shows, by the heading that they have there."""


@dataclass(frozen=True, slots=True)
class Row:
    """One recorded figure; `value` is a share between 0 and 1 with four decimal places, `date` is YYYY-MM-DD."""

    date: str
    commit: str
    set: str
    figure: str
    value: str


def figures(gold: Path, name: str) -> dict[str, float]:
    """The figures of one set by name: precision, recall (90% intervals), F1, calibration, boards of sure claims."""
    claims, abstracts = gold / f"{name}-claims.jsonl", str(gold / f"{name}-abstracts.jsonl")
    found = measure(claims, [abstracts])
    sure = measure(claims, [abstracts], min_confidence=SURE).levels["board"].counts
    parts = ("precision", "recall", "f1")
    levels = {f"{level}.{part}": getattr(one.counts, part) for level, one in found.levels.items() for part in parts}
    ends = {
        f"{level}.{part}.{end}": value
        for level, one in found.levels.items()
        for part in parts[:2]
        for end, value in zip(("low", "high"), getattr(one, f"{part}_90"), strict=True)
    }
    boards = {f"board.{part}.sure": getattr(sure, part) for part in parts[:2]}
    return {**levels, **ends, **boards, "calibration_error": found.calibration_error}


def read(path: Path = HISTORY) -> list[Row]:
    """The recorded rows, oldest first; none where nothing is recorded."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        return [Row(**row) for row in csv.DictReader(stream)]


def last(rows: Iterable[Row]) -> dict[tuple[str, str], float]:
    """The last recorded value by set and figure."""
    return {(row.set, row.figure): float(row.value) for row in rows}


def append(measured: Mapping[str, Mapping[str, float]], date: str, commit: str, path: Path = HISTORY) -> None:
    """Add the figures of sets to the history, which is made if it is missing."""
    fresh = not path.is_file()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if fresh:
            writer.writerow(COLUMNS)
        for name, values in measured.items():
            writer.writerows(astuple(Row(date, commit, name, figure, f"{v:.4f}")) for figure, v in values.items())


def summary(path: Path = HISTORY) -> str:
    """The last recorded figures as a Markdown table, one line for each set."""
    recorded = read(path)
    if not recorded:
        return "No figures are recorded yet.\n"
    values = last(recorded)
    dates = {row.set: row.date for row in recorded}
    lines = [["set", *SHOWN, "measured"], ["---"] * (len(SHOWN) + 2)]
    for name in dict.fromkeys(row.set for row in recorded):
        cells = [f"{values[name, figure]:.3f}" if (name, figure) in values else "" for figure in SHOWN.values()]
        lines.append([name, *cells, dates[name]])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def revision() -> str:
    """The commit of the checkout, with "+" where files differ from it."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no")
    return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def main() -> None:
    """Measure every set that is there, print the figures, and record them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", nargs="?", type=Path, default=ROOT.parent / "shared" / "gold", metavar="GOLD")
    parser.add_argument("--print", dest="only_print", action="store_true", help="record nothing")
    options = parser.parse_args()
    names = [name for name in SETS if (options.gold / f"{name}-claims.jsonl").is_file()]
    if not names:
        parser.error(f"{options.gold} holds none of the sets {', '.join(SETS)}")
    measured = {name: figures(options.gold, name) for name in names}
    for name, values in measured.items():
        print(f"{name:<8}", *(f"{heading} {values[figure]:.3f}" for heading, figure in SHOWN.items()), sep="  ")
    if not options.only_print:
        append(measured, dt.datetime.now(dt.UTC).date().isoformat(), revision())


if __name__ == "__main__":
    main()
