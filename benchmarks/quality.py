"""How well abstracts are read: figures on annotated sets, added row by row to benchmarks/quality.csv.

    python benchmarks/quality.py [GOLD]             (default: ../shared/gold; also: make quality)
    python benchmarks/quality.py [GOLD] --print     prints the figures and records nothing

GOLD is a folder of pairs `NAME-claims.jsonl` and `NAME-abstracts.jsonl`. Only figures are read from the sets, never
their errors, so sets that nobody has opened stay unopened. Record from a clean checkout: the commit is part of a row.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import figures as recorded  # noqa: E402
from leaderboard.commands.evaluate import measure  # noqa: E402

HISTORY = recorded.FOLDER / "quality.csv"
"""The recorded figures, oldest first."""

TRAINING = recorded.FOLDER / "training.csv"
"""What cross-validation gave when weights were fitted, oldest first."""

SETS = ("seed", "open", "fresh-1", "fresh-2", "fresh-3", "fresh-4")
"""The sets that are measured."""

SURE = 0.9
"""The confidence from which a claim counts as sure."""

SHOWN = {
    "found F1": "found.f1",
    "kind F1": "kind.f1",
    "claim F1": "claim.f1",
    "board F1": "board.f1",
    "calibration error": "calibration_error",
}
"""The figures that the README shows, by the heading that they have there."""


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


def summary(path: Path = HISTORY) -> str:
    """The last recorded figures as a Markdown table, one line for each set."""
    rows = recorded.read(path)
    if not rows:
        return "No figures are recorded yet.\n"
    values = recorded.last(path)
    dates = {row.set: row.date for row in rows}
    lines = [["set", *SHOWN, "measured"], ["---"] * (len(SHOWN) + 2)]
    for name in dict.fromkeys(row.set for row in rows):
        cells = [f"{values[name, figure]:.3f}" if (name, figure) in values else "" for figure in SHOWN.values()]
        lines.append([name, *cells, dates[name]])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def held_back(path: Path = TRAINING) -> str:
    """The last recorded cross-validation as a sentence: every abstract read with weights that never saw it."""
    rows = recorded.read(path)
    if not rows:
        return ""
    last = rows[-1]
    values = {figure: value for (what, figure), value in recorded.last(path).items() if what == last.set}
    levels = ", ".join(f"{level} {values[level]:.3f}" for level in ("found", "kind", "claim", "board"))
    told = f"Cross-validated by paper ({last.set}, {last.date}): {levels}"
    told += f"; expected calibration error {values['expected calibration error']:.3f}"
    for figure, count in values.items():
        if figure.startswith("rows at "):
            sure, share = figure.removeprefix("rows at "), values[f"precision of {figure}"]
            told += f"; of {count:,.0f} rows of boards with a confidence of {sure} {share:.1%} are right"
    return f"{told}.\n"


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
        found = {(name, figure): value for name, values in measured.items() for figure, value in values.items()}
        recorded.record(HISTORY.stem, found, form=".4f")


if __name__ == "__main__":
    main()
