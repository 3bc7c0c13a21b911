"""From printed numbers to scores: cases as data, and the properties that hold for all of them."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.models import Claim, Metric, Paper, Rejection
from leaderboard.normalise import Scale, interval, metric_on, paper_results, parameters_of, results, scale_of
from leaderboard.registry import Registry, load

CASES = Path(__file__).parent.parent / "cases" / "normalise"
SCALES: list[dict[str, Any]] = tomllib.loads((CASES / "scales.toml").read_text())["case"]
SIZES: list[dict[str, Any]] = tomllib.loads((CASES / "sizes_in_names.toml").read_text())["case"]


@pytest.mark.parametrize("case", SCALES, ids=lambda case: case["name"])
def test_scale(case: dict[str, Any], invented: Registry) -> None:
    scale = scale_of(
        case.get("kind", "score"),
        case["value"],
        case.get("unit", "none"),
        case.get("direction"),
        invented.metric(case["metric"]),
    )
    if "reason" in case:
        assert isinstance(scale, str)
        assert case["reason"] in scale
    else:
        assert isinstance(scale, Scale), scale
        assert (scale.apply(case["value"]), scale.unit) == (case["score"], case["score_unit"])


@pytest.mark.parametrize("case", SIZES, ids=lambda case: case["subject"])
def test_size_in_name(case: dict[str, Any], invented: Registry) -> None:
    assert parameters_of(case["subject"], invented) == case.get("parameters")


@given(
    st.sampled_from(["score", "change", "ratio", "size"]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["none", "percent", "points", "x", "seconds", "parameters", "wombats", ""]),
    st.sampled_from([None, "up", "down"]),
    st.sampled_from([None, "percent", "milliseconds", "none"]),
)
def test_any_number_has_a_scale_or_a_reason(
    kind: Any, value: float, unit: str, direction: Any, metric_unit: Any
) -> None:
    scales: Any = ("fraction", "percent") if metric_unit == "percent" else ("raw",)
    metric = metric_unit and Metric(id="m", name="m", unit=metric_unit, direction="up", scales=scales)
    scale = scale_of(kind, value, unit, direction, metric)
    if isinstance(scale, str):
        assert scale
    elif value:
        assert not math.isnan(scale.apply(value))


def test_a_claim_on_two_benchmarks_is_two_rows(
    invented: Registry, make_paper: Callable[..., Paper], make_claim: Callable[..., Claim]
) -> None:
    paper = make_paper("Foo reaches 84.0% accuracy on Odd Read and EvenRead.", date="2024-05")
    names = ("Odd Read", "EvenRead", "OddRead")
    rows = results(make_claim(paper, "84.0%", benchmarks=names, benchmark_mentions=names), paper, invented)
    assert not isinstance(rows, Rejection)
    # The alias and the name of one benchmark are one row; the printed words of the first stay.
    assert [(row.benchmark, row.benchmark_mention) for row in rows] == [
        ("OddRead", "Odd Read"),
        ("EvenRead", "EvenRead"),
    ]
    assert len({row.claim_id for row in rows}) == 2
    assert {(row.score, row.higher_is_better, row.setting, row.date) for row in rows} == {(84.0, True, None, "2024-05")}


def test_a_claim_without_benchmark_is_one_row(
    invented: Registry, make_paper: Callable[..., Paper], make_claim: Callable[..., Claim]
) -> None:
    paper = make_paper("Foo reaches 84.0% accuracy.")
    claim = make_claim(
        paper, "84.0%", benchmarks=(), benchmark_mentions=(), metric="acc", setting=("5-shot", "dev split")
    )
    rows = results(claim, paper, invented)
    assert not isinstance(rows, Rejection)
    assert [(row.benchmark, row.metric, row.setting) for row in rows] == [(None, "accuracy", "5-shot; dev split")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"value": math.inf}, "too large"), ({"start": 1}, "its span"), ({"half_width": math.nan}, "too large")],
)
def test_what_cannot_be_a_row_is_a_rejection(
    invented: Registry,
    make_paper: Callable[..., Paper],
    make_claim: Callable[..., Claim],
    changes: dict[str, Any],
    reason: str,
) -> None:
    paper = make_paper("Foo reaches 84.0% accuracy.")
    rejection = results(make_claim(paper, "84.0%", **changes), paper, invented)
    assert isinstance(rejection, Rejection)
    assert reason in rejection.reason
    assert (rejection.stage, rejection.paper_id, rejection.text) == ("normalise", "p1", "84.0%")


def test_a_stated_size_belongs_to_its_subject(
    invented: Registry, make_paper: Callable[..., Paper], make_claim: Callable[..., Claim]
) -> None:
    paper = make_paper("Foo (7B) reaches 84.0%, Bar (1B or 2B) 80.0%, and Baz-3B (4B) 70.0%.")

    def size(number: str, subject: str) -> Claim:
        value = float(number[:-1]) * 1e9
        names = {"metric": "parameters", "unit": "parameters", "benchmarks": (), "benchmark_mentions": ()}
        return make_claim(paper, number, kind="size", value=value, subject=subject, **names)

    claims = [size("7B", "Foo"), size("1B", "Bar"), size("2B", "Bar"), size("4B", "Baz-3B")]
    claims += [make_claim(paper, n, subject=s) for n, s in (("84.0%", "Foo"), ("80.0%", "Bar"), ("70.0%", "Baz-3B"))]
    rows, rejections = paper_results(claims, paper, invented)
    scores = {row.subject: row.subject_parameters for row in rows if row.kind == "score"}
    assert scores == {"Foo": 7e9, "Bar": None, "Baz-3B": 3e9}
    assert rejections == ()


@pytest.mark.parametrize(
    ("kind", "unit", "better"),
    [("size", "tokens", None), ("size", "none", False), ("score", "tokens", False), ("change", "percent", False)],
)
def test_a_size_that_counts_what_it_is_called_is_neither_better_nor_worse(
    make_paper: Callable[..., Paper], make_claim: Callable[..., Claim], kind: str, unit: str, better: bool | None
) -> None:
    """Tokens that an answer takes are a cost; tokens that a system was trained on are none."""
    paper = make_paper("Foo uses 300 tokens.")
    claim = make_claim(paper, "300", kind=kind, value=300.0, unit=unit, metric="tokens", benchmarks=())
    rows = results(claim, paper, load())
    assert not isinstance(rows, Rejection)
    assert [row.higher_is_better for row in rows] == [better]


def test_printed_precision_is_an_interval_on_the_scale_of_the_score(
    invented: Registry, make_paper: Callable[..., Paper], make_claim: Callable[..., Claim]
) -> None:
    paper = make_paper("Foo reaches 0.84 accuracy with 16x fewer parameters.")

    def row(claim: Claim) -> Any:
        made = results(claim, paper, invented)
        assert not isinstance(made, Rejection)
        return made[0]

    accuracy = invented.metric("accuracy")
    assert interval(row(make_claim(paper, "0.84", half_width=0.005)), accuracy) == (83.5, 84.5)
    ratio = row(make_claim(paper, "16x", kind="ratio", unit="x", direction="down", half_width=0.5, metric="parameters"))
    assert interval(ratio, invented.metric("parameters")) == pytest.approx((1 / 16.5, 1 / 15.5))
    assert interval(row(make_claim(paper, "0.84", metric="error rate")), invented.metric("error rate")) is None
    assert interval(row(make_claim(paper, "0.84", half_width=None)), accuracy) == (84.0, 84.0)


@pytest.mark.parametrize(
    ("benchmark", "metric", "expected"),
    [
        ("TwinBox", "accuracy", "overlap"),
        ("Twin Box 2", "accuracy", "overlap"),
        ("TwinBox", "overlap", "overlap"),
        ("TwinBox", "kappa", "kappa"),
        ("TwinBox", "TwinBox score", None),
        ("MudBox", "MudBox score", "muddle score"),
        ("MudBox", "mud-box-2 score", "muddle score"),
        ("MudBox", "OddRead score", None),
        ("OddRead", "MudBox score", None),
        (None, "accuracy", "accuracy"),
        ("TwinBox", None, None),
    ],
)
def test_what_says_the_same_on_a_benchmark_is_its_usual_metric(
    benchmark: str | None, metric: str | None, expected: str | None, invented: Registry
) -> None:
    found = metric_on(benchmark, metric, invented)
    assert (found.name if found else None) == expected


@pytest.mark.parametrize("metric", ["resolve rate", "solve rate", "success rate", "accuracy", "pass@1"])
@pytest.mark.parametrize("benchmark", ["SWE-bench Verified", "SWE-bench Lite", "Multi-SWE-bench"])
def test_the_share_of_solved_issues_has_one_board_whatever_it_is_called(benchmark: str, metric: str) -> None:
    found = metric_on(benchmark, metric, load())
    assert found is not None
    assert found.name == "resolve rate"
