"""How much the registries cover: the counts, the names they lack, and the history of both."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks import coverage
from leaderboard import registry
from leaderboard.gather import gather
from leaderboard.models import Claim, Paper, Rejection, Result
from leaderboard.normalise import results
from leaderboard.registry import Registry


def rows(invented: Registry, make_paper: Callable[..., Paper], make_claim: Callable[..., Claim]) -> list[Result]:
    """Scores on a known benchmark, on an unknown one with an unknown metric, on none, and on both of the first."""
    paper = make_paper("It is 81.0%, 82.0%, 83.0% and 84.0%.")
    claims = [
        make_claim(paper, "81.0%"),
        make_claim(paper, "82.0%", benchmarks=("Snark",), metric="grooviness"),
        make_claim(paper, "83.0%", benchmarks=(), metric_inferred=True),
        make_claim(paper, "84.0%", benchmarks=("Snark", "OddRead")),
    ]
    made = [results(claim, paper, invented) for claim in claims]
    return [row for found in made if not isinstance(found, Rejection) for row in found]


def test_claims_are_counted_once(
    invented: Registry, make_paper: Callable[..., Paper], make_claim: Callable[..., Claim]
) -> None:
    found = coverage.measure(rows(invented, make_paper, make_claim), invented)
    assert (found.score_claims, found.score_claims_with_benchmark, found.score_claims_with_known_benchmark) == (4, 3, 2)
    assert (found.claims, found.claims_with_metric, found.claims_with_known_metric) == (4, 3, 2)
    assert (found.benchmark, found.metric) == (2 / 3, 2 / 3)


def test_unknown_names_come_with_the_reason_that_is_on_record(
    invented: Registry, make_paper: Callable[..., Paper], make_claim: Callable[..., Claim]
) -> None:
    made = rows(invented, make_paper, make_claim)
    listed = coverage.names(made, invented, {"benchmark": {}, "metric": {"grooviness": "invented"}})
    assert [(one.kind, one.name, one.papers, one.claims, one.why) for one in listed] == [
        ("benchmark", "Snark", 1, 2, ""),
        ("metric", "grooviness", 1, 1, "invented"),
    ]


def test_the_last_recorded_figures_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "coverage.csv"
    assert coverage.summary(path) == "No figures are recorded yet.\n"
    first = coverage.Coverage(9, 8, 4, 7, 6, 3)
    coverage.record(first, 100, path)
    coverage.record(replace(first, score_claims_with_known_benchmark=6), 40_000, path)
    assert coverage.summary(path).startswith("In 40,000 abstracts, 8 of 9 scores name a benchmark")
    assert "75.0%" in coverage.summary(path)
    assert "50.0%" in coverage.summary(path)


def test_a_build_that_leaves_out_doubtful_claims_is_told(make_paper: Callable[..., Paper]) -> None:
    paper = make_paper("We propose Foo. Foo reaches an accuracy of 84.2% on GSM8K.")
    whole, part = (gather([paper], registry.load(), min_confidence=least) for least in (0.0, 1.0))
    assert not coverage.limited(whole.rejections)
    assert coverage.limited(part.rejections)


def test_the_most_frequent_unknown_names_are_explained() -> None:
    with coverage.UNKNOWN.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == coverage.MOST
    silent = [(row["kind"], row["name"]) for row in rows if not row["why"]]
    assert silent == [], "add them to the registry, or say in data/unknown.toml why they are not in it"
