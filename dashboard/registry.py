"""What the registries of this installation know of a benchmark and a metric, with who says so, in words for people."""

from __future__ import annotations

from typing import Any, Final

from dashboard import look, store

Facts = list[tuple[str, object]]
"""What is known, by its name in words."""

MOST: Final = 12
"""Names that a list shows."""


def benchmark(name: str) -> tuple[Facts, str | None] | None:
    """What is known of a benchmark (any name or alias) with its link, or None where no registry holds it."""
    known = store.registry()
    entry = known.benchmark(name)
    if entry is None:
        return None
    chance = None if entry.chance_level is None else f"{entry.chance_level:.4g}%; {entry.chance_source}"
    facts = [
        ("Benchmark", entry.name),
        ("Area", entry.area),
        ("Task", entry.task),
        ("Released", entry.released),
        ("Its usual metric", entry.metric),
        ("Test items", "; ".join(_items(one) for one in entry.test_items)),
        ("Guessing reaches", chance),
        ("Also called", _listed(entry.aliases)),
        ("Not to be mixed with", _listed(known.kept_apart("benchmark", entry.name))),
        ("Its link", _checked(entry) if entry.link else None),
    ]
    return facts, entry.link


def known_name(benchmark: str) -> str | None:
    """The name under which the registries hold a benchmark (any name or alias), or None."""
    entry = store.registry().benchmark(benchmark)
    return entry.name if entry else None


def metric(name: str) -> Facts | None:
    """What is known of a metric (any name or alias), or None where no registry holds it."""
    known = store.registry()
    entry = known.metric(name)
    if entry is None:
        return None
    direction = {"up": True, "down": False}.get(entry.direction)
    return [
        ("Metric", entry.name),
        ("Better", look.better(direction)),
        ("Unit", None if entry.unit == "none" else entry.unit),
        ("Range", _range(entry)),
        ("Printed as", ", ".join(entry.scales)),
        ("Counts test items", "yes: its error on a test of known size is binomial" if entry.counts_items else "no"),
        ("Part of", " < ".join(known.general(entry.name))),
        ("Also called", _listed(entry.aliases)),
        ("Not to be mixed with", _listed(known.kept_apart("metric", entry.name))),
    ]


def _checked(entry: Any) -> str:  # noqa: ANN401 - a record of the library
    """Whether anybody was seen to name a benchmark beside its link, and who."""
    if entry.link_source:
        return f"checked: named beside it in {entry.link_source}"
    return "not checked: nobody was seen to name the benchmark beside it"


def _items(one: Any) -> str:  # noqa: ANN401 - a record of the library
    """A number of test items, what it is of, and who says so."""
    of = " ".join(part for part in (one.version, one.split) if part)
    return f"{one.items:,} ({of}; {one.source})"


def _range(entry: Any) -> str:  # noqa: ANN401 - a record of the library
    """The bounds of a metric and who says so."""
    if entry.low is None and entry.high is None:
        return ""
    low, high = ("unbounded" if end is None else f"{end:g}" for end in (entry.low, entry.high))
    return f"{low} to {high}; {entry.bound_source}"


def _listed(names: tuple[str, ...]) -> str:
    """The first names of a list, and how many more there are."""
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more
