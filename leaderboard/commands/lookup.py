"""Say what is known of a metric, a benchmark or a model.

With --unknown, list the benchmarks and metrics of a build that no registry holds, the most frequent first, as entries
for the files under data/: sort them into areas, delete what is no name, add what is missing.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from leaderboard import registry, table
from leaderboard.errors import LeaderboardError, UnknownName
from leaderboard.exports._report import count
from leaderboard.models import Benchmark, Metric, Model, Result, SharedName, StatedName, TestItems
from leaderboard.registry import Registry, key

MOST_NEAR = 12
"""How many near names are shown."""

WORDS = {
    "metric": "default metric",
    "same_metrics": "the same as",
    "contextual_aliases": "with context",
    "counts_items": "counts items",
    "other_units": "or in",
    "low": "lowest",
    "high": "highest",
    "bound_source": "bounds from",
    "test_items": "test items",
    "shared": "also called",
    "stated": "conditions",
    "link_source": "link checked",
}
"""What fields are called where their name is not the plain word."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="a name or an alias; case, spaces and hyphens do not count"
    )
    parser.add_argument("--unknown", type=Path, metavar="DIR", help="list what no registry holds of a build")


def run(options: argparse.Namespace) -> int:
    """Print every entry that answers to the name, or the names of a build that nothing answers to."""
    known = registry.load()
    if (options.name is None) == (options.unknown is None):
        raise LeaderboardError("give a NAME, or a build with --unknown DIR")
    if options.unknown is not None:
        print("\n".join(unknown(table.load(options.unknown).results, known)))
        return 0
    entries: list[tuple[str, Metric | Benchmark | Model | None]] = [
        ("metric", known.metric(options.name)),
        ("benchmark", known.benchmark(options.name)),
        ("model", known.model(options.name)),
    ]
    entries += [("benchmark", entry) for entry in known.sharing(options.name)]
    found = [(kind, entry) for kind, entry in entries if entry is not None]
    if not found:
        raise UnknownName("metric, benchmark or model", options.name, known.nearest(options.name))
    for kind, entry in found:
        print("\n".join(describe(kind, entry)))
        condition = known.condition(options.name) if kind == "benchmark" else None
        if condition:
            print(f"  {'says':<15} {condition}: a lane of its own, beside that of {entry.name} alone")
        for title, names in lookalikes(kind, entry, known).items():
            if names:
                more = f" and {len(names) - MOST_NEAR} more" if len(names) > MOST_NEAR else ""
                print(f"  {title:<15} {', '.join(names[:MOST_NEAR])}{more}")
    return 0


def lookalikes(kind: str, entry: Metric | Benchmark | Model, known: Registry) -> dict[str, tuple[str, ...]]:
    """Names that are not this entry although they look like it: those on record as such, then all that hold its."""
    by_kind: dict[str, Mapping[str, object]] = {
        "metric": known.metrics,
        "benchmark": known.benchmarks,
        "model": known.models,
    }
    apart = known.kept_apart(kind, entry.name)
    folded = key(entry.name)
    holding = (name for name in by_kind[kind] if len(folded) > 2 and folded in key(name))
    return {
        "kept apart from": apart,
        "near names": tuple(name for name in holding if name != entry.name and name not in apart),
    }


def describe(kind: str, entry: Metric | Benchmark | Model) -> Iterator[str]:
    """An entry as lines of text; fields that say nothing are left out."""
    yield f"{kind} {entry.name}"
    contextual = set(entry.contextual_aliases)
    for name, value in ((field.name, getattr(entry, field.name)) for field in fields(entry)):
        if name == "name" or value in (None, "", (), False):
            continue
        shown = tuple(alias for alias in value if alias not in contextual) if name == "aliases" else value
        text = spoken(name, shown)
        if text:
            yield f"  {WORDS.get(name, name):<15} {text}"
    if isinstance(entry, Benchmark) and entry.link and not entry.link_source:
        yield f"  {WORDS['link_source']:<15} no: nobody was seen to name the benchmark beside it"


def spoken(name: str, value: Any) -> str:  # noqa: ANN401 - the fields of the entries are of every kind
    """The value of a field in words."""
    if name in {"test_items", "shared", "stated"}:
        return "; ".join(map(_record, value))
    if name == "link_source":
        return f"named beside it in {value}"
    if name == "direction":
        return "higher is better" if value == "up" else "lower is better"
    if isinstance(value, tuple):
        return ", ".join(f"{one:,.12g}" if isinstance(one, float) else str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.12g}" if isinstance(value, float) else str(value)


def _record(one: TestItems | SharedName | StatedName) -> str:
    """One record inside an entry, in words."""
    if isinstance(one, TestItems):
        return f"{one.items:,} ({f'{one.version} {one.split}'.strip()}; {one.source})"
    if isinstance(one, SharedName):
        return f"{one.name} (others, too; here with {', '.join(one.signs)})"
    return f"{one.condition} (said by {', '.join(one.names)})"


def unknown(results: Iterable[Result], known: Registry) -> Iterator[str]:
    """Benchmarks and metrics that the registry does not hold, as lines of TOML with the number of papers and claims.

    Names that `unknown.toml` explains are left out. A benchmark's default metric is the known one that its scores are
    most often measured by.
    """
    rows = list(results)
    benchmarks = unheld(rows, "benchmark", known)
    yield f"# {count(len(benchmarks), 'benchmark')} in no registry, for data/benchmarks-*.toml"
    yield "[unsorted]"
    taken = {entry.id for entry in known.benchmarks.values()}
    for name, found in benchmarks:
        measures = Counter(row.metric for row in found if row.kind == "score" and row.metric in known.metrics)
        metric = f", metric = {_quoted(measures.most_common(1)[0][0])}" if measures else ""
        yield f"{_new_id(name, taken)} = {{name = {_quoted(name)}{metric}}}  # {_frequency(found)}"
    metrics = unheld(rows, "metric", known)
    yield ""
    yield f"# {count(len(metrics), 'metric')} in no registry, for data/metrics.toml"
    taken = {entry.id for entry in known.metrics.values()} | {"unsorted"}
    for name, found in metrics:
        yield ""
        yield f"[{_new_id(name, taken)}]  # {_frequency(found)}"
        yield f"name = {_quoted(name)}"
        if all(row.unit == "percent" for row in found):
            yield 'unit = "percent"'


def unheld(
    rows: Iterable[Result], field: str, known: Registry, *, explained: bool = False
) -> list[tuple[str, list[Result]]]:
    """Names in a field that the registry does not hold, in their usual spelling, with their rows; most papers first.

    Names with control characters are damage, not names; what is explained in `unknown.toml` is known to be none, and is
    left out unless `explained`. A name that several known benchmarks share is held.
    """
    reasons = {} if explained else registry.explained()[field]
    look_up = known.benchmark if field == "benchmark" else known.metric
    by_key: dict[str, list[Result]] = {}
    for row in rows:
        name = getattr(row, field)
        if not name or not name.isprintable() or not key(name) or key(name) in reasons:
            continue
        if look_up(name) is None and not (field == "benchmark" and known.sharing(name)):
            by_key.setdefault(key(name), []).append(row)
    found = [(_usual(getattr(row, field) for row in group), group) for group in by_key.values()]
    return sorted(found, key=lambda one: (-len({row.paper_id for row in one[1]}), -len(one[1]), one[0]))


def _usual(spellings: Iterable[str]) -> str:
    """The most frequent spelling, the first in the alphabet among equals."""
    return min(Counter(spellings).items(), key=lambda one: (-one[1], one[0]))[0]


def _frequency(rows: list[Result]) -> str:
    claims = {(row.paper_id, row.start, row.end, row.kind) for row in rows}
    return f"{count(len({row.paper_id for row in rows}), 'paper')}, {count(len(claims), 'claim')}"


def _new_id(name: str, taken: set[str]) -> str:
    """An id of ASCII letters, digits and hyphens made of a name; it is added to the ids `taken`."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "name"
    made, number = plain, 1
    while made in taken:
        number += 1
        made = f"{plain}-{number}"
    taken.add(made)
    return made


def _quoted(name: str | None) -> str:
    """A string of TOML, which JSON writes alike where all characters are printable."""
    return json.dumps(name, ensure_ascii=False)
