"""Say what is known of a metric, a benchmark or a model."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from leaderboard import registry
from leaderboard.errors import UnknownName
from leaderboard.models import Benchmark, Metric, Model

WORDS = {
    "metric": "default metric",
    "contextual_aliases": "with context",
    "counts_items": "counts items",
    "low": "lowest",
    "high": "highest",
    "bound_source": "bounds from",
    "test_items": "test items",
}
"""What fields are called where their name is not the plain word."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("name", metavar="NAME", help="a name or an alias; case, spaces and hyphens do not count")


def run(options: argparse.Namespace) -> int:
    """Print every entry that answers to the name."""
    known = registry.load()
    entries: list[tuple[str, Metric | Benchmark | Model | None]] = [
        ("metric", known.metric(options.name)),
        ("benchmark", known.benchmark(options.name)),
        ("model", known.model(options.name)),
    ]
    found = [(kind, entry) for kind, entry in entries if entry is not None]
    if not found:
        near = [name for kind, _ in entries for name in known.near(kind, options.name, 2)]
        raise UnknownName("metric, benchmark or model", options.name, near)
    for kind, entry in found:
        print("\n".join(describe(kind, entry)))
    return 0


def describe(kind: str, entry: Metric | Benchmark | Model) -> Iterator[str]:
    """An entry as lines of text; fields that say nothing are left out."""
    yield f"{kind} {entry.name}"
    contextual = set(entry.contextual_aliases)
    for name, value in entry:
        if name == "name" or value in (None, "", (), False):
            continue
        shown = tuple(alias for alias in value if alias not in contextual) if name == "aliases" else value
        text = spoken(name, shown)
        if text:
            yield f"  {WORDS.get(name, name):<15} {text}"


def spoken(name: str, value: Any) -> str:  # noqa: ANN401 - the fields of the entries are of every kind
    """The value of a field in words."""
    if name == "test_items":
        return "; ".join(f"{e.items:,} ({f'{e.version} {e.split}'.strip()}; {e.source})" for e in value)
    if name == "direction":
        return "higher is better" if value == "up" else "lower is better"
    if isinstance(value, tuple):
        return ", ".join(f"{one:,.12g}" if isinstance(one, float) else str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.12g}" if isinstance(value, float) else str(value)
