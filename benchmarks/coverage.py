"""How many claims name a benchmark and a metric that the registries hold, and which names they lack most.

    python benchmarks/coverage.py [INPUT | BUILD]    (default: ../shared/corpus/abstracts-40k.jsonl.gz)

INPUT is a file of papers, BUILD a folder that `leaderboard build --min-confidence 0` made of one (a build that left out
claims that it was not sure of is refused: its figures are others). The figures are added to benchmarks/coverage.csv;
benchmarks/unknown-names.csv lists the most frequent names in no registry, each with the reason that data/unknown.toml
gives for it, if it does.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.figures import revision  # noqa: E402
from leaderboard import registry, sources, table  # noqa: E402
from leaderboard.commands.lookup import unheld  # noqa: E402
from leaderboard.gather import gather  # noqa: E402
from leaderboard.models import Rejection, Result  # noqa: E402
from leaderboard.registry import Registry, key  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpus" / "abstracts-40k.jsonl.gz"
"""The corpus that the recorded figures are of."""

HISTORY = ROOT / "benchmarks" / "coverage.csv"
"""The recorded figures, oldest first."""

UNKNOWN = ROOT / "benchmarks" / "unknown-names.csv"
"""The most frequent names in no registry when the figures were last recorded."""

MOST = 100
"""How many unknown names are listed, benchmarks and metrics together."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many claims name what, and of how many of those the registries hold the name.

    A claim on several benchmarks counts as known where one of them is; a claim whose metric is only the benchmark's
    usual one names none.
    """

    score_claims: int
    score_claims_with_benchmark: int
    score_claims_with_known_benchmark: int
    claims: int
    claims_with_metric: int
    claims_with_known_metric: int

    @property
    def benchmark(self) -> float:
        """Of the score claims that name a benchmark, the share whose benchmark is known."""
        return self.score_claims_with_known_benchmark / max(1, self.score_claims_with_benchmark)

    @property
    def metric(self) -> float:
        """Of the claims that name a metric, the share whose metric is known."""
        return self.claims_with_known_metric / max(1, self.claims_with_metric)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in no registry; `why` says why it is not added, "" where nobody has looked at it."""

    kind: str
    name: str
    papers: int
    claims: int
    why: str = ""


def measure(results: Iterable[Result], known: Registry) -> Coverage:
    """Count the claims behind rows of the claims table."""
    claims: dict[tuple[str, int, int, str], list[Result]] = {}
    for row in results:
        claims.setdefault((row.paper_id, row.start, row.end, row.kind), []).append(row)
    scores = [rows for rows in claims.values() if rows[0].kind == "score"]
    on_benchmark = [rows for rows in scores if any(row.benchmark for row in rows)]
    with_metric = [rows for rows in claims.values() if rows[0].metric and not rows[0].metric_inferred]
    return Coverage(
        score_claims=len(scores),
        score_claims_with_benchmark=len(on_benchmark),
        score_claims_with_known_benchmark=sum(
            any(row.benchmark and known.benchmark(row.benchmark) for row in rows) for rows in on_benchmark
        ),
        claims=len(claims),
        claims_with_metric=len(with_metric),
        claims_with_known_metric=sum(known.metric(rows[0].metric or "") is not None for rows in with_metric),
    )


def names(results: Sequence[Result], known: Registry, why: Mapping[str, Mapping[str, str]]) -> list[Name]:
    """The most frequent names in no registry, those of most papers first; `why` as `registry.explained` gives it."""
    found = [
        Name(kind, name, len({row.paper_id for row in rows}), len(rows), why[kind].get(key(name), ""))
        for kind in ("benchmark", "metric")
        for name, rows in unheld(results, kind, known, explained=True)
    ]
    return sorted(found, key=lambda one: (-one.papers, -one.claims, one.kind, one.name))[:MOST]


def summary(path: Path = HISTORY) -> str:
    """The last recorded figures in two sentences of Markdown, as the README shows them."""
    if not path.is_file():
        return "No figures are recorded yet.\n"
    with path.open(encoding="utf-8", newline="") as stream:
        last = list(csv.DictReader(stream))[-1]
    found = Coverage(*(int(last[field.name]) for field in fields(Coverage)))
    papers = int(last["papers"])
    return (
        f"In {papers:,} abstracts, {found.score_claims_with_benchmark:,} of {found.score_claims:,} scores name a "
        f"benchmark, and the registries hold it for {found.benchmark:.1%} of these; {found.claims_with_metric:,} of "
        f"{found.claims:,} claims name a metric, known for {found.metric:.1%} ({last['date']}).\n"
    )


def main() -> None:
    """Measure, print and record."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("input", nargs="?", type=Path, default=CORPUS, metavar="INPUT")
    parser.add_argument("--print", dest="only_print", action="store_true", help="record nothing")
    options = parser.parse_args()
    known = registry.load()
    if (options.input / table.FILE).is_file():
        snapshot = table.load(options.input)
        if limited(snapshot.rejections):
            parser.error(f"{options.input} leaves out claims; build it with --min-confidence 0, or give the papers")
        papers, results = len(snapshot.papers), snapshot.results
    else:
        gathered = gather(sources.read([str(options.input)]), known)
        papers, results = len(gathered.papers), gathered.results
    found = measure(results, known)
    print(f"benchmark known {found.benchmark:.4f}  metric known {found.metric:.4f}  {found}")
    listed = names(results, known, registry.explained())
    if options.only_print:
        lines = (f"{one.kind:<10}{one.papers:>6}{one.claims:>6}  {one.name:<30}{one.why}" for one in listed)
        print(*map(str.rstrip, lines), sep="\n")
        return
    record(found, papers, HISTORY)
    with UNKNOWN.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(field.name for field in fields(Name))
        writer.writerows(astuple(one) for one in listed)


def limited(rejections: Iterable[Rejection]) -> bool:
    """Whether a build left out claims that it was not sure of."""
    return any(rejection.reason.startswith("its confidence, ") for rejection in rejections)


def record(found: Coverage, papers: int, path: Path) -> None:
    """Add a line to the history, which is made if it is missing."""
    fresh = not path.is_file()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if fresh:
            writer.writerow(("date", "commit", "papers", *(field.name for field in fields(Coverage))))
        writer.writerow((dt.datetime.now(dt.UTC).date().isoformat(), revision(), papers, *astuple(found)))


if __name__ == "__main__":
    main()
