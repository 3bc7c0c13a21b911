"""How long `leaderboard check` takes on one abstract, from the start of the process. The aim: under a second in all.

The main figure is how many times a bare Python it takes, which is comparable between machines and days: where a bare
Python starts in 15 ms, a second is 66 of them.

    python benchmarks/startup.py [--runs 15] [--record]

Each run starts a process in turn: a bare Python that does nothing, the command on one invented abstract, and the
command on a hundred of them. Timed are the seconds to the first output and the seconds of processor time; of each the
best and the median run are told, the best being the one that other work on the machine disturbed least. What a hundred
abstracts take more than one, over ninety-nine, is the time of a single abstract once the command has started.
`first run` is the first one after an installation, when Python and the data files are not compiled yet: the runs share
a folder of compiled files of their own, which starts empty. On a machine with other work, processor time grows, too:
record on one that is idle. `--record` adds the figures to benchmarks/startup.csv.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import figures  # noqa: E402

NAME = "startup"
"""The name of the file of figures, and of this benchmark."""

MANY = 100
"""Abstracts of the larger input."""

ABSTRACT = (
    "We propose ToyNet {n}, a small network for images. On CIFAR-10, it improves accuracy from 71.4% to 78.9%, a gain "
    "of 7.5 points, and on ImageNet it reaches 81.8% top-1 accuracy (+5.9%) with 22M parameters. Inference is 3.2x "
    "faster than with BarNet and needs 40% less memory."
)
"""An abstract of usual length and usual numbers; `n` tells copies apart."""


PROCESSOR = "seconds of processor time, best"
"""The figure that other work on the machine disturbs least."""

RATIOS = {
    "times a bare Python": "seconds to first output, best",
    "times a bare Python, processor time": PROCESSOR,
}
"""The ratios of one abstract to a bare Python, and of what; the first is the main figure."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds to its first output (or its end, where it prints nothing), and seconds of processor time."""

    first: float
    processor: float


def timed(command: Sequence[str], compiled: Path) -> Run:
    """Start a process and wait for it. Raises `RuntimeError` with its words where it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(compiled), "PYTHONPATH": str(ROOT)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, bufsize=0
    ) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        first = time.perf_counter() - start
        _, told = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {told.decode(errors='replace')}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(first, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measured(runs: int, folder: Path) -> dict[tuple[str, str], float]:
    """The figures of so many runs, with files made in `folder`."""
    one, many = folder / "one.txt", folder / "many.jsonl"
    one.write_text(ABSTRACT.format(n=1), encoding="utf-8")
    rows = ({"id": f"p{n}", "title": f"ToyNet {n}", "abstract": ABSTRACT.format(n=n)} for n in range(MANY))
    many.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    compiled = folder / "compiled"
    check = [sys.executable, "-m", "leaderboard", "check"]
    commands = {
        "bare Python": [sys.executable, "-c", "pass"],
        "one abstract": [*check, str(one)],
        f"{MANY} abstracts": [*check, str(many)],
    }
    cold = timed(commands["one abstract"], compiled)
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(timed(command, compiled))
    values = {("first run", "seconds to first output"): cold.first}
    for name, group in found.items():
        for what, numbers in (
            ("seconds to first output", [run.first for run in group]),
            ("seconds of processor time", [run.processor for run in group]),
        ):
            values[name, f"{what}, best"] = min(numbers)
            values[name, f"{what}, median"] = statistics.median(numbers)
    for ratio, place in RATIOS.items():
        values["one abstract", ratio] = values["one abstract", place] / values["bare Python", place]
    values["one abstract", "seconds once started"] = (
        values[f"{MANY} abstracts", PROCESSOR] - values["one abstract", PROCESSOR]
    ) / (MANY - 1)
    return values


def main() -> None:
    """Time, print, and record if asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--record", action="store_true", help=f"add the figures to benchmarks/{NAME}.csv")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        values = measured(chosen.runs, Path(folder))
    for (which, figure), value in values.items():
        print(f"{which:16} {figure:36} {value:9.4f}")
    print(f"\none abstract takes {values['one abstract', next(iter(RATIOS))]:.0f} times a bare Python")
    if chosen.record:
        figures.record(NAME, values)


if __name__ == "__main__":
    main()
