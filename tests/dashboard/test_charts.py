"""Charts: the frontier, the cap on marks, and what the points carry."""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd
import pytest
from altair.vegalite.v6.schema import core
from hypothesis import given
from hypothesis import strategies as st

from dashboard import charts

Line = tuple[str, float]


def frame(lines: list[Line], **more: Any) -> pd.DataFrame:
    columns: dict[str, Any] = {
        "claim_id": [f"c{n}" for n in range(len(lines))],
        "date": [date for date, _ in lines],
        "score": pd.Series([score for _, score in lines], dtype="float64"),
        "model": "M",
        "title": "T",
        "printed": "1",
        "role": "own",
        "bound": "exact",
        "is_frontier": False,
        "subject_parameters": [1e9 * (n + 1) for n in range(len(lines))],
    }
    return pd.DataFrame(columns | more)


LINES: list[Line] = [("2020", 5.0), ("2021-03", 4.0), ("2021-03-09", 7.0), ("2022", 7.0), ("2023-01", 9.0)]


@pytest.mark.parametrize(("higher", "expected"), [(True, [5.0, 7.0, 9.0]), (False, [5.0, 4.0])])
def test_the_frontier_goes_the_better_way(higher: bool, expected: list[float]) -> None:
    assert list(charts.frontier(charts.dated(frame(LINES)), higher_is_better=higher)["score"]) == expected


def test_bounds_never_make_a_frontier() -> None:
    bounds = ["exact", "exact", "at_least", "exact", "exact"]
    assert list(charts.frontier(charts.dated(frame(LINES, bound=bounds)), higher_is_better=True)["score"]) == [
        5.0,
        7.0,
        9.0,
    ]
    assert "c2" not in set(charts.frontier(charts.dated(frame(LINES, bound=bounds)), higher_is_better=True)["claim_id"])


@given(
    st.lists(st.tuples(st.sampled_from(["2019", "2020-02", "2020-02-03", "2021"]), st.floats(-1e6, 1e6)), max_size=20),
    st.booleans(),
)
def test_every_step_of_the_frontier_is_better_than_all_before(lines: list[Line], higher: bool) -> None:
    ahead = charts.frontier(charts.dated(frame(lines)), higher_is_better=higher)
    assert ahead["score"].is_monotonic_increasing if higher else ahead["score"].is_monotonic_decreasing
    assert ahead["when"].is_unique
    if lines:
        scores = [score for _, score in lines]
        assert ahead["score"].iloc[-1] == (max(scores) if higher else min(scores))


@pytest.mark.parametrize("date", [None, "", "soon", "2020-99", "20"])
def test_lines_without_a_date_are_left_out(date: str | None) -> None:
    assert len(charts.dated(frame([("2020", 1.0), (date, 2.0)]))) == 1  # type: ignore[list-item]


def test_at_most_300_marks_the_frontier_first_and_always_the_same() -> None:
    many = frame([("2020", float(n)) for n in range(900)])
    ahead = many[many["score"] % 100 == 7]
    shown = charts.sample(many, ahead)
    assert len(shown) == charts.MOST_MARKS
    assert set(ahead["claim_id"]) <= set(shown["claim_id"])
    assert set(charts.sample(many.sample(frac=1, random_state=1), ahead)["claim_id"]) == set(shown["claim_id"])


def test_the_best_is_drawn_even_where_the_marks_are_a_sample() -> None:
    spec = charts.over_time(frame([("2020", float(n)) for n in range(900)]), higher_is_better=True, axis="x").to_dict()
    points = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    assert 899.0 in {value["score"] for value in spec["datasets"][points["data"]["name"]]}


def test_a_bound_is_hollow_and_signed() -> None:
    bounds = ["exact", "at_least", "up_to", "about", "exact"]
    spec = charts.over_time(frame(LINES, bound=bounds), higher_is_better=True, axis="x").to_dict()
    points = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    marks = {value["claim_id"]: value["bounded"] for value in spec["datasets"][points["data"]["name"]]}
    assert [claim for claim, bounded in marks.items() if bounded] == ["c1", "c2"]
    assert points["encoding"]["fillOpacity"]["condition"] == {"test": "datum.bounded", "value": 0}
    signs = {v["sign"] for data in spec["datasets"].values() for v in data if "sign" in v}
    assert signs == {"≥", "≤"}


@pytest.mark.parametrize("draw", [charts.over_time, charts.size_against_score])
@pytest.mark.parametrize("higher", [True, False, None])
def test_points_carry_their_claims_and_the_line_needs_a_direction(draw: Any, higher: bool | None) -> None:
    spec = draw(frame(LINES), higher_is_better=higher, axis="accuracy (percent)").to_dict()
    points = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    values = spec["datasets"][points.get("data", spec.get("data"))["name"]]
    assert {value["claim_id"] for value in values} == {f"c{n}" for n in range(5)}
    assert any(layer["mark"]["type"] == "line" for layer in spec["layer"]) == (higher is not None)


def test_words_of_papers_are_data_and_short() -> None:
    spec = charts.over_time(frame(LINES, model="N" * 10_000), higher_is_better=True, axis="datum.x").to_dict()
    assert "N" * 41 not in str(spec)


def test_sizes_form_a_frontier_by_size() -> None:
    assert list(charts.pareto(frame(LINES), higher_is_better=True)["score"]) == [5.0, 7.0, 9.0]


def test_an_empty_board_draws_an_empty_chart() -> None:
    assert charts.over_time(frame([]), higher_is_better=True, axis="x").to_dict()["layer"]


def test_checks_are_stacked_by_level() -> None:
    counts = pd.DataFrame({"check_name": ["a", "a"], "level": ["error", "note"], "findings": [2, 3]})
    assert charts.checks(counts).to_dict()["encoding"]["color"]["field"] == "level"


BARS = pd.DataFrame({"check_name": ["a"], "level": ["note"], "findings": [1]})
YEARS = pd.DataFrame({"year": ["2020"], "kind": ["score"], "claims": [3]})
SHARES = pd.DataFrame({"part": ["papers"], "share": [0.5]})
STEPS = pd.DataFrame({"confidence": [0.5], "claims": [3]})
DRAWN = {
    "over_time": lambda: charts.over_time(frame(LINES, bound="at_least"), higher_is_better=True, axis="x"),
    "falling": lambda: charts.over_time(frame(LINES), higher_is_better=False, axis="x"),
    "size": lambda: charts.size_against_score(frame(LINES), higher_is_better=True, axis="x"),
    "checks": lambda: charts.checks(BARS),
    "counts_by_year": lambda: charts.counts_by_year(YEARS),
    "shares": lambda: charts.shares(SHARES),
    "histogram": lambda: charts.histogram(STEPS),
}


@pytest.mark.parametrize("name", DRAWN)
def test_every_chart_is_valid_vega_lite(name: str) -> None:
    core.Root.validate(DRAWN[name]().to_dict())


@pytest.mark.parametrize("draw", [charts.over_time, charts.size_against_score])
def test_no_label_of_the_frontier_covers_another(draw: Any) -> None:
    close = [(f"2021-{month:02}", 90 + month / 10) for month in range(1, 9)]
    lines: list[Line] = [("2020", 10.0), *close, ("2026", 91.0)]
    model = [f"Model number {n}" for n in range(len(lines))]
    spec = draw(frame(lines, model=model), higher_is_better=True, axis="x").to_dict()
    named = [
        row
        for layer in spec["layer"]
        if layer["mark"]["type"] == "text"
        for row in spec["datasets"][layer["data"]["name"]]
    ]
    assert "Model number 9" in {row["label"] for row in named}, "the best one is named"
    assert len(named) < 4


@pytest.mark.parametrize("name", DRAWN)
def test_every_name_in_a_chart_is_its_own_and_all_its_data_are_there(name: str) -> None:
    text = json.dumps({k: v for k, v in DRAWN[name]().to_dict().items() if k != "datasets"})
    assert not re.search(r'"(view|param)_', text), "names that Altair counts up differ from one server to the next"
    assert set(re.findall(r'"data": {"name": "([^"]+)"}', text)) == set(DRAWN[name]().frames)


@pytest.mark.parametrize(
    ("limit", "higher", "words"),
    [
        (100.0, True, ["no more than 100 is possible"]),
        (500.0, True, []),
        (0.0, False, ["no less than 0 is possible"]),
        (70.0, True, []),
        (None, True, []),
    ],
)
def test_the_limit_of_a_metric_is_drawn_where_claims_come_near_it(
    limit: float | None, higher: bool, words: list[str]
) -> None:
    claims = frame([("2020", 60.0), ("2021", 90.0)]) if higher else frame([("2020", 9.0), ("2021", 2.0)])
    chart = charts.over_time(claims, higher_is_better=higher, axis="accuracy", limit=limit)
    drawn = chart.frames.get(charts.LIMIT)
    assert (list(drawn["label"]) if drawn is not None else []) == words


def test_what_is_pinned_is_never_faded() -> None:
    claims = frame([("2020", 90.0), ("2021", 60.0), ("2022", 50.0)], model=["A", "B", "C"])
    chart = charts.over_time(claims, higher_is_better=True, axis="accuracy", pinned=["C"])
    assert list(chart.frames[charts.DATA]["front"]) == [True, False, True]


def test_a_claim_with_a_finding_has_a_ring_of_another_shape() -> None:
    claims = frame([("2020", 60.0), ("2021", 90.0)]).assign(flag=[True, None])
    chart = charts.over_time(claims, higher_is_better=True, axis="accuracy")
    assert list(chart.frames[charts.RINGS]["score"]) == [60.0]
    (ring,) = [layer for layer in chart.to_dict()["layer"] if layer["data"]["name"] == charts.RINGS]
    assert ring["mark"]["shape"] == "diamond"
    assert list(chart.frames[charts.DATA]["finding"]) == ["yes", "none"]
    assert charts.RINGS not in charts.over_time(frame([("2020", 1.0)]), higher_is_better=True, axis="x").frames


def test_no_step_of_the_best_crosses_a_name() -> None:
    """Names stand to the left, where the line never comes; at the left edge to the right, if the next step is far."""
    close = frame([("2020-01-01", 10.0), ("2020-01-20", 90.0), ("2024-01-01", 95.0)], model=["Edge", "Near", "Late"])
    chart = charts.over_time(close, higher_is_better=True, axis="accuracy")
    assert list(chart.frames[charts.EARLY]["label"]) == ["Near"], "the first is left out: the second rises through it"
    assert list(chart.frames[charts.LATE]["label"]) == ["Late"]
