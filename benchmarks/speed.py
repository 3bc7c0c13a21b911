"""Speed and memory of the steps, as multiples of decoding the same records with the standard library's json module.

The parser is told in multiples of one pass of the pattern of a digit over the same abstracts, too, and "take apart" is
what of it comes before anything is weighed: clean text, names, numbers and tokens.

    python benchmarks/speed.py [INPUT ...]      (default: data/sample/papers.jsonl)

The multiples are of one run on one machine, so they can be compared between machines and over time; the seconds cannot.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from leaderboard import parsing, pipeline, registry, sources  # noqa: E402
from leaderboard.models import Paper  # noqa: E402
from leaderboard.parsing.document import document  # noqa: E402
from leaderboard.parsing.gazetteer import gazetteer  # noqa: E402

_DIGIT = re.compile(r"\d")

REPETITIONS = 3
"""Each step is timed so many times; the fastest run counts."""


def fastest(step: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs of a step."""
    seconds = []
    for _ in range(REPETITIONS):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main(inputs: list[str]) -> None:
    """Time the steps and print one line for each."""
    start = time.perf_counter()
    known = registry.load()
    loading = time.perf_counter() - start
    book = gazetteer(known)
    papers = [one for one in sources.read(inputs) if isinstance(one, Paper)]
    lines = [json.dumps({"title": one.title, "abstract": one.abstract}) for one in papers]

    def build() -> None:
        with tempfile.TemporaryDirectory() as folder:
            pipeline.build(inputs, Path(folder) / "out")

    unit = fastest(lambda: [json.loads(line) for line in lines])
    steps = {
        "decode JSON": unit,
        "read sources": fastest(lambda: list(sources.read(inputs))),
        "digit pass": fastest(lambda: [sum(1 for _ in _DIGIT.finditer(one.abstract)) for one in papers]),
        "take apart": fastest(lambda: [document(one.title, one.abstract, book) for one in papers]),
        "find claims": fastest(lambda: [parsing.read(one, known) for one in papers]),
        "whole build": fastest(build),
    }
    print(f"{len(papers)} abstracts; registries loaded in {loading:.2f} s")
    print(f"{'step':<14}{'multiple':>10}{'seconds':>10}{'abstracts/s':>14}")
    for name, seconds in steps.items():
        print(f"{name:<14}{seconds / unit:>10.0f}{seconds:>10.3f}{len(papers) / seconds:>14,.0f}")
    for name in ("take apart", "find claims"):
        print(f"{name}: {steps[name] / steps['digit pass']:.0f} times the digit pass")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:] or [str(ROOT / "data" / "sample" / "papers.jsonl")])
