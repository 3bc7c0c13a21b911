"""What is known of benchmarks and metrics, in words, with who says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboard import registry, store
from leaderboard.models import Benchmark, Metric, TestItems
from leaderboard.registry import Registry


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry of one benchmark and two metrics that do not exist."""
    items = (TestItems(items=1234, version="v2", source="counted"), TestItems(items=9, split="dev", source="its page"))
    maze = Benchmark(
        id="mazes",
        name="Mazes-10",
        aliases=("Mazes",),
        area="planning",
        metric="exits",
        test_items=items,
        choices=4,
        chance_source="four doors each",
        link="https://example.org/mazes",
    )
    exits = Metric(
        id="exits",
        name="exits",
        unit="percent",
        low=0,
        high=100,
        bound_source="a share",
        direction="up",
        scales=("fraction", "percent"),
        counts_items=True,
        family="ways",
        aliases=tuple(f"e{n}" for n in range(14)),
    )
    ways = Metric(id="ways", name="ways", low=0, bound_source="a count")
    metrics = {"exits": exits, "ways": ways}
    known = Registry(
        metrics, {"Mazes-10": maze}, {}, metrics, {"mazes10": maze}, {}, {"benchmark": {"Mazes-10": ("Mazes-20",)}}
    )
    monkeypatch.setattr("leaderboard.registry.load", lambda: known)


def test_a_benchmark_with_its_items_its_chance_and_its_link() -> None:
    found = registry.benchmark("mazes 10")
    assert found is not None
    facts, link = dict(found[0]), found[1]
    assert link == "https://example.org/mazes"
    assert (facts["Benchmark"], facts["Area"], facts["Its usual metric"]) == ("Mazes-10", "planning", "exits")
    assert facts["Test items"] == "1,234 (v2 test; counted); 9 (dev; its page)"
    assert facts["Guessing reaches"] == "25%; four doors each"
    assert (facts["Also called"], facts["Not to be mixed with"]) == ("Mazes", "Mazes-20")


@pytest.mark.parametrize(
    ("source", "link", "said"),
    [
        ("", "https://example.org/mazes", "not checked: nobody was seen to name the benchmark beside it"),
        ("the page of mazes", "https://example.org/mazes", "checked: named beside it in the page of mazes"),
        ("", "", None),
    ],
)
def test_a_link_says_who_checked_it(monkeypatch: pytest.MonkeyPatch, source: str, link: str, said: str | None) -> None:
    known = store.registry()
    maze = replace(known.benchmarks["Mazes-10"], link_source=source, link=link)
    monkeypatch.setattr("leaderboard.registry.load", lambda: replace(known, benchmark_keys={"mazes10": maze}))
    found = registry.benchmark("Mazes-10")
    assert found is not None
    assert dict(found[0])["Its link"] == said


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("exits", ("higher is better", "percent", "0 to 100; a share", "fraction, percent", "ways")),
        ("ways", ("no known better direction", None, "0 to unbounded; a count", "raw", "")),
    ],
)
def test_a_metric_with_its_bounds_and_its_direction(name: str, expected: tuple[str | None, ...]) -> None:
    facts = dict(registry.metric(name) or [])
    assert tuple(facts[n] for n in ("Better", "Unit", "Range", "Printed as", "Part of")) == expected
    assert str(facts["Counts test items"]).startswith("yes" if name == "exits" else "no")
    assert str(facts["Also called"]).endswith("e11 and 2 more" if name == "exits" else "")


@pytest.mark.parametrize("look_up", [registry.benchmark, registry.metric])
def test_what_no_registry_holds_is_none(look_up: Callable[[str], object]) -> None:
    assert look_up("nowhere") is None
